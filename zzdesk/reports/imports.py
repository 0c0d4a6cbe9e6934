"""Import of reports from another system's table: whole, once, with every row that cannot be taken named in a file.

Nothing is imported twice: the other system's number stays on the report for ever (``external_system``,
``external_ref``). Rows go in by transactions of at most 200, so that an interrupted import just goes on.
"""

from __future__ import annotations

import csv
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Concatenate, Final, ParamSpec, Protocol, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from zzdesk.clock import Clock, local_day
from zzdesk.documents.tables import Row, Table, read_table
from zzdesk.errors import InvalidError, Problem
from zzdesk.i18n import N_, translate
from zzdesk.reports import commands
from zzdesk.reports.mapping import ReportMapping, load_mapping
from zzdesk.reports.models import Report
from zzdesk.store.base import kind_of
from zzdesk.store.fields import clean_new, typed_fields
from zzdesk.store.unit import ChangeSet, Reader, UnitOfWork

P = ParamSpec("P")
T = TypeVar("T")

CHUNK: Final = 200
"""Reports in one transaction, and so operations in one group (decision 4)."""
HEADINGS: Final = (N_("行号"), N_("字段"), N_("原因"), N_("原始行"))

Progress = Callable[[int, int], None]
"""Told how many rows are done, and of how many."""


