"""A desk that was away for longer than anything is kept elsewhere, and desks whose calendar is ten years wrong (3, 11)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from sync.client.engine import sync_once
from sync.client.enrol import enrol
from sync.server import admin
from sync.server.run import ServerThread
from tests.sync.desks import PASSWORD, STATION
from tests.sync.stations import OTHER, settle
from tests.working import register
from zzdesk.clock import FixedClock
from zzdesk.desk import records
from zzdesk.desk.health import sync_health
from zzdesk.desk.queries import open_conflicts
from zzdesk.desk.session import Desk, create_home
from zzdesk.ops import digest
from zzdesk.ops.models import NEW, SEALED, Outbox
from zzdesk.reports import commands as reports
from zzdesk.reports.models import Report
from zzdesk.store.keys import TEST_COST

DAY = 86_400
TEN_YEARS = timedelta(days=3653)
NewDesk = Callable[..., Desk]


@pytest.fixture
def desks(tmp_path: Path, clock: FixedClock, server: ServerThread) -> Iterator[NewDesk]:
    """Makes desks, of one person unless told otherwise; each may live by a calendar of its own."""
    made: list[Desk] = []

    def make(calendar: FixedClock = clock, station: str = STATION, login: str = "lin") -> Desk:
        home = tmp_path / f"desk{len(made)}"
        made.append(create_home(home, station, login, PASSWORD, clock=calendar, cost=TEST_COST)[0])
        desk = made[-1]
        enrol(desk, server.url, server.enrol_code(station))
        sync_once(desk)
        return desk

    yield make
    for desk in made:
        desk.close()


def bodies(desk: Desk) -> dict[str, tuple[Any, ...]]:
    with desk.store.reader() as session:
        rows = session.scalars(select(Report))
        return {row.id: (row.title, row.reporter_phone, row.voided, row.scope) for row in rows}


def unsent(desk: Desk) -> list[str]:
    with desk.store.reader() as session:
        return list(session.scalars(select(Outbox.op_id).where(Outbox.state.in_((NEW, SEALED)))))


def test_six_hundred_days_away_and_nothing_is_missing(
    desks: NewDesk, server: ServerThread, clock: FixedClock, tmp_path: Path
) -> None:
    """Voids and moves stay in the feed for good; codes, tokens, leases and backups have long gone by."""
    stayed, away, _ = desks(), desks(), desks(station=OTHER, login="huang")
    void, moved, edited, both = (register(stayed, title) for title in ("重复登记", "隔壁的", "路灯", "井盖"))
    settle(stayed, away)
    alone = register(away, "厨房里记下的")
    away.write(reports.edit, both, {"reporter_phone": "13805961111"})
    for _ in range(6):
        clock.advance(100 * DAY)
        admin.sweep(tmp_path / "centre", None, clock)
        sync_once(stayed)
    stayed.write(reports.void, void, "登记了两次")
    stayed.write(records.act, "report", moved, "transfer", {"to": OTHER}, "地点在那边")
    stayed.write(reports.edit, edited, {"title": "路灯全灭"})
    stayed.write(reports.edit, both, {"reporter_phone": "13805962222"})
    settle(stayed)
    clock.advance(DAY)
    settle(away, stayed)
    assert bodies(away) == bodies(stayed)
    assert bodies(away)[void][2]
    assert moved not in bodies(away)
    assert alone in bodies(stayed)
    assert unsent(away) == []
    assert away.read(open_conflicts) == 1, "both numbers are before a person"
    for desk in (away, stayed):
        with desk.store.reader() as session:
            assert digest.damaged(session, ("", ""))[0] == []


@pytest.mark.parametrize("wrong", [TEN_YEARS, -TEN_YEARS], ids=["ahead", "behind"])
def test_a_calendar_that_is_ten_years_wrong_decides_nothing(
    desks: NewDesk, clock: FixedClock, wrong: timedelta
) -> None:
    """What counts is the order in which the centre took it; the person is told of the clock, and may go on."""
    calendar = FixedClock(clock.now() + wrong)
    right, askew = desks(), desks(calendar)
    report, phone = register(askew, "旧钟记的"), "13805961111"
    settle(askew, right)
    right.write(reports.edit, report, {"reporter_phone": phone})
    settle(right, askew)
    askew.write(reports.edit, report, {"reporter_phone": "13805962222", "title": "后来改的"})
    settle(askew, right)
    assert bodies(right) == bodies(askew)
    assert bodies(right)[report][:2] == ("后来改的", "13805962222"), "it saw the first number, so it stands"
    right.write(reports.edit, report, {"title": "一个"})
    askew.write(reports.edit, report, {"title": "另一个"})
    settle(right, askew)
    for desk in (right, askew):
        assert bodies(desk)[report][0] == "一个", "the first at the centre, whatever the calendars say"
        assert desk.read(open_conflicts) == 1
    assert sync_health(askew).skew_ms == round(-wrong.total_seconds() * 1000)
    assert abs(sync_health(right).skew_ms) < 1000
