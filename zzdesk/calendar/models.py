"""Calendar tables that offices import: records like any other, so that they reach every desk below."""

from __future__ import annotations

from sqlalchemy.orm import Mapped

from zzdesk.store.base import Base, Merge, Synced, synced
from zzdesk.store.types import Integer, LongText


class CalendarTable(Synced, Base):
    """One version of one year, as text (``zzdesk.calendar.tables``), or office hours from a day on (``zzdesk.calendar.hours``).

    Written once; a newer version is another record.
    """

    __tablename__ = "calendar_table"
    __kind__ = "calendar"
    __right__ = "calendar.import"
    __append_only__ = True

    year: Mapped[int] = synced(Integer(), Merge.WRITE_ONCE, required=True)
    version: Mapped[int] = synced(Integer(), Merge.WRITE_ONCE, required=True)
    days: Mapped[str] = synced(LongText(), Merge.WRITE_ONCE, required=True)
