"""Forms beside an applicant: when somebody came or left, why not, who comes instead, and what the work is paid."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject

from ui.labels import action_word, field_word
from ui.pages.base import Page
from ui.pages.work_detail import WorkDetail, reason_field
from ui.widgets.base import Words
from ui.widgets.dates import CHINA
from ui.widgets.fields import DayField, IntegerField, MomentField, MoneyField, TextField, WidgetField
from ui.widgets.picker import Option, Picker
from ui.widgets.record_form import RecordForm
from zzdesk.errors import KnownError
from zzdesk.jobs import commands, queries
from zzdesk.jobs import workflow as flow
from zzdesk.jobs.queries import ApplicationRow, JobFilter

translate = QCoreApplication.translate
WITH_SOMEBODY_ELSE = ("no-show", "withdraw")


def there(found: ApplicationRow) -> str:
    """Return from when to when somebody was there: ``08:02–17:11``; empty before."""
    if found.checked_in_at is None:
        return ""
    left = f"{found.checked_out_at.astimezone(CHINA):%H:%M}" if found.checked_out_at else ""
    return f"{found.checked_in_at.astimezone(CHINA):%H:%M}–{left}"


def wage_field(name: str) -> Words:
    """Return the name of a field of the ledger."""
    return lambda: field_word("wage_line", name)


def wage_fields(quantity: bool) -> Sequence[Sequence[Any]]:
    """Return the rows of the form of a wage: what is added, what is taken off and why, and when it is to be paid."""
    optional = lambda: translate("WageForm", "没有就空着")  # noqa: E731
    first = [[MoneyField("quantity", wage_field("quantity"), required=True)]] if quantity else []
    return [
        *first,
        [MoneyField("overtime", wage_field("overtime"), help=optional), MoneyField("allowance", wage_field("allowance"))],
        [TextField("extra_note", wage_field("extra_note"), limit=120)],
        [MoneyField("withheld", wage_field("withheld")), MoneyField("paid_over", wage_field("paid_over")),
         MoneyField("deducted", wage_field("deducted"))],
        [TextField("deduction_note", wage_field("deduction_note"), limit=120,
                   help=lambda: translate("WageForm", "有扣款必须写明；赔偿扣款不超过两成"))],
        [DayField("agreed_on", wage_field("agreed_on"),
                  help=lambda: translate("WageForm", "不填就按岗位上约定的日子；遇到放假，会提前到放假前"))],
    ]


class WorkerPicker(Picker):
    """Finds somebody who can take work, by name, pinyin, card or the end of the phone."""

    def __init__(self, page: Page) -> None:
        self._page = page
        super().__init__(self._ask, lambda: translate("WorkerPicker", "姓名、拼音、卡号或电话尾号"))

    def _ask(self, text: str, on_found: Callable[[Sequence[Option]], None]) -> None:
        self._page.context.runner.read(
            queries.find, "worker", text, JobFilter((flow.ACTIVE,)), None, 8, owner=self, on_error=lambda error: None,
            on_done=lambda page: on_found([Option(w.id, w.name, f"{w.card} · {w.phone}") for w in page.rows]))


class ApplicationForms(QObject):
    """Shows one form at a time in the place of the record's facts."""

    def __init__(self, page: Page, detail: WorkDetail) -> None:
        super().__init__(page)
        self._page, self._context, self._detail = page, page.context, detail

    def ask_reason(self, found: ApplicationRow, action: str) -> None:
        """Ask why, and where somebody with a place gives it up, who comes instead."""
        form = self._form(f"application/{found.id}/{action}", lambda: action_word("application", action))
        form.add(reason_field(lambda: field_word("*", "reason")))
        placed = action in WITH_SOMEBODY_ELSE and found.state == flow.CONFIRMED
        if placed:
            form.add(WidgetField("worker_id", lambda: translate("ApplicationForms", "谁来顶替"), WorkerPicker(self._page),
                                 help=lambda: translate("ApplicationForms", "没有人顶替就空着")))

        def finish(values: dict[str, Any]) -> None:
            instead = values.get("worker_id")
            if placed and instead:
                self._run(form, found, action, commands.replace, found.id, instead, action, values["reason"])
            else:
                self._run(form, found, action, commands.act_application, found.id, action, {}, values["reason"])

        self._show(form, found, action, finish)

    def ask_instead(self, found: ApplicationRow) -> None:
        """Ask who comes in place of somebody of whom it is known that he did not."""
        form = self._form(f"application/{found.id}/instead", lambda: translate("ApplicationForms", "由他顶替"))
        form.add(WidgetField("worker_id", lambda: translate("ApplicationForms", "谁来顶替"), WorkerPicker(self._page),
                             required=True))

        def finish(values: dict[str, Any]) -> None:
            form.set_busy(True)
            self._detail.do(commands.replace, found.id, values["worker_id"], on_error=form.show_error,
                            then=self._detail.finished, said=translate("ApplicationForms", "已安排顶替，已保存在本机"))

        form.finished.connect(finish)
        self._detail.show_form(form, lambda: translate("ApplicationForms", "{name}：找人顶替").format(name=found.worker))
        form.open()

    def ask_time(self, found: ApplicationRow) -> None:
        """Ask when somebody came, or left and how long the pause was, by the sheet of the site."""
        action, name = ("check-in", "checked_in_at") if found.state == flow.CONFIRMED else ("check-out", "checked_out_at")
        form = self._form(f"application/{found.id}/{name}", lambda: action_word("application", action))
        moment = MomentField(name, lambda: field_word("application", name), required=True)
        form.add(moment)
        if action == "check-out":
            form.add(IntegerField("break_minutes", lambda: field_word("application", "break_minutes"),
                                  help=lambda: translate("ApplicationForms", "吃饭、休息等不计酬的时间")))
        finish = lambda values: self._run(  # noqa: E731
            form, found, action, commands.act_application, found.id, action, dict(values), None)
        self._show(form, found, action, finish)
        if moment.value() is None:
            moment.set_value(self._context.now().isoformat())

    def ask_wage(self, found: ApplicationRow) -> None:
        """Ask for what is paid beside the basic pay, and what is taken off it."""
        self._context.runner.read(queries.detail, "posting", found.posting_id, owner=self, on_error=self._failed,
                                  on_done=lambda posting: self._ask_wage(found, str(posting.fields.get("pay_unit"))))

    def _ask_wage(self, found: ApplicationRow, unit: str) -> None:
        form = self._form(f"application/{found.id}/wage", lambda: translate("ApplicationForms", "记入台账"))
        for fields in wage_fields(unit not in ("hour", "day")):
            form.add(*fields)

        def finish(values: dict[str, Any]) -> None:
            form.set_busy(True)
            given = {name: value for name, value in values.items() if value not in (None, "")}
            self._detail.do(commands.book, found.id, given, on_error=form.show_error, then=self._detail.finished,
                            said=translate("ApplicationForms", "{name} 的工资已记入台账").format(name=found.worker))

        form.finished.connect(finish)
        self._detail.show_form(form, lambda: translate("ApplicationForms", "{name}：登记工资").format(name=found.worker))
        form.open()

    def _form(self, key: str, words: Words) -> RecordForm:
        return RecordForm(words, leave=lambda: translate("ApplicationForms", "返回"), key=key, drafts=self._context.drafts)

    def _show(self, form: RecordForm, found: ApplicationRow, action: str, finish: Callable[[dict[str, Any]], None]) -> None:
        form.finished.connect(finish)
        self._detail.show_form(form, lambda: f"{found.worker}：{action_word('application', action)}")
        form.open()

    def _run(self, form: RecordForm, found: ApplicationRow, action: str, command: Callable[..., Any], *arguments: Any) -> None:
        form.set_busy(True)
        said = translate("ApplicationForms", "{name}：{action}，已保存在本机").format(
            name=found.worker, action=action_word("application", action))
        self._detail.do(command, *arguments, said=said, on_error=form.show_error, then=self._detail.finished)

    def _failed(self, error: KnownError) -> None:
        self._context.toast(error.text(), bad=True)
