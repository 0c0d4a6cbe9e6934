"""Which files of a report go to another platform: each has a box; pictures of the matter are ticked at first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from ui.labels import word
from ui.pages.sync.standing import size_words
from ui.pages.values import joined, short_moment
from ui.theme.tokens import XS
from ui.widgets.base import clear, column

translate = QCoreApplication.translate


class FileTicks(QWidget):
    """A line with a box for each file; ``value`` is the ids of those that are ticked."""

    edited = Signal()

    def __init__(self, now: datetime, offered: Sequence[Any] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._now, self._lines = now, column(gap=XS)
        self.boxes: dict[str, QCheckBox] = {}
        self.setLayout(self._lines)
        self.offer(offered)

    def offer(self, offered: Sequence[Any]) -> None:
        """Show these files, ticked as they come."""
        clear(self._lines)
        self.boxes = {}
        for place, each in enumerate(offered, 1):
            box = QCheckBox(self._words(place, each), self)
            box.setChecked(each.ticked)
            box.clicked.connect(lambda _: self.edited.emit())
            self._lines.addWidget(box)
            box.setVisible(True)  # at once, where this is shown already: a layout shows what is new a turn later
            self.boxes[each.id] = box

    def _words(self, place: int, each: Any) -> str:
        what = translate("FileTicks", "{place}. {what} {name}").format(
            place=place, what=word("purpose", each.purpose), name=each.name)
        return joined(what, size_words(each.size), short_moment(each.added_at, self._now))

    def value(self) -> list[str]:
        """Return the ids of the files that are ticked."""
        return [name for name, box in self.boxes.items() if box.isChecked()]

    def set_value(self, value: Any) -> None:
        """Tick these and no other; None leaves them as they are."""
        if value is not None:
            for name, box in self.boxes.items():
                box.setChecked(name in value)
