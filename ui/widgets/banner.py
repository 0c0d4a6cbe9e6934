"""A banner: a fact that stays until it is dealt with, in words, an icon and a calm colour."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QWidget

from ui.theme import set_kind
from ui.theme.tokens import L, M, S
from ui.widgets.base import Button, Icon, Label, row
from ui.widgets.tag import Tone

_ICONS = {Tone.INFO: "info", Tone.SUCCESS: "circle-check", Tone.WARNING: "triangle-alert", Tone.DANGER: "circle-alert"}


class Banner(QFrame):
    """Icon, sentence, and at most one button."""

    def __init__(self, tone: Tone = Tone.INFO, text: str = "", action: Button | None = None,
                 parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = Icon("info", "info")
        self._label = Label(wrap=True)
        layout = row(self._icon, self._label, gap=S, margins=(M, S, M, S))
        layout.setStretch(1, 1)
        layout.setAlignment(self._icon, Qt.AlignmentFlag.AlignTop)
        self._icon.setContentsMargins(0, 2, 0, 0)
        if action is not None:
            layout.addWidget(action)
        self.setLayout(layout)
        self.show_text(text, tone)

    def show_text(self, text: str, tone: Tone = Tone.INFO) -> None:
        """Say something; an empty text hides the banner."""
        set_kind(self, f"banner-{tone}")
        self._icon.show_icon(_ICONS[tone], tone)
        self._label.setText(text)
        self.setAccessibleName(text)
        if not text or self.parentWidget() is not None:  # shown without a parent it would flash as a window
            self.setVisible(bool(text))


class Strip(QFrame):
    """A line over the whole window that says this is a demonstration or a test; it cannot be closed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_kind(self, "strip")
        self._label = Label()
        self.setLayout(row(Icon("flag", "warning"), self._label, None, gap=S, margins=(L, 6, L, 6)))
        self.hide()

    def show_text(self, text: str) -> None:
        """Say it; an empty text hides the strip."""
        self._label.setText(text)
        self.setVisible(bool(text))
