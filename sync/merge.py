"""The merge: confirmed state + operation → new state, conflict, or refusal. Pure, and decided by one table.

A field's *policy* (sync protocol, section 8.8) and its *situation* (what the author saw against what stands now)
choose the *rule*. The table is total: a pair that cannot happen raises.
"""

from __future__ import annotations

import enum
from collections.abc import Collection, Container, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from msgspec import UNSET, UnsetType

from sync.limits import MAX_INT
from sync.policies import KindPolicy, Policies
from sync.protocol import Edit, Op, Problem
from sync.rising import is_same, reached
from sync.rules import LOCKABLE, Rule, Situation, decide
from sync.seen import is_fresh
from sync.textmerge import merge3
from zzdesk.errors import BugError
from zzdesk.ops.apply import DEFAULT, SCOPE, Body, Stamps, put
from zzdesk.store.base import Merge

VOIDED: Final = "voided"
VOID_REASON: Final = "void_reason"
ACCOUNT_KIND: Final = "account"
_BIRTH: Final = ("created_at", "created_by")

NOT_A_PERSONS: Final = (Merge.SERVER, Merge.COMPUTED)
"""Policies of fields that no person writes: nobody decides about them, and nobody has to have seen them."""

RESTORE: Final = "restore"
"""Conflict policy of an edit that reached a record already declared void."""

OVERDUE: Final = "held"
"""Conflict policy of an edit that waited too long for what its author had seen."""


class Outcome(enum.StrEnum):
    """What became of an operation; all but held and deferred are final."""

    APPLIED = "applied"
    MERGED = "merged"
    CONFLICT = "conflict"
    LOST = "lost"
    REJECTED = "rejected"
    HELD = "held"
    QUARANTINED = "quarantined"
    DEFERRED = "deferred"


@dataclass(frozen=True, slots=True)
class RecordState:
    """One record as the centre holds it: wire body, compact stamps, version."""

    kind: str
    id: str
    scope: str
    ver: int
    body: Body
    stamps: Stamps

    def stamp(self, name: str) -> str:
        """Return the operation that last wrote a field."""
        return self.stamps.get(name) or self.stamps[DEFAULT]

    @property
    def voided(self) -> bool:
        """Return whether the record was declared void."""
        return self.body.get(VOIDED) is True


@dataclass(frozen=True, slots=True)
class Clash:
    """A value that could not be taken, to be kept as a candidate of a conflict. None means absent."""

    field: str
    value: Any
    base: Any
    base_op: str | None
    policy: str
    problem: str


@dataclass(frozen=True, slots=True)
class Result:
    """What an operation did. ``state`` is the record afterwards; ``changes`` maps fields to (old, new)."""

    outcome: Outcome
    state: RecordState | None
    changes: Mapping[str, tuple[Any, Any]] = field(default_factory=dict)
    clashes: tuple[Clash, ...] = ()
    problem: Problem | None = None
    waits_on: str | None = None


    @property
    def lost(self) -> bool:
        """Return whether a claim in it came too late."""
        return self.outcome is Outcome.LOST


Replaced = Mapping[str, Mapping[str, frozenset[str]]]
"""By field, what each element of a set that is gone was replaced by."""
_NONE: Final[Mapping[str, frozenset[str]]] = {}
_NOTHING: Final[Replaced] = {}
NEEDS_SECOND: Final = "needs-second"
"""Problem of a value that one person wrote over what two people had decided."""


