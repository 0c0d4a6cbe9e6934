"""What is known of a file that belongs to a record; the file itself lies encrypted beside the database."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy.orm import Mapped

from zzdesk.store.base import Base, Merge, Synced, list_index, synced
from zzdesk.store.types import Choice, Integer, LongText, Moment, Ref, ShortText

PURPOSES: Final = ("photo", "scan", "identity", "licence", "signature", "recording", "receipt", "evidence", "other")


class Attachment(Synced, Base):
    """One file: whose it is, how large, and the SHA-256 of its plain bytes, so that anybody can verify a copy.

    It takes the scope of its record, so that a file of a confidential record stays with the case team.
    """

    __tablename__ = "attachment"
    __kind__ = "attachment"
    __right__ = "attachment.add"
    __parent__ = "record_id"
    __table_args__ = (
        list_index("attachment", "record_id", "created_at", "id"),
        list_index("attachment", "sha256"),
    )

    record_kind: Mapped[str] = synced(ShortText(), Merge.WRITE_ONCE, required=True)
    record_id: Mapped[str] = synced(Ref(), Merge.WRITE_ONCE, required=True)
    name: Mapped[str] = synced(ShortText(), Merge.WRITE_ONCE, required=True, mask="file")
    purpose: Mapped[str] = synced(Choice(*PURPOSES), default="other")
    note: Mapped[str | None] = synced(LongText(), Merge.TEXT, mask="text")
    mime: Mapped[str] = synced(ShortText(), Merge.WRITE_ONCE, derived=True)
    size: Mapped[int] = synced(Integer(), Merge.WRITE_ONCE, derived=True)
    sha256: Mapped[str] = synced(ShortText(), Merge.WRITE_ONCE, derived=True)
    taken_at: Mapped[datetime | None] = synced(Moment(), Merge.WRITE_ONCE)
    device: Mapped[str | None] = synced(ShortText(), Merge.WRITE_ONCE, derived=True)
