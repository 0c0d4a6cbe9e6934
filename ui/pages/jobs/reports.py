"""报表: the month of the odd-job station, each figure with its records; and the service ledger, line by line (B3.1, F55)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QTabBar, QWidget

from ui.labels import kind_word, state_tag, state_word, value_word, word
from ui.models.paging import Column, Line, PagingModel
from ui.pages.base import Page
from ui.pages.jobs.report_rows import rows_of
from ui.pages.month_book import MonthBook, asked_file, month_to_begin_with
from ui.pages.month_rows import Shown
from ui.pages.values import joined, yuan
from ui.printing.sheet import PaperSheet
from ui.theme.tokens import L, M, S
from ui.widgets.base import Button, Translated, column, row
from ui.widgets.dates import CHINA, short_day
from ui.widgets.states import StateStack
from ui.widgets.table import DataTable
from zzdesk.errors import KnownError

MONTH, LEDGER = 0, 1
PRINTED: Final = "jobs-month"


def words(group: str, code: str) -> str:
    """Say a code of the ledger: of a kind, of a way, or a state of a kind."""
    if group == "kind":
        return kind_word(code)
    return word("way", code) if group == "way" else state_word(group, code)


class JobReports(Translated, MonthBook, QWidget):
    """Two leaves of one month: its figures beside the records behind the chosen one, and its services in their order."""

    editing = False

    def __init__(self, page: Page) -> None:
        QWidget.__init__(self)
        self.page, self.context = page, page.context
        self.make_book(page.context, "jobs-month")
        self.leaves = QTabBar()
        self.leaves.setDrawBase(False)
        self.leaves.setExpanding(False)
        self.leaves.setUsesScrollButtons(False)  # two words always fit; scrolled, the first was cut in another language
        for _ in (MONTH, LEDGER):
            self.leaves.addTab("")
        self.figures = StateStack(self.both)
        self.services = PagingModel(self._service_columns(), self._fetch, parent=self)
        self.ledger = DataTable(self.services, page.context.settings.windows, "jobs-ledger")
        self.ledger_stack = StateStack(self.ledger)
        self.print_button = Button("", "", "printer", self.print)
        self._lay_out()
        self.wire_book()
        self.print_button.setVisible(self.context.may("export"))
        self.leaves.currentChanged.connect(lambda _: self._turned())
        self.services.loaded.connect(self._services_loaded)
        self.services.failed.connect(self._services_failed)
        self.ledger.opened.connect(lambda found: self.page.open_target(found.id))
        self.retranslate()

    def _lay_out(self) -> None:
        self.stack = QStackedWidget()
        self.stack.addWidget(self.figures)
        self.stack.addWidget(self.ledger_stack)
        months = row(self.leaves, L, self.before, self.month, self.after, None, self.standing, gap=M)
        buttons = row(self.export, self.print_button, None, self.close_month, gap=S)
        self.setLayout(column(months, self.banner, self.stack, self.remark, buttons, gap=M))
        self.layout().setStretch(2, 1)

    # What the page asks of each of its lists.

    def refresh(self) -> None:
        """Ask again for the month on the screen; last month in the first days of a month."""
        if self.report is None:
            self.figures.show_loading()
        if self._month is None:
            self.ask(month_to_begin_with(self.context))
        else:
            self.again()

    def again(self) -> None:
        """Ask for the month again, and for its services."""
        self.print_button.setEnabled(False)
        super().again()
        if self.leaves.currentIndex() == LEDGER:
            self._ask_services()

    def may_create(self) -> bool:
        """Reports follow from the records."""
        return False

    def open_form(self, values: dict[str, Any] | None = None) -> None:
        """Nothing is made here."""

    def go_to_search(self) -> None:
        """There is nothing to search: go to the figures or the lines."""
        (self.table if self.leaves.currentIndex() == MONTH else self.ledger).setFocus(Qt.FocusReason.ShortcutFocusReason)

    # The month.

    def report_query(self, month: Any) -> tuple[Callable[..., Any], tuple[Any, ...]]:
        """The month's report."""
        from zzdesk.desk.job_figures import month_report

        return month_report, (month,)

    def behind_query(self) -> Callable[..., Any]:
        """The records behind a figure."""
        from zzdesk.desk.job_figures import behind

        return behind

    def rows_of(self, report: Any) -> list[Shown]:
        """Figures and checks."""
        return rows_of(report)

    def show_report(self, report: Any) -> None:
        """Show a month in place of the skeleton."""
        self.figures.show_content()
        super().show_report(report)
        self.print_button.setEnabled(True)

    def report_failed(self, error: Any) -> None:
        """Say in the place of the figures why there are none."""
        super().report_failed(error)
        self.figures.show_error(self.tr("统计不出这个月"), error.text(), self.tr("再试一次"), self.again)

    def take_focus(self) -> None:
        """Leave the cursor where it is: the page's tabs are walked with it."""

    def heading_of(self, report: Any) -> str:
        """The report's title."""
        from zzdesk.desk.job_figures import title_of

        return title_of(report)

    def line(self, found: Any) -> Line:
        """An employer, a posting, a worker, an application or a wage, masked."""
        return _LINES[type(found).__name__](found, self._today())

    def open_record(self, found: Any) -> None:
        """Go to the record in the list it belongs to."""
        self.page.open_target(found.id)

    def close_right(self) -> str:
        """The head of the station."""
        return "job.close_month"

    def close_command(self, report: Any, reason: str | None) -> Callable[[Any], Any]:
        """Close the month."""
        from zzdesk.desk.job_figures import close_month

        return lambda work: close_month(work, report.month, in_spite=reason)

    def save_command(self) -> Callable[..., Any]:
        """Excel or PDF."""
        from zzdesk.desk.job_figures import save

        return save

    # The service ledger.

    def _turned(self) -> None:
        self.stack.setCurrentIndex(self.leaves.currentIndex())
        self.remark.setText(" ")
        self._say_buttons()
        if self.leaves.currentIndex() == LEDGER and self._month is not None:
            self._ask_services()

    def _ask_services(self) -> None:
        if not self.services.rowCount():
            self.ledger_stack.show_loading()
        self.services.refresh()

    def _fetch(self, after: Any, limit: int, on_page: Callable[[Any], None], on_error: Callable[[KnownError], None]) -> None:
        from zzdesk.desk.job_figures import service_ledger

        self.context.runner.read(service_ledger, self._month, after, limit, on_done=on_page, on_error=on_error, owner=self)

    def _services_loaded(self, some: bool) -> None:
        if some:
            self.ledger_stack.show_content()
            return
        self.ledger_stack.show_empty(
            self.tr("这个月还没有服务"), self.tr("登记、报名、派工都会自己记进来：谁、怎么办的、结果怎样。"), icon="list")

    def _services_failed(self, error: KnownError) -> None:
        self.ledger_stack.show_error(self.tr("读不出服务台账"), error.text(), self.tr("再试一次"), self._ask_services)

    def _service_columns(self) -> tuple[Column, ...]:
        from zzdesk.desk.job_figures import process_said, result_said

        return (
            Column("created_at", lambda: self.tr("时间"), lambda each: f"{each.created_at.astimezone(CHINA):%m-%d %H:%M}", 104),
            Column("kind", lambda: self.tr("服务"), lambda each: kind_word(each.kind), 112),
            Column("who", lambda: self.tr("服务对象"), lambda each: joined(each.who, each.what), 250, strong=True),
            Column("process", lambda: self.tr("服务过程"), lambda each: process_said(each, words), 380, stretch=True),
            Column("result", lambda: self.tr("服务结果"), lambda each: result_said(each, words), 150, strong=True),
            Column("net", lambda: self.tr("应付工资"), lambda each: yuan(str(each.net)) if each.net is not None else "", 96,
                   number=True),
        )

    # Leaving the desk.

    def save(self) -> None:
        """Write what is on the screen: the month, or its ledger."""
        if self.leaves.currentIndex() == MONTH:
            super().save()
            return
        from zzdesk.desk.job_figures import save_ledger

        target = asked_file(self, self.tr("导出服务台账"), f"{self.tr('零工服务台账')} {self._month}.xlsx")
        if target is not None:
            self.context.runner.call(save_ledger, self.context.desk, target, self._month, words, owner=self,
                                     on_error=self._failed, on_done=lambda count: self.context.toast(
                                         self.tr("已导出 {count} 行：{name}").format(count=count, name=target.name)))

    def print(self) -> None:
        """Show on paper what is on the screen."""
        if self.leaves.currentIndex() == MONTH:
            from zzdesk.desk.job_figures import paper

            self._on_paper((paper(self.report), len(self.report.tallies)))
            return
        from zzdesk.desk.job_figures import ledger_paper

        self.context.runner.read(ledger_paper, self._month, words, on_done=self._on_paper, owner=self, on_error=self._failed)

    def _on_paper(self, found: tuple[dict[str, Any], int]) -> None:
        from zzdesk.desk.job_figures import note_export, note_ledger

        month, ledger = self._month, self.leaves.currentIndex() != MONTH
        said, lines = found

        def note(work: Any, kind: str, count: int, how: str) -> Any:
            return note_ledger(work, how, month) if ledger else note_export(work, f"{kind}.{how}", str(month))

        sheet = PaperSheet(self.window(), self.context, PRINTED, said, lines, note)
        sheet.exec()
        sheet.deleteLater()

    # Words.

    def retranslate(self) -> None:
        """Say everything again."""
        for at, text in ((MONTH, self.tr("月报")), (LEDGER, self.tr("服务台账"))):
            self.leaves.setTabText(at, text)
        self.leaves.setAccessibleName(self.tr("月报，还是服务台账"))
        self.ledger.setAccessibleName(self.tr("本月的服务；按回车打开记录"))
        self.before.setText(self.tr("上个月"))
        self.after.setText(self.tr("下个月"))
        self.close_month.setText(self.tr("月结…"))
        self._say_buttons()
        self.model.retranslate()
        self.services.retranslate()
        if self.report is not None:
            self.show_report(self.report)

    def _say_buttons(self) -> None:
        ledger = self.leaves.currentIndex() == LEDGER
        self.export.setText(self.tr("导出台账…") if ledger else self.tr("导出月报…"))
        self.print_button.setText(self.tr("打印台账…") if ledger else self.tr("打印月报…"))


