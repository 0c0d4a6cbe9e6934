"""The monthly report and the service ledger of the odd-job station for the windows, and how they leave the desk: Excel, PDF."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from zzdesk.clock import local
from zzdesk.desk.disputes import disputed
from zzdesk.desk.month_papers import BLANK, closing_notes, ending, notes_part, sheet_paper, statement_parts
from zzdesk.desk.morning import write_pdf
from zzdesk.desk.statistics import note_export
from zzdesk.documents.figures import Check, Figure, Month, Statement, write_workbook
from zzdesk.documents.workbook import Column, table
from zzdesk.i18n import N_, translate
from zzdesk.jobs.ledger_frozen import Ledger, ledger
from zzdesk.jobs.ledger_queries import ServiceRow, service_ledger
from zzdesk.jobs.queries import rows_by_ids
from zzdesk.jobs.statistics_commands import close_month
from zzdesk.jobs.statistics_queries import job_month
from zzdesk.jobs.statistics_report import TITLE, JobReport, statement
from zzdesk.store.unit import ChangeSet, Reader, UnitOfWork

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


# ---- the service ledger leaves the desk -----------------------------------------------------------------------------

LEDGER: Final = "jobs.ledger"
LEDGER_LEFT: Final = "job.ledger.left"
LEDGER_TITLE: Final = N_("零工服务台账")
MASKED: Final = N_("姓名已遮盖，导出和打印都不显示全名和号码")
STEPS: Final = {
    "registered": N_("办理登记"), "vetted": N_("核验"), "drafted": N_("登记用工"), "published": N_("审核发布"),
    "consented": N_("签同意书"), "applied": N_("报名"), "confirmed": N_("确认录用"), "came": N_("签到上工"), "left": N_("完工"),
    "complained": N_("投诉登记"), "handled": N_("办结"), "appealed": N_("提出申诉"), "decided": N_("作出决定"),
    "queued": N_("排队"),
}  # fmt: skip
"""The steps of a service, in words."""
HEADS: Final = (
    (N_("序号"), "number", 6), (N_("时间"), "moment", 17), (N_("服务"), "text", 10), (N_("卡号或编号"), "text", 22),
    (N_("服务对象"), "text", 22), (N_("岗位或行业"), "text", 20), (N_("服务过程"), "text", 52), (N_("服务结果"), "text", 26),
    (N_("工时（分钟）"), "number", 10), (N_("应付工资（元）"), "money", 12),
)  # fmt: skip
"""Heads, kinds and widths of the ledger as a table."""
MOST_PRINTED: Final = 1_000
"""Lines on paper; a file for Excel holds all."""
Words = Callable[[str, str], str]
"""Says a code of a group (kind, ``way``, or the states of a kind) in words."""


def process_said(row: ServiceRow, words: Words) -> str:
    """Return how a service went: each step with its moment (its day where that is another one), and the way of an application."""
    said, before = [], None
    for code, moment in row.steps:
        when = local(moment)
        near = when.year == local(row.created_at).year
        day = "" if when.date() == before else f"{when:%m-%d} " if near else f"{when:%Y-%m-%d} "
        way = f"（{words('way', row.way)}）" if code == "applied" and row.way else ""
        said.append(f"{day}{when:%H:%M} {translate(STEPS[code])}{way}")
        before = when.date()
    return " → ".join(said)


def result_said(row: ServiceRow, words: Words) -> str:
    """Return what came of a service, and why."""
    state = translate(N_("作废")) if row.voided else words(row.kind, row.state)
    return f"{state}：{row.reason}" if row.reason else state


def _cells(at: int, row: ServiceRow, result: str, words: Words) -> list[Any]:
    return [
        at, row.created_at, words("kind", row.kind), row.number, row.who, row.what, process_said(row, words),
        result, row.minutes, row.net,
    ]  # fmt: skip


STANDINGS: Final = {
    "open": N_("这个月还没有月结，以后更正会改变台账"),
    "elsewhere": N_("这个月在别的电脑上月结，当时的台账在那台电脑上，这里列的是现在的"),
    "broken": N_("本机保存的月结台账与审计里的哈希不符，这里列的是现在的"),
    "closed": N_("月结时的台账，其后没有更正"),
}  # fmt: skip
"""Whether what is shown of a month is frozen, in words."""
LATER: Final = N_("其后更正")


def made_of(found: Ledger, moment: datetime) -> list[tuple[str, str]]:
    """Return what tells two exports of one month apart: its moment, the hash of what it says, whether that is frozen."""
    standing = translate(STANDINGS[found.standing])
    if found.later:
        standing = translate(N_("月结时的台账，其后更正{count}行，列在最后"), count=len(found.later))
    count = translate(N_("{count}行"), count=len(found.rows))
    return [
        (translate(N_("制作时间")), f"{local(moment):%Y-%m-%d %H:%M}"),
        (translate(N_("内容哈希")), f"SHA-256 {found.digest}（{count}）"), (translate(N_("与月结比较")), standing),
    ]  # fmt: skip


def _said_by(found: Ledger, words: Words) -> Iterator[tuple[ServiceRow, str]]:
    """Yield every line with its result in words: the frozen ones, then what was corrected since, named so."""
    for row in found.rows:
        yield row, result_said(row, words)
    for row in found.later:
        yield row, f"{translate(LATER)}：{result_said(row, words)}"


def note_ledger(work: UnitOfWork, how: str, month: Month, file: str | None = None) -> ChangeSet:
    """Write into the audit that the ledger of a month left the desk, with the hash of what it says and of its ``file``.

    Raises:
        RefusedError: no right to export, or to look.
    """
    work.require("export")
    found = ledger(work, month)
    work.audit(
        LEDGER_LEFT, LEDGER, None, month=str(month), how=how, digest=found.digest, lines=len(found.rows),
        later=len(found.later), standing=found.standing, file=file,
    )  # fmt: skip
    return work.commit()


def ledger_paper(read: Reader, month: Month, words: Words) -> tuple[dict[str, Any], int]:
    """Return the ledger of a month on paper, masked, and how many lines; what does not fit is said.

    Raises:
        RefusedError: no right to look at them.
    """
    found = ledger(read, month)
    shown = list(islice(_said_by(found, words), MOST_PRINTED))
    rows = [_printed(at, row, result, words) for at, (row, result) in enumerate(shown, 1)]
    heads = [translate(head) for head, _, _ in (HEADS[0], HEADS[2], HEADS[4], HEADS[6], HEADS[7])]
    cut = translate(N_("只印前{count}行，全部请导出Excel"), count=MOST_PRINTED) if found.lines > len(shown) else ""
    part = BLANK | {
        "heading": translate(N_("{count}行"), count=len(shown)), "note": cut, "head": heads, "rows": rows,
        "columns": [2.6, 6, 9, 0, 9], "empty": translate(N_("这个月还没有服务")),
    }  # fmt: skip
    about = [(translate(N_("站点")), read.actor.station), (translate(N_("依据")), translate(BASIS))]
    beside = notes_part([*about, *made_of(found, read.clock.now())])
    return sheet_paper(translate(LEDGER_TITLE), str(month), [part, beside], MASKED), len(shown)


def _printed(at: int, row: ServiceRow, result: str, words: Words) -> list[str]:
    what = f"{row.who} {row.what}".strip()
    return [str(at), words("kind", row.kind), what, process_said(row, words), result]


def save_ledger(desk: Desk, target: Path, month: Month, words: Words) -> int:
    """Write the ledger of a month as PDF or for Excel (true numbers and moments), masked; return how many lines.

    Raises:
        RefusedError: no right to export or to look, another ending, or the place cannot be written to.
        DiskFullError: there is no room.
    """
    kind = ending(target)
    desk.write(note_export, LEDGER, str(month))
    if kind == ".pdf":
        said, count = desk.read(ledger_paper, month, words)
        write_pdf(target, "sheet", said)
    else:
        count = desk.read(_write_ledger, target, month, words)
    with target.open("rb") as file:
        desk.write(note_ledger, kind.removeprefix("."), month, hashlib.file_digest(file, "sha256").hexdigest())
    return count


def _write_ledger(read: Reader, target: Path, month: Month, words: Words) -> int:
    columns = [Column(translate(head), shape, width) for head, shape, width in HEADS]  # type: ignore[arg-type]
    about = [(translate(N_("月份")), str(month)), (translate(N_("站点")), read.actor.station),
             (translate(N_("依据")), translate(BASIS)), (translate(N_("遮盖")), translate(MASKED))]  # fmt: skip
    found = ledger(read, month)
    about += made_of(found, read.clock.now())
    with table(target, translate(LEDGER_TITLE)[:31], columns, (translate(N_("说明")), about)) as sheet:
        for at, (row, result) in enumerate(_said_by(found, words), 1):
            sheet.add(_cells(at, row, result, words))
        return sheet.rows


__all__ = [
    "Behind", "JobReport", "Month", "ServiceRow", "Statement", "behind", "close_month", "figure_name", "ledger_paper",
    "month_report", "note_export", "note_ledger", "notes", "paper",
    "process_said", "result_said", "save", "save_ledger", "service_ledger",
    "statement", "title_of",
]  # fmt: skip
