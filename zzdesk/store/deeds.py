"""What one unit of work does to a record and its children, put together for the guard of its kind.

The centre puts the same together out of a group of operations (``sync.server.deeds``) and asks the same guard.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache, partial
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from zzdesk.actor import Actor
from zzdesk.clock import Clock, to_iso
from zzdesk.errors import RefusedError
from zzdesk.ops.apply import Body
from zzdesk.ops.capture import SCHEMA, Change, wire_body
from zzdesk.ops.models import SyncRecord
from zzdesk.store.base import Kind, kinds
from zzdesk.workflow import Deed, Guard, Kin, awaited

Key = tuple[str, str]
_NOT_YET: Final = 2**62
_AT_ONCE: Final = 900
"""Ids in one question: SQLite takes a thousand and more."""


def check(session: Session, actor: Actor, clock: Clock, changes: Mapping[Key, Change]) -> None:
    """Ask the guards about everything that is about to be written.

    Raises:
        RefusedError: a guard stands against it; nothing is written then.
    """
    for (kind, record_id), touched in _guarded(changes).items():
        guard = kinds()[kind].model.__guard__
        assert guard is not None
        change = changes.get((kind, record_id))
        if not touched and change is not None and not _matters(guard, change):
            continue
        deed = _deed(session, actor, clock, change, touched, kinds()[kind], record_id)
        code = guard.ask(deed) if deed is not None else None
        if code is not None and awaited(code) is None:
            raise RefusedError(guard.words[code], code=code)


def _guarded(changes: Mapping[Key, Change]) -> dict[Key, list[Change]]:
    """Return the records that have a guard and change, with those of their children that change."""
    found: dict[Key, list[Change]] = {}
    for change in changes.values():
        if change.kind.model.__guard__ is not None:
            found.setdefault((change.kind.name, change.record.id), [])
            continue
        name = (change.kind.model.__parent__ or "").removesuffix("_id")
        parent = kinds().get(name)
        guard = parent.model.__guard__ if parent is not None else None
        if guard is not None and change.kind.name in guard.kin and (change.born or change.entries):
            found.setdefault((name, str(getattr(change.record, f"{name}_id"))), []).append(change)
    return found


def _matters(guard: Guard, change: Change) -> bool:
    if change.born:  # an import makes many: only the fields that count are looked at
        return guard.always or not guard.begins({name: getattr(change.record, name, None) for name in ("state", *guard.unborn)})
    return change.void is not None or not guard.fields.isdisjoint(change.entries)


def _deed(
    session: Session, actor: Actor, clock: Clock, change: Change | None, touched: Sequence[Change], kind: Kind, record_id: str
) -> Deed | None:
    record = change.record if change is not None else session.get(kind.model, record_id)
    if record is None:
        return None  # what belongs to a record that is not here is for the centre to judge
    after = wire_body(kind, record)
    before = after if change is None else None if change.born else change.before
    kin = [Kin(c.kind.name, c.record.id, wire_body(c.kind, c.record), None if c.born else c.before) for c in touched]
    entries = change.entries.items() if change is not None else ()
    return Deed(
        actor.account_id, to_iso(clock.now()), SCHEMA, before, after,
        {name: (entry.get("was"), entry["to"]) for name, entry in entries if "to" in entry},
        void=change is not None and change.void == "void", decided=change is not None and bool(change.conflicts),
        kin=tuple(kin), past=cache(lambda: _past(session, kind, record_id, kin)), id=record_id,
        other=cache(partial(_other, session)), others=cache(partial(_others, session)),
        kin_of=cache(lambda name, each: _past(session, kinds()[name], each, ())), files=cache(partial(_files, session)),
    )  # fmt: skip


def _other(session: Session, kind: str, record_id: str) -> Body | None:
    found = session.get(kinds()[kind].model, record_id)
    return wire_body(kinds()[kind], found) if found is not None else None


def _others(session: Session, kind: str, record_ids: tuple[str, ...]) -> Mapping[str, Body]:
    model: Any = kinds()[kind].model
    found: dict[str, Body] = {}
    for at in range(0, len(record_ids), _AT_ONCE):
        rows = session.scalars(select(model).where(model.id.in_(record_ids[at : at + _AT_ONCE])))
        found |= {row.id: wire_body(kinds()[kind], row) for row in rows}
    return found


def _files(session: Session, scope: str, record_ids: tuple[str, ...]) -> tuple[Kin, ...]:
    kind = kinds()["attachment"]
    model: Any = kind.model
    query = select(model).where(model.record_id.in_(record_ids), model.scope == scope, model.voided.is_not(True))
    return tuple(Kin(kind.name, row.id, wire_body(kind, row)) for row in session.scalars(query.order_by(model.id)))


def in_order(session: Session, found: Sequence[Kin]) -> list[Kin]:
    """Return children in the order in which they reached the centre, those that have not by when they were written here.

    Desks date what they write by clocks of their own; nobody can act upon what has not reached them.
    """
    arrived: dict[str, int] = {}
    for name in sorted({kin.kind for kin in found}):
        query = select(SyncRecord.id, SyncRecord.seq).where(
            SyncRecord.kind == name, SyncRecord.id.in_([kin.id for kin in found if kin.kind == name])
        )
        arrived |= {row.id: row.seq for row in session.execute(query)}
    return sorted(found, key=lambda kin: (arrived.get(kin.id) or _NOT_YET, str(kin.body.get("created_at")), kin.id))


def _past(session: Session, parent: Kind, record_id: str, touched: Sequence[Kin]) -> tuple[Kin, ...]:
    """Return the children of a record as they were before."""
    guard, now = parent.model.__guard__, {kin.id: kin for kin in touched}
    found: list[Kin] = []
    for name in guard.kin if guard is not None else ():
        kind = kinds()[name]
        model: Any = kind.model
        for child in session.scalars(select(model).where(getattr(model, f"{parent.name}_id") == record_id)):
            was = now[child.id].was if child.id in now else wire_body(kind, child)
            found += [Kin(name, child.id, was)] if was is not None else []
    return tuple(in_order(session, found))
