"""Conflicts keep every value, take one answer, and for money two people."""

from __future__ import annotations

from typing import Any

import pytest

from sync.conflicts import (
    Author,
    Resolution,
    Terms,
    aftermath,
    conflict_id,
    escalated,
    is_open,
    is_seconded,
    reopen,
    resolve,
    stands,
)
from sync.merge import Outcome, RecordState, merge
from sync.protocol import Op
from tests.sync.things import ANNA, BO, CHEN, FIRST, KEY, POLICIES, op, op_id, patch, state

NOW = "2026-11-23T02:00:00.000Z"
DUE = "2026-11-26T02:00:00.000Z"
TERMS = Terms(NOW, DUE)
OTHER = op_id()
BORN = Author(CHEN, "2026-11-22T00:00:00.000Z", "d-0", 7)


def _author(made: Op) -> Author:
    return Author(made.actor.user, made.at.wall, "d-1", -3)


def _clash(before: RecordState, made: Op, opened: dict[str, RecordState] | None = None) -> list[RecordState]:
    result = merge(POLICIES, before, made)
    return aftermath(before, result, made, _author(made), opened or {}, lambda _: BORN, TERMS)


def _stale(user: str = ANNA, name: str = "title", to: Any = "mine", **more: Any) -> Op:
    return patch(user, **{name: {"to": to, "was": "base", "saw": FIRST} | more})


def _resolve(before: RecordState, made: Op, *conflicts: RecordState) -> Resolution:
    return resolve(POLICIES, before, made, _author(made), conflicts)


def _answer(conflict: RecordState, to: Any, user: str = ANNA, stamp: str = OTHER, **more: Any) -> Op:
    field = conflict.body["field"]
    edits = {field: {"to": to, "was": "theirs", "saw": stamp}}
    return op("resolve", user, **({"set": edits, "conflicts": [conflict.id], "reason": "电话核实"} | more))


@pytest.fixture
def before() -> RecordState:
    return state({"title": OTHER, "amount": OTHER}, title="theirs", amount="theirs", created_by=CHEN)


@pytest.fixture
def conflict(before: RecordState) -> RecordState:
    (made,) = _clash(before, _stale())
    return made


def test_a_conflict_holds_both_values_who_when_where_and_the_base(before: RecordState) -> None:
    mine = _stale()
    (conflict,) = _clash(before, mine)
    assert conflict.id == conflict_id("thing", KEY, "title", mine.op_id)
    assert (conflict.kind, conflict.scope, conflict.ver) == ("conflict", before.scope, 1)
    assert conflict.body == {
        "record_kind": "thing", "record_id": KEY, "field": "title", "policy": "value", "state": "open", "base": "base",
        "base_op": FIRST, "created_at": NOW, "created_by": ANNA, "due": DUE, "owner": CHEN,
        "candidates": [
            {"value": "theirs", "user": CHEN, "device": "d-0", "at": BORN.at, "op": OTHER, "skew_ms": 7},
            {"value": "mine", "user": ANNA, "device": "d-1", "at": mine.at.wall, "op": mine.op_id, "skew_ms": -3},
        ],
    }  # fmt: skip


def test_an_absent_value_is_a_candidate_without_value(before: RecordState) -> None:
    (conflict,) = _clash(before, _stale(to=None))
    assert "value" not in conflict.body["candidates"][1]


def test_further_clashes_join_the_open_conflict(before: RecordState, conflict: RecordState) -> None:
    third = _stale(BO, to="third")
    (joined,) = _clash(before, third, {"title": conflict})
    assert joined.id == conflict.id
    assert joined.ver == 2
    assert [c["value"] for c in joined.body["candidates"]] == ["theirs", "mine", "third"]


def test_who_builds_on_a_candidate_replaces_it(before: RecordState, conflict: RecordState) -> None:
    mine = conflict.body["candidates"][1]["op"]
    (joined,) = _clash(before, _stale(to="mine again", was="mine", saw=mine), {"title": conflict})
    assert [c["value"] for c in joined.body["candidates"]] == ["theirs", "mine again"]


def test_the_first_candidate_follows_what_stands(before: RecordState, conflict: RecordState) -> None:
    fresh = patch(BO, title={"to": "newer", "was": "theirs", "saw": OTHER})
    (followed,) = _clash(before, fresh, {"title": conflict})
    assert [c["value"] for c in followed.body["candidates"]] == ["newer", "mine"]
    assert followed.body["candidates"][0]["op"] == fresh.op_id


