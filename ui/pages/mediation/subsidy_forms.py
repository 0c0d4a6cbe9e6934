"""The forms of 以案定补: drawing up a sheet, and the table of amounts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QDialog, QWidget

from ui.context import Context
from ui.labels import field_word, word
from ui.models.paging import Column, PagingModel
from ui.pages.mediation.loading import colleagues
from ui.pages.mediation.sweep import FormSheet
from ui.theme import set_kind
from ui.theme.tokens import XL, L, S
from ui.widgets.base import Button, Label, Words, column, row
from ui.widgets.dates import CHINA
from ui.widgets.fields import ChoiceField, DayField, MoneyField, TextField
from ui.widgets.record_form import RecordForm
from ui.widgets.table import DataTable

translate = QCoreApplication.translate
LEVELS: Final = ("simple", "normal", "hard")
FORMS: Final = ("written", "oral")


def _name(kind: str, field: str) -> Words:
    return lambda: field_word(kind, field)


class SheetForm(RecordForm):
    """For whom, and of which month."""

    def __init__(self, context: Context, people: dict[str, str]) -> None:
        now = context.now().astimezone(CHINA).date()
        month = f"{now.year - (now.month == 1)}-{(now.month - 2) % 12 + 1:02}"
        super().__init__(lambda: translate("SheetForm", "列出可以补贴的案件"), leave=lambda: translate("SheetForm", "返回"),
                         scroll=False, start=lambda: {"month": month})  # fmt: skip
        self.add(ChoiceField("mediator_id", _name("subsidy_sheet", "mediator_id"), list(people), lambda key: people[key],
                             required=True))  # fmt: skip
        self.add(TextField("month", _name("subsidy_sheet", "month"), required=True, limit=7, help=self._hint))

    @staticmethod
    def _hint() -> str:
        return translate("SheetForm", "写成 2026-03；这个月底以前结束、已经归档的案件都列入")


def offer_sheet_form(window: QWidget, context: Context, done: Callable[[], Any]) -> None:
    """Let a sheet be drawn up; ``done`` is called when it was."""

    def show(people: dict[str, str]) -> None:
        from zzdesk.desk.mediation_figures import draw_sheet

        sheet = FormSheet(window, translate("SheetForm", "制一张补贴表"), SheetForm(context, people))
        sheet.run(context, draw_sheet, translate("SheetForm", "已列好，请看每件的难易。已保存在本机。"), done)
        sheet.exec()
        sheet.deleteLater()

    context.runner.read(colleagues, on_done=show, owner=window, on_error=lambda error: context.toast(error.text(), bad=True))


class RuleForm(RecordForm):
    """How hard, in which form, from when, how much."""

    def __init__(self) -> None:
        super().__init__(lambda: translate("RuleForm", "录入标准"), leave=lambda: translate("RuleForm", "返回"), scroll=False)
        level = ChoiceField("level", _name("subsidy_rule", "level"), LEVELS, lambda c: word("subsidy_level", c), required=True)
        form = ChoiceField("form", _name("subsidy_rule", "form"), FORMS, lambda c: word("subsidy_form", c), required=True)
        self.add(level, form)
        self.add(MoneyField("amount", _name("subsidy_rule", "amount"), required=True),
                 DayField("from_day", _name("subsidy_rule", "from_day"), required=True,
                          help=lambda: translate("RuleForm", "按案件结束那天所在的标准算")))  # fmt: skip
        self.add(TextField("basis", _name("subsidy_rule", "basis"), limit=80,
                           help=lambda: translate("RuleForm", "定标准的文件，例如：×司〔2026〕3号")))  # fmt: skip


class RulesSheet(QDialog):
    """The amounts, those that hold last at the top; a rule is never changed, a new one begins on a new day."""

    def __init__(self, parent: QWidget, context: Context) -> None:
        super().__init__(parent)
        set_kind(self, "sheet")
        self._context = context
        self.resize(640, 460)
        title = translate("RulesSheet", "补贴标准")
        self.setWindowTitle(title)
        self.model = PagingModel(_columns(), lambda *_: None, parent=self)
        self.table = DataTable(self.model)
        self.table.setAccessibleName(title)
        self.said = Label(" ", "secondary", wrap=True)
        self.new = Button(translate("RulesSheet", "录入标准…"), "primary", "plus", self._new)
        self.back = Button(translate("RulesSheet", "返回"), "quiet", on_click=self.reject)
        text = translate("RulesSheet", "定下的标准不改；要调整，从新的日期起另录一条，已补的案件不变。")
        buttons = row(None, self.back, self.new, gap=S)
        self.setLayout(column(Label(title, "title"), Label(text, "secondary", wrap=True), self.table, self.said, buttons,
                              gap=L, margins=XL))  # fmt: skip
        self.new.setVisible(context.may("subsidy.rule"))
        for each in (self.new, self.back):
            each.setAutoDefault(False)

    def ask(self) -> None:
        """Ask for the amounts."""
        from zzdesk.desk.mediation_figures import list_rules

        self._context.runner.read(list_rules, on_done=self.show_rules, owner=self,
                                  on_error=lambda error: self.said.setText(error.text()))  # fmt: skip

    def show_rules(self, rules: Any) -> None:
        """Show the amounts."""
        self.model.set_rows(list(rules))
        empty = translate("RulesSheet", "还没有标准。标准由县里或司法所的文件定，程序不带现成的金额。")
        self.said.setText(" " if rules else empty)
        if rules:
            self.table.setCurrentIndex(self.model.index(0, 0))

    def _new(self) -> None:
        from zzdesk.desk.mediation_figures import enter_rule

        sheet = FormSheet(self, translate("RulesSheet", "录入一条补贴标准"), RuleForm())
        sheet.run(self._context, enter_rule, translate("RulesSheet", "已录入。已保存在本机，尚未送达中心。"), self.ask)
        sheet.exec()
        sheet.deleteLater()


def _columns() -> tuple[Column, ...]:
    return (
        Column("from", _name("subsidy_rule", "from_day"), lambda each: each.from_day.isoformat(), 120),
        Column("level", _name("subsidy_rule", "level"), lambda each: word("subsidy_level", each.level), 120),
        Column("form", _name("subsidy_rule", "form"), lambda each: word("subsidy_form", each.form), 140, stretch=True),
        Column("amount", _name("subsidy_rule", "amount"), lambda each: f"{each.amount:,.2f}", 140, number=True, strong=True),
    )


def offer_rules(window: QWidget, context: Context) -> None:
    """Show the amounts."""
    sheet = RulesSheet(window, context)
    sheet.ask()
    sheet.exec()
    sheet.deleteLater()
