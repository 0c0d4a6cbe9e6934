"""联企日 on the first page: the day that is next or not finished, and the one thing to do; hidden without one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from PySide6.QtWidgets import QWidget

from ui.context import Context
from ui.labels import word
from ui.pages.values import joined
from ui.theme.tokens import L, M, S
from ui.widgets.base import Button, ElidedLabel, Icon, Translated, card, column, row
from ui.widgets.dates import long_day

VISITS: Final = "employer_visit"
"""The list in which what is due after visits stands."""


class ContactCard(Translated, QWidget):
    """One line with one button; ``open_target`` shows a day, or the list of visits."""

    def __init__(self, context: Context, open_target: Callable[[str], Any]) -> None:
        super().__init__()
        self._context, self._open = context, open_target
        self.found: Any = None
        self._said = ElidedLabel()
        self.button = Button("", "", on_click=self._go)
        self.due = Button("", "link", on_click=lambda: self._open(VISITS))
        frame = card()
        layout = row(Icon("calendar", "secondary"), self._said, self.due, self.button, gap=M, margins=(L, S, L, S))
        layout.setStretch(1, 1)
        frame.setLayout(layout)
        self.setLayout(column(frame))
        self.hide()

    def refresh(self) -> None:
        """Ask for it."""
        self._context.runner.read(_reminder, on_done=self.show_reminder, on_error=lambda error: None, owner=self)

    def show_reminder(self, found: Any) -> None:
        """Show it."""
        self.found = found
        self.retranslate()
        self.setVisible(found.day is not None or bool(found.due))

    def retranslate(self) -> None:
        """Say everything again."""
        found = self.found
        if found is None:
            return
        parts = [] if found.day is None else [self.sentence(found.day, found.today)]
        others = found.missed - (found.day is not None and found.day.state == "missed")
        parts += [self.tr("▲ 另有 %n 次过去了，没有记录", "", others)] if others > 0 else []
        self._said.set_text(joined(*parts) or self.tr("企业走访"))
        self.button.setVisible(found.day is not None)
        if found.day is not None:
            self.button.setText(self.tr("看安排") if found.day.next == "wait"
                                else word("next_contact", found.day.next))
            self.button.setAccessibleName(joined(parts[0], self.button.text()))
        self.due.setVisible(found.due > 0)
        self.due.setText(self.tr("走访待办 %n 件到期", "", found.due))

    def _go(self) -> None:
        self._open(self.found.day.id)

    def sentence(self, day: Any, today: Any) -> str:
        """Return what is said of a contact day."""
        left, said = (day.day - today).days, long_day(day.day)
        if day.state == "missed":
            return self.tr("▲ {day}的联企日过去了，没有记录").format(day=said)
        if day.state == "held":
            if not day.unrecorded:
                return self.tr("{day}的联企日已举行，还没写结果").format(day=said)
            return self.tr("{day}的联企日已举行，还有 %n 家没记结果", "", day.unrecorded).format(day=said)
        plan = (self.tr("已安排走访 %n 家", "", day.visits) if day.visits
                else self.tr("还没有安排走访"))
        if left == 0:
            return self.tr("今天是联企日，{plan}").format(plan=plan)
        if left == 1:
            return self.tr("明天（{day}）是联企日，{plan}").format(day=said, plan=plan)
        return self.tr("{left} 天后（{day}）是联企日，{plan}").format(left=left, day=said, plan=plan)


def _reminder(read: Any) -> Any:
    """Ask; what that needs is loaded in the worker, not before the first window."""
    from zzdesk.jobs.queries import contact_reminder

    return contact_reminder(read)
