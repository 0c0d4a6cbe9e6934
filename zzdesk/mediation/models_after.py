"""What follows an agreement: the performance plan, revisits, judicial confirmation (PML articles 31 to 33).

Everything here is confidential like the rest of the file: it lives in the scope ``case:<id>``.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy.orm import Mapped

from zzdesk.mediation import workflow as flow
from zzdesk.mediation.checks import not_negative
from zzdesk.store.base import Base, Merge, Synced, list_index, synced
from zzdesk.store.types import Bool, Choice, Day, LongText, Moment, Money, Ref, ShortText, TextSet


class PerformanceLine(Synced, Base):
    """One thing that an agreement asks of somebody, and whether it was done; proof of it are attachments (row 12)."""

    __tablename__ = "performance_line"
    __kind__ = "performance_line"
    __right__ = "case.mediate"
    __parent__ = "case_id"
    __confidential__ = True
    __transitions__ = flow.LINE
    __table_args__ = (
        list_index("performance_line", "case_id", "id"),
        list_index("performance_line", "state", "due_on", "id"),
    )

    case_id: Mapped[str] = synced(Ref(), Merge.WRITE_ONCE, required=True)
    agreement_id: Mapped[str] = synced(Ref(), Merge.WRITE_ONCE, required=True)
    what: Mapped[str] = synced(LongText(), required=True, mask="text")
    amount: Mapped[Decimal | None] = synced(Money(), Merge.FOUR_EYES, check=not_negative)
    due_on: Mapped[date] = synced(Day(), required=True)
    by_party: Mapped[str | None] = synced(Ref())
    to_party: Mapped[str | None] = synced(Ref())
    done_on: Mapped[date | None] = synced(Day())
    done_how: Mapped[str | None] = synced(Choice(*flow.PERFORMED_BY))
    done_amount: Mapped[Decimal | None] = synced(Money(), Merge.FOUR_EYES, check=not_negative)
    state: Mapped[str] = synced(Choice(*sorted(flow.LINE.states)), Merge.TRANSITION, default=flow.LINE_DUE)
    note: Mapped[str | None] = synced(LongText(), Merge.TEXT, mask="text")


class Revisit(Synced, Base):
    """A revisit (回访记录; domain rules B1.2, row 13): planned by the program, recorded by whoever went (PML article 31)."""

    __tablename__ = "revisit"
    __kind__ = "revisit"
    __right__ = "case.mediate"
    __parent__ = "case_id"
    __confidential__ = True
    __transitions__ = flow.REVISIT
    __frozen_states__ = frozenset({"done"})
    __table_args__ = (list_index("revisit", "case_id", "id"), list_index("revisit", "state", "due_on", "id"))

    case_id: Mapped[str] = synced(Ref(), Merge.WRITE_ONCE, required=True)
    agreement_id: Mapped[str] = synced(Ref(), Merge.WRITE_ONCE, required=True)
    due_on: Mapped[date] = synced(Day(), Merge.FROZEN, required=True)
    visited_at: Mapped[datetime | None] = synced(Moment(), Merge.FROZEN)
    way: Mapped[str | None] = synced(Choice(*flow.VISITS), Merge.FROZEN)
    visitor: Mapped[str | None] = synced(ShortText(), Merge.FROZEN, mask="name")
    visited: Mapped[frozenset[str] | None] = synced(TextSet(), Merge.SET)
    """Ids of the parties who were spoken with."""
    performance: Mapped[str | None] = synced(Choice(*flow.PERFORMANCES), Merge.FROZEN)
    satisfaction: Mapped[str | None] = synced(Choice(*flow.SATISFACTIONS), Merge.FROZEN)
    sued: Mapped[bool | None] = synced(Bool(), Merge.FROZEN)
    wrongly_mediated: Mapped[bool | None] = synced(Bool(), Merge.FROZEN)
    escalated: Mapped[bool | None] = synced(Bool(), Merge.FROZEN)
    danger: Mapped[str | None] = synced(LongText(), Merge.TEXT, mask="text")
    measures: Mapped[str | None] = synced(LongText(), Merge.TEXT, mask="text")
    record: Mapped[str | None] = synced(LongText(), Merge.TEXT, mask="text")
    state: Mapped[str] = synced(Choice(*sorted(flow.REVISIT.states)), Merge.TRANSITION, default=flow.REVISIT_DUE)
    note: Mapped[str | None] = synced(LongText(), Merge.TEXT, mask="text")


class Confirmation(Synced, Base):
    """Judicial confirmation of an agreement (PML article 33; 法释〔2011〕5号; 民诉法 2023 articles 187 and 205)."""

    __tablename__ = "confirmation"
    __kind__ = "confirmation"
    __right__ = "case.mediate"
    __parent__ = "case_id"
    __confidential__ = True
    __transitions__ = flow.CONFIRMATION
    __table_args__ = (
        list_index("confirmation", "case_id", "id"),
        list_index("confirmation", "state", "raw_last_day", "id"),
    )

    case_id: Mapped[str] = synced(Ref(), Merge.WRITE_ONCE, required=True)
    agreement_id: Mapped[str] = synced(Ref(), Merge.WRITE_ONCE, required=True)
    raw_last_day: Mapped[date | None] = synced(Day(), derived=True)
    extended_last_day: Mapped[date | None] = synced(Day(), derived=True)
    court: Mapped[str | None] = synced(ShortText())
    court_ground: Mapped[str | None] = synced(Choice(*flow.COURT_GROUNDS))
    applicants: Mapped[frozenset[str] | None] = synced(TextSet(), Merge.SET)
    """Ids of the parties who ask: all of them, jointly."""
    papers: Mapped[frozenset[str] | None] = synced(TextSet(), Merge.SET)
    """Codes of the papers that are together (法释〔2011〕5号 article 3)."""
    is_warned: Mapped[bool | None] = synced(Bool())
    """Somebody has read that a court does not confirm identity, adoption or marriage (article 4 there), and goes on."""
    applied_on: Mapped[date | None] = synced(Day())
    court_accepted_on: Mapped[date | None] = synced(Day())
    is_court_extended: Mapped[bool | None] = synced(Bool())
    """Whether the court took ten days more (法释〔2011〕5号 article 5)."""
    decided_on: Mapped[date | None] = synced(Day())
    decision_number: Mapped[str | None] = synced(ShortText())
    state: Mapped[str] = synced(
        Choice(*sorted(flow.CONFIRMATION.states)), Merge.TRANSITION, default=flow.PREPARING
    )
    note: Mapped[str | None] = synced(LongText(), Merge.TEXT, mask="text")
