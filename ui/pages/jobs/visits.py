"""企业走访: who goes to which enterprise, who was met, what was said, what is to be done after it and what was asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QCoreApplication

from ui.context import Context
from ui.labels import action_word, field_word, state_tag, word
from ui.models.paging import Line
from ui.pages.base import Page
from ui.pages.jobs.colleagues import Colleagues, LookedUp, colleagues
from ui.pages.jobs.postings import EmployerPicker
from ui.pages.jobs.records import JobDetailView, JobRecords, Loaded, pane
from ui.pages.jobs.related import Related, RelatedLines
from ui.pages.records import Detail, Empty, FormPane
from ui.pages.values import joined
from ui.widgets.base import Words
from ui.widgets.dates import CHINA, long_day, short_day
from ui.widgets.facts import Fact
from ui.widgets.fields import ChoiceField, DayField, Field, LongTextField, TextField, WidgetField
from ui.widgets.forms import Form
from ui.widgets.record_form import RecordForm
from ui.widgets.tag import Tag, Tone
from zzdesk.accounts.queries import display_names
from zzdesk.clock import local_day
from zzdesk.jobs import commands, queries
from zzdesk.jobs.queries import ContactFilter, ItemRow, JobDetail, NeedRow, VisitRow
from zzdesk.jobs.workflow import contact

translate = QCoreApplication.translate
ADD_ITEM = "add-item"
COVERED = ("met_name", "met_phone")
"""Personal fields: never put into a form that corrects a record, where an empty line keeps them."""


def _name(field: str) -> Words:
    return lambda: field_word("employer_visit", field)


def open_days(read: Any) -> dict[str, str]:
    """Return the contact days into which visits can be planned: id and day."""
    found = queries.planned_days(read)
    return {each.id: long_day(each.day) for each in found if each.exists and each.next != "nothing"}


class VisitForm(RecordForm):
    """Which enterprise, when and who goes; a contact day brings its own day along."""

    def __init__(self, context: Context, finish: Words, key: str, start: Callable[[], dict[str, Any]], *,
                 new: bool = True) -> None:
        super().__init__(finish, leave=lambda: translate("VisitForm", "稍后再填"), key=key, drafts=context.drafts, start=start)
        if new:
            employer = EmployerPicker(context, lambda: translate("VisitForm", "单位名称、拼音或信用代码"))
            self.add(WidgetField("employer_id", _name("employer_id"), employer, required=True,
                                 help=lambda: translate("VisitForm", "没有的单位先到“用工单位”登记")))
            self.add(LookedUp(context, "contact_day_id", _name("contact_day_id"), open_days,
                              help=lambda: translate("VisitForm", "不在联企日的走访不选")))
        self.add(DayField("visit_on", _name("visit_on"), required=True))
        self.add(WidgetField("visitors", _name("visitors"), Colleagues(context)))
        if not new:
            self.add(TextField("met_post", _name("met_post"), limit=40))
            self.add(LongTextField("notes", _name("notes"), lines=5))


def _more(read: Any, found: JobDetail) -> tuple[str, dict[str, str], tuple[ItemRow, ...], tuple[NeedRow, ...], str]:
    employer = queries.holder(read, "employer", str(found.fields["employer_id"]))
    items = queries.items_of(read, found.id)
    needs = queries.list_needs(read, ContactFilter(employer_visit_id=found.id), None, 20).rows
    accounts = {*(found.fields.get("visitors") or ()), *(each.owned_by for each in items)}
    names = display_names(read, frozenset(accounts))
    day_id = found.fields.get("contact_day_id")
    planned = queries.planned_day(read, str(day_id)) if day_id else None
    return employer, names, items, needs, long_day(planned.day) if planned is not None else ""


class VisitDetail(JobDetailView):
    """One visit with what follows from it."""

    kind = "employer_visit"
    table = contact.VISITS
    right = contact.RIGHT
    order = (
        "visit_on", "visitors", "met_name", "met_post", "met_phone", "notes", "reason", "void_reason", "created_by", "created_at",
    )

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.items = RelatedLines(lambda: self.tr("走访后要办的事"), lambda: self.tr("还没有"),
                                  lambda: self.tr("添加待办"), lambda: self.start(ADD_ITEM))
        self.needs = RelatedLines(lambda: self.tr("企业的需求"), lambda: self.tr("还没有"),
                                  lambda: self.tr("登记需求"), self._new_need)
        self.below.insertWidget(0, self.items)
        self.below.insertWidget(1, self.needs)

    def more(self) -> Callable[..., Any]:
        """Ask for the enterprise's name, what is to be done, and what was asked for."""
        return _more

    def fill(self, found: Loaded) -> None:
        """Show the visit and what follows from it."""
        super().fill(found)
        _, names, items, needs, _ = found.more
        may = self.context.may(contact.RIGHT) and not found.voided
        self.items.show_rows([self._item_line(names, each) for each in items], may)
        self.needs.show_rows([self._need_line(each) for each in needs], may)

    def number(self, fields: dict[str, Any]) -> str:
        """Return the contact day, where it is of one."""
        day = self._loaded.more[4] if self._loaded is not None else ""
        return self.tr("{day} 联企日").format(day=day) if day else self.tr("平时走访")

    def title(self, fields: dict[str, Any]) -> str:
        """Return the enterprise's name."""
        return str(self._loaded.more[0]) if self._loaded is not None else ""

    def tags(self, found: Loaded) -> list[Tag]:
        """Say what is late."""
        late = sum(each.days_left is not None and each.days_left < 0 for each in found.more[2])
        return [Tag(self.tr("%n 件待办过期", "", late), Tone.DANGER)] if late else []

    def shown_facts(self, found: Loaded) -> list[Fact]:
        """Who goes by name; what is empty is left out."""
        who = "、".join(found.more[1].get(each, each) for each in found.detail.fields.get("visitors") or ())
        shown = []
        for name in self.order:
            if name == "visitors" and who:
                shown.append(Fact(field_word("employer_visit", name), who))
            elif found.detail.fields.get(name):
                shown.append(self._fact(found, name))
        return shown

    def has_main(self, found: Loaded) -> bool:
        """Recording it, while it is planned."""
        return found.state == contact.PLANNED and not found.voided and self.context.may(contact.RIGHT)

    def step_fields(self, action: str) -> Sequence[Field]:
        """What is to be done asks for somebody and a day."""
        if action == ADD_ITEM:
            owner = LookedUp(self.context, "owned_by", lambda: field_word("visit_item", "owned_by"), colleagues, required=True)
            owner.set_value(self.context.facts.account)
            return [TextField("title", lambda: field_word("visit_item", "title"), limit=120, required=True), owner,
                    DayField("due_on", lambda: field_word("visit_item", "due_on"), required=True)]
        return super().step_fields(action)

    def more_fields(self, action: str, found: Loaded) -> Sequence[Field]:
        """Recording a visit says when, who went, who was met and what was said."""
        if action != "make":
            return ()
        fields = found.detail.fields | found.detail.written
        day = DayField("visit_on", _name("visit_on"), required=True)
        today = local_day(self.context.now()).isoformat()
        day.set_value(min(str(fields["visit_on"]), today))
        who = WidgetField("visitors", _name("visitors"), Colleagues(self.context), required=True)
        who.set_value(fields.get("visitors") or [self.context.facts.account])
        notes = LongTextField("notes", _name("notes"), lines=5, required=True)
        notes.set_value(fields.get("notes"))
        return [day, who, TextField("met_name", _name("met_name"), limit=40, required=True),
                TextField("met_post", _name("met_post"), limit=40), TextField("met_phone", _name("met_phone"), limit=30), notes]

    def perform(self, action: str, values: dict[str, Any]) -> None:
        """Take a step, or note what is to be done."""
        if action == ADD_ITEM:
            self.do(commands.note_item, values | {"employer_visit_id": self.record_id},
                    said=self.tr("待办已保存在本机"), then=self.finished)
        else:
            super().perform(action, values)

    def step_title(self, action: str) -> str:
        """Return the heading of a step's form."""
        return self.tr("走访后要办的事") if action == ADD_ITEM else super().step_title(action)

    def finish_words(self, action: str) -> str:
        """Return what finishes it."""
        return self.tr("添加待办") if action == ADD_ITEM else super().finish_words(action)

    def command(self) -> Callable[..., Any]:
        """Steps of visits."""
        return commands.act_visit

    def edit_command(self) -> Callable[..., Any]:
        """Corrections of visits."""
        return commands.edit_visit

    def edit_form(self, found: Loaded) -> RecordForm:
        """Correct everything but what is covered."""
        fields = found.detail.fields | found.detail.written
        shown = {k: v for k, v in fields.items() if k not in COVERED}
        return VisitForm(self.context, lambda: self.tr("保存修改"), f"employer_visit/{self.record_id}/edit", lambda: shown,
                         new=False)

    def _item_line(self, names: dict[str, str], item: ItemRow) -> Related:
        until = self.tr("{day}前").format(day=short_day(item.due_on, self.context.now().astimezone(CHINA).date()))
        tag = state_tag("visit_item", item.state)
        if item.days_left is not None and item.days_left < 0:
            tag = Tag(self.tr("已超 %n 天", "", -item.days_left), Tone.DANGER)
        may = self.context.may(contact.RIGHT)
        return Related(item.title, joined(names.get(item.owned_by, ""), until, item.outcome), tag,
                       (lambda: self._ask_item(item)) if may else None)

    def _ask_item(self, item: ItemRow) -> None:
        """Ask what became of one thing, in place of the facts."""
        actions = tuple(arrow.action for arrow in contact.ITEMS.leaving(item.state))
        form = Form(lambda: self.tr("记下"), leave=lambda: self.tr("返回"), key=f"visit_item/{item.id}/act",
                    drafts=self.context.drafts)
        what = ChoiceField("action", lambda: item.title, actions, lambda code: action_word("visit_item", code), empty=False,
                           required=True)
        form.add(what)
        form.add(LongTextField("reason", lambda: field_word("visit_item", "outcome"), lines=3,
                               help=lambda: self.tr("“不办了”和“重新打开”要写明原因")))
        form.finished.connect(lambda values: self._act_item(form, item, values))
        self.show_form(form, lambda: self.tr("走访后要办的事"))
        form.open()

    def _act_item(self, form: Form, item: ItemRow, values: dict[str, Any]) -> None:
        form.set_busy(True)
        self.do(commands.act_item, item.id, values["action"], {}, values.get("reason"), said=self.tr("已保存在本机"),
                then=self.finished)

    def _need_line(self, need: NeedRow) -> Related:
        people = self.tr("%n 人", "", need.people) if need.people else ""
        return Related(need.title, joined(word("need_kind", need.need_kind), people), state_tag("employer_need", need.state),
                       lambda: self.context.navigate("jobs", need.id))

    def _new_need(self) -> None:
        assert self._loaded is not None
        page: Any = self.page
        page.new_record("employer_need", {
            "employer_visit_id": self.record_id, "employer_id": self._loaded.detail.fields["employer_id"], "source": "visit",
            "need_kind": contact.LABOUR})


