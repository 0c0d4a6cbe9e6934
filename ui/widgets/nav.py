"""The navigation on the left: icon, word, badge; arrow keys move, Ctrl and a number jump."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QSizePolicy, QVBoxLayout, QWidget

from ui.theme import icons, tokens_now
from ui.theme.fonts import body_font
from ui.theme.tokens import BODY, CONTROL, ICON, RADIUS, SMALL, XS, M, S
from ui.widgets.base import Translated


@dataclass(frozen=True)
class NavItem:
    """One place to go: its key, its icon and a function that says its name in the language in force."""

    key: str
    icon: str
    title: Callable[[], str]


class NavButton(QAbstractButton):
    """One line of the navigation; ``moved(step)`` when an arrow key goes on along the rail."""

    moved = Signal(int)

    def __init__(self, item: NavItem, number: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.item, self._number, self._badge, self._tone = item, number, 0, "primary"
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_badge(self, count: int, tone: str = "primary") -> None:
        """Show a number beside the word; nothing for zero."""
        self._badge, self._tone = count, tone
        self.update()

    def sizeHint(self) -> QSize:
        """Return a comfortable line."""
        return QSize(160, CONTROL + XS * 2)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down move along the rail; Enter opens."""
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.moved.emit(1 if event.key() == Qt.Key.Key_Down else -1)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw ground, mark, icon, word and badge."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter)
        ink = "info" if self.isChecked() else "secondary"
        tokens = tokens_now()
        box = QRect(M, (self.height() - ICON) // 2, ICON, ICON)
        icons.paint_icon(painter, box, self.item.icon, getattr(tokens, ink if not self.isChecked() else "text"))
        painter.setPen(QColor(tokens.text if self.isChecked() or self.underMouse() else tokens.secondary))
        painter.setFont(body_font(BODY, bold=self.isChecked()))
        place = self.rect().adjusted(M + ICON + M, 0, -S, 0)
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text())
        if self._badge:
            self._paint_badge(painter)
        painter.end()

    def _paint_ground(self, painter: QPainter) -> None:
        tokens = tokens_now()
        painter.setPen(Qt.PenStyle.NoPen)
        if self.isChecked() or self.underMouse():
            painter.setBrush(QColor(tokens.selected if self.isChecked() else tokens.hover))
            painter.drawRoundedRect(self.rect(), RADIUS, RADIUS)
        if self.isChecked():
            painter.setBrush(QColor(tokens.primary))
            painter.drawRoundedRect(QRect(0, 10, 3, self.height() - 20), 1.5, 1.5)
        if self.hasFocus():
            painter.setPen(QPen(QColor(tokens.primary), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), RADIUS, RADIUS)

    def _paint_badge(self, painter: QPainter) -> None:
        tokens = tokens_now()
        text = "99+" if self._badge > 99 else str(self._badge)
        painter.setFont(body_font(SMALL, bold=True, tabular=True))
        width = max(20, painter.fontMetrics().horizontalAdvance(text) + 10)
        rect = QRect(self.width() - width - S, (self.height() - 20) // 2, width, 20)
        painter.setPen(Qt.PenStyle.NoPen)
        calm = self._tone == "neutral"
        painter.setBrush(QColor(tokens.neutral_fill if calm else getattr(tokens, f"{self._tone}_fill")
                                if self._tone != "primary" else tokens.primary))
        painter.drawRoundedRect(rect, 10, 10)
        ink = tokens.secondary if calm else tokens.on_primary if self._tone == "primary" else getattr(tokens, self._tone)
        painter.setPen(QColor(ink))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)


class NavRail(Translated, QWidget):
    """All places, one under the other; ``chosen(key)`` when a person picks one."""

    chosen = Signal(str)

    def __init__(self, items: list[NavItem], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._group = QButtonGroup(self)
        self.buttons: dict[str, NavButton] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(XS)
        for number, item in enumerate(items, 1):
            button = NavButton(item, number, self)
            button.clicked.connect(lambda _=False, key=item.key: self.chosen.emit(key))
            button.moved.connect(lambda step, at=number - 1: self._move(at + step))
            self._group.addButton(button)
            self.buttons[item.key] = button
            layout.addWidget(button)
        self.retranslate()

    def _move(self, at: int) -> None:
        """Put the focus on the line at a position, round the ends."""
        buttons = list(self.buttons.values())
        buttons[at % len(buttons)].setFocus(Qt.FocusReason.TabFocusReason)

    def select(self, key: str) -> None:
        """Mark where the person is, without telling anybody."""
        if key in self.buttons:
            self.buttons[key].setChecked(True)

    def set_badge(self, key: str, count: int, tone: str = "primary") -> None:
        """Show a number beside a place."""
        self.buttons[key].set_badge(count, tone)
        self._name(self.buttons[key], count)

    def retranslate(self) -> None:
        """Name every place again."""
        for number, button in enumerate(self.buttons.values(), 1):
            button.setText(button.item.title())
            button.setToolTip(f"{button.item.title()}  Ctrl+{number}")
            self._name(button, button._badge)

    @staticmethod
    def _name(button: NavButton, count: int) -> None:
        button.setAccessibleName(f"{button.text()} {count}" if count else button.text())
        button.update()
