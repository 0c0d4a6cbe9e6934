"""队伍、路段、值班: short records without steps."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar, Final

from PySide6.QtCore import QCoreApplication

from ui.context import Context
from ui.labels import codes, field_word, word
from ui.models.paging import Line
from ui.pages.base import Page
from ui.pages.patrol.records import (
    ListField,
    Loaded,
    PatrolDetailView,
    PatrolRecords,
    RecordPicker,
    pane,
    window_text,
)
from ui.pages.records import Detail, Empty, FormPane
from ui.pages.values import joined
from ui.printing.points import offer_points
from ui.widgets.base import Words
from ui.widgets.dates import short_moment
from ui.widgets.facts import Fact
from ui.widgets.fields import ChoiceField, LongTextField, MomentField, TextField, WidgetField
from ui.widgets.record_form import RecordForm
from ui.widgets.record_head import Action
from ui.widgets.tag import Tag, Tone
from zzdesk.clock import from_iso
from zzdesk.patrol import commands, queries
from zzdesk.patrol.queries import PatrolFilter, PlainRow

translate = QCoreApplication.translate
CODES: Final = "codes"


class PlainForm(RecordForm):
    """The few fields of a team, a segment or a line of the roster."""

    def __init__(self, context: Context, kind: str, finish: Words, key: str, start: Callable[[], dict[str, Any]]) -> None:
        super().__init__(finish, leave=lambda: translate("PlainForm", "稍后再填"), key=key, drafts=context.drafts,
                         start=start)
        self._context, self._kind = context, kind
        {"team": self._team, "segment": self._segment, "duty": self._duty}[kind]()
        self.add(LongTextField("notes", self._name("notes"), lines=2))

    def _name(self, field: str) -> Words:
        return lambda: field_word(self._kind, field)

    def _find(self, kind: str) -> RecordPicker:
        return RecordPicker(self._context, kind, lambda: translate("PlainForm", "名称、姓名或拼音"))

    def _team(self) -> None:
        self.add(TextField("name", self._name("name"), required=True, limit=60),
                 ChoiceField("team_kind", self._name("team_kind"), codes("team_kind"), lambda c: word("team_kind", c),
                             empty=False))
        self.add(WidgetField("leader_id", self._name("leader_id"), self._find("volunteer")),
                 TextField("phone", self._name("phone"), limit=30))
        self.add(TextField("grid", self._name("grid"), limit=40))

    def _segment(self) -> None:
        self.add(TextField("name", self._name("name"), required=True, limit=60),
                 TextField("grid", self._name("grid"), limit=40))
        self.add(LongTextField("route", self._name("route"), lines=2))
        self.add(ListField("check_points", self._name("check_points"),
                           help=lambda: translate(
                               "PlainForm", "用顿号隔开；能定位签到的，后面写坐标（WGS-84）：文庙@24.51190/117.65540、东桥亭")))

    def _duty(self) -> None:
        self.add(TextField("grid", self._name("grid"), required=True, limit=40),
                 ChoiceField("slot", self._name("slot"), codes("duty_slot"), lambda c: word("duty_slot", c), empty=False,
                             required=True))
        self.add(MomentField("starts_at", self._name("starts_at"), required=True),
                 MomentField("ends_at", self._name("ends_at"), required=True))
        self.add(WidgetField("team_id", self._name("team_id"), self._find("team")),
                 TextField("name", self._name("name"), limit=40,
                           help=lambda: translate("PlainForm", "队伍和姓名至少写一个")))
        self.add(TextField("phone", self._name("phone"), limit=30))


_ORDER = {
    "team": ("team_kind", "phone", "grid"),
    "segment": ("grid", "route", "check_points"),
    "duty": ("grid", "slot", "name", "phone"),
}
_RIGHTS = {"team": "patrol.team.edit", "segment": "patrol.team.edit", "duty": "patrol.roster.edit"}


class PlainDetail(PatrolDetailView):
    """One of them."""

    def __init__(self, page: Page, kind: str) -> None:
        self.kind = kind  # type: ignore[misc]
        self.right = _RIGHTS[kind]  # type: ignore[misc]
        self.order = (*_ORDER[kind], "notes", "void_reason", "created_by", "created_at")  # type: ignore[misc]
        super().__init__(page)

    def start(self, action: str) -> None:
        """Show the codes of a route before they are printed; everything else as ever."""
        if action == CODES:
            offer_points(self, self.context, self.record_id)
        else:
            super().start(action)

    def _actions(self, found: Loaded) -> list[Action]:
        offered = super()._actions(found)
        if self.kind == "segment" and self.context.may(self.right) and not found.voided:
            offered.insert(0, Action(CODES, self.tr("打印签到码…"), "printer"))
        return offered

    def has_main(self, found: Loaded) -> bool:
        """Printing its codes is what usually comes after writing down a route."""
        return self.kind != "segment" or not found.voided

    def more(self) -> Callable[..., Any]:
        """Ask for the names of team and leader, and for a team's card, as well."""
        return _more

    def title(self, fields: dict[str, Any]) -> str:
        """Return its name, or who is on duty."""
        team, leader, _ = self._loaded.more if self._loaded else ("", "", {})
        return str(fields.get("name") or team or leader)

    def tags(self, found: Loaded) -> list[Tag]:
        """Say that it is void."""
        return [Tag(self.tr("已作废"), Tone.DANGER)] if found.voided else []

    def shown_facts(self, found: Loaded) -> list[Fact]:
        """Who belongs to it, and the window of a duty."""
        fields, (team, leader, card) = found.detail.fields, found.more
        facts = super().shown_facts(found)
        if self.kind == "duty":
            window = window_text(from_iso(fields["starts_at"]), from_iso(fields["ends_at"]), self.context.now())
            return [Fact(self.tr("时间"), window), Fact(field_word("duty", "team_id"), team), *facts]
        if self.kind != "team":
            return facts
        counts = joined(self.tr("巡防 {n} 次").format(n=card["rounds"]), *(
            f"{word('round_output', output)} {card[output]}" for output in codes("round_output") if card[output]))
        return [Fact(field_word("team", "leader_id"), leader), Fact(self.tr("今年"), counts), *facts]

    def command(self) -> Callable[..., Any]:
        """There are no steps."""
        return commands.edit_plain

    def edit_command(self) -> Callable[..., Any]:
        """Corrections."""
        kind = self.kind

        def edit(work: Any, record_id: str, changes: dict[str, Any]) -> Any:
            return commands.edit_plain(work, kind, record_id, changes)

        return edit

    def edit_form(self, found: Loaded) -> RecordForm:
        """Correct everything but what is covered."""
        fields = found.detail.fields | found.detail.written
        covered = ("phone", "name") if self.kind == "duty" else ("phone",)
        shown = {k: v for k, v in fields.items() if k not in covered}
        return PlainForm(self.context, self.kind, lambda: self.tr("保存修改"), f"{self.kind}/{self.record_id}/edit",
                         lambda: shown)


