"""The rows of the monthly report of mediation: figures, checks, statutory sets, what came after the closing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from PySide6.QtCore import QCoreApplication

from ui.labels import word
from ui.pages.month_rows import Shown, check_rows, figure_rows, heading, in_order
from ui.widgets.tag import Tag, Tone
from zzdesk.desk.mediation_figures import figure_name, set_named, statement

translate = QCoreApplication.translate


def rows_of(report: Any) -> list[Shown]:
    """Return every row, in the language in force; checks that do not hold come first."""
    said = statement(report)
    checks = list(check_rows(report, said, figure_name, lambda _: "case"))
    return in_order(report, list(figure_rows(report, said, figure_name)), checks, list(_after(report)), list(_sets(report)))


def _after(report: Any) -> Iterator[Shown]:
    """What happened to a closed month since: its figures stay, a later month declares it."""
    if not report.after:
        return
    words = {
        ("added", "case"): translate("MonthRows", "补报的案件"), ("gone", "case"): translate("MonthRows", "减去的案件"),
        ("changed", "case"): translate("MonthRows", "更正的案件"), ("added", "sweep"): translate("MonthRows", "补报的排查"),
        ("gone", "sweep"): translate("MonthRows", "减去的排查"), ("changed", "sweep"): translate("MonthRows", "更正的排查"),
    }  # fmt: skip
    yield heading("after", translate("MonthRows", "月结之后的变化（上面的数字不变）"))
    tag = Tag(translate("MonthRows", "未列入"), Tone.WARNING)
    remark = translate("MonthRows", "列入以后月份的报表，只列一次")
    for (how, what), name in words.items():
        of_sweeps = what == "sweep"
        ids = tuple(each.fact.id for each in report.after if each.how == how and hasattr(each.fact, "checks") == of_sweeps)
        if ids:
            yield Shown(f"after.{how}" + (".sweep" if of_sweeps else ""), f"　{name}", str(len(ids)), tag=tag,
                        kind="prevention" if of_sweeps else "case", ids=ids, remark=remark)  # fmt: skip


def _sets(report: Any) -> Iterator[Shown]:
    for each in report.mapped:
        name, names, placeholder = set_named(each.mark)
        unsure = Tag(translate("MonthRows", "待核对"), Tone.WARNING) if placeholder else None
        yield heading(each.mark, name, unsure)
        for code, ids in each.rows:
            merged = translate("MonthRows", "由几个登记类别合并而成，不能再拆开") if code in each.merged else ""
            empty = translate("MonthRows", "没有登记类别对应这一项，要由人填") if code in each.unfed else ""
            yield Shown(f"{each.mark}.{code}", f"　{names[code]}", str(len(ids)), ids=ids, remark=merged or empty)
        for stored, maybe, ids in each.undecided:
            among = "、".join(names[code] for code in maybe) or translate("MonthRows", "没有对应的项")
            remark = translate("MonthRows", "可能属于：{rows}。逐件看过再填表").format(rows=among)
            yield Shown(f"{each.mark}?{stored}", "　" + word("case_category", stored), str(len(ids)),
                        tag=Tag(translate("MonthRows", "待人定"), Tone.WARNING), ids=ids, remark=remark)  # fmt: skip
