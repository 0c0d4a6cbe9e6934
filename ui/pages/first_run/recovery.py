"""The recovery key: shown once, to be written down; whoever goes on has proved that it was."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from ui.theme.tokens import L, M, S
from ui.widgets.base import Button, Label, Translated, column, row
from ui.widgets.fields import TextField
from ui.widgets.forms import Form

CLIPBOARD_MS = 60_000


class RecoveryStep(Translated, QWidget):
    """Shows the key in groups, offers to copy or save it, and asks for its last group."""

    kept = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._key = self._place = ""
        self._shown = Label(kind="secret", wrap=True)
        self._shown.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._shown.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard)
        self._copy = Button("", "", "copy", self._to_clipboard)
        self._save = Button("", "", "download", self._to_file)
        self.form = Form(lambda: self.tr("我已保管好"), scroll=False)
        self.form.add(TextField("last", lambda: self.tr("请输入最后一组，确认已经抄下"), required=True, limit=20,
                                check=self._check, keep=False))
        self.form.finished.connect(self._confirmed)
        buttons = row(self._copy, self._save, None, gap=S)
        self.setLayout(column(self._shown, buttons, self.form, gap=L, margins=(0, 0, 0, M)))
        self.retranslate()

    def show_key(self, key: str, place: str) -> None:
        """Show a key; it is nowhere else."""
        self._key, self._place = key, place
        self._shown.setText(key)
        self._shown.setAccessibleName(self.tr("恢复密钥"))

    def retranslate(self) -> None:
        """Name the buttons."""
        self._copy.setText(self.tr("复制"))
        self._save.setText(self.tr("存到 U 盘…"))

    def _check(self, value: str) -> str:
        last = self._key.strip().split("-")[-1]
        return "" if value.strip().upper() == last.upper() else self.tr("和上面的最后一组不一样，请再看一看")

    def _confirmed(self) -> None:
        self._key = ""
        self._shown.setText("")
        self.kept.emit()

    def _to_clipboard(self) -> None:
        clipboard, key = QGuiApplication.clipboard(), self._key
        clipboard.setText(key)
        self._copy.setText(self.tr("已复制，一分钟后清空"))

        def forget() -> None:
            if clipboard.text() == key:
                clipboard.clear()
            self.retranslate()

        QTimer.singleShot(CLIPBOARD_MS, self, forget)

    def _to_file(self) -> None:
        name = self.tr("恢复密钥-{place}.txt").format(place=self._place)
        path, _ = QFileDialog.getSaveFileName(self, self.tr("存到 U 盘"), name)
        if path:
            from pathlib import Path

            Path(path).write_text(self._key + "\n", encoding="utf-8")
            self._save.setText(self.tr("已保存"))
