"""Several of many: one types a name, takes it, and it stands below as a chip that a press takes away again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.theme.tokens import S
from ui.widgets.base import Button, Translated, clear, column
from ui.widgets.flow import FlowLayout
from ui.widgets.picker import Option, Picker

NameOf = Callable[[str, Callable[[str], Any]], Any]
"""name_of(value, on_name): looks up how a value is called and answers later on the main thread."""


class SeveralOf(Translated, QWidget):
    """``value()`` is the list of what was taken, in its order, or None. ``edited`` after every change."""

    edited = Signal()

    def __init__(self, picker: Picker, name_of: NameOf, remove: Callable[[str], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.picker, self._name_of, self._remove = picker, name_of, remove
        self._taken: dict[str, str] = {}
        self.buttons: dict[str, Button] = {}
        self._chips = QWidget()
        self._flow = FlowLayout(self._chips, S)
        self.setLayout(column(picker, self._chips, gap=S))
        self.setFocusProxy(picker)
        picker.taken.connect(self._take)
        self._show()

    def value(self) -> list[str] | None:
        """Return what was taken."""
        return list(self._taken) or None

    def set_value(self, value: Any) -> None:
        """Show what is named, by its name as soon as it is known."""
        self._taken = {each: self._taken.get(each, each) for each in value or ()}
        for each in self._taken:
            self._name_of(each, lambda name, each=each: self._named(each, name))
        self._show()

    def retranslate(self) -> None:
        """Say every chip again."""
        self.picker.retranslate()
        for value, button in self.buttons.items():
            button.setText(f"{self._taken[value]} ×")
            button.setAccessibleName(self._remove(self._taken[value]))
            button.setToolTip(button.accessibleName())

    def _take(self, option: Option) -> None:
        self.picker.show_option(None)
        self._taken[option.value] = option.title
        self._show()
        self.edited.emit()

    def _named(self, value: str, name: str) -> None:
        if value in self._taken and name:
            self._taken[value] = name
            self.retranslate()

    def _drop(self, value: str) -> None:
        self._taken.pop(value, None)
        self._show()
        self.picker.setFocus()
        self.edited.emit()

    def _show(self) -> None:
        clear(self._flow)
        self.buttons = {value: Button("", "chip", on_click=lambda value=value: self._drop(value)) for value in self._taken}
        for button in self.buttons.values():
            self._flow.addWidget(button)
        self._chips.setVisible(bool(self._taken))
        self.retranslate()
