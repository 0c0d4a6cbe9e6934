"""A month's figures beside the records behind the chosen one, for every subject that closes months.

Alt+PgUp and Alt+PgDown turn the months, Enter on a figure goes to its records, Enter on a record opens it.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QSplitter, QWidget

from ui.context import Context
from ui.models.paging import Column, Line, PagingModel
from ui.pages.figures import month_word
from ui.pages.month_rows import Shown
from ui.pages.records import SETTLE_MS
from ui.theme.tokens import M, S
from ui.widgets.banner import Banner
from ui.widgets.base import Button, Label, column
from ui.widgets.dates import CHINA, short_day
from ui.widgets.dialogs import ask_reason, confirm
from ui.widgets.table import DataTable, LineList
from ui.widgets.tag import StateTag, Tag, Tone

translate = QCoreApplication.translate
FIRST_DAYS: Final = 10
"""Days of a month in which people work on the report of the one before: counties hand it in by the fifth."""


class MonthBook:
    """Mixed into a dialog or a tab, which lays the parts out and says how its subject counts, lists and closes."""

    # What a subject fills in.

    def report_query(self, month: Any) -> tuple[Callable[..., Any], tuple[Any, ...]]:
        """Return the query of a month's report and its arguments."""
        raise NotImplementedError

    def behind_query(self) -> Callable[..., Any]:
        """Return the query of the records behind a figure: of (kind, name, ids)."""
        raise NotImplementedError

    def rows_of(self, report: Any) -> list[Shown]:
        """Return the rows of a report."""
        raise NotImplementedError

    def records_of(self, found: Any) -> list[Any]:
        """Return the records that the query of what is behind a figure found."""
        return list(found.rows)

    def line(self, found: Any) -> Line:
        """Return how a record behind a figure is drawn."""
        raise NotImplementedError

    def open_record(self, found: Any) -> None:
        """Go to a record behind a figure."""
        raise NotImplementedError

    def close_right(self) -> str:
        """Return what closing a month takes."""
        raise NotImplementedError

    def close_command(self, report: Any, reason: str | None) -> Callable[[Any], Any]:
        """Return what closes the month of a report."""
        raise NotImplementedError

    def save_command(self) -> Callable[..., Any]:
        """Return what writes a report to a file: of (desk, target, report)."""
        raise NotImplementedError

    def month_named(self, report: Any) -> str:
        """Return what is closed, in words."""
        return month_word(report.month)

    def count_said(self, name: str, found: Any) -> str:
        """Say how many records a figure counts."""
        return translate("MonthBook", "{name}：{count} 条记录").format(name=name, count=found.total)

    def heading_of(self, report: Any) -> str:
        """Return the title of a report."""
        raise NotImplementedError

    # What is the same for all.

    def make_book(self, context: Context, memory: str) -> None:
        """Make the parts; ``memory`` is where the choice of columns is kept."""
        self._context = context
        self.report: Any = None
        self._month: Any = None
        self.month, self.remark = Label(kind="strong"), Label(kind="secondary", wrap=True)
        self.before = Button(translate("MonthBook", "上个月"), "", "chevron-left", lambda: self._turn(-1))
        self.after = Button(translate("MonthBook", "下个月"), "", "chevron-right", lambda: self._turn(1))
        self.standing, self.banner = StateTag(), Banner()
        self.model = PagingModel(_columns(), lambda *_: None, parent=self)
        self.table = DataTable(self.model, context.settings.windows, memory)
        self.cases = PagingModel((), lambda *_: None, self.line, self)
        self.list = LineList(self.cases)
        self.behind = Label(kind="strong", wrap=True)
        self.export = Button(translate("MonthBook", "导出…"), "", "download", self.save)
        self.close_month = Button(translate("MonthBook", "月结…"), "primary", "lock", self._close)
        right = QWidget()
        right.setLayout(column(self.behind, self.list, gap=S, margins=(M, 0, 0, 0)))
        self.both = QSplitter(Qt.Orientation.Horizontal)
        self.both.setChildrenCollapsible(False)
        self.both.addWidget(self.table)
        self.both.addWidget(right)
        self.both.setSizes([700, 380])
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLE_MS)

    def wire_book(self) -> None:
        """Connect the parts, once they are laid out."""
        self.export.setVisible(self._context.may("export"))
        self.table.picked.connect(self._picked)
        self.table.opened.connect(lambda _: self._into_list())
        self.list.activated.connect(lambda index: self.open_record(self.cases.row(index)))
        self._settle.timeout.connect(self._ask_behind)
        for keys, step in (("Alt+PgUp", -1), ("Alt+PgDown", 1)):
            shortcut = QShortcut(QKeySequence(keys), self, lambda step=step: self._turn(step))
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.table.setAccessibleName(translate("MonthBook", "本月的数字；按回车到右边看它数的记录"))
        self.list.setAccessibleName(translate("MonthBook", "所选数字里的记录；按回车打开"))

    def ask(self, month: str) -> None:
        """Ask for a month."""
        from zzdesk.desk.statistics import Month

        self._month = Month.read(month)
        self.again()

    def again(self) -> None:
        """Ask for the same month again; meanwhile nothing can be pressed that needs it."""
        for each in (self.before, self.after, self.export, self.close_month):
            each.setEnabled(False)
        self.remark.setText(translate("MonthBook", "正在统计…"))
        query, arguments = self.report_query(self._month)
        self._context.runner.read(query, *arguments, on_done=self.show_report, owner=self, on_error=self.report_failed)

    def report_failed(self, error: Any) -> None:
        """Say why a month cannot be shown, and let people go on to another one."""
        self.remark.setText(error.text())
        self.banner.show_text("", Tone.INFO)
        self.standing.show_tag(None)
        self.close_month.setVisible(False)
        self.before.setEnabled(True)
        self.after.setEnabled(self._month < self._this_month())

    def show_report(self, report: Any) -> None:
        """Show a month."""
        picked = self.table.currentIndex().row()
        self.report, self._month = report, report.month
        self.month.setText(month_word(report.month))
        self.model.set_rows(self.rows_of(report))
        self._show_standing(report)
        self.before.setEnabled(True)
        self.after.setEnabled(report.month < self._this_month())
        self.export.setEnabled(True)
        self.remark.setText(" ")
        self.table.setCurrentIndex(self.model.index(max(picked, 0), 0))
        self.take_focus()

    def take_focus(self) -> None:
        """Put the cursor into the figures."""
        self.table.setFocus()

    def _show_standing(self, report: Any) -> None:
        over, closing = report.month < self._this_month(), report.closing
        can = over and closing is None and self._context.may(self.close_right())
        self.close_month.setVisible(can)
        self.close_month.setEnabled(can)
        broken = sum(not each.holds for each in report.verdicts)
        text, tone = "", Tone.INFO
        if closing is not None:
            tag = Tag(translate("MonthBook", "已月结"), Tone.SUCCESS)
            text, tone = self._closed_words(report)
        elif over:
            tag = Tag(translate("MonthBook", "未月结"), Tone.WARNING)
        else:
            tag = Tag(translate("MonthBook", "本月还没有过完"), Tone.NEUTRAL)
        if broken and closing is None:
            tone = Tone.WARNING
            text = translate("MonthBook", "有 {count} 项核对不相符：在“核对”里选中它，右边就是要更正的记录。")
            text = text.format(count=broken)
        self.standing.show_tag(tag)
        self.banner.show_text(text, tone)

    def _closed_words(self, report: Any) -> tuple[str, Tone]:
        closing = report.closing
        if not closing.whole:
            return translate("MonthBook", "月结的内容和它的校验值不符，请联系技术支持。"), Tone.DANGER
        text = translate("MonthBook", "{day} 月结，校验值 {digest}…；数字不再变化。").format(
            day=short_day(closing.at.astimezone(CHINA).date(), self._today()), digest=closing.digest[:12])  # fmt: skip
        if not report.after:
            return text, Tone.INFO
        later = translate("MonthBook", "之后有 {count} 条变化，列入以后月份的报表。").format(count=len(report.after))
        return text + later, Tone.WARNING

    def _today(self) -> Any:
        return self._context.now().astimezone(CHINA).date()

    def _this_month(self) -> Any:
        return type(self._month).of(self._context.now())

    def _turn(self, months: int) -> None:
        if self._month is not None and (months < 0 or self._month < self._this_month()):
            self._month = self._month.plus(months)
            self.again()

    # ---- the records behind a figure -------------------------------------------------------------------------

    def _picked(self, shown: Shown) -> None:
        self.remark.setText(shown.remark or " ")
        self._settle.start()

    def _ask_behind(self) -> None:
        at = self.table.currentIndex()
        if not at.isValid():
            return
        shown: Shown = self.model.row(at)
        self._context.runner.read(
            self.behind_query(), shown.kind, shown.id, shown.ids, owner=self, on_done=self._show_behind,
            on_error=lambda error: self.behind.setText(error.text()))  # fmt: skip

    def _show_behind(self, found: Any) -> None:
        at = self.table.currentIndex()
        if not at.isValid() or self.model.row(at).id != found.name:
            return
        shown: Shown = self.model.row(at)
        self.cases.set_rows(self.records_of(found))
        name = shown.name.strip("　■ ")
        text = name if shown.is_heading or not found.total else self.count_said(name, found)
        if self.cases.rowCount() < found.total and self.cases.rowCount():
            text += translate("MonthBook", "，这里是前 {shown} 条").format(shown=self.cases.rowCount())
        self.behind.setText(text)

    def _into_list(self) -> None:
        if self.cases.rowCount():
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
            if not self.list.currentIndex().isValid():
                self.list.setCurrentIndex(self.cases.index(0, 0))

    # ---- closing and leaving the desk ------------------------------------------------------------------------

    def _close(self) -> None:
        report = self.report
        title = translate("MonthBook", "月结 {month}").format(month=self.month_named(report))
        text = translate("MonthBook", "月结以后这个月的数字不再变化，也不能撤销；之后补报、更正的，列入以后月份的报表。")
        reason: str | None = None
        if all(each.holds for each in report.verdicts):
            if not confirm(self, title, text, translate("MonthBook", "月结")):
                return
        else:
            text = translate("MonthBook", "还有核对不相符。先更正记录更好；确要月结，请写明原因。") + text
            reason = ask_reason(self, title, text, translate("MonthBook", "照样月结"))
            if not reason:
                return
        self.close_month.setEnabled(False)
        self._context.runner.write(self.close_command(report, reason), initiator=self, on_error=self._failed,
                                   on_done=lambda _: self._closed())  # fmt: skip

    def _closed(self) -> None:
        self._context.toast(translate("MonthBook", "已月结。已保存在本机，尚未送达中心。"))
        self.again()

    def _failed(self, error: Any) -> None:
        self.remark.setText(error.text())
        self._context.toast(error.text(), bad=True)
        self.close_month.setEnabled(True)

    def save(self) -> None:
        """Ask for a file and write the report, as Excel or PDF by its name; it goes into the audit."""
        name = f"{self.heading_of(self.report)} {self.report.month}.xlsx"
        target = asked_file(self, translate("MonthBook", "导出月报"), name)
        if target is not None:
            said = translate("MonthBook", "已导出：{name}").format(name=target.name)
            self._context.runner.call(
                self.save_command(), self._context.desk, target, self.report, owner=self, on_error=self._failed,
                on_done=lambda _: self._context.toast(said))  # fmt: skip


