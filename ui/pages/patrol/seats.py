"""Who signed up for a task, in the order in which the centre gave places, and the leader's list: who came, who left.

Nothing here says that somebody has a place before the centre has said so.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QWidget

from ui.labels import action_word, field_word, state_tag, word
from ui.models.paging import Line, PagingModel
from ui.pages.base import Page
from ui.pages.patrol.checking import CheckForm, said_of
from ui.pages.patrol.records import RecordPicker
from ui.pages.values import joined, short_number
from ui.pages.work_detail import WorkDetail, reason_field
from ui.theme.tokens import L, M, S
from ui.widgets.base import Button, Label, Translated, clear, column, row
from ui.widgets.dates import short_moment
from ui.widgets.fields import MomentField
from ui.widgets.header import Section
from ui.widgets.picker import Option
from ui.widgets.record_form import RecordForm
from ui.widgets.states import StateStack
from ui.widgets.table import LineList
from ui.widgets.tag import Tag, Tone
from zzdesk.errors import KnownError
from zzdesk.patrol import commands, queries
from zzdesk.patrol import workflow as flow
from zzdesk.patrol.queries import SeatRow


@dataclass(frozen=True)
class Rows:
    """All sign-ups of a task as one page: there are never more than fit one."""

    rows: Sequence[SeatRow]
    after: None = None


NOTABLE_SKEW_MS: Final = 60_000
REPAIR: Final = "repair"
CHECK_AT: Final = "check-at"
"""Checking in at a point of the route, beside the leader's own list."""
_TONES: Final = {flow.GRANTED: Tone.SUCCESS, flow.WAITING: Tone.WARNING, flow.REFUSED: Tone.DANGER}


