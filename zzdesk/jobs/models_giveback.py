"""The ledger of what enterprises give back to the community (企业反哺社区): lines that are written once (A13, F56)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Mapped

from zzdesk.jobs import giveback
from zzdesk.store.base import Base, Merge, Synced, list_index, synced
from zzdesk.store.types import Choice, Count, Day, LongText, Money, Ref, ShortText


class GivebackEntry(Synced, Base):
    """One line: who gave what, how much of it, when, and what for. Never changed, never void.

    ``reverses`` names the line that this one takes back, ``corrects`` the line instead of which this one says what is right.
    The name of the enterprise is copied: the line says what was so on the day. Its proof is an attachment of purpose
    ``receipt``.
    """

    __tablename__ = "giveback_entry"
    __kind__ = "giveback_entry"
    __right__ = giveback.RIGHT
    __append_only__ = True
    __guard__ = giveback.GUARD
    __search__ = ("what", "receipt_number", "project")
    __search_names__ = ("employer_name",)
    __table_args__ = (
        list_index("giveback_entry", "created_at", "id"),
        list_index("giveback_entry", "given_on", "id"),
        list_index("giveback_entry", "employer_id", "given_on", "id"),
        list_index("giveback_entry", "reverses", seldom=True),
    )

    employer_id: Mapped[str] = synced(Ref(), Merge.WRITE_ONCE, required=True)
    employer_name: Mapped[str] = synced(ShortText(), Merge.WRITE_ONCE, derived=True, mask="holder")
    given_on: Mapped[date] = synced(Day(), Merge.WRITE_ONCE, required=True)
    giveback_kind: Mapped[str] = synced(Choice(*giveback.KINDS), Merge.WRITE_ONCE, required=True)
    what: Mapped[str] = synced(ShortText(), Merge.WRITE_ONCE, required=True, mask="text")
    # Money takes two people where two desks corrected it differently (decision 7); that nobody edits it is the guard's word.
    amount: Mapped[Decimal | None] = synced(Money(), Merge.FOUR_EYES)
    quantity: Mapped[Decimal | None] = synced(Count(), Merge.FOUR_EYES)
    unit: Mapped[str | None] = synced(ShortText(), Merge.WRITE_ONCE)
    purpose: Mapped[str] = synced(LongText(), Merge.WRITE_ONCE, required=True, mask="text")
    project: Mapped[str | None] = synced(ShortText(), Merge.WRITE_ONCE, mask="text")
    """Who or what it is for, in words."""
    receipt_number: Mapped[str | None] = synced(ShortText(), Merge.WRITE_ONCE)
    taken_by: Mapped[str] = synced(Ref(), Merge.WRITE_ONCE)
    """The account of who took it."""
    reverses: Mapped[str | None] = synced(Ref(), Merge.WRITE_ONCE, derived=True)
    corrects: Mapped[str | None] = synced(Ref(), Merge.WRITE_ONCE, derived=True)
    why: Mapped[str | None] = synced(LongText(), Merge.WRITE_ONCE, derived=True, mask="text")
