"""The merge as a table: every policy in every situation, and what must hold for any of them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.merge import Outcome, RecordState, merge, overdue, waits_for
from sync.policies import Policies
from sync.protocol import Problem
from sync.rules import RULES, Rule, Situation, decide
from sync.textmerge import sentences
from tests.sync.things import BO, FIRST, KEY, POLICIES, STATION, op, op_id, patch, state
from zzdesk.errors import BugError
from zzdesk.ops.apply import apply_op, apply_stamps
from zzdesk.store.base import Merge

OTHER = op_id()
"""The stamp of somebody else's later change."""


def _title(problem: Problem | None) -> str | None:
    return problem.type.removeprefix("/p/") if problem else None


# ---- the table itself -----------------------------------------------------------------------------------------------

NEVER = {
    (Merge.SET, Situation.SAME), (Merge.SET, Situation.FRESH), (Merge.SET, Situation.STALE),
    (Merge.DELTA, Situation.SAME), (Merge.DELTA, Situation.FRESH), (Merge.DELTA, Situation.STALE),
} | {
    (policy, Situation.LOCKED) for policy in (Merge.WRITE_ONCE, Merge.TRANSITION)
} | {
    (policy, Situation.SECONDED) for policy in set(Merge) - {Merge.FOUR_EYES, Merge.SERVER, Merge.COMPUTED, Merge.VOID}
}  # fmt: skip


@pytest.mark.parametrize("policy", list(Merge))
@pytest.mark.parametrize("situation", list(Situation))
def test_every_pair_has_a_rule_or_raises(policy: Merge, situation: Situation) -> None:
    if (policy, situation) in NEVER:
        with pytest.raises(BugError):
            decide(policy, situation)
    else:
        assert isinstance(decide(policy, situation), Rule)


def test_every_rule_is_reached() -> None:
    assert set(RULES.values()) == set(Rule)


# ---- fields ---------------------------------------------------------------------------------------------------------

APPLIED, MERGED, CONFLICT, REJECTED = Outcome.APPLIED, Outcome.MERGED, Outcome.CONFLICT, Outcome.REJECTED
LOST = Outcome.LOST
LINES = "甲说。乙说。丙说。"

