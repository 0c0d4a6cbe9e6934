"""The monthly report and the service ledger of the odd-job station for the windows, and how they leave the desk: Excel, PDF."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from zzdesk.desk.disputes import disputed
from zzdesk.desk.month_papers import closing_notes, ending, notes_part, sheet_paper, statement_parts
from zzdesk.desk.morning import write_pdf
from zzdesk.desk.statistics import note_export
from zzdesk.documents.figures import Check, Figure, Month, Statement, write_workbook
from zzdesk.i18n import N_, translate
from zzdesk.jobs.queries import rows_by_ids
from zzdesk.jobs.statistics_commands import close_month
from zzdesk.jobs.statistics_queries import job_month
from zzdesk.jobs.statistics_report import TITLE, JobReport, statement
from zzdesk.store.unit import Reader

if TYPE_CHECKING:
    from zzdesk.desk.session import Desk

SCREENFUL: Final = 200
NOBODY: Final = N_("只有数目和金额，没有个人信息")


@dataclass(frozen=True)
class Behind:
    """The records behind a figure, masked: what one screen shows of them, and how many there are."""

    name: str
    kind: str
    total: int
    rows: tuple[Any, ...] = ()


def month_report(read: Reader, month: Month) -> JobReport:
    """Return a month of the odd-job station, with what its reader mediates of it.

    Raises:
        RefusedError: no right to look at records, workers or wages.
    """
    report = job_month(read, month)
    placed = list(report.tallies["placed"].records)
    return replace(report, live=replace(report.live, disputes=disputed(read, placed)))


def behind(read: Reader, kind: str, name: str, ids: Sequence[str]) -> Behind:
    """Return the records that a figure counts; of a figure with very many, the first that fit a screen.

    Raises:
        RefusedError: no right to look at them.
    """
    return Behind(name, kind, len(ids), rows_by_ids(read, kind, tuple(ids[:SCREENFUL])))


def figure_name(each: Figure | Check) -> tuple[str, str]:
    """Return what a figure or a check is called, and how it is counted, in the language in force."""
    remark = each.remark if isinstance(each, Figure) else ""
    return each.text(), translate(remark) if remark else ""


def title_of(report: JobReport) -> str:
    """Return the title of a report."""
    return translate(TITLE)


# ---- the report leaves the desk -------------------------------------------------------------------------------------


def notes(report: JobReport) -> list[tuple[str, str]]:
    """Return what stands beside the figures: whose, how it is counted, whether closed, with which hash."""
    said = [(translate(N_("站点")), report.station), *closing_notes(report.closing)]
    return [*said, (translate(N_("到岗")), translate(REAL)), (translate(N_("依据")), translate(BASIS))]


REAL: Final = N_("只数签到、签退都有的；没来的不算，顶替的单列")
BASIS: Final = N_("人力资源市场暂行条例第三十三条：服务对象、服务过程、服务结果，保存两年以上")


def paper(report: JobReport) -> dict[str, Any]:
    """Return what the report says on paper, in the language in force."""
    said = statement(report)
    beside = notes(report)
    return sheet_paper(title_of(report), str(said.month), [*statement_parts(said, beside[1][1]), notes_part(beside)], NOBODY)


def save(desk: Desk, target: Path, report: JobReport) -> None:
    """Write a report as PDF or for Excel, by the name of the file.

    Raises:
        RefusedError: no right to export, another ending, or the place cannot be written to.
        DiskFullError: there is no room.
    """
    kind, said = ending(target), statement(report)
    desk.write(note_export, said.subject, str(said.month))
    if kind == ".xlsx":
        write_workbook(target, said, notes(report))
    else:
        write_pdf(target, "sheet", paper(report))


__all__ = [
    "Behind", "JobReport", "Month", "Statement", "behind", "close_month", "figure_name", "month_report", "notes", "paper", "save",
    "statement", "title_of",
]  # fmt: skip
