"""Office hours: the stretches of a working day that count for limits in working hours."""

from __future__ import annotations

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


DEFAULT_HOURS: Final = OfficeHours(((time(8, 30), time(12)), (time(14, 30), time(17, 30))))
"""What an office keeps unless its settings say otherwise."""
