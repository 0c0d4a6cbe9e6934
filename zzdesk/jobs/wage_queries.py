"""What the windows ask about the wage ledger: paged by key along its indexes, masked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Select, select, tuple_

from zzdesk.clock import RecordId, local_day
from zzdesk.jobs import tables, wages
from zzdesk.jobs import workflow as flow
from zzdesk.jobs.models_wages import WageLine
from zzdesk.people.masks import mask
from zzdesk.store.paging import newest_first
from zzdesk.store.unit import Page, Reader


@dataclass(frozen=True)
class WageRow:
    """One line of the ledger, masked. ``days_left`` until the last day to pay, below nought when it is past; None once paid."""

    id: RecordId
    application_id: RecordId
    posting_id: RecordId
    worker: str
    employer: str
    title: str
    work_date: date | None
    minutes: int
    net: Decimal
    to_pay: Decimal
    state: str
    entry: int
    due_on: date | None
    provisional: bool
    days_left: int | None
    paid_on: date | None
    kept_until: date | None
    created_at: datetime
    voided: bool = False


def _row(line: WageLine, today: date) -> WageRow:
    owed = line.state == flow.OWED and line.due_on is not None
    left = (line.due_on - today).days if owed and line.due_on is not None else None
    last = line.paid_on or line.due_on
    kept = wages.kept_until(last, tables.figure("keep", "wage_years")) if last is not None else None
    return WageRow(
        line.id, line.application_id, line.posting_id, mask("name", line.worker_name), mask("holder", line.employer_name),
        mask("text", line.title), line.work_date, line.minutes, line.net, line.to_pay, line.state, line.entry, line.due_on,
        bool(line.due_provisional), left, line.paid_on, kept, line.created_at,
    )  # fmt: skip


def wages_by_ids(read: Reader, ids: Sequence[RecordId]) -> dict[RecordId, WageRow]:
    """Return lines by their ids (a search's result).

    Raises:
        RefusedError: no right to see wages.
    """
    read.require("job.wage")
    found = read.session.scalars(select(WageLine).where(WageLine.id.in_(ids)))
    return {line.id: _row(line, _today(read)) for line in found}


def _today(read: Reader) -> date:
    return local_day(read.clock.now())


def list_wages(read: Reader, wanted: Any, after: str | None = None, limit: int = 50) -> Page[WageRow]:
    """Return one page of the ledger, newest first; ``wanted`` is a ``JobFilter``: states, a posting or a worker.

    Raises:
        RefusedError: no right to see wages.
    """
    read.require("job.wage")
    query = select(WageLine)
    if wanted.posting_id:
        query = query.where(WageLine.posting_id == wanted.posting_id)
    if wanted.worker_id:
        query = query.where(WageLine.worker_id == wanted.worker_id)
    page = newest_first(read.session, WageLine, query, states=wanted.states, void=wanted.void, after=after, limit=limit)
    return Page(tuple(_row(line, _today(read)) for line in page.rows), page.after)


def unpaid_wages(read: Reader, after: str | None = None, limit: int = 50) -> Page[WageRow]:
    """Return one page of what is owed, in the order of the last day to pay: what is overdue longest stands first.

    Raises:
        RefusedError: no right to see wages.
    """
    read.require("job.wage")
    query: Select[Any] = select(WageLine).where(WageLine.state == flow.OWED)
    if after is not None:
        day, _, last = after.partition("/")
        query = query.where(tuple_(WageLine.due_on, WageLine.id) > (date.fromisoformat(day), last))
    found = read.session.scalars(query.order_by(WageLine.due_on, WageLine.id).limit(limit + 1)).all()
    rows = found[:limit]
    more = len(found) > limit and rows[-1].due_on is not None
    return Page(tuple(_row(line, _today(read)) for line in rows), f"{rows[-1].due_on}/{rows[-1].id}" if more else None)


def wages_of(read: Reader, applications: Sequence[RecordId]) -> dict[RecordId, WageRow]:
    """Return the line that counts now for each of these applications; one that was taken back does not.

    Raises:
        RefusedError: no right to see wages.
    """
    read.require("job.wage")
    if not applications:
        return {}
    query = select(WageLine).where(WageLine.application_id.in_(applications), WageLine.state != flow.REVERSED)
    lines = read.session.scalars(query.order_by(WageLine.entry))
    return {line.application_id: _row(line, _today(read)) for line in lines if line.entry % 2 == 0}
