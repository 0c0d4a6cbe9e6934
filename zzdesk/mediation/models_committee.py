"""A people's mediation committee and its members: master data of the station (人民调解法 articles 8, 9, 13 and 14)."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Mapped

from zzdesk.documents.series import check_mark
from zzdesk.mediation import workflow as flow
from zzdesk.mediation.checks import not_ahead, of_a_term
from zzdesk.people import checks
from zzdesk.people.models import SEXES
from zzdesk.store.base import Base, Merge, Synced, list_index, synced
from zzdesk.store.types import Bool, Choice, Day, LongText, Ref, ShortText


class Committee(Synced, Base):
    """A committee: what papers call it, what its numbers begin with, its term, and where its seal is kept."""

    __tablename__ = "committee"
    __kind__ = "committee"
    __right__ = "committee.edit"
    __search__ = ("name", "prefix")
    __table_args__ = (list_index("committee", "scope", "id"),)

    name: Mapped[str] = synced(ShortText(), required=True)
    prefix: Mapped[str | None] = synced(ShortText(), Merge.WRITE_ONCE, check=check_mark)
    """The short name in its numbers: ``西桥`` in （2026）西桥人调字第0007号. Numbers are on paper: it never changes."""
    committee_kind: Mapped[str] = synced(Choice(*flow.COMMITTEE_KINDS), default="residents")
    term_from: Mapped[date | None] = synced(Day(), check=of_a_term)
    term_to: Mapped[date | None] = synced(Day(), check=of_a_term)
    """Three years from its beginning (article 9) where nothing else was given."""
    seal_keeper: Mapped[str | None] = synced(ShortText(), mask="name")
    seal_place: Mapped[str | None] = synced(ShortText())
    address: Mapped[str | None] = synced(ShortText())
    phone: Mapped[str | None] = synced(ShortText(), check=checks.phone)
    court: Mapped[str | None] = synced(ShortText())
    """The basic court at the committee's place, offered where judicial confirmation is asked for (民诉法 2023 art. 205)."""
    judicial_office: Mapped[str | None] = synced(ShortText())
    note: Mapped[str | None] = synced(LongText(), Merge.TEXT, mask="text")


class CommitteeMember(Synced, Base):
    """One of the three to nine members (article 8), or a mediator whom it appointed (article 13)."""

    __tablename__ = "committee_member"
    __kind__ = "committee_member"
    __right__ = "committee.edit"
    __parent__ = "committee_id"
    __table_args__ = (list_index("committee_member", "committee_id", "id"),)

    committee_id: Mapped[str] = synced(Ref(), Merge.WRITE_ONCE, required=True)
    name: Mapped[str] = synced(ShortText(), required=True)
    sex: Mapped[str | None] = synced(Choice(*SEXES))
    birth: Mapped[date | None] = synced(Day(), mask="birth", check=not_ahead)
    duty: Mapped[str] = synced(Choice(*flow.DUTIES), default="member")
    is_full_time: Mapped[bool | None] = synced(Bool())
    """专职, as the bulletin counts mediators (domain rules B1.6)."""
    account_id: Mapped[str | None] = synced(Ref())
    phone: Mapped[str | None] = synced(ShortText(), mask="phone", check=checks.phone)
    joined_on: Mapped[date | None] = synced(Day())
    left_on: Mapped[date | None] = synced(Day())
