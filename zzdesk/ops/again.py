"""What the centre refused, said anew: a new operation that builds upon today's state and names the one it replaces.

An operation that was sent is never changed (the centre keeps its receipt for ever); its content stays, and so does what
became of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from zzdesk.actor import Actor
from zzdesk.clock import Clock, to_iso
from zzdesk.errors import BugError, RefusedError
from zzdesk.i18n import N_
from zzdesk.ops.apply import SCOPE, Body, Op, put, stamp_of
from zzdesk.ops.capture import SCHEMA, bounded, conflict_seen, pending_ops, stamps_seen, void_seen, wire_body
from zzdesk.ops.fold import Key, drop_shadow, fold, keep_shadow, pending_by_record, refold, shadows
from zzdesk.ops.models import DROPPED, NEW, PARKED, REPLACED, Outbox, OutboxBody, SyncRecord
from zzdesk.ops.rows import known, put_rows
from zzdesk.store import search
from zzdesk.store.base import Merge

Changes = Mapping[str, Any]
"""Wire values by field: what replaces what the operation had said. None clears a field; a counter takes its step."""
_NOT_MEANT: Final = ("op_id", "group", "actor", "at", "replica", "op_no", "suite", "sig", "schema")


def parked(session: Session, op_id: str) -> Outbox | None:
    """Return a refused operation that nobody has dealt with."""
    return session.scalars(select(Outbox).where(Outbox.op_id == op_id, Outbox.state == PARKED)).first()


def parked_group(session: Session, row: Outbox) -> list[Outbox]:
    """Return what was saved and refused together with an operation, in order."""
    query = select(Outbox).where(Outbox.group_id == row.group_id, Outbox.state == PARKED)
    return list(session.scalars(query.order_by(Outbox.n)))


def renew(
    session: Session, actor: Actor, clock: Clock, rows: Sequence[Outbox], changes: Mapping[str, Changes]
) -> dict[str, str]:
    """Say refused operations anew, in one group; return the new operation's id for each old one.

    ``changes`` are by the old operation's id. Every ``was`` and ``saw`` is read afresh from today's state.

    Raises:
        RefusedError: the record that it is about is not at the centre, or its conflict has been decided.
    """
    group, made = clock.new_id(), {}
    for row in rows:
        keep_confirmed(session, (row.kind, row.record_id))
        parts = _said_anew(session, row, changes.get(row.op_id, {}))
        op: Op = parts | {
            "op_id": clock.new_id(), "group": group, "schema": SCHEMA, "suite": None, "sig": None,
            "actor": {"user": actor.account_id, "device": actor.device_id, "grant": None},
            "at": {"wall": to_iso(clock.now()), "mono": clock.monotonic_ms(), "boot": clock.boot_id},
        }  # fmt: skip
        new = Outbox(
            op_id=op["op_id"], group_id=group, kind=row.kind, record_id=row.record_id, verb=row.verb,
            actor=actor.account_id, made_at=clock.now(), said=OutboxBody(body=bounded(op)), state=NEW, tries=0, urgent=row.urgent,
            replaces=row.op_id,
        )  # fmt: skip
        row.state = REPLACED
        session.add(new)
        session.flush()
        made[row.op_id] = new.op_id
        show_again(session, (row.kind, row.record_id))
    return made


def _said_anew(session: Session, row: Outbox, changes: Changes) -> Body:
    parts = {name: part for name, part in row.body.items() if name not in _NOT_MEANT}
    key = (row.kind, row.record_id)
    if row.verb == "create":
        parts["init"] = dict(parts["init"])
        for name, value in changes.items():
            put(parts["init"], name, value)
        return parts
    pending = pending_ops(session, *key)
    stamps = stamps_seen(session, *key, pending)
    if not stamps:
        raise RefusedError(N_("这条记录不在本机：还没有送达中心，或已经转到别处；请先处理它的登记，或放弃这项操作"))
    if row.verb in ("void", "unvoid"):
        return parts | {"saw": void_seen(session, *key, pending)}
    if row.verb == "move":
        return parts | {"saw": {SCOPE: stamp_of(stamps, SCOPE)}}
    confirmed, today = session.get(SyncRecord, key), None
    if row.verb == "resolve" and confirmed is not None:  # a decision is between what the centre has
        stamps, today = confirmed.stamps, shadows(session, [key])[key]
    parts["set"] = _edits(session, row, changes, stamps, today)
    if row.verb == "resolve":
        parts["saw"] = _conflicts_seen(session, parts["conflicts"])
    return parts


def _edits(
    session: Session, row: Outbox, changes: Changes, stamps: dict[str, str], today: Body | None
) -> dict[str, Any]:
    """Return what the operation writes, over ``today``; None: over what stands on this desk."""
    kind = known(row.kind)
    record = session.get(kind.model, row.record_id) if kind else None
    if kind is None or record is None:
        raise RefusedError(N_("这项操作由更新的程序写下，请先升级本程序"))
    today = wire_body(kind, record) if today is None else today
    edits = {}
    for name in dict.fromkeys([*row.body["set"], *changes]):
        old = row.body["set"].get(name, {"to": None})
        edits[name] = _edit(kind.merge_of(name), old, changes, name, today.get(name))
        if "to" in edits[name]:
            edits[name]["saw"] = stamp_of(stamps, name)
    return edits


def _edit(merge: Merge, old: dict[str, Any], changes: Changes, name: str, current: Any) -> dict[str, Any]:
    if merge is Merge.CLAIM:
        return {"to": old["to"], "was": old["was"]}  # a claim says itself whom it is about
    if name not in changes:
        return {"to": old["to"], "was": current} if "to" in old else dict(old)
    if merge is Merge.SET:
        wanted, have = set(changes[name] or ()), set(current or ())
        return {"add": sorted(wanted - have), "del": sorted(have - wanted)}
    if merge is Merge.DELTA:
        return {"by": int(changes[name] or 0)}
    return {"to": changes[name], "was": current}


def _conflicts_seen(session: Session, conflicts: Sequence[str]) -> dict[str, str]:
    from zzdesk.ops.models import Conflict

    seen: dict[str, str] = {}
    for conflict in conflicts:
        found, stored = session.get(Conflict, conflict), session.get(SyncRecord, ("conflict", conflict))
        if found is None or stored is None or found.state == "resolved":
            raise RefusedError(N_("这处冲突已经决定过了"))
        seen |= conflict_seen(found, stored)
    return seen


def keep_confirmed(session: Session, key: Key) -> None:
    """Put the confirmed body of a record aside before an operation is laid over it, where nothing is yet."""
    confirmed, kind = session.get(SyncRecord, key), known(key[0])
    if confirmed is None or kind is None or shadows(session, [key]):
        return
    record = session.get(kind.model, key[1])
    if record is None:
        raise BugError(f"{key} is confirmed and not here")
    keep_shadow(session, key, wire_body(kind, record) | (confirmed.extra or {}))
    session.flush()  # who says a decision anew reads it back at once


def show_again(session: Session, key: Key) -> None:
    """Write the working row anew out of what is confirmed and what is pending now."""
    ops = pending_by_record(session, [key]).get(key, [])
    before = shadows(session, [key]).get(key)
    kind = known(key[0])
    if before is not None:
        scope = session.get_one(SyncRecord, key).scope
        refold(session, key, scope, before, ops)
        if not ops:
            drop_shadow(session, key)
    elif ops and ops[0].verb == "create" and kind is not None:
        body = fold(None, ops)
        assert body is not None
        put_rows(session, kind, [(key[1], ops[0].body["scope"], body)])


def drop(session: Session, rows: Sequence[Outbox], reason: str) -> None:
    """Give refused operations up; their content is kept. A record that the centre never took is not shown any more.

    Raises:
        RefusedError: something that builds upon such a record still waits for the centre.
    """
    for row in rows:
        row.state, row.note = DROPPED, reason
    session.flush()
    for key in {(row.kind, row.record_id) for row in rows if row.verb == "create"}:
        if session.get(SyncRecord, key) is not None:
            continue
        if pending_by_record(session, [key]):
            raise RefusedError(N_("这条记录还有改动在等中心答复，请先同步"))
        rest = select(Outbox).where(Outbox.record_id == key[1], Outbox.kind == key[0], Outbox.state == PARKED)
        for row in session.scalars(rest):
            row.state, row.note = DROPPED, reason
        kind = known(key[0])
        if kind is not None:
            table = kind.model.__table__
            session.execute(delete(table).where(table.c.id == key[1]))
            search.remove(session, *key)
