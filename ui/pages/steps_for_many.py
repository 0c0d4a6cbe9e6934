"""What is asked before a step is taken with several records of a list: a reason where the step needs one, or a yes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from ui.labels import action_word
from ui.widgets.dialogs import ReasonSheet, confirm

translate = QCoreApplication.translate


class StepDeeds:
    """The deeds of a kind whose steps go by a plain table."""

    prints = True

    def __init__(self, kind: str) -> None:
        self.kind = kind

    @property
    def many(self) -> Any:
        """Return what does it."""
        from zzdesk.desk.bulk_steps import Steps

        return Steps(self.kind)

    def word(self, action: str) -> str:
        """Return what a deed is called."""
        return translate("StepDeeds", "作废") if action == "void" else action_word(self.kind, action)

    def ask(self, parent: QWidget, offer: Any, count: int, do: Callable[[Any], None]) -> None:
        """Ask for what a step needs, then ``do(deed)``; nothing where the person went back."""
        from zzdesk.desk.bulk import Deed

        word = self.word(offer.action)
        sentence = translate("Deeds", "{count} 件一起{action}。这一步您不能撤销。").format(count=count, action=word)
        if not offer.final:
            sentence = translate("Deeds", "对选中的 {count} 件，每件各记一步；之后可以一起撤销。").format(count=count)
        if self.many.needs_reason(offer.action):
            sheet = ReasonSheet(parent.window(), word, sentence, word, danger=offer.final)
            accepted, reason = sheet.exec() == sheet.DialogCode.Accepted, sheet.reason()
            sheet.deleteLater()
            if accepted:
                do(Deed(offer.action, {"reason": reason}))
        elif not offer.final or confirm(parent, word, sentence, word):
            do(Deed(offer.action))
