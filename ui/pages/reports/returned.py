"""What units sent back: how often, and the latest with its reason, to send better next time (F21)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QDialog, QWidget

from ui.context import Context
from ui.labels import word
from ui.models.paging import Column, Line, PagingModel
from ui.pages.values import joined, short_number
from ui.theme import set_kind
from ui.theme.tokens import ROW, XL, M
from ui.widgets.base import Button, Label, column, row
from ui.widgets.dates import short_moment
from ui.widgets.table import DataTable, LineList
from ui.widgets.tag import Tag, Tone

translate = QCoreApplication.translate
HEAD = 44
"""Device-independent pixels of a table's head with its frame."""
OFTEN, SOMETIMES = 30, 10
"""Percent from which much, and some, of what a unit is sent comes back."""


class ReturnedSheet(QDialog):
    """Units at the top, whose work comes back most first; under them what came back. Enter opens it, Esc goes back."""

    def __init__(self, parent: QWidget, context: Context, found: Any, days: int, open_record: Callable[[str], Any]) -> None:
        super().__init__(parent)
        set_kind(self, "sheet")
        title = translate("ReturnedSheet", "派错清单")
        self.setWindowTitle(title)
        self.setMinimumSize(720, 560)
        self._context, self._open = context, open_record
        self.units = PagingModel(_columns(), lambda *_: None, parent=self)
        self.units.set_rows([_Unit(each) for each in found.units])
        self.table = DataTable(self.units)
        self.table.setAccessibleName(translate("ReturnedSheet", "各单位的退回率"))
        self.wrong = PagingModel((), lambda *_: None, self._line, self)
        self.wrong.set_rows(found.wrong)
        self.list = LineList(self.wrong)
        self.list.setAccessibleName(translate("ReturnedSheet", "退回的事件"))
        self.list.opened.connect(self._go)
        self.back = Button(translate("ReturnedSheet", "知道了"), "primary", on_click=self.accept)
        said = translate("ReturnedSheet", "近 {days} 天派出以后又退回来的，按单位算；撤销的批量派遣不算。").format(days=days)
        parts: list[Any] = [Label(title, "title"), Label(said, "secondary", wrap=True)]
        if found.units:
            parts += [self.table, Label(translate("ReturnedSheet", "最近退回的"), "title"), self.list]
        else:
            parts.append(Label(translate("ReturnedSheet", "还没有派出过事件。"), "secondary"))
        if found.units and not found.wrong:
            self.list.hide()
            parts.append(Label(translate("ReturnedSheet", "没有退回的，都派对了。"), "secondary"))
        self.setLayout(column(*parts, *(() if found.wrong else (None,)), row(None, self.back), gap=M, margins=XL))
        self.table.setMaximumHeight(HEAD + ROW * min(6, max(1, len(found.units))))
        (self.table if found.units else self.back).setFocus()
        if found.units:
            self.table.setCurrentIndex(self.units.index(0, 0))

    def _line(self, each: Any) -> Line:
        detail = joined(short_number(each.number), word("category", each.category), each.reason)
        return Line(each.title, detail, Tag(each.unit, Tone.NEUTRAL), short_moment(each.at, self._context.now()))

    def _go(self, each: Any) -> None:
        self.accept()
        self._open(each.id)


class _Unit:
    """A row of the table."""

    def __init__(self, found: Any) -> None:
        self.id = found.unit
        self.found = found

    @property
    def tag(self) -> Tag:
        """The rate with a shape."""
        percent = self.found.percent
        shape, tone = ("▲", Tone.DANGER) if percent >= OFTEN else ("△", Tone.WARNING) if percent >= SOMETIMES else (
            "□", Tone.NEUTRAL)
        return Tag(f"{shape} {percent}%", tone)


def _columns() -> Sequence[Column]:
    return (
        Column("unit", lambda: translate("ReturnedSheet", "单位"), lambda each: each.found.unit, 240, stretch=True, strong=True),
        Column("sent", lambda: translate("ReturnedSheet", "派出"), lambda each: str(each.found.sent), 90, number=True),
        Column("returned", lambda: translate("ReturnedSheet", "退回"), lambda each: str(each.found.returned), 90, number=True),
        Column("rate", lambda: translate("ReturnedSheet", "退回率"), lambda each: each.tag.text, 120, tag=lambda each: each.tag),
    )


def offer_returned(window: QWidget, context: Context, open_record: Callable[[str], Any]) -> None:
    """Ask what came back, and show it."""
    from zzdesk.desk.supervising import DAYS, returns

    def show(found: Any) -> None:
        sheet = ReturnedSheet(window.window(), context, found, DAYS, open_record)
        sheet.exec()
        sheet.deleteLater()

    context.runner.read(returns, on_done=show, owner=window, on_error=lambda error: context.toast(error.text(), bad=True))
