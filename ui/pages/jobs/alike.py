"""Before somebody is registered: who may be registered already, masked; a person decides (domain rules B3.4)."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from ui.pages.values import joined
from ui.theme.tokens import S
from ui.widgets.base import Button, Label, column
from ui.widgets.base import row as side_by_side
from ui.widgets.dialogs import Sheet
from zzdesk.jobs.queries import Alike, AlikeRow

translate = QCoreApplication.translate


def ground_words(grounds: tuple[str, ...]) -> str:
    """Return what agrees, in words."""
    said = {
        "number": translate("Alike", "身份证号码相同"), "name": translate("Alike", "姓名和出生日期相同"),
        "phone": translate("Alike", "电话相同"),
    }  # fmt: skip
    return translate("Alike", "、").join(said[each] for each in grounds)


class AlikeSheet(Sheet):
    """Lists who was found; ``chosen`` is the record that the person wants to see instead, None to go on."""

    def __init__(self, parent: QWidget | None, found: Alike) -> None:
        text = translate("Alike", "请对着身份证核对。是同一个人的，打开已有的登记；是另一个人的，继续登记。")
        super().__init__(parent, translate("Alike", "可能已经登记过"), text, translate("Alike", "是另一个人，继续登记"))
        self.chosen: str | None = None
        self.lines: list[str] = []
        self.buttons: list[Button] = []
        lines: list[Any] = []
        if found.crowded:
            many = translate("Alike", "⚠ 这个电话已经有 {count} 人在用，请核对是不是本人的").format(count=found.on_phone)
            lines.append(Label(many, "problem", wrap=True))
        for row in found.rows:
            lines.append(self._line(row))
        self.body.addLayout(column(*lines, gap=S))

    def _line(self, row: AlikeRow) -> QWidget:
        """Who it is and what agrees, and the way to that record."""
        holder = QWidget(self)
        who, more = joined(row.name, ground_words(row.grounds)), joined(row.card, row.identity_number, row.phone)
        button = Button(translate("Alike", "打开这份登记"), "link", on_click=lambda: self._choose(row.id))
        button.setAutoDefault(False)
        button.setAccessibleName(joined(button.text(), who, more))
        self.buttons.append(button)
        self.lines.append(joined(who, more))
        said = column(Label(who, wrap=True), Label(more, "small", wrap=True), gap=0)
        layout = side_by_side(said, button, gap=S)
        layout.setStretch(0, 1)
        holder.setLayout(layout)
        return holder

    def _choose(self, worker_id: str) -> None:
        self.chosen = worker_id
        self.accept()
