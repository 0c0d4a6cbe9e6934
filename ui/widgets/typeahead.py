"""Lines that offer while one types: codes by their words or pinyin, and texts that were typed before."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from ui.runner import Runner, Task
from ui.widgets.base import Words, no_words
from ui.widgets.picker import Option, Picker


class CodePicker(Picker):
    """One of many codes, found by word, pinyin or its initials; Down on an empty line offers all of them."""

    def __init__(self, runner: Runner, codes: Sequence[str], word: Callable[[str], str],
                 placeholder: Words = no_words, parent: QWidget | None = None) -> None:
        self._runner, self._codes, self._word = runner, tuple(codes), word
        self._task: Task | None = None
        super().__init__(self._ask, placeholder, parent)

    def set_value(self, value: Any) -> None:
        """Show a code by its word."""
        self.show_option(None if value is None else Option(value, self._word(value)))

    def retranslate(self) -> None:
        """Say the chosen code and the example again."""
        super().retranslate()
        if self.value() is not None:
            self.set_value(self.value())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down opens the whole list."""
        if event.key() == Qt.Key.Key_Down and not self._completer.popup().isVisible():
            self._option = None
            self._ask("", self._found)
            return
        super().keyPressEvent(event)

    def _ask(self, text: str, on_found: Callable[[Sequence[Option]], None]) -> None:
        from zzdesk.desk import lookup

        if self._task is not None:
            self._task.cancel()
        words = {code: self._word(code) for code in self._codes}
        self._task = self._runner.call(
            lookup.fitting, words, text, owner=self,
            on_done=lambda found: on_found([Option(code, words[code]) for code in found]))


class FreePicker(Picker):
    """A line of free text that offers options; what is typed counts even when none is taken.

    ``value()`` is the option's value when one was taken, and the text otherwise.
    """

    preselect = False

    def value(self) -> Any:
        """Return what was taken, or what was typed."""
        return self._option.value if self._option is not None else self.text().strip() or None

    @property
    def taken_value(self) -> Any:
        """What was taken out of the offers, or None when the text is free."""
        return self._option.value if self._option is not None else None

    def set_value(self, value: Any) -> None:
        """Show a text."""
        self._option = None
        self.setText(value or "")

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The text stays as it is."""
        QLineEdit.focusOutEvent(self, event)

    def _typed(self, text: str) -> None:
        super()._typed(text)
        if text.strip():
            self.edited.emit()


class RecentPicker(FreePicker):
    """Offers what was typed into this field of the newest records."""

    def __init__(self, runner: Runner, kind: str, field: str, placeholder: Words = no_words,
                 parent: QWidget | None = None) -> None:
        self._runner, self._kind, self._field = runner, kind, field
        self._task: Task | None = None
        super().__init__(self._ask, placeholder, parent)

    def _ask(self, text: str, on_found: Callable[[Sequence[Option]], None]) -> None:
        from zzdesk.desk import lookup

        if self._task is not None:
            self._task.cancel()
        self._task = self._runner.read(
            lookup.typed_before, self._kind, self._field, text, owner=self,
            on_done=lambda found: on_found([Option(value, value) for value in found if value != text.strip()]),
            on_error=lambda error: None)


class ResidentPicker(FreePicker):
    """Finds a resident who is registered; the taken value is the id, a free text is a name."""

    def __init__(self, runner: Runner, placeholder: Words = no_words, parent: QWidget | None = None) -> None:
        self._runner = runner
        self._task: Task | None = None
        super().__init__(self._ask, placeholder, parent)

    def _ask(self, text: str, on_found: Callable[[Sequence[Option]], None]) -> None:
        from zzdesk.desk import lookup

        if self._task is not None:
            self._task.cancel()
        self._task = self._runner.read(lookup.residents, text, owner=self, on_error=lambda error: None,
                                       on_done=lambda found: on_found([_resident(row) for row in found]))


def _resident(found: Any) -> Option:
    return Option(found.id, found.name, " · ".join(part for part in (found.phone, found.address) if part))
