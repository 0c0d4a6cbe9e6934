"""以案定补: the table of amounts, a mediator's sheet of a month, and the one payment for a case (domain rules B1.8)."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy.orm import Mapped

from zzdesk.i18n import N_
from zzdesk.mediation import subsidy
from zzdesk.store.base import Base, Merge, Synced, list_index, synced
from zzdesk.store.types import Choice, Day, LongText, Moment, Money, Ref, ShortText, UnfitError


def _positive(value: Decimal, today: date) -> Decimal:
    if value <= 0:
        raise UnfitError(N_("应大于零"))
    return value


class SubsidyRule(Synced, Base):
    """What a case of a level and form brings from a day on. Never changed: a new amount is a rule from a new day.

    Its id follows from station, level, form and day, so that two desks that enter one rule differently have a conflict.
    """

    __tablename__ = "subsidy_rule"
    __kind__ = "subsidy_rule"
    __right__ = "subsidy.rule"
    __guard__ = subsidy.RULE_GUARD
    __table_args__ = (list_index("subsidy_rule", "created_at", "id"),)

    station: Mapped[str] = synced(ShortText(), Merge.WRITE_ONCE, derived=True)
    level: Mapped[str] = synced(Choice(*subsidy.LEVELS), Merge.WRITE_ONCE, required=True)
    form: Mapped[str] = synced(Choice(*subsidy.FORMS), Merge.WRITE_ONCE, required=True)
    from_day: Mapped[date] = synced(Day(), Merge.WRITE_ONCE, required=True)
    amount: Mapped[Decimal] = synced(Money(), Merge.FOUR_EYES, required=True, check=_positive)
    basis: Mapped[str | None] = synced(ShortText(), Merge.WRITE_ONCE)
    """The paper that says so (文号)."""


class SubsidySheet(Synced, Base):
    """What one mediator receives for one month: drawn up by one person, approved by another, fixed from then on."""

    __tablename__ = "subsidy_sheet"
    __kind__ = "subsidy_sheet"
    __right__ = "subsidy.draw"
    __transitions__ = subsidy.SHEET
    __guard__ = subsidy.SHEET_GUARD
    __frozen_states__ = frozenset({subsidy.APPROVED})
    __table_args__ = (
        list_index("subsidy_sheet", "created_at", "id"),
        list_index("subsidy_sheet", "month", "id"),
        list_index("subsidy_sheet", "state", "created_at", "id"),
    )

    name: Mapped[str | None] = synced(ShortText(), Merge.WRITE_ONCE, derived=True)
    """Whose and of which month: what a conflict calls it."""
    station: Mapped[str] = synced(ShortText(), Merge.WRITE_ONCE, derived=True)
    month: Mapped[str] = synced(ShortText(), Merge.WRITE_ONCE, required=True)
    mediator_id: Mapped[str] = synced(Ref(), Merge.WRITE_ONCE, required=True)
    state: Mapped[str] = synced(Choice(*sorted(subsidy.SHEET.states)), Merge.TRANSITION, default=subsidy.DRAFT)
    total: Mapped[Decimal | None] = synced(Money(), derived=True)
    drawn_by: Mapped[str | None] = synced(Ref(), derived=True)
    drawn_at: Mapped[datetime | None] = synced(Moment(), derived=True)
    approved_by: Mapped[str | None] = synced(Ref(), derived=True)
    approved_at: Mapped[datetime | None] = synced(Moment(), derived=True)
    reason: Mapped[str | None] = synced(LongText(), derived=True, mask="text")


class SubsidyItem(Synced, Base):
    """The payment for a case. Its id follows from the case: there is never a second one (domain rules B1.8).

    Without a sheet it waits: it was taken off one, and may go onto another.
    """

    __tablename__ = "subsidy_item"
    __kind__ = "subsidy_item"
    __right__ = "subsidy.draw"
    __parent__ = "subsidy_sheet_id"
    __guard__ = subsidy.ITEM_GUARD
    __table_args__ = (
        list_index("subsidy_item", "created_at", "id"),
        list_index("subsidy_item", "subsidy_sheet_id", "id"),
    )

    subsidy_sheet_id: Mapped[str | None] = synced(Ref(), derived=True)
    case_id: Mapped[str] = synced(Ref(), Merge.WRITE_ONCE, required=True)
    level: Mapped[str] = synced(Choice(*subsidy.LEVELS), default="normal")
    form: Mapped[str] = synced(Choice(*subsidy.FORMS), derived=True)
    amount: Mapped[Decimal] = synced(Money(), derived=True)
    rule_id: Mapped[str] = synced(Ref(), derived=True)
