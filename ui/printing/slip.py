"""A resident's slip in large type: number, QR code, what it is about, and what comes next. One A5 page, or several."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import QCoreApplication, QMarginsF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QImage,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPainter,
    QTextOption,
)

from ui.labels import word
from ui.pages.reports.refusing import refusal_words
from ui.widgets.dates import CHINA

translate = QCoreApplication.translate

PAGE: Final = QPageSize(QPageSize.PageSizeId.A5)
MARGIN: Final = 12.0
"""Millimetres."""
POINTS: Final = 72.0
QUIET: Final = 4
"""Modules of white around the code (ISO/IEC 18004)."""
FAMILIES: Final = (
    "Noto Sans CJK SC", "Source Han Sans SC", "Noto Sans SC", "Microsoft YaHei UI", "PingFang SC", "WenQuanYi Micro Hei",
)
"""Open fonts first (decision 26); what is drawn is embedded into a PDF."""
HEAD, NUMBER, TEXT, NOTE, CODE = 20.0, 24.0, 16.0, 12.0, 96.0
"""Points: a person of eighty reads it without glasses. CODE is the side of the QR code."""


@dataclass(frozen=True)
class Line:
    """One paragraph: its size in points, whether it is bold, and the space above it."""

    text: str
    size: float = TEXT
    bold: bool = False
    above: float = 6.0


def heading(slip: Any) -> str:
    """Return what the paper is called."""
    if slip.kind == "card":
        return translate("Slip", "零工卡")
    if slip.kind == "refusal":
        return translate("Slip", "不予受理告知单")
    return translate("Slip", "登记回执")


def lines(slip: Any) -> Sequence[Line]:
    """Return the paragraphs below number and code."""
    if slip.kind == "card":
        return _card_lines(slip)
    said = translate("Slip", "{label}：{value}")

    def pair(label: str, value: str) -> Line:
        return Line(said.format(label=label, value=value))

    born = f"{slip.registered_at.astimezone(CHINA):%Y-%m-%d %H:%M}"
    found = [pair(translate("Slip", "事项"), slip.title), pair(translate("Slip", "类别"), word("category", slip.category))]
    found += [pair(translate("Slip", "地点"), slip.address)] if slip.address else []
    found += [pair(translate("Slip", "登记时间"), born), pair(translate("Slip", "反映人"), reporter(slip))]
    if slip.kind == "refusal":
        reason = refusal_words({"refusal_reason": slip.refusal_reason, "refusal_list": slip.refusal_list})
        found += [Line(translate("Slip", "不予受理的理由"), TEXT, True, 14.0), Line(reason),
                  Line(translate("Slip", "您还可以"), TEXT, True, 14.0), Line(slip.refusal_ways)]
        note = translate("Slip", "对这个决定有疑问，请带上本单到窗口询问。")
    else:
        note = translate("Slip", "办理情况会反馈给您。查询时请带上本回执，或说出编号。")
    return [*found, Line(note, NOTE, above=14.0), Line(slip.station, NOTE, above=2.0)]


def _card_lines(slip: Any) -> Sequence[Line]:
    """Return what a worker's card says: whose it is, masked, and how it is used."""
    how = (translate("Slip", "在自助机上刷这张卡，再输手机号后四位（没有留手机的，输身份证号后四位），就可以找活、报名。"),
           translate("Slip", "卡丢了请告诉工作人员。别人捡到没有号码也用不了。"))
    return [Line(slip.name, TEXT, True, 10.0), *(Line(text) for text in how), Line(slip.station, NOTE, above=14.0)]


def reporter(slip: Any) -> str:
    """Return the resident as the paper may name them."""
    if slip.anonymous:
        return translate("Slip", "匿名")
    if slip.sealed:
        return translate("Slip", "姓名保密")
    tail = translate("Slip", "电话尾号 {tail}").format(tail=slip.phone_tail) if slip.phone_tail else ""
    return " · ".join(part for part in (slip.reporter, tail) if part) or translate("Slip", "没有留姓名")


def font(size: float, bold: bool = False) -> QFont:
    """Return the paper's font at a size in points; of a painter scaled to points, so in its pixels."""
    made = QFont()
    made.setFamilies(list(FAMILIES))
    made.setPixelSize(round(size))
    made.setWeight(QFont.Weight.Bold if bold else QFont.Weight.Normal)
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return made


def layout_page(device: QPagedPaintDevice) -> None:
    """Give a printer or a PDF the slip's page."""
    device.setPageLayout(QPageLayout(PAGE, QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0)))


