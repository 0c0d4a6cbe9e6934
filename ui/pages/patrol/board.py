"""值守看板: who is on duty in each grid now, and calls with their ten-minute clock."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby
from typing import Any, Final

from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QFrame

from ui.context import Context
from ui.labels import codes, field_word, state_tag, word
from ui.models.paging import Line
from ui.pages.base import Page
from ui.pages.patrol.records import ListField, Loaded, PatrolDetailView, PatrolRecords, pane
from ui.pages.records import Detail, Empty, FormPane
from ui.pages.values import joined
from ui.pages.work_detail import reason_field
from ui.theme import set_kind
from ui.theme.tokens import M, S
from ui.widgets.banner import Banner
from ui.widgets.base import Label, Translated, Words, column
from ui.widgets.dates import short_moment
from ui.widgets.fields import ChoiceField, Field, LongTextField, MomentField, TextField
from ui.widgets.record_form import RecordForm
from ui.widgets.tag import Tone
from zzdesk.clock import from_iso, to_iso
from zzdesk.patrol import commands, queries
from zzdesk.patrol import workflow as flow
from zzdesk.patrol.queries import CallRow, PatrolFilter

translate = QCoreApplication.translate
TICK_MS: Final = 1000


def _name(field: str) -> Words:
    return lambda: field_word("callout", field)


class OnDutyCard(Translated, QFrame):
    """Who is on duty now, a line for each grid; and where the last thirty days' calls were solved."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        set_kind(self, "card")
        self._context = context
        self._people: tuple[Any, ...] = ()
        self._next: Any = None
        self._share: Any = None
        self.people, self.share = Label(wrap=True), Label(kind="secondary", wrap=True)
        self.title = Label(kind="strong")
        self.setLayout(column(self.title, self.people, self.share, gap=S, margins=M))

    def refresh(self) -> None:
        """Ask again."""
        runner = self._context.runner
        runner.read(queries.on_duty, on_done=self._show_people, on_error=lambda error: None, owner=self)
        runner.read(queries.next_change, on_done=self._wait_until, on_error=lambda error: None, owner=self)
        runner.read(queries.share, on_done=self._show_share, on_error=lambda error: None, owner=self)

    def look_at_clock(self) -> None:
        """Ask again once somebody has come on or gone off duty; until then the database is left alone."""
        if self._next is not None and self._context.now() >= self._next:
            self._next = None
            self.refresh()

    def _wait_until(self, moment: Any) -> None:
        self._next = moment

    def retranslate(self) -> None:
        """Say everything again."""
        self.title.setText(self.tr("此刻在岗"))
        lines = [
            self.tr("{grid}：{people}").format(grid=grid, people=self.tr("、").join(
                f"{word('duty_slot', each.slot)} {each.who}" for each in people))
            for grid, people in groupby(self._people, key=lambda each: each.grid)
        ]
        self.people.setText("\n".join(lines) or self.tr("没有人排在现在，请到“值班”里排班。"))
        self.share.setText(self._share_text())

    def _share_text(self) -> str:
        if self._share is None:
            return ""
        total = sum(self._share.by_outcome.values())
        parts = [f"{word('solved', outcome)} {count}" for outcome, count in self._share.by_outcome.items()]
        inside = self._share.by_outcome["grid"]
        ratio = self.tr("小事不出网格 {percent}%").format(percent=round(100 * inside / total)) if total else ""
        reached = self.tr("10分钟内到场 {n}/{all}").format(n=self._share.in_time, all=self._share.reached)
        return self.tr("近30天：{text}").format(text=joined(*parts, ratio, reached))

    def _show_people(self, people: Any) -> None:
        self._people = people
        self.retranslate()

    def _show_share(self, share: Any) -> None:
        self._share = share
        self.retranslate()


