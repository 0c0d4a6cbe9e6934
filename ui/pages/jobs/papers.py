"""The scans of an employer's papers, each taken in as what it is; what is missing has a button (HR article 26)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from ui.labels import word
from ui.pages.attachments import Attachments
from ui.pages.base import Page
from ui.widgets.base import Button, clear
from ui.widgets.facts import Fact
from ui.widgets.many import FlowLayout
from ui.widgets.tag import Tag, Tone
from zzdesk.jobs.queries import PaperRow

translate = QCoreApplication.translate


def paper_word(purpose: str, firm: bool = True) -> str:
    """Return what a paper is called: a firm's identity card is its handler's."""
    if purpose == "identity":
        return translate("EmployerPapers", "经办人身份证") if firm else translate("EmployerPapers", "本人身份证")
    return translate("EmployerPapers", "营业执照") if purpose == "licence" else word("purpose", purpose)


def paper_facts(rows: Sequence[PaperRow]) -> list[Fact]:
    """Return a line for each paper: whether the original was seen, and whether a scan is here to look at."""
    return [Fact(paper_word(row.purpose, row.seen is not None), _said(row)) for row in rows]


def _said(row: PaperRow) -> str:
    if row.scans:
        scan = translate("EmployerPapers", "✓ 有扫描件")
    else:
        scan = translate("EmployerPapers", "✗ 缺扫描件")
    if row.seen is None:
        return scan
    seen = translate("EmployerPapers", "✓ 看过原件") if row.seen else translate("EmployerPapers", "✗ 没看原件")
    return translate("EmployerPapers", "{seen}，{scan}").format(seen=seen, scan=scan)


def missing_tag(rows: Sequence[PaperRow]) -> Tag | None:
    """Return how many scans are missing before the employer can be vetted, None where none is."""
    lacking = sum(not row.scans for row in rows)
    text = translate("EmployerPapers", "缺扫描件 {count} 份").format(count=lacking)
    return Tag(text, Tone.WARNING) if lacking else None


class EmployerPapers(Attachments):
    """The files of an employer; a button for each paper of which there is no scan yet, and one for any other file."""

    def __init__(self, page: Page) -> None:
        self._lacking: tuple[PaperRow, ...] = ()
        super().__init__(page, "employer")
        self.ways: dict[str, Button] = {}
        self._holder = QWidget(self)
        self._flow = FlowLayout(self._holder)
        layout = self.layout()
        assert layout is not None
        layout.addWidget(self._holder)
        self._holder.hide()

    def show_ways(self, rows: Sequence[PaperRow], may: bool) -> None:
        """Offer what is missing; ``may``: the record takes files from this person."""
        self._lacking = tuple(row for row in rows if may and not row.scans)
        clear(self._flow)
        self.ways = {}
        for row in self._lacking:
            text = translate("EmployerPapers", "添加{paper}…").format(paper=paper_word(row.purpose, row.seen is not None))
            button = Button(text, "", "plus", on_click=lambda purpose=row.purpose: self.take(purpose))
            self.ways[row.purpose] = button
            self._flow.addWidget(button)
        self._holder.setVisible(bool(self._lacking))

    def what(self, found: Any) -> str:
        """Say what a file is."""
        return word("purpose", found.purpose)

    def seen(self, found: Any) -> str:
        """A vetting rests on what its reviewer has looked at."""
        if found.seen:
            return translate("EmployerPapers", "✓ 您打开看过")
        return translate("EmployerPapers", "○ 您还没打开看")

    def _taken(self, change: Any) -> None:
        """What is still missing is asked anew."""
        super()._taken(change)
        self._page.refresh()
