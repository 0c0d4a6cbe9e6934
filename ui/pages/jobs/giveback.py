"""反哺台账: what enterprises give back to the community; lines stay, what was wrong is taken back by a line that says why."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from ui.context import Context
from ui.labels import codes, field_word, word
from ui.models.paging import Line
from ui.pages.asked import Asked
from ui.pages.attachments import Attachments
from ui.pages.base import Page
from ui.pages.jobs.colleagues import LookedUp, colleagues
from ui.pages.jobs.giveback_sums import SumsSheet
from ui.pages.jobs.postings import EmployerPicker
from ui.pages.jobs.records import JobDetailView, JobRecords, Loaded, pane
from ui.pages.output import offer_export
from ui.pages.records import Detail, Empty, FormPane
from ui.pages.values import joined, yuan
from ui.theme.tokens import S
from ui.widgets.banner import Banner
from ui.widgets.base import Button, Words, row
from ui.widgets.dates import CHINA, short_day
from ui.widgets.facts import Fact
from ui.widgets.fields import (
    CheckField,
    ChoiceField,
    DayField,
    Field,
    LongTextField,
    MoneyField,
    TextField,
    WidgetField,
)
from ui.widgets.record_form import RecordForm
from ui.widgets.record_head import Action
from ui.widgets.tag import Tag, Tone
from zzdesk.clock import local_day
from zzdesk.jobs import commands, queries
from zzdesk.jobs.queries import ContactFilter, GivebackRow, GivebackSum, JobDetail
from zzdesk.jobs.workflow import giveback

translate = QCoreApplication.translate
CORRECT, ONLY_BACK = "correct", "only_back"
RECEIPT = "receipt"


def _name(field: str) -> Words:
    return lambda: field_word("giveback_entry", field)


def how_much(amount: str | Decimal | None, quantity: str | Decimal | None, unit: str | None) -> str:
    """Return an amount in yuan, or a quantity with its unit."""
    if amount is not None:
        return yuan(str(amount))
    return f"{Decimal(str(quantity or 0)).normalize():f} {unit or ''}".strip()


def amount_fields(money: bool) -> list[Field]:
    """Return the fields that say how much, as the sort asks for."""
    if money:
        return [MoneyField("amount", lambda: translate("GivebackForm", "金额（元）"), required=True)]
    return [MoneyField("quantity", _name("quantity"), required=True), TextField("unit", _name("unit"), limit=20, required=True)]


class GivebackForm(RecordForm):
    """Who gave what, how much, when and what for; who took it, and the receipt."""

    def __init__(self, context: Context, finish: Words) -> None:
        self._context = context
        super().__init__(finish, leave=lambda: translate("GivebackForm", "稍后再填"), key="giveback_entry/new",
                         drafts=context.drafts, start=self._begin)
        employer = EmployerPicker(context, lambda: translate("GivebackForm", "单位名称、拼音或信用代码"))
        self.add(WidgetField("employer_id", _name("employer_id"), employer, required=True,
                             help=lambda: translate("GivebackForm", "没有的单位先到“用工单位”登记")))
        self.add(ChoiceField("giveback_kind", _name("giveback_kind"), codes("giveback_kind"),
                             lambda c: word("giveback_kind", c), empty=False, required=True),
                 DayField("given_on", _name("given_on"), required=True))
        self.add(TextField("what", _name("what"), required=True, limit=80,
                           placeholder=lambda: translate("GivebackForm", "例如：大米、助学款、会议室")))
        self.add(*amount_fields(money=True))
        self.add(*amount_fields(money=False))
        self.add(LongTextField("purpose", _name("purpose"), required=True, lines=2))
        self.add(TextField("project", _name("project"), limit=80))
        self.add(TextField("receipt_number", _name("receipt_number"), limit=40),
                 LookedUp(context, "taken_by", _name("taken_by"), colleagues, required=True))

    def _begin(self) -> dict[str, Any]:
        return {"giveback_kind": "goods", "given_on": local_day(self._context.now()).isoformat(),
                "taken_by": self._context.facts.account}

    def arrange(self) -> None:
        """Money has an amount; everything else a quantity with its unit."""
        money = self.fields["giveback_kind"].value() == giveback.MONEY
        self.fields["amount"].setVisible(money)
        self.fields["quantity"].setVisible(not money)
        self.fields["unit"].setVisible(not money)


def _more(read: Any, found: JobDetail) -> bool:
    return queries.is_reversed(read, found.id)


class GivebackDetail(JobDetailView):
    """One line."""

    kind = "giveback_entry"
    right = giveback.RIGHT
    accounts_in = ("created_by", "taken_by")
    order = (
        "employer_name", "giveback_kind", "what", "given_on", "purpose", "project", "receipt_number", "taken_by", "why",
        "created_by", "created_at",
    )

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.linked = Button("", "link", "arrow-right", self._open_other)
        self.linked.hide()
        self.below.insertLayout(0, row(self.linked, None))

    def make_files(self) -> Attachments:
        """What is added is the proof."""
        return _Proofs(self.page, self.kind)

    def more(self) -> Callable[..., Any]:
        """Ask whether it has been taken back."""
        return _more

    def fill(self, found: Loaded) -> None:
        """Show the line and the way to the one that it is about."""
        super().fill(found)
        self.linked.setVisible(bool(self._other()))
        back = found.detail.fields.get("reverses")
        self.linked.setText(self.tr("看被冲销的那一行") if back else self.tr("看更正前的那一行"))

    def number(self, fields: dict[str, Any]) -> str:
        """Return sort and day."""
        return joined(word("giveback_kind", str(fields["giveback_kind"])), str(fields["given_on"]))

    def title(self, fields: dict[str, Any]) -> str:
        """Return what was given, and how much."""
        return joined(str(fields["what"]), how_much(fields.get("amount"), fields.get("quantity"), fields.get("unit")))

    def tags(self, found: Loaded) -> list[Tag]:
        """Say what a line takes back, or puts right, and that it was taken back itself."""
        fields = found.detail.fields
        tags = [Tag(self.tr("已冲销"), Tone.NEUTRAL)] if found.more else []
        if fields.get("reverses"):
            tags.append(Tag(self.tr("冲销"), Tone.WARNING))
        return [*tags, Tag(self.tr("更正后"), Tone.INFO)] if fields.get("corrects") else tags

    def shown_facts(self, found: Loaded) -> list[Fact]:
        """How much first; what is empty is left out."""
        fields = found.detail.fields
        much = how_much(fields.get("amount"), fields.get("quantity"), fields.get("unit"))
        first = Fact(field_word("giveback_entry", "amount" if fields.get("amount") is not None else "quantity"), much)
        return [first, *(self._fact(found, name) for name in self.order if fields.get(name))]

    def may_edit(self, found: Loaded) -> bool:
        """A line is written once."""
        return False

    def has_main(self, found: Loaded) -> bool:
        """Nothing is expected of a line."""
        return False

    def _actions(self, found: Loaded) -> list[Action]:
        """It is corrected, once; nothing is declared void."""
        open_one = not found.more and not found.detail.fields.get("reverses")
        return [Action(CORRECT, self.tr("更正…"), "pencil")] if open_one and self.context.may(giveback.RIGHT) else []

    def step_fields(self, action: str) -> Sequence[Field]:
        """What is right, begun with what stands there, and why."""
        assert self._loaded is not None
        fields = self._loaded.detail.fields | self._loaded.detail.written
        money = fields.get("giveback_kind") == giveback.MONEY
        made: list[Field] = [
            CheckField(ONLY_BACK, lambda: self.tr("只冲销，不另记一行")), *amount_fields(money),
            TextField("what", _name("what"), limit=80, required=True), DayField("given_on", _name("given_on"), required=True),
            LongTextField("purpose", _name("purpose"), lines=2, required=True), TextField("project", _name("project"), limit=80),
            TextField("receipt_number", _name("receipt_number"), limit=40),
        ]
        for field in made[1:]:
            field.set_value(fields.get(field.key))
        return [*made, LongTextField("reason", _name("why"), lines=2, required=True,
                                     help=lambda: self.tr("原来那行留着，另记一行相反的数；换了种类的，先只冲销，再另外登记"))]

    def perform(self, action: str, values: dict[str, Any]) -> None:
        """Take the line back, and write what is right where that was asked for."""
        fields = {key: value for key, value in values.items() if key not in (ONLY_BACK, "reason")}
        self.do(commands.act_giveback, self.record_id, CORRECT, {} if values.get(ONLY_BACK) else fields, values["reason"],
                said=self.tr("已更正，原来那行留着，保存在本机"), then=self.finished)

    def _other(self) -> str | None:
        fields = self._loaded.detail.fields if self._loaded is not None else {}
        return fields.get("reverses") or fields.get("corrects")

    def _open_other(self) -> None:
        self.context.navigate("jobs", str(self._other()))


class _Proofs(Attachments):
    """The proof of a line: what is added here is a receipt, unless something else is said."""

    def what(self, found: Any) -> str:
        """Say which file is the receipt."""
        return word("purpose", found.purpose)

    def take_file(self, path: Any, purpose: str | None = None) -> None:
        """Take a file in as a receipt."""
        super().take_file(path, purpose or RECEIPT)


class GivebackRecords(JobRecords):
    """The ledger, the latest day first; a sum opens its lines here."""

    kind, memory = "giveback_entry", "giveback"
    filter_of = ContactFilter
    sorts_of = {"money": ("money",), "goods": ("goods",), "rest": ("venue", "service", "jobs", "other")}

    def __init__(self, page: Page) -> None:
        self.narrowed: tuple[GivebackSum, date, date] | None = None
        self.told = Banner()
        self.clear_button = Button("", "link", "x", self.widen)
        self.sums_button = Button("", "", "list", self._sums)
        super().__init__(page)

    def more_bars(self) -> Sequence[QWidget]:
        """Which sum's lines are shown."""
        holder = QWidget()
        layout = row(self.told, self.clear_button, gap=S)
        layout.setStretch(0, 1)
        holder.setLayout(layout)
        self._bar = holder
        holder.hide()
        return (holder,)

    def filters(self) -> Sequence[QWidget]:
        """The way to the sums, to a table and to paper."""
        return (self.sums_button, self.table_button, self.print_button)

    def list_query(self) -> Callable[..., Any]:
        """The ledger."""
        return queries.list_giveback

    def wanted(self) -> ContactFilter:
        """Return what chips and sum ask for."""
        sorts = self.sorts_of.get(self.chips.current, ())
        if self.narrowed is None:
            return ContactFilter(sorts=sorts)
        found, since, until = self.narrowed
        return ContactFilter(employer_id=found.employer_id or None, since=since, until=until, sorts=(found.giveback_kind,),
                             unit=found.unit)

    def selection(self, wanted: Asked) -> Any:
        """Return a filter as it is counted and exported."""
        from zzdesk.desk.listed import ListFilter

        sorts = self.sorts_of.get(wanted.chip, ())
        return ListFilter(self.kind, (), False, wanted.text, "giveback_kind" if sorts else "", sorts)

    def narrow(self, found: GivebackSum, since: date, until: date) -> None:
        """Show the lines behind a sum."""
        self.narrowed = (found, since, until)
        self.search.clear()
        self._say_narrowed()
        self.ask_anew()
        self.focus_list()

    def widen(self) -> None:
        """Show the whole ledger again."""
        self.narrowed = None
        self._say_narrowed()
        self.ask_anew()

    def describe(self, wanted: Asked) -> str:
        """Say a filter in a line; the sum whose lines are shown is one."""
        return self._narrowed_words() or super().describe(wanted)

    def export(self, ids: Sequence[str] = ()) -> None:
        """Offer the lines of a sum as they are listed; anything else as ever."""
        if ids or self.narrowed is None:
            super().export(ids)
            return
        words = self._narrowed_words()

        def offer(page: Any) -> None:
            offer_export(self.bulk, self.context, self.exporting(), self.selection(self.current_filter()), words,
                         [each.id for each in page.rows])

        self.fetch(None, self.narrowed[0].lines + 1, offer, lambda error: self.context.toast(error.text(), bad=True))

    def make_detail(self) -> Detail:
        """Return the detail."""
        return GivebackDetail(self.page)

    def make_form(self) -> FormPane:
        """Return the form of a new line."""
        form = GivebackForm(self.context, lambda: self.tr("记入台账"))
        return pane(form, lambda: self.tr("登记企业反哺"), lambda form: self.register(
            commands.enter_giveback, form, form.values(), self.tr("已记入反哺台账，保存在本机。凭证可以在下面添加附件。")))

    def line(self, found: GivebackRow) -> Line:
        """What, how much, by whom, when, and whether it stands."""
        today = local_day(self.context.now())
        mark = None
        if found.reverses:
            mark = Tag(self.tr("冲销"), Tone.WARNING)
        elif found.reversed:
            mark = Tag(self.tr("已冲销"), Tone.NEUTRAL)
        receipt = self.tr("收据 {number}").format(number=found.receipt_number) if found.receipt_number else ""
        return Line(joined(found.what, how_much(found.amount, found.quantity, found.unit)), joined(found.employer, receipt),
                    Tag(word("giveback_kind", found.giveback_kind)), short_day(found.given_on, today), mark=mark)

    def chip_words(self) -> list[tuple[str, str]]:
        """Everything first."""
        return [("all", self.tr("全部")), ("money", self.tr("资金")), ("goods", self.tr("物资")), ("rest", self.tr("其他"))]

    def empty(self) -> Empty:
        """Say what belongs here."""
        if self.chips.current == "all" and self.narrowed is None:
            text = self.tr("企业给社区的物资、资金、场地、志愿服务、岗位，收到一笔记一笔，附上凭证。")
            return Empty(self.tr("台账还是空的"), text, self.tr("登记反哺"), "handshake")
        return Empty(self.tr("这个筛选下没有"), icon="filter")

    def may_create(self) -> bool:
        """Whether the person may enter lines."""
        return self.context.may(giveback.RIGHT)

    def retranslate(self) -> None:
        """Say everything again."""
        super().retranslate()
        self.search.show_hint(self.tr("搜单位、拼音首字母、给了什么、收据号（/）"))
        self.sums_button.setText(self.tr("按单位合计…"))
        self.clear_button.setText(self.tr("看全部"))
        self._say_narrowed()

    def _say_narrowed(self) -> None:
        self._bar.setVisible(self.narrowed is not None)
        if self.narrowed is not None:
            self.told.show_text(self._narrowed_words(), Tone.INFO)

    def _narrowed_words(self) -> str:
        if self.narrowed is None:
            return ""
        found, since, until = self.narrowed
        return joined(found.employer or self.tr("全部单位"), word("giveback_kind", found.giveback_kind), f"{since} – {until}",
                      self.tr("{count} 行").format(count=found.lines))

    def _sums(self) -> None:
        today = self.context.now().astimezone(CHINA).date()
        sheet = SumsSheet(self.window(), self.context, today, self.narrow)
        sheet.exec()
        sheet.deleteLater()


def make(page: Page) -> GivebackRecords:
    """Return the ledger."""
    return GivebackRecords(page)
