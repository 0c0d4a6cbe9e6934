"""The numbers of void cases with their reasons: no number is given again, and a book of numbers has no gaps (F32)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QDialog, QWidget

from ui.context import Context
from ui.models.paging import Column, PagingModel
from ui.theme import set_kind
from ui.theme.tokens import XL, L, S
from ui.widgets.base import Button, Label, column, row
from ui.widgets.states import StateStack
from ui.widgets.table import DataTable
from zzdesk.errors import KnownError
from zzdesk.mediation import queries

translate = QCoreApplication.translate
SIZE: Final = (760, 560)


class VoidNumbers(QDialog):
    """One line for each number, the newest first; Enter opens the case."""

    def __init__(self, parent: QWidget, context: Context, open_case: Callable[[str], Any]) -> None:
        super().__init__(parent)
        set_kind(self, "sheet")
        self._context, self._open = context, open_case
        self.resize(*SIZE)
        self.setWindowTitle(translate("VoidNumbers", "作废的编号"))
        self.model = PagingModel(_columns(), self._fetch, parent=self)
        self.table = DataTable(self.model, context.settings.windows, "void-numbers")
        self.table.setAccessibleName(translate("VoidNumbers", "作废的编号；按回车打开案件"))
        self.stack = StateStack(self.table)
        back = Button(translate("VoidNumbers", "返回"), "quiet", on_click=self.reject)
        back.setAutoDefault(False)
        said = Label(translate("VoidNumbers", "编号用过就不再给别的案件；为什么作废，只有承办小组看得到。"), "secondary",
                     wrap=True)
        title = Label(translate("VoidNumbers", "作废的编号"), "title")
        self.setLayout(column(title, said, self.stack, row(None, back, gap=S), gap=L, margins=XL))
        self.layout().setStretch(2, 1)
        self.model.loaded.connect(self._loaded)
        self.model.failed.connect(self._failed)
        self.table.opened.connect(self._go)
        self.refresh()

    def refresh(self) -> None:
        """Ask for them."""
        self.stack.show_loading()
        self.model.refresh()

    def _fetch(self, after: Any, limit: int, on_page: Any, on_error: Any) -> None:
        self._context.runner.read(queries.void_numbers, after, limit, on_done=on_page, on_error=on_error, owner=self)

    def _loaded(self, some: bool) -> None:
        if some:
            self.stack.show_content()
        else:
            self.stack.show_empty(translate("VoidNumbers", "没有作废的编号"),
                                  translate("VoidNumbers", "登记错了的案件作废以后，用掉的编号列在这里。"), icon="list")

    def _failed(self, error: KnownError) -> None:
        self.stack.show_error(translate("VoidNumbers", "读不出作废的编号"), error.text(), translate("VoidNumbers", "再试一次"),
                              self.refresh)

    def _go(self, found: Any) -> None:
        self.accept()
        self._open(found.id)


def _columns() -> tuple[Column, ...]:
    return (
        Column("number", lambda: translate("VoidNumbers", "编号"), lambda found: found.number, 280, strong=True),
        Column("reason", lambda: translate("VoidNumbers", "作废理由"), lambda found: found.reason
               or translate("VoidNumbers", "只有承办小组看得到"), 320, stretch=True, tooltip=lambda found: found.reason),
    )


def offer_void_numbers(parent: QWidget, context: Context, open_case: Callable[[str], Any]) -> None:
    """Show the void numbers until the person goes back or opens a case."""
    sheet = VoidNumbers(parent, context, open_case)
    sheet.exec()
    sheet.deleteLater()
