"""The button that prints a paper of a day's work: noted first, then written as PDF with full names on it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog

from ui.pages.work_detail import WorkDetail
from ui.widgets.base import Button, Translated, Words
from zzdesk.jobs import queries

translate = QCoreApplication.translate


class PrintButton(Translated, Button):
    """Asks where to, lets ``command`` note the print of the record that is shown, and writes ``paper`` there."""

    def __init__(self, detail: WorkDetail, words: Words, paper: str, command: Callable[..., Any]) -> None:
        self._detail, self._words, self._paper, self._command = detail, words, paper, command
        super().__init__(words(), "", "printer", self.ask)

    def retranslate(self) -> None:
        """Say it again."""
        self.setText(self._words())

    def ask(self) -> None:
        """Ask for the file."""
        target, _ = QFileDialog.getSaveFileName(
            self, translate("PrintButton", "存为 PDF"), f"{self._words()}.pdf", "PDF (*.pdf)")
        if target:
            self.print_to(target)

    def print_to(self, target: str) -> None:
        """Note the print, then write the paper to a file; the record before the file, so that none is without."""
        detail, context, file = self._detail, self._detail.context, Path(target)

        def write(said: Any) -> None:
            from zzdesk.desk.morning import write_pdf

            context.runner.call(write_pdf, file, self._paper, said, owner=self, on_error=detail.refuse, on_done=told)

        def told(_: Any) -> None:
            context.toast(translate("PrintButton", "已存到 {name}，已记入打印记录").format(name=file.name))
            detail.reload()
            detail.worked.emit()

        context.runner.write(
            self._command, detail.record_id, initiator=detail.page, on_error=detail.refuse,
            on_done=lambda change: context.runner.read(
                queries.paper_of, change.created[0], on_done=write, on_error=detail.refuse, owner=self))