class CallForm(RecordForm):
    """Where, what, and since when."""

    def __init__(self, context: Context, finish: Words, key: str, start: Callable[[], dict[str, Any]]) -> None:
        super().__init__(finish, leave=lambda: translate("CallForm", "稍后再填"), key=key, drafts=context.drafts, start=start)
        self.add(TextField("grid", lambda: field_word("*", "grid"), required=True, limit=40),
                 TextField("place", _name("place"), limit=120))
        self.add(LongTextField("what", _name("what"), lines=2, required=True))
        self.add(TextField("phone", lambda: field_word("*", "phone"), limit=30),
                 MomentField("called_at", _name("called_at"),
                             help=lambda: translate("CallForm", "不填就是现在")))


class CallDetail(PatrolDetailView):
    """One call with its clock."""

    kind = "callout"
    table = flow.CALLOUT
    right = "patrol.dispatch"
    accounts_in = ("created_by", "dispatched_by")
    order = (
        "grid", "place", "phone", "called_at", "dispatched_at", "dispatched_to", "arrived_at", "outcome", "result",
        "dispatched_by", "void_reason", "created_by", "created_at",
    )

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.clock = Banner()
        self.above.addWidget(self.clock)
        self._tick = QTimer(self)
        self._tick.setInterval(TICK_MS)
        self._tick.timeout.connect(self._say_clock)

    def fill(self, found: Loaded) -> None:
        """Show the call, its clock running while nobody is there."""
        super().fill(found)
        self._say_clock()
        self._run(self.isVisible())

    def showEvent(self, event: QShowEvent) -> None:
        """The clock runs while somebody looks."""
        super().showEvent(event)
        self._run(True)

    def hideEvent(self, event: QHideEvent) -> None:
        """And rests while nobody does."""
        super().hideEvent(event)
        self._run(False)

    def _run(self, visible: bool) -> None:
        waiting = self._loaded is not None and "arrived_at" not in self._loaded.detail.fields and not self._loaded.voided
        if visible and waiting and self._loaded is not None and self._loaded.state != flow.CALL_CLOSED:
            self._tick.start()
        else:
            self._tick.stop()

    def _say_clock(self) -> None:
        if self._loaded is None:
            return
        fields = self._loaded.detail.fields
        called = from_iso(fields["called_at"])
        arrived = fields.get("arrived_at")
        if arrived is None and self._loaded.state == flow.CALL_CLOSED:
            self.clock.show_text("")
            return
        seconds = flow.elapsed(called, from_iso(arrived) if arrived else self.context.now())
        late = seconds > flow.ARRIVE_WITHIN
        words = (
            (self.tr("{time} 到场，超过10分钟") if late else self.tr("{time} 到场，10分钟以内")) if arrived
            else self.tr("已过 {time}，超过10分钟还没有到场") if late else self.tr("已过 {time}，10分钟内要到场")
        )
        tone = Tone.WARNING if late else Tone.SUCCESS if arrived else Tone.INFO
        self.clock.show_text(words.format(time=flow.clock_text(seconds)), tone)

    def title(self, fields: dict[str, Any]) -> str:
        """Return what it is about."""
        return str(fields["what"])

    def may_edit(self, found: Loaded) -> bool:
        """Until it is closed."""
        return super().may_edit(found) and found.state != flow.CALL_CLOSED

    def more_fields(self, action: str, found: Loaded) -> Sequence[Field]:
        """Sending says whom, closing where it was solved; a moment only where it is not now."""
        if action == "dispatch":
            return [ListField("dispatched_to", _name("dispatched_to"), required=True,
                              help=lambda: self.tr("例如：网格员A 林小明、治安巡防队"))]
        if action == "close":
            return [ChoiceField("outcome", _name("outcome"), codes("solved"), lambda c: word("solved", c), required=True),
                    LongTextField("result", _name("result"), lines=2)]
        return []

    def step_fields(self, action: str) -> Sequence[Field]:
        """Closing takes a reason while nobody was there."""
        if action == "close" and self._loaded is not None and self._loaded.state != flow.ARRIVED:
            return [*self.more_fields(action, self._loaded), reason_field(lambda: field_word("*", "reason"))]
        return super().step_fields(action)

    def command(self) -> Callable[..., Any]:
        """Steps of calls."""
        return commands.act_callout

    def edit_command(self) -> Callable[..., Any]:
        """Corrections of calls."""
        return commands.edit_callout

    def edit_form(self, found: Loaded) -> RecordForm:
        """Correct everything but what is covered."""
        fields = found.detail.fields | found.detail.written
        shown = {k: v for k, v in fields.items() if k not in ("phone", "place")}
        return CallForm(self.context, lambda: self.tr("保存修改"), f"callout/{self.record_id}/edit", lambda: shown)