def page_points() -> QSizeF:
    """Return the page in points."""
    return PAGE.size(QPageSize.Unit.Point)


def paint(painter: QPainter, slip: Any, new_page: Any = None) -> None:
    """Draw a slip on a painter whose unit is a point; ``new_page`` goes on to another page where there is one."""
    page = page_points()
    edge = MARGIN / 25.4 * POINTS
    area = QRectF(edge, edge, page.width() - 2 * edge, page.height() - 2 * edge)
    at = _head(painter, slip, area)
    for line in lines(slip):
        height = _height(line, area.width())
        if at + line.above + height > area.bottom() and new_page is not None:
            new_page()
            at = area.top()
        at += line.above
        _draw(painter, line, QRectF(area.left(), at, area.width(), height))
        at += height


def _head(painter: QPainter, slip: Any, area: QRectF) -> float:
    """Draw heading, number and code; return where the text begins."""
    room = QRectF(area.left(), area.top(), area.width() - CODE - 12, CODE)
    _draw(painter, Line(heading(slip), HEAD, True), QRectF(room.left(), room.top(), room.width(), HEAD * 1.4))
    _draw(painter, Line(translate("Slip", "编号"), NOTE), QRectF(room.left(), room.top() + 34, room.width(), NOTE * 1.5))
    number = Line(slip.number, _fitting(slip.number, room.width()), True)
    _draw(painter, number, QRectF(room.left(), room.top() + 52, room.width(), NUMBER * 1.5))
    _code(painter, slip.code, QRectF(area.right() - CODE, area.top(), CODE, CODE))
    below = area.top() + CODE + 8
    painter.drawLine(round(area.left()), round(below), round(area.right()), round(below))
    return below + 4


def _fitting(text: str, width: float) -> float:
    """Return the largest size up to NUMBER at which a text stands in one line."""
    wanted = QFontMetricsF(font(NUMBER, True)).horizontalAdvance(text)
    return NUMBER if wanted <= width else max(NOTE, float(int(NUMBER * width / wanted)))


def _code(painter: QPainter, text: str, box: QRectF) -> None:
    from zzdesk.desk.slips import qr_rows

    rows = qr_rows(text)
    module = box.width() / (len(rows) + 2 * QUIET)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.fillRect(box, Qt.GlobalColor.white)
    for y, row in enumerate(rows):
        for x, dark in enumerate(row):
            if dark:
                corner = box.left() + (x + QUIET) * module, box.top() + (y + QUIET) * module
                painter.fillRect(QRectF(*corner, module, module), Qt.GlobalColor.black)
    painter.restore()


def _option() -> QTextOption:
    option = QTextOption(Qt.AlignmentFlag.AlignLeft)
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    return option


def _height(line: Line, width: float) -> float:
    flags = int(Qt.TextFlag.TextWrapAnywhere)
    metrics = QFontMetricsF(font(line.size, line.bold))
    return metrics.boundingRect(QRectF(0, 0, width, 10_000), flags, line.text).height() + 2


def _draw(painter: QPainter, line: Line, box: QRectF) -> None:
    painter.setPen(Qt.GlobalColor.black)
    painter.setFont(font(line.size, line.bold))
    painter.drawText(box, line.text, _option())


def said(slip: Any, language: str) -> dict[str, Any]:
    """Return what a slip says, for the PDF: the same paragraphs as on paper."""
    told = [{"text": line.text, "size": line.size, "bold": line.bold, "above": line.above} for line in lines(slip)]
    return {
        "heading": heading(slip), "number_label": translate("Slip", "编号"), "number": slip.number, "lines": told,
        "title": f"{heading(slip)} {slip.number}", "fonts": list(FAMILIES), "lang": language,
    }  # fmt: skip


def print_on(slip: Any, printer: Any) -> None:
    """Print a slip on a printer that was chosen."""
    layout_page(printer)
    _paint_on(printer, slip, printer.printerName())


def _paint_on(device: Any, slip: Any, name: str) -> None:
    painter = QPainter()
    if not painter.begin(device):
        raise OSError(name)
    try:
        painter.scale(device.logicalDpiX() / POINTS, device.logicalDpiY() / POINTS)
        paint(painter, slip, device.newPage)
    finally:
        painter.end()


def picture(slip: Any, scale: float) -> QImage:
    """Return the first page as a picture; ``scale`` is pixels to a point."""
    page = page_points()
    image = QImage(round(page.width() * scale), round(page.height() * scale), QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
    painter.scale(scale, scale)
    paint(painter, slip)
    painter.end()
    return image
