"""The screen of a kiosk that cannot go on: people are sent to the counter, and an operator's PIN leads out all the same."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QCoreApplication, QObject, QTimer

from ui.kiosk import words
from ui.kiosk.pages import ChoiceScreen, NumberScreen, Screen
from ui.kiosk.parts import Choice
from ui.kiosk.window import KioskWindow
from zzdesk.clock import Clock

translate = QCoreApplication.translate
AGAIN: Final = 75
"""How the program ends when the kiosk is to begin anew (``zzdesk.cli.keeper``)."""
BY_ITSELF_MS: Final = 11 * 60_000
"""It is tried again without anybody: an account that was locked out opens after ten minutes."""
PIN_LEAST, PIN_MOST = 6, 8


def stopped_screen(window: KioskWindow, ask_pin: Callable[[], None]) -> Screen:
    """Return the screen that says that the kiosk does not run, what is safe, and what can be tried."""

    def again() -> None:
        window.let_out(AGAIN)

    choices = (
        Choice(translate("Kiosk", "再试一次"), again, primary=True),
        Choice(translate("Kiosk", "工作人员：离开自助机"), ask_pin),
    )
    title = translate("Kiosk", "这台机器暂时不能用，请到柜台找工作人员")
    hint = translate("Kiosk", "已经报的名都保存好了。工作人员：请看帮助页“自助机”。")
    screen = ChoiceScreen(window.sizes, window, title, hint, choices)
    QTimer.singleShot(BY_ITSELF_MS, screen, again)
    return screen


def pin_screen(window: KioskWindow, on_typed: Callable[[str], None]) -> Screen:
    """Return the screen that asks an operator for the PIN."""
    title, hint = translate("Kiosk", "请输工作人员的 PIN"), translate("Kiosk", "六到八位数字")
    return NumberScreen(window.sizes, window, title, hint, on_typed, least=PIN_LEAST, most=PIN_MOST, hidden=True)


def try_pin(window: KioskWindow, leave: Callable[..., None], *args: Any) -> None:
    """Let an operator out if ``leave`` says so; else say on the screen that asked why not."""
    asked = window.screen_now

    def wrong(error: Any) -> None:
        if window.screen_now is asked and isinstance(asked, NumberScreen):
            asked.say_wrong(words.sentence(error))

    window.runner.call(leave, *args, on_done=lambda _: window.let_out(0), on_error=wrong, owner=window)


class Stopped(QObject):
    """Leads between the two screens where no desk could be opened at all."""

    def __init__(self, window: KioskWindow, home: Path, clock: Clock) -> None:
        super().__init__(window)
        self.window, self._home, self._clock = window, home, clock
        window.back_wanted.connect(self.show)
        window.gone.connect(self.show)

    def show(self) -> None:
        """Show that it has stopped."""
        self.window.wipe()
        self.window.show_screen(lambda: stopped_screen(self.window, self.ask_pin), can_go_back=False, quiet=True)

    def ask_pin(self) -> None:
        """Ask an operator for the PIN."""
        self.window.show_screen(lambda: pin_screen(self.window, self._typed), can_go_back=True)

    def _typed(self, pin: str) -> None:
        from zzdesk.desk.kiosk_exit import leave_stopped

        try_pin(self.window, leave_stopped, self._home, pin, self._clock)
