"""Copies of a desk that go on under one name: a cloned disk, a database put back. They heal by themselves (24, 25)."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import select

from sync.client import recovery
from sync.client.engine import SyncReport
from sync.client.enrol import enrol
from tests.faults import rest
from tests.faults.restoring import clone, copy_home, put_home_back
from tests.faults.world import STATION, Seat, World
from tests.working import register
from zzdesk.desk import outbox
from zzdesk.errors import OfflineError, RefusedError
from zzdesk.ops import twins
from zzdesk.ops.models import NEW, PARKED, Outbox
from zzdesk.ops.state import get_state
from zzdesk.reports import commands as reports
from zzdesk.store import machine

Make = Callable[[int], World]


def replica(seat: Seat) -> str:
    with seat.desk.store.reader() as session:
        return get_state(session).replica_id


def synced(seat: Seat) -> SyncReport:
    report = seat.sync()
    assert isinstance(report, SyncReport), report
    return report


def test_two_clones_of_a_desk_go_on_and_nothing_is_lost_or_doubled(make_world: Make) -> None:
    world = make_world(2)
    one = world.seats[0]
    register(one.desk, "克隆之前")
    other = clone(world, one)
    for n in range(3):
        register(one.desk, f"原机{n}")
        register(other.desk, f"副本{n}")
        one.clock.advance(60)
        other.clock.advance(60)
    assert replica(one) == replica(other)
    assert synced(one).notices == []
    healed = synced(other)
    assert healed.notices == [recovery.FORK_HEALED]
    assert (healed.pushed, healed.pending) == (4, 0), "the round in which it showed sent everything"
    assert replica(one) != replica(other)
    register(other.desk, "之后")
    assert synced(other).notices == [], "it is told once"
    world.settle()
    rest.check(world)
    titles = [one.body("report", i)["title"] for i in one.ids("report")]
    assert sorted(t for t in titles if t[0] in "克原副之") == sorted(
        ["克隆之前", *(f"原机{n}" for n in range(3)), *(f"副本{n}" for n in range(3)), "之后"]
    )


def test_a_clone_takes_what_its_twin_wrote_though_the_feed_names_it_as_its_own(make_world: Make) -> None:
    world = make_world(2)
    one = world.seats[0]
    other = clone(world, one)
    register(one.desk, "孪生写的")
    synced(one)
    synced(other)
    assert other.ids("report", title="孪生写的") == one.ids("report", title="孪生写的") != []
    world.settle()
    rest.check(world)


def test_an_older_database_put_back_is_renumbered_and_takes_back_what_it_had_sent(make_world: Make) -> None:
    world = make_world(2)
    one = world.seats[0]
    image = copy_home(world, one)
    for n in range(4):
        register(one.desk, f"备份之后{n}")
        one.clock.advance(60)
    synced(one)
    put_home_back(world, one, image, journal=False)
    register(one.desk, "换回之后")
    assert synced(one).notices == [recovery.FORK_HEALED]
    world.settle()
    rest.check(world)
    assert len([i for i in one.ids("report") if one.body("report", i)["title"].startswith("备份之后")]) == 4


def test_what_was_sent_is_not_melted_into_after_a_fork(make_world: Make) -> None:
    """An edit within thirty seconds joins an operation that was not sent; one that may be known stays as it is."""
    world = make_world(2)
    one = world.seats[0]
    other = clone(world, one)
    synced(other)
    register(one.desk, "甲")
    synced(one)
    register(other.desk, "乙")
    assert isinstance(other.sync("ok", "ok", "ok", "lose-answer"), OfflineError), "renumbered, sent, and never answered"
    report = other.ids("report", title="乙")[0]
    other.desk.write(reports.edit, report, {"title": "乙改"})
    world.settle()
    rest.check(world)
    assert world.seats[1].body("report", report)["title"] == "乙改"


def test_a_home_copied_to_another_machine_sends_nothing_until_it_is_enrolled_there(
    make_world: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The device's key lies in a file here, so the copy has it too: it is the machine that tells."""
    world = make_world(2)
    one = world.seats[0]
    synced(one)
    copy = clone(world, one)
    register(copy.desk, "在另一台电脑上")
    before = copy.records()
    with monkeypatch.context() as elsewhere:
        elsewhere.setattr(machine, "fingerprint", lambda: "another machine")
        refused = copy.sync()
        assert isinstance(refused, RefusedError)
        assert refused.text("zh") == RefusedError(recovery.ANOTHER_MACHINE).text("zh")
        assert copy.records() == before
        device = enrol(copy.desk, world.server.url, world.server.enrol_code(STATION))
        assert device != one.client.device_id
        copy.connect(world.server.url)
        assert synced(copy).pending == 0
        assert replica(copy) != replica(one)
    register(one.desk, "在原来的电脑上")
    assert synced(one).notices == [], "the first one goes on as it was"
    world.seats.remove(copy)
    world.settle()
    rest.check(world)
    assert {"在另一台电脑上", "在原来的电脑上"} <= {one.body("report", i)["title"] for i in one.ids("report")}
    copy.close()


def test_an_older_database_with_its_journal_lacks_nothing_and_is_no_fork(make_world: Make) -> None:
    world = make_world(2)
    one = world.seats[0]
    image = copy_home(world, one)
    for n in range(4):
        register(one.desk, f"备份之后{n}")
        one.clock.advance(60)
    synced(one)
    register(one.desk, "还没有送出")
    one.remember()
    put_home_back(world, one, image, journal=True)
    assert one.desk.brought_back == 5
    assert len([i for i in one.ids("report") if one.body("report", i)["title"].startswith("备份之后")]) == 4
    register(one.desk, "换回之后")
    assert synced(one).notices == []
    world.settle()
    rest.check(world)