class Refused(Exception):  # noqa: N818 - carries a verdict, it is not a fault
    """An edit that can never be applied."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.type)
        self.problem = problem


def waits_for(state: RecordState | None, op: Op, known: Container[str]) -> str | None:
    """Return what must arrive before the operation can be judged, as ``rec:kind/id`` or ``op:id``; else None.

    ``known`` holds the operations in the log that are not held themselves.
    """
    if op.verb != "create" and state is None:
        return f"rec:{op.kind}/{op.id}"
    seen = [edit.saw for edit in op.set.values()] + (list(op.saw.values()) if op.verb != "resolve" else [])
    missing = next((stamp for stamp in seen if stamp is not None and stamp not in known), None)
    return f"op:{missing}" if missing else None


def merge(
    policies: Policies, state: RecordState | None, op: Op, own: Container[str] = (), replaced: Replaced = _NOTHING,
    seconded: Container[str] = (), covered: Collection[str] = (),
) -> Result:  # fmt: skip
    """Return what a create, patch, void, unvoid or move operation does to a record.

    ``own`` are the operations of the same group: their author has seen them. ``replaced`` says what elements of sets
    that are gone were replaced by. ``seconded`` are fields of which two people have decided what stands. ``covered`` are
    fields in which the author's own edits lie over somebody else's that he had not seen. What the operation saw must be
    known (see ``waits_for``). A ``resolve`` is judged by ``sync.conflicts``.

    Raises:
        BugError: the verb does not fit the state, or a pair of policy and situation that cannot happen.
    """
    try:
        if op.verb == "create":
            return _born(policies, op) if state is None else _born_again(policies, state, op, seconded)
        if state is None:
            raise BugError(f"{op.verb} on a record without a beginning")
        if op.verb == "patch":
            return _patch(policies, state, op, op.set, replaced, seconded)
        if op.verb in ("void", "unvoid"):
            return _void(policies[op.kind], state, op, own, covered)
        if op.verb == "move":
            return _move(state, op)
    except Refused as refused:
        return Result(Outcome.REJECTED, state, problem=refused.problem)
    raise BugError(f"merge does not judge {op.verb}")


def _born(policies: Policies, op: Op) -> Result:
    rules = policies[op.kind]
    body = {k: v for k, v in op.init.items() if v is not None and k not in rules.not_theirs}
    assert op.scope is not None
    state = RecordState(op.kind, op.id, op.scope, 1, body, {DEFAULT: op.op_id})
    return Result(Outcome.APPLIED, state)


def _born_again(policies: Policies, state: RecordState, op: Op, seconded: Container[str]) -> Result:
    """Two desks may create one record (an account has the same id everywhere): the second is an edit of the first."""
    if op.scope != state.scope:
        raise Refused(Problem.of("id-taken"))
    if op.kind == ACCOUNT_KIND:
        return Result(Outcome.MERGED, state)  # a new desk gives its first account every role, and may not do so here
    edits = {name: Edit(to=value) for name, value in op.init.items() if name not in _BIRTH}
    rules = policies[op.kind]
    loose = {n: Merge.VALUE if m in (Merge.WRITE_ONCE, Merge.DELTA) else m for n, m in rules.merges.items()}
    dropped = {name for name in edits if loose.get(name) in (Merge.SERVER, Merge.COMPUTED, Merge.VOID, Merge.CLAIM)}
    again = Policies({op.kind: replace(rules, merges=loose)})
    kept = {name: edit for name, edit in edits.items() if name not in dropped}
    return _patch(again, state, op, kept, _NOTHING, seconded)


def _patch(
    policies: Policies, state: RecordState, op: Op, edits: Mapping[str, Edit], replaced: Replaced,
    seconded: Container[str],
) -> Result:  # fmt: skip
    rules = policies[op.kind]
    verdicts = {
        name: judge(rules, state, name, edit, replaced.get(name, _NONE), seconded=name in seconded)
        for name, edit in reached(rules, state.body, edits).items()
    }  # fmt: skip
    changes = {n: (state.body.get(n), v.value) for n, v in verdicts.items() if v.taken}
    clashes = tuple(v.clash for v in verdicts.values() if v.clash)
    woven = any(v.woven for v in verdicts.values())
    after = changed(state, op.op_id, {name: new for name, (_, new) in changes.items()})
    lost = next((v.lost for v in verdicts.values() if v.lost), None)
    if lost:
        return Result(Outcome.LOST, after, changes, clashes, lost)
    if clashes:
        problem = Problem.of(clashes[0].problem, clashes[0].field)
        return Result(Outcome.CONFLICT, after, changes, clashes, problem)
    return Result(Outcome.MERGED if woven or not changes else Outcome.APPLIED, after, changes)


def changed(state: RecordState, op_id: str, values: Mapping[str, Any]) -> RecordState:
    """Return the state after fields took new values (None: taken away); the same state when there are none."""
    if not values:
        return state
    body = dict(state.body)
    for name, value in values.items():
        put(body, name, value)
    stamps = state.stamps | dict.fromkeys(values, op_id)
    return replace(state, ver=state.ver + 1, body=body, stamps=stamps)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What happens to one field: taken with ``value``, kept as it is, a clash, or a claim that came too late."""

    taken: bool = False
    value: Any = None
    woven: bool = False
    clash: Clash | None = None
    lost: Problem | None = None


