"""企业需求: people for work or other help that an enterprise needs; one for people becomes a draft posting with one press."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QCoreApplication

from ui.context import Context
from ui.labels import action_word, codes, field_word, state_tag, word
from ui.models.paging import Line
from ui.pages.base import Page
from ui.pages.jobs.colleagues import LookedUp
from ui.pages.jobs.postings import EmployerPicker
from ui.pages.jobs.records import JobDetailView, JobRecords, Loaded, pane
from ui.pages.jobs.related import Related, RelatedLines
from ui.pages.records import Detail, Empty, FormPane
from ui.pages.values import joined
from ui.widgets.base import Words
from ui.widgets.dates import CHINA, short_day, short_moment
from ui.widgets.facts import Fact
from ui.widgets.fields import ChoiceField, DayField, IntegerField, LongTextField, TextField, WidgetField
from ui.widgets.record_form import RecordForm
from ui.widgets.record_head import Action
from ui.widgets.tag import Tag, Tone
from zzdesk.jobs import commands, queries
from zzdesk.jobs.queries import ContactFilter, JobDetail, NeedRow, PostingRow
from zzdesk.jobs.workflow import contact

translate = QCoreApplication.translate
RECENT = 50
"""Visits that are offered for what was heard on one."""


def _name(field: str) -> Words:
    return lambda: field_word("employer_need", field)


def recent_visits(read: Any) -> dict[str, str]:
    """Return the latest visits: id, enterprise and day."""
    found = queries.list_visits(read, ContactFilter(), None, RECENT).rows
    return {each.id: joined(each.employer, each.visit_on.isoformat()) for each in found}


class NeedForm(RecordForm):
    """Who needs what, how many and until when."""

    def __init__(self, context: Context, finish: Words, key: str, start: Callable[[], dict[str, Any]], *,
                 new: bool = True) -> None:
        super().__init__(finish, leave=lambda: translate("NeedForm", "稍后再填"), key=key, drafts=context.drafts, start=start)
        if new:
            employer = EmployerPicker(context, lambda: translate("NeedForm", "单位名称、拼音或信用代码"))
            self.add(WidgetField("employer_id", _name("employer_id"), employer, required=True,
                                 help=lambda: translate("NeedForm", "没有的单位先到“用工单位”登记")))
        self.add(ChoiceField("need_kind", _name("need_kind"), codes("need_kind"), lambda c: word("need_kind", c), empty=False),
                 ChoiceField("source", _name("source"), codes("need_source"), lambda c: word("need_source", c), empty=False))
        if new:
            self.add(LookedUp(context, "employer_visit_id", _name("employer_visit_id"), recent_visits,
                              help=lambda: translate("NeedForm", "在哪次走访听到的")))
        self.add(TextField("title", _name("title"), required=True, limit=80,
                           placeholder=lambda: translate("NeedForm", "例如：装卸工、消防培训")))
        self.add(IntegerField("people", _name("people")), DayField("until", _name("until")))
        self.add(LongTextField("details", _name("details"), lines=4))

    def arrange(self) -> None:
        """Numbers of people are for work and training; a visit is named where it was one."""
        self.fields["people"].setVisible(self.fields["need_kind"].value() in (contact.LABOUR, "training"))
        if "employer_visit_id" in self.fields:
            self.fields["employer_visit_id"].setVisible(self.fields["source"].value() == "visit")


def _more(read: Any, found: JobDetail) -> tuple[str, PostingRow | None, str]:
    employer = queries.holder(read, "employer", str(found.fields["employer_id"]))
    posting_id, visit_id = found.fields.get("posting_id"), found.fields.get("employer_visit_id")
    posting = next(iter(queries.postings_by_ids(read, (str(posting_id),))), None) if posting_id else None
    visit = queries.detail(read, "employer_visit", str(visit_id)).fields.get("visit_on") if visit_id else None
    return employer, posting, str(visit or "")


class NeedDetail(JobDetailView):
    """One need, and what became of it."""

    kind = "employer_need"
    table = contact.NEEDS
    right = contact.RIGHT
    accounts_in = ("created_by", "handled_by")
    order = (
        "need_kind", "source", "people", "until", "details", "handled_by", "reason", "void_reason", "created_by", "created_at",
    )

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.linked = RelatedLines(lambda: self.tr("来处和去处"), lambda: "", lambda: "", lambda: None)
        self.below.insertWidget(0, self.linked)

    def more(self) -> Callable[..., Any]:
        """Ask for the enterprise's name, the posting that it became, and the visit."""
        return _more

    def fill(self, found: Loaded) -> None:
        """Show the need with where it came from and what it became."""
        super().fill(found)
        lines = self._links(found)
        self.linked.setVisible(bool(lines))
        self.linked.show_rows(lines, may_add=False)

    def title(self, fields: dict[str, Any]) -> str:
        """Return what is needed, and by whom."""
        employer = str(self._loaded.more[0]) if self._loaded is not None else ""
        return joined(str(fields["title"]), employer)

    def tags(self, found: Loaded) -> list[Tag]:
        """Say how many days are left."""
        until = found.detail.fields.get("until")
        if found.state not in contact.WAITING or not until or found.voided:
            return []
        today = self.context.now().astimezone(CHINA).date().isoformat()
        return [Tag(self.tr("已过要求的日期"), Tone.DANGER)] if until < today else []

    def shown_facts(self, found: Loaded) -> list[Fact]:
        """What is empty is left out."""
        return [self._fact(found, name) for name in self.order if found.detail.fields.get(name)]

    def _actions(self, found: Loaded) -> list[Action]:
        """Of people who are needed a posting is made first."""
        actions = super()._actions(found)
        fields = found.detail.fields
        posting = found.more[1]
        posted = bool(fields.get("posting_id")) and not (posting is not None and posting.voided)
        may_post = fields.get("need_kind") == contact.LABOUR and found.state in contact.WAITING and not posted
        if may_post and not found.voided and self.context.may("job.posting.edit"):
            actions.insert(0, Action(contact.POST, action_word("employer_need", contact.POST)))
        return actions

    def has_main(self, found: Loaded) -> bool:
        """While somebody still has to do something."""
        return found.state in contact.WAITING and not found.voided

    def start(self, action: str) -> None:
        """Making a posting asks nothing."""
        if action == contact.POST:
            self.do(commands.post_need, self.record_id, said=self.tr("已转成用工信息草稿，补齐六项再提交审核"),
                    then=self.finished)
        else:
            super().start(action)

    def command(self) -> Callable[..., Any]:
        """Steps of needs."""
        return commands.act_need

    def edit_command(self) -> Callable[..., Any]:
        """Corrections of needs."""
        return commands.edit_need

    def edit_form(self, found: Loaded) -> RecordForm:
        """Correct it."""
        shown = found.detail.fields | found.detail.written
        return NeedForm(self.context, lambda: self.tr("保存修改"), f"employer_need/{self.record_id}/edit", lambda: shown,
                        new=False)

    def _links(self, found: Loaded) -> list[Related]:
        _, posting, visit_on = found.more
        visit_id, lines = found.detail.fields.get("employer_visit_id"), []
        if posting is not None:
            lines.append(Related(posting.title, posting.number, state_tag("posting", posting.state),
                                 lambda: self.context.navigate("jobs", posting.id)))
        if visit_id:
            lines.append(Related(self.tr("企业走访"), visit_on, None, lambda: self.context.navigate("jobs", visit_id)))
        return lines


