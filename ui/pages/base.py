"""The habits of a page: asks again when what it shows has changed, waits while hidden, ignores its own doing."""

from __future__ import annotations

from typing import Any, ClassVar

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from ui.context import Context
from ui.theme import set_kind
from ui.theme.tokens import XL, L
from ui.widgets.base import Translated, column
from ui.widgets.header import PageHeader


class Page(Translated, QWidget):
    """A page with a head and a body.

    ``kinds`` names the record kinds it shows; subclasses override ``refresh``, ``retranslate`` and ``open_target``.
    """

    kinds: ClassVar[tuple[str, ...]] = ()

    def __init__(self, context: Context) -> None:
        super().__init__()
        set_kind(self, "page")
        self.context = context
        self.header = PageHeader()
        self.body = column(gap=L, margins=(XL, 0, XL, L))
        layout = column(self.header, self.body, gap=0)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self._stale = True
        context.changes.changed.connect(self._changed)

    def refresh(self) -> None:
        """Ask for what the page shows; called on the first showing and after changes."""

    def open_target(self, target: str) -> None:
        """Show the record, or do the command (``new``), that another page or the search asked for."""

    def keep_now(self) -> None:
        """Keep what is being typed: the screen is about to be locked or the window closed. Forms keep themselves."""

    def mark_stale(self) -> None:
        """Ask again now, or when the page is next shown."""
        self._stale = not self.isVisible()
        if self.isVisible():
            self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what changed while hidden."""
        super().showEvent(event)
        if self._stale:
            self._stale = False
            self.refresh()

    def _changed(self, change: Any, initiator: object) -> None:
        if initiator is not self and (not self.kinds or change.touches(*self.kinds)):
            self.mark_stale()
