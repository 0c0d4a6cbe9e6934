"""A resident, with the minimum that the station's work needs (PIPL articles 5, 6 and 13; domain rules B5.1)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from sqlalchemy.orm import Mapped

from zzdesk.people import checks
from zzdesk.places.checks import area
from zzdesk.store.base import Base, Merge, Synced, list_index, synced
from zzdesk.store.types import Choice, Day, LongText, Moment, Ref, ShortText

SEXES: Final = ("male", "female")
LEGAL_BASES: Final = ("duty", "consent", "contract", "emergency")
"""Grounds of PIPL article 13: a statutory duty, consent, a contract with the person, an emergency."""
DOCUMENTS: Final = ("identity-card", "residence-permit", "passport", "other")


class Person(Synced, Base):
    """Somebody who lives in the area or comes to the station."""

    __tablename__ = "person"
    __kind__ = "person"
    __right__ = "person.edit"
    __search__ = ("identity_number", "phone", "address")
    __search_names__ = ("name",)
    __table_args__ = (
        list_index("person", "created_at", "id"),
        list_index("person", "identity_number"),
        list_index("person", "phone"),
        list_index("person", "name", "birth"),
    )

    name: Mapped[str] = synced(ShortText(), required=True, mask="name")
    identity_number: Mapped[str | None] = synced(
        ShortText(), Merge.FOUR_EYES, mask="id", check=checks.identity, natural=True
    )
    document_kind: Mapped[str | None] = synced(Choice(*DOCUMENTS))
    document_number: Mapped[str | None] = synced(ShortText(), Merge.FOUR_EYES, mask="id")
    sex: Mapped[str | None] = synced(Choice(*SEXES))
    birth: Mapped[date | None] = synced(Day(), mask="birth")
    phone: Mapped[str | None] = synced(ShortText(), mask="phone", check=checks.phone)
    address: Mapped[str | None] = synced(ShortText(), mask="address")
    area_code: Mapped[str | None] = synced(ShortText(), check=area)
    grid: Mapped[str | None] = synced(ShortText())
    legal_basis: Mapped[str] = synced(Choice(*LEGAL_BASES), default="duty")
    consent_version: Mapped[str | None] = synced(ShortText())
    consent_at: Mapped[datetime | None] = synced(Moment())
    consent_withdrawn_at: Mapped[datetime | None] = synced(Moment(), derived=True)
    duplicate_of: Mapped[str | None] = synced(Ref(), derived=True)
    notes: Mapped[str | None] = synced(LongText(), Merge.TEXT, mask="text")
