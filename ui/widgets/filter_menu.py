"""A filter that is several of many codes, or everything: looks like a box, opens as a list of ticks that stays open."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QComboBox, QMenu, QSizePolicy, QWidget


class TickMenu(QMenu):
    """A menu whose ticks are set without closing it: Space and the mouse; Enter sets one and closes."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space sets a tick."""
        action = self.activeAction()
        if event.key() == Qt.Key.Key_Space and action is not None and action.isCheckable():
            action.trigger()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A press sets a tick."""
        action = self.actionAt(event.position().toPoint())
        if action is not None and action.isCheckable():
            action.trigger()
        else:
            super().mouseReleaseEvent(event)


class FilterMenu(QComboBox):
    """``chosen(codes)``; no codes mean everything."""

    chosen = Signal(object)

    def __init__(self, codes: Sequence[str], word: Callable[[str], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._codes, self._word, self._everything = tuple(codes), word, ""
        self._picked: tuple[str, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(96)
        self.addItem("")

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes that are ticked, in the order of the list."""
        return self._picked

    def set_codes(self, codes: Sequence[str]) -> None:
        """Offer other codes; what is ticked stays so, and stays on offer."""
        self._codes = tuple(dict.fromkeys([*codes, *self._picked]))

    def show_codes(self, codes: Sequence[str]) -> None:
        """Tick these, telling nobody."""
        self._codes = tuple(dict.fromkeys([*self._codes, *codes]))
        self._picked = tuple(code for code in self._codes if code in codes)
        self._say()

    def choose(self, *codes: str) -> None:
        """Choose codes as if a person had; none, or an empty one, for everything."""
        self.show_codes([code for code in codes if code])
        self.chosen.emit(self._picked)

    def menu(self) -> TickMenu:
        """Return the list of ticks."""
        menu = TickMenu(self)
        everything = menu.addAction(self._everything, lambda: self.choose())
        everything.setCheckable(True)
        everything.setChecked(not self._picked)
        menu.addSeparator()
        ticks = [self._tick(menu, code) for code in self._codes]
        everything.triggered.connect(lambda: self._mark(everything, ticks))
        for tick in ticks:
            tick.triggered.connect(lambda _=False: self._mark(everything, ticks))
        return menu

    def showPopup(self) -> None:
        """Open the list of ticks under the box."""
        menu = self.menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setMinimumWidth(self.width())
        menu.popup(self.mapToGlobal(QPoint(0, self.height() + 2)))
        menu.setActiveAction(menu.actions()[0])

    def set_words(self, everything: str) -> None:
        """Say the choice again; ``everything`` stands for no filter and names the box."""
        self._everything = everything
        self._say()

    def _tick(self, menu: QMenu, code: str) -> QAction:
        tick = menu.addAction(self._word(code))
        tick.setData(code)
        tick.setCheckable(True)
        tick.setChecked(code in self._picked)
        tick.triggered.connect(lambda on: self._set(code, on))
        return tick

    def _set(self, code: str, on: Any) -> None:
        self.choose(*(each for each in self._codes if (each in self._picked if each != code else on)))

    def _mark(self, everything: QAction, ticks: Sequence[QAction]) -> None:
        everything.setChecked(not self._picked)
        for tick in ticks:
            tick.setChecked(tick.data() in self._picked)

    def _say(self) -> None:
        words = [self._word(code) for code in self._picked]
        shown = "、".join(words[:2]) + ("…" if len(words) > 2 else "")
        self.setItemText(0, shown or self._everything)
        self.setToolTip("、".join(words))
        self.setAccessibleName("：".join(part for part in (self._everything, "、".join(words)) if part))
