"""What the windows ask about odd jobs: one screenful at a time, paged by key, personal data masked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from sqlalchemy import Select, select

from zzdesk.clock import RecordId, local_day
from zzdesk.errors import NotFoundError
from zzdesk.i18n import N_
from zzdesk.jobs import workflow as flow
from zzdesk.jobs.alike_queries import Alike, AlikeRow, alike_workers
from zzdesk.jobs.appeals import EASED, SANCTIONED, proposed
from zzdesk.jobs.audience import shown_at
from zzdesk.jobs.call_queries import CallRow, has_kiosk, how_it_stands, list_calls, open_calls
from zzdesk.jobs.complaint_queries import (
    AppealRow,
    ComplaintRow,
    Standing,
    complaints_about,
    complaints_by_ids,
    left_appeal,
    list_complaints,
    of_complaint,
    open_appeal,
    standing_of,
)
from zzdesk.jobs.complaints import COMPLAINT
from zzdesk.jobs.contact_queries import (
    ContactReminder,
    ItemRow,
    NeedRow,
    PlannedDay,
    VisitRow,
    contact_reminder,
    items_of,
    list_needs,
    list_visits,
    needs_by_ids,
    planned_day,
    planned_days,
    visits_by_ids,
)  # fmt: skip
from zzdesk.jobs.count_queries import count_open, refused_children
from zzdesk.jobs.cover_queries import cover_of_posting, is_uninsured
from zzdesk.jobs.filters import ALL_JOBS, ContactFilter, JobFilter
from zzdesk.jobs.giveback_queries import (
    GivebackRow,
    GivebackSum,
    giveback_by_ids,
    giveback_sums,
    is_reversed,
    list_giveback,
    totals,
)  # fmt: skip
from zzdesk.jobs.match_queries import Candidate, candidates
from zzdesk.jobs.models import Application, Employer, Posting, Worker
from zzdesk.jobs.models_calls import KioskCall
from zzdesk.jobs.models_complaints import Complaint
from zzdesk.jobs.models_contact import ContactDay, EmployerNeed, EmployerVisit, VisitItem
from zzdesk.jobs.models_giveback import GivebackEntry
from zzdesk.jobs.models_wages import WageLine
from zzdesk.jobs.papers import paper_of, preview_of
from zzdesk.jobs.queue_queries import Morning, QueueRow, morning_queue
from zzdesk.jobs.tables import consent
from zzdesk.jobs.today_queries import Order, orders_of
from zzdesk.jobs.vetting_queries import JobReminder, PaperRow, checklist, reminders
from zzdesk.jobs.wage_queries import WageRow, list_wages, unpaid_wages, wages_by_ids, wages_of
from zzdesk.ops.capture import wire_body
from zzdesk.people.masks import mask, mask_body
from zzdesk.store import search as index
from zzdesk.store.base import kind_of
from zzdesk.store.basis import Basis
from zzdesk.store.paging import newest_first
from zzdesk.store.unit import Page, Reader


@dataclass(frozen=True)
class EmployerRow:
    """One employer, masked."""

    id: RecordId
    employer_kind: str
    name: str
    state: str
    handler_phone: str
    valid_until: date | None
    created_at: datetime
    voided: bool


@dataclass(frozen=True)
class PostingRow:
    """One posting."""

    id: RecordId
    number: str
    title: str
    trade: str
    state: str
    place: str | None
    wage: Decimal | None
    pay_unit: str | None
    headcount: int | None
    filled: int
    starts_at: datetime | None
    employer_id: RecordId
    created_at: datetime
    voided: bool
    uninsured: bool = False
    """Risky work that is not insured on all its days: 无保险 stands on it."""


@dataclass(frozen=True)
class WorkerRow:
    """One worker, masked."""

    id: RecordId
    card: str
    name: str
    identity_number: str
    phone: str
    skills: tuple[str, ...]
    state: str
    created_at: datetime
    voided: bool


@dataclass(frozen=True)
class ApplicationRow:
    """One application; ``worker`` is masked. ``wage`` is the line of the ledger that counts, for who may see wages."""

    id: RecordId
    posting_id: RecordId
    worker_id: RecordId
    posting: str
    worker: str
    state: str
    work_date: date | None
    created_at: datetime
    voided: bool
    checked_in_at: datetime | None = None
    checked_out_at: datetime | None = None
    minutes: int | None = None
    replaced: bool = False
    replaced_by: RecordId | None = None
    wage: WageRow | None = None


@dataclass(frozen=True)
class JobDetail:
    """Everything about one record; ``fields`` are wire forms, masked; ``actions`` leave its state.

    ``written`` holds the texts as they were written, for those who may go on writing them.
    """

    kind: str
    id: RecordId
    fields: dict[str, Any]
    hidden: tuple[str, ...]
    actions: tuple[str, ...]
    basis: Basis
    written: dict[str, Any]


AUTOMATIC: Final = frozenset({"hold", "fill", "reopen", "appeal"})


def _employer(e: Employer) -> EmployerRow:
    phone = mask("phone", e.handler_phone)
    name = mask("holder", e.name)
    return EmployerRow(
        e.id, e.employer_kind, name, e.state, phone, e.valid_until, e.created_at, bool(e.voided)
    )


def _posting(p: Posting) -> PostingRow:
    return PostingRow(
        p.id, p.number or "", mask("text", p.title), p.trade, p.state, p.place, p.wage, p.pay_unit, p.headcount, p.filled or 0,
        p.starts_at, p.employer_id, p.created_at, bool(p.voided),
        is_uninsured(p, local_day(p.created_at)),
    )  # fmt: skip


def _worker(w: Worker) -> WorkerRow:
    return WorkerRow(
        w.id, w.card or "", mask("name", w.name), mask("id", w.identity_number), mask("phone", w.phone),
        tuple(sorted(w.skills or ())), w.state, w.created_at, bool(w.voided),
    )  # fmt: skip


def _page(read: Reader, model: Any, query: Select[Any], wanted: JobFilter, after: str | None, limit: int) -> Page[Any]:
    """Return one page of records, newest first, and the key to go on after."""
    return newest_first(
        read.session, model, query, states=wanted.states, void=wanted.void, after=after, limit=limit
    )


def list_employers(
    read: Reader, wanted: JobFilter = ALL_JOBS, after: str | None = None, limit: int = 50
) -> Page[EmployerRow]:
    """Return one page of employers, newest first."""
    read.require("record.read")
    page = _page(read, Employer, select(Employer), wanted, after, limit)
    return Page(tuple(_employer(e) for e in page.rows), page.after)


def _open_to(read: Reader, query: Select[Any]) -> Select[Any]:
    """Return the query for the postings that the actor may see: all, or for a kiosk the published ones.

    What another station offers is seen here when it is for the whole city (:func:`zzdesk.jobs.audience.shown_at`).

    Raises:
        RefusedError: neither.
    """
    query = query.where(shown_at(read.actor.station))
    if read.may("record.read"):
        return query
    read.require("job.posting.browse")
    return query.where(Posting.state == flow.PUBLISHED, Posting.voided.is_not(True))


def list_postings(
    read: Reader, wanted: JobFilter = ALL_JOBS, after: str | None = None, limit: int = 50
) -> Page[PostingRow]:
    """Return one page of postings, newest first; the kiosk shows those that are published."""
    query = _open_to(read, select(Posting))
    if wanted.trade:
        query = query.where(Posting.trade == wanted.trade)
    page = _page(read, Posting, query, wanted, after, limit)
    return Page(tuple(_posting(p) for p in page.rows), page.after)


def list_workers(
    read: Reader, wanted: JobFilter = ALL_JOBS, after: str | None = None, limit: int = 50
) -> Page[WorkerRow]:
    """Return one page of workers, newest first; the kiosk's own account has no such list.

    Raises:
        RefusedError: the actor may not look at workers.
    """
    read.require("job.worker.list")
    page = _page(read, Worker, select(Worker), wanted, after, limit)
    return Page(tuple(_worker(w) for w in page.rows), page.after)


def list_applications(
    read: Reader, wanted: JobFilter = ALL_JOBS, after: str | None = None, limit: int = 50
) -> Page[ApplicationRow]:
    """Return one page of applications, newest first, of one posting or worker where one is named."""
    read.require("record.read")
    query = select(Application)
    if wanted.posting_id:
        query = query.where(Application.posting_id == wanted.posting_id)
    if wanted.worker_id:
        query = query.where(Application.worker_id == wanted.worker_id)
    page = _page(read, Application, query, wanted, after, limit)
    return Page(_applications(read, page.rows), page.after)


def _applications(read: Reader, found: tuple[Application, ...]) -> tuple[ApplicationRow, ...]:
    titles = _column(read, Posting.id, Posting.title, {a.posting_id for a in found})
    names = _column(read, Worker.id, Worker.name, {a.worker_id for a in found})
    booked = wages_of(read, [a.id for a in found if a.state == flow.FINISHED]) if read.may("job.wage") else {}
    return tuple(
        ApplicationRow(
            a.id, a.posting_id, a.worker_id, mask("text", titles.get(a.posting_id)), mask("name", names.get(a.worker_id)),
            a.state, a.work_date, a.created_at, bool(a.voided), a.checked_in_at, a.checked_out_at, a.minutes,
            a.replaces is not None, a.replaced_by, booked.get(a.id),
        )
        for a in found
    )  # fmt: skip


def _column(read: Reader, key: Any, column: Any, ids: set[str]) -> dict[str, str]:
    return {row[0]: row[1] for row in read.session.execute(select(key, column).where(key.in_(ids)))}


def postings_by_ids(read: Reader, ids: tuple[RecordId, ...]) -> tuple[PostingRow, ...]:
    """Return rows in the order of ``ids`` (a search's result)."""
    query = _open_to(read, select(Posting).where(Posting.id.in_(ids)))
    found = {p.id: _posting(p) for p in read.session.scalars(query)}
    return tuple(found[i] for i in ids if i in found)


_MODELS: Final[dict[str, type[Any]]] = {
    m.__kind__: m for m in (
        Employer, Posting, Worker, Application, WageLine, ContactDay, EmployerVisit, EmployerNeed, GivebackEntry, VisitItem,
        KioskCall, Complaint,
    )
}  # fmt: skip


def detail(read: Reader, kind: str, record_id: RecordId) -> JobDetail:
    """Return one record of the odd-job station, masked, with the actions that leave its state.

    Raises:
        NotFoundError: it is not on this desk.
    """
    model = _MODELS[kind]
    read.require(_READING.get(kind, "record.read"))
    record = read.session.get(model, record_id)
    if record is None:
        raise NotFoundError(N_("本机没有这条记录：{id}"), id=record_id)
    known = kind_of(model)
    body = wire_body(known, record)
    table = model.__transitions__
    arrows = table.leaving(record.state) if table is not None and not record.voided else ()
    actions = [t.action for t in arrows if t.action not in AUTOMATIC and read.may(t.needs.right)]
    hidden = tuple(name for name in body if known.fields[name].mask)
    texts = [name for name in hidden if known.fields[name].mask == "text"] if read.may(model.__right__) else []
    return JobDetail(
        kind, record_id, mask_body(known.fields, body), hidden, tuple(actions), Basis(record_id, body),
        {name: body[name] for name in texts},
    )  # fmt: skip


_READING: Final = {"worker": "job.worker.list", "kiosk_call": "job.worker.list", "wage_line": "job.wage"}
_BY_IDS: Final[dict[str, Any]] = {
    "wage_line": wages_by_ids, "employer_visit": visits_by_ids, "employer_need": needs_by_ids,
    "giveback_entry": giveback_by_ids, "complaint": complaints_by_ids,
}
"""Rows that take more than their own record."""
_LISTS: Final[dict[str, Any]] = {"employer": _employer, "posting": _posting, "worker": _worker}


def find(
    read: Reader, kind: str, text: str, wanted: JobFilter = ALL_JOBS, after: str | None = None, limit: int = 50
) -> Page[Any]:
    """Return one page of employers, postings or workers that hold every word of ``text``, the latest first.

    ``after`` is the id of the last record looked at.

    Raises:
        RefusedError: the actor may not look at workers.
    """
    read.require(_READING.get(kind, "record.read"))
    rows: list[Any] = []
    last = after
    while len(rows) < limit:
        found = index.search(read.session, text, (kind,), limit, after=(kind, last) if last else None)
        rows += _rows_of(read, kind, [record_id for _, record_id in found], wanted)
        last = found[-1][1] if len(found) == limit else None
        if last is None:
            break
    return Page(tuple(rows), last)


def _rows_of(read: Reader, kind: str, ids: list[RecordId], wanted: JobFilter) -> list[Any]:
    model = _MODELS[kind]
    query = select(model).where(model.id.in_(ids))
    query = query.where(model.voided.is_(True) if wanted.void else model.voided.is_not(True))
    if wanted.states:
        query = query.where(model.state.in_(wanted.states))
    if model is Posting:
        query = query.where(shown_at(read.actor.station))
        query = query.where(Posting.trade == wanted.trade) if wanted.trade else query
    found = {record.id: record for record in read.session.scalars(query)}
    if kind in _BY_IDS:
        rows = _BY_IDS[kind](read, list(found))
        return [rows[i] for i in ids if i in rows]
    return [_LISTS[kind](found[i]) for i in ids if i in found]


def rows_by_ids(read: Reader, kind: str, ids: tuple[RecordId, ...]) -> tuple[Any, ...]:
    """Return rows of a kind in the order of ``ids``, void ones too: what a figure counts; one that is not here is left out.

    Raises:
        RefusedError: no right to look at them.
    """
    read.require(_READING.get(kind, "record.read"))
    if kind in ("wage_line", "complaint"):
        known: dict[RecordId, Any] = {**(wages_by_ids if kind == "wage_line" else complaints_by_ids)(read, list(ids))}
        return tuple(known[each] for each in ids if each in known)
    model = _MODELS[kind]
    records = {record.id: record for record in read.session.scalars(select(model).where(model.id.in_(ids)))}
    there = tuple(records[each] for each in ids if each in records)
    return _applications(read, there) if kind == "application" else tuple(_LISTS[kind](each) for each in there)


def holder(read: Reader, kind: str, record_id: RecordId) -> str:
    """Return the name of an employer or worker, masked; empty when it is not on this desk."""
    read.require(_READING.get(kind, "record.read"))
    record: Any = read.session.get(_MODELS[kind], record_id)
    return mask("holder" if kind == "employer" else "name", record.name) if record is not None else ""


_SHOWN_BY: Final[dict[str, Any]] = {
    "application": lambda record: ("posting", record.posting_id),
    "visit_item": lambda record: ("employer_visit", record.employer_visit_id),
}
"""Records that stand on the page of another one."""


def where_is(read: Reader, record_id: RecordId) -> tuple[str, RecordId]:
    """Return the kind and the id of the record whose page shows ``record_id``: an application is on its posting's,
    and a contact day that nobody has prepared is in the planner.

    Raises:
        NotFoundError: it is not on this desk.
    """
    read.require("record.read")
    for kind, model in _MODELS.items():
        record: Any = read.session.get(model, record_id)
        if record is not None:
            return _SHOWN_BY[kind](record) if kind in _SHOWN_BY else (kind, record_id)
    if (planned := planned_day(read, record_id)) is not None:
        return "contact_day", planned.id
    raise NotFoundError(N_("本机没有这条记录：{id}"), id=record_id)


__all__ = [
    "COMPLAINT",
    "EASED",
    "SANCTIONED",
    "Alike",
    "AlikeRow",
    "AppealRow",
    "ApplicationRow",
    "CallRow",
    "Candidate",
    "ComplaintRow",
    "ContactFilter",
    "ContactReminder",
    "EmployerRow",
    "GivebackRow",
    "GivebackSum",
    "ItemRow",
    "JobDetail",
    "JobFilter",
    "JobReminder",
    "Morning",
    "NeedRow",
    "Order",
    "PaperRow",
    "PlannedDay",
    "PostingRow",
    "QueueRow",
    "Standing",
    "VisitRow",
    "WageRow",
    "WorkerRow",
    "alike_workers",
    "candidates",
    "checklist",
    "complaints_about",
    "complaints_by_ids",
    "consent",
    "contact_reminder",
    "count_open",
    "cover_of_posting",
    "detail",
    "find",
    "giveback_sums",
    "has_kiosk",
    "holder",
    "how_it_stands",
    "is_reversed",
    "items_of",
    "left_appeal", "list_applications",
    "list_calls",
    "list_complaints",
    "list_employers",
    "list_giveback",
    "list_needs",
    "list_postings",
    "list_visits",
    "list_wages",
    "list_workers",
    "morning_queue",
    "of_complaint",
    "open_appeal",
    "open_calls",
    "orders_of",
    "paper_of",
    "planned_day",
    "planned_days",
    "postings_by_ids",
    "preview_of", "proposed",
    "refused_children",
    "reminders",
    "rows_by_ids",
    "standing_of",
    "totals", "unpaid_wages",
    "wages_of",
    "where_is",
]  # fmt: skip
