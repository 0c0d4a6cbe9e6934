"""Reading and writing the centre's rows in bulk: a batch costs a handful of statements, not one for each operation."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final, TypeVar

import msgspec
from msgspec import Struct
from sqlalchemy import Connection, Row, Table, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError

from sync.conflicts import RESOLVED, Author
from sync.merge import RecordState
from sync.protocol import CONFLICT_KIND
from sync.server.tables import conflict, feed, grant_history, op_log, record, record_history
from zzdesk.ops.apply import canonical, text_hash
from zzdesk.store.many import insert_rows

Key = tuple[str, str]
"""Kind and id of a record."""

_CHUNK: Final = 500
_OPEN: Final = ("held", "quarantined")
"""Outcomes that are stored but not final."""
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Stored:
    """A record as it lies in the database, its documents still text."""

    state: RecordState
    seq: int
    body: str
    stamps: str
    hash: str


def chunks(items: Iterable[T]) -> Iterator[list[T]]:
    """Yield lists short enough for one IN."""
    source = iter(items)
    while part := list(islice(source, _CHUNK)):
        yield part


_EVERYWHERE: Final[Mapping[str, str]] = {}


def among(
    connection: Connection, table: Table, columns: Iterable[str], column: str, values: Iterable[Any],
    where: Mapping[str, str] = _EVERYWHERE, *, lock: bool = False,
) -> Iterator[Row[Any]]:  # fmt: skip
    """Yield the rows of which a column holds one of the values, in its order within each part.

    The statement is the driver's own: put together as objects, it takes longer than the database needs for the answer.
    """
    mark, names = place_of(connection), ", ".join(f'"{name}"' for name in columns)
    rule = "".join(f' AND "{name}" = {mark}' for name in where)
    end = f' ORDER BY "{column}"' + (" FOR UPDATE" if lock and mark != "?" else "")
    for part in chunks(values):
        marks = ", ".join([mark] * len(part))
        query = f'SELECT {names} FROM "{table.name}" WHERE "{column}" IN ({marks}){rule}{end}'  # noqa: S608 - our own names
        yield from connection.exec_driver_sql(query, (*part, *where.values()))


def present(connection: Connection, table: Table, column: str, values: Iterable[str], **where: str) -> set[str]:
    """Return those of the values that stand in a column: for a batch of new things the answer is none, and quick."""
    return {value for (value,) in among(connection, table, (column,), column, values, where)}


def place_of(connection: Connection) -> str:
    """Return the place holder of the driver's own statements."""
    return "?" if connection.dialect.name == "sqlite" else "%s"


def load(connection: Connection, keys: Iterable[Key], *, lock: bool) -> dict[Key, Stored]:
    """Return those of the records that exist; with ``lock`` no other transaction can change them until this ends.

    Rows are locked in (kind, id) order, before any stamp is read (hazards 2 and 37).
    """
    by_kind: dict[str, list[str]] = {}
    for kind, record_id in sorted(set(keys)):
        by_kind.setdefault(kind, []).append(record_id)
    found: dict[Key, Stored] = {}
    for kind, ids in by_kind.items():
        worth = _worth_reading(connection, kind, ids)
        for row in among(connection, record, _STORED, "id", worth, {"kind": kind}, lock=lock):
            found[kind, row.id] = _stored(row)
    return found


def _worth_reading(connection: Connection, kind: str, ids: list[str]) -> list[str]:
    """Return those of many records that exist: a run of new ones needs no more than that."""
    return sorted(present(connection, record, "id", ids, kind=kind)) if len(ids) > _FEW else ids


_FEW: Final = 20
_STORED: Final = ("kind", "id", "scope_id", "ver", "seq", "body", "stamps", "hash")


def _stored(row: Row[Any]) -> Stored:
    body, stamps = msgspec.json.decode(row.body), msgspec.json.decode(row.stamps)
    state = RecordState(row.kind, row.id, row.scope_id, row.ver, body, stamps)
    return Stored(state, row.seq, row.body, row.stamps, row.hash)


def open_conflicts(connection: Connection, entities: Iterable[Key]) -> list[str]:
    """Return the ids of the open conflicts about these records."""
    about = sorted({record_id for _, record_id in entities})
    found = among(connection, conflict, ("id", "state"), "entity_id", about)
    return [row.id for row in found if row.state != RESOLVED]


def conflicts_about(connection: Connection, record_id: str) -> list[str]:
    """Return the ids of all the conflicts about a record, decided ones too."""
    return list(connection.execute(select(conflict.c.id).where(conflict.c.entity_id == record_id)).scalars())