def test_a_void_proposal_keeps_its_reason(before: RecordState) -> None:
    (conflict,) = _clash(before, op("void", saw={"*": FIRST}, reason="重复"))
    assert conflict.body["field"] == "voided"
    assert conflict.body["candidates"][1]["value"] is True
    assert conflict.body["candidates"][1]["reason"] == "重复"


# ---- resolving ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("choice", ["mine", "a third"])
def test_an_answer_is_applied_and_the_conflict_resolved(
    before: RecordState, conflict: RecordState, choice: str
) -> None:
    answer = _answer(conflict, choice)
    done = _resolve(before, answer, conflict)
    assert done.result.outcome is Outcome.APPLIED
    assert done.result.state is not None
    assert done.result.state.body["title"] == choice
    assert done.result.state.stamps["title"] == answer.op_id
    (settled,) = done.conflicts
    assert settled.body | {"state": "open"} == conflict.body | {
        "state": "open", "resolution": choice, "resolved_by": ANNA, "resolved_at": answer.at.wall,
        "resolved_op": answer.op_id, "reason": "电话核实"}  # fmt: skip
    assert settled.body["state"] == "resolved"


def test_choosing_what_stands_changes_nothing_but_the_conflict(before: RecordState, conflict: RecordState) -> None:
    done = _resolve(before, _answer(conflict, "theirs"), conflict)
    assert (done.result.outcome, done.result.state) == (Outcome.APPLIED, before)
    assert done.conflicts[0].body["state"] == "resolved"


def test_an_answer_to_what_changed_meanwhile_becomes_a_candidate(before: RecordState, conflict: RecordState) -> None:
    late = _answer(conflict, "mine", set={"title": {"to": "mine", "was": "base", "saw": FIRST}})
    done = _resolve(before, late, conflict)
    assert done.result.outcome is Outcome.CONFLICT
    assert done.result.problem is not None
    assert done.result.problem.type == "/p/still-open"
    assert (done.result.state, done.conflicts) == (before, ())
    (joined,) = aftermath(before, done.result, late, _author(late), {"title": conflict}, lambda _: BORN, TERMS)
    assert joined.body["state"] == "open"
    assert joined.body["candidates"][-1]["op"] == late.op_id


@pytest.mark.parametrize(
    ("name", "was", "stands", "to"),
    [
        ("tags", ["杆"], ["杆", "漏电"], ["泡"]),
        ("hours", 3, 5, 4),
        ("story", "甲说。", "甲说。乙说。", "丙说。"),
    ],
)
def test_an_answer_that_names_the_last_writer_has_not_seen_what_stands_beside_it(
    name: str, was: Any, stands: Any, to: Any
) -> None:
    """At a restored centre the same edit, under the same stamp, may have met something that another one wrote."""
    now = state({name: OTHER}, created_by=CHEN, **{name: stands})
    body = {
        "record_kind": "thing", "record_id": KEY, "field": name, "policy": POLICIES["thing"].merges[name].value,
        "state": "open", "candidates": [{"value": stands, "op": OTHER}, {"value": to, "op": FIRST}],
    }  # fmt: skip
    conflict = RecordState("conflict", op_id(), now.scope, 1, body, {"*": OTHER})
    edit = {"to": to, "saw": OTHER}
    blind = _resolve(now, _answer(conflict, to, set={name: edit | {"was": was}}), conflict).result
    assert (blind.outcome, blind.state) == (Outcome.CONFLICT, now)
    assert [(clash.value, clash.problem) for clash in blind.clashes] == [(to, "still-open")]
    seeing = _resolve(now, _answer(conflict, to, set={name: edit | {"was": stands}}), conflict).result
    assert seeing.outcome is Outcome.APPLIED
    assert seeing.state is not None
    assert seeing.state.body[name] == to


@pytest.mark.parametrize("choice", ["mine", "theirs"])
def test_an_answer_that_missed_a_candidate_leaves_it_open(
    before: RecordState, conflict: RecordState, choice: str
) -> None:
    (joined,) = _clash(before, _stale(BO, to="third"), {"title": conflict})
    blind = _answer(conflict, choice, saw={conflict.id: conflict.stamps["*"]})
    assert _resolve(before, blind, joined).result.outcome is Outcome.CONFLICT
    seeing = _answer(conflict, choice, saw={conflict.id: joined.stamps["*"]})
    assert _resolve(before, seeing, joined).result.outcome is Outcome.APPLIED


