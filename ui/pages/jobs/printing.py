"""The button that prints a paper of a day's work: seen first, noted, then printed or written as PDF with full names on it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication

from ui.pages.work_detail import WorkDetail
from ui.widgets.base import Button, Translated, Words
from zzdesk.jobs import queries

translate = QCoreApplication.translate


class PrintButton(Translated, Button):
    """Shows ``paper`` of the record that is shown; ``command`` notes that it leaves the desk before it does."""

    def __init__(self, detail: WorkDetail, words: Words, paper: str, command: Callable[..., Any]) -> None:
        self._detail, self._words, self._paper, self._command = detail, words, paper, command
        super().__init__(words(), "", "printer", self.ask)

    def retranslate(self) -> None:
        """Say it again."""
        self.setText(self._words())

    def ask(self) -> None:
        """Show the paper with names and numbers covered."""
        detail = self._detail
        detail.context.runner.read(queries.preview_of, self._paper, detail.record_id, on_done=self._show,
                                   on_error=detail.refuse, owner=self)

    def _show(self, said: Any) -> None:
        from ui.printing.workpaper import WorkPaperSheet

        sheet = WorkPaperSheet(self.window(), self._detail.context, self._paper, said, self._in_full, self._left)
        sheet.exec()
        sheet.deleteLater()

    def _in_full(self, then: Callable[[Any], None], refused: Callable[[Any], None]) -> None:
        detail, context = self._detail, self._detail.context
        context.runner.write(
            self._command, detail.record_id, initiator=detail.page, on_error=refused,
            on_done=lambda change: context.runner.read(
                queries.paper_of, change.created[0], on_done=then, on_error=refused, owner=self))

    def _left(self) -> None:
        self._detail.reload()
        self._detail.worked.emit()

    def print_to(self, target: str) -> None:
        """Note the print, then write the paper to a file; the record before the file, so that none is without."""
        from zzdesk.desk.morning import write_pdf

        detail, context, file = self._detail, self._detail.context, Path(target)

        def told(_: Any) -> None:
            context.toast(translate("PrintButton", "已存到 {name}，已记入打印记录").format(name=file.name))
            self._left()

        self._in_full(lambda said: context.runner.call(
            write_pdf, file, self._paper, said, owner=self, on_error=detail.refuse, on_done=told), detail.refuse)
