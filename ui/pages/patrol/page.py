"""The page of mass prevention: tasks, volunteers, teams, segments and rosters and rewards, of which one list is shown."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QStackedWidget, QTabBar

from ui.context import Context
from ui.pages.base import Page
from ui.pages.patrol import board, certificates, plain, rewards, rounds, tasks, volunteers
from ui.pages.patrol.tasks import TaskRecords
from ui.pages.records import Records, RecordsPage
from ui.widgets.base import Button
from zzdesk.patrol import queries

MAKERS: dict[str, Any] = {
    "task": tasks.make, "volunteer": volunteers.make, "team": plain.make_of("team"),
    "segment": plain.make_of("segment"), "duty": plain.make_of("duty"), "reward": rewards.make,
    "round": rounds.make, "clue": rounds.make_clues, "callout": board.make, "certificate": certificates.make,
}  # fmt: skip


class PatrolPage(RecordsPage):
    """群防: 任务, 志愿者, 队伍, 路段, 值班, 积分兑换."""

    kinds = (
        "task", "signup", "volunteer", "team", "segment", "duty", "reward", "redemption", "points_entry", "round", "round_item",
        "clue", "callout", "certificate",
    )

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.tabs = QTabBar()
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self.lists: dict[str, Records] = {}
        self.stack = QStackedWidget()
        self.keys = [key for key in MAKERS if key != "clue" or context.may("clue.read")]
        for _ in self.keys:
            self.tabs.addTab("")
        self._start_button = Button("", "", "flag", self._start)
        self._new_button = Button("", "primary", "plus", lambda: self.open_target("new"))
        self.header.set_actions(self._start_button, self._new_button)
        self.body.setSpacing(8)
        self.body.addWidget(self.tabs)
        self.body.addWidget(self.stack, 1)
        self.show_list("task")
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
        else:
            self.context.runner.read(queries.where_is, target, on_done=self._open_found, owner=self)

    def _open_found(self, found: tuple[str, str]) -> None:
        kind, record_id = found
        if kind in self.keys:
            self.show_list(kind)
            self.shown.open_record(record_id)

    def _start(self) -> None:
        self.show_list("task")
        shown = self.shown
        assert isinstance(shown, TaskRecords)
        shown.open_start()

    def retranslate(self) -> None:
        """Say everything again."""
        self.header.set_texts(self.tr("群防"), self.tr("巡逻、守护、宣传、助老：谁报名、谁到场、计多少时长，都写在这里"))
        words = {"task": self.tr("任务"), "volunteer": self.tr("志愿者"), "team": self.tr("队伍"),
                 "segment": self.tr("路段"), "duty": self.tr("值班"), "reward": self.tr("积分兑换"),
                 "round": self.tr("巡防记录"), "clue": self.tr("线索"), "callout": self.tr("值守看板"),
                 "certificate": self.tr("服务证明")}
        for at, key in enumerate(self.keys):
            self.tabs.setTabText(at, words[key])
        self.tabs.setAccessibleName(self.tr("任务、志愿者、队伍、路段、值班和积分"))
        self._start_button.setText(self.tr("我要巡逻"))
        self._say_new()

    def _say_new(self) -> None:
        key = self.keys[max(0, self.tabs.currentIndex())]
        words = {"task": self.tr("发布任务"), "volunteer": self.tr("登记志愿者"), "team": self.tr("新建队伍"),
                 "segment": self.tr("新建路段"), "duty": self.tr("排班"), "reward": self.tr("添加礼品"),
                 "round": self.tr("记录巡防"), "clue": self.tr("密封一条线索"), "callout": self.tr("接报"),
                 "certificate": self.tr("开证明")}
        self._new_button.setText(words[key])
        self._new_button.setToolTip("N")
        self._new_button.setVisible(self.shown.may_create())
        self._start_button.setVisible(key == "task" and self.context.may("patrol.lead"))


def make_page(context: Context) -> Page:
    """Return the page, made on the first visit."""
    return PatrolPage(context)
