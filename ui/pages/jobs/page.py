"""The page of the odd-job station: its lists, of which one is shown, under who calls from the kiosk."""

from __future__ import annotations

from typing import Any, Final

from PySide6.QtWidgets import QStackedWidget, QTabBar

from ui.calls import CallBanner
from ui.context import Context
from ui.pages.base import Page
from ui.pages.jobs import calls, complaints, employers, postings, queue, today, wages, workers
from ui.pages.records import Records, RecordsPage
from ui.widgets.base import Button
from zzdesk.jobs import queries

MAKERS: dict[str, Any] = {
    "today": today.make, "queue": queue.make, "kiosk_call": calls.make,
    "posting": postings.make, "employer": employers.make, "worker": workers.make, "wage_line": wages.make,
    "complaint": complaints.make,
}  # fmt: skip
NEEDS: Final = {"queue": "job.worker.list", "kiosk_call": "job.worker.list", "worker": "job.worker.list", "wage_line": "job.wage"}
"""What looking at a list takes, beyond reading records."""


class JobsPage(RecordsPage):
    """零工: 当天派工, 排队, 自助机求助, 招工, 用工单位, 工人, 工资台账, 投诉."""

    kinds = ("posting", "employer", "worker", "application", "wage_line", "job_paper", "queue_entry", "queue_draw", "kiosk_call",
             "complaint", "sanction_appeal")

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.calls = CallBanner(context, self.open_target)
        self.tabs = QTabBar()
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self.lists: dict[str, Records] = {}
        self.stack = QStackedWidget()
        self.keys = [key for key in MAKERS if key not in NEEDS or context.may(NEEDS[key])]
        for _ in self.keys:
            self.tabs.addTab("")
        self._new_button = Button("", "primary", "plus", lambda: self.open_target("new"))
        self.header.set_actions(self._new_button)
        self.body.setSpacing(8)
        self.body.addWidget(self.calls)
        self.body.addWidget(self.tabs)
        self.body.addWidget(self.stack, 1)
        self.show_list("posting")
        self.tabs.currentChanged.connect(lambda at: self.show_list(self.keys[at]))
        self.retranslate()

    @property
    def shown(self) -> Records:
        """The list that is on the screen."""
        return self.lists[self.keys[max(0, self.tabs.currentIndex())]]

    def show_list(self, key: str) -> None:
        """Show one of the lists, made on the first visit."""
        if key not in self.lists:
            self.lists[key] = MAKERS[key](self)
            self.stack.addWidget(self.lists[key])
        self.stack.setCurrentWidget(self.lists[key])
        if self.tabs.currentIndex() != self.keys.index(key):
            self.tabs.setCurrentIndex(self.keys.index(key))
        self._say_new()
        if self.isVisible():
            self.refresh()

    def open_target(self, target: str) -> None:
        """Open the form of the list on the screen for ``new``; otherwise a record, in the list it belongs to."""
        if target == "new":
            super().open_target(target)
        elif target in self.keys:
            self.show_list(target)
        else:
            self.context.runner.read(queries.where_is, target, on_done=self._open_found, owner=self)

    def _open_found(self, found: tuple[str, str]) -> None:
        kind, record_id = found
        if kind in self.keys:
            self.show_list(kind)
            self.shown.open_record(record_id)

    def retranslate(self) -> None:
        """Say everything again."""
        self.header.set_texts(self.tr("零工"), self.tr("单位招人、居民找活，先核验再介绍，全程不收费"))
        words = {"today": self.tr("当天派工"), "queue": self.tr("排队"), "posting": self.tr("招工"),
                 "employer": self.tr("用工单位"), "worker": self.tr("零工人员"),
                 "wage_line": self.tr("工资台账"), "kiosk_call": self.tr("自助机求助"),
                 "complaint": self.tr("投诉")}
        for at, key in enumerate(self.keys):
            self.tabs.setTabText(at, words[key])
        self.tabs.setAccessibleName(self.tr("当天派工、排队、自助机求助、招工、用工单位、零工人员、工资台账、投诉"))
        self.calls.retranslate()
        self._say_new()

    def _say_new(self) -> None:
        words = {"today": "", "queue": "", "kiosk_call": "", "posting": self.tr("登记用工信息"),
                 "employer": self.tr("登记单位"), "worker": self.tr("登记零工"),
                 "wage_line": "", "complaint": ""}
        self._new_button.setText(words[self.keys[max(0, self.tabs.currentIndex())]])
        self._new_button.setToolTip("N")
        self._new_button.setVisible(self.shown.may_create())


def make_page(context: Context) -> Page:
    """Return the page, made on the first visit."""
    return JobsPage(context)
