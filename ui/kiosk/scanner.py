"""A card reader types like a keyboard: fast, and with Enter at the end. Everything else that is typed goes nowhere."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent

CARD: Final = re.compile(r"GK[0-9]{8}-[A-Z2-7]{4}-[0-9]{4,}")
PAUSE_MS: Final = 500
"""A reader is never that slow between two characters."""
_LONGEST: Final = 64


class Scanner(QObject):
    """Puts characters together: ``card(number)``, ``other()`` for a code that is no card of ours, ``digit(text)``.

    Digits of a number key pad are told at once, as long as they are not part of a code, which begins with a letter.
    """

    card = Signal(str)
    other = Signal()
    digit = Signal(str)

    def __init__(self, now_ms: Callable[[], int], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._now_ms, self._typed, self._last = now_ms, "", 0

    def feed(self, event: QKeyEvent) -> None:
        """Take one key."""
        now = self._now_ms()
        if now - self._last > PAUSE_MS:
            self._typed = ""
        self._last = now
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._end()
            return
        text = event.text()
        held = event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
        if len(text) != 1 or not text.isprintable() or held:
            return
        self._typed = (self._typed + text)[-_LONGEST:]
        if re.fullmatch(r"[0-9]+[xX]?", self._typed):
            self.digit.emit(text.upper())

    def _end(self) -> None:
        typed, self._typed = self._typed.strip().upper(), ""
        if CARD.fullmatch(typed):
            self.card.emit(typed)
        elif len(typed) > 4 and not typed.isdigit():
            self.other.emit()

    def forget(self) -> None:
        """Let go of what was typed."""
        self._typed = ""


