"""The calendar that counts at this desk."""

from __future__ import annotations

from zzdesk.calendar.days import Calendar
from zzdesk.calendar.records import calendar_for
from zzdesk.ops.computing import imported_tables
from zzdesk.store.unit import Reader


def calendar_here(read: Reader) -> Calendar:
    """Return the program's tables with those that this station and the offices above it imported; no secret of anybody's."""
    return calendar_for(read.actor.station, imported_tables(read.session))