class NeedRecords(JobRecords):
    """Needs, newest first."""

    kind, memory = "employer_need", "needs"
    filter_of = ContactFilter
    chips_of = {"waiting": contact.WAITING, "met": (contact.MET,), "unmet": (contact.UNMET,)}

    def list_query(self) -> Callable[..., Any]:
        """The list of needs."""
        return queries.list_needs

    def make_detail(self) -> Detail:
        """Return the detail."""
        return NeedDetail(self.page)

    def make_form(self) -> FormPane:
        """Return the form of a new need."""
        form = NeedForm(self.context, lambda: self.tr("登记需求"), "employer_need/new",
                        lambda: {"need_kind": contact.LABOUR, "source": "phone"})
        return pane(form, lambda: self.tr("登记企业需求"), lambda form: self.register(
            commands.note_need, form, form.values(), self.tr("需求已登记，保存在本机")))

    def line(self, found: NeedRow) -> Line:
        """What is needed, by whom, how many, and how many days are left."""
        now = self.context.now()
        people = self.tr("%n 人", "", found.people) if found.people else ""
        kind = "" if found.need_kind == contact.LABOUR else word("need_kind", found.need_kind)
        until = self.tr("{day}前").format(day=short_day(found.until, now.astimezone(CHINA).date())) if found.until else ""
        mark = None
        if found.days_left is not None and found.days_left < 0:
            mark = Tag(self.tr("已超 %n 天", "", -found.days_left), Tone.DANGER)
        elif found.posting_id:
            mark = Tag(self.tr("已转用工信息"), Tone.INFO)
        return Line(found.title, joined(found.employer, kind, people),
                    state_tag("employer_need", found.state), until or short_moment(found.created_at, now), mark=mark)

    def chip_words(self) -> list[tuple[str, str]]:
        """What waits first."""
        return [("waiting", self.tr("要办的")), ("met", self.tr("已满足")), ("unmet", self.tr("未满足")),
                ("all", self.tr("全部")), ("void", self.tr("已作废"))]

    def empty(self) -> Empty:
        """Say what belongs here."""
        if self.chips.current == "waiting":
            text = self.tr("企业要人、要培训、要政策，走访时听到的、打电话来说的，都登记在这里。")
            return Empty(self.tr("没有要办的需求"), text, self.tr("登记需求"), "clipboard-list")
        return Empty(self.tr("这个筛选下没有需求"), icon="filter")

    def may_create(self) -> bool:
        """Whether the person may record needs."""
        return self.context.may(contact.RIGHT)

    def retranslate(self) -> None:
        """Say everything again."""
        super().retranslate()
        self.search.show_hint(self.tr("搜需求、编号、具体要求（/）"))


def make(page: Page) -> NeedRecords:
    """Return the list."""
    return NeedRecords(page)
