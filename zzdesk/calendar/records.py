"""Which calendar counts where: the program's tables, and those that an office or one above it imported. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any, Final

from zzdesk.calendar.days import DECEMBER, FIRST_YEAR, LAST_YEAR, Calendar, YearTable
from zzdesk.calendar.hours import read_hours
from zzdesk.calendar.spans import midnight
from zzdesk.calendar.tables import TableError, parse, shipped
from zzdesk.clock import to_iso

KIND: Final = "calendar"


def calendar_for(scope: str, imported: Iterable[tuple[str, Mapping[str, Any]]]) -> Calendar:
    """Return the calendar of a scope; ``imported`` are the scopes and bodies of records of kind ``calendar``.

    What a street imports counts for its communities; its office hours unless they set their own. A table that this
    program cannot read counts nowhere.
    """
    texts = {
        (str(body.get("days")), len(place)) for place, body in imported if scope.startswith(place) and not body.get("voided")
    }
    return _merged(tuple(sorted(texts)))


def bears_from(body: Mapping[str, Any]) -> str:
    """Return the first moment on which a table bears, as the wire carries it: New Year's swaps reach into December."""
    year = body.get("year")
    return to_iso(midnight(date(min(max(year if isinstance(year, int) else 1, FIRST_YEAR), LAST_YEAR) - 1, DECEMBER, 1)))


@lru_cache(maxsize=64)
def _merged(texts: tuple[tuple[str, int], ...]) -> Calendar:
    hours = [kept for text, depth in texts if (kept := read_hours(text, depth)) is not None]
    tables = [table for text, _ in texts if (table := _table(text)) is not None]
    return shipped().merged(tables, hours) if tables or hours else shipped()


def _table(text: str) -> YearTable | None:
    try:
        return parse(text)
    except TableError:
        return None