# field, current value, edit, is the author's stamp current, outcome, value afterwards, problem
TABLE: list[tuple[str, Any, dict[str, Any], bool, Outcome, Any, str | None]] = [
    ("title", "a", {"to": "b", "was": "a"}, True, APPLIED, "b", None),
    ("title", "a", {"to": "b", "was": "z"}, True, APPLIED, "b", None),
    ("title", "a", {"to": "b", "was": "a"}, False, APPLIED, "b", None),
    ("title", "a", {"to": "b", "was": "z"}, False, CONFLICT, "a", "field-conflict"),
    ("title", "a", {"to": "a", "was": "z"}, False, MERGED, "a", None),
    ("title", "a", {"to": None, "was": "a"}, True, APPLIED, None, None),
    ("title", "a", {"to": None, "was": "z"}, False, CONFLICT, "a", "field-conflict"),
    ("title", None, {"to": "b", "was": None}, False, APPLIED, "b", None),
    ("title", None, {"to": "b", "was": "a"}, False, CONFLICT, None, "field-conflict"),
    ("title", "a", {"add": ["b"]}, False, REJECTED, "a", "malformed-op"),
    ("title", "a", {"by": 1}, False, REJECTED, "a", "malformed-op"),
    ("story", LINES, {"to": "甲说。乙说。丙改。", "was": LINES}, True, APPLIED, "甲说。乙说。丙改。", None),
    ("story", "甲改。乙说。丙说。", {"to": "甲说。乙说。丙改。", "was": LINES}, False, MERGED, "甲改。乙说。丙改。", None),
    ("story", "甲改。乙说。丙说。", {"to": "甲换。乙说。丙说。", "was": LINES}, False, CONFLICT, "甲改。乙说。丙说。",
     "field-conflict"),
    ("story", "甲改。乙说。丙说。", {"to": "甲说。乙说。丙改。", "was": LINES}, True, MERGED, "甲改。乙说。丙改。", None),
    ("story", "甲改。乙说。丙说。", {"to": "甲换。乙说。丙说。", "was": LINES}, True, CONFLICT, "甲改。乙说。丙说。",
     "field-conflict"),
    ("story", "甲说。\n", {"to": "甲说。乙说。", "was": "甲说。"}, False, APPLIED, "甲说。乙说。", None),
    ("story", "", {"to": "甲说。", "was": None}, False, APPLIED, "甲说。", None),
    ("story", "甲改。", {"to": None, "was": LINES}, False, CONFLICT, "甲改。", "field-conflict"),
    ("story", "甲改。", {"to": None, "was": LINES}, True, CONFLICT, "甲改。", "field-conflict"),
    ("story", "甲改。", {"to": "新。", "was": None}, False, CONFLICT, "甲改。", "field-conflict"),
    ("state", "new", {"to": "checked", "was": "new"}, True, APPLIED, "checked", None),
    ("state", "new", {"to": "closed", "was": "new"}, True, REJECTED, "new", "illegal-transition"),
    ("state", "checked", {"to": "sent", "was": "new"}, False, APPLIED, "sent", None),
    ("state", "sent", {"to": "dropped", "was": "new"}, False, CONFLICT, "sent", "late-transition"),
    ("state", "sent", {"to": "sent", "was": "new"}, False, MERGED, "sent", None),
    ("state", "sent", {"to": "closed", "was": "new"}, False, REJECTED, "sent", "illegal-transition"),
    ("tags", ["a"], {"add": ["b"], "del": []}, False, APPLIED, ["a", "b"], None),
    ("tags", ["a", "b"], {"add": ["c"], "del": ["a"]}, False, APPLIED, ["b", "c"], None),
    ("tags", ["a"], {"add": ["a"], "del": ["x"]}, False, MERGED, ["a"], None),
    ("tags", ["a"], {"add": [], "del": ["a"]}, False, APPLIED, None, None),
    ("tags", None, {"add": ["a"]}, False, APPLIED, ["a"], None),
    ("tags", ["a", "x"], {"to": ["a", "b"], "was": ["a"]}, False, APPLIED, ["a", "b", "x"], None),
    ("tags", ["a"], {"to": "b", "was": ["a"]}, False, REJECTED, ["a"], "malformed-op"),
    ("tags", ["a"], {"by": 1}, False, REJECTED, ["a"], "malformed-op"),
    ("hours", 3, {"by": 2}, False, APPLIED, 5, None),
    ("hours", None, {"by": 2}, False, APPLIED, 2, None),
    ("hours", 7, {"to": 5, "was": 3}, False, APPLIED, 9, None),
    ("hours", 3, {"by": 0}, False, MERGED, 3, None),
    ("hours", 2**53 - 1, {"by": 1}, False, REJECTED, 2**53 - 1, "out-of-range"),
    ("hours", 3, {"to": "viel", "was": 3}, False, REJECTED, 3, "malformed-op"),
    ("amount", "1.00", {"to": "2.00", "was": "1.00"}, True, APPLIED, "2.00", None),
    ("amount", "3.00", {"to": "2.00", "was": "1.00"}, False, CONFLICT, "3.00", "field-conflict"),
    ("code", "临-1", {"to": "临-2", "was": "临-1"}, True, REJECTED, "临-1", "write-once"),
    ("code", "临-1", {"to": "临-2", "was": "临-0"}, False, REJECTED, "临-1", "write-once"),
    ("code", "临-1", {"to": "临-1", "was": "临-0"}, False, MERGED, "临-1", None),
    ("terms", "甲", {"to": "乙", "was": "甲"}, True, APPLIED, "乙", None),
    ("terms", "甲", {"to": "乙", "was": "丙"}, False, CONFLICT, "甲", "field-conflict"),
    ("due", "2026-11-24", {"to": "2026-12-01", "was": "2026-11-24"}, True, MERGED, "2026-11-24", None),
    ("voided", None, {"to": True, "was": None}, True, REJECTED, None, "malformed-op"),
    ("claimed_by", None, {"to": BO, "was": None}, False, APPLIED, BO, None),
    ("claimed_by", None, {"to": BO, "was": KEY}, False, APPLIED, BO, None),
    ("claimed_by", KEY, {"to": BO, "was": None}, False, LOST, KEY, "claim-lost"),
    ("claimed_by", KEY, {"to": BO, "was": None}, True, LOST, KEY, "claim-lost"),
    ("claimed_by", KEY, {"to": BO, "was": KEY}, False, APPLIED, BO, None),
    ("claimed_by", BO, {"to": BO, "was": None}, False, MERGED, BO, None),
    ("claimed_by", BO, {"to": None, "was": BO}, False, APPLIED, None, None),
    ("claimed_by", KEY, {"to": None, "was": BO}, False, MERGED, KEY, None),
    ("claimed_by", KEY, {"add": ["x"]}, False, REJECTED, KEY, "malformed-op"),
    ("newer", "a", {"to": "b", "was": "z"}, False, CONFLICT, "a", "field-conflict"),
    ("newer", ["a"], {"add": ["b"]}, False, APPLIED, ["a", "b"], None),
    ("newer", 3, {"by": 4}, False, APPLIED, 7, None),
    ("newer", "a", {"add": ["b"]}, False, REJECTED, "a", "malformed-op"),
]  # fmt: skip