def test_an_answer_that_saw_the_last_candidate_and_not_one_before_it_leaves_it_open(
    before: RecordState, conflict: RecordState
) -> None:
    """At a restored centre the others come back in another order, and somebody may have joined in between."""
    (joined,) = _clash(before, _stale(BO, to="third"), {"title": conflict})
    there = {each["op"]: conflict.id for each in joined.body["candidates"]}
    last, missed = {conflict.id: joined.stamps["*"]}, joined.body["candidates"][1]["op"]
    blind = _answer(conflict, "mine", saw=last | {op: i for op, i in there.items() if op != missed})
    assert _resolve(before, blind, joined).result.outcome is Outcome.CONFLICT
    for saw in (last | there, last):  # an older program names the last one alone
        assert _resolve(before, _answer(conflict, "mine", saw=saw), joined).result.outcome is Outcome.APPLIED


def test_a_second_answer_after_the_first_is_an_ordinary_edit(before: RecordState, conflict: RecordState) -> None:
    first = _resolve(before, _answer(conflict, "mine"), conflict)
    assert first.result.state is not None
    second = _resolve(first.result.state, _answer(conflict, "other", BO), *first.conflicts)
    assert second.result.outcome is Outcome.CONFLICT
    assert [clash.problem for clash in second.result.clashes] == ["field-conflict"]


def test_a_conflict_of_another_record_is_refused(before: RecordState, conflict: RecordState) -> None:
    foreign = RecordState("conflict", op_id(), before.scope, 1, conflict.body | {"record_id": op_id()}, {"*": OTHER})
    done = _resolve(before, _answer(foreign, "mine"), foreign)
    assert done.result.outcome is Outcome.REJECTED


def test_the_loser_of_a_late_transition_may_still_be_chosen() -> None:
    sent = state({"state": OTHER}, state="sent", created_by=CHEN)
    (conflict,) = _clash(sent, patch(state={"to": "dropped", "was": "new", "saw": FIRST}))
    chosen = _answer(conflict, "dropped", set={"state": {"to": "dropped", "was": "sent", "saw": OTHER}})
    assert _resolve(sent, chosen, conflict).result.outcome is Outcome.APPLIED
    unheard = _answer(conflict, "new", set={"state": {"to": "new", "was": "sent", "saw": OTHER}})
    refused = _resolve(sent, unheard, conflict).result
    assert refused.problem is not None
    assert refused.problem.type == "/p/illegal-transition"


def test_a_void_proposal_may_be_accepted(before: RecordState) -> None:
    (conflict,) = _clash(before, op("void", saw={"*": FIRST}, reason="重复"))
    accepted = _answer(conflict, True, set={"voided": {"to": True, "was": None, "saw": FIRST}})
    done = _resolve(before, accepted, conflict)
    assert done.result.state is not None
    assert done.result.state.voided
    assert done.result.state.body["void_reason"] == "电话核实"
    declined = _resolve(before, _answer(conflict, None, set={"voided": {"to": None}}), conflict)
    assert (declined.result.state, declined.conflicts[0].body["state"]) == (before, "resolved")


def test_an_edit_of_a_void_record_may_be_let_in() -> None:
    voided = state(title="a", voided=True, void_reason="重复", created_by=CHEN)
    (conflict,) = _clash(voided, patch(title={"to": "b", "was": "a", "saw": FIRST}))
    let_in = _answer(conflict, "b", set={"title": {"to": "b", "was": "a", "saw": FIRST}})
    done = _resolve(voided, let_in, conflict)
    assert done.result.state is not None
    assert (done.result.state.body["title"], done.result.state.voided) == ("b", True)


# ---- four eyes ------------------------------------------------------------------------------------------------------


@pytest.fixture
def money(before: RecordState) -> RecordState:
    (made,) = _clash(before, _stale(name="amount", to="2.00"))
    return made


