"""Statements of a month leave the desk: as a workbook, which goes into the audit before the file is there."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from zzdesk.documents.figures import Month, Statement, write_workbook
from zzdesk.store.unit import ChangeSet, UnitOfWork

if TYPE_CHECKING:
    from zzdesk.desk.session import Desk

EXPORTED: Final = "statistics.export"


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


__all__ = ["EXPORTED", "Month", "Statement", "note_export", "save"]
