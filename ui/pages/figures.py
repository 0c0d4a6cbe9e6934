"""The figures of a month (D12): what is counted, of what, the rate; Enter opens exactly the records that a figure counts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from ui.context import Context
from ui.models.paging import Column, PagingModel
from ui.pages.output import with_ending
from ui.printing.sheet import PaperSheet, month_said, rate_word
from ui.theme import set_kind
from ui.theme.tokens import XL, L, M, S
from ui.widgets.base import Button, Label, column, row
from ui.widgets.dates import CHINA
from ui.widgets.table import DataTable

translate = QCoreApplication.translate
SIZE: Final = (760, 716)


def month_word(month: Any) -> str:
    """Return a month in words."""
    return translate("MonthSheet", "{year} 年 {month} 月").format(year=month.year, month=f"{month.month:02}")


class _Shown:
    """A row of the table: a figure in words."""

    def __init__(self, figure: Any, language: str) -> None:
        self.id, self.figure = figure.name, figure
        self.name = "　" * figure.level + figure.text(language)
        self.count = str(figure.count)
        if figure.records not in (None, figure.count):
            self.count = translate("MonthSheet", "{count} 次 · {records} 件").format(count=figure.count, records=figure.records)
        self.of = "" if figure.of is None else str(figure.of)


class MonthSheet(QDialog):
    """A month at the top with the way to the ones beside it, its figures, how the chosen one is counted, what was checked."""

    def __init__(self, parent: QWidget, context: Context, subject: str, open_list: Callable[[str], Any]) -> None:
        super().__init__(parent)
        set_kind(self, "sheet")
        self._context, self._subject, self._open = context, subject, open_list
        self.said: Any = None
        self.resize(*SIZE)
        self.heading = Label(kind="title")
        self.before = Button("", "", "chevron-left", lambda: self._turn(-1))
        self.month = Label(kind="strong")
        self.after = Button("", "", "chevron-right", lambda: self._turn(1))
        self.model = PagingModel(_columns(), lambda *_: None, parent=self)
        self.table = DataTable(self.model)
        self.table.opened.connect(self._go)
        self.table.picked.connect(self._picked)
        self.remark, self.checks = Label(kind="secondary", wrap=True), Label(kind="secondary", wrap=True)
        self.excel = Button(translate("MonthSheet", "导出为 Excel…"), "", "download", self.save)
        self.excel.setVisible(context.may("export"))
        self.paper = Button(translate("MonthSheet", "打印…"), "", "printer", self.print)
        self.back = Button(translate("MonthSheet", "返回"), "quiet", on_click=self.reject)
        self.go = Button(translate("MonthSheet", "看这些记录"), "primary", on_click=lambda: self._go(self._current()))
        for each in (self.before, self.after, self.excel, self.paper, self.back, self.go):
            each.setAutoDefault(False)
        self._lay_out()
        for keys, step in (("PgUp", -1), ("PgDown", 1)):
            QShortcut(QKeySequence(f"Alt+{keys}"), self, lambda step=step: self._turn(step))
        self._names()
        self._say("")

    def _lay_out(self) -> None:
        months = row(self.before, self.month, self.after, None, gap=M)
        buttons = row(self.excel, self.paper, None, self.back, self.go, gap=S)
        self.setLayout(column(self.heading, months, self.table, self.remark, self.checks, buttons, gap=L, margins=XL))

    def _names(self) -> None:
        self.before.setText(translate("MonthSheet", "上个月"))
        self.after.setText(translate("MonthSheet", "下个月"))
        self.table.setAccessibleName(translate("MonthSheet", "本月的统计数；按回车打开它数的记录"))

    @property
    def language(self) -> str:
        """The language in force."""
        return str(self._context.settings.values.language)

    def ask(self, month: str) -> None:
        """Ask for the figures of a month; meanwhile nothing can be pressed that needs them."""
        from zzdesk.desk.statistics import month_of

        for each in (self.before, self.after, self.go, self.excel, self.paper):
            each.setEnabled(False)
        self._say(translate("MonthSheet", "正在统计…"))
        self._context.runner.read(month_of, self._subject, month, on_done=self.show_month, owner=self, on_error=self._failed)

    def show_month(self, said: Any) -> None:
        """Show the figures of a month."""
        from zzdesk.desk.statistics import told

        picked = self.table.currentIndex().row()
        self.said = said
        self.heading.setText(self.title)
        self.setWindowTitle(self.title)
        self.month.setText(month_word(said.month))
        self.model.set_rows([_Shown(figure, self.language) for figure in said.figures])
        off = [translate("MonthSheet", "▲ {what}：{how}").format(what=each.text(self.language), how=told(each, self.language))
               for each in said.checks if not each.holds]
        right = translate("MonthSheet", "✓ 核对了 {count} 项，都相符").format(count=len(said.checks))
        self.checks.setText("\n".join(off) or right)
        self.checks.setToolTip("\n".join(each.text(self.language) for each in said.checks))
        for button in (self.before, self.excel, self.paper):
            button.setEnabled(True)
        self.after.setEnabled(said.month < self._this_month())
        self.table.setCurrentIndex(self.model.index(max(picked, 0), 0))
        self.table.setFocus()

    @property
    def title(self) -> str:
        """What the statement is called."""
        from zzdesk.i18n import translate as words

        return words(self.said.title, self.language)

    def _this_month(self) -> Any:
        return type(self.said.month).of(self._context.now())

    def _turn(self, months: int) -> None:
        if self.said is not None and (months < 0 or self.said.month < self._this_month()):
            self.ask(str(self.said.month.plus(months)))

    def _current(self) -> Any:
        at = self.table.currentIndex()
        return self.model.row(at) if at.isValid() else None

    def _picked(self, shown: Any) -> None:
        from zzdesk.i18n import translate as words

        figure = shown.figure
        self._say(words(figure.remark, self.language) if figure.remark else "")
        self.go.setEnabled(bool(figure.opens and figure.count))

    def _say(self, text: str) -> None:
        self.remark.setText(text or " ")

    def _go(self, shown: Any) -> None:
        """Open the list of what a figure counts; nothing happens where that is nothing."""
        if shown is not None and shown.figure.opens and shown.figure.count:
            self.accept()
            self._open(shown.figure.opens)

    def _failed(self, error: Any) -> None:
        self._say(error.text())
        self.before.setEnabled(self.said is not None)

    def save(self) -> None:
        """Ask for a file and write the figures for Excel; it goes into the audit."""
        from zzdesk.desk.statistics import save

        name = f"{self.title} {self.said.month}.xlsx"
        chosen, _ = QFileDialog.getSaveFileName(self, translate("MonthSheet", "导出为 Excel"), name, "Excel (*.xlsx)")
        if chosen:
            target = with_ending(chosen)
            self._context.runner.call(
                save, self._context.desk, target, self.said, owner=self, on_error=self._failed,
                on_done=lambda _: self._context.toast(translate("MonthSheet", "已导出：{name}").format(name=target.name)))

    def print(self) -> None:
        """Show the figures on paper."""
        said = month_said(self.said, self.title, month_word(self.said.month), self.language, self._context.facts.name)
        sheet = PaperSheet(self, self._context, "month", said, len(self.said.figures))
        sheet.exec()
        sheet.deleteLater()


def _columns() -> Sequence[Column]:
    return (
        Column("name", lambda: translate("MonthSheet", "项目"), lambda each: each.name, 260, stretch=True),
        Column("count", lambda: translate("MonthSheet", "数量"), lambda each: each.count, 150, number=True, strong=True),
        Column("of", lambda: translate("MonthSheet", "基数"), lambda each: each.of, 90, number=True),
        Column("rate", lambda: translate("MonthSheet", "比率"), lambda each: rate_word(each.figure), 90, number=True,
               strong=True),
    )


def offer_month(window: QWidget, context: Context, subject: str, open_list: Callable[[str], Any]) -> None:
    """Show the figures of this month; ``open_list`` takes the filter of the figure that is opened, as JSON."""
    now = context.now().astimezone(CHINA)
    sheet = MonthSheet(window.window(), context, subject, open_list)
    sheet.ask(f"{now:%Y-%m}")
    sheet.exec()
    sheet.deleteLater()


__all__ = ["MonthSheet", "month_word", "offer_month"]
