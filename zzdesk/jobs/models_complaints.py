"""Complaints about employers and postings, and appeals of sanctions."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import Mapped

from zzdesk.jobs import appeals, complaints
from zzdesk.jobs import workflow as flow
from zzdesk.people import checks
from zzdesk.store.base import Base, Merge, Synced, list_index, synced
from zzdesk.store.types import Choice, Day, LongText, Moment, Ref, ShortText


class Complaint(Synced, Base):
    """Somebody complained about an employer or one of its postings. Who it was is covered; it may be nobody that is known.

    Written once; only the outcome is added. It takes the scope of the employer.
    """

    __tablename__ = "complaint"
    __kind__ = "complaint"
    __right__ = "job.employer.edit"
    __void_right__ = "job.employer.vet"
    __parent__ = "employer_id"
    __transitions__ = complaints.COMPLAINT
    __frozen_states__ = frozenset({complaints.HANDLED})
    __guard__ = complaints.GUARD
    __search_names__ = ("name",)
    __search__ = ("phone",)
    __table_args__ = (
        list_index("complaint", "created_at", "id"), list_index("complaint", "state", "created_at", "id"),
        list_index("complaint", "employer_id", "created_at", "id"), list_index("complaint", "posting_id", seldom=True),
    )  # fmt: skip

    employer_id: Mapped[str] = synced(Ref(), Merge.WRITE_ONCE, required=True)
    posting_id: Mapped[str | None] = synced(Ref(), Merge.WRITE_ONCE)
    category: Mapped[str] = synced(Choice(*complaints.CATEGORIES), Merge.WRITE_ONCE, required=True)
    way: Mapped[str] = synced(Choice(*complaints.WAYS), Merge.WRITE_ONCE, default="counter")
    name: Mapped[str | None] = synced(ShortText(), Merge.WRITE_ONCE, mask="name")
    phone: Mapped[str | None] = synced(ShortText(), Merge.WRITE_ONCE, mask="phone", check=checks.phone)
    text: Mapped[str] = synced(LongText(), Merge.WRITE_ONCE, required=True, mask="text")
    received_on: Mapped[date] = synced(Day(), Merge.WRITE_ONCE, required=True)
    state: Mapped[str] = synced(
        Choice(complaints.OPEN, complaints.HANDLED), Merge.TRANSITION, default=complaints.OPEN
    )
    outcome: Mapped[str | None] = synced(Choice(*complaints.OUTCOMES))
    finding: Mapped[str | None] = synced(LongText(), Merge.TEXT, mask="text")
    handled_by: Mapped[str | None] = synced(Ref(), derived=True)
    handled_at: Mapped[datetime | None] = synced(Moment(), derived=True)


class SanctionAppeal(Synced, Base):
    """An employer's appeal of a sanction, and what somebody decided who had no part in it."""

    __tablename__ = "sanction_appeal"
    __kind__ = "sanction_appeal"
    __right__ = "job.employer.edit"
    __parent__ = "employer_id"
    __transitions__ = appeals.APPEAL
    __frozen_states__ = frozenset({appeals.DECIDED, appeals.WITHDRAWN, appeals.LAPSED})
    __table_args__ = (
        list_index("sanction_appeal", "employer_id", "created_at", "id"),
        list_index("sanction_appeal", "state", "created_at", "id"),
    )  # fmt: skip

    employer_id: Mapped[str] = synced(Ref(), Merge.WRITE_ONCE, required=True)
    against: Mapped[str] = synced(Choice(*sorted(flow.SANCTIONS)), Merge.WRITE_ONCE, derived=True)
    sanction_id: Mapped[str | None] = synced(Ref(), Merge.WRITE_ONCE, derived=True)
    """The sanction that was in force when it was filed (``Employer.sanction_id``)."""
    filed_by: Mapped[str | None] = synced(ShortText(), Merge.WRITE_ONCE, mask="name")
    """Who came for the employer."""
    text: Mapped[str] = synced(LongText(), Merge.WRITE_ONCE, required=True, mask="text")
    filed_on: Mapped[date] = synced(Day(), Merge.WRITE_ONCE, required=True)
    state: Mapped[str] = synced(
        Choice(appeals.DECIDED, appeals.LAPSED, appeals.OPEN, appeals.WITHDRAWN), Merge.TRANSITION, default=appeals.OPEN
    )
    outcome: Mapped[str | None] = synced(Choice(*appeals.OUTCOMES))
    finding: Mapped[str | None] = synced(LongText(), Merge.TEXT, mask="text")
    decided_by: Mapped[str | None] = synced(Ref(), derived=True)
    decided_at: Mapped[datetime | None] = synced(Moment(), derived=True)
