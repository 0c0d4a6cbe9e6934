"""The kiosk's screens. Each is made anew when it is shown and thrown away afterwards: nothing of anybody stays behind."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtGui import QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from ui.kiosk.parts import (
    CONTENT_WIDTH,
    WIDE,
    BigButton,
    Boxes,
    Choice,
    ChoiceButton,
    NumberPad,
    QrCode,
    middle,
)
from ui.theme import set_kind
from ui.theme.tokens import KioskSizes
from ui.widgets.base import Label, card, column, row

translate = QCoreApplication.translate


class Screen(QWidget):
    """One screen: ``spoken`` is what a voice says of it."""

    def __init__(self, sizes: KioskSizes, parent: QWidget, spoken: str) -> None:
        super().__init__(parent)
        set_kind(self, "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.sizes, self.spoken = sizes, spoken
        self.setAccessibleName(spoken)

    def digit(self, text: str) -> None:
        """Take a key of a number pad made of metal; most screens have no use for it."""

    def go_on_from(self, before: Screen) -> None:
        """Take over what was typed or said when the same screen is made anew in other letters."""

    def minimumSizeHint(self) -> QSize:
        """Never push the window beyond the screen; tests see to it that everything has its room."""
        return QSize(0, 0)

    def _title(self, text: str) -> Label:
        return Label(text, "title", wrap=True, parent=self)


class ChoiceScreen(Screen):
    """A question and at most three answers."""

    MOST = 3

    def __init__(self, sizes: KioskSizes, parent: QWidget, title: str, hint: str, choices: Sequence[Choice],
                 hint_kind: str = "secondary") -> None:
        super().__init__(sizes, parent, f"{title} {hint}".strip())
        assert len(choices) <= self.MOST
        self.choices = [ChoiceButton(choice, sizes, self) for choice in choices]
        self.hint = Label(hint, hint_kind, wrap=True, parent=self)
        self.hint.setVisible(bool(hint))
        words = [self._title(title), self.hint]
        width = WIDE if any(choice.figure for choice in choices) else CONTENT_WIDTH
        self.setLayout(middle(self, None, *words, *self.choices, None, sizes=sizes, width=width))


    def say(self, text: str, kind: str = "secondary") -> None:
        """Say something else below the title: how a thing that is under way stands."""
        set_kind(self.hint, kind)
        self.hint.setText(text)
        self.hint.setVisible(bool(text))

    def go_on_from(self, before: Screen) -> None:
        """Keep what was said meanwhile."""
        assert isinstance(before, ChoiceScreen)
        self.say(before.hint.text(), str(before.hint.property("kind") or ""))


class NumberScreen(Screen):
    """Asks for a number on the pad; goes on by itself when it is complete, or by a button where lengths differ.

    Args:
        least, most: how many characters; equal where it goes on by itself.
        with_x: whether X is one of them (the end of an identity number, GB 11643).
        hidden: whether dots are shown.
    """

    def __init__(self, sizes: KioskSizes, parent: QWidget, title: str, hint: str, on_done: Callable[[str], Any], *,
                 least: int, most: int, with_x: bool = False, hidden: bool = False) -> None:
        super().__init__(sizes, parent, f"{title} {hint}".strip())
        self._on_done, self._least, self._most, self._with_x = on_done, least, most, with_x
        self.typed = ""
        self.boxes = Boxes(most, hidden, sizes, self)
        self.problem = Label("", "problem", wrap=True, parent=self)
        self.pad = NumberPad(sizes, self.press, with_x, self)
        self.go = BigButton(translate("Kiosk", "好了"), "primary", sizes, self._finish, self)
        words = [self._title(title), Label(hint, "secondary", wrap=True, parent=self), self.boxes, self.problem]
        asked = column(None, *words, *([self.go] if least != most else []), None, gap=sizes.gap)
        if least == most:
            self.go.hide()
        self._sides = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._sides.setSpacing(sizes.margin)
        self._sides.addLayout(asked, 1)
        self._sides.addWidget(self.pad, 0, Qt.AlignmentFlag.AlignCenter)
        self.setLayout(middle(self, None, self._sides, None, sizes=sizes, width=WIDE))
        self._show()

    def press(self, key: str) -> None:
        """Take a key of the pad; the empty one takes the last back."""
        self.problem.setText("")
        if not key:
            self.typed = self.typed[:-1]
        elif len(self.typed) < self._most and (key.isdigit() or (self._with_x and len(self.typed) + 1 in (4, 18))):
            self.typed += key
        self._show()
        if len(self.typed) == self._most == self._least:
            self._finish()

    digit = press

    def go_on_from(self, before: Screen) -> None:
        """Keep what was typed, and what was said of it."""
        assert isinstance(before, NumberScreen)
        self.typed = before.typed
        self.problem.setText(before.problem.text())
        self._show()

    def say_wrong(self, text: str) -> None:
        """Say what was wrong and begin anew."""
        self.typed = ""
        self.problem.setText(text)
        self._show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stand side by side on a screen that lies."""
        super().resizeEvent(event)
        self._sides.setDirection(_direction(self))

    def _show(self) -> None:
        self.boxes.show_typed(self.typed)
        self.go.setEnabled(self._least <= len(self.typed) <= self._most)

    def _finish(self) -> None:
        if self._least <= len(self.typed) <= self._most:
            self._on_done(self.typed)


