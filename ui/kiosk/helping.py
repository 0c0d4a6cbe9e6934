"""People before the kiosk who want a person: 叫工作人员, heard at the counter, and a number to be called back at."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtWidgets import QApplication

from ui.kiosk import words
from ui.kiosk.pages import ChoiceScreen, NumberScreen
from ui.kiosk.parts import MOBILE, Choice

if TYPE_CHECKING:
    from ui.kiosk.flow import Flow

translate = QCoreApplication.translate
AGAIN_MS: Final = 10_000
"""So often a kiosk at which somebody waits asks whether the counter has answered."""
IDENTITY = 18
STEPS: Final = 3
"""Screens until a number is left."""
HEARD: Final = "answered"


def consent_words() -> tuple[str, str]:
    """Return what somebody agrees to before a number is typed; another text is another version (``calling.CONSENT``)."""
    return (
        translate("Kiosk", "留个电话，工作人员打给您"),
        translate("Kiosk", "{place}只用这个号码打电话找您办卡。联系上就从名单里删掉，最多留七天；"
                           "中心的操作存档里还有当时那一份，只作备查，不再拿来打电话。不留也可以办。"),
    )


class HelpFlow:
    """Leads through calling the staff, and through what somebody without a card can do."""

    def __init__(self, flow: Flow) -> None:
        self._flow = flow
        self._calling = ""
        self._waiting: ChoiceScreen | None = None
        flow.window.exchange.ended.connect(lambda _: self._look())

    # ---- calling the staff -------------------------------------------------------------------------------------

    def call(self) -> None:
        """Ring, tell the counter, and say honestly whether it can be told; behind it lies the way out for operators."""
        from zzdesk.jobs.commands import call_staff

        QApplication.beep()
        flow = self._flow
        choices = (
            Choice(translate("Kiosk", "不用叫了，继续"), self._call_off, primary=True),
            Choice(translate("Kiosk", "工作人员：离开自助机"), flow.ask_pin),
        )
        title = translate("Kiosk", "正在叫工作人员，请在这里等一下")
        flow.go(self.call, lambda: self._keep(ChoiceScreen(flow.window.sizes, flow.window, title, "", choices)))

        def told(_: Any) -> None:
            flow.window.exchange.sync_now()
            self._look()

        flow.window.runner.write(call_staff, on_done=told, on_error=lambda error: self._say(words.sentence(error), "problem"))

    def _keep(self, screen: ChoiceScreen) -> ChoiceScreen:
        self._waiting = screen
        timer = QTimer(screen)
        timer.setInterval(AGAIN_MS)
        timer.timeout.connect(self._flow.window.exchange.sync_now)
        timer.start()
        return screen

    def _look(self) -> None:
        """Ask how the call stands, if somebody still waits on its screen."""
        from zzdesk.jobs.queries import how_it_stands

        window = self._flow.window
        if self._waiting is not None and window.screen_now is self._waiting and not window.leaving:
            window.runner.read(how_it_stands, on_done=self._stands, on_error=lambda error: None, owner=self._flow)

    def _stands(self, found: tuple[str, datetime] | None) -> None:
        if found is None:
            return
        state, since = found
        exchange, at = self._flow.window.exchange, words.clock(since)
        if state == HEARD:
            self._say(translate("Kiosk", "工作人员看到了，马上过来。"), "good")
        elif exchange.status is not None and exchange.status.enrolled and exchange.online and exchange.running is None:
            self._say(translate("Kiosk", "已呼叫（{at}）。柜台的电脑上看得到。").format(at=at), "good")
        elif exchange.running is not None:
            self._say(translate("Kiosk", "已呼叫（{at}）。正在告诉柜台的电脑…").format(at=at))
        else:
            offline = translate("Kiosk", "已响铃（{at}）。现在没有网，柜台的电脑看不到：没有人来，请到柜台说一声。")
            self._say(offline.format(at=at), "strong")

    def _say(self, text: str, kind: str = "secondary") -> None:
        screen = self._flow.window.screen_now
        if isinstance(screen, ChoiceScreen) and screen is self._waiting:
            screen.say(text, kind)

    def _call_off(self) -> None:
        from zzdesk.jobs.commands import call_off

        window = self._flow.window
        window.runner.write(call_off, on_done=lambda _: window.exchange.sync_now(), on_error=lambda error: None)
        self._flow.leave_screen()

    # ---- without a card ----------------------------------------------------------------------------------------

    def newcomer(self) -> None:
        """Somebody without a card: be called back, be helped at once, or see first whether the age will do."""
        soon = (translate("Kiosk", "请带身份证，两分钟办好"),)
        choices = (
            Choice(translate("Kiosk", "叫工作人员办卡"), self.call, soon, primary=True),
            Choice(translate("Kiosk", "留个电话，以后办"), self.offer_callback, (translate("Kiosk", "工作人员打给您"),)),
            Choice(translate("Kiosk", "先看看年龄够不够"), self.ask_age, (translate("Kiosk", "满十六周岁才能办，号码不保存"),)),
        )
        title = translate("Kiosk", "第一次来，请到柜台办一张零工卡")
        self._go(self.newcomer, ChoiceScreen, title, translate("Kiosk", "办卡不要钱"), choices)

    def _go(self, again: Any, kind: Any, *args: Any, step: tuple[int, int] = (0, 0), **kwargs: Any) -> None:
        self._flow.go(again, self._flow.screen(kind, *args, **kwargs), step)

    def offer_callback(self) -> None:
        """Say whose, for what and for how long a number is kept, before one is typed (PIPL article 17)."""
        choices = (
            Choice(translate("Kiosk", "同意，留手机号"), self.ask_calling, primary=True),
            Choice(translate("Kiosk", "不留，叫工作人员"), self.call),
        )
        title, hint = consent_words()
        self._go(self.offer_callback, ChoiceScreen, title, hint.format(place=self._flow.place), choices, step=(1, STEPS))

    def ask_calling(self) -> None:
        """Ask how somebody is to be called: no name is needed."""
        choices = tuple(
            Choice(text, lambda code=code: self._ask_number(code))  # type: ignore[misc]
            for code, text in (("mr", translate("Kiosk", "先生")), ("ms", translate("Kiosk", "女士")),
                               ("", translate("Kiosk", "都可以")))
        )
        self._go(self.ask_calling, ChoiceScreen, translate("Kiosk", "怎么称呼您？"), translate("Kiosk", "不用留姓名"), choices,
                 step=(2, STEPS))

    def _ask_number(self, calling: str) -> None:
        self._calling = calling
        self.ask_number()

    def ask_number(self) -> None:
        """Ask for the number."""
        title, hint = translate("Kiosk", "请输您的手机号"), translate("Kiosk", "十一位")
        self._go(self.ask_number, NumberScreen, title, hint, self._number_typed, least=MOBILE, most=MOBILE, step=(3, STEPS))

    def _number_typed(self, number: str) -> None:
        from zzdesk.jobs.commands import leave_number

        window, asked = self._flow.window, self._flow.window.screen_now

        def kept(_: Any) -> None:
            if window.screen_now is asked:
                window.exchange.sync_now()
                self._flow.tell(translate("Kiosk", "记下了。工作人员会打给您，联系上就从名单里删掉号码。"), over=True)

        def wrong(error: Any) -> None:
            if window.screen_now is asked and isinstance(asked, NumberScreen):
                asked.say_wrong(words.sentence(error))

        window.runner.write(leave_number, number, self._calling or None, on_done=kept, on_error=wrong)

    # ---- old enough? -------------------------------------------------------------------------------------------

    def ask_age(self) -> None:
        """Ask for the identity number; only its age is looked at."""
        title, hint = translate("Kiosk", "请输身份证号"), translate("Kiosk", "只看年龄，不保存")
        self._go(self.ask_age, NumberScreen, title, hint, self._age_typed, least=15, most=IDENTITY, with_x=True)

    def _age_typed(self, number: str) -> None:
        from zzdesk.desk.kiosk import turn_away

        flow, asked = self._flow, self._flow.window.screen_now

        def fine(_: Any) -> None:
            if flow.window.screen_now is asked:
                flow.drop_screen()
                self.old_enough()

        def not_fine(error: Any) -> None:
            if flow.window.screen_now is not asked or not isinstance(asked, NumberScreen):
                return
            if error.code == "invalid":
                asked.say_wrong(words.sentence(error))
                return
            flow.drop_screen()
            flow.tell(words.sentence(error), over=True)

        flow.window.runner.write(turn_away, number, on_done=fine, on_error=not_fine)

    def old_enough(self) -> None:
        """Say that the age will do, and what comes next."""
        choices = (
            Choice(translate("Kiosk", "叫工作人员办卡"), self.call, primary=True),
            Choice(translate("Kiosk", "留个电话，以后办"), self.offer_callback),
        )
        title = translate("Kiosk", "年龄够了。请带身份证到柜台办卡。")
        self._go(self.old_enough, ChoiceScreen, title, "", choices)

    def forget(self) -> None:
        """Let go of what somebody said."""
        self._calling, self._waiting = "", None
