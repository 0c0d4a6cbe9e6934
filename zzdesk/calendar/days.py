"""What kind of day a day is: the tables of single years, and the calendar that they make together.

China swaps days: a Sunday may be worked so that a week of holidays is whole (State Council Office, every autumn for the
year to come). No rule says which, so a year needs a table; without one, only its weekends are known.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import Final

from zzdesk.calendar.hours import HoursFrom, OfficeHours, in_force
from zzdesk.errors import InvalidError
from zzdesk.i18n import N_

FIRST_YEAR: Final = 2000
LAST_YEAR: Final = 2199
"""Years that are taken: China had summer time until 1991; a year further off is a slip of the hand."""
DECEMBER: Final = 12
SATURDAY: Final = 5


class DayKind(enum.StrEnum):
    """The four kinds of day."""

    WORKDAY = "workday"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    SWAPPED = "swapped"
    """A Saturday or Sunday that is worked in exchange for another day."""

    @property
    def works(self) -> bool:
        """Say whether offices are open."""
        return self in (DayKind.WORKDAY, DayKind.SWAPPED)


@dataclass(frozen=True)
class Day:
    """One day: its kind, the holiday that it belongs to (or is swapped for), and whether a table says so."""

    date: date
    kind: DayKind
    name: str | None = None
    table: int | None = None
    """The year of the table that says so; None where the year has none and only weekends are told apart."""

    @property
    def known(self) -> bool:
        """Say whether a table stands behind it."""
        return self.table is not None


@dataclass(frozen=True)
class YearTable:
    """The published days of one year that differ from its weeks.

    ``days`` maps a date to whether it is worked and the holiday's name. The table of a year may name days of the
    December before: New Year's swaps are published with the new year.
    """

    year: int
    version: int
    source: str
    days: Mapping[date, tuple[bool, str]] = field(hash=False)
    origin: str = "program"
    """Where it came from: ``program``, or ``import``."""

    @cached_property
    def rank(self) -> tuple[int, int, str]:
        """Return what two tables of one year are compared by: versions first, then anything that all desks agree on.

        What an office imported stands above what came with the program at the same version.
        """
        return self.version, int(self.origin == "import"), f"{self.source}\n{sorted(self.days.items())}"


class Calendar:
    """The tables in force: of every year the newest. Immutable; ``merged`` makes another."""

    def __init__(self, tables: Iterable[YearTable] = (), hours: Iterable[HoursFrom] = ()) -> None:
        self.hours = tuple(sorted(set(hours)))
        """Office hours by the day from which on they are kept."""
        self._tables: dict[int, YearTable] = {}
        for table in tables:
            held = self._tables.get(table.year)
            if held is None or table.rank > held.rank:
                self._tables[table.year] = table

    def merged(self, tables: Iterable[YearTable], hours: Iterable[HoursFrom] = ()) -> Calendar:
        """Return a calendar with more tables and hours: a newer version replaces an older one, never the other way round."""
        return Calendar([*self._tables.values(), *tables], [*self.hours, *hours])

    def hours_on(self, day: date) -> OfficeHours:
        """Return the office hours of a day, should it be a working day."""
        return in_force(self.hours, day)

    @property
    def years(self) -> tuple[int, ...]:
        """Return the years that have a table."""
        return tuple(sorted(self._tables))

    def table(self, year: int) -> YearTable | None:
        """Return the table of a year, None where there is none yet."""
        return self._tables.get(year)

    def day(self, day: date) -> Day:
        """Return what kind of day it is.

        Raises:
            InvalidError: it lies outside the years that are taken.
        """
        weekend = check_year(day).weekday() >= SATURDAY
        year, listed = self._listed(day)
        if listed is None:
            return Day(day, DayKind.WEEKEND if weekend else DayKind.WORKDAY, None, year)
        works, name = listed
        if not works:
            return Day(day, DayKind.HOLIDAY, name, year)
        return Day(day, DayKind.SWAPPED if weekend else DayKind.WORKDAY, name, year)

    def _listed(self, day: date) -> tuple[int | None, tuple[bool, str] | None]:
        """Return the year whose table speaks of a day, and what is listed there."""
        for year in (day.year + 1, day.year) if day.month == DECEMBER else (day.year,):
            table = self._tables.get(year)
            if table is not None and (year == day.year or day in table.days):
                return year, table.days.get(day)
        return None, None

    def works(self, day: date) -> bool:
        """Say whether offices are open on a day."""
        return self.day(day).kind.works

    def next_working(self, day: date) -> date:
        """Return the first working day after ``day``."""
        return self._walk(day, 1)

    def previous_working(self, day: date) -> date:
        """Return the last working day before ``day``."""
        return self._walk(day, -1)

    def _walk(self, day: date, step: int) -> date:
        day += timedelta(days=step)
        while not self.works(day):
            day += timedelta(days=step)
        return day

    def working_between(self, after: date, until: date) -> int:
        """Return how many working days lie after ``after``, up to and with ``until``; 0 where there are none."""
        span = max((until - after).days, 0)
        return sum(self.works(after + timedelta(days=n)) for n in range(1, span + 1))


def check_year(day: date) -> date:
    """Return the day.

    Raises:
        InvalidError: its year is not taken.
    """
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise InvalidError.one(
            "date", N_("只能计算{first}年到{last}年之间的日期"), first=FIRST_YEAR, last=LAST_YEAR
        )
    return day
