"""The kiosk's window: a bar that says how far one is, one screen, and 返回 and 叫工作人员 always at the same place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QSizePolicy, QStackedWidget, QWidget

from ui.changes import Changes
from ui.exchange import Exchange
from ui.kiosk.guard import Guard
from ui.kiosk.idle import COUNTDOWN_S, Idle
from ui.kiosk.pages import Screen, StillThere
from ui.kiosk.parts import BigButton
from ui.kiosk.scanner import Scanner
from ui.kiosk.style import dress
from ui.kiosk.voice import Voice
from ui.runner import Runner
from ui.theme import set_kind
from ui.theme.tokens import KIOSK_LARGE, KIOSK_NORMAL, KIOSK_TALL, KIOSK_TALL_LARGE
from ui.widgets.base import Label, Translated, card, column, row

Make = Callable[[], Screen]
Step = tuple[int, int]
"""Which screen this is, of how many."""
NO_STEP: Final = (0, 0)
_LEAST_IDLE_S: Final = COUNTDOWN_S + 30
"""No question that must be answered within less than half a minute (domain rules B3.5)."""


@dataclass(frozen=True)
class Choices:
    """What the settings of this machine say of its kiosk (``zzdesk.settings``)."""

    idle_seconds: int = 75
    large: bool = False
    voice: bool = True
    printer: str = ""


class KioskWindow(Translated, QWidget):
    """Shows one screen at a time; ``called`` when staff are called, ``back_wanted``, ``gone`` when everybody has left.

    ``ended`` after the workers have stopped: an operator has left the kiosk, or it cannot go on.
    """

    called = Signal()
    back_wanted = Signal()
    gone = Signal()
    ended = Signal(int)

    def __init__(self, choices: Choices, clock: Any) -> None:
        super().__init__()
        self.setObjectName("kiosk")
        set_kind(self, "kiosk")
        self.setWindowFlags(Qt.WindowType.Window | Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowStaysOnTopHint)
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents, False)
        self.changes = Changes(self)
        self.runner = Runner(self.changes, self)
        self.exchange = Exchange(self.runner, self.changes, self)
        self.choices = choices
        self.voice = Voice(self, choices.voice)
        self.idle = Idle(clock, max(choices.idle_seconds, _LEAST_IDLE_S), self)
        self.scanner = Scanner(clock.monotonic_ms, self)
        self.leaving = False
        self.large, self._stands = choices.large, False
        self.screen_now: Screen | None = None
        self._make: Make | None = None
        self._step: Step = NO_STEP
        self._can_go_back = False
        self._who = ""
        self._over: StillThere | None = None
        self.guard = Guard(self, self.scanner.feed, self._touched, lambda: self.leaving)
        self._build()
        self.idle.asking.connect(self._ask)
        self.idle.there.connect(self._forget_question)
        self.idle.gone.connect(self._left)
        self.scanner.digit.connect(lambda text: self.screen_now and self.screen_now.digit(text))

    def _build(self) -> None:
        sizes = self.sizes
        self._progress = Label("", "strong", parent=self)
        self._greeting = Label("", "secondary", parent=self)
        self._stack = QStackedWidget(self)
        self._stack.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.back = BigButton("", "", sizes, self.back_wanted.emit, self)
        self.larger = BigButton("", "", sizes, self.toggle_large, self)
        self.call = BigButton("", "call", sizes, self.called.emit, self)
        top, bottom = card("bar"), card("bar")
        edges = (sizes.margin, sizes.gap // 2, sizes.margin, sizes.gap // 2)
        for button in (self.back, self.larger, self.call):
            button.pressed.connect(self.idle.touched)
        for bar, layout in (
            (top, row(self._progress, None, self._greeting, margins=edges)),
            (bottom, row(self.back, self.larger, None, self.call, gap=sizes.gap, margins=sizes.gap)),
        ):  # fmt: skip
            bar.setParent(self)
            bar.setLayout(layout)
        self._bottom = bottom
        self.setLayout(column(top, self._stack, bottom, gap=0))
        self.retranslate()

    # ---- screens ---------------------------------------------------------------------------------------------

    @property
    def sizes(self) -> Any:
        """Return the sizes in force: by the letters that were chosen, and by how the screen stands."""
        if self._stands:
            return KIOSK_TALL_LARGE if self.large else KIOSK_TALL
        return KIOSK_LARGE if self.large else KIOSK_NORMAL

    def show_screen(self, make: Make, step: Step = NO_STEP, *, can_go_back: bool, quiet: bool = False) -> None:
        """Show a screen in place of the one before, which is thrown away.

        ``quiet``: there is nothing of anybody on it, and nobody is asked whether they are there.
        """
        self._make, self._step, self._can_go_back = make, step, can_go_back
        before, self.screen_now = self.screen_now, make()
        self._stack.addWidget(self.screen_now)
        self._stack.setCurrentWidget(self.screen_now)
        if before is not None:
            self._stack.removeWidget(before)
            before.deleteLater()
        if quiet and self.large == self.choices.large:
            self.idle.stop()
        elif not self.idle.counting:
            self.idle.start()
        self.scanner.forget()
        self.retranslate()
        self.voice.say(self.screen_now.spoken)

    def greet(self, name: str) -> None:
        """Say who has signed in, masked; empty for nobody."""
        self._who = name
        self.retranslate()

    def toggle_large(self) -> None:
        """Switch between large and extra-large letters."""
        self.set_large(not self.large)

    def set_large(self, large: bool) -> None:
        """Show everything anew in these sizes."""
        self.large = large
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        dress(application, self.sizes)
        for button in (self.back, self.larger, self.call):
            button.setMinimumHeight(self.sizes.target)
        if self._make is not None:
            before = self.screen_now
            self.show_screen(self._make, self._step, can_go_back=self._can_go_back, quiet=not self.idle.counting)
            if before is not None and self.screen_now is not None:
                self.screen_now.go_on_from(before)

    def retranslate(self) -> None:
        """Say the texts of the frame again."""
        self.setWindowTitle(self.tr("零工自助机"))
        texts = ((self.back, self.tr("返回")), (self.larger, self.tr("字小一点") if self.large else self.tr("字再大一点")),
                 (self.call, self.tr("叫工作人员")))
        for button, text in texts:
            button.setText(text)
            button.setAccessibleName(text)
        now, total = self._step
        self._progress.setText(self.tr("第 {now} 步，共 {total} 步").format(now=now, total=total) if total else
                               self.tr("零工自助机"))
        self._greeting.setText(self.tr("您好，{name}").format(name=self._who) if self._who else "")
        self.back.setEnabled(self._can_go_back)

    # ---- somebody there? -------------------------------------------------------------------------------------

    def _touched(self) -> None:
        """Somebody is there. While the question is asked, only its end answers: the touch must not reach what lies below."""
        if not self.idle.asked:
            self.idle.touched()

    def _ask(self, seconds: int) -> None:
        if self._over is None:
            self._over = StillThere(self.sizes, self, self.idle.touched)
            self._cover()
            self._over.show()
            self._over.raise_()
            self.voice.say(self._over.spoken)
        self._over.count(seconds)

    def _forget_question(self) -> None:
        over, self._over = self._over, None
        if over is not None:
            over.hide()
            over.deleteLater()

    def _left(self) -> None:
        self._forget_question()
        self.wipe()
        self.gone.emit()

    def wipe(self) -> None:
        """Take everything of the person off the screen, and everything that could bring it back."""
        self.voice.hush()
        self.scanner.forget()
        self._who = ""
        QApplication.clipboard().clear()
        if self.large != self.choices.large:
            self._make = None
            self.set_large(self.choices.large)

    # ---- leaving ---------------------------------------------------------------------------------------------

    def let_out(self, status: int) -> None:
        """Open the door: stop the workers, log out, and say how it ended."""
        self.leaving = True
        self.idle.stop()
        self.voice.hush()
        self.exchange.stop()
        if self.runner.desk is not None:
            self.runner.finish(_close, self.runner.desk)
        self.runner.close()
        self.close()
        self.ended.emit(status)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stay, unless an operator has opened the door."""
        event.setAccepted(self.leaving)

    def changeEvent(self, event: QEvent) -> None:
        """Come back to the full screen if something made the window smaller."""
        super().changeEvent(event)
        small = event.type() == QEvent.Type.WindowStateChange and not self.isFullScreen() and self.isVisible()
        if small and not self.leaving and self.guarded:
            QTimer.singleShot(0, self, self.showFullScreen)

    guarded = False
    """Whether this is a real kiosk, which keeps the full screen; pictures of it choose their own size."""

    def keep_in(self, full_screen: bool = True) -> None:
        """Let nothing through any more but fingers and a card reader, and take the whole screen."""
        application = QApplication.instance()
        assert application is not None
        application.installEventFilter(self.guard)
        if full_screen:
            self.guarded = True
            self.setCursor(Qt.CursorShape.BlankCursor)
            self.showFullScreen()
        else:
            self.show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Use the sizes for a screen that lies, or for one that stands; cover it with the question, whatever size."""
        super().resizeEvent(event)
        if self._stands != (self.height() > self.width()):
            self._stands = not self._stands
            self.set_large(self.large)
        self._cover()

    def _cover(self) -> None:
        """Let the question lie over everything but the bar with 叫工作人员."""
        if self._over is not None:
            self._over.setGeometry(0, 0, self.width(), self.height() - self._bottom.height())


def _close(desk: Any) -> None:
    desk.close()
