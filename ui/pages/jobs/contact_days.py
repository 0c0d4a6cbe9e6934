"""联企日: the 15th of every month, when one is reminded of it, how far it is and the one thing to do next."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QCoreApplication

from ui.labels import field_word, state_tag, word
from ui.models.paging import Line
from ui.pages.base import Page
from ui.pages.jobs.records import JobDetailView, JobRecords, Loaded
from ui.pages.jobs.related import Related, RelatedLines
from ui.pages.records import Detail, Empty
from ui.pages.values import joined
from ui.widgets.base import Words
from ui.widgets.dates import CHINA, long_day, short_day
from ui.widgets.facts import Fact
from ui.widgets.fields import Field, LongTextField
from ui.widgets.record_form import RecordForm
from ui.widgets.record_head import Action
from ui.widgets.tag import Tag, Tone
from zzdesk.accounts.queries import display_names
from zzdesk.desk.commands import Basis
from zzdesk.errors import NotFoundError
from zzdesk.jobs import commands, queries
from zzdesk.jobs.queries import ContactFilter, JobDetail, PlannedDay, VisitRow
from zzdesk.jobs.workflow import contact
from zzdesk.jobs.workflow import contact_calendar as days

translate = QCoreApplication.translate
PREPARE, VISIT, RECORD = "prepare", "visit", "record"
_MAIN = {"prepare": PREPARE, "plan-visits": VISIT, "hold": "hold", "record-visits": RECORD, "close": "close", "explain": "skip"}
"""The action behind what is next."""
_TONES = {"wait": Tone.SUCCESS, "nothing": Tone.NEUTRAL, "explain": Tone.DANGER}
MOST_VISITS = 50


def _name(field: str) -> Words:
    return lambda: field_word("contact_day", field)


def kind_words(found: PlannedDay) -> str:
    """Return what kind of day the 15th is, and that it stays on the 15th where offices are closed."""
    kind = joined(word("day_kind", found.kind), found.holiday if found.kind in ("holiday", "swapped") else "")
    if found.kind in ("weekend", "holiday"):
        return translate("ContactDayDetail", "{kind}，仍在15日").format(kind=kind)
    return kind


def _load(read: Any, day_id: str) -> Loaded:
    """Return a day with its visits; of one that nobody has prepared what the planner knows."""
    planned = queries.planned_day(read, day_id)
    if planned is None or planned.exists:
        found = queries.detail(read, "contact_day", day_id)
    else:
        fields = {"state": planned.state, "month": planned.month, "day": planned.day.isoformat()}
        found = JobDetail("contact_day", day_id, fields, (), (), Basis(day_id, {}), {})
    if planned is None:
        raise NotFoundError(translate("ContactDayDetail", "这个联企日不在最近一年里"))
    visits = queries.list_visits(read, ContactFilter(contact_day_id=day_id), None, MOST_VISITS).rows
    accounts = {str(found.fields.get("created_by") or ""), *(each for visit in visits for each in visit.visitors)}
    return Loaded(found, display_names(read, frozenset(accounts)), (planned, visits))


class ContactDayDetail(JobDetailView):
    """One day: what is next, what was planned, who is visited by whom, what came of it."""

    kind = "contact_day"
    table = contact.DAYS
    right = contact.RIGHT
    order = ("plan", "results", "reason", "created_by", "created_at")

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.visits = RelatedLines(lambda: self.tr("走访的单位"), lambda: self.tr("还没有安排"),
                                   lambda: self.tr("安排走访"), self._plan_visit)
        self.below.insertWidget(0, self.visits)

    def query(self) -> tuple[Callable[..., Any], tuple[Any, ...]]:
        """Ask for the day, whether or not there is a record of it."""
        return _load, (self.record_id,)

    def fill(self, found: Loaded) -> None:
        """Show the day and its visits."""
        super().fill(found)
        planned, visits = found.more
        self.files.setVisible(planned.exists)
        self.visits.setVisible(planned.exists)
        self.visits.show_rows([self._visit_line(found, each) for each in visits], self._may_visit(planned))

    def number(self, fields: dict[str, Any]) -> str:
        """Return the month."""
        return str(fields["month"])

    def title(self, fields: dict[str, Any]) -> str:
        """Return the day in words."""
        return self.tr("{day} 联企日").format(day=long_day(_planned(self._loaded).day))

    def tags(self, found: Loaded) -> list[Tag]:
        """Say what kind of day it is."""
        planned: PlannedDay = found.more[0]
        tone = Tone.WARNING if planned.kind in ("weekend", "holiday") else Tone.NEUTRAL
        tags = [Tag(kind_words(planned), tone)]
        return [*tags, Tag(self.tr("当年节假日表未到，暂定"), Tone.WARNING)] if planned.provisional else tags

    def _all_tags(self, found: Loaded) -> list[Tag]:
        return [state_tag("contact_day", found.more[0].state), *self.tags(found)]

    def shown_facts(self, found: Loaded) -> list[Fact]:
        """When one is reminded and how many were visited first."""
        planned: PlannedDay = found.more[0]
        counted = self.tr("安排 {visits} 家 · 已走访 {made} 家 · 收到需求 {needs} 项").format(
            visits=planned.visits, made=planned.made, needs=planned.needs)
        first = [Fact(self.tr("提醒日"), self.tr("{day}（前一个工作日）").format(day=long_day(planned.remind_on)))]
        if planned.exists:
            first.append(Fact(self.tr("走访"), counted))
        return [*first, *(self._fact(found, name) for name in self.order if found.detail.fields.get(name))]

    def has_main(self, found: Loaded) -> bool:
        """Whether something is to be done now."""
        return found.more[0].next in _MAIN and self.context.may(contact.RIGHT)

    def _actions(self, found: Loaded) -> list[Action]:
        """The next thing first; a day is never void."""
        planned: PlannedDay = found.more[0]
        if not self.context.may(contact.RIGHT):
            return []
        words = {PREPARE: self.tr("开始准备"), VISIT: self.tr("安排走访"), RECORD: self.tr("记走访结果")}
        there = {each.key: each for each in super()._actions(found) if each.key not in ("void", "unvoid", "edit")}
        for key in (PREPARE,) if not planned.exists else (VISIT, RECORD):
            there[key] = Action(key, words[key])
        if planned.state == days.MISSED and not planned.exists:
            there["skip"] = Action("skip", self.tr("没有举行…"))
        if not self._may_visit(planned):
            there.pop(VISIT, None)
        if not planned.unrecorded:
            there.pop(RECORD, None)
        main = _MAIN.get(planned.next, "")
        ordered = sorted(there.values(), key=lambda each: each.key != main)
        edit = [Action("edit", self.tr("修改"), "pencil", apart=True)] if self.may_edit(found) else []
        return [*ordered, *edit]

    def may_edit(self, found: Loaded) -> bool:
        """Until it is closed."""
        open_ones = (days.PREPARING, days.HELD)
        return bool(found.more[0].exists) and found.detail.fields.get("state") in open_ones and super().may_edit(found)

    def start(self, action: str) -> None:
        """Visits have pages of their own."""
        if action == VISIT:
            self._plan_visit()
        elif action == RECORD:
            visits: tuple[VisitRow, ...] = self._loaded.more[1] if self._loaded is not None else ()
            self._open_visit(next(each.id for each in visits if each.state == contact.PLANNED))
        else:
            super().start(action)

    def step_fields(self, action: str) -> Sequence[Field]:
        """Preparing asks nothing; a day that nobody prepared asks why it was not held."""
        if action == PREPARE:
            return ()
        if action == "skip":
            return [LongTextField("reason", _name("reason"), lines=3, required=True,
                                  help=lambda: self.tr("例如：台风停工；改到下个月一起走访"))]
        return super().step_fields(action)

    def more_fields(self, action: str, found: Loaded) -> Sequence[Field]:
        """Closing asks what came of it, begun with what is counted."""
        if action != "close":
            return ()
        planned: PlannedDay = found.more[0]
        results = LongTextField("results", _name("results"), lines=5, required=True)
        results.set_value(found.detail.written.get("results") or self.tr(
            "走访 {made} 家，收到需求 {needs} 项。").format(made=planned.made, needs=planned.needs))
        return [results]

    def perform(self, action: str, values: dict[str, Any]) -> None:
        """Take a step, also of a day that has no record yet."""
        planned = _planned(self._loaded)
        if action == PREPARE:
            self.do(commands.prepare_day, {"month": planned.month}, said=self.tr("已开始准备，保存在本机"), then=self.finished)
        elif action == "skip" and not planned.exists:
            self.do(commands.skip_month, planned.month, values["reason"], said=self.tr("已写明原因，保存在本机"),
                    then=self.finished)
        else:
            super().perform(action, values)

    def command(self) -> Callable[..., Any]:
        """Steps of days."""
        return commands.act_day

    def edit_command(self) -> Callable[..., Any]:
        """What is planned, and what came of it."""
        return commands.edit_day

    def edit_form(self, found: Loaded) -> RecordForm:
        """Correct what is planned and what came of it."""
        shown = found.detail.fields | found.detail.written
        form = RecordForm(lambda: self.tr("保存修改"), leave=lambda: self.tr("返回"), drafts=self.context.drafts,
                          key=f"contact_day/{self.record_id}/edit", start=lambda: shown)
        form.add(LongTextField("plan", _name("plan"), lines=4))
        if found.detail.fields.get("state") == days.HELD:
            form.add(LongTextField("results", _name("results"), lines=4))
        return form

    def _may_visit(self, planned: PlannedDay) -> bool:
        return planned.exists and planned.state not in (days.CLOSED, days.SKIPPED) and self.context.may(contact.RIGHT)

    def _visit_line(self, found: Loaded, visit: VisitRow) -> Related:
        who = "、".join(found.names.get(each, "") for each in visit.visitors)
        waits = self.tr("%n 件待办", "", visit.items) if visit.items else ""
        return Related(visit.employer, joined(who, waits), state_tag("employer_visit", visit.state),
                       lambda: self._open_visit(visit.id))

    def _plan_visit(self) -> None:
        planned = _planned(self._loaded)
        page: Any = self.page
        page.new_record("employer_visit", {"contact_day_id": planned.id, "visit_on": planned.day.isoformat()})

    def _open_visit(self, visit_id: str) -> None:
        self.context.navigate("jobs", visit_id)


def _planned(loaded: Loaded | None) -> PlannedDay:
    assert loaded is not None
    planned: PlannedDay = loaded.more[0]
    return planned


class _Shown:
    """All days are one page."""

    def __init__(self, rows: Sequence[Any]) -> None:
        self.rows, self.after = rows, None


class ContactDayRecords(JobRecords):
    """The planner: what wants somebody first, then the days that are over."""

    kind, memory = "contact_day", "contact-days"
    marks = False

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.search.hide()

    def list_query(self) -> Callable[..., Any]:
        """The days of the chip."""
        chip = self.chips.current

        def listed(read: Any, wanted: Any, after: str | None, limit: int) -> _Shown:
            found = queries.planned_days(read)
            return _Shown([each for each in found if chip == "all" or (each.next != "nothing") == (chip == "todo")])

        return listed

    def make_detail(self) -> Detail:
        """Return the detail."""
        return ContactDayDetail(self.page)

    def line(self, found: PlannedDay) -> Line:
        """The day, when one is reminded, how many are visited, and what is next."""
        today = self.context.now().astimezone(CHINA).date()
        words = self.tr("{day}提醒（暂定）") if found.provisional else self.tr("{day}提醒")
        reminded = words.format(day=short_day(found.remind_on, today)) if found.day >= today else ""
        visits = self.tr("走访 {made}/{visits} 家").format(made=found.made, visits=found.visits) if found.visits else ""
        closed = kind_words(found) if found.kind in ("weekend", "holiday") else ""
        mark = Tag(word("next_contact", found.next), _TONES.get(found.next, Tone.WARNING))
        year = "" if found.day.year == today.year else str(found.day.year)
        return Line(joined(year, long_day(found.day)), joined(closed, reminded, visits), state_tag("contact_day", found.state),
                    mark=mark if found.next != "nothing" else None)

    def chip_words(self) -> list[tuple[str, str]]:
        """What wants somebody first."""
        return [("todo", self.tr("要办的")), ("over", self.tr("办完的")), ("all", self.tr("全部"))]

    def empty(self) -> Empty:
        """Say what belongs here."""
        return Empty(self.tr("还没有办完的联企日"), self.tr("每月15日联系企业：准备、举行、写结果，办完的留在这里。"),
                     icon="calendar")

    def may_create(self) -> bool:
        """Days are there by themselves."""
        return False


def make(page: Page) -> ContactDayRecords:
    """Return the planner."""
    return ContactDayRecords(page)
