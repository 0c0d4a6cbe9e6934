"""The desk's digests: kept in the transaction that writes confirmed records, and checked against what really lies here.

Two questions are answered apart.  *Is this desk what the centre has?* compares the kept digests, which are sums of the
hashes of ``sync_record``; what a restored centre has not shown again does not count.  *Are the rows what the hashes say?*
works the hashes out again from the working rows, page by page, and finds a value that was flipped on the disk (hazard 30).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple, Protocol

from sqlalchemy import delete, select, tuple_
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session

from zzdesk.ops.apply import record_hash
from zzdesk.ops.buckets import EMPTY, Differences, Group, tally
from zzdesk.ops.capture import wire_body
from zzdesk.ops.fold import Key, shadows, unborn_ops
from zzdesk.ops.models import PENDING, Digest, ForeignRecord, Outbox, SyncRecord
from zzdesk.ops.rows import known
from zzdesk.store.engine import driver

_CHUNK: Final = 400


class HadLike(Protocol):
    """What was confirmed of a record, as far as digests ask."""

    @property
    def kind(self) -> str:
        """Its kind."""

    @property
    def id(self) -> str:
        """Its id."""

    @property
    def scope(self) -> str:
        """Where it stood."""

    @property
    def hash(self) -> str:
        """The hash of its confirmed state."""

    @property
    def ver(self) -> int:
        """Its version; 0 while a restored centre has not shown it again."""


class Had(NamedTuple):
    """What was confirmed of a record, read without an object of the ORM."""

    kind: str
    id: str
    scope: str
    ver: int
    hash: str


def follow(session: Session, have: Mapping[Key, HadLike], records: Iterable[Mapping[str, Any]]) -> None:
    """Let the digests follow confirmed records; ``have`` is what was confirmed of them before."""
    changes = Differences()
    for record in records:
        before = have.get((record["kind"], record["id"]))
        if before is not None and before.ver > 0:
            if (before.scope, before.hash) == (record["scope"], record["hash"]):
                continue
            changes.take(before.scope, before.kind, before.id, before.hash)
        changes.add(record["scope"], record["kind"], record["id"], record["hash"])
    _write(session, changes)


def follow_all(session: Session, have: Mapping[Key, HadLike], group: Group, records: Iterable[tuple[str, str]]) -> None:
    """Do the same for records of one scope and kind, given as id and hash."""
    changes = Differences()
    scope, kind = group
    new = []
    for record_id, digest in records:
        before = have.get((kind, record_id))
        if before is not None and before.ver > 0:
            changes.take(before.scope, kind, record_id, before.hash)
        new.append((record_id, digest))
    changes.add_all(scope, kind, new)
    _write(session, changes)


def forget(session: Session, gone: Iterable[SyncRecord]) -> None:
    """Let the digests follow records that leave this desk."""
    changes = Differences()
    for row in gone:
        if row.ver > 0:
            changes.take(row.scope, row.kind, row.id, row.hash)
    _write(session, changes)


def _write(session: Session, changes: Differences) -> None:
    if not changes:
        return
    rows = []
    for scope, kind in changes.groups:
        found = driver(session).execute("SELECT buckets FROM digest WHERE scope = ? AND kind = ?", (scope, kind)).fetchone()
        rows.append((scope, kind, changes.applied((scope, kind), found[0] if found else None)))
    driver(session).executemany(_PUT, rows)


_PUT: Final = (
    "INSERT INTO digest (scope, kind, buckets) VALUES (?, ?, ?)"
    " ON CONFLICT (scope, kind) DO UPDATE SET buckets = excluded.buckets"
)


def of_scope(session: Session, scope: str) -> dict[str, bytes]:
    """Return the kept digests of one scope by kind."""
    table = Digest.__table__.c
    return {row[0]: row[1] for row in session.execute(select(table.kind, table.buckets).where(table.scope == scope))}


def begin_anew(session: Session) -> None:
    """Nothing counts until the centre has shown it again: it was restored."""
    session.execute(delete(Digest))


def recomputed(session: Session) -> dict[Group, bytes]:
    """Return the digests as the hashes of all confirmed records give them."""
    columns = (SyncRecord.scope, SyncRecord.kind, SyncRecord.id, SyncRecord.hash)
    rows = session.execute(select(*columns).where(SyncRecord.ver > 0).execution_options(yield_per=2000))
    return tally((row[0], row[1], row[2], row[3]) for row in rows)


def rebuild(session: Session) -> bool:
    """Work the digests out afresh; return whether what was kept was wrong."""
    columns = Digest.__table__.c
    kept = {(row[0], row[1]): row[2] for row in session.execute(select(columns.scope, columns.kind, columns.buckets))}
    right = recomputed(session)
    wrong = [group for group in kept.keys() | right.keys() if kept.get(group, EMPTY) != right.get(group, EMPTY)]
    if wrong:
        session.execute(delete(Digest.__table__))  # type: ignore[arg-type]
        rows = [{"scope": scope, "kind": kind, "buckets": data} for (scope, kind), data in right.items()]
        if rows:
            session.execute(insert(Digest.__table__), rows)  # type: ignore[arg-type]
    return bool(wrong)


def confirmed(session: Session, scope: str, kind: str) -> dict[str, tuple[int, str]]:
    """Return version and hash of every confirmed record of a kind in a scope, by id."""
    query = select(SyncRecord.id, SyncRecord.ver, SyncRecord.hash)
    rows = session.execute(query.where(SyncRecord.kind == kind, SyncRecord.scope == scope, SyncRecord.ver > 0))
    return {row[0]: (row[1], row[2]) for row in rows}


def damaged(session: Session, after: Key, limit: int = 500) -> tuple[list[Key], Key | None, int]:
    """Look at the next confirmed records after a key; return those whose rows are not what was confirmed.

    A record with pending operations is judged by the confirmed body kept aside.  The second value is the key to go on
    after, None at the end; the third how many were looked at.
    """
    key = tuple_(SyncRecord.kind, SyncRecord.id)
    query = select(SyncRecord).where(key > tuple_(*after)).order_by(SyncRecord.kind, SyncRecord.id).limit(limit)
    rows = list(session.scalars(query))
    bodies, unknown, places = bodies_of(session, rows), _unknown(session, rows), _places(session, rows)
    aside = shadows(session, [(row.kind, row.id) for row in rows])
    on_the_way = [row for row in rows if (row.kind, row.id) in aside]  # it may be moving elsewhere
    places |= {(row.kind, row.id): row.scope for row in on_the_way}
    bad = []
    for row in rows:
        mine = (row.kind, row.id)
        body = bodies.get(mine)
        if mine not in unknown and (body is None or record_hash(*mine, places.get(mine, ""), body) != row.hash):
            bad.append(mine)
    later = (rows[-1].kind, rows[-1].id) if len(rows) == limit else None
    return bad, later, len(rows)


def _unknown(session: Session, rows: Sequence[SyncRecord]) -> set[Key]:
    """Return the records of which no confirmed body lies here: operations are laid over them without one kept aside.

    So it is after a restore of the centre, until what is sent again is answered.
    """
    found: set[Key] = set()
    for start in range(0, len(rows), _CHUNK):
        ids = [row.id for row in rows[start : start + _CHUNK]]
        query = select(Outbox.kind, Outbox.record_id).where(Outbox.record_id.in_(ids), Outbox.state.in_(PENDING))
        found |= {(row[0], row[1]) for row in session.execute(query)}
    return found - shadows(session, found).keys()


def _places(session: Session, rows: Sequence[SyncRecord]) -> dict[Key, str]:
    """Return the scopes of records as their rows give them."""
    found = {(row.kind, row.id): row.scope for row in rows if known(row.kind) is None}
    by_kind: dict[str, list[str]] = {}
    for row in rows:
        by_kind.setdefault(row.kind, []).append(row.id)
    for name, ids in by_kind.items():
        model: Any = getattr(known(name), "model", None)
        for start in range(0, len(ids) if model else 0, _CHUNK):
            query = select(model.id, model.scope).where(model.id.in_(ids[start : start + _CHUNK]))
            found |= {(name, row[0]): row[1] for row in session.execute(query)}
    return found


def bodies_of(session: Session, rows: Sequence[SyncRecord]) -> dict[Key, dict[str, Any]]:
    """Return the confirmed bodies of records: kept aside, or as their rows give them with what no column can hold."""
    found = dict(shadows(session, [(row.kind, row.id) for row in rows]))
    extras = {(row.kind, row.id): row.extra or {} for row in rows if (row.kind, row.id) not in found}
    by_kind: dict[str, list[str]] = {}
    for name, record_id in extras:
        by_kind.setdefault(name, []).append(record_id)
    for name, ids in by_kind.items():
        for start in range(0, len(ids), _CHUNK):
            for record_id, body in _lying(session, name, ids[start : start + _CHUNK]):
                found[name, record_id] = body | extras[name, record_id]
    return found


def _lying(session: Session, name: str, ids: Sequence[str]) -> Iterable[tuple[str, dict[str, Any]]]:
    kind = known(name)
    if kind is None:
        foreign = select(ForeignRecord).where(ForeignRecord.kind == name, ForeignRecord.id.in_(ids))
        return ((row.id, row.raw["body"]) for row in session.scalars(foreign))
    records = session.scalars(select(kind.model).where(kind.model.id.in_(ids)))
    return ((record.id, wire_body(kind, record)) for record in records)


def strays(session: Session, kind_name: str, limit: int = 500) -> list[Key]:
    """Return records that stand here without the centre's confirmation and without an operation that made them."""
    kind = known(kind_name)
    assert kind is not None
    confirmed_ids = select(SyncRecord.id).where(SyncRecord.kind == kind_name)
    rows = session.scalars(select(kind.model.id).where(kind.model.id.not_in(confirmed_ids)).limit(limit))
    return [(kind_name, record_id) for record_id in rows if not unborn_ops(session, (kind_name, record_id))]