class Seats(Translated, QWidget):
    """A list with one line for each sign-up and the buttons of the selected one."""

    def __init__(self, page: Page, detail: WorkDetail) -> None:
        super().__init__()
        self.page, self.context, self._detail = page, page.context, detail
        self._task: dict[str, Any] = {}
        self._points: Sequence[Any] = ()
        self._task_id = ""
        self.head = Section()
        self.model = PagingModel((), self._fetch, self._line, self)
        self.list = LineList(self.model)
        self.stack = StateStack(self.list)
        self.picker = RecordPicker(self.context, "volunteer", self._hint, (flow.ACTIVE,))
        self.picker.taken.connect(self._add)
        self._steps = column(gap=S)
        self.problem = Label(kind="problem", wrap=True)
        self.problem.hide()
        self.model.loaded.connect(self._loaded)
        self.list.picked.connect(self._show_steps)
        layout = column(self.head, self.picker, self.problem, self.stack, self._steps, gap=S, margins=(0, M, L, M))
        layout.setStretch(3, 1)
        self.setLayout(layout)

    def show_for(self, task_id: str, fields: dict[str, Any], points: Sequence[Any] = ()) -> None:
        """Show the sign-ups of a task; ``fields`` are the task's own, ``points`` those of its route."""
        self._points = points
        if task_id != self._task_id:
            self.problem.hide()
            self.model.set_rows(())
        self._task_id, self._task = task_id, fields
        self.picker.setVisible(fields.get("state") in flow.OPEN_TO_SIGN_UP and self.context.may("patrol.sign"))
        self.retranslate()
        self.model.refresh()

    def retranslate(self) -> None:
        """Say everything again."""
        self.head.set_texts(self.tr("报名的人"), self._counts())
        self.picker.setAccessibleName(self.tr("添加报名的志愿者"))
        self.picker.retranslate()
        self.list.setAccessibleName(self.head.title.text())
        self.model.retranslate()
        if self.model.rowCount():  # what an empty list said was in the other language
            self.stack.show_empty("")
            self._loaded(True)

    def _counts(self) -> str:
        text = self.tr("名额 {places}，已确认 {granted}").format(
            places=self._task.get("places", 0), granted=self._task.get("granted", 0))
        waiting = self._task.get("waiting", 0)
        return joined(text, self.tr("候补 {waiting}").format(waiting=waiting) if waiting else "")

    def _hint(self) -> str:
        return self.tr("添加报名：姓名、拼音、编号或电话尾号")

    def _fetch(self, after: Any, limit: int, on_page: Callable[[Any], None],
               on_error: Callable[[KnownError], None]) -> None:
        if self._task_id:
            self.context.runner.read(queries.seats, self._task_id, on_error=on_error, owner=self,
                                     on_done=lambda rows: on_page(Rows(rows)))

    def _line(self, found: SeatRow) -> Line:
        return Line(joined(found.volunteer, short_number(found.number)), self._said(found), self._tag(found))

    def _tag(self, found: SeatRow) -> Tag:
        if found.state in flow.BEFORE_WORK and found.standing is not None:
            return Tag(word("standing", found.standing), _TONES[found.standing])
        return state_tag("signup", found.state)

    def _said(self, found: SeatRow) -> str:
        """Return how it stands in words: what the centre said, when somebody came and left, and what is odd about it."""
        parts = [self._standing(found) if found.state in flow.BEFORE_WORK else self._presence(found)]
        if found.skew_ms is not None and abs(found.skew_ms) >= NOTABLE_SKEW_MS:
            minutes = round(abs(found.skew_ms) / NOTABLE_SKEW_MS)
            ahead = self.tr("报名电脑的时钟快 {n} 分钟，不影响先后") if found.skew_ms > 0 else self.tr(
                "报名电脑的时钟慢 {n} 分钟，不影响先后")
            parts.append(ahead.format(n=minutes))
        if found.absences:
            parts.append(self.tr("一年内缺席 {n} 次").format(n=found.absences))
        return joined(*parts)

    def _standing(self, found: SeatRow) -> str:
        if found.standing == flow.GRANTED:
            return self.tr("第 {n} 个名额").format(n=found.place)
        if found.standing == flow.WAITING:
            return self.tr("候补第 {n} 位").format(n=found.place)
        if found.standing == flow.REFUSED:
            return joined(word("refusal", found.refusal), found.clash)
        return self.tr("已申请，联网后确认")

    def _presence(self, found: SeatRow) -> str:
        now = self.context.now()
        came = short_moment(found.checked_in_at, now) if found.checked_in_at else ""
        left = short_moment(found.checked_out_at, now).rpartition(" ")[2] if found.checked_out_at else ""
        counted = self.tr("计 {hours} 小时").format(hours=f"{(found.minutes or 0) / 60:.1f}") if left else ""
        odd = self.tr("忘记签退，按计划结束时间计") if found.forgotten else ""
        return joined(self.tr("{came} 至 {left}").format(came=came, left=left) if left else came, said_of(found), counted, odd,
                      self.tr("现场补录") if found.on_site else "")

    def _loaded(self, some: bool) -> None:
        if not some:
            self._show_steps(None)
            text = self.tr("在上面输入姓名添加报名。名额由中心按到达先后确认。") if self.picker.isVisible() else ""
            self.stack.show_empty(self.tr("还没有人报名"), text, icon="users")
            return
        self.stack.show_content()
        if not self.list.currentIndex().isValid():
            self.list.setCurrentIndex(self.model.index(0, 0))
        self._show_steps(self.model.row(self.list.currentIndex()))

    def actions(self, found: SeatRow) -> list[str]:
        """Return what can be done with a sign-up now, the usual first."""
        if found.voided or self._task.get("state") in flow.CLOSED_TASKS:
            return []
        offered = [a.action for a in flow.SIGNUP.leaving(found.state) if self.context.may(a.needs.right)]
        if found.standing != flow.REFUSED and "allow" in offered:
            offered.remove("allow")
        if "check-in" in offered and self._points:
            offered.insert(1, CHECK_AT)
        if found.state == flow.DONE and self.context.may("patrol.verify"):
            offered.append(REPAIR)
        return offered

    def _show_steps(self, found: SeatRow | None) -> None:
        clear(self._steps)
        if found is None:
            return
        buttons = [
            Button(action_word("signup", action), "" if number else "primary",
                   on_click=lambda action=action, record=found: self.perform(record, action))
            for number, action in enumerate(self.actions(found))
        ]
        alone = 2 if CHECK_AT in self.actions(found) else 1  # its words are too long for a third of the room
        for button in buttons[:alone]:
            self._steps.addWidget(button)
        for start in range(alone, len(buttons), 3):
            self._steps.addLayout(row(*buttons[start:start + 3], gap=S))

    def perform(self, found: SeatRow, action: str) -> None:
        """Take a step, asking for a reason where one is needed."""
        if action == CHECK_AT:
            self._ask_where(found)
        elif self._wants_reason(found, action):
            self._ask(found, action)
        else:
            self._act(found, action, {}, None, self._say)

    def _wants_reason(self, found: SeatRow, action: str) -> bool:
        if action == "check-in":
            return found.standing != flow.GRANTED and not self._task.get("self_started")
        if action == "withdraw":
            return self.context.may("patrol.override")
        return action == REPAIR or flow.SIGNUP.by_action(action, found.state).needs.reason

    def _ask(self, found: SeatRow, action: str) -> None:
        title = lambda: f"{found.volunteer}：{action_word('signup', action)}"  # noqa: E731
        form = RecordForm(lambda: action_word("signup", action), leave=lambda: self.tr("返回"),
                          key=f"signup/{found.id}/{action}", drafts=self.context.drafts)
        if action == REPAIR:
            form.add(MomentField("checked_in_at", lambda: field_word("signup", "checked_in_at")),
                     MomentField("checked_out_at", lambda: field_word("signup", "checked_out_at")))
        form.add(reason_field(lambda: field_word("*", "reason")))

        def finish(values: dict[str, Any]) -> None:
            form.set_busy(True)
            reason = values.pop("reason", None)
            self._act(found, action, values, reason, form.show_error, self._detail.finished)

        form.finished.connect(finish)
        self._detail.show_form(form, title)
        form.open()

    def _ask_where(self, found: SeatRow) -> None:
        title = lambda: f"{found.volunteer}：{action_word('signup', CHECK_AT)}"  # noqa: E731
        form = CheckForm(self.context, self._points, lambda: action_word("signup", "check-in"), f"signup/{found.id}/{CHECK_AT}")

        def finish(_: dict[str, Any]) -> None:
            fields, reason = form.given()
            form.set_busy(True)
            self._act(found, "check-in", fields, reason, form.show_error, self._detail.finished)

        form.finished.connect(finish)
        self._detail.show_form(form, title)
        form.open()

    def _act(self, found: SeatRow, action: str, fields: dict[str, Any], reason: str | None,
             on_error: Callable[[KnownError], None], then: Callable[[], None] | None = None) -> None:
        said = self.tr("{name}：{action}，已保存在本机").format(
            name=found.volunteer, action=action_word("signup", action))
        self.problem.hide()
        self._detail.do(commands.act_signup, found.id, action, fields, reason, said=said, on_error=on_error, then=then)

    def _add(self, option: Option) -> None:
        self.picker.show_option(None)
        self.problem.hide()
        fields = {"task_id": self._task_id, "volunteer_id": option.value}
        self._detail.do(commands.sign_up, fields, on_error=self._say,
                        said=self.tr("{name}：已申请，联网后确认").format(name=option.title))

    def _say(self, error: KnownError) -> None:
        self.problem.setText(error.text())
        self.problem.show()
        self.list.setCurrentIndex(QModelIndex() if self.model.rowCount() == 0 else self.list.currentIndex())
