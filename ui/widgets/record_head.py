"""The head of a record: number, title, state as tags, the next step as the main button, the rest in a menu."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QCoreApplication, QPoint
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu, QWidget

from ui.theme import icons
from ui.theme.tokens import XS, L, M, S
from ui.widgets.base import Button, Label, Translated, clear, column, icon_button, name_button, row
from ui.widgets.tag import StateTag, Tag


@dataclass(frozen=True)
class Action:
    """Something that can be done to a record."""

    key: str
    words: str
    icon: str = ""
    apart: bool = False


class RecordHead(Translated, QWidget):
    """``perform(key)`` is called with the action that the person chose."""

    def __init__(self, perform: Callable[[str], Any], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._perform = perform
        self.actions: tuple[Action, ...] = ()
        self._has_main = False
        self._number = Label(kind="small")
        self._copy = icon_button("copy", on_click=self._copy_number)
        self.title = Label(kind="title", wrap=True)
        self._tags = row(gap=S)
        self.main = Button("", "primary", on_click=lambda: self._perform(self.actions[0].key))
        self.more = icon_button("ellipsis", on_click=self.open_menu)
        buttons = row(self.main, self.more, gap=S)
        top = row(self._number, self._copy, None, buttons, gap=XS)
        self.setLayout(column(top, self.title, self._tags, gap=S, margins=(L + S, M, L, M)))
        self.retranslate()

    def show_record(self, number: str, title: str, tags: Sequence[Tag], actions: Sequence[Action],
                    main: bool = True) -> None:
        """Show another record, or the same one as it is now. Without ``main`` every action goes into the menu."""
        self._number.setText(number)
        self._copy.setVisible(bool(number))
        self.title.setText(title)
        clear(self._tags)
        for tag in tags:
            self._tags.addWidget(StateTag(tag))
        self._tags.addStretch(1)
        self.actions = tuple(actions)
        self._has_main = main and bool(actions) and not actions[0].apart
        self.main.setVisible(self._has_main)
        self.more.setVisible(len(actions) > self._has_main)
        if self._has_main:
            self.main.setText(actions[0].words)
        self.setAccessibleName(f"{number} {title} {' '.join(tag.text for tag in tags)}")

    def show_working(self, working: bool) -> None:
        """While a step's form is open its own button is the main one."""
        self.main.setVisible(self._has_main and not working)
        self.more.setVisible(len(self.actions) > self._has_main and not working)

    def first_focus(self) -> None:
        """Put the cursor on the next step."""
        (self.main if self.main.isVisible() else self.more).setFocus()

    def menu(self) -> QMenu:
        """Return the menu of the other actions."""
        menu = QMenu(self)
        for action in self.actions[int(self._has_main):]:
            if action.apart:
                menu.addSeparator()
            act = lambda key=action.key: self._perform(key)  # noqa: E731
            if action.icon:
                menu.addAction(icons.icon(action.icon), action.words, act)
            else:
                menu.addAction(action.words, act)
        return menu

    def open_menu(self) -> None:
        """Open the menu under its button."""
        menu = self.menu()
        menu.popup(self.more.mapToGlobal(QPoint(self.more.width() - menu.sizeHint().width(), self.more.height() + 2)))

    def retranslate(self) -> None:
        """Name the buttons without words."""
        name_button(self.more, QCoreApplication.translate("RecordHead", "其他操作"))
        name_button(self._copy, QCoreApplication.translate("RecordHead", "复制编号"))

    def _copy_number(self) -> None:
        QGuiApplication.clipboard().setText(self._number.text())
