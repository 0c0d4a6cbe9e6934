"""What the random walks found once, told as plain stories."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import select

from tests.faults import rest
from tests.faults.world import Seat, World
from zzdesk.desk import commands as desk_commands
from zzdesk.ops.models import NEW, Outbox
from zzdesk.reports import commands as reports

Make = Callable[[int], World]


def _proposed_void(world: World) -> tuple[Seat, str, str]:
    """One edits, another who had not seen it declares the record void: a proposal. Return who, conflict and report."""
    one, other = world.seats
    report = one.ids("report")[0]
    one.desk.write(reports.edit, report, {"title": "新的路灯"})
    other.desk.write(reports.void, report, "重复")
    one.sync()
    other.sync()
    [conflict] = other.ids("conflict")
    return other, conflict, report


def test_deciding_for_a_proposed_void_is_one_operation_with_its_reason(make_world: Make) -> None:
    world = make_world(2)
    seat, conflict, report = _proposed_void(world)
    seat.desk.write(desk_commands.resolve, conflict, "mine", None, "确系重复")
    with seat.desk.store.reader() as session:
        verbs = [row.verb for row in session.scalars(select(Outbox).where(Outbox.state == NEW))]
    assert verbs == ["resolve"]
    here = seat.body("report", report)
    assert (here["voided"], here["void_reason"]) == (True, "确系重复")
    world.settle()
    rest.check(world)
    assert world.seats[0].body("report", report)["void_reason"] == "确系重复"


def test_deciding_against_a_proposed_void_leaves_the_record_as_it_is(make_world: Make) -> None:
    world = make_world(2)
    seat, conflict, report = _proposed_void(world)
    seat.desk.write(desk_commands.resolve, conflict, "theirs", None, "并不重复")
    assert "voided" not in seat.body("report", report)
    world.settle()
    rest.check(world)
    assert "voided" not in world.seats[0].body("report", report)
