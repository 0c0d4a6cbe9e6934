"""A picture that is looked at closely: all of it at first, then larger by the keyboard, moved by the arrows."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from ui.theme import tokens_now

STEP: Final = 1.25
LARGEST: Final = 4.0
"""Times the picture's own pixels."""
_TURNS: Final = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}


class _Canvas(QWidget):
    """Draws the picture at the size that it is given."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pixmap = QPixmap()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw, with a hairline around it: white paper has an edge on a white window, too."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawPixmap(self.rect(), self.pixmap)
        painter.setPen(QColor(tokens_now().border))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()


class LookingGlass(QScrollArea):
    """Shows an image; + and − zoom, 0 fits it in again, arrows move it, PageUp and PageDown ask for another page.

    ``turned(int)`` says by how many pages; ``zoomed()`` that the size is another one.
    """

    turned = Signal(int)
    zoomed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._canvas = _Canvas()
        self._times: float | None = None
        self.setWidget(self._canvas)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    @property
    def has_picture(self) -> bool:
        """Whether there is anything to be seen."""
        return not self._canvas.pixmap.isNull()

    @property
    def percent(self) -> int:
        """How large it is shown, of its own pixels."""
        return round(100 * (self._times or self._fit()))

    def show_image(self, image: QImage) -> None:
        """Show another image, all of it; an empty one takes the last one away."""
        self._canvas.pixmap = QPixmap.fromImage(image)
        self.fit()

    def fit(self) -> None:
        """Show all of it."""
        self._times = None
        self._place()

    def zoom(self, factor: float) -> None:
        """Show it larger or smaller; the middle stays in the middle."""
        before = self._times or self._fit()
        self._times = min(max(before * factor, min(self._fit(), 1.0) / 2), LARGEST)
        bars = (self.horizontalScrollBar(), self.verticalScrollBar())
        middles = [(bar.value() + bar.pageStep() / 2) * self._times / before for bar in bars]
        self._place()
        for bar, middle in zip(bars, middles, strict=True):
            bar.setValue(round(middle - bar.pageStep() / 2))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What fitted in fits in again."""
        super().resizeEvent(event)
        if self._times is None:
            self._place()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Zoom and turn; the arrows move what is larger than the frame."""
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom(STEP)
        elif key in (Qt.Key.Key_Minus, Qt.Key.Key_Underscore):
            self.zoom(1 / STEP)
        elif key == Qt.Key.Key_0:
            self.fit()
        elif key in _TURNS:
            self.turned.emit(_TURNS[key])
        else:
            super().keyPressEvent(event)

    def _fit(self) -> float:
        size, room = self._canvas.pixmap.size(), self.maximumViewportSize()
        if size.isEmpty():
            return 1.0
        return min(room.width() / size.width(), room.height() / size.height(), 1.0)

    def _place(self) -> None:
        self._canvas.resize(QSize(self._canvas.pixmap.size() * (self._times or self._fit())))
        self._canvas.update()
        self.zoomed.emit()
