"""What belongs to a record, under its facts: one line each with its state, that opens it or what can be done about it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import QWidget

from ui.pages.values import joined
from ui.theme.tokens import CONTROL, XS, S
from ui.widgets.base import Button, ElidedLabel, Words, clear, column, row
from ui.widgets.header import Section
from ui.widgets.tag import StateTag, Tag


@dataclass(frozen=True)
class Related:
    """One line: its name, what stands behind it, its state, and what pressing it does (nothing: it is only told)."""

    name: str
    detail: str
    tag: Tag | None
    on_click: Callable[[], Any] | None = None


class RelatedLines(QWidget):
    """A heading with a small action, and the lines; ``none`` is what stands there without any."""

    def __init__(self, title: Words, none: Words, action: Words, on_action: Callable[[], Any]) -> None:
        super().__init__()
        self._title, self._none, self._action = title, none, action
        self.add = Button("", "link", "plus", on_action)
        self.head, self._lines = Section(self.add), column(gap=XS)
        self.buttons: list[Button] = []
        self.rows: Sequence[Related] = ()
        self.setLayout(column(self.head, self._lines, gap=S))

    def show_rows(self, rows: Sequence[Related], may_add: bool) -> None:
        """Show them; ``may_add`` is whether the action is offered."""
        self.rows = rows
        self.head.set_texts(self._title(), str(len(rows)) if rows else self._none())
        self.add.setText(self._action())
        self.add.setVisible(may_add)
        clear(self._lines)
        self.buttons = []
        for each in rows:
            self._lines.addWidget(self._line(each))

    def _line(self, found: Related) -> QWidget:
        holder, said = QWidget(), joined(found.name, found.detail, found.tag.text if found.tag else "")
        parts: list[QWidget] = []
        text = joined(found.name, found.detail)
        if found.on_click is not None:
            button = Button(found.name, "link", on_click=found.on_click)
            button.setAccessibleName(said)
            self.buttons.append(button)
            parts.append(button)
            text = found.detail
        label = ElidedLabel(text, "secondary")
        label.setToolTip(said)
        layout = row(*parts, label, *([StateTag(found.tag)] if found.tag else []), gap=S)
        layout.setStretch(len(parts), 1)
        holder.setLayout(layout)
        holder.setFixedHeight(CONTROL)
        return holder