_KEPT: Final = Verdict()


def judge(
    rules: KindPolicy, state: RecordState, name: str, edit: Edit, replaced: Mapping[str, frozenset[str]] = _NONE,
    *, seconded: bool = False,
) -> Verdict:  # fmt: skip
    """Return the verdict on one field of a patch; ``replaced`` says what elements that are gone were replaced by.

    ``seconded``: two people have decided what stands.

    Raises:
        Refused: the edit can never be applied.
    """
    current = state.body.get(name)
    policy, edit = _fitted(rules, name, edit, current)
    situation = _situation(rules, policy, state, name, edit)
    if seconded and policy is Merge.FOUR_EYES and situation is Situation.FRESH:
        situation = Situation.SECONDED
    if situation is Situation.ELEMENTS and _is_swapped(name, current, edit, replaced):
        situation = Situation.SWAPPED
        gone = frozenset().union(*(replaced.get(each, frozenset()) for each in _taken(edit)))
        edit = Edit(add=sorted(_added(edit)), del_=sorted(_taken(edit) | gone - _added(edit)))
    verdict = _carry_out(decide(policy, situation), rules, state, name, edit, policy)
    if situation is Situation.SECONDED and verdict.clash is not None:
        return Verdict(clash=replace(verdict.clash, problem=NEEDS_SECOND))
    return verdict


def _fitted(rules: KindPolicy, name: str, edit: Edit, current: Any) -> tuple[Merge, Edit]:
    """Return the policy, and the edit in the form that the policy works with.

    A field of a newer schema says by the form of its edit what it is.
    """
    policy = rules.merges.get(name)
    if policy is None:
        if edit.by is not UNSET:
            return Merge.DELTA, edit
        return (Merge.VALUE, edit) if edit.to is not UNSET else (Merge.SET, edit)
    if edit.to is not UNSET and policy is Merge.SET:
        to, was = _elements(name, edit.to), _elements(name, edit.was)
        return policy, Edit(add=sorted(to - was), del_=sorted(was - to))
    if edit.to is not UNSET and policy is Merge.DELTA:
        return policy, Edit(by=_number(name, edit.to) - _number(name, edit.was))
    return policy, edit


def _elements(name: str, value: Any) -> set[str]:
    if value is None:
        return set()
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise Refused(Problem.of("malformed-op", name))
    return set(value)


def _added(edit: Edit) -> frozenset[str]:
    return frozenset() if isinstance(edit.add, UnsetType) else frozenset(edit.add)


def _taken(edit: Edit) -> frozenset[str]:
    return frozenset() if isinstance(edit.del_, UnsetType) else frozenset(edit.del_)


def _is_swapped(name: str, current: Any, edit: Edit, replaced: Mapping[str, frozenset[str]]) -> bool:
    """Say whether one removed and the other edited one element: one for one is an edit, in whichever order they come."""
    have = _elements(name, current)
    gone = _taken(edit) - have
    edits = len(_added(edit)) == len(_taken(edit)) and bool(_added(edit) - have)
    removes = any((replaced.get(each, frozenset()) & have) - _added(edit) for each in gone)
    return bool(gone) and (edits or removes)


def refuse_emptied(rules: KindPolicy, name: str, value: Any) -> None:
    """Refuse what would leave nothing in a set of which something always stays.

    Raises:
        Refused: it would.
    """
    if not value and name in rules.never_empty:
        raise Refused(Problem.of("emptied", name))


def _number(name: str, value: Any) -> int:
    if value is None:
        return 0
    if isinstance(value, bool) or not isinstance(value, int):
        raise Refused(Problem.of("malformed-op", name))
    return value


