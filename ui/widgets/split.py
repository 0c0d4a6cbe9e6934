"""List and detail side by side, with a border between that remembers where it was put."""

from __future__ import annotations

from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QSplitter, QWidget

from ui.theme.tokens import L
from ui.widgets.base import card, column
from ui.widgets.states import StateStack


class ListDetail(QSplitter):
    """At the left a list in a card, at the right what is selected; either may be a StateStack."""

    def __init__(self, left: QWidget, right: QWidget, settings: QSettings, memory: str,
                 shares: tuple[int, int] = (2, 3), parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._settings, self._memory = settings, f"split/{memory}"
        for side in (left, right):
            frame = card()
            frame.setLayout(column(side, gap=0, margins=1))
            self.addWidget(frame)
        self.setHandleWidth(L)
        self.setChildrenCollapsible(False)
        for at, share in enumerate(shares):
            self.setStretchFactor(at, share)
            self.widget(at).setMinimumWidth(320)
        if (state := settings.value(self._memory)) is not None:
            self.restoreState(state)
        self.splitterMoved.connect(lambda *_: settings.setValue(self._memory, self.saveState()))


def nothing_selected(stack: StateStack, title: str, text: str) -> None:
    """Say in an empty detail what would be shown there."""
    stack.show_empty(title, text, icon="panel-left")
