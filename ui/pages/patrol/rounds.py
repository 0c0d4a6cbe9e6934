"""巡防记录: rounds with what came of them; and 线索, for the police alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

from PySide6.QtCore import QCoreApplication

from ui.context import Context
from ui.labels import codes, field_word, state_tag, word
from ui.models.paging import Line
from ui.pages.base import Page
from ui.pages.patrol.outputs import Outputs
from ui.pages.patrol.records import Loaded, PatrolDetailView, PatrolRecords, RecordPicker, pane, window_text
from ui.pages.records import Detail, Empty, FormPane
from ui.pages.values import joined
from ui.widgets.banner import Banner
from ui.widgets.base import Button, Words, row
from ui.widgets.dates import short_moment
from ui.widgets.facts import Fact
from ui.widgets.fields import ChoiceField, Field, LongTextField, MomentField, TextField, WidgetField
from ui.widgets.many import ManyOf
from ui.widgets.record_form import RecordForm
from ui.widgets.tag import Tone
from zzdesk.clock import from_iso, to_iso
from zzdesk.desk.readings import openings
from zzdesk.patrol import commands, queries
from zzdesk.patrol import workflow as flow
from zzdesk.patrol.queries import ClueRow, PatrolFilter, RoundRow

translate = QCoreApplication.translate
MEMBERS: Final = 60
"""People of a team that are offered when a round ends."""


def _name(field: str, kind: str = "round") -> Words:
    return lambda: field_word(kind, field)


class RoundForm(RecordForm):
    """Which team, when, where, what weather."""

    def __init__(self, context: Context, finish: Words, key: str, start: Callable[[], dict[str, Any]]) -> None:
        super().__init__(finish, leave=lambda: translate("RoundForm", "稍后再填"), key=key, drafts=context.drafts, start=start)
        hint = lambda: translate("RoundForm", "名称或拼音")  # noqa: E731
        self.add(WidgetField("team_id", _name("team_id"), RecordPicker(context, "team", hint), required=True),
                 MomentField("started_at", _name("started_at"), required=True))
        self.add(TextField("grid", lambda: field_word("*", "grid"), limit=40),
                 ChoiceField("weather", _name("weather"), codes("weather"), lambda c: word("weather", c)))
        self.add(WidgetField("segment_id", _name("segment_id"), RecordPicker(context, "segment", hint)))
        self.add(LongTextField("notes", lambda: field_word("*", "notes"), lines=2))


class RoundDetail(PatrolDetailView):
    """One round and what came of it."""

    kind = "round"
    table = flow.ROUND
    right = "patrol.round"
    order = ("grid", "weather", "notes", "void_reason", "created_by", "created_at")

    def __init__(self, page: Page) -> None:
        self.outputs = Outputs(page, self)
        super().__init__(page, self.outputs)

    def more(self) -> Callable[..., Any]:
        """Ask for the names of team, segment and members as well."""
        return _people

    def fill(self, found: Loaded) -> None:
        """Show the round and its outputs."""
        super().fill(found)
        self.outputs.show_for(self.record_id, found.state == flow.ROUND_OPEN and not found.voided)

    def title(self, fields: dict[str, Any]) -> str:
        """Return the team's name."""
        return str(self._loaded.more[0]) if self._loaded else ""

    def shown_facts(self, found: Loaded) -> list[Fact]:
        """When and who first."""
        fields = found.detail.fields
        _, segment, offered = found.more
        start, now = from_iso(fields["started_at"]), self.context.now()
        ended = fields.get("ended_at")
        window = window_text(start, from_iso(ended), now) if ended else short_moment(start, now)
        names = self.tr("、").join(offered.get(who, self.tr("他站志愿者")) for who in fields.get("members") or ())
        return [
            Fact(self.tr("时间"), window), Fact(field_word("round", "members"), names),
            Fact(field_word("round", "segment_id"), segment), *super().shown_facts(found),
        ]

    def may_edit(self, found: Loaded) -> bool:
        """Until it is closed."""
        return super().may_edit(found) and found.state == flow.ROUND_OPEN

    def more_fields(self, action: str, found: Loaded) -> Sequence[Field]:
        """Ending it says until when it went, and who took part."""
        ended = MomentField("ended_at", _name("ended_at"), required=True)
        ended.set_value(to_iso(self.context.now().replace(second=0, microsecond=0)))
        offered = found.more[2]
        chips = ManyOf(list(offered), lambda who: offered[who])
        chips.set_value(found.detail.fields.get("members"))
        return [ended, WidgetField("members", _name("members"), chips, required=True)]

    def command(self) -> Callable[..., Any]:
        """Steps of rounds."""
        return commands.act_round

    def edit_command(self) -> Callable[..., Any]:
        """Corrections of rounds."""
        return commands.edit_round

    def edit_form(self, found: Loaded) -> RecordForm:
        """Correct a round."""
        fields = found.detail.fields | found.detail.written
        return RoundForm(self.context, lambda: self.tr("保存修改"), f"round/{self.record_id}/edit", lambda: fields)


