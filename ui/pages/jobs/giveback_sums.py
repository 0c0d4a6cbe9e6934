"""The sums of the give-back ledger: by enterprise, sort and unit in a period; Enter opens exactly the lines behind one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from ui.context import Context
from ui.labels import word
from ui.models.paging import Column, PagingModel
from ui.pages.values import yuan
from ui.theme.tokens import M, S
from ui.widgets.base import Label, row
from ui.widgets.chips import FilterChips
from ui.widgets.dialogs import Sheet
from ui.widgets.fields import DayField
from ui.widgets.table import DataTable
from zzdesk.errors import KnownError
from zzdesk.jobs import queries
from zzdesk.jobs.queries import GivebackSum
from zzdesk.jobs.workflow import giveback

translate = QCoreApplication.translate
WIDTH, HEIGHT = 880, 300
MONTHS: Final = {"month": 1, "quarter": 3, "year": 12}
"""How many months the periods have that are chosen by a chip; each begins with the calendar's own."""


def period(chip: str, today: date) -> tuple[date, date]:
    """Return the first and the last day of this month, quarter or year."""
    span = MONTHS[chip]
    first = date(today.year, (today.month - 1) // span * span + 1, 1)
    following = first.month - 1 + span
    return first, date(first.year + following // 12, following % 12 + 1, 1) - timedelta(days=1)


class _Shown:
    """A row of the table: a sum in words."""

    def __init__(self, found: GivebackSum) -> None:
        self.id, self.found = f"{found.employer_id}/{found.giveback_kind}/{found.unit}", found
        self.employer = found.employer or translate("GivebackSums", "全部单位")
        self.sort = word("giveback_kind", found.giveback_kind)
        self.much = _much(found, found.amount, found.quantity)
        self.lines, self.later = str(found.lines), ""
        if found.later_lines:
            much = _much(found, found.later, found.later_quantity)
            self.later = translate("GivebackSums", "{much}（{n}行）").format(much=much, n=found.later_lines)


def _much(found: GivebackSum, amount: Decimal, quantity: Decimal) -> str:
    return yuan(str(amount)) if found.giveback_kind == giveback.MONEY else f"{quantity.normalize():f} {found.unit}"


class SumsSheet(Sheet):
    """The period at the top, the sums under it, those of all enterprises last; ``show(sum, since, until)`` opens lines."""

    def __init__(self, parent: QWidget, context: Context, today: date, show: Callable[[GivebackSum, date, date], Any]) -> None:
        super().__init__(parent, translate("GivebackSums", "反哺合计"),
                         translate("GivebackSums", "冲销的已经减去；这段日子过完以后才更正的，另写在“其后更正”。"
                                                   "选一行按回车，看它是哪几笔。"),
                         translate("GivebackSums", "看这几笔"))
        self._context, self._today, self._show = context, today, show
        self.chips = FilterChips()
        self.since = DayField("since", lambda: translate("GivebackSums", "从"))
        self.until = DayField("until", lambda: translate("GivebackSums", "到"))
        self.model = PagingModel(_columns(), lambda *_: None, parent=self)
        self.table = DataTable(self.model)
        self.table.setMinimumHeight(HEIGHT)
        self.table.setAccessibleName(translate("GivebackSums", "按单位和种类合计；按回车打开那几笔"))
        self.total = Label(kind="strong", wrap=True)
        self.setMinimumWidth(WIDTH)
        self.body.addWidget(self.chips)
        self.body.addLayout(row(self.since, self.until, None, gap=M))
        self.body.addWidget(self.table)
        self.body.addWidget(self.total)
        self.body.setSpacing(S + M)
        self.body.setStretchFactor(self.table, 1)
        self.chips.set_chips([("month", translate("GivebackSums", "本月")), ("quarter", translate("GivebackSums", "本季度")),
                              ("year", translate("GivebackSums", "今年"))])
        self.chips.chosen.connect(self._choose)
        for field in (self.since, self.until):
            field.edited.connect(self.ask)
        self.table.opened.connect(lambda _: self.accept())
        self.go.setEnabled(False)
        self.chips.choose("year")

    def ask(self) -> None:
        """Ask for the sums of the period, where it is one."""
        found = self.span()
        if found is None:
            return
        self._context.runner.read(queries.giveback_sums, *found, owner=self, on_done=self.show_sums, on_error=self._failed)

    def span(self) -> tuple[date, date] | None:
        """Return first and last day; None while they are no period."""
        texts = self.since.value(), self.until.value()
        if not all(texts):
            return None
        since, until = (date.fromisoformat(str(each)) for each in texts)
        return (since, until) if since <= until else None

    def show_sums(self, sums: tuple[GivebackSum, ...]) -> None:
        """Show them."""
        self.model.set_rows([_Shown(each) for each in (*sums, *queries.totals(sums))])
        self.go.setEnabled(bool(sums))
        self.total.setText("" if sums else translate("GivebackSums", "这段日子没有反哺"))
        self.total.setVisible(not sums)
        if sums:
            self.table.setCurrentIndex(self.model.index(0, 0))
            self.table.setFocus()

    def accept(self) -> None:
        """Open the lines behind the sum that is selected."""
        at, found = self.table.currentIndex(), self.span()
        if at.isValid() and found is not None:
            super().accept()
            self._show(self.model.row(at).found, *found)

    def _choose(self, chip: str) -> None:
        since, until = period(chip, self._today)
        for field, day in ((self.since, since), (self.until, until)):
            field.blockSignals(True)
            field.set_value(day.isoformat())
            field.blockSignals(False)
        self.ask()

    def _failed(self, error: KnownError) -> None:
        self.total.setText(error.text())
        self.total.show()


def _columns() -> list[Column]:
    return [
        Column("employer", lambda: translate("GivebackSums", "单位"), lambda each: each.employer, 240, stretch=True),
        Column("sort", lambda: translate("GivebackSums", "种类"), lambda each: each.sort, 160),
        Column("much", lambda: translate("GivebackSums", "合计"), lambda each: each.much, 150, number=True, strong=True),
        Column("lines", lambda: translate("GivebackSums", "行数"), lambda each: each.lines, 80, number=True),
        Column("later", lambda: translate("GivebackSums", "其后更正"), lambda each: each.later, 170, number=True),
    ]