class Desk(Protocol):
    """What an import needs of an open desk."""

    clock: Clock

    def write(
        self, command: Callable[Concatenate[UnitOfWork, P], ChangeSet], *args: P.args, **kwargs: P.kwargs
    ) -> ChangeSet:
        """Run a command."""

    def read(self, query: Callable[Concatenate[Reader, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a query."""


@dataclass(frozen=True)
class Broken:
    """A row that was not imported, and one reason for it."""

    line: int
    problem: Problem
    raw: str


@dataclass(frozen=True)
class Ready:
    """A row whose fields can be taken one by one."""

    line: int
    raw: str
    fields: dict[str, Any]


@dataclass(frozen=True)
class ImportResult:
    """What an import did, or in a dry run would do. ``rows`` = ``added`` + ``present`` + ``broken``."""

    rows: int
    added: int
    present: int
    broken: int
    broken_file: Path | None
    encoding: str
    dry_run: bool


def mapping_for_reports(name: str) -> ReportMapping:
    """Return a shipped mapping by its name (``nyc311``), or one's own by its path.

    Raises:
        NotFoundError, InvalidError: see :func:`zzdesk.reports.mapping.load_mapping`.
    """
    return load_mapping(name, set(typed_fields(kind_of(Report))))


def import_reports(
    desk: Desk,
    source: Path,
    mapping: ReportMapping,
    *,
    dry_run: bool = False,
    broken_file: Path | None = None,
    progress: Progress | None = None,
) -> ImportResult:
    """Import the reports of a CSV file (UTF-8, UTF-16 or GB18030) or of a workbook's first sheet.

    Rows that cannot be taken are listed in ``broken_file`` (``<source>.broken.csv`` beside it by default), readable
    by their owner only; it is made when there are any, in a dry run too. ``progress`` is called after each chunk.

    Raises:
        NotFoundError: the file cannot be opened.
        InvalidError: it is not a table, or lacks columns that the mapping names.
        RefusedError: the actor may not import.
    """
    desk.read(_may_import)
    table = read_table(source)
    _check_columns(table, mapping)
    good, broken = _sort_out(table, mapping, local_day(desk.clock.now()))
    added, rows = 0, len(table.rows)
    for start in range(0, len(good), CHUNK):
        part = good[start : start + CHUNK]
        added += _count_new(desk, part) if dry_run else _write(desk, part, broken)
        if progress:
            progress(rows - len(good) + start + len(part), rows)
    left_out = len({entry.line for entry in broken})
    listed = _list_broken(broken, broken_file or source.with_name(source.name + ".broken.csv"))
    return ImportResult(rows, added, rows - added - left_out, left_out, listed, table.encoding, dry_run)


def _write(desk: Desk, part: Sequence[Ready], broken: list[Broken]) -> int:
    """Write a chunk; where a report is refused as a whole, one by one, so that only this one is left out."""
    try:
        return len(desk.write(add_new, [ready.fields for ready in part]).created)
    except InvalidError as error:
        if len(part) > 1:
            return sum(_write(desk, [ready], broken) for ready in part)
        broken += [Broken(part[0].line, problem, part[0].raw) for problem in error.problems]
        return 0


def add_new(work: UnitOfWork, rows: Sequence[Mapping[str, Any]]) -> ChangeSet:
    """Add the reports that are not here yet, in one transaction."""
    work.require("import")
    known = _known(work.session, rows)
    new = [fields for fields in rows if _key(fields) not in known]
    for fields in new:
        commands.add(work, fields)
    if new:
        work.audit("import.reports", "report", system=new[0]["external_system"], count=len(new))
    return work.commit()


def _may_import(read: Reader) -> None:
    read.require("import")


def _key(fields: Mapping[str, Any]) -> tuple[str, str]:
    return fields["external_system"], fields["external_ref"]


def _known(session: Session, rows: Sequence[Mapping[str, Any]]) -> set[tuple[str, str]]:
    wanted = [fields["external_ref"] for fields in rows]
    query = select(Report.external_system, Report.external_ref).where(Report.external_ref.in_(wanted))
    return {(system or "", reference or "") for system, reference in session.execute(query)}


def _count_new(desk: Desk, part: Sequence[Ready]) -> int:
    rows = [ready.fields for ready in part]
    known = desk.read(lambda read: _known(read.session, rows))
    return sum(1 for fields in rows if _key(fields) not in known)


def _check_columns(table: Table, mapping: ReportMapping) -> None:
    missing = sorted(mapping.columns() - set(table.columns))
    if missing:
        raise InvalidError.one("file", N_("表中缺少对照表用到的列：{columns}"), columns="、".join(missing))


def _sort_out(table: Table, mapping: ReportMapping, today: date) -> tuple[list[Ready], list[Broken]]:
    """Return the fields of every row that can be taken, and why the others cannot."""
    good: list[Ready] = []
    broken: list[Broken] = []
    lines: dict[str, int] = {}
    for row in table.rows:
        fields, problems = _fields(row, mapping, today)
        if not problems:
            first = lines.setdefault(fields["external_ref"], row.line)
            problems = [] if first == row.line else [_repeated(mapping, first)]
        broken += [Broken(row.line, problem, row.raw) for problem in problems]
        good += [] if problems else [Ready(row.line, row.raw, fields)]
    return good, broken


def _repeated(mapping: ReportMapping, line: int) -> Problem:
    return Problem(mapping.reference, N_("编号与第{line}行相同"), {"line": line})


def _fields(row: Row, mapping: ReportMapping, today: date) -> tuple[dict[str, Any], list[Problem]]:
    if row.problem:
        return {}, [Problem("", row.problem, dict(row.params))]
    if not mapping.reference_of(row.cells):
        return {}, [Problem(mapping.reference, N_("缺少编号"))]
    fields, problems = mapping.fields_of(row.cells)
    try:
        clean_new(kind_of(Report), fields, today)
    except InvalidError as error:
        known = {problem.field for problem in problems}
        problems += [problem for problem in error.problems if problem.field not in known]
    return fields, problems


def _list_broken(broken: Sequence[Broken], path: Path) -> Path | None:
    """Write the rows that were left out; an older list at the same place is replaced, or taken away."""
    if not broken:
        path.unlink(missing_ok=True)
        return None
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with open(descriptor, "w", encoding="utf-8-sig", newline="") as out:
        writer = csv.writer(out)
        writer.writerow([translate(heading) for heading in HEADINGS])
        writer.writerows(_lines(broken))
    return path


def _lines(broken: Sequence[Broken]) -> Iterator[tuple[int, str, str, str]]:
    for entry in broken:
        yield entry.line, entry.problem.field, entry.problem.text(), entry.raw
