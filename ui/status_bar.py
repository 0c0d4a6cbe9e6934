"""The status bar: always says whether the centre is in reach, what waits, and when it last went through."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QProgressBar, QWidget

from ui.theme import set_kind
from ui.theme.tokens import XS, M, S
from ui.widgets.base import Button, Icon, Label, Translated, row
from ui.widgets.dates import short_moment


class StatusBar(Translated, QFrame):
    """Connection, pending, last success, and the account at the right; each part leads to the page that explains it."""

    wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_kind(self, "statusbar")
        self._icon = Icon("cloud-off", "secondary", 14)
        self._state = Button("", "status", on_click=lambda: self.wanted.emit("sync"))
        self._pending = Button("", "status", on_click=lambda: self.wanted.emit("sync"))
        self._conflicts = Button("", "status", on_click=lambda: self.wanted.emit("conflicts"))
        self._last = Label(kind="small")
        self._progress = QProgressBar()
        self._progress.setFixedWidth(120)
        self._progress.setTextVisible(False)
        self._progress.hide()
        self._saved = Label(kind="small")
        self.setLayout(row(self._icon, self._state, self._pending, self._conflicts, self._last, None, self._progress,
                           self._saved, gap=XS, margins=(M, 2, M, 2)))
        self.setFixedHeight(30)
        self._online, self._count, self._open_conflicts = False, 0, 0
        self._standing = ""
        self._enrolled = False
        self._success: datetime | None = None
        self._now: datetime | None = None
        self.retranslate()

    def show_state(self, *, online: bool, enrolled: bool, pending: int, conflicts: int,
                   last_success: datetime | None, now: datetime, standing: str = "") -> None:
        """Show the facts of this moment; ``standing`` is ``running`` or ``stuck`` while an exchange is under way."""
        self._standing = standing
        self._online, self._enrolled, self._count, self._open_conflicts = online, enrolled, pending, conflicts
        self._success, self._now = last_success, now
        self.retranslate()

    def show_progress(self, done: int, total: int) -> None:
        """Show how far a sync has come; ``total`` 0 means that nobody can say."""
        self._progress.setVisible(done < total or total == 0)
        self._progress.setRange(0, total)
        self._progress.setValue(done)

    def hide_progress(self) -> None:
        """The work has ended."""
        self._progress.hide()

    def retranslate(self) -> None:
        """Say everything again."""
        self._icon.show_icon("cloud" if self._online else "cloud-off", "success" if self._online else "secondary")
        self._state.setText(self._state_text())
        self._pending.setText(self._pending_text())
        conflicts = self._open_conflicts
        self._conflicts.setText(self.tr("%n 处冲突待决定", "", conflicts))
        self._conflicts.setVisible(self._open_conflicts > 0)
        self._last.setText(self._last_text())
        self._last.setContentsMargins(S, 0, 0, 0)
        self._saved.setText(self.tr("内容都已保存在本机"))

    def _state_text(self) -> str:
        if self._standing == "stuck":
            return self.tr("停滞：没有进展")
        if self._standing == "running":
            return self.tr("正在交换")
        if self._online:
            return self.tr("在线")
        return self.tr("离线") if self._enrolled else self.tr("离线 · 尚未接入中心")

    def _pending_text(self) -> str:
        if self._count == 0:
            return self.tr("没有待送达") if self._enrolled else self.tr("没有改动")
        count = self._count
        return self.tr("%n 项待送达", "", count)

    def _last_text(self) -> str:
        if self._success is None or self._now is None:
            return self.tr("还没有同步过") if self._enrolled else ""
        return self.tr("上次同步 {when}").format(when=short_moment(self._success, self._now))
