"""A worker's card: seen first, printed, or kept as PDF; its code opens the kiosk together with the end of the phone."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from ui.context import Context
from ui.printing.preview import SlipSheet

translate = QCoreApplication.translate


class CardSheet(SlipSheet):
    """Shows a card; that it left the desk is told to the audit."""

    def _note(self, how: str, said: str) -> None:
        from zzdesk.desk.worker_card import note_card

        self._context.runner.write(note_card, self.slip.worker_id, how)
        self._context.toast(said)


def offer_card(window: QWidget, context: Context, worker_id: str) -> None:
    """Ask for the card of a worker and show it."""
    from zzdesk.desk.worker_card import card

    def show(found: object) -> None:
        sheet = CardSheet(window.window(), context, found)
        sheet.exec()
        sheet.deleteLater()

    context.runner.read(card, worker_id, on_done=show, owner=window,
                        on_error=lambda error: context.toast(error.text(), bad=True))
