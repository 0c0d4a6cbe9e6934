"""Works computed fields out on the desk, in the transaction that changes what they rest on (decision 8)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from zzdesk.calendar.models import CalendarTable
from zzdesk.calendar.records import calendar_for
from zzdesk.ops.apply import Body
from zzdesk.ops.capture import Change, wire_body
from zzdesk.store.base import Kind, kinds
from zzdesk.store.computed import Child, Computed

Key = tuple[str, str]
Imported = list[tuple[str, Body]]


def imported_tables(session: Session) -> Imported:
    """Return scope and body of the calendar tables that offices imported: a handful."""
    query = select(CalendarTable.scope, CalendarTable.days).where(CalendarTable.voided.is_not(True))
    return [(scope, {"days": days}) for scope, days in session.execute(query)]


def refresh(session: Session, changes: Mapping[Key, Change]) -> None:
    """Put every computed field right that rests on something changed here.

    Where a conflict is decided, the operation says nothing but the decision; the centre's result follows it.
    """
    imported: Imported | None = None
    for kind, record_id, rule in list(_stale(changes)):
        change = changes.get((kind.name, record_id))
        if change is not None and change.conflicts:
            continue
        record = change.record if change is not None else session.get(kind.model, record_id)
        if record is None:
            continue  # a child of what is not here
        imported = imported_tables(session) if imported is None else imported
        put(session, kind, rule, record, imported, born=change is not None and change.born)


def put(session: Session, kind: Kind, rule: Computed, record: Any, imported: Imported, *, born: bool = False) -> bool:
    """Set what a record's computed fields should be; return whether any was not."""
    body = wire_body(kind, record)
    children = [] if born else children_of(session, kind, record.id, rule)
    wanted = rule.wanted(body, children, calendar_for(record.scope, imported))
    for name, wire in wanted.items():
        setattr(record, name, None if wire is None else kind.fields[name].type.from_wire(wire))
    return bool(wanted)


def children_of(session: Session, parent: Kind, record_id: str, rule: Computed) -> list[Child]:
    """Return those children of a record on which its computed fields rest."""
    found: list[Child] = []
    for name in rule.kin:
        kind = kinds().get(name)
        if kind is None:
            continue
        model: Any = kind.model
        query = select(model).where(getattr(model, f"{parent.name}_id") == record_id).order_by(model.created_at, model.id)
        bodies = [wire_body(kind, child) for child in session.scalars(query)]
        found += [(name, body) for body in bodies if rule.counts(name, body)]
    return found


def _stale(changes: Mapping[Key, Change]) -> Iterator[tuple[Kind, str, Computed]]:
    """Yield the records whose computed fields may be out of date, each once."""
    seen: set[Key] = set()
    for change in changes.values():
        found = _rests_on(change)
        if found is not None and (found[0].name, found[1]) not in seen:
            seen.add((found[0].name, found[1]))
            yield found


def _rests_on(change: Change) -> tuple[Kind, str, Computed] | None:
    own = change.kind.model.__computed__
    if own is not None:
        touched = change.born or change.moved_to is not None or not own.inputs.isdisjoint(change.entries)
        return (change.kind, change.record.id, own) if touched else None
    field = change.kind.model.__parent__
    parent = kinds().get((field or "").removesuffix("_id"))
    rule = parent.model.__computed__ if parent is not None else None
    if parent is None or field is None or rule is None or change.kind.name not in rule.kin:
        return None
    counts = rule.counts(change.kind.name, wire_body(change.kind, change.record))
    return (parent, getattr(change.record, field), rule) if counts else None
