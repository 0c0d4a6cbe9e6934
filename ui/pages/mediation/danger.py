"""扬言动手: signs of violence at the table. Somebody calls 110 first; then it is written down, offline or not (PML 25)."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from ui.pages.base import Page
from ui.pages.reports.handover import ask_call
from zzdesk.desk import handing
from zzdesk.desk.room import Room
from zzdesk.errors import KnownError


class Danger(QWidget):
    """Never shown itself: it asks, and sends what was reported in front of everything else."""

    def __init__(self, page: Page, reload: Callable[[], None]) -> None:
        super().__init__()
        self._page, self._reload = page, reload
        self.hide()

    def ask(self, found: Room | None) -> None:
        """Say 先拨110 and ask for the call; nothing is saved before somebody has called."""
        if found is None:
            return
        context = self._page.context
        called = ask_call(self._page, context.facts.name, context.now(), self.tr("纠纷当事人扬言动手"))
        if called is None:
            return
        context.runner.write(handing.escalate, found.case.row.id, called, initiator=self._page,
                             on_done=lambda _: self._sent(), on_error=self._refused)

    def _sent(self) -> None:
        self._page.context.exchange.hurry()
        self._page.context.toast(self.tr("已保存在本机，联网后最先送给警方"))
        self._reload()

    def _refused(self, error: KnownError) -> None:
        self._page.context.toast(error.text(), bad=True)
