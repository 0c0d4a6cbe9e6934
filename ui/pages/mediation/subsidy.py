"""以案定补 (B1.8): sheets by month and mediator, their cases, the next step of each. Nobody approves their own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtWidgets import QDialog, QSplitter, QWidget

from ui.context import Context
from ui.labels import action_word, state_tag, word
from ui.models.paging import Column, Line, PagingModel
from ui.pages.mediation.subsidy_forms import offer_rules, offer_sheet_form
from ui.pages.month_book import asked_file
from ui.pages.values import joined
from ui.theme import set_kind
from ui.theme.tokens import XL, L, M, S
from ui.widgets.base import Button, Label, column, row
from ui.widgets.dates import CHINA, short_day
from ui.widgets.dialogs import ask_reason, confirm
from ui.widgets.states import StateStack
from ui.widgets.table import DataTable, LineList
from ui.widgets.tag import StateTag

translate = QCoreApplication.translate
SIZE: Final = (1120, 680)
LEVELS: Final = ("simple", "normal", "hard")
NEXT: Final = {"draft": "submit", "submitted": "approve"}
"""The step that a state waits for."""


def yuan(amount: Any) -> str:
    """Return an amount with its unit."""
    return translate("Subsidy", "{amount} 元").format(amount=f"{amount:,.2f}")


class Subsidy(QDialog):
    """Left the sheets, newest first; right the cases of one, and what may be done with it."""

    def __init__(self, parent: QWidget, context: Context, open_case: Callable[[str], Any]) -> None:
        super().__init__(parent)
        set_kind(self, "sheet")
        self._context, self._open = context, open_case
        self._names: dict[str, str] = {}
        self.current, self.row, self.items = "", None, ()
        self.resize(*SIZE)
        self.setWindowTitle(translate("Subsidy", "以案定补"))
        self.sheets = PagingModel((), self._fetch, self._line, self)
        self.list = LineList(self.sheets)
        self.stack = StateStack(self.list)
        self.cases = PagingModel(_columns(self), lambda *_: None, parent=self)
        self.table = DataTable(self.cases, context.settings.windows, "subsidy-items")
        self.head, self.facts, self.tag = Label(kind="title"), Label(kind="secondary", wrap=True), StateTag()
        self._make_buttons()
        self._lay_out()
        self.draw.setVisible(context.may("subsidy.draw"))
        self.export.setVisible(context.may("export"))
        self._wire()
        self.show_sheet(None)

    def _make_buttons(self) -> None:
        context = self._context
        self.levels = [Button(word("subsidy_level", each), "chip", "", lambda each=each: self._level(each)) for each in LEVELS]
        self.off = Button(translate("Subsidy", "取下这件"), "", "minus", self._take_off)
        self.draw = Button(translate("Subsidy", "制表…"), "", "plus", lambda: offer_sheet_form(self, context, self.refresh))
        self.rules = Button(translate("Subsidy", "补贴标准…"), "", "list", lambda: offer_rules(self, context))
        self.export = Button(translate("Subsidy", "导出…"), "", "download", self.save)
        self.back_step = Button(action_word("subsidy_sheet", "return"), "", "undo-2", self._return)
        self.back = Button(translate("Subsidy", "返回"), "quiet", on_click=self.reject)
        self.go = Button("", "primary", on_click=self._next)
        for each in (*self.levels, self.off, self.draw, self.rules, self.export, self.back_step, self.back, self.go):
            each.setAutoDefault(False)

    def _lay_out(self) -> None:
        self.level_label = Label(translate("Subsidy", "所选案件的难易："), "secondary")
        tools = row(self.level_label, *self.levels, self.off, None, gap=S)
        right = QWidget()
        head = row(self.head, self.tag, None, gap=M)
        right.setLayout(column(head, self.facts, self.table, tools, gap=S, margins=(M, 0, 0, 0)))
        both = QSplitter(Qt.Orientation.Horizontal)
        both.setChildrenCollapsible(False)
        both.addWidget(self.stack)
        both.addWidget(right)
        both.setSizes([300, 780])
        heading = Label(translate("Subsidy", "以案定补"), "title")
        said = Label(translate("Subsidy", "人民调解不收费；补贴是单位的账。卷宗归档后才补，一案只补一次，制表和审批是两个人。"),
                     "secondary", wrap=True)  # fmt: skip
        buttons = row(self.draw, self.rules, self.export, None, self.back, self.back_step, self.go, gap=S)
        self.setLayout(column(heading, said, both, buttons, gap=M, margins=XL))
        self.layout().setStretch(2, 1)
        self.layout().setSpacing(L)

    def _wire(self) -> None:
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(60)
        self._settle.timeout.connect(self._ask_sheet)
        self.list.picked.connect(self._picked)
        self.list.activated.connect(lambda _: self.table.setFocus())
        self.table.picked.connect(lambda _: self._show_tools())
        self.table.opened.connect(self._go_to_case)
        self.sheets.loaded.connect(self._loaded)
        self.sheets.failed.connect(lambda error: self.stack.show_error(
            translate("Subsidy", "读不出补贴表"), error.text(), translate("Subsidy", "再试一次"), self.refresh))  # fmt: skip
        self.list.setAccessibleName(translate("Subsidy", "补贴表；按回车到右边看里面的案件"))
        self.table.setAccessibleName(translate("Subsidy", "补贴表里的案件；按回车打开案件"))

    # ---- asking and showing ----------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Ask again for the sheets and the one that is shown."""
        self.stack.show_loading()
        self.sheets.refresh()
        self._ask_sheet()

    def _fetch(self, after: Any, limit: int, on_page: Any, on_error: Any) -> None:
        from zzdesk.desk.mediation_figures import sheets

        def arrived(found: Any) -> None:
            page, names = found
            self._names |= names
            on_page(page)

        self._context.runner.read(sheets, (), after, limit, on_done=arrived, on_error=on_error, owner=self)

    def _line(self, found: Any) -> Line:
        name = self._names.get(found.mediator_id, found.mediator_id[:8])
        detail = translate("Subsidy", "{count} 件 · {total}").format(count=found.cases, total=yuan(found.total))
        return Line(f"{name} · {found.month}", detail, state_tag("subsidy_sheet", found.state))

    def _loaded(self, some: bool) -> None:
        if not some:
            text = translate("Subsidy", "归档的成功案件按月制表，另一个人审批。还没有标准的，先录入补贴标准。")
            action = self.draw.text() if self._context.may("subsidy.draw") else ""
            self.stack.show_empty(translate("Subsidy", "还没有补贴表"), text, action, self.draw.click, "list")
            self.show_sheet(None)
            return
        self.stack.show_content()
        if not self.list.currentIndex().isValid():
            self.list.setCurrentIndex(self.sheets.index(max(0, self.sheets.position_of(self.current)), 0))
            self.list.setFocus()

    def _picked(self, found: Any) -> None:
        self.current = found.id
        self._settle.start()

    def _ask_sheet(self) -> None:
        from zzdesk.desk.mediation_figures import one_sheet

        if self.current:
            self._context.runner.read(one_sheet, self.current, on_done=self.show_sheet, on_error=self._failed, owner=self)

    def show_sheet(self, found: Any) -> None:
        """Show one sheet; None shows that none is chosen."""
        self.row, self.items, names = found if found is not None else (None, (), {})
        self._names |= names
        picked = self.table.currentIndex().row()
        self.cases.set_rows(list(self.items))
        if self.items:
            self.table.setCurrentIndex(self.cases.index(min(max(picked, 0), len(self.items) - 1), 0))
        self.head.setText(self._title() if self.row is not None else translate("Subsidy", "选一张补贴表"))
        self.tag.show_tag(state_tag("subsidy_sheet", self.row.state) if self.row is not None else None)
        self.facts.setText(self._facts() if self.row is not None else " ")
        self._show_tools()

    def _title(self) -> str:
        row_: Any = self.row
        return f"{self._names.get(row_.mediator_id, row_.mediator_id[:8])} · {row_.month}"

    def _facts(self) -> str:
        row_: Any = self.row
        drawn = row_.drawn_by and translate("Subsidy", "制表 {name}").format(name=self._names.get(row_.drawn_by, ""))
        approved = row_.approved_by and translate("Subsidy", "审批 {name}").format(name=self._names.get(row_.approved_by, ""))
        own = row_.state == "submitted" and row_.mine and translate("Subsidy", "您参与了制表或领取补贴，要由另一个人审批")
        total = translate("Subsidy", "合计 {total}").format(total=yuan(row_.total))
        return joined(translate("Subsidy", "{count} 件").format(count=row_.cases), total, drawn or "", approved or "", own or "")

    def _show_tools(self) -> None:
        """The one next step is the main button; who may not take it does not see it."""
        row_: Any = self.row
        state = row_.state if row_ is not None else ""
        draft = state == "draft" and self._context.may("subsidy.draw")
        chosen = self.table.currentIndex().isValid() and bool(self.items)
        for each in (self.level_label, *self.levels, self.off):
            each.setVisible(draft)
            each.setEnabled(chosen)
        step = NEXT.get(state)
        approves = self._context.may("subsidy.approve")
        can = draft if step == "submit" else bool(step) and approves and not row_.mine
        self.go.setVisible(can)
        self.go.setEnabled(can and bool(self.items))
        self.go.setText(action_word("subsidy_sheet", step) if step else "")
        self.back_step.setVisible(state == "submitted" and approves)
        self.export.setEnabled(row_ is not None)

    # ---- doing -----------------------------------------------------------------------------------------------

    def _chosen(self) -> Any:
        at = self.table.currentIndex()
        return self.cases.row(at) if at.isValid() else None

    def _write(self, command: Callable[..., Any], *arguments: Any, said: str) -> None:
        def done(_: Any) -> None:
            self._context.toast(said)
            self.sheets.refresh()
            self._ask_sheet()

        self._context.runner.write(command, *arguments, initiator=self, on_done=done, on_error=self._failed)

    def _level(self, level: str) -> None:
        from zzdesk.desk.mediation_figures import edit_item

        if (item := self._chosen()) is not None:
            said = translate("Subsidy", "已改为“{level}”，金额按标准重算").format(level=word("subsidy_level", level))
            self._write(edit_item, item.id, {"level": level}, said=said)

    def _take_off(self) -> None:
        from zzdesk.desk.mediation_figures import take_off

        if (item := self._chosen()) is not None:
            self._write(take_off, item.id, said=translate("Subsidy", "已取下，这件以后还可以补"))

    def _next(self) -> None:
        from zzdesk.desk.mediation_figures import act_sheet

        row_: Any = self.row
        step = NEXT[row_.state]
        text = translate("Subsidy", "{count} 件，合计 {total}。审批以后这张表不能再改。")
        text = text.format(count=row_.cases, total=yuan(row_.total))
        if step == "approve" and not confirm(self, self._title(), text, action_word("subsidy_sheet", step)):
            return
        self._write(act_sheet, row_.id, step, {}, None, said=translate("Subsidy", "{action}，已保存在本机").format(
            action=action_word("subsidy_sheet", step)))  # fmt: skip

    def _return(self) -> None:
        from zzdesk.desk.mediation_figures import act_sheet

        row_: Any = self.row
        reason = ask_reason(self, self._title(), translate("Subsidy", "退回给制表人修改。"), self.back_step.text())
        if reason:
            self._write(act_sheet, row_.id, "return", {}, reason, said=translate("Subsidy", "已退回，已保存在本机"))

    def _go_to_case(self, item: Any) -> None:
        self.accept()
        self._open(item.case_id)

    def _failed(self, error: Any) -> None:
        self._context.toast(error.text(), bad=True)

    def save(self) -> None:
        """Ask for a file and write the sheet, as Excel or PDF by its name; it goes into the audit."""
        from zzdesk.desk.mediation_figures import save_sheet

        target = asked_file(self, translate("Subsidy", "导出补贴表"), f"{self._title()}.xlsx")
        if target is not None:
            said = translate("Subsidy", "已导出：{name}").format(name=target.name)
            self._context.runner.call(save_sheet, self._context.desk, target, self.current, _said, owner=self,
                                      on_error=self._failed, on_done=lambda _: self._context.toast(said))  # fmt: skip


