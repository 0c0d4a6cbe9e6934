"""The rows of the month of the odd-job station: figures, checks, what came after the closing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from PySide6.QtCore import QCoreApplication

from ui.labels import kind_word
from ui.pages.month_rows import Shown, check_rows, figure_rows, heading, in_order
from ui.widgets.tag import Tag, Tone
from zzdesk.desk.job_figures import figure_name, statement

translate = QCoreApplication.translate


def rows_of(report: Any) -> list[Shown]:
    """Return every row, in the language in force; checks that do not hold come first."""
    said = statement(report)
    checks = list(check_rows(report, said, figure_name, report.kind_of))
    return in_order(report, list(figure_rows(report, said, figure_name)), checks, list(_after(report)))


def _after(report: Any) -> Iterator[Shown]:
    """What happened to a closed month since: its figures stay, a later month declares it."""
    if not report.after:
        return
    words = {
        "added": translate("JobRows", "补报：{kind}"), "gone": translate("JobRows", "减去：{kind}"),
        "changed": translate("JobRows", "更正：{kind}"),
    }
    yield heading("after", translate("MonthRows", "月结之后的变化（上面的数字不变）"))
    tag = Tag(translate("MonthRows", "未列入"), Tone.WARNING)
    remark = translate("MonthRows", "列入以后月份的报表，只列一次")
    for how, kind in sorted({(each.how, each.fact.kind) for each in report.after}):
        ids = tuple(each.fact.id for each in report.after if (each.how, each.fact.kind) == (how, kind))
        yield Shown(f"after.{how}.{kind}", "　" + words[how].format(kind=kind_word(kind)), str(len(ids)), tag=tag, kind=kind,
                    ids=ids, remark=remark)
