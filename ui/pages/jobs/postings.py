"""招工: work on offer, with the six items that the law asks for, and those who applied."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import QCoreApplication

from ui.context import Context
from ui.labels import action_word, codes, field_word, state_tag, word
from ui.models.paging import Line
from ui.pages.base import Page
from ui.pages.jobs.applications import Applications
from ui.pages.jobs.complaints import Complaining
from ui.pages.jobs.printing import PrintButton
from ui.pages.jobs.records import JobDetailView, JobRecords, Loaded, pane
from ui.pages.records import Detail, Empty, FormPane
from ui.pages.values import joined, short_number, yuan
from ui.widgets.base import Words, row
from ui.widgets.dates import short_moment
from ui.widgets.facts import Fact
from ui.widgets.fields import (
    CheckField,
    ChoiceField,
    DayField,
    Field,
    IntegerField,
    LongTextField,
    MomentField,
    MoneyField,
    TextField,
    WidgetField,
)  # fmt: skip
from ui.widgets.picker import Option, Picker
from ui.widgets.record_form import RecordForm
from ui.widgets.record_head import Action
from ui.widgets.tag import Tag, Tone
from zzdesk.clock import local_day
from zzdesk.jobs import commands, queries
from zzdesk.jobs import workflow as flow
from zzdesk.jobs.queries import JobDetail, JobFilter, PostingRow

translate = QCoreApplication.translate

HAZARDS: Final = ("heavy", "hazardous", "night", "entertainment")
WITH: Final = ("meals", "lodging", "transport")


def _name(field: str) -> Words:
    return lambda: field_word("posting", field)


class EmployerPicker(Picker):
    """Finds an employer by name, pinyin or credit code."""

    def __init__(self, context: Context, placeholder: Words) -> None:
        self._context = context
        super().__init__(self._ask, placeholder)

    def set_value(self, value: Any) -> None:
        """Show an employer by its name."""
        super().set_value(value)
        if value is not None:
            self._context.runner.read(queries.holder, "employer", value, owner=self, on_error=lambda error: None,
                                      on_done=lambda name: self.show_option(Option(value, name or value)))

    def _ask(self, text: str, on_found: Callable[[Sequence[Option]], None]) -> None:
        self._context.runner.read(
            queries.find, "employer", text, JobFilter(), None, 8, owner=self, on_error=lambda error: None,
            on_done=lambda page: on_found([_offer(row) for row in page.rows]))


def _offer(found: Any) -> Option:
    standing = state_tag("employer", found.state).text
    return Option(found.id, found.name, joined(word("employer_kind", found.employer_kind), standing))


class PostingForm(RecordForm):
    """Six items first, marked as what the law asks for; the rest below."""

    def __init__(self, context: Context, finish: Words, key: str, start: Callable[[], dict[str, Any]]) -> None:
        super().__init__(finish, leave=lambda: translate("PostingForm", "稍后再填"), key=key, drafts=context.drafts,
                         start=start)
        self._context = context
        self.add_group(lambda: translate("PostingForm", "法律要求写明的六项（人力资源市场暂行条例第二十四条）"))
        self._six()
        self.add_group(lambda: translate("PostingForm", "时间和待遇"))
        self._terms()
        self.add_group(lambda: translate("PostingForm", "安全和联系"))
        self._safety()

    def _six(self) -> None:
        employer = EmployerPicker(self._context, lambda: translate("PostingForm", "单位名称、拼音或信用代码"))
        self.add(WidgetField("employer_id", _name("employer_id"), employer, required=True,
                             help=lambda: translate("PostingForm", "没有的单位先到“用工单位”登记")))
        self.add(TextField("title", _name("title"), required=True, limit=80,
                           placeholder=lambda: translate("PostingForm", "例如：酒店早班保洁")),
                 ChoiceField("trade", _name("trade"), codes("trade"), lambda c: word("trade", c), empty=False))
        self.add(IntegerField("headcount", _name("headcount"), required=True),
                 MoneyField("wage", lambda: translate("PostingForm", "报酬（元）"), required=True),
                 ChoiceField("pay_unit", lambda: translate("PostingForm", "每"), codes("pay_unit"),
                             lambda c: word("pay_unit", c), empty=False, required=True))
        self.add(TextField("place", _name("place"), required=True, limit=120))
        self.add(LongTextField("tasks", _name("tasks"), required=True, lines=2))
        self.add(LongTextField("conditions", _name("conditions"), required=True, lines=2,
                               help=lambda: translate("PostingForm", "不得限定民族、性别、婚育、宗教等；没有要求写“无”")))

    def _terms(self) -> None:
        self.add(MomentField("starts_at", _name("starts_at")), MomentField("ends_at", _name("ends_at")))
        self.add(TextField("hours", _name("hours"), limit=60),
                 TextField("overtime", _name("overtime"), limit=120,
                           placeholder=lambda: translate("PostingForm", "例如：超过8小时每小时30元")))
        self.add(ChoiceField("settlement", _name("settlement"), codes("settlement"), lambda c: word("settlement", c),
                             help=lambda: translate("PostingForm", "只能转账或现金，不能以实物抵")),
                 DayField("settle_day", _name("settle_day")))
        self.add(*(CheckField(name, _name(name)) for name in WITH))

    def _safety(self) -> None:
        self.add(*(CheckField(name, _name(name)) for name in HAZARDS[:2]))
        self.add(*(CheckField(name, _name(name)) for name in HAZARDS[2:]))
        self.add(LongTextField("safety", _name("safety"), lines=2))
        self.add(TextField("tools", _name("tools"), limit=120))
        self.add(LongTextField("lawful_needs", _name("lawful_needs"), lines=1,
                               help=lambda: translate("PostingForm", "只写法律允许的，例如健康证、年满18周岁")))
        self.add(TextField("insurer", _name("insurer"), limit=60,
                           help=lambda: translate("PostingForm", "没有保险的不填：容易受伤的活会用红字写明“无保险”")),
                 TextField("policy_number", _name("policy_number"), limit=60))
        self.add(TextField("insured_by", _name("insured_by"), limit=60,
                           placeholder=lambda: translate("PostingForm", "例如：单位")),
                 DayField("insured_from", _name("insured_from")), DayField("insured_until", _name("insured_until")))
        self.add(TextField("contact_name", _name("contact_name"), limit=40),
                 TextField("contact_phone", _name("contact_phone"), limit=30))
        self.add(DayField("valid_until", _name("valid_until")),
                 ChoiceField("audience", _name("audience"), codes("audience"), lambda c: word("audience", c),
                             empty=False, help=lambda: translate("PostingForm", "“本站”的只在本站的列表和自助机上看得到")))


@dataclass(frozen=True)
class PostingMore:
    """What belongs to a posting: the employer's name, and how many complaints stand about it."""

    employer: str
    complaints: int
    cover: str
    uninsured: bool