@pytest.mark.parametrize("choice", ["2.00", "theirs"])
def test_money_takes_two_people(before: RecordState, money: RecordState, choice: str) -> None:
    first = _answer(money, choice, ANNA)
    proposed = _resolve(before, first, money)
    assert (proposed.result.outcome, proposed.result.state) == (Outcome.APPLIED, before)
    assert proposed.result.problem is not None
    assert proposed.result.problem.type == "/p/needs-second"
    (waiting,) = proposed.conflicts
    assert waiting.body["state"] == "proposed"
    assert waiting.body["proposal"]["user"] == ANNA
    alone = _resolve(before, _answer(money, choice, ANNA), waiting).result
    assert (alone.outcome, alone.problem and alone.problem.type) == (Outcome.REJECTED, "/p/same-person")
    done = _resolve(before, _answer(money, choice, BO), waiting)
    assert done.result.state is not None
    assert done.result.state.body["amount"] == choice
    assert (done.conflicts[0].body["state"], done.conflicts[0].body["resolved_by"]) == ("resolved", BO)


def test_a_counter_proposal_needs_a_second_too_and_keeps_the_first(before: RecordState, money: RecordState) -> None:
    (waiting,) = _resolve(before, _answer(money, "5.00", ANNA), money).conflicts
    (counter,) = _resolve(before, _answer(money, "6.00", BO), waiting).conflicts
    assert (counter.body["state"], counter.body["proposal"]["value"]) == ("proposed", "6.00")
    assert [c["value"] for c in counter.body["candidates"]] == ["theirs", "2.00", "5.00"]
    done = _resolve(before, _answer(money, "6.00", ANNA), counter)
    assert done.result.state is not None
    assert done.result.state.body["amount"] == "6.00"


def test_no_body_of_a_conflict_holds_null(before: RecordState, money: RecordState) -> None:
    (waiting,) = _resolve(before, _answer(money, None, ANNA), money).conflicts
    (done,) = _resolve(before, _answer(money, None, BO, reason=None), waiting).conflicts
    for made in (money, waiting, done):
        assert None not in made.body.values()
        assert all(None not in candidate.values() for candidate in made.body["candidates"])


# ---- whose it is ----------------------------------------------------------------------------------------------------


def test_a_conflict_belongs_to_who_holds_the_record_else_to_who_recorded_it_or_to_a_role(before: RecordState) -> None:
    def owner(made: Op, terms: Terms = TERMS, of: RecordState = before) -> tuple[Any, Any]:
        result = merge(POLICIES, of, made)
        (conflict,) = aftermath(of, result, made, _author(made), {}, lambda _: BORN, terms)
        return conflict.body.get("owner"), conflict.body.get("owner_role")

    assert owner(_stale()) == (CHEN, None)
    assert owner(_stale(), Terms(NOW, DUE, BO)) == (BO, None)
    assert owner(_stale(name="amount", to="2")) == (None, "supervisor")
    sent = state({"state": OTHER}, state="sent", created_by=CHEN)
    assert owner(patch(state={"to": "dropped", "was": "new", "saw": FIRST}), TERMS, sent) == (None, "dispatcher")


def test_an_escalated_conflict_may_still_be_decided_by_who_was_at_it(before: RecordState, conflict: RecordState) -> None:
    late = escalated(conflict, "2026-11-29T02:00:00.000Z")
    assert (late.ver, late.body["owner_role"], late.body["escalated"]) == (conflict.ver + 1, "supervisor", True)
    answer = _answer(conflict, "mine", saw={conflict.id: conflict.stamps["*"]})
    assert _resolve(before, answer, late).result.outcome is Outcome.APPLIED


# ---- a record that is closed ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["title", "terms"])
def test_a_conflict_from_before_the_closing_may_still_be_decided(name: str) -> None:
    open_one = state({name: OTHER}, **{name: "theirs"}, state="sent", created_by=CHEN)
    (conflict,) = _clash(open_one, _stale(name=name))
    closed = state({name: OTHER, "state": OTHER}, **{name: "theirs"}, state="closed", created_by=CHEN)
    assert merge(POLICIES, closed, _stale(BO, name, "third")).outcome is Outcome.REJECTED
    done = _resolve(closed, _answer(conflict, "mine"), conflict)
    assert done.result.outcome is Outcome.APPLIED
    assert done.result.state is not None
    assert done.result.state.body[name] == "mine"
    blind = op("resolve", ANNA, set={name: {"to": "x", "was": "theirs", "saw": OTHER}}, conflicts=[op_id()], reason="x")
    assert _resolve(closed, blind).result.outcome is Outcome.REJECTED


