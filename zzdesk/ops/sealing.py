"""Sealing: the next operations to send, numbered in order; from then on they never change.

Their text is read as it lies in the outbox and travels as it is: it was canonical when it was minted.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import msgspec
from msgspec import Struct
from sqlalchemy.orm import Session

from zzdesk.ops.apply import Body, Op, apply_op, intent_of, record_hash, scope_after
from zzdesk.ops.fold import Key, in_parts
from zzdesk.ops.models import GIVEN_UP, PENDING, SEALED, Outbox, SyncState
from zzdesk.ops.rows import forget_loaded
from zzdesk.store.engine import driver

BATCH_OPS: Final = 2000
BATCH_BYTES: Final = 4 * 1024 * 1024
Seal = Callable[[Session, int, int], "Batch"]
"""Seals what comes after an op_no, at most so many operations."""


class Sealed(Struct, gc=False):
    """One sealed operation: its place in the outbox, its number, and the canonical JSON of what it means."""

    n: int
    op_id: str
    op_no: int
    group: str
    kind: str
    record_id: str
    verb: str
    actor: str
    text: bytes

    @property
    def key(self) -> Key:
        """Return the record that it is about."""
        return self.kind, self.record_id

    def op(self) -> Op:
        """Return it unpacked."""
        op: Op = msgspec.json.decode(self.text)
        return op


@dataclass(frozen=True)
class Batch:
    """Sealed operations in order, and the record hash that each edited record should have after its last one here."""

    replica: str
    rows: tuple[Sealed, ...]
    hashes: dict[str, str]

    @property
    def last_no(self) -> int:
        """Return the highest number in it: a claim that overtook others has a lower one than its place tells."""
        return max((row.op_no for row in self.rows), default=0)

    @cached_property
    def ops(self) -> tuple[Op, ...]:
        """Return the operations unpacked, with who sends them and as which number."""
        return tuple(row.op() | {"replica": self.replica, "op_no": row.op_no} for row in self.rows)


_WIDE: Final = (
    "SELECT n, op_id, op_no, group_id, kind, record_id, verb, actor, CAST(body AS BLOB)"
    " FROM outbox JOIN outbox_body USING (n) WHERE"
)
_GROUP: Final = 3
"""The place of the group among these columns."""
_NEXT: Final = f"{_WIDE} state = ? AND (op_no > ? OR op_no IS NULL) ORDER BY n"
_GIVEN_UP: Final = f"{_WIDE} state = ? AND receipt_epoch IS NOT NULL AND (op_no > ? OR op_no IS NULL) ORDER BY n LIMIT ?"
_REST: Final = f"{_WIDE} group_id = ? AND n > ? AND state = ? ORDER BY n"
_NUMBER: Final = "UPDATE outbox SET state = coalesce(?, state), op_no = n + ? WHERE n BETWEEN ? AND ?"


def seal(session: Session, after: int = 0, limit: int = BATCH_OPS) -> Batch:
    """Seal and return the next operations of a synchronisation, at most ``limit`` and 4 MiB; sealed ones never change.

    ``after`` is the highest op_no that this synchronisation has sent: what was held is offered once each time.
    """
    return _sealed(session, _sendable(session, after, limit))


def seal_rows(session: Session, rows: Sequence[Outbox]) -> Batch:
    """Seal and return these operations."""
    chosen = [row.n for row in rows]
    places = ",".join("?" * len(chosen))
    query = f"{_WIDE} n IN ({places}) ORDER BY n"
    found = driver(session).execute(query, tuple(chosen)).fetchall() if chosen else []
    batch = _sealed(session, found)
    for row in rows:
        session.expire(row)
    return batch


def seal_given_up(session: Session, after: int = 0, limit: int = BATCH_OPS) -> Batch:
    """Number and return the next of what was refused, and given up or said anew, before the centre was restored.

    It stays what it is: the centre is only told once more what it had said.
    """
    found = [row for state in GIVEN_UP for row in driver(session).execute(_GIVEN_UP, (state, after, limit))]
    return _sealed(session, sorted(found)[:limit], None)


def _sealed(session: Session, found: Sequence[Any], becomes: str | None = SEALED) -> Batch:
    session.flush()
    replica, first = driver(session).execute("SELECT replica_id, next_op_no FROM sync_state WHERE id = 1").fetchone()
    if not found:
        return Batch(replica, (), {})
    rows: list[Sealed] = []
    new: list[tuple[int, int]] = []
    for n, op_id, op_no, group, kind, record_id, verb, actor, text in found:
        if op_no is None:
            op_no = first + len(new)
            new.append((n, op_no))
        rows.append(Sealed(n, op_id, op_no, group, kind, record_id, verb, actor, intent_of(text)))
    for start, end in ranges([n for n, _ in new]):
        offset = new[start][1] - new[start][0]
        driver(session).execute(_NUMBER, (becomes, offset, new[start][0], new[end][0]))
    driver(session).execute("UPDATE sync_state SET next_op_no = ? WHERE id = 1", (first + len(new),))
    forget_loaded(session, SyncState, (1,))
    return Batch(replica, tuple(rows), _expected(session, rows))


def ranges(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield the places (first, last) of runs in which each number is one more than the one before."""
    start = 0
    for place in range(1, len(numbers) + 1):
        if place == len(numbers) or numbers[place] != numbers[place - 1] + 1:
            yield start, place - 1
            start = place


