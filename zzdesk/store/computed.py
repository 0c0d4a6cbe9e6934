"""Fields that follow from others by a rule that desk and centre both know (decision 8: deadlines).

The desk works them out in the transaction that changes what they rest on, so that they are there without a network.
The centre works them out again with what it knows, and its result arrives like any other field.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from zzdesk.calendar.days import Calendar

Values = Mapping[str, Any]
Child = tuple[str, Values]
"""The kind of a child and its fields, as the wire carries them."""


class WorkOut(Protocol):
    """Works fields out."""

    def __call__(self, body: Values, children: Sequence[Child], calendar: Calendar) -> dict[str, Any]:
        """Return the wire values by field, None for one that is absent. Pure, and never raises on a misshapen record."""


@dataclass(frozen=True)
class Computed:
    """What a kind's computed fields rest on: ``inputs`` of its own, and children of some kinds that ``counts`` picks."""

    fields: tuple[str, ...]
    inputs: frozenset[str]
    kin: tuple[str, ...]
    counts: Callable[[str, Values], bool]
    work_out: WorkOut
    until: str
    """The field with the moment that a calendar table bears on."""
    ended: frozenset[str]
    """States in which a table that comes later changes nothing any more."""

    def wanted(self, body: Values, children: Sequence[Child], calendar: Calendar) -> dict[str, Any]:
        """Return the fields that are not yet what they should be, with what they should be."""
        found = self.work_out(body, children, calendar)
        return {name: found.get(name) for name in self.fields if found.get(name) != body.get(name)}
