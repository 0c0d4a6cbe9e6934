"""What a program that was killed left of a recording, where the session is read: its room may be closed for ever by now."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from ui.pages.base import Page
from ui.theme.tokens import S
from ui.widgets.banner import Banner
from ui.widgets.base import Button, Translated, column, row
from ui.widgets.dialogs import ask_reason
from ui.widgets.tag import Tone
from zzdesk.desk import recording
from zzdesk.desk.recording import Left, Saved
from zzdesk.errors import KnownError


class Unkept(Translated, QWidget):
    """Says that a recording was neither kept nor deleted, with a button for each; hidden where there is none."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page, self._session, self._left = page, "", None  # type: Page, str, Left | None
        self.banner = Banner(parent=self)
        self.keep = Button("", "", "check", self._keep)
        self.delete = Button("", "link", "trash-2", self._delete)
        self.setLayout(column(self.banner, row(self.keep, self.delete, None, gap=S), gap=S))
        self.hide()
        self.retranslate()

    def show_of(self, session_id: str) -> None:
        """Look what lies on the tapes of a session; nothing of one that one may not read."""
        self._session = session_id
        self._show(session_id, None)
        if session_id:
            context = self._page.context
            context.runner.call(recording.left, context.desk, session_id, owner=self,
                                on_done=lambda left: self._show(session_id, left))

    def retranslate(self) -> None:
        """Say everything again."""
        self.keep.setText(self.tr("保存录音"))
        self.delete.setText(self.tr("删除录音…"))
        self._say()

    def _show(self, session_id: str, left: Left | None) -> None:
        if session_id != self._session:
            return
        self._left = left
        self.keep.setVisible(left is not None and left.seconds > 0)
        self._say()
        if self.parentWidget() is not None:
            self.setVisible(left is not None)

    def _say(self) -> None:
        left, words = self._left, []
        if left is not None and left.seconds:
            time = recording.length(left.seconds)
            words.append(self.tr("有录音（{time}）没有保存完：请保存，或者删除。").format(time=time))
        if left is not None and left.broken:
            words.append(self.tr("有 {n} 段录音已损坏，读不出来，长度不明，只能删除。").format(n=left.broken))
        self.banner.show_text(" ".join(words), Tone.WARNING)

    def _keep(self) -> None:
        self._run(recording.keep, self._kept)

    def _kept(self, saved: Saved) -> None:
        said = self.tr("录音已加密保存在本机，尚未送达中心") if saved.kept else self.tr("没有保存任何录音。")
        self._done(saved.change, said)

    def _delete(self) -> None:
        text = self.tr("这次录下的声音会从本机删除，不能恢复；写明谁要求的、为什么，原因会记下来。")
        reason = ask_reason(self, self.tr("删除录音"), text, self.tr("删除"), danger=True)
        if reason:
            self._run(recording.delete, lambda change: self._done(change, self.tr("录音已删除，原因已记下")), reason)

    def _run(self, function: Any, done: Any, *args: Any) -> None:
        context = self._page.context
        task = context.runner.call(function, context.desk, self._session, *args, owner=self, on_done=done,
                                   on_error=self._refused)
        task.saves = True

    def _done(self, change: Any, said: str) -> None:
        self._page.context.toast(said)
        self._page.context.changes.changed.emit(change, self._page)
        self.show_of(self._session)
        self._page.refresh()

    def _refused(self, error: KnownError) -> None:
        self._page.context.toast(error.text(), bad=True)