def _people(read: Any, found: Any) -> tuple[str, str, dict[str, str]]:
    fields = found.fields
    team = queries.list_volunteers(read, PatrolFilter(("active",), team_id=fields["team_id"]), None, MEMBERS).rows
    names = {row.id: row.name for row in team}
    names |= {who: queries.name_of(read, "volunteer", who) for who in fields.get("members") or () if who not in names}
    segment = fields.get("segment_id")
    return (
        queries.name_of(read, "team", fields["team_id"]), queries.name_of(read, "segment", segment) if segment else "", names,
    )


class RoundRecords(PatrolRecords):
    """Rounds, newest first."""

    kind, memory = "round", "rounds"
    chips_of = {"open": (flow.ROUND_OPEN,), "closed": (flow.ROUND_CLOSED,)}

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.search.hide()

    def list_query(self) -> Callable[..., Any]:
        """The list of rounds."""

        def listed(read: Any, wanted: PatrolFilter, after: str | None, limit: int) -> Any:
            return queries.list_rounds(read, wanted.states, wanted.void, after, limit)

        return listed

    def make_detail(self) -> Detail:
        """Return the detail."""
        return RoundDetail(self.page)

    def make_form(self) -> FormPane:
        """Return the form of a new round."""
        form = RoundForm(self.context, lambda: self.tr("开始记录"), "round/new", lambda: {
            "started_at": to_iso(self.context.now().replace(second=0, microsecond=0))})
        return pane(form, lambda: self.tr("记录巡防"), lambda form: self.register(
            commands.register_round, form, form.values(), self.tr("已保存在本机。在右边添加巡防结果。")))

    def line(self, found: RoundRow) -> Line:
        """Team, when, how many."""
        now = self.context.now()
        when = window_text(found.started_at, found.ended_at, now) if found.ended_at else short_moment(found.started_at, now)
        people = self.tr("{n} 人").format(n=found.members) if found.members else ""
        return Line(found.team, joined(when, people, found.grid), state_tag("round", found.state))

    def chip_words(self) -> list[tuple[str, str]]:
        """All, those under way first."""
        return [("all", self.tr("全部")), ("open", self.tr("巡防中")), ("closed", self.tr("已结束")),
                ("void", self.tr("已作废"))]

    def empty(self) -> Empty:
        """Say what belongs here."""
        if self.chips.current == "all":
            return Empty(self.tr("还没有巡防记录"), self.tr("厝边阿姨和巡防队出去一趟，谁去了、发现了什么，记在这里。"),
                         self.tr("记录巡防"), "clipboard-list")
        return Empty(self.tr("这个筛选下没有记录"), icon="filter")

    def may_create(self) -> bool:
        """Whether the person may log rounds."""
        return self.context.may("patrol.round")


class ClueForm(RecordForm):
    """What somebody noticed."""

    def __init__(self, context: Context) -> None:
        super().__init__(lambda: translate("ClueForm", "密封"), leave=lambda: translate("ClueForm", "稍后再填"), key="clue/new",
                         drafts=None)
        self.add(LongTextField("text", _name("text", "clue"), lines=4, required=True,
                               help=lambda: translate("ClueForm", "不留草稿；密封后只有派出所的账号能打开")))
        self.add(TextField("place", _name("place", "clue"), limit=120),
                 MomentField("noticed_at", _name("noticed_at", "clue")))