def logged(connection: Connection, op_ids: Iterable[str]) -> dict[str, Row[Any]]:
    """Return the log rows of operations, without their bodies."""
    columns = [column.name for column in op_log.c if column.name != "body"]
    wanted = list(op_ids)
    if len(wanted) > _FEW:
        wanted = sorted(present(connection, op_log, "op_id", wanted))
    return {row.op_id: row for row in among(connection, op_log, columns, "op_id", wanted)}


def taken_numbers(connection: Connection, replica_id: str, numbers: Iterable[int]) -> dict[int, str]:
    """Return which of a replica's operation numbers are taken, and by which operation."""
    taken: dict[int, str] = {}
    for part in chunks(numbers):
        query = select(op_log.c.op_no, op_log.c.op_id).where(op_log.c.replica_id == replica_id)
        taken |= {row.op_no: row.op_id for row in connection.execute(query.where(op_log.c.op_no.in_(part)))}
    return taken


def settled(connection: Connection, op_ids: Iterable[str]) -> set[str]:
    """Return which operations are in the log and judged: neither held nor in quarantine."""
    found: set[str] = set()
    for part in chunks(sorted(op_ids)):
        query = select(op_log.c.op_id).where(op_log.c.op_id.in_(part), op_log.c.outcome.not_in(_OPEN))
        found |= set(connection.execute(query).scalars())
    return found


def waits_on(connection: Connection, op_id: str) -> str | None:
    """Return what an operation in the log waits for, None where it does not, or is not there."""
    found: str | None = connection.execute(select(op_log.c.waits_on).where(op_log.c.op_id == op_id)).scalar()
    return found


class Unchanged(enum.Enum):
    """Says that a value was already then what it is now."""

    UNCHANGED = enum.auto()


UNCHANGED: Final = Unchanged.UNCHANGED


def value_at(connection: Connection, key: Key, name: str, at: str) -> Any:
    """Return what a field of a record was at a moment by the centre's clock, or UNCHANGED where it is so still."""
    query = (
        select(record_history.c.old)
        .join(op_log, op_log.c.op_id == record_history.c.op_id)
        .where(record_history.c.kind == key[0], record_history.c.id == key[1], op_log.c.received_at > at)
        .order_by(record_history.c.ver)
    )
    for old in connection.execute(query).scalars():
        values = msgspec.json.decode(old)
        if name in values:
            return values[name]
    return UNCHANGED


@dataclass(frozen=True, slots=True)
class Grant:
    """A role that an account holds, or held, in a node."""

    role: str
    node: str
    start: str
    end: str | None

    def holds(self, at: str | None) -> bool:
        """Say whether it held at a moment; None means that it does now."""
        return self.end is None if at is None else self.start <= at and (self.end is None or at < self.end)


def grants(connection: Connection, users: Iterable[str]) -> dict[str, list[Grant]]:
    """Return everything that these accounts were ever granted."""
    found: dict[str, list[Grant]] = {}
    for part in chunks(sorted(users)):
        for row in connection.execute(select(grant_history).where(grant_history.c.user_id.in_(part))):
            grant = Grant(row.role, row.scope_id, row.from_ts, row.to_ts)
            found.setdefault(row.user_id, []).append(grant)
    return found


def author_of(connection: Connection, op_id: str) -> Author:
    """Return who wrote an operation that is in the log."""
    columns = (op_log.c.user_id, op_log.c.at_client, op_log.c.device_id, op_log.c.skew_ms)
    row = connection.execute(select(*columns).where(op_log.c.op_id == op_id)).one()
    return Author(row.user_id, row.at_client, row.device_id, row.skew_ms)


def advance_clock(connection: Connection, steps: int) -> int:
    """Move the clock on and return the first new seq. Must be the last lock that a transaction takes (hazard 1)."""
    change = f"UPDATE sync_clock SET seq = seq + {place_of(connection)} WHERE id = 1 RETURNING seq"  # noqa: S608 - a place
    last: int = connection.exec_driver_sql(change, (steps,)).scalar_one()
    return last - steps + 1


