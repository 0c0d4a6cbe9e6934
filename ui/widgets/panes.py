"""Two parts beside each other where there is room, and one under the other where there is not."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from ui.theme.tokens import L


class Panes(QWidget):
    """``main`` takes what ``side`` (of a fixed width) leaves; below ``narrow`` pixels the side goes under it."""

    def __init__(self, main: QWidget, side: QWidget, side_width: int = 272, narrow: int = 600,
                 parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._side, self._width, self._narrow = side, side_width, narrow
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(L)
        self._box.addWidget(main, 3)
        self._box.addWidget(side, 2)
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange again."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        wide = self.width() >= self._narrow
        self._box.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)
        self._side.setMinimumWidth(self._width if wide else 0)
        self._side.setMaximumWidth(self._width if wide else 16_777_215)
        self._side.setMinimumHeight(0 if wide else 120)
