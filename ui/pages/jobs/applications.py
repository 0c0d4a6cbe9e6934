"""Who applied for a posting, or what a worker applied for, with the next step of the one that is selected."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QWidget

from ui.labels import action_word, field_word, state_tag
from ui.models.paging import Line, PagingModel
from ui.pages.base import Page
from ui.pages.work_detail import WorkDetail, reason_field
from ui.theme.tokens import L, M, S
from ui.widgets.base import Button, Label, Translated, clear, column, row
from ui.widgets.dates import CHINA, short_day, short_moment
from ui.widgets.header import Section
from ui.widgets.picker import Option, Picker
from ui.widgets.record_form import RecordForm
from ui.widgets.states import StateStack
from ui.widgets.table import LineList
from zzdesk.errors import KnownError
from zzdesk.jobs import commands, queries
from zzdesk.jobs.queries import ApplicationRow, JobFilter
from zzdesk.jobs.workflow import ACTIVE, APPLICATION


class Applications(Translated, QWidget):
    """A list with one line for each application and the buttons of the selected one."""

    def __init__(self, page: Page, detail: WorkDetail, of_worker: bool = False) -> None:
        super().__init__()
        self.page, self.context, self._detail, self._of_worker = page, page.context, detail, of_worker
        self._wanted = JobFilter()
        self._may_add = False
        self.head = Section()
        self.model = PagingModel((), self._fetch, self._line, self)
        self.list = LineList(self.model)
        self.stack = StateStack(self.list)
        self.picker = Picker(self._find, self._hint)
        self.picker.taken.connect(self._add)
        self._steps = column(gap=S)
        self.problem = Label(kind="problem", wrap=True)
        self.problem.hide()
        self.model.loaded.connect(self._loaded)
        self.list.picked.connect(self._show_steps)
        layout = column(self.head, self.picker, self.problem, self.stack, self._steps, gap=S, margins=(0, M, L, M))
        layout.setStretch(3, 1)
        self.setLayout(layout)

    def show_for(self, wanted: JobFilter, may_add: bool) -> None:
        """Show the applications of a posting or a worker; ``may_add`` while the posting takes applications."""
        if wanted != self._wanted:
            self.problem.hide()
            self.model.set_rows(())
        self._wanted, self._may_add = wanted, may_add and self.context.may("job.apply")
        self.picker.setVisible(self._may_add)
        self.retranslate()
        self.model.refresh()

    def retranslate(self) -> None:
        """Say everything again."""
        count = self.model.rowCount()
        self.head.set_texts(self.tr("报名的岗位") if self._of_worker else self.tr("报名的人"), str(count or ""))
        self.picker.setAccessibleName(self.tr("添加报名的人"))
        self.picker.retranslate()
        self.list.setAccessibleName(self.head.title.text())
        self.model.retranslate()

    def select(self, application_id: str) -> None:
        """Select one application."""
        at = self.model.position_of(application_id)
        if at >= 0:
            self.list.setCurrentIndex(self.model.index(at, 0))

    def _hint(self) -> str:
        return self.tr("添加报名：姓名、拼音、卡号或电话尾号")

    def _fetch(self, after: Any, limit: int, on_page: Callable[[Any], None],
               on_error: Callable[[KnownError], None]) -> None:
        if self._wanted == JobFilter():
            return
        self.context.runner.read(queries.list_applications, self._wanted, after, limit, on_done=on_page,
                                 on_error=on_error, owner=self)

    def _line(self, found: ApplicationRow) -> Line:
        now = self.context.now()
        day = short_day(found.work_date, now.astimezone(CHINA).date())
        when = self.tr("{day}上工").format(day=day) if day else short_moment(found.created_at, now)
        return Line(found.posting if self._of_worker else found.worker, when, state_tag("application", found.state))

    def _loaded(self, some: bool) -> None:
        self.head.set_texts(self.head.title.text(), str(self.model.rowCount() or ""))
        if not some:
            self._show_steps(None)
            text = self.tr("在上面输入姓名添加报名。") if self._may_add else ""
            self.stack.show_empty(self.tr("还没有人报名") if not self._of_worker else self.tr("还没有报名岗位"), text,
                                  icon="users")
            return
        self.stack.show_content()
        if not self.list.currentIndex().isValid():
            self.list.setCurrentIndex(self.model.index(0, 0))
        self._show_steps(self.model.row(self.list.currentIndex()))

    def _show_steps(self, found: ApplicationRow | None) -> None:
        clear(self._steps)
        if found is None or found.voided or not self.context.may("job.place"):
            return
        arrows = APPLICATION.leaving(found.state)
        buttons = [
            Button(action_word("application", arrow.action), "" if number else "primary",
                   on_click=lambda action=arrow.action, record=found: self.perform(record, action))
            for number, arrow in enumerate(arrows)
        ]
        for button in buttons[:1]:
            self._steps.addWidget(button)
        for start in range(1, len(buttons), 2):
            self._steps.addLayout(row(*buttons[start:start + 2], gap=S))

    def perform(self, found: ApplicationRow, action: str) -> None:
        """Take a step, asking for a reason where the table does."""
        if APPLICATION.by_action(action, found.state).needs.reason:
            self._ask_reason(found, action)
        else:
            self._act(found, action, None, self._say)

    def _ask_reason(self, found: ApplicationRow, action: str) -> None:
        title = lambda: f"{found.worker}：{action_word('application', action)}"  # noqa: E731
        form = RecordForm(lambda: action_word("application", action), leave=lambda: self.tr("返回"),
                          key=f"application/{found.id}/{action}", drafts=self.context.drafts)
        form.add(reason_field(lambda: field_word("*", "reason")))

        def finish(values: dict[str, Any]) -> None:
            form.set_busy(True)
            self._act(found, action, values["reason"], form.show_error, self._detail.finished)

        form.finished.connect(finish)
        self._detail.show_form(form, title)
        form.open()

    def _act(self, found: ApplicationRow, action: str, reason: str | None, on_error: Callable[[KnownError], None],
             then: Callable[[], None] | None = None) -> None:
        said = self.tr("{name}：{action}，已保存在本机").format(
            name=found.worker, action=action_word("application", action))
        self.problem.hide()
        self._detail.do(commands.act_application, found.id, action, {}, reason, said=said, on_error=on_error, then=then)

    def _find(self, text: str, on_found: Callable[[Sequence[Option]], None]) -> None:
        self.context.runner.read(
            queries.find, "worker", text, JobFilter((ACTIVE,)), None, 8, owner=self, on_error=self._say,
            on_done=lambda page: on_found([Option(w.id, w.name, f"{w.card} · {w.phone}") for w in page.rows]))

    def _add(self, option: Option) -> None:
        self.picker.show_option(None)
        self.problem.hide()
        fields = {"posting_id": self._wanted.posting_id, "worker_id": option.value, "way": "counter"}
        self._detail.do(commands.apply, fields, on_error=self._say,
                        said=self.tr("{name} 已报名，已保存在本机").format(name=option.title))

    def _say(self, error: KnownError) -> None:
        self.problem.setText(error.text())
        self.problem.show()
        self.list.setCurrentIndex(QModelIndex() if self.model.rowCount() == 0 else self.list.currentIndex())
