"""Nobody there any more: after a minute the kiosk asks, fifteen seconds later it forgets (domain rules B3.5)."""

from __future__ import annotations

from typing import Any, Final

from PySide6.QtCore import QObject, QTimer, Signal

TICK_MS: Final = 250
COUNTDOWN_S: Final = 15


class Idle(QObject):
    """Watches for silence by the desk's clock: ``asking(seconds left)``, ``there()`` again, ``gone()``.

    Args:
        clock: whose ``monotonic_ms`` counts; a test moves it.
        seconds: silence until everything is wiped, the last fifteen of them with the question.
    """

    asking = Signal(int)
    there = Signal()
    gone = Signal()

    def __init__(self, clock: Any, seconds: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._wipe_ms = seconds * 1000
        self._ask_ms = max(0, seconds - COUNTDOWN_S) * 1000
        self._since: int | None = None
        self._asked = False
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self.look)

    @property
    def counting(self) -> bool:
        """Whether somebody has begun something."""
        return self._since is not None

    @property
    def asked(self) -> bool:
        """Whether the question is on the screen."""
        return self._asked

    def start(self) -> None:
        """Begin to count: somebody has begun."""
        self._since = self._clock.monotonic_ms()
        self._timer.start()

    def stop(self) -> None:
        """Nothing is on the screen that could be anybody's."""
        self._since, self._asked = None, False
        self._timer.stop()

    def touched(self) -> None:
        """Somebody is there."""
        if self._since is None:
            return
        self._since = self._clock.monotonic_ms()
        if self._asked:
            self._asked = False
            self.there.emit()

    def look(self) -> None:
        """Ask, count down, or say that nobody is there."""
        if self._since is None:
            return
        silent = self._clock.monotonic_ms() - self._since
        if silent >= self._wipe_ms:
            self.stop()
            self.gone.emit()
        elif silent >= self._ask_ms:
            self._asked = True
            self.asking.emit(-(-(self._wipe_ms - silent) // 1000))
