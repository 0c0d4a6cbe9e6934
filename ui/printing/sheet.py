"""Lists on paper: the morning sheet, and a list of any kind as it is filtered, seen first, printed, or kept as PDF.

What is shown, printed and kept is set by Typst out of the same words; a page is a picture on its way to the printer.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final
from unicodedata import east_asian_width

from PySide6.QtCore import QCoreApplication, QMarginsF, QRectF, QSizeF, Qt
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter, QPixmap
from PySide6.QtWidgets import QDialog, QFileDialog, QLabel, QScrollArea, QVBoxLayout, QWidget

from ui.context import Context
from ui.labels import kind_word, state_tag, word
from ui.models.paging import Line
from ui.pages.reports.due import due_tag
from ui.pages.values import joined, short_number
from ui.printing.slip import FAMILIES
from ui.theme.tokens import L
from ui.widgets.base import Button
from ui.widgets.dates import CHINA, long_day
from ui.widgets.dialogs import Sheet

translate = QCoreApplication.translate
SCREEN_DOTS: Final = 144.0
PRINT_DOTS: Final = 300.0
LARGE, SMALL = 14.0, 10.0
"""Points: the morning sheet is read from where it hangs, and set smaller only where it would not be one page."""
LONGEST, UNIT = 52, 16
"""Columns of a matter with its place, and of a unit or a state, on the morning sheet: a Chinese character takes two."""
WIDTH: Final = 640
"""Device-independent pixels of a page on the screen."""
MORNING: Final = "morning"
LIST: Final = "list"
_BLANK: Final = {"note": "", "head": [], "rows": [], "empty": "", "columns": []}


# ---- what the papers say --------------------------------------------------------------------------------------------


def morning_said(found: Any, language: str, by: str) -> dict[str, Any]:
    """Return what the morning sheet says; ``by`` is who prints it."""
    heads = {
        "overdue": translate("MorningSheet", "▲ 已超期"), "today": translate("MorningSheet", "△ 今天到期"),
        "new": translate("MorningSheet", "● 昨天以来新登记"), "waiting": translate("MorningSheet", "◇ 等居民答复"),
        "feedback": translate("MorningSheet", "◆ 等着反馈给居民"),
    }  # fmt: skip
    parts = [_part(heads[part.key], part, found.units) for part in found.parts]
    parts.append(_duty(found.duty))
    title = translate("MorningSheet", "早间清单")
    return _paper(title, joined(found.station, long_day(found.day)), parts, language, by, LARGE, one_page=True)


def _part(heading: str, part: Any, units: dict[str, str]) -> dict[str, Any]:
    total = part.total
    said = "" if total is None else translate("MorningSheet", "{count} 件").format(count="99+" if total > 99 else total)
    left = 0 if total is None else total - len(part.rows)
    if left > 0:
        said += translate("MorningSheet", "，这里是前 {shown} 件").format(shown=len(part.rows))
    rows = [[short_number(row.number), _cut(joined(row.title, row.address)),
             _cut(units.get(row.id) or state_tag("report", row.state).text, UNIT), _due(row)] for row in part.rows]
    return _BLANK | {"heading": heading, "note": said, "rows": rows, "columns": [6.2, 0, 8.4, 9.4],
                     "empty": translate("MorningSheet", "没有")}


def _cut(text: str, longest: int = LONGEST) -> str:
    room, kept = longest, ""
    for letter in text:
        room -= 2 if east_asian_width(letter) in "WFA" else 1
        if room < 0:
            return kept[:-1] + "…"
        kept += letter
    return text


def _due(row: Any) -> str:
    tag = due_tag(row.remaining)
    return tag.text if tag is not None else f"{row.created_at.astimezone(CHINA):%m-%d %H:%M}"


def _duty(duty: Any) -> dict[str, Any]:
    from zzdesk.desk.morning import ON_DUTY

    heading = translate("MorningSheet", "■ 今天值班")
    if duty is None:
        return _BLANK | {"heading": heading, "empty": translate("MorningSheet", "您的账号看不到值班表")}
    until = translate("MorningSheet", "到 {time}")
    rows = [[each.grid, word("duty_slot", each.slot), each.who, each.phone or "",
             until.format(time=f"{each.until.astimezone(CHINA):%H:%M}")] for each in duty[:ON_DUTY]]
    left = len(duty) - len(rows)
    note = translate("MorningSheet", "还有 {count} 人").format(count=left) if left > 0 else ""
    return _BLANK | {"heading": heading, "note": note, "rows": rows, "columns": [8, 6, 0, 8, 5.5],
                     "empty": translate("MorningSheet", "今天没有排班")}


def list_said(rows: Sequence[Any], filter_words: str, day: date, language: str, by: str) -> dict[str, Any]:
    """Return what a printed list says: ``filter_words`` name what was asked for."""
    said = [[str(n), row.number, joined(row.title, row.address), word("category", row.category),
             state_tag("report", row.state).text, _due(row)] for n, row in enumerate(rows, 1)]
    head = [translate("ListSheet", "序号"), translate("ListSheet", "编号"), translate("ListSheet", "事项和地点"),
            translate("ListSheet", "类别"), translate("ListSheet", "状态"), translate("ListSheet", "期限")]
    part = _BLANK | {"heading": filter_words, "note": translate("MorningSheet", "{count} 件").format(count=len(rows)),
                     "rows": said, "head": head, "columns": [2.8, 12, 0, 5.6, 5.6, 9.4],
                     "empty": translate("MorningSheet", "没有")}
    return _paper(translate("ListSheet", "事件清单"), long_day(day), [part], language, by, SMALL)


def lines_said(kind: str, lines: Sequence[Line], filter_words: str, day: date, language: str, by: str,
               stamp: str = "") -> dict[str, Any]:
    """Return what a printed list of any kind says: its entries as they stand on the screen, covered as there.

    ``stamp`` is what stands behind everything, empty for nothing.
    """
    rows = [[str(n), line.title, line.detail, line.tag.text if line.tag else "", line.mark.text if line.mark else line.when]
            for n, line in enumerate(lines, 1)]
    head = [translate("ListSheet", "序号"), translate("ListSheet", "事项"), translate("ListSheet", "说明"),
            translate("ListSheet", "状态"), translate("ListSheet", "时间")]
    part = _BLANK | {"heading": filter_words, "note": translate("ListSheet", "{count} 条").format(count=len(rows)), "rows": rows,
                     "head": head, "columns": [2.8, 0, 0, 9, 8], "empty": translate("MorningSheet", "没有")}
    title = translate("ListSheet", "{kind}清单").format(kind=kind_word(kind))
    return _paper(title, long_day(day), [part], language, by, SMALL) | {"watermark": stamp}


def month_said(found: Any, title: str, month: str, language: str, by: str) -> dict[str, Any]:
    """Return what a month's figures say on paper: each with what it is counted of, and what was checked."""
    from zzdesk.desk.statistics import told

    head = [translate("MonthSheet", "项目"), translate("MonthSheet", "数量"), translate("MonthSheet", "基数"),
            translate("MonthSheet", "比率")]
    rows = [["　" * each.level + each.text(language), str(each.count), "" if each.of is None else str(each.of),
             rate_word(each)] for each in found.figures]
    checks = [[each.text(language), f"{each.left} / {each.right}", told(each, language)] for each in found.checks]
    parts = [_BLANK | {"heading": month, "head": head, "rows": rows, "columns": [0, 6, 6, 6]},
             _BLANK | {"heading": translate("MonthSheet", "核对"), "rows": checks, "columns": [0, 9, 6]}]
    foot = translate("MonthSheet", "比率四舍五入到一位小数 · {name} 打印").format(name=by)
    return _paper(title, "", parts, language, by, SMALL + 2) | {"foot": foot}


