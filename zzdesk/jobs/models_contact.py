"""Contact with enterprises: the contact day, visits, what is to be done after one, and what enterprises need (A13, F56)."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy.orm import Mapped

from zzdesk.i18n import N_
from zzdesk.jobs import contact
from zzdesk.jobs import contact_calendar as days
from zzdesk.people import checks
from zzdesk.store.base import Base, Merge, Synced, list_index, synced
from zzdesk.store.types import Choice, Day, Integer, LongText, Ref, ShortText, TextSet, UnfitError


def _month(value: str, today: date) -> str:
    if days.as_month(value) is None:
        raise UnfitError(N_("应为月份，例如2026-11"))
    return value


def _positive(value: Any, today: date) -> Any:
    if value <= 0:
        raise UnfitError(N_("应大于零"))
    return value


class ContactDay(Synced, Base):
    """The contact day of a station in one month: prepared, held, closed with what came of it; or why it was not held."""

    __tablename__ = "contact_day"
    __kind__ = "contact_day"
    __right__ = contact.RIGHT
    __transitions__ = contact.DAYS
    __guard__ = contact.DAY_GUARD
    __frozen_states__ = frozenset({days.CLOSED})
    __search__ = ("plan", "results")
    __search_names__ = ("month",)
    __table_args__ = (list_index("contact_day", "created_at", "id"), list_index("contact_day", "station", "day", "id"))

    station: Mapped[str] = synced(ShortText(), Merge.WRITE_ONCE, derived=True)
    month: Mapped[str] = synced(ShortText(), Merge.WRITE_ONCE, required=True, check=_month)
    day: Mapped[date] = synced(Day(), Merge.WRITE_ONCE, derived=True)
    plan: Mapped[str | None] = synced(LongText(), Merge.TEXT, mask="text")
    results: Mapped[str | None] = synced(LongText(), Merge.TEXT, mask="text")
    state: Mapped[str] = synced(Choice(*days.STATES), Merge.TRANSITION, default=days.PREPARING)
    reason: Mapped[str | None] = synced(LongText(), derived=True, mask="text")
    """Why it was not held."""


class EmployerVisit(Synced, Base):
    """A visit to an enterprise, on a contact day or on another one: planned, made or called off."""

    __tablename__ = "employer_visit"
    __kind__ = "employer_visit"
    __right__ = contact.RIGHT
    __transitions__ = contact.VISITS
    __guard__ = contact.VISIT_GUARD
    __search__ = ("notes", "met_phone")
    __search_names__ = ("met_name",)
    __table_args__ = (
        list_index("employer_visit", "created_at", "id"),
        list_index("employer_visit", "state", "created_at", "id"),
        list_index("employer_visit", "contact_day_id", "created_at", "id", seldom=True),
        list_index("employer_visit", "employer_id", "created_at", "id"),
    )

    employer_id: Mapped[str] = synced(Ref(), Merge.WRITE_ONCE, required=True)
    contact_day_id: Mapped[str | None] = synced(Ref(), Merge.WRITE_ONCE)
    visit_on: Mapped[date] = synced(Day(), required=True)
    visitors: Mapped[frozenset[str] | None] = synced(TextSet(), Merge.SET)
    """The accounts of those who go."""
    met_name: Mapped[str | None] = synced(ShortText(), mask="name")
    met_post: Mapped[str | None] = synced(ShortText())
    met_phone: Mapped[str | None] = synced(ShortText(), mask="phone", check=checks.phone)
    notes: Mapped[str | None] = synced(LongText(), Merge.TEXT, mask="text")
    state: Mapped[str] = synced(
        Choice(contact.PLANNED, contact.MADE, contact.CALLED_OFF), Merge.TRANSITION, default=contact.PLANNED
    )
    reason: Mapped[str | None] = synced(LongText(), derived=True, mask="text")
    """Why it was called off."""


class VisitItem(Synced, Base):
    """Something to be done after a visit, by whom and until when."""

    __tablename__ = "visit_item"
    __kind__ = "visit_item"
    __right__ = contact.RIGHT
    __parent__ = "employer_visit_id"
    __transitions__ = contact.ITEMS
    __table_args__ = (
        list_index("visit_item", "created_at", "id"),
        list_index("visit_item", "employer_visit_id", "due_on", "id"),
        list_index("visit_item", "state", "due_on", "id"),
    )

    employer_visit_id: Mapped[str] = synced(Ref(), Merge.WRITE_ONCE, required=True)
    title: Mapped[str] = synced(ShortText(), required=True, mask="text")
    owned_by: Mapped[str] = synced(Ref(), required=True)
    due_on: Mapped[date] = synced(Day(), required=True)
    state: Mapped[str] = synced(
        Choice(contact.OPEN, contact.DONE, contact.DROPPED), Merge.TRANSITION, default=contact.OPEN
    )
    outcome: Mapped[str | None] = synced(LongText(), derived=True, mask="text")
    """What came of it, or why it was dropped."""


class EmployerNeed(Synced, Base):
    """What an enterprise needs: people for work, or anything else; said on a visit, by telephone or at the counter."""

    __tablename__ = "employer_need"
    __kind__ = "employer_need"
    __right__ = contact.RIGHT
    __transitions__ = contact.NEEDS
    __guard__ = contact.NEED_GUARD
    __search__ = ("number", "title", "details")
    __table_args__ = (
        list_index("employer_need", "created_at", "id"),
        list_index("employer_need", "state", "created_at", "id"),
        list_index("employer_need", "employer_id", "created_at", "id"),
        list_index("employer_need", "employer_visit_id", "id", seldom=True),
    )

    number: Mapped[str] = synced(ShortText(), Merge.WRITE_ONCE, derived=True)
    employer_id: Mapped[str] = synced(Ref(), Merge.WRITE_ONCE, required=True)
    employer_visit_id: Mapped[str | None] = synced(Ref(), Merge.WRITE_ONCE)
    source: Mapped[str] = synced(Choice(*contact.SOURCES), default="phone")
    need_kind: Mapped[str] = synced(Choice(*contact.NEED_KINDS), default=contact.LABOUR)
    title: Mapped[str] = synced(ShortText(), required=True, mask="text")
    details: Mapped[str | None] = synced(LongText(), Merge.TEXT, mask="text")
    people: Mapped[int | None] = synced(Integer(), check=_positive)
    until: Mapped[date | None] = synced(Day())
    """By when it should be met."""
    state: Mapped[str] = synced(
        Choice(contact.OPEN, contact.IN_HAND, contact.MET, contact.UNMET), Merge.TRANSITION, default=contact.OPEN
    )
    handled_by: Mapped[str | None] = synced(Ref(), derived=True)
    posting_id: Mapped[str | None] = synced(Ref(), derived=True)
    """The posting that it became."""
    reason: Mapped[str | None] = synced(LongText(), derived=True, mask="text")
    """What came of it, or why it could not be met."""
