"""What nobody outside may see, asked everywhere at once: conflicts, titles, search, the outbox."""

from __future__ import annotations

import pytest

from tests.zzdesk.conftest import STATION, Station
from zzdesk.desk import commands, queries
from zzdesk.desk.titles import titles
from zzdesk.errors import NotFoundError, RefusedError
from zzdesk.jobs import queries as jobs
from zzdesk.mediation import queries as mediation
from zzdesk.ops.models import Conflict
from zzdesk.people import queries as people

ADDRESS = "西桥社区3幢502室"


@pytest.fixture
def dispute(station: Station) -> tuple[str, str]:
    """The scope of a case of Chen's, and the id of its dispute."""
    case = station.add("chen", "case", {"category": "neighbours"})
    paper = station.add("chen", "dispute", {"case_id": case, "title": "林秀英诉黄阿明", "place": ADDRESS})
    return f"case:{case}", paper


@pytest.fixture
def conflict(station: Station, dispute: tuple[str, str]) -> str:
    """A conflict about it, as the centre sends one."""
    scope, paper = dispute
    candidate = {
        "value": "林秀英案",
        "user": "u",
        "device": None,
        "at": "2026-11-23T01:00:00.000Z",
        "op": "o",
    }
    row = {
        "record_kind": "dispute", "record_id": paper, "field": "title", "policy": "value", "state": "open",
        "candidates": [candidate], "created_at": station.clock.now(), "created_by": "u",
    }  # fmt: skip
    with station["chen"].store.writer() as session:
        session.add(Conflict(id="c-1", scope=scope, **row))
        session.commit()
    return "c-1"


@pytest.mark.parametrize("login", ["wu", "zhuang", "zheng", "lin"])
def test_a_conflict_about_a_case_is_for_its_team(station: Station, conflict: str, login: str) -> None:
    assert [row.id for row in station["chen"].read(queries.conflicts).rows] == [conflict]
    assert station["chen"].read(queries.conflict, conflict).row.title != ""
    desk = station[login]
    assert desk.read(queries.conflicts).rows == ()
    with pytest.raises(NotFoundError):
        desk.read(queries.conflict, conflict)
    with pytest.raises(RefusedError):
        desk.write(commands.resolve, conflict, candidate=0)


def test_the_line_of_a_paper_is_for_its_team(station: Station, dispute: tuple[str, str]) -> None:
    key = ("dispute", dispute[1])
    assert key in station["chen"].read(titles, [key])
    for login in ("wu", "lin", "zheng"):
        assert station[login].read(titles, [key]) == {}
        assert all(
            row.title == "" for row in station[login].read(queries.outbox).rows if row.kind == "dispute"
        )


def test_the_kiosk_looks_at_postings_only(station: Station) -> None:
    person = station.add("lin", "person", {"name": "林秀英", "phone": "13805961234"})
    case = station.add("chen", "case", {"category": "neighbours"})
    employer = station.add(
        "lin", "employer", {"employer_kind": "person", "name": "林", "identity_number": _ID}
    )
    kiosk = station["guo"]
    assert kiosk.read(jobs.list_postings).rows == ()
    assert kiosk.read(queries.search, "林秀英") == ()
    for query, args in (
        (people.list_people, ()), (people.detail, (person,)), (people.by_ids, ((person,),)),
        (people.duplicates, (person,)), (people.alike, ({"phone": "13805961234"},)),
        (jobs.list_employers, ()), (jobs.list_applications, ()), (jobs.find, ("worker", "林")),
        (jobs.detail, ("employer", employer)), (jobs.holder, ("employer", employer)),
        (mediation.list_cases, ()), (mediation.detail, (case,)),
    ):  # fmt: skip
        with pytest.raises(RefusedError, match="权限"):
            kiosk.read(query, *args)


_ID = "350602194903070020"


def test_a_station_without_the_case_still_knows_its_scope_is_closed(station: Station) -> None:
    from zzdesk.mediation.team import may_see_scope, require_scope

    chen = station["chen"]
    assert chen.read(may_see_scope, STATION)
    assert not chen.read(may_see_scope, "case:unknown")
    with pytest.raises(RefusedError, match="承办"):
        chen.read(require_scope, "case:unknown")
