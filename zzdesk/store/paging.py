"""Lists are read by key, newest first: one screenful, and the key to go on after."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, tuple_
from sqlalchemy.orm import Session

from zzdesk.clock import from_iso, to_iso
from zzdesk.store.unit import Page


def newest_first(
    session: Session, model: Any, query: Select[Any], *, states: tuple[str, ...], void: bool, after: str | None, limit: int
) -> Page[Any]:
    """Return one page of records: void ones or the others, in these states (none given: in all)."""
    query = query.where(model.voided.is_(True) if void else model.voided.is_not(True))
    if states:
        query = query.where(model.state.in_(states))
    if after is not None:
        moment, _, last = after.partition("/")
        query = query.where(tuple_(model.created_at, model.id) < (from_iso(moment), last))
    found = session.scalars(query.order_by(model.created_at.desc(), model.id.desc()).limit(limit + 1)).all()
    rows = found[:limit]
    more = len(found) > limit
    return Page(tuple(rows), f"{to_iso(rows[-1].created_at)}/{rows[-1].id}" if more else None)
