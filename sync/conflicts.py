"""Conflicts: records that keep every value of a contested field until a person decides (decision 7). Pure.

Until then the centre's value stands. Money, identity numbers and party identity take two people: one proposes, another
confirms the same value.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from sync.merge import (
    NEEDS_SECOND,
    OVERDUE,
    VOID_REASON,
    VOIDED,
    Clash,
    Outcome,
    RecordState,
    Refused,
    Result,
    Verdict,
    changed,
    judge,
    new_value,
    refuse_emptied,
)
from sync.policies import KindPolicy, Policies
from sync.protocol import CONFLICT_KIND, Edit, Op, Problem
from sync.seen import COMPOSED, is_fresh
from zzdesk.ops.apply import DEFAULT, Body
from zzdesk.store.base import Merge

_CONFLICTS: Final = uuid.UUID("7c9f3a52-5b0e-5d43-8f6a-0d8e2b7a4c11")

OPEN: Final = "open"
PROPOSED: Final = "proposed"
RESOLVED: Final = "resolved"


@dataclass(frozen=True, slots=True)
class Author:
    """Who wrote a value: account, device, the desk's wall time, and how far that clock was off."""

    user: str
    at: str
    device: str | None = None
    skew_ms: int | None = None


AuthorOf = Callable[[str], Author]
"""Gives the author of an operation in the log."""


def conflict_id(kind: str, record_id: str, field: str, first_op: str) -> str:
    """Return the id of the conflict that ``first_op`` opens: the same wherever it is computed."""
    return str(uuid.uuid5(_CONFLICTS, f"{kind}/{record_id}/{field}/{first_op}"))


def _filled(**parts: Any) -> Body:
    """Return a body without the absent parts: the wire never carries null."""
    return {name: part for name, part in parts.items() if part is not None}


def _candidate(value: Any, op_id: str, author: Author, reason: str | None = None) -> Body:
    return _filled(
        value=value, user=author.user, device=author.device, at=author.at, op=op_id, skew_ms=author.skew_ms,
        reason=reason,
    )  # fmt: skip


def _written(conflict: RecordState, op_id: str, **parts: Any) -> RecordState:
    body = conflict.body | parts
    return replace(conflict, ver=conflict.ver + 1, body=_filled(**body), stamps={DEFAULT: op_id})


def is_open(conflict: RecordState) -> bool:
    """Return whether nobody has decided yet."""
    return bool(conflict.body["state"] != RESOLVED)


@dataclass(frozen=True, slots=True)
class Terms:
    """The centre's time, when a conflict that opens now should be decided, and who holds the record (hazard 41)."""

    now: str
    due: str | None = None
    holder: str | None = None


DISPATCHER: Final = "dispatcher"
SUPERVISOR: Final = "supervisor"
_ROLES: Final = {
    Merge.TRANSITION.value: DISPATCHER, Merge.FOUR_EYES.value: SUPERVISOR, OVERDUE: SUPERVISOR,
}  # fmt: skip
"""Whose a conflict is by its policy: a role; any other belongs to who holds the record, else who recorded it."""


def _opened(
    state: RecordState, clash: Clash, op: Op, author: Author, author_of: AuthorOf, terms: Terms
) -> RecordState:
    stands = state.stamp(clash.field)
    candidates = [
        _candidate(state.body.get(clash.field), stands, author_of(stands)),
        _candidate(clash.value, op.op_id, author, op.reason),
    ]
    body = _filled(
        record_kind=state.kind, record_id=state.id, field=clash.field, policy=clash.policy, state=OPEN,
        base=clash.base, base_op=clash.base_op, candidates=candidates, created_at=terms.now, created_by=author.user,
        due=terms.due, owner_role=_ROLES.get(clash.policy),
        owner=None if clash.policy in _ROLES else terms.holder or state.body.get("created_by"),
    )  # fmt: skip
    new = conflict_id(state.kind, state.id, clash.field, op.op_id)
    return RecordState(CONFLICT_KIND, new, state.scope, 1, body, {DEFAULT: op.op_id})


DUPLICATE: Final = "duplicate"
"""Policy of the question whether two records are one."""


