"""What needs somebody today: counts by state and the newest open work of every subject."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, or_, select

from zzdesk.desk.handing import to_follow
from zzdesk.desk.overview import CATEGORIES, DETAILS, LINES, TITLES, TO_DECIDE, Entry, arranged, entry_of
from zzdesk.desk.overview import OPEN_STATES as OPEN_STATES
from zzdesk.desk.overview import Overview as Overview
from zzdesk.store.base import kinds
from zzdesk.store.unit import Reader


def overview(read: Reader, limit: int = LINES) -> Overview:
    """Return the counts and the newest open work of all subjects; nothing for who may not look at records."""
    if not read.may("record.read"):
        return Overview()
    known = [kind for kind in OPEN_STATES if kind in kinds() and (kind not in TO_DECIDE or read.may(TO_DECIDE[kind]))]
    entries = [entry for kind in known for entry in _entries(read, kind, limit)] + list(to_follow(read))
    return arranged({kind: _counts(read, kind) for kind in known}, entries, limit)


def _alive(model: Any) -> Any:
    return or_(model.voided.is_(None), model.voided.is_(False))


def _open(read: Reader, model: Any, kind: str) -> tuple[Any, ...]:
    open_work = (model.state.in_(OPEN_STATES[kind]), _alive(model))
    return (*open_work, model.created_by != read.actor.account_id) if kind in TO_DECIDE else open_work


def _counts(read: Reader, kind: str) -> dict[str, int]:
    model: Any = kinds()[kind].model
    waiting = _open(read, model, kind) if kind in TO_DECIDE else (_alive(model),)
    query = select(model.state, func.count()).where(*waiting).group_by(model.state)
    return dict(read.session.execute(query).all())


def _entries(read: Reader, kind: str, limit: int) -> list[Entry]:
    model: Any = kinds()[kind].model
    columns = kinds()[kind].fields
    wanted = [
        name for name in (*TITLES[kind], *DETAILS[kind], CATEGORIES[kind], "urgency") if name in columns
    ]
    query = (
        select(model.id, model.created_at, model.state, *(getattr(model, name) for name in wanted))
        .where(*_open(read, model, kind))
        .order_by(model.created_at.desc(), model.id.desc())
        .limit(limit)
    )
    return [entry_of(kind, dict(row._mapping)) for row in read.session.execute(query)]