def _employer(found: Any, today: Any) -> Line:
    return Line(found.name, word("employer_kind", found.employer_kind), state_tag("employer", found.state),
                short_day(found.created_at.astimezone(CHINA).date(), today))


def _posting(found: Any, today: Any) -> Line:
    detail = joined(found.number, word("trade", found.trade), f"{found.filled}/{found.headcount or 0}")
    when = found.starts_at or found.created_at
    return Line(found.title, detail, state_tag("posting", found.state), short_day(when.astimezone(CHINA).date(), today))


def _worker(found: Any, today: Any) -> Line:
    return Line(found.name, joined(found.card, found.phone), state_tag("worker", found.state),
                short_day(found.created_at.astimezone(CHINA).date(), today))


def _application(found: Any, today: Any) -> Line:
    hours = [f"{each.astimezone(CHINA):%H:%M}" for each in (found.checked_in_at, found.checked_out_at) if each is not None]
    return Line(found.worker, joined(found.posting, "–".join(hours)), state_tag("application", found.state),
                short_day(found.work_date, today))


def _wage(found: Any, today: Any) -> Line:
    return Line(joined(found.worker, yuan(str(found.net))), joined(found.employer, found.title),
                state_tag("wage_line", found.state), short_day(found.work_date, today))


def _complaint(found: Any, today: Any) -> Line:
    return Line(found.employer, value_word("complaint", "category", found.category), state_tag("complaint", found.state),
                short_day(found.received_on, today))


_LINES: Final[dict[str, Callable[[Any, Any], Line]]] = {
    "EmployerRow": _employer, "PostingRow": _posting, "WorkerRow": _worker, "ApplicationRow": _application, "WageRow": _wage,
    "ComplaintRow": _complaint,
}


def make(page: Page) -> JobReports:
    """Return the reports."""
    return JobReports(page)