class ClueDetail(PatrolDetailView):
    """One clue: closed until somebody opens it, which is written into the audit."""

    kind = "clue"
    table = flow.CLUE
    right = "clue.read"
    accounts_in = ("created_by", "handed_by")
    order = ("noticed_at", "handed_to", "receipt_number", "handed_at", "handed_by", "void_reason", "created_by", "created_at")

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.open_button = Button("", "", "eye", self._open)
        self.said = Banner()
        self.above.addLayout(row(self.open_button, None))
        self.above.addWidget(self.said)
        self.files.hide()
        self._shown_for = ""

    def fill(self, found: Loaded) -> None:
        """Show the clue, closed."""
        super().fill(found)
        self.files.hide()
        self.open_button.setText(self.tr("打开查看（记入审计）"))
        if self._shown_for != self.record_id:
            self.said.show_text("")
            self._shown_for = self.record_id

    def more(self) -> Callable[..., Any]:
        """Ask for who has opened it as well."""
        return lambda read, found: openings(read, found.id)

    def shown_facts(self, found: Loaded) -> list[Fact]:
        """Who opened it, and when, stands under the rest."""
        now = self.context.now()
        who = "\n".join(joined(each.who, short_moment(each.at, now)) for each in found.more)
        return [*super().shown_facts(found), Fact(self.tr("谁打开过（本机）"), who or self.tr("还没有人打开"))]

    def title(self, fields: dict[str, Any]) -> str:
        """Say that there is one."""
        return self.tr("密封线索")

    def may_edit(self, found: Loaded) -> bool:
        """Nobody changes what was noticed."""
        return False

    def more_fields(self, action: str, found: Loaded) -> Sequence[Field]:
        """Handing over says to whom, and the number of the receipt."""
        return [TextField("handed_to", _name("handed_to", "clue"), required=True, limit=60),
                TextField("receipt_number", _name("receipt_number", "clue"), required=True, limit=60)]

    def command(self) -> Callable[..., Any]:
        """Steps of clues."""
        return commands.act_clue

    def _open(self) -> None:
        record = self.record_id
        self.do(commands.open_clue, record, then=lambda: self.context.runner.read(
            queries.clue_text, record, on_done=self._say, on_error=self.refuse, owner=self))

    def _say(self, found: tuple[str, str]) -> None:
        self.said.show_text(joined(*found), Tone.WARNING)
        self.reload()


class ClueRecords(PatrolRecords):
    """Clues, newest first, for the police."""

    kind, memory, marks = "clue", "clues", False

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.search.hide()

    def list_query(self) -> Callable[..., Any]:
        """The list of clues."""

        def listed(read: Any, wanted: PatrolFilter, after: str | None, limit: int) -> Any:
            return queries.list_clues(read, after, limit)

        return listed

    def make_detail(self) -> Detail:
        """Return the detail."""
        return ClueDetail(self.page)

    def make_form(self) -> FormPane:
        """Return the form of a new clue."""
        return pane(ClueForm(self.context), lambda: self.tr("密封一条线索"), lambda form: self.register(
            commands.seal_clue, form, form.values(), self.tr("已密封，已保存在本机")))

    def line(self, found: ClueRow) -> Line:
        """When, and who put it under seal."""
        now = self.context.now()
        when = short_moment(found.noticed_at or found.created_at, now)
        return Line(self.tr("密封线索"), joined(when, found.written_by, found.receipt_number), state_tag("clue", found.state))

    def chip_words(self) -> list[tuple[str, str]]:
        """All of them."""
        return [("all", self.tr("全部"))]

    def empty(self) -> Empty:
        """Say what belongs here."""
        return Empty(self.tr("还没有线索"), self.tr("巡防中密封的线索送达后显示在这里，只有派出所的账号能打开。"), icon="lock")


def make(page: Page) -> RoundRecords:
    """Return the list of rounds."""
    return RoundRecords(page)


def make_clues(page: Page) -> ClueRecords:
    """Return the list of clues."""
    return ClueRecords(page)
