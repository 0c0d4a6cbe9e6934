"""Records that a restored centre lacks and that nothing sent again explains: people decide about them (8.12, hazard 22)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from sqlalchemy import update

from sync.server import admin, tables
from tests.faults import rest
from tests.faults.restoring import come_to_rest, mode, post_restore, put_back, restore, start, stop
from tests.faults.test_forks import synced
from tests.faults.test_restore import back_up, refused_here
from tests.faults.world import World
from tests.working import register
from zzdesk.desk import outbox
from zzdesk.errors import NotFoundError, RefusedError
from zzdesk.mediation import commands as mediation
from zzdesk.mediation.papers import add_paper, edit_paper
from zzdesk.ops import digest
from zzdesk.ops.epochs import UNSEEN
from zzdesk.ops.models import SyncRecord
from zzdesk.reports import commands as reports


def without_its_author(world: World) -> tuple[Any, str]:
    """Lose the centre, and for ever the desk that registered something after the backup; the others show it still."""
    one, *others = world.seats
    copy = back_up(world)
    register(one.desk, "只剩副本")
    for seat in world.seats:
        synced(seat)
    report = others[0].ids("report", title="只剩副本")[0]
    world.seats = others
    one.close()
    put_back(world, copy)
    post_restore(world)
    start(world)
    with world.server.centre.database.writing() as connection:  # nobody waits for the lost one any more
        connection.execute(update(tables.device).where(tables.device.c.id == one.client.device_id).values(status="dead"))
    return copy, report


def test_what_people_leave_out_goes_from_the_desks_that_still_show_it(make_world: Callable[[int], World]) -> None:
    """Two versions came; what one desk wrote upon the record comes before a person, and is kept."""
    world = make_world(3)
    _, report = without_its_author(world)
    one = world.seats[0]
    one.desk.write(reports.edit, report, {"address": "补记"})
    for seat in world.seats * 3:
        synced(seat)
    decide = partial(admin.decide_salvage, world.folder / "centre", world.database_url, ("report", report), None)
    stop(world)
    decide(put_back=False)
    with pytest.raises(NotFoundError):
        decide(put_back=True)
    start(world)
    world.settle()
    assert [seat.ids("report", title="只剩副本") for seat in world.seats] == [[], []]
    assert [row.settled for row in world.rows(tables.salvage)] == ["out"]
    [waiting] = refused_here(one)
    shown = one.desk.read(outbox.operation, waiting)
    assert (shown.row.outcome, shown.row.problem, shown.fields[0].value) == ("quarantined", "left-out", "补记")
    rest.check(world)


def test_a_case_that_the_restored_centre_does_not_know_is_not_taken_from_its_team(make_world: Callable[[int], World]) -> None:
    """Who accepted the case never comes back: the other's copy is the last, and comes back through people's hands."""
    world = make_world(2)
    one, other = world.seats
    copy = back_up(world)
    team = {"category": "neighbours", "team": [seat.login for seat in world.seats], "amount": "5.00"}
    one.desk.write(mediation.accept, team)
    [case] = set(one.ids("case")) - set(other.ids("case"))
    one.desk.write(add_paper, "party", {"case_id": case, "name": "林某", "role": "applicant"})
    for seat in (one, other, other):
        synced(seat)
    [party] = other.ids("party", case_id=case)
    world.seats = [other]
    one.close()
    restore(world, copy)
    synced(other)
    assert other.ids("party", case_id=case) == [party], "while the others are awaited"
    with world.server.centre.database.writing() as connection:
        connection.execute(update(tables.device).where(tables.device.c.id == one.client.device_id).values(status="dead"))
    for _ in range(3):
        synced(other)
    assert other.ids("party", case_id=case) == [party], "nor afterwards: nobody has withdrawn what nobody knows"
    folder, url = world.folder / "centre", world.database_url
    stop(world)
    assert {(row.kind, row.id) for row in admin.salvaged(folder, url)} >= {("case", case)}
    admin.decide_salvage(folder, url, ("case", case), None, put_back=True)
    start(world)
    synced(other)
    stop(world)
    assert ("party", party) in {(row.kind, row.id) for row in admin.salvaged(folder, url)}
    for row in admin.salvaged(folder, url):
        admin.decide_salvage(folder, url, (row.kind, row.id), None, put_back=True)
    start(world)
    world.settle()
    assert other.body("party", party)["name"] == "林某"
    compared = other.client.sync(verify=True).verified
    assert compared is not None
    assert (compared.ok, compared.damaged, compared.skipped) == (True, 0, [])


def test_a_desk_that_noted_an_older_state_of_a_record_is_not_stopped(make_world: Callable[[int], World]) -> None:
    """So it is left where a record was asked for while its scope was not granted: the answer had no such record."""
    world = make_world(2)
    one, other = world.seats
    world.settle()
    [case] = one.ids("case")
    party = other.ids("party", case_id=case)[0]
    before = [(row.id, row.hash) for row in world.rows(tables.record) if row.id == party]
    other.desk.write(edit_paper, "party", party, {"name": "积水53"})
    world.settle()
    restore(world, back_up(world))
    synced(other)
    with other.desk.store.writer() as session:
        mine = update(SyncRecord).where(SyncRecord.kind == "party", SyncRecord.id == party)
        session.execute(mine.values(ver=UNSEEN, hash=before[0][1]))
        digest.rebuild(session)
        session.commit()
    come_to_rest(world, Counter())
    assert mode(world) == "normal"
    assert other.body("party", party)["name"] == one.body("party", party)["name"] == "积水53"
    rest.check(world)


def test_of_two_versions_one_is_put_back_and_the_other_noted_as_left_out(make_world: Callable[[int], World]) -> None:
    world = make_world(3)
    copy = back_up(world)
    one, other, late = world.seats
    register(one.desk, "两个版本")
    for seat in world.seats:
        synced(seat)
    report = one.ids("report", title="两个版本")[0]
    one.desk.write(reports.edit, report, {"address": "后来的"})
    synced(one)
    synced(other)
    world.seats = [other, late]
    one.close()
    restore(world, copy)
    with world.server.centre.database.writing() as connection:
        connection.execute(update(tables.device).where(tables.device.c.id == one.client.device_id).values(status="dead"))
    for seat in world.seats * 3:
        synced(seat)
    chosen = next(row.hash for row in world.rows(tables.salvage) if "后来的" in row.body)
    stop(world)
    decide = partial(admin.decide_salvage, world.folder / "centre", world.database_url, ("report", report))
    with pytest.raises(RefusedError, match="--hash"):
        decide(None, put_back=True)
    decide(chosen, put_back=True)
    start(world)
    assert {row.hash == chosen: row.settled for row in world.rows(tables.salvage)} == {True: "back", False: "out"}
    world.settle()
    assert late.body("report", report)["address"] == "后来的"


def test_what_was_left_out_comes_back_with_the_desk_that_made_it(make_world: Callable[[int], World]) -> None:
    """Nobody expected it any more, and it has the receipt: the operation is worth more than the decision without it."""
    world = make_world(2)
    author, other = world.seats
    copy = back_up(world)
    register(author.desk, "作者回来")
    for seat in world.seats:
        synced(seat)
    [report] = other.ids("report", title="作者回来")
    restore(world, copy)
    synced(other)
    with world.server.centre.database.writing() as connection:  # three days later
        connection.execute(update(tables.meta).values(recovery_since="2020-01-01T00:00:00.000Z"))
    for _ in range(3):
        synced(other)
    stop(world)
    admin.decide_salvage(world.folder / "centre", world.database_url, ("report", report), None, put_back=False)
    start(world)
    synced(other)
    assert other.ids("report", title="作者回来") == []
    world.settle()
    assert [seat.ids("report", title="作者回来") for seat in world.seats] == [[report], [report]]
    rest.check(world)
