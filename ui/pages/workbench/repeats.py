"""Complaints that came again, for who supervises: a card on the first page, hidden where there is none."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from ui.context import Context
from ui.labels import state_word
from ui.pages.values import joined, short_number
from ui.theme.tokens import CONTROL, XS, L, M, S
from ui.widgets.base import Button, ElidedLabel, Translated, card, clear, column, row
from ui.widgets.header import Section

translate = QCoreApplication.translate
LINES: Final = 2
"""What there is room for beside the other cards at 768 pixels; the rest is one search away."""


class RepeatsCard(Translated, QWidget):
    """Each line opens its report; it says which closed one it repeats."""

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

    def refresh(self) -> None:
        """Ask for them."""
        from zzdesk.desk.supervising import open_repeats

        self._context.runner.read(open_repeats, on_done=self.show_rows, on_error=lambda error: None, owner=self)

    def show_rows(self, rows: tuple[Any, ...]) -> None:
        """Show them."""
        self.rows = rows
        self.retranslate()
        self.setVisible(bool(rows))

    def retranslate(self) -> None:
        """Say everything again."""
        self._head.set_texts(translate("RepeatsCard", "重复诉求"), translate("RepeatsCard", "{count} 件，请换人核实").format(
            count=len(self.rows)))
        clear(self._lines)
        self.buttons = []
        for found in self.rows[:LINES]:
            self._lines.addWidget(self._line(found))

    def _line(self, found: Any) -> QWidget:
        button = Button(short_number(found.number), "link", on_click=lambda: self._open(found.id))
        earlier = translate("RepeatsCard", "上次 {number}").format(number=found.earlier) if found.earlier else ""
        button.setAccessibleName(joined(found.number, found.title, state_word("report", found.state), earlier))
        button.setToolTip(button.accessibleName())
        self.buttons.append(button)
        holder = QWidget()
        layout = row(button, ElidedLabel(found.title), gap=XS)
        layout.setStretch(1, 1)
        holder.setLayout(layout)
        holder.setFixedHeight(CONTROL)
        return holder
