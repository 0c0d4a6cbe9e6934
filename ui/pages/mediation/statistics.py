"""The monthly report of mediation (B1.6): by acceptance or by closing, never both; every figure opens its cases, and a month
that is over can be closed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QDialog, QTabBar, QWidget

from ui.context import Context
from ui.labels import state_tag, word
from ui.models.paging import Line
from ui.pages.figures import month_word
from ui.pages.mediation.statistics_rows import rows_of
from ui.pages.mediation.sweep import offer_sweep
from ui.pages.month_book import MonthBook, asked_file, month_to_begin_with
from ui.pages.month_rows import Shown
from ui.pages.values import joined
from ui.theme import set_kind
from ui.theme.tokens import XL, L, M, S
from ui.widgets.base import Button, Label, column, row
from ui.widgets.dates import short_day
from ui.widgets.dialogs import ReasonSheet
from ui.widgets.many import ManyOf

if TYPE_CHECKING:
    from zzdesk.desk.mediation_figures import Area, QuarterReport

translate = QCoreApplication.translate
SIZE: Final = (1120, 680)
BASES: Final = ("acceptance", "closing")


class MediationMonth(MonthBook, QDialog):
    """Left the figures of a month, right the cases behind the one that is chosen."""

    def __init__(self, parent: QWidget, context: Context, open_case: Callable[[str], Any]) -> None:
        QDialog.__init__(self, parent)
        set_kind(self, "sheet")
        self._open = open_case
        self.resize(*SIZE)
        self.make_book(context, "mediation-month")
        self.heading, self.bases = Label(kind="title"), QTabBar()
        self.bases.setDrawBase(False)
        self.bases.setExpanding(False)
        for basis in BASES:
            self.bases.addTab(word("month_basis", basis))
        self.bases.setAccessibleName(translate("MediationMonth", "按受理月份还是按结束月份"))
        self.sweep = Button(translate("MediationMonth", "记一次排查…"), "", "plus", self._record_sweep)
        self.back = Button(translate("MediationMonth", "返回"), "quiet", on_click=self.reject)
        self.quarter = Button(translate("MediationMonth", "综治季报…"), "", "list", self.hand_in)
        self._lay_out()
        self.sweep.setVisible(context.may("prevention.record"))
        self.quarter.setVisible(context.may("export") and context.may("mediation.close_month"))
        self.bases.currentChanged.connect(lambda _: self.again())
        self.wire_book()

    def _lay_out(self) -> None:
        for each in (self.before, self.after, self.sweep, self.export, self.quarter, self.back, self.close_month):
            each.setAutoDefault(False)
        months = row(self.bases, L, self.before, self.month, self.after, None, self.standing, gap=M)
        buttons = row(self.sweep, self.export, self.quarter, None, self.back, self.close_month, gap=S)
        self.setLayout(column(self.heading, months, self.banner, self.both, self.remark, buttons, gap=M, margins=XL))
        self.layout().setStretch(3, 1)

    @property
    def basis(self) -> str:
        """By what is counted."""
        return BASES[max(0, self.bases.currentIndex())]

    def report_query(self, month: Any) -> tuple[Callable[..., Any], tuple[Any, ...]]:
        """The report by the basis that is chosen."""
        from zzdesk.desk.mediation_figures import month_report

        return month_report, (month, self.basis)

    def behind_query(self) -> Callable[..., Any]:
        """Cases, or sweeps."""
        from zzdesk.desk.mediation_figures import behind

        return behind

    def rows_of(self, report: Any) -> list[Shown]:
        """Figures, checks and statutory sets."""
        return rows_of(report)

    def records_of(self, found: Any) -> list[Any]:
        """Cases or sweeps."""
        return [*found.cases, *found.sweeps]

    def show_report(self, report: Any) -> None:
        """Show a month by the basis that it was counted by."""
        at = BASES.index(report.basis)
        if self.bases.currentIndex() != at:
            self.bases.blockSignals(True)
            self.bases.setCurrentIndex(at)
            self.bases.blockSignals(False)
        self.heading.setText(self.heading_of(report))
        self.setWindowTitle(self.heading.text())
        super().show_report(report)

    def heading_of(self, report: Any) -> str:
        """The title says the basis."""
        from zzdesk.desk.mediation_figures import title_of

        return title_of(report)

    def count_said(self, name: str, found: Any) -> str:
        """Cases are counted as such."""
        if found.kind == "case":
            return translate("MediationMonth", "{name}：{count} 件").format(name=name, count=found.total)
        return super().count_said(name, found)

    def line(self, found: Any) -> Line:
        """A case of the month, or a sweep."""
        if not hasattr(found, "category"):
            detail = translate("MediationMonth", "排查 {checks} 次 · 发现 {found} 件 · 预防 {prevented} 件").format(
                checks=found.checks, found=found.found, prevented=found.prevented)  # fmt: skip
            return Line(translate("MediationMonth", "纠纷排查"), detail, None, short_day(found.happened_on, self._today()))
        title = translate("MediationMonth", "{category}纠纷").format(category=word("case_category", found.category))
        detail = joined(found.number, word("case_source", found.source))
        return Line(title, detail, state_tag("case", found.state), short_day(found.accepted_on, self._today()),
                    "" if found.mine else "lock")  # fmt: skip

    def open_record(self, found: Any) -> None:
        """Open a case; a sweep says everything in its line."""
        if hasattr(found, "category"):
            self.accept()
            self._open(found.id)

    def close_right(self) -> str:
        """The head of a committee or of the station."""
        return "mediation.close_month"

    def close_command(self, report: Any, reason: str | None) -> Callable[[Any], Any]:
        """Close the month by its basis."""
        from zzdesk.desk.mediation_figures import close_month

        return lambda work: close_month(work, report.month, report.basis, in_spite=reason)

    def month_named(self, report: Any) -> str:
        """The month and its basis: the two are closed apart."""
        return translate("MediationMonth", "{month}（{basis}）").format(
            month=month_word(report.month), basis=word("month_basis", report.basis))  # fmt: skip

    def save_command(self) -> Callable[..., Any]:
        """Excel or PDF."""
        from zzdesk.desk.mediation_figures import save

        return save

    def _record_sweep(self) -> None:
        offer_sweep(self, self._context, self.again)

    def hand_in(self) -> None:
        """Hand in the quarterly form of the quarter that is shown; what an area below has not closed stands against it."""
        from zzdesk.desk.mediation_figures import Quarter, quarter_report

        self._context.runner.read(quarter_report, Quarter.of(self.report.month), owner=self, on_error=self._failed,
                                  on_done=self._hand_in)  # fmt: skip

    def _hand_in(self, report: QuarterReport) -> None:
        """Ask which of the areas that have not reported do so on paper, and why; without such the file alone is asked."""
        from zzdesk.desk.mediation_figures import hand_in

        quarter, paper, reason = report.quarter, (), ""  # type: Quarter, tuple[str, ...], str
        below = tuple(area for area in report.waiting if area.code != report.station)
        if below:
            sheet = PaperAreas(self, below)
            gone_on = sheet.exec() == QDialog.DialogCode.Accepted
            paper, reason = sheet.areas(), sheet.reason()
            sheet.deleteLater()
            if not gone_on:
                return
        target = asked_file(self, translate("MediationMonth", "上报综治季报"), f"{quarter}.xlsx")
        if target is not None:
            said = translate("MediationMonth", "季报已写成：{name}").format(name=target.name)
            self._context.runner.call(hand_in, self._context.desk, target, quarter, paper, reason, owner=self,
                                      on_error=self._failed, on_done=lambda _: self._context.toast(said))  # fmt: skip


class PaperAreas(ReasonSheet):
    """Which areas below report the quarter on paper, and why: nothing, or not every closed month, came from them."""

    def __init__(self, parent: QWidget, below: Sequence[Area]) -> None:
        text = translate("MediationMonth", "下面的辖区没有全部月结，或者本机没有其数据（可能没用本系统，也可能没对本机开放）。"
                         "核实后勾选另报纸质报表的，写明原因；会印在季报上并记入审计。")
        super().__init__(parent, translate("MediationMonth", "哪些辖区另报纸质报表"), text, translate("MediationMonth", "继续"))
        self._names = {area.code: self._said(area) for area in below}
        self.chips = ManyOf(tuple(self._names), self._names.__getitem__, self)
        self.chips.setAccessibleName(self.windowTitle())
        self.body.insertWidget(0, self.chips)

    @staticmethod
    def _said(area: Area) -> str:
        months = translate("MediationMonth", "、").join(area.missing)
        return joined(area.name, months if area.here else translate("MediationMonth", "本机没有其数据"))

    def areas(self) -> tuple[str, ...]:
        """Return the codes of the areas that are ticked."""
        return tuple(self.chips.value() or ())


def offer_mediation_month(window: QWidget, context: Context, open_case: Callable[[str], Any]) -> None:
    """Show the report of last month in its first days, of this month later; ``open_case`` takes the id of a case."""
    sheet = MediationMonth(window.window(), context, open_case)
    sheet.ask(month_to_begin_with(context))
    sheet.exec()
    sheet.deleteLater()
