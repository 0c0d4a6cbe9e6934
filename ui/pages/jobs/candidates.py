"""谁合适: who fits a posting best and why; a person picks, and nobody is confirmed by it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from ui.context import Context
from ui.labels import word
from ui.models.paging import Line, PagingModel
from ui.pages.values import joined
from ui.widgets.base import Label
from ui.widgets.dialogs import Sheet
from ui.widgets.states import StateStack
from ui.widgets.table import LineList
from ui.widgets.tag import Tag, Tone
from zzdesk.errors import KnownError
from zzdesk.jobs import queries
from zzdesk.jobs.queries import Candidate

translate = QCoreApplication.translate
WIDTH: Final = 720
"""Device-independent pixels: a name, five reasons and a score stand in one line each."""


def reasons_of(found: Candidate) -> str:
    """Return the reasons in words with their points: ``会这门活 30 · 同一社区 25``."""
    return joined(*(f"{word('match_reason', name)} {points}" for name, points in found.reasons))


class _Shown:
    def __init__(self, rows: Sequence[Any]) -> None:
        self.rows, self.after = rows, None


class CandidatesSheet(Sheet):
    """The best twenty; Enter takes the one that is selected."""

    def __init__(self, parent: QWidget, context: Context, posting_id: str, take: Callable[[Candidate], None]) -> None:
        super().__init__(parent, translate("Candidates", "谁合适"), translate(
            "Candidates", "按会不会、远近、工钱、排队先后和以往评价算分。已经报名的、那段时间有活的不在里面。由您决定。"),
            translate("Candidates", "替他报名"))
        self._context, self._posting, self._take = context, posting_id, take
        self.model = PagingModel((), self._fetch, self._line, self)
        self.list = LineList(self.model)
        self.list.setMinimumHeight(380)
        self.setMinimumWidth(WIDTH)
        self.list.setAccessibleName(translate("Candidates", "谁合适"))
        self.stack = StateStack(self.list)
        self.body.addWidget(self.stack)
        self.note = Label("", "secondary", wrap=True)
        self.body.addWidget(self.note)
        self.model.loaded.connect(self._loaded)
        self.list.activated.connect(lambda _: self.accept())
        self.go.setEnabled(False)
        self.stack.show_loading()
        self.model.refresh()

    def accept(self) -> None:
        """Take who is selected."""
        if self.list.currentIndex().isValid():
            self._take(self.model.row(self.list.currentIndex()))
            super().accept()

    def _fetch(self, after: Any, limit: int, on_page: Callable[[Any], None],
               on_error: Callable[[KnownError], None]) -> None:
        self._context.runner.read(queries.candidates, self._posting, owner=self, on_error=on_error,
                                  on_done=lambda found: on_page(_Shown(found)))

    def _line(self, found: Candidate) -> Line:
        place = translate("Candidates", "排第 {n} 位").format(n=found.place) if found.place else ""
        return Line(joined(found.name, place), reasons_of(found),
                    Tag(translate("Candidates", "{score} 分").format(score=found.score), Tone.INFO), when=found.card)

    def _loaded(self, some: bool) -> None:
        self.go.setEnabled(some)
        if not some:
            self.stack.show_empty(translate("Candidates", "没有合适的人"),
                                  translate("Candidates", "会这门活、那段时间有空的人登记以后会出现在这里。"), icon="users")
            return
        self.stack.show_content()
        self.list.setCurrentIndex(self.model.index(0, 0))
        self.list.setFocus()
