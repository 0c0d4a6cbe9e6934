"""The hand-over orders of a report under its head: whom, how it stands, the receipt, what was said, what is to be done."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFrame, QWidget

from ui.handover_labels import INBOUND_STATES, UNSENT
from ui.labels import action_word, field_word, say, state_tag, word
from ui.pages.values import joined
from ui.theme import set_kind
from ui.theme.tokens import XS, L, M, S
from ui.widgets.base import Button, Icon, Label, Translated, card, clear, column, row
from ui.widgets.dates import short_moment
from ui.widgets.flow import FlowLayout
from ui.widgets.header import Section
from ui.widgets.tag import StateTag, Tag, Tone
from ui.widgets.timeline import Event
from zzdesk.handover import queries
from zzdesk.handover import workflow as flow
from zzdesk.i18n import translate as in_words

PREFIX: Final = "handed"
"""Before the action and the id of an order, as the detail is told of them: ``handed/finish/ID``."""
_MOST_LINES: Final = 4
translate = QCoreApplication.translate


def order_tag(order: Any) -> Tag:
    """Return how an order stands, from this side of it, with a shape beside the colour."""
    tag = state_tag("handover_order", order.state)
    if order.direction == flow.IN and order.state in INBOUND_STATES:
        text, tone = INBOUND_STATES[order.state]
        tag = Tag(say(text), tone)
    if order.unsent:
        return Tag(f"▲ {say(UNSENT[order.unsent])}", Tone.DANGER)
    shape = {flow.WAITING: "◔", flow.DELIVERED: "◐", flow.WORKING: "◐", flow.DONE: "●", flow.RETURNED: "▲"}.get(order.state, "–")
    return Tag(f"{shape} {tag.text}", tag.tone)


def hint(order: Any) -> str:
    """Return what somebody has to do about an order, empty where nothing."""
    if order.direction == flow.IN:
        return "" if order.public_answer else translate("Handed", "办结前要写公开答复，中心才会回告对方。")
    if order.unsent:
        return translate("Handed", "中心没有送出这一件：请打电话告诉对方，再记“送达”；接通后没有记过送达的会自动送。")
    if order.finished and order.state == flow.DONE:
        return translate("Handed", "对方已办结：请核对结果，再按本站的流程反馈居民、请居民评价。")
    if order.finished:
        return translate("Handed", "对方退回了：请看理由，改派或收回办理。")
    if order.more:
        more = translate("Handed", "这件事件又有 {count} 个附件还没有交给对方：要交就按“补交文件”。")
        return more.format(count=len(order.more))
    if order.files.refused:
        return translate("Handed", "有附件对方没有收到：请看原因，用别的办法送去，或打电话告诉对方。")
    return ""


def settle_word(order: Any) -> str:
    """Return what the last step of an order is called: what there is to do depends on how the other side ended."""
    return translate("Handed", "已告诉居民") if order.state == flow.DONE else translate("Handed", "收回办理")


def action_name(action: str, order: Any) -> str:
    """Return what the button of a step says."""
    return settle_word(order) if action == flow.SETTLE else action_word("handover_order", action)


class OrderCard(QFrame):
    """One order; ``perform("handed/finish/ID")`` and the like is called for a step."""

    def __init__(self, order: Any, perform: Callable[[str], Any], now: datetime, *, may: bool) -> None:
        super().__init__()
        set_kind(self, "selectable")
        self.buttons: dict[str, Button] = {}
        title = _title(order)
        self.tag, self.head = StateTag(order_tag(order)), Label(title, "strong", wrap=True)
        self.facts = Label(_facts(order, now), "small", wrap=True)
        self.call = Label(_call(order, now), "small", wrap=True)
        self.said = Label("\n".join(_line(line, now) for line in order.lines[-_MOST_LINES:]), wrap=True)
        self.hint = Label(hint(order), "secondary", wrap=True)
        tools = QWidget()
        flowing = FlowLayout(tools, S)
        for action in order.actions if may else ():
            name = f"{PREFIX}/{action}/{order.id}"
            said, kind = action_name(action, order), "primary" if action == flow.SETTLE else ""
            self.buttons[action] = Button(said, kind, "", lambda key=name: perform(key))
            self.buttons[action].setAccessibleName(f"{said} {title} {order.number}")
            flowing.addWidget(self.buttons[action])
        hinted = row(Icon("info", "info"), self.hint, gap=S)
        hinted.setStretch(1, 1)
        self.setLayout(column(row(self.tag, self.head, None, gap=S), self.facts, self.call, self.said, hinted, tools, gap=XS,
                              margins=(M, S, M, S)))
        shown = ((self.call, bool(self.call.text())), (self.said, bool(self.said.text())), (tools, bool(self.buttons)))
        for widget, there in shown:  # only now: without a parent it would open as a window of its own
            widget.setVisible(there)
        for at in range(hinted.count()):
            hinted.itemAt(at).widget().setVisible(bool(self.hint.text()))
        said = (self.tag.accessibleName(), title, self.facts.text(), self.call.text(), self.said.text(), self.hint.text())
        self.setAccessibleName(" ".join(part for part in said if part))


def _title(order: Any) -> str:
    if order.direction == flow.OUT:
        return translate("Handed", "转给 {partner}").format(partner=order.partner_name)
    return translate("Handed", "来自 {partner}").format(partner=order.partner_name)


def _facts(order: Any, now: datetime) -> str:
    numbers = [(name, getattr(order, name)) for name in ("external_ref", "receipt_number", "request_type")]
    parts = [f"{field_word('handover_order', name)} {value}" for name, value in numbers if value]
    if order.receipt_at and order.direction == flow.OUT:
        parts.append(short_moment(order.receipt_at, now))
    if order.limit_days:
        parts.append(translate("Handed", "对方给 {days} 个工作日").format(days=order.limit_days))
    if order.origins:
        parts.append(f"{field_word('handover_order', 'origins')} {'、'.join(order.origins)}")
    made = joined(order.number, order.created_by, short_moment(order.created_at, now))
    handed = "、".join(field_word("report", name) for name in order.handed)
    given = translate("Handed", "交出：{fields}").format(fields=handed) if handed else ""
    answer = f"{field_word('handover_order', 'public_answer')}：{order.public_answer}" if order.public_answer else ""
    return "\n".join(part for part in (made, joined(*parts), order.reason, given, files_line(order.files), answer) if part)


def files_line(found: Any) -> str:
    """Return how many files went with an order, wait, or were not taken, and why; empty where none goes."""
    if not found.total:
        return ""
    said = [translate("Handed", "附件 {total} 个：送到 {sent} 个").format(total=found.total, sent=found.sent)]
    for code, count in found.others:
        waits = count - found.to_come if code == queries.FILE_WAITS else count
        if waits:
            said.append(translate("Handed", "{count} 个{why}").format(count=waits, why=in_words(queries.FILE_WORDS[code])))
        if code == queries.FILE_WAITS and found.to_come:
            said.append(translate("Handed", "{count} 个等内容传到中心").format(count=found.to_come))
    return joined(*said)


def _call(order: Any, now: datetime) -> str:
    if order.called_at is None:
        return ""
    return translate("Handed", "{when} {who} 打过电话，接警 {taker}").format(
        when=short_moment(order.called_at, now), who=order.called_by, taker=order.call_taker)


def _line(line: Any, now: datetime) -> str:
    who = word("echo_direction", "in" if line.theirs else "out")
    return joined(short_moment(line.at, now), who, word("echo_status", line.status), line.text)


class HandedBox(Translated, QWidget):
    """The orders of a report; hidden where there are none."""

    def __init__(self, perform: Callable[[str], Any], now: Callable[[], datetime]) -> None:
        super().__init__()
        self._perform, self._now = perform, now
        self._orders: tuple[Any, ...] = ()
        self._may = False
        self.head, self._lines = Section(), column(gap=S)
        self.shown: list[OrderCard] = []
        frame = card()
        frame.setLayout(column(self.head, self._lines, gap=M, margins=L))
        self.setLayout(column(frame))
        self.hide()

    def show_orders(self, orders: tuple[Any, ...], *, may: bool) -> None:
        """Show the orders of a report; ``may``: whether this person may write down how they go."""
        self._orders, self._may = orders, may
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything again."""
        clear(self._lines)
        self.head.set_texts(word("kind", "handover_order"), str(len(self._orders)) if self._orders else "")
        self.shown = [OrderCard(each, self._perform, self._now(), may=self._may) for each in self._orders]
        for each in self.shown:
            self._lines.addWidget(each)
        self.setVisible(bool(self._orders))


