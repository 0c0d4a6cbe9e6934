"""排队: this morning's queue in the order in which people are called, drawn once with a seed that anybody can replay."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

from PySide6.QtWidgets import QWidget

from ui.labels import state_tag
from ui.models.paging import Line
from ui.pages.base import Page
from ui.pages.jobs.attending import WorkerPicker
from ui.pages.jobs.records import JobRecords
from ui.pages.jobs.workers import WorkerDetail
from ui.pages.records import Detail, Empty
from ui.pages.values import joined
from ui.theme.tokens import S
from ui.widgets.banner import Banner
from ui.widgets.base import Button, column, row
from ui.widgets.dates import CHINA
from ui.widgets.dialogs import confirm
from ui.widgets.picker import Option
from ui.widgets.tag import Tag, Tone
from zzdesk.errors import KnownError
from zzdesk.jobs import commands, queries
from zzdesk.jobs.queries import Morning, QueueRow

SHORT: Final = 8
"""Digits of the checksum that stand on the screen."""


class _Shown:
    """A page of rows as lists want it: the queue of a morning is one page."""

    def __init__(self, rows: Sequence[Any]) -> None:
        self.rows, self.after = rows, None


class QueueRecords(JobRecords):
    """The queue on the left, whoever is selected on the right with what he or she applied for."""

    kind, memory = "worker", "queue"
    marks = False

    def __init__(self, page: Page) -> None:
        self._morning: Morning | None = None
        self.told = Banner()
        self.picker = WorkerPicker(page)
        self.draw_button = Button("", "", "refresh-cw", self._draw)
        self.arrival_button = Button("", "", "list", self._by_arrival)
        self.call_button = Button("", "", "", self._leave)
        super().__init__(page)
        self.search.hide()
        self.picker.taken.connect(self._join)
        self.list.picked.connect(lambda _: self._say_steps())
        self.model.loaded.connect(lambda _: self._say_steps())

    def bars(self) -> Sequence[QWidget]:
        """Who comes in, how the order is made, and what is published of it."""
        buttons = QWidget()
        buttons.setLayout(row(self.draw_button, self.arrival_button, None, gap=S))
        return (self.picker, buttons, self.told)

    def foot(self) -> QWidget | None:
        """What can be noted of who is selected."""
        foot = QWidget()
        foot.setLayout(column(self.call_button, gap=S, margins=S))
        return foot

    def fetch(self, after: Any, limit: int, on_page: Callable[[Any], None],
              on_error: Callable[[KnownError], None]) -> None:
        """Ask for the morning; all of it is one page."""

        def show(morning: Morning) -> None:
            self._say(morning)
            waiting = [each for each in morning.rows if each.place is not None]
            gone = [each for each in morning.rows if each.place is None]
            on_page(_Shown([_Row(each) for each in (waiting if self.chips.current == "waiting" else gone)]))

        self.context.runner.read(queries.morning_queue, on_done=show, on_error=on_error, owner=self)

    def _say(self, morning: Morning) -> None:
        self._morning = morning
        fixed = morning.mode is not None
        self.draw_button.setVisible(not fixed and self.context.may("job.place"))
        self.arrival_button.setVisible(not fixed and self.context.may("job.place"))
        if not fixed:
            self.told.show_text(self.tr("现在按先来后到。要抽签，等人到齐再抽；一天只抽一次。"), Tone.INFO)
            return
        if morning.seed is None:
            self.told.show_text(self.tr("今天按先来后到，已经定了。"), Tone.SUCCESS)
            return
        self.told.show_text(self.tr("已抽签，{count} 人。种子 {seed}，顺序校验码 {digest}…").format(
            count=len(morning.cards), seed=morning.seed, digest=morning.digest[:SHORT]), Tone.SUCCESS)
        self.told.setToolTip(self.tr("每张卡的签 = SHA-256（种子/卡号），小的在前。谁都可以自己算。"))

    def _say_steps(self) -> None:
        found = self.model.row(self.list.currentIndex()) if self.list.currentIndex().isValid() else None
        self.call_button.setVisible(found is not None and self.context.may("job.place"))
        if found is not None:
            self.call_button.setText(self.tr("{name}：今天先回去了").format(name=found.queued.name)
                                     if found.queued.place is not None
                                     else self.tr("{name}：回来排队").format(name=found.queued.name))
            self.call_button.setVisible(found.queued.state != "placed" and self.context.may("job.place"))

    def _leave(self) -> None:
        found = self.model.row(self.list.currentIndex())
        action = "leave" if found.queued.place is not None else "return"
        self._write(commands.act_entry, found.queued.id, action, {})

    def _join(self, option: Option) -> None:
        self.picker.show_option(None)
        self._write(commands.join_queue, option.value, said=self.tr("{name} 已排上").format(name=option.title))

    def _draw(self) -> None:
        if confirm(self, self.tr("抽签"), self.tr("按现在排着的人抽签，一天只抽一次，抽完不能重来。种子会公布，谁都可以验算。"),
                   self.tr("抽签")):
            self._write(commands.draw_lots, "lottery", said=self.tr("已抽签，顺序和种子已公布"))

    def _by_arrival(self) -> None:
        self._write(commands.draw_lots, "arrival", said=self.tr("今天按先来后到"))

    def _write(self, command: Callable[..., Any], *arguments: Any, said: str = "") -> None:
        def done(_: Any) -> None:
            self.model.refresh()
            if said:
                self.context.toast(said)

        self.context.runner.write(command, *arguments, initiator=self.page, on_done=done,
                                  on_error=lambda error: self.context.toast(error.text(), bad=True))

    def make_detail(self) -> Detail:
        """Return the worker's own detail."""
        return WorkerDetail(self.page)

    def line(self, found: _Row) -> Line:
        """Place, name, card, when they came, and why somebody stepped forward."""
        queued = found.queued
        came = f"{queued.came_at.astimezone(CHINA):%H:%M}"
        stepped = self.tr("{count} 个早上没派到，往前一级").format(count=queued.missed)
        mark = Tag(stepped, Tone.WARNING) if queued.stepped else None
        place = self.tr("第 {n} 位").format(n=queued.place) if queued.place else ""
        return Line(joined(place, queued.name), joined(queued.card, came), state_tag("queue_entry", queued.state), mark=mark)

    def chip_words(self) -> list[tuple[str, str]]:
        """Who still waits first."""
        return [("waiting", self.tr("等着")), ("gone", self.tr("派到的和回去的"))]

    def empty(self) -> Empty:
        """Say what belongs here."""
        return Empty(self.tr("今天还没有人排队"), self.tr("在上面输入姓名、卡号或电话尾号，让来的人排上。"), icon="users")

    def may_create(self) -> bool:
        """Workers are recorded in their own list."""
        return False

    def retranslate(self) -> None:
        """Say everything again."""
        super().retranslate()
        self.draw_button.setText(self.tr("抽签"))
        self.arrival_button.setText(self.tr("就按先来后到"))
        self.picker.setAccessibleName(self.tr("来排队的人"))
        self.picker.retranslate()
        self.picker.setVisible(self.context.may("job.apply"))
        if self._morning is not None:
            self._say(self._morning)
            self._say_steps()


class _Row:
    """A row of the queue: its id is the worker's, whose detail stands beside."""

    def __init__(self, queued: QueueRow) -> None:
        self.queued, self.id, self.voided = queued, queued.worker_id, False


def make(page: Page) -> QueueRecords:
    """Return the list."""
    return QueueRecords(page)
