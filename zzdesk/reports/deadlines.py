"""When a report is due, by everything that was approved, and how it stands (domain rules B2.3 to B2.5). Pure.

The day of registration is not counted. A pause counts from the step that suspended the report (which takes an approval)
to the step that took it up again; an approved delay is counted on from the old due day. The same functions run on the
desk and at the centre, over what the wire carries: what is misshapen counts as nothing.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any, Final

from zzdesk.calendar import deadlines
from zzdesk.calendar.days import Calendar
from zzdesk.calendar.limits import Limit
from zzdesk.calendar.result import Deadline, Line
from zzdesk.calendar.spans import Span
from zzdesk.clock import from_iso, local_day, to_iso
from zzdesk.errors import InvalidError
from zzdesk.reports.due_rules import CONDITIONS, in_force
from zzdesk.reports.workflow import ENDED
from zzdesk.store.computed import Child, Computed, Values

STEP, REQUEST = "step", "request"
SUSPENDED: Final = "suspended"
DELAY, APPROVED = "delay", "approved"
DUE_AT, PROVISIONAL, RULE = "due_at", "due_provisional", "due_rule"
SOON_DAYS: Final = 1
"""A report is nearly due when this many working days are left, or fewer; no published figure was found."""


@dataclass(frozen=True)
class Reckoning:
    """How a due moment came about: the limit itself, and what each approved delay added."""

    limit: Limit
    parts: tuple[Deadline, ...]

    @property
    def last(self) -> Deadline:
        """Return the part that the due moment is the end of."""
        return self.parts[-1]

    @property
    def lines(self) -> tuple[Line, ...]:
        """Return every day from the registration to the due day, each once."""
        more = (line for part in self.parts[1:] for line in part.lines[1:])
        return (*self.parts[0].lines, *more)

    @property
    def missing_years(self) -> tuple[int, ...]:
        """Return the years that have no table."""
        return tuple(sorted({year for part in self.parts for year in part.missing_years}))


def reckon(body: Values, children: Sequence[Child], calendar: Calendar) -> Reckoning | None:
    """Return how a report's due moment comes about; None where it has no limit, or none that can be counted."""
    limit, start = in_force(body), _moment(body.get("created_at"))
    if limit is None or start is None:
        return None
    steps = [child for kind, child in children if kind == STEP]
    pauses = suspensions(steps, _moment(body.get("suspended_until")))
    delays = approved_delays(child for kind, child in children if kind == REQUEST)
    try:
        parts = [_first(calendar, limit, start, pauses)]
        for amount, unit in delays:
            parts.append(_delayed(calendar, parts[-1], amount, unit, pauses))
    except InvalidError:
        return None  # beyond the years that are taken: some clock was far wrong
    return Reckoning(limit, tuple(parts))


def _first(calendar: Calendar, limit: Limit, start: datetime, pauses: tuple[Span, ...]) -> Deadline:
    if limit.unit == "working-hours":
        return deadlines.working_minutes(calendar, start, 60 * limit.amount, suspended=pauses)
    if limit.unit == "minutes":
        return deadlines.minutes(start, limit.amount)
    return _first_of_days(calendar, limit, local_day(start), pauses)


def _first_of_days(calendar: Calendar, limit: Limit, start: date, pauses: tuple[Span, ...]) -> Deadline:
    if limit.unit == "working-days":
        return _days(calendar, start, limit.amount, pauses)
    return deadlines.natural_days(calendar, start, limit.amount, suspended=pauses)


@lru_cache(maxsize=512)
def _days(calendar: Calendar, start: date, amount: int, pauses: tuple[Span, ...]) -> Deadline:
    """Nearly all of a day's reports have one of a few limits: an import counts them once."""
    return deadlines.working_days(calendar, start, amount, suspended=pauses)


def _delayed(calendar: Calendar, old: Deadline, amount: int, unit: str, pauses: tuple[Span, ...]) -> Deadline:
    if unit == "days":
        return deadlines.natural_days(calendar, old.due, amount, suspended=pauses)
    if unit == "hours":
        return deadlines.working_minutes(calendar, old.at, 60 * amount, suspended=pauses)
    return deadlines.working_days(calendar, old.due, amount, suspended=pauses)


