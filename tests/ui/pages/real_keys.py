"""Keys pressed on a real X server by xdotool, in place of events that a test makes up."""

from __future__ import annotations

import os
import subprocess

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

ASKED = "ZZDESK_TEST_REAL_KEYS"
_NAMES = {
    Qt.Key.Key_Return: "Return", Qt.Key.Key_Escape: "Escape", Qt.Key.Key_Space: "space", Qt.Key.Key_Down: "Down",
    Qt.Key.Key_Tab: "Tab", Qt.Key.Key_N: "n", Qt.Key.Key_Slash: "slash", Qt.Key.Key_Backspace: "BackSpace",
}  # fmt: skip


class Hand(QObject):
    """Presses keys and waits until the program has heard the last one go up."""

    def __init__(self, qtbot: QtBot, application: QApplication) -> None:
        super().__init__()
        self._qtbot, self._heard = qtbot, 0
        application.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Count keys that came up."""
        if event.type() == QEvent.Type.KeyRelease and watched.isWindowType():
            self._heard += 1
        return False

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> None:
        """Press one key, with Ctrl where asked."""
        ctrl = bool(modifiers & Qt.KeyboardModifier.ControlModifier)
        self._do(1, "key", "--delay", "40", f"ctrl+{_NAMES[key]}" if ctrl else _NAMES[key])

    def type(self, text: str) -> None:
        """Type letters and digits."""
        self._do(len(text), "type", "--delay", "25", text)

    def _do(self, ups: int, *words: str) -> None:
        before = self._heard
        subprocess.run(["xdotool", *words], env=dict(os.environ), check=True)
        self._qtbot.waitUntil(lambda: self._heard >= before + ups, timeout=10_000)
