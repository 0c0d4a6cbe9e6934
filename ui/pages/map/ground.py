"""The ground of the map: districts and grids with their names, and the bar that shows the scale; a picture that is kept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QCoreApplication, QLocale, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPainterPath, QPen, QPixmap, QPolygonF

from ui.pages.map.camera import Camera, round_length
from ui.theme import tokens_now
from ui.theme.fonts import body_font
from ui.theme.tokens import BODY, SMALL, L, M, S
from zzdesk.desk.atlas import Atlas, Laid, grade_of

BAR = 120
"""The longest bar of the scale, in pixels."""


class Ground:
    """Draws the outlines into a picture; the same picture serves until place, size or theme change."""

    def __init__(self) -> None:
        self.atlas = Atlas()
        self._key: tuple[object, ...] = ()
        self._picture = QPixmap()
        self._paths: dict[tuple[int, int], QPainterPath] = {}

    def show(self, atlas: Atlas) -> None:
        """Draw other outlines from now on."""
        self.atlas, self._key = atlas, ()
        self._paths.clear()

    def picture(self, camera: Camera, ratio: float) -> QPixmap:
        """Return the picture of what the camera sees."""
        key = (camera.state, ratio, tokens_now().name, QLocale().name())
        if key != self._key:
            size = QSize(round(camera.width * ratio), round(camera.height * ratio))
            self._picture = QPixmap(size)
            self._picture.setDevicePixelRatio(ratio)
            self._picture.fill(QColor(tokens_now().page))
            painter = QPainter(self._picture)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._draw(painter, camera)
            painter.end()
            self._key = key
        return self._picture

    def _draw(self, painter: QPainter, camera: Camera) -> None:
        tokens = tokens_now()
        districts = list(_seen(self.atlas.laid_districts, camera))
        for laid in districts:
            own = self.atlas.station.startswith(laid.code)
            self._area(painter, camera, laid, QPen(QColor(tokens.disabled), 1.2), QColor(tokens.hover if own else tokens.panel))
        grids = list(_seen(self.atlas.laid_grids, camera))
        fill = QColor(tokens.selected)
        fill.setAlphaF(0.55)
        for laid in grids:
            self._area(painter, camera, laid, QPen(QColor(tokens.primary), 1.2, Qt.PenStyle.DashLine), fill)
        taken: list[QRectF] = []
        _names(painter, camera, grids, SMALL, tokens.text, taken)
        _names(painter, camera, districts, BODY, tokens.secondary, taken)
        _scale_bar(painter, camera)

    def _area(self, painter: QPainter, camera: Camera, laid: Laid, pen: QPen, fill: QColor) -> None:
        """Draw an area; its path lies in metres and is made once for each grade of fineness."""
        key = (id(laid), grade_of(camera.scale))
        if key not in self._paths:
            self._paths[key] = _path(laid.rings(camera.scale))
        painter.save()
        painter.translate(*camera.to_view(0, 0))
        painter.scale(1 / camera.scale, 1 / camera.scale)
        pen.setCosmetic(True)  # as wide as in pixels, whatever the scale
        painter.setPen(pen)
        painter.setBrush(fill)
        painter.drawPath(self._paths[key])
        painter.restore()


def _path(rings: Sequence[Sequence[tuple[float, float]]]) -> QPainterPath:
    path = QPainterPath()  # odd and even: a hole stays open
    for ring in rings:
        path.addPolygon(QPolygonF([QPointF(east, south) for east, south in ring]))
    return path


def _seen(all_of: Sequence[Laid], camera: Camera) -> Iterator[Laid]:
    left, top, right, bottom = camera.seen()
    for laid in all_of:
        x1, y1, x2, y2 = laid.box
        if x1 <= right and x2 >= left and y1 <= bottom and y2 >= top:
            yield laid


def _names(painter: QPainter, camera: Camera, areas: Sequence[Laid], size: int, ink: str, taken: list[QRectF]) -> None:
    """Write the names that fit: not over another name, and of grids only where the grid is as wide as half its name."""
    font = body_font(size, bold=size == BODY)
    metrics = QFontMetrics(font)
    painter.setFont(font)
    for laid in areas:
        x, y = camera.to_view(*laid.label)
        width = metrics.horizontalAdvance(laid.name)
        box = QRectF(x - width / 2, y - metrics.height() / 2, width, metrics.height())
        wide = (laid.box[2] - laid.box[0]) / camera.scale
        if wide * 2 < width or any(box.intersects(other) for other in taken):
            continue
        taken.append(box)
        painter.setPen(QColor(ink))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, laid.name)


def _scale_bar(painter: QPainter, camera: Camera) -> None:
    tokens = tokens_now()
    length = round_length(BAR * camera.scale)
    wide = length / camera.scale
    left, bottom = float(L), camera.height - L
    painter.setFont(body_font(SMALL, tabular=True))
    words = length_words(length)
    back = QColor(tokens.panel)
    back.setAlphaF(0.85)
    room = wide + 3 * M + QFontMetrics(painter.font()).horizontalAdvance(words)
    painter.fillRect(QRectF(left - S, bottom - L, room, L + S), back)
    painter.setPen(QPen(QColor(tokens.text), 1.5))
    painter.drawPolyline([QPointF(left, bottom - S), QPointF(left, bottom), QPointF(left + wide, bottom),
                          QPointF(left + wide, bottom - S)])
    painter.drawText(QPointF(left + wide + M, bottom), words)


def length_words(metres: float) -> str:
    """Return a length as people say it."""
    if metres >= 1_000:
        return QCoreApplication.translate("map", "{n} 公里").format(n=f"{metres / 1_000:g}")
    return QCoreApplication.translate("map", "{n} 米").format(n=f"{metres:g}")
