"""Tags: a state is always a colour and a word, in rows and in headers alike."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui.theme import tokens_now
from ui.theme.fonts import body_font
from ui.theme.tokens import SMALL, S

HEIGHT = 22


class Tone(StrEnum):
    """What a colour means; never shown without a word."""

    NEUTRAL = "neutral"
    INFO = "info"
    SUCCESS = "success"
    WARNING = "warning"
    DANGER = "danger"


@dataclass(frozen=True)
class Tag:
    """A word and its tone."""

    text: str
    tone: Tone = Tone.NEUTRAL


def tag_width(tag: Tag) -> int:
    """Return the width of a painted tag in device-independent pixels."""
    return QFontMetrics(body_font(SMALL)).horizontalAdvance(tag.text) + 2 * S


def paint_tag(painter: QPainter, at: QPoint, tag: Tag, limit: int) -> int:
    """Draw a tag whose left middle is ``at``, not wider than ``limit``; return its width."""
    tokens = tokens_now()
    neutral = tag.tone == Tone.NEUTRAL
    ground = tokens.neutral_fill if neutral else getattr(tokens, f"{tag.tone}_fill")
    ink = tokens.secondary if neutral else getattr(tokens, tag.tone)
    rect = QRect(at.x(), at.y() - HEIGHT // 2, min(tag_width(tag), limit), HEIGHT)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    edge = QColor(ink)
    edge.setAlphaF(0.0 if neutral else 0.35)
    painter.setPen(edge)
    painter.setBrush(QColor(ground))
    painter.drawRoundedRect(rect.adjusted(0, 0, -1, -1), 4, 4)
    painter.setPen(QColor(ink))
    painter.setFont(body_font(SMALL))
    text = QFontMetrics(painter.font()).elidedText(tag.text, Qt.TextElideMode.ElideRight, rect.width() - 2 * S + 2)
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)
    painter.restore()
    return rect.width()


class StateTag(QWidget):
    """A tag as a widget, for headers and cards."""

    def __init__(self, tag: Tag | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tag = tag
        self.show_tag(tag)

    def show_tag(self, tag: Tag | None) -> None:
        """Show another tag; None hides it."""
        self._tag = tag
        if tag is None or self.parentWidget() is not None:  # shown without a parent it would flash as a window
            self.setVisible(tag is not None)
        if tag is not None:
            self.setAccessibleName(tag.text)
            self.setFixedSize(self.sizeHint())
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size the word needs."""
        return QSize(tag_width(self._tag) if self._tag else 0, HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the tag."""
        if self._tag is not None:
            painter = QPainter(self)
            paint_tag(painter, QPoint(0, self.height() // 2), self._tag, self.width())
            painter.end()
