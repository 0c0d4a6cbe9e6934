"""A photo in a frame: as large as there is room for, never stretched, with words where there is none."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

from ui.theme import icons, tokens_now
from ui.theme.fonts import body_font
from ui.theme.tokens import ICON, RADIUS, SMALL, S


class Picture(QWidget):
    """Shows JPEG bytes, or an empty frame with a word."""

    def __init__(self, height: int = 160, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pixmap = QPixmap()
        self._words = ""
        self.setFixedHeight(height)
        self.setMinimumWidth(120)

    def show_photo(self, jpeg: bytes | None, words: str) -> None:
        """Show a photo; ``words`` name it, or say in its place why there is none."""
        self._pixmap = QPixmap()
        if jpeg:
            self._pixmap.loadFromData(jpeg, "JPEG")
        self._words = words
        self.setAccessibleName(words)
        self.update()

    @property
    def has_photo(self) -> bool:
        """Whether there is anything to be seen."""
        return not self._pixmap.isNull()

    def sizeHint(self) -> QSize:
        """Return a landscape frame."""
        return QSize(self.height() * 3 // 2, self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the photo in the middle of its frame."""
        tokens, painter = tokens_now(), QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        painter.setPen(QColor(tokens.border))
        painter.setBrush(QColor(tokens.page))
        frame = self.rect().adjusted(0, 0, -1, -1)
        painter.drawRoundedRect(frame, RADIUS, RADIUS)
        inner = frame.adjusted(2, 2, -2, -2)
        if self.has_photo:
            size = self._pixmap.size().scaled(inner.size(), Qt.AspectRatioMode.KeepAspectRatio)
            target = QRect(inner.center().x() - size.width() // 2, inner.center().y() - size.height() // 2,
                           size.width(), size.height())  # fmt: skip
            painter.drawPixmap(target, self._pixmap)
            return
        box = QRect(inner.center().x() - ICON // 2, inner.center().y() - ICON, ICON, ICON)
        icons.paint_icon(painter, box, "image", tokens.secondary)
        painter.setPen(QColor(tokens.secondary))
        painter.setFont(body_font(SMALL))
        painter.drawText(inner.adjusted(0, ICON + S, 0, 0), Qt.AlignmentFlag.AlignCenter, self._words)
