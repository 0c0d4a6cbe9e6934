"""Closed months of the odd-job station: figures that a service ledger has to be able to show again (HR article 33)."""

from __future__ import annotations

from sqlalchemy.orm import Mapped

from zzdesk.jobs.statistics import BASES
from zzdesk.jobs.statistics_close import CLOSE_GUARD
from zzdesk.store.base import Base, Merge, Synced, list_index, synced
from zzdesk.store.types import Choice, LongText, ShortText


class MonthText(LongText):
    """A closed month's text (``statistics_close``): some sixty bytes for each record that was counted."""

    limit = 240_000


class JobMonth(Synced, Base):
    """A month that was closed. Written once; who did it and when is its creation.

    Its id follows from station, basis and month. Where two desks close a month with different figures, that is a conflict
    about ``record`` which a person decides; until then the one that reached the centre first stands.
    """

    __tablename__ = "job_month"
    __kind__ = "job_month"
    __right__ = "job.close_month"
    __guard__ = CLOSE_GUARD
    __table_args__ = (
        list_index("job_month", "created_at", "id"),
        list_index("job_month", "basis", "month", "id"),
    )

    station: Mapped[str] = synced(ShortText(), Merge.WRITE_ONCE, derived=True)
    basis: Mapped[str] = synced(Choice(*BASES), Merge.WRITE_ONCE, derived=True)
    month: Mapped[str] = synced(ShortText(), Merge.WRITE_ONCE, derived=True)
    record: Mapped[str] = synced(MonthText(), Merge.WRITE_ONCE, derived=True)
