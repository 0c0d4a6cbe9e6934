"""The account of a person who logs in at a station."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from sqlalchemy.orm import Mapped

from zzdesk.store.base import Base, Merge, Synced, list_index, synced
from zzdesk.store.types import Bool, Day, ShortText, TextSet


class Account(Synced, Base):
    """Who may log in, under what name, with which roles.

    The id follows from station and login (:func:`zzdesk.actor.account_id`), so that one person at two desks of a
    station is one account.  The password is not here: each desk keeps key slots of its own,
    and the record holds the public half of a key that follows from it.
    """

    __tablename__ = "account"
    __kind__ = "account"
    __right__ = "account.manage"
    __table_args__ = (list_index("account", "login"),)
    __search__: ClassVar[tuple[str, ...]] = ()

    login: Mapped[str] = synced(ShortText(), Merge.WRITE_ONCE, required=True)
    display_name: Mapped[str] = synced(ShortText(), required=True)
    roles: Mapped[frozenset[str]] = synced(TextSet(), Merge.SET, required=True)
    disabled: Mapped[bool | None] = synced(Bool())
    trained_on: Mapped[date | None] = synced(Day())
    proof_key: Mapped[str | None] = synced(ShortText(), derived=True)
    """Public Ed25519 key of the password, base64: by it the centre knows the person (``zzdesk.accounts.proof``)."""