def _situation(rules: KindPolicy, policy: Merge, state: RecordState, name: str, edit: Edit) -> Situation:
    current = state.body.get(name)
    if edit.to is not UNSET and is_same(edit.to, current):
        return Situation.SAME
    if policy is Merge.CLAIM and edit.to is not UNSET:
        return _claim_situation(rules, state, edit, current)
    if state.voided:
        return Situation.VOID
    if policy in LOCKABLE and name in rules.merges and name not in rules.late and is_frozen(rules, state):
        return Situation.LOCKED
    if edit.by is not UNSET:
        return Situation.COUNT
    if edit.to is UNSET:
        return Situation.ELEMENTS
    return Situation.FRESH if is_fresh(policy, current, state.stamp(name), edit) else Situation.STALE


def _claim_situation(rules: KindPolicy, state: RecordState, edit: Edit, current: Any) -> Situation:
    """A free record may be claimed whatever its author saw; what is held, only by who names the one that holds it."""
    if edit.to is not None and state.voided:
        return Situation.VOID
    if edit.to is not None and is_frozen(rules, state):
        return Situation.LOCKED
    return Situation.FRESH if current is None or edit.was == current else Situation.STALE


def is_frozen(rules: KindPolicy, state: RecordState) -> bool:
    """Return whether the record's state freezes its frozen fields."""
    return rules.state_field is not None and state.body.get(rules.state_field) in rules.frozen_states


def _carry_out(
    rule: Rule, rules: KindPolicy, state: RecordState, name: str, edit: Edit, policy: Merge
) -> Verdict:
    if rule in (Rule.KEEP, Rule.IGNORE):
        return _KEPT
    if rule is Rule.REFUSE_FROZEN:
        raise Refused(Problem.of(rules.frozen_code, name))
    if rule in _REFUSALS:
        raise Refused(Problem.of(_REFUSALS[rule], name))
    if rule is Rule.LOSE:
        return _lose(rules, state, name, edit)
    value = new_value(name, edit, state.body.get(name))
    if rule is Rule.RISE:
        value = max(_number(name, value), _number(name, state.body.get(name)))
    if rule is Rule.ADD and value < rules.least.get(name, value):
        raise Refused(Problem.of("out-of-range", name, least=rules.least[name]))
    if rule is Rule.CLASH:
        return _clash(state, name, edit, value, policy)
    refuse_emptied(rules, name, value)
    if rule in (Rule.STEP, Rule.LATE_STEP):
        return _step(rule, rules, state, name, edit)
    if rule is Rule.WEAVE:
        return _weave(state, name, edit)
    return _KEPT if is_same(value, state.body.get(name)) else Verdict(True, value)


_REFUSALS: Final = {
    Rule.REFUSE_FORM: "malformed-op",
    Rule.REFUSE_ONCE: "write-once",
}


def new_value(name: str, edit: Edit, current: Any) -> Any:
    """Return the value that an edit leads to from the current one.

    Raises:
        Refused: a counter out of range, or elements for something that is no set.
    """
    if edit.to is not UNSET:
        return edit.to
    if not isinstance(edit.by, UnsetType):
        total = _number(name, current) + edit.by
        if abs(total) > MAX_INT:
            raise Refused(Problem.of("out-of-range", name))
        return total
    return sorted((_elements(name, current) - _taken(edit)) | _added(edit)) or None


def _lose(rules: KindPolicy, state: RecordState, name: str, edit: Edit) -> Verdict:
    """A claim that came too late; a release of what is not held any more has nothing to do."""
    if edit.to is None:
        return _KEPT
    if state.voided or is_frozen(rules, state):
        return Verdict(lost=Problem.of("claim-closed", name))
    return Verdict(lost=Problem.of("claim-lost", name, winner=state.body.get(name)))


def _clash(state: RecordState, name: str, edit: Edit, value: Any, policy: Merge) -> Verdict:
    if state.voided:
        return Verdict(clash=Clash(name, value, edit.was, edit.saw, RESTORE, "restore"))
    late = policy is Merge.TRANSITION
    problem = "late-transition" if late else "field-conflict"
    return Verdict(clash=Clash(name, value, edit.was, edit.saw, policy.value, problem))


def _step(rule: Rule, rules: KindPolicy, state: RecordState, name: str, edit: Edit) -> Verdict:
    current = state.body.get(name)
    if rule is Rule.LATE_STEP and edit.was is not None and not rules.allows(edit.was, edit.to):
        raise Refused(Problem.of("illegal-transition", name))
    if rules.allows(current, edit.to):
        return Verdict(True, edit.to)
    if rule is Rule.STEP:
        raise Refused(Problem.of("illegal-transition", name))
    return _clash(state, name, edit, edit.to, Merge.TRANSITION)


