"""Series of numbers and what a number of theirs looks like: the desk and the centre write them alike (hazard 14).

A series belongs to one year and one station, so that a number names both: ``人调2026-350602002004-0012``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from zzdesk.i18n import N_
from zzdesk.store.types import UnfitError

AHEAD: Final = timedelta(days=31)
"""How long before a year begins a desk asks for numbers of it."""
_FORM: Final = re.compile(r"^([^0-9-]{1,20}[0-9]{4})-([0-9A-Za-z-]{2,40})-([0-9]{4,12})$")

_MARK: Final = re.compile(r"[^0-9\s-]{1,10}")


@dataclass(frozen=True, slots=True)
class Number:
    """One number, taken apart."""

    series: str
    scope: str
    n: int

    def __str__(self) -> str:
        return f"{self.series}-{self.scope}-{self.n:04d}"


def parse(text: object) -> Number | None:
    """Return the parts of a number that has the form of one."""
    found = _FORM.fullmatch(text) if isinstance(text, str) else None
    number = Number(found[1], found[2], int(found[3])) if found else None
    return number if str(number) == text else None


def check_mark(value: str, today: date) -> str:
    """Return what stands before the kind in a series: a short name without digits or dashes.

    Raises:
        UnfitError: too long, or it could be taken for another part of a number.
    """
    if not _MARK.fullmatch(value):
        raise UnfitError(N_("写一到十个字，不能有数字、空格和横线"))
    return value


def official(text: str | None) -> str:
    """Return a number as official papers write it: ``（2026）西桥人调字第0007号``. What is no number stays as it is."""
    number = parse(text)
    if number is None:
        return text or ""
    return f"（{number.series[-4:]}）{number.series[:-4]}字第{number.n:04d}号"


def series_of(prefix: str, year: int) -> str:
    """Return the series of a year."""
    return f"{prefix}{year:04d}"


def is_of(series: str, prefixes: Iterable[str], today: date) -> bool:
    """Say whether a series is one that is given out about now: last year's for who was away, next year's ahead."""
    years = (today.year - 1, today.year, (today + AHEAD).year)
    return any(series == series_of(prefix, year) for prefix in prefixes for year in years)
