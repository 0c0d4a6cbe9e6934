"""Ctrl+K: one line that finds records by text, name, pinyin or number, and goes to any page or action."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QWidget

from ui.labels import kind_word
from ui.models.paging import Line, PagingModel
from ui.runner import Runner, Task
from ui.theme import set_kind
from ui.theme.tokens import ROW, M, S
from ui.widgets.base import IconEdit, Label, Translated, column, line, row
from ui.widgets.states import Notice
from ui.widgets.table import LineList
from ui.widgets.tag import Tag

PAUSE_MS = 120
_PAGES = {
    "report": "reports", "step": "reports", "request": "reports", "card": "reports",
    "handover_order": "reports",
    "employer": "jobs", "posting": "jobs", "worker": "jobs", "wage_line": "jobs",
    "complaint": "jobs",
    "contact_day": "jobs", "employer_visit": "jobs", "employer_need": "jobs", "giveback_entry": "jobs",
    "application": "jobs", "case": "mediation", "party": "mediation", "session": "mediation",
    "agreement": "mediation", "conflict": "conflicts",
    "task": "patrol", "signup": "patrol", "volunteer": "patrol", "team": "patrol", "segment": "patrol",
    "reward": "patrol", "round": "patrol", "callout": "patrol", "certificate": "patrol",
}
_ICONS = {"report": "clipboard-list", "posting": "briefcase", "employer": "building-2", "worker": "user",
          "person": "user", "case": "handshake", "party": "users", "task": "shield-check", "volunteer": "user", "team": "users",
          "segment": "map-pin"}


@dataclass(frozen=True)
class Command:
    """A page or an action that the palette offers."""

    id: str
    icon: str
    title: Callable[[], str]
    words: str
    run: Callable[[], Any]
    keys: str = ""


@dataclass(frozen=True)
class Result:
    """A record that was found."""

    id: str
    kind: str
    title: str


class SearchPalette(Translated, QDialog):
    """Lies over the window; arrows choose, Enter opens, Esc closes."""

    def __init__(self, window: QWidget, runner: Runner, commands: Sequence[Command],
                 open_record: Callable[[str, str], Any]) -> None:
        super().__init__(window, Qt.WindowType.FramelessWindowHint | Qt.WindowType.Dialog)
        set_kind(self, "palette")
        self._runner, self._commands, self._open = runner, tuple(commands), open_record
        self._task: Task | None = None
        self._limit = 480
        self.edit = IconEdit()
        self.edit.setFrame(False)
        self.edit.setMinimumHeight(44)
        self.model = PagingModel((), lambda *_: None, self._line, self)
        self.list = LineList(self.model)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._nothing = Notice("search")
        self._hint = Label(kind="small")
        foot = row(self._hint, None, gap=M, margins=(M, S, M, S))
        self.setLayout(column(self.edit, line(), self.list, self._nothing, line(), foot, gap=0, margins=1))
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE_MS)
        self._timer.timeout.connect(self._search)
        self.edit.textChanged.connect(self._typed)
        self.edit.installEventFilter(self)
        self.list.clicked.connect(lambda index: self._run(self.model.row(index)))
        self.retranslate()

    def open_over(self, window: QWidget) -> None:
        """Show the palette in the upper middle of the window, empty."""
        self.setFixedWidth(min(640, window.width() - 80))
        self._limit = min(480, window.height() - 160)
        corner = window.mapToGlobal(QPoint((window.width() - self.width()) // 2, 72))
        self.move(corner)
        self.edit.clear()
        self._typed("")
        self.open()
        self.edit.setFocus()

    def retranslate(self) -> None:
        """Say everything again."""
        self.edit.setPlaceholderText(self.tr("搜索事件、人、案件，或输入页面和操作"))
        self.edit.setAccessibleName(self.tr("搜索"))
        self._hint.setText(self.tr("↑↓ 选择 · Enter 打开 · Esc 关闭 · 姓名可用拼音首字母"))
        self.model.retranslate()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrow keys move in the list while one types."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
                self._move(1 if event.key() == Qt.Key.Key_Down else -1)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._run_current()
                return True
        return False

    def _typed(self, text: str) -> None:
        self._show(self._fitting(text))
        if text.strip():
            self._timer.start()
        else:
            self._timer.stop()

    def _fitting(self, text: str) -> list[Any]:
        wanted = text.strip().lower()
        return [c for c in self._commands if not wanted or wanted in c.title().lower() or wanted in c.words]

    def _search(self) -> None:
        from zzdesk.desk.queries import search

        text = self.edit.text().strip()
        if self._task is not None:
            self._task.cancel()
        if text:
            self._task = self._runner.read(search, text, on_done=self._found, on_error=lambda error: None, owner=self)

    def _found(self, hits: Sequence[Any]) -> None:
        records = [Result(hit.id, hit.kind, hit.title) for hit in hits if hit.kind in _PAGES or hit.kind == "person"]
        self._show([*records, *self._fitting(self.edit.text())])

    def _show(self, rows: list[Any]) -> None:
        self.model.set_rows(rows)
        self.list.setVisible(bool(rows))
        self._nothing.setVisible(not rows)
        self.setFixedHeight(min(self._limit, 90 + len(rows) * ROW if rows else 260))
        if rows:
            self.list.setCurrentIndex(self.model.index(0, 0))
        else:
            self._nothing.show_notice(
                self.tr("没有找到"), self.tr("换一个词试试：标题、姓名、电话后四位、编号都可以。"), icon="search")

    def _line(self, row: Any) -> Line:
        if isinstance(row, Command):
            return Line(row.title(), "", Tag(row.keys) if row.keys else None, "", row.icon)
        return Line(row.title, "", Tag(kind_word(row.kind)), "", _ICONS.get(row.kind, "file-text"))

    def _move(self, step: int) -> None:
        if self.model.rowCount():
            at = (self.list.currentIndex().row() + step) % self.model.rowCount()
            self.list.setCurrentIndex(self.model.index(at, 0))

    def _run_current(self) -> None:
        index = self.list.currentIndex()
        if index.isValid():
            self._run(self.model.row(index))

    def _run(self, row: Any) -> None:
        self.accept()
        if isinstance(row, Command):
            row.run()
        else:
            self._open(page_of(row.kind), row.id)


def page_of(kind: str) -> str:
    """Return the page that shows records of a kind."""
    return _PAGES.get(kind, "workbench")
