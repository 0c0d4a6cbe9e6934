"""The search line over a list: waits until typing pauses, Esc empties it, Down goes into the list."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from ui.widgets.base import IconEdit

PAUSE_MS: Final = 200


class SearchBox(IconEdit):
    """``asked(text)`` after a pause in typing; ``down`` when the person goes on into the list."""

    asked = Signal(str)
    down = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("search", parent)
        self.setClearButtonEnabled(True)
        self.setMaxLength(80)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE_MS)
        self._timer.timeout.connect(lambda: self.asked.emit(self.text().strip()))
        self.textChanged.connect(lambda _: self._timer.start())

    def show_hint(self, text: str) -> None:
        """Say what can be typed here."""
        self.setPlaceholderText(text)
        self.setAccessibleName(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc empties, Down and Enter go into the list."""
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.down.emit()
        else:
            super().keyPressEvent(event)
