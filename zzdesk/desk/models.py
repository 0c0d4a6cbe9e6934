"""What belongs to this desk alone and never travels: drafts of forms and the files that were added to them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from zzdesk.store.base import Base
from zzdesk.store.types import Moment


class Draft(Base):
    """A snapshot of an unfinished form: whose it is, which form, and the values as JSON."""

    __tablename__ = "draft"

    account: Mapped[str] = mapped_column(String(40), primary_key=True)
    form: Mapped[str] = mapped_column(String(120), primary_key=True)
    snapshot: Mapped[str] = mapped_column(Text)
    saved_at: Mapped[datetime] = mapped_column(Moment())


class DraftFile(Base):
    """A file that was added to a form before its record is born: it lies encrypted in the store, and waits.

    ``location`` is ``latitude,longitude`` as the camera says (WGS 84, degrees), or None.
    """

    __tablename__ = "draft_file"
    __table_args__ = (Index("ix_draft_file_account_form", "account", "form"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    account: Mapped[str] = mapped_column(String(40))
    form: Mapped[str] = mapped_column(String(120))
    name: Mapped[str] = mapped_column(Text)
    mime: Mapped[str] = mapped_column(String(100))
    sha256: Mapped[str] = mapped_column(String(64))
    size: Mapped[int] = mapped_column(Integer)
    shared_sha256: Mapped[str | None] = mapped_column(String(64))
    shared_size: Mapped[int | None] = mapped_column(Integer)
    location: Mapped[str | None] = mapped_column(String(60))
    taken_at: Mapped[datetime | None] = mapped_column(Moment())
    added_at: Mapped[datetime] = mapped_column(Moment())


class SavedFilter(Base):
    """A filter of a list that an account keeps under a name on this desk; ``filter`` is JSON of the list's own making.

    ``place`` is where it stands in the bar, from 1; places need not be without gaps.
    """

    __tablename__ = "saved_filter"
    __table_args__ = (Index("ix_saved_filter_account_list", "account", "list", "place"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    account: Mapped[str] = mapped_column(String(40))
    list: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(40))
    filter: Mapped[str] = mapped_column(Text)
    place: Mapped[int] = mapped_column(Integer)
