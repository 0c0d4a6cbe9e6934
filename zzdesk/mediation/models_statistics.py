"""Closed months of the statistics, and the sweeps that are counted with them (domain rules B1.6)."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Mapped

from zzdesk.mediation import statistics as stats
from zzdesk.mediation.checks import not_ahead, not_negative
from zzdesk.mediation.statistics_guards import CLOSE_GUARD
from zzdesk.store.base import Base, Merge, Synced, list_index, synced
from zzdesk.store.types import Choice, Day, Integer, LongText, ShortText


class Ledger(LongText):
    """A closed month's text (``statistics_close``): some hundred bytes for each case."""

    limit = 240_000


class Prevention(Synced, Base):
    """One round of looking for disputes (排查): where they were looked for stays a note, nobody is named."""

    __tablename__ = "prevention"
    __kind__ = "prevention"
    __right__ = "prevention.record"
    __table_args__ = (
        list_index("prevention", "created_at", "id"),
        list_index("prevention", "happened_on", "id"),
    )

    happened_on: Mapped[date] = synced(Day(), required=True, check=not_ahead)
    checks: Mapped[int] = synced(Integer(), required=True, check=not_negative)
    found: Mapped[int] = synced(Integer(), required=True, check=not_negative)
    prevented: Mapped[int] = synced(Integer(), required=True, check=not_negative)
    note: Mapped[str | None] = synced(LongText(), Merge.TEXT, mask="text")


class MonthClose(Synced, Base):
    """A month that was closed, by acceptance or by closing. Written once; who did it and when is its creation.

    Its id follows from station, basis and month. Where two desks close a month with different figures, that is a conflict
    about ``record`` which a person decides; until then the one that reached the centre first stands.
    """

    __tablename__ = "month_close"
    __kind__ = "month_close"
    __right__ = "mediation.close_month"
    __guard__ = CLOSE_GUARD
    __table_args__ = (
        list_index("month_close", "created_at", "id"),
        list_index("month_close", "basis", "month", "id"),
    )

    station: Mapped[str] = synced(ShortText(), Merge.WRITE_ONCE, derived=True)
    basis: Mapped[str] = synced(Choice(*stats.BASES), Merge.WRITE_ONCE, derived=True)
    month: Mapped[str] = synced(ShortText(), Merge.WRITE_ONCE, derived=True)
    record: Mapped[str] = synced(Ledger(), Merge.WRITE_ONCE, derived=True)
