"""用工单位: who offers work, which papers were shown, who vetted them and until when."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any, Final

from PySide6.QtCore import QCoreApplication

from ui.context import Context
from ui.labels import action_word, codes, field_word, state_tag, word
from ui.models.paging import Line
from ui.pages.base import Page
from ui.pages.jobs import appealing
from ui.pages.jobs.complaints import Complaining
from ui.pages.jobs.papers import EmployerPapers, missing_tag, paper_facts
from ui.pages.jobs.records import JobDetailView, JobRecords, Loaded, pane
from ui.pages.records import Empty, FormPane
from ui.pages.values import joined
from ui.widgets.base import Words
from ui.widgets.checked import CheckedField
from ui.widgets.dates import CHINA, short_day, short_moment
from ui.widgets.facts import Fact
from ui.widgets.fields import CheckField, ChoiceField, DayField, Field, LongTextField, TextField, WidgetField
from ui.widgets.picker import PlacePicker
from ui.widgets.record_form import RecordForm
from ui.widgets.record_head import Action
from ui.widgets.tag import Tag, Tone
from zzdesk.clock import local_day
from zzdesk.desk import lookup
from zzdesk.jobs import commands, queries
from zzdesk.jobs import workflow as flow
from zzdesk.jobs.queries import EmployerRow

translate = QCoreApplication.translate

COVERED: Final = ("identity_number", "legal_person", "handler_name", "handler_identity", "handler_phone", "address")
"""Personal fields: never put into a form that corrects a record, where an empty line keeps them."""


def _name(field: str) -> Words:
    return lambda: field_word("employer", field)


class EmployerForm(RecordForm):
    """Who it is, who comes to the counter, and which papers were shown."""

    def __init__(self, context: Context, finish: Words, key: str, start: Callable[[], dict[str, Any]]) -> None:
        super().__init__(finish, leave=lambda: translate("EmployerForm", "稍后再填"), key=key, drafts=context.drafts,
                         start=start)
        self._context = context
        self._subject()
        self.add_group(lambda: translate("EmployerForm", "经办人"))
        self._handler()
        self.add_group(lambda: translate("EmployerForm", "查验的材料"))
        for name in flow.SHOWN:
            self.add(CheckField(name, _name(name)))
        self.add(LongTextField("notes", _name("notes"), lines=2))

    def arrange(self) -> None:
        """A person has an identity number; a firm has a credit code, a legal representative and papers."""
        person = self.fields["employer_kind"].value() == "person"
        self.fields["identity_number"].setVisible(person)
        for key in ("credit_code", "legal_person", "industry", "handler_identity", *flow.SHOWN):
            self.fields[key].setVisible(not person)

    def _subject(self) -> None:
        self.add(ChoiceField("employer_kind", _name("employer_kind"), codes("employer_kind"),
                             lambda c: word("employer_kind", c), empty=False, required=True))
        self.add(TextField("name", _name("name"), required=True, limit=120,
                           placeholder=lambda: translate("EmployerForm", "与营业执照或身份证一致")))
        self.add(CheckedField("credit_code", _name("credit_code"), lookup.judge_credit_code, required=True,
                              help=lambda: translate("EmployerForm", "18 位，输入完会马上校验")))
        self.add(CheckedField("identity_number", _name("identity_number"), self._judge, required=True,
                              help=lambda: translate("EmployerForm", "个人请人帮忙（如家政）时登记，只用于核验")))
        self.add(TextField("legal_person", _name("legal_person"), limit=40),
                 TextField("industry", _name("industry"), limit=40))
        area = PlacePicker(self._context.runner, lambda: translate("EmployerForm", "社区名、拼音或代码"))
        self.add(WidgetField("area_code", _name("area_code"), area),
                 TextField("address", _name("address"), limit=120))

    def _handler(self) -> None:
        self.add(TextField("handler_name", _name("handler_name"), limit=40),
                 TextField("handler_phone", _name("handler_phone"), limit=30))
        self.add(CheckedField("handler_identity", _name("handler_identity"), self._judge))

    def _judge(self, text: str) -> lookup.Judged:
        return lookup.judge_identity(text, local_day(self._context.now()))


class EmployerDetail(Complaining, JobDetailView):
    """One employer."""

    kind = "employer"
    table = flow.EMPLOYER
    right = "job.employer.edit"
    order = (
        "employer_kind", "name", "credit_code", "identity_number", "legal_person", "industry", "address", "handler_name",
        "handler_identity", "handler_phone", "valid_until", "vetted_by", "vetted_at", "sanction_reason", "sanction_until",
        "sanction_raised_by", "sanction_by", "sanction_proposed", "sanction_proposed_by", "sanction_proposed_reason",
        "sanction_proposed_until", "appeal", "notes", "void_reason", "created_by", "created_at",
    )

    files: EmployerPapers

    def make_files(self) -> EmployerPapers:
        """The scans of its papers, told apart."""
        return EmployerPapers(self.page)

    def more(self) -> Callable[..., Any]:
        """Ask for the papers, complaints and appeals as well."""
        return appealing.more_of

    def fill(self, found: Loaded) -> None:
        """Show the employer, and what is missing before it can be vetted."""
        super().fill(found)
        self.files.show_ways(found.more.papers, not found.voided and self.context.may("attachment.add"))

    def shown_facts(self, found: Loaded) -> list[Fact]:
        """Who it is, which papers there are, and what became of it."""
        at = self.order.index("valid_until")
        facts = super().shown_facts(found)
        more = found.more
        return [*facts[:at], *paper_facts(more.papers), *facts[at:-3], *appealing.appeal_facts(more), *facts[-3:]]

    def number(self, fields: dict[str, Any]) -> str:
        """Firms have no number here; the code identifies them."""
        return str(fields.get("credit_code", ""))

    def title(self, fields: dict[str, Any]) -> str:
        """Return the name."""
        return str(fields["name"])

    def tags(self, found: Loaded) -> list[Tag]:
        """Say when the check has run out."""
        until = found.detail.fields.get("valid_until")
        if found.state == flow.NORMAL and until and until < local_day(self.context.now()).isoformat():
            return [Tag(self.tr("核验已过期"), Tone.DANGER)]
        proposed = appealing.proposal(found)
        if found.state in queries.SANCTIONED and self._is_over(found):
            return [Tag(self.tr("处理已期满，可以恢复"), Tone.INFO)]
        if found.more.open_appeal is not None:
            return [Tag(self.tr("申诉待决定"), Tone.WARNING)]
        if proposed:
            what = action_word("employer", proposed)
            return [Tag(self.tr("已提出{action}，待另一人批准").format(action=what), Tone.WARNING)]
        lacking = missing_tag(found.more.papers) if found.state == flow.PENDING else None
        return [lacking] if lacking is not None else []

    def step_fields(self, action: str) -> Sequence[Field]:
        """A complaint and an appeal are records beside the employer: they ask for what is theirs."""
        assert self._loaded is not None
        if action == "complain":
            return self.new_complaint()
        if action in appealing.ACTIONS:
            return appealing.appeal_fields(action, self._loaded, appealing.today_of(self.context))
        return super().step_fields(action)

    def perform(self, action: str, values: dict[str, Any]) -> None:
        """Take a step, or make one of those records."""
        assert self._loaded is not None
        if action == "complain":
            self.complain(values)
        elif action in appealing.ACTIONS:
            more = self._loaded.more
            appealing.perform(self, action, values, more.left_appeal if action == appealing.CLOSE else more.open_appeal)
        else:
            super().perform(action, values)

    def _actions(self, found: Loaded) -> list[Action]:
        """What is decided comes first; complaints and appeals stand apart from the steps."""
        further = appealing.appeal_actions(self.context, found)
        deciding = [each for each in further if not each.apart]
        steps = super()._actions(found)
        if found.state == "blacklisted" and not self._is_over(found):
            steps = [each for each in steps if each.key != "lift"]
        beside = self.complaint_action() if not found.voided else []
        return [*deciding, *steps, *(each for each in further if each.apart), *beside]

    def _is_over(self, found: Loaded) -> bool:
        until = found.detail.fields.get("sanction_until")
        return bool(until) and str(until) < appealing.today_of(self.context)

    def more_fields(self, action: str, found: Loaded) -> Sequence[Field]:
        """Vetting says which papers were shown and until when; a sanction may end on a day."""
        if action == "vet":
            return self._vetting(found)
        if action in flow.SANCTIONS:
            until = DayField("sanction_until", _name("sanction_until"), required=True,
                             help=lambda: self.tr("要两个人决定：先由一人提出，再由另一人用同一个按钮批准"))
            until.set_value(found.detail.fields.get("sanction_proposed_until") if appealing.proposal(found) == action else None)
            return [until]
        return ()

    def has_main(self, found: Loaded) -> bool:
        """A new employer waits to be vetted, an appeal to be decided; of one in good standing nothing is expected."""
        return found.state == flow.PENDING or found.more.open_appeal is not None

    def command(self) -> Callable[..., Any]:
        """Steps of employers."""
        return commands.act_employer

    def edit_command(self) -> Callable[..., Any]:
        """Corrections of employers."""
        return commands.edit_employer

    def edit_form(self, found: Loaded) -> RecordForm:
        """Correct everything but what is covered."""
        fields = found.detail.fields | found.detail.written
        shown = {k: v for k, v in fields.items() if k not in COVERED}
        form = EmployerForm(self.context, lambda: self.tr("保存修改"), f"employer/{self.record_id}/edit", lambda: shown)
        for key in ("credit_code", "identity_number"):
            form.fields[key].required = False
        return form

    def _vetting(self, found: Loaded) -> list[Field]:
        fields: list[Field] = []
        if found.detail.fields.get("employer_kind") != "person":
            for name in flow.SHOWN:
                box = CheckField(name, _name(name))
                box.set_value(found.detail.fields.get(name))
                fields.append(box)
        until = DayField("valid_until", _name("valid_until"), required=True,
                         help=lambda: self.tr("到期后要重新核验，一般一年"))
        until.set_value((local_day(self.context.now()) + timedelta(days=365)).isoformat())
        return [*fields, until]


class EmployerRecords(JobRecords):
    """Employers, newest first."""

    kind, memory = "employer", "employers"
    chips_of = {"pending": (flow.PENDING,), "normal": (flow.NORMAL,), "bad": (flow.SUSPENDED, flow.BLACKLISTED)}

    def list_query(self) -> Callable[..., Any]:
        """The list of employers."""
        return queries.list_employers

    def make_detail(self) -> EmployerDetail:
        """Return the detail."""
        return EmployerDetail(self.page)

    def make_form(self) -> FormPane:
        """Return the form of a new employer."""
        form = EmployerForm(self.context, lambda: self.tr("登记单位"), "employer/new",
                            lambda: {"employer_kind": "enterprise"})
        return pane(form, lambda: self.tr("登记用工单位"), lambda form: self.register(
            commands.register_employer, form, form.values(), self.tr("单位已登记，等另一位同事核验。已保存在本机。")))

    def line(self, found: EmployerRow) -> Line:
        """Name, kind, phone, and until when the check holds."""
        now = self.context.now()
        until = found.valid_until
        when = self.tr("有效至 {day}").format(day=short_day(until, now.astimezone(CHINA).date())) if until else (
            short_moment(found.created_at, now))
        detail = joined(word("employer_kind", found.employer_kind), found.handler_phone)
        return Line(found.name, detail, state_tag("employer", found.state), when)

    def chip_words(self) -> list[tuple[str, str]]:
        """Everybody first."""
        return [("all", self.tr("全部")), ("pending", self.tr("待核验")), ("normal", self.tr("正常")),
                ("bad", self.tr("暂停和黑名单")), ("void", self.tr("已作废"))]

    def empty(self) -> Empty:
        """Say what belongs here."""
        if self.chips.current == "all":
            return Empty(self.tr("还没有用工单位"), self.tr("企业、商户，或请人帮忙的居民，登记并核验后才能招工。"),
                         self.tr("登记单位"), "building-2")
        return Empty(self.tr("这个筛选下没有单位"), icon="filter")

    def may_create(self) -> bool:
        """Whether the person may record employers."""
        return self.context.may("job.employer.edit")

    def retranslate(self) -> None:
        """Say everything again."""
        super().retranslate()
        self.search.show_hint(self.tr("搜名称、拼音首字母、信用代码、电话尾号（/）"))


def make(page: Page) -> EmployerRecords:
    """Return the list."""
    return EmployerRecords(page)
