"""What comes before a person, and when: held for too long, closed, blocked by money, elements, decisions taken back."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from sync.server.run import ServerThread
from sync.server.sweep import sweep
from sync.server.tables import conflict, op_log, record
from tests.sync.server.wire import WireDesk, edit, new_id, problem, rows
from zzdesk.clock import FixedClock

NewDesk = Callable[..., WireDesk]
DAY = 24 * 3600


@pytest.fixture
def born(anna: WireDesk) -> dict[str, Any]:
    made = anna.create(title="原", amount="1", tags=["x"], state="checked")
    anna.push(made)
    return made


def body(desk: WireDesk, kind: str, record_id: str) -> dict[str, Any]:
    (rec,) = desk.fetch((kind, record_id))
    return rec["body"]


def opened(server: ServerThread) -> list[dict[str, Any]]:
    bodies = [json.loads(row.body) for row in rows(server, record) if row.kind == "conflict"]
    return [each for each in bodies if each["state"] != "resolved"]


# ---- held -----------------------------------------------------------------------------------------------------------


def test_what_waited_for_seven_days_comes_before_a_person_with_its_value(
    server: ServerThread, anna: WireDesk, bo: WireDesk, born: dict[str, Any], clock: FixedClock, expect_log: Callable[[str], None]
) -> None:  # fmt: skip
    lost = anna.patch("thing", born["id"], **edit(born, "不见了的"))
    waiting = bo.patch("thing", born["id"], title={"to": "后写的", "was": "不见了的", "saw": lost["op_id"]})
    after = bo.patch("thing", born["id"], title={"to": "再后", "was": "后写的", "saw": waiting["op_id"]})
    free = bo.create(title="无关")
    assert [r["outcome"] for r in bo.push(waiting, after, free)] == ["held", "held", "applied"]
    clock.advance(7 * DAY - 60)
    assert sweep(server.centre).overdue == 0
    clock.advance(60)
    bo.log_in()
    expect_log("held for too long")
    bo.hello()
    results = bo.push(waiting, after)
    assert [(r["outcome"], problem(r)) for r in results] == [
        ("conflict", "/p/held-too-long"), ("conflict", "/p/field-conflict")]  # fmt: skip
    (found,) = opened(server)
    assert (found["field"], found["owner_role"], found["candidates"][-1]["value"]) == ("title", "supervisor", "再后")
    assert body(bo, "thing", born["id"])["title"] == "原"
    assert sweep(server.centre).overdue == 0


def test_what_waited_for_a_record_that_never_came_is_put_aside_with_its_group(
    server: ServerThread, anna: WireDesk, bo: WireDesk, clock: FixedClock, expect_log: Callable[[str], None]
) -> None:
    never, group = anna.create(title="从未送达"), {"group": new_id()}
    late, child = bo.patch("thing", never["id"], **edit(never, "b")) | group, bo.create(title="同组") | group
    assert [r["outcome"] for r in bo.push(child, late)] == ["held", "held"]
    clock.advance(7 * DAY)
    expect_log("held for too long")
    assert sweep(server.centre).overdue == 2
    bo.log_in()
    results = bo.push(child, late)
    assert [(r["outcome"], problem(r)) for r in results] == [("quarantined", "/p/held-too-long")] * 2
    assert {row.verb for row in rows(server, op_log)} == {"create", "patch"}
    assert rows(server, record) == []


# ---- a conflict that nobody decides ---------------------------------------------------------------------------------


def test_a_conflict_is_somebodys_by_a_day_and_then_the_supervisors(
    server: ServerThread, anna: WireDesk, bo: WireDesk, born: dict[str, Any], clock: FixedClock
) -> None:
    anna.push(anna.patch("thing", born["id"], **edit(born, "甲")))
    (conflict_id,) = bo.push_one(bo.patch("thing", born["id"], **edit(born, "乙")))["conflict_ids"]
    (row,) = rows(server, conflict)
    assert (row.owner, row.due) == (anna.user, "2026-11-26T01:00:00.000Z")
    clock.advance(3 * DAY)
    bo.log_in()
    bo.hello()
    late = body(bo, "conflict", conflict_id)
    assert (late["escalated"], late["owner_role"], late["due"]) == (True, "supervisor", "2026-11-29T01:00:00.000Z")
    seen = bo.pull_all()[-1]["rec"]
    assert (seen["kind"], seen["body"]) == ("conflict", late)
    answer = {"title": {"to": "丙", "was": "甲", "saw": seen["stamps"]["*"]}}
    done = bo.push_one(bo.op("thing", born["id"], "resolve", set=answer, conflicts=[conflict_id], reason="x"))
    assert done["outcome"] == "applied"
    assert rows(server, conflict)[0].due is None
    clock.advance(4 * DAY)
    assert sweep(server.centre).escalated == 0


# ---- a step behind a conflict about money ---------------------------------------------------------------------------


def test_a_step_waits_for_a_conflict_about_money_and_goes_on_by_itself(
    server: ServerThread, anna: WireDesk, bo: WireDesk, born: dict[str, Any], clock: FixedClock
) -> None:
    anna.push(anna.patch("thing", born["id"], **edit(born, "2", "amount")))
    clash = bo.push_one(bo.patch("thing", born["id"], **edit(born, "3", "amount")))
    step, other = anna.patch("thing", born["id"], **edit(born, "closed", "state")), anna.patch(
        "thing", born["id"], **edit(born, "还能改"))  # fmt: skip
    results = anna.push(step, other)
    assert [(r["outcome"], problem(r)) for r in results] == [("held", "/p/blocked"), ("applied", None)]
    clock.advance(8 * DAY)
    assert sweep(server.centre).overdue == 0, "the conflict is somebody's already"
    anna.log_in()
    bo.log_in()
    answer = {"amount": {"to": "3", "was": "2", "saw": clash["stamps"]["amount"]}}
    parts = {"set": answer, "conflicts": clash["conflict_ids"], "reason": "看了收据"}
    assert problem(anna.push_one(anna.op("thing", born["id"], "resolve", **parts))) == "/p/needs-second"
    assert anna.push_one(step)["outcome"] == "held"
    bo.push_one(bo.op("thing", born["id"], "resolve", **parts))
    assert anna.push_one(step)["outcome"] == "applied"
    assert body(bo, "thing", born["id"]) | {"amount": "3", "state": "closed"} == body(bo, "thing", born["id"])


def test_a_decision_does_not_wait_for_what_waits_for_it(
    server: ServerThread, anna: WireDesk, bo: WireDesk, born: dict[str, Any]
) -> None:
    """An older desk names its own edit, that the conflict holds back, as what it saw: directly, or one that builds upon it."""
    anna.push(anna.patch("thing", born["id"], **edit(born, "2", "amount")))
    clash = bo.push_one(bo.patch("thing", born["id"], **edit(born, "3", "amount")))
    step = edit(born, "sent", "state") | {"amount": {"to": "4", "was": "2", "saw": clash["stamps"]["amount"]}}
    held = bo.patch("thing", born["id"], **step)
    further = bo.patch("thing", born["id"], amount={"to": "5", "was": "4", "saw": held["op_id"]})
    (conflict_id,) = clash["conflict_ids"]
    seen = {each["op"]: conflict_id for each in body(bo, "conflict", conflict_id)["candidates"]}
    answer = {"amount": {"to": "3", "was": "5", "saw": further["op_id"]}}
    parts = {"set": answer, "conflicts": [conflict_id], "saw": seen, "reason": "看了收据"}
    decided = bo.op("thing", born["id"], "resolve", **parts)
    results = bo.push(held, further, decided)
    assert [(r["outcome"], problem(r)) for r in results] == [
        ("held", "/p/blocked"), ("held", "/p/waiting"), ("applied", "/p/needs-second")]  # fmt: skip
    again = anna.op("thing", born["id"], "resolve", **parts | {"saw": {}, "set": {"amount": {"to": "3", "was": "2"}}})
    assert anna.push_one(again)["outcome"] == "applied"
    assert [bo.push_one(each)["outcome"] for each in (held, further)] == ["conflict", "conflict"]
    assert body(bo, "thing", born["id"]) | {"amount": "3", "state": "sent"} == body(bo, "thing", born["id"])


def test_any_other_conflict_holds_nothing_back(anna: WireDesk, bo: WireDesk, born: dict[str, Any]) -> None:
    anna.push(anna.patch("thing", born["id"], **edit(born, "甲")))
    bo.push(bo.patch("thing", born["id"], **edit(born, "乙")))
    assert anna.push_one(anna.patch("thing", born["id"], **edit(born, "sent", "state")))["outcome"] == "applied"


# ---- closed, elements, taken back -----------------------------------------------------------------------------------


def test_what_was_written_before_the_closing_was_known_comes_back_and_an_older_conflict_is_still_decided(
    anna: WireDesk, bo: WireDesk, born: dict[str, Any]
) -> None:
    anna.push(anna.patch("thing", born["id"], **edit(born, "甲")))
    clash = bo.push_one(bo.patch("thing", born["id"], **edit(born, "乙")))
    anna.push(anna.patch("thing", born["id"], **edit(born, "closed", "state")))
    late = bo.push_one(bo.patch("thing", born["id"], **edit(born, "13805961234", "phone")))
    assert (late["outcome"], problem(late)) == ("rejected", "/p/frozen")
    answer = {"title": {"to": "乙", "was": "甲", "saw": clash["stamps"]["title"]}}
    parts = {"set": answer, "conflicts": clash["conflict_ids"], "reason": "x"}
    assert bo.push_one(bo.op("thing", born["id"], "resolve", **parts))["outcome"] == "applied"
    assert body(bo, "thing", born["id"])["title"] == "乙"


@pytest.mark.parametrize("removes_first", [True, False])
def test_removing_an_element_against_editing_it_asks_in_either_order(
    anna: WireDesk, bo: WireDesk, born: dict[str, Any], server: ServerThread, removes_first: bool
) -> None:
    removes = anna.patch("thing", born["id"], tags={"add": [], "del": ["x"]})
    edits = bo.patch("thing", born["id"], tags={"add": ["y"], "del": ["x"]})
    first, second = (anna, removes), (bo, edits)
    if not removes_first:
        first, second = second, first
    assert first[0].push_one(first[1])["outcome"] == "applied"
    assert second[0].push_one(second[1])["outcome"] == "conflict"
    (found,) = opened(server)
    assert {tuple(c.get("value", ())) for c in found["candidates"]} == {(), ("y",)}


def test_a_decision_is_taken_back_by_an_operation(anna: WireDesk, bo: WireDesk, born: dict[str, Any]) -> None:
    anna.push(anna.patch("thing", born["id"], **edit(born, "甲")))
    clash = bo.push_one(bo.patch("thing", born["id"], **edit(born, "乙")))
    (conflict_id,) = clash["conflict_ids"]
    answer = {"title": {"to": "乙", "was": "甲", "saw": clash["stamps"]["title"]}}
    done = bo.push_one(bo.op("thing", born["id"], "resolve", set=answer, conflicts=[conflict_id], reason="x"))
    back = {"title": {"to": "甲", "was": "乙", "saw": done["stamps"]["title"]}}
    undone = anna.push_one(anna.op("thing", born["id"], "patch", set=back, conflicts=[conflict_id], reason="错了"))
    assert (undone["outcome"], undone["conflict_ids"]) == ("applied", [conflict_id])
    again = body(bo, "conflict", conflict_id)
    assert (again["state"], [c["value"] for c in again["candidates"]]) == ("open", ["甲", "乙"])
    assert again["undone"][0]["undo_reason"] == "错了"


def test_a_decision_of_two_about_money_is_taken_back_by_two(anna: WireDesk, bo: WireDesk) -> None:
    born = anna.create(amount="1.00")
    anna.push_one(born)

    def act(desk: WireDesk, verb: str, to: str, was: str, saw: str, *named: str) -> dict[str, Any]:
        values = {"amount": {"to": to, "was": was, "saw": saw}}
        return desk.push_one(desk.op("thing", born["id"], verb, set=values, conflicts=list(named), reason="x"))

    first = act(anna, "patch", "2.00", "1.00", born["op_id"])
    (conflict,) = act(bo, "patch", "3.00", "1.00", born["op_id"])["conflict_ids"]
    stamp = first["stamps"]["amount"]
    assert act(anna, "resolve", "3.00", "2.00", stamp, conflict)["problem"]["type"] == "/p/needs-second"
    decided = act(bo, "resolve", "3.00", "2.00", stamp, conflict)
    assert body(anna, "thing", born["id"])["amount"] == "3.00"
    now = decided["stamps"]["amount"]
    for named in ([conflict], []):  # taking it back, and writing over it
        undone = act(anna, "patch", "2.00", "3.00", now, *named)
        assert (undone["outcome"], undone["problem"]["type"]) == ("conflict", "/p/needs-second")
        assert body(anna, "thing", born["id"])["amount"] == "3.00"
    asked = body(anna, "conflict", conflict)
    assert (asked["state"], asked["proposal"]["value"], asked["proposal"]["user"]) == ("proposed", "2.00", anna.user)
    assert act(anna, "resolve", "2.00", "3.00", now, conflict)["problem"]["type"] == "/p/same-person"
    assert act(bo, "resolve", "2.00", "3.00", now, conflict)["outcome"] == "applied"
    assert body(anna, "thing", born["id"])["amount"] == "2.00"
    assert body(anna, "conflict", conflict)["state"] == "resolved"