def question(
    state: RecordState, field: str, other: str, other_op: str, author_of: AuthorOf, terms: Terms
) -> RecordState:
    """Return the question whether a record is another one, as a conflict about ``field``: nothing, or the other's id.

    Two records are asked about once, whichever of them came first. ``other_op`` is what made the other one alike.
    """
    stands = state.stamp(field)
    candidates = [
        _candidate(state.body.get(field), stands, author_of(stands)),
        _candidate(other, other_op, author_of(other_op)),
    ]
    body = _filled(
        record_kind=state.kind, record_id=state.id, field=field, policy=DUPLICATE, state=OPEN, candidates=candidates,
        created_at=terms.now, created_by=state.body.get("created_by"), due=terms.due, owner=state.body.get("created_by"),
    )  # fmt: skip
    one, two = sorted((state.id, other))
    new = conflict_id(state.kind, one, field, two)
    return RecordState(CONFLICT_KIND, new, state.scope, 1, body, {DEFAULT: stands})


def _joined(conflict: RecordState, clash: Clash, op: Op, author: Author) -> RecordState:
    """Add a candidate; one that its author built upon gives way to it."""
    first, *others = conflict.body["candidates"]
    arriving = _candidate(clash.value, op.op_id, author, op.reason)
    kept = [other for other in others if other["op"] != clash.base_op]
    return _written(conflict, op.op_id, candidates=[first, *kept, arriving])


def _refreshed(conflict: RecordState, value: Any, op: Op, author: Author) -> RecordState:
    """Put the centre's new value in the place of its old one."""
    others = conflict.body["candidates"][1:]
    return _written(conflict, op.op_id, candidates=[_candidate(value, op.op_id, author), *others])


def aftermath(
    before: RecordState | None,
    result: Result,
    op: Op,
    author: Author,
    opened: Mapping[str, RecordState],
    author_of: AuthorOf,
    terms: Terms,
    decided: Mapping[str, RecordState] | None = None,
) -> list[RecordState]:
    """Return the conflicts that an operation opens or changes.

    ``opened`` are the record's open conflicts by field; ``decided`` those whose decision by two people stands.
    """
    touched: list[RecordState] = []
    for clash in result.clashes:
        there, before_this = opened.get(clash.field), (decided or {}).get(clash.field)
        if there is None and before_this is not None and clash.problem == NEEDS_SECOND:
            touched.append(_proposed_otherwise(before_this, clash, op, author, terms))
        elif there is None:
            assert before is not None
            touched.append(_opened(before, clash, op, author, author_of, terms))
        else:
            touched.append(_joined(there, clash, op, author))
    for name, (_, value) in result.changes.items():
        if name in opened:
            touched.append(_refreshed(opened[name], value, op, author))
    return touched


@dataclass(frozen=True, slots=True)
class Resolution:
    """What a resolve operation did to the record, and the conflicts that it settled or proposed to settle."""

    result: Result
    conflicts: tuple[RecordState, ...] = ()


def resolve(
    policies: Policies, state: RecordState, op: Op, author: Author, listed: Iterable[RecordState],
    seconded: Container[str] = (),
) -> Resolution:  # fmt: skip
    """Return what a resolve operation does. ``listed`` are the conflicts that it names, as far as they exist.

    ``seconded`` are fields of which two people have decided what stands.

    A field whose conflict is not among them is judged like a patch.
    """
    conflicts = list(listed)
    if any((c.body["record_kind"], c.body["record_id"]) != (state.kind, state.id) for c in conflicts):
        return Resolution(Result(Outcome.REJECTED, state, problem=Problem.of("foreign-conflict")))
    by_field = {c.body["field"]: c for c in conflicts if is_open(c)}
    answers: dict[str, tuple[Verdict, RecordState | None]] = {}
    try:
        for name, edit in op.set.items():
            if policies[state.kind].merges.get(name) is Merge.CLAIM:
                raise Refused(Problem.of("malformed-op", name))
            conflict = by_field.get(name)
            if conflict is None:
                answers[name] = judge(policies[state.kind], state, name, edit, seconded=name in seconded), None
            else:
                answers[name] = _answer(policies[state.kind], state, op, name, edit, conflict, author)
    except Refused as refused:
        return Resolution(Result(Outcome.REJECTED, state, problem=refused.problem))
    return _concluded(state, op, answers)


