"""零工: who looks for work. Nobody below sixteen, and nothing is kept of a child who asks."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final

from PySide6.QtCore import QCoreApplication

from ui.context import Context
from ui.labels import codes, field_word, state_tag, word
from ui.models.paging import Line
from ui.pages.base import Page
from ui.pages.jobs.alike import AlikeSheet
from ui.pages.jobs.applications import Applications
from ui.pages.jobs.records import JobDetailView, JobRecords, Loaded, pane
from ui.pages.records import Detail, Empty, FormPane
from ui.pages.values import joined
from ui.widgets.base import Button, Words, row
from ui.widgets.checked import CheckedField
from ui.widgets.dates import short_moment
from ui.widgets.dialogs import confirm
from ui.widgets.fields import ChoiceField, IntegerField, LongTextField, MoneyField, TextField, WidgetField
from ui.widgets.many import ManyOf
from ui.widgets.picker import PlacePicker
from ui.widgets.record_form import RecordForm
from ui.widgets.record_head import Action
from zzdesk.clock import local_day
from zzdesk.desk import lookup
from zzdesk.jobs import commands, queries
from zzdesk.jobs import workflow as flow
from zzdesk.jobs.queries import JobFilter, WorkerRow

translate = QCoreApplication.translate

WITHDRAW: Final = "withdraw-consent"
COVERED: Final = (
    "name", "identity_number", "phone", "address", "health_limits", "emergency_name", "emergency_phone",
    "guardian_name", "guardian_phone", "birth",
)  # fmt: skip


def _name(field: str) -> Words:
    return lambda: field_word("worker", field)


class WordsField(TextField):
    """Several short words in one line, with 、 between them: tools, certificates (``name@2027-05-01``), languages."""

    def value(self) -> list[str] | None:  # type: ignore[override]
        """Return the words; None for none."""
        text = super().value() or ""
        return [part.strip() for part in re.split(r"[,，、;；]", text) if part.strip()] or None

    def set_value(self, value: Any) -> None:
        """Show the words in one line."""
        super().set_value("、".join(value or ()))


class WorkerForm(RecordForm):
    """The number first, because it decides whether there may be a record at all."""

    def __init__(self, context: Context, finish: Words, key: str, start: Callable[[], dict[str, Any]]) -> None:
        super().__init__(finish, leave=lambda: translate("WorkerForm", "稍后再填"), key=key, drafts=context.drafts,
                         start=start)
        self._context = context
        self._person()
        self.add_group(lambda: translate("WorkerForm", "能做什么、想要什么"))
        self._work()
        self.add_group(lambda: translate("WorkerForm", "有急事找谁"))
        self.add(TextField("emergency_name", _name("emergency_name"), limit=40),
                 TextField("emergency_phone", _name("emergency_phone"), limit=30))
        self.add(TextField("guardian_name", _name("guardian_name"), limit=40,
                           help=lambda: translate("WorkerForm", "满16、不满18周岁的请写监护人")),
                 TextField("guardian_phone", _name("guardian_phone"), limit=30))
        self.add_group(lambda: translate("WorkerForm", "自愿告知的（可以不填，不影响找活）"))
        self._told()
        self.add(LongTextField("notes", _name("notes"), lines=2))

    def _told(self) -> None:
        """What is told of one's own will, with the text that was agreed to (PIPL articles 16 and 29)."""
        self.add(ChoiceField("consent_version", _name("consent_version"), [queries.consent()[0]],
                             lambda c: translate("WorkerForm", "已签 {version} 版").format(version=c),
                             help=lambda: queries.consent()[1]),
                 ChoiceField("legal_basis", _name("legal_basis"), codes("legal_basis"), lambda c: word("legal_basis", c),
                             empty=False))
        self.add(LongTextField("health_limits", _name("health_limits"), lines=2,
                               help=lambda: translate("WorkerForm", "先选已签的同意书；本人撤回同意时会删掉")))

    @property
    def underage(self) -> bool:
        """Whether the number says that the person is below sixteen."""
        number = self.fields["identity_number"].value()
        return bool(number) and self._judge(str(number)).underage

    def snapshot(self) -> dict[str, Any]:
        """Nothing of a child is kept, not even in a draft."""
        return {} if self.underage else super().snapshot()

    def _problems(self) -> dict[str, str]:
        """A child's number goes to the command, which refuses it and counts the refusal, and keeps nothing."""
        return {} if self.underage else super()._problems()

    def _on_edit(self) -> None:
        super()._on_edit()
        if not self._restoring and self.underage:
            self.save_draft()
            self.saved.setText("")

    def _person(self) -> None:
        self.add(CheckedField("identity_number", _name("identity_number"), self._judge, required=True,
                              help=lambda: translate("WorkerForm", "法律要求核对年龄；平时只显示前六位和后四位")))
        self.add(TextField("name", _name("name"), required=True, limit=40),
                 TextField("phone", _name("phone"), limit=30))
        area = PlacePicker(self._context.runner, lambda: translate("WorkerForm", "社区名、拼音或代码"))
        self.add(WidgetField("area_code", _name("area_code"), area),
                 TextField("address", _name("address"), limit=120))

    def _work(self) -> None:
        skills = ManyOf(codes("trade"), lambda code: word("trade", code))
        self.add(WidgetField("skills", _name("skills"), skills))
        self.add(MoneyField("wish_wage", _name("wish_wage")),
                 ChoiceField("wish_unit", _name("wish_unit"), codes("pay_unit"), lambda c: word("pay_unit", c)),
                 IntegerField("distance_km", lambda: translate("WorkerForm", "最远几公里")))
        self.add(WordsField("certificates", _name("certificates"), limit=400,
                            placeholder=lambda: translate("WorkerForm", "例如：保安员证@2027-05-01、健康证"),
                            help=lambda: translate("WorkerForm", "@后面是到期日；过期的证不算")))
        self.add(WordsField("tools", _name("tools"), limit=400),
                 WordsField("languages", _name("languages"), limit=200,
                            placeholder=lambda: translate("WorkerForm", "例如：普通话、闽南语")))

    def _judge(self, text: str) -> lookup.Judged:
        return lookup.judge_identity(text, local_day(self._context.now()), flow.MIN_AGE)


