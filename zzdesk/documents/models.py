"""Counters and leased numbers of this desk. They never travel: each desk counts for itself."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from zzdesk.store.base import Base
from zzdesk.store.types import Moment


class Counter(Base):
    """The next number of one series on this desk."""

    __tablename__ = "counter"

    series: Mapped[str] = mapped_column(String(60), primary_key=True)
    next: Mapped[int] = mapped_column(Integer, default=1)


class NumberBlock(Base):
    """Consecutive numbers of a series that the centre leased to this desk; ``next`` is the first that is free."""

    __tablename__ = "number_block"

    series: Mapped[str] = mapped_column(String(60), primary_key=True)
    scope: Mapped[str] = mapped_column(String(60), primary_key=True)
    lo: Mapped[int] = mapped_column(Integer, primary_key=True)
    hi: Mapped[int] = mapped_column(Integer)
    next: Mapped[int] = mapped_column(Integer)
    expires: Mapped[datetime] = mapped_column(Moment())
    replica_id: Mapped[str] = mapped_column(String(60))
    """The life of this database that it was leased to: a copy of it gives none of these numbers again."""
