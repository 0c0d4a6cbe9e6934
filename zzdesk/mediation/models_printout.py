"""Who printed which paper of a case, when, and what it said (domain rules B1.7; PIPL article 55: a disclosure is recorded).

A print is a record of the case, so that the whole team sees what is out, whichever desk it was printed at.
"""

from __future__ import annotations

from sqlalchemy.orm import Mapped

from zzdesk.store.base import Base, Merge, Synced, list_index, synced
from zzdesk.store.types import Bool, Choice, Integer, Ref, ShortText

WAYS = ("paper", "pdf", "word")


class Printout(Synced, Base):
    """A paper that left the desk: on paper, as PDF or as Word file. Written once.

    ``paper`` names it as ``zzdesk.mediation.dossier.data.SHAPES`` does, or is ``dossier``; ``content_hash`` is the SHA-256 of
    what it says in full, so that a later print of a changed record can be told from this one. ``after_signing`` says that
    its record was closed, signed or in effect by then.
    """

    __tablename__ = "printout"
    __kind__ = "printout"
    __right__ = "case.read_confidential"
    __parent__ = "case_id"
    __confidential__ = True
    __append_only__ = True
    __table_args__ = (list_index("printout", "case_id", "id"),)

    case_id: Mapped[str] = synced(Ref(), Merge.WRITE_ONCE, required=True)
    paper: Mapped[str] = synced(ShortText(), Merge.WRITE_ONCE, required=True)
    record_id: Mapped[str | None] = synced(Ref(), Merge.WRITE_ONCE)
    way: Mapped[str] = synced(Choice(*WAYS), Merge.WRITE_ONCE, required=True)
    pages: Mapped[int | None] = synced(Integer(), Merge.WRITE_ONCE)
    content_hash: Mapped[str] = synced(ShortText(), Merge.WRITE_ONCE, required=True)
    masked: Mapped[bool | None] = synced(Bool(), Merge.WRITE_ONCE)
    after_signing: Mapped[bool | None] = synced(Bool(), Merge.WRITE_ONCE)
