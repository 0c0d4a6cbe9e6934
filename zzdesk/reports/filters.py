"""What a list of reports is asked for, and as conditions of a query (domain rules B2.3, B2.5).

A filter is plain values, so that it can be kept under a name and asked for again tomorrow: a period like ``week`` and a
due band mean something else every day.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final

import msgspec
from sqlalchemy import ColumnElement, Select, func, text

from zzdesk.calendar.days import Calendar
from zzdesk.calendar.queries import calendar_here
from zzdesk.clock import OFFICE_TIME, local_day
from zzdesk.errors import InvalidError
from zzdesk.i18n import N_
from zzdesk.reports import monthly
from zzdesk.reports.deadlines import SOON_DAYS, SUSPENDED, Standing
from zzdesk.reports.models import Report, Step
from zzdesk.reports.workflow import ENDED, NOT_ENDED, OPEN
from zzdesk.store.unit import Reader
from zzdesk.typed import convert

BANDS: Final = (Standing.OVERDUE.value, Standing.SOON.value, Standing.NORMAL.value)
"""已过期, 将到期, 正常: what needs somebody first stands first."""
PERIODS: Final = {"today": 0, "yesterday": 1, "week": 6, "month": 29, "quarter": 89}
"""Days before today with which a period of registration begins; each ends today."""


@dataclass(frozen=True)
class ReportFilter:
    """What a list of reports shows; what is empty asks for nothing. Days are the offices' own, both ends included."""

    states: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    open_only: bool = False
    void: bool = False
    mine: bool = False
    """Only what the reader has claimed."""
    by_due: bool = False
    """What is due soonest first, of what has not ended; what has no limit comes last."""
    grids: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    band: str = ""
    """How it stands to its deadline, one of ``BANDS``: such a list is in the order of what is due soonest."""
    period: str = ""
    """Registered since a number of days ago, one of ``PERIODS``."""
    since: date | None = None
    """Registered on this day or later."""
    until: date | None = None
    month: str = ""
    """The month (``2026-03``) in which ``deed`` was done: what a figure of that month counts (``reports.monthly``)."""
    deed: str = ""
    """What was done: ended, answered, handed up; such a list begins with what was done last."""
    among: str = ""
    """Which part of it; empty for all."""
    text: str = ""
    """What the search line says; kept with a filter, asked by ``find_reports``."""

    @property
    def in_due_order(self) -> bool:
        """Say whether the list begins with what is due soonest."""
        return self.by_due or bool(self.band)


EVERYTHING: Final = ReportFilter()


def to_json(wanted: ReportFilter) -> str:
    """Return a filter as it is kept: what is empty is left out."""
    return msgspec.json.encode({name: value for name, value in asdict(wanted).items() if value}).decode()


def from_json(kept: str) -> ReportFilter:
    """Return a filter that was kept; what a newer program knows of it and this one does not is not asked for.

    Raises:
        InvalidError: it is no filter.
    """
    try:
        return convert(msgspec.json.decode(kept), ReportFilter)
    except (msgspec.ValidationError, msgspec.DecodeError) as error:
        raise InvalidError.one("filter", N_("这个筛选读不出来，请删除后重新保存")) from error


def start_of(day: date) -> datetime:
    """Return the first moment of a day of the offices."""
    return datetime.combine(day, time.min, OFFICE_TIME)


def band_bounds(band: str, now: datetime, calendar: Calendar) -> tuple[datetime | None, datetime | None]:
    """Return from which due moment to before which one a report stands in a band; None: without an end.

    The same line as ``deadlines.remaining`` draws: nearly due is what has ``SOON_DAYS`` working days left, or fewer.
    """
    if band == Standing.OVERDUE:
        return None, now
    later = local_day(now)
    for _ in range(SOON_DAYS + 1):
        later = calendar.next_working(later)
    return (now, start_of(later)) if band == Standing.SOON else (start_of(later), None)


def states_of(wanted: ReportFilter) -> tuple[str, ...]:
    """Return the states that are asked for, none for all."""
    return wanted.states or (OPEN if wanted.open_only else ())


def registered_between(read: Reader, wanted: ReportFilter) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions of the day of registration."""
    since, until = wanted.since, wanted.until
    if wanted.period in PERIODS:
        since = local_day(read.clock.now()) - timedelta(days=PERIODS[wanted.period])
    found: list[ColumnElement[bool]] = []
    found += [Report.created_at >= start_of(since)] if since else []
    found += [Report.created_at < start_of(until + timedelta(days=1))] if until else []
    return tuple(found)


def due_between(read: Reader, band: str) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions of a due band; without one, that there is a due moment."""
    first, last = band_bounds(band, read.clock.now(), calendar_here(read)) if band else (None, None)
    found: list[ColumnElement[bool]] = [Report.due_at.is_not(None)]
    found += [Report.due_at >= first] if first else []
    return (*found, Report.due_at < last) if last else tuple(found)


def one_of(column: Any, values: Sequence[str]) -> tuple[ColumnElement[bool], ...]:
    """Return the condition that a column has one of the values, hidden from the planner: it is looked at entry by entry."""
    return (func.coalesce(column, "").in_(values),) if values else ()


def entries(wanted: ReportFilter) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions that the wide indexes of lists answer entry by entry."""
    return (
        *one_of(Report.state, states_of(wanted)), *one_of(Report.category, wanted.categories),
        *one_of(Report.source, wanted.sources), *one_of(Report.grid, wanted.grids),
        *((func.coalesce(Report.state, "") != SUSPENDED,) if wanted.band else ()),
        func.coalesce(Report.voided, 0) == int(wanted.void),
    )  # fmt: skip


def conditions(read: Reader, wanted: ReportFilter) -> tuple[Any, ...]:
    """Return everything that is asked, for records that were found some other way (by words)."""
    found = beside_deeds(read, wanted)
    return (*found, Report.id.in_(deeds_of(wanted).with_only_columns(Step.report_id))) if wanted.deed else found


def beside_deeds(read: Reader, wanted: ReportFilter) -> tuple[Any, ...]:
    """Return everything that is asked but what a month brought."""
    found: list[Any] = [*entries(wanted), *registered_between(read, wanted)]
    found += due_between(read, wanted.band) if wanted.band else ()
    found += [text(NOT_ENDED)] if wanted.in_due_order else []
    found += [Report.claimed_by == read.actor.account_id] if wanted.mine else []
    return tuple(found)


def deeds_of(wanted: ReportFilter) -> Select[Any]:
    """Return the query of what a month brought (``monthly.listing``).

    Raises:
        InvalidError: there is no such month, deed or part.
    """
    return monthly.listing(monthly.check(wanted.month, wanted.deed, wanted.among), wanted.deed, wanted.among)


def is_open(states: Sequence[str]) -> bool:
    """Say whether only states are asked for that have not ended."""
    return bool(states) and not set(states) & set(ENDED)
