"""A paper of a mediation case, or its whole dossier, before it leaves the desk: looked at first, masked until a reason is given.

Making, drawing and printing go on beside the window and can be stopped; every copy that leaves is recorded.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QCoreApplication, QRectF, QSizeF, Qt
from PySide6.QtGui import QImage, QPainter, QPixmap
from PySide6.QtWidgets import QDialog, QFileDialog, QLabel, QWidget

from ui.context import Context
from ui.printing.sheet import WIDTH, layout_page, pages_area
from ui.theme.tokens import XL
from ui.widgets.banner import Banner
from ui.widgets.base import Button, Label
from ui.widgets.dates import CHINA
from ui.widgets.dialogs import Sheet, ask_reason
from ui.widgets.tag import Tone
from zzdesk.errors import RefusedError
from zzdesk.i18n import N_
from zzdesk.i18n import translate as words_of

translate = QCoreApplication.translate
SCREEN_DOTS: Final = 110.0
PRINT_DOTS: Final = 220.0
"""Dots to an inch on the printer: text in 12 points is clear, and a dossier of fifty pages still fits into the memory."""
HEIGHT: Final = 640
"""Device-independent pixels of the sheet: it fits on a screen of 768."""


class CasePaperSheet(Sheet):
    """Shows the pages; Ctrl+Enter prints, Ctrl+S keeps a PDF, the reason for full data is asked for once."""

    def __init__(self, parent: QWidget | None, context: Context, case_id: str, key: str, title: str,
                 done: Callable[[], None] = lambda: None, *, changed: bool = False) -> None:
        super().__init__(parent, title, "", translate("CasePaper", "打印"))
        self._context, self._case, self._key, self._name, self._done = context, case_id, key, title, done
        self._changed = changed
        self._stop = threading.Event()
        self.made: Any = None
        self.told, self.warned = Banner(), Banner()
        self.state = Label("", "secondary")
        self.area, self._column = pages_area(title, 240)
        self.setMinimumSize(WIDTH + 48 + 2 * XL, HEIGHT)
        for each in (self.told, self.warned, self.state, self.area):
            self.body.addWidget(each)
        self._add_buttons()
        self.back.setText(translate("CasePaper", "不打印"))
        self.finished.connect(lambda _: self._stop.set())
        self.make(revealed=False)

    def _add_buttons(self) -> None:
        self.reveal = Button(translate("CasePaper", "显示完整信息…"), "", "eye", self._ask_reason)
        self.keep = Button(translate("CasePaper", "存为 PDF…"), "", "download", self.save)
        self.word = Button(translate("CasePaper", "存为 Word…"), "", "file-text", self.save_word)
        self.keep.setShortcut("Ctrl+S")
        buttons: Any = self.layout().itemAt(self.layout().count() - 1).layout()
        for at, button in enumerate((self.reveal, self.keep, self.word)):
            button.setAutoDefault(False)
            buttons.insertWidget(at, button)
        from zzdesk.desk.dossiers import DOSSIER

        self.word.setVisible(self._key != DOSSIER)

    # ---- made and shown ---------------------------------------------------------------------------------------------

    def make(self, *, revealed: bool) -> None:
        """Make the paper beside the window and show its pages."""
        from zzdesk.desk import dossiers

        desk, stop = self._context.desk, self._stop

        def work(task: Any) -> Any:
            stopped = lambda: stop.is_set() or task.cancelled()  # noqa: E731
            made = dossiers.make(desk, self._case, self._key, revealed=revealed, stop=stopped)
            return made, made.pictures(SCREEN_DOTS)

        self._wait(translate("CasePaper", "正在排版…"))
        self._context.runner.aside(work, on_done=self._show, on_error=self._failed, owner=self)

    def _wait(self, words: str) -> None:
        self.state.setText(words)
        self.state.setVisible(bool(words))
        for button in (self.go, self.keep, self.word, self.reveal):
            button.setEnabled(not words)

    def _failed(self, error: Any) -> None:
        self._wait("")
        self.go.setEnabled(self.made is not None)
        self._context.toast(error.text(), bad=True)

    def _show(self, found: Any) -> None:
        self.made, pictures = found
        while self._column.count():
            item = self._column.takeAt(0)
            if item.widget() is not None:
                item.widget().deleteLater()
        for number, page in enumerate(pictures, 1):
            self._column.addWidget(_page(page, translate("CasePaper", "第 {number} 页，共 {count} 页").format(
                number=number, count=len(pictures))))
        self._column.addStretch(1)
        self._wait("")
        self._say(len(pictures))
        self.go.setFocus()

    def _say(self, pages: int) -> None:
        masked = translate("CasePaper", "姓名、号码和住址已遮盖，共 {pages} 页。签署和归档要用完整信息，显示和打印都会记入审计。")
        full = translate("CasePaper", "完整信息，共 {pages} 页。每一页都有您的姓名和时间；打印、另存都会记入这件纠纷。")
        self.told.show_text((masked if self.made.masked else full).format(pages=pages),
                            Tone.INFO if self.made.masked else Tone.WARNING)
        self.reveal.setVisible(self.made.masked and self._context.may("person.reveal"))
        lines = [_fault_words(own) for own in self.made.refused]
        if self._changed:
            lines.insert(0, translate("CasePaper", "▲ 签署以后这份文书的内容变过，现在打印的和签署的那份不一样。"))
        self.warned.show_text("\n".join(lines), Tone.WARNING)

    def _ask_reason(self) -> None:
        from zzdesk.desk.dossiers import note_opening

        reason = ask_reason(self, translate("CasePaper", "显示完整信息"),
                            translate("CasePaper", "写明用途，例如“当事人签署调解协议”。会记入审计。"),
                            translate("CasePaper", "显示"))
        if reason:
            self._wait(translate("CasePaper", "正在排版…"))
            self._context.runner.write(note_opening, self._case, reason, on_error=self._failed,
                                       on_done=lambda _: self.make(revealed=True))

    # ---- leaving the desk -------------------------------------------------------------------------------------------

    def accept(self) -> None:
        """Ask for the printer and print."""
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        layout_page(printer)
        printer.setDocName(self._key.partition("/")[0])
        if QPrintDialog(printer, self).exec() == QDialog.DialogCode.Accepted:
            self.print_on(printer)

    def print_on(self, printer: Any) -> None:
        """Print beside the window; going back stops it."""
        made, stop = self.made, self._stop

        def work(task: Any) -> int:
            return paint_pages(printer, made.pictures(PRINT_DOTS), lambda: stop.is_set() or task.cancelled())

        def print_now() -> None:
            self._context.runner.aside(work, on_error=self._failed, owner=self,
                                       on_done=lambda _: self._out(translate("CasePaper", "已送往打印机，已记入这件纠纷")))

        self._wait(translate("CasePaper", "正在打印…"))
        self._record("paper", made, print_now)

    def save(self) -> None:
        """Ask for a file and keep the PDF."""
        self._keep("pdf", "PDF (*.pdf)", self.made, translate("CasePaper", "已存为 PDF，已记入这件纠纷"))

    def save_word(self) -> None:
        """Make the Word file, with full data only where they are shown, and ask where to keep it."""
        from zzdesk.desk import dossiers

        masked = self.made.masked
        said = translate("CasePaper", "已存为 Word，已记入这件纠纷")
        self._wait(translate("CasePaper", "正在排版…"))
        self._context.runner.call(
            dossiers.make, self._context.desk, self._case, self._key, "word", revealed=not masked, owner=self,
            on_error=self._failed, on_done=lambda made: self._keep("word", "Word (*.docx)", made, said))

    def _keep(self, way: str, pattern: str, made: Any, said: str) -> None:
        from zzdesk.desk.dossiers import write

        self._wait("")
        lines = [_fault_words(own) for own in made.refused]
        if lines:
            self.warned.show_text("\n".join(lines), Tone.WARNING)
        ending = "docx" if way == "word" else "pdf"
        name = f"{self._name} {self._context.now().astimezone(CHINA):%Y-%m-%d}.{ending}"
        chosen, _ = QFileDialog.getSaveFileName(self, self._name, name, pattern)
        if chosen:
            self._record(way, made, lambda: self._context.runner.call(
                write, Path(chosen), made.content, owner=self, on_error=self._failed, on_done=lambda _: self._out(said)))

    def _record(self, way: str, made: Any, then: Callable[[], None]) -> None:
        """Record the print first: no copy is out without its record."""
        from zzdesk.desk.dossiers import note

        self._context.runner.write(note, self._case, self._key, way, made, on_done=lambda _: then(), on_error=self._failed)

    def _out(self, said: str) -> None:
        self._context.toast(said)
        self._done()
        super().accept()


def _page(content: bytes, name: str) -> QLabel:
    pixmap = QPixmap()
    pixmap.loadFromData(content)
    pixmap.setDevicePixelRatio(pixmap.width() / WIDTH)
    label = QLabel()
    label.setPixmap(pixmap)
    label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
    label.setAccessibleName(name)
    return label


def _fault_words(own: Any) -> str:
    """Return which template of the office is not used, and why."""
    said = translate("CasePaper", "▲ 本单位的模板 {file} 有错，没有用，先用自带的：{faults}")
    parts = [" ".join(part for part in (fault.where, fault.what, words_of(fault.message)) if part) for fault in own.faults[:3]]
    return said.format(file=own.file, faults=translate("CasePaper", "；").join(parts))


def paint_pages(printer: Any, pages: Any, stopped: Callable[[], bool]) -> int:
    """Paint pages on a printer, in whatever thread this runs, and return how many; ``stopped`` is asked before each.

    Raises:
        RefusedError: the printer does not begin, or somebody stopped.
    """
    painter = QPainter()
    if not painter.begin(printer):
        raise RefusedError(N_("打印机没有反应，没有打印。可以先存为 PDF。"))
    try:
        for at, page in enumerate(pages):
            if stopped():
                printer.abort()
                raise RefusedError(N_("已停止"))
            if at:
                printer.newPage()
            image = QImage.fromData(page)
            room = QSizeF(printer.width(), printer.height())
            fitted = QSizeF(image.size()).scaled(room, Qt.AspectRatioMode.KeepAspectRatio)
            painter.drawImage(QRectF(0, 0, fitted.width(), fitted.height()), image)
    finally:
        painter.end()
    return len(pages)


def offer_paper(window: QWidget, context: Context, case_id: str, key: str, title: str, done: Callable[[], None],
                *, changed: bool = False) -> None:
    """Show a paper; ``done`` is called when a copy has left the desk and is recorded."""
    sheet = CasePaperSheet(window.window(), context, case_id, key, title, done, changed=changed)
    sheet.exec()
    sheet.deleteLater()
