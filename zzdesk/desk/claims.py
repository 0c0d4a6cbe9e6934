"""Claims (抢单) over all kinds of records: how each stands, who tried, and what a person has to be told."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlalchemy import or_, select

from zzdesk.accounts.queries import display_names, list_accounts
from zzdesk.accounts.rights import actions_of
from zzdesk.clock import RecordId, from_iso, to_iso
from zzdesk.desk.titles import titles
from zzdesk.errors import InvalidError
from zzdesk.i18n import N_
from zzdesk.mediation.team import visible
from zzdesk.ops.apply import canonical
from zzdesk.ops.capture import wire_body
from zzdesk.ops.claims import STATE_WORDS, ClaimState, ClaimView, views
from zzdesk.ops.models import Claim, SyncRecord
from zzdesk.ops.state import server_key
from zzdesk.people.masks import HIDDEN, mask
from zzdesk.store.audit import local_value, set_local_value
from zzdesk.store.base import kinds
from zzdesk.store.unit import ChangeSet, Page, Reader, UnitOfWork

NEWS_FOR: Final = timedelta(days=14)
ED25519: Final = "ed25519:"
_SEEN: Final = "claims.seen:"


@dataclass(frozen=True)
class ClaimRow:
    """One attempt to claim a record. ``state`` is held, lost, released, expired or taken-over.

    ``winner`` holds the record instead, where somebody does; ``reason`` is masked.
    """

    id: RecordId
    record_kind: str
    record_id: RecordId
    title: str
    claimant: str
    claimant_name: str
    state: str
    winner: str | None
    winner_name: str | None
    changed_at: datetime | None
    ended_by: str | None
    ended_by_name: str | None
    reason: str | None
    by_other: bool
    """Whether somebody else asked in the claimant's name (改派)."""
    signed: bool
    """Whether the centre's own signature under it is right, so that it can be shown to anybody (decision 17)."""


def claim_states(read: Reader, kind: str, ids: Iterable[RecordId]) -> dict[RecordId, ClaimView]:
    """Return how the claims of records of one kind stand for the reader.

    Raises:
        InvalidError: records of this kind are not claimed.
    """
    read.require("record.read")
    found = kinds().get(kind)
    if found is None or found.claim_field is None:
        raise InvalidError.one("kind", N_("这类记录不用认领"))
    model: Any = found.model
    holder = getattr(model, found.claim_field)
    rows = read.session.execute(select(model.id, holder, model.lease_until).where(model.id.in_(set(ids)))).all()
    return views(read.session, [(row[0], row[1], row[2]) for row in rows], found.claim_field, read.actor.account_id)


def claimants(read: Reader) -> dict[RecordId, str]:
    """Return the accounts of this station that may handle what is claimed: id and name."""
    read.require("record.read")
    accounts = (row for row in list_accounts(read, limit=200).rows if not row.disabled)
    return {row.id: row.display_name for row in accounts if "report.claim" in actions_of(frozenset(row.roles))}


def claims_of(read: Reader, record_id: RecordId) -> tuple[ClaimRow, ...]:
    """Return every attempt to claim one record, oldest first; of one moment, the one that holds it comes last."""
    read.require("record.read")
    query = select(Claim).where(Claim.record_id == record_id, visible(read, Claim)).order_by(Claim.id)
    found = sorted(read.session.scalars(query), key=lambda claim: (str(claim.created_at), claim.state == "held", claim.id))
    return _rows(read, found)


def claim_news(read: Reader, after: str | None = None, limit: int = 50) -> Page[ClaimRow]:
    """Return what the reader has to be told of claims, newest first, until ``note_seen``, for fourteen days at most.

    Lost to somebody, ended by its lease, taken over or given by somebody with more rights.
    """
    read.require("record.read")
    me = read.actor.account_id
    given = (Claim.state == "held") & (Claim.created_by != me)
    taken = Claim.state.in_(("lost", "expired")) | (Claim.state == "taken-over") & (Claim.ended_by != me)
    query = select(Claim).where(Claim.claimant == me, or_(given, taken), Claim.changed_at > _since(read))
    if after is not None:
        moment, _, ended_with = after.partition("/")
        at = from_iso(moment)
        query = query.where((Claim.changed_at < at) | ((Claim.changed_at == at) & (Claim.id < ended_with)))
    query = query.order_by(Claim.changed_at.desc(), Claim.id.desc()).limit(limit + 1)
    found = list(read.session.scalars(query))
    rows = _rows(read, found[:limit])
    last = found[limit - 1] if len(found) > limit else None
    return Page(rows, f"{to_iso(last.changed_at)}/{last.id}" if last is not None and last.changed_at else None)


def _since(read: Reader) -> datetime:
    oldest = read.clock.now() - NEWS_FOR
    seen = local_value(read.session, _SEEN + read.actor.account_id)
    return max(oldest, from_iso(seen)) if seen else oldest


def note_seen(work: UnitOfWork, until: datetime) -> ChangeSet:
    """Note that the actor has read the news about claims up to a moment (the newest row's ``changed_at``)."""
    set_local_value(work.session, _SEEN + work.actor.account_id, to_iso(until))
    work.touch("claim", "")
    return work.commit()


def _rows(read: Reader, found: list[Claim]) -> tuple[ClaimRow, ...]:
    lines = titles(read, {(c.record_kind, c.record_id) for c in found})
    people = {p for c in found for p in (c.claimant, c.winner, c.ended_by) if p}
    names = display_names(read, frozenset(people))

    def name(account: str | None) -> str | None:
        return names.get(account, HIDDEN) if account else None

    return tuple(
        ClaimRow(
            c.id, c.record_kind, c.record_id, lines.get((c.record_kind, c.record_id), ""), c.claimant,
            name(c.claimant) or HIDDEN, c.state, c.winner, name(c.winner), c.changed_at, c.ended_by,
            name(c.ended_by), mask("text", c.reason) or None, c.created_by != c.claimant, _is_signed(read, c),
        )
        for c in found
    )  # fmt: skip


def _is_signed(read: Reader, claim: Claim) -> bool:
    """Check the centre's Ed25519 signature over kind, id, scope and content, by the key that it announced."""
    announced, stored = server_key(read.session, ED25519), read.session.get(SyncRecord, ("claim", claim.id))
    if announced is None or stored is None or not claim.proof:
        return False
    body = wire_body(kinds()["claim"], claim) | (stored.extra or {})
    said = canonical(["claim", claim.id, claim.scope, {n: part for n, part in body.items() if n != "proof"}])
    try:
        key = Ed25519PublicKey.from_public_bytes(base64.b64decode(announced.removeprefix(ED25519)))
        key.verify(base64.b64decode(claim.proof), said)
    except (InvalidSignature, ValueError):
        return False
    return True


__all__ = [
    "STATE_WORDS", "ClaimRow", "ClaimState", "ClaimView", "claim_news", "claim_states", "claimants", "claims_of", "note_seen",
]  # fmt: skip
