"""A report, its steps, links to reports of the same matter, what was applied for, and how it is supervised (B2.3 to B2.6)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Column, Computed, Index, text
from sqlalchemy import Integer as Number
from sqlalchemy.orm import Mapped

from zzdesk.calendar import limits
from zzdesk.people import checks
from zzdesk.reports.deadlines import COMPUTED
from zzdesk.reports.guards import GUARD
from zzdesk.reports.workflow import (
    ANSWER,
    APPROVED,
    ASKED,
    CARDS,
    CATEGORIES,
    CLOSINGS,
    CONTACTS,
    DECLINED,
    DEMANDS,
    ENDING,
    EVALUATIONS,
    FROZEN,
    LIFTS,
    NOT_ENDED,
    REFERRALS,
    REGISTERED,
    REQUEST_KINDS,
    REQUEST_STEPS,
    SENT,
    SOURCES,
    STAGES,
    TRANSITIONS,
    UNITS,
    UNRATED,
    URGENCIES,
    WITHDRAWN,
)  # fmt: skip
from zzdesk.store.base import Base, Merge, Synced, list_index, synced
from zzdesk.store.types import Bool, Choice, Integer, LongText, Moment, Ref, ShortText, TextSet


def _micro(degrees: str) -> str:
    """Return the SQL of a coordinate in whole millionths of a degree: text cannot be searched by range."""
    return f"CAST(round(CAST({degrees} AS REAL) * 1000000) AS INTEGER)"


class Report(Synced, Base):
    """Something that a resident, a patrol or a partner system reported."""

    __tablename__ = "report"
    __kind__ = "report"
    __right__ = "report.edit"
    __void_right__ = "report.close"
    __transitions__ = TRANSITIONS
    __frozen_states__ = FROZEN
    __guard__ = GUARD
    __override_right__ = "report.assign"
    __computed__ = COMPUTED
    __search__ = ("number", "title", "description", "address", "reporter_phone")
    __search_names__ = ("reporter_name",)
    __table_args__ = (
        Index("ix_report_list", "created_at", "id", "state", "category", "source", "grid", "voided"),
        Index("ix_report_void", "created_at", "id", sqlite_where=text("voided IS 1")),
        list_index("report", "state", "created_at", "id"),
        list_index("report", "category", "created_at", "id"),
        list_index("report", "external_ref", seldom=True),
        list_index("report", "reporter_id", seldom=True),
        list_index("report", "claimed_by", "created_at", "id", seldom=True),
        list_index("report", "category", "address", "created_at"),
        list_index("report", "reporter_phone", seldom=True),
        Column("north", Number, Computed(_micro("latitude"), persisted=False)),
        Column("east", Number, Computed(_micro("longitude"), persisted=False)),
        Index("ix_report_spot", "category", "north", "east", "created_at", sqlite_where=text("north IS NOT NULL")),
        Index("ix_report_repeats", "created_at", "id", sqlite_where=text("repeat_of IS NOT NULL")),
        Index("ix_report_due", "due_at", "id", "state", "category", "source", "grid", "voided", "created_at",
              sqlite_where=text(NOT_ENDED)),
        Index("ix_report_provisional", "id", sqlite_where=text("due_provisional = 1")),
    )
    __mapper_args__ = {"exclude_properties": ["north", "east"]}
    """``ix_report_list`` and ``ix_report_due`` hold everything that a list is filtered by (``reports.listing``);
    ``north`` and ``east`` are millionths of a degree, worked out by SQLite for the search around a spot."""

    number: Mapped[str] = synced(ShortText(), Merge.WRITE_ONCE, derived=True)
    title: Mapped[str] = synced(ShortText(), required=True, mask="text")
    description: Mapped[str | None] = synced(LongText(), Merge.TEXT, mask="text")
    category: Mapped[str] = synced(Choice(*CATEGORIES), required=True)
    source: Mapped[str] = synced(Choice(*SOURCES), default="counter")
    demand: Mapped[str | None] = synced(Choice(*DEMANDS))
    urgency: Mapped[str] = synced(Choice(*URGENCIES), default="medium")
    happened_at: Mapped[datetime | None] = synced(Moment())
    address: Mapped[str | None] = synced(ShortText())
    grid: Mapped[str | None] = synced(ShortText())
    latitude: Mapped[str | None] = synced(ShortText())
    longitude: Mapped[str | None] = synced(ShortText())
    reporter_id: Mapped[str | None] = synced(Ref(), sealed_by="name_hidden")
    reporter_name: Mapped[str | None] = synced(ShortText(), mask="name", sealed_by="name_hidden")
    reporter_phone: Mapped[str | None] = synced(
        ShortText(), mask="phone", check=checks.phone, sealed_by="name_hidden"
    )
    anonymous: Mapped[bool | None] = synced(Bool())
    name_hidden: Mapped[bool | None] = synced(Bool())
    people_count: Mapped[int | None] = synced(Integer())
    support_count: Mapped[int | None] = synced(Integer(), Merge.DELTA, least=0)
    tags: Mapped[frozenset[str] | None] = synced(TextSet(), Merge.SET)
    duplicate_of: Mapped[str | None] = synced(Ref())
    state: Mapped[str] = synced(Choice(*sorted(TRANSITIONS.states)), Merge.TRANSITION, default=REGISTERED)
    handler_unit: Mapped[str | None] = synced(ShortText())
    assist_units: Mapped[frozenset[str] | None] = synced(TextSet(), Merge.SET, derived=True)
    """Units that help the lead unit, which is ``handler_unit``; each says by a step of its own that its part is done."""
    referred_to: Mapped[str | None] = synced(Choice(*REFERRALS), derived=True)
    referred_target: Mapped[str | None] = synced(ShortText(), derived=True)
    """Which office, or the number that the other system gave it."""
    suspended_from: Mapped[str | None] = synced(Choice(*STAGES), derived=True)
    suspended_until: Mapped[datetime | None] = synced(Moment(), derived=True)
    claimed_by: Mapped[str | None] = synced(Ref(), Merge.CLAIM, derived=True)
    lease_until: Mapped[datetime | None] = synced(Moment(), Merge.SERVER)
    closing: Mapped[str | None] = synced(Choice(*CLOSINGS), derived=True)
    evaluation: Mapped[str | None] = synced(Choice(*EVALUATIONS, UNRATED), derived=True)
    round: Mapped[int | None] = synced(Integer(), Merge.HIGHEST, derived=True)
    due_rule: Mapped[str | None] = synced(ShortText(), check=limits.check)
    """The limit, and the rule that it came from (``zzdesk.calendar.limits``)."""
    due_at: Mapped[datetime | None] = synced(Moment(), Merge.COMPUTED)
    due_provisional: Mapped[bool | None] = synced(Bool(), Merge.COMPUTED)
    """Whether the due moment rests on a year without a calendar table."""
    external_system: Mapped[str | None] = synced(ShortText(), Merge.WRITE_ONCE)
    external_ref: Mapped[str | None] = synced(ShortText(), Merge.WRITE_ONCE)
    repeat_of: Mapped[str | None] = synced(Ref(), derived=True)
    """The closed report that this one complains about again (重复诉求, B2.6)."""
    refusal_reason: Mapped[str | None] = synced(ShortText(), derived=True)
    refusal_list: Mapped[str | None] = synced(ShortText(), derived=True)
    """Which edition of the list of reasons ``refusal_reason`` is a code of."""
    refusal_ways: Mapped[str | None] = synced(LongText(), derived=True, mask="text")
    """What other ways the resident was told of."""


class Step(Synced, Base):
    """One thing that was done on a report: who, when, what, with which evidence. Written once."""

    __tablename__ = "step"
    __kind__ = "step"
    __right__ = "report.note"
    __parent__ = "report_id"
    __append_only__ = True
    __search__ = ("note",)
    __table_args__ = (
        list_index("step", "report_id", "created_at", "id"),
        Index("ix_step_sent", "action", "created_at", "id", sqlite_where=text(SENT)),
        Index("ix_step_ending", "to_state", "created_at", "report_id", "id", "action", sqlite_where=text(ENDING)),
        Index("ix_step_answer", "created_at", "report_id", "id", "answer", "round", sqlite_where=text(ANSWER)),
    )

    report_id: Mapped[str] = synced(Ref(), Merge.WRITE_ONCE, required=True)
    action: Mapped[str] = synced(ShortText(), Merge.WRITE_ONCE, default="note")
    from_state: Mapped[str | None] = synced(ShortText(), Merge.WRITE_ONCE)
    to_state: Mapped[str | None] = synced(ShortText(), Merge.WRITE_ONCE)
    note: Mapped[str | None] = synced(LongText(), Merge.WRITE_ONCE, mask="text")
    reason: Mapped[str | None] = synced(LongText(), Merge.WRITE_ONCE, mask="text")
    place: Mapped[str | None] = synced(ShortText(), Merge.WRITE_ONCE)
    """Where it was done."""
    round: Mapped[int | None] = synced(Integer(), Merge.WRITE_ONCE, derived=True)
    """In which round; steps of older programs do not say it."""
    evidence: Mapped[frozenset[str] | None] = synced(TextSet(), Merge.WRITE_ONCE, derived=True)
    """The attachments that had come since the step before: what this one rests upon."""
    about: Mapped[str | None] = synced(Ref(), Merge.WRITE_ONCE, derived=True)
    """The application or the card that it is about."""
    contact_phone: Mapped[str | None] = synced(
        ShortText(), Merge.WRITE_ONCE, mask="phone", check=checks.phone
    )
    contact_at: Mapped[datetime | None] = synced(Moment(), Merge.WRITE_ONCE)
    contact_result: Mapped[str | None] = synced(Choice(*CONTACTS), Merge.WRITE_ONCE)
    answer: Mapped[str | None] = synced(Choice(*EVALUATIONS), Merge.WRITE_ONCE)
    happened_at: Mapped[datetime | None] = synced(Moment(), Merge.WRITE_ONCE)
    """When that was which the step tells of, where it was noted down later (the ten minutes of 社区110)."""
    referred_to: Mapped[str | None] = synced(Choice(*REFERRALS), Merge.WRITE_ONCE, derived=True)
    supplementary: Mapped[bool | None] = synced(Bool(), Merge.SERVER)
    """Came together with a claim that somebody else had won."""
    handler_unit: Mapped[str | None] = synced(ShortText(), Merge.WRITE_ONCE)


class Link(Synced, Base):
    """One word about two reports being the same matter, or about that having been wrong. Written once (B2.6).

    Nothing is merged: both reports live on. A ``link`` holds until an ``unlink`` names it in ``undoes``, so that what two
    desks say without knowing of each other comes together by itself, and every word that was ever said stays.
    """

    __tablename__ = "report_link"
    __kind__ = "link"
    __right__ = "report.link"
    __parent__ = "report_id"
    __append_only__ = True
    __table_args__ = (
        list_index("report_link", "report_id", "created_at", "id"),
        list_index("report_link", "lead_id", "created_at", "id"),
    )

    report_id: Mapped[str] = synced(Ref(), Merge.WRITE_ONCE, required=True)
    """The report that was registered later."""
    lead_id: Mapped[str] = synced(Ref(), Merge.WRITE_ONCE, required=True)
    action: Mapped[str] = synced(Choice("link", "unlink"), Merge.WRITE_ONCE, default="link")
    undoes: Mapped[str | None] = synced(Ref(), Merge.WRITE_ONCE)
    grounds: Mapped[frozenset[str] | None] = synced(TextSet(), Merge.WRITE_ONCE)
    """What made it likely: place, address, text."""
    distance: Mapped[int | None] = synced(Integer(), Merge.WRITE_ONCE)
    """Metres between the two."""
    likeness: Mapped[int | None] = synced(Integer(), Merge.WRITE_ONCE)
    """How alike the texts are, in percent."""
    reason: Mapped[str | None] = synced(LongText(), Merge.WRITE_ONCE, mask="text")


class Request(Synced, Base):
    """Somebody asks that a deadline be put off, or a report suspended or abolished; another person decides (申请)."""

    __tablename__ = "report_request"
    __kind__ = "request"
    __right__ = "report.ask"
    __parent__ = "report_id"
    __transitions__ = REQUEST_STEPS
    __frozen_states__ = frozenset({APPROVED, DECLINED, WITHDRAWN})
    __search__ = ("reason",)
    __table_args__ = (
        list_index("report_request", "report_id", "created_at", "id"),
        list_index("report_request", "state", "created_at", "id"),
    )

    report_id: Mapped[str] = synced(Ref(), Merge.WRITE_ONCE, required=True)
    report_number: Mapped[str | None] = synced(ShortText(), Merge.WRITE_ONCE, derived=True)
    request_kind: Mapped[str] = synced(Choice(*REQUEST_KINDS), Merge.WRITE_ONCE, required=True)
    amount: Mapped[int | None] = synced(Integer(), Merge.WRITE_ONCE)
    unit: Mapped[str | None] = synced(Choice(*UNITS), Merge.WRITE_ONCE)
    until: Mapped[datetime | None] = synced(Moment(), Merge.WRITE_ONCE)
    reason: Mapped[str] = synced(LongText(), Merge.WRITE_ONCE, required=True, mask="text")
    state: Mapped[str] = synced(Choice(ASKED, APPROVED, DECLINED, WITHDRAWN), Merge.TRANSITION, default=ASKED)
    decided_by: Mapped[str | None] = synced(Ref(), derived=True)
    decided_at: Mapped[datetime | None] = synced(Moment(), derived=True)
    opinion: Mapped[str | None] = synced(LongText(), derived=True, mask="text")


class Card(Synced, Base):
    """A supervisor presses for a report (催办, 督办), or lifts a card that shows by itself (``lift-…``, ``reports.pressing``).

    Written once; it is taken back by declaring it void, with a reason.
    """

    __tablename__ = "report_card"
    __kind__ = "card"
    __right__ = "report.supervise"
    __parent__ = "report_id"
    __append_only__ = True
    __search__ = ("opinion",)
    __table_args__ = (list_index("report_card", "report_id", "created_at", "id"),)

    report_id: Mapped[str] = synced(Ref(), Merge.WRITE_ONCE, required=True)
    card: Mapped[str] = synced(Choice(*CARDS, *LIFTS), Merge.WRITE_ONCE, required=True)
    whom: Mapped[str] = synced(ShortText(), Merge.WRITE_ONCE, required=True)
    """Who is pressed: a unit, or a person's name."""
    opinion: Mapped[str] = synced(LongText(), Merge.WRITE_ONCE, required=True, mask="text")
