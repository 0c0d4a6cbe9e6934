"""Counters of this desk. They never travel: each desk counts for itself."""

from __future__ import annotations

from sqlalchemy import Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from zzdesk.store.base import Base


class Counter(Base):
    """The next number of one series on this desk."""

    __tablename__ = "counter"

    series: Mapped[str] = mapped_column(String(60), primary_key=True)
    next: Mapped[int] = mapped_column(Integer, default=1)
