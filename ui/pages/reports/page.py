"""The page of reports: list and detail side by side, and the form that records a new one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QPoint
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QWidget

from ui.context import Context
from ui.labels import say_evaluation, state_tag, word
from ui.models.paging import Line
from ui.pages.base import Page
from ui.pages.figures import offer_month
from ui.pages.marked import MarkedRecords
from ui.pages.output import Exporting
from ui.pages.records import Empty, FormPane, OneListPage, Records
from ui.pages.reports.claim import claim_tag
from ui.pages.reports.deeds import ReportDeeds
from ui.pages.reports.detail import ReportDetail
from ui.pages.reports.due import due_tag
from ui.pages.reports.filters import ReportFilters, chip_of, in_words
from ui.pages.reports.intake import IntakeForm, IntakePane, Registering
from ui.pages.reports.loop import asked_tag, card_tag
from ui.pages.reports.news import ClaimNews
from ui.pages.reports.returned import offer_returned
from ui.pages.reports.tables import exporting
from ui.pages.saved import Shelf
from ui.pages.values import joined, short_number
from ui.printing.preview import offer_slip
from ui.printing.sheet import offer_list, offer_morning
from ui.theme import icons
from ui.widgets.base import Button
from ui.widgets.dates import short_moment
from ui.widgets.tag import Tag, Tone
from zzdesk.desk import handing
from zzdesk.errors import KnownError
from zzdesk.reports import queries
from zzdesk.reports.queries import ReportFilter, ReportRow
from zzdesk.reports.workflow import OPEN


class ReportRecords(MarkedRecords):
    """Reports, newest first."""

    memory = "reports"

    def __init__(self, page: Page) -> None:
        self.asked = ReportFilters(page)
        self.states, self.categories = self.asked.states, self.asked.categories
        super().__init__(page)
        self.asked.changed.connect(self.ask_anew)
        self.retranslate()

    def doing(self) -> ReportDeeds:
        """What can be done to many reports."""
        return ReportDeeds(self.context)

    def shelf(self) -> Shelf:
        """How a filter of reports is kept."""
        return Shelf("reports", queries.to_json, queries.from_json, self.describe, self.current_filter, queries.count,
                     lambda wanted: wanted in (ReportFilter(open_only=True), ReportFilter()))

    def exporting(self) -> Exporting:
        """How reports become a table."""
        return exporting()

    def make_detail(self) -> ReportDetail:
        """Return the detail of a report."""
        return ReportDetail(self.page)

    def make_form(self) -> FormPane:
        """Return the form of a new report."""
        form = IntakeForm(self.context)
        self._registering = Registering(form, lambda intake: self._register(form, intake))
        return IntakePane(self.context, form, lambda: self.tr("登记事件"))

    def filters(self) -> Sequence[QWidget]:
        """State, category, and the way to more."""
        return self.asked.always

    def more_bars(self) -> Sequence[QWidget]:
        """More filters."""
        return (self.asked.figure, self.asked.more)

    def refresh(self) -> None:
        """Ask for the list, the filters under a name with their counts, and the grids that there are."""
        super().refresh()
        self.asked.ask_for_grids(lambda show: self.context.runner.read(
            queries.grids_in_use, on_done=show, owner=self, on_error=lambda error: None))

    def fetch(self, after: Any, limit: int, on_page: Callable[[Any], None],
              on_error: Callable[[KnownError], None]) -> None:
        """Ask for a page of the list, or of what the search finds."""
        self.ask(queries.list_reports, queries.find_reports, self.wanted(), after, limit, on_page, on_error)

    def wanted(self) -> ReportFilter:
        """Return what chips and boxes ask for."""
        return self.asked.wanted(self.chips.current)

    def current_filter(self) -> ReportFilter:
        """Return what is asked for with the words of the search."""
        return self.asked.wanted(self.chips.current, self.search.text().strip())

    def describe(self, wanted: ReportFilter) -> str:
        """Say a filter in a line."""
        return in_words(wanted, dict(self.chip_words())[chip_of(wanted)])

    def show_boxes(self, wanted: ReportFilter) -> None:
        """Let chips and boxes say a filter."""
        self.asked.show_filter(wanted)
        self.chips.mark(chip_of(wanted))

    def print(self, ids: Sequence[str] = ()) -> None:
        """Offer what is marked, or the list, on paper."""
        said = self.tr("选中的 {count} 件").format(count=len(ids)) if ids else self.describe(self.current_filter())
        offer_list(self, self.context, self.current_filter(), said, ids)

    def line(self, found: ReportRow) -> Line:
        """Number, title, state, category, address, short date."""
        tag = state_tag("report", found.state)
        if found.state in ("closed", "archived"):
            tag = Tag(joined(tag.text, say_evaluation(found.evaluation).text), tag.tone)
        if found.urgency == "high" and found.state in OPEN:
            tag = Tag(joined(word("urgency", "high"), tag.text), Tone.DANGER)
        claim = claim_tag(found.claim_state, short=True)
        more = [tag.text for tag in (card_tag(found.card), asked_tag(found.asked, short=True)) if tag is not None]
        more += [claim.text] if claim else []
        detail = joined(*more, short_number(found.number), word("category", found.category), found.address)
        return Line(found.title, detail, tag, short_moment(found.created_at, self.context.now()),
                    mark=due_tag(found.remaining))

    def chip_words(self) -> list[tuple[str, str]]:
        """Open first: that is what somebody has to do."""
        return [("open", self.tr("未办结")), ("due", self.tr("按期限")), ("mine", self.tr("我承办的")),
                ("closed", self.tr("已办结")), ("all", self.tr("全部")), ("void", self.tr("已作废"))]

    def empty(self) -> Empty:
        """Say what belongs here."""
        if self.wanted() in (ReportFilter(open_only=True), ReportFilter(by_due=True)):
            return Empty(
                self.tr("没有未办结的事件"), self.tr("居民反映的、巡逻看到的、别的系统转来的，都在这里登记和办理。"),
                self.tr("登记事件"), "clipboard-list")
        if self.wanted() == ReportFilter(mine=True):
            return Empty(self.tr("没有由您承办的事件"), self.tr("在事件里按“申请认领”，中心确认后会列在这里。"), icon="flag")
        return Empty(self.tr("这个筛选下没有事件"), self.tr("换一个筛选试试。"), icon="filter")

    def may_create(self) -> bool:
        """Whether the person may record a report."""
        return self.context.may("report.register")

    def retranslate(self) -> None:
        """Say everything again."""
        super().retranslate()
        self.search.show_hint(self.tr("搜编号、事项、地点、姓名拼音、电话尾号（/）"))
        self.asked.retranslate()

    def _register(self, form: IntakeForm, taken: Any) -> None:
        from zzdesk.desk import intake

        self.context.runner.write(
            intake.register, taken, initiator=self.page, on_error=form.show_error,
            on_done=lambda change: self._registered(form, change.created[0], taken))

    def _registered(self, form: IntakeForm, record_id: str, taken: Any) -> None:
        form.done()
        self.model.refresh()
        self.open_record(record_id)
        if taken.call is not None:  # the police wait for it
            self.context.exchange.hurry()
        if taken.refusal is not None:
            offer_slip(self, self.context, record_id)
        self.context.runner.read(queries.by_ids, (record_id,), on_done=self._say, owner=self)

    def _say(self, rows: tuple[ReportRow, ...]) -> None:
        self.context.toast(self.tr("{number} 已登记。已保存在本机，尚未送达中心。").format(number=rows[0].number))


class ReportsPage(OneListPage):
    """事件."""

    kinds = ("report", "step", "claim", "request", "card", "link", "filter", "handover_order", "handover_echo")

    def __init__(self, page_context: Any) -> None:
        super().__init__(page_context)
        self.records: ReportRecords
        for keys, action in (("Ctrl+P", self._offer_slip), ("M", lambda: offer_morning(self, self.context))):
            QShortcut(QKeySequence(keys), self, action)
        self.news = ClaimNews(self.context, self.records.open_record)
        self.body.insertWidget(0, self.news)
        self.news.retranslate()

    def more_actions(self) -> Sequence[QWidget]:
        """What can be made of the list."""
        self._lists = Button("", "", "list", self.open_lists)
        return (self._lists,)

    def open_target(self, target: str) -> None:
        """Show the morning sheet too."""
        if target == "morning":
            offer_morning(self, self.context)
        elif target == "month":
            self.open_month()
        else:
            super().open_target(target)

    def open_lists(self) -> None:
        """Open what can be made of the list, under its button."""
        menu = self.lists_menu()
        menu.popup(self._lists.mapToGlobal(QPoint(0, self._lists.height() + 2)))
        menu.setActiveAction(menu.actions()[0])

    def lists_menu(self) -> QMenu:
        """Return the morning sheet, the list on paper, and the list as a table."""
        menu, records = QMenu(self), self.records
        menu.addAction(icons.icon("printer"), self.tr("早间清单…") + "\tM", lambda: offer_morning(self, self.context))
        menu.addAction(icons.icon("printer"), self.tr("打印这个列表…") + "\tCtrl+Shift+P", lambda: records.print())
        menu.addAction(icons.icon("undo-2"), self.tr("派错清单…"),
                       lambda: offer_returned(self, self.context, records.open_record))
        menu.addAction(icons.icon("calendar"), self.tr("月度统计…"), self.open_month)
        export = menu.addAction(icons.icon("download"), self.tr("导出为 Excel…") + "\tCtrl+E", lambda: records.export())
        export.setEnabled(self.context.may("export"))
        return menu

    def open_month(self) -> None:
        """Show the figures of this month; each opens its reports in the list."""
        offer_month(self, self.context, "reports", lambda opens: self.records.show_filter(queries.from_json(opens)))

    def retranslate(self) -> None:
        """Say everything again."""
        super().retranslate()
        self._lists.setText(self.tr("清单") + " ▾")
        self._lists.setToolTip(self.tr("早间清单、打印、导出"))

    def _offer_slip(self) -> None:
        if self.records.detail.record_id and not self.records.editing:
            offer_slip(self, self.context, self.records.detail.record_id)

    def refresh(self) -> None:
        """Ask for the list, the detail, and what is new about claims."""
        super().refresh()
        self.news.refresh()

    def make_records(self) -> Records:
        """Return the reports."""
        return ReportRecords(self)

    def words(self) -> tuple[str, str, str]:
        """Say what the page is for."""
        return (self.tr("事件"), self.tr("登记、核实、派遣、处置、反馈、评价，一件一件有头有尾"), self.tr("登记事件"))

    def owner_query(self) -> Callable[..., Any]:
        """The report that a step belongs to."""
        return handing.report_of


def make_page(context: Context) -> Page:
    """Return the page, made on the first visit."""
    return ReportsPage(context)