def _cover_words(more: PostingMore) -> str:
    """Say in words how the work is insured: in red stands beside it that risky work is not."""
    if more.uninsured:
        if more.cover == "gap":
            return translate("PostingDetail", "⚠ 无保险：保单没有包住全部干活的日子，这活容易受伤")
        return translate("PostingDetail", "⚠ 无保险：没有写明承保公司和保单号，这活容易受伤")
    words = {"none": translate("PostingDetail", "没有写明保险"), "gap": translate("PostingDetail", "保单没有包住全部干活的日子")}
    return words.get(more.cover, translate("PostingDetail", "有保险"))


def _more_of(read: Any, found: JobDetail) -> PostingMore:
    employer = queries.holder(read, "employer", str(found.fields["employer_id"]))
    covered, warned = queries.cover_of_posting(read, found.id)
    return PostingMore(employer, queries.complaints_about(read, found.id), covered, warned)


class PostingDetail(Complaining, JobDetailView):
    """One posting and its applicants."""

    about = "posting_id"

    kind = "posting"
    table = flow.POSTING
    right = "job.posting.edit"
    order = (
        "trade", "place", "tasks", "conditions", "starts_at", "ends_at", "hours", "overtime", "settlement",
        "settle_day", "tools", "safety", "insurer", "policy_number", "insured_by", "insured_from", "insured_until",
        "lawful_needs", "contact_name",
        "contact_phone", "valid_until", "audience", "hold_words", "decision", "reviewed_by", "published_at",
        "void_reason", "created_by", "created_at",
    )

    def __init__(self, page: Page) -> None:
        self.applications = Applications(page, self)
        super().__init__(page, self.applications)
        self.print_button = PrintButton(self, lambda: translate("PostingDetail", "派工单"), "workorder", commands.print_order)
        self.above.addLayout(row(self.print_button, None))

    def more(self) -> Callable[..., Any]:
        """Ask for the employer's name and the complaints as well."""
        return _more_of

    def step_fields(self, action: str) -> Sequence[Field]:
        """A complaint is a record beside the posting."""
        return self.new_complaint() if action == "complain" else super().step_fields(action)

    def perform(self, action: str, values: dict[str, Any]) -> None:
        """Take a step, or record a complaint."""
        self.complain(values) if action == "complain" else super().perform(action, values)

    def step_title(self, action: str) -> str:
        """Return the heading of a step's form."""
        return action_word("employer", action) if action == "complain" else super().step_title(action)

    def finish_words(self, action: str) -> str:
        """Return what the finishing button says."""
        return action_word("employer", action) if action == "complain" else super().finish_words(action)

    def _actions(self, found: Loaded) -> list[Action]:
        """A complaint stands apart from the steps."""
        beside = self.complaint_action() if found.state not in (flow.DRAFT, flow.HELD, flow.REVIEW) else []
        return [*super()._actions(found), *(beside if not found.voided else [])]

    def fill(self, found: Loaded) -> None:
        """Show the posting and who applied."""
        super().fill(found)
        self.applications.show_for(JobFilter(posting_id=self.record_id), found.state == flow.PUBLISHED,
                                   found.state in flow.TAKES_A_REPLACEMENT)
        self.print_button.retranslate()
        self.print_button.setVisible(bool(found.detail.fields.get("filled")) and self.context.may("job.place")
                                     and self.context.may("person.reveal"))

    def tags(self, found: Loaded) -> list[Tag]:
        """Say how many places are taken, and what is dangerous."""
        fields = found.detail.fields
        filled = self.tr("已录 {filled} / 招 {headcount}").format(
            filled=fields.get("filled", 0), headcount=fields.get("headcount", "?"))
        warned = [Tag(translate("PostingDetail", "无保险"), Tone.DANGER)] if found.more.uninsured else []
        return [Tag(filled), *warned, *(Tag(field_word("posting", name), Tone.WARNING) for name in HAZARDS if fields.get(name))]

    def shown_facts(self, found: Loaded) -> list[Fact]:
        """Employer and pay first."""
        fields = found.detail.fields
        pay = joined(yuan(fields["wage"]), self.tr("每{unit}").format(unit=word("pay_unit", fields.get("pay_unit")))
                     ) if fields.get("wage") else self.tr("还没写")
        extras = self.tr("、").join(field_word("posting", name) for name in WITH if fields.get(name))
        insured = _cover_words(found.more)
        complaints = str(found.more.complaints) if found.more.complaints else ""
        return [
            Fact(field_word("posting", "employer_id"), found.more.employer), Fact(field_word("posting", "wage"), pay),
            Fact(self.tr("另有"), extras), Fact(self.tr("保险"), insured), *super().shown_facts(found),
            Fact(field_word("employer", "complaint_count"), complaints),
        ]

    def may_edit(self, found: Loaded) -> bool:
        """Only drafts: what was reviewed is what is published."""
        return super().may_edit(found) and found.state == flow.DRAFT

    def more_fields(self, action: str, found: Loaded) -> Sequence[Field]:
        """Settling says how and when the wages are paid."""
        if action != "settle":
            return ()
        way = ChoiceField("settlement", _name("settlement"), codes("settlement"), lambda c: word("settlement", c),
                          required=True)
        way.set_value(found.detail.fields.get("settlement"))
        day = DayField("settle_day", _name("settle_day"), required=True)
        day.set_value(found.detail.fields.get("settle_day") or local_day(self.context.now()).isoformat())
        return [way, day]

    def command(self) -> Callable[..., Any]:
        """Steps of postings."""
        return commands.act_posting

    def edit_command(self) -> Callable[..., Any]:
        """Corrections of postings."""
        return commands.edit_posting

    def edit_form(self, found: Loaded) -> RecordForm:
        """Correct everything but what is covered."""
        hidden = ("contact_name", "contact_phone")
        fields = found.detail.fields | found.detail.written
        shown = {k: v for k, v in fields.items() if k not in hidden}
        form = PostingForm(self.context, lambda: self.tr("保存修改"), f"posting/{self.record_id}/edit", lambda: shown)
        form.fields["employer_id"].control.setEnabled(False)
        return form


