"""The smallest parts: labels, buttons, lines, boxes, and texts that follow a change of language."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ui.theme import icons, set_kind, tokens_now
from ui.theme.tokens import ICON_SMALL, XS, M

Words = Callable[[], str]
"""Says something in the language in force, each time anew."""


def no_words() -> str:
    """Say nothing."""
    return ""


class Translated:
    """Mix-in before a QWidget class: ``retranslate`` sets every text, at birth and when the language changes."""

    def retranslate(self) -> None:
        """Set every visible text again."""

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language of the program."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)  # type: ignore[misc]


class Label(QLabel):
    """A text with a style-sheet role; plain text always, so that data can never be taken for markup."""

    def __init__(self, text: str = "", kind: str = "", wrap: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        if kind:
            set_kind(self, kind)


class ElidedLabel(Label):
    """A text in one line that ends with … where there is no room, with the whole text as tooltip."""

    def __init__(self, text: str = "", kind: str = "", parent: QWidget | None = None) -> None:
        super().__init__("", kind, parent=parent)
        self._full = text
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.set_text(text)

    def set_text(self, text: str) -> None:
        """Show ``text``, cut where it must be."""
        self._full = text
        self.setAccessibleName(text)
        self._cut()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut again at the new width."""
        super().resizeEvent(event)
        self._cut()

    def _cut(self) -> None:
        shown = QFontMetrics(self.font()).elidedText(self._full, Qt.TextElideMode.ElideRight, max(self.width(), 1))
        self.setText(shown)
        self.setToolTip(self._full if shown != self._full else "")


class Icon(QWidget):
    """An icon of one token colour, sharp at every scale and following the theme."""

    def __init__(self, name: str, role: str = "secondary", size: int = ICON_SMALL,
                 parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._role = name, role
        self.setFixedSize(QSize(size, size))

    def show_icon(self, name: str, role: str) -> None:
        """Change what is drawn."""
        self._name, self._role = name, role
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the icon."""
        painter = QPainter(self)
        icons.paint_icon(painter, self.rect(), self._name, getattr(tokens_now(), self._role))
        painter.end()  # at once: whoever looks at this frame may hold the painter longer than there is something to paint on


_ICON_ROLES = {"primary": "on_primary", "danger": "danger", "link": "info"}


class Button(QPushButton):
    """A push button: ``kind`` is primary, quiet, danger, link, chip or nothing; icon by name."""

    def __init__(self, text: str = "", kind: str = "", icon: str = "",
                 on_click: Callable[[], Any] | None = None, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        if kind:
            set_kind(self, kind)
        if icon:
            self.setIcon(icons.icon(icon, _ICON_ROLES.get(kind, "text")))
            self.setIconSize(QSize(ICON_SMALL + XS, ICON_SMALL))
        if on_click is not None:
            self.clicked.connect(lambda: on_click())


class IconEdit(QLineEdit):
    """A line to type into with an icon in front, such as a magnifying glass."""

    def __init__(self, icon: str = "search", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = icon
        self.setTextMargins(ICON_SMALL + XS, 0, 0, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the line, then the icon in its margin."""
        super().paintEvent(event)
        painter = QPainter(self)
        box = QRect(XS * 2 + 2, (self.height() - ICON_SMALL) // 2, ICON_SMALL, ICON_SMALL)
        icons.paint_icon(painter, box, self._icon, tokens_now().secondary)
        painter.end()


def icon_button(icon: str, name: str = "", on_click: Callable[[], Any] | None = None) -> Button:
    """Return a square quiet button that shows an icon only; ``name`` is its tooltip and accessible name."""
    button = Button("", "quiet", icon, on_click)
    button.setFixedWidth(34)
    button.setIconSize(QSize(ICON_SMALL, ICON_SMALL))
    name_button(button, name)
    return button


def name_button(button: QPushButton, name: str) -> None:
    """Give a button without text its tooltip and accessible name."""
    button.setToolTip(name)
    button.setAccessibleName(name)


def line(kind: str = "line") -> QFrame:
    """Return a hairline: ``line`` lies, ``vline`` stands."""
    frame = QFrame()
    set_kind(frame, kind)
    return frame


def card(kind: str = "card") -> QFrame:
    """Return a frame with ground and border, to be filled with a layout."""
    frame = QFrame()
    set_kind(frame, kind)
    return frame


def column(*items: Any, gap: int = M, margins: int | tuple[int, int, int, int] = 0) -> QVBoxLayout:
    """Return a vertical layout of widgets, layouts, integers (space) and None (stretch)."""
    return _fill(QVBoxLayout(), items, gap, margins)  # type: ignore[return-value]


def row(*items: Any, gap: int = M, margins: int | tuple[int, int, int, int] = 0) -> QHBoxLayout:
    """Return a horizontal layout of widgets, layouts, integers (space) and None (stretch)."""
    return _fill(QHBoxLayout(), items, gap, margins)  # type: ignore[return-value]


def _fill(layout: QBoxLayout, items: tuple[Any, ...], gap: int,
          margins: int | tuple[int, int, int, int]) -> QBoxLayout:
    layout.setSpacing(gap)
    layout.setContentsMargins(*((margins,) * 4 if isinstance(margins, int) else margins))
    for item in items:
        if item is None:
            layout.addStretch(1)
        elif isinstance(item, int):
            layout.addSpacing(item)
        elif isinstance(item, QWidget):
            layout.addWidget(item)
        else:
            layout.addLayout(item)
    return layout


def clear(layout: Any) -> None:
    """Take every widget out of a layout and delete it."""
    while layout.count():
        item = layout.takeAt(0)
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
        elif item.layout() is not None:
            clear(item.layout())
