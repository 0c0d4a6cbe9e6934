"""Calls of the kiosk as a desk shows them, numbers masked; and as the kiosk that made one asks whether it was heard."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Select, func, select

from zzdesk.accounts.models import Account
from zzdesk.clock import RecordId
from zzdesk.jobs import calling
from zzdesk.jobs.kiosk_rules import SERVE
from zzdesk.jobs.models_calls import KioskCall
from zzdesk.people.masks import mask
from zzdesk.store.paging import newest_first
from zzdesk.store.unit import Page, Reader

KIOSK: Final = "kiosk"
"""The role of a kiosk's account."""
SHOWN: Final = 20
"""Calls of a kind that a banner looks at."""


@dataclass(frozen=True)
class CallRow:
    """One call. ``machine`` is the name of the kiosk's account, ``lively``: whoever called may still stand there."""

    id: RecordId
    what: str
    state: str
    machine: str
    phone: str
    calling: str
    created_at: datetime
    lively: bool
    voided: bool = False


def list_calls(
    read: Reader, states: tuple[str, ...] = (), after: str | None = None, limit: int = 50
) -> Page[CallRow]:
    """Return one page of calls, newest first.

    Raises:
        RefusedError: no right to see workers.
    """
    read.require("job.worker.list")
    page = newest_first(read.session, KioskCall, select(KioskCall), states=states, void=False, after=after, limit=limit)
    return Page(tuple(_row(read, call) for call in page.rows), page.after)


@dataclass(frozen=True)
class OpenCalls:
    """Who waits. ``rows``: those who stand there, the newest first, then numbers to be called back, the oldest first, so many
    of each as a banner looks at; ``callbacks`` how many numbers wait in all, ``over`` how many of them wait too long.
    """

    rows: tuple[CallRow, ...] = ()
    callbacks: int = 0
    over: int = 0


def open_calls(read: Reader) -> OpenCalls:
    """Return who waits: neither a busy morning nor old calls that nobody answered keep who waits longest out of it.

    Raises:
        RefusedError: no right to see workers.
    """
    read.require("job.worker.list")
    now, made = read.clock.now(), KioskCall.created_at
    staff = _waiting(calling.STAFF).where(made > now - calling.LIVELY).order_by(made.desc(), KioskCall.id.desc())
    numbers = _waiting(calling.CALLBACK).where(made > now - calling.KEPT)
    first = numbers.order_by(made, KioskCall.id)
    found = [call for query in (staff, first) for call in read.session.scalars(query.limit(SHOWN))]
    old = _waiting(calling.CALLBACK).where(made <= now - calling.KEPT)
    return OpenCalls(tuple(_row(read, call) for call in found), _count(read, numbers), _count(read, old))


def _waiting(what: str) -> Select[Any]:
    return select(KioskCall).where(
        KioskCall.state == calling.OPEN, KioskCall.what == what, KioskCall.voided.is_not(True)
    )


def _count(read: Reader, query: Select[Any]) -> int:
    return int(read.session.scalar(query.with_only_columns(func.count())) or 0)


def _row(read: Reader, call: KioskCall) -> CallRow:
    account = read.session.get(Account, call.created_by)
    lively = call.state == calling.OPEN and call.created_at > read.clock.now() - calling.LIVELY
    return CallRow(
        call.id, call.what, call.state, account.display_name if account is not None else "", mask("phone", call.phone),
        call.calling or "", call.created_at, lively, bool(call.voided),
    )  # fmt: skip


def has_kiosk(read: Reader) -> bool:
    """Say whether this station has a kiosk whose calls are to be heard: an account that may serve at one and goes on."""
    read.require("job.worker.list")
    found = read.session.scalars(select(Account).where(Account.disabled.is_not(True), Account.scope == read.actor.station))
    return any(KIOSK in (account.roles or ()) for account in found)


def how_it_stands(read: Reader) -> tuple[str, datetime] | None:
    """Return the state of this kiosk's own last call for staff, and since when; None without one."""
    read.require(SERVE)
    query = select(KioskCall).where(
        KioskCall.what == calling.STAFF, KioskCall.created_by == read.actor.account_id, KioskCall.voided.is_not(True)
    )
    call = read.session.scalar(query.order_by(KioskCall.created_at.desc()).limit(1))
    return (call.state, call.created_at) if call is not None else None
