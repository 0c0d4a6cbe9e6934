"""Judges one group of operations: may its sender write there, is everything it builds upon here, how does it merge."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import msgspec
from msgspec import UNSET

from sync import claims, conflicts
from sync.claims import Term
from sync.merge import ACCOUNT_KIND, Outcome, RecordState, Result, merge, waits_for
from sync.policies import KindPolicy, Policies
from sync.protocol import CONFLICT_KIND, Edit, Op, Problem
from sync.server import scopes
from sync.server.accounts import is_proof, is_stopped
from sync.server.rows import Past
from sync.server.stage import Draft, Item, Settled, Stage
from zzdesk.accounts.rights import allowed

PROOF_FIELD: Final = "proof_key"
"""The public key of an account's password."""


class FaultError(Exception):
    """Judging an operation raised what nobody expected: it steps aside, the rest goes on."""

    def __init__(self, item: Item, cause: Exception) -> None:
        super().__init__(type(cause).__name__)
        self.item = item
        self.cause = cause


def judge_group(policies: Policies, stage: Stage, group: Sequence[Item], term: Term) -> list[Settled]:
    """Apply a group to the stage, whole or not at all, and return what became of each operation.

    ``term`` is the centre's time, and how long what it grants lasts.

    Raises:
        FaultError: an operation could not be judged; the stage is as it was.
    """
    draft = Draft(stage, group)
    settled: list[Settled] = []
    for item in group:
        verdict = _guarded(policies, draft, item, term)
        if verdict.outcome == Outcome.HELD:
            assert verdict.waits_on is not None
            return [_held(each, verdict.waits_on) for each in group]
        if verdict.outcome == Outcome.DEFERRED:
            return [Settled(each, Outcome.DEFERRED, verdict.problem) for each in group]
        if verdict.outcome == Outcome.REJECTED:
            _remember(stage, group)
            return [verdict if each is item else _dragged(each) for each in group]
        settled.append(verdict)
    _children_of_claims(policies, draft, group, term)
    draft.keep()
    _remember(stage, group)
    return settled


def _remember(stage: Stage, group: Sequence[Item]) -> None:
    """Note that these operations are judged: applied or refused, they will not come again."""
    stage.known.update(item.op_id for item in group)


def _held(item: Item, waits_on: str) -> Settled:
    return Settled(item, Outcome.HELD, Problem.of("waiting"), waits_on=waits_on)


def _dragged(item: Item) -> Settled:
    problem = Problem.of(item.problem or "group-rejected")
    return Settled(item, Outcome.REJECTED, problem)


def _guarded(policies: Policies, draft: Draft, item: Item, term: Term) -> Settled:
    try:
        return _judge(policies, draft, item, term)
    except Exception as error:
        raise FaultError(item, error) from error


def _judge(policies: Policies, draft: Draft, item: Item, term: Term) -> Settled:
    op = item.op
    if op is None:
        return Settled(item, Outcome.REJECTED, Problem.of(item.problem or "malformed-op"))
    state = draft.get((op.kind, op.id))
    waits_on = waits_for(state, op, draft)
    if waits_on:
        return _held(item, waits_on)
    refusal = _authorise(draft, item, op, state)
    if refusal:
        return refusal
    refusal = _may_override(policies[op.kind], draft, item, op)
    if refusal:
        return refusal
    if op.kind == ACCOUNT_KIND and state is not None:
        op = _newest_key(op, state)
    draft.stage.authors[op.op_id] = item.author
    if op.verb == "resolve":
        return _resolve(policies, draft, item, op, state, term)
    result = merge(policies, state, op, draft.own)
    result, claimed = claims.settle(policies[op.kind], state, result, op, term, draft.claim)
    settled = _take(draft, item, op, state, result, (), term)
    for claim in claimed:
        draft.put(claim, None)
    return settled


def _authorise(draft: Draft, item: Item, op: Op, state: RecordState | None) -> Settled | None:
    """Return why the operation may not write where it wants to, or None when it may."""
    scope_id = state.scope if state else op.scope
    assert scope_id is not None
    denied = Settled(item, Outcome.REJECTED, Problem.of("scope-denied"))
    case_id = scopes.case_of(scope_id)
    if case_id is None and scope_id != item.sender.station:
        return denied
    if case_id is None:
        return _may_change_account(draft, item, op) if op.kind == ACCOUNT_KIND else None
    case = draft.get((scopes.CASE_KIND, case_id))
    station, team = (case.scope, case.body.get(scopes.TEAM_FIELD, ())) if case else ("", ())
    if case is None:
        if scope_id not in draft.stage.teams:
            return _held(item, f"rec:{scopes.CASE_KIND}/{case_id}")
        station, team = draft.stage.teams[scope_id]
    if station != item.sender.station or op.actor.user not in team:
        return denied
    if not _is_proven(draft, item, op):
        return Settled(item, Outcome.DEFERRED, Problem.of("unproven"))  # until the passwords are one again
    return None


def _is_proven(draft: Draft, item: Item, op: Op) -> bool:
    return is_proof(draft.account(op.actor.user), item.sig, item.hash.encode())


def _may_change_account(draft: Draft, item: Item, op: Op) -> Settled | None:
    """Return why an account may not be changed: that takes an administrator, or for the own password the person.

    Making one is open to every device of the station: that is how a new desk begins, and nobody's account changes.
    """
    author = draft.account(op.actor.user)
    if op.verb == "create":
        return None
    if not _is_proven(draft, item, op):
        return Settled(item, Outcome.REJECTED, Problem.of("unproven"))
    own = op.id == op.actor.user and op.verb == "patch" and set(op.set) == {PROOF_FIELD}
    keeps = author is not None and allowed(frozenset(author.body.get("roles") or ()), "account.manage")
    if author is None or is_stopped(author) or not (own or keeps):
        return Settled(item, Outcome.REJECTED, Problem.of("not-administrator"))
    return None


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


def _newest_key(op: Op, state: RecordState) -> Op:
    """Let a proven change of a password's key stand, whatever was seen: two keys are nothing to choose between."""
    if PROOF_FIELD not in op.set:
        return op
    edit = Edit(to=op.set[PROOF_FIELD].to, was=state.body.get(PROOF_FIELD))
    return msgspec.structs.replace(op, set={**op.set, PROOF_FIELD: edit})


def _resolve(
    policies: Policies, draft: Draft, item: Item, op: Op, state: RecordState | None, term: Term
) -> Settled:
    assert state is not None
    listed = [found for each in op.conflicts if (found := draft.get((CONFLICT_KIND, each)))]
    resolution = conflicts.resolve(policies, state, op, item.author, listed)
    return _take(draft, item, op, state, resolution.result, resolution.conflicts, term)


def _take(
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
    touched = [*settled, *_aftermath(draft, before, result, op, item, opened, term)]
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
    draft: Draft,
    before: RecordState | None,
    result: Result,
    op: Op,
    item: Item,
    opened: dict[str, RecordState],
    term: Term,
) -> list[RecordState]:
    if not result.clashes and not opened:
        return []
    return conflicts.aftermath(before, result, op, item.author, opened, draft.stage.author_of, term.iso)
