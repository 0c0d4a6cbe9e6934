"""What the windows ask about complaints and appeals: paged by key, people masked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy import func, select

from zzdesk.clock import RecordId
from zzdesk.jobs import appeals, complaints
from zzdesk.jobs.filters import JobFilter
from zzdesk.jobs.models import Employer, Posting
from zzdesk.jobs.models_complaints import Complaint, SanctionAppeal
from zzdesk.ops.capture import wire_body
from zzdesk.people.masks import mask
from zzdesk.store.base import kind_of
from zzdesk.store.paging import newest_first
from zzdesk.store.unit import Page, Reader

LINES: Final = 20


@dataclass(frozen=True)
class ComplaintRow:
    """One complaint; ``employer`` is masked, ``name`` (who complained) is, too."""

    id: RecordId
    employer_id: RecordId
    employer: str
    category: str
    name: str
    state: str
    outcome: str | None
    received_on: date
    created_at: datetime
    voided: bool


@dataclass(frozen=True)
class AppealRow:
    """One appeal of a sanction; texts are masked."""

    id: RecordId
    against: str
    filed_on: date
    filed_by: str
    text: str
    state: str
    outcome: str | None
    finding: str
    decided_by: str | None
    stands: bool
    """Whether the sanction that it is about is in force."""


@dataclass(frozen=True)
class Standing:
    """What was brought against an employer, and what it says to that: the latest appeals first, complaints counted."""

    appeals: tuple[AppealRow, ...]
    complaints: int
    open_complaints: int


def list_complaints(read: Reader, wanted: JobFilter, after: str | None = None, limit: int = 50) -> Page[ComplaintRow]:
    """Return one page of complaints, newest first."""
    read.require("record.read")
    query = select(Complaint)
    page = newest_first(read.session, Complaint, query, states=wanted.states, void=wanted.void, after=after, limit=limit)
    return Page(_rows(read, page.rows), page.after)


def complaints_by_ids(read: Reader, ids: list[RecordId]) -> dict[RecordId, ComplaintRow]:
    """Return rows by id (a search's result)."""
    read.require("record.read")
    return {row.id: row for row in _rows(read, tuple(read.session.scalars(select(Complaint).where(Complaint.id.in_(ids)))))}


def _rows(read: Reader, found: tuple[Complaint, ...]) -> tuple[ComplaintRow, ...]:
    query = select(Employer.id, Employer.name).where(Employer.id.in_({each.employer_id for each in found}))
    names = {row.id: row.name for row in read.session.execute(query)} if found else {}
    return tuple(
        ComplaintRow(
            c.id, c.employer_id, mask("holder", names.get(c.employer_id)), c.category, mask("name", c.name), c.state, c.outcome,
            c.received_on, c.created_at, bool(c.voided),
        )
        for c in found
    )  # fmt: skip


def standing_of(read: Reader, employer_id: RecordId) -> Standing:
    """Return the appeals of an employer and how many complaints there are about it."""
    read.require("record.read")
    query = select(SanctionAppeal).where(SanctionAppeal.employer_id == employer_id, SanctionAppeal.voided.is_not(True))
    found = read.session.scalars(query.order_by(SanctionAppeal.created_at.desc(), SanctionAppeal.id.desc()).limit(LINES))
    employer = read.session.get(Employer, employer_id)
    body = wire_body(kind_of(Employer), employer) if employer is not None else {}
    rows = tuple(
        AppealRow(
            a.id, a.against, a.filed_on, mask("name", a.filed_by), mask("text", a.text), a.state, a.outcome,
            mask("text", a.finding), a.decided_by, appeals.is_against(body, wire_body(kind_of(SanctionAppeal), a)),
        )
        for a in found
    )  # fmt: skip
    counted = select(Complaint.state, func.count()).where(Complaint.employer_id == employer_id, Complaint.voided.is_not(True))
    states: dict[str, int] = dict(read.session.execute(counted.group_by(Complaint.state)).all())
    return Standing(rows, sum(states.values()), states.get(complaints.OPEN, 0))


def complaints_about(read: Reader, posting_id: RecordId) -> int:
    """Return how many complaints about a posting stand: void ones and untrue ones do not count."""
    read.require("record.read")
    stands = Complaint.outcome.is_(None) | (Complaint.outcome != complaints.UNFOUNDED)
    query = select(func.count()).select_from(Complaint).where(
        Complaint.posting_id == posting_id, Complaint.voided.is_not(True), stands
    )
    return int(read.session.scalar(query) or 0)


def of_complaint(read: Reader, employer_id: RecordId, posting_id: RecordId | None) -> tuple[str, str]:
    """Return the employer's name, masked, and the posting's title that a complaint is about; empty where there is none."""
    read.require("record.read")
    employer = read.session.get(Employer, employer_id)
    posting = read.session.get(Posting, posting_id) if posting_id else None
    title = f"{posting.number} {mask('text', posting.title)}" if posting is not None else ""
    return mask("holder", employer.name) if employer is not None else "", title


def open_appeal(rows: tuple[AppealRow, ...]) -> AppealRow | None:
    """Return the appeal that waits for a decision: of the sanction in force."""
    return next((row for row in rows if row.state == appeals.OPEN and row.stands), None)


def left_appeal(rows: tuple[AppealRow, ...]) -> AppealRow | None:
    """Return an appeal that is open though its sanction is over: it came from elsewhere after that."""
    return next((row for row in rows if row.state == appeals.OPEN and not row.stands), None)


__all__ = [
    "AppealRow", "ComplaintRow", "Standing", "complaints_about", "complaints_by_ids", "left_appeal", "list_complaints",
    "of_complaint", "open_appeal", "standing_of",
]  # fmt: skip
