"""Filters under names of one's own, as chips over the list: Alt+1 to Alt+9, renamed, replaced, deleted, brought back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import QCoreApplication, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent
from PySide6.QtWidgets import QMenu, QWidget

from ui.context import Context
from ui.theme import icons
from ui.theme.tokens import S
from ui.widgets.base import Button, Translated, clear
from ui.widgets.chips import say_chip
from ui.widgets.dialogs import Sheet
from ui.widgets.fields import TextField
from ui.widgets.flow import FlowLayout
from zzdesk.errors import InvalidError, KnownError

KEYS: Final = 9
"""How many have a key, and are counted."""
CAP: Final = 99
translate = QCoreApplication.translate


class SavedChip(Button):
    """One filter; its menu by the right button, the menu key, or Shift+F10; Delete deletes it."""

    menu_wanted = Signal(QPoint)
    delete_wanted = Signal()

    def __init__(self, on_click: Callable[[], Any]) -> None:
        super().__init__("", "chip", on_click=on_click)
        self.setCheckable(True)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu."""
        self.menu_wanted.emit(self.mapToGlobal(QPoint(0, self.height())))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete deletes."""
        if event.key() == Qt.Key.Key_Delete:
            self.delete_wanted.emit()
        else:
            super().keyPressEvent(event)


class NameSheet(Sheet):
    """Asks for the name of a filter."""

    def __init__(self, parent: QWidget, title: str, text: str, name: str = "") -> None:
        from zzdesk.desk.saved_filters import LONGEST_NAME

        super().__init__(parent, title, text, translate("SavedFilters", "保存"))
        self.field = TextField("name", lambda: translate("SavedFilters", "名字"), limit=LONGEST_NAME, required=True)
        self.field.set_value(name)
        self.body.addWidget(self.field)
        self.field.edited.connect(lambda: self.go.setEnabled(bool(self.field.value())))
        self.go.setEnabled(bool(name))
        self.field.control.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter is enough: there is one line only."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.go.isEnabled():
            self.accept()
        else:
            super().keyPressEvent(event)


@dataclass(frozen=True)
class Shelf:
    """How the filters of one list are kept: its name, to and from JSON, in words, what is asked now, how many there are.

    ``from_json`` raises a KnownError where a filter cannot be read; ``count(read, filter, cap)`` returns None where it does
    not tell; ``plain`` says of a filter that there is nothing in it to keep.
    """

    list: str
    to_json: Callable[[Any], str]
    from_json: Callable[[str], Any]
    describe: Callable[[Any], str]
    current: Callable[[], Any]
    count: Callable[[Any, Any, int], int | None]
    plain: Callable[[Any], bool]


class SavedFilters(Translated, QWidget):
    """``wanted(filter)`` when a person takes one. Whose bar it is calls ``retranslate`` once its shelf can answer."""

    wanted = Signal(object)

    def __init__(self, context: Context, page: QWidget, shelf: Shelf) -> None:
        super().__init__()
        self._context, self._page, self._shelf = context, page, shelf
        self.rows: tuple[Any, ...] = ()
        self.buttons: dict[str, SavedChip] = {}
        self._counts: dict[str, int | None] = {}
        self.add = Button("", "link", "plus", self.ask_for_name)
        self._layout = FlowLayout(self, S)
        self._layout.addWidget(self.add)

    # ---- what is shown ---------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Ask for the filters, then for how many records each of the first has."""
        from zzdesk.desk.saved_filters import mine

        self._context.runner.read(mine, self._shelf.list, on_done=self._show, owner=self, on_error=lambda error: None)

    def show_current(self) -> None:
        """Mark the filter that the list shows now, and offer to keep one that is new."""
        now = self._shelf.to_json(self._shelf.current())
        for found in self.rows:
            self.buttons[found.id].setChecked(found.filter == now)
        known = any(found.filter == now for found in self.rows)
        plain = self._shelf.plain(self._shelf.current())
        self.add.setVisible(not known and not plain)
        self.setVisible(bool(self.rows) or self.add.isVisibleTo(self))

    def retranslate(self) -> None:
        """Say everything again."""
        self.add.setText(translate("SavedFilters", "保存这个筛选"))
        self.add.setToolTip("Alt+0")
        self._build()

    def _show(self, rows: Sequence[Any]) -> None:
        self.rows = tuple(rows)
        self._build()
        for found in self.rows[:KEYS]:
            self._count(found)

    def _build(self) -> None:
        self._layout.removeWidget(self.add)
        clear(self._layout)
        self.buttons = {found.id: self._chip(found) for found in self.rows}
        for button in self.buttons.values():
            self._layout.addWidget(button)
        self._layout.addWidget(self.add)
        for at, found in enumerate(self.rows):
            self._say(found, at)
        self.show_current()

    def _chip(self, found: Any) -> SavedChip:
        chip = SavedChip(lambda: self._take(found))
        chip.menu_wanted.connect(lambda at: self.menu(found).popup(at))
        chip.delete_wanted.connect(lambda: self.delete(found))
        return chip

    def _say(self, found: Any, at: int) -> None:
        count = self._counts.get(found.id)
        number = "" if count is None else f"{CAP}+" if count > CAP else str(count)
        button = self.buttons[found.id]
        say_chip(button, f"{found.name} {number}".strip())
        key = f"Alt+{at + 1}" if at < KEYS else ""
        said = " · ".join(part for part in (key, self._in_words(found)) if part)
        button.setToolTip(said)
        button.setAccessibleDescription(said)

    def _in_words(self, found: Any) -> str:
        try:
            return self._shelf.describe(self._shelf.from_json(found.filter))
        except KnownError as error:
            return error.text()

    def _count(self, found: Any) -> None:
        try:
            wanted = self._shelf.from_json(found.filter)
        except KnownError:
            return
        if not wanted.text:
            self._context.runner.read(self._shelf.count, wanted, CAP, on_done=lambda n: self._counted(found, n), owner=self,
                                      on_error=lambda error: None)

    def _counted(self, found: Any, count: int | None) -> None:
        self._counts[found.id] = count
        if found in self.rows:
            self._say(found, self.rows.index(found))

    # ---- what is done ----------------------------------------------------------------------------------------

    def take(self, number: int) -> None:
        """Take the filter of a key."""
        if number <= len(self.rows):
            self._take(self.rows[number - 1])

    def _take(self, found: Any) -> None:
        try:
            self.wanted.emit(self._shelf.from_json(found.filter))
        except KnownError as error:
            self._context.toast(error.text(), bad=True)
        self.show_current()

    def menu(self, found: Any) -> QMenu:
        """Return what can be done with a filter."""
        menu = QMenu(self)
        menu.addAction(icons.icon("pencil"), translate("SavedFilters", "改名…"), lambda: self.rename(found))
        menu.addAction(icons.icon("refresh-cw"), translate("SavedFilters", "换成现在的筛选"), lambda: self.replace(found))
        menu.addSeparator()
        menu.addAction(icons.icon("trash-2"), translate("SavedFilters", "删除") + "\tDel", lambda: self.delete(found))
        return menu

    def ask_for_name(self) -> None:
        """Keep what the list shows now under a name."""
        if self.add.isHidden():
            return
        from zzdesk.desk import saved_filters

        kept = self._shelf.to_json(self._shelf.current())
        sheet = NameSheet(self.window(), translate("SavedFilters", "保存这个筛选"), self._shelf.describe(self._shelf.current()))
        self._ask(sheet, lambda name: (saved_filters.save, self._shelf.list, name, kept))

    def rename(self, found: Any) -> None:
        """Ask for another name."""
        from zzdesk.desk import saved_filters

        sheet = NameSheet(self.window(), translate("SavedFilters", "给筛选改名"), self._in_words(found), found.name)
        self._ask(sheet, lambda name: (saved_filters.change, found.id, name, found.filter))

    def replace(self, found: Any) -> None:
        """Let a name stand for what the list shows now; it can be taken back."""
        from zzdesk.desk import saved_filters

        kept = self._shelf.to_json(self._shelf.current())
        said = translate("SavedFilters", "“{name}”已换成现在的筛选").format(name=found.name)
        self._write((saved_filters.change, found.id, found.name, kept),
                    lambda: self._context.toast(said, undo=lambda: self._write((saved_filters.restore, found))))

    def delete(self, found: Any) -> None:
        """Delete a filter; it can be brought back."""
        from zzdesk.desk import saved_filters

        said = translate("SavedFilters", "筛选“{name}”已删除").format(name=found.name)
        self._write((saved_filters.remove, found.id),
                    lambda: self._context.toast(said, undo=lambda: self._write((saved_filters.restore, found))))

    def _ask(self, sheet: NameSheet, command: Callable[[str], tuple[Any, ...]]) -> None:
        """Ask until there is a name that can be taken, or the person goes back."""
        def refused(error: KnownError) -> None:
            if isinstance(error, InvalidError):
                again = NameSheet(self.window(), sheet.windowTitle(), error.problems[0].text(), sheet.field.value() or "")
                self._ask(again, command)
            else:
                self._context.toast(error.text(), bad=True)

        if sheet.exec() == sheet.DialogCode.Accepted:
            self._write(command(sheet.field.value() or ""), on_error=refused)
        sheet.deleteLater()

    def _write(self, command: tuple[Any, ...], then: Callable[[], Any] | None = None,
               on_error: Callable[[KnownError], None] | None = None) -> None:
        def done(_: Any) -> None:
            self.refresh()
            if then is not None:
                then()

        self._context.runner.write(
            *command, initiator=self._page, on_done=done,
            on_error=on_error or (lambda error: self._context.toast(error.text(), bad=True)))