def order_events(orders: tuple[Any, ...], now: datetime) -> list[tuple[datetime, Event]]:
    """Return when a report went where, or came from where, and what was said, for its timeline, each with its moment."""
    events = []
    for order in orders:
        title = _title(order)
        note = "\n".join(part for part in (order.reason, _call(order, now)) if part)
        made = Event(title, short_moment(order.created_at, now), order.created_by, note, Tone.INFO)
        events.append((order.created_at, made))
        for line in order.lines:
            told = joined(order.partner_name, word("echo_status", line.status))
            who = word("echo_direction", "in" if line.theirs else "out")
            events.append((line.at, Event(told, short_moment(line.at, now), who, line.text, Tone.NEUTRAL)))
    return events


def attention(orders: tuple[Any, ...]) -> list[Tag]:
    """Return what the head of a report says of its orders: where one was not sent, the other side is done, or sent it back."""
    unsent = [Tag(translate("Handed", "▲ 转办件没送出"), Tone.DANGER)] if any(order.unsent for order in orders) else []
    done = [order for order in orders if order.finished]
    if not done:
        return unsent
    returned = any(order.state == flow.RETURNED for order in done)
    return [*unsent, Tag(translate("Handed", "▲ 对方退回") if returned else translate("Handed", "● 对方已办结"),
                Tone.DANGER if returned else Tone.SUCCESS)]
