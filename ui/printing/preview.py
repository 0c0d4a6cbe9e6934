"""A slip before it is printed: how it will look, on paper or as a file."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from ui.context import Context
from ui.printing import slip as papers
from ui.theme import tokens_now
from ui.theme.tokens import L
from ui.widgets.base import Button, row
from ui.widgets.dialogs import Sheet

translate = QCoreApplication.translate
WIDTH: Final = 350
"""Device-independent pixels of the page on the screen."""


class Paper(QWidget):
    """The page as it will be printed."""

    def __init__(self, slip: Any) -> None:
        super().__init__()
        page = papers.page_points()
        self._slip, self._scale = slip, WIDTH / page.width()
        self.setFixedSize(WIDTH, round(page.height() * self._scale))
        words = [papers.heading(slip), slip.number, *(line.text for line in papers.lines(slip))]
        self.setAccessibleName("\n".join(words))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the page at the density of the screen."""
        ratio = self.devicePixelRatioF()
        image = papers.picture(self._slip, self._scale * ratio)
        pixmap = QPixmap.fromImage(image)
        pixmap.setDevicePixelRatio(ratio)
        painter = QPainter(self)
        painter.drawPixmap(0, 0, pixmap)
        painter.setPen(QColor(tokens_now().border))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))


class SlipSheet(Sheet):
    """Shows a slip; Ctrl+Enter prints it, Ctrl+S keeps it as PDF."""

    def __init__(self, parent: QWidget | None, context: Context, slip: Any) -> None:
        super().__init__(parent, papers.heading(slip),
                         translate("SlipSheet", "交给居民的一张，大字；姓名已遮盖，电话只留尾号。"),
                         translate("SlipSheet", "打印"))
        self._context, self.slip = context, slip
        self.paper = Paper(slip)
        self.keep = Button(translate("SlipSheet", "存为 PDF…"), "", "download", self.save)
        self.keep.setShortcut("Ctrl+S")
        self.keep.setAutoDefault(False)
        self.body.addLayout(row(None, self.paper, None, gap=L))
        buttons: Any = self.layout().itemAt(self.layout().count() - 1).layout()
        buttons.insertWidget(2, self.keep)
        self.back.setText(translate("SlipSheet", "不打印"))
        self.go.setFocus()

    def accept(self) -> None:
        """Ask for the printer and print."""
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        papers.layout_page(printer)
        if QPrintDialog(printer, self).exec() == QDialog.DialogCode.Accepted:
            self.print_on(printer)

    def print_on(self, printer: Any) -> None:
        """Print on a printer that was chosen, and note that the slip left the desk."""
        try:
            papers.print_on(self.slip, printer)
        except OSError:
            self._context.toast(translate("SlipSheet", "打印机没有反应，没有打印。可以先存为 PDF。"), bad=True)
            return
        self._note("paper", translate("SlipSheet", "已送往打印机"))
        super().accept()

    def save(self) -> None:
        """Ask for a file and write the PDF."""
        name, _ = QFileDialog.getSaveFileName(self, translate("SlipSheet", "存为 PDF"), f"{self.slip.number}.pdf", "PDF (*.pdf)")
        if not name:
            return
        from zzdesk.desk.slips import write_pdf

        said = papers.said(self.slip, self._context.settings.values.language)
        self._context.runner.call(write_pdf, Path(name), said, self.slip.code, on_done=lambda _: self._saved(), owner=self,
                                  on_error=lambda error: self._context.toast(error.text(), bad=True))

    def _saved(self) -> None:
        self._note("pdf", translate("SlipSheet", "已存为 PDF"))
        super().accept()

    def _note(self, how: str, said: str) -> None:
        from zzdesk.desk.slips import note_printed

        self._context.runner.write(note_printed, self.slip.report_id, self.slip.kind, how)
        self._context.toast(said)


def offer_slip(window: QWidget, context: Context, report_id: str) -> None:
    """Ask for the slip of a report and show it."""
    from zzdesk.desk.slips import slip

    def show(found: Any) -> None:
        sheet = SlipSheet(window.window(), context, found)
        sheet.exec()
        sheet.deleteLater()

    context.runner.read(slip, report_id, on_done=show, on_error=lambda error: context.toast(error.text(), bad=True), owner=window)
