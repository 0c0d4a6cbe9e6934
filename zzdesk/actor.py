"""Who does something: the account that is logged in on this desk."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Final

from zzdesk.i18n import N_

INACTIVE: Final = N_("这个账号已停用，请联系系统管理员。")
_ACCOUNTS: Final = uuid.UUID("3b1f6f9c-0c2e-5b7e-9a50-6f2b4c8d1e70")


@dataclass(frozen=True)
class Actor:
    """The account that acts, with its roles at this moment, and the device it sits at."""

    account_id: str
    login: str
    display_name: str
    roles: frozenset[str]
    station: str
    device_id: str | None = None


def account_id(station: str, login: str) -> str:
    """Return the id of ``login`` at a station: the same on every desk, so that one person is one account."""
    return str(uuid.uuid5(_ACCOUNTS, f"{station}/{login}"))
