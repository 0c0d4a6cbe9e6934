"""What stands where content is not: empty, loading, error; and the stack that changes between them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from PySide6.QtCore import QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from ui.theme import tokens_now
from ui.theme.tokens import ROW, L, S
from ui.widgets.base import Button, Icon, Label, column, row

SKELETON_AFTER_MS: Final = 200
NOTICE_WIDTH: Final = 320


class Notice(QWidget):
    """A large icon, a sentence, what to do, and the button that does it, in the middle of the room."""

    def __init__(self, icon: str = "inbox", role: str = "disabled", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = Icon(icon, role, 40)
        self._title = Label(kind="title", wrap=True)
        self._text = Label(kind="secondary", wrap=True)
        self.button = Button("", "primary")
        self.button.hide()
        for label in (self._title, self._text):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        layout = column(None, self._icon, self._title, self._text, S, self.button, None, gap=S, margins=(0, L, 0, L))
        for widget in (self._icon, self.button):
            layout.setAlignment(widget, Qt.AlignmentFlag.AlignHCenter)
        holder = QWidget()
        holder.setFixedWidth(NOTICE_WIDTH)
        holder.setLayout(layout)
        self.setLayout(row(None, holder, None, gap=0))
        self._action: Callable[[], Any] | None = None
        self.button.clicked.connect(self._act)

    def show_notice(self, title: str, text: str = "", action: str = "",
                    on_action: Callable[[], Any] | None = None, icon: str = "", role: str = "disabled") -> None:
        """Say what belongs here or what happened, and offer the way on."""
        self._title.setText(title)
        self._text.setText(text)
        self._text.setVisible(bool(text))
        self.button.setText(action)
        self.button.setVisible(bool(action))
        self._action = on_action
        if icon:
            self._icon.show_icon(icon, role)

    def _act(self) -> None:
        if self._action is not None:
            self._action()


class Skeleton(QWidget):
    """Grey bars in the shape of a list, drawn while a page is on its way."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw rows of bars."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens_now().neutral_fill))
        widths = (0.42, 0.61, 0.35, 0.52, 0.47, 0.58)
        for number, top in enumerate(range(L, self.height() - ROW, ROW)):
            share = widths[number % len(widths)]
            painter.drawRoundedRect(QRectF(L, top, self.width() * share, 12), 4, 4)
            painter.drawRoundedRect(QRectF(self.width() - L - 80, top, 80, 12), 4, 4)
        painter.end()


class StateStack(QStackedWidget):
    """Shows content, or why there is none. A skeleton appears only when loading takes longer than 200 ms."""

    def __init__(self, content: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.content, self.notice, self.skeleton = content, Notice(), Skeleton()
        for widget in (content, self.notice, self.skeleton):
            self.addWidget(widget)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SKELETON_AFTER_MS)
        self._timer.timeout.connect(lambda: self.setCurrentWidget(self.skeleton))

    def show_content(self) -> None:
        """Show what belongs here."""
        self._timer.stop()
        self.setCurrentWidget(self.content)

    def show_loading(self) -> None:
        """Say that something comes, if it has not come in 200 ms."""
        self._timer.start()

    def show_empty(self, title: str, text: str = "", action: str = "",
                   on_action: Callable[[], Any] | None = None, icon: str = "inbox") -> None:
        """Say what belongs here and offer to make the first one."""
        self._timer.stop()
        self.notice.show_notice(title, text, action, on_action, icon, "disabled")
        self.setCurrentWidget(self.notice)

    def show_error(self, title: str, text: str, action: str, on_action: Callable[[], Any]) -> None:
        """Say what happened, what is safe, and what to do."""
        self._timer.stop()
        self.notice.show_notice(title, text, action, on_action, "circle-alert", "danger")
        self.setCurrentWidget(self.notice)