def _more(read: Any, found: Any) -> tuple[str, str, dict[str, int]]:
    card = queries.team_card(read, found.id) if found.kind == "team" else {}
    team, person = found.fields.get("team_id"), found.fields.get("leader_id") or found.fields.get("volunteer_id")
    return (
        queries.name_of(read, "team", team) if team else "",
        queries.name_of(read, "volunteer", person) if person else "", card,
    )


class PlainRecords(PatrolRecords):
    """Teams, segments or the roster, newest first."""

    kinds_with_search: ClassVar[tuple[str, ...]] = ("team", "segment")

    def __init__(self, page: Page, kind: str) -> None:
        self.kind = kind  # type: ignore[misc]
        self.memory = f"{kind}s"  # type: ignore[misc]
        super().__init__(page)
        self.search.setVisible(kind in self.kinds_with_search)

    def list_query(self) -> Callable[..., Any]:
        """The list of this kind."""
        kind = self.kind

        def listed(read: Any, wanted: PatrolFilter, after: str | None, limit: int) -> Any:
            return queries.list_plain(read, kind, wanted, after, limit)

        return listed

    def make_detail(self) -> Detail:
        """Return the detail."""
        return PlainDetail(self.page, self.kind)

    def make_form(self) -> FormPane:
        """Return the form of a new one."""
        begins: dict[str, dict[str, Any]] = {"team": {"team_kind": "patrol"}, "duty": {"slot": "grid-worker-a"}}
        form = PlainForm(self.context, self.kind, lambda: self.tr("保存"), f"{self.kind}/new",
                         lambda: begins.get(self.kind, {}))
        return pane(form, self.new_words, lambda form: self.register(
            commands.register_plain, form, form.values(), self.tr("已保存在本机，尚未送达中心。"), self.kind))

    def new_words(self) -> str:
        """Say what the form makes."""
        return {"team": self.tr("新建队伍"), "segment": self.tr("新建路段"), "duty": self.tr("排班")}[self.kind]

    def line(self, found: PlainRow) -> Line:
        """Name, where or when, what kind."""
        now = self.context.now()
        if self.kind == "duty":
            start, _, end = found.text.partition("/")
            return Line(found.title, window_text(from_iso(start), from_iso(end), now), Tag(word("duty_slot", found.code)))
        tag = Tag(word("team_kind", found.code)) if found.code else None
        return Line(found.title, joined(found.text), tag, short_moment(found.created_at, now))

    def chip_words(self) -> list[tuple[str, str]]:
        """All, and void ones."""
        return [("all", self.tr("全部")), ("void", self.tr("已作废"))]

    def empty(self) -> Empty:
        """Say what belongs here."""
        if self.chips.current == "void":
            return Empty(self.tr("没有作废的记录"), icon="filter")
        new = self.new_words()
        words = {
            "team": Empty(self.tr("还没有队伍"), self.tr("厝边阿姨、治安巡防、法律援助等队伍登记在这里。"), new, "users"),
            "segment": Empty(self.tr("还没有路段"), self.tr("写明路线和签到点，任务就能选用。"), new, "map-pin"),
            "duty": Empty(self.tr("还没有排班"), self.tr("写明每个网格谁在什么时间值班。"), new, "calendar"),
        }
        return words[self.kind]

    def may_create(self) -> bool:
        """Whether the person may make one."""
        return self.context.may(_RIGHTS[self.kind])

    def retranslate(self) -> None:
        """Say everything again."""
        super().retranslate()
        self.search.show_hint(self.tr("搜名称或拼音首字母（/）"))


def make_of(kind: str) -> Callable[[Page], PlainRecords]:
    """Return what makes the list of a kind."""
    return lambda page: PlainRecords(page, kind)
