"""What keeps a visitor inside: one filter over the whole program. Only fingers, the left button and a card reader get through."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer
from PySide6.QtWidgets import QApplication, QWidget

_KEYS: Final = frozenset({
    QEvent.Type.KeyPress, QEvent.Type.KeyRelease, QEvent.Type.ShortcutOverride, QEvent.Type.Shortcut,
    QEvent.Type.InputMethod,
})  # fmt: skip
_NEVER: Final = frozenset({
    QEvent.Type.ContextMenu, QEvent.Type.Wheel, QEvent.Type.DragEnter, QEvent.Type.Drop, QEvent.Type.FileOpen,
    QEvent.Type.ToolTip, QEvent.Type.WhatsThis, QEvent.Type.Gesture, QEvent.Type.NativeGesture,
})  # fmt: skip
_MOUSE: Final = frozenset({
    QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease, QEvent.Type.MouseButtonDblClick,
})  # fmt: skip
_TOUCH: Final = frozenset({QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick, QEvent.Type.TouchBegin})
_NEAR: Final = 60
"""Device-independent pixels between two touches of one finger that trembles."""


class Guard(QObject):
    """Eats what could lead out: keys, menus, wheels, other windows, closing and quitting.

    Args:
        window: the only window there may be.
        on_key: gets every key press (a card reader types).
        on_touch: hears of every touch.
        may_leave: whether an operator has opened the door.
    """

    def __init__(self, window: QWidget, on_key: Callable[[Any], None], on_touch: Callable[[], None],
                 may_leave: Callable[[], bool]) -> None:
        super().__init__(window)
        self._window, self._on_key, self._on_touch, self._may_leave = window, on_key, on_touch, may_leave
        self._pressed: tuple[QPoint, int] | None = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Say whether an event goes no further."""
        kind = event.type()
        if kind in _KEYS:
            if kind == QEvent.Type.KeyPress:
                self._on_key(event)
            event.accept()
            return True
        if kind in _TOUCH:
            self._on_touch()
        if kind in _MOUSE:
            return self._is_stray(watched, event)
        if kind == QEvent.Type.Quit:
            return not self._may_leave()
        if kind == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow() and watched is not self._window:
            QTimer.singleShot(0, watched, watched.close)  # not at once: it would stay modal, half shown
        return kind in _NEVER

    def _is_stray(self, watched: QObject, event: Any) -> bool:
        """Say whether a press is none: not by the left button, or the second of a double tap, which may hit the next screen.

        Qt calls any second touch a double one if it comes fast, wherever it is, and no third: place and time tell. The keys
        of the pad take the second one too: 11 is typed fast.
        """
        if event.button() != Qt.MouseButton.LeftButton:
            return True
        if event.type() == QEvent.Type.MouseButtonRelease or not isinstance(watched, QWidget):
            return False
        before, at = self._pressed, event.globalPosition().toPoint()
        self._pressed = (at, event.timestamp())
        if before is None or watched.property("pad"):
            return False
        near = (at - before[0]).manhattanLength() < _NEAR
        return near and event.timestamp() - before[1] < QApplication.doubleClickInterval()
