"""What came of a round: six kinds of outputs, each with its way on: a report, a case of mediation, a seal."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from ui.labels import codes, field_word, word
from ui.models.paging import Line, PagingModel
from ui.pages.base import Page
from ui.pages.values import joined
from ui.pages.work_detail import WorkDetail
from ui.theme.tokens import L, M, S
from ui.widgets.base import Button, Translated, Words, clear, column
from ui.widgets.dates import short_moment
from ui.widgets.fields import CheckField, ChoiceField, LongTextField, MomentField, TextField
from ui.widgets.header import Section
from ui.widgets.record_form import RecordForm
from ui.widgets.states import StateStack
from ui.widgets.table import LineList
from ui.widgets.tag import Tag, Tone
from zzdesk.clock import to_iso
from zzdesk.desk import rounds as desk_rounds
from zzdesk.errors import KnownError
from zzdesk.patrol import queries
from zzdesk.patrol import workflow as flow
from zzdesk.patrol.queries import ItemRow

translate = QCoreApplication.translate
_TONES: Final = {"hazard": Tone.WARNING, "dispute": Tone.WARNING, "clue": Tone.DANGER, "good-deed": Tone.SUCCESS}


@dataclass(frozen=True)
class Rows:
    """All outputs of a round as one page."""

    rows: Sequence[ItemRow]
    after: None = None


def _name(field: str) -> Words:
    return lambda: field_word("round_item", field)


def _category(key: str, **more: Any) -> ChoiceField:
    """The category of a dispute (domain rules B1.5): nobody's guess stands in it."""
    return ChoiceField(key, lambda: field_word("case", "category"), codes("case_category"),
                       lambda code: word("case_category", code), **more)


class OutputForm(RecordForm):
    """Asks what an output of the chosen kind needs, and no more."""

    def __init__(self, key: str, drafts: Any, *, may_accept: bool) -> None:
        super().__init__(lambda: translate("OutputForm", "添加"), leave=lambda: translate("OutputForm", "返回"), key=key,
                         drafts=drafts, start=lambda: {"output": "collection", "category": "public-safety"})
        self.add(ChoiceField("output", _name("output"), codes("round_output"), lambda c: word("round_output", c),
                             empty=False, required=True))
        self.add(LongTextField("text", _name("text"), lines=3))
        self.add(TextField("place", _name("place"), limit=120))
        self.add(ChoiceField("category", lambda: field_word("report", "category"), codes("category"),
                             lambda c: word("category", c), empty=False))
        self.add(CheckField("settled", _name("settled"),
                            help=lambda: translate("OutputForm", "没有当场说和的，由调解员受理")))
        self.add(_category("case_category", help=lambda: translate(
            "OutputForm", "选了类别就同时受理成调解案件；不选，以后再受理")))
        self._may_accept = may_accept

    def snapshot(self) -> dict[str, Any]:
        """Nothing of a clue is kept, not even in a draft."""
        return {} if self.fields["output"].value() == flow.CLUE_OUTPUT else super().snapshot()

    def arrange(self) -> None:
        """Show the fields of the chosen output."""
        output = self.fields["output"].value()
        self.fields["category"].setVisible(output == flow.HAZARD)
        self.fields["settled"].setVisible(output == flow.DISPUTE)
        at_once = self._may_accept and output == flow.DISPUTE and not self.fields["settled"].value()
        self.fields["case_category"].setVisible(at_once)
        for name in ("text", "place"):
            self.fields[name].setVisible(output != flow.PATROL_ONLY)
        hints = {
            flow.HAZARD: translate("OutputForm", "会登记成一条事件，来源是巡逻发现。"),
            flow.CLUE_OUTPUT: translate(
                "OutputForm", "线索马上密封：只有派出所的账号能打开，每次打开都记入审计；本机送出后不再保留。"),
        }
        self.fields["output"].say_help(hints.get(output or "", ""))


class OralForm(RecordForm):
    """口头协议登记表: between whom, what was agreed, when. Names are kept in no draft."""

    def __init__(self, now: str) -> None:
        super().__init__(lambda: translate("OralForm", "登记口头协议"), leave=lambda: translate("OralForm", "返回"),
                         key="round/oral", drafts=None, start=lambda: {"reached_at": now})
        self.add(TextField("party0", lambda: translate("OralForm", "一方当事人"), required=True, limit=60),
                 TextField("party1", lambda: translate("OralForm", "另一方当事人"), required=True, limit=60))
        self.add(LongTextField("content", lambda: field_word("agreement", "content"), lines=4, required=True,
                               help=lambda: translate("OralForm", "口头协议自达成之日起生效（人民调解法第三十条）")))
        self.add(_category("category", required=True),
                 MomentField("reached_at", lambda: field_word("agreement", "reached_at"), required=True))


