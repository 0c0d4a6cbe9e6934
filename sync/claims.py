"""Claims (抢单): one arbiter, the centre, under the lock of the record's row; the first commit wins (8.9, hazard 19).

Every attempt is a record of kind ``claim`` in the feed: who asked, whether it holds, was lost and to whom, or how it
ended, so that everybody concerned is told on every desk.  A claim that lost takes nothing else down with it: the other
fields of its operation are merged as ever, and records made in the same group are kept, marked as supplementary.
Pure.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final

from msgspec import UNSET

from sync.merge import Outcome, RecordState, Result, is_frozen
from sync.policies import KindPolicy
from sync.protocol import CLAIM_KIND, Edit, Op
from zzdesk.clock import from_iso, to_iso
from zzdesk.ops.apply import DEFAULT, Body, put

LEASE: Final = "lease_until"
SUPPLEMENTARY: Final = "supplementary"
HELD: Final = "held"
LOST: Final = "lost"
RELEASED: Final = "released"
EXPIRED: Final = "expired"
TAKEN_OVER: Final = "taken-over"

RENEW_AFTER: Final = timedelta(minutes=5)
"""A lease is written anew only when that much of it is used up."""
_CLAIMS: Final = uuid.UUID("2d0f6c1e-93d5-5b7a-9a41-6f0c8b1e7d52")

ClaimOf = Callable[[str], RecordState | None]
"""Gives a claim by its id."""


@dataclass(frozen=True, slots=True)
class Term:
    """The centre's time when it judges, and how long what it grants lasts."""

    now: datetime
    lease: timedelta = timedelta(hours=2)
    conflict_due: timedelta = timedelta(days=3)

    @property
    def iso(self) -> str:
        """Return the moment as it is stored and sent."""
        return to_iso(self.now)

    @property
    def lease_until(self) -> str:
        """Return the end of a lease that begins now."""
        return to_iso(self.now + self.lease)

    @property
    def due(self) -> str:
        """Return when a conflict that opens now should be decided."""
        return to_iso(self.now + self.conflict_due)


def claim_id(kind: str, record_id: str, op_id: str) -> str:
    """Return the id of the attempt that an operation is: the same wherever it is computed."""
    return str(uuid.uuid5(_CLAIMS, f"{kind}/{record_id}/{op_id}"))


def overrides(edit: Edit, user: str) -> bool:
    """Say whether a change of a claim is about somebody else: it gives to another, or takes from another."""
    taken = edit.was is not None and edit.was != user
    given = edit.to is not UNSET and edit.to is not None and edit.to != user
    return taken or given


def settle(
    rules: KindPolicy, before: RecordState | None, result: Result, op: Op, term: Term, claim_of: ClaimOf
) -> tuple[Result, list[RecordState]]:
    """Return the result with its lease, and the claims that begin or end with the operation."""
    name = rules.claim_field
    if name is None or before is None or result.state is None:
        return result, []
    if result.lost:
        return result, [_attempt(result.state, op, _asked(op, name), LOST, term, winner=before.body.get(name))]
    if name not in result.changes:
        return _renewed(rules, result, op, term), []
    old, new = result.changes[name]
    touched = [_ended(claim, op, new, term) for claim in [_standing(before, name, claim_of)] if claim and old]
    if new is not None:
        touched.append(_attempt(result.state, op, new, HELD, term))
    runs = new is not None and not is_frozen(rules, result.state)
    return _leased(result, op, term.lease_until if runs else None), touched


def _asked(op: Op, name: str) -> Any:
    return op.set[name].to


def _standing(state: RecordState, name: str, claim_of: ClaimOf) -> RecordState | None:
    return claim_of(claim_id(state.kind, state.id, state.stamp(name)))


def _attempt(state: RecordState, op: Op, user: Any, how: str, term: Term, winner: Any = None) -> RecordState:
    body: Body = {
        "record_kind": state.kind, "record_id": state.id, "claimant": user, "state": how, "op": op.op_id,
        "created_at": term.iso, "created_by": op.actor.user, "changed_at": term.iso,
    }  # fmt: skip
    put(body, "winner", winner)
    put(body, "reason", op.reason)
    new = claim_id(state.kind, state.id, op.op_id)
    return RecordState(CLAIM_KIND, new, state.scope, 1, body, {DEFAULT: op.op_id})


def _ended(claim: RecordState, op: Op, successor: Any, term: Term) -> RecordState:
    own = op.actor.user == claim.body["claimant"]
    how = RELEASED if own and successor is None else TAKEN_OVER
    return closed(claim, op.op_id, how, term, op.actor.user, successor, op.reason)


def closed(
    claim: RecordState, op_id: str, how: str, term: Term, by: str | None = None, winner: Any = None,
    reason: str | None = None,
) -> RecordState:  # fmt: skip
    """Return a claim that no longer holds."""
    body = claim.body | {"state": how, "changed_at": term.iso}
    for name, value in (("ended_by", by), ("winner", winner), ("reason", reason)):
        put(body, name, value if value is not None else body.get(name))
    return replace(claim, ver=claim.ver + 1, body=body, stamps={DEFAULT: op_id})


def _renewed(rules: KindPolicy, result: Result, op: Op, term: Term) -> Result:
    """Progress by who holds the record renews the lease; a record that is closed needs none."""
    state = result.state
    assert state is not None
    until = state.body.get(LEASE)
    if until is None or not result.changes:
        return result
    if is_frozen(rules, state):
        return _leased(result, op, None)
    holds = state.body.get(rules.claim_field or "") == op.actor.user
    return _leased(result, op, term.lease_until) if holds and is_worn(until, term) else result


def is_worn(until: str, term: Term) -> bool:
    """Say whether enough of a lease is used up to write it anew."""
    return bool(term.now + term.lease - from_iso(until) >= RENEW_AFTER)


def _leased(result: Result, op: Op, until: str | None) -> Result:
    state = result.state
    assert state is not None
    after = with_lease(state, op.op_id, until)
    changes = dict(result.changes) | {LEASE: (state.body.get(LEASE), until)}
    outcome = Outcome.APPLIED if result.outcome is Outcome.MERGED and not result.changes else result.outcome
    return replace(result, outcome=outcome, state=after, changes=changes)


def with_lease(state: RecordState, op_id: str, until: str | None) -> RecordState:
    """Return the state with another end of its lease, at the same version."""
    body = dict(state.body)
    put(body, LEASE, until)
    return replace(state, body=body, stamps=state.stamps | {LEASE: op_id})


def renewed_by_child(rules: KindPolicy, parent: RecordState, user: str, op_id: str, term: Term) -> RecordState | None:
    """Return the parent with a new lease where who holds it has written a child of it, else None."""
    until = parent.body.get(LEASE)
    if until is None or parent.body.get(rules.claim_field or "") != user or not is_worn(until, term):
        return None
    return replace(with_lease(parent, op_id, term.lease_until), ver=parent.ver + 1)


def supplementary(child: RecordState) -> RecordState:
    """Return a record that was made together with a claim that lost, marked so."""
    return replace(child, body=child.body | {SUPPLEMENTARY: True})
