"""Complaints that came again, for who supervises: a card on the first page, hidden where there is none."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from ui.labels import state_word
from ui.pages.values import joined, short_number
from ui.pages.workbench.reminding import RemindersCard

translate = QCoreApplication.translate


class RepeatsCard(RemindersCard):
    """Each line opens its report; it says which closed one it repeats."""

    lines = 2

    def asked(self) -> Callable[[Any], Any]:
        """Ask for reports that somebody made again."""
        from zzdesk.desk.supervising import open_repeats

        return open_repeats

    def heading(self) -> tuple[str, str]:
        """Say how many there are, and that another person verifies them."""
        count = translate("RepeatsCard", "{count} 件，请换人核实").format(count=len(self.rows))
        return translate("RepeatsCard", "重复诉求"), count

    def line(self, found: Any) -> QWidget:
        """Number and title."""
        earlier = translate("RepeatsCard", "上次 {number}").format(number=found.earlier) if found.earlier else ""
        whole = joined(found.number, found.title, state_word("report", found.state), earlier)
        return self.line_of(found.title, whole, short_number(found.number), found.id)