@pytest.mark.parametrize(("field", "current", "edit", "fresh", "outcome", "after", "problem"), TABLE)
def test_a_field(
    field: str, current: Any, edit: dict[str, Any], fresh: bool, outcome: Outcome, after: Any, problem: str | None
) -> None:
    body = {} if current is None else {field: current}
    before = state({field: OTHER}, **body)
    saw = {"saw": OTHER if fresh else FIRST} if "to" in edit else {}
    result = merge(POLICIES, before, patch(**{field: edit | saw}))
    assert result.outcome is outcome
    assert result.state is not None
    assert result.state.body.get(field) == after
    assert _title(result.problem) == problem
    if after != current:
        assert result.changes == {field: (current, after)}
        assert result.state.ver == before.ver + 1
        assert result.state.stamps[field] not in (OTHER, FIRST)
    else:
        assert result.state is before
        assert result.changes == {}


def test_true_and_one_are_different_values() -> None:
    result = merge(POLICIES, state(newer=True), patch(newer={"to": 1, "was": True, "saw": FIRST}))
    assert result.outcome is APPLIED
    assert result.state is not None
    assert result.state.body["newer"] is not True


def test_a_frozen_field_stays_once_the_record_is_closed() -> None:
    closed = state(terms="甲", state="closed", title="a")
    edit = {"to": "乙", "was": "甲", "saw": FIRST}
    refused = merge(POLICIES, closed, patch(terms=edit))
    assert (refused.outcome, _title(refused.problem)) == (REJECTED, "frozen")
    same = merge(POLICIES, closed, patch(terms={"to": "甲", "was": "丙", "saw": FIRST}))
    assert same.outcome is MERGED


LATE = {
    "title": {"to": "b", "was": "a", "saw": FIRST}, "story": {"to": "新。", "was": None, "saw": FIRST},
    "tags": {"add": ["b"]}, "hours": {"by": 1}, "amount": {"to": "2", "was": None, "saw": FIRST},
    "terms": {"to": "乙", "was": None, "saw": FIRST},
}  # fmt: skip


@pytest.mark.parametrize("name", LATE)
def test_nothing_that_people_write_changes_once_the_record_is_closed(name: str) -> None:
    """A desk refuses it; what was written offline before the closing was known comes back with its content."""
    refused = merge(POLICIES, state(title="a", state="closed"), patch(**{name: LATE[name]}))
    assert (refused.outcome, _title(refused.problem)) == (REJECTED, "frozen")


def test_what_may_be_added_later_is_taken_by_a_closed_record_too() -> None:
    late = Policies({"thing": replace(POLICIES["thing"], late=frozenset({"story"}))})
    edit = {"to": "先说的。后补的。", "was": "先说的。", "saw": FIRST}
    added = merge(late, state({"story": OTHER}, story="改过的。先说的。", state="closed"), patch(story=edit))
    assert added.state is not None
    assert (added.outcome, added.state.body["story"]) == (MERGED, "改过的。先说的。后补的。")
    assert merge(late, state(title="a", state="closed"), patch(title=LATE["title"])).outcome is REJECTED


