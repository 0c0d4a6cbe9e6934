"""Small drawn marks: the program's own, and the round initial of a person."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPainterPath, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QWidget

from ui.theme import tokens_now
from ui.theme.fonts import body_font
from ui.theme.tokens import LIGHT


class Avatar(QWidget):
    """The last two characters of a Chinese name, or the initials of another, in a circle."""

    def __init__(self, size: int = 32, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedSize(size, size)
        self._text = ""

    def show_name(self, name: str) -> None:
        """Show somebody's mark."""
        words = name.split()
        self._text = "".join(word[0].upper() for word in words[:2]) if len(words) > 1 else name[-2:]
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw circle and characters."""
        tokens = tokens_now()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.selected))
        painter.drawEllipse(self.rect())
        painter.setPen(QColor(tokens.text))
        painter.setFont(body_font(max(11, round(self.width() * 0.36)), bold=True))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._text)
        painter.end()


def paint_mark(painter: QPainter, side: float, ground: str, ink: str) -> None:
    """Draw the program's mark: a desk, and two strokes that meet again."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(ground))
    painter.drawRoundedRect(QRectF(0, 0, side, side), side * 0.25, side * 0.25)
    unit = side / 32
    pen = QPen(QColor(ink), 2.6 * unit)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    path = QPainterPath(QPointF(8 * unit, 10 * unit))
    path.lineTo(24 * unit, 10 * unit)
    path.lineTo(8 * unit, 22 * unit)
    path.lineTo(24 * unit, 22 * unit)
    painter.drawPath(path)


class Mark(QWidget):
    """The program's mark as a widget."""

    def __init__(self, size: int = 32, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedSize(size, size)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        tokens = tokens_now()
        painter = QPainter(self)
        paint_mark(painter, self.width(), tokens.primary, tokens.on_primary)
        painter.end()


def window_icon() -> QIcon:
    """Return the icon of windows and task bars."""
    icon = QIcon()
    for side in (16, 24, 32, 48, 64, 128, 256):
        pixmap = QPixmap(side, side)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        paint_mark(painter, side, LIGHT.primary, LIGHT.on_primary)
        painter.end()
        icon.addPixmap(pixmap)
    return icon


