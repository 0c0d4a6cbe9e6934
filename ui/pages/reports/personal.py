"""Numbers of people that were typed into a text: before saving, all of them are shown with where they would go."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QDialog, QWidget

from ui.theme.tokens import S
from ui.widgets.base import Button, Icon, Label, row
from ui.widgets.dialogs import Sheet
from zzdesk.desk.counter import MovedOut

translate = QCoreApplication.translate


class PersonalSheet(Sheet):
    """Lists every hit, masked; ``moves`` says whether the person lets them be moved."""

    def __init__(self, parent: QWidget | None, out: MovedOut) -> None:
        super().__init__(parent, translate("Personal", "文字里有个人号码"),
                         translate("Personal", "电话和证件号码放在自己的栏目里，才会按规定遮盖和加密。"),
                         translate("Personal", "移到对应的栏目"))
        self.moves = False
        for hit in out.moved:
            self._line(hit, _target(hit.kind))
        for hit in out.stayed:
            self._line(hit, translate("Personal", "留在文字里，显示时遮盖"))
        self.keep = Button(translate("Personal", "照原样保存"), "", on_click=lambda: self.done(QDialog.DialogCode.Accepted))
        self.keep.setAutoDefault(False)
        buttons: Any = self.layout().itemAt(self.layout().count() - 1).layout()
        buttons.insertWidget(2, self.keep)
        self.go.setEnabled(bool(out.moved))
        (self.go if out.moved else self.keep).setFocus()

    def accept(self) -> None:
        """Move them."""
        self.moves = True
        super().accept()

    def _line(self, hit: Any, target: str) -> None:
        words = {"phone": translate("Personal", "电话"), "id": translate("Personal", "身份证号码"),
                 "bank": translate("Personal", "银行卡号")}
        shown = Label(hit.masked, "strong")
        self.body.addLayout(row(Icon("eye-off", "secondary"), shown, Label(words[hit.kind], "secondary"), None,
                                Icon("arrow-right", "secondary"), Label(target), gap=S))


def _target(kind: str) -> str:
    return {"phone": translate("Personal", "联系电话"), "id": translate("Personal", "身份证号码")}[kind]