def test_a_closed_record_still_takes_its_next_step_and_what_the_program_does_not_know() -> None:
    closed = state(title="a", state="closed")
    assert merge(POLICIES, closed, patch(newer={"to": 1, "was": None, "saw": FIRST})).outcome is APPLIED
    assert merge(POLICIES, closed, patch(title={"to": "a", "was": "z", "saw": FIRST})).outcome is MERGED


# ---- sets: one removes, the other edits -----------------------------------------------------------------------------

SWAP = {"add": ["y"], "del": ["x"]}
GONE = {"tags": {"x": frozenset({"y"})}}


@pytest.mark.parametrize(("current", "edit", "replaced", "outcome", "theirs"), [
    (["a"], SWAP, {}, CONFLICT, ["a", "y"]),  # they removed what I edited
    (["a", "y"], {"add": [], "del": ["x"]}, GONE, CONFLICT, ["a"]),  # they edited what I removed
    (["a", "y"], {"add": ["z"], "del": ["x"]}, GONE, CONFLICT, ["a", "z"]),  # both edited it, differently
    (["a", "y"], SWAP, GONE, MERGED, None),  # both edited it alike
    (["a"], {"add": [], "del": ["x"]}, {}, MERGED, None),  # both removed it
    (["a"], {"add": ["y", "z"], "del": ["x"]}, {}, APPLIED, None),  # two for one is no edit of an element
    (["a", "x"], SWAP, {}, APPLIED, None),
])  # fmt: skip
def test_removing_an_element_against_editing_it(
    current: list[str], edit: dict[str, Any], replaced: Any, outcome: Outcome, theirs: list[str] | None
) -> None:
    result = merge(POLICIES, state(tags=current), patch(tags=edit), (), replaced)
    assert result.outcome is outcome
    assert [clash.value for clash in result.clashes] == ([theirs] if theirs else [])


# ---- what waited too long -------------------------------------------------------------------------------------------


def test_what_waited_too_long_is_asked_about_and_writes_nothing() -> None:
    before = state(title="a", tags=["a"], phone="1")
    late = patch(
        title={"to": "b", "was": "a", "saw": OTHER}, tags={"add": ["b"]},
        phone={"to": "1", "was": "0", "saw": OTHER})  # fmt: skip
    result = overdue(POLICIES, before, late)
    assert (result.outcome, result.state, _title(result.problem)) == (CONFLICT, before, "held-too-long")
    assert {(c.field, str(c.value), c.policy) for c in result.clashes} == {
        ("title", "b", "held"), ("tags", "['a', 'b']", "held")}  # fmt: skip
    assert overdue(POLICIES, state(title="b"), patch(title={"to": "b", "was": "a", "saw": OTHER})).outcome is MERGED
    void = overdue(POLICIES, before, op("void", saw={"*": OTHER}, reason="x"))
    assert [(c.field, c.value) for c in void.clashes] == [("voided", True)]
    claim = overdue(POLICIES, before, patch(claimed_by={"to": BO, "was": None, "saw": OTHER}))
    assert (claim.outcome, claim.state) == (LOST, before)


def test_a_counter_does_not_go_below_its_least() -> None:
    from sync.policies import KindPolicy, Policies

    rules = Policies({"thing": KindPolicy({"hours": Merge.DELTA}, least={"hours": 0})})
    assert merge(rules, state(hours=1), patch(hours={"by": -1})).outcome is APPLIED
    refused = merge(rules, state(hours=1), patch(hours={"by": -2}))
    assert (refused.outcome, _title(refused.problem)) == (REJECTED, "out-of-range")
    assert refused.problem is not None
    assert refused.problem.params == {"least": 0}


