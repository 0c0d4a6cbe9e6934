"""The kiosk's slip: the same lines on paper, on the screen and in the QR code. Printed without asking anything."""

from __future__ import annotations

from typing import Any, Final

from PySide6.QtCore import QCoreApplication, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QTextOption

from ui.kiosk import words
from ui.printing.slip import font
from zzdesk.errors import RefusedError
from zzdesk.i18n import N_

translate = QCoreApplication.translate
HEAD, TEXT, MARGIN, POINTS = 20.0, 15.0, 14.0, 72.0
"""Points: large enough for somebody of eighty, and narrow enough for an 80 mm roll."""
NO_PRINTER: Final = N_("打印机没有反应，没有打印。")


def lines(mine: Any, place: str) -> tuple[str, ...]:
    """Return what the slip says of one's own application, masked."""
    said = (
        (translate("Kiosk", "编号"), mine.number), ("", words.short(mine.title, 18)),
        ("", words.when(mine.starts_at, mine.ends_at)),
        ("", words.short(mine.place, 18)),
        ("", f"{words.money(mine.wage)} {words.pay(mine.wage, mine.pay_unit)}".strip()),
        ("", " · ".join(each for each in (mine.name, place) if each)),
    )  # fmt: skip
    return tuple(f"{name}：{value}" if name else value for name, value in said if value)


def whole(mine: Any, said: tuple[str, ...]) -> tuple[str, ...]:
    """Return what is printed and what the QR code says: what became of it, then the lines."""
    return (translate("Kiosk", "零工报名：{state}").format(state=words.state(mine.state)), *said)


def place_title(place: Any) -> str:
    """Return how somebody stands in the queue of the morning, in a few words."""
    if place.place is not None:
        return translate("Kiosk", "您是第 {n} 位").format(n=place.place)
    return translate("Kiosk", "今天已经派到活了") if place.state == "placed" else translate("Kiosk", "今天先回去了")


def place_lines(place: Any, station: str, alone: bool) -> tuple[str, ...]:
    """Return what the slip says of one's own place: who is before by number alone, and all that a replay takes.

    ``alone``: this machine is out of reach of the counter, whose list counts.
    """
    said = []
    if place.place is None:
        said.append(translate("Kiosk", "要再排，请叫工作人员。"))
    else:
        said.append(translate("Kiosk", "前面还有 {n} 位").format(n=place.before) if place.before else
                    translate("Kiosk", "前面没有人，请在旁边等叫号"))
    said.append(translate("Kiosk", "卡号：{card}").format(card=place.card))
    said.append(_how(place))
    if alone:
        said.append(translate("Kiosk", "现在没有网，以柜台的名单为准"))
    said += [words.moment(place.came_at), " · ".join(each for each in (place.name, station) if each)]
    return tuple(said)


def _how(place: Any) -> str:
    if place.mode is None:
        return translate("Kiosk", "现在按先来后到；抽签以后会变")
    if place.seed is None:
        return translate("Kiosk", "今天按先来后到")
    if place.late:
        return translate("Kiosk", "抽签以后来的，排在抽到的人后面。种子：{seed}").format(seed=place.seed)
    return translate("Kiosk", "{n} 人抽签，种子：{seed}").format(n=place.drawn, seed=place.seed)


def printer_name(wanted: str = "") -> str:
    """Return the printer that the settings name, or the system's own where they name none; empty where it is not there."""
    from PySide6.QtPrintSupport import QPrinterInfo

    if wanted:
        return wanted if not QPrinterInfo.printerInfo(wanted).isNull() else ""
    return QPrinterInfo.defaultPrinter().printerName()


class NoPrinterError(RefusedError):
    """This machine has no printer, or not the one that the settings name."""

    code = "no-printer"


def print_here(task: Any, wanted: str, said: tuple[str, ...]) -> None:
    """Print the lines on the printer of this machine, in a worker: the system is asked for it there, which may take long.

    Raises:
        NoPrinterError: there is none. RefusedError: it does not answer.
    """
    name = printer_name(wanted)
    if not name:
        raise NoPrinterError(NO_PRINTER)
    print_on(task, name, said)


def print_on(task: Any, name: str, said: tuple[str, ...]) -> None:
    """Print the lines on a printer, in a worker; no dialog is ever shown.

    Raises:
        RefusedError: the printer does not answer.
    """
    from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

    info, painter = QPrinterInfo.printerInfo(name), QPainter()
    printer = QPrinter(info, QPrinter.PrinterMode.HighResolution)
    if info.isNull() or not painter.begin(printer):
        raise RefusedError(NO_PRINTER)
    try:
        painter.scale(printer.logicalDpiX() / POINTS, printer.logicalDpiY() / POINTS)
        page = printer.pageLayout().paintRect(printer.pageLayout().units().Point)
        paint(painter, said, page.width())
    finally:
        painter.end()


def paint(painter: QPainter, said: tuple[str, ...], width: float) -> None:
    """Draw the lines below each other, the first one larger, on a painter whose unit is a point."""
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    at, room = MARGIN, width - 2 * MARGIN
    for number, text in enumerate(said):
        face = font(HEAD if number == 0 else TEXT, bold=number == 0)
        wide = QRectF(0, 0, room, 10_000)
        height = QFontMetricsF(face).boundingRect(wide, int(Qt.TextFlag.TextWrapAnywhere), text).height() + 4
        painter.setFont(face)
        painter.drawText(QRectF(MARGIN, at, room, height), text, option)
        at += height + 4
