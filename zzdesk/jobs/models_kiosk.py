"""What a touch kiosk keeps for itself and never sends: who may sign in at it, who stands before it, and the PINs of operators.

Sign-in looks a keyed digest up and nothing else, so that no query of the kiosk's account reads the table of workers.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from zzdesk.store.base import Base
from zzdesk.store.types import Moment

PHONE, IDENTITY = "phone", "identity"
"""What is asked for beside a card: the last four of the phone or, where there is none, of the identity number."""


class KioskPass(Base):
    """Somebody who may sign in: digests (HMAC-SHA256, hex) of the card, of card and answer, of both tails."""

    __tablename__ = "kiosk_pass"
    __table_args__ = (
        Index("ix_kiosk_pass_card", "card"), Index("ix_kiosk_pass_by_card", "by_card"),
        Index("ix_kiosk_pass_by_phone", "by_phone"),
    )  # fmt: skip

    worker_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    card: Mapped[str] = mapped_column(String(64))
    asks: Mapped[str] = mapped_column(String(10))
    by_card: Mapped[str] = mapped_column(String(64))
    by_phone: Mapped[str | None] = mapped_column(String(64))


class KioskVisit(Base):
    """Who stands before the kiosk: a digest of the window's token, the worker, and until when at most."""

    __tablename__ = "kiosk_visit"

    token: Mapped[str] = mapped_column(String(64), primary_key=True)
    worker_id: Mapped[str] = mapped_column(String(36))
    until: Mapped[datetime] = mapped_column(Moment())


class KioskPin(Base):
    """The PIN by which an operator leaves the kiosk, as Argon2id (RFC 9106) encodes it."""

    __tablename__ = "kiosk_pin"

    account: Mapped[str] = mapped_column(String(40), primary_key=True)
    proof: Mapped[str] = mapped_column(Text)
    set_at: Mapped[datetime] = mapped_column(Moment())
