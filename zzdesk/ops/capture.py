"""Turns what the unit of work changed into operations: from the ORM's own attribute history, at flush.

So no command can change a synced column without an operation, and none has to think of one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Final

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from zzdesk.actor import Actor
from zzdesk.clock import Clock, to_iso
from zzdesk.errors import BugError, InvalidError
from zzdesk.i18n import N_
from zzdesk.ops.apply import BENEATH, DEFAULT, SCOPE, Body, Op, canonical, stamp_of, touched
from zzdesk.ops.models import NEW, PENDING, Conflict, Outbox, Shadow, SyncRecord
from zzdesk.store.base import Kind, Merge, Synced, kind_of
from zzdesk.store.engine import driver

SCHEMA: Final = 2
"""Of the operations that this program writes; ``sync.upcast`` says what each release changed."""
COALESCE: Final = timedelta(seconds=30)
MAX_GROUP: Final = 200
MAX_OP_BYTES: Final = 256 * 1024


@dataclass
class Change:
    """What one unit of work does to one record."""

    record: Any
    kind: Kind
    born: bool
    before: Body
    entries: dict[str, dict[str, Any]] = field(default_factory=dict)
    void: str | None = None
    moved_to: str | None = None
    """The scope that the record was moved to."""
    reason: str | None = None
    conflicts: tuple[str, ...] = ()
    undoes: bool = False
    """The conflicts were decided, and this takes the decisions back."""
    seen: Body = field(default_factory=dict)
    """Fields whose author had seen another value than the one that stands here now, with what was seen."""


def wire_body(kind: Kind, record: Any) -> Body:
    """Return a record's fields as the wire carries them, without the absent ones."""
    values = ((name, spec, getattr(record, name)) for name, spec in kind.fields.items())
    return {name: spec.type.to_wire(value) for name, spec, value in values if value is not None}


def _old(record: Any, name: str) -> Any:
    deleted = inspect(record).attrs[name].history.deleted
    return deleted[0] if deleted else None


def _before(kind: Kind, record: Any, changed: Iterable[str]) -> Body:
    body = wire_body(kind, record)
    for name in changed:
        old = _old(record, name)
        body.pop(name, None)
        if old is not None:
            body[name] = kind.fields[name].type.to_wire(old)
    return body


def _entry(merge: Merge, was: Any, now: Any) -> dict[str, Any]:
    if merge is Merge.SET:
        before, after = set(was or ()), set(now or ())
        return {"add": sorted(after - before), "del": sorted(before - after)}
    if merge is Merge.DELTA:
        return {"by": (now or 0) - (was or 0)}
    return {"to": now, "was": was}


