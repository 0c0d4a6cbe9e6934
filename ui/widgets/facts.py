"""Facts of a record as lines of name and value; long values break, hidden ones stay covered until asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from ui.theme import set_kind
from ui.theme.tokens import L, S
from ui.widgets.base import Label
from ui.widgets.masked import MaskedField, Reveal

NAME_WIDTH = 116
EYE_WIDTH = 28


@dataclass(frozen=True)
class Fact:
    """One line: its name, its value in words, and for a covered value the way to see it (or ``hidden`` without)."""

    name: str
    value: str
    reveal: Reveal | None = None
    hidden: bool = False


class _Line:
    """The widgets of one line, used again for the next record; the covered value is made where one is needed."""

    def __init__(self, grid: QGridLayout, at: int) -> None:
        self._grid, self._at = grid, at
        self.name = Label(kind="secondary", wrap=True)
        self.name.setFixedWidth(NAME_WIDTH)
        self.value = Label(wrap=True)
        self.value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.covered: MaskedField | None = None
        grid.addWidget(self.name, at, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self.value, at, 1, Qt.AlignmentFlag.AlignTop)

    @property
    def text(self) -> str:
        """The value as it stands on the screen."""
        covered = self.covered is not None and not self.covered.isHidden()
        return self.covered.label.text() if covered and self.covered is not None else self.value.text()

    def show(self, fact: Fact | None) -> None:
        covered = fact is not None and (fact.reveal is not None or fact.hidden)
        self.name.setVisible(fact is not None)
        self.value.setVisible(fact is not None and not covered)
        if self.covered is not None:
            self.covered.setVisible(covered)
        if fact is None:
            return
        self.name.setText(fact.name)
        if covered:
            self._cover(fact)
        else:
            self.value.setText(fact.value)
        self.value.setAccessibleName(f"{fact.name} {fact.value}")

    def _cover(self, fact: Fact) -> None:
        if self.covered is None:
            self.covered = MaskedField()
            set_kind(self.covered.eye, "status")
            self.covered.eye.setFixedWidth(EYE_WIDTH)
            self._grid.addWidget(self.covered, self._at, 1, Qt.AlignmentFlag.AlignTop)
        self.covered.show_masked(fact.value, fact.reveal)
        self.covered.eye.setAccessibleDescription(fact.name)


class Facts(QWidget):
    """A grid of facts; nothing is shown for a fact without a value."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(L)
        self._grid.setVerticalSpacing(S)
        self._grid.setColumnStretch(1, 1)
        self._lines: list[_Line] = []

    def show_facts(self, facts: Sequence[Fact]) -> None:
        """Show other facts; covered values are covered again."""
        shown = [fact for fact in facts if fact.value]
        while len(self._lines) < len(shown):
            self._add_line()
        for at, line in enumerate(self._lines):
            line.show(shown[at] if at < len(shown) else None)

    def masked(self, name: str) -> MaskedField:
        """Return the covered field of a name (tests and keyboard short cuts)."""
        return next(line.covered for line in self._lines
                    if line.covered is not None and not line.covered.isHidden() and line.name.text() == name)

    def _add_line(self) -> None:
        self._lines.append(_Line(self._grid, len(self._lines)))
