"""Handing a report over: whom it goes to, what of it, why; and before 110 the call, said in large letters (先拨110)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from ui.labels import field_word
from ui.pages.reports.file_ticks import FileTicks
from ui.pages.values import said
from ui.pages.work_detail import reason_field, scrolled
from ui.theme import set_kind
from ui.theme.tokens import L, S
from ui.widgets.banner import Banner
from ui.widgets.base import Label, Words, card, column
from ui.widgets.dialogs import Sheet
from ui.widgets.facts import Fact, Facts
from ui.widgets.fields import (
    CheckField,
    ChoiceField,
    Field,
    LongTextField,
    MomentField,
    TextField,
    WidgetField,
)
from ui.widgets.forms import Form
from ui.widgets.header import Section
from ui.widgets.tag import Tone
from zzdesk.clock import to_iso
from zzdesk.handover import workflow as flow
from zzdesk.i18n import translate as say

HANDOVER: Final = "handover"
CALL_110: Final = "call-110"
ACTIONS: Final = (HANDOVER, CALL_110)
_WIDTH: Final = 600
_GIVEN_HEIGHT: Final = 232
"""Room for what is handed over; the rest is reached by scrolling, so that the dialog fits a small screen."""
translate = QCoreApplication.translate


def _name(field: str) -> Words:
    return lambda: field_word("handover_order", field)


class _FormSheet(Sheet):
    """A dialog around a form: its main button finishes the form, which says at each field what is missing."""

    def __init__(self, parent: QWidget | None, title: str, text: str, go: str, danger: bool = False) -> None:
        super().__init__(parent, title, text, go, danger)
        self.values: dict[str, Any] = {}
        self.form = Form(lambda: go, scroll=False)
        self.form.button.hide()
        self.form.saved.hide()  # nothing is kept as a draft: its line would stay empty
        self.form.finished.connect(self._done)
        self.setMinimumWidth(_WIDTH)

    def accept(self) -> None:
        """Check first; what is missing is said at its field, for which there has to be room."""
        self.form.finish()
        if self.isVisible():
            self.fit()

    def fit(self) -> None:
        """Be as high as what is shown now."""
        for layout in (self.form.layout(), self.layout()):
            layout.activate()
        self.resize(self.width(), self.layout().totalHeightForWidth(self.width()))

    def _done(self, values: dict[str, Any]) -> None:
        self.values = values
        super().accept()


class HandoverSheet(_FormSheet):
    """Asks whom a report goes to and why, and shows who gets it there and what goes along."""

    def __init__(self, parent: QWidget | None, choices: Sequence[Any], now: datetime) -> None:
        go = translate("Handover", "转办")
        super().__init__(parent, translate("Handover", "转办给别的平台"),
                         translate("Handover", "先保存在本机，同步后由中心发出；对方的回执和办理情况会回到这件事件上。"), go)
        self._choices, self._now = {each.code: each for each in choices}, now
        self.whom = ChoiceField("partner", _name("partner"), list(self._choices), self._word, required=True)
        self.form.add(self.whom)
        self.banner = Banner()
        self.form.add_widget(self.banner)
        self.form.add(reason_field(_name("reason")))
        self.refer = CheckField("refer", lambda: translate("Handover", "本站不再办理（事件改为“已转出”）"))
        self.form.add(self.refer)
        self.head, self.note, self.facts = Section(), Label(kind="small", wrap=True), Facts()
        self.box = card()
        self.ticks, self.asked = FileTicks(now, parent=self.box), Label(kind="small", wrap=True, parent=self.box)
        self.box.setLayout(column(self.head, self.note, self.facts, self.asked, self.ticks, None, gap=S, margins=L))
        self.area = scrolled(self.box)
        self.area.setFixedHeight(_GIVEN_HEIGHT)
        self.body.addWidget(self.form)
        self.body.addWidget(self.area)
        self.whom.edited.connect(self.show_choice)
        self.show_choice()
        self.form.focus_first()

    def _word(self, code: str) -> str:
        return str(self._choices[code].name)

    @property
    def chosen(self) -> Any:
        """The partner that is chosen, None before one is."""
        return self._choices.get(self.whom.value() or "")

    def show_choice(self) -> None:
        """Show who gets it and what goes along; or why it cannot go there."""
        found = self.chosen
        why = say(found.why_not) if found is not None and found.why_not else ""
        calls = found is not None and found.call_first
        call = translate("Handover", "110 要先打电话：下一步记下谁打的、谁接的警。") if calls else ""
        self.banner.show_text(why or call, Tone.DANGER if why else Tone.WARNING)
        self.go.setEnabled(not why)
        self.area.setVisible(found is not None and not why)
        self.ticks.offer(found.files if found is not None and not why else ())
        self.asked.setVisible(bool(self.ticks.boxes))
        before = self.refer.control
        for box in self.ticks.boxes.values():  # made last, they would be reached last
            QWidget.setTabOrder(before, box)
            before = box
        if self.isVisible():
            self.fit()
        if found is None or why:
            return
        self.asked.setText(ticks_help())
        self.head.set_texts(translate("Handover", "交出的内容"), translate("Handover", "共 {count} 项").format(
            count=len(found.handed)))
        unsure = translate("Handover", "收件部门的名称未核实，请按本地的对接文件填写。")
        self.note.setText(unsure if found.placeholder else "")
        self.note.setVisible(found.placeholder)
        recipient = Fact(field_word("handover_order", "recipient"), found.recipient)
        given = [Fact(field_word("report", name), said("report", name, value, self._now)) for name, value in found.handed]
        self.facts.show_facts([recipient, *given, *_files(found)])


def _files(found: Any) -> list[Fact]:
    """Return how many photos and files can go along; of a photo only the copy without place and camera."""
    if not found.files and not found.kept:
        return []
    goes = translate("Handover", "{count} 个可以交（照片只交去掉位置和设备信息的副本）").format(count=len(found.files))
    kept = translate("Handover", "另有 {count} 个不交（证件、录音、证据等）").format(count=found.kept)
    said = [*([goes] if found.files else []), *([kept] if found.kept else [])]
    return [Fact(translate("Handover", "照片和文件"), "；".join(said))]


def ticks_help() -> str:
    """Return what is said above the ticks."""
    return translate("Handover", "勾选的才交。证件照片、写着别人信息的文件不要勾。")


class CallFirstSheet(_FormSheet):
    """Stands in the way until somebody has called 110: who, when, who took the call, what was said. Needs no network."""

    def __init__(self, parent: QWidget | None, me: str, now: datetime, reason: str | None = None) -> None:
        go, large = translate("Handover", "已打过电话，保存并转 110"), translate("Handover", "先拨110")
        text = translate("Handover", "有危险先打电话报警，再填下面的内容。没有网络也能存；一有网络，它走在最前面。")
        super().__init__(parent, large, text, go, danger=True)
        self.large = next(label for label in self.findChildren(Label) if label.text() == large)
        set_kind(self.large, "display")
        warning = translate("Handover", "不打电话，110 收不到任何东西：系统不会替您报警。")
        self.body.addWidget(Banner(Tone.DANGER, warning))
        self.setAccessibleName(f"{large} {warning} {text}")
        at, by, taker, outcome = call_fields()
        self.form.add(at, by)
        for field in (taker, outcome, reason_field(_name("reason"))):
            self.form.add(field)
        self.form.set_values({"called_at": to_iso(now), "called_by": me or None, "reason": reason})
        self.body.addWidget(self.form)
        self.form.fields["call_taker"].control.setFocus()


def call_fields() -> Sequence[Field]:
    """Return what is written down of the call; all of it is needed."""
    return (
        MomentField("called_at", _name("called_at"), required=True),
        TextField("called_by", _name("called_by"), required=True, limit=60),
        TextField("call_taker", _name("call_taker"), required=True, limit=60,
                  help=lambda: translate("Handover", "接电话的民警姓名或警号。")),
        LongTextField("call_outcome", _name("call_outcome"), required=True, lines=2,
                      help=lambda: translate("Handover", "怎么答复的：出警、让等候、转别处。")),
    )  # fmt: skip


def ask_handover(parent: QWidget, choices: Sequence[Any], me: str, now: datetime) -> dict[str, Any] | None:
    """Ask whom a report goes to; for 110 also for the call. None where the person went back."""
    sheet = HandoverSheet(parent.window(), choices, now)
    if sheet.exec() != Sheet.DialogCode.Accepted:
        return None
    values = dict(sheet.values) | {"files": sheet.ticks.value()}
    if not sheet.chosen.call_first:
        return values
    called = ask_call(parent, me, now, values.get("reason"))
    return values | called if called is not None else None


def ask_call(parent: QWidget, me: str, now: datetime, reason: str | None = None) -> dict[str, Any] | None:
    """Say 先拨110 and ask for the call; None where the person went back."""
    sheet = CallFirstSheet(parent.window(), me, now, reason)
    return dict(sheet.values) if sheet.exec() == Sheet.DialogCode.Accepted else None


def order_fields(action: str, order: Any, now: datetime) -> Sequence[Field]:
    """Return what writing a step of an order down by hand asks for."""
    text = LongTextField("text", lambda: translate("Handover", "对方怎么说的（可不填）"), lines=2)
    if action == flow.ADD_FILES:
        return (WidgetField("files", lambda: translate("Handover", "补交哪些"), FileTicks(now, order.more), help=ticks_help,
                            keep=False),)
    if action == flow.DELIVER:
        return (TextField("receipt_number", _name("receipt_number"), required=True, limit=60),
                TextField("external_ref", _name("external_ref"), limit=60), text)  # fmt: skip
    if action in (flow.WITHDRAW, flow.RETURN):
        return (reason_field(lambda: translate("Handover", "理由")),)
    if action == flow.SETTLE:
        return (LongTextField("text", lambda: translate("Handover", "怎么告诉居民的，或怎么接着办（可不填）"), lines=2),)
    if action == flow.ANSWER:
        return answer_fields(order)
    return (text,)


def answer_fields(order: Any) -> Sequence[Field]:
    """Return what is answered to who handed over to us, as far as it is written already."""
    out = CheckField("out_of_duty", lambda: translate("Handover", "超职责诉求：不属于本单位职责"))
    kind = TextField("request_type", lambda: translate("Handover", "申请类型（超职责时必填）"), limit=60,
                     placeholder=lambda: translate("Handover", "例如：超出行政范围类"))
    text = LongTextField("public_answer", _name("public_answer"), required=True, lines=4,
                         help=lambda: translate("Handover", "对方会公开这段话，不要写姓名、电话和住址。"))
    out.set_value(order.out_of_duty)
    kind.set_value(order.request_type)
    text.set_value(order.public_answer)
    return out, kind, text

