"""The monthly report of mediation and the subsidy for the windows, and how they leave the desk: Excel, PDF (B1.6, B1.8)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from zzdesk.accounts.queries import display_names
from zzdesk.desk.month_papers import BLANK, closing_notes, ending, notes_part, sheet_paper, statement_parts
from zzdesk.desk.morning import write_pdf
from zzdesk.desk.statistics import note_export
from zzdesk.documents.figures import Check, Figure, Month, write_workbook
from zzdesk.documents.workbook import Column, table
from zzdesk.i18n import N_, translate
from zzdesk.mediation.categories import SETS, ZONGZHI, category_set
from zzdesk.mediation.quarters import SUBJECT as QUARTER_SUBJECT
from zzdesk.mediation.quarters import Area, Quarter, QuarterReport, quarter_report, report_quarter
from zzdesk.mediation.quarters import statement as quarter_statement
from zzdesk.mediation.queries import CaseRow, by_ids
from zzdesk.mediation.statistics import BASES, Mapped
from zzdesk.mediation.statistics_commands import close_month, record_sweep
from zzdesk.mediation.statistics_queries import SweepRow, month_report, sweeps_by_ids
from zzdesk.mediation.statistics_report import MonthReport, statement, title
from zzdesk.mediation.subsidy import FORMS, LEVELS
from zzdesk.mediation.subsidy_commands import act_sheet, draw_sheet, edit_item, enter_rule, take_off
from zzdesk.mediation.subsidy_queries import ItemRow, SheetRow, list_rules, list_sheets, sheet
from zzdesk.store.unit import Page, Reader

if TYPE_CHECKING:
    from zzdesk.desk.session import Desk

SCREENFUL: Final = 200
Words = Callable[[str, str], str]
"""Says a code of a group in words."""


@dataclass(frozen=True)
class Behind:
    """The records behind a figure: what one screen shows of them, and how many there are."""

    name: str
    kind: str
    total: int
    cases: tuple[CaseRow, ...] = ()
    sweeps: tuple[SweepRow, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)


def behind(read: Reader, kind: str, name: str, ids: Sequence[str]) -> Behind:
    """Return the records that a figure counts; of a figure with very many, the first that fit a screen."""
    read.require("record.read")
    asked = tuple(ids[:SCREENFUL])
    if kind == "prevention":
        return Behind(name, kind, len(ids), sweeps=sweeps_by_ids(read, asked))
    return Behind(name, kind, len(ids), cases=by_ids(read, asked) if kind == "case" else ())


def sheets(
    read: Reader, states: tuple[str, ...] = (), after: str | None = None, limit: int = 50
) -> tuple[Page[SheetRow], dict[str, str]]:
    """Return one page of subsidy sheets with the names of the accounts on them."""
    page = list_sheets(read, states, False, after, limit)
    people = {one for row in page.rows for one in (row.mediator_id, row.drawn_by, row.approved_by) if one}
    return page, display_names(read, frozenset(people))


def one_sheet(read: Reader, sheet_id: str) -> tuple[SheetRow, tuple[ItemRow, ...], dict[str, str]]:
    """Return one subsidy sheet with its cases and the names of the accounts on it."""
    row, items = sheet(read, sheet_id)
    people = {one for one in (row.mediator_id, row.drawn_by, row.approved_by) if one}
    return row, items, display_names(read, frozenset(people))


def figure_name(each: Figure | Check) -> tuple[str, str]:
    """Return what a figure or a check is called, and how it is counted, in the language in force."""
    remark = each.remark if isinstance(each, Figure) else ""
    return each.text(), translate(remark) if remark else ""


def stored_name(stored: str) -> str:
    """Return what a stored category is called: by the row of its own, in whichever set has one."""
    rows = (row for code in SETS for row in category_set(code).rows)
    return next((row.name for row in rows if row.code == stored), stored)


def set_named(mark: str) -> tuple[str, dict[str, str], bool]:
    """Return the name of a statutory set, the names of its rows, and whether its official text still has to be checked."""
    found = category_set(mark.partition("/")[0])
    return found.name, {row.code: row.name for row in found.rows}, found.placeholder


def title_of(report: MonthReport) -> str:
    """Return the title of a report, which says by what it counts."""
    return translate(title(report))


# ---- the report leaves the desk -------------------------------------------------------------------------------------


def notes(report: MonthReport) -> list[tuple[str, str]]:
    """Return what stands beside the figures: whose, by what, whether closed, with which hash, by which sets."""
    said = [(translate(N_("站点")), report.station), (translate(N_("口径")), translate(title(report)))]
    said += closing_notes(report.closing)
    sets = [(category_set(each.mark.partition("/")[0]).name, each.mark) for each in report.mapped]
    return said + [(translate(N_("分类表")), f"{name} {mark}") for name, mark in sets]


def save(desk: Desk, target: Path, report: MonthReport) -> None:
    """Write a report as PDF or for Excel, by the name of the file. It says by which basis it was counted.

    Raises:
        RefusedError: no right to export, another ending, or the place cannot be written to.
        DiskFullError: there is no room.
    """
    kind = ending(target)
    said = statement(report)
    desk.write(note_export, f"{said.subject}.{report.basis}", str(said.month))
    if kind == ".xlsx":
        write_workbook(target, replace(said, figures=(*said.figures, *_set_figures(report))), notes(report))
    else:
        write_pdf(target, "sheet", paper(report))


def hand_in(desk: Desk, target: Path, quarter: Quarter, paper: Collection[str] = (), reason: str = "") -> None:
    """Hand the quarterly form of 综治 in (上报): written as PDF or for Excel, by the name of the file, and in the audit.

    ``paper``: the codes of the areas below that report on paper, ``reason`` why.

    Raises:
        InvalidError: of the areas on paper, as ``report_quarter``.
        RefusedError: an area below has not closed every month, no right, another ending, or the place cannot be written to.
        DiskFullError: there is no room.
    """
    kind = ending(target)
    desk.write(report_quarter, quarter, paper, reason)
    report = desk.read(quarter_report, quarter, paper, reason)
    desk.write(note_export, QUARTER_SUBJECT, str(quarter))
    if kind == ".xlsx":
        write_workbook(target, quarter_statement(report), [*quarter_notes(report), *_areas(report)])
    else:
        write_pdf(target, "sheet", quarter_paper(report))


def quarter_notes(report: QuarterReport) -> list[tuple[str, str]]:
    """Return what stands beside the figures of a quarter: whose, which, and by which set."""
    found = category_set(ZONGZHI)
    said = [(translate(N_("站点")), report.station), (translate(N_("季度")), str(report.quarter)),
            (translate(N_("分类表")), f"{found.name} {found.mark}")]  # fmt: skip
    if report.on_paper:
        said.append((translate(N_("纸质报表的原因")), report.reason))
    return [*said, (translate(N_("说明")), translate(UNCHECKED))] if found.placeholder else said


def _areas(report: QuarterReport) -> list[tuple[str, str]]:
    """Return every area below, and whether it has reported."""
    return [(f"{area.name} {area.code}", translate(_standing(area))) for area in report.areas]


def _standing(area: Area) -> str:
    if area.paper:
        return N_("另报纸质报表")
    if not area.here:
        return N_("本机没有其数据")
    return N_("没有全部月结") if area.missing else N_("已全部月结")


def quarter_paper(report: QuarterReport) -> dict[str, Any]:
    """Return what the form says on paper, in the language in force: its rows, the check, the areas."""
    said = quarter_statement(report)
    note = translate(UNCHECKED) if category_set(ZONGZHI).placeholder else ""
    areas = BLANK | {"heading": translate(N_("下级辖区")), "rows": [list(each) for each in _areas(report)], "columns": [0, 12]}
    parts = [*statement_parts(said, note), areas, notes_part(quarter_notes(report))]
    return sheet_paper(said.title, str(report.quarter), parts, NOBODY)


def _set_figures(report: MonthReport) -> Iterator[Figure]:
    """The other statutory sets as rows of the sheet; the bulletin's stand among the figures already."""
    total = report.tallies["total"].value
    for each in report.mapped[1:]:
        name, names, placeholder = set_named(each.mark)
        remark = UNCHECKED if placeholder else ""
        for code, ids in each.rows:
            yield Figure(f"{each.mark}.{code}", f"{name} · {names[code]}", len(ids), of=total, remark=remark)
        for stored, maybe, ids in each.undecided:
            label = translate(N_("未定：{category}"), category=stored_name(stored))
            among = "、".join(names[code] for code in maybe)
            yield Figure(f"{each.mark}?{stored}", f"{name} · {label}", len(ids), of=total, remark=among)


