"""An order for 110 stands for itself: whatever becomes of what was done beside it, it is taken and goes."""

from __future__ import annotations

from sqlalchemy import select

from sync.client.engine import sync_once
from sync.client.enrol import enrol
from sync.server.partners.engine import run_once
from sync.server.tables import record
from tests.sync.server.partners.conftest import CALL, PASSWORD, STATION, Town, order_of, send
from tests.sync.stations import parked
from zzdesk.desk import handing
from zzdesk.desk.session import Desk, create_home
from zzdesk.reports import commands as reports
from zzdesk.store.keys import TEST_COST


def test_110_goes_though_the_step_beside_it_is_put_before_a_person(town: Town, desk: Desk) -> None:
    """Two desks without a network: one refuses the report, the other has called the police and ends its own part."""
    other = town.second()
    report = desk.write(reports.register, {"title": "有人持刀", "category": "public-order", "address": "新桥路8号"}).created[0]
    town.sync()
    other.write(reports.act, report, "refuse", {"refusal_reason": "outside-area"})
    sync_once(other)
    fields = {"report_id": report, "partner": "110", "reason": "有人持刀", "refer": True}
    desk.write(handing.hand_over, fields | CALL)
    sync_once(desk)
    assert run_once(town.server.centre, town.lines).sent == 1
    assert len(town.out("110")) == 1
    town.sync()
    assert order_of(other, report).partner == "110"


def test_110_of_a_desk_that_was_never_here_is_taken_before_everything_else(town: Town) -> None:
    """Its author's account goes with it: the centre has nobody yet who could have called the police."""
    desk, _ = create_home(town.folder / "new", STATION, "lin", PASSWORD, clock=town.clock, cost=TEST_COST)
    town.desks.append(desk)
    others = [send(desk, "12345")[1] for _ in range(3)]
    _, police = send(desk, "110")
    enrol(desk, town.server.url, town.server.enrol_code(STATION))
    sync_once(desk)
    with town.server.centre.database.reading() as connection:
        query = select(record.c.id, record.c.seq).where(record.c.kind == "handover_order")
        came = {row.id: row.seq for row in connection.execute(query)}
    assert set(came) == {police, *others}
    assert came[police] < min(came[each] for each in others)
    assert parked(desk) == {}
