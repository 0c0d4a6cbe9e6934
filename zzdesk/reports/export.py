"""The list of reports as a table: which columns it has, and its rows a page at a time, masked unless there is a reason."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from sqlalchemy import func, select

from zzdesk.calendar.days import Calendar
from zzdesk.calendar.queries import calendar_here
from zzdesk.clock import RecordId
from zzdesk.people.masks import HIDDEN, mask
from zzdesk.reports.deadlines import SUSPENDED, Standing, remaining
from zzdesk.reports.filters import ReportFilter, conditions
from zzdesk.reports.listing import list_ids
from zzdesk.reports.models import Report
from zzdesk.reports.queries import find_reports
from zzdesk.reports.workflow import ENDED, evaluation_of
from zzdesk.store.unit import Reader

Kind = Literal["text", "number", "moment", "code", "person"]
Selection = ReportFilter | Sequence[RecordId]
"""A filter with its words, or the reports that were picked."""
_PAGE: Final = 500


@dataclass(frozen=True)
class ExportColumn:
    """One column: a field of the report or something worked out; ``codes`` names the words of its codes.

    ``person`` is a text that says who somebody is: masked by ``mask`` unless revealed, and hidden where it is sealed.
    """

    name: str
    kind: Kind = "text"
    width: int = 12
    codes: str = ""
    mask: str = ""
    sealed: bool = False


COLUMNS: Final = (
    ExportColumn("number", width=24), ExportColumn("title", "person", 36, mask="text"),
    ExportColumn("category", "code", codes="category"), ExportColumn("source", "code", codes="source"),
    ExportColumn("demand", "code", codes="demand"), ExportColumn("urgency", "code", 8, codes="urgency"),
    ExportColumn("state", "code", codes="state"), ExportColumn("address", width=30), ExportColumn("grid"),
    ExportColumn("created_at", "moment", 17), ExportColumn("happened_at", "moment", 17), ExportColumn("due_at", "moment", 17),
    ExportColumn("band", "code", 10, codes="band"), ExportColumn("days_left", "number", 14),
    ExportColumn("handler_unit", width=20), ExportColumn("assist_units", width=20), ExportColumn("round", "number", 8),
    ExportColumn("people_count", "number", 10), ExportColumn("support_count", "number", 10),
    ExportColumn("closing", "code", codes="closing"), ExportColumn("evaluation", "code", codes="evaluation"),
    ExportColumn("tags", width=20), ExportColumn("reporter_name", "person", mask="name", sealed=True),
    ExportColumn("reporter_phone", "person", 16, mask="phone", sealed=True),
    ExportColumn("description", "person", 50, mask="text"),
)  # fmt: skip


def total(read: Reader, selection: Selection) -> int:
    """Return how many rows an export has."""
    read.require("record.read")
    if not isinstance(selection, ReportFilter):
        return len(selection)
    if selection.text:
        return sum(len(ids) for ids in ids_of(read, selection))
    return int(read.session.scalar(select(func.count()).select_from(Report).where(*conditions(read, selection))) or 0)


def rows(read: Reader, selection: Selection, *, revealed: bool = False) -> Iterator[list[Any]]:
    """Yield a list of Python values for each report, in the order of the list; codes are codes.

    ``days_left`` are working days, negative by so many as it is over.
    """
    read.require("record.read")
    calendar = calendar_here(read)
    for ids in ids_of(read, selection):
        found = {report.id: report for report in read.session.scalars(select(Report).where(Report.id.in_(ids)))}
        for report_id in ids:
            if report_id in found:
                yield _row(read, found[report_id], calendar, revealed)
        read.session.expunge_all()


def ids_of(read: Reader, selection: Selection) -> Iterator[Sequence[RecordId]]:
    """Yield the ids of a selection in its order, a page at a time."""
    if not isinstance(selection, ReportFilter):
        yield from (selection[start : start + _PAGE] for start in range(0, len(selection), _PAGE))
        return
    after: str | None = None
    while True:
        if selection.text:
            page = find_reports(read, selection.text, selection, after, _PAGE)
            ids, after = tuple(row.id for row in page.rows), page.after
        else:
            ids, after = list_ids(read, selection, after, _PAGE)
        yield ids
        if after is None:
            return


def _row(read: Reader, report: Report, calendar: Calendar, revealed: bool) -> list[Any]:
    runs = report.due_at is not None and report.state not in (*ENDED, SUSPENDED) and not report.voided
    left = remaining(report.due_at, read.clock.now(), calendar) if runs and report.due_at is not None else None
    worked_out = {
        "band": left.standing.value if left else None,
        "days_left": (-left.days if left.standing == Standing.OVERDUE else left.days) if left else None,
        "evaluation": evaluation_of(report.state, report.evaluation),
        "assist_units": "、".join(sorted(report.assist_units or ())), "tags": "、".join(sorted(report.tags or ())),
        "round": report.round or 1,
    }  # fmt: skip
    return [
        worked_out[column.name] if column.name in worked_out else _value(report, column, revealed) for column in COLUMNS
    ]


def _value(report: Report, column: ExportColumn, revealed: bool) -> Any:
    value = getattr(report, column.name)
    if column.kind != "person" or not value:
        return value
    if column.sealed and report.name_hidden:
        return HIDDEN
    return value if revealed else mask(column.mask, value)
