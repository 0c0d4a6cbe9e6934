"""The order of a day's work and the slip of a wage before they leave the desk: seen masked, recorded, then printed in full."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from ui.context import Context
from ui.printing.sheet import PRINT_DOTS, PaperSheet
from ui.widgets.dates import CHINA

translate = QCoreApplication.translate
Then = Callable[[Any], None]


class WorkPaperSheet(PaperSheet):
    """Shows a paper with names and numbers covered; Ctrl+Enter prints it in full, Ctrl+S keeps it as PDF.

    Args:
        paper: its template. said: what it says, covered.
        in_full: records that it leaves the desk, then hands over what it says in full, or the error; both on this thread.
        done: called when it has left.
    """

    def __init__(self, parent: QWidget, context: Context, paper: str, said: dict[str, Any],
                 in_full: Callable[[Then, Then], None], done: Callable[[], None]) -> None:
        self._paper, self._in_full, self._done = paper, in_full, done
        super().__init__(parent, context, paper, said, 1)

    def sentence(self) -> str:
        """Say what is covered here, and what is not on paper."""
        return translate("WorkPaperSheet", "这里遮盖了姓名和号码；打印和存成文件时是完整的，先记入打印记录。")

    def _words(self) -> list[str]:
        return [self.said["title"], self.said["number"], *(" ".join(row) for row in self.said["rows"])]

    def _render(self, dots: float, on_done: Callable[[tuple[bytes, ...]], None]) -> None:
        self._set(self.said, dots, on_done)

    def _set(self, said: dict[str, Any], dots: float, on_done: Callable[[tuple[bytes, ...]], None]) -> None:
        from zzdesk.desk.morning import pages

        self._context.runner.call(pages, self._paper, said, dots, on_done=on_done, owner=self, on_error=self._failed)

    def _failed(self, error: Any) -> None:
        super()._failed(error)
        self.go.setEnabled(bool(self.pages))

    def print_on(self, printer: Any) -> None:
        """Record it, set it in full for the printer, and print."""
        def print_now(found: tuple[bytes, ...]) -> None:
            self._print(printer, found, translate("WorkPaperSheet", "已送往打印机，已记入打印记录"))

        self.go.setEnabled(False)
        self._in_full(lambda said: self._set(said, PRINT_DOTS, print_now), self._failed)

    def save(self) -> None:
        """Ask for a file, record it, and write the PDF in full."""
        name = f"{self.said['title']} {self._context.now().astimezone(CHINA):%Y-%m-%d}.pdf"
        chosen, _ = QFileDialog.getSaveFileName(self, translate("PaperSheet", "存为 PDF"), name, "PDF (*.pdf)")
        if chosen:
            self.save_to(Path(chosen))

    def save_to(self, file: Path) -> None:
        """Record it and write the PDF; the record before the file, so that none is without."""
        from zzdesk.desk.morning import write_pdf

        told = translate("PrintButton", "已存到 {name}，已记入打印记录").format(name=file.name)
        self._in_full(lambda said: self._context.runner.call(
            write_pdf, file, self._paper, said, owner=self, on_error=self._failed,
            on_done=lambda _: self._out("pdf", told)), self._failed)

    def _out(self, how: str, said: str) -> None:
        self._context.toast(said)
        self._done()
        self.done(self.DialogCode.Accepted)