def test_of_two_who_take_the_same_step_a_number_that_only_grows_takes_it_once() -> None:
    from sync.policies import KindPolicy, Policies

    rules = Policies({"thing": KindPolicy({"turn": Merge.HIGHEST, "state": Merge.TRANSITION})})
    table: list[tuple[int | None, dict[str, Any], Outcome, int | None]] = [
        (None, {"to": 2, "was": None, "saw": FIRST}, APPLIED, 2), (2, {"to": 2, "was": None, "saw": FIRST}, MERGED, 2),
        (3, {"to": 2, "was": 1, "saw": FIRST}, MERGED, 3), (2, {"to": 3, "was": 2, "saw": OTHER}, APPLIED, 3),
        (2, {"by": 1}, APPLIED, 3), (2, {"to": "viel", "was": 2}, REJECTED, 2),
    ]  # fmt: skip
    for current, edit, outcome, value in table:
        found = merge(rules, state(turn=current), patch(turn=edit))
        assert (found.outcome, found.state and found.state.body.get("turn")) == (outcome, value), edit
    older = patch(turn={"by": 2}, state={"to": "handling", "was": "evaluating", "saw": FIRST})
    assert merge(rules, state(turn=2, state="handling"), older).outcome is MERGED


@pytest.mark.parametrize("more", [{"voided": True}, {"state": "closed"}])
def test_what_is_void_or_closed_is_not_claimed_any_more_but_may_be_given_back(more: dict[str, Any]) -> None:
    late = merge(POLICIES, state(**more), patch(claimed_by={"to": BO, "was": None, "saw": FIRST}))
    assert (late.outcome, _title(late.problem)) == (LOST, "claim-closed")
    back = merge(POLICIES, state(claimed_by=BO, **more), patch(claimed_by={"to": None, "was": BO, "saw": FIRST}))
    assert back.outcome is APPLIED


def test_a_lost_claim_takes_nothing_else_down_with_it() -> None:
    before = state({"title": OTHER}, title="a", phone="1", claimed_by=BO)
    result = merge(POLICIES, before, patch(
        claimed_by={"to": KEY, "was": None, "saw": FIRST}, phone={"to": "2", "was": "1", "saw": FIRST},
        title={"to": "b", "was": "z", "saw": FIRST}))  # fmt: skip
    assert (result.outcome, _title(result.problem)) == (LOST, "claim-lost")
    assert result.problem is not None
    assert result.problem.params == {"winner": BO}
    assert result.state is not None
    assert result.state.body == {"title": "a", "phone": "2", "claimed_by": BO}
    assert [(c.field, c.value) for c in result.clashes] == [("title", "b")]


def test_one_clash_does_not_keep_the_other_fields_back() -> None:
    before = state({"title": OTHER}, title="a", phone="1")
    result = merge(POLICIES, before, patch(
        title={"to": "b", "was": "z", "saw": FIRST}, phone={"to": "2", "was": "1", "saw": FIRST}))  # fmt: skip
    assert result.outcome is CONFLICT
    assert result.state is not None
    assert result.state.body == {"title": "a", "phone": "2"}
    (clash,) = result.clashes
    assert (clash.field, clash.value, clash.base, clash.base_op, clash.policy) == ("title", "b", "z", FIRST, "value")


def test_one_refusal_refuses_the_whole_operation() -> None:
    before = state(title="a", code="1")
    result = merge(POLICIES, before, patch(
        title={"to": "b", "was": "a", "saw": FIRST}, code={"to": "2", "was": "1", "saw": FIRST}))  # fmt: skip
    assert result.outcome is REJECTED
    assert result.state is before


# ---- birth ----------------------------------------------------------------------------------------------------------


def test_a_record_is_born_without_what_only_the_centre_says() -> None:
    birth = op("create", scope=STATION, init={"title": "a", "due": "2026-11-24", "voided": True, "hours": 3})
    result = merge(POLICIES, None, birth)
    assert result.outcome is APPLIED
    assert result.state == RecordState("thing", KEY, STATION, 1, {"title": "a", "hours": 3}, {"*": birth.op_id})


