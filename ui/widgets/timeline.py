"""A timeline: what happened to a record, newest first, painted by one view however long it grows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from ui.theme import tokens_now
from ui.theme.fonts import body_font
from ui.theme.tokens import BODY, SMALL, XS, L, M, S
from ui.widgets.tag import Tone


@dataclass(frozen=True)
class Event:
    """One thing that happened: what, who, when, and a note."""

    title: str
    when: str
    who: str = ""
    note: str = ""
    tone: Tone = Tone.NEUTRAL


class _Canvas(QWidget):
    """Draws the events; knows its own height for a width."""

    def __init__(self) -> None:
        super().__init__()
        self.events: tuple[Event, ...] = ()
        self._boxes: list[tuple[int, int]] = []

    def measure(self, width: int) -> None:
        self._boxes.clear()
        top = S
        for event in self.events:
            note = self._note_rect(event, width).height() + XS if event.note else 0
            height = 20 + 18 + note + L
            self._boxes.append((top, height))
            top += height
        self.setFixedHeight(max(top, 1))

    def paintEvent(self, paint: QPaintEvent) -> None:
        tokens = tokens_now()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for number, (event, (top, height)) in enumerate(zip(self.events, self._boxes, strict=True)):
            if number + 1 < len(self.events):
                painter.setPen(QPen(QColor(tokens.border), 1))
                painter.drawLine(10, top + 18, 10, top + height + 4)
            plain = event.tone == Tone.NEUTRAL
            painter.setPen(QPen(QColor(tokens.disabled if plain else getattr(tokens, event.tone)), 2))
            painter.setBrush(QColor(tokens.panel))
            painter.drawEllipse(6, top + 6, 8, 8)
            self._texts(painter, event, top)
        painter.end()

    def _texts(self, painter: QPainter, event: Event, top: int) -> None:
        tokens, left, width = tokens_now(), 28, self.width() - 28 - S
        painter.setPen(QColor(tokens.text))
        painter.setFont(body_font(BODY, bold=True))
        title = QFontMetrics(painter.font()).elidedText(event.title, Qt.TextElideMode.ElideRight, width)
        painter.drawText(QRect(left, top, width, 20), Qt.AlignmentFlag.AlignVCenter, title)
        painter.setFont(body_font(SMALL, tabular=True))
        painter.setPen(QColor(tokens.secondary))
        line = " · ".join(part for part in (event.when, event.who) if part)
        painter.drawText(QRect(left, top + 20, width, 18), Qt.AlignmentFlag.AlignVCenter, line)
        if event.note:
            painter.setPen(QColor(tokens.text))
            painter.setFont(body_font(SMALL + 1))
            rect = self._note_rect(event, self.width())
            rect.moveTop(top + 38 + XS)
            painter.drawText(rect, int(Qt.TextFlag.TextWordWrap.value), event.note)

    @staticmethod
    def _note_rect(event: Event, width: int) -> QRect:
        metrics = QFontMetrics(body_font(SMALL + 1))
        space = QRect(28, 0, max(width - 28 - S, 40), 10_000)
        rect = metrics.boundingRect(space, int(Qt.TextFlag.TextWordWrap.value), event.note)
        return QRect(28, 0, space.width(), rect.height())


class Timeline(QScrollArea):
    """Shows events; reads as a list of sentences for a screen reader."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._canvas = _Canvas()
        self.setWidget(self._canvas)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContentsMargins(M, 0, 0, 0)

    def show_events(self, events: Sequence[Event], name: str) -> None:
        """Show what happened; ``name`` is what the timeline is called."""
        self._canvas.events = tuple(events)
        self.setAccessibleName(name)
        self._canvas.setAccessibleDescription("\n".join(f"{e.when} {e.title} {e.who} {e.note}" for e in events))
        self._canvas.measure(self.viewport().width())
        self._canvas.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the notes again at the new width."""
        super().resizeEvent(event)
        self._canvas.measure(self.viewport().width())
