"""Filter chips over a list: one is chosen, each may show how many it holds."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QButtonGroup, QWidget

from ui.theme.fonts import body_font
from ui.theme.tokens import M, S
from ui.widgets.base import Button, clear
from ui.widgets.flow import FlowLayout


def say_chip(button: Button, text: str) -> None:
    """Give a chip its text, with room for the bolder type of the chosen one."""
    button.setText(text)
    button.setMinimumWidth(QFontMetrics(body_font(bold=True)).horizontalAdvance(text) + 2 * M + 4)


class FilterChips(QWidget):
    """A line of chips; ``chosen(key)`` when a person picks another one."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layout = FlowLayout(self, S)
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._buttons: dict[str, Button] = {}
        self._texts: dict[str, str] = {}
        self.current = ""

    def set_chips(self, chips: list[tuple[str, str]]) -> None:
        """Offer (key, text) pairs; keeps the chosen key, or takes the first."""
        if list(self._buttons) != [key for key, _ in chips]:
            self._build([key for key, _ in chips])
        self._texts = dict(chips)
        for key, text in chips:
            say_chip(self._buttons[key], text)
        if self.current not in self._buttons and chips:
            self.current = chips[0][0]
        if self.current:
            self._buttons[self.current].setChecked(True)

    def set_counts(self, counts: dict[str, int]) -> None:
        """Show how many records stand behind each chip."""
        for key, button in self._buttons.items():
            count = counts.get(key)
            say_chip(button, self._texts[key] if count is None else f"{self._texts[key]} {count}")

    def mark(self, key: str) -> None:
        """Show a chip as chosen without telling anybody."""
        self.current = key
        if key in self._buttons:
            self._buttons[key].setChecked(True)

    def choose(self, key: str) -> None:
        """Choose a chip as if it had been pressed."""
        self.current = key
        self._buttons[key].setChecked(True)
        self.chosen.emit(key)

    def _build(self, keys: list[str]) -> None:
        clear(self._layout)
        self._buttons.clear()
        for key in keys:
            button = Button("", "chip")
            button.setCheckable(True)
            button.clicked.connect(lambda _=False, key=key: self.choose(key))
            self._group.addButton(button)
            self._layout.addWidget(button)
            self._buttons[key] = button
