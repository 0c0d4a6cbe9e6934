"""The files of one record in a case's file, each taken in as what it is: the dossier puts it behind the paper it belongs to."""

from __future__ import annotations

from typing import Any, Final

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from ui.labels import word
from ui.pages.attachments import Attachments
from ui.pages.base import Page
from ui.widgets.base import Button
from ui.widgets.many import FlowLayout
from zzdesk.mediation.queries import Paper

translate = QCoreApplication.translate

PURPOSES: Final[dict[str, tuple[str, ...]]] = {
    "investigation": ("photo", "scan"), "performance_line": ("receipt", "photo"), "revisit": ("scan", "photo"),
    "confirmation": ("scan",),
}
"""What is taken in for a kind (domain rules B1.2, rows 5 to 8 and 12 to 14); a party's own is in :func:`purposes_of`."""


def purposes_of(paper: Paper) -> tuple[str, ...]:
    """Return what may be taken in for a record: of a party the proof of who it is, and its agent's power of attorney."""
    if paper.kind != "party":
        return PURPOSES.get(paper.kind, ())
    proof = "licence" if paper.fields.get("party_kind") == "legal" else "identity"
    return (proof, "scan") if paper.fields.get("agent_name") else (proof,)


def file_word(kind: str, purpose: str) -> str:
    """Return what a file of a record is called."""
    scans = {
        "party": translate("CaseFiles", "授权委托书"), "investigation": translate("CaseFiles", "签名的调查记录"),
        "revisit": translate("CaseFiles", "签名的回访记录"), "confirmation": translate("CaseFiles", "法院文书"),
    }
    return scans[kind] if purpose == "scan" and kind in scans else word("purpose", purpose)


class CaseFiles(Attachments):
    """The files of a record of a case; a button for each thing that is taken in while the case is not locked."""

    def __init__(self, page: Page, paper: Paper, *, may: bool) -> None:
        self._paper, self._ways = paper, dict[str, Button]()
        super().__init__(page, paper.kind)
        holder, layout = QWidget(self), self.layout()
        flow = FlowLayout(holder)
        assert layout is not None
        layout.addWidget(holder)
        if may and page.context.may("attachment.add"):
            self._ways = {purpose: Button("", "link", "plus") for purpose in purposes_of(paper)}
        for purpose, button in self._ways.items():
            button.clicked.connect(lambda _=False, purpose=purpose: self.take(purpose))
            flow.addWidget(button)
        self.retranslate()
        self.show_of(paper.id, may_add=False)  # each way has its own button

    @property
    def ways(self) -> dict[str, Button]:
        """The buttons by purpose."""
        return self._ways

    def what(self, found: Any) -> str:
        """Say what a file is."""
        return file_word(self._paper.kind, found.purpose)

    def retranslate(self) -> None:
        """Say everything again."""
        super().retranslate()
        self.add.hide()
        for purpose, button in self._ways.items():
            button.setText(translate("CaseFiles", "添加{what}…").format(what=file_word(self._paper.kind, purpose)))

    def _taken(self, change: Any) -> None:
        """What the file of the case still lacks is asked anew."""
        super()._taken(change)
        self._page.refresh()
