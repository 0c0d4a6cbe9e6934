"""Photos and files of a report that is not registered yet: kept encrypted at once, with the place a camera wrote down."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from ui.context import Context
from ui.labels import word
from ui.pages.purpose import ask_purpose
from ui.pages.sync.standing import size_words
from ui.pages.values import joined
from ui.theme.tokens import XS, S
from ui.widgets.base import (
    Button,
    ElidedLabel,
    Icon,
    Label,
    Translated,
    clear,
    column,
    icon_button,
    name_button,
    row,
)
from zzdesk.errors import KnownError

translate = QCoreApplication.translate


class DraftFileLine(QWidget):
    """One file that waits with the form."""

    def __init__(self, found: Any, remove: Any, locate: Any, what: str = "") -> None:
        super().__init__()
        name = ElidedLabel(joined(what, found.name))
        icon = Icon("image" if found.picture else "paperclip", "secondary")
        layout = row(icon, name, Label(size_words(found.size), "small"), gap=S)
        layout.setStretch(1, 1)
        self.locate: Button | None = None
        if found.location:
            self.locate = Button(translate("DraftFiles", "用照片的位置"), "link", "map-pin", lambda: locate(found))
            self.locate.setToolTip(found.location)
            layout.addWidget(self.locate)
        self.remove = icon_button("x", on_click=lambda: remove(found.id))
        name_button(self.remove, translate("DraftFiles", "移除 {name}").format(name=found.name))
        layout.addWidget(self.remove)
        self.setLayout(layout)
        self.setAccessibleName(joined(what, found.name))


class DraftFiles(Translated, QWidget):
    """The files of a form; ``located`` carries the place of a photo that is to be the report's."""

    located = Signal(str)
    changed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context, self._form = context, ""
        self.rows: tuple[Any, ...] = ()
        self.purposes: dict[str, str] = {}
        """What each file is, by its id, as far as that was asked; the form keeps it with its draft."""
        self.label, self.hint = Label(), Label(kind="small", wrap=True)
        self.add = Button("", "", "paperclip", self.choose)
        self._lines, self.lines = column(gap=XS), []  # type: ignore[var-annotated]
        self.setLayout(column(self.label, row(self.add, None), self._lines, self.hint, gap=XS))
        self.retranslate()

    def show_of(self, form: str) -> None:
        """Ask for the files of a form."""
        from zzdesk.desk import draft_files

        self._form = form
        self._context.runner.read(draft_files.of_form, form, owner=self, on_error=lambda error: None,
                                  on_done=lambda rows: self._show(form, rows))

    def retranslate(self) -> None:
        """Say everything again."""
        self.label.setText(self.tr("照片和附件"))
        self.add.setText(self.tr("添加照片或文件…"))
        self.add.setToolTip("Ctrl+O")
        self.hint.setText(self.tr("照片里的拍摄位置和时间不会给别人看；原件加密保存，可供核对。"))
        self._draw()

    def choose(self) -> None:
        """Ask for files, and what each is, and take them in."""
        names, _ = QFileDialog.getOpenFileNames(self, self.tr("选要添加的照片或文件"))
        for name in names:
            purpose = ask_purpose(self, Path(name))
            if purpose is not None:
                self.take(Path(name), purpose)

    def take(self, path: Path, purpose: str | None = None) -> None:
        """Take one file in for this form, as what it is."""
        from zzdesk.desk import draft_files

        form = self._form
        self._context.runner.call(draft_files.add, self._context.desk, form, path, on_error=self._refused,
                                  on_done=lambda file_id: self._added(form, file_id, purpose), owner=self)

    def _added(self, form: str, file_id: str, purpose: str | None) -> None:
        if purpose is not None:
            self.purposes[file_id] = purpose
        self._again(form)

    def _again(self, form: str) -> None:
        if form == self._form:
            self.show_of(form)

    def _remove(self, file_id: str) -> None:
        from zzdesk.desk import draft_files

        form = self._form
        self._context.runner.call(draft_files.remove, self._context.desk, file_id, on_error=self._refused,
                                  on_done=lambda _: self._again(form), owner=self)

    def _show(self, form: str, rows: tuple[Any, ...]) -> None:
        if form == self._form:
            self.rows = rows
            self._draw()
            self.changed.emit()

    def _draw(self) -> None:
        clear(self._lines)
        place = lambda each: self.located.emit(each.location)  # noqa: E731
        self.lines = [DraftFileLine(found, self._remove, place, self._what(found.id)) for found in self.rows]
        before: QWidget = self.add
        for one in self.lines:
            self._lines.addWidget(one)
            for button in filter(None, (one.locate, one.remove)):  # made last, they would be reached last
                QWidget.setTabOrder(before, button)
                before = button

    def _what(self, file_id: str) -> str:
        return word("purpose", self.purposes[file_id]) if file_id in self.purposes else ""

    def _refused(self, error: KnownError) -> None:
        self._context.toast(error.text(), bad=True)