def _concluded(
    state: RecordState, op: Op, answers: Mapping[str, tuple[Verdict, RecordState | None]]
) -> Resolution:
    values = {name: verdict.value for name, (verdict, _) in answers.items() if verdict.taken}
    if VOIDED in values:
        values[VOID_REASON] = op.reason if values[VOIDED] else None
    changes = {name: (state.body.get(name), value) for name, value in values.items()}
    clashes = tuple(verdict.clash for verdict, _ in answers.values() if verdict.clash)
    settled = tuple(conflict for _, conflict in answers.values() if conflict)
    after = changed(state, op.op_id, values)
    if clashes:
        problem = Problem.of(clashes[0].problem, clashes[0].field)
        return Resolution(Result(Outcome.CONFLICT, after, changes, clashes, problem), settled)
    waiting = next((c for c in settled if c.body["state"] == PROPOSED), None)
    problem_or_none = Problem.of(NEEDS_SECOND, waiting.body["field"]) if waiting else None
    outcome = Outcome.APPLIED if changes or settled else Outcome.MERGED
    return Resolution(Result(outcome, after, changes, (), problem_or_none), settled)


def _answer(
    rules: KindPolicy,
    state: RecordState,
    op: Op,
    name: str,
    edit: Edit,
    conflict: RecordState,
    author: Author,
) -> tuple[Verdict, RecordState | None]:
    current = state.body.get(name)
    value = new_value(name, edit, current)
    fresh = is_fresh(rules.merges.get(name), current, state.stamp(name), edit) or _was_shown(rules, op, name, state, conflict)
    if not _saw_all(op, conflict) or (value != current and not fresh):
        clash = Clash(name, value, edit.was, edit.saw, conflict.body["policy"], "still-open")
        return Verdict(clash=clash), None
    if value != current:
        _may(rules, state, name, value, conflict)
    if rules.merges.get(name) is Merge.FOUR_EYES and not _seconded(conflict, value, author, name):
        return Verdict(), _proposed(conflict, value, op, author)
    return Verdict(value != current, value), _resolved(conflict, value, op, author)


def _was_shown(rules: KindPolicy, op: Op, name: str, state: RecordState, conflict: RecordState) -> bool:
    """Return whether the value that stands now was among those which the resolver says to have had before him.

    His own edit, that waits for this decision, may have lain over it.
    """
    return rules.merges.get(name) not in COMPOSED and op.saw.get(state.stamp(name)) == conflict.id


def _saw_all(op: Op, conflict: RecordState) -> bool:
    """Return whether the resolver knew every candidate, where the operation says what it saw of the conflict.

    The last one alone does not tell: after a restore another may have come before it that was not there when it was seen.
    """
    stamp, body = conflict.stamps[DEFAULT], conflict.body
    shown = {op_id for op_id, about in op.saw.items() if about == conflict.id}
    there = {each["op"] for each in (*body["candidates"], body.get("proposal") or {}) if each.get("op")}
    return op.saw.get(conflict.id, stamp) == stamp and (not shown or there <= shown)


def _may(rules: KindPolicy, state: RecordState, name: str, value: Any, conflict: RecordState) -> None:
    """Refuse a state that does not follow. A record that is final may still be written: the conflict is older."""
    policy = rules.merges.get(name)
    refuse_emptied(rules, name, value)
    if policy is Merge.TRANSITION:
        offered = [candidate.get("value") for candidate in conflict.body["candidates"]]
        if value not in offered and not rules.allows(state.body.get(name), value):
            raise Refused(Problem.of("illegal-transition", name))


def _seconded(conflict: RecordState, value: Any, author: Author, name: str) -> bool:
    proposal = conflict.body.get("proposal")
    if proposal is None or proposal.get("value") != value:
        return False
    if proposal["user"] == author.user:
        raise Refused(Problem.of("same-person", name))
    return True


def _proposed(conflict: RecordState, value: Any, op: Op, author: Author) -> RecordState:
    """Note a proposal; an earlier one of another value stays as a candidate."""
    candidates = list(conflict.body["candidates"])
    earlier = conflict.body.get("proposal")
    if earlier is not None and all(c.get("value") != earlier.get("value") for c in candidates):
        candidates.append({name: part for name, part in earlier.items() if name != "reason"})
    proposal = _candidate(value, op.op_id, author, op.reason)
    return _written(conflict, op.op_id, state=PROPOSED, proposal=proposal, candidates=candidates)


def _resolved(conflict: RecordState, value: Any, op: Op, author: Author) -> RecordState:
    return _written(
        conflict, op.op_id, state=RESOLVED, resolution=value, resolved_by=author.user, resolved_at=author.at,
        resolved_op=op.op_id, reason=op.reason,
    )  # fmt: skip



# ---- a decision taken back ------------------------------------------------------------------------------------------