class Capture:
    """Gathers the changes of one unit of work, over all its flushes."""

    def __init__(self) -> None:
        self.changes: dict[tuple[str, str], Change] = {}
        self._seen: dict[tuple[str, str], Body] = {}

    def saw_other(self, record: Any, name: str, wire: Any) -> None:
        """Note that the author of the change to come saw ``wire`` in a field that holds something else by now."""
        self._seen.setdefault((record.__kind__, record.id), {})[name] = wire

    def flush(self, session: Session) -> None:
        """Read the attribute history of everything about to be flushed."""
        for record in session.deleted:
            if isinstance(record, Synced):
                raise BugError(f"{record.__kind__} is deleted: declare it void instead")
        for record in session.new:
            if isinstance(record, Synced):
                kind = kind_of(type(record))
                self.changes[kind.name, record.id] = Change(record, kind, True, {})
        for record in session.dirty:
            if isinstance(record, Synced):
                self._dirty(record)

    def _dirty(self, record: Any) -> None:
        kind = kind_of(type(record))
        state = inspect(record)
        changed = [name for name in kind.fields if state.attrs[name].history.has_changes()]
        moved = state.attrs.scope.history.has_changes()
        if not changed and not moved:
            return
        key = (kind.name, record.id)
        if key not in self.changes:
            self.changes[key] = Change(record, kind, False, _before(kind, record, changed))
        if moved and not self.changes[key].born:
            self.changes[key].moved_to = record.scope
        for name in changed:
            self.note(self.changes[key], name)

    def note(self, change: Change, name: str) -> None:
        """Note one field's change; a record born in this unit needs no entries."""
        spec = change.kind.fields[name]
        value = getattr(change.record, name)
        if change.born:
            return
        if spec.merge is Merge.WRITE_ONCE:
            raise BugError(f"{change.kind.name}.{name} is written once")
        if spec.merge is Merge.VOID:
            change.void = "void" if change.record.voided else "unvoid"
            return
        now = None if value is None else spec.type.to_wire(value)
        seen = self._seen.get((change.kind.name, change.record.id), {})
        if name in seen and spec.merge not in (Merge.SET, Merge.DELTA):
            change.seen[name] = seen[name]
        change.entries[name] = _entry(spec.merge, change.seen.get(name, change.before.get(name)), now)

    def decide(self, change: Change, name: str, value: Any) -> None:
        """Note the value that a person decided on, also where it is what stood here; voidness is a value then."""
        now = None if value is None else change.kind.fields[name].type.to_wire(value)
        change.entries[name] = {"to": now, "was": change.before.get(name)}
        change.void = None

    def ask(self, record: Any, name: str, now: Any, was: Any) -> None:
        """Note what a person asks the centre for: wire values, and the row stays as it is until the centre has said."""
        kind = kind_of(type(record))
        change = self.changes.setdefault((kind.name, record.id), Change(record, kind, False, wire_body(kind, record)))
        if change.born:
            raise BugError(f"{kind.name}.{name} is asked for before the record is there")
        change.entries[name] = {"to": now, "was": was}


def pending_ops(session: Session, kind: str, record_id: str) -> list[Outbox]:
    """Return the pending operations on a record, oldest first."""
    query = select(Outbox).where(Outbox.record_id == record_id, Outbox.kind == kind, Outbox.state.in_(PENDING))
    return list(session.scalars(query.order_by(Outbox.n)))


def conflict_seen(conflict: Conflict, confirmed: SyncRecord) -> dict[str, str]:
    """Return what says how a conflict was seen: its last writer by its id, and its id by each value that was shown."""
    shown = [each["op"] for each in (*conflict.candidates, conflict.proposal or {}) if each.get("op")]
    return {conflict.id: confirmed.stamps["*"]} | dict.fromkeys(shown, conflict.id)


def stamps_seen(session: Session, kind: str, record_id: str, pending: Iterable[Outbox]) -> dict[str, str]:
    """Return the stamps that who looks at a record here sees: the confirmed ones with pending operations over them."""
    known: SyncRecord | None = session.get(SyncRecord, (kind, record_id))
    stamps = dict(known.stamps) if known else {}
    for row in pending:
        if row.verb == "create":
            stamps["*"] = row.op_id
        stamps.update(dict.fromkeys(touched(row.body), row.op_id))
    return stamps


def void_seen(session: Session, kind: str, record_id: str, pending: Iterable[Outbox]) -> dict[str, str]:
    """Return the stamps that the author of a void sees, and under the fields that he edited what was confirmed of them.

    The centre may weave such an edit into what somebody else wrote meanwhile: the stamp of that is his all the same.
    """
    known: SyncRecord | None = session.get(SyncRecord, (kind, record_id))
    edited = {name for row in pending if row.verb != "create" for name in touched(row.body)}
    beneath = {f"{name}{BENEATH}": known.stamps.get(name) or known.stamps[DEFAULT] for name in sorted(edited)} if known else {}
    return stamps_seen(session, kind, record_id, pending) | beneath


_KEPT: Final = ("op_id", "group_id", "kind", "record_id", "verb", "actor", "state", "tries", "urgent", "replaces")
_OP: Final = f"INSERT INTO outbox (n, made_at, {', '.join(_KEPT)}) VALUES ({', '.join('?' * (2 + len(_KEPT)))})"  # noqa: S608
_BODY: Final = "INSERT INTO outbox_body (n, body) VALUES (?, ?)"