def rate_word(figure: Any) -> str:
    """Return a rate in words: a dash where there is nothing to count of."""
    return "" if figure.of is None else "—" if figure.rate is None else f"{figure.rate}%"


def _paper(title: str, subtitle: str, parts: Sequence[Any], language: str, by: str, size: float, *,
           one_page: bool = False) -> dict[str, Any]:
    foot = translate("MorningSheet", "姓名和号码已遮盖 · {name} 打印").format(name=by)
    return {"title": title, "subtitle": subtitle, "parts": list(parts), "lang": language, "fonts": list(FAMILIES), "size": size,
            "foot": foot, "one_page": one_page, "watermark": ""}


# ---- the preview ----------------------------------------------------------------------------------------------------


def pages_area(title: str, height: int) -> tuple[QScrollArea, QVBoxLayout]:
    """Return where pages are looked at one below the other, at least ``height`` pixels high, and what they are added to."""
    pages = QVBoxLayout()
    pages.setSpacing(L)
    holder = QWidget()
    holder.setLayout(pages)
    area = QScrollArea()
    area.setWidget(holder)
    area.setWidgetResizable(True)
    area.setMinimumSize(WIDTH + 48, height)
    area.setAccessibleName(title)
    return area, pages


class PaperSheet(Sheet):
    """Shows the pages; Ctrl+Enter prints them, Ctrl+S keeps them as PDF.

    ``note(work, kind, lines, how)`` tells the audit that so many lines left the desk; left out, it is a list of reports, and
    ``kind`` one of morning, list and month.
    """

    def __init__(self, parent: QWidget | None, context: Context, kind: str, said: dict[str, Any], lines: int,
                 note: Callable[..., Any] | None = None) -> None:
        super().__init__(parent, said["title"], self.sentence(), translate("PaperSheet", "打印"))
        self._context, self.kind, self.said, self.lines, self._note = context, kind, said, lines, note
        self.setMinimumWidth(WIDTH + 128)
        self.pages: tuple[bytes, ...] = ()
        self.area, self._column = pages_area(said["title"], 500)
        self.body.addWidget(self.area)
        self.keep = Button(translate("PaperSheet", "存为 PDF…"), "", "download", self.save)
        self.keep.setShortcut("Ctrl+S")
        self.keep.setAutoDefault(False)
        buttons: Any = self.layout().itemAt(self.layout().count() - 1).layout()
        buttons.insertWidget(2, self.keep)
        self.back.setText(translate("PaperSheet", "不打印"))
        self.go.setEnabled(False)
        self._render(SCREEN_DOTS, self._show)

    def sentence(self) -> str:
        """Say what one sees."""
        return translate("PaperSheet", "打印前先看一眼；姓名和号码已遮盖。")

    def _words(self) -> list[str]:
        """Return everything on the paper as lines, for a screen reader."""
        return _texts(self.said)

    def _render(self, dots: float, on_done: Callable[[tuple[bytes, ...]], None]) -> None:
        from zzdesk.desk.morning import pages

        self._context.runner.call(pages, "sheet", self.said, dots, on_done=on_done, owner=self, on_error=self._failed)

    def _failed(self, error: Any) -> None:
        self._context.toast(error.text(), bad=True)

    def _show(self, found: tuple[bytes, ...]) -> None:
        self.pages = found
        for page in found:
            pixmap = QPixmap()
            pixmap.loadFromData(page)
            pixmap.setDevicePixelRatio(pixmap.width() / WIDTH)
            label = QLabel()
            label.setPixmap(pixmap)
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            label.setAccessibleName("\n".join(self._words()))
            self._column.addWidget(label)
        self._column.addStretch(1)
        self.go.setEnabled(True)
        self.go.setFocus()

    def accept(self) -> None:
        """Ask for the printer and print."""
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        layout_page(printer)
        if QPrintDialog(printer, self).exec() == QDialog.DialogCode.Accepted:
            self.print_on(printer)

    def print_on(self, printer: Any) -> None:
        """Set the pages for the printer, print them, and note that the list left the desk."""
        self.go.setEnabled(False)
        self._render(PRINT_DOTS, lambda found: self._print(printer, found, translate("PaperSheet", "已送往打印机")))

    def _print(self, printer: Any, found: tuple[bytes, ...], told: str) -> None:
        """Print what was set, and say ``told``; or that the printer does not answer."""
        try:
            paint_on(printer, found)
        except OSError:
            self._context.toast(translate("PaperSheet", "打印机没有反应，没有打印。可以先存为 PDF。"), bad=True)
            self.go.setEnabled(True)
            return
        self._out("paper", told)

    def save(self) -> None:
        """Ask for a file and write the PDF."""
        name = f"{self.said['title']} {self._context.now().astimezone(CHINA):%Y-%m-%d}.pdf"
        chosen, _ = QFileDialog.getSaveFileName(self, translate("PaperSheet", "存为 PDF"), name, "PDF (*.pdf)")
        if not chosen:
            return
        from zzdesk.desk.morning import write_pdf

        self._context.runner.call(write_pdf, Path(chosen), "sheet", self.said, owner=self, on_error=self._failed,
                                  on_done=lambda _: self._out("pdf", translate("PaperSheet", "已存为 PDF")))

    def _out(self, how: str, said: str) -> None:
        from zzdesk.desk.morning import note_printed

        self._context.runner.write(self._note or note_printed, self.kind, self.lines, how)
        self._context.toast(said)
        super().accept()


