"""Calls of the kiosk as a desk shows them, numbers masked; and as the kiosk that made one asks whether it was heard."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import select

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
"""Calls that a banner looks at."""


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


def open_calls(read: Reader) -> tuple[CallRow, ...]:
    """Return who waits: those who stand there, the newest first, then the numbers to be called back, the oldest first."""
    read.require("job.worker.list")
    query = select(KioskCall).where(KioskCall.state == calling.OPEN, KioskCall.voided.is_not(True))
    found = read.session.scalars(query.order_by(KioskCall.created_at.desc()).limit(SHOWN)).all()
    rows = [_row(read, call) for call in found]
    staff = [row for row in rows if row.what == calling.STAFF and row.lively]
    return (*staff, *(row for row in reversed(rows) if row.what == calling.CALLBACK))


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
