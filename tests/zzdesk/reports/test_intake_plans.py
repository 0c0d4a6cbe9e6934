"""However many reports a desk has, the hint about duplicates reads a bounded part of an index, and so do links and repeats."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from tests.plans import plans
from tests.zzdesk.conftest import Station
from zzdesk.desk import supervising
from zzdesk.reports import duplicates, links, repeats

FIELDS = {"title": "石板松动", "category": "road", "address": "香港路", "latitude": "24.5119", "longitude": "117.6554"}


def _searched(steps: list[str]) -> list[str]:
    """Return by which index and on which columns each step searches; a scan fails."""
    assert not [step for step in steps if step.startswith("SCAN")], steps
    return [step.split("USING ")[1] for step in steps if "USING" in step and "TEMP" not in step]


def test_the_hint_searches_by_spot_by_address_and_by_time(station: Station) -> None:
    first, second = (station.add("lin", "report", FIELDS) for _ in range(2))
    desk = station["lin"]
    with plans(desk.store._reading) as steps:
        assert {s.id for s in desk.read(duplicates.suspects, FIELDS)} == {first, second}
    asked = _searched([step for step in steps if " report" in step])
    assert asked == [
        "INDEX ix_report_category_created_at_id (category=? AND created_at>?)",
        "INDEX ix_report_spot (category=? AND north>? AND north<?)",
        "INDEX ix_report_category_address_created_at (category=? AND address=? AND created_at>?)",
    ]


def test_links_are_found_by_either_end(station: Station) -> None:
    first, second = (station.add("lin", "report", FIELDS) for _ in range(2))
    desk = station["lin"]
    desk.write(links.link, first, second)
    with plans(desk.store._reading) as steps:
        assert len(desk.read(links.family, first).members) == 2
    asked = _searched([step for step in steps if "report_link" in step])
    assert set(asked) == {
        "INDEX ix_report_link_report_id_created_at_id (report_id=?)", "INDEX ix_report_link_lead_id_created_at_id (lead_id=?)",
    }  # fmt: skip


def test_the_list_of_repeats_is_an_index_of_its_own(station: Station) -> None:
    desk = station["lin"]
    with plans(desk.store._reading) as steps:
        assert desk.read(supervising.open_repeats) == ()
    asked = [step for step in steps if "report" in step]
    assert [step.split("USING ")[1].split(" (")[0] for step in asked] == [
        "INDEX ix_report_repeats", "INDEX sqlite_autoindex_report_1",
    ]  # fmt: skip


def test_a_repeat_is_looked_for_by_person_and_by_place(station: Station) -> None:
    desk = station["lin"]
    new: Any = SimpleNamespace(id="", reporter_id="someone", reporter_phone="13800596001", **FIELDS)
    with plans(desk.store._reading) as steps, desk.store.reader() as session:
        assert repeats.find(session, new, station.clock.now()) is None
    assert _searched([step for step in steps if " report" in step]) == [
        "INDEX ix_report_reporter_id (reporter_id=?)",
        "INDEX ix_report_reporter_phone (reporter_phone=?)",
        "INDEX ix_report_category_address_created_at (category=? AND address=?)",
        "INDEX ix_report_spot (category=? AND north>? AND north<?)",
    ]