def _weave(state: RecordState, name: str, edit: Edit) -> Verdict:
    current = state.body.get(name)
    if isinstance(edit.was, str) and isinstance(edit.to, str) and isinstance(current, str):
        woven = merge3(edit.was, edit.to, current)
        if woven is not None:
            return Verdict(woven != current, woven, woven=True)
    return _clash(state, name, edit, edit.to, Merge.TEXT)


def _void(
    rules: KindPolicy, state: RecordState, op: Op, own: Container[str], covered: Collection[str]
) -> Result:
    voids = op.verb == "void"
    if state.voided == voids:
        return Result(Outcome.MERGED, state)
    unseen = [name for name in sorted({*unseen_fields(state, op, own), *covered}) if rules.merges.get(name) not in NOT_A_PERSONS]
    if voids and unseen:
        clash = Clash(VOIDED, True, None, None, Merge.VOID.value, "void-proposal")
        return Result(Outcome.CONFLICT, state, {}, (clash,), Problem.of("void-proposal", unseen[0]))
    if not voids and VOIDED in unseen:
        clash = Clash(VOIDED, None, True, op.saw.get(VOIDED), Merge.VOID.value, "field-conflict")
        return Result(Outcome.CONFLICT, state, {}, (clash,), Problem.of("field-conflict", VOIDED))
    values = {VOIDED: True if voids else None, VOID_REASON: op.reason if voids else None}
    changes = {name: (state.body.get(name), value) for name, value in values.items()}
    return Result(Outcome.APPLIED, changed(state, op.op_id, values), changes)


def _move(state: RecordState, op: Op) -> Result:
    """Move a record to another scope. Of two that did not know of each other the first stands: the record cannot be in
    two places, and who comes second is told where it went.
    """
    if op.to_scope == state.scope:
        return Result(Outcome.MERGED, state)
    if op.saw.get(SCOPE) != state.stamp(SCOPE):
        raise Refused(Problem.of("moved-already", to=state.scope))
    assert op.to_scope is not None
    after = replace(
        state, scope=op.to_scope, ver=state.ver + 1, stamps=state.stamps | {SCOPE: op.op_id}
    )
    return Result(Outcome.APPLIED, after, {SCOPE: (state.scope, op.to_scope)})


def unseen_fields(state: RecordState, op: Op, own: Container[str]) -> list[str]:
    """Return the fields whose current stamp is not what the author of a void saw."""
    seen = {name: op.saw.get(name) or op.saw.get(DEFAULT) for name in state.stamps}
    return sorted(n for n, stamp in state.stamps.items() if stamp not in own and seen[n] != stamp)


def overdue(policies: Policies, state: RecordState, op: Op, why: str = "held-too-long") -> Result:
    """Return what becomes of an operation that has waited too long for what its author saw: a person decides.

    Every value that differs from what stands is kept as a candidate of a conflict, and nothing is written unseen.
    """
    rules, edits = policies[op.kind], op.set
    if op.verb in ("void", "unvoid"):
        edits = {VOIDED: Edit(to=True if op.verb == "void" else None, was=state.body.get(VOIDED))}
    try:
        fitted = {name: _fitted(rules, name, edit, None) for name, edit in edits.items()}
        wanted = {
            name: new_value(name, edit, state.body.get(name))
            for name, (policy, edit) in fitted.items() if policy not in (*NOT_A_PERSONS, Merge.CLAIM)
        }  # fmt: skip
    except Refused as refused:
        return Result(Outcome.REJECTED, state, problem=refused.problem)
    clashes = tuple(
        Clash(name, value, edits[name].was, edits[name].saw, OVERDUE, why)
        for name, value in wanted.items() if not is_same(value, state.body.get(name))
    )  # fmt: skip
    problem = Problem.of(why, clashes[0].field if clashes else None)
    if rules.claim_field in op.set:
        return Result(Outcome.LOST, state, {}, clashes, problem)
    return Result(Outcome.CONFLICT, state, {}, clashes, problem) if clashes else Result(Outcome.MERGED, state)
