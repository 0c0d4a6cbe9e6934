"""The morning queue before the kiosk: take a place, see one's own number, take it along on a slip. Nobody else is named."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QCoreApplication

from ui.kiosk import slip
from ui.kiosk.pages import ChoiceScreen, DoneScreen
from ui.kiosk.parts import Choice

if TYPE_CHECKING:
    from ui.kiosk.flow import Flow

translate = QCoreApplication.translate
WANTED: Final = "queue"
BY_CARD, BY_PHONE = 3, 4
"""Screens until one has a place."""
KINDS: Final = ("queue_entry", "queue_draw")


class QueueFlow:
    """Leads to a place in the queue and shows it."""

    def __init__(self, flow: Flow) -> None:
        self._flow = flow

    def begin(self) -> None:
        """Ask for the card of who wants to queue up."""
        flow = self._flow
        flow.visit = replace(flow.visit, wants=WANTED, steps=BY_CARD)
        title = translate("Kiosk", "今天排队，请把零工卡放到扫码口")
        hint = translate("Kiosk", "一天只用排一次，早来晚来都看得到第几位")
        choices = (Choice(translate("Kiosk", "没带卡"), flow.ask_phone, (translate("Kiosk", "用手机号和身份证的后四位"),)),)
        flow.go(self.begin, flow.screen(ChoiceScreen, title, hint, choices), (2, BY_CARD))

    def take(self) -> None:
        """Take a place; who has one keeps it. It goes to the counter with the next exchange, which begins at once."""
        from zzdesk.desk.kiosk_queue import join

        flow = self._flow
        asked = flow.window.screen_now
        if asked is not None:
            asked.setEnabled(False)

        def done(_: Any) -> None:
            flow.visit = replace(flow.visit, queued=True)
            flow.window.exchange.sync_now()
            self.own()

        flow.window.runner.write(join, flow.visit.token, on_done=flow.if_still(done), on_error=flow.failed)

    def own(self) -> None:
        """Show the visitor's own place."""
        from zzdesk.desk.kiosk_queue import my_place

        self._flow.read(my_place, then=self.show)

    def show(self, place: Any) -> None:
        """Show a place; None: there is none."""
        flow = self._flow
        if place is None:
            flow.tell(translate("Kiosk", "没有排上，请叫工作人员帮您。"))
            return
        lines = slip.place_lines(place, flow.place, self._is_alone())
        told = (slip.place_title(place), *lines)
        choices = (
            Choice(translate("Kiosk", "打印小票"), lambda: flow.print_slip(told)),
            Choice(translate("Kiosk", "找活报名"), flow.offers),
            Choice(translate("Kiosk", "好了，结束"), flow.begin, primary=True),
        )
        kind = "figure" if place.place is not None else "title"
        flow.go(self.own, flow.screen(DoneScreen, slip.place_title(place), lines, "\n".join(told), choices, kind))

    def _is_alone(self) -> bool:
        """Say whether the counter may have let others in of whom this machine has not heard."""
        exchange = self._flow.window.exchange
        return bool(exchange.status is not None and exchange.status.enrolled and not exchange.online)

    def choice(self) -> Choice:
        """Return what leads to one's place."""
        return Choice(translate("Kiosk", "我的排队"), self.own, (translate("Kiosk", "看看第几位了"),))

    def join_choice(self) -> Choice:
        """Return what takes a place for who has none."""
        return Choice(translate("Kiosk", "今天排队"), self.take, (translate("Kiosk", "等工作人员按顺序派活"),))