def asked_file(parent: QWidget, title: str, name: str) -> Path | None:
    """Ask for a file, Excel or PDF; one without an ending gets that of the kind that was chosen."""
    kinds = "Excel (*.xlsx);;PDF (*.pdf)"
    chosen, kind = QFileDialog.getSaveFileName(parent, title, name, kinds)
    if not chosen:
        return None
    path = Path(chosen)
    ending = ".pdf" if kind.startswith("PDF") else ".xlsx"
    return path if path.suffix.lower() in (".xlsx", ".pdf") else path.with_name(path.name + ending)


def month_to_begin_with(context: Context) -> str:
    """Return last month in the first days of a month, this month later."""
    from zzdesk.desk.statistics import Month

    early = context.now().astimezone(CHINA).day <= FIRST_DAYS
    return str(Month.of(context.now()).plus(-1 if early else 0))


def _columns() -> tuple[Column, ...]:
    return (
        Column("name", lambda: translate("MonthBook", "项目"), lambda each: each.name, 280, stretch=True),
        Column("count", lambda: translate("MonthBook", "数量"), lambda each: each.count, 116, number=True, strong=True),
        Column("of", lambda: translate("MonthBook", "基数"), lambda each: each.of, 92, number=True),
        Column("rate", lambda: translate("MonthBook", "比率"), lambda each: each.rate, 80, number=True, strong=True),
        Column("tag", lambda: translate("MonthBook", "核对"), lambda each: "", 96, tag=lambda each: each.tag),
    )


__all__ = ["FIRST_DAYS", "MonthBook", "asked_file", "month_to_begin_with"]
