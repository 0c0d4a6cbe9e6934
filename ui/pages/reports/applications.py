"""Applications about a report that wait or that the centre has not confirmed: what, who, why, and the buttons to decide."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFrame, QWidget

from ui.labels import action_word, state_tag, word
from ui.pages.reports.loop import asked_for
from ui.pages.values import joined
from ui.theme import set_kind
from ui.theme.tokens import XS, M, S
from ui.widgets.base import Button, Label, Translated, clear, column, row
from ui.widgets.dates import short_moment
from ui.widgets.flow import FlowLayout
from ui.widgets.tag import StateTag, Tag, Tone

translate = QCoreApplication.translate


class Application(QFrame):
    """One application; ``perform("approve/ID")`` and the like is called for a decision."""

    def __init__(self, request: Any, name: str, perform: Callable[[str], Any], now: Callable[[], Any]) -> None:
        super().__init__()
        set_kind(self, "selectable")
        self.buttons: dict[str, Button] = {}
        tag = state_tag("request", request.state)
        head = joined(word("request_kind", request.request_kind), asked_for(request, now()))
        self.tag = StateTag(Tag(f"◔ {tag.text}", tag.tone) if request.state == "asked" else Tag(f"◐ {tag.text}", Tone.WARNING))
        self.head, self.who = Label(head, wrap=True), Label(joined(name, short_moment(request.created_at, now())), kind="small")
        self.why = Label(request.reason, wrap=True)
        self.then = Label(self._then(request, now()), kind="small", wrap=True)
        tools = QWidget()
        flow = FlowLayout(tools, S)
        for action in request.actions:
            self.buttons[action] = Button(action_word("request", action), "", "",
                                          lambda key=action: perform(f"{key}/{request.id}"))
            flow.addWidget(self.buttons[action])
        self.setLayout(column(row(self.tag, self.head, None, gap=S), self.who, self.why, self.then, tools, gap=XS,
                              margins=(M, S, M, S)))
        tools.setVisible(bool(self.buttons))  # only now: without a parent it would open as a window of its own
        said = (self.tag.accessibleName(), head, self.who.text(), request.reason, self.then.text())
        self.setAccessibleName(" ".join(part for part in said if part))

    @staticmethod
    def _then(request: Any, now: Any) -> str:
        if request.state != "asked":
            return translate("Applications", "已在本机决定，等中心确认后才算生效。")
        if request.becomes is not None:
            return translate("Applications", "批准以后，期限改为 {when}；批准以前不变。").format(
                when=short_moment(request.becomes, now))
        return translate("Applications", "批准以后才生效。")


class Applications(Translated, QWidget):
    """The applications of a report that are still open for somebody; hidden where there are none."""

    def __init__(self, perform: Callable[[str], Any], now: Callable[[], Any]) -> None:
        super().__init__()
        self._perform, self._now = perform, now
        self._found: Any = None
        self.shown: list[Application] = []
        self._column = column(gap=S)
        self.setLayout(self._column)
        self.hide()

    def show_of(self, found: Any) -> None:
        """Show those of a loaded report."""
        self._found = found
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything again."""
        clear(self._column)
        waiting = [r for r in self._found.detail.standing.requests if r.state == "asked" or r.waiting] if self._found else []
        self.shown = [Application(r, self._found.name_of(r.created_by), self._perform, self._now) for r in waiting]
        for each in self.shown:
            self._column.addWidget(each)
        self.setVisible(bool(self.shown))
