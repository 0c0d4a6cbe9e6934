"""Complaints that came again, for who supervises: a card on the first page, hidden where there is none."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from ui.context import Context
from ui.labels import state_tag
from ui.theme.tokens import L, M, S
from ui.widgets.base import Button, ElidedLabel, Label, Translated, card, clear, column, row
from ui.widgets.dates import short_moment
from ui.widgets.header import Section
from ui.widgets.tag import StateTag, Tag, Tone

translate = QCoreApplication.translate


class RepeatsCard(Translated, QWidget):
    """Each line opens its report; it says which closed one it repeats."""

    def __init__(self, context: Context, open_record: Callable[[str], Any]) -> None:
        super().__init__()
        self._context, self._open = context, open_record
        self.rows: tuple[Any, ...] = ()
        self.buttons: list[Button] = []
        self._head, self._lines = Section(), column(gap=M)
        self._note = Label(kind="small", wrap=True)
        frame = card()
        frame.setLayout(column(self._head, self._note, self._lines, gap=S, margins=(L, M, L, L)))
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
        self._head.set_texts(translate("RepeatsCard", "重复诉求"), str(len(self.rows)))
        self._note.setText(translate("RepeatsCard", "办结后三十天内又来反映，请安排另一位同事核实。"))
        clear(self._lines)
        self.buttons = []
        for found in self.rows:
            self._lines.addLayout(self._line(found))

    def _line(self, found: Any) -> Any:
        button = Button(found.number, "link", on_click=lambda: self._open(found.id))
        button.setAccessibleName(f"{found.number} {found.title}")
        self.buttons.append(button)
        earlier = translate("RepeatsCard", "上次 {number}").format(number=found.earlier) if found.earlier else ""
        born = short_moment(found.created_at, self._context.now())
        under = Label(" · ".join(part for part in (born, earlier) if part), "small", wrap=True)
        head = row(button, StateTag(Tag(state_tag("report", found.state).text, Tone.WARNING)), None, gap=S)
        return column(head, ElidedLabel(found.title), under, gap=2)
