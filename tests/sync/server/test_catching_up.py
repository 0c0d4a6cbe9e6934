"""Places and rewards after the centre was restored: what it had said stays said, whoever comes back first (8.9, 8.12)."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import update

import zzdesk.catalogue
from sync.policies import Policies
from sync.server import catching_up, points
from sync.server.centre import identity
from sync.server.run import ServerThread
from sync.server.tables import meta, record
from tests.sync.server.test_points import award, entry, exchange, patrolled, verified
from tests.sync.server.test_returning import Restorable, outcomes
from tests.sync.server.test_seats import NewDesk, ask, body, issue, standing, step
from tests.sync.server.wire import STATION, new_id, rows
from zzdesk.clock import FixedClock
from zzdesk.patrol import ledger
from zzdesk.store.base import kinds

assert zzdesk.catalogue.__doc__


@pytest.fixture
def server(real_server: ServerThread) -> ServerThread:
    """The centre of these tests knows the real kinds."""
    return real_server


@pytest.fixture
def centre(tmp_path: Path, clock: FixedClock) -> Iterator[Restorable]:
    made = Restorable(tmp_path / "centre", clock, Policies.of(kinds()))
    for desk in (made.anna, made.bo):
        desk.introduce("supervisor", "clerk")
    yield made
    made.close()


def said(centre: Restorable, *ops: dict[str, Any]) -> list[tuple[str | None, int | None]]:
    return [standing(centre.anna, op) for op in ops]


def test_who_had_a_place_has_it_again_though_the_others_come_back_first(centre: Restorable) -> None:
    anna, bo = centre.anna, centre.bo
    task = issue(anna, places=2)
    kept = ask(anna, task, new_id())
    centre.push(anna, kept)
    centre.keep()
    won, late = ask(anna, task, new_id()), ask(bo, task, new_id())
    centre.push(anna, won)
    centre.push(bo, late)
    assert said(centre, kept, won, late) == [("granted", 1), ("granted", 2), ("waiting", 1)]
    centre.restore()
    fresh = ask(bo, task, new_id())
    assert outcomes(centre.again(bo, late, fresh)) == ["applied", "applied"]
    assert said(centre, kept, late, fresh) == [("granted", 1), (None, None), (None, None)], "nothing is given yet"
    assert bo.hello()["mode"] == "recovery"
    assert outcomes(centre.again(anna, won)) == ["applied"]
    assert said(centre, won) == [(None, None)]
    assert anna.hello()["mode"] == "normal"
    assert said(centre, kept, won, late, fresh) == [("granted", 1), ("granted", 2), ("waiting", 1), ("waiting", 2)]
    found = body(anna, "task", task["id"])
    assert (found["granted"], found["waiting"], found["state"]) == (2, 2, "taken")


def test_what_was_promised_is_not_refused_because_the_task_was_over_when_the_desks_were_back(
    centre: Restorable, clock: FixedClock
) -> None:
    anna, bo = centre.anna, centre.bo
    task = issue(anna, places=1)
    centre.keep()
    won = ask(anna, task, new_id())
    centre.push(anna, won)
    centre.restore()
    clock.advance(3 * 86_400)
    for desk in (anna, bo):
        desk.log_in()
    assert outcomes(centre.again(anna, won)) == ["applied"]
    late = ask(bo, task, new_id())
    assert outcomes(centre.again(bo, late)) == ["applied"]
    for desk in (anna, bo):
        desk.hello()
    assert said(centre, won) == [("granted", 1)]
    assert body(anna, "signup", late["id"])["refusal"] == "closed"


def test_who_had_come_first_has_the_place_though_what_waits_for_the_task_comes_back_in_another_order(
    centre: Restorable,
) -> None:
    anna, bo = centre.anna, centre.bo
    centre.keep()
    task = issue(anna, places=1)
    centre.push(anna, task)  # for its receipt
    first, late = ask(bo, task, new_id()), ask(anna, task, new_id())
    centre.push(bo, first)
    centre.push(anna, late)
    assert said(centre, first, late) == [("granted", 1), ("waiting", 1)]
    centre.restore()
    assert outcomes(centre.again(anna, late)) == outcomes(centre.again(bo, first)) == ["applied"]
    assert outcomes(centre.again(anna, task)) == ["applied"]
    for desk in (bo, anna):
        desk.hello()
    assert said(centre, first, late) == [("granted", 1), ("waiting", 1)]


def test_what_is_held_after_a_restore_keeps_its_place_in_the_order_of_before(centre: Restorable) -> None:
    """The account of who had come first comes back last: until then their sign-up is held, and its turn is kept."""
    anna, bo = centre.anna, centre.bo
    task = issue(anna, places=1)
    centre.keep()
    bo.user, bo.introduced = new_id(), False
    bo.proof = Ed25519PrivateKey.generate()
    bo.log_in()
    key = base64.b64encode(bo.proof.public_key().public_bytes_raw()).decode()
    account = bo.create("account", STATION, bo.user, login="chen", roles=["clerk"], proof_key=key)
    bo.introduced = True
    centre.push(bo, account)
    first, late = ask(bo, task, new_id()), ask(anna, task, new_id())
    centre.push(bo, first)
    centre.push(anna, late)
    assert said(centre, first, late) == [("granted", 1), ("waiting", 1)]
    centre.restore()
    assert outcomes(centre.again(bo, first)) == ["held"]
    assert outcomes(centre.again(anna, late)) == ["applied"]
    assert outcomes(centre.again(bo, account)) == ["applied"]
    for desk in (bo, anna):
        desk.hello()
    assert said(centre, first, late) == [("granted", 1), ("waiting", 1)]


def test_what_a_crash_left_undecided_when_the_recovery_was_over_is_decided_by_the_next_who_asks(centre: Restorable) -> None:
    """The mode was written, and the centre was killed before anything was given."""
    anna, bo = centre.anna, centre.bo
    task = issue(anna, places=1)
    won = ask(anna, task, new_id())
    centre.push(anna, won)
    centre.keep()
    late = ask(bo, task, new_id())
    centre.push(bo, late)
    centre.restore()
    assert outcomes(centre.again(bo, late)) == ["applied"]
    with centre.server.centre.database.writing() as connection:
        connection.execute(update(meta).values(mode="normal"))
    assert said(centre, late) == [(None, None)]
    assert bo.hello()["mode"] == "normal"
    assert said(centre, won, late) == [("granted", 1), ("waiting", 1)]
    with centre.server.centre.database.reading() as connection:
        assert not identity(connection).unsettled


def hand_over(desk: Any, asked: dict[str, Any]) -> dict[str, Any]:
    edits = {"state": {"to": "handed", "was": "asked", "saw": asked["op_id"]}}
    return desk.op("redemption", asked["id"], "patch", set=edits)


def balance(centre: Restorable, who: str) -> int:
    found = [row for row in rows(centre.server, record) if row.kind == "points_entry"]
    mine = [(row.id, json.loads(row.body)) for row in found if json.loads(row.body)["volunteer_id"] == who]
    return ledger.balance(points.entry_of(*each) for each in mine)


def test_a_piece_that_was_handed_over_stays_given_though_the_points_for_it_come_back_later(centre: Restorable) -> None:
    anna, bo, who = centre.anna, centre.bo, new_id()
    umbrella = anna.create("reward", name="雨伞", price=5, received=1)
    centre.push(anna, umbrella)
    centre.keep()
    earned, other = entry(anna, who, amount=10), entry(anna, anna.user, amount=10)
    centre.push(anna, earned, other)
    given, late = exchange(bo, umbrella, who), exchange(anna, umbrella, anna.user)
    centre.push(bo, *given)
    centre.push(anna, *late)
    centre.push(bo, out := hand_over(bo, given[0]))
    assert [body(anna, "redemption", ops[0]["id"])["standing"] for ops in (given, late)] == ["granted", "out-of-stock"]
    centre.restore()
    assert set(outcomes(centre.again(bo, *given, out))) == {"applied"}
    assert balance(centre, who) == -5, "nothing is booked back: what was earned is on its way"
    assert "standing" not in body(bo, "redemption", given[0]["id"])
    assert set(outcomes(centre.again(anna, earned, other, *late))) == {"applied"}
    for desk in (bo, anna):
        desk.hello()
    assert [body(anna, "redemption", ops[0]["id"])["standing"] for ops in (given, late)] == ["granted", "out-of-stock"]
    assert (balance(centre, who), balance(centre, anna.user)) == (5, 10)
    assert body(anna, "reward", umbrella["id"])["given"] == 1


def test_accounts_are_kept_within_their_bounds_when_everything_is_back(centre: Restorable) -> None:
    anna, bo, who = centre.anna, centre.bo, new_id()
    patrols = [patrolled(anna, who, 150) for _ in range(2)]
    centre.push(anna, *patrols[0], *patrols[1])
    centre.push(bo, *(verified(bo, ops) for ops in patrols))
    centre.keep()
    entries = [award(anna, ops) for ops in patrols]
    centre.push(anna, *entries)
    assert balance(centre, who) == ledger.MONTH_CAP
    centre.restore()
    centre.again(anna, *entries)
    assert balance(centre, who) == 300
    for desk in (centre.bo, anna):
        desk.hello()
    assert balance(centre, who) == ledger.MONTH_CAP


def test_catching_up_changes_nothing_where_everything_is_decided(desk: NewDesk, server: ServerThread) -> None:
    """On both databases: a sign-up whose task is not here waits for it, what is decided stays, no operation is written."""
    a = desk()
    task = issue(a, places=1)
    ops = [ask(a, task, new_id()), ask(a, task, new_id()), ask(a, {"id": new_id()}, new_id())]
    umbrella = a.create("reward", name="雨伞", price=5, received=1)
    a.push(*ops, umbrella, entry(a, a.user), *exchange(a, umbrella, a.user))
    a.push(step(a, ops[0], "asked", "withdrawn"))
    before = [(row.id, row.body) for row in rows(server, record)]
    catching_up.catch_up(server.centre)
    assert [(row.id, row.body) for row in rows(server, record)] == before