def test_a_second_birth_is_an_edit_that_saw_nothing() -> None:
    before = state(created_at="then", created_by=BO, title="a", phone="1", code="x", tags=["a"], hours=2)
    again = op("create", scope=STATION, init={
        "created_at": "now", "created_by": KEY, "title": "a", "phone": "2", "code": "y", "tags": ["b"], "hours": 2,
        "story": "新。"})  # fmt: skip
    result = merge(POLICIES, before, again)
    assert result.outcome is CONFLICT
    assert {clash.field: clash.value for clash in result.clashes} == {"phone": "2", "code": "y"}
    assert result.state is not None
    assert result.state.body == before.body | {"tags": ["a", "b"], "story": "新。"}


def test_a_second_birth_elsewhere_is_refused() -> None:
    result = merge(POLICIES, state(title="a"), op("create", scope="350602002005", init={"title": "a"}))
    assert (result.outcome, _title(result.problem)) == (REJECTED, "id-taken")


# ---- void -----------------------------------------------------------------------------------------------------------


def test_a_void_of_what_its_author_saw_whole() -> None:
    before = state({"title": OTHER}, title="a")
    void = op("void", saw={"*": FIRST, "title": OTHER}, reason="重复")
    result = merge(POLICIES, before, void)
    assert result.outcome is APPLIED
    assert result.state is not None
    assert result.state.body == {"title": "a", "voided": True, "void_reason": "重复"}
    again = merge(POLICIES, result.state, op("void", saw={"*": FIRST}, reason="还是重复"))
    assert (again.outcome, again.state) == (MERGED, result.state)


def test_a_void_behind_somebody_elses_edit_is_a_proposal() -> None:
    before = state({"title": OTHER}, title="a")
    result = merge(POLICIES, before, op("void", saw={"*": FIRST}, reason="重复"))
    assert (result.outcome, _title(result.problem), result.state) == (CONFLICT, "void-proposal", before)
    assert [(c.field, c.value, c.policy) for c in result.clashes] == [("voided", True, "void")]


def test_a_void_knows_the_other_operations_of_its_group() -> None:
    result = merge(POLICIES, state({"title": OTHER}, title="a"), op("void", saw={"*": FIRST}, reason="x"), {OTHER})
    assert result.outcome is APPLIED


def test_an_edit_of_a_void_record_asks_whether_to_restore_it() -> None:
    before = state(title="a", tags=["a"], code="x", voided=True, void_reason="重复")
    result = merge(POLICIES, before, patch(
        title={"to": "b", "was": "a", "saw": FIRST}, tags={"add": ["b"]},
        phone={"to": None, "was": "1", "saw": FIRST}))  # fmt: skip
    assert (result.outcome, _title(result.problem), result.state) == (CONFLICT, "restore", before)
    assert {c.field: c.value for c in result.clashes} == {"title": "b", "tags": ["a", "b"]}
    assert {c.policy for c in result.clashes} == {"restore"}


def test_an_unvoid_takes_the_void_back_unless_it_was_renewed() -> None:
    voided = state({"voided": OTHER, "void_reason": OTHER}, title="a", voided=True, void_reason="重复")
    seen = op("unvoid", saw={"*": FIRST, "voided": OTHER, "void_reason": OTHER})
    result = merge(POLICIES, voided, seen)
    assert result.outcome is APPLIED
    assert result.state is not None
    assert result.state.body == {"title": "a"}
    assert merge(POLICIES, voided, op("unvoid", saw={"*": FIRST})).outcome is CONFLICT
    assert merge(POLICIES, state(title="a"), seen).outcome is MERGED


# ---- waiting --------------------------------------------------------------------------------------------------------


def test_what_an_operation_waits_for() -> None:
    edit = patch(title={"to": "b", "was": "a", "saw": OTHER})
    assert waits_for(None, edit, set()) == f"rec:thing/{KEY}"
    assert waits_for(state(title="a"), edit, {FIRST}) == f"op:{OTHER}"
    assert waits_for(state(title="a"), edit, {FIRST, OTHER}) is None
    assert waits_for(state(title="a"), op("void", saw={"*": FIRST, "x": OTHER}), {FIRST}) == f"op:{OTHER}"
    assert waits_for(None, op("create", scope=STATION, init={"a": 1}), set()) is None


