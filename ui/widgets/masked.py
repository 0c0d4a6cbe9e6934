"""A value that stays covered: it is shown for a reason, for thirty seconds, and the showing is written down."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtWidgets import QWidget

from ui.theme.tokens import S
from ui.widgets.base import Icon, Label, Translated, icon_button, name_button, row
from ui.widgets.dialogs import ask_reason

SHOWN_MS: Final = 30_000

Reveal = Callable[[str, Callable[[str], None]], Any]
"""reveal(reason, on_value): runs the audited command and answers with the whole value on the main thread."""


class MaskedField(Translated, QWidget):
    """The masked value with an eye beside it. Without a ``reveal`` function it can never be uncovered."""

    def __init__(self, masked: str = "", reveal: Reveal | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._masked, self._reveal = masked, reveal
        self.label = Label(masked)
        self.eye = icon_button("eye", on_click=self.toggle)
        self.lock = Icon("lock", "secondary", 14)
        self.setLayout(row(self.label, self.lock, self.eye, None, gap=S))
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SHOWN_MS)
        self._timer.timeout.connect(self.cover)
        self.show_masked(masked, reveal)

    @property
    def uncovered(self) -> bool:
        """Whether the whole value is on the screen."""
        return self._timer.isActive()

    def show_masked(self, masked: str, reveal: Reveal | None = None) -> None:
        """Show another value, covered."""
        self._masked, self._reveal = masked, reveal
        self.eye.setVisible(reveal is not None and bool(masked))
        self.lock.setVisible(reveal is None and bool(masked))
        self.cover()

    def toggle(self) -> None:
        """Cover, or ask for a reason and uncover."""
        if self.uncovered:
            self.cover()
            return
        reason = ask_reason(
            self, self.tr("查看完整内容"),
            self.tr("查看会记入审计：谁、何时、为什么。30 秒后自动遮盖。"), self.tr("查看"))
        if reason and self._reveal is not None:
            self._reveal(reason, self.uncover)

    def uncover(self, value: str) -> None:
        """Show the whole value for thirty seconds."""
        self.label.setText(value)
        self._timer.start()
        self.retranslate()

    def cover(self) -> None:
        """Show the mask again."""
        self._timer.stop()
        self.label.setText(self._masked)
        self.retranslate()

    def retranslate(self) -> None:
        """Name the eye by what it does now."""
        name_button(self.eye, self.tr("遮盖") if self.uncovered else self.tr("查看完整内容"))
        self.lock.setToolTip(QCoreApplication.translate("MaskedField", "您的账号不能查看完整内容"))


