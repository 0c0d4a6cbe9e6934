"""A list whose entries are marked: by a box in front, by Space, with Ctrl and Shift, all by Ctrl+A; Esc takes all marks away.

The mark is no selection: one walks on and reads, and what was marked stays so.
"""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

from ui.models.marking import AnyIndex, MarkingModel
from ui.theme.tokens import ICON_SMALL, L, M, S, Tokens
from ui.widgets.table import LineDelegate, LineList

ROOM = L + ICON_SMALL + S
"""Device-independent pixels at the left in which a press marks."""
_SHIFT, _CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


class MarkingDelegate(LineDelegate):
    """Draws the box in front of an entry: empty, or filled with a tick."""

    def editorEvent(self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: AnyIndex) -> bool:
        """The list itself marks: the style's own place of the box is another."""
        return False

    def _before(self, painter: QPainter, inner: QRect, index: AnyIndex, tokens: Tokens) -> QRect:
        marked = index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
        box = QRect(inner.left(), inner.top() + 2, ICON_SMALL, ICON_SMALL).adjusted(0, 0, -1, -1)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(tokens.primary if marked else tokens.secondary), 1.2))
        painter.setBrush(QColor(tokens.primary) if marked else QColor(tokens.panel))
        painter.drawRoundedRect(box, 3, 3)
        if marked:
            painter.setPen(QPen(QColor(tokens.on_primary), 2.0, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            low = QPoint(box.left() + 6, box.bottom() - 4)
            painter.drawLine(QPoint(box.left() + 3, box.center().y() + 1), low)
            painter.drawLine(low, QPoint(box.right() - 3, box.top() + 4))
        return inner.adjusted(ICON_SMALL + M, 0, 0, 0)


class MarkingList(LineList):
    """A list of two lines an entry over a :class:`MarkingModel`."""

    def __init__(self, model: MarkingModel, parent: QWidget | None = None) -> None:
        super().__init__(model, parent)
        self.marks = model
        self._anchor = -1
        self.setItemDelegate(MarkingDelegate(self))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Mark by keyboard; everything else walks as ever."""
        at, key, shift = self.currentIndex().row(), event.key(), bool(event.modifiers() & _SHIFT)
        if key == Qt.Key.Key_Space and at >= 0:
            self._toggle(at)
        elif key == Qt.Key.Key_A and event.modifiers() & _CTRL:
            self.marks.mark(range(self.marks.rowCount()))
        elif key == Qt.Key.Key_Escape and self.marks.marked:
            self.marks.mark_only(())
        elif shift and key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and at >= 0:
            there = at + (1 if key == Qt.Key.Key_Down else -1)
            if 0 <= there < self.marks.rowCount():
                self.marks.mark((at, there))
                self.setCurrentIndex(self.marks.index(there, 0))
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press on the box, or with Ctrl, marks; with Shift everything from the last mark to here."""
        index = self.indexAt(event.position().toPoint())
        left = event.button() == Qt.MouseButton.LeftButton and index.isValid()
        shift, ctrl = bool(event.modifiers() & _SHIFT), bool(event.modifiers() & _CTRL)
        if left and shift:
            first = self._anchor if 0 <= self._anchor < self.marks.rowCount() else max(self.currentIndex().row(), 0)
            self.marks.mark(range(min(first, index.row()), max(first, index.row()) + 1))
        elif left and (ctrl or event.position().x() < ROOM):
            self._toggle(index.row())
        else:
            super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A press that marked opens nothing."""
        marked = bool(event.modifiers() & (_SHIFT | _CTRL)) or event.position().x() < ROOM
        if not (marked and event.button() == Qt.MouseButton.LeftButton):
            super().mouseReleaseEvent(event)

    def _toggle(self, at: int) -> None:
        self._anchor = at
        self.marks.toggle(at)

