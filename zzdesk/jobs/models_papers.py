"""What was printed for a day's work, when, by whom and with how many people on it."""

from __future__ import annotations

from sqlalchemy.orm import Mapped

from zzdesk.store.base import Base, Merge, Synced, list_index, synced
from zzdesk.store.types import Choice, Integer, Ref, ShortText

ORDER = "order"
SLIP = "slip"


class JobPaper(Synced, Base):
    """An order of work (派工单) or a wage slip (工资清单) that left the desk. Written once.

    ``content_hash`` is the SHA-256 of all it says, so that an order is told from one whose people have changed since;
    ``people`` is how many names stand on it.
    """

    __tablename__ = "job_paper"
    __kind__ = "job_paper"
    __right__ = "job.place"
    __append_only__ = True
    __table_args__ = (
        list_index("job_paper", "posting_id", "paper", "id"), list_index("job_paper", "wage_line_id", "id", seldom=True),
    )  # fmt: skip

    posting_id: Mapped[str] = synced(Ref(), Merge.WRITE_ONCE, required=True)
    wage_line_id: Mapped[str | None] = synced(Ref(), Merge.WRITE_ONCE)
    paper: Mapped[str] = synced(Choice(ORDER, SLIP), Merge.WRITE_ONCE, required=True)
    people: Mapped[int] = synced(Integer(), Merge.WRITE_ONCE, derived=True)
    content_hash: Mapped[str] = synced(ShortText(), Merge.WRITE_ONCE, derived=True)
