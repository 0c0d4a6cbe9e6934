"""The list of reports as a file for Excel: in the audit first, then row by row, and the file only when it is whole."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from zzdesk.desk.records import EXPORTED, EXPORTED_OPENLY, note_export, require_noted
from zzdesk.documents.workbook import Column, table
from zzdesk.reports.export import COLUMNS, Selection, rows, total
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
    count = desk.read(total, selection)
    desk.write(note_export, "report", count, reason)
    try:
        return desk.read(_write, target, selection, words, reason is not None, count, progress, stopped)
    except _StoppedError:
        return None


def _write(
    read: Reader, target: Path, selection: Selection, words: Words, revealed: bool, count: int,
    progress: Callable[[int, int], None], stopped: Callable[[], bool],
) -> int:  # fmt: skip
    read.require("export")
    require_noted(read, "report", EXPORTED_OPENLY if revealed else EXPORTED)
    kinds = {"code": "text", "person": "text"}
    columns = [Column(words.heads.get(c.name, c.name), kinds.get(c.kind, c.kind), c.width) for c in COLUMNS]  # type: ignore[arg-type]
    with table(target, words.sheet, columns, (words.notes, words.lines) if words.lines else None) as sheet:
        for values in rows(read, selection, revealed=revealed):
            sheet.add(_said(values, words))
            if sheet.rows % EVERY == 0:
                if stopped():
                    raise _StoppedError
                progress(sheet.rows, count)
        progress(sheet.rows, count)
        return sheet.rows


def _said(values: Sequence[Any], words: Words) -> list[Any]:
    return [
        words.codes.get(column.codes, {}).get(value, value) if column.codes and value else value
        for column, value in zip(COLUMNS, values, strict=True)
    ]


__all__ = ["COLUMNS", "Words", "export_reports"]
