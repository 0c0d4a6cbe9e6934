"""The morning sheet (早间清单, F29): what is over, what is due today, what is new, who waits for an answer, who is on duty.

It is one page, so every part shows its first lines and says how many more there are. Names and numbers of people are masked:
paper lies about.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, Final, Literal

from sqlalchemy import select, text

from zzdesk.clock import RecordId, local_day
from zzdesk.documents.typeset import pages, pdf
from zzdesk.errors import NotFoundError, RefusedError
from zzdesk.i18n import N_
from zzdesk.patrol.board_queries import OnDuty, on_duty
from zzdesk.places import queries as places
from zzdesk.reports.deadlines import SUSPENDED
from zzdesk.reports.filters import ReportFilter, start_of
from zzdesk.reports.models import Report
from zzdesk.reports.queries import ReportRow, by_ids, count, list_reports
from zzdesk.reports.workflow import EVALUATING, FEEDBACK, NOT_ENDED, OPEN
from zzdesk.store.engine import translated
from zzdesk.store.unit import ChangeSet, Reader, UnitOfWork

LINES: Final = {"overdue": 7, "today": 7, "new": 6, "waiting": 4, "feedback": 3}
"""Lines of each part; together with who is on duty they fill one A4 page."""
ON_DUTY: Final = 5
SEEN: Final = 200
"""How many of what is nearly due are looked through for what is due today."""
CAP: Final = 99
MOST: Final = 500
"""Lines of a list that is printed."""
PRINTED: Final = "report.list"
HOUR: Final = timedelta(hours=1)


@dataclass(frozen=True)
class Part:
    """One part: its first rows, and how many there are: ``CAP + 1`` for more, None where counting is not cheap."""

    key: str
    rows: tuple[ReportRow, ...]
    total: int | None


@dataclass(frozen=True)
class Morning:
    """Everything that the sheet says; ``units`` name who handles a report, by id. ``duty`` is None for who may not see it."""

    day: date
    station: str
    parts: tuple[Part, ...]
    duty: tuple[OnDuty, ...] | None
    units: dict[RecordId, str] = field(default_factory=dict)


def morning(read: Reader) -> Morning:
    """Return the sheet of today.

    Raises:
        RefusedError: no right to look at reports.
    """
    read.require("record.read")
    today = local_day(read.clock.now())
    wanted = {
        "overdue": ReportFilter(band="overdue"), "new": ReportFilter(OPEN, since=today - timedelta(days=1)),
        "waiting": ReportFilter((EVALUATING,)), "feedback": ReportFilter((FEEDBACK,)),
    }  # fmt: skip
    found = {key: _part(read, key, each) for key, each in wanted.items()}
    found["today"] = _due_today(read, today)
    parts = tuple(found[key] for key in LINES)
    duty = on_duty(read, until=start_of(today + timedelta(days=1))) if read.may("patrol.read") else None
    ids = [row.id for part in parts for row in part.rows]
    return Morning(today, _station(read), parts, duty, units_of(read, ids))


def _part(read: Reader, key: str, wanted: ReportFilter) -> Part:
    rows = list_reports(read, wanted, None, LINES[key]).rows
    return Part(key, rows, count(read, wanted, CAP))


def _due_today(read: Reader, today: date) -> Part:
    rows = list_reports(read, ReportFilter(band="soon"), None, SEEN).rows
    due = tuple(row for row in rows if row.due_at is not None and local_day(row.due_at) == today)
    return Part("today", due[: LINES["today"]], min(len(due), CAP + 1))


@dataclass(frozen=True)
class DueNow:
    """How much is over and how much is due today: ``CAP + 1`` for more; None where counting is not cheap."""

    overdue: int | None = 0
    today: int = 0


def due_now(read: Reader) -> DueNow:
    """Return what the first page says of deadlines; nothing for who may not look at records."""
    if not read.may("record.read"):
        return DueNow()
    today = _due_today(read, local_day(read.clock.now())).total
    return DueNow(count(read, ReportFilter(band="overdue"), CAP), today or 0)


def last_hour(read: Reader, since: datetime) -> tuple[ReportRow, ...]:
    """Return the reports whose last hour has begun after ``since``, up to now, the soonest first; none without the right.

    Nothing but the clock is needed for that: a reminder comes without a network too (F29).
    """
    if not read.may("record.read"):
        return ()
    now = read.clock.now()
    begins = Report.due_at > since + HOUR, Report.due_at <= now + HOUR, Report.due_at > now
    alive = text(NOT_ENDED), Report.state != SUSPENDED, Report.voided.is_not(True)
    query = select(Report.id).where(*begins, *alive).order_by(Report.due_at, Report.id).limit(LINES["today"])
    return by_ids(read, tuple(read.session.scalars(query)))


def _station(read: Reader) -> str:
    try:
        return places.get(read.actor.station).name
    except NotFoundError:
        return ""


def units_of(read: Reader, ids: Sequence[RecordId]) -> dict[RecordId, str]:
    """Return the unit that handles each of these reports, of those that have one."""
    read.require("record.read")
    query = select(Report.id, Report.handler_unit).where(Report.id.in_(ids), Report.handler_unit.is_not(None))
    return {report_id: str(unit) for report_id, unit in read.session.execute(query)}


def listed(read: Reader, wanted: ReportFilter, ids: Sequence[RecordId] = ()) -> tuple[ReportRow, ...]:
    """Return the rows of a list that is printed: those that were picked, or what the filter has, ``MOST`` at most."""
    from zzdesk.reports.export import ids_of

    read.require("record.read")
    chosen: list[RecordId] = list(ids[:MOST])
    for part in () if ids else ids_of(read, wanted):
        chosen += part
        if len(chosen) >= MOST:
            break
    return by_ids(read, tuple(chosen[:MOST]))


def note_printed(
    work: UnitOfWork, sheet: Literal["morning", "list", "month"], lines: int, how: Literal["paper", "pdf"]
) -> ChangeSet:
    """Write into the audit that a list of reports left the desk."""
    work.require("record.read")
    work.audit(PRINTED, "report", None, sheet=sheet, count=lines, how=how)
    return work.commit()


def write_pdf(target: Path, paper: str, said: dict[str, Any]) -> None:
    """Write a paper as PDF.

    Raises:
        DiskFullError, RefusedError: the file cannot be written there.
    """
    made = pdf(paper, said)
    with translated():
        try:
            target.write_bytes(made)
        except (FileNotFoundError, PermissionError, IsADirectoryError, NotADirectoryError) as error:
            raise RefusedError(N_("这个位置不能写入，请换一个文件夹。")) from error


__all__ = [
    "CAP", "MOST", "ON_DUTY", "DueNow", "Morning", "Part", "due_now", "last_hour", "listed", "morning", "note_printed", "pages",
    "units_of", "write_pdf",
]  # fmt: skip