class CallRecords(PatrolRecords):
    """Calls, newest first, under who is on duty now."""

    kind, memory = "callout", "callouts"
    chips_of = {"open": flow.OPEN_CALLS, "closed": (flow.CALL_CLOSED,)}

    def __init__(self, page: Page) -> None:
        self.duty = OnDutyCard(page.context)
        super().__init__(page)
        self.search.hide()
        self.detail.worked.connect(self.duty.refresh)
        self.layout().insertWidget(0, self.duty)
        self.layout().setSpacing(M)
        self.layout().setStretch(1, 1)
        self._minute = self._minute_now()
        self._tick = QTimer(self)
        self._tick.setInterval(TICK_MS)
        self._tick.timeout.connect(self.look_at_clock)

    def showEvent(self, event: QShowEvent) -> None:
        """Look at the clock while somebody looks at the board."""
        super().showEvent(event)
        self._tick.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """And not while nobody does."""
        super().hideEvent(event)
        self._tick.stop()

    def look_at_clock(self) -> None:
        """Say the times of open calls anew in every minute of the desk's clock; nothing is read for it."""
        if self._minute_now() != self._minute:
            self._minute = self._minute_now()
            self.model.retranslate()
            self.duty.look_at_clock()

    def _minute_now(self) -> str:
        return to_iso(self.context.now())[:16]

    def refresh(self) -> None:
        """Ask for who is on duty as well."""
        super().refresh()
        self.duty.refresh()

    def list_query(self) -> Callable[..., Any]:
        """The list of calls."""

        def listed(read: Any, wanted: PatrolFilter, after: str | None, limit: int) -> Any:
            return queries.list_calls(read, wanted.states, wanted.void, after, limit)

        return listed

    def make_detail(self) -> Detail:
        """Return the detail."""
        return CallDetail(self.page)

    def make_form(self) -> FormPane:
        """Return the form of a new call."""
        form = CallForm(self.context, lambda: self.tr("接报，开始计时"), "callout/new", dict)
        return pane(form, lambda: self.tr("接报"), lambda form: self.register(
            commands.take_call, form, form.values(), self.tr("已接报，开始计时。已保存在本机。")))

    def line(self, found: CallRow) -> Line:
        """What, where, how long it took; or for how long nobody has been there."""
        took = ""
        if found.seconds is None and found.state in flow.OPEN_CALLS:
            waited = flow.elapsed(found.called_at, self.context.now()) // 60
            late = self.tr("▲ 超过10分钟没有到场") if waited >= flow.ARRIVE_WITHIN // 60 else self.tr("△ 等人到场")
            took = joined(self.tr("已过 {n} 分钟").format(n=waited), late)
        if found.seconds is not None:
            limit = self.tr("≤10分钟") if found.in_time else self.tr("超过10分钟")
            took = joined(flow.clock_text(found.seconds), limit)
        text = joined(found.grid, short_moment(found.called_at, self.context.now()), took)
        return Line(found.what, text, state_tag("callout", found.state))

    def chip_words(self) -> list[tuple[str, str]]:
        """Open ones first."""
        return [("open", self.tr("处理中")), ("closed", self.tr("已结束")), ("all", self.tr("全部")), ("void", self.tr("已作废"))]

    def empty(self) -> Empty:
        """Say what belongs here."""
        if self.chips.current == "open":
            return Empty(self.tr("没有在处理的接报"), self.tr("接到求助就按“接报”：从这一刻计时，派人、到场各按一次。"),
                         self.tr("接报"), "phone")
        return Empty(self.tr("这个筛选下没有记录"), icon="filter")

    def may_create(self) -> bool:
        """Whether the person may take calls."""
        return self.context.may("patrol.dispatch")


def make(page: Page) -> CallRecords:
    """Return the list."""
    return CallRecords(page)