UNCHECKED: Final = N_("官方原文未找到，待核对")


def paper(report: MonthReport) -> dict[str, Any]:
    """Return what the report says on paper, in the language in force."""
    said = statement(report)
    parts = [
        *statement_parts(said, notes(report)[2][1]), *(_set_part(each) for each in report.mapped), notes_part(notes(report)),
    ]
    return sheet_paper(translate(title(report)), str(said.month), parts, NOBODY)


NOBODY: Final = N_("只有件数和金额，没有当事人信息")


def _set_part(each: Mapped) -> dict[str, Any]:
    """One statutory set: its rows, and apart from them what it does not decide."""
    found = category_set(each.mark.partition("/")[0])
    names = {row.code: row.name for row in found.rows}
    rows = [[names[code], str(len(ids)), translate(N_("合并")) if code in each.merged else ""] for code, ids in each.rows]
    rows += [
        [translate(N_("未定：{category}"), category=stored_name(stored)), str(len(ids)), "、".join(names[c] for c in maybe)]
        for stored, maybe, ids in each.undecided
    ]
    note = translate(UNCHECKED) if found.placeholder else ""
    return BLANK | {"heading": found.name, "note": note, "rows": rows, "columns": [0, 6, 20]}


# ---- a subsidy sheet leaves the desk --------------------------------------------------------------------------------

