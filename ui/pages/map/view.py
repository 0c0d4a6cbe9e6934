"""The map itself: looked at by dragging, wheel and keys; each report on it is a stop of the Tab key, and Enter opens it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFontMetrics,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QSizePolicy, QToolTip, QWidget

from ui.pages.map.camera import Camera
from ui.pages.map.ground import Ground
from ui.pages.map.marks import GLYPH, RADIUS, Glyphs, cluster_radius, group_of, paint_cluster
from ui.theme import tokens_now
from ui.theme.fonts import body_font
from ui.theme.tokens import BODY, FOCUS, M, S
from ui.widgets.base import Words, no_words
from zzdesk.desk.atlas import Atlas, Box, Cluster, Spots

STEP: Final = 64
"""Pixels that an arrow key moves."""
ZOOM: Final = 1.6
NEAR: Final = 3
"""Pixels around a mark that still count as on it."""
CELL: Final = 72
"""Pixels of a cell in which reports are counted together."""
_PANS: Final = {Qt.Key.Key_Left: (-STEP, 0), Qt.Key.Key_Right: (STEP, 0), Qt.Key.Key_Up: (0, -STEP), Qt.Key.Key_Down: (0, STEP)}
_ZOOMS: Final = {Qt.Key.Key_Plus: ZOOM, Qt.Key.Key_Equal: ZOOM, Qt.Key.Key_Minus: 1 / ZOOM}


class MapView(QWidget):
    """Shows outlines and marks.

    ``moved()`` when another part is seen; ``chosen(list)`` when a person presses on marks, or Enter on one;
    ``walked(object)`` when the Tab key comes to one; ``left()`` when Esc leaves the marks.
    """

    moved = Signal()
    chosen = Signal(list)
    walked = Signal(object)
    left = Signal()

    def __init__(self, say: Any, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.camera, self.ground, self._glyphs = Camera(), Ground(), Glyphs()
        self._say, self.summary = say, no_words
        self.shown = Spots()
        self._places: list[tuple[Any, float, float]] = []
        self.current = ""
        self._pressed: QPoint | None = None
        self._dragged = self._fitted = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMinimumSize(QSize(280, 240))
        self.setMouseTracking(True)

    # ---- what is shown ---------------------------------------------------------------------------------------

    def show_atlas(self, atlas: Atlas) -> None:
        """Draw outlines; the first ones are seen whole, later ones from where the person is."""
        moved = atlas.projection != self.ground.atlas.projection
        self.ground.show(atlas)
        if moved or not self._fitted:
            self.fit(atlas.home)
        self.show_spots(self.shown)

    def show_spots(self, shown: Spots) -> None:
        """Draw reports or clusters; the one that was walked to stays if it is still there."""
        self.shown = shown
        flat = self.ground.atlas.projection.flat
        marks: Sequence[Any] = shown.spots or shown.clusters
        self._places = []
        for mark in marks:
            east, north = flat(mark.longitude, mark.latitude)
            self._places.append((mark, east, -north))
        if self.current not in {mark.id for mark, *_ in self._places}:
            self.current = ""
        self.name()
        self.update()

    def name(self) -> None:
        """Say to a screen reader what is seen and which mark has the cursor."""
        mark = self.mark()
        self.setAccessibleName(self._say(mark) if mark is not None else self.summary())
        self.update()

    def set_summary(self, words: Words) -> None:
        """Take the sentence that says what is seen."""
        self.summary = words
        self.name()

    def mark(self) -> Any:
        """Return the report or cluster with the cursor, or None."""
        return next((mark for mark, *_ in self._places if mark.id == self.current), None)

    def select(self, mark_id: str) -> None:
        """Put the cursor on a mark, and look there if it is not seen."""
        self.current = mark_id
        place = next(((e, s) for mark, e, s in self._places if mark.id == mark_id), None)
        if place is not None:
            x, y = self.camera.to_view(*place)
            if not QRectF(self.rect()).adjusted(GLYPH, GLYPH, -GLYPH, -GLYPH).contains(QPointF(x, y)):
                self.camera.centre_on(*place)
                self.moved.emit()
        self.name()

    # ---- where one looks -------------------------------------------------------------------------------------

    def box(self) -> Box:
        """Return the part that is seen, in degrees."""
        left, top, right, bottom = self.camera.seen()
        degrees = self.ground.atlas.projection.degrees
        (west, north), (east, south) = degrees(left, -top), degrees(right, -bottom)
        return Box(west, south, east, north)

    def cell(self) -> float:
        """Return how many degrees a cell is high."""
        box = self.box()
        return (box.north - box.south) / self.camera.height * CELL

    def fit(self, box: Box) -> None:
        """See a part given in degrees whole."""
        flat = self.ground.atlas.projection.flat
        (west, north), (east, south) = flat(box.west, box.north), flat(box.east, box.south)
        self.camera.fit(west, -north, east, -south)
        self._fitted = bool(self.ground.atlas.districts)
        self._look()

    def forget_place(self) -> None:
        """With the next outlines, begin where they say."""
        self._fitted = False

    def come_near(self, cluster: Cluster) -> None:
        """Look at the place of a cluster from nearer."""
        self.select(cluster.id)
        at = self.place_of(cluster.id)
        middle = QPointF(self.camera.width / 2, self.camera.height / 2)
        self.camera.pan(at.x() - middle.x(), at.y() - middle.y())
        self.zoom(ZOOM**2)

    def zoom(self, factor: float, at: QPointF | None = None) -> None:
        """Come nearer, or go away with a factor below one; what is under ``at`` stays there."""
        at = at or QPointF(self.camera.width / 2, self.camera.height / 2)
        self.camera.zoom(factor, at.x(), at.y())
        self._look()

    def near(self, place: QPointF) -> list[Any]:
        """Return the marks under a position, the nearest first."""
        found = []
        for mark, east, south in self._places:
            x, y = self.camera.to_view(east, south)
            reach = (cluster_radius(mark.count) if isinstance(mark, Cluster) else RADIUS) + NEAR
            away = (QPointF(x, y) - place).manhattanLength()
            if abs(x - place.x()) <= reach and abs(y - place.y()) <= reach:
                found.append((away, mark))
        return [mark for _, mark in sorted(found, key=lambda pair: pair[0])]

    def place_of(self, mark_id: str) -> QPointF:
        """Return where a mark is seen."""
        return next(QPointF(*self.camera.to_view(e, s)) for mark, e, s in self._places if mark.id == mark_id)

    def _look(self) -> None:
        self.update()
        self.moved.emit()

    # ---- what a person does ----------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move, + and − zoom, 0 shows the station, Enter opens, Esc goes to the list."""
        key = Qt.Key(event.key())
        mark = self.mark()
        if key in _PANS:
            self.camera.pan(*_PANS[key])
            self._look()
        elif key in _ZOOMS:
            self.zoom(_ZOOMS[key])
        elif key in (Qt.Key.Key_0, Qt.Key.Key_Home):
            self.fit(self.ground.atlas.home)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and mark is not None:
            self.chosen.emit([mark])
        elif key == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Walk from mark to mark, and out of the map after the last."""
        seen = self._in_view()
        at = next((n for n, mark in enumerate(seen) if mark.id == self.current), -1 if forward else len(seen))
        following = at + (1 if forward else -1)
        if not self.hasFocus() or not 0 <= following < len(seen):
            return super().focusNextPrevChild(forward)
        self._walk_to(seen[following])
        return True

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Coming with the Tab key one stands before the first mark, or behind the last."""
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self.current = ""
            self.name()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin to drag, or to press on a mark."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed, self._dragged = event.position().toPoint(), False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag the map along; over a mark the hand says that it can be pressed."""
        here = event.position().toPoint()
        if self._pressed is None:
            over = bool(self.near(event.position()))
            self.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.OpenHandCursor)
            return
        if self._dragged or (here - self._pressed).manhattanLength() >= QApplication.startDragDistance():
            self._dragged = True
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            self.camera.pan(self._pressed.x() - here.x(), self._pressed.y() - here.y())
            self._pressed = here
            self._look()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A press that was no drag opens what is under it."""
        if event.button() != Qt.MouseButton.LeftButton or self._pressed is None:
            return
        self._pressed = None
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        if not self._dragged and (found := self.near(event.position())):
            self._walk_to(found[0])
            self.chosen.emit(found)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Come nearer to what is under the pointer, or go away from it."""
        self.zoom(ZOOM ** (event.angleDelta().y() / 240), event.position())
        event.accept()

    def event(self, event: QEvent) -> bool:
        """Say what is under the pointer."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            found = self.near(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), "\n".join(self._say(mark) for mark in found[:8]), self)
            return True
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take another size; before the person has looked around, the station stays whole."""
        before = self.camera.width
        self.camera.resize(event.size().width(), event.size().height())
        if before <= 1.0:
            self.fit(self.ground.atlas.home)
        else:
            self._look()

    def _walk_to(self, mark: Any) -> None:
        self.current = mark.id
        self.name()
        self.walked.emit(mark)

    def _in_view(self) -> list[Any]:
        left, top, right, bottom = self.camera.seen()
        return [mark for mark, east, south in self._places if left <= east <= right and top <= south <= bottom]

    # ---- drawing ---------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Put down the ground, then the marks from the oldest to the newest, then the one with the cursor."""
        painter = QPainter(self)
        ratio = painter.device().devicePixelRatioF()
        painter.drawPixmap(0, 0, self.ground.picture(self.camera, ratio))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._glyphs.theme = tokens_now().name
        self._paint_marks(painter, ratio)
        if (mark := self.mark()) is not None:
            self._paint_cursor(painter, mark, self.place_of(mark.id), ratio)
        if self.hasFocus():
            painter.setPen(QPen(QColor(tokens_now().primary), FOCUS))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(self.rect()).adjusted(1, 1, -1, -1))
        painter.end()  # at once: whoever looks at this frame may hold the painter longer

    def _paint_marks(self, painter: QPainter, ratio: float) -> None:
        """Put down what is in view; of thousands each costs little more than one call."""
        left, top, right, bottom = self.camera.seen()
        scale, reach = self.camera.scale, GLYPH * self.camera.scale
        left, top, right, bottom = left - reach, top - reach, right + reach, bottom + reach
        for mark, east, south in reversed(self._places):
            if not (left <= east <= right and top <= south <= bottom):
                continue
            x, y = (east - left) / scale - GLYPH, (south - top) / scale - GLYPH
            if isinstance(mark, Cluster):
                paint_cluster(painter, QPointF(x, y), mark.count, mark.age)
            else:
                glyph = self._glyphs.mark(group_of(mark.state), mark.age, ratio)
                painter.drawPixmap(round(x - GLYPH / 2), round(y - GLYPH / 2), glyph)

    def _paint_mark(self, painter: QPainter, mark: Any, at: QPointF, ratio: float) -> None:
        if isinstance(mark, Cluster):
            paint_cluster(painter, at, mark.count, mark.age)
        else:
            glyph = self._glyphs.mark(group_of(mark.state), mark.age, ratio)
            painter.drawPixmap(at - QPointF(GLYPH / 2, GLYPH / 2), glyph)

    def _paint_cursor(self, painter: QPainter, mark: Any, at: QPointF, ratio: float) -> None:
        tokens = tokens_now()
        self._paint_mark(painter, mark, at, ratio)
        side = (cluster_radius(mark.count) if isinstance(mark, Cluster) else GLYPH / 2) + 4
        painter.setPen(QPen(QColor(tokens.primary), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(at.x() - side, at.y() - side, 2 * side, 2 * side), 4, 4)
        painter.setFont(body_font(BODY))
        metrics = QFontMetrics(painter.font())
        text = metrics.elidedText(self._say(mark), Qt.TextElideMode.ElideRight, max(120, self.width() - 8 * M))
        wide, high = metrics.horizontalAdvance(text) + 2 * S, metrics.height() + S
        x = min(max(M, at.x() - wide / 2), self.width() - wide - M)
        y = at.y() - side - high - S if at.y() - side - high - S > M else at.y() + side + S
        painter.setPen(QPen(QColor(tokens.border), 1))
        painter.setBrush(QColor(tokens.raised))
        bubble = QRectF(x, y, wide, high)
        painter.drawRoundedRect(bubble, 4, 4)
        painter.setPen(QColor(tokens.text))
        painter.drawText(bubble, Qt.AlignmentFlag.AlignCenter, text)
