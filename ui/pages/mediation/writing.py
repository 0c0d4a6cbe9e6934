"""Texts of a case that save themselves as one types: the record of an open session, the draft of an agreement."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from shiboken6 import isValid

from ui.pages.base import Page
from ui.widgets.base import Button, Words
from ui.widgets.dates import CHINA
from ui.widgets.record_form import RecordForm
from ui.widgets.tag import Tone
from zzdesk.desk.commands import Basis, seeing
from zzdesk.errors import KnownError
from zzdesk.mediation import commands


class Writer(RecordForm):
    """A form over a record that exists already: every pause in typing is saved into the record itself.

    When a colleague's text arrives while there is something unsaved here, saving stops and the form says so:
    neither text is overwritten without a person having seen it.
    """

    def __init__(self, page: Page, kind: str, paper_id: str, finish: Words) -> None:
        super().__init__(finish, key=f"{kind}/{paper_id}", start=lambda: self._stored)
        self._page, self.kind, self.paper_id = page, kind, paper_id
        self._stored: dict[str, Any] = {}
        self._stopped = False
        self.arranging: Callable[[], None] = lambda: None
        """Shows and hides fields by what is chosen, where the record's kind asks for that."""
        self.latest = Button("", on_click=self.load_again)
        self.latest.hide()
        self.add_widget(self.latest)
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything again."""
        super().retranslate()
        if hasattr(self, "latest"):
            self.latest.setText(self.tr("载入最新的"))

    def arrange(self) -> None:
        """Show and hide fields by what is chosen."""
        self.arranging()

    def show_stored(self, stored: dict[str, Any]) -> None:
        """Show what the record holds now, unless something here has not been saved yet."""
        known = {key: stored.get(key) for key in self.fields}
        if self._began and self.changes():
            self._stopped = any(known[key] != self._began.get(key) for key in self.changes())
            if self._stopped:
                self.banner.show_text(
                    self.tr("同事刚刚也改了这里。请先复制您没保存的内容，再点“载入最新的”补进去。"), Tone.WARNING)
            self.latest.setVisible(self._stopped)
            return  # what is being typed stays; it is saved as written over what was seen
        self.basis = Basis(self.paper_id, stored)
        if known != {key: self._began.get(key) for key in self.fields}:
            self._stored = {key: value for key, value in known.items() if value is not None}
            self.begin()

    def load_again(self) -> None:
        """Give up what was not saved and show what the record holds."""
        self._began, self._stopped = {}, False
        self.banner.show_text("")
        self.latest.hide()
        self._page.refresh()

    def _on_edit(self) -> None:
        super()._on_edit()
        if not self._restoring and not self._timer.isActive():
            self._timer.start()

    def save_draft(self) -> None:
        """Save what was changed into the record."""
        self._timer.stop()
        changes = self.changes()
        if changes and not self._stopped:
            self.write(changes)

    def write(self, changes: dict[str, Any], then: Callable[[], None] | None = None) -> None:
        """Save changes, then go on."""
        page, began, basis = self._page, self._began | changes, self.basis
        assert basis is not None
        self.basis = basis.after(changes)

        def saved(_: Any) -> None:
            if not isValid(self):  # taken away while it was saving its last words
                return
            self._began = {key: value for key, value in began.items() if value is not None}
            self.saved.setText(self.tr("已保存在本机 {time}").format(
                time=f"{self._page.context.now().astimezone(CHINA):%H:%M:%S}"))
            if then is not None:
                then()

        def refused(error: KnownError) -> None:
            if not isValid(self):
                page.context.toast(error.text(), bad=True)
                return
            self.basis = basis
            self.show_error(error)

        self._page.context.runner.write(seeing, basis, commands.edit_paper, self.kind, self.paper_id, changes,
                                        initiator=self._page, on_done=saved, on_error=refused)

    def act(self, action: str, said: str, then: Callable[[], None]) -> None:
        """Save what is left, then take the record's step."""

        def done(_: Any) -> None:
            self.set_busy(False)
            self._page.context.toast(said)
            then()

        self._timer.stop()
        self.set_busy(True)
        self._page.context.runner.write(
            seeing, self.basis, commands.act_paper, self.kind, self.paper_id, action, self.changes(),
            initiator=self._page, on_done=done, on_error=self._refused)

    def _refused(self, error: KnownError) -> None:
        self.show_error(error)
        self.save_draft()
