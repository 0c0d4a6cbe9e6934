"""The last pieces of a reward under a race, on both databases: given as often as there are pieces, paid for once each."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

import zzdesk.catalogue  # noqa: F401 - every kind must be known
from sync.server.run import ServerThread
from sync.server.tables import record
from tests.sync.server.conftest import on_sqlite
from tests.sync.server.test_races import _at_once
from tests.sync.server.test_seats import NewDesk, body
from tests.sync.server.wire import WireDesk, edit, new_id, problem, rows
from zzdesk.patrol.ledger import entry_id


@pytest.fixture
def server(real_server: ServerThread) -> ServerThread:
    """The centre of these tests knows the real kinds."""
    return real_server


def entry(desk: WireDesk, who: str, **more: Any) -> dict[str, Any]:
    """Return points given by a supervisor, for a reason that is written down."""
    sides = {"volunteer_id": who, "debit": "issued", "credit": "volunteer", "amount": 5, "month": "2026-11"}
    fields = sides | {"why": "adjust", "note": "期初积分"}
    return desk.create("points_entry", **(fields | more))


def exchange(desk: WireDesk, reward: dict[str, Any], who: str) -> list[dict[str, Any]]:
    """Return a redemption with its entry, as a desk sends them: one group."""
    group = {"group": new_id()}
    asked = desk.create("redemption", reward_id=reward["id"], volunteer_id=who, price=5, state="asked") | group
    paid = {
        "volunteer_id": who, "debit": "volunteer", "credit": "redeemed", "amount": 5, "why": "redeem", "month": "2026-11",
        "redemption_id": asked["id"],
    }  # fmt: skip
    return [asked, desk.create("points_entry", record_id=entry_id("redeem", asked["id"]), **paid) | group]


def patrolled(leader: WireDesk, who: str, points: int = 10) -> list[dict[str, Any]]:
    """Return the operations of a patrol of one that was submitted: the task, its sign-up, what became of both."""
    times = {"starts_at": "2026-11-22T11:00:00.000Z", "ends_at": "2026-11-22T13:00:00.000Z"}
    task = leader.create("task", title="夜巡", number="QF", state="running", self_started=True, points=points, quota=9, **times)
    signup = leader.create("signup", task_id=task["id"], volunteer_id=who, state="present")
    done = edit(signup, "done", "state") | edit(signup, 120, "minutes")
    end = edit(task, "submitted", "state") | edit(task, leader.user, "submitted_by")
    return [task, signup, leader.patch("signup", signup["id"], **done), leader.patch("task", task["id"], **end)]


def verified(checker: WireDesk, ops: list[dict[str, Any]], verdict: str = "verified") -> dict[str, Any]:
    step = {"to": verdict, "was": "submitted", "saw": ops[3]["op_id"]}
    return checker.patch("task", ops[0]["id"], state=step)


def award(desk: WireDesk, ops: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
    """Return the points for a patrol."""
    task, signup = ops[0], ops[1]
    fields = {"amount": task["init"]["points"], "why": "earn", "signup_id": signup["id"], "note": None} | more
    made = entry(desk, signup["init"]["volunteer_id"], **fields)
    made["init"] = {name: value for name, value in made["init"].items() if value is not None}
    return made | {"id": entry_id("earn", signup["id"])}


def test_eight_counters_give_three_pieces_away_at_once(desk: NewDesk, server: ServerThread) -> None:
    desks = [desk("administrator", "supervisor", "clerk"), *(desk() for _ in range(7))]
    umbrella = desks[0].create("reward", name="雨伞", price=5, received=3)
    desks[0].push(umbrella, *(entry(desks[0], each.user) for each in desks))
    asked = {each.user: exchange(each, umbrella, each.user) for each in desks}

    def race(each: WireDesk) -> Callable[[], None]:
        def run() -> None:
            assert {result["outcome"] for result in each.push(*asked[each.user])} == {"applied"}

        return run

    _at_once(*[race(each) for each in desks])
    said = {who: body(desks[0], "redemption", ops[0]["id"])["standing"] for who, ops in asked.items()}
    assert sorted(said.values()) == ["granted"] * 3 + ["out-of-stock"] * 5
    assert body(desks[0], "reward", umbrella["id"])["given"] == 3
    books: dict[str, int] = {}
    for row in rows(server, record):
        if row.kind == "points_entry":
            found = json.loads(row.body)
            sign = (found["credit"] == "volunteer") - (found["debit"] == "volunteer")
            books[found["volunteer_id"]] = books.get(found["volunteer_id"], 0) + sign * found["amount"]
    assert books == {who: 0 if standing == "granted" else 5 for who, standing in said.items()}


def test_nobody_goes_below_nought_and_nobody_writes_the_stock(desk: NewDesk) -> None:
    clerk = desk("supervisor", "clerk")
    who = new_id()
    umbrella = clerk.create("reward", name="雨伞", price=5, received=1, given=-9)
    clerk.push(umbrella, entry(clerk, who))
    taken = entry(clerk, who, debit="volunteer", credit="issued", amount=8)
    clerk.push(taken)
    assert body(clerk, "points_entry", entry_id("floor", taken["id"]))["amount"] == 3
    assert "given" not in body(clerk, "reward", umbrella["id"])
    short = exchange(clerk, umbrella, who)
    clerk.push(*short)
    assert body(clerk, "redemption", short[0]["id"])["standing"] == "short"
    assert body(clerk, "points_entry", entry_id("refund", short[0]["id"]))["amount"] == 5


def refusal(desk: WireDesk, *ops: dict[str, Any]) -> tuple[str, str | None]:
    """Return what became of the operation that stands against its group."""
    results = desk.push(*ops)
    worst = next((r for r in results if r["problem"] and r["problem"]["type"] != "/p/group-rejected"), results[0])
    return str(worst["outcome"]), problem(worst)


def test_an_award_names_a_verified_patrol_of_that_volunteer_and_nobody_verifies_their_own(desk: NewDesk) -> None:
    boss, leader = desk("administrator", "supervisor", "clerk"), desk("police-liaison", "clerk")
    who, other = new_id(), new_id()
    ops = patrolled(leader, who)
    assert [r["outcome"] for r in leader.push(*ops)] == ["applied"] * 4
    assert refusal(boss, award(boss, ops)) == ("quarantined", "/p/entry-unfounded"), "not verified yet"
    assert refusal(leader, verified(leader, ops)) == ("rejected", "/p/own-work")
    theirs = leader.patch("task", ops[0]["id"], submitted_by={"to": boss.user, "was": leader.user, "saw": ops[3]["op_id"]})
    assert refusal(leader, theirs) == ("rejected", "/p/not-the-submitter")
    assert boss.push_one(verified(boss, ops))["outcome"] == "applied"
    for unfit in ({"amount": 11}, {"month": "2026-10"}, {"volunteer_id": other}):
        assert refusal(boss, award(boss, ops, **unfit)) == ("quarantined", "/p/entry-unfounded")
    for odd in ({"debit": "redeemed"}, {"amount": -10}, {"amount": "10"}, {"why": "gift"}):
        assert refusal(boss, award(boss, ops, **odd)) == ("rejected", "/p/entry-misshapen")
    anew = award(boss, ops) | {"id": new_id()}
    assert refusal(boss, anew) == ("rejected", "/p/entry-misshapen"), "the same patrol is not paid twice"
    early = award(boss, patrolled(leader, who))
    assert refusal(boss, early) == ("held", "/p/waiting")
    assert boss.push_one(award(boss, ops))["outcome"] == "applied"


@on_sqlite
def test_every_reason_for_points_takes_its_own_right(desk: NewDesk) -> None:
    boss, clerk, who = desk("administrator", "supervisor", "clerk"), desk("clerk"), new_id()
    given = entry(boss, who)
    assert boss.push_one(given)["outcome"] == "applied"
    back = entry(clerk, who, debit="volunteer", credit="issued", why="reverse", reverses=given["id"])
    for op in (entry(clerk, who), back | {"id": entry_id("reverse", given["id"])}, award(clerk, patrolled(clerk, who))):
        assert refusal(clerk, op) == ("rejected", "/p/no-permission")
    assert refusal(boss, entry(boss, who, note=" ")) == ("rejected", "/p/entry-misshapen")
    assert refusal(boss, entry(boss, who, debit="volunteer")) == ("rejected", "/p/entry-misshapen"), "it sums to nought"
    half = back | {"id": entry_id("reverse", given["id"])}
    assert refusal(boss, entry(boss, who, **half["init"] | {"amount": 2}) | {"id": half["id"]}) == (
        "quarantined", "/p/entry-unfounded")  # fmt: skip


@on_sqlite
def test_a_redemption_begins_at_its_beginning_and_is_handed_over_upon_the_centres_word(desk: NewDesk) -> None:
    boss, clerk, who = desk("administrator", "supervisor", "clerk"), desk("clerk"), new_id()
    umbrella = boss.create("reward", name="雨伞", price=5, received=1)
    boss.push(umbrella, entry(boss, who))

    def asked(**more: Any) -> dict[str, Any]:
        fields = {"reward_id": umbrella["id"], "volunteer_id": who, "price": 5, "state": "asked"}
        return clerk.create("redemption", **(fields | more))

    assert refusal(clerk, asked(state="handed")) == ("rejected", "/p/redemption-born-onward")
    assert refusal(clerk, asked(price=1)) == ("quarantined", "/p/price-changed")
    assert refusal(clerk, asked(reward_id=new_id())) == ("held", "/p/waiting")
    paid, short = exchange(clerk, umbrella, who), exchange(clerk, umbrella, who)
    assert {r["outcome"] for r in clerk.push(*paid, *short)} == {"applied"}
    out = {"state": {"to": "handed", "was": "asked", "saw": short[0]["op_id"]}}
    assert refusal(clerk, clerk.patch("redemption", short[0]["id"], **out)) == ("quarantined", "/p/not-granted")
    assert refusal(clerk, clerk.patch("reward", umbrella["id"], received={"by": -1})) == ("rejected", "/p/stock-only-grows")
    free = {"debit": "redeemed", "credit": "volunteer", "amount": 5, "why": "refund", "redemption_id": paid[0]["id"]}
    back = entry(clerk, who, **free, reverses=entry_id("redeem", paid[0]["id"])) | {"id": entry_id("refund", paid[0]["id"])}
    assert refusal(clerk, back) == ("quarantined", "/p/entry-unfounded"), "nothing was called off"


@on_sqlite
def test_who_is_not_insured_or_trained_is_not_signed_up_for_what_asks_for_it(desk: NewDesk) -> None:
    clerk = desk()
    times = {"starts_at": "2026-11-25T11:00:00.000Z", "ends_at": "2026-11-25T13:00:00.000Z"}
    task = clerk.create("task", title="救援", number="QF", state="published", places=9, quota=9, risky=True,
                        trainings=["急救"], **times)  # fmt: skip
    outcomes = []
    for more in ({}, {"insured_until": "2026-11-24"}, {"insured_until": "2026-11-25"},
                 {"insured_until": "2026-11-25", "trainings": ["急救@2026-05-01"]}):  # fmt: skip
        who = clerk.create("volunteer", name="陈阿水", state="active", **more)
        signup = clerk.create("signup", task_id=task["id"], volunteer_id=who["id"], state="asked")
        if not outcomes:
            assert refusal(clerk, signup) == ("held", "/p/waiting")
            clerk.push(task)
            signup = signup | {"op_id": new_id(), "id": new_id(), "group": new_id()}
        clerk.push(who)
        outcomes.append(refusal(clerk, clerk.op("signup", new_id(), "create", scope=signup["scope"], init=signup["init"])))
    assert outcomes == [("quarantined", "/p/uninsured")] * 2 + [("quarantined", "/p/untrained"), ("applied", None)]
