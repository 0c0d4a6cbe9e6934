"""What happens while a case is mediated, beside the sessions: who is invited, what is inquired into, more time.

Everything here is confidential like the rest of the file: it lives in the scope ``case:<id>``.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import Mapped

from zzdesk.mediation import workflow as flow
from zzdesk.people import checks
from zzdesk.store.base import Base, Merge, Synced, list_index, synced
from zzdesk.store.types import Choice, Day, LongText, Moment, Ref, ShortText, TextSet


class Participant(Synced, Base):
    """Somebody who is invited to help, with the consent of each party (PML article 20)."""

    __tablename__ = "participant"
    __kind__ = "participant"
    __right__ = "case.mediate"
    __parent__ = "case_id"
    __confidential__ = True
    __table_args__ = (list_index("participant", "case_id", "id"),)

    case_id: Mapped[str] = synced(Ref(), Merge.WRITE_ONCE, required=True)
    name: Mapped[str] = synced(ShortText(), required=True, mask="name")
    capacity: Mapped[str] = synced(Choice(*flow.CAPACITIES), required=True)
    reason: Mapped[str | None] = synced(LongText(), mask="text")
    unit: Mapped[str | None] = synced(ShortText())
    phone: Mapped[str | None] = synced(ShortText(), mask="phone", check=checks.phone)
    agreed_by: Mapped[frozenset[str] | None] = synced(TextSet(), Merge.SET)
    """Ids of the parties who agreed."""
    refused_by: Mapped[frozenset[str] | None] = synced(TextSet(), Merge.SET)
    agreed_at: Mapped[datetime | None] = synced(Moment())


class Investigation(Synced, Base):
    """An inquiry (调查记录; domain rules B1.2, row 7). It may be edited until it is closed; photos are attachments."""

    __tablename__ = "investigation"
    __kind__ = "investigation"
    __right__ = "case.mediate"
    __parent__ = "case_id"
    __confidential__ = True
    __transitions__ = flow.INQUIRY
    __frozen_states__ = frozenset({"closed"})
    __table_args__ = (list_index("investigation", "case_id", "id"),)

    case_id: Mapped[str] = synced(Ref(), Merge.WRITE_ONCE, required=True)
    started_at: Mapped[datetime | None] = synced(Moment(), Merge.FROZEN)
    ended_at: Mapped[datetime | None] = synced(Moment(), Merge.FROZEN)
    place: Mapped[str | None] = synced(ShortText(), Merge.FROZEN, mask="address")
    asked: Mapped[str | None] = synced(ShortText(), Merge.FROZEN, mask="name")
    """Who was asked (被调查人)."""
    asked_about: Mapped[str | None] = synced(ShortText(), Merge.FROZEN, mask="text")
    """Who that is: age, address, tie to the parties, as the record says it."""
    investigators: Mapped[frozenset[str] | None] = synced(TextSet(), Merge.SET)
    """Names of those who asked (调查人)."""
    others: Mapped[frozenset[str] | None] = synced(TextSet(), Merge.SET, mask="name")
    """Others who were there (参加人)."""
    recorder: Mapped[str | None] = synced(ShortText(), Merge.FROZEN, mask="name")
    record: Mapped[str | None] = synced(LongText(), Merge.TEXT, mask="text")
    signing: Mapped[str | None] = synced(Choice("signed", "refused"), Merge.FROZEN)
    """Whether the person asked signed it, or would not; why is in ``record``."""
    state: Mapped[str] = synced(Choice(*sorted(flow.INQUIRY.states)), Merge.TRANSITION, default="open")
    closed_at: Mapped[datetime | None] = synced(Moment(), derived=True)


class Extension(Synced, Base):
    """More time than thirty days, with each party's consent (domain rules B1.1, one-month rule). Written once."""

    __tablename__ = "extension"
    __kind__ = "extension"
    __right__ = "case.mediate"
    __parent__ = "case_id"
    __confidential__ = True
    __append_only__ = True
    __table_args__ = (list_index("extension", "case_id", "id"),)

    case_id: Mapped[str] = synced(Ref(), Merge.WRITE_ONCE, required=True)
    from_day: Mapped[date | None] = synced(Day(), Merge.WRITE_ONCE, derived=True)
    """The last day that held until then."""
    until: Mapped[date] = synced(Day(), Merge.WRITE_ONCE, required=True)
    agreed_by: Mapped[frozenset[str]] = synced(TextSet(), Merge.WRITE_ONCE, required=True)
    """Ids of the parties who agreed: all of them."""
    reason: Mapped[str] = synced(LongText(), Merge.WRITE_ONCE, required=True, mask="text")
