"""志愿者: who takes part, with no more about them than the service needs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from PySide6.QtCore import QCoreApplication

from ui.context import Context
from ui.labels import codes, field_word, state_tag, word
from ui.models.paging import Line
from ui.pages.base import Page
from ui.pages.patrol.ledger import Ledger
from ui.pages.patrol.records import ListField, Loaded, PatrolDetailView, PatrolRecords, RecordPicker, pane
from ui.pages.records import Detail, Empty, FormPane
from ui.pages.values import joined
from ui.widgets.base import Words
from ui.widgets.dates import short_moment
from ui.widgets.facts import Fact
from ui.widgets.fields import ChoiceField, DayField, LongTextField, TextField, WidgetField
from ui.widgets.record_form import RecordForm
from zzdesk.patrol import commands, queries
from zzdesk.patrol import workflow as flow
from zzdesk.patrol.queries import VolunteerRow

translate = QCoreApplication.translate
COVERED: Final = ("name", "identity_number", "phone")


def _name(field: str) -> Words:
    return lambda: field_word("volunteer", field)


class VolunteerForm(RecordForm):
    """Name and phone; the document only where a certificate is wanted."""

    def __init__(self, context: Context, finish: Words, key: str, start: Callable[[], dict[str, Any]]) -> None:
        super().__init__(finish, leave=lambda: translate("VolunteerForm", "稍后再填"), key=key, drafts=context.drafts,
                         start=start)
        team = RecordPicker(context, "team", lambda: translate("VolunteerForm", "队名或拼音"))
        self.add(TextField("name", _name("name"), required=True, limit=40), TextField("phone", _name("phone"), limit=30))
        self.add(WidgetField("team_id", _name("team_id"), team), TextField("grid", _name("grid"), limit=40))
        self.add(ListField("skills", _name("skills"), help=lambda: translate("VolunteerForm", "用顿号隔开，例如：急救、调解")),
                 ListField("trainings", _name("trainings"),
                           help=lambda: translate("VolunteerForm", "例如：急救@2026-05-01")))
        self.add(DayField("insured_until", _name("insured_until"),
                          help=lambda: translate("VolunteerForm", "有危险的任务，参加前要有意外伤害保险")))
        self.add_group(lambda: translate("VolunteerForm", "要开服务记录证明时再填"))
        self.add(ChoiceField("document_kind", _name("document_kind"), codes("document"), lambda c: word("document", c),
                             empty=False),
                 TextField("identity_number", _name("identity_number"), limit=40))
        self.add(TextField("consent_version", _name("consent_version"), limit=40),
                 ListField("awards", _name("awards")))
        self.add(LongTextField("notes", _name("notes"), lines=2))


class VolunteerDetail(PatrolDetailView):
    """One volunteer."""

    kind = "volunteer"
    table = flow.VOLUNTEER
    right = "patrol.volunteer.edit"
    order = (
        "name", "phone", "document_kind", "identity_number", "grid", "skills", "trainings", "awards", "insured_until",
        "legal_basis", "consent_version", "consent_at", "state_reason", "notes", "void_reason", "created_by", "created_at",
    )

    def more(self) -> Callable[..., Any]:
        """Ask for the team, the hours and the points as well."""
        return _team_and_standing

    def __init__(self, page: Page) -> None:
        self.ledger = Ledger(page, self)
        super().__init__(page, self.ledger)

    def fill(self, found: Loaded) -> None:
        """Show the volunteer and the account."""
        super().fill(found)
        self.ledger.show_for(self.record_id)

    def title(self, fields: dict[str, Any]) -> str:
        """Return the name, masked."""
        return str(fields["name"])

    def shown_facts(self, found: Loaded) -> list[Fact]:
        """Team and verified hours first."""
        team, minutes, points = found.more
        hours = self.tr("{hours} 小时（已核验）").format(hours=f"{minutes / 60:.1f}")
        return [Fact(field_word("volunteer", "team_id"), team), Fact(self.tr("服务时长"), hours),
                Fact(self.tr("可用积分"), str(points)), *super().shown_facts(found)]

    def has_main(self, found: Loaded) -> bool:
        """Of somebody who takes part nothing is expected."""
        return found.state == flow.PAUSED

    def command(self) -> Callable[..., Any]:
        """Steps of volunteers."""
        return commands.act_volunteer

    def edit_command(self) -> Callable[..., Any]:
        """Corrections of volunteers."""
        return commands.edit_volunteer

    def edit_form(self, found: Loaded) -> RecordForm:
        """Correct everything but what is covered."""
        fields = found.detail.fields | found.detail.written
        shown = {k: v for k, v in fields.items() if k not in COVERED}
        form = VolunteerForm(self.context, lambda: self.tr("保存修改"), f"volunteer/{self.record_id}/edit", lambda: shown)
        form.fields["name"].required = False
        return form


def _team_and_standing(read: Any, found: Any) -> tuple[str, int, int]:
    team = found.fields.get("team_id")
    name = queries.name_of(read, "team", team) if team else ""
    return name, queries.minutes_of(read, found.id), queries.points_of(read, found.id)


class VolunteerRecords(PatrolRecords):
    """Volunteers, newest first."""

    kind, memory = "volunteer", "volunteers"
    chips_of = {"active": (flow.ACTIVE,), "paused": (flow.PAUSED,)}

    def list_query(self) -> Callable[..., Any]:
        """The list of volunteers."""
        return queries.list_volunteers

    def make_detail(self) -> Detail:
        """Return the detail."""
        return VolunteerDetail(self.page)

    def make_form(self) -> FormPane:
        """Return the form of a new volunteer."""
        form = VolunteerForm(self.context, lambda: self.tr("登记志愿者"), "volunteer/new",
                             lambda: {"document_kind": "identity-card"})
        return pane(form, lambda: self.tr("登记志愿者"), lambda form: self.register(
            commands.register_volunteer, form, form.values(),
            self.tr("已登记，编号在最上面。已保存在本机，尚未送达中心。")))

    def line(self, found: VolunteerRow) -> Line:
        """Name, team, skills, phone."""
        skills = self.tr("、").join(found.skills)
        return Line(found.name, joined(found.team, skills, found.phone), state_tag("volunteer", found.state),
                    short_moment(found.created_at, self.context.now()))

    def chip_words(self) -> list[tuple[str, str]]:
        """Those who take part first."""
        return [("active", self.tr("在册")), ("paused", self.tr("暂停")), ("all", self.tr("全部")),
                ("void", self.tr("已作废"))]

    def empty(self) -> Empty:
        """Say what belongs here."""
        if self.chips.current == "active":
            return Empty(self.tr("还没有志愿者"), self.tr("登记后就可以报名任务。只记服务需要的内容，平时姓名和电话都遮住。"),
                         self.tr("登记志愿者"), "users")
        return Empty(self.tr("这个筛选下没有人"), icon="filter")

    def may_create(self) -> bool:
        """Whether the person may record volunteers."""
        return self.context.may("patrol.volunteer.edit")

    def retranslate(self) -> None:
        """Say everything again."""
        super().retranslate()
        self.search.show_hint(self.tr("搜姓名、拼音首字母、编号或电话（/）"))


def make(page: Page) -> VolunteerRecords:
    """Return the list."""
    return VolunteerRecords(page)
