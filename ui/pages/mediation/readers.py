"""查阅记录: who read the file of a case for which 110 was called, at whichever desk; shown to its team (scenario D06)."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from ui.labels import field_word, word
from ui.pages.base import Page
from ui.pages.mediation.loading import Loaded
from ui.pages.values import joined
from ui.theme.tokens import XS, M
from ui.widgets.base import Label, Translated, clear, column
from ui.widgets.dates import short_moment
from ui.widgets.header import Section
from zzdesk.desk.readings import CaseLine
from zzdesk.mediation.queries import CaseRow

translate = QCoreApplication.translate
SHOWN: Final = 12
"""How many lines stand there; the newest."""


def door_words(row: CaseRow, opened: bool) -> str:
    """Say who may read the file: its team, of which nothing is said; and, where 110 was called, the police."""
    if row.mine:
        return ""
    if not row.by_call:
        return translate("CaseDetail", "当事人、调解记录和协议只有调解小组可以查看（人民调解法第十五条）。需要了解请找承办人。")
    if not opened:
        return translate("CaseDetail", "这件纠纷已报110，公安可以查阅案卷，不能更改。每次查阅都会记下，调解小组看得到。")
    return translate("CaseDetail", "您因报警查阅这件案卷，归档前都可以，只能看；这次查阅已记下，调解小组看得到。"
                                   "照片和附件请向承办人调取。")


class Readers(Translated, QWidget):
    """A line for each reading, the newest first; nothing where nobody was ever called."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = page
        self._lines: tuple[CaseLine, ...] = ()
        self.head, self._list, self.lines = Section(), column(gap=XS), []  # type: ignore[var-annotated]
        self.setLayout(column(self.head, self._list, gap=M))
        self.retranslate()

    def show_for(self, found: Loaded) -> None:
        """Show who read a case."""
        self._lines = found.readings[:SHOWN]
        self.setVisible(bool(self._lines))
        self.head.set_texts(self.tr("查阅记录"), str(len(found.readings)))
        clear(self._list)
        self.lines = [Label(self._said(line), "small", wrap=True) for line in self._lines]
        for label in self.lines:
            self._list.addWidget(label)

    def retranslate(self) -> None:
        """Say everything again."""
        self.head.set_texts(self.tr("查阅记录"), str(len(self._lines)))
        for label, line in zip(self.lines, self._lines, strict=True):
            label.setText(self._said(line))

    def _said(self, line: CaseLine) -> str:
        what = word("case_read", line.what)
        if line.field:
            what = self.tr("{what}：{field}").format(what=what, field=field_word("party", line.field))
        who = self.tr("{name}（公安，因报警查阅）").format(name=line.who) if line.by_call else line.who
        return joined(short_moment(line.at, self._page.context.now()), who, what)
