"""Who read the file of a case that was reported to the police, and when (People's Mediation Law article 25; rules B1.7).

The audit of a computer stays on it.  Of a case that somebody outside its team may read, each reading is a record of the case
as well, so that the whole team sees it whichever desk it happened at.
"""

from __future__ import annotations

from sqlalchemy.orm import Mapped

from zzdesk.store.base import Base, Merge, Synced, list_index, synced
from zzdesk.store.types import Bool, Choice, Ref, ShortText

OPENED = "opened"
REVEALED = "revealed"
WHATS = (OPENED, REVEALED)


class CaseReading(Synced, Base):
    """One reading; who and when are its author and its moment. Written once.

    ``what``: the file was opened, or a covered ``field`` of ``record_id`` was uncovered. ``by_call``: not as one of the team,
    but because 110 was called.
    """

    __tablename__ = "case_reading"
    __kind__ = "case_reading"
    __right__ = "case.read_confidential"
    __parent__ = "case_id"
    __confidential__ = True
    __append_only__ = True
    __table_args__ = (list_index("case_reading", "case_id", "id"),)

    case_id: Mapped[str] = synced(Ref(), Merge.WRITE_ONCE, required=True)
    what: Mapped[str] = synced(Choice(*WHATS), Merge.WRITE_ONCE, required=True)
    record_id: Mapped[str | None] = synced(Ref(), Merge.WRITE_ONCE)
    field: Mapped[str | None] = synced(ShortText(), Merge.WRITE_ONCE)
    by_call: Mapped[bool | None] = synced(Bool(), Merge.WRITE_ONCE)
