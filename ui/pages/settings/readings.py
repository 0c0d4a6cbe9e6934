"""Who looked at what was under cover on this computer: for the auditor, who sees that it was read and never what."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QCoreApplication

from ui.context import Context
from ui.labels import word
from ui.models.paging import Column, PagingModel
from ui.pages.settings.section import Section
from ui.widgets.base import Label
from ui.widgets.dates import short_moment
from ui.widgets.states import StateStack
from ui.widgets.table import DataTable


def event_words(event: str) -> str:
    """Return what somebody did, in words."""
    words = {
        "clue.open": QCoreApplication.translate("Readings", "打开密封线索"),
        "person.reveal": QCoreApplication.translate("Readings", "查看遮住的内容"),
        "case.open": QCoreApplication.translate("Readings", "打开调解案卷"),
        "attachment.open": QCoreApplication.translate("Readings", "打开附件"),
        "certificate.print": QCoreApplication.translate("Readings", "打印服务证明"),
    }
    return words.get(event, event)


class ReadingsSection(Section):
    """A table, newest first."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, lambda: self.tr("查看记录"))
        self.note = Label(kind="small", wrap=True)
        self.model = PagingModel(self._columns(), self._fetch, parent=self)
        self.table = DataTable(self.model, context.settings.windows, "readings")
        self.table.setMinimumHeight(360)
        self._stack = StateStack(self.table)
        self.body.addWidget(self.note)
        self.body.addWidget(self._stack)
        self.model.loaded.connect(self._loaded)
        self.model.failed.connect(lambda error: self._stack.show_error(
            self.tr("读不出查看记录"), error.text(), self.tr("再试一次"), self.refresh))
        self.retranslate()

    def refresh(self) -> None:
        """Ask again."""
        self.model.refresh()

    def retranslate(self) -> None:
        """Say everything again."""
        super().retranslate()
        self.note.setText(self.tr("只写谁在什么时候看了哪条记录，不写内容。每台电脑记自己的，在那台电脑上查看。"))
        self.table.setAccessibleName(self.tr("查看记录"))
        self.model.retranslate()

    def _columns(self) -> list[Column]:
        return [
            Column("at", lambda: self.tr("时间"), lambda r: short_moment(r.at, self.context.now()), 140),
            Column("who", lambda: self.tr("谁"), lambda r: r.who, 120, strong=True),
            Column("event", lambda: self.tr("做了什么"), lambda r: event_words(r.event), stretch=True),
            Column("kind", lambda: self.tr("记录"), lambda r: word("kind", r.kind), 100),
            Column("record", lambda: self.tr("编号"), lambda r: r.record_id, 300),
        ]

    def _fetch(self, after: Any, limit: int, on_page: Any, on_error: Any) -> None:
        from zzdesk.desk.readings import readings

        self.context.runner.read(readings, after=after, limit=limit, on_done=on_page, on_error=on_error, owner=self)

    def _loaded(self, some: bool) -> None:
        if some:
            self._stack.show_content()
        else:
            self._stack.show_empty(self.tr("还没有查看记录"), icon="eye")
