"""The day on which each signed a written agreement: today, unless the paper was signed before it is typed in (PML article 29)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from ui.theme.tokens import M
from ui.widgets.base import Translated
from ui.widgets.fields import DayField
from ui.widgets.many import FlowLayout
from zzdesk.desk.following import SEAL, days_of

translate = QCoreApplication.translate

MEDIATOR: Final = "mediator"


def name_of(who: str, parties: Mapping[str, str]) -> str:
    """Return whose signature an entry is about: a party's masked name, the mediator, the seal."""
    if who in (MEDIATOR, SEAL):
        return translate("SignDays", "调解员") if who == MEDIATOR else translate("SignDays", "调委会印章")
    return parties.get(who, who)


def in_words(entries: Iterable[str] | None, parties: Mapping[str, str]) -> str:
    """Return who signed when, the earliest first."""
    days = sorted(days_of(entries).items(), key=lambda each: (each[1], name_of(each[0], parties)))
    return translate("SignDays", "；").join(f"{name_of(who, parties)} {day}" for who, day in days)


class SignDays(Translated, QWidget):
    """A date for each who has signed; ``value()`` is the sorted list of ``who:2026-01-20``, or None."""

    edited = Signal()

    def __init__(self, parties: Mapping[str, str], today: Callable[[], str]) -> None:
        super().__init__()
        self._today, self._signed = today, frozenset[str]()
        self.days: dict[str, DayField] = {}
        self._flow = FlowLayout(self, M)
        for who in (*parties, MEDIATOR, SEAL):
            day = DayField(who, lambda who=who: name_of(who, parties))  # type: ignore[misc]
            day.setParent(self)
            day.hide()
            day.edited.connect(self.edited)
            self.days[who] = day

    def retranslate(self) -> None:
        """Say whose day each is."""
        for day in self.days.values():
            day.retranslate()

    def ask_for(self, signed: frozenset[str]) -> None:
        """Ask for the day of those who have signed: today where none was said."""
        self._signed = signed & set(self.days)
        for who, day in self.days.items():
            wanted = who in self._signed
            if wanted and day.value() is None:
                self._set(day, self._today())
            if wanted == day.isHidden():
                self._show(day, wanted)

    def value(self) -> list[str] | None:
        """Return the days that are said."""
        said = {who: self.days[who].value() for who in self._signed}
        return sorted(f"{who}:{day}" for who, day in said.items() if day) or None

    def set_value(self, value: Any) -> None:
        """Show days, and ask for no others."""
        found = {who: str(day) for who, day in days_of(value).items() if who in self.days}
        for who, day in self.days.items():
            self._set(day, found.get(who))
        self.ask_for(frozenset(found))

    def _set(self, day: DayField, wire: str | None) -> None:
        day.blockSignals(True)
        day.set_value(wire)
        day.blockSignals(False)

    def _show(self, day: DayField, wanted: bool) -> None:
        if wanted:
            self._flow.addWidget(day)
        else:
            self._flow.removeWidget(day)
        day.setVisible(wanted)
        self.updateGeometry()