def insert_ops(session: Session, rows: Sequence[dict[str, Any]]) -> None:
    """Put operations into the outbox, behind what is there."""
    connection = driver(session)
    (last,) = connection.execute("SELECT coalesce(max(n), 0) FROM outbox").fetchone()
    numbered = list(enumerate(rows, last + 1))
    connection.executemany(_OP, [(n, to_iso(row["made_at"]), *map(row.get, _KEPT)) for n, row in numbered])
    connection.executemany(_BODY, [(n, canonical(row["body"]).decode()) for n, row in numbered])


class Recorder:
    """Writes the operations of one unit of work into the outbox."""

    def __init__(self, session: Session, actor: Actor, clock: Clock) -> None:
        self._session = session
        self._actor = actor
        self._clock = clock
        self._now = clock.now()
        self._group = clock.new_id()
        self._rows: list[dict[str, Any]] = []

    def write(self, changes: Iterable[Change]) -> list[dict[str, Any]]:
        """Write one group; its operations go to the centre together or not at all. Returns their rows."""
        for change in changes:
            if change.born:
                self._add(change, "create", scope=change.record.scope, init=wire_body(change.kind, change.record))
                continue
            if not change.conflicts:
                change.entries = {n: e for n, e in change.entries.items() if n in change.seen or not _idle(e)}
            if change.entries or change.void or change.moved_to:
                self._edit(change)
        if len(self._rows) > MAX_GROUP:
            raise BugError(f"a group of {len(self._rows)} operations: commit in smaller chunks")
        if self._rows:
            insert_ops(self._session, self._rows)
        return self._rows

    def _edit(self, change: Change) -> None:
        name, record_id = change.kind.name, change.record.id
        pending = pending_ops(self._session, name, record_id)
        if not pending and self._session.get(SyncRecord, (name, record_id)) is not None:
            self._session.merge(Shadow(kind=name, id=record_id, body=self._confirmed(change)))
        stamps = stamps_seen(self._session, name, record_id, pending)
        if change.entries:
            self._patch(change, pending, stamps)
        if change.void:
            reason = change.record.void_reason or change.reason
            self._add(change, change.void, saw=void_seen(self._session, name, record_id, pending), reason=reason)
        if change.moved_to:  # last: what else was done to it was done where it was
            self._add(change, "move", to_scope=change.moved_to, saw={SCOPE: stamp_of(stamps, SCOPE)}, reason=change.reason)

    def _confirmed(self, change: Change) -> Body:
        extra = self._session.get_one(SyncRecord, (change.kind.name, change.record.id)).extra
        return change.before | (extra or {})

    def _patch(self, change: Change, pending: list[Outbox], stamps: dict[str, str]) -> None:
        if change.conflicts and not change.undoes:
            stamps = self._decide_over(change, pending, stamps)
        for name, entry in change.entries.items():
            if "to" in entry:
                entry["saw"] = None if name in change.seen else stamp_of(stamps, name)
        if self._coalesced(change, pending):
            return
        verb = "resolve" if change.conflicts and not change.undoes else "patch"
        self._add(change, verb, set=change.entries, reason=change.reason, **self._decided(change))

    def _decide_over(self, change: Change, pending: list[Outbox], stamps: dict[str, str]) -> dict[str, str]:
        """Let a decision name what the centre confirmed, whose values were shown; return the stamps of that.

        One's own edit that lies over it may wait at the centre for this very decision.
        """
        key = (change.kind.name, change.record.id)
        confirmed = self._session.get(SyncRecord, key)
        if not pending or confirmed is None:
            return stamps
        shadow = self._session.get(Shadow, key)  # none where all that is pending had been confirmed, before a restore
        for name, entry in change.entries.items():
            if name not in change.seen and shadow is not None:
                entry["was"] = shadow.body.get(name)
        return confirmed.stamps

    def _decided(self, change: Change) -> dict[str, Any]:
        """Name the conflicts that are decided and how the person saw each: a later candidate keeps it open."""
        if not change.conflicts:
            return {}
        if change.undoes:
            return {"conflicts": list(change.conflicts)}
        seen: dict[str, str] = {}
        for i in change.conflicts:
            conflict, confirmed = self._session.get_one(Conflict, i), self._session.get_one(SyncRecord, ("conflict", i))
            seen |= conflict_seen(conflict, confirmed)
        return {"conflicts": list(change.conflicts), "saw": seen}

    def _coalesced(self, change: Change, pending: list[Outbox]) -> bool:
        """Let an unsealed operation of the same person, under 30 s old, take the new values (decision 5)."""
        last = pending[-1] if pending else None
        state = change.kind.state_field
        if (
            last is None
            or last.state != NEW
            or last.urgent
            or change.kind.claim_field in change.entries
            or last.verb not in ("create", "patch")
            or last.actor != self._actor.account_id
            or abs(self._now - last.made_at) > COALESCE  # a clock may have been set back
            or change.conflicts
            or change.reason
            or change.seen
            or _counts(last.body.get("set", {}), change.entries)
            or state in change.entries
        ):
            return False
        body = dict(last.body)
        if last.verb == "create":
            body["init"] = wire_body(change.kind, change.record)
        else:
            body["set"] = _joined(body["set"], change.entries)
        last.body = bounded(body)
        return True

    def _add(self, change: Change, verb: str, **parts: Any) -> None:
        guard = change.kind.model.__guard__
        hurries = verb == "create" and guard is not None and guard.hurries is not None and guard.hurries(parts["init"])
        # What hurries waits for nothing that was done beside it: whatever becomes of that, this is taken by itself.
        group = self._clock.new_id() if hurries else self._group
        op: Op = {
            "op_id": self._clock.new_id(), "group": group, "schema": SCHEMA,
            "kind": change.kind.name, "id": change.record.id, "verb": verb,
            "actor": {"user": self._actor.account_id, "device": self._actor.device_id, "grant": None},
            "at": {"wall": to_iso(self._now), "mono": self._clock.monotonic_ms(), "boot": self._clock.boot_id},
        }  # fmt: skip
        op.update({name: part for name, part in parts.items() if part is not None})
        urgent = hurries or change.kind.claim_field in op.get("set", ())
        self._rows.append({
            "op_id": op["op_id"], "group_id": group, "kind": op["kind"], "record_id": op["id"], "verb": verb,
            "actor": self._actor.account_id, "made_at": self._now, "body": bounded(op), "state": NEW, "tries": 0,
            "urgent": urgent,
        })  # fmt: skip


