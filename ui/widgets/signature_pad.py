"""A pad to sign on with pen, finger or mouse. What was drawn is kept as strokes with their times, as an SVG drawing."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from xml.sax.saxutils import quoteattr

from PySide6.QtCore import QElapsedTimer, QEvent, QPointF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
    QTabletEvent,
    QTouchEvent,
)
from PySide6.QtWidgets import QWidget

from ui.theme import tokens_now
from ui.theme.tokens import FOCUS, RADIUS, XL
from zzdesk.clock import to_iso

LEAST: Final = QSize(640, 260)
"""Large enough for a finger: a name of three characters, each as high as a thumb is wide."""
INK: Final = 3.0
_ENOUGH: Final = 3
"""Points below which a touch is a slip and no signature."""

Point = tuple[float, float, int]
"""x and y in device-independent pixels from the pad's corner, and milliseconds since the first touch."""


class SignaturePad(QWidget):
    """Takes strokes; ``signed`` says after each whether there is a signature."""

    signed = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.strokes: list[list[Point]] = []
        self._since = QElapsedTimer()
        self.setMinimumSize(LEAST)
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    @property
    def is_signed(self) -> bool:
        """Whether more than a slip of the hand is there."""
        return sum(len(stroke) for stroke in self.strokes) >= _ENOUGH

    def wipe(self) -> None:
        """Begin again."""
        self.strokes.clear()
        self._since.invalidate()
        self._tell()

    def svg(self, who: str, at: datetime) -> bytes:
        """Return the strokes as SVG 1.1; each keeps its times, the drawing who signed and when it was begun."""
        lines = [self._path(stroke) for stroke in self.strokes if stroke]
        size = f'width="{self.width()}" height="{self.height()}" viewBox="0 0 {self.width()} {self.height()}"'
        about = f"data-who={quoteattr(who)} data-at={quoteattr(to_iso(at))}"
        head = f'<svg xmlns="http://www.w3.org/2000/svg" version="1.1" {size} {about}>'
        return "\n".join([head, *lines, "</svg>", ""]).encode()

    @staticmethod
    def _path(stroke: list[Point]) -> str:
        points = " ".join(f"{x:.1f},{y:.1f}" for x, y, _ in stroke)
        times = " ".join(str(t) for _, _, t in stroke)
        return (f'<polyline fill="none" stroke="black" stroke-width="{INK:g}" stroke-linecap="round" '
                f'stroke-linejoin="round" points="{points}" data-ms="{times}"/>')

    def begin(self, at: QPointF) -> None:
        """Put the pen down."""
        if not self._since.isValid():
            self._since.start()
        self.strokes.append([])
        self.go_on(at)

    def go_on(self, at: QPointF) -> None:
        """Draw on to a point; one outside the pad is not kept."""
        if self.strokes and self.rect().contains(at.toPoint()):
            self.strokes[-1].append((at.x(), at.y(), int(self._since.elapsed())))
            self._tell()

    def _tell(self) -> None:
        self.signed.emit(self.is_signed)
        self.update()

    # ---- hands -----------------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The button goes down."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.begin(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The mouse draws while its button is held."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self.go_on(event.position())

    def tabletEvent(self, event: QTabletEvent) -> None:
        """A pen touches, draws and lifts; taking it keeps Qt from making a mouse of it."""
        if event.type() == QEvent.Type.TabletPress:
            self.begin(event.position())
        elif event.type() == QEvent.Type.TabletMove and event.pressure() > 0:
            self.go_on(event.position())
        event.accept()

    def event(self, event: QEvent) -> bool:
        """A finger draws; a second one, or the ball of the hand, is not taken for ink."""
        if isinstance(event, QTouchEvent) and event.points():
            at = event.points()[0].position()
            if event.type() == QEvent.Type.TouchBegin:
                self.begin(at)
            elif event.type() == QEvent.Type.TouchUpdate:
                self.go_on(at)
            event.accept()
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the pad as paper: white with black ink in every theme, since that is what is kept."""
        tokens, painter = tokens_now(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = tokens.primary if self.hasFocus() else tokens.border
        painter.setPen(QPen(QColor(edge), FOCUS))
        painter.setBrush(QColor(Qt.GlobalColor.white))
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), RADIUS, RADIUS)
        line = self.height() - 2 * XL
        painter.setPen(QPen(QColor(Qt.GlobalColor.lightGray), 1, Qt.PenStyle.DashLine))
        painter.drawLine(XL, line, self.width() - XL, line)
        painter.setPen(QPen(QColor(Qt.GlobalColor.black), INK, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap,
                            Qt.PenJoinStyle.RoundJoin))
        for stroke in self.strokes:
            points = [QPointF(x, y) for x, y, _ in stroke]
            if len(points) == 1:
                painter.drawPoint(points[0])
            else:
                painter.drawPolyline(QPolygonF(points))
        painter.end()
