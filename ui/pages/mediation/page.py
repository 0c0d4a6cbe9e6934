"""The page of mediation: all cases as stubs, and the file of those that one works on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

from PySide6.QtWidgets import QStackedWidget, QWidget

from ui.context import Context
from ui.labels import codes, state_tag, word
from ui.models.paging import Line
from ui.pages.asked import Asked, from_json, in_words, to_json
from ui.pages.base import Page
from ui.pages.marked import MarkedRecords
from ui.pages.mediation.detail import CaseDetail, due_tag
from ui.pages.mediation.forms import AcceptForm
from ui.pages.mediation.loading import colleagues, committees
from ui.pages.mediation.room import SessionRoom
from ui.pages.mediation.void_numbers import offer_void_numbers
from ui.pages.output import Exporting, of_kind
from ui.pages.records import Empty, FormPane, OneListPage, Records
from ui.pages.saved import Shelf
from ui.pages.steps_for_many import StepDeeds
from ui.pages.values import joined, yuan
from ui.widgets.base import Button, icon_button, name_button
from ui.widgets.dates import CHINA, short_day
from ui.widgets.filter_box import FilterBox
from ui.widgets.tag import Tag, Tone
from zzdesk.errors import KnownError
from zzdesk.mediation import commands, queries
from zzdesk.mediation.queries import CaseFilter, CaseRow
from zzdesk.mediation.workflow import CASE, OPEN

STATES: Final = ("accepted", "mediating", "reached", "performing", "revisiting", "closed", "failed", "refused", "withdrawn",
                 "archived")
ENDED: Final = tuple(sorted(CASE.states - set(OPEN)))


class CaseRecords(MarkedRecords):
    """Cases: those that may turn violent on top, then the newest first."""

    memory = "cases"
    stamped = True

    def __init__(self, page: Page) -> None:
        self.states = FilterBox(STATES, lambda code: state_tag("case", code).text)
        self.categories = FilterBox(codes("case_category"), lambda code: word("case_category", code))
        self.table_button = icon_button("download", on_click=lambda: self.export(self.marked))
        self.void_button = icon_button("list", on_click=lambda: offer_void_numbers(self, self.context, self.open_record))
        self.print_button = icon_button("printer", on_click=lambda: self.print(self.marked))
        super().__init__(page)
        for box in (self.states, self.categories):
            box.chosen.connect(lambda _: self.ask_anew())
        self.retranslate()

    def doing(self) -> StepDeeds:
        """What can be done to many cases."""
        return StepDeeds("case")

    def shelf(self) -> Shelf:
        """How a filter of cases is kept."""
        return Shelf(
            "cases", to_json, lambda kept: from_json(kept, [chip for chip, _ in self.chip_words()]), self.describe,
            self.current_filter, _count, lambda asked: asked in [Asked(chip) for chip, _ in self.chip_words()])

    def exporting(self) -> Exporting:
        """How cases become a table: the stubs, never what is said in them."""
        return of_kind("case")

    def current_filter(self) -> Asked:
        """Return what is asked for with the words of the search."""
        picked = [(box.code,) if box.code else () for box in (self.states, self.categories)]
        return Asked(self.chips.current, *picked, self.search.text().strip())

    def describe(self, wanted: Asked) -> str:
        """Say a filter in a line."""
        return in_words("case", "category", wanted, dict(self.chip_words()).get(wanted.chip, ""))

    def show_boxes(self, wanted: Asked) -> None:
        """Let chip and boxes say a filter."""
        self.chips.mark(wanted.chip)
        for box, picked in ((self.states, wanted.states), (self.categories, wanted.codes)):
            box.setCurrentIndex(max(0, box.findData(picked[0] if picked else "")))

    def selection(self, wanted: Asked) -> Any:
        """Return a filter as it is counted and exported."""
        return _selection(wanted)

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
            self.context.runner.read(committees, on_done=form.offer_committees, owner=form)

    def filters(self) -> Sequence[QWidget]:
        """State and category, and the ways to a table, to paper, and to the numbers that are void."""
        return (self.states, self.categories, self.void_button, self.table_button, self.print_button)

    def fetch(self, after: Any, limit: int, on_page: Callable[[Any], None],
              on_error: Callable[[KnownError], None]) -> None:
        """Ask for a page of stubs."""
        self.ask(queries.list_cases, queries.find_cases, self.wanted(), after, limit, on_page, on_error)

    def wanted(self) -> CaseFilter:
        """Return what chips and boxes ask for."""
        asked = self.current_filter()
        return CaseFilter(_states(asked), asked.codes, void=asked.chip == "void", open_only=asked.chip == "open")

    def line(self, found: CaseRow) -> Line:
        """Category, number, source, amount, date; a lock for other teams' cases, an eye where one may read by the call to 110."""
        today = self.context.now().astimezone(CHINA).date()
        amount = yuan(str(found.amount)) if found.amount is not None else None
        detail = joined(found.number, word("case_source", found.source), amount)
        tag, due = state_tag("case", found.state), due_tag(found.due_on, today, found.state)
        if due is not None and due.tone != Tone.NEUTRAL:
            tag = Tag(joined(tag.text, due.text), due.tone)
        title = self.tr("{category}纠纷").format(category=word("case_category", found.category))
        icon = "" if found.mine else "eye" if found.by_call else "lock"
        red = Tag(self.tr("▲ 有激化危险"), Tone.DANGER) if found.red else None
        return Line(title, detail, tag, short_day(found.accepted_on, today), icon, mark=red)

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
        name_button(self.void_button, self.tr("作废的编号…"))
        name_button(self.table_button, self.tr("导出为 Excel（Ctrl+E）"))
        name_button(self.print_button, self.tr("打印这个列表（Ctrl+Shift+P）"))

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