def _texts(said: dict[str, Any]) -> list[str]:
    """Return everything on the paper as lines, for a screen reader."""
    told = [said["title"], said["subtitle"]]
    for part in said["parts"]:
        told += [f"{part['heading']} {part['note']}".strip(), *(" ".join(row) for row in part["rows"])]
        told += [] if part["rows"] else [part["empty"]]
    return told


def layout_page(printer: Any) -> None:
    """Give a printer the page of the paper."""
    a4 = QPageSize(QPageSize.PageSizeId.A4)
    printer.setPageLayout(QPageLayout(a4, QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0)))
    printer.setFullPage(True)


def paint_on(printer: Any, found: Sequence[bytes]) -> None:
    """Print pages.

    Raises:
        OSError: the printer does not begin.
    """
    painter = QPainter()
    if not painter.begin(printer):
        raise OSError(printer.printerName())
    try:
        for at, page in enumerate(found):
            if at:
                printer.newPage()
            image = QImage.fromData(page)
            room = QSizeF(printer.width(), printer.height())
            fitted = QSizeF(image.size()).scaled(room, Qt.AspectRatioMode.KeepAspectRatio)
            painter.drawImage(QRectF(0, 0, fitted.width(), fitted.height()), image)
    finally:
        painter.end()


# ---- the way in -----------------------------------------------------------------------------------------------------