def test_a_verb_that_does_not_fit_is_our_fault() -> None:
    with pytest.raises(BugError):
        merge(POLICIES, None, patch(title={"to": "b"}))
    with pytest.raises(BugError):
        merge(POLICIES, state(title="a"), op("resolve", set={"title": {"to": "b"}}, conflicts=[OTHER]))


# ---- properties -----------------------------------------------------------------------------------------------------

VALUES = st.sampled_from(["a", "b", "c", "甲。乙。"])
def _written(to: str, was: str, saw: str) -> dict[str, Any]:
    return {"to": to, "was": was, "saw": saw}


WRITTEN = st.builds(_written, VALUES, VALUES, st.sampled_from([FIRST, OTHER]))
EDITS = {
    "title": WRITTEN, "story": WRITTEN, "amount": WRITTEN,
    "tags": st.builds(lambda a, d: {"add": sorted(a - d), "del": sorted(d)}, st.sets(VALUES), st.sets(VALUES)),
    "hours": st.builds(lambda by: {"by": by}, st.integers(-5, 5)),
}  # fmt: skip
PATCHES = st.fixed_dictionaries({}, optional=EDITS).filter(bool)
TAGS = st.lists(VALUES, min_size=1, unique=True).map(sorted)
BODIES = st.fixed_dictionaries(
    {}, optional={"title": VALUES, "story": VALUES, "amount": VALUES, "tags": TAGS, "hours": st.integers(0, 9)}
)


@given(body=BODIES, stamped=st.sets(st.sampled_from(["title", "story", "amount"])), edits=PATCHES)
def test_no_value_is_lost_or_replaced_unseen(body: dict[str, Any], stamped: set[str], edits: dict[str, Any]) -> None:
    before = state(dict.fromkeys(stamped, OTHER), **body)
    result = merge(POLICIES, before, patch(**edits))
    assert result.state is not None
    clashed = {clash.field: clash.value for clash in result.clashes}
    for name, edit in edits.items():
        old, new = before.body.get(name), result.state.body.get(name)
        if "to" not in edit:
            continue
        if name in clashed:
            assert (new, clashed[name]) == (old, edit["to"])
        elif new != old and name == "story":  # its stamp does not say what else stands in it
            theirs = set(sentences(old or "")) - set(sentences(edit["was"]))
            assert edit["was"] == old or theirs <= set(sentences(new or ""))
        elif new != old:
            assert edit["saw"] == before.stamp(name) or edit["was"] == old
        else:
            assert new == edit["to"] or name == "story"
    untouched = set(before.body) - set(edits)
    assert all(result.state.body[name] == before.body[name] for name in untouched)


@given(body=BODIES, edits=PATCHES)
def test_the_centre_and_the_desk_compute_the_same_where_nobody_interfered(
    body: dict[str, Any], edits: dict[str, Any]
) -> None:
    before = state(**body)
    fresh = {n: e | {"saw": FIRST, "was": body.get(n)} if "to" in e else e for n, e in edits.items()}
    if "tags" in fresh:  # nobody takes away what was not there to be seen
        fresh["tags"] = fresh["tags"] | {"del": sorted(set(fresh["tags"]["del"]) & set(body.get("tags", ())))}
    asked = patch(**fresh)
    result = merge(POLICIES, before, asked)
    assert result.state is not None
    plain = {"op_id": asked.op_id, "verb": "patch", "set": fresh}
    assert result.state.body == apply_op(body, plain)
    changed = {n: s for n, s in apply_stamps(before.stamps, plain).items() if n == "*" or n in result.changes}
    assert result.state.stamps == changed


@given(body=BODIES, edits=PATCHES)
def test_the_same_operation_again_changes_nothing(body: dict[str, Any], edits: dict[str, Any]) -> None:
    """Receipts keep this from happening; values and sets would survive even without them, counters would not."""
    edits.pop("hours", None)
    asked = patch(**edits) if edits else patch(title={"to": "a"})
    once = merge(POLICIES, state(**body), asked).state
    assert once is not None
    twice = merge(POLICIES, once, asked).state
    assert twice is not None
    assert twice.body == once.body