# ---- a decision taken back ------------------------------------------------------------------------------------------


def _undo(now: RecordState, conflict: RecordState, **more: Any) -> tuple[Any, list[RecordState]]:
    field, was = conflict.body["field"], conflict.body.get("resolution")
    to = conflict.body["candidates"][0].get("value")
    edits = {field: {"to": to, "was": was, "saw": now.stamp(field)} | more}
    made = op("patch", BO, set=edits, conflicts=[conflict.id], reason="问错人了")
    result = merge(POLICIES, now, made)
    return result, reopen(now, result, made, _author(made), [conflict], (), TERMS)


def test_a_decision_taken_back_restores_the_value_and_opens_the_conflict_again(
    before: RecordState, conflict: RecordState
) -> None:
    done = _resolve(before, _answer(conflict, "a third"), conflict)
    assert done.result.state is not None
    result, (again,) = _undo(done.result.state, done.conflicts[0])
    assert result.state.body["title"] == "theirs"
    assert is_open(again)
    assert [c.get("value") for c in again.body["candidates"]] == ["theirs", "mine", "a third"]
    (undone,) = again.body["undone"]
    assert (undone["resolution"], undone["reason"], undone["undo_reason"], undone["undone_by"]) == (
        "a third", "电话核实", "问错人了", BO)  # fmt: skip
    assert "resolution" not in again.body
    second = _resolve(result.state, op(
        "resolve", ANNA, set={"title": {"to": "mine", "was": "theirs", "saw": result.state.stamps["title"]}},
        conflicts=[again.id], reason="y"), again)  # fmt: skip
    assert second.result.outcome is Outcome.APPLIED
    assert second.conflicts[0].body["undone"] == [undone]


def test_a_decision_for_what_stood_can_be_taken_back_too(before: RecordState, conflict: RecordState) -> None:
    done = _resolve(before, _answer(conflict, "theirs"), conflict)
    assert done.result.state is not None
    result, (again,) = _undo(done.result.state, done.conflicts[0])
    assert (result.outcome, result.state) == (Outcome.MERGED, before)
    assert is_open(again)


def test_what_was_written_since_is_not_covered_by_taking_a_decision_back(
    before: RecordState, conflict: RecordState
) -> None:
    done = _resolve(before, _answer(conflict, "mine"), conflict)
    assert done.result.state is not None
    assert stands(done.result.state, done.conflicts[0])
    later = merge(POLICIES, done.result.state, patch(
        CHEN, title={"to": "later", "was": "mine", "saw": done.result.state.stamps["title"]})).state  # fmt: skip
    assert later is not None
    assert not stands(later, done.conflicts[0])
    result, reopened = _undo(later, done.conflicts[0], saw=done.conflicts[0].body["resolved_op"])
    assert (result.outcome, result.state.body["title"], reopened) == (Outcome.CONFLICT, "later", [])


# ---- what two people decided, one alone does not change -------------------------------------------------------------

BACK = {"to": "theirs"}
SECONDED = [
    # edit of the decided field; names the conflict; what stands; outcome; problem; state of the conflict; proposal
    ("undone", BACK, True, Outcome.CONFLICT, "needs-second", "proposed", "theirs"),
    ("written without a word", BACK, False, Outcome.CONFLICT, "needs-second", "proposed", "theirs"),
    ("another value", {"to": "9.00"}, False, Outcome.CONFLICT, "needs-second", "proposed", "9.00"),
    ("taken away", {"to": None}, False, Outcome.CONFLICT, "needs-second", "proposed", None),
    ("the same value", {"to": "2.00"}, False, Outcome.MERGED, None, "resolved", None),
    ("a stale edit", {"to": "9.00", "was": "1.00", "saw": FIRST}, False, Outcome.CONFLICT, "field-conflict", "resolved", None),
]  # fmt: skip


def _decided_by_two(before: RecordState, money: RecordState) -> tuple[RecordState, RecordState]:
    (waiting,) = _resolve(before, _answer(money, "2.00", ANNA), money).conflicts
    done = _resolve(before, _answer(money, "2.00", BO), waiting)
    assert done.result.state is not None
    return done.result.state, done.conflicts[0]


