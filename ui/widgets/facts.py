"""Facts of a record as lines of name and value; long values break, hidden ones stay covered until asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

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
    """The widgets of one line, used again for the next record."""

    def __init__(self) -> None:
        self.name = Label(kind="secondary", wrap=True)
        self.name.setFixedWidth(NAME_WIDTH)
        self.value = Label(wrap=True)
        self.value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.covered = MaskedField()
        set_kind(self.covered.eye, "status")
        self.covered.eye.setFixedWidth(EYE_WIDTH)
        self.key: Any = None

    def show(self, fact: Fact | None) -> None:
        covered = fact is not None and (fact.reveal is not None or fact.hidden)
        self.name.setVisible(fact is not None)
        self.value.setVisible(fact is not None and not covered)
        self.covered.setVisible(covered)
        if fact is None:
            return
        self.name.setText(fact.name)
        if covered:
            self.covered.show_masked(fact.value, fact.reveal)
            self.covered.eye.setAccessibleDescription(fact.name)
        else:
            self.value.setText(fact.value)
        self.value.setAccessibleName(f"{fact.name} {fact.value}")


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
        return next(line.covered for line in self._lines if not line.covered.isHidden() and line.name.text() == name)

    def _add_line(self) -> None:
        line, at = _Line(), len(self._lines)
        top = Qt.AlignmentFlag.AlignTop
        self._grid.addWidget(line.name, at, 0, top)
        self._grid.addWidget(line.value, at, 1, top)
        self._grid.addWidget(line.covered, at, 1, top)
        self._lines.append(line)


def revealing(ask: Callable[[str, str, Callable[[str], None]], Any], field: str) -> Reveal:
    """Return the reveal function of one field for ``ask(field, reason, on_value)``."""
    return lambda reason, on_value: ask(field, reason, on_value)
