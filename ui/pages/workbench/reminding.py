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
            self._lines.addWidget(self.line(found))

    def line(self, found: Any) -> QWidget:
        """Return the line of one: what it is, which opens the record, then the day and the name."""
        today = self._context.now().astimezone(CHINA).date()
        words, day = self.words(found), short_day(found.day, today) if found.day else ""
        whole = joined(words, day, found.name)
        if not self.opens(found):
            return self.line_of(whole, whole)
        return self.line_of(joined(day, self.said(found)), whole, words, found.record_id)

    def line_of(self, text: str, whole: str, link: str = "", record_id: str = "") -> QWidget:
        """Return a line: ``link`` opens the record, ``text`` stands behind it, ``whole`` is all that both would say."""
        holder, parts = QWidget(), []
        if link:
            button = Button(link, "link", on_click=lambda: self._open(record_id))
            button.setAccessibleName(whole)
            button.setToolTip(whole)
            self.buttons.append(button)
            parts.append(button)
        label = ElidedLabel(text)
        label.setToolTip(whole)
        layout = row(*parts, label, gap=XS)
        layout.setStretch(len(parts), 1)
        holder.setLayout(layout)
        holder.setFixedHeight(CONTROL)
        return holder