_DECISION: Final = ("resolution", "resolved_by", "resolved_at", "resolved_op", "reason")


def reopen(
    before: RecordState, result: Result, op: Op, author: Author, listed: Iterable[RecordState], open_fields: Container[str],
    terms: Terms,
) -> list[RecordState]:  # fmt: skip
    """Return the conflicts whose decision an edit takes back: open again, the decision kept in what was undone.

    Only a decision that still stood when the edit came; where somebody has written since, the edit is an edit.
    ``open_fields`` have another open conflict by now, which holds every value already.
    """
    if result.state is None or result.outcome in (Outcome.REJECTED, Outcome.CONFLICT):
        return []
    return [
        _reopened(result.state, conflict, op, author, terms)
        for conflict in listed
        if not is_open(conflict) and (name := conflict.body["field"]) in op.set and name not in open_fields
        and (conflict.body["record_kind"], conflict.body["record_id"]) == (op.kind, op.id)
        and stands(before, conflict)
    ]  # fmt: skip


def stands(state: RecordState, conflict: RecordState) -> bool:
    """Say whether a decision is what the record still says: nobody has written the field since."""
    name, body = conflict.body["field"], conflict.body
    kept = body["candidates"][0]["op"]  # the decision for what stood writes nothing
    return bool(state.body.get(name) == body.get("resolution") and state.stamp(name) in (body.get("resolved_op"), kept))


def _proposed_otherwise(conflict: RecordState, clash: Clash, op: Op, author: Author, terms: Terms) -> RecordState:
    """Return a decision of two people that one person wants otherwise: it stands until another one agrees."""
    body, decided = conflict.body, conflict.body.get("resolution")
    first, *others = body["candidates"]
    if first.get("value") != decided:
        others.insert(0, first)
        first = _filled(value=decided, user=body["resolved_by"], at=body["resolved_at"], op=body["resolved_op"])
    others = [each for each in others if each.get("value") != decided]
    again = _undecided(body, op, author, terms)
    again |= {"state": PROPOSED, "candidates": [first, *others], "proposal": _candidate(clash.value, op.op_id, author, op.reason)}
    return replace(conflict, ver=conflict.ver + 1, body=again, stamps={DEFAULT: op.op_id})


def _undecided(body: Body, op: Op, author: Author, terms: Terms) -> Body:
    """Return a conflict's body without its decision, which is kept in what was undone."""
    undone = _filled(
        **{part: body.get(part) for part in _DECISION}, undone_by=author.user, undone_at=author.at, undo_op=op.op_id,
        undo_reason=op.reason,
    )  # fmt: skip
    again = {name: part for name, part in body.items() if name not in (*_DECISION, "proposal")}
    again["undone"] = [*body.get("undone", []), undone]
    if terms.due is not None:
        again["due"] = terms.due
    return again


def is_seconded(state: RecordState, conflict: RecordState) -> bool:
    """Say whether two people have decided what a field says: their decision stands, or somebody wants it otherwise."""
    return bool(conflict.body.get("undone")) if is_open(conflict) else stands(state, conflict)


def _reopened(after: RecordState, conflict: RecordState, op: Op, author: Author, terms: Terms) -> RecordState:
    body = conflict.body
    name = body["field"]
    first, *others = body["candidates"]
    stands_now = after.stamp(name)
    if stands_now == op.op_id:
        first = _candidate(after.body.get(name), op.op_id, author)
    decided = body.get("resolution")
    if all(each.get("value") != decided for each in (first, *others)):
        others.append(_filled(value=decided, user=body["resolved_by"], at=body["resolved_at"], op=body["resolved_op"]))
    again = _undecided(body, op, author, terms) | {"state": OPEN, "candidates": [first, *others]}
    return replace(conflict, ver=conflict.ver + 1, body=_filled(**again), stamps={DEFAULT: op.op_id})


def escalated(conflict: RecordState, due: str, above: str | None = None) -> RecordState:
    """Return a conflict that nobody decided in time, handed on: to the supervisor, and after that to the node above.

    ``above`` is the street office's code, None where the record is for its station or a case's team alone. The stamp
    stays: who decides at this moment has still seen every value.
    """
    body = conflict.body | {"owner_role": SUPERVISOR, "escalated": True, "due": due}
    if conflict.body.get("escalated") and above is not None:
        body["owner_node"] = above
    return replace(conflict, ver=conflict.ver + 1, body=body)
