"""Points as double entry: every entry moves an amount from one account to another, and none is ever changed (domain
rules B4). What was wrong is reversed by another entry. Pure.

Accounts: ``issued`` gives what is earned, ``volunteer`` holds it, ``redeemed`` takes what is spent. Their sum is always
nought. The station's own accounts may go below it, a volunteer's may not.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

ISSUED: Final = "issued"
VOLUNTEER: Final = "volunteer"
REDEEMED: Final = "redeemed"
ACCOUNTS: Final = (ISSUED, VOLUNTEER, REDEEMED)

EARN: Final = "earn"
REDEEM: Final = "redeem"
REFUND: Final = "refund"
REVERSE: Final = "reverse"
ADJUST: Final = "adjust"
REASONS: Final = (EARN, REDEEM, REFUND, REVERSE, ADJUST)

MONTH_CAP: Final = 200
"""Points that one person can earn in a month, against farming."""
_ENTRIES: Final = uuid.UUID("6b1d0a52-7f39-5c84-9d02-1e84c7a3f5b6")

OUT_OF_STOCK: Final = "out-of-stock"
SHORT: Final = "short"
GRANTED: Final = "granted"
ANSWERS: Final = (GRANTED, OUT_OF_STOCK, SHORT)


def entry_id(what: str, about: str) -> str:
    """Return the id of the one entry that follows from a record: two desks that book it at once book it once."""
    return str(uuid.uuid5(_ENTRIES, f"{what}/{about}"))


@dataclass(frozen=True)
class Entry:
    """One entry of a volunteer. ``month`` as ``2026-05``; ``reverses`` names the entry that it takes back."""

    id: str
    debit: str
    credit: str
    amount: int
    why: str
    month: str
    reverses: str | None = None

    @property
    def change(self) -> int:
        """Return what it does to the volunteer's account."""
        return self.amount * ((self.credit == VOLUNTEER) - (self.debit == VOLUNTEER))


def balance(entries: Iterable[Entry]) -> int:
    """Return what a volunteer has."""
    return sum(entry.change for entry in entries)


def earned(entries: Iterable[Entry], month: str) -> int:
    """Return what was earned in a month, less what of it was taken back."""
    listed = list(entries)
    mine = {entry.id: entry for entry in listed if entry.why == EARN and entry.month == month}
    back = sum(entry.change for entry in listed if entry.why == REVERSE and entry.reverses in mine)
    return sum(entry.change for entry in mine.values()) + back


def beyond_the_cap(entries: Iterable[Entry]) -> int:
    """Return what was earned beyond the months' caps and not taken back yet."""
    listed = list(entries)
    months = {entry.month for entry in listed if entry.why == EARN}
    return sum(max(0, earned(listed, month) - MONTH_CAP) for month in months)


def available(entries: Iterable[Entry]) -> int:
    """Return what a volunteer can spend: never below nought, nothing beyond the cap."""
    listed = list(entries)
    return max(0, balance(listed) - beyond_the_cap(listed))


def answer(left: int, spare: int) -> str:
    """Return what becomes of a redemption: ``left`` pieces are there, ``spare`` points remain after it was booked."""
    if left <= 0:
        return OUT_OF_STOCK
    return GRANTED if spare >= 0 else SHORT