def offer_morning(window: QWidget, context: Context) -> None:
    """Ask for the morning sheet and show it."""
    from zzdesk.desk.morning import morning

    def show(found: Any) -> None:
        said = morning_said(found, context.settings.values.language, context.facts.name)
        _open(window, context, MORNING, said, sum(len(part.rows) for part in found.parts))

    context.runner.read(morning, on_done=show, owner=window, on_error=lambda error: context.toast(error.text(), bad=True))


def offer_list(window: QWidget, context: Context, wanted: Any, filter_words: str, ids: Sequence[str] = ()) -> None:
    """Ask for a list as it is filtered, or of what was picked, and show it on paper."""
    from zzdesk.desk.morning import MOST, listed

    def show(rows: Sequence[Any]) -> None:
        day = context.now().astimezone(CHINA).date()
        words = filter_words
        if len(rows) == MOST:
            words = joined(words, translate("ListSheet", "只印前 {count} 件").format(count=MOST))
        _open(window, context, LIST, list_said(rows, words, day, context.settings.values.language, context.facts.name), len(rows))

    context.runner.read(listed, wanted, list(ids), on_done=show, owner=window,
                        on_error=lambda error: context.toast(error.text(), bad=True))


def offer_lines(window: QWidget, context: Context, kind: str, lines: Sequence[Line], filter_words: str, *,
                stamped: bool = False) -> None:
    """Show a list of any kind on paper; ``stamped``: with who prints it and when behind everything."""
    from zzdesk.desk.listed import note_printed

    now, me = context.now().astimezone(CHINA), context.facts.name
    stamp = f"{me} {now:%Y-%m-%d %H:%M}" if stamped else ""
    said = lines_said(kind, lines, filter_words, now.date(), context.settings.values.language, me, stamp)
    _open(window, context, kind, said, len(lines), note_printed)


def _open(window: QWidget, context: Context, kind: str, said: dict[str, Any], lines: int,
          note: Callable[..., Any] | None = None) -> None:
    sheet = PaperSheet(window.window(), context, kind, said, lines, note)
    sheet.exec()
    sheet.deleteLater()