def _sendable(session: Session, after: int, limit: int) -> list[Any]:
    results = [driver(session).execute(_NEXT, (state, after)) for state in PENDING]
    rows: list[Any] = []
    size = 0
    for row in heapq.merge(*results):
        size += len(row[-1])
        if rows and size > BATCH_BYTES:
            break
        rows.append(row)
        if len(rows) == limit:
            break
    for result in results:
        result.close()
    return _whole_groups(session, rows)


def _whole_groups(session: Session, rows: list[Any]) -> list[Any]:
    """Never cut a group, which is atomic at the centre: leave the last one out, or take all of it if it is alone."""
    if not rows:
        return rows
    n, group = rows[-1][0], rows[-1][_GROUP]
    rest = [row for state in PENDING for row in driver(session).execute(_REST, (group, n, state))]
    if rest and rows[0][_GROUP] != group:
        return [row for row in rows if row[_GROUP] != group]
    return rows + sorted(rest)


def _expected(session: Session, rows: Sequence[Sealed]) -> dict[str, str]:
    """Return what the edited records should hash to; what is only born here needs no word: the centre has all of it."""
    edited = {row.key for row in rows if row.verb != "create"}
    if not edited:
        return {}
    aside = _looked_up(session, "shadow", "body", edited)
    bodies: dict[Key, Body | None] = {key: msgspec.json.decode(body) for key, body in aside}
    scopes = scopes_of(session, edited)
    hashes: dict[str, str] = {}
    for row in rows:
        key = row.key
        if key not in edited:
            continue
        if row.verb != "create" and bodies.get(key) is None:
            continue
        op = row.op()
        scopes[key] = scope_after(scopes.get(key, ""), op)
        bodies[key] = body = apply_op(bodies.get(key), op)
        hashes[row.op_id] = record_hash(*key, scopes[key], body)
    return hashes


def scopes_of(session: Session, keys: Iterable[Key]) -> dict[Key, str]:
    """Return the scopes of those of the records that the centre has confirmed."""
    return dict(_looked_up(session, "sync_record", "scope", keys))


def _looked_up(session: Session, table: str, column: str, keys: Iterable[Key]) -> Iterator[tuple[Key, str]]:
    for kind, ids in in_parts(keys):
        query = f"SELECT id, {column} FROM {table} WHERE kind = ? AND id IN ({','.join('?' * len(ids))})"  # noqa: S608
        for record_id, value in driver(session).execute(query, (kind, *ids)):
            yield (kind, record_id), value
