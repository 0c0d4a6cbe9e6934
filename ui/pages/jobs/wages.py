"""工资台账: what was earned, what is owed and until when, how it was paid; corrections stand beside what was wrong."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, Final

from PySide6.QtCore import QCoreApplication

from ui.labels import codes, field_word, state_tag, word
from ui.models.paging import Line
from ui.pages.base import Page
from ui.pages.jobs.attending import wage_fields
from ui.pages.jobs.printing import PrintButton
from ui.pages.jobs.records import JobDetailView, JobRecords, Loaded
from ui.pages.records import Detail, Empty
from ui.pages.values import joined, yuan
from ui.widgets.base import Words, row
from ui.widgets.dates import short_day
from ui.widgets.facts import Fact
from ui.widgets.fields import ChoiceField, DayField, Field, TextField
from ui.widgets.tag import Tag, Tone
from zzdesk.clock import local_day
from zzdesk.jobs import commands, queries
from zzdesk.jobs import workflow as flow
from zzdesk.jobs.queries import WageRow

translate = QCoreApplication.translate
SOON: Final = 2
"""Days before the last day from which a wage stands out."""


def _name(field: str) -> Words:
    return lambda: field_word("wage_line", field)


class WageDetail(JobDetailView):
    """One line: who, for whom, when, how much, until when, and how it was paid."""

    kind = "wage_line"
    table = flow.WAGE
    right = "job.wage"
    accounts_in = ("created_by", "paid_by")
    order = (
        "employer_name", "employer_code", "worker_name", "identity_number", "phone", "posting_number", "work_date", "starts_at",
        "ends_at", "minutes", "pay_unit", "rate", "quantity", "base", "overtime", "allowance", "extra_note", "gross",
        "withheld", "paid_over", "deducted", "deduction_note", "net", "paid_before", "to_pay", "agreed_on", "due_on",
        "paid_on", "paid_way", "proof_kind", "proof", "paid_by", "why", "created_by", "created_at",
    )

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.print_button = PrintButton(self, lambda: translate("WageDetail", "工资清单"), "wageslip", commands.print_slip)
        self.above.addLayout(row(self.print_button, None))

    def fill(self, found: Loaded) -> None:
        """Show the line; what takes another one back has no slip."""
        super().fill(found)
        self.print_button.retranslate()
        self.print_button.setVisible(not found.detail.fields.get("reverses") and self.context.may("person.reveal"))

    def number(self, fields: dict[str, Any]) -> str:
        """Return the posting's number, and the how-manieth line it is where there are more."""
        entry = int(fields.get("entry") or 0)
        return joined(str(fields.get("posting_number") or ""), self.tr("第 {n} 行").format(n=entry + 1) if entry else "")

    def title(self, fields: dict[str, Any]) -> str:
        """Return who gets it, masked, and how much."""
        return joined(str(fields["worker_name"]), yuan(fields["net"]))

    def tags(self, found: Loaded) -> list[Tag]:
        """Say how many days are left, and what a line takes back."""
        fields = found.detail.fields
        tags = [Tag(self.tr("冲销"), Tone.NEUTRAL)] if fields.get("reverses") else []
        if found.state == flow.OWED and fields.get("due_on"):
            left = (_day(fields["due_on"]) - local_day(self.context.now())).days
            tags.append(left_tag(left))
        if fields.get("due_provisional"):
            tags.append(Tag(field_word("wage_line", "due_provisional"), Tone.WARNING))
        return tags

    def shown_facts(self, found: Loaded) -> list[Fact]:
        """Leave out amounts of nought that nobody asked for, and what only a correction has."""
        fields = found.detail.fields
        quiet = ("overtime", "allowance", "withheld", "paid_over", "deducted", "paid_before")
        return [self._fact(found, name) for name in self.order
                if not (name in quiet and str(fields.get(name) or "0.00") == "0.00")]

    def may_edit(self, found: Loaded) -> bool:
        """A line is written once."""
        return False

    def _actions(self, found: Loaded) -> list[Any]:
        """Nothing is declared void; what takes another line back is not corrected itself."""
        kept = [each for each in super()._actions(found) if each.key not in ("void", "unvoid")]
        return [each for each in kept if each.key != "correct"] if found.detail.fields.get("reverses") else kept

    def has_main(self, found: Loaded) -> bool:
        """Paying is the main thing while it is owed."""
        return found.state == flow.OWED

    def more_fields(self, action: str, found: Loaded) -> Sequence[Field]:
        """Paying says when, how and by which proof; a correction says what is right."""
        if action == "correct":
            return self._correction(found)
        day = DayField("paid_on", _name("paid_on"), required=True)
        day.set_value(local_day(self.context.now()).isoformat())
        way = ChoiceField("paid_way", _name("paid_way"), codes("settlement"), lambda c: word("settlement", c), required=True)
        kind = ChoiceField("proof_kind", _name("proof_kind"), codes("proof_kind"), lambda c: word("proof_kind", c),
                           required=True)
        return [day, way, kind, TextField("proof", _name("proof"), limit=120, required=True,
                                          help=lambda: self.tr("转账写凭证号；现金写签字的工资清单放在哪里"))]

    def _correction(self, found: Loaded) -> list[Field]:
        fields = found.detail.fields | found.detail.written
        unit = str(fields.get("pay_unit"))
        made = [field for each in wage_fields(unit not in ("hour", "day")) for field in each]
        for field in made:
            value = fields.get(field.key)
            field.set_value(None if value == "0.00" else value)
        return made

    def command(self) -> Callable[..., Any]:
        """Steps of a line."""
        return commands.act_line