class Written(Struct, frozen=True, gc=False):
    """A record to be written: new, or in the place of what was stored."""

    state: RecordState
    new: bool
    seq: int
    replica: str | None
    body: bytes
    hash: str
    parent: str | None = None
    left: str | None = None
    """The scope that the record was in before, where it moved."""

    @classmethod
    def of(
        cls, state: RecordState, new: bool, seq: int, replica: str | None, parent: str | None = None,
        left: str | None = None, body: bytes | None = None,
    ) -> Written:  # fmt: skip
        """Return the row of a state at its place in the feed; ``body`` is its canonical JSON where that is at hand."""
        body = body if body is not None else canonical(state.body)
        digest = text_hash(state.kind, state.id, state.scope, body)
        return cls(state, new, seq, replica, body, digest, parent, left)

    @property
    def key(self) -> Key:
        """Return which record it is."""
        return self.state.kind, self.state.id

    @property
    def stamps(self) -> str:
        """Return the compact stamps as JSON."""
        return canonical(self.state.stamps).decode()

    def row(self) -> tuple[Any, ...]:
        """Return the values of the record table, in the order of ``RECORD``."""
        state = self.state
        return (
            state.kind, state.id, state.scope, state.ver, self.seq, state.voided, self.body.decode(),
            self.stamps, self.hash, self.replica, self.parent,
        )  # fmt: skip

    def place(self) -> tuple[Any, ...]:
        """Return the values of the feed table, in the order of ``FEED``."""
        return self._in(self.state.scope, "put")

    def places(self) -> list[tuple[Any, ...]]:
        """Return the values of the feed table of a record that moved: gone there, come here, at one seq."""
        assert self.left is not None
        return [self._in(self.left, "evict"), self.place()]

    def _in(self, scope: str, what: str) -> tuple[Any, ...]:
        return scope, self.state.kind, self.state.id, self.seq, what


RECORD: Final = (
    "kind", "id", "scope_id", "ver", "seq", "voided", "body", "stamps", "hash", "last_replica", "parent_id",
)  # fmt: skip
FEED: Final = ("scope_id", "kind", "id", "seq", "what")


COME_BACK: Final = " ON CONFLICT (scope_id, kind, id) DO UPDATE SET seq = excluded.seq, what = excluded.what"
"""A new record may stand in the feed already: as one that people had left out after a restore."""


def insert_many(
    connection: Connection, table: Table, columns: Sequence[str], values: Sequence[tuple[Any, ...]],
    otherwise: str = "", document: str | None = None,
) -> None:  # fmt: skip
    """Insert rows by one statement that is prepared once; an object for each would cost more than the database.

    ``otherwise`` says what to do where such a row is there. ``document`` names a column whose values are JSON in bytes:
    no text is made of them on the way.
    """
    if not values:
        return
    if connection.dialect.name == "postgresql" and len(values) > _FEW and not otherwise:
        _copy(connection, table, columns, values, document)
        return
    place = place_of(connection)
    cast = f"CAST({place} AS TEXT)" if place == "?" else f"convert_from({place}, 'UTF8')::jsonb"
    places = [cast if name == document else place for name in columns]
    into = "INSERT INTO {} ({})".format(table.name, ", ".join(f'"{name}"' for name in columns))
    if place == "?":
        insert_rows(connection, into, places, values, otherwise)
    else:
        connection.exec_driver_sql(f"{into} VALUES ({', '.join(places)}){otherwise}", list(values))


def _copy(
    connection: Connection, table: Table, columns: Sequence[str], values: Sequence[tuple[Any, ...]],
    document: str | None,
) -> None:  # fmt: skip
    """Insert rows the way PostgreSQL takes many: its errors come out as those of any other statement."""
    names = ", ".join(f'"{name}"' for name in columns)
    statement = f"COPY {table.name} ({names}) FROM STDIN"
    at = columns.index(document) if document else len(columns)
    raw = connection.connection.driver_connection
    assert raw is not None
    try:
        with raw.cursor() as cursor, cursor.copy(statement) as copy:
            for row in values:
                copy.write_row(row if document is None else (*row[:at], row[at].decode(), *row[at + 1 :]))
    except connection.dialect.loaded_dbapi.Error as error:
        raise DBAPIError.instance(statement, None, error, connection.dialect.loaded_dbapi.Error, True) from error


def change_many(
    connection: Connection, table: Table, columns: Sequence[str], keys: Sequence[str], values: Sequence[tuple[Any, ...]]
) -> None:  # fmt: skip
    """Change rows by one statement that is prepared once; the values are those of ``columns``, then those of ``keys``."""
    if values:
        mark = place_of(connection)
        changes = ", ".join(f'"{name}" = {mark}' for name in columns)
        rule = " AND ".join(f'"{name}" = {mark}' for name in keys)
        statement = f'UPDATE "{table.name}" SET {changes} WHERE {rule}'  # noqa: S608 - ours
        connection.exec_driver_sql(statement, list(values))