class WorkerDetail(JobDetailView):
    """One worker, and what he or she applied for."""

    kind = "worker"
    table = flow.WORKER
    right = "job.worker.edit"
    order = (
        "name", "identity_number", "sex", "birth", "phone", "address", "skills", "certificates", "tools", "free_times",
        "wish_wage", "wish_unit", "distance_km", "languages", "health_limits", "emergency_name", "emergency_phone",
        "guardian_name", "guardian_phone", "legal_basis", "consent_version", "consent_at", "consent_withdrawn_at",
        "state_reason", "notes",
        "void_reason", "created_by", "created_at",
    )

    def __init__(self, page: Page) -> None:
        self.applications = Applications(page, self, of_worker=True)
        super().__init__(page, self.applications)
        self.card_button = Button("", "", "printer", self.print_card)
        self.above.addLayout(row(self.card_button, None))

    def print_card(self) -> None:
        """Show the card with its code for the kiosk, to be printed or kept."""
        from ui.printing.card import offer_card

        offer_card(self, self.context, self.record_id)

    def fill(self, found: Loaded) -> None:
        """Show the worker and the applications."""
        super().fill(found)
        self.card_button.setText(translate("WorkerDetail", "零工卡"))
        self.card_button.setVisible(not found.detail.fields.get("voided"))
        self.applications.show_for(JobFilter(worker_id=self.record_id), may_add=False)

    def _actions(self, found: Loaded) -> list[Action]:
        """Taking consent back is as easy as giving it (PIPL article 15): one press, no reason."""
        fields = found.detail.fields
        agreed = fields.get("consent_version") and not fields.get("consent_withdrawn_at") and not found.voided
        beside = [Action(WITHDRAW, translate("WorkerDetail", "撤回同意"), apart=True)]
        return [*super()._actions(found), *(beside if agreed and self.context.may(self.right) else [])]

    def start(self, action: str) -> None:
        """Begin an action; what withdrawing does is said before."""
        if action != WITHDRAW:
            super().start(action)
            return
        text = translate(
            "WorkerDetail", "健康情况会删掉。登记依据是同意的，不再介绍活，等着答复的报名会退出；已确认的活照常做、照常付钱。")
        go = translate("WorkerDetail", "撤回同意")
        if confirm(self, go, text, go):
            self.do(commands.act_worker, self.record_id, WITHDRAW, {}, said=translate("WorkerDetail", "同意已撤回，已保存在本机"))

    def number(self, fields: dict[str, Any]) -> str:
        """Return the card's number."""
        return str(fields.get("card", ""))

    def title(self, fields: dict[str, Any]) -> str:
        """Return the name, masked."""
        return str(fields["name"])

    def has_main(self, found: Loaded) -> bool:
        """Of somebody who can take work nothing is expected."""
        return found.state == flow.INACTIVE

    def command(self) -> Callable[..., Any]:
        """Steps of workers."""
        return commands.act_worker

    def edit_command(self) -> Callable[..., Any]:
        """Corrections of workers."""
        return commands.edit_worker

    def edit_form(self, found: Loaded) -> RecordForm:
        """Correct everything but what is covered."""
        fields = found.detail.fields | found.detail.written
        shown = {k: v for k, v in fields.items() if k not in COVERED}
        if fields.get("consent_withdrawn_at"):  # signed anew, it is a change
            shown.pop("consent_version", None)
        form = WorkerForm(self.context, lambda: self.tr("保存修改"), f"worker/{self.record_id}/edit", lambda: shown)
        for key in ("identity_number", "name"):
            form.fields[key].required = False
        signed = form.fields["consent_version"]
        if isinstance(signed, ChoiceField):  # an older text that was signed stays what was signed
            signed.set_choices(sorted({queries.consent()[0], str(fields.get("consent_version") or queries.consent()[0])}))
        return form


