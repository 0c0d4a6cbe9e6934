"""How a report looks on the map: a shape for what has to be done with it, rings for how old it is, colour beside both."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen, QPixmap, QPolygonF
from PySide6.QtWidgets import QWidget

from ui.theme import tokens_now
from ui.theme.fonts import body_font
from ui.theme.tokens import SMALL, Tokens

GROUPS: Final = {
    "todo": ("registered", "verifying", "dispatching"),
    "doing": ("handling", "checking"),
    "answer": ("feedback", "evaluating"),
    "paused": ("suspended",),
    "ended": ("closed", "archived", "referred", "abolished", "refused"),
}
"""What somebody has to do next → the states in which that is so."""
_GROUP: Final = {state: group for group, states in GROUPS.items() for state in states}
_INK: Final = {"todo": "info", "doing": "warning", "answer": "success", "paused": "secondary", "ended": "secondary"}
RINGS: Final = {"fresh": 0, "recent": 1, "old": 2}
RADIUS: Final = 7.0
LINE: Final = 22
GLYPH: Final = 34
"""Side of a mark with its rings."""


def group_of(state: str) -> str:
    """Return the group of a state."""
    return _GROUP.get(state, "todo")


def group_word(group: str) -> str:
    """Return what a group is called, with its shape."""
    words = {
        "todo": QCoreApplication.translate("map", "待核实派遣"),
        "doing": QCoreApplication.translate("map", "处置中"),
        "answer": QCoreApplication.translate("map", "待反馈评价"),
        "paused": QCoreApplication.translate("map", "已挂起"),
        "ended": QCoreApplication.translate("map", "已结束"),
    }
    return words[group]


def age_word(age: str) -> str:
    """Return how old a report is, in words."""
    words = {
        "fresh": QCoreApplication.translate("map", "3 天以内"),
        "recent": QCoreApplication.translate("map", "3 到 14 天"),
        "old": QCoreApplication.translate("map", "14 天以上"),
    }
    return words[age]


def _circle(path: QPainterPath, radius: float) -> None:
    path.addEllipse(QPointF(0, 0), radius, radius)


def _corners(count: int, turned: float, stretch: float) -> Callable[[QPainterPath, float], None]:
    def draw(path: QPainterPath, radius: float) -> None:
        angles = [math.radians(turned + 360 * at / count) for at in range(count)]
        points = [QPointF(math.cos(a) * radius * stretch, math.sin(a) * radius * stretch) for a in angles]
        path.addPolygon(QPolygonF(points))
        path.closeSubpath()

    return draw


def _cross(path: QPainterPath, radius: float) -> None:
    half = radius * 0.34
    for turned in (45, 135):
        arm = QPainterPath()
        arm.addRect(QRectF(-radius, -half, 2 * radius, 2 * half))
        angle = math.radians(turned)
        cos, sin = math.cos(angle), math.sin(angle)
        path.addPolygon(QPolygonF([QPointF(p.x() * cos - p.y() * sin, p.x() * sin + p.y() * cos)
                                   for p in arm.toFillPolygon()]))
        path.closeSubpath()


_SHAPES: Final[dict[str, Callable[[QPainterPath, float], None]]] = {
    "todo": _circle, "doing": _corners(3, -90, 1.25), "answer": _corners(4, 0, 1.2), "paused": _corners(4, 45, 1.15),
    "ended": _cross,
}


def shape_path(group: str, radius: float = RADIUS) -> QPainterPath:
    """Return the outline of a group's mark around the origin."""
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    _SHAPES[group](path, radius)
    return path.simplified()


def paint_mark(painter: QPainter, group: str, age: str, tokens: Tokens) -> None:
    """Draw a mark around the origin: its shape on a ground of its own, and its rings."""
    ink, ground = QColor(getattr(tokens, _INK[group])), QColor(tokens.panel)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for ring in range(RINGS[age]):
        for colour, width in ((ground, 3.6), (ink, 1.4)):
            painter.setPen(QPen(colour, width))
            painter.drawEllipse(QPointF(0, 0), RADIUS + 4 + 4 * ring, RADIUS + 4 + 4 * ring)
    painter.setPen(QPen(ground, 2.0))
    painter.setBrush(ink)
    painter.drawPath(shape_path(group))


class Glyphs:
    """Pictures of the marks, made once for each theme and density: thousands are put down in one painting."""

    def __init__(self) -> None:
        self._made: dict[tuple[str, str, str, float], QPixmap] = {}
        self.theme = ""
        """The theme in force: whoever puts marks down says it once, not for each."""

    def mark(self, group: str, age: str, ratio: float) -> QPixmap:
        """Return the picture of a mark, whose middle is its place."""
        key = (group, age, self.theme, ratio)
        if key not in self._made:
            tokens = tokens_now()
            pixmap = QPixmap(round(GLYPH * ratio), round(GLYPH * ratio))
            pixmap.setDevicePixelRatio(ratio)
            pixmap.fill(Qt.GlobalColor.transparent)
            painter = QPainter(pixmap)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.translate(GLYPH / 2, GLYPH / 2)
            paint_mark(painter, group, age, tokens)
            painter.end()
            self._made[key] = pixmap
        return self._made[key]


def cluster_radius(count: int) -> float:
    """Return the radius of a circle that stands for so many reports."""
    return 12 + 4 * math.log10(max(1, count))


def paint_cluster(painter: QPainter, at: QPointF, count: int, age: str) -> None:
    """Draw a circle with a number in it, with the rings of its oldest report."""
    tokens = tokens_now()
    radius = cluster_radius(count)
    painter.setBrush(QColor(tokens.selected))
    painter.setPen(QPen(QColor(tokens.info), 1.4))
    painter.drawEllipse(at, radius, radius)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for ring in range(RINGS[age]):
        painter.drawEllipse(at, radius + 3 + 3 * ring, radius + 3 + 3 * ring)
    painter.setFont(body_font(SMALL, bold=True, tabular=True))
    painter.setPen(QColor(tokens.text))
    box = QRectF(at.x() - radius, at.y() - radius, 2 * radius, 2 * radius)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, short_count(count))


def short_count(count: int) -> str:
    """Return a count that fits into a circle: 999, 1.2k, 48k."""
    if count < 1_000:
        return str(count)
    return f"{count / 1_000:.1f}k" if count < 10_000 else f"{count // 1_000}k"


class Sample(QWidget):
    """One mark by itself, for the legend."""

    def __init__(self, group: str, age: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._group, self._age = group, age
        side = round(2 * (RADIUS + 3 + 4 * RINGS[age])) + 2
        self.setFixedSize(QSize(side, max(side, LINE)))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the mark."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(self.width() / 2, self.height() / 2)
        paint_mark(painter, self._group, self._age, tokens_now())
        painter.end()
