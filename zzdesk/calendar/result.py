"""What a computation of a deadline returns: the last day, how it came about, and how far it can be trusted."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from zzdesk.calendar.days import Day, YearTable
from zzdesk.calendar.spans import Span, midnight


class Unit(enum.StrEnum):
    """What a limit is counted in."""

    WORKING_DAYS = "working-days"
    NATURAL_DAYS = "natural-days"
    WORKING_MINUTES = "working-minutes"
    MINUTES = "minutes"
    WAGE = "wage"
    """No limit: a day agreed upon, which moves to an earlier one."""


class Why(enum.StrEnum):
    """Why a day counts, or does not."""

    START = "start"
    """The day on which it begins is not counted (Civil Code, art. 201)."""
    COUNTED = "counted"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    SUSPENDED = "suspended"
    ROLLED_PAST = "rolled-past"
    """The last day is no working day and does not end the period (Civil Code, art. 203)."""
    ROLLED_TO = "rolled-to"
    """The day that ends the period instead."""
    AFTER_HOURS = "after-hours"
    """A working day of which no office hour was left."""


@dataclass(frozen=True)
class Line:
    """One day of the way to a deadline."""

    day: Day
    why: Why
    n: int | None = None
    """The how-manieth counted day it is."""
    minutes: int | None = None
    """Office minutes that count on this day, where minutes are counted."""

    @property
    def counted(self) -> bool:
        """Say whether the day uses up some of the limit."""
        return self.why is Why.COUNTED


@dataclass(frozen=True)
class Deadline:
    """A last day, with everything that led to it.

    ``raw`` is the last day as counted, ``due`` the one after it was moved (they are equal where nothing moves);
    ``at`` is the moment at which the limit ends: a day ends at 24:00 (Civil Code, art. 203).
    """

    unit: Unit
    amount: int
    start: datetime | date
    due: date
    raw: date
    at: datetime
    lines: tuple[Line, ...]
    tables: tuple[YearTable, ...] = ()
    """The tables that it rests on."""
    missing_years: tuple[int, ...] = ()
    """Years whose days were asked for and which have no table: only weekends are known of them."""
    suspended: tuple[Span, ...] = ()
    extended: int = 0

    @property
    def provisional(self) -> bool:
        """Say whether it may change when a table arrives."""
        return bool(self.missing_years)


def end_of(day: date) -> datetime:
    """Return the last moment of a day: what is due on a day is in time until then."""
    return midnight(day + timedelta(days=1)) - timedelta(milliseconds=1)