def _said(group: str, code: str) -> str:
    return state_tag(group, code).text if group == "subsidy_sheet" else word(group, code)


def _columns(sheet: Subsidy) -> tuple[Column, ...]:
    def day(each: Any) -> str:
        return short_day(each.closed_on, sheet._context.now().astimezone(CHINA).date()) if each.closed_on else ""

    return (
        Column("number", lambda: translate("Subsidy", "案号"), lambda each: each.number, 140, stretch=True),
        Column("category", lambda: translate("Subsidy", "类别"), lambda each: word("case_category", each.category), 124),
        Column("closed", lambda: translate("Subsidy", "结束日期"), day, 116),
        Column("level", lambda: translate("Subsidy", "难易"), lambda each: word("subsidy_level", each.level), 96),
        Column("form", lambda: translate("Subsidy", "协议形式"), lambda each: word("subsidy_form", each.form), 156),
        Column("amount", lambda: translate("Subsidy", "补贴（元）"), lambda each: f"{each.amount:,.2f}", 100, number=True,
               strong=True),
    )  # fmt: skip


def offer_subsidy(window: QWidget, context: Context, open_case: Callable[[str], Any]) -> None:
    """Show the subsidy sheets; ``open_case`` takes the id of a case."""
    sheet = Subsidy(window.window(), context, open_case)
    sheet.refresh()
    sheet.exec()
    sheet.deleteLater()
