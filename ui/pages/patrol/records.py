"""What the lists of mass prevention have in common."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QCoreApplication

from ui.context import Context
from ui.pages.subject import Loaded, SubjectDetail, SubjectRecords, pane
from ui.pages.values import joined
from ui.widgets.base import Words
from ui.widgets.dates import short_moment
from ui.widgets.fields import TextField
from ui.widgets.picker import Option, Picker
from zzdesk.patrol import commands, queries
from zzdesk.patrol.queries import PatrolFilter


class PatrolDetailView(SubjectDetail):
    """A record of mass prevention."""

    reads, writes = queries, commands
    accounts_in = ("created_by", "submitted_by")


class PatrolRecords(SubjectRecords):
    """One of the lists."""

    reads = queries
    filter_of = PatrolFilter


class ListField(TextField):
    """Several short texts in one line, with a mark between: 急救、消防."""

    def set_value(self, value: Any) -> None:
        """Show a text, or a list of them."""
        super().set_value(value if isinstance(value, str) else "、".join(value or ()))


class RecordPicker(Picker):
    """Finds a record of mass prevention by its name; ``states`` narrows what is offered."""

    def __init__(self, context: Context, kind: str, placeholder: Words, states: tuple[str, ...] = ()) -> None:
        self._context, self._kind, self._wanted = context, kind, PatrolFilter(states)
        super().__init__(self._ask, placeholder)

    def set_value(self, value: Any) -> None:
        """Show a record by its name."""
        super().set_value(value)
        if value is not None:
            self._context.runner.read(queries.name_of, self._kind, value, owner=self, on_error=lambda error: None,
                                      on_done=lambda name: self.show_option(Option(value, name or value)))

    def _ask(self, text: str, on_found: Callable[[Sequence[Option]], None]) -> None:
        self._context.runner.read(
            queries.find, self._kind, text, self._wanted, None, 8, owner=self, on_error=lambda error: None,
            on_done=lambda page: on_found([offer(self._kind, row) for row in page.rows]))


def offer(kind: str, found: Any) -> Option:
    """Return a row as it is offered."""
    if kind == "volunteer":
        return Option(found.id, found.name, joined(found.number, found.phone))
    return Option(found.id, found.title, getattr(found, "number", found.__dict__.get("text", "")))


def window_text(starts_at: Any, ends_at: Any, now: Any) -> str:
    """Return from when to when, the second day only where it is another one."""
    end = short_moment(ends_at, now)
    return QCoreApplication.translate("PatrolWords", "{start} 至 {end}").format(
        start=short_moment(starts_at, now), end=end.rpartition(" ")[2] if _same_day(starts_at, ends_at) else end)


def _same_day(one: Any, other: Any) -> bool:
    from ui.widgets.dates import CHINA

    return bool(one.astimezone(CHINA).date() == other.astimezone(CHINA).date())


__all__ = [
    "ListField", "Loaded", "PatrolDetailView", "PatrolRecords", "RecordPicker", "offer", "pane", "window_text",
]  # fmt: skip
