"""Type-ahead pickers: one types a name, pinyin, initials or a code, and takes one of what fits."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Final

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QStringListModel, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QCompleter, QListView, QWidget

from ui.models.paging import Line, Role
from ui.runner import Runner, Task
from ui.theme import set_kind
from ui.widgets.base import IconEdit, Translated, Words, no_words
from ui.widgets.table import LineDelegate

PAUSE_MS: Final = 120


@dataclass(frozen=True)
class Option:
    """One thing that can be taken: what is kept, and how it is said."""

    value: Any
    title: str
    detail: str = ""


Find = Callable[[str, Callable[[Sequence[Option]], None]], Any]
"""find(text, on_found): looks up what fits and answers later on the main thread."""


class _Options(QStringListModel):
    """The options as the pop-up draws them: two lines each."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.options: list[Option] = []

    def put(self, options: Sequence[Option]) -> None:
        self.options = list(options)
        self.setStringList([option.title for option in options])

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Role.LINE and 0 <= index.row() < len(self.options):
            option = self.options[index.row()]
            return Line(option.title, option.detail)
        return super().data(index, role)


class Picker(Translated, IconEdit):
    """A line to type into; ``edited`` when something was taken or the line was emptied."""

    edited = Signal()
    taken = Signal(object)
    preselect: ClassVar[bool] = True
    """Enter takes the first of what fits."""

    def __init__(self, find: Find, placeholder: Words = no_words, parent: QWidget | None = None) -> None:
        super().__init__("search", parent)
        self._find, self._placeholder = find, placeholder
        self._option: Option | None = None
        self._answered, self._hurried = "", False
        self._model = _Options(self)
        self._completer = QCompleter(self._model, self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.setMaxVisibleItems(7)
        self._dress_popup()
        self._completer.activated[QModelIndex].connect(self._take)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE_MS)
        self._timer.timeout.connect(self._look)
        self.textEdited.connect(self._typed)
        self.retranslate()

    def retranslate(self) -> None:
        """Say the example again."""
        self.setPlaceholderText(self._placeholder())

    def value(self) -> Any:
        """Return what was taken, or None."""
        return self._option.value if self._option is not None else None

    def set_value(self, value: Any) -> None:
        """Empty the line; a taken option is shown with :meth:`show_option`."""
        if self._option is None or self._option.value != value:
            self.show_option(None if value is None else Option(value, str(value)))

    def show_option(self, option: Option | None) -> None:
        """Show something as taken."""
        self._option = option
        self.setText(option.title if option is not None else "")
        self.setCursorPosition(0)

    def decide(self) -> bool:
        """Enter was pressed: take the first option that fits what was typed.

        True when the answer has not come yet: the first of it is taken as soon as it does, and Enter goes nowhere.
        """
        if self._option is not None or not self.text().strip() or not self.preselect:
            return False
        if self._answered == self.text() and self._model.options:
            self._accept(self._model.options[0])
            return False
        self._hurried = True
        return True

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """What was typed but not taken does not stay as if it had been."""
        super().focusOutEvent(event)
        waiting = self._option is None and self.text() and not self._completer.popup().isVisible()
        if waiting and len(self._model.options) == 1:
            self._accept(self._model.options[0])

    def _dress_popup(self) -> None:
        popup = QListView()
        popup.setItemDelegate(LineDelegate(popup))
        popup.setMouseTracking(True)
        popup.setUniformItemSizes(True)
        set_kind(popup, "popup")
        self._completer.setPopup(popup)
        popup.setItemDelegate(LineDelegate(popup))
        self.setCompleter(self._completer)

    def _typed(self, text: str) -> None:
        self._option, self._hurried = None, False
        if text.strip():
            self._timer.start()
        else:
            self._timer.stop()
            self._model.put([])
            self.edited.emit()

    def _look(self) -> None:
        asked = self.text()
        self._find(asked, lambda options: self._found(options, asked))

    def _found(self, options: Sequence[Option], asked: str = "") -> None:
        if self._option is not None:
            return
        self._model.put(options)
        self._answered = asked
        if options and self._hurried:
            self._hurried = False
            self._accept(options[0])
        elif options and self.hasFocus():
            self._completer.complete()
            if self.preselect:
                self._completer.popup().setCurrentIndex(self._completer.completionModel().index(0, 0))

    def _take(self, index: QModelIndex) -> None:
        if 0 <= index.row() < len(self._model.options):
            option = self._model.options[index.row()]
            QTimer.singleShot(0, self, lambda: self._accept(option))

    def _accept(self, option: Option) -> None:
        self.show_option(option)
        self.edited.emit()
        self.taken.emit(option)


class PlacePicker(Picker):
    """Finds a community, street or district of Zhangzhou; the value is its code."""

    def __init__(self, runner: Runner, placeholder: Words = no_words, level: str | None = "community",
                 parent: QWidget | None = None) -> None:
        self._runner, self._level = runner, level
        self._task: Task | None = None
        super().__init__(self._ask, placeholder, parent)

    def set_value(self, value: Any) -> None:
        """Show the place of a code by its name."""
        if value is None or value == self.value():
            super().set_value(value)
            return
        from zzdesk.places import queries

        super().set_value(value)
        self._runner.call(queries.get, value, on_done=lambda place: self.show_option(_option(place)),
                          on_error=lambda error: None, owner=self)

    def _ask(self, text: str, on_found: Callable[[Sequence[Option]], None]) -> None:
        from zzdesk.places import queries

        if self._task is not None:
            self._task.cancel()
        self._task = self._runner.call(
            queries.find, text, 12, self._level, owner=self,
            on_done=lambda places: on_found([_option(place) for place in places]))


def _option(place: Any) -> Option:
    above = place.full_name.removesuffix(place.name)
    return Option(place.code, place.name, f"{above} · {place.code}" if above else place.code)
