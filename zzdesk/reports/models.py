"""A report and the steps that were taken on it (domain rules B2.3, B2.4)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Mapped

from zzdesk.people import checks
from zzdesk.reports.workflow import (
    CATEGORIES,
    CLOSINGS,
    EVALUATIONS,
    FROZEN,
    REGISTERED,
    SOURCES,
    TRANSITIONS,
    URGENCIES,
)  # fmt: skip
from zzdesk.store.base import Base, Merge, Synced, list_index, synced
from zzdesk.store.types import Bool, Choice, Integer, LongText, Moment, Ref, ShortText, TextSet


class Report(Synced, Base):
    """Something that a resident, a patrol or a partner system reported."""

    __tablename__ = "report"
    __kind__ = "report"
    __right__ = "report.edit"
    __void_right__ = "report.close"
    __transitions__ = TRANSITIONS
    __frozen_states__ = FROZEN
    __override_right__ = "report.assign"
    __search__ = ("number", "title", "description", "address", "reporter_phone")
    __search_names__ = ("reporter_name",)
    __table_args__ = (
        list_index("report", "created_at", "id"),
        list_index("report", "state", "created_at", "id"),
        list_index("report", "category", "created_at", "id"),
        list_index("report", "external_ref"),
        list_index("report", "reporter_id"),
        list_index("report", "claimed_by", "created_at", "id"),
    )

    number: Mapped[str] = synced(ShortText(), Merge.WRITE_ONCE, derived=True)
    title: Mapped[str] = synced(ShortText(), required=True, mask="text")
    description: Mapped[str | None] = synced(LongText(), Merge.TEXT, mask="text")
    category: Mapped[str] = synced(Choice(*CATEGORIES), required=True)
    source: Mapped[str] = synced(Choice(*SOURCES), default="counter")
    urgency: Mapped[str] = synced(Choice(*URGENCIES), default="medium")
    happened_at: Mapped[datetime | None] = synced(Moment())
    address: Mapped[str | None] = synced(ShortText())
    grid: Mapped[str | None] = synced(ShortText())
    latitude: Mapped[str | None] = synced(ShortText())
    longitude: Mapped[str | None] = synced(ShortText())
    reporter_id: Mapped[str | None] = synced(Ref())
    reporter_name: Mapped[str | None] = synced(ShortText(), mask="name")
    reporter_phone: Mapped[str | None] = synced(ShortText(), mask="phone", check=checks.phone)
    anonymous: Mapped[bool | None] = synced(Bool())
    name_hidden: Mapped[bool | None] = synced(Bool())
    people_count: Mapped[int | None] = synced(Integer())
    support_count: Mapped[int | None] = synced(Integer(), Merge.DELTA, least=0)
    tags: Mapped[frozenset[str] | None] = synced(TextSet(), Merge.SET)
    duplicate_of: Mapped[str | None] = synced(Ref())
    state: Mapped[str] = synced(Choice(*sorted(TRANSITIONS.states)), Merge.TRANSITION, default=REGISTERED)
    handler_unit: Mapped[str | None] = synced(ShortText())
    claimed_by: Mapped[str | None] = synced(Ref(), Merge.CLAIM, derived=True)
    lease_until: Mapped[datetime | None] = synced(Moment(), Merge.SERVER)
    closing: Mapped[str | None] = synced(Choice(*CLOSINGS), derived=True)
    evaluation: Mapped[str | None] = synced(Choice(*EVALUATIONS), derived=True)
    round: Mapped[int | None] = synced(Integer(), Merge.DELTA, derived=True)
    external_system: Mapped[str | None] = synced(ShortText(), Merge.WRITE_ONCE)
    external_ref: Mapped[str | None] = synced(ShortText(), Merge.WRITE_ONCE)


class Step(Synced, Base):
    """One thing that was done on a report: who, when, what, with which evidence. Written once."""

    __tablename__ = "step"
    __kind__ = "step"
    __right__ = "report.note"
    __parent__ = "report_id"
    __append_only__ = True
    __search__ = ("note",)
    __table_args__ = (list_index("step", "report_id", "created_at", "id"),)

    report_id: Mapped[str] = synced(Ref(), Merge.WRITE_ONCE, required=True)
    action: Mapped[str] = synced(ShortText(), Merge.WRITE_ONCE, default="note")
    from_state: Mapped[str | None] = synced(ShortText(), Merge.WRITE_ONCE)
    to_state: Mapped[str | None] = synced(ShortText(), Merge.WRITE_ONCE)
    note: Mapped[str | None] = synced(LongText(), Merge.WRITE_ONCE, mask="text")
    reason: Mapped[str | None] = synced(LongText(), Merge.WRITE_ONCE, mask="text")
    contact_phone: Mapped[str | None] = synced(
        ShortText(), Merge.WRITE_ONCE, mask="phone", check=checks.phone
    )
    contact_at: Mapped[datetime | None] = synced(Moment(), Merge.WRITE_ONCE)
    contact_result: Mapped[str | None] = synced(
        Choice("answered", "no-answer", "refused", "in-person", "notice-posted"), Merge.WRITE_ONCE
    )
    answer: Mapped[str | None] = synced(Choice(*EVALUATIONS), Merge.WRITE_ONCE)
    supplementary: Mapped[bool | None] = synced(Bool(), Merge.SERVER)
    """Came together with a claim that somebody else had won."""
    handler_unit: Mapped[str | None] = synced(ShortText(), Merge.WRITE_ONCE)
