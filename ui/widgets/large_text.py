"""A text in large type over the whole window, to be read by, or to, the people at the other side of the table."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from ui.theme.tokens import DISPLAY, XXL, L, S
from ui.widgets.base import Button, Label, row
from ui.widgets.dialogs import Sheet

SIZES: Final = (20, DISPLAY, 36, 48)
"""Type sizes in device-independent pixels."""


class LargeText(Sheet):
    """Plus and minus change the size, arrows and space scroll, Esc closes."""

    def __init__(self, parent: QWidget | None, title: str, text: str, go: str = "") -> None:
        super().__init__(parent, title, "", go or QCoreApplication.translate("LargeText", "看完了"))
        self._size = SIZES.index(DISPLAY)
        self.text = Label(text, wrap=True)
        self.text.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.text.setContentsMargins(0, 0, L, 0)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setWidget(self.text)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setAccessibleName(text)
        self.smaller = Button(QCoreApplication.translate("LargeText", "小一点（-）"), "quiet", on_click=lambda: self.grow(-1))
        self.larger = Button(QCoreApplication.translate("LargeText", "大一点（+）"), "quiet", on_click=lambda: self.grow(1))
        for button in (self.smaller, self.larger):
            button.setAutoDefault(False)
        self.body.addLayout(row(self.smaller, self.larger, None, gap=S))
        self.body.addWidget(self.area, 1)
        if parent is not None:
            self.resize(parent.width() - 2 * XXL, parent.height() - 2 * XXL)
        self.grow(0)
        self.area.setFocus()

    def grow(self, by: int) -> None:
        """Show the text larger or smaller."""
        self._size = min(max(self._size + by, 0), len(SIZES) - 1)
        font = QFont(self.text.font())
        font.setPixelSize(SIZES[self._size])
        self.text.setFont(font)
        self.smaller.setEnabled(self._size > 0)
        self.larger.setEnabled(self._size < len(SIZES) - 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Plus and minus, wherever the cursor is."""
        if event.key() in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.grow(1)
        elif event.key() == Qt.Key.Key_Minus:
            self.grow(-1)
        elif event.key() == Qt.Key.Key_Space:
            bar = self.area.verticalScrollBar()
            bar.setValue(bar.value() + bar.pageStep())
        else:
            super().keyPressEvent(event)


def show_large(parent: QWidget, title: str, text: str, go: str = "") -> bool:
    """Show a text in large type; True where the person pressed the main button."""
    return LargeText(parent.window(), title, text, go).exec() == Sheet.DialogCode.Accepted
