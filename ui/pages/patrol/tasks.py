"""群防任务: what is to be done, from when to when, by how many; and who signed up."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any, Final

from PySide6.QtCore import QCoreApplication

from ui.context import Context
from ui.labels import codes, field_word, state_tag, word
from ui.models.paging import Line
from ui.pages.base import Page
from ui.pages.patrol.news import ForgottenBanner, SignUpNewsBanner
from ui.pages.patrol.records import (
    ListField,
    Loaded,
    PatrolDetailView,
    PatrolRecords,
    RecordPicker,
    pane,
    window_text,
)
from ui.pages.patrol.seats import Seats
from ui.pages.records import Detail, Empty, FormPane
from ui.pages.values import joined
from ui.widgets.base import Words
from ui.widgets.dates import short_moment
from ui.widgets.facts import Fact
from ui.widgets.fields import (
    CheckField,
    ChoiceField,
    IntegerField,
    LongTextField,
    MomentField,
    TextField,
    WidgetField,
)
from ui.widgets.record_form import RecordForm
from ui.widgets.several import SeveralOf
from ui.widgets.tag import Tag, Tone
from zzdesk.clock import from_iso, to_iso
from zzdesk.desk.checkpoints import points_of
from zzdesk.patrol import commands, queries
from zzdesk.patrol import workflow as flow
from zzdesk.patrol.queries import TaskRow

translate = QCoreApplication.translate
PATROL_HOURS: Final = 2


def _name(field: str) -> Words:
    return lambda: field_word("task", field)


class TaskForm(RecordForm):
    """When and how many first: that is what people sign up on."""

    def __init__(self, context: Context, finish: Words, key: str, start: Callable[[], dict[str, Any]]) -> None:
        super().__init__(finish, leave=lambda: translate("TaskForm", "稍后再填"), key=key, drafts=context.drafts,
                         start=start)
        self._context = context
        self.add(TextField("title", _name("title"), required=True, limit=80,
                           placeholder=lambda: translate("TaskForm", "例如：古城夜巡")),
                 ChoiceField("task_kind", _name("task_kind"), codes("task_kind"), lambda c: word("task_kind", c),
                             empty=False))
        self.add(MomentField("starts_at", _name("starts_at"), required=True),
                 MomentField("ends_at", _name("ends_at"), required=True))
        self.add(IntegerField("places", _name("places"), required=True),
                 TextField("place", _name("place"), limit=120))
        self.add(ChoiceField("issuer_kind", _name("issuer_kind"), codes("issuer_kind"),
                             lambda c: word("issuer_kind", c), empty=False),
                 TextField("issuer", _name("issuer"), limit=80))
        self.add_group(lambda: translate("TaskForm", "在哪里、要注意什么"))
        self._where()
        self.add_group(lambda: translate("TaskForm", "规则"))
        self._rules()

    def _where(self) -> None:
        hint = lambda: translate("TaskForm", "名称或拼音")  # noqa: E731
        self.add(WidgetField("team_id", _name("team_id"), RecordPicker(self._context, "team", hint)),
                 WidgetField("segment_id", _name("segment_id"), RecordPicker(self._context, "segment", hint)))
        self.add(LongTextField("content", _name("content"), lines=2))
        self.add(CheckField("risky", _name("risky"),
                            help=lambda: translate("TaskForm", "勾选后，没有意外伤害保险的志愿者不能报名（志愿服务条例）")))

    def _rules(self) -> None:
        self.add(IntegerField("cancel_hours", _name("cancel_hours")), IntegerField("quota", _name("quota")),
                 IntegerField("points", _name("points")))
        self.add(ListField("trainings", _name("trainings"),
                           help=lambda: translate("TaskForm", "写几项就用顿号隔开，例如：急救、消防")))


class StartForm(RecordForm):
    """我要巡逻: who goes, where, until when. It begins at once."""

    def __init__(self, context: Context) -> None:
        super().__init__(lambda: translate("StartForm", "开始巡逻"), leave=lambda: translate("StartForm", "稍后再填"),
                         key="task/start", drafts=context.drafts,
                         start=lambda: {"title": translate("StartForm", "自发巡逻"), "ends_at": to_iso(
                             (context.now() + timedelta(hours=PATROL_HOURS)).replace(second=0, microsecond=0))})
        hint = lambda: translate("StartForm", "姓名、拼音、编号或电话尾号")  # noqa: E731
        who = RecordPicker(context, "volunteer", hint, (flow.ACTIVE,))
        self.add(WidgetField("volunteer", lambda: translate("StartForm", "谁去"), who, required=True,
                             help=lambda: translate("StartForm", "开始以后，也可以在名单里添加")))
        others = SeveralOf(
            RecordPicker(context, "volunteer", hint, (flow.ACTIVE,)), lambda one, on_name: context.runner.read(
                queries.name_of, "volunteer", one, on_done=on_name, on_error=lambda error: None, owner=self),
            lambda name: translate("StartForm", "去掉{name}").format(name=name))
        self.add(WidgetField("together", lambda: translate("StartForm", "一起去的人"), others,
                             help=lambda: translate("StartForm", "一个一个输入，回车加上；都从现在起算在场")))
        self.add(TextField("title", _name("title"), required=True, limit=80))
        self.add(TextField("place", _name("place"), limit=120),
                 MomentField("ends_at", lambda: translate("StartForm", "计划几点结束"), required=True,
                             help=lambda: translate("StartForm", "忘记签退时按这个时间结束，超出的不计")))


class TaskDetail(PatrolDetailView):
    """One task and who signed up for it."""

    kind = "task"
    table = flow.TASK
    right = "patrol.task.issue"
    order = (
        "task_kind", "issuer_kind", "issuer", "place", "content", "trainings", "cancel_hours", "quota", "points",
        "decision", "submitted_by", "void_reason", "created_by", "created_at",
    )

    def __init__(self, page: Page) -> None:
        self.seats = Seats(page, self)
        super().__init__(page, self.seats)

    def more(self) -> Callable[..., Any]:
        """Ask for the names of team and segment as well."""
        return _names

    def fill(self, found: Loaded) -> None:
        """Show the task and who signed up."""
        super().fill(found)
        self.seats.show_for(self.record_id, found.detail.fields, found.more[2])

    def tags(self, found: Loaded) -> list[Tag]:
        """Say what is dangerous, and that nobody issued it."""
        fields = found.detail.fields
        tags = [Tag(field_word("task", "risky"), Tone.WARNING)] if fields.get("risky") else []
        return [*tags, Tag(field_word("task", "self_started"))] if fields.get("self_started") else tags

    def shown_facts(self, found: Loaded) -> list[Fact]:
        """The window first."""
        fields = found.detail.fields
        window = window_text(from_iso(fields["starts_at"]), from_iso(fields["ends_at"]), self.context.now())
        team, segment, _ = found.more
        return [
            Fact(self.tr("时间"), window), Fact(field_word("task", "team_id"), team),
            Fact(field_word("task", "segment_id"), segment), *super().shown_facts(found),
        ]

    def may_edit(self, found: Loaded) -> bool:
        """Only until it begins."""
        return super().may_edit(found) and found.state in (flow.PUBLISHED, flow.TAKEN)

    def command(self) -> Callable[..., Any]:
        """Steps of tasks."""
        return commands.act_task

    def edit_command(self) -> Callable[..., Any]:
        """Corrections of tasks."""
        return commands.edit_task

    def edit_form(self, found: Loaded) -> RecordForm:
        """Correct a task."""
        fields = found.detail.fields | found.detail.written
        return TaskForm(self.context, lambda: self.tr("保存修改"), f"task/{self.record_id}/edit", lambda: fields)


def _names(read: Any, found: Any) -> tuple[str, str, tuple[Any, ...]]:
    team, segment = found.fields.get("team_id"), found.fields.get("segment_id")
    return (
        queries.name_of(read, "team", team) if team else "",
        queries.name_of(read, "segment", segment) if segment else "",
        points_of(read, segment),
    )


class TaskRecords(PatrolRecords):
    """Tasks, newest first, under what the centre said of this person's sign-ups."""

    kind, memory = "task", "tasks"
    chips_of = {
        "open": flow.OPEN_TASKS, "asking": (flow.PUBLISHED, flow.TAKEN), "running": (flow.RUNNING,),
        "deciding": (flow.SUBMITTED, flow.VERIFIED),
    }

    def __init__(self, page: Page) -> None:
        self.news = SignUpNewsBanner(page.context, lambda record: self.open_record(record))
        self.forgotten = ForgottenBanner(page.context, lambda record: self.open_record(record), lambda: self.refresh())
        self._start: FormPane | None = None
        super().__init__(page)
        self.layout().insertWidget(0, self.news)
        self.layout().insertWidget(1, self.forgotten)
        self.layout().setStretch(2, 1)
        self.detail.worked.connect(self.forgotten.refresh)

    def list_query(self) -> Callable[..., Any]:
        """The list of tasks."""
        return queries.list_tasks

    def make_detail(self) -> Detail:
        """Return the detail."""
        return TaskDetail(self.page)

    def make_form(self) -> FormPane:
        """Return the form of a new task."""
        form = TaskForm(self.context, lambda: self.tr("发布任务"), "task/new", lambda: {
            "task_kind": "patrol", "issuer_kind": "community", "places": 2, "cancel_hours": flow.CANCEL_HOURS,
            "quota": flow.WEEK_QUOTA, "points": flow.POINTS})
        return pane(form, lambda: self.tr("发布群防任务"), lambda form: self.register(
            commands.issue, form, form.values(), self.tr("任务已发布，已保存在本机，尚未送达中心。")))

    def open_start(self) -> None:
        """Show the form of a patrol that begins now."""
        if self._start is None:
            form = StartForm(self.context)
            form.left.connect(self.leave_form)
            self._start = pane(form, lambda: self.tr("我要巡逻"), self._begin)
            self.right.addWidget(self._start)
        self.right.setCurrentWidget(self._start)
        self._start.form.open()

    def _begin(self, form: RecordForm) -> None:
        values = form.values()
        who = [values.pop("volunteer"), *(values.pop("together", None) or ())]

        def done(change: Any) -> None:
            form.done()
            self.model.refresh()
            self.open_record(change.created[0])
            self.context.toast(self.tr("巡逻已开始，已保存在本机"))

        form.set_busy(True)
        self.context.runner.write(commands.start_patrol, values, who, initiator=self.page, on_error=form.show_error,
                                  on_done=done)

    def refresh(self) -> None:
        """Ask for the news as well."""
        super().refresh()
        self.news.refresh()
        self.forgotten.refresh()

    def line(self, found: TaskRow) -> Line:
        """Title, window and places, state."""
        places = self.tr("{granted}/{places} 人").format(granted=found.granted, places=found.places)
        waiting = self.tr("候补 {n}").format(n=found.waiting) if found.waiting else ""
        now = self.context.now()
        text = joined(window_text(found.starts_at, found.ends_at, now), places, waiting, found.place)
        return Line(found.title, text, state_tag("task", found.state), short_moment(found.created_at, now))

    def chip_words(self) -> list[tuple[str, str]]:
        """What is not decided first."""
        return [("open", self.tr("未结束")), ("asking", self.tr("报名中")), ("running", self.tr("进行中")),
                ("deciding", self.tr("待核验计分")), ("all", self.tr("全部")), ("void", self.tr("已作废"))]

    def empty(self) -> Empty:
        """Say what belongs here."""
        if self.chips.current == "open":
            return Empty(self.tr("还没有群防任务"), self.tr("发布巡逻、守护、宣传、助老任务，志愿者报名后由中心按先后确认名额。"),
                         self.tr("发布任务"), "shield-check")
        return Empty(self.tr("这个筛选下没有任务"), icon="filter")

    def may_create(self) -> bool:
        """Whether the person may issue tasks."""
        return self.context.may("patrol.task.issue")

    def retranslate(self) -> None:
        """Say everything again."""
        super().retranslate()
        self.search.show_hint(self.tr("搜任务、编号、地点或发布单位（/）"))


def make(page: Page) -> TaskRecords:
    """Return the list."""
    return TaskRecords(page)