def write(connection: Connection, written: Sequence[Written]) -> None:
    """Write records and their places in the feed."""
    born = [item for item in written if item.new]
    if born:
        insert_many(connection, record, RECORD, [item.row() for item in born])
        insert_many(connection, feed, FEED, [item.place() for item in born], COME_BACK)
    rest = [item for item in written if not item.new]
    if rest:
        changes = [(*row[2:], *row[:2]) for row in (item.row() for item in rest)]
        change_many(connection, record, RECORD[2:], RECORD[:2], changes)
        stayed = [item.place() for item in rest if item.left is None]
        change_many(connection, feed, FEED[3:], FEED[:3], [(*place[3:], *place[:3]) for place in stayed])
        moved = [dict(zip(FEED, place, strict=True)) for item in rest if item.left is not None for place in item.places()]
        if moved:
            connection.execute(_put_places(connection), moved)


def _put_places(connection: Connection) -> Any:
    """Return the statement that puts rows into the feed, also where the record has been in that scope before."""
    insert: Any = (sqlite if connection.dialect.name == "sqlite" else postgresql).insert(feed)
    new = {"seq": insert.excluded.seq, "what": insert.excluded.what}
    return insert.on_conflict_do_update(index_elements=["scope_id", "kind", "id"], set_=new)


def take_out(connection: Connection, scope: str, key: Key, seq: int) -> None:
    """Say in a scope's feed that a record is not there; desks that show it let it go."""
    place = dict(zip(FEED, (scope, *key, seq, "evict"), strict=True))
    connection.execute(_put_places(connection), [place])


def dependants(connection: Connection, records: Iterable[str]) -> set[Key]:
    """Return the keys of everything that belongs to these records, to their children, and so on."""
    found: set[Key] = set()
    parents = set(records)
    while parents:
        children: set[Key] = set()
        for part in chunks(sorted(parents)):
            query = select(record.c.kind, record.c.id).where(record.c.parent_id.in_(part))
            children |= {(row.kind, row.id) for row in connection.execute(query)}
        parents = {record_id for _, record_id in children - found}
        found |= children
    return found


def children(connection: Connection, parent_id: str, kinds: Iterable[str]) -> list[RecordState]:
    """Return the records of some kinds that belong to a record."""
    mine = (record.c.parent_id == parent_id, record.c.kind.in_(list(kinds)))
    return [_stored(row).state for row in connection.execute(select(record).where(*mine))]


@dataclass(frozen=True, slots=True)
class Past:
    """What one operation changed in one record: for undo, and as the base of later questions."""

    key: Key
    ver: int
    op_id: str
    changes: dict[str, tuple[Any, Any]]


def write_history(connection: Connection, past: Sequence[Past], seq_of: dict[Key, int]) -> None:
    """Write old and new values of changed fields."""
    insert_many(connection, record_history, _PAST, [
        (
            *item.key, item.ver, item.op_id, seq_of[item.key],
            canonical({n: old for n, (old, _) in item.changes.items()}).decode(),
            canonical({n: new for n, (_, new) in item.changes.items()}).decode(),
        )
        for item in past
    ])  # fmt: skip


_PAST: Final = ("kind", "id", "ver", "op_id", "seq", "old", "new")


_HISTORY: Final = 200
"""How many changes of a record are looked through for what replaced an element of a set."""


def history_of(connection: Connection, key: Key, field: str) -> list[tuple[str, Any, Any]]:
    """Return (operation, old, new) of a field's changes, the oldest first."""
    mine = (record_history.c.kind == key[0], record_history.c.id == key[1])
    columns = record_history.c
    query = select(columns.op_id, columns.old, columns.new).where(*mine).order_by(columns.ver.desc())
    found = []
    for row in connection.execute(query.limit(_HISTORY)):
        new = msgspec.json.decode(row.new)
        if field in new:
            found.append((row.op_id, msgspec.json.decode(row.old).get(field), new[field]))
    return found[::-1]


def index_conflicts(connection: Connection, written: Iterable[Written]) -> None:
    """Keep the index by which open conflicts are found."""
    touched = [item for item in written if item.state.kind == CONFLICT_KIND]
    rows = [_conflict_row(item.state) for item in touched if item.new]
    if rows:
        connection.execute(conflict.insert(), rows)
    for item in touched:
        if not item.new:
            row = _conflict_row(item.state)
            values = {name: row[name] for name in ("state", "resolved_op", "owner", "due")}
            connection.execute(update(conflict).where(conflict.c.id == item.state.id).values(values))


def _conflict_row(state: RecordState) -> dict[str, Any]:
    body = state.body
    decided = body["state"] == RESOLVED
    return {
        "owner": str(body["owner"])[:36] if body.get("owner") else None, "due": None if decided else body.get("due"),
        "id": state.id, "kind": body["record_kind"], "entity_id": body["record_id"], "field": body["field"],
        "state": body["state"], "resolved_op": body.get("resolved_op"), "opened_at": body["created_at"],
    }  # fmt: skip
