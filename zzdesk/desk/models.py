"""What belongs to this desk alone and never travels: drafts of forms."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String, Text
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
