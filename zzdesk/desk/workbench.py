"""What needs somebody today: counts by state and the newest open work of every subject."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from sqlalchemy import func, or_, select

from zzdesk.clock import RecordId
from zzdesk.people.detect import hide_personal
from zzdesk.store.base import kinds
from zzdesk.store.unit import Reader

OPEN_STATES: Final[dict[str, tuple[str, ...]]] = {
    "report": ("registered", "verifying", "dispatching", "handling", "feedback", "evaluating"),
    "posting": ("draft", "held", "review", "published", "full", "working", "settling"),
    "case": ("accepted", "mediating", "reached", "performing", "revisiting"),
}
"""States in which somebody still has to do something; states that a kind does not have are ignored."""

_TITLES: Final[dict[str, tuple[str, ...]]] = {
    "report": ("title",),
    "posting": ("title",),
    "case": ("number", "alias"),
}
_DETAILS: Final[dict[str, tuple[str, ...]]] = {
    "report": ("number", "address"),
    "posting": ("number", "place"),
    "case": (),
}
_CATEGORIES: Final = {"report": "category", "posting": "trade", "case": "category"}


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


def overview(read: Reader, limit: int = 12) -> Overview:
    """Return the counts and the newest open work of all subjects; nothing for who may not look at records."""
    if not read.may("record.read"):
        return Overview()
    known = [kind for kind in OPEN_STATES if kind in kinds()]
    entries = [entry for kind in known for entry in _entries(read, kind, limit)]
    entries.sort(key=lambda entry: (entry.urgency != "high", -entry.created_at.timestamp()))
    return Overview({kind: _counts(read, kind) for kind in known}, tuple(entries[:limit]))


def _alive(model: Any) -> Any:
    return or_(model.voided.is_(None), model.voided.is_(False))


def _counts(read: Reader, kind: str) -> dict[str, int]:
    model: Any = kinds()[kind].model
    query = select(model.state, func.count()).where(_alive(model)).group_by(model.state)
    return dict(read.session.execute(query).all())


def _entries(read: Reader, kind: str, limit: int) -> list[Entry]:
    model: Any = kinds()[kind].model
    columns = kinds()[kind].fields
    wanted = [name for name in (*_TITLES[kind], *_DETAILS[kind], _CATEGORIES[kind], "urgency") if name in columns]
    query = (
        select(model.id, model.created_at, model.state, *(getattr(model, name) for name in wanted))
        .where(model.state.in_(OPEN_STATES[kind]), _alive(model))
        .order_by(model.created_at.desc(), model.id.desc())
        .limit(limit)
    )
    return [_entry(kind, row._mapping) for row in read.session.execute(query)]


def _entry(kind: str, row: Any) -> Entry:
    return Entry(
        id=row["id"],
        kind=kind,
        title=hide_personal(_first(row, _TITLES[kind])),
        detail=hide_personal(_joined(row, _DETAILS[kind])),
        category=row.get(_CATEGORIES[kind]),
        state=row["state"],
        urgency=row.get("urgency"),
        created_at=row["created_at"],
    )


def _first(row: Any, names: tuple[str, ...]) -> str:
    return next((str(row[name]) for name in names if row.get(name)), "")


def _joined(row: Any, names: tuple[str, ...]) -> str:
    return " · ".join(str(row[name]) for name in names if row.get(name))