SHEET_HEADS: Final = (
    (N_("序号"), "number", 6), (N_("案号"), "text", 24), (N_("类别"), "text", 14), (N_("结束日期"), "day", 12),
    (N_("难易"), "text", 8), (N_("协议形式"), "text", 10), (N_("补贴（元）"), "money", 12),
)  # fmt: skip
"""Heads, kinds and widths of a subsidy sheet as a table."""


def save_sheet(desk: Desk, target: Path, sheet_id: str, words: Words) -> None:
    """Write a subsidy sheet as PDF or for Excel, with true numbers and dates; it names the mediator and no party.

    Raises:
        RefusedError: no right to export, another ending, or the place cannot be written to.
        DiskFullError: there is no room.
    """
    kind = ending(target)
    row, items, names = desk.read(one_sheet, sheet_id)
    desk.write(note_export, "subsidy", row.month)
    cells = [_cells(at, each, words) for at, each in enumerate(items, 1)]
    about = _about(row, names, words)
    if kind == ".pdf":
        heads = [translate(head) for head, _, _ in SHEET_HEADS]
        told_rows = [[_plain(cell) for cell in each] for each in cells]
        parts = [
            BLANK | {"heading": " · ".join(value for _, value in about[:2]), "head": heads, "rows": told_rows,
                      "columns": [3, 0, 9, 7, 5, 7, 7]},
            notes_part(about),
        ]  # fmt: skip
        write_pdf(target, "sheet", sheet_paper(translate(SHEET_TITLE), row.month, parts, NOBODY))
        return
    columns = [Column(translate(head), shape, width) for head, shape, width in SHEET_HEADS]  # type: ignore[arg-type]
    with table(target, translate(SHEET_TITLE)[:31], columns, (translate(N_("说明")), about)) as sheet_:
        for each in cells:
            sheet_.add(each)
        sheet_.add([None, translate(N_("合计")), None, None, None, None, row.total])


SHEET_TITLE: Final = N_("人民调解以案定补补贴表")


def _cells(at: int, each: ItemRow, words: Words) -> list[Any]:
    return [
        at, each.number, words("case_category", each.category), each.closed_on, words("subsidy_level", each.level),
        words("subsidy_form", each.form), each.amount,
    ]  # fmt: skip


def _plain(cell: Any) -> str:
    return cell.isoformat() if isinstance(cell, date) else str(cell if cell is not None else "")


def _about(row: SheetRow, names: Mapping[str, str], words: Words) -> list[tuple[str, str]]:
    return [
        (translate(N_("月份")), row.month), (translate(N_("调解员")), names.get(row.mediator_id, row.mediator_id)),
        (translate(N_("状态")), words("subsidy_sheet", row.state)), (translate(N_("合计")), f"{row.total}"),
        (translate(N_("制表人")), names.get(row.drawn_by or "", "")),
        (translate(N_("审批人")), names.get(row.approved_by or "", "")),
        (translate(N_("依据")), translate(N_("人民调解不收费；补贴是单位的账，一个案件只补一次，卷宗齐全归档后才补"))),
    ]  # fmt: skip


__all__ = [
    "BASES", "FORMS", "LEVELS", "Area", "Behind", "ItemRow", "Month", "MonthReport", "Quarter", "QuarterReport", "SheetRow",
    "act_sheet", "behind",
    "close_month", "draw_sheet", "edit_item", "enter_rule", "figure_name", "hand_in", "list_rules", "month_report", "notes",
    "one_sheet", "paper", "quarter_report", "record_sweep", "save", "save_sheet", "set_named", "sheets", "statement", "take_off",
    "title_of",
]  # fmt: skip
