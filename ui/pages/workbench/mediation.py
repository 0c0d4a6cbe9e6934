"""What of mediation somebody should look at now: a card on the first page, hidden where there is nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from ui.context import Context
from ui.pages.values import joined
from ui.theme.tokens import CONTROL, XS, L, M, S
from ui.widgets.base import Button, ElidedLabel, Translated, card, clear, column, row
from ui.widgets.dates import CHINA, short_day
from ui.widgets.header import Section

translate = QCoreApplication.translate
LINES: Final = 3
"""What there is room for beside the other cards at 768 pixels; the rest is on the cases themselves."""
OF_STATION: Final = frozenset({"term", "members", "women", "numbers"})
"""Sorts that are about no case."""


class MediationCard(Translated, QWidget):
    """Each line opens its case; those about the committee or its numbers only say so."""

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
        from zzdesk.desk.following import reminders

        self._context.runner.read(reminders, on_done=self.show_rows, on_error=lambda error: None, owner=self)

    def show_rows(self, rows: tuple[Any, ...]) -> None:
        """Show them."""
        self.rows = rows
        self.retranslate()
        self.setVisible(bool(rows))

    def retranslate(self) -> None:
        """Say everything again."""
        count = translate("MediationCard", "{count} 项").format(count=len(self.rows))
        self._head.set_texts(translate("MediationCard", "调解提醒"), count)
        clear(self._lines)
        self.buttons = []
        for found in self.rows[:LINES]:
            self._lines.addWidget(self._line(found))

    def _line(self, found: Any) -> QWidget:
        today = self._context.now().astimezone(CHINA).date()
        words, day = sort_words(found), short_day(found.day, today) if found.day else ""
        holder, parts, rest = QWidget(), [], joined(words, day, found.name)
        if found.sort not in OF_STATION:
            button = Button(words, "link", on_click=lambda: self._open(found.record_id))
            button.setAccessibleName(joined(words, day, found.name))
            self.buttons.append(button)
            parts.append(button)
            rest = joined(day, found.name.rpartition("-")[2])
        label = ElidedLabel(rest)
        label.setToolTip(joined(words, day, found.name))
        layout = row(*parts, label, gap=XS)
        layout.setStretch(len(parts), 1)
        holder.setLayout(layout)
        holder.setFixedHeight(CONTROL)
        return holder


def sort_words(found: Any) -> str:
    """Return what one reminder says."""
    said = {
        "red": translate("MediationCard", "▲ 有激化危险，先拨110"),
        "mediation": translate("MediationCard", "调解期限将到或已过"),
        "confirmation": translate("MediationCard", "申请司法确认的最后一日"),
        "line": translate("MediationCard", "履行到期"),
        "revisit": translate("MediationCard", "该回访了"),
        "term": translate("MediationCard", "任期届满"),
        "members": translate("MediationCard", "委员应为三至九人，现有 {count} 人（人民调解法第八条）"),
        "women": translate("MediationCard", "委员中应当有妇女（人民调解法第八条）"),
        "numbers": translate("MediationCard", "本机的编号只剩 {count} 个，请同步"),
    }
    return said.get(found.sort, found.sort).format(count=found.count)
