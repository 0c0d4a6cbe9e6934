"""The files of a record, and where their bytes are: each can be opened, and one without its bytes says what to do."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFileDialog, QWidget

from ui.labels import word
from ui.pages.base import Page
from ui.pages.purpose import ask_purpose
from ui.pages.sync.standing import size_words
from ui.pages.values import joined
from ui.pages.viewing import open_viewer
from ui.theme.tokens import XS, M, S
from ui.widgets.base import Button, ElidedLabel, Icon, Label, Translated, clear, column, row
from ui.widgets.header import Section
from ui.widgets.tag import StateTag, Tag, Tone
from zzdesk.errors import KnownError

REPORT: Final = "report"
translate = QCoreApplication.translate


def bytes_tag(here: bool, at_centre: bool, state: str) -> Tag:
    """Return where the bytes of a file are, as a shape and words."""
    if here and at_centre:
        return Tag("● " + translate("Attachments", "本机和中心都有"), Tone.SUCCESS)
    if here:
        return Tag("◐ " + translate("Attachments", "只在本机，待送达"), Tone.NEUTRAL)
    if at_centre:
        return Tag("○ " + translate("Attachments", "在中心，本机没有"), Tone.INFO)
    if state == "missing":
        return Tag("○ " + translate("Attachments", "内容还没到中心"), Tone.WARNING)
    return Tag("○ " + translate("Attachments", "内容不在本机"), Tone.NEUTRAL)


class _EnterButton(Button):
    """A button that Enter presses as well."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter does what Space does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.click()
            return
        super().keyPressEvent(event)


class FileLine(QWidget):
    """One file: name, size, where its bytes are, and the buttons that open and fetch it; Enter opens as Space does."""

    def __init__(self, found: Any, fetch: Any, look: Any, what: str = "", seen: str = "") -> None:
        super().__init__()
        self.found = found
        tag = bytes_tag(found.bytes_here, found.bytes_at_centre, found.bytes_state)
        name = ElidedLabel(joined(what, found.name))
        layout = row(Icon("paperclip", "secondary"), name, Label(size_words(found.size), "small"), StateTag(tag), gap=S)
        layout.setStretch(1, 1)
        if seen:
            layout.addWidget(Label(seen, "small"))
        self.open = _EnterButton(translate("Attachments", "打开"), "link", "eye", lambda: look(found))
        self.open.setAccessibleName(translate("Attachments", "打开 {name}").format(name=joined(what, found.name)))
        layout.addWidget(self.open)
        if found.bytes_at_centre and not found.bytes_here:
            self.fetch = Button(translate("Attachments", "取来"), "link", "download", lambda: fetch(found.id))
            self.fetch.setAccessibleName(translate("Attachments", "取来 {name}").format(name=found.name))
            layout.addWidget(self.fetch)
        self.setLayout(layout)
        self.setAccessibleName(" ".join(each for each in (joined(what, found.name), tag.text, seen) if each))


class Attachments(Translated, QWidget):
    """The list under a record's facts; ``show_of`` asks for another record's files."""

    def __init__(self, page: Page, kind: str) -> None:
        super().__init__()
        self._page, self._kind, self._record, self._may_add, self._back_to = page, kind, "", True, ""
        self.rows: tuple[Any, ...] = ()
        self.add = Button("", "link", "plus", self.take)
        self.head, self._lines, self.lines = Section(self.add), column(gap=XS), []  # type: ignore[var-annotated]
        self.setLayout(column(self.head, self._lines, gap=M))
        self.retranslate()

    def show_of(self, record_id: str, *, may_add: bool = True) -> None:
        """Ask for the files of a record; ``may_add``: it is no record that may only be read."""
        from zzdesk.desk.records import attachments

        self._record, self._may_add = record_id, may_add
        self._say_add()
        self._page.context.runner.read(attachments, self._kind, record_id, owner=self, on_error=lambda error: None,
                                       on_done=lambda rows: self._show(record_id, rows))

    def retranslate(self) -> None:
        """Say everything again."""
        self.add.setText(self.tr("添加附件…"))
        self._say_add()
        self._draw()

    def _say_add(self) -> None:
        self.add.setVisible(self._may_add and self._page.context.may("attachment.add"))

    def _show(self, record_id: str, rows: tuple[Any, ...]) -> None:
        if record_id == self._record:
            self.rows = tuple(found for found in rows if not found.voided)
            self._draw()

    def _draw(self) -> None:
        focus = self.window().focusWidget()  # the cursor of the window, which may lie behind a sheet just now
        here = (one.found.id for one in self.lines if one.open is focus)
        back = self._back_to or next(here, "")
        clear(self._lines)
        self.lines = [FileLine(found, self._fetch, self.look, self.what(found), self.seen(found)) for found in self.rows]
        for one in self.lines:
            self._lines.addWidget(one)
        self._back_to = ""
        for found, one in zip(self.rows, self.lines, strict=True):
            if found.id == back:
                one.open.setFocus()
        self.head.set_texts(self.tr("附件"), str(len(self.rows)) if self.rows else self.tr("还没有"))

    def what(self, found: Any) -> str:
        """Return what a file is, where the box tells files apart: of a report, for that decides who may get it."""
        return word("purpose", found.purpose) if self._kind == REPORT else ""

    def seen(self, found: Any) -> str:
        """Return whether the person has looked at a file, where something rests on that."""
        return ""

    def look(self, found: Any) -> None:
        """Open a file; afterwards the list says what is known of it now, and the cursor is where it was."""
        record = self._record

        def closed() -> None:
            if record == self._record:
                self._back_to = found.id
                self.show_of(record, may_add=self._may_add)

        open_viewer(self._page, self, found, joined(self.what(found), found.name), self._fetch, closed)

    def take(self, purpose: str | None = None) -> None:
        """Ask for a file, and of a report's what it is, and take it in."""
        name, _ = QFileDialog.getOpenFileName(self, self.tr("选要添加的文件"))
        if name:
            self.take_file(Path(name), purpose)

    def take_file(self, path: Path, purpose: str | None = None) -> None:
        """Take a file in; what one of a report is is asked first, and who goes back takes nothing in."""
        from zzdesk.desk.taking import take_in

        if purpose is None and self._kind == REPORT:
            purpose = ask_purpose(self, path)
            if purpose is None:
                return
        context = self._page.context
        context.runner.call(take_in, context.desk, self._kind, self._record, path, purpose,
                            on_error=self._refused, on_done=self._taken)

    def _taken(self, change: Any) -> None:
        self._page.context.changes.changed.emit(change, self._page)
        self._page.context.toast(self.tr("附件已加密保存在本机，尚未送达中心"))
        self.show_of(self._record)

    def _fetch(self, attachment_id: str) -> None:
        from zzdesk.desk.files import fetch

        self._page.context.runner.write(
            fetch, attachment_id, initiator=self._page, on_error=self._refused, on_done=lambda _: self._asked())

    def _asked(self) -> None:
        self._page.context.toast(self.tr("会随下次同步取来"))
        self._page.context.exchange.sync_now()

    def _refused(self, error: KnownError) -> None:
        self._page.context.toast(error.text(), bad=True)
