"""A card of the first page that lists what somebody should look at now, hidden where there is nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from PySide6.QtWidgets import QWidget

from ui.context import Context
from ui.pages.values import joined
from ui.theme.tokens import CONTROL, XS, L, M, S
from ui.widgets.base import Button, ElidedLabel, Translated, card, clear, column, row
from ui.widgets.dates import CHINA, short_day
from ui.widgets.header import Section


class RemindersCard(Translated, QWidget):
    """Each line has a sort, a day, a name and the record that it opens; ``lines`` is what there is room for."""

    lines: ClassVar[int] = 3

    def __init__(self, context: Context, open_record: Callable[[str], Any]) -> None:
        super().__init__()
        self._context, self._open = context, open_record
        self.rows: tuple[Any, ...] = ()
        self.buttons: list[Button] = []
        self._head, self._lines = Section(), column(gap=0)
        frame = card()
        frame.setLayout(column(self._head, self._lines, gap=S, margins=(L, M, L, L)))
        self.setLayout(column(frame))
        self.hide()

    def asked(self) -> Callable[[Any], Any]:
        """Return the query."""
        raise NotImplementedError

    def heading(self) -> tuple[str, str]:
        """Return the heading and the count beside it."""
        raise NotImplementedError

    def words(self, found: Any) -> str:
        """Return what one reminder says."""
        raise NotImplementedError

    def opens(self, found: Any) -> bool:
        """Say whether a reminder is about a record that can be opened."""
        return True

    def said(self, found: Any) -> str:
        """Return the name as it stands beside the button."""
        return str(found.name)

    def refresh(self) -> None:
        """Ask for them."""
        self._context.runner.read(self.asked(), on_done=self.show_rows, on_error=lambda error: None, owner=self)

    def show_rows(self, rows: tuple[Any, ...]) -> None:
        """Show them."""
        self.rows = rows
        self.retranslate()
        self.setVisible(bool(rows))

    def retranslate(self) -> None:
        """Say everything again."""
        self._head.set_texts(*self.heading())
        clear(self._lines)
        self.buttons = []
        for found in self.rows[: self.lines]:
            self._lines.addWidget(self._line(found))

    def _line(self, found: Any) -> QWidget:
        today = self._context.now().astimezone(CHINA).date()
        words, day = self.words(found), short_day(found.day, today) if found.day else ""
        holder, parts, rest = QWidget(), [], joined(words, day, found.name)
        if self.opens(found):
            button = Button(words, "link", on_click=lambda: self._open(found.record_id))
            button.setAccessibleName(joined(words, day, found.name))
            self.buttons.append(button)
            parts.append(button)
            rest = joined(day, self.said(found))
        label = ElidedLabel(rest)
        label.setToolTip(joined(words, day, found.name))
        layout = row(*parts, label, gap=XS)
        layout.setStretch(len(parts), 1)
        holder.setLayout(layout)
        holder.setFixedHeight(CONTROL)
        return holder
