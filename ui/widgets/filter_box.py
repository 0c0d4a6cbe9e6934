"""A filter that is one of many codes, or everything."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QSizePolicy, QWidget


class FilterBox(QComboBox):
    """``chosen(code)``; an empty code means everything."""

    chosen = Signal(str)

    def __init__(self, codes: Sequence[str], word: Callable[[str], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._codes, self._word = tuple(codes), word
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(96)
        for code in ("", *self._codes):
            self.addItem("", code)
        self.activated.connect(lambda _: self.chosen.emit(self.code))

    @property
    def code(self) -> str:
        """The code that is chosen, empty for everything."""
        return str(self.currentData() or "")

    def choose(self, code: str) -> None:
        """Choose a code as if a person had."""
        self.setCurrentIndex(max(0, self.findData(code)))
        self.chosen.emit(self.code)

    def set_words(self, everything: str) -> None:
        """Say every choice; ``everything`` stands for no filter and names the box."""
        self.setItemText(0, everything)
        self.setAccessibleName(everything)
        for at, code in enumerate(self._codes, 1):
            self.setItemText(at, self._word(code))
