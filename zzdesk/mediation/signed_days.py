"""The day on which each signed a written agreement, which may be earlier than the day it is typed in. Pure: desk and centre ask.

An agreement takes effect when all parties have signed, the mediator has signed and the committee has sealed it (People's
Mediation Law article 29): on the latest of those days, and the thirty days for a court count from it (article 33).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final

from zzdesk.i18n import N_
from zzdesk.mediation import signing
from zzdesk.store.types import UnfitError

SEAL: Final = "seal"
"""The committee's seal, beside ``mediator`` and the ids of parties."""
_ENTRY: Final = re.compile(r"([^:]+):(\d{4}-\d{2}-\d{2})")


def whose(body: Mapping[str, Any]) -> frozenset[str]:
    """Return who has signed or sealed an agreement, as the wire carries it: ids of parties, ``mediator``, ``seal``."""
    return signing.signers(body) | ({SEAL} if body.get("sealed") else frozenset())


def days_of(entries: Iterable[str] | None) -> dict[str, date]:
    """Return the day of each from ``who:2026-01-20``; where desks wrote two for one, the later one counts."""
    found: dict[str, date] = {}
    for who, _, day in (each.partition(":") for each in sorted(entries or ())):
        found[who] = date.fromisoformat(day)
    return found


def days(value: frozenset[str], today: date) -> frozenset[str]:
    """Refuse what is no day of a signature, or one that has not come: a check of the column."""
    for each in value:
        entry = _ENTRY.fullmatch(each)
        try:
            day = date.fromisoformat(entry[2]) if entry else None
        except ValueError:
            day = None
        if day is None:
            raise UnfitError(N_("应写成“谁:年-月-日”，例如“{example}”"), example=f"mediator:{today}")
        if day > today:
            raise UnfitError(N_("签名的日子不能晚于今天"))
    return value


def noted(body: Mapping[str, Any], today: date) -> frozenset[str]:
    """Return ``signed_days`` for exactly those who have signed: the day that was said, or today."""
    said = days_of(body.get("signed_days"))
    return frozenset(f"{who}:{said.get(who, today)}" for who in whose(body))


def last(body: Mapping[str, Any]) -> date | None:
    """Return the latest day on which somebody who has signed did; None where no day was written down."""
    said = days_of(body.get("signed_days"))
    return max((said[who] for who in whose(body) if who in said), default=None)


def first(body: Mapping[str, Any]) -> date | None:
    """Return the earliest one."""
    said = days_of(body.get("signed_days"))
    return min((said[who] for who in whose(body) if who in said), default=None)
