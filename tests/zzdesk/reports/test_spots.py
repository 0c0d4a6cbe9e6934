"""Reports as points: only those in the box, by state and age; many as cells; always along the index, never without a limit."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.zzdesk.conftest import Station
from tests.zzdesk.reports.test_intake_plans import plans
from zzdesk.errors import RefusedError
from zzdesk.places.shapes import Box
from zzdesk.reports import commands
from zzdesk.reports.spots import AGES, SpotFilter, age_of, spots

TOWN = Box(117.6, 24.5, 117.7, 24.6)
OPEN_ONES = SpotFilter()


def add(station: Station, title: str, lon: str = "117.655", lat: str = "24.511", **fields: Any) -> str:
    values = {"title": title, "category": "road", "latitude": lat, "longitude": lon, **fields}
    return station["zhuang"].write(commands.register, values).created[0]


def titles(station: Station, box: Box = TOWN, wanted: SpotFilter = OPEN_ONES) -> list[str]:
    return [spot.title for spot in station["zhuang"].read(spots, box, wanted).spots]


def test_only_what_lies_in_the_box_newest_first(station: Station) -> None:
    add(station, "文庙")
    station.clock.advance(timedelta(minutes=5).total_seconds())
    add(station, "路灯", category="lighting")
    add(station, "龙海", "117.818", "24.446")
    add(station, "没有地点", None, None)  # type: ignore[arg-type]
    add(station, "边上", "117.7", "24.6")
    assert set(titles(station)) == {"文庙", "路灯", "边上"}
    assert titles(station)[-1] == "文庙"
    (only,) = station["zhuang"].read(spots, Box(117.8, 24.4, 117.9, 24.5)).spots
    assert (only.title, only.longitude, only.latitude, only.age) == ("龙海", 117.818, 24.446, "fresh")


def test_by_state_without_what_was_declared_void(station: Station) -> None:
    open_one, gone = add(station, "开着"), add(station, "作废")
    station["zhuang"].write(commands.void, gone, "重复登记")
    done = add(station, "转出")
    station["zhuang"].write(commands.act, done, "refer", {"referred_to": "other", "referred_target": "区城管局"}, "不归本站管")
    assert titles(station) == ["开着"]
    assert titles(station, wanted=SpotFilter(("referred",))) == ["转出"]
    assert [s.id for s in station["zhuang"].read(spots, TOWN).spots] == [open_one]


def test_by_age(station: Station) -> None:
    for title, days in (("旧", 20), ("两周", 6), ("一周", 6), ("今天", 0)):
        add(station, title)
        station.clock.advance(timedelta(days=days).total_seconds())
    ages = {age: titles(station, wanted=SpotFilter(age=age)) for age in AGES}
    assert ages == {"fresh": ["今天"], "recent": ["一周", "两周"], "old": ["旧"]}
    assert [s.age for s in station["zhuang"].read(spots, TOWN).spots] == ["fresh", "recent", "recent", "old"]


@pytest.mark.parametrize(("hours", "age"), [(0, "fresh"), (71, "fresh"), (72, "recent"), (335, "recent"), (336, "old")])
def test_an_age_begins_with_full_days(station: Station, hours: int, age: str) -> None:
    now = station.clock.now()
    assert age_of(now - timedelta(hours=hours), now) == age


def test_many_become_cells_that_are_counted_in_full(station: Station) -> None:
    for number in range(6):
        add(station, f"西{number}", "117.6501")
    for number in range(3):
        add(station, f"东{number}", "117.6901")
    found = station["zhuang"].read(spots, TOWN, SpotFilter(), 0.01, 8)
    assert not found.spots
    assert [(c.count, round(c.longitude, 4)) for c in found.clusters] == [(6, 117.6501), (3, 117.6901)]
    assert (found.count, found.capped) == (9, False)
    one_by_one = station["zhuang"].read(spots, TOWN, SpotFilter(), 0.01, 9)
    assert (len(one_by_one.spots), one_by_one.clusters) == (9, ())


def test_counting_stops_at_its_limit_and_says_so(station: Station) -> None:
    for number in range(6):
        add(station, f"{number}")
    found = station["zhuang"].read(spots, TOWN, SpotFilter(), 0.01, 2, 4)
    assert found.capped
    assert found.count == 5


def test_it_searches_around_the_spot_whatever_is_asked(station: Station) -> None:
    for number in range(4):
        add(station, f"{number}")
    for wanted in (SpotFilter(), SpotFilter(("closed",), "old"), SpotFilter(age="recent")):
        with plans(station["zhuang"].store._reading) as steps:
            station["zhuang"].read(spots, TOWN, wanted, 0.01, 2)
        asked = [step for step in steps if " report" in step]
        assert asked, steps
        assert {step.split("USING ")[-1] for step in asked} == {"INDEX ix_report_spot (category=? AND north>? AND north<?)"}


def test_who_may_not_read_records_sees_no_points(station: Station) -> None:
    add(station, "文庙")
    with pytest.raises(RefusedError):
        station["shen"].read(spots, TOWN)
