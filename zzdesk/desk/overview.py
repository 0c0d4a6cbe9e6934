"""What the first page shows, as plain values: counts by state, and the newest open work with its masks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from zzdesk.clock import RecordId
from zzdesk.people.detect import hide_personal

LINES: Final = 12
"""How many lines of open work the first page has."""

OPEN_STATES: Final[dict[str, tuple[str, ...]]] = {
    "request": ("asked",),
    "report": ("registered", "verifying", "dispatching", "handling", "checking", "feedback", "evaluating", "suspended"),
    "posting": ("draft", "held", "review", "published", "full", "working", "settling"),
    "case": ("accepted", "mediating", "reached", "performing", "revisiting"),
}
"""States in which somebody still has to do something; states that a kind does not have are ignored."""

TITLES: Final[dict[str, tuple[str, ...]]] = {
    "request": ("reason",),
    "report": ("title",),
    "posting": ("title",),
    "case": ("number", "alias"),
}
DETAILS: Final[dict[str, tuple[str, ...]]] = {
    "request": ("report_number",),
    "report": ("number", "address"),
    "posting": ("number", "place"),
    "case": (),
}
CATEGORIES: Final = {"request": "request_kind", "report": "category", "posting": "trade", "case": "category"}

HANDED: Final = "handover_order"
"""Orders to partners that somebody has to follow; their state is what there is to do (``zzdesk.desk.handing.to_follow``)."""
UNSENT: Final = "unsent"

TO_DECIDE: Final = {"request": "report.approve"}
"""Kinds that wait for a decision, with the right to take it: shown to who may, and never one's own."""


@dataclass(frozen=True)
class Entry:
    """One piece of open work, as a list shows it."""

    id: RecordId
    kind: str
    title: str
    detail: str
    category: str | None
    state: str
    urgency: str | None
    created_at: datetime


@dataclass(frozen=True)
class Overview:
    """Counts by kind and state, and the newest open work first."""

    counts: dict[str, dict[str, int]] = field(default_factory=dict)
    entries: tuple[Entry, ...] = ()

    def open(self, kind: str) -> int:
        """Return how many records of a kind wait for somebody."""
        return sum(self.counts.get(kind, {}).get(state, 0) for state in OPEN_STATES[kind])


def arranged(counts: dict[str, dict[str, int]], entries: Iterable[Entry], limit: int) -> Overview:
    """Put what is urgent or waits for a decision first, then what partners are done with, and what is newest before the rest."""
    ordered = sorted(entries, key=lambda e: (_rank(e), -e.created_at.timestamp()))
    return Overview(counts, tuple(ordered[:limit]))


def _rank(entry: Entry) -> int:
    if entry.urgency == "high" or entry.kind in TO_DECIDE or entry.state == UNSENT:
        return 0
    return 1 if entry.kind == HANDED else 2


def entry_of(kind: str, row: Mapping[str, Any]) -> Entry:
    """Return one line of a record's values; numbers of people in its texts are masked."""
    return Entry(
        id=row["id"],
        kind=kind,
        title=hide_personal(_first(row, TITLES[kind])),
        detail=hide_personal(_joined(row, DETAILS[kind])),
        category=row.get(CATEGORIES[kind]),
        state=row["state"],
        urgency=row.get("urgency"),
        created_at=row["created_at"],
    )


def _first(row: Mapping[str, Any], names: tuple[str, ...]) -> str:
    return next((str(row[name]) for name in names if row.get(name)), "")


def _joined(row: Mapping[str, Any], names: tuple[str, ...]) -> str:
    return " · ".join(str(row[name]) for name in names if row.get(name))