def told_apart(world: World, copy: Seat) -> None:
    """The original sends first; the copy finds its ids taken, and everything of both arrives all the same."""
    one = world.seats[0]
    assert synced(one).notices == []
    healed = synced(copy)
    assert healed.notices == [recovery.TOLD_APART]
    assert healed.pending == 0, "the round in which it showed sent everything"
    world.settle()
    assert synced(copy).notices == []


def test_an_edit_that_both_copies_carried_on_with_becomes_a_conflict_of_both_values(make_world: Make) -> None:
    """Copied within thirty seconds of an edit that was not sent: both go on under its one id."""
    world = make_world(2)
    one = world.seats[0]
    report = one.ids("report")[0]
    one.desk.write(reports.edit, report, {"address": "还没送出"})
    copy = clone(world, one)
    one.desk.write(reports.edit, report, {"title": "原机写的"})
    copy.desk.write(reports.edit, report, {"title": "副本写的", "handler_unit": "只有副本写"})
    copy.clock.advance(60)
    copy.desk.write(reports.edit, report, {"title": "副本又改"})
    register(copy.desk, "排在后面的")
    copy.remember()
    told_apart(world, copy)
    reached = rest.check(world)
    assert reached["conflict:value"] == 1, "equal values are one"
    body = one.body("report", report)
    assert (body["title"], body["address"], body["handler_unit"]) == ("原机写的", "还没送出", "只有副本写")
    [conflict] = one.ids("conflict", record_id=report)
    values = [candidate["value"] for candidate in one.body("conflict", conflict)["candidates"]]
    assert (values[0], values[-1]) == ("原机写的", "副本又改"), "whoever had not seen the other's did not overwrite it"
    assert one.ids("report", title="排在后面的")


def test_a_registration_that_both_copies_carried_on_with_is_one_record_with_every_value(make_world: Make) -> None:
    world = make_world(2)
    one = world.seats[0]
    register(one.desk, "刚登记")
    report = one.ids("report", title="刚登记")[0]
    copy = clone(world, one)
    one.desk.write(reports.edit, report, {"address": "原机补的", "tags": ["甲"]})
    copy.desk.write(reports.edit, report, {"address": "副本补的", "tags": ["乙"]})
    told_apart(world, copy)
    rest.check(world)
    assert set(one.body("report", report)["tags"]) == {"甲", "乙"}
    [conflict] = one.ids("conflict", record_id=report)
    assert [c["value"] for c in one.body("conflict", conflict)["candidates"]] == ["原机补的", "副本补的"]


def test_steps_of_a_counter_that_melted_in_an_older_program_are_a_persons_to_look_at(make_world: Make) -> None:
    """The first step may be counted already: the desk does not send it by itself, and everything else goes through."""
    world = make_world(2)
    one = world.seats[0]
    report = one.ids("report")[0]
    one.desk.write(reports.edit, report, {"support_count": 1})
    copy = clone(world, one)
    with copy.desk.store.writer() as session:
        [row] = session.scalars(select(Outbox).where(Outbox.state == NEW))
        row.body = row.body | {"set": {"support_count": {"by": 3}}}
        session.commit()
    register(copy.desk, "别的照送")
    copy.remember()
    told_apart(world, copy)
    assert one.body("report", report)["support_count"] == copy.body("report", report)["support_count"] == 1
    assert one.ids("report", title="别的照送")
    with copy.desk.store.reader() as session:
        [parked] = session.scalars(select(Outbox.op_id).where(Outbox.state == PARKED))
    shown = copy.desk.read(outbox.operation, parked)
    assert (shown.row.problem, shown.next_steps) == (twins.REUSED, ("amend", "discard", "export"))
    copy.desk.write(outbox.amend, parked, {"support_count": 2})
    world.settle()
    assert one.body("report", report)["support_count"] == 3


def test_each_step_of_a_counter_is_an_operation_of_its_own(make_world: Make) -> None:
    world = make_world(2)
    one = world.seats[0]
    report = one.ids("report")[0]
    one.desk.write(reports.edit, report, {"support_count": 1})
    copy = clone(world, one)
    one.desk.write(reports.edit, report, {"support_count": 3})
    copy.desk.write(reports.edit, report, {"support_count": 4})
    synced(one)
    synced(copy)
    world.settle()
    rest.check(world)
    assert one.body("report", report)["support_count"] == 1 + 2 + 3


def test_what_went_on_under_another_id_is_in_the_journal(make_world: Make) -> None:
    """An older database put back lacks it, and later work may say that it saw it."""
    world = make_world(2)
    one = world.seats[0]
    report = one.ids("report")[0]
    one.desk.write(reports.edit, report, {"title": "甲"})
    copy = clone(world, one)
    image = copy_home(world, copy)
    for seat, word in ((one, "甲一"), (copy, "甲二")):
        seat.desk.write(reports.edit, report, {"title": word})
        seat.sync()
    anew = copy.outbox() - one.outbox()
    assert anew
    put_home_back(world, copy, image, journal=True)
    assert anew <= copy.outbox()
    world.settle()
    rest.check(world)