def _counts(*edits: dict[str, dict[str, Any]]) -> bool:
    """Say whether a counter steps: each step is one operation, so that none is ever counted twice (see ``ops.twins``)."""
    return any("by" in entry for entries in edits for entry in entries.values())


def _idle(entry: dict[str, Any]) -> bool:
    """Say whether a field was changed and changed back within one unit of work."""
    if "to" in entry:
        return bool(entry["to"] == entry["was"])
    return not any(entry.values())


def _joined(earlier: dict[str, Any], later: dict[str, Any]) -> dict[str, Any]:
    joined = dict(earlier)
    for name, entry in later.items():
        first = joined.get(name)
        if first is None or "to" not in entry:
            joined[name] = entry if first is None else _summed(first, entry)
        else:
            joined[name] = {"to": entry["to"], "was": first["was"], "saw": first["saw"]}
    return joined


def _summed(first: dict[str, Any], entry: dict[str, Any]) -> dict[str, Any]:
    added = (set(first["add"]) - set(entry["del"])) | set(entry["add"])
    taken = (set(first["del"]) - set(entry["add"])) | set(entry["del"])
    return {"add": sorted(added - taken), "del": sorted(taken)}


def bounded(op: Op) -> Op:
    """Return the operation.

    Raises:
        InvalidError: it is larger than the centre takes.
    """
    size = len(canonical(op))
    if size > MAX_OP_BYTES:
        raise InvalidError.one(op["kind"], N_("一次保存的内容太多（{size}千字节），请分几次保存"), size=size // 1024)
    return op