def _states(asked: Asked) -> tuple[str, ...]:
    return asked.states or (ENDED if asked.chip == "ended" else ())


def _selection(asked: Asked) -> Any:
    from zzdesk.desk.listed import ListFilter

    states = _states(asked) or (OPEN if asked.chip == "open" else ())
    return ListFilter("case", states, asked.chip == "void", asked.text, "category", asked.codes)


def _count(read: Any, asked: Asked, cap: int) -> int:
    from zzdesk.desk.listed import count

    return count(read, _selection(asked), cap)


class MediationPage(OneListPage):
    """调解."""

    kinds = ("case", "dispute", "party", "session", "statement", "agreement", "participant", "investigation", "extension",
             "performance_line", "revisit", "confirmation", "case_reading")

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._room: SessionRoom | None = None
        self._places = QStackedWidget()
        self.body.removeWidget(self.records)
        self._places.addWidget(self.records)
        self.body.addWidget(self._places)
        detail = self.records.detail
        assert isinstance(detail, CaseDetail)
        detail.enter_room.connect(self.enter_room)

    @property
    def room(self) -> SessionRoom | None:
        """The room of a session, while somebody is in it."""
        inside = self._room is not None and self._places.currentWidget() is self._room
        return self._room if inside else None

    def enter_room(self, session_id: str) -> None:
        """Show the room of a session in place of list and file."""
        if self._room is None:
            self._room = SessionRoom(self)
            self._room.left.connect(self._leave_room)
            self._places.addWidget(self._room)
        self.header.hide()
        self._places.setCurrentWidget(self._room)
        self._room.open(session_id)

    def refresh(self) -> None:
        """Ask again for what is on the screen."""
        if self.room is not None:
            self.room.refresh()
        else:
            super().refresh()

    def keep_now(self) -> None:
        """Keep what is being typed in a room."""
        if self.room is not None:
            self.room.keep_now()

    def _leave_room(self) -> None:
        self._places.setCurrentWidget(self.records)
        self.header.show()
        super().refresh()
        self.records.detail.first_focus()

    def _new(self) -> None:
        if self.room is None:
            super()._new()

    def _search(self) -> None:
        if self.room is None:
            super()._search()

    def make_records(self) -> Records:
        """Return the cases."""
        return CaseRecords(self)

    def more_actions(self) -> Sequence[QWidget]:
        """The monthly report; the subsidy and the committees for who may see or keep them."""
        self._month_button = Button("", "", "calendar", self.open_month)
        self._subsidy_button = Button("", "", "list", self.open_subsidy)
        self._committee_button = Button("", "", "users", self.open_committees)
        # Shown before it has a parent a button would flash as a window: only those that are for this person are given.
        mine = ((self._month_button, None), (self._subsidy_button, "subsidy.read"), (self._committee_button, "committee.edit"))
        return [button for button, right in mine if right is None or self.context.may(right)]

    def open_committees(self) -> None:
        """Show the committees of this station with their members and terms."""
        from ui.pages.mediation.committees import offer_committees

        offer_committees(self, self.context)

    def open_target(self, target: str) -> None:
        """Show the report for ``month``, the sheets for ``subsidy``; otherwise a case or the form.

        Who is in a room leaves it, and keeps what was typed.
        """
        if self.room is not None:
            self.room.leave()
        if target in ("month", "subsidy"):
            (self.open_month if target == "month" else self.open_subsidy)()
        else:
            super().open_target(target)

    def open_month(self) -> None:
        """Show the monthly report; its cases open here."""
        from ui.pages.mediation.statistics import offer_mediation_month

        offer_mediation_month(self, self.context, self.records.open_record)

    def open_subsidy(self) -> None:
        """Show the subsidy sheets; their cases open here."""
        from ui.pages.mediation.subsidy import offer_subsidy

        offer_subsidy(self, self.context, self.records.open_record)

    def retranslate(self) -> None:
        """Say everything again."""
        super().retranslate()
        self._month_button.setText(self.tr("月报…"))
        self._subsidy_button.setText(self.tr("补贴…"))
        self._committee_button.setText(self.tr("调委会…"))

    def words(self) -> tuple[str, str, str]:
        """Say what the page is for."""
        return (self.tr("调解"), self.tr("自愿、平等、不收费；谁在调解、说了什么，只有小组知道"), self.tr("受理一起调解"))

    def owner_query(self) -> Callable[..., Any]:
        """The case that a paper belongs to."""
        return queries.case_of


def make_page(context: Context) -> Page:
    """Return the page, made on the first visit."""
    return MediationPage(context)