class VisitRecords(JobRecords):
    """Visits, newest first."""

    kind, memory = "employer_visit", "visits"
    filter_of = ContactFilter
    chips_of = {"planned": (contact.PLANNED,), "made": (contact.MADE,)}

    def list_query(self) -> Callable[..., Any]:
        """The list of visits."""
        return queries.list_visits

    def make_detail(self) -> Detail:
        """Return the detail."""
        return VisitDetail(self.page)

    def make_form(self) -> FormPane:
        """Return the form of a new visit."""
        form = VisitForm(self.context, lambda: self.tr("安排走访"), "employer_visit/new",
                         lambda: {"visit_on": local_day(self.context.now()).isoformat()})
        return pane(form, lambda: self.tr("安排企业走访"), lambda form: self.register(
            commands.plan_visit, form, form.values(), self.tr("走访已安排，保存在本机")))

    def line(self, found: VisitRow) -> Line:
        """Which enterprise, when, who was met, and what is late."""
        today = self.context.now().astimezone(CHINA).date()
        mark = None
        if found.overdue:
            mark = Tag(self.tr("%n 件待办过期", "", found.overdue), Tone.DANGER)
        elif found.items:
            mark = Tag(self.tr("%n 件待办", "", found.items), Tone.WARNING)
        day = self.tr("联企日") if found.contact_day_id else ""
        return Line(found.employer, joined(day, found.met), state_tag("employer_visit", found.state),
                    short_day(found.visit_on, today), mark=mark)

    def chip_words(self) -> list[tuple[str, str]]:
        """What is still to be done first."""
        return [("all", self.tr("全部")), ("planned", self.tr("待走访")), ("made", self.tr("已走访")),
                ("void", self.tr("已作废"))]

    def empty(self) -> Empty:
        """Say what belongs here."""
        if self.chips.current == "all":
            return Empty(self.tr("还没有走访"), self.tr("联企日或平时去哪家单位、谁去、见了谁、谈了什么，都记在这里。"),
                         self.tr("安排走访"), "building-2")
        return Empty(self.tr("这个筛选下没有走访"), icon="filter")

    def may_create(self) -> bool:
        """Whether the person may plan visits."""
        return self.context.may(contact.RIGHT)

    def retranslate(self) -> None:
        """Say everything again."""
        super().retranslate()
        self.search.show_hint(self.tr("搜接待人、拼音首字母、电话尾号、走访记录（/）"))


def make(page: Page) -> VisitRecords:
    """Return the list."""
    return VisitRecords(page)


__all__ = ["VisitDetail", "VisitForm", "VisitRecords", "make", "open_days"]
