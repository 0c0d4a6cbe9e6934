"""Line icons (Lucide, ISC licence, ``resources/icons``) drawn in the text colour of the theme in force."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QIconEngine, QImage, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer

from ui.assets import asset
from ui.theme.tokens import DARK, ICON, LIGHT, Tokens


@lru_cache(maxsize=256)
def _source(name: str) -> str:
    return asset("icons", f"{name}.svg").read_text(encoding="utf-8")


@lru_cache(maxsize=1024)
def _image(name: str, colour: str, pixels: int, stroke: str) -> QImage:
    text = _source(name).replace("currentColor", colour).replace('stroke-width="2"', f'stroke-width="{stroke}"')
    image = QImage(pixels, pixels, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(QByteArray(text.encode())).render(painter, QRectF(0, 0, pixels, pixels))
    painter.end()
    return image


def paint_icon(painter: QPainter, rect: QRect, name: str, colour: str) -> None:
    """Draw the icon ``name`` in the middle of ``rect`` in ``colour``, sharp at every scale."""
    side = min(rect.width(), rect.height())
    ratio = painter.device().devicePixelRatioF()
    image = _image(name, colour, max(1, round(side * ratio)), "1.75")
    target = QRect(rect.x() + (rect.width() - side) // 2, rect.y() + (rect.height() - side) // 2, side, side)
    painter.drawImage(target, image)


def _theme() -> Tokens:
    return DARK if QGuiApplication.palette().color(QPalette.ColorRole.Window).lightness() < 128 else LIGHT


class _Engine(QIconEngine):
    """Looks up the colour when it paints, so that icons follow a change of theme by themselves."""

    def __init__(self, name: str, role: str) -> None:
        super().__init__()
        self._name, self._role = name, role

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        role = "disabled" if mode == QIcon.Mode.Disabled else self._role
        if rect.width() > rect.height():  # room to the right of the icon keeps it away from the word
            rect = QRect(rect.x(), rect.y(), rect.height(), rect.height())
        paint_icon(painter, rect, self._name, getattr(_theme(), role))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        pixmap = QPixmap(size)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        self.paint(painter, QRect(0, 0, size.width(), size.height()), mode, state)
        painter.end()
        return pixmap

    def clone(self) -> QIconEngine:
        return _Engine(self._name, self._role)


def icon(name: str, role: str = "text") -> QIcon:
    """Return the icon ``name`` drawn in the token ``role`` (text, secondary, primary, on_primary, danger …)."""
    return QIcon(_Engine(name, role))


def pixmap(name: str, role: str = "text", size: int = ICON, ratio: float = 1.0) -> QPixmap:
    """Return a pixmap of ``size`` device-independent pixels for a label on a screen of ``ratio``."""
    image = _image(name, getattr(_theme(), role), round(size * ratio), "1.75").copy()
    image.setDevicePixelRatio(ratio)
    return QPixmap.fromImage(image)
