"""What a person has to be told of sign-ups: a place was given, somebody moved up from the waitlist, it did not work out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from ui.context import Context
from ui.labels import word
from ui.pages.values import joined
from ui.theme.tokens import S
from ui.widgets.banner import Banner
from ui.widgets.base import Button, Translated, column
from ui.widgets.tag import Tone
from zzdesk.patrol import commands, queries
from zzdesk.patrol import workflow as flow


class SignUpNewsBanner(Translated, QWidget):
    """A banner with the newest news and how many more there are; read news are not shown again."""

    def __init__(self, context: Context, open_task: Callable[[str], Any]) -> None:
        super().__init__()
        self._context = context
        self._rows: tuple[Any, ...] = ()
        self.read = Button("", "quiet", "check", self._note_read)
        self.look = Button("", "link", "arrow-right", lambda: open_task(self._rows[0].task_id))
        self.banner = Banner()
        self.banner.layout().addWidget(self.look)
        self.banner.layout().addWidget(self.read)
        self.setLayout(column(self.banner, gap=S))
        self.hide()

    def refresh(self) -> None:
        """Ask for what has not been read."""
        self._context.runner.read(queries.news, on_done=self._show, on_error=lambda error: None, owner=self)

    def retranslate(self) -> None:
        """Say everything again."""
        self.read.setText(self.tr("知道了"))
        self.look.setText(self.tr("打开"))
        if self._rows:
            text = self._said(self._rows[0])
            if len(self._rows) > 1:
                text += self.tr(" 另有 {n} 条。").format(n=len(self._rows) - 1)
            self.banner.show_text(text, Tone.WARNING if self._rows[0].standing == flow.REFUSED else Tone.INFO)

    def _show(self, rows: Any) -> None:
        self._rows = rows
        self.setVisible(bool(rows))
        self.retranslate()

    def _said(self, found: Any) -> str:
        words = {
            flow.GRANTED: self.tr("{name}在“{task}”的名额已由中心确认。"),
            flow.WAITING: self.tr("{name}在“{task}”候补第 {n} 位，有人退出会自动递补。"),
            flow.REFUSED: self.tr("{name}没能参加“{task}”：{why}。"),
        }
        text = words.get(found.standing, "{task}")
        return text.format(name=found.volunteer, task=found.task, n=found.place, why=joined(word("refusal", found.refusal)))

    def _note_read(self) -> None:
        newest = max((row.decided_at for row in self._rows), default=None)
        if newest is not None:
            self._context.runner.write(commands.note_seen, newest, initiator=self, on_done=lambda _: self.refresh())