class WorkerRecords(JobRecords):
    """Workers, newest first."""

    kind, memory = "worker", "workers"
    chips_of = {"active": (flow.ACTIVE,), "inactive": (flow.INACTIVE, flow.SANCTIONED)}

    def list_query(self) -> Callable[..., Any]:
        """The list of workers."""
        return queries.list_workers

    def make_detail(self) -> Detail:
        """Return the detail."""
        return WorkerDetail(self.page)

    def make_form(self) -> FormPane:
        """Return the form of a new worker."""
        form = WorkerForm(self.context, lambda: self.tr("登记零工"), "worker/new", lambda: {"legal_basis": "contract"})
        return pane(form, lambda: self.tr("登记零工人员"), self._look)

    def _look(self, form: RecordForm) -> None:
        """Ask first who may be registered already; of a child nothing is asked: the command turns it away."""
        values = form.values()
        assert isinstance(form, WorkerForm)
        if form.underage or not self.context.may("job.worker.list"):
            self._register(form, values)
            return
        form.set_busy(True)
        self.context.runner.read(queries.alike_workers, values, owner=self, on_error=form.show_error,
                                 on_done=lambda found: self._decide(form, values, found))

    def _decide(self, form: RecordForm, values: dict[str, Any], found: queries.Alike) -> None:
        """Show who was found; the person goes on, goes back, or opens the record that is there."""
        form.set_busy(False)
        if not found.rows:
            self._register(form, values)
            return
        sheet = AlikeSheet(self.window(), found)
        went_on = sheet.exec() == AlikeSheet.DialogCode.Accepted
        chosen = sheet.chosen
        sheet.deleteLater()
        if went_on and chosen is None:
            self._register(form, values)
        elif chosen is not None:
            self.open_record(chosen)

    def _register(self, form: RecordForm, values: dict[str, Any]) -> None:
        self.register(commands.register_worker, form, values, self.tr("已登记，卡号在最上面。已保存在本机，尚未送达中心。"))

    def line(self, found: WorkerRow) -> Line:
        """Name, skills, phone, short date."""
        skills = self.tr("、").join(word("trade", skill) for skill in found.skills)
        return Line(found.name, joined(skills, found.phone), state_tag("worker", found.state),
                    short_moment(found.created_at, self.context.now()))

    def chip_words(self) -> list[tuple[str, str]]:
        """Those who can take work first."""
        return [("active", self.tr("可接活")), ("inactive", self.tr("暂停和限制")), ("all", self.tr("全部")),
                ("void", self.tr("已作废"))]

    def empty(self) -> Empty:
        """Say what belongs here."""
        if self.chips.current == "active":
            return Empty(self.tr("还没有零工人员"), self.tr("来找活的人登记后，可以报名岗位。未满16周岁的不能登记。"),
                         self.tr("登记零工"), "users")
        return Empty(self.tr("这个筛选下没有人"), icon="filter")

    def may_create(self) -> bool:
        """Whether the person may record workers."""
        return self.context.may("job.worker.register")

    def retranslate(self) -> None:
        """Say everything again."""
        super().retranslate()
        self.search.show_hint(self.tr("搜姓名、拼音首字母、卡号、电话或身份证尾号（/）"))


def make(page: Page) -> WorkerRecords:
    """Return the list."""
    return WorkerRecords(page)
