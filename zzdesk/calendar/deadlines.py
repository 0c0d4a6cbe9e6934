"""Deadlines, each with the reason for every day of it (domain rules B1.1, B6.5; Civil Code, art. 200–203).

The day of the start is not counted. A day that a pause touches never counts. What is due on a day is due at its end.
Pauses are a set: their order, overlaps and repetitions change nothing, and an extension of N working days and a pause
may come in either order.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Final

from zzdesk.calendar.days import Calendar, Day, DayKind, check_year
from zzdesk.calendar.hours import OfficeHours
from zzdesk.calendar.result import Deadline, Line, Unit, Why, end_of
from zzdesk.calendar.spans import DAY, Span, merge, without
from zzdesk.clock import OFFICE_TIME
from zzdesk.errors import InvalidError
from zzdesk.i18n import N_

CONFIRMATION_DAYS: Final = 30
"""Days from its effect in which an agreement may be brought for judicial confirmation (People's Mediation Law, art. 33)."""
MOST_DAYS: Final = 3660
MOST_MINUTES: Final = 600_000


class _Count:
    """Walks day by day and remembers what it saw."""

    def __init__(self, calendar: Calendar, suspended: Iterable[Span]) -> None:
        self.calendar = calendar
        self.suspended = merge(suspended)
        self.lines: list[Line] = []
        self.years: set[int] = set()

    def paused(self, day: date) -> bool:
        return any(span.touches(day) for span in self.suspended)

    def look(self, day: date, *, matters: bool = True) -> Day:
        """Return the kind of a day; where it decides something, its year's table is one that the result rests on."""
        found = self.calendar.day(day)
        if matters:
            self.years.add(day.year if found.table is None else found.table)
        return found

    def note(self, day: Day, why: Why, n: int | None = None, minutes: int | None = None) -> None:
        self.lines.append(Line(day, why, n, minutes))

    def working_days(self, at: date, amount: int, first: int = 1) -> date:
        """Return the day on which so many working days after ``at`` are used up."""
        n = first
        while n < first + amount:
            at = check_year(at + DAY)
            day = self.look(at)
            why = Why.SUSPENDED if day.kind.works and self.paused(at) else _why(day)
            self.note(day, why, n if why is Why.COUNTED else None)
            n += why is Why.COUNTED
        return at

    def natural_days(self, at: date, amount: int) -> date:
        """Return the day on which so many days after ``at`` are used up."""
        n = 1
        while n <= amount:
            at = check_year(at + DAY)
            why = Why.SUSPENDED if self.paused(at) else Why.COUNTED
            self.note(self.look(at, matters=False), why, n if why is Why.COUNTED else None)
            n += why is Why.COUNTED
        return at

    def rolled_forward(self, raw: date) -> date:
        """Return ``raw``, or the first working day after it that no pause touches (Civil Code, art. 203)."""
        if self.look(raw).kind.works:
            return raw
        if self.lines:
            self.lines[-1] = Line(self.lines[-1].day, Why.ROLLED_PAST, self.lines[-1].n)
        at = raw
        while True:
            at = check_year(at + DAY)
            day = self.look(at)
            paused = day.kind.works and self.paused(at)
            ends = day.kind.works and not paused
            self.note(day, Why.ROLLED_TO if ends else Why.SUSPENDED if paused else _why(day))
            if ends:
                return at

    def result(
        self, unit: Unit, amount: int, start: datetime | date, raw: date, due: date, at: datetime | None = None,
        extended: int = 0,
    ) -> Deadline:  # fmt: skip
        """Return the deadline with what it rests on."""
        tables = [self.calendar.table(year) for year in sorted(self.years)]
        missing = [year for year in sorted(self.years) if self.calendar.table(year) is None]
        return Deadline(
            unit, amount, start, due, raw, at or end_of(due), tuple(self.lines), tuple(t for t in tables if t),
            tuple(missing), self.suspended, extended,
        )  # fmt: skip


def _why(day: Day) -> Why:
    """Return whether a day counts by its kind."""
    if day.kind.works:
        return Why.COUNTED
    return Why.HOLIDAY if day.kind is DayKind.HOLIDAY else Why.WEEKEND


def _checked(amount: int, most: int, least: int = 1) -> int:
    if not least <= amount <= most:
        raise InvalidError.one("amount", N_("期限要是 {least} 到 {most} 的整数"), least=least, most=most)
    return amount


def _begun(calendar: Calendar, start: date, suspended: Iterable[Span]) -> _Count:
    count = _Count(calendar, suspended)
    count.note(count.look(check_year(start), matters=False), Why.START)
    return count


def working_days(
    calendar: Calendar, start: date, amount: int, *, suspended: Iterable[Span] = (), extended: int = 0
) -> Deadline:
    """Return the day on which ``amount`` working days are over, and ``extended`` working days more.

    Raises:
        InvalidError: the amount or the years are out of range.
    """
    _checked(amount, MOST_DAYS), _checked(extended, MOST_DAYS, 0)
    count = _begun(calendar, start, suspended)
    due = count.working_days(start, amount + extended)
    return count.result(Unit.WORKING_DAYS, amount, start, due, due, extended=extended)


def natural_days(
    calendar: Calendar, start: date, amount: int, *, suspended: Iterable[Span] = (), extended: int = 0
) -> Deadline:
    """Return the last of ``amount`` days; one that is no working day moves to the next (Civil Code, art. 203).

    ``extended`` working days are counted from there.

    Raises:
        InvalidError: the amount or the years are out of range.
    """
    _checked(amount, MOST_DAYS), _checked(extended, MOST_DAYS, 0)
    count = _begun(calendar, start, suspended)
    raw = count.natural_days(start, amount)
    due = count.working_days(count.rolled_forward(raw), extended, amount + 1)
    return count.result(Unit.NATURAL_DAYS, amount, start, raw, due, extended=extended)


def confirmation(calendar: Calendar, effective: date) -> Deadline:
    """Return the last day to apply for judicial confirmation (People's Mediation Law, art. 33).

    ``raw`` is the safe one: whether a court takes ``due`` is the court's to say. Only a court extends it (Civil
    Procedure Law, art. 86), so there are no pauses here.
    """
    return natural_days(calendar, effective, CONFIRMATION_DAYS)


def wage(calendar: Calendar, agreed: date) -> Deadline:
    """Return the day to pay wages: a day off moves it to the working day before (Interim Provisions on Wages, art. 7)."""
    count = _Count(calendar, ())
    at = check_year(agreed)
    while not (day := count.look(at)).kind.works:
        count.note(day, Why.ROLLED_PAST if at == agreed else _why(day))
        at = check_year(at - DAY)
    count.note(day, Why.COUNTED if at == agreed else Why.ROLLED_TO, 1 if at == agreed else None)
    return count.result(Unit.WAGE, 0, agreed, agreed, at)


def working_minutes(
    calendar: Calendar,
    start: datetime,
    amount: int,
    *,
    hours: OfficeHours | None = None,
    suspended: Iterable[Span] = (),
) -> Deadline:
    """Return when ``amount`` minutes of office hours are over; a pause takes out exactly its own time.

    ``hours`` are those of every day; without them each day has its own (``Calendar.hours_on``).

    Raises:
        InvalidError: the amount or the years are out of range.
    """
    left = timedelta(minutes=_checked(amount, MOST_MINUTES))
    start = start.astimezone(OFFICE_TIME)
    count = _Count(calendar, suspended)
    at = check_year(start.date())
    while True:
        day = count.look(at)
        used = timedelta()
        for first, last in _open(count, at, start, hours or calendar.hours_on(at)) if day.kind.works else ():
            if used + (last - first) >= left:
                end = first + (left - used)
                count.note(day, Why.COUNTED, minutes=round(left.total_seconds() / 60))
                return count.result(Unit.WORKING_MINUTES, amount, start, end.date(), end.date(), end)
            used += last - first
        count.note(day, _why_minutes(count, day, used), minutes=round(used.total_seconds() / 60))
        left -= used
        at = check_year(at + DAY)


def _open(
    count: _Count, day: date, start: datetime, hours: OfficeHours
) -> list[tuple[datetime, datetime]]:
    """Return the office hours of a day that are after the start and not paused."""
    stretches = [(max(first, start), last) for first, last in hours.on(day) if last > start]
    return [piece for first, last in stretches for piece in without(first, last, count.suspended)]


def _why_minutes(count: _Count, day: Day, used: timedelta) -> Why:
    if used or not day.kind.works:
        return _why(day)
    return Why.SUSPENDED if count.paused(day.date) else Why.AFTER_HOURS


def minutes(start: datetime, amount: int) -> Deadline:
    """Return when ``amount`` minutes by the clock on the wall are over; needs no calendar (the ten minutes of 社区110).

    Raises:
        InvalidError: the amount is out of range.
    """
    start = start.astimezone(OFFICE_TIME)
    end = start + timedelta(minutes=_checked(amount, MOST_MINUTES))
    day = check_year(end.date())
    return Deadline(Unit.MINUTES, amount, start, day, day, end, ())
