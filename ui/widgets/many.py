"""Several of a few codes, as chips that are pressed in or not; Tab walks, the space bar presses."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QPoint, QRect, QSize, Signal
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

from ui.theme.tokens import S
from ui.widgets.base import Button, Translated, clear
from ui.widgets.chips import say_chip


class FlowLayout(QLayout):
    """Puts widgets one after another and breaks the line where the room ends."""

    def __init__(self, parent: QWidget | None = None, gap: int = S) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)
        self._gap = gap

    def addItem(self, item: QLayoutItem) -> None:
        """Take one more."""
        self._items.append(item)

    def count(self) -> int:
        """Return how many there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """Return one of them."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Give one back."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def hasHeightForWidth(self) -> bool:
        """The height depends on the width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of all lines."""
        return self._place(QRect(0, 0, width, 0), False)

    def setGeometry(self, rect: QRect) -> None:
        """Place everything."""
        super().setGeometry(rect)
        self._place(rect, True)

    def sizeHint(self) -> QSize:
        """Return the least."""
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        """Return the size of the largest."""
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size

    def _place(self, rect: QRect, move: bool) -> int:
        left, top, height = rect.x(), rect.y(), 0
        for item in self._items:
            if item.isEmpty():  # hidden
                continue
            hint = item.sizeHint().expandedTo(item.minimumSize())
            if left + hint.width() > rect.right() + 1 and height:
                left, top, height = rect.x(), top + height + self._gap, 0
            if move:
                item.setGeometry(QRect(QPoint(left, top), hint))
            left += hint.width() + self._gap
            height = max(height, hint.height())
        return top + height - rect.y()


class ManyOf(Translated, QWidget):
    """``value()`` is the sorted list of the codes that are pressed in, or None."""

    edited = Signal()

    def __init__(self, codes: Sequence[str], word: Callable[[str], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._word = word
        self.buttons: dict[str, Button] = {}
        self._flow = FlowLayout(self)
        self.set_codes(codes)

    def set_codes(self, codes: Sequence[str]) -> None:
        """Offer other codes; none is pressed in."""
        clear(self._flow)
        self.buttons.clear()
        for code in codes:
            button = Button("", "chip")
            button.setCheckable(True)
            button.clicked.connect(lambda _=False: self.edited.emit())
            self._flow.addWidget(button)
            self.buttons[code] = button
        self.setFocusProxy(next(iter(self.buttons.values()), None))
        self.retranslate()

    def retranslate(self) -> None:
        """Say every code again."""
        for code, button in self.buttons.items():
            say_chip(button, self._word(code))
            button.setAccessibleName(self._word(code))

    def value(self) -> list[str] | None:
        """Return what is pressed in."""
        return sorted(code for code, button in self.buttons.items() if button.isChecked()) or None

    def set_value(self, value: Any) -> None:
        """Press in what is named."""
        for code, button in self.buttons.items():
            button.setChecked(code in (value or ()))
