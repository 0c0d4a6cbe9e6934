"""The page of mediation: all cases as stubs, and the file of those that one works on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

from PySide6.QtWidgets import QWidget

from ui.context import Context
from ui.labels import codes, state_tag, word
from ui.models.paging import Line
from ui.pages.base import Page
from ui.pages.mediation.detail import CaseDetail, due_tag
from ui.pages.mediation.forms import AcceptForm
from ui.pages.mediation.loading import colleagues
from ui.pages.records import Empty, FormPane, OneListPage, Records
from ui.pages.values import joined, yuan
from ui.widgets.dates import CHINA, short_day
from ui.widgets.filter_box import FilterBox
from ui.widgets.tag import Tag, Tone
from zzdesk.errors import KnownError
from zzdesk.mediation import commands, queries
from zzdesk.mediation.queries import CaseFilter, CaseRow
from zzdesk.mediation.workflow import CASE, OPEN

STATES: Final = ("accepted", "mediating", "reached", "performing", "revisiting", "failed", "refused", "withdrawn",
                 "archived")
ENDED: Final = tuple(sorted(CASE.states - set(OPEN)))


class CaseRecords(Records):
    """Cases, newest first."""

    memory = "cases"

    def __init__(self, page: Page) -> None:
        self.states = FilterBox(STATES, lambda code: state_tag("case", code).text)
        self.categories = FilterBox(codes("case_category"), lambda code: word("case_category", code))
        super().__init__(page)
        for box in (self.states, self.categories):
            box.chosen.connect(lambda _: self.model.refresh())
        self.retranslate()

    def make_detail(self) -> CaseDetail:
        """Return the detail of a case."""
        return CaseDetail(self.page)

    def make_form(self) -> FormPane:
        """Return the form that accepts a case."""
        form = AcceptForm(self.context)
        form.finished.connect(lambda _: self._accept(form))
        return FormPane(form, lambda: self.tr("受理一起调解"))

    def open_form(self, values: dict[str, Any] | None = None) -> None:
        """Show the form with today's colleagues."""
        super().open_form(values)
        form = self.pane.form if self.pane is not None else None
        if isinstance(form, AcceptForm):
            self.context.runner.read(colleagues, on_done=form.offer, owner=form)

    def filters(self) -> Sequence[QWidget]:
        """State and category."""
        return (self.states, self.categories)

    def fetch(self, after: Any, limit: int, on_page: Callable[[Any], None],
              on_error: Callable[[KnownError], None]) -> None:
        """Ask for a page of stubs."""
        self.ask(queries.list_cases, queries.find_cases, self.wanted(), after, limit, on_page, on_error)

    def wanted(self) -> CaseFilter:
        """Return what chips and boxes ask for."""
        chip = self.chips.current
        states = (self.states.code,) if self.states.code else ENDED if chip == "ended" else ()
        categories = (self.categories.code,) if self.categories.code else ()
        return CaseFilter(states, categories, open_only=chip == "open", void=chip == "void")

    def line(self, found: CaseRow) -> Line:
        """Category, number, source, amount, date; a lock for those of other teams."""
        today = self.context.now().astimezone(CHINA).date()
        amount = yuan(str(found.amount)) if found.amount is not None else None
        detail = joined(found.number, word("case_source", found.source), amount)
        tag, due = state_tag("case", found.state), due_tag(found.due_on, today, found.state)
        if due is not None and due.tone != Tone.NEUTRAL:
            tag = Tag(joined(tag.text, due.text), due.tone)
        title = self.tr("{category}纠纷").format(category=word("case_category", found.category))
        return Line(title, detail, tag, short_day(found.accepted_on, today), "" if found.mine else "lock")

    def chip_words(self) -> list[tuple[str, str]]:
        """What is under way first."""
        return [("open", self.tr("在办")), ("ended", self.tr("已结束")), ("all", self.tr("全部")),
                ("void", self.tr("已作废"))]

    def empty(self) -> Empty:
        """Say what belongs here."""
        if self.wanted() == CaseFilter(open_only=True):
            return Empty(self.tr("没有在办的调解"), self.tr("当事人申请的、主动上门的、公安法院移送的，都从受理开始。"),
                         self.tr("受理一起调解"), "handshake")
        return Empty(self.tr("这个筛选下没有案件"), icon="filter")

    def may_create(self) -> bool:
        """Whether the person may accept cases."""
        return self.context.may("case.accept")

    def retranslate(self) -> None:
        """Say everything again."""
        super().retranslate()
        self.search.show_hint(self.tr("搜编号（/）；当事人和内容不进搜索"))
        self.states.set_words(self.tr("全部状态"))
        self.categories.set_words(self.tr("全部类别"))

    def _accept(self, form: AcceptForm) -> None:
        def done(change: Any) -> None:
            case = next(record for kind, record in change.records if kind == "case")
            form.done()
            self.model.refresh()
            self.open_record(case)
            self.context.toast(self.tr("已受理。已保存在本机，尚未送达中心。"))

        form.set_busy(True)
        self.context.runner.write(commands.accept_whole, form.case(), form.dispute(), form.both(),
                                  initiator=self.page, on_done=done, on_error=form.show_error)


class MediationPage(OneListPage):
    """调解."""

    kinds = ("case", "dispute", "party", "session", "statement", "agreement")

    def make_records(self) -> Records:
        """Return the cases."""
        return CaseRecords(self)

    def words(self) -> tuple[str, str, str]:
        """Say what the page is for."""
        return (self.tr("调解"), self.tr("自愿、平等、不收费；谁在调解、说了什么，只有小组知道"), self.tr("受理一起调解"))

    def owner_query(self) -> Callable[..., Any]:
        """The case that a paper belongs to."""
        return queries.case_of


def make_page(context: Context) -> Page:
    """Return the page, made on the first visit."""
    return MediationPage(context)
