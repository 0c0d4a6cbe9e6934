"""What an office counts its days and hours by: which years have a table, what an import would change, and its office hours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from zzdesk.calendar.commands import import_table, set_hours
from zzdesk.calendar.days import Calendar, YearTable
from zzdesk.calendar.hours import DEFAULT_HOURS, OfficeHours
from zzdesk.calendar.queries import calendar_here
from zzdesk.calendar.tables import load
from zzdesk.clock import local_day
from zzdesk.errors import InvalidError
from zzdesk.i18n import N_
from zzdesk.reports.renewing import renew_all
from zzdesk.store.unit import Reader

if TYPE_CHECKING:
    from zzdesk.desk.session import Desk

RIGHT = "calendar.import"


@dataclass(frozen=True)
class Year:
    """The table in force of one year."""

    year: int
    version: int
    source: str
    origin: str


@dataclass(frozen=True)
class Hours:
    """Office hours with the day from which on they are kept; None: from the beginning."""

    start: date | None
    text: str


@dataclass(frozen=True)
class Office:
    """Years that have a table, and hours, each the oldest first."""

    years: tuple[Year, ...]
    hours: tuple[Hours, ...]
    today: Hours
    """What is kept today."""


@dataclass(frozen=True)
class Change:
    """One day that a table says otherwise: whether it was and will be worked, and the holiday's name."""

    day: date
    before: bool
    after: bool
    name: str


@dataclass(frozen=True)
class Look:
    """What importing a table would change; ``held`` is the version in force, None where the year has no table."""

    table: YearTable
    held: int | None
    changes: tuple[Change, ...]


def office(read: Reader) -> Office:
    """Return what this office counts by.

    Raises:
        RefusedError: no right to set it.
    """
    read.require(RIGHT)
    calendar = calendar_here(read)
    tables = [table for year in calendar.years if (table := calendar.table(year)) is not None]
    years = tuple(Year(t.year, t.version, t.source, t.origin) for t in tables)
    kept = {each.start: each.text for each in calendar.hours}  # of one day the last in order counts
    hours = (Hours(None, str(DEFAULT_HOURS)), *(Hours(start, text) for start, text in sorted(kept.items())))
    today = local_day(read.clock.now())
    begun = [each for each in hours if each.start is None or each.start <= today]
    return Office(years, hours, begun[-1])


def look_at(read: Reader, path: Path) -> Look:
    """Read a table out of a file and return what it would change; nothing is taken in.

    Raises:
        RefusedError: no right.
        NotFoundError: the file cannot be read.
        TableError: what it says cannot be taken, line by line.
    """
    read.require(RIGHT)
    found, calendar = load(path), calendar_here(read)
    held = calendar.table(found.year)
    return Look(found, held.version if held is not None else None, _changes(calendar, found))


def _changes(calendar: Calendar, table: YearTable) -> tuple[Change, ...]:
    """Compare every day of the year, and of the December before it, as both calendars have them."""
    after = Calendar([*(t for y in calendar.years if y != table.year and (t := calendar.table(y))), table])
    found: list[Change] = []
    day = date(table.year - 1, 12, 1)
    while day.year <= table.year:
        old, new = calendar.day(day), after.day(day)
        if old.kind.works != new.kind.works:
            found.append(Change(day, old.kind.works, new.kind.works, new.name or old.name or ""))
        day += timedelta(days=1)
    return tuple(found)


def take(desk: Desk, table: YearTable) -> int:
    """Take a table in, and work out anew what rests on it; return how many reports have another due moment.

    Raises:
        RefusedError: no right, or a table of this year is in force that is not older.
    """
    desk.write(import_table, table)
    return renew_all(desk, table.year)


def change_hours(desk: Desk, start: str, hours: str) -> int:
    """Keep other hours from a day on (``2026-07-01``, ``08:00-12:00,15:00-18:00``); return how many due moments moved.

    Raises:
        InvalidError: the day or the hours are not written so.
        RefusedError: no right, the day is not ahead, or nothing would change.
    """
    try:
        day = date.fromisoformat(start)
    except ValueError as error:
        raise InvalidError.one("start", N_("日期要写成 2026-07-01 这样")) from error
    desk.write(set_hours, day, OfficeHours.read(hours))
    return renew_all(desk, day.year)
