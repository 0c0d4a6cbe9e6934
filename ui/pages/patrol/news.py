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


class ForgottenBanner(Translated, QWidget):
    """Who forgot to check out of what is over: closed at the planned end by one button, or looked at one by one."""

    def __init__(self, context: Context, open_task: Callable[[str], Any], closed: Callable[[], Any]) -> None:
        super().__init__()
        self._context, self._closed = context, closed
        self._rows: tuple[Any, ...] = ()
        self.close_button = Button("", "quiet", "check", self._close)
        self.look = Button("", "link", "arrow-right", lambda: open_task(self._rows[0].task_id))
        self.banner = Banner()
        self.banner.layout().addWidget(self.look)
        self.banner.layout().addWidget(self.close_button)
        self.setLayout(column(self.banner, gap=S))
        self.hide()

    def refresh(self) -> None:
        """Ask who it is."""
        self._context.runner.read(queries.exceptions, on_done=self._show, on_error=lambda error: None, owner=self)

    def retranslate(self) -> None:
        """Say everything again."""
        self.look.setText(self.tr("打开"))
        self.close_button.setText(self.tr("按计划结束时间签退"))
        if self._rows:
            present = [row for row in self._rows if row.state == flow.PRESENT]
            words = self.tr("任务已经结束，还有 {n} 人没有签退：{names}。") if present else self.tr(
                "{names}忘记签退，已按计划结束时间计，请核对。")
            text = words.format(n=len(present), names=self._names(present or self._rows))
            self.close_button.setVisible(bool(present) and self._context.may("patrol.lead"))
            self.banner.show_text(text, Tone.WARNING)

    def _names(self, rows: Any) -> str:
        return self.tr("、").join(row.volunteer for row in rows[:3])

    def _show(self, rows: Any) -> None:
        self._rows = rows
        self.setVisible(bool(rows))
        self.retranslate()

    def _close(self) -> None:
        self._context.runner.write(commands.close_forgotten, initiator=self, on_done=lambda _: self._closed())
