"""A toast: what was just done, with an undo for ten seconds; it replaces 'are you sure'."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QFrame, QGraphicsDropShadowEffect, QWidget

from ui.theme import set_kind
from ui.theme.tokens import XXL, L, M, S
from ui.widgets.base import Button, Icon, Label, Translated, icon_button, name_button, row

UNDO_MS: Final = 10_000
PLAIN_MS: Final = 5_000


class Toast(Translated, QFrame):
    """Lies over the bottom of a window; Ctrl+Z while it is shown undoes."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        set_kind(self, "toast")
        self._icon, self._label = Icon("circle-check", "success", 20), Label()
        self.undo_button = Button("", "link", on_click=self.undo)
        self._close = icon_button("x", on_click=self.hide)
        self.setLayout(row(self._icon, self._label, self.undo_button, self._close, gap=S, margins=(L, S, S, S)))
        self._undo: Callable[[], Any] | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        shadow = QGraphicsDropShadowEffect(self)
        shadow.setBlurRadius(XXL)
        shadow.setOffset(0, M / 2)
        ink = QColor(Qt.GlobalColor.black)
        ink.setAlphaF(0.35)
        shadow.setColor(ink)
        self.setGraphicsEffect(shadow)
        window.installEventFilter(self)
        self.retranslate()
        self.hide()

    def retranslate(self) -> None:
        """Name the buttons."""
        self.undo_button.setText(self.tr("撤销"))
        name_button(self._close, self.tr("关闭提示"))

    def show_text(self, text: str, undo: Callable[[], Any] | None = None, bad: bool = False) -> None:
        """Say what was done; with ``undo`` the person has ten seconds to take it back."""
        self._undo = undo
        self._icon.show_icon("circle-alert" if bad else "circle-check", "danger" if bad else "success")
        self._label.setText(text)
        self.setAccessibleName(text)
        self.undo_button.setVisible(undo is not None)
        self._timer.start(UNDO_MS if undo is not None or bad else PLAIN_MS)
        self.show()
        self.raise_()
        self._place()

    def undo(self) -> None:
        """Take back what the toast speaks of, once."""
        undo, self._undo = self._undo, None
        self.hide()
        if undo is not None:
            undo()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay at the bottom when the window changes its size."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return False

    def _place(self) -> None:
        self.layout().activate()
        self.adjustSize()
        window = self.parentWidget()
        if window is not None:
            self.move((window.width() - self.width()) // 2, window.height() - self.height() - XXL - L)
