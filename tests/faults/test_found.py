"""What the random walks found once, told as plain stories."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import select

from sync.client import engine
from sync.server import scopes
from tests.faults import rest
from tests.faults.happenings import CLOSING
from tests.faults.ledger import Ledger
from tests.faults.world import NEXT_DOOR, Seat, World
from zzdesk.desk import commands as desk_commands
from zzdesk.mediation.papers import act_paper, add_paper, edit_paper
from zzdesk.ops import outbox
from zzdesk.ops.models import NEW, PARKED, Outbox
from zzdesk.reports import commands as reports
from zzdesk.reports.transfer import transfer
from zzdesk.store.unit import ChangeSet, UnitOfWork

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


def test_a_step_is_supplementary_only_beside_the_claim_that_lost(make_world: Make) -> None:
    """A move takes along what others had lost before: the mover's own step has lost nothing."""
    world = make_world(2)
    one, other = world.seats
    report = one.ids("report")[0]
    for seat in (one, other):
        seat.desk.write(reports.claim, report, "我去")
    world.settle()
    with world.server.centre.database.writing() as connection:
        scopes.add_nodes(connection, {NEXT_DOOR: None})
    one.desk.write(transfer, report, {"to": NEXT_DOOR}, "归那边管")
    one.sync()
    steps = [body for (kind, _), body in Ledger(world).bodies.items() if kind == "step"]
    assert {step["action"]: step.get("supplementary") for step in steps if step["created_by"] == one.account} == {
        "claim": None, "transfer": None
    }  # fmt: skip
    world.settle()
    rest.check(world)


def _many(work: UnitOfWork, count: int) -> ChangeSet:
    for n in range(count):
        reports.add(work, {"title": f"井盖{n}", "category": "road"})
    return work.commit()


def test_a_group_is_never_cut_however_small_the_batches_become(make_world: Make) -> None:
    seat = make_world(2).seats[0]
    seat.desk.write(_many, 12)
    seat.desk.write(_many, 3)
    with seat.desk.store.writer() as session:
        first = outbox.seal(session, 0, 8)
        session.flush()
        second = outbox.seal(session, first.ops[-1]["op_no"], 8)
    assert [len(first.ops), len(second.ops)] == [12, 3]


def test_one_round_brings_every_scope_however_small_the_pages_are(
    make_world: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = make_world(2)
    one, other = world.seats
    case = one.ids("case")[0]
    for n in range(5):
        one.desk.write(reports.register, {"title": f"路灯{n}", "category": "road"})
        one.desk.write(add_paper, "party", {"case_id": case, "name": f"甲{n}", "role": "third"})
    one.sync()
    monkeypatch.setattr(engine, "PAGE", 2)
    other.sync()
    assert len(other.ids("party")) == 7
    assert len(other.ids("report")) == 8


@pytest.mark.parametrize(("seconds", "count"), [(20, 1), (-20, 1), (40, 2), (-40000, 2)])
def test_edits_join_within_half_a_minute_whichever_way_the_clock_went(
    make_world: Make, seconds: int, count: int
) -> None:
    seat = make_world(2).seats[0]
    report = seat.ids("report")[0]
    seat.desk.write(reports.edit, report, {"title": "一"})
    seat.clock.advance(seconds)
    seat.desk.write(reports.edit, report, {"title": "二"})
    with seat.desk.store.reader() as session:
        assert len(session.scalars(select(Outbox).where(Outbox.state == NEW)).all()) == count


def test_what_is_offered_again_is_shown_again_until_the_centre_has_answered(make_world: Make) -> None:
    world = make_world(2)
    one, other = world.seats
    case = one.ids("case")[0]
    one.desk.write(add_paper, "session", {"case_id": case, "record": "开始。"})
    for party in one.ids("party"):
        one.desk.write(act_paper, "party", party, "notify", {"notice_signed": True})
    world.settle()
    [session_id] = other.ids("session")
    one.desk.write(act_paper, "session", session_id, "close", CLOSING)
    one.sync()
    other.desk.write(edit_paper, "session", session_id, {"recorder": "迟到的记录人"})
    other.sync()
    assert "recorder" not in other.body("session", session_id)
    with other.desk.store.reader() as session:
        [parked] = session.scalars(select(Outbox.op_id).where(Outbox.state == PARKED))
    with other.desk.store.writer() as session:
        outbox.retry(session, parked)
        session.commit()
    rest.check_desk(other)
    assert other.body("session", session_id)["recorder"] == "迟到的记录人"
    world.settle()
    rest.check(world)
    assert "recorder" not in other.body("session", session_id)