class OfferScreen(Screen):
    """One job in large letters, and the button by which to apply."""

    def __init__(self, sizes: KioskSizes, parent: QWidget, title: str, lines: Sequence[tuple[str, str]], figure: str,
                 below: str, warning: str, choices: Sequence[Choice]) -> None:
        super().__init__(sizes, parent, f"{title} {figure} {below}")
        self.choices = [ChoiceButton(choice, sizes, self) for choice in choices]
        frame = card()
        frame.setParent(self)
        said = [Label(f"{name}：{value}", wrap=True, parent=frame) for name, value in lines if value]
        told = [Label(text, kind, parent=frame) for text, kind in ((figure, "figure"), (below, ""), (warning, "problem")) if text]
        frame.setLayout(column(row(*told, None, gap=sizes.gap), *said, gap=sizes.gap // 4, margins=sizes.gap))
        self._sides = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._sides.setSpacing(sizes.gap)
        self._sides.addWidget(frame, 1)
        for choice in self.choices:
            choice.setMinimumWidth(sizes.target * 3)
            self._sides.addWidget(choice)
        self.setLayout(middle(self, None, self._title(title), self._sides, None, sizes=sizes, width=WIDE))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the button beside the job on a screen that lies: there is little height."""
        super().resizeEvent(event)
        self._sides.setDirection(_direction(self))


class DoneScreen(Screen):
    """An application or a place was noted: what it says, a code to photograph, and what can be done now."""

    def __init__(self, sizes: KioskSizes, parent: QWidget, title: str, lines: Sequence[str], code: str,
                 choices: Sequence[Choice], title_kind: str = "title") -> None:
        super().__init__(sizes, parent, title)  # and no word of whose it is: others hear it
        self.choices = [ChoiceButton(choice, sizes, self) for choice in choices]
        self.note = Label("", "good", wrap=True, parent=self)
        words = [Label(text, wrap=True, parent=self) for text in lines]
        head = Label(title, title_kind, wrap=True, parent=self)
        self.note.hide()
        shown = row(column(*words, self.note, None, gap=sizes.gap // 4), QrCode(code, sizes, self), gap=sizes.gap)
        shown.setStretch(0, 1)
        buttons: Any = row(*self.choices, gap=sizes.gap)
        self.setLayout(middle(self, None, head, shown, buttons, None, sizes=sizes))

    def go_on_from(self, before: Screen) -> None:
        """Keep what was said of the printing."""
        assert isinstance(before, DoneScreen)
        if before.note.text():
            self.say(before.note.text())

    def say(self, text: str) -> None:
        """Say how the printing goes."""
        self.note.setText(text)
        self.note.show()


def _direction(screen: QWidget) -> QBoxLayout.Direction:
    """Return side by side for a screen that lies, below each other for one that stands."""
    lies = screen.width() > screen.height()
    return QBoxLayout.Direction.LeftToRight if lies else QBoxLayout.Direction.TopToBottom


class StillThere(QWidget):
    """Lies over everything: 还在吗？ with the seconds that are left; any touch says yes."""

    def __init__(self, sizes: KioskSizes, parent: QWidget, on_yes: Callable[[], Any]) -> None:
        super().__init__(parent)
        set_kind(self, "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._on_yes = on_yes
        self.spoken = translate("Kiosk", "您还在吗？")
        question = Label(self.spoken, "title", parent=self)
        self._seconds = Label("", "countdown", parent=self)
        told = Label(translate("Kiosk", "没有人应，就会清除屏幕上的内容。"), "secondary", wrap=True, parent=self)
        self.yes = BigButton(translate("Kiosk", "我还在"), "primary", sizes, on_yes, self)
        for label in (question, self._seconds, told):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setLayout(middle(self, None, question, self._seconds, told, self.yes, None, sizes=sizes))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Take a touch anywhere for a yes, once the finger has left: the screen below must not feel it."""
        self._on_yes()

    def count(self, seconds: int) -> None:
        """Show how many seconds are left."""
        self._seconds.setText(str(seconds))
