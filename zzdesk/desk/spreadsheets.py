"""Records as a file for Excel: in the audit first, then row by row, and the file only when it is whole."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from zzdesk.clock import from_iso
from zzdesk.desk import listed
from zzdesk.desk.records import (
    EXPORTED,
    EXPORTED_OPENLY,
    NEVER_SHOWN,
    count,
    export_rows,
    note_export,
    require_noted,
)
from zzdesk.documents.workbook import Column, Kind, table
from zzdesk.reports.export import COLUMNS, Selection, rows, total
from zzdesk.store.base import kinds
from zzdesk.store.unit import Reader

if TYPE_CHECKING:
    from zzdesk.desk.session import Desk

EVERY: Final = 200
"""Rows between two words about the progress, and between two looks whether somebody stopped it."""


@dataclass(frozen=True)
class Words:
    """How a table is said: heads by column, words by group and code, the names of both sheets, lines of the second."""

    sheet: str = "report"
    notes: str = "notes"
    heads: Mapping[str, str] = field(default_factory=dict)
    codes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    lines: Sequence[tuple[str, str]] = ()


class _StoppedError(Exception):
    """Somebody stopped it: nothing of the file stays."""


def export_reports(
    desk: Desk, target: Path, selection: Selection, words: Words, reason: str | None,
    progress: Callable[[int, int], None], stopped: Callable[[], bool],
) -> int | None:  # fmt: skip
    """Write reports into ``target``; return how many, None where it was stopped and there is no file.

    Args:
        desk: the open desk.
        target: the file (.xlsx).
        selection: a filter with its words, or ids.
        words: how it is said.
        reason: why names and numbers are written as they are; None masks them. In the audit either way.
        progress: told how many of how many are written.
        stopped: asked now and then.

    Raises:
        RefusedError: no right to export or to reveal, no good reason, or the place cannot be written to.
        DiskFullError: there is no room; an older file of that name stays as it was.
    """
    all_of_them = desk.read(total, selection)
    desk.write(note_export, "report", all_of_them, reason)
    try:
        return desk.read(_write, target, selection, words, reason is not None, all_of_them, progress, stopped)
    except _StoppedError:
        return None


def export_listed(
    desk: Desk, target: Path, kind: str, selection: listed.Selection, words: Words, reason: str | None,
    progress: Callable[[int, int], None], stopped: Callable[[], bool],
) -> int | None:  # fmt: skip
    """Write the list of a kind, as it is filtered or picked, into ``target``; return how many, None where it was stopped.

    Arguments and errors as of ``export_reports``; the columns are the fields of the kind (``listed.columns``), and
    ``words.codes`` holds the words of a field's codes by its name, those of yes and no by ``YES_NO``.
    """
    all_of_them = desk.read(listed.total, kind, selection)
    desk.write(note_export, kind, all_of_them, reason)
    try:
        return desk.read(_write_listed, target, kind, selection, words, reason is not None, all_of_them, progress, stopped)
    except _StoppedError:
        return None


YES_NO: Final = "yes-no"
"""The group of words for what is a field of yes and no."""
_KINDS: Final[dict[str, Kind]] = {"integer": "number", "money": "money", "decimal": "money", "date": "day", "datetime": "moment"}
"""What a cell is, by the type of the field on the wire; everything else is text."""


def export_kind(
    desk: Desk, target: Path, kind: str, reason: str | None, progress: Callable[[int, int], None]
) -> int:
    """Write every record of a kind that the actor may see into ``target``, with the names of its fields; return how many.

    Args:
        desk: the open desk.
        target: the file (.xlsx).
        kind: which records.
        reason: why what is hidden is written as it is; None masks it. In the audit either way.
        progress: told how many of how many are written.

    Raises:
        RefusedError, DiskFullError, InvalidError: as ``export_reports``, or there is no such kind.
    """
    there_are = desk.read(count, kind)
    desk.write(note_export, kind, there_are, reason)
    return desk.read(_write_kind, target, kind, reason is not None, there_are, progress)


def _write_kind(
    read: Reader, target: Path, kind: str, revealed: bool, there_are: int, progress: Callable[[int, int], None]
) -> int:
    fields = [spec for name, spec in kinds()[kind].fields.items() if name not in NEVER_SHOWN]
    shapes = {f.name: _KINDS.get(f.json_type, "text") if revealed or not f.mask else "text" for f in fields}
    columns = [Column("id", "text", 38), Column("scope"), *(Column(f.name, shapes[f.name], 18) for f in fields)]
    with table(target, kind, columns) as sheet:
        for row in export_rows(read, kind, revealed=revealed):
            values = [_typed(row.get(f.name), str(shapes[f.name])) for f in fields]
            sheet.add([row["id"], row["scope"], *values])
            progress(sheet.rows, there_are)
        return sheet.rows


def _write_listed(
    read: Reader, target: Path, kind: str, selection: listed.Selection, words: Words, revealed: bool, all_of_them: int,
    progress: Callable[[int, int], None], stopped: Callable[[], bool],
) -> int:  # fmt: skip
    read.require("export")
    require_noted(read, kind, EXPORTED_OPENLY if revealed else EXPORTED)
    fields = listed.columns(kind)
    shapes = {f.name: _KINDS.get(f.json_type, "text") if revealed or not f.mask else "text" for f in fields}
    columns = [Column(words.heads.get(f.name, f.name), shapes[f.name], 18) for f in fields]
    with table(target, words.sheet, columns, (words.notes, words.lines) if words.lines else None) as sheet:
        for row in listed.rows(read, kind, selection, revealed=revealed):
            sheet.add([_typed(_word(words, f.name, row.get(f.name)), str(shapes[f.name])) for f in fields])
            if sheet.rows % EVERY == 0:
                if stopped():
                    raise _StoppedError
                progress(sheet.rows, all_of_them)
        progress(sheet.rows, all_of_them)
        return sheet.rows


def _word(words: Words, name: str, wire: Any) -> Any:
    """Return codes in words; everything else as it is."""
    if isinstance(wire, bool):
        return words.codes.get(YES_NO, {}).get(str(wire), str(wire))
    known = words.codes.get(name, {})
    if isinstance(wire, list):
        return [known.get(str(each), each) for each in wire]
    return known.get(wire, wire) if isinstance(wire, str) else wire


def _typed(wire: Any, shape: str) -> Any:
    """Return the Python value of a wire form, for a cell of a kind."""
    if wire is None:
        return None
    if shape == "moment":
        return from_iso(wire)
    if shape == "day":
        return date.fromisoformat(wire)
    if shape == "money":
        return float(Decimal(wire))
    return "、".join(map(str, wire)) if isinstance(wire, list) else wire


def _write(
    read: Reader, target: Path, selection: Selection, words: Words, revealed: bool, all_of_them: int,
    progress: Callable[[int, int], None], stopped: Callable[[], bool],
) -> int:  # fmt: skip
    read.require("export")
    require_noted(read, "report", EXPORTED_OPENLY if revealed else EXPORTED)
    plain = {"code": "text", "person": "text"}
    columns = [Column(words.heads.get(c.name, c.name), plain.get(c.kind, c.kind), c.width) for c in COLUMNS]  # type: ignore[arg-type]
    with table(target, words.sheet, columns, (words.notes, words.lines) if words.lines else None) as sheet:
        for values in rows(read, selection, revealed=revealed):
            sheet.add(_said(values, words))
            if sheet.rows % EVERY == 0:
                if stopped():
                    raise _StoppedError
                progress(sheet.rows, all_of_them)
        progress(sheet.rows, all_of_them)
        return sheet.rows


def _said(values: Sequence[Any], words: Words) -> list[Any]:
    return [
        words.codes.get(column.codes, {}).get(value, value) if column.codes and value else value
        for column, value in zip(COLUMNS, values, strict=True)
    ]


__all__ = ["COLUMNS", "YES_NO", "Words", "export_kind", "export_listed", "export_reports"]