def _edit_decided(now: RecordState, made: Op, conflict: RecordState) -> tuple[Any, list[RecordState]]:
    """Judge an edit as the centre does."""
    seconded = {"amount": conflict} if is_seconded(now, conflict) else {}
    result = merge(POLICIES, now, made, seconded=frozenset(seconded))
    opened = {"amount": conflict} if is_open(conflict) else {}
    return result, aftermath(now, result, made, _author(made), opened, lambda _: BORN, TERMS, seconded)


@pytest.mark.parametrize(("what", "edit", "named", "outcome", "problem", "after", "proposal"), SECONDED)
def test_what_two_people_decided_one_alone_does_not_change(
    before: RecordState, money: RecordState, what: str, edit: dict[str, Any], named: bool, outcome: Outcome,
    problem: str | None, after: str, proposal: str | None,
) -> None:  # fmt: skip
    now, decided = _decided_by_two(before, money)
    seen = {"was": "2.00", "saw": now.stamp("amount")} | edit
    made = op("patch", CHEN, set={"amount": seen}, conflicts=[decided.id] if named else [], reason="算错了")
    result, touched = _edit_decided(now, made, decided)
    assert result.state.body["amount"] == "2.00", what
    assert (result.outcome, result.problem and result.problem.type.removeprefix("/p/")) == (outcome, problem)
    conflict = next((each for each in touched if each.id == decided.id), decided)
    assert conflict.body["state"] == after
    if after == "resolved":
        return
    assert (conflict.body["proposal"]["user"], conflict.body["proposal"].get("value")) == (CHEN, proposal)
    assert [c.get("value") for c in conflict.body["candidates"]] == ["2.00", "theirs"]
    assert conflict.body["undone"][0]["undone_by"] == CHEN
    assert "resolution" not in conflict.body

    def answer(user: str) -> Any:
        values = {"amount": {"to": proposal, "was": "2.00", "saw": now.stamp("amount")}}
        return _resolve(now, op("resolve", user, set=values, conflicts=[conflict.id], reason="同意"), conflict)

    assert answer(CHEN).result.problem.type == "/p/same-person"
    agreed = answer(ANNA)
    assert agreed.result.state is not None
    assert agreed.result.state.body.get("amount") == proposal
    assert agreed.conflicts[0].body["state"] == "resolved"


def test_while_a_second_one_is_asked_nobody_writes_over_the_decision(before: RecordState, money: RecordState) -> None:
    now, decided = _decided_by_two(before, money)
    seen = {"was": "2.00", "saw": now.stamp("amount")}
    _, (asked,) = _edit_decided(now, op("patch", CHEN, set={"amount": {"to": "9.00"} | seen}), decided)
    result, (joined,) = _edit_decided(now, op("patch", CHEN, set={"amount": {"to": "9.00"} | seen}), asked)
    assert (result.outcome, result.state.body["amount"]) == (Outcome.CONFLICT, "2.00")
    assert [c["value"] for c in joined.body["candidates"]] == ["2.00", "theirs", "9.00"]
    assert joined.body["proposal"] == asked.body["proposal"]


def test_a_resolve_that_comes_after_the_decision_writes_nothing_alone(before: RecordState, money: RecordState) -> None:
    """The decision was for what stood: its stamp did not move, so that a late answer looks fresh."""
    (waiting,) = _resolve(before, _answer(money, "theirs", ANNA), money).conflicts
    done = _resolve(before, _answer(money, "theirs", BO), waiting)
    (decided,) = done.conflicts
    late = _answer(money, "2.00", CHEN)
    seconded = frozenset({"amount"} if is_seconded(before, decided) else ())
    answered = resolve(POLICIES, before, late, _author(late), [decided], seconded)
    assert (answered.result.outcome, answered.result.state) == (Outcome.CONFLICT, before)
    (again,) = aftermath(
        before, answered.result, late, _author(late), {}, lambda _: BORN, TERMS, {"amount": decided})  # fmt: skip
    assert (again.body["state"], again.body["proposal"]["value"]) == ("proposed", "2.00")


def test_a_conflict_that_nobody_has_decided_leaves_edits_as_they_are(before: RecordState, money: RecordState) -> None:
    fresh = patch(BO, amount={"to": "8.00", "was": "theirs", "saw": OTHER})
    result, (followed,) = _edit_decided(before, fresh, money)
    assert (result.outcome, result.state.body["amount"]) == (Outcome.APPLIED, "8.00")
    assert followed.body["candidates"][0]["value"] == "8.00"
