"""The sheet on which one operation is shown: what it is about, where it stands, what was written, and the buttons."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QWidget

from ui.context import Context
from ui.theme.tokens import XL, L, M, S
from ui.widgets.banner import Banner
from ui.widgets.base import Label, Translated, column, line, row
from ui.widgets.facts import Fact, Facts
from ui.widgets.tag import StateTag


class OperationSheet(Translated, QWidget):
    """A sheet with a head, a banner that says why, the written facts, and a foot for the buttons."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.title, self._about = Label(kind="title", wrap=True), Label(kind="small", wrap=True)
        self._tag, self.why = StateTag(), Banner()
        self._written, self.facts = Label(kind="small"), Facts()

    def lay_out(self, *foot: Any) -> None:
        """Build the sheet; ``foot`` are the parts of its last line, as ``row`` takes them."""
        head = row(self.title, self._tag, gap=M)
        head.setStretch(0, 1)
        content = QWidget()
        content.setLayout(column(head, self._about, self.why, line(), self._written, self.facts, None, gap=M,
                                 margins=(L, L, L, M)))
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(content)
        self.setLayout(column(area, line(), row(*foot, gap=S, margins=(L, S, L, M)), gap=0))
        self.layout().setStretch(0, 1)
        self.setMinimumWidth(XL * 14)

    def show_facts(self, facts: Sequence[Fact]) -> None:
        """Show what was written; without anything, its heading goes too."""
        self.facts.show_facts(list(facts))
        self._written.setVisible(bool(facts))
