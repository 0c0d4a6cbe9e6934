"""The page of the odd-job station: its lists, of which one is shown, under who calls from the kiosk; enterprises share a tab."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtWidgets import QStackedWidget, QTabBar

from ui.calls import CallBanner
from ui.context import Context
from ui.pages.base import Page
from ui.pages.jobs import (
    calls,
    complaints,
    contact_days,
    employers,
    giveback,
    needs,
    postings,
    queue,
    reports,
    today,
    visits,
    wages,
    workers,
)
from ui.pages.records import Records, RecordsPage
from ui.widgets.base import Button
from zzdesk.jobs import queries

MAKERS: dict[str, Any] = {
    "today": today.make, "queue": queue.make, "kiosk_call": calls.make,
    "posting": postings.make, "employer": employers.make, "worker": workers.make, "wage_line": wages.make,
    "complaint": complaints.make,
    "contact_day": contact_days.make, "employer_visit": visits.make, "employer_need": needs.make, "giveback_entry": giveback.make,
    "reports": reports.make,
}  # fmt: skip
CONTACT: Final = ("contact_day", "employer_visit", "employer_need", "giveback_entry")
"""Lists about contact with enterprises: one tab, and tabs of their own under it."""
NEEDS: Final = {
    "queue": "job.worker.list", "kiosk_call": "job.worker.list", "worker": "job.worker.list", "wage_line": "job.wage",
    "reports": "job.wage",
}  # fmt: skip
"""What looking at a list takes, beyond reading records."""


class JobsPage(RecordsPage):
    """零工: 当天派工, 排队, 自助机求助, 招工, 用工单位, 工人, 工资台账, 投诉, 联企, 报表."""

    kinds = (
        "posting", "employer", "worker", "application", "wage_line", "job_paper", "queue_entry", "queue_draw", "kiosk_call",
        "complaint", "sanction_appeal", *CONTACT, "visit_item", "job_month",
    )  # fmt: skip

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.calls = CallBanner(context, self.open_target)
        self.lists: dict[str, Records] = {}
        self.stack = QStackedWidget()
        self.keys = [key for key in MAKERS if key not in NEEDS or context.may(NEEDS[key])]
        self.tops = [key for key in self.keys if key not in CONTACT[1:]]
        self.key = self.keys[0]
        self.tabs, self.contact_tabs = _tabs(self.tops), _tabs(CONTACT)
        self._new_button = Button("", "primary", "plus", lambda: self.open_target("new"))
        self.header.set_actions(self._new_button)
        self.body.setSpacing(8)
        for widget in (self.calls, self.tabs, self.contact_tabs):
            self.body.addWidget(widget)
        self.body.addWidget(self.stack, 1)
        self.show_list("posting")
        self.tabs.currentChanged.connect(self._show_top)
        self.contact_tabs.currentChanged.connect(lambda at: self.show_list(CONTACT[at]))
        self.retranslate()

    @property
    def shown(self) -> Records:
        """The list that is on the screen."""
        return self.lists[self.key]

    def show_list(self, key: str) -> None:
        """Show one of the lists, made on the first visit."""
        self.key = key
        if key not in self.lists:
            self.lists[key] = MAKERS[key](self)
            self.stack.addWidget(self.lists[key])
        self.stack.setCurrentWidget(self.lists[key])
        about_firms = key in CONTACT
        self.contact_tabs.setVisible(about_firms)
        if about_firms:
            _mark(self.contact_tabs, CONTACT.index(key))
        _mark(self.tabs, self.tops.index(CONTACT[0] if about_firms else key))
        self._say_new()
        if self.isVisible():
            self.refresh()

    def new_record(self, key: str, values: dict[str, Any]) -> None:
        """Show the form of a new record in one of the lists, begun with ``values``."""
        self.show_list(key)
        self.shown.open_form(values)

    def _show_top(self, at: int) -> None:
        """Show the list of a tab; that of the enterprises comes back to where one was."""
        key = self.tops[at]
        self.show_list(CONTACT[self.contact_tabs.currentIndex()] if key == CONTACT[0] else key)

    def open_target(self, target: str) -> None:
        """Open the form of the list on the screen for ``new``, a list by its key; otherwise a record, in its list."""
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
                 "complaint": self.tr("投诉"), "contact_day": self.tr("联企"), "reports": self.tr("报表")}
        for at, key in enumerate(self.tops):
            self.tabs.setTabText(at, words[key])
        self.tabs.setAccessibleName(self.tr("当天派工、排队、自助机求助、招工、用工单位、零工人员、工资台账、投诉、联企、报表"))
        about = (self.tr("联企日"), self.tr("走访"), self.tr("企业需求"), self.tr("反哺台账"))
        for at, text in enumerate(about):
            self.contact_tabs.setTabText(at, text)
        self.contact_tabs.setAccessibleName(self.tr("联企日、走访、企业需求、反哺台账"))
        self.calls.retranslate()
        self._say_new()

    def _say_new(self) -> None:
        words = {"posting": self.tr("登记用工信息"), "employer": self.tr("登记单位"), "worker": self.tr("登记零工"),
                 "employer_visit": self.tr("安排走访"), "employer_need": self.tr("登记需求"),
                 "giveback_entry": self.tr("登记反哺")}
        self._new_button.setText(words.get(self.key, ""))
        self._new_button.setToolTip("N")
        self._new_button.setVisible(self.shown.may_create())


def _tabs(keys: Sequence[str]) -> QTabBar:
    """Return a bar with a tab for each of these lists."""
    bar = QTabBar()
    bar.setExpanding(False)
    bar.setDrawBase(False)
    for _ in keys:
        bar.addTab("")
    return bar


def _mark(bar: QTabBar, at: int) -> None:
    """Show which tab is on the screen without opening it once more."""
    if bar.currentIndex() != at:
        bar.blockSignals(True)
        bar.setCurrentIndex(at)
        bar.blockSignals(False)


def make_page(context: Context) -> Page:
    """Return the page, made on the first visit."""
    return JobsPage(context)