def suspensions(steps: Iterable[Values], until: datetime | None) -> tuple[Span, ...]:
    """Return the pauses of a report; one that still runs ends ``until`` for now. ``steps`` are the oldest first."""
    spans: list[Span] = []
    since: datetime | None = None
    for step in steps:
        at = _moment(step.get("created_at"))
        if at is None:
            continue
        if step.get("to_state") == SUSPENDED:
            since = at
        elif since is not None and step.get("from_state") == SUSPENDED:
            spans.append(Span(since, max(at, since)))
            since = None
    if since is not None and until is not None and until > since:
        spans.append(Span(since, until))
    return tuple(spans)


def approved_delays(requests: Iterable[Values]) -> list[tuple[int, str]]:
    """Return amount and unit of the delays that were approved, in the order of the decisions."""
    found = [
        (str(each.get("decided_at")), amount, str(each.get("unit") or "working-days")) for each in requests
        if each.get("request_kind") == DELAY and each.get("state") == APPROVED
        and isinstance(amount := each.get("amount"), int) and amount > 0
    ]  # fmt: skip
    return [(amount, unit) for _, amount, unit in sorted(found)]


def work_out(body: Values, children: Sequence[Child], calendar: Calendar) -> dict[str, Any]:
    """Return what the fields of a report's deadline should be."""
    if not children:  # nothing has stopped it
        limit, start = in_force(body), _moment(body.get("created_at"))
        if limit is None or start is None:
            return {}
        if limit.unit in _BY_DAY:
            return dict(_of_a_day(calendar, limit, local_day(start)))
    return _fields(reckon(body, children, calendar))


_BY_DAY: Final = ("working-days", "natural-days")


@lru_cache(maxsize=512)
def _of_a_day(calendar: Calendar, limit: Limit, start: date) -> dict[str, Any]:
    """Return the fields of the reports of one day that nothing has delayed: a desk that comes home brings thousands."""
    try:
        return _fields(Reckoning(limit, (_first_of_days(calendar, limit, start, ()),)))
    except InvalidError:
        return {}


def _fields(found: Reckoning | None) -> dict[str, Any]:
    if found is None:
        return {}
    return {DUE_AT: to_iso(found.last.at), PROVISIONAL: True if found.missing_years else None}


def counts(kind: str, child: Values) -> bool:
    """Say whether a child of a report bears on its deadline."""
    if child.get("voided"):
        return False
    if kind == REQUEST:
        return child.get("request_kind") == DELAY and child.get("state") == APPROVED
    return SUSPENDED in (child.get("to_state"), child.get("from_state"))


def _moment(value: object) -> datetime | None:
    try:
        return from_iso(value) if isinstance(value, str) else None
    except ValueError:
        return None


COMPUTED: Final = Computed(
    (DUE_AT, PROVISIONAL), frozenset({RULE, "created_at", "suspended_until", *CONDITIONS}), (STEP, REQUEST), counts,
    work_out, DUE_AT, frozenset(ENDED),
)
"""What a report's deadline rests on, for the unit of work and the centre."""


class Standing(enum.StrEnum):
    """How a report stands to its deadline (期限标志, B2.3)."""

    NORMAL = "normal"
    SOON = "soon"
    OVERDUE = "overdue"


@dataclass(frozen=True)
class Remaining:
    """How a report stands, in what is counted: working days while days are left, else hours and minutes.

    ``days`` are working days, 0 on the due day itself; ``minutes`` are set where less than a day is left or over.
    """

    standing: Standing
    days: int
    minutes: int | None = None


def remaining(due: datetime, now: datetime, calendar: Calendar) -> Remaining:
    """Return how far a due moment is; a pure function of the two and the calendar."""
    today, last = local_day(now), local_day(due)
    if now > due:
        late = calendar.working_between(last, today)
        return Remaining(Standing.OVERDUE, late, _minutes(now - due) if last == today else None)
    left = calendar.working_between(today, last)
    standing = Standing.SOON if left <= SOON_DAYS else Standing.NORMAL
    return Remaining(standing, left, _minutes(due - now) if last == today else None)


def _minutes(gap: timedelta) -> int:
    return int(gap.total_seconds() // 60)
