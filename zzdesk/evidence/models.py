"""What is known of a file that belongs to a record; the file itself lies encrypted beside the database."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import Boolean, Index, String, text
from sqlalchemy import Integer as Number
from sqlalchemy.orm import Mapped, mapped_column

from zzdesk.evidence.guards import GUARD
from zzdesk.store.base import Base, Merge, Synced, list_index, synced
from zzdesk.store.types import Choice, Integer, LongText, Moment, Ref, ShortText

PURPOSES: Final = (
    "photo", "scan", "identity", "licence", "signature", "recording", "receipt", "evidence", "brochure", "mandate", "other",
)  # fmt: skip


class Attachment(Synced, Base):
    """One file: whose it is, how large, and the SHA-256 of its plain bytes, so that anybody can verify a copy.

    It takes the scope of its record, so that a file of a confidential record stays with the case team. A photo has two
    files (decision 16): the original as it was taken, for its author and who holds the right, and ``shared``, a copy
    that says nothing of where, when and with what it was taken. ``location`` is where the camera says it was (WGS 84,
    latitude and longitude in degrees).
    """

    __tablename__ = "attachment"
    __kind__ = "attachment"
    __right__ = "attachment.add"
    __parent__ = "record_id"
    __guard__ = GUARD
    __table_args__ = (
        list_index("attachment", "record_id", "created_at", "id"),
        list_index("attachment", "sha256"),
        list_index("attachment", "shared_sha256"),
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
    shared_sha256: Mapped[str | None] = synced(ShortText(), Merge.WRITE_ONCE, derived=True)
    shared_size: Mapped[int | None] = synced(Integer(), Merge.WRITE_ONCE, derived=True)
    location: Mapped[str | None] = synced(ShortText(), Merge.WRITE_ONCE, derived=True, mask="sensitive")


class BlobLocal(Base):
    """Where the bytes of one file are, as far as this desk knows; see ``zzdesk.evidence.local``. No record: it stays here.

    ``centre`` is what the centre has of it, ``verified_seq`` its clock when it said that it had hashed the whole file.
    """

    __tablename__ = "blob_local"
    __table_args__ = (
        Index("ix_blob_local_open", "centre", sqlite_where=text("centre != 'verified'")),
        Index("ix_blob_local_wanted", "size", sqlite_where=text("wanted")),
        Index("ix_blob_local_verified_at", "verified_at"),
    )

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    size: Mapped[int] = mapped_column(Number)
    here: Mapped[bool] = mapped_column(Boolean, default=False)
    wanted: Mapped[bool] = mapped_column(Boolean, default=False)
    centre: Mapped[str] = mapped_column(String(10))
    upload_offset: Mapped[int] = mapped_column(Number, default=0)
    verified_at: Mapped[datetime | None] = mapped_column(Moment())
    verified_seq: Mapped[int | None] = mapped_column(Number)
    problem: Mapped[str | None] = mapped_column(String(40))