def _day(wire: str) -> date:
    return date.fromisoformat(wire)


def left_tag(left: int) -> Tag:
    """Return how many days are left, in words and colour."""
    if left < 0:
        return Tag(translate("WageRecords", "已拖欠 {days} 天").format(days=-left), Tone.DANGER)
    if left == 0:
        return Tag(translate("WageRecords", "今天要付"), Tone.DANGER)
    return Tag(translate("WageRecords", "还剩 {days} 天").format(days=left), Tone.WARNING if left <= SOON else Tone.INFO)


class WageRecords(JobRecords):
    """The ledger; what is owed stands first, in the order of the last day."""

    kind, memory = "wage_line", "wages"
    chips_of = {"owed": (flow.OWED,), "paid": (flow.PAID,), "cleared": (flow.REVERSED, flow.CLEARED)}

    def list_query(self) -> Callable[..., Any]:
        """What is owed in the order of its last day; everything else newest first."""

        def owed(read: Any, wanted: Any, after: str | None, limit: int) -> Any:
            return queries.unpaid_wages(read, after, limit)

        ticked = bool(self.states.codes)
        return owed if self.chips.current == "owed" and not ticked else queries.list_wages

    def make_detail(self) -> Detail:
        """Return the detail."""
        return WageDetail(self.page)

    def line(self, found: WageRow) -> Line:
        """Who, how much, for whom, and how many days are left."""
        today = local_day(self.context.now())
        detail = joined(found.employer, short_day(found.work_date, today), found.title)
        amount = yuan(str(found.to_pay if found.state == flow.OWED else found.net))
        mark = left_tag(found.days_left) if found.days_left is not None else None
        return Line(joined(found.worker, amount), detail, state_tag("wage_line", found.state), mark=mark,
                    when="" if mark else short_day(found.paid_on, today))

    def chip_words(self) -> list[tuple[str, str]]:
        """What is owed first."""
        return [("owed", self.tr("待发放")), ("paid", self.tr("已发放")), ("cleared", self.tr("冲销和抵清")),
                ("all", self.tr("全部"))]

    def empty(self) -> Empty:
        """Say what belongs here."""
        if self.chips.current == "owed":
            return Empty(self.tr("没有待发放的工资"), self.tr("到过岗、签过退的，结算时记进来；按最晚支付日排列。"), icon="check")
        return Empty(self.tr("台账里还没有这一类"), icon="filter")

    def may_create(self) -> bool:
        """Lines follow from attendance."""
        return False

    def retranslate(self) -> None:
        """Say everything again."""
        super().retranslate()
        self.search.show_hint(self.tr("搜姓名、单位、拼音首字母、用工编号（/）"))


def make(page: Page) -> WageRecords:
    """Return the list."""
    return WageRecords(page)
