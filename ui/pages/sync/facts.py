"""Facts of the exchange: four cards, and under them a line of small things that seldom need anybody."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ui.theme.tokens import XS, L, M, S
from ui.widgets.base import Icon, Label, card, column, row
from ui.widgets.flow import FlowLayout
from ui.widgets.tag import StateTag, Tag


class FactCard(QWidget):
    """One fact of the exchange: icon, name, value, and a line under it."""

    def __init__(self, icon: str) -> None:
        super().__init__()
        self._icon = Icon(icon, "secondary", 16)
        self._name, self._value = Label(kind="small"), Label(kind="title")
        self._note = Label(kind="small", wrap=True)
        frame = card()
        frame.setLayout(column(row(self._icon, self._name, None, gap=S), self._value, self._note, None, gap=XS,
                               margins=(L, M, L, M)))
        self.setLayout(column(frame, gap=0))

    def show_fact(self, name: str, value: str, note: str, icon: str = "", role: str = "secondary") -> None:
        """Show a fact."""
        self._name.setText(name)
        self._value.setText(value)
        self._note.setText(note)
        self.setAccessibleName(f"{name} {value} {note}".strip())
        if icon:
            self._icon.show_icon(icon, role)


class HealthLine(QWidget):
    """Small facts beside each other, each a tag; those that need somebody are coloured and say so in words."""

    def __init__(self, names: tuple[str, ...]) -> None:
        super().__init__()
        self._tags = {name: StateTag() for name in names}
        layout = FlowLayout(self, S)
        for tag in self._tags.values():
            layout.addWidget(tag)

    def show_tag(self, name: str, tag: Tag | None, more: str = "") -> None:
        """Show a fact, with a longer sentence as its tooltip; None hides it."""
        shown = self._tags[name]
        shown.setVisible(tag is not None)
        if tag is not None:
            shown.show_tag(tag)
            shown.setToolTip(more)
            shown.setAccessibleName(f"{tag.text} {more}".strip())
