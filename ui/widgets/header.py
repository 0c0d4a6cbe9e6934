"""The head of a page: title, a line under it, and at the right the one main action."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.theme.tokens import XL, L, S
from ui.widgets.base import Button, ElidedLabel, Label, clear, column, row


class PageHeader(QWidget):
    """Title and subtitle at the left; quiet actions and one primary button at the right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = Label(kind="headline")
        self.subtitle = ElidedLabel(kind="secondary")
        self._actions = QHBoxLayout()
        self._actions.setSpacing(S)
        texts = column(self.title, self.subtitle, gap=2)
        layout = row(texts, self._actions, gap=L, margins=(XL, L, XL, L))
        layout.setStretch(0, 1)
        self.setLayout(layout)

    def set_texts(self, title: str, subtitle: str = "") -> None:
        """Set title and subtitle; an empty subtitle takes no room."""
        self.title.setText(title)
        self.subtitle.set_text(subtitle)
        self.subtitle.setVisible(bool(subtitle))

    def set_actions(self, *buttons: QWidget) -> None:
        """Put the actions at the right, the main one last."""
        clear(self._actions)
        for button in buttons:
            self._actions.addWidget(button)


class Section(QWidget):
    """A heading with room for a small action, over a part of a page."""

    def __init__(self, action: Button | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = Label(kind="title")
        self.count = Label(kind="small")
        layout = row(self.title, self.count, None, gap=S)
        if action is not None:
            layout.addWidget(action)
        self.setLayout(layout)

    def set_texts(self, title: str, count: str = "") -> None:
        """Set the heading and the small text behind it."""
        self.title.setText(title)
        self.count.setText(count)
