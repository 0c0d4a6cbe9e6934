"""The ground of what comes before the desk: one card in the middle, language and theme in the corner."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from ui.theme import set_kind
from ui.theme.tokens import XL, XXL, L, M, S
from ui.widgets.avatar import Mark
from ui.widgets.base import Button, Label, Translated, card, column, row

CARD_WIDTH = 480


class Gate(Translated, QWidget):
    """A page with one card; subclasses fill ``content`` and say their texts in ``retranslate``."""

    def __init__(self, switch_theme: Callable[[], None], switch_language: Callable[[], None],
                 width: int = CARD_WIDTH) -> None:
        super().__init__()
        set_kind(self, "page")
        self.title = Label(kind="headline", wrap=True)
        self.subtitle = Label(kind="secondary", wrap=True)
        self.content: QVBoxLayout = column(gap=L)
        self.foot = Label(kind="small", wrap=True)
        self.foot.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.card = self._card(width)
        self.language = Button("", "quiet", "languages", switch_language)
        self.theme = Button("", "quiet", "moon", switch_theme)
        corner = row(None, self.theme, self.language, gap=S, margins=(M, M, M, 0))
        holder = QWidget()
        holder.setLayout(column(None, row(None, self.card, None), self.foot, None, gap=L, margins=XL))
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(holder)
        self.setLayout(column(corner, area, gap=0))

    def retranslate(self) -> None:
        """Name the corner buttons; the other language is named in itself."""
        self.language.setText("English" if self.tr("中文") == "中文" else "中文")
        self.theme.setText(self.tr("深浅色"))

    def _card(self, width: int) -> QFrame:
        frame = card()
        frame.setFixedWidth(width)
        name = column(self.title, self.subtitle, gap=2)
        head = row(Mark(44), name, gap=L)
        head.setStretch(1, 1)
        frame.setLayout(column(head, self.content, gap=XL, margins=XXL))
        return frame
