"""The monthly report of mediation (B1.6): by acceptance or by closing, never both; every figure opens its cases, and a month
that is over can be closed.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QFileDialog, QSplitter, QTabBar, QWidget

from ui.context import Context
from ui.labels import state_tag, word
from ui.models.paging import Column, Line, PagingModel
from ui.pages.figures import month_word
from ui.pages.mediation.statistics_rows import Shown, rows_of
from ui.pages.mediation.sweep import offer_sweep
from ui.pages.records import SETTLE_MS
from ui.pages.values import joined
from ui.theme import set_kind
from ui.theme.tokens import XL, L, M, S
from ui.widgets.banner import Banner
from ui.widgets.base import Button, Label, column, row
from ui.widgets.dates import CHINA, short_day
from ui.widgets.dialogs import ask_reason, confirm
from ui.widgets.table import DataTable, LineList
from ui.widgets.tag import StateTag, Tag, Tone

translate = QCoreApplication.translate
SIZE: Final = (1120, 680)
BASES: Final = ("acceptance", "closing")


class MediationMonth(QDialog):
    """Left the figures of a month, right the cases behind the one that is chosen."""

    def __init__(self, parent: QWidget, context: Context, open_case: Callable[[str], Any]) -> None:
        super().__init__(parent)
        set_kind(self, "sheet")
        self._context, self._open = context, open_case
        self.report: Any = None
        self._month: Any = None
        self.resize(*SIZE)
        self.heading, self.month, self.remark = Label(kind="title"), Label(kind="strong"), Label(kind="secondary", wrap=True)
        self.bases = QTabBar()
        self.bases.setDrawBase(False)
        self.bases.setExpanding(False)
        for basis in BASES:
            self.bases.addTab(word("month_basis", basis))
        self.before = Button(translate("MediationMonth", "上个月"), "", "chevron-left", lambda: self._turn(-1))
        self.after = Button(translate("MediationMonth", "下个月"), "", "chevron-right", lambda: self._turn(1))
        self.standing, self.banner = StateTag(), Banner()
        self.model = PagingModel(_columns(), lambda *_: None, parent=self)
        self.table = DataTable(self.model, context.settings.windows, "mediation-month")
        self.cases = PagingModel((), lambda *_: None, self._line, self)
        self.list = LineList(self.cases)
        self.behind = Label(kind="strong", wrap=True)
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLE_MS)
        self._make_buttons()
        self._lay_out()
        self.sweep.setVisible(context.may("prevention.record"))
        self.export.setVisible(context.may("export"))
        self.quarter.setVisible(context.may("export") and context.may("mediation.close_month"))
        self._wire()

    def _make_buttons(self) -> None:
        self.sweep = Button(translate("MediationMonth", "记一次排查…"), "", "plus", self._record_sweep)
        self.export = Button(translate("MediationMonth", "导出…"), "", "download", self.save)
        self.back = Button(translate("MediationMonth", "返回"), "quiet", on_click=self.reject)
        self.close_month = Button(translate("MediationMonth", "月结…"), "primary", "lock", self._close)
        self.quarter = Button(translate("MediationMonth", "综治季报…"), "", "list", self.hand_in)
        for each in (self.before, self.after, self.sweep, self.export, self.quarter, self.back, self.close_month):
            each.setAutoDefault(False)

    def _lay_out(self) -> None:
        right = QWidget()
        right.setLayout(column(self.behind, self.list, gap=S, margins=(M, 0, 0, 0)))
        both = QSplitter(Qt.Orientation.Horizontal)
        both.setChildrenCollapsible(False)
        both.addWidget(self.table)
        both.addWidget(right)
        both.setSizes([700, 380])
        months = row(self.bases, L, self.before, self.month, self.after, None, self.standing, gap=M)
        buttons = row(self.sweep, self.export, self.quarter, None, self.back, self.close_month, gap=S)
        self.setLayout(column(self.heading, months, self.banner, both, self.remark, buttons, gap=M, margins=XL))
        self.layout().setStretch(3, 1)

    def _wire(self) -> None:
        self.bases.currentChanged.connect(lambda _: self.again())
        self.table.picked.connect(self._picked)
        self.table.opened.connect(lambda _: self._into_list())
        self.list.activated.connect(lambda index: self._go(self.cases.row(index)))
        self._settle.timeout.connect(self._ask_behind)
        for keys, step in (("Alt+PgUp", -1), ("Alt+PgDown", 1)):
            QShortcut(QKeySequence(keys), self, lambda step=step: self._turn(step))
        self.table.setAccessibleName(translate("MediationMonth", "本月的数字；按回车到右边看它数的案件"))
        self.list.setAccessibleName(translate("MediationMonth", "所选数字里的案件；按回车打开案件"))
        self.bases.setAccessibleName(translate("MediationMonth", "按受理月份还是按结束月份"))

    # ---- asking and showing ----------------------------------------------------------------------------------

    @property
    def basis(self) -> str:
        """By what is counted."""
        return BASES[max(0, self.bases.currentIndex())]

    def ask(self, month: str) -> None:
        """Ask for a month."""
        from zzdesk.desk.mediation_figures import Month

        self._month = Month.read(month)
        self.again()

    def again(self) -> None:
        """Ask for the same month again; meanwhile nothing can be pressed that needs it."""
        from zzdesk.desk.mediation_figures import month_report

        for each in (self.before, self.after, self.export, self.close_month):
            each.setEnabled(False)
        self.remark.setText(translate("MediationMonth", "正在统计…"))
        self._context.runner.read(month_report, self._month, self.basis, on_done=self.show_report, owner=self,
                                  on_error=lambda error: self.remark.setText(error.text()))  # fmt: skip

    def show_report(self, report: Any) -> None:
        """Show a month."""
        from zzdesk.desk.mediation_figures import title_of

        picked = self.table.currentIndex().row()
        self.report, self._month = report, report.month
        at = BASES.index(report.basis)
        if self.bases.currentIndex() != at:
            self.bases.blockSignals(True)
            self.bases.setCurrentIndex(at)
            self.bases.blockSignals(False)
        self.heading.setText(title_of(report))
        self.setWindowTitle(self.heading.text())
        self.month.setText(month_word(report.month))
        self.model.set_rows(rows_of(report))
        self._show_standing(report)
        self.before.setEnabled(True)
        self.after.setEnabled(report.month < self._this_month())
        self.export.setEnabled(True)
        self.remark.setText(" ")
        self.table.setCurrentIndex(self.model.index(max(picked, 0), 0))
        self.table.setFocus()

    def _show_standing(self, report: Any) -> None:
        over, closing = report.month < self._this_month(), report.closing
        can = over and closing is None and self._context.may("mediation.close_month")
        self.close_month.setVisible(can)
        self.close_month.setEnabled(can)
        broken = sum(not each.holds for each in report.verdicts)
        text, tone = "", Tone.INFO
        if closing is not None:
            tag = Tag(translate("MediationMonth", "已月结"), Tone.SUCCESS)
            text = translate("MediationMonth", "{day} 月结，校验值 {digest}…；数字不再变化。").format(
                day=short_day(closing.at.astimezone(CHINA).date(), self._today()), digest=closing.digest[:12])  # fmt: skip
            if not closing.whole:
                text, tone = translate("MediationMonth", "月结的内容和它的校验值不符，请联系技术支持。"), Tone.DANGER
            elif report.after:
                tone = Tone.WARNING
                text += translate("MediationMonth", "之后有 {count} 件变化，列入以后月份的报表。").format(count=len(report.after))
        elif over:
            tag = Tag(translate("MediationMonth", "未月结"), Tone.WARNING)
        else:
            tag = Tag(translate("MediationMonth", "本月还没有过完"), Tone.NEUTRAL)
        if broken and closing is None:
            tone = Tone.WARNING
            text = translate("MediationMonth", "有 {count} 项核对不相符：在“核对”里选中它，右边就是要更正的案件。")
            text = text.format(count=broken)
        self.standing.show_tag(tag)
        self.banner.show_text(text, tone)

    def _today(self) -> Any:
        return self._context.now().astimezone(CHINA).date()

    def _this_month(self) -> Any:
        return type(self._month).of(self._context.now())

    def _turn(self, months: int) -> None:
        if self._month is not None and (months < 0 or self._month < self._this_month()):
            self._month = self._month.plus(months)
            self.again()

    # ---- the cases behind a figure ---------------------------------------------------------------------------

    def _picked(self, shown: Shown) -> None:
        self.remark.setText(shown.remark or " ")
        self._settle.start()

    def _ask_behind(self) -> None:
        from zzdesk.desk.mediation_figures import behind

        at = self.table.currentIndex()
        if not at.isValid():
            return
        shown: Shown = self.model.row(at)
        self._context.runner.read(behind, shown.kind, shown.id, shown.ids, owner=self, on_done=self._show_behind,
                                  on_error=lambda error: self.behind.setText(error.text()))  # fmt: skip

    def _show_behind(self, found: Any) -> None:
        at = self.table.currentIndex()
        if not at.isValid() or self.model.row(at).id != found.name:
            return
        shown: Shown = self.model.row(at)
        self.cases.set_rows([*found.cases, *found.sweeps])
        name = shown.name.strip("　■ ")
        if shown.is_heading or not found.total:
            text = name
        elif found.kind == "case":
            text = translate("MediationMonth", "{name}：{count} 件").format(name=name, count=found.total)
        else:
            text = translate("MediationMonth", "{name}：{count} 条记录").format(name=name, count=found.total)
        if self.cases.rowCount() < found.total and self.cases.rowCount():
            text += translate("MediationMonth", "，这里是前 {shown} 件").format(shown=self.cases.rowCount())
        self.behind.setText(text)

    def _line(self, found: Any) -> Line:
        if not hasattr(found, "category"):
            detail = translate("MediationMonth", "排查 {checks} 次 · 发现 {found} 件 · 预防 {prevented} 件").format(
                checks=found.checks, found=found.found, prevented=found.prevented)  # fmt: skip
            return Line(translate("MediationMonth", "纠纷排查"), detail, None, short_day(found.happened_on, self._today()))
        title = translate("MediationMonth", "{category}纠纷").format(category=word("case_category", found.category))
        detail = joined(found.number, word("case_source", found.source))
        return Line(title, detail, state_tag("case", found.state), short_day(found.accepted_on, self._today()),
                    "" if found.mine else "lock")  # fmt: skip

    def _into_list(self) -> None:
        if self.cases.rowCount():
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
            if not self.list.currentIndex().isValid():
                self.list.setCurrentIndex(self.cases.index(0, 0))

    def _go(self, found: Any) -> None:
        if hasattr(found, "category"):
            self.accept()
            self._open(found.id)

    # ---- closing and leaving the desk ------------------------------------------------------------------------

    def _record_sweep(self) -> None:
        offer_sweep(self, self._context, self.again)

    def _close(self) -> None:
        from zzdesk.desk.mediation_figures import close_month

        report = self.report
        title = translate("MediationMonth", "月结 {month}（{basis}）").format(
            month=month_word(report.month), basis=word("month_basis", report.basis))  # fmt: skip
        text = translate("MediationMonth", "月结以后这个月的数字不再变化，也不能撤销；之后补报、更正的，列入以后月份的报表。")
        reason: str | None = None
        if all(each.holds for each in report.verdicts):
            if not confirm(self, title, text, translate("MediationMonth", "月结")):
                return
        else:
            text = translate("MediationMonth", "还有核对不相符。先更正案件更好；确要月结，请写明原因。") + text
            reason = ask_reason(self, title, text, translate("MediationMonth", "照样月结"))
            if not reason:
                return

        def write(work: Any) -> Any:
            return close_month(work, report.month, report.basis, in_spite=reason)

        self.close_month.setEnabled(False)
        self._context.runner.write(write, initiator=self, on_error=self._failed, on_done=lambda _: self._closed())

    def _closed(self) -> None:
        self._context.toast(translate("MediationMonth", "已月结。已保存在本机，尚未送达中心。"))
        self.again()

    def _failed(self, error: Any) -> None:
        self.remark.setText(error.text())
        self._context.toast(error.text(), bad=True)

    def save(self) -> None:
        """Ask for a file and write the report, as Excel or PDF by its name; it goes into the audit."""
        from zzdesk.desk.mediation_figures import save

        name = f"{self.heading.text()} {self.report.month}.xlsx"
        target = asked_file(self, translate("MediationMonth", "导出月报"), name)
        if target is not None:
            said = translate("MediationMonth", "已导出：{name}").format(name=target.name)
            self._context.runner.call(save, self._context.desk, target, self.report, owner=self, on_error=self._failed,
                                      on_done=lambda _: self._context.toast(said))  # fmt: skip


    def hand_in(self) -> None:
        """Hand in the quarterly form of the quarter that is shown; what an area below has not closed stands against it."""
        from zzdesk.desk.mediation_figures import Quarter, hand_in

        quarter = Quarter.of(self.report.month)
        target = asked_file(self, translate("MediationMonth", "上报综治季报"), f"{quarter}.xlsx")
        if target is not None:
            said = translate("MediationMonth", "季报已写成：{name}").format(name=target.name)
            self._context.runner.call(hand_in, self._context.desk, target, quarter, owner=self, on_error=self._failed,
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


def _columns() -> tuple[Column, ...]:
    return (
        Column("name", lambda: translate("MediationMonth", "项目"), lambda each: each.name, 280, stretch=True),
        Column("count", lambda: translate("MediationMonth", "数量"), lambda each: each.count, 150, number=True, strong=True),
        Column("of", lambda: translate("MediationMonth", "基数"), lambda each: each.of, 100, number=True),
        Column("rate", lambda: translate("MediationMonth", "比率"), lambda each: each.rate, 80, number=True, strong=True),
        Column("tag", lambda: translate("MediationMonth", "核对"), lambda each: "", 104, tag=lambda each: each.tag),
    )


def offer_mediation_month(window: QWidget, context: Context, open_case: Callable[[str], Any]) -> None:
    """Show the report of last month in its first days, of this month later; ``open_case`` takes the id of a case."""
    from zzdesk.desk.mediation_figures import Month

    sheet = MediationMonth(window.window(), context, open_case)
    early = context.now().astimezone(CHINA).day <= FIRST_DAYS
    sheet.ask(str(Month.of(context.now()).plus(-1 if early else 0)))
    sheet.exec()
    sheet.deleteLater()


FIRST_DAYS: Final = 10
"""Days of a month in which people work on the report of the one before: counties hand it in by the fifth."""
