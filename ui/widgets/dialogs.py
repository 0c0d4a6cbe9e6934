"""Dialogs: few, small, and only where something cannot be undone or needs a reason."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QWidget

from ui.theme import set_kind
from ui.theme.tokens import XL, L, M, S
from ui.widgets.base import Button, Label, column, row


class Sheet(QDialog):
    """A dialog with a title, a sentence, room for content, and two buttons; Esc goes back, Ctrl+Enter goes on."""

    def __init__(self, parent: QWidget | None, title: str, text: str, go: str, danger: bool = False) -> None:
        super().__init__(parent)
        set_kind(self, "sheet")
        self.setWindowTitle(title)
        self.setMinimumWidth(440)
        self.body = column(gap=M)
        self.go = Button(go, "danger" if danger else "primary", on_click=self.accept)
        self.back = Button(QCoreApplication.translate("Sheet", "返回"), "quiet", on_click=self.reject)
        self.go.setDefault(False)
        self.go.setAutoDefault(False)
        self.back.setAutoDefault(False)
        sentence = Label(text, "secondary", wrap=True)
        if not text:
            sentence.hide()
        buttons = row(None, self.back, self.go, gap=S)
        self.setLayout(column(Label(title, "title"), sentence, self.body, buttons, gap=L, margins=XL))

    def showEvent(self, event: QShowEvent) -> None:
        """Be as high as the lines need that wrap at this width: a size hint forgets them."""
        super().showEvent(event)
        needed = self.layout().totalHeightForWidth(self.width())
        if needed > self.height():
            self.resize(self.width(), needed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter presses the main button."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier and self.go.isEnabled():
                self.accept()
            return
        super().keyPressEvent(event)


class ReasonSheet(Sheet):
    """Asks why; the main button waits until something has been written."""

    def __init__(self, parent: QWidget | None, title: str, text: str, go: str, danger: bool = False) -> None:
        super().__init__(parent, title, text, go, danger)
        self.edit = QPlainTextEdit()
        self.edit.setTabChangesFocus(True)
        self.edit.setFixedHeight(88)
        self.edit.setPlaceholderText(QCoreApplication.translate("Sheet", "原因（必填）"))
        self.edit.setAccessibleName(QCoreApplication.translate("Sheet", "原因"))
        self.edit.textChanged.connect(lambda: self.go.setEnabled(bool(self.reason())))
        self.body.addWidget(self.edit)
        self.go.setEnabled(False)
        self.edit.setFocus()

    def reason(self) -> str:
        """Return what was written."""
        return self.edit.toPlainText().strip()


def ask_reason(parent: QWidget, title: str, text: str, go: str, danger: bool = False) -> str:
    """Ask for a reason; an empty answer means that the person went back."""
    sheet = ReasonSheet(parent.window(), title, text, go, danger)
    return sheet.reason() if sheet.exec() == QDialog.DialogCode.Accepted else ""


def confirm(parent: QWidget, title: str, text: str, go: str, danger: bool = False) -> bool:
    """Ask only where undo is impossible; True when the person goes on."""
    return Sheet(parent.window(), title, text, go, danger).exec() == QDialog.DialogCode.Accepted
