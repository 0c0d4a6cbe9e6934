"""联企日: the 15th of every month, and the day on which one is reminded of it (domain A13). Pure.

The day never moves, not for a weekend and not for a holiday: who is visited has it in the calendar. The reminder is on the
last working day before it, by the tables of holidays and of weekends that are worked.
"""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from zzdesk.calendar.days import FIRST_YEAR, LAST_YEAR, Calendar

DAY_OF_MONTH: Final = 15
MONTHS: Final = 12
_MONTH: Final = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")
_IDS: Final = uuid.UUID("3c8d2a94-7f10-5d0e-9a62-5b1e0c4f7d38")


def month_of(day: date) -> str:
    """Return the month of a day, ``2026-11``."""
    return f"{day:%Y-%m}"


def shifted(month: str, by: int) -> str:
    """Return the month that lies so many months after another one."""
    year, number = int(month[:4]), int(month[5:])
    whole = year * MONTHS + number - 1 + by
    return f"{whole // MONTHS:04d}-{whole % MONTHS + 1:02d}"


def contact_day(month: str) -> date:
    """Return the day of a month: the 15th, whatever day of the week it is."""
    return date(int(month[:4]), int(month[5:]), DAY_OF_MONTH)


def day_id(station: str, month: str) -> str:
    """Return the id of a station's day of a month: prepared at two desks without a network, it is one."""
    return str(uuid.uuid5(_IDS, f"{station}/{month}"))


@dataclass(frozen=True)
class Called:
    """When one is reminded of a day, what kind of day it is itself, and whether a year's table is not known yet."""

    on: date
    kind: str
    name: str | None
    provisional: bool


def reminder(calendar: Calendar, day: date) -> Called:
    """Return the last working day before ``day``, and what is known of both."""
    on = calendar.previous_working(day)
    between = [calendar.day(on + timedelta(days=n)) for n in range((day - on).days + 1)]
    own = between[-1]
    return Called(on, own.kind.value, own.name, not all(each.known for each in between))


# ---- how a day stands --------------------------------------------------------------------------------------------------

PREPARING: Final = "preparing"
HELD: Final = "held"
CLOSED: Final = "closed"
SKIPPED: Final = "skipped"
STATES: Final = (PREPARING, HELD, CLOSED, SKIPPED)
NONE: Final = "none"
"""Nobody has prepared it yet: there is no record."""
MISSED: Final = "missed"
"""It has gone by, and nobody has said that it was held or why it was not."""

NEXT: Final = ("prepare", "plan-visits", "wait", "hold", "record-visits", "close", "explain", "nothing")
"""What is next to do with a day."""


@dataclass(frozen=True)
class Standing:
    """A day as it stands: its state (``NONE`` without a record), how many visits it has and how many are not recorded."""

    state: str
    day: date
    visits: int = 0
    unrecorded: int = 0


def shown_state(standing: Standing, today: date) -> str:
    """Return the state as it is shown: a day that has gone by without a word was missed."""
    return MISSED if standing.state in (NONE, PREPARING) and today > standing.day else standing.state


def next_of(standing: Standing, today: date) -> str:
    """Return the one thing to do next with a day."""
    if standing.state in (CLOSED, SKIPPED):
        return "nothing"
    if standing.state == HELD:
        return "record-visits" if standing.unrecorded else "close"
    if today > standing.day and not standing.visits:
        return "explain"
    if standing.state == NONE:
        return "prepare"
    if today >= standing.day:
        return "hold"
    return "wait" if standing.visits else "plan-visits"


def urgency(standing: Standing, called: Called, today: date) -> int | None:
    """Return how urgent a word about a day is (0: most), None where nothing is to be said of it now.

    The day itself and the working days before it come first, then what is to be finished, then what was missed.
    """
    if called.on <= today <= standing.day and standing.state in (NONE, PREPARING):
        return 0
    if standing.state == HELD:
        return 1
    return 2 if shown_state(standing, today) == MISSED else None


def as_month(value: Any) -> str | None:
    """Return a month such as ``2026-11``, None for what is none, or lies in a year that no calendar takes."""
    found = _MONTH.fullmatch(value) if isinstance(value, str) else None
    return str(value) if found is not None and FIRST_YEAR < int(found[1]) < LAST_YEAR else None
