"""What this desk knows of claims (抢单): asked for, held by the centre's word, or lost. Never "won" before its word."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Literal

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from zzdesk.clock import RecordId
from zzdesk.errors import RefusedError
from zzdesk.i18n import N_
from zzdesk.ops.models import PENDING, Outbox
from zzdesk.store.base import Kind, kind_of
from zzdesk.store.unit import UnitOfWork

ClaimState = Literal["none", "waiting", "held_by_me", "held_by_other"]

STATE_WORDS: Final[dict[str, str]] = {
    "none": N_("无人认领"),
    "waiting": N_("待确认"),
    "held_by_me": N_("由我承办"),
    "held_by_other": N_("由他人承办"),
}
"""What a window or the command line says of each state."""


@dataclass(frozen=True)
class ClaimView:
    """Who has claimed a record, as the centre has confirmed it; ``waiting`` is what this desk has asked for since.

    ``asked`` is ``claim``, ``release`` or ``take-over`` while an operation of this desk waits for the centre's word.
    """

    state: ClaimState = "none"
    holder: str | None = None
    lease_until: datetime | None = None
    asked: str | None = None


NO_CLAIM: Final = ClaimView()


def claim_field(kind: Kind) -> str:
    """Return the field that says who claimed a record of a kind.

    Raises:
        RefusedError: records of this kind are not claimed.
    """
    if kind.claim_field is None:
        raise RefusedError(N_("这类记录不用认领"))
    return kind.claim_field


def waiting_claims(session: Session, ids: Iterable[RecordId], field: str) -> dict[RecordId, dict[str, Any]]:
    """Return, for each record with one, the latest change of its claim that waits for the centre."""
    # The state is looked at here: SQLite would look through all that waits by it, instead of through the few claims.
    query = select(Outbox).where(text("urgent = 1"), Outbox.record_id.in_(set(ids)))
    return {
        row.record_id: row.body["set"][field]
        for row in session.scalars(query.order_by(Outbox.n))
        if row.state in PENDING and field in row.body.get("set", ())
    }


def view(holder: str | None, lease_until: datetime | None, asked: dict[str, Any] | None, me: str) -> ClaimView:
    """Return how a claim stands: what was asked for is waiting, whatever this desk would like to be true."""
    confirmed: ClaimState = "none" if holder is None else "held_by_me" if holder == me else "held_by_other"
    if asked is None:
        return ClaimView(confirmed, holder, lease_until)
    if asked["to"] is None:
        return ClaimView(confirmed, holder, lease_until, "release")
    what = "take-over" if asked["was"] else "claim"
    return ClaimView("waiting" if asked["to"] == me else confirmed, holder, lease_until, what)


def views(
    session: Session, rows: Sequence[tuple[RecordId, str | None, datetime | None]], field: str, me: str
) -> dict[RecordId, ClaimView]:
    """Return how the claims of these ``(id, holder, lease_until)`` stand for the account ``me``."""
    asked = waiting_claims(session, [row[0] for row in rows], field)
    return {record_id: view(holder, until, asked.get(record_id), me) for record_id, holder, until in rows}


def _standing(work: UnitOfWork, record: Any) -> tuple[str, str | None, dict[str, Any] | None]:
    work.session.flush()
    field = claim_field(kind_of(type(record)))
    return field, getattr(record, field), waiting_claims(work.session, [record.id], field).get(record.id)


def ask(work: UnitOfWork, record: Any) -> None:
    """Ask the centre for a record: an intent, until its word has come.

    Raises:
        RefusedError: it is void, somebody holds it, or it was asked for already.
    """
    field, holder, asked = _standing(work, record)
    if record.voided:
        raise RefusedError(N_("这条记录已经作废，要先恢复才能更改"))
    if asked is not None and asked["to"] == work.actor.account_id:
        raise RefusedError(N_("已经提出认领，等中心确认"))
    if asked is not None:
        raise RefusedError(N_("本机对这条记录的认领另有改动在等中心确认"))
    if holder == work.actor.account_id:
        raise RefusedError(N_("这条记录已经由您承办"))
    if holder is not None:
        raise RefusedError(N_("这条记录已由别人认领；确有必要时由有权限的人改派"))
    work.ask(record, field, work.actor.account_id, None)


def give_back(work: UnitOfWork, record: Any, reason: str | None = None) -> None:
    """Give a record back that one holds, or take an intent back that the centre has not answered.

    Raises:
        RefusedError: it is neither held nor asked for by this person; or release is asked for already.
    """
    field, holder, asked = _standing(work, record)
    me = work.actor.account_id
    mine = asked["to"] if asked is not None else holder
    if mine != me:
        raise RefusedError(N_("这条记录不由您承办"))
    work.ask(record, field, None, me, reason)


def give_to(work: UnitOfWork, record: Any, right: str, account: RecordId | None, reason: str | None) -> None:
    """Take a record from who holds it and give it to somebody (to oneself when ``account`` is None), with a reason.

    Raises:
        RefusedError: no right, no reason, nobody holds it, or it is theirs already.
    """
    work.require(right)
    field, holder, asked = _standing(work, record)
    target = account or work.actor.account_id
    if record.voided:
        raise RefusedError(N_("这条记录已经作废，要先恢复才能更改"))
    if asked is not None:
        raise RefusedError(N_("本机对这条记录的认领另有改动在等中心确认"))
    if not (reason or "").strip():
        raise RefusedError(N_("改派要写明理由"))
    if holder is None and target == work.actor.account_id:
        raise RefusedError(N_("没有人承办，请直接认领"))
    if holder == target:
        raise RefusedError(N_("已经由这个人承办"))
    work.ask(record, field, target, holder, (reason or "").strip())


def take_back(
    work: UnitOfWork, record: Any, right: str, account: RecordId, was: RecordId | None, reason: str
) -> None:
    """Take back that a record was given to ``account``, whether or not the centre has said its word about that.

    ``was`` holds it again, None: nobody.

    Raises:
        RefusedError: no right, or something else was asked for or decided since.
    """
    work.require(right)
    field, holder, asked = _standing(work, record)
    if record.voided or account != (asked["to"] if asked is not None else holder):
        raise RefusedError(N_("承办人后来又变了，没有撤销"))
    work.ask(record, field, was, account, reason)