class Outputs(Translated, QWidget):
    """The outputs of one round and the ways on from the selected one."""

    def __init__(self, page: Page, detail: WorkDetail) -> None:
        super().__init__()
        self.page, self.context, self._detail = page, page.context, detail
        self._round = ""
        self.add_button = Button("", "link", "plus", self.add)
        self.head = Section(self.add_button)
        self.model = PagingModel((), self._fetch, self._line, self)
        self.list = LineList(self.model)
        self.stack = StateStack(self.list)
        self._steps = column(gap=S)
        self.model.loaded.connect(self._loaded)
        self.list.picked.connect(self._show_steps)
        layout = column(self.head, self.stack, self._steps, gap=S, margins=(0, M, L, M))
        layout.setStretch(1, 1)
        self.setLayout(layout)

    def show_for(self, round_id: str, is_open: bool) -> None:
        """Show the outputs of a round."""
        if round_id != self._round:
            self.model.set_rows(())
        self._round = round_id
        self.add_button.setVisible(is_open and self.context.may("patrol.round"))
        self.retranslate()
        self.model.refresh()

    def retranslate(self) -> None:
        """Say everything again."""
        self.head.set_texts(self.tr("巡防结果"))
        self.add_button.setText(self.tr("添加"))
        self.list.setAccessibleName(self.head.title.text())
        self.model.retranslate()
        if self.model.rowCount():  # what an empty list said was in the other language
            self.stack.show_empty("")
            self._loaded(True)

    def add(self) -> None:
        """Ask what came of it."""
        form = OutputForm(f"round/{self._round}/output", self.context.drafts,
                          may_accept=self.context.may("case.accept"))

        def finish(values: dict[str, Any]) -> None:
            form.set_busy(True)
            self._detail.do(desk_rounds.add_output, {"round_id": self._round, **values}, on_error=form.show_error,
                            said=self.tr("已添加，已保存在本机"), then=self._detail.finished)

        form.finished.connect(finish)
        self._detail.show_form(form, lambda: self.tr("添加巡防结果"))
        form.open()

    def _fetch(self, after: Any, limit: int, on_page: Callable[[Any], None],
               on_error: Callable[[KnownError], None]) -> None:
        if self._round:
            self.context.runner.read(queries.items_of, self._round, on_error=on_error, owner=self,
                                     on_done=lambda rows: on_page(Rows(rows)))

    def _line(self, found: ItemRow) -> Line:
        tag = Tag(word("round_output", found.output), _TONES.get(found.output, Tone.NEUTRAL))
        return Line(found.text or self._unsaid(found), joined(short_moment(found.created_at, self.context.now()),
                                                              found.place, self._way(found)), tag)

    def _unsaid(self, found: ItemRow) -> str:
        return self.tr("已密封") if found.output == flow.CLUE_OUTPUT else word("round_output", found.output)

    def _way(self, found: ItemRow) -> str:
        if found.report_id:
            return self.tr("已登记事件")
        if found.case_id:
            return self.tr("当场说和，已登记口头协议") if found.settled else self.tr("已受理调解")
        if found.output == flow.DISPUTE:
            return self.tr("当场说和，待调解员登记口头协议") if found.settled else self.tr("待调解员受理")
        return ""

    def _loaded(self, some: bool) -> None:
        if not some:
            self._show_steps(None)
            text = self.tr("巡逻、采集、隐患、纠纷、线索、好事，都添加在这里。")
            self.stack.show_empty(self.tr("还没有结果"), text, icon="list")
            return
        self.stack.show_content()
        if not self.list.currentIndex().isValid():
            self.list.setCurrentIndex(self.model.index(0, 0))
        self._show_steps(self.model.row(self.list.currentIndex()))

    def _show_steps(self, found: ItemRow | None) -> None:
        clear(self._steps)
        if found is None or found.voided:
            return
        if found.report_id:
            self._steps.addWidget(Button(self.tr("打开事件"), on_click=lambda: self._go("reports", found.report_id)))
        elif found.case_id:
            self._steps.addWidget(Button(self.tr("打开调解"), on_click=lambda: self._go("mediation", found.case_id)))
        elif found.output == flow.DISPUTE and self.context.may("case.accept"):
            words, act = (self.tr("登记口头协议"), self._settle) if found.settled else (self.tr("受理调解"), self._accept)
            self._steps.addWidget(Button(words, "primary", on_click=lambda: act(found)))

    def _go(self, page: str, record_id: str | None) -> None:
        self.context.navigate(page, record_id or "")

    def _accept(self, found: ItemRow) -> None:
        """Ask of which category the dispute is: the statistics count by it, and nobody else will say it."""
        form = RecordForm(lambda: self.tr("受理调解"), leave=lambda: self.tr("返回"), key=f"round/{found.id}/accept")
        form.add(_category("category", required=True))

        def finish(values: dict[str, Any]) -> None:
            form.set_busy(True)
            self._detail.do(desk_rounds.accept_dispute, found.id, values["category"], then=self._detail.finished,
                            said=self.tr("已受理，案件在“调解”里办理"))

        form.finished.connect(finish)
        self._detail.show_form(form, lambda: self.tr("受理调解"))
        form.open()

    def _settle(self, found: ItemRow) -> None:
        """Ask for the oral agreement, and make the case that keeps it."""
        form = OralForm(to_iso(self.context.now().replace(second=0, microsecond=0)))

        def finish(values: dict[str, Any]) -> None:
            form.set_busy(True)
            self._detail.do(desk_rounds.register_oral, found.id, values, on_error=form.show_error,
                            said=self.tr("口头协议已登记，案卷在“调解”里补齐"), then=self._detail.finished)

        form.finished.connect(finish)
        self._detail.show_form(form, lambda: self.tr("口头协议登记表"))
        form.open()
