"""Who applied for a posting, or what a worker applied for, with the next step of the one that is selected."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QWidget

from ui.labels import action_word, state_tag
from ui.models.paging import Line, PagingModel
from ui.pages.base import Page
from ui.pages.jobs.attending import ApplicationForms, there
from ui.pages.jobs.candidates import CandidatesSheet
from ui.pages.values import joined
from ui.pages.work_detail import WorkDetail
from ui.theme.tokens import L, M, S
from ui.widgets.base import Button, Label, Translated, clear, column, row
from ui.widgets.dates import CHINA, short_day, short_moment
from ui.widgets.header import Section
from ui.widgets.picker import Option, Picker
from ui.widgets.states import StateStack
from ui.widgets.table import LineList
from ui.widgets.tag import Tag, Tone
from zzdesk.desk.disputes import DISPUTABLE, READS, Placed, dispute_work, placings
from zzdesk.errors import KnownError
from zzdesk.jobs import commands, queries
from zzdesk.jobs.queries import ApplicationRow, Candidate, JobFilter
from zzdesk.jobs.workflow import ACTIVE, APPLICATION, CHECKED_IN, CONFIRMED, FINISHED, GAVE_UP


class Applications(Translated, QWidget):
    """A list with one line for each application and the buttons of the selected one."""

    def __init__(self, page: Page, detail: WorkDetail, of_worker: bool = False) -> None:
        super().__init__()
        self.page, self.context, self._detail, self._of_worker = page, page.context, detail, of_worker
        self._wanted = JobFilter()
        self._may_add = self._may_replace = False
        self.match_button = Button("", "link", "users", self._match)
        self.head = Section(self.match_button)
        self.model = PagingModel((), self._fetch, self._line, self)
        self.list = LineList(self.model)
        self.stack = StateStack(self.list)
        self.picker = Picker(self._find, self._hint)
        self.picker.taken.connect(self._add)
        self.forms = ApplicationForms(page, detail)
        self._steps = column(gap=S)
        self.problem = Label(kind="problem", wrap=True)
        self.problem.hide()
        self.model.loaded.connect(self._loaded)
        self.list.picked.connect(self._show_steps)
        layout = column(self.head, self.picker, self.problem, self.stack, self._steps, gap=S, margins=(0, M, L, M))
        layout.setStretch(3, 1)
        self.setLayout(layout)

    def show_for(self, wanted: JobFilter, may_add: bool, may_replace: bool = False) -> None:
        """Show the applications of a posting or a worker; ``may_add`` while the posting takes applications, ``may_replace``
        while somebody may still come in place of who did not.
        """
        self._may_replace = may_replace
        if wanted != self._wanted:
            self.problem.hide()
            self.model.set_rows(())
        self._wanted, self._may_add = wanted, may_add and self.context.may("job.apply")
        self.picker.setVisible(self._may_add)
        self.match_button.setVisible(self._may_add and self.context.may("job.worker.list"))
        self.retranslate()
        self.model.refresh()

    def retranslate(self) -> None:
        """Say everything again."""
        count = self.model.rowCount()
        self.head.set_texts(self.tr("报名的岗位") if self._of_worker else self.tr("报名的人"), str(count or ""))
        self.match_button.setText(self.tr("谁合适"))
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
        self.context.runner.read(placings, self._wanted, after, limit, on_done=on_page,
                                 on_error=on_error, owner=self)

    def _line(self, placed: Placed) -> Line:
        found = placed.row
        now = self.context.now()
        day = short_day(found.work_date, now.astimezone(CHINA).date())
        when = self.tr("{day}上工").format(day=day) if day else short_moment(found.created_at, now)
        detail = joined(when, there(found), self.tr("顶替") if found.replaced else "")
        wage = state_tag("wage_line", found.wage.state) if found.wage is not None else None
        if placed.case is not None:
            wage = Tag(self.tr("调解：{state}").format(state=state_tag("case", placed.case.state).text), Tone.WARNING)
        return Line(found.posting if self._of_worker else found.worker, detail, state_tag("application", found.state),
                    mark=wage)

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

    def _show_steps(self, placed: Placed | None) -> None:
        clear(self._steps)
        if placed is None or placed.row.voided or not self.context.may("job.place"):
            return
        found = placed.row
        buttons = [
            Button(action_word("application", arrow.action), "" if number else "primary",
                   on_click=lambda action=arrow.action, record=found: self.perform(record, action))
            for number, arrow in enumerate(APPLICATION.leaving(found.state))
        ]
        buttons += [Button(word, kind, on_click=then) for word, kind, then in [*self._further(found), *self._quarrel(placed)]]
        for button in buttons[:1]:
            self._steps.addWidget(button)
        for start in range(1, len(buttons), 2):
            self._steps.addLayout(row(*buttons[start:start + 2], gap=S))

    def _further(self, found: ApplicationRow) -> list[tuple[str, str, Callable[[], None]]]:
        """Return what else can be done: a time that was not now, somebody else in this place, the wage."""
        if found.state in (CONFIRMED, CHECKED_IN):
            return [(self.tr("补记时间…"), "", lambda: self.forms.ask_time(found))]
        if found.state in GAVE_UP and self._may_replace and found.replaced_by is None:
            return [(self.tr("找人顶替…"), "", lambda: self.forms.ask_instead(found))]
        if found.state == FINISHED and self.context.may("job.wage"):
            if found.wage is None:
                return [(self.tr("登记工资"), "primary", lambda: self.forms.ask_wage(found))]
            line = found.wage.id
            return [(self.tr("看工资台账"), "", lambda: self.context.navigate("jobs", line))]
        return []

    def _quarrel(self, placed: Placed) -> list[tuple[str, str, Callable[[], None]]]:
        """Return the way to the mediation case: to make one, or to see the one that there is."""
        if placed.case is not None:
            case = placed.case.id
            return [(self.tr("看调解案 {number}").format(number=placed.case.number), "",
                     lambda: self.context.navigate("mediation", case))]
        may = all(map(self.context.may, ("case.accept", *READS)))
        if placed.row.state not in DISPUTABLE or not may or placed.row.state == CONFIRMED:
            return []
        return [(self.tr("有争议，转调解"), "", lambda: self._dispute(placed.row))]

    def _dispute(self, found: ApplicationRow) -> None:
        self.problem.hide()
        self._detail.do(dispute_work, found.id, on_error=self._say,
                        said=self.tr("已转为劳动争议调解，事实已经抄过去"))

    def perform(self, found: ApplicationRow, action: str) -> None:
        """Take a step, asking for a reason where the table does."""
        if APPLICATION.by_action(action, found.state).needs.reason:
            self.forms.ask_reason(found, action)
        else:
            self._act(found, action, None, self._say)

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

    def _match(self) -> None:
        """Show who fits, and let the person take one."""
        sheet = CandidatesSheet(self.window(), self.context, str(self._wanted.posting_id), self._take)
        sheet.exec()
        sheet.deleteLater()

    def _take(self, found: Candidate) -> None:
        self.problem.hide()
        fields = {"posting_id": self._wanted.posting_id, "worker_id": found.id, "way": "counter", "match_score": found.score,
                  "match_reasons": [f"{name}:{points}" for name, points in found.reasons]}
        self._detail.do(commands.apply, fields, on_error=self._say,
                        said=self.tr("{name} 已报名，已保存在本机").format(name=found.name))

    def _say(self, error: KnownError) -> None:
        self.problem.setText(error.text())
        self.problem.show()
        self.list.setCurrentIndex(QModelIndex() if self.model.rowCount() == 0 else self.list.currentIndex())
