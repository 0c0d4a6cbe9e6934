"""What each step of a report asks for, read from the transition table so that the window asks what the rule needs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from ui.labels import codes, field_word, word
from ui.pages.work_detail import reason_field
from ui.widgets.base import Words
from ui.widgets.fields import ChoiceField, Field, LongTextField, MomentField, TextField, WidgetField
from zzdesk.reports.workflow import EVALUATIONS, REFERRALS, TRANSITIONS
from zzdesk.workflow import Needs

translate = QCoreApplication.translate

MakePicker = Callable[[str], QWidget]
"""make_picker(field): a line that offers what was typed into this field before."""


def _name(field: str) -> Words:
    return lambda: field_word("step", field)


def fields_of(action: str, state: str, make_picker: MakePicker, now: str) -> Sequence[Field]:
    """Return the fields of an action; none where the step needs nothing but the decision."""
    if action == "note":
        return [LongTextField("note", lambda: translate("ReportSteps", "备注"), required=True)]
    needs = TRANSITIONS.by_action(action, state).needs
    fields = _needed(action, needs, make_picker, now)
    if fields and "note" not in {field.key for field in fields}:
        fields.append(LongTextField("note", lambda: translate("ReportSteps", "补充说明（可不填）"), lines=2))
    return fields


def _needed(action: str, needs: Needs, make_picker: MakePicker, now: str) -> list[Field]:
    fields: list[Field] = []
    if "handler_unit" in needs.fields:
        fields.append(WidgetField("handler_unit", _name("handler_unit"), make_picker("handler_unit"), required=True,
                                  help=lambda: translate("ReportSteps", "输入几个字，可选以前派过的单位。")))
        fields.append(TextField("assist_units", lambda: translate("ReportSteps", "协办单位（可不填）"), limit=200,
                                help=lambda: translate("ReportSteps", "几个单位之间用顿号分开；都反馈了才能处置完成。")))
    if "referred_to" in needs.fields:
        fields += _referral()
    if "contact" in needs.evidence:
        fields += _contact(now)
    if "answer" in needs.evidence and action != "redo":
        fields.append(_answer())
    if "note" in needs.evidence:
        fields.append(LongTextField("note", _name("note"), required=True, help=lambda: _note_help(action)))
    if needs.reason:
        fields.append(reason_field(lambda: field_word("step", "reason")))
    if action == "redo":
        fields.append(LongTextField("note", lambda: translate("ReportSteps", "居民不满意的地方"), required=True))
    return fields


def _note_help(action: str) -> str:
    if action == "confirm":
        return translate("ReportSteps", "谁去看的、什么时候、看到什么。")
    return translate("ReportSteps", "做了什么、结果怎样，将如实反馈给居民。")


def _referral() -> list[Field]:
    whom = ChoiceField("referred_to", _name("referred_to"), REFERRALS, lambda c: word("referral", c), required=True,
                       help=lambda: translate("ReportSteps", "转 110 要先打电话：下一步记下谁打的、谁接的警，转办件一起发出。"))
    target = TextField("referred_target", lambda: field_word("report", "referred_target"), limit=60)
    return [whom, target]


def _contact(now: str) -> list[Field]:
    result = ChoiceField("contact_result", _name("contact_result"), codes("contact"), lambda c: word("contact", c),
                         required=True)
    moment = MomentField("contact_at", _name("contact_at"), required=True)
    moment.set_value(now)
    phone = TextField("contact_phone", _name("contact_phone"), limit=30,
                      help=lambda: translate("ReportSteps", "打的是哪个号码；当面告知可不填。"))
    return [result, moment, phone]


def _answer() -> Field:
    given = [code for code in EVALUATIONS if code != "unsatisfied"]
    return ChoiceField(
        "answer", _name("answer"), given, lambda c: word("evaluation", c), required=True,
        help=lambda: translate("ReportSteps", "只记居民自己的话；没有答复请用“未评价办结”，不满意请用“退回重办”。"))


def transfer_fields(make_place: Callable[[], QWidget]) -> Sequence[Field]:
    """Return what handing a report over to another place asks for."""
    where = WidgetField(
        "to", lambda: translate("ReportSteps", "转到哪里"), make_place(), required=True,
        help=lambda: translate("ReportSteps", "中心确认后，这件事件连同经过和附件一起离开本站。"))
    return [where, reason_field(lambda: field_word("step", "reason")),
            LongTextField("note", lambda: translate("ReportSteps", "补充说明（可不填）"), lines=2)]


def step_of(action: str, values: dict[str, Any]) -> tuple[dict[str, Any], str | None]:
    """Return the fields of the step and the reason, as the command takes them."""
    step = dict(values)
    reason = step.pop("reason", None)
    if action == "redo":
        step["answer"] = "unsatisfied"
    return step, reason
