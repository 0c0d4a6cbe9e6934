"""The kiosk's few widgets: big buttons, choices of several lines, a number pad with X, a QR code. Nothing takes the focus."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from PySide6.QtCore import QCoreApplication, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from ui.theme import set_kind
from ui.theme.tokens import LIGHT, KioskSizes
from ui.widgets.base import Label, column, row

translate = QCoreApplication.translate
CONTENT_WIDTH: Final = 1040
"""Device-independent pixels: longer lines are harder to read."""
WIDE: Final = 1300
"""For jobs, which have a figure beside them."""


class BigButton(QPushButton):
    """A button for a finger: at least as high as the sizes say, without focus, menu or tooltip."""

    def __init__(self, text: str, kind: str, sizes: KioskSizes, on_press: Callable[[], Any], parent: QWidget) -> None:
        super().__init__(text, parent)
        if kind:
            set_kind(self, kind)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setMinimumHeight(sizes.target)
        self.setAccessibleName(text)
        self.clicked.connect(lambda: on_press())


@dataclass(frozen=True)
class Choice:
    """One thing to choose: what it is, further lines, and a figure at the right with a line below it."""

    title: str
    press: Callable[[], Any] = field(compare=False)
    lines: Sequence[str] = ()
    figure: str = ""
    below: str = ""
    primary: bool = False


class ChoiceButton(BigButton):
    """A choice as one large button; its labels let every touch through."""

    def __init__(self, choice: Choice, sizes: KioskSizes, parent: QWidget) -> None:
        super().__init__("", "primary" if choice.primary else "", sizes, choice.press, parent)
        said = [choice.title, *choice.lines, choice.figure, choice.below]
        self.setAccessibleName(" ".join(text for text in said if text))
        strong, plain = ("choice-on-primary", "on-primary") if choice.primary else ("choice", "")
        words = [Label(choice.title, strong, wrap=True, parent=self)]
        words += [Label(text, plain, wrap=True, parent=self) for text in choice.lines if text]
        left = column(None, *words, None, gap=sizes.gap // 4)
        right = [Label(text, kind, parent=self) for text, kind in ((choice.figure, "figure"), (choice.below, plain)) if text]
        for label in right:
            label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if len(words) == 1 and not right:
            words[0].setAlignment(Qt.AlignmentFlag.AlignCenter)
        for label in (*words, *right):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        layout = row(left, *([column(None, *right, None, gap=0)] if right else []), gap=sizes.gap,
                     margins=(sizes.gap, round(sizes.gap * 0.7), sizes.gap, round(sizes.gap * 0.7)))
        layout.setStretch(0, 1)
        self.setLayout(layout)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def sizeHint(self) -> QSize:
        """Be as large as the lines need: a push button knows of its own text only."""
        width = self.width() if self.width() > self.minimumHeight() else CONTENT_WIDTH
        return QSize(self.layout().sizeHint().width(), max(self.minimumHeight(), self.layout().totalHeightForWidth(width)))

    def minimumSizeHint(self) -> QSize:
        """Never be smaller than the lines."""
        return QSize(self.layout().minimumSize().width(), self.sizeHint().height())

    def hasHeightForWidth(self) -> bool:
        """Lines wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height that the lines need at a width."""
        return max(self.minimumHeight(), self.layout().totalHeightForWidth(width))


KEYS: Final = ("1", "2", "3", "4", "5", "6", "7", "8", "9", "X", "0", "")


class NumberPad(QWidget):
    """Digits, X for identity numbers, and one key that takes the last one back (the last place of ``KEYS``)."""

    def __init__(self, sizes: KioskSizes, on_key: Callable[[str], Any], with_x: bool, parent: QWidget) -> None:
        super().__init__(parent)
        grid = QGridLayout(self)
        grid.setSpacing(sizes.gap // 2)
        grid.setContentsMargins(0, 0, 0, 0)
        self.keys: dict[str, BigButton] = {}
        for at, name in enumerate(KEYS):
            text = name or translate("Kiosk", "删除")
            key = BigButton(text, "key" if name else "key-word", sizes, lambda name=name: on_key(name), self)  # type: ignore[misc]
            key.setMinimumSize(round(sizes.key * 1.3), sizes.key)
            key.setProperty("pad", True)
            if name == "X" and not with_x:
                key.hide()
            self.keys[name] = key
            grid.addWidget(key, at // 3, at % 3)


MOBILE: Final = 11
"""Figures of a mobile number: the last four, which everybody knows, stand in a row of their own."""


class Boxes(QWidget):
    """What was typed, one box for each character; ``hidden`` shows dots."""

    def __init__(self, length: int, hidden: bool, sizes: KioskSizes, parent: QWidget) -> None:
        super().__init__(parent)
        self._hidden = hidden
        small = length > 8
        side = round(sizes.key * 0.8)
        self._boxes = [Label("", "box", parent=self) for _ in range(length)]
        for box in self._boxes:
            box.setAlignment(Qt.AlignmentFlag.AlignCenter)
            box.setFixedSize(round(side * 0.8), side)
        per_row = (9 if length > MOBILE else MOBILE - 4) if small else length
        rows = [row(*self._boxes[at : at + per_row], None, gap=sizes.gap // 2) for at in range(0, length, per_row)]
        self.setLayout(column(*rows, gap=sizes.gap // 2))

    def show_typed(self, typed: str) -> None:
        """Show what has been typed, and where the next character goes."""
        for at, box in enumerate(self._boxes):
            box.setText(("●" if self._hidden else typed[at]) if at < len(typed) else "")
            set_kind(box, "box-now" if at == len(typed) else "box")


class QrCode(QWidget):
    """A QR code, black on white with its quiet zone; what it says is on the screen in words as well."""

    def __init__(self, text: str, sizes: KioskSizes, parent: QWidget) -> None:
        super().__init__(parent)
        from zzdesk.desk.slips import qr_rows

        self._rows = qr_rows(text)
        self.setFixedSize(sizes.code, sizes.code)
        self.setAccessibleName(translate("Kiosk", "二维码"))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(LIGHT.panel))
        module = self.width() / (len(self._rows) + 8)
        for y, line in enumerate(self._rows):
            for x, dark in enumerate(line):
                if dark:
                    painter.fillRect(QRectF((x + 4) * module, (y + 4) * module, module, module), QColor(LIGHT.text))
        painter.end()


def middle(parent: QWidget, *items: Any, sizes: KioskSizes, width: int = CONTENT_WIDTH) -> QVBoxLayout:
    """Return a page's layout: items below each other in a column that is not too wide, in the middle of the screen."""
    inner = QWidget(parent)
    set_kind(inner, "plain")
    inner.setMaximumWidth(width)
    inner.setLayout(column(*items, gap=sizes.gap))
    return column(row(inner, gap=0), margins=(sizes.margin, sizes.gap, sizes.margin, sizes.gap))
