"""投诉: who complained about which employer or posting, and what came of it (人力资源市场暂行条例 article 29)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QCoreApplication

from ui.labels import codes, field_word, state_tag, word
from ui.models.paging import Line
from ui.pages.base import Page
from ui.pages.jobs.records import JobDetailView, JobRecords, Loaded
from ui.pages.records import Detail, Empty
from ui.pages.values import joined
from ui.widgets.base import Button, Words, row
from ui.widgets.dates import CHINA, short_day
from ui.widgets.facts import Fact
from ui.widgets.fields import ChoiceField, DayField, Field, LongTextField, TextField
from ui.widgets.record_head import Action
from zzdesk.clock import local_day
from zzdesk.jobs import commands, queries
from zzdesk.jobs.queries import ComplaintRow, JobDetail

translate = QCoreApplication.translate
OPEN, HANDLED = "open", "handled"


def _name(field: str) -> Words:
    return lambda: field_word("complaint", field)


def complaint_fields(today: str) -> list[Field]:
    """Return what is asked of a complaint: what about and the text must be, who complains may be left out."""
    what = ChoiceField("category", _name("category"), codes("complaint_category"), lambda c: word("complaint_category", c),
                       required=True)
    text = LongTextField("text", _name("text"), required=True, lines=3)
    way = ChoiceField("way", _name("way"), codes("complaint_way")[:3], lambda c: word("complaint_way", c), empty=False)
    day = DayField("received_on", _name("received_on"), required=True)
    day.set_value(today)
    who = TextField("name", _name("name"), limit=40, help=lambda: translate("Complaints", "可以不留姓名；平时遮盖显示"))
    return [what, text, way, day, who, TextField("phone", _name("phone"), limit=30)]


def _about(read: Any, found: JobDetail) -> tuple[str, str]:
    return queries.of_complaint(read, str(found.fields["employer_id"]), found.fields.get("posting_id"))


class ComplaintDetail(JobDetailView):
    """One complaint; handling it says what was found."""

    kind = "complaint"
    table = queries.COMPLAINT
    right = "job.employer.vet"
    accounts_in = ("created_by", "handled_by")
    order = (
        "category", "text", "way", "received_on", "name", "phone", "outcome", "finding", "handled_by", "handled_at",
        "void_reason", "created_by", "created_at",
    )

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.employer_button = Button("", "link", "building-2", lambda: self._open("employer_id"))
        self.posting_button = Button("", "link", "briefcase", lambda: self._open("posting_id"))
        self.above.addLayout(row(self.employer_button, self.posting_button, None))

    def more(self) -> Callable[..., Any]:
        """Ask whom and what it is about."""
        return _about

    def fill(self, found: Loaded) -> None:
        """Show the complaint, and the way to what it is about."""
        super().fill(found)
        self.employer_button.setText(translate("Complaints", "看用工单位"))
        self.posting_button.setText(translate("Complaints", "看用工信息"))
        self.posting_button.setVisible(bool(found.detail.fields.get("posting_id")))

    def shown_facts(self, found: Loaded) -> list[Fact]:
        """Whom it is about first."""
        employer, posting = found.more
        first = [Fact(field_word("complaint", "employer_id"), employer), Fact(field_word("complaint", "posting_id"), posting)]
        return [*first, *super().shown_facts(found)]

    def title(self, fields: dict[str, Any]) -> str:
        """Return what it is about."""
        return word("complaint_category", str(fields["category"]))

    def may_edit(self, found: Loaded) -> bool:
        """It is written once."""
        return False

    def more_fields(self, action: str, found: Loaded) -> Sequence[Field]:
        """Handling says what came of it and what was found."""
        outcome = ChoiceField("outcome", _name("outcome"), codes("complaint_outcome"), lambda c: word("complaint_outcome", c),
                              required=True)
        help_text = translate("Complaints", "属实的：用工信息要下架，或者单位要处理，请到它们的页上办")
        return [outcome, LongTextField("finding", _name("finding"), required=True, lines=3, help=lambda: help_text)]

    def command(self) -> Callable[..., Any]:
        """Steps of a complaint."""
        return commands.act_complaint

    def _open(self, field: str) -> None:
        if self._loaded is not None:
            self.context.navigate("jobs", str(self._loaded.detail.fields[field]))


class ComplaintRecords(JobRecords):
    """Complaints, those that wait first."""

    kind, memory = "complaint", "complaints"
    chips_of = {"open": (OPEN,), "handled": (HANDLED,)}

    def list_query(self) -> Callable[..., Any]:
        """The list of complaints."""
        return queries.list_complaints

    def make_detail(self) -> Detail:
        """Return the detail."""
        return ComplaintDetail(self.page)

    def line(self, found: ComplaintRow) -> Line:
        """Whom, what about, what came of it, and when."""
        day = short_day(found.received_on, self.context.now().astimezone(CHINA).date())
        outcome = word("complaint_outcome", found.outcome) if found.outcome else ""
        return Line(joined(found.employer, word("complaint_category", found.category)), joined(outcome, found.name),
                    state_tag("complaint", found.state), day)

    def chip_words(self) -> list[tuple[str, str]]:
        """What waits first."""
        return [("open", self.tr("待处理")), ("handled", self.tr("已办结")), ("all", self.tr("全部")),
                ("void", self.tr("已作废"))]

    def empty(self) -> Empty:
        """Say where complaints come from."""
        if self.chips.current == "open":
            return Empty(self.tr("没有待处理的投诉"), self.tr("在用工单位或用工信息的页上，用“登记投诉”记下来。"),
                         icon="circle-check")
        return Empty(self.tr("这个筛选下没有投诉"), icon="filter")

    def may_create(self) -> bool:
        """Complaints are recorded on the page of what they are about."""
        return False

    def retranslate(self) -> None:
        """Say everything again."""
        super().retranslate()
        self.search.show_hint(self.tr("搜投诉人的姓名、电话（/）"))


class Complaining:
    """Mix-in before a detail of an employer or posting: recording a complaint about it is one of its actions."""

    about = "employer_id"

    def complaint_action(self: Any) -> list[Action]:
        """Return the action, for who may record complaints."""
        if not self.context.may("job.employer.edit"):
            return []
        return [Action("complain", translate("Complaints", "登记投诉"), "triangle-alert", apart=True)]

    def new_complaint(self: Any) -> list[Field]:
        """Return what is asked."""
        return complaint_fields(local_day(self.context.now()).isoformat())

    def complain(self: Any, values: dict[str, Any]) -> None:
        """Record it."""
        self.do(commands.complain, values | {self.about: self.record_id}, then=self.finished,
                said=translate("Complaints", "投诉已登记，等站长处理。已保存在本机"))


def make(page: Page) -> ComplaintRecords:
    """Return the list."""
    return ComplaintRecords(page)
