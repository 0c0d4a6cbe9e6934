"""A section of the settings: a heading, then lines of name, help and control."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from ui.context import Context
from ui.theme.tokens import L, M
from ui.widgets.base import Label, Translated, Words, column, line, no_words, row


class SettingLine(QWidget):
    """Name and help at the left, the control at the right."""

    def __init__(self, name: Words, control: QWidget, help: Words = no_words) -> None:  # noqa: A002
        super().__init__()
        self._name_words, self._help_words, self._control = name, help, control
        self._name, self._help = Label(), Label(kind="small", wrap=True)
        texts = column(self._name, self._help, gap=2)
        layout = row(texts, control, gap=L)
        layout.setStretch(0, 1)
        layout.setAlignment(control, Qt.AlignmentFlag.AlignVCenter)
        self.setLayout(layout)
        self.retranslate()

    def retranslate(self) -> None:
        """Say name and help again."""
        self._name.setText(self._name_words())
        self._help.setText(self._help_words())
        self._help.setVisible(bool(self._help.text()))
        self._control.setAccessibleName(self._name_words())


class Section(Translated, QWidget):
    """Subclasses add lines in their constructor and override ``refresh``."""

    def __init__(self, context: Context, title: Words) -> None:
        super().__init__()
        self.context, self._title_words = context, title
        self.title = Label(title(), "title")
        self.lines: list[SettingLine] = []
        self.body = column(self.title, line(), gap=M)
        self.setLayout(self.body)
        self.setMaximumWidth(860)

    def add(self, name: Words, control: QWidget, help: Words = no_words) -> None:  # noqa: A002
        """Add a line and a hairline under it."""
        one = SettingLine(name, control, help)
        self.lines.append(one)
        self.body.addWidget(one)
        self.body.addWidget(line())

    def refresh(self) -> None:
        """Ask for what the section shows; called whenever it is opened."""

    def retranslate(self) -> None:
        """Say heading and lines again."""
        self.title.setText(self._title_words())
        for one in self.lines:
            one.retranslate()
