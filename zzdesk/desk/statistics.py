"""The statements of a month that windows ask for, and how they leave the desk: in the audit before the file is there."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from zzdesk.documents.figures import Month, Statement, told, write_workbook
from zzdesk.store.unit import ChangeSet, Reader, UnitOfWork

if TYPE_CHECKING:
    from zzdesk.desk.session import Desk

EXPORTED: Final = "statistics.export"
SUBJECTS: Final[dict[str, str]] = {"reports": "zzdesk.reports.figures:statement"}
"""Where the statement of each subject is worked out: a function of ``(read, month)``."""


def month_of(read: Reader, subject: str, month: str) -> Statement:
    """Return the statement of a subject for a month written as ``2026-03``.

    Raises:
        InvalidError: it is no month.
        RefusedError: no right to look at such records.
    """
    module, _, name = SUBJECTS[subject].partition(":")
    work_out: Any = getattr(import_module(module), name)
    found: Statement = work_out(read, Month.read(month))
    return found


def note_export(work: UnitOfWork, subject: str, month: str) -> ChangeSet:
    """Write into the audit that the figures of a month were exported; they name nobody.

    Raises:
        RefusedError: no right to export.
    """
    work.require("export")
    work.audit(EXPORTED, subject, None, month=month)
    return work.commit()


def save(desk: Desk, target: Path, said: Statement) -> int:
    """Write a statement for Excel; return how many figures.

    Raises:
        RefusedError: no right to export, or the place cannot be written to.
        DiskFullError: there is no room.
    """
    desk.write(note_export, said.subject, str(said.month))
    return write_workbook(target, said)


__all__ = ["EXPORTED", "SUBJECTS", "Month", "Statement", "month_of", "note_export", "save", "told"]
