"""Places in tasks: one arbiter, in the order of arrival, on both databases; a clock that runs ahead gains nothing."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

import zzdesk.catalogue  # noqa: F401 - every kind must be known
from sync.server.run import ServerThread
from sync.server.tables import record
from tests.sync.server.test_races import _at_once
from tests.sync.server.wire import WireDesk, new_id, rows
from zzdesk.clock import FixedClock

NewDesk = Callable[..., WireDesk]
MINUTE = 60


@pytest.fixture
def server(real_server: ServerThread) -> ServerThread:
    """The centre of these tests knows the real kinds."""
    return real_server


def issue(desk: WireDesk, places: int = 2, start: str = "11:30", end: str = "13:30", **more: Any) -> dict[str, Any]:
    day = "2026-11-25"
    fields = {"title": "古城夜巡", "places": places, "state": "published", "quota": 5, "number": "QF", "task_kind": "patrol"}
    task = desk.create("task", starts_at=f"{day}T{start}:00.000Z", ends_at=f"{day}T{end}:00.000Z", **fields, **more)
    assert desk.push_one(task)["outcome"] == "applied"
    return task


def ask(desk: WireDesk, task: dict[str, Any], volunteer: str) -> dict[str, Any]:
    return desk.create("signup", task_id=task["id"], volunteer_id=volunteer, state="asked")


def step(desk: WireDesk, op: dict[str, Any], was: str, to: str, **more: Any) -> dict[str, Any]:
    edits = {"state": {"to": to, "was": was, "saw": op["op_id"]}}
    return desk.op("signup", op["id"], "patch", set=edits, **more)


def body(desk: WireDesk, kind: str, record_id: str) -> dict[str, Any]:
    (rec,) = desk.fetch((kind, record_id))
    found: dict[str, Any] = rec["body"]
    return found


def standing(desk: WireDesk, op: dict[str, Any]) -> tuple[str | None, int | None]:
    found = body(desk, "signup", op["id"])
    return found.get("standing"), found.get("place")


def test_the_order_of_arrival_decides_and_a_fast_clock_does_not(desk: NewDesk, clock: FixedClock) -> None:
    """D09: A writes at 10:01, B at 10:02, C at 09:59 by a clock that is seven minutes fast; A and B arrive first."""
    a, b, c = desk(), desk(), desk()
    task = issue(a)
    first, second = ask(a, task, new_id()), ask(b, task, new_id())
    late = ask(c, task, new_id()) | {"at": {"wall": "2026-11-20T00:00:00.000Z", "mono": 1, "boot": "b"}}
    assert a.push_one(first)["record"]["body"]["standing"] == "granted"
    b.push(second)
    c.push(late)
    assert [standing(a, op) for op in (first, second, late)] == [("granted", 1), ("granted", 2), ("waiting", 1)]
    found = body(a, "task", task["id"])
    assert (found["granted"], found["waiting"], found["state"]) == (2, 1, "taken")
    assert body(a, "signup", late["id"])["received_at"] == "2026-11-23T01:00:00.000Z"


def test_who_withdraws_makes_room_and_who_waits_is_told(desk: NewDesk) -> None:
    a, b, c = desk(), desk(), desk()
    task = issue(a, places=1)
    ops = [ask(each, task, new_id()) for each in (a, b, c)]
    for each, op in zip((a, b, c), ops, strict=True):
        each.push(op)
    after = a.pull_all()[-1]["seq"]
    a.push(step(a, ops[0], "asked", "withdrawn"))
    assert [standing(c, op) for op in ops] == [(None, None), ("granted", 1), ("waiting", 1)]
    told = {row["rec"]["id"] for row in b.pull(after)["rows"]}
    assert {ops[1]["id"], ops[2]["id"]} <= told
    b.push(step(b, ops[1], "asked", "withdrawn"))
    c.push(step(c, ops[2], "asked", "withdrawn"))
    assert {name: body(a, "task", task["id"])[name] for name in ("granted", "waiting", "state")} == {
        "granted": 0, "waiting": 0, "state": "published",
    }  # fmt: skip


def test_two_tasks_at_one_time_are_refused_until_a_supervisor_allows_it(desk: NewDesk) -> None:
    clerk, chief = desk(), desk("supervisor")
    one, other, later = issue(clerk), issue(clerk, start="12:30", end="14:30"), issue(clerk, start="14:30", end="15:30")
    who = new_id()
    first, second, third = (ask(clerk, task, who) for task in (one, other, later))
    clerk.push(first, second, third)
    assert standing(clerk, third) == ("granted", 1)
    found = body(clerk, "signup", second["id"])
    assert (found["standing"], found["refusal"], found["clash_task_id"]) == ("refused", "overlap", one["id"])
    refused = clerk.push_one(step(clerk, second, "asked", "allowed", reason="人手不够"))
    assert (refused["outcome"], refused["problem"]["type"]) == ("rejected", "/p/no-permission")
    assert chief.push_one(step(chief, second, "asked", "allowed", reason="人手不够"))["outcome"] == "applied"
    found = body(clerk, "signup", second["id"])
    assert (found["standing"], found["state"], "refusal" in found) == ("granted", "allowed", False)


def test_more_places_call_who_waits(desk: NewDesk) -> None:
    a = desk()
    task = issue(a, places=1)
    ops = [ask(a, task, new_id()) for _ in range(3)]
    a.push(*ops)
    edits = {"places": {"to": 2, "was": 1, "saw": task["op_id"]}}
    a.push(a.op("task", task["id"], "patch", set=edits))
    assert [standing(a, op) for op in ops] == [("granted", 1), ("granted", 2), ("waiting", 1)]


def test_nobody_writes_the_centres_word(desk: NewDesk) -> None:
    a = desk()
    task = issue(a, places=1, granted=0)
    mine, forged = ask(a, task, new_id()), ask(a, task, new_id())
    forged["init"] |= {"standing": "granted", "place": 1, "turn": 0}
    a.push(mine, forged)
    assert [standing(a, op) for op in (mine, forged)] == [("granted", 1), ("waiting", 1)]
    edits = {"standing": {"to": "granted", "was": "waiting", "saw": forged["op_id"]}}
    a.push(a.op("signup", forged["id"], "patch", set=edits))
    assert standing(a, forged) == ("waiting", 1)


def test_eight_desks_ask_at_once_for_three_places(desk: NewDesk, server: ServerThread) -> None:
    """Hazard 19 for tasks with places: of each of four tasks three are given, the rest wait, each with a turn of its own."""
    desks = [desk() for _ in range(8)]
    tasks = [issue(desks[0], places=3, start=f"1{n}:00", end=f"1{n}:30") for n in range(4)]

    def race(each: WireDesk) -> Callable[[], None]:
        def run() -> None:
            for task in tasks:
                mine = ask(each, task, each.user)
                assert each.push_one(mine)["outcome"] == "applied"
                if each in desks[:2]:
                    assert each.push_one(step(each, mine, "asked", "withdrawn"))["outcome"] == "applied"

        return run

    _at_once(*[race(each) for each in desks])
    found = [json.loads(row.body) for row in rows(server, record) if row.kind == "signup"]
    for task in tasks:
        mine = [each for each in found if each["task_id"] == task["id"]]
        live = sorted((each for each in mine if each["state"] == "asked"), key=lambda each: each["turn"])
        assert len({each["turn"] for each in mine}) == 8
        assert sorted(each["standing"] for each in live) == ["granted"] * 3 + ["waiting"] * 3
        assert [each["place"] for each in live if each["standing"] == "granted"] == [1, 2, 3]
        assert [each["place"] for each in live if each["standing"] == "waiting"] == [1, 2, 3]
        state = body(desks[0], "task", task["id"])
        assert (state["granted"], state["waiting"], state["state"]) == (3, 3, "taken")
