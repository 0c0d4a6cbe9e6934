"""Judges one group of operations: may its sender write there, is everything it builds upon here, how does it merge."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Final

import msgspec
from msgspec import UNSET, UnsetType

from sync import claims, conflicts
from sync import merge as merges
from sync.claims import Term
from sync.conflicts import Terms
from sync.fields import OpActor
from sync.merge import ACCOUNT_KIND, Outcome, RecordState, Replaced, Result, merge, waits_for
from sync.policies import KindPolicy, Policies
from sync.protocol import CONFLICT_KIND, Op, Problem
from sync.seen import COMPOSED
from sync.server import (
    arbiter,
    computing,
    deeds,
    duplicates,
    handovers,
    keepers,
    numbering,
    placings,
    points,
    scopes,
    seats,
)
from sync.server.accounts import is_stopped
from sync.server.authority import authorise
from sync.server.blobs_needed import awaited_by
from sync.server.rows import Past
from sync.server.stage import Draft, Item, Settled, Stage
from zzdesk.accounts import sealed
from zzdesk.accounts.rights import allowed
from zzdesk.calendar.records import KIND as CALENDAR_KIND
from zzdesk.ops.apply import BENEATH, DEFAULT, SCOPE
from zzdesk.store.base import Merge


class FaultError(Exception):
    """Judging an operation raised what nobody expected: it steps aside, the rest goes on."""

    def __init__(self, item: Item, cause: Exception) -> None:
        super().__init__(type(cause).__name__)
        self.item = item
        self.cause = cause


def judge_group(
    policies: Policies, stage: Stage, group: Sequence[Item], term: Term, *, overdue: bool = False
) -> list[Settled]:
    """Apply a group to the stage, whole or not at all, and return what became of each operation.

    ``term`` is the centre's time, and how long what it grants lasts. ``overdue``: it has waited long enough for what
    it builds upon; what has a record becomes a conflict, anything else is put aside for a person.

    Raises:
        FaultError: an operation could not be judged; the stage is as it was.
    """
    draft = Draft(stage, group)
    born = _all_born(policies, draft, group)
    if born is not None:
        return born
    settled: list[Settled] = []
    # What is unfit refuses its group whatever the others wait for: waiting would make nobody forget that.
    for item in sorted(group, key=lambda each: each.op is not None):
        verdict = _guarded(policies, draft, item, term, overdue=overdue)
        if verdict.outcome in _STOPS:
            return _stopped(stage, group, verdict)
        settled.append(verdict)
    refused = _stood_against(policies, draft, group, overdue=overdue)
    if refused is not None:
        return _stopped(stage, group, refused)
    _follow_up(policies, draft, group, term)
    draft.keep()
    _remember(stage, group)
    return settled


_STOPS: Final = (Outcome.HELD, Outcome.DEFERRED, Outcome.QUARANTINED, Outcome.REJECTED)


def _stopped(stage: Stage, group: Sequence[Item], verdict: Settled) -> list[Settled]:
    """Return what becomes of a group of which one operation cannot be taken: none of it is."""
    if verdict.outcome == Outcome.REJECTED:
        _remember(stage, group)
        return [verdict if each is verdict.item else _dragged(each) for each in group]
    if verdict.outcome == Outcome.HELD:
        assert verdict.waits_on is not None
        verdict = dataclasses.replace(verdict, problem=verdict.problem or Problem.of("waiting"))
        stage.held |= {each.op_id: verdict.waits_on for each in group}
    return [dataclasses.replace(verdict, item=each) for each in group]


def _stood_against(policies: Policies, draft: Draft, group: Sequence[Item], *, overdue: bool) -> Settled | None:
    """Return what the guard of a kind says against a group, None where nothing does.

    Raises:
        FaultError: the guard could not be asked.
    """
    try:
        refused = deeds.stood_against(policies, draft, group, overdue=overdue)
        return refused or handovers.stood_against(policies, draft, group) or placings.stood_against(draft, group)
    except Exception as error:
        raise FaultError(group[0], error) from error


def _follow_up(policies: Policies, draft: Draft, group: Sequence[Item], term: Term) -> None:
    """Do what more follows from a group.

    Raises:
        FaultError: that failed; the stage is as it was.
    """
    try:
        _children_of_claims(policies, draft, group, term)
        numbering.complete(policies, draft, group, term)
        computing.complete(policies, draft, group)
        duplicates.propose(policies, draft, group, term)
        seats.settle(draft, group, term)
        points.settle(draft, group, term)
    except Exception as error:
        raise FaultError(group[0], error) from error


def _all_born(policies: Policies, draft: Draft, group: Sequence[Item]) -> list[Settled] | None:
    """Apply a group of nothing but new records, all alike, at once; None where it wants to be judged one by one.

    They are one author's, of one kind, for one scope and of one moment: whether the first may be made decides for all.
    """
    first, stage = group[0], draft.stage
    if first.op is None or first.init is None or is_watched(policies, first.op.kind):
        return None
    like, barred = _likeness(first.op), policies[first.op.kind].not_theirs
    for item in group:
        op = item.op
        if op is None or item.init is None or op.verb != "create" or item.logged:
            return None
        if _likeness(op) != like or item.made_at != first.made_at:
            return None
        if (op.kind, op.id) in stage.states or not barred.isdisjoint(op.init) or None in op.init.values():
            return None
        if not policies[op.kind].begins(op.init):
            return None
    if len({item.op.id for item in group if item.op}) != len(group) or _guarded_refusal(policies, draft, first, first.op):
        return None
    bodies = [item.op.init for item in group if item.op]
    if not computing.agree(policies, stage, first.op.kind, first.op.scope or "", bodies):
        return None
    for item in group:
        _bear(stage, item)
    _remember(stage, group)
    return [Settled(item, Outcome.APPLIED) for item in group]


def are_welcome(policies: Policies, stage: Stage, firsts: Sequence[Item]) -> bool:
    """Say whether the groups that begin with these creations may be made: each is all alike, as in ``_all_born``.

    Raises:
        FaultError: one could not be judged.
    """
    return not any(
        item.op is None or _guarded_refusal(policies, Draft(stage, [item]), item, item.op) for item in firsts
    )


_WATCHED: Final = arbiter.WATCHED | {sealed.KIND, ACCOUNT_KIND, CONFLICT_KIND, CALENDAR_KIND, scopes.CASE_KIND}


def is_watched(policies: Policies, kind: str) -> bool:
    """Return whether more follows from a record of this kind than the record."""
    rules = policies[kind]
    follows = (rules.claimed_parent, rules.parent, rules.numbers, rules.guard if rules.guard and rules.guard.always else None)
    return kind in _WATCHED or bool(rules.natural) or any(each is not None for each in follows)


def _likeness(op: Op) -> tuple[str, str | None, OpActor]:
    return op.kind, op.scope, op.actor


def _guarded_refusal(policies: Policies, draft: Draft, item: Item, op: Op) -> bool:
    try:
        return _authorise(policies, draft, item, op, None) is not None
    except Exception as error:
        raise FaultError(item, error) from error


def _bear(stage: Stage, item: Item) -> None:
    op = item.op
    assert op is not None
    assert op.scope is not None
    key = (op.kind, op.id)
    state = RecordState(op.kind, op.id, op.scope, 1, op.init, {DEFAULT: op.op_id})
    stage.states[key] = state
    stage.writers[key] = item.sender.replica
    stage.inits[key] = (state, item)
    stage.born[op.op_id] = item


def _remember(stage: Stage, group: Sequence[Item]) -> None:
    """Note that these operations are judged: applied or refused, they will not come again."""
    stage.known.update(item.op_id for item in group)


def _held(item: Item, waits_on: str) -> Settled:
    return Settled(item, Outcome.HELD, Problem.of("waiting"), waits_on=waits_on)


def _dragged(item: Item) -> Settled:
    problem = Problem.of(item.problem or "group-rejected")
    return Settled(item, Outcome.REJECTED, problem)


def _guarded(policies: Policies, draft: Draft, item: Item, term: Term, *, overdue: bool) -> Settled:
    try:
        return _judge(policies, draft, item, term, overdue=overdue)
    except Exception as error:
        raise FaultError(item, error) from error


def _judge(policies: Policies, draft: Draft, item: Item, term: Term, *, overdue: bool) -> Settled:
    op = item.op
    if op is None:
        return Settled(item, Outcome.REJECTED, Problem.of(item.problem or "malformed-op"))
    state = draft.get((op.kind, op.id))
    late = Settled(item, Outcome.QUARANTINED, Problem.of("held-too-long"))
    if state is None and op.verb != "create":
        return late if overdue else _held(item, f"rec:{op.kind}/{op.id}")
    refusal = _authorise(policies, draft, item, op, state)
    if refusal and not (item.accepted and refusal.outcome in (Outcome.REJECTED, Outcome.QUARANTINED)):
        return refusal
    waits_on = _waits(state, op, draft) or handovers.awaits(draft, op)
    if waits_on and not overdue:
        return _held(item, waits_on)
    if waits_on and (state is None or op.verb == "move" or op.kind == ACCOUNT_KIND):
        return late  # nothing that a choice between values could decide
    op = _with_parent(policies, draft, op, state)
    if waits_on and state is not None:
        draft.stage.authors[op.op_id] = item.author
        return _settled(policies, draft, item, op, state, merges.overdue(policies, state, op), term)
    blocked = _blocked_by(policies[op.kind], draft, op)
    if blocked and not item.accepted:
        return Settled(item, Outcome.HELD, Problem.of("blocked", blocked.body["field"]), waits_on=f"conf:{blocked.id}")
    now = state.body.get(policies[op.kind].state_field or "") if state else None
    needed = awaited_by(policies[op.kind], draft, item, op, now) if state else None
    if needed:
        return late if overdue else Settled(item, Outcome.HELD, Problem.of("bytes-missing"), waits_on=needed)
    if op.kind == ACCOUNT_KIND:
        return _judge_account(policies, draft, item, op, state, term)
    return _merged(policies, draft, item, op, state, term)


def _waits(state: RecordState | None, op: Op, draft: Draft) -> str | None:
    """Return what an operation waits for; a decision never for what itself waits for that decision."""
    waits_on = waits_for(state, op, draft)
    if waits_on is None or op.verb != "resolve":
        return waits_on
    unbound = {
        name: edit for name, edit in op.set.items()
        if not edit.saw or edit.saw in draft or draft.stage.conflict_behind(edit.saw) not in op.conflicts
    }  # fmt: skip
    return waits_for(state, msgspec.structs.replace(op, set=unbound), draft)


def _judge_account(
    policies: Policies, draft: Draft, item: Item, op: Op, state: RecordState | None, term: Term
) -> Settled:
    less = keepers.without_power(draft, item, op, state)
    if less is not None:
        settled = _merged(policies, draft, item, less, state, term)
        return dataclasses.replace(settled, problem=Problem.of("roles-unconfirmed"))
    return _merged(policies, draft, item, keepers.newest_key(op, state) if state else op, state, term)


def _merged(
    policies: Policies, draft: Draft, item: Item, op: Op, state: RecordState | None, term: Term
) -> Settled:
    draft.stage.authors[op.op_id] = item.author
    settled = _tried(policies, draft, item, op, state, term)
    if settled.outcome == Outcome.REJECTED and item.kept and state is not None and op.verb in _CHOICES:
        return _settled(policies, draft, item, op, state, merges.overdue(policies, state, op, "accepted-before"), term)
    return settled


_CHOICES: Final = ("patch", "resolve", "void", "unvoid")
"""Verbs that say values, between which a person can choose."""


def _tried(
    policies: Policies, draft: Draft, item: Item, op: Op, state: RecordState | None, term: Term
) -> Settled:
    if op.verb == "resolve":
        return _resolve(policies, draft, item, op, state, term)
    replaced = _replaced(policies[op.kind], draft, op, state)
    rules = policies.unlocked(op.kind) if item.accepted else policies  # it was written before the record was final
    seconded = frozenset(_seconded(policies[op.kind], draft, op, state))
    result = merge(rules, state, op, draft.own, replaced, seconded, _covered(rules[op.kind], draft, item, op))
    return _settled(policies, draft, item, op, state, result, term)


def _settled(
    policies: Policies, draft: Draft, item: Item, op: Op, state: RecordState | None, result: Result, term: Term
) -> Settled:
    """Put what an operation did into the draft, with the claims and the decisions that begin or end with it."""
    result, claimed = claims.settle(policies[op.kind], state, result, op, term, draft.claim)
    reopened: list[RecordState] = []
    if op.verb == "patch" and op.conflicts and state is not None:
        listed = [found for each in op.conflicts if (found := draft.get((CONFLICT_KIND, each)))]
        opened = draft.open_conflicts((op.kind, op.id))
        reopened = conflicts.reopen(state, result, op, item.author, listed, opened, _terms(policies, state, term))
    settled = _take(policies, draft, item, op, state, result, (), term)
    if settled.outcome == Outcome.REJECTED:
        return settled
    for touched in (*claimed, *reopened):
        draft.put(touched, None)
    if op.verb == "move" and result.outcome == Outcome.APPLIED:
        assert state is not None
        _take_along(draft, op, state.scope)
    ids = (*settled.conflict_ids, *(each.id for each in reopened))
    return dataclasses.replace(settled, conflict_ids=ids)


def _seconded(rules: KindPolicy, draft: Draft, op: Op, state: RecordState | None) -> dict[str, RecordState]:
    """Return by field the conflicts about what an operation writes of which two people have decided what stands."""
    named = [name for name in (*op.set, *op.init) if rules.merges.get(name) is Merge.FOUR_EYES]
    if not named or state is None:
        return {}
    about = draft.conflicts_about((op.kind, op.id))
    return {c.body["field"]: c for c in about if c.body["field"] in named and conflicts.is_seconded(state, c)}


def _terms(policies: Policies, state: RecordState | None, term: Term) -> Terms:
    holder = state.body.get(policies[state.kind].claim_field or "") if state else None
    return Terms(term.iso, term.due, holder)


def _blocked_by(rules: KindPolicy, draft: Draft, op: Op) -> RecordState | None:
    """Return the open conflict that keeps a step back: about money, identity numbers or who a party is (8.8)."""
    if op.verb != "patch" or rules.state_field not in op.set:
        return None
    opened = draft.open_conflicts((op.kind, op.id))
    return next((each for name, each in opened.items() if rules.merges.get(name) is Merge.FOUR_EYES), None)


def _replaced(rules: KindPolicy, draft: Draft, op: Op, state: RecordState | None) -> Replaced:
    """Return what elements that an operation takes away were replaced by meanwhile; asks the history only if any is gone."""
    if op.verb != "patch" or state is None:
        return {}
    gone = [
        name for name, edit in op.set.items()
        if rules.merges.get(name) is Merge.SET and not isinstance(edit.del_, UnsetType)
        and set(edit.del_) - set(state.body.get(name) or ())
    ]  # fmt: skip
    return {name: draft.replacements((op.kind, op.id), name) for name in gone}


def _covered(rules: KindPolicy, draft: Draft, item: Item, op: Op) -> list[str]:
    """Return the fields of a void's record in which its author's edits lie over what he had not seen of somebody else."""
    named = {name.removesuffix(BENEATH): since for name, since in op.saw.items() if name.endswith(BENEATH)}
    mine = item.author.user, item.author.device
    return [
        name for name, since in named.items()
        if rules.merges.get(name) in COMPOSED and any(
            (by.user, by.device) != mine for by in map(draft.stage.author_of, draft.wrote_since((op.kind, op.id), name, since))
        )
    ]  # fmt: skip


def _authorise(policies: Policies, draft: Draft, item: Item, op: Op, state: RecordState | None) -> Settled | None:
    """Return why the operation may not be done, or None when it may."""
    if op.kind == ACCOUNT_KIND:
        return keepers.may_change(draft, item, op, (state.scope if state else op.scope) or "")
    return (
        authorise(policies, draft, item, op, state)
        or _may_override(policies[op.kind], draft, item, op)
        or _may_move(policies, draft, item, op)
    )


def _may_move(policies: Policies, draft: Draft, item: Item, op: Op) -> Settled | None:
    """Return why a record may not be moved where the operation wants it: to a node that there is, and not a child."""
    if op.verb != "move" or op.to_scope is None:
        return None
    if policies[op.kind].parent is not None:
        return Settled(item, Outcome.REJECTED, Problem.of("not-movable"))
    if not scopes.is_node(op.to_scope) or not scopes.nodes(draft.stage.connection, [op.to_scope]):
        return Settled(item, Outcome.REJECTED, Problem.of("unknown-place"))
    return None


def _with_parent(policies: Policies, draft: Draft, op: Op, state: RecordState | None) -> Op:
    """Put a new child where its parent is by now: its author may not know yet that it was moved."""
    parent_key = policies.parent_of(op.kind, op.init) if op.verb == "create" and state is None else None
    parent = draft.get(parent_key) if parent_key else None
    if parent is None or scopes.case_of(parent.scope) or scopes.case_of(op.scope or ""):
        return op
    return msgspec.structs.replace(op, scope=parent.scope)


def _take_along(draft: Draft, op: Op, left: str) -> None:
    """Move what belongs to a record that moved, as far as it was in the same scope (a case's file has its own)."""
    assert op.to_scope is not None
    for child in draft.dependants((op.kind, op.id)):
        if child.scope == left:
            after = dataclasses.replace(child, scope=op.to_scope, ver=child.ver + 1)
            draft.put(after, None)
            draft.note(Past((child.kind, child.id), after.ver, op.op_id, {SCOPE: (left, op.to_scope)}))


def _may_override(rules: KindPolicy, draft: Draft, item: Item, op: Op) -> Settled | None:
    """Return why a claim may not be given to or taken from somebody else: that takes a right, and a reason."""
    edit = op.set.get(rules.claim_field or "")
    if edit is None or edit.to is UNSET or not claims.overrides(edit, op.actor.user):
        return None
    author = draft.account(op.actor.user)
    roles = frozenset(author.body.get("roles") or ()) if author and not is_stopped(author) else frozenset()
    right = rules.override_right
    if right is not None and (op.reason or "").strip() and allowed(roles, right):
        return None
    return Settled(item, Outcome.REJECTED, Problem.of("claim-override", rules.claim_field))


def _children_of_claims(policies: Policies, draft: Draft, group: Sequence[Item], term: Term) -> None:
    """Let a child renew its author's lease on the parent, and mark what came with a claim that lost."""
    lost = draft.lost_claims()
    for item in group:
        op = item.op
        parent = policies[op.kind].claimed_parent if op and op.verb == "create" else None
        above = draft.get((parent[0], str(op.init.get(parent[1])))) if op and parent else None
        child = draft.get((op.kind, op.id)) if op else None
        if op is None or above is None or child is None:
            continue
        if (above.kind, above.id) in lost and claims.SUPPLEMENTARY in policies[op.kind].merges:
            draft.put(claims.supplementary(child), item.sender.replica)
        renewed = claims.renewed_by_child(policies[above.kind], above, op.actor.user, op.op_id, term)
        if renewed is not None:
            draft.put(renewed, None)
            changes = {claims.LEASE: (above.body.get(claims.LEASE), renewed.body[claims.LEASE])}
            draft.note(Past((above.kind, above.id), renewed.ver, op.op_id, changes))


def _resolve(
    policies: Policies, draft: Draft, item: Item, op: Op, state: RecordState | None, term: Term
) -> Settled:
    assert state is not None
    listed = [found for each in op.conflicts if (found := draft.get((CONFLICT_KIND, each)))]
    seconded = frozenset(_seconded(policies[op.kind], draft, op, state))
    resolution = conflicts.resolve(policies, state, op, item.author, listed, seconded)
    return _take(policies, draft, item, op, state, resolution.result, resolution.conflicts, term)


def _take(
    policies: Policies,
    draft: Draft,
    item: Item,
    op: Op,
    before: RecordState | None,
    result: Result,
    settled: Sequence[RecordState],
    term: Term,
) -> Settled:
    """Put what an operation did into the draft."""
    if result.outcome == Outcome.REJECTED:
        return Settled(item, Outcome.REJECTED, result.problem)
    key = (op.kind, op.id)
    decided = {conflict.body["field"] for conflict in settled}
    opened = {name: state for name, state in draft.open_conflicts(key).items() if name not in decided}
    touched = [*settled, *_aftermath(policies, draft, before, result, op, item, opened, _terms(policies, before, term))]
    for state in touched:
        draft.put(state, None)
    if result.state is not None and result.state is not before:
        draft.put(result.state, item.sender.replica)
        if result.changes:
            draft.note(Past(key, result.state.ver, op.op_id, dict(result.changes)))
    draft.done(item)
    ids = tuple(sorted({state.id for state in touched}))
    return Settled(item, result.outcome, result.problem, ids)


def _aftermath(
    policies: Policies,
    draft: Draft,
    before: RecordState | None,
    result: Result,
    op: Op,
    item: Item,
    opened: dict[str, RecordState],
    terms: Terms,
) -> list[RecordState]:
    if not result.clashes and not opened:
        return []
    decided = {}
    if any(clash.problem == merges.NEEDS_SECOND for clash in result.clashes):
        decided = _seconded(policies[op.kind], draft, op, before)
    return conflicts.aftermath(before, result, op, item.author, opened, draft.stage.author_of, terms, decided)
