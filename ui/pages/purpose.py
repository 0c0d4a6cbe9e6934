"""What a file of a report is: asked with one key when it is taken in, for papers of a person go to nobody (PIPL article 28)."""

from __future__ import annotations

import mimetypes
from pathlib import Path
from typing import Final

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from ui.theme.tokens import S
from ui.widgets.base import Button, column
from ui.widgets.dialogs import Sheet

PHOTO: Final = "photo"
PURPOSES: Final = (PHOTO, "identity", "other")
"""What is asked for, in the order of the keys 1, 2, 3."""
translate = QCoreApplication.translate


def is_picture(path: Path) -> bool:
    """Say whether a file is a picture, by the ending of its name."""
    return (mimetypes.guess_type(path.name)[0] or "").startswith("image/")


class PurposeSheet(Sheet):
    """Asks what one file is; 1, 2, 3 answer at once, Enter takes what is marked: of a picture, that it shows the matter."""

    def __init__(self, parent: QWidget | None, path: Path) -> None:
        text = translate("Purpose", "{name}\n按数字键选。个人证件材料从不交给别的平台，也不公布。").format(name=path.name)
        super().__init__(parent, translate("Purpose", "这个文件是什么？"), text, "")
        self.go.hide()
        self.purpose: str | None = None
        words = {
            PHOTO: translate("Purpose", "现场照片"), "identity": translate("Purpose", "个人证件材料（身份证、户口本等）"),
            "other": translate("Purpose", "其他材料"),
        }  # fmt: skip
        offered = PURPOSES if is_picture(path) else PURPOSES[1:]
        self._default = default = PHOTO if is_picture(path) else "other"
        self.buttons: dict[str, Button] = {}
        for purpose in offered:
            kind = "primary" if purpose == default else ""
            place = PURPOSES.index(purpose) + 1
            button = Button(f"{place}  {words[purpose]}", kind, on_click=lambda purpose=purpose: self.choose(purpose))
            button.setAutoDefault(False)
            self.buttons[purpose] = button
        self.body.addLayout(column(*self.buttons.values(), gap=S))
        self.buttons[default].setFocus()

    def choose(self, purpose: str) -> None:
        """Take the answer."""
        self.purpose = purpose
        self.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A digit answers; Enter takes the button that has the focus."""
        found = {str(PURPOSES.index(each) + 1): each for each in self.buttons}.get(event.text())
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            found = next((each for each, button in self.buttons.items() if button is self.focusWidget()), self._default)
        if found is not None:
            self.choose(found)
            return
        super().keyPressEvent(event)


def ask_purpose(parent: QWidget, path: Path) -> str | None:
    """Ask what a file is; None where the person goes back."""
    sheet = PurposeSheet(parent.window(), path)
    answered = sheet.exec() == Sheet.DialogCode.Accepted
    sheet.deleteLater()
    return sheet.purpose if answered else None
