"""Office hours: the stretches of a working day that count for limits in working hours."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import pairwise
from typing import Final

from zzdesk.clock import OFFICE_TIME
from zzdesk.errors import InvalidError
from zzdesk.i18n import N_


@dataclass(frozen=True)
class OfficeHours:
    """Stretches of one working day in order, each from a time up to another."""

    stretches: tuple[tuple[time, time], ...]

    def __post_init__(self) -> None:
        times = [moment for stretch in self.stretches for moment in stretch]
        if not times or any(one >= two for one, two in pairwise(times)):
            raise InvalidError.one(
                "office_hours", N_("办公时间要从早到晚、互不重叠，例如 08:30-12:00,14:30-17:30")
            )

    @classmethod
    def read(cls, text: str) -> OfficeHours:
        """Return the hours written as ``08:30-12:00,14:30-17:30``.

        Raises:
            InvalidError: they are not written so, overlap, or run backwards.
        """
        try:
            pairs = [[time.fromisoformat(end.strip()) for end in part.split("-")] for part in text.split(",")]
            stretches = tuple((first, last) for first, last in pairs)
        except ValueError:
            stretches = ()
        return cls(stretches)

    def on(self, day: date) -> list[tuple[datetime, datetime]]:
        """Return the stretches of one day as moments."""
        return [
            (datetime.combine(day, first, OFFICE_TIME), datetime.combine(day, last, OFFICE_TIME))
            for first, last in self.stretches
        ]

    def __str__(self) -> str:
        return ",".join(f"{first:%H:%M}-{last:%H:%M}" for first, last in self.stretches)


@dataclass(frozen=True, order=True)
class HoursFrom:
    """Hours that an office keeps from a day on. The later day counts, then the nearer office, then the later version."""

    start: date
    depth: int
    """How long the code of the office is that set them: a community's own stand above its street's."""
    version: int
    text: str

    @property
    def hours(self) -> OfficeHours:
        """Return the hours."""
        return OfficeHours.read(self.text)


_WRITTEN: Final = re.compile(r"office-hours\nfrom (\d{4}-\d{2}-\d{2})\nversion (\d{1,4})\nhours ([0-9:,-]{1,200})\n?")


def write_hours(start: date, version: int, hours: OfficeHours) -> str:
    """Return hours as a record carries them; a program that knows only tables of days finds no table in it."""
    return f"office-hours\nfrom {start.isoformat()}\nversion {version}\nhours {hours}\n"


def read_hours(text: str, depth: int) -> HoursFrom | None:
    """Return what ``write_hours`` wrote; None where a record holds anything else."""
    found = _WRITTEN.fullmatch(text)
    if found is None:
        return None
    try:
        return HoursFrom(date.fromisoformat(found[1]), depth, int(found[2]), str(OfficeHours.read(found[3])))
    except (ValueError, InvalidError):
        return None


def in_force(kept: Iterable[HoursFrom], day: date) -> OfficeHours:
    """Return the hours of a day: what was set to begin on it or before, or what offices keep unless they say otherwise."""
    begun = [each for each in kept if each.start <= day]
    return max(begun).hours if begun else DEFAULT_HOURS


DEFAULT_HOURS: Final = OfficeHours(((time(8, 30), time(12)), (time(14, 30), time(17, 30))))
"""What an office keeps unless its settings say otherwise."""