class PostingRecords(JobRecords):
    """Postings, newest first."""

    kind, memory = "posting", "postings"
    chips_of = {
        "open": (flow.DRAFT, flow.HELD, flow.REVIEW, *flow.OPEN_POSTINGS),
        "review": (flow.REVIEW, flow.HELD),
        "draft": (flow.DRAFT,),
    }

    def list_query(self) -> Callable[..., Any]:
        """The list of postings."""
        return queries.list_postings

    def make_detail(self) -> Detail:
        """Return the detail."""
        return PostingDetail(self.page)

    def make_form(self) -> FormPane:
        """Return the form of a new posting."""
        form = PostingForm(self.context, lambda: self.tr("存为草稿"), "posting/new",
                           lambda: {"trade": "cleaning", "pay_unit": "day", "audience": "station"})
        return pane(form, lambda: self.tr("登记用工信息"), lambda form: self.register(
            commands.register_posting, form, form.values(), self.tr("已存为草稿，核对后请提交审核。已保存在本机。")))

    def line(self, found: PostingRow) -> Line:
        """Number, title, pay, place, places taken, short date."""
        pay = f"{yuan(str(found.wage))}/{word('pay_unit', found.pay_unit)}" if found.wage else None
        taken = f"{found.filled}/{found.headcount}" if found.headcount else None
        mark = Tag(translate("PostingDetail", "无保险"), Tone.DANGER) if found.uninsured else None
        return Line(found.title, joined(short_number(found.number), pay, taken, found.place),
                    state_tag("posting", found.state), short_moment(found.created_at, self.context.now()), mark=mark)

    def chip_words(self) -> list[tuple[str, str]]:
        """What is under way first."""
        return [("open", self.tr("在办")), ("review", self.tr("待审")), ("draft", self.tr("草稿")),
                ("all", self.tr("全部")), ("void", self.tr("已作废"))]

    def empty(self) -> Empty:
        """Say what belongs here."""
        if self.chips.current == "open":
            return Empty(self.tr("现在没有在办的用工"), self.tr("单位要人、居民请人帮忙，登记后经审核发布。"),
                         self.tr("登记用工信息"), "briefcase")
        return Empty(self.tr("这个筛选下没有用工信息"), icon="filter")

    def may_create(self) -> bool:
        """Whether the person may record postings."""
        return self.context.may("job.posting.edit")

    def retranslate(self) -> None:
        """Say everything again."""
        super().retranslate()
        self.search.show_hint(self.tr("搜编号、岗位、地点、工作内容（/）"))


def make(page: Page) -> PostingRecords:
    """Return the list."""
    return PostingRecords(page)
