"""What people leave at the kiosk for the staff: that somebody is to come, or a number to be called back at."""

from __future__ import annotations

from sqlalchemy.orm import Mapped

from zzdesk.jobs import calling as calls
from zzdesk.people import checks
from zzdesk.store.base import Base, Merge, Synced, list_index, synced
from zzdesk.store.types import Choice, ShortText, TextSet


class KioskCall(Synced, Base):
    """One call; ``created_by`` is the kiosk's account. ``phone`` is gone as soon as it was answered."""

    __tablename__ = "kiosk_call"
    __kind__ = "kiosk_call"
    __right__ = "job.apply"
    __transitions__ = calls.CALLS
    __guard__ = calls.CALL_GUARD
    __table_args__ = (list_index("kiosk_call", "state", "created_at"), list_index("kiosk_call", "created_at", "id"))

    station: Mapped[str] = synced(ShortText(), Merge.WRITE_ONCE, derived=True)
    what: Mapped[str] = synced(Choice(calls.STAFF, calls.CALLBACK), Merge.WRITE_ONCE, required=True)
    phone: Mapped[str | None] = synced(ShortText(), mask="phone", check=checks.phone)
    calling: Mapped[str | None] = synced(Choice(*calls.CALLINGS), Merge.WRITE_ONCE)
    consent_version: Mapped[str | None] = synced(ShortText(), Merge.WRITE_ONCE)
    answered_by: Mapped[frozenset[str] | None] = synced(TextSet(), Merge.SET, derived=True)
    """Two who answer at two desks both did: nothing to be decided."""
    state: Mapped[str] = synced(
        Choice(calls.OPEN, calls.ANSWERED, calls.CANCELLED, calls.EXPIRED), Merge.TRANSITION, default=calls.OPEN
    )
