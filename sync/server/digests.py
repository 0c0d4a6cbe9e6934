"""The centre's digests: kept in the transaction that writes records, and what a desk asks of them (8.2, 8.5; hazard 30).

They are read and written after the clock row is locked, so that two workers never add to the same one at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from sqlalchemy import Connection, delete, func, select

from sync.comparing import DigestAnswer, DigestRequest
from sync.problems import WireError
from sync.server import rows
from sync.server.accounts import Speaker, caller_of
from sync.server.centre import Centre
from sync.server.rows import Key, Stored, Written
from sync.server.scopes import reach_of
from sync.server.tables import digest, feed, record
from zzdesk.ops.buckets import Differences, Group, filled, tally

MAX_ITEMS: Final = 20_000
"""Records of one bucket that an answer may name: five million of one kind in one scope."""


def follow(connection: Connection, stored: Mapping[Key, Stored], written: Iterable[Written]) -> None:
    """Let the digests follow the records of a batch; ``stored`` is what lay there before."""
    changes = Differences()
    for item in written:
        state = item.state
        before = stored.get((state.kind, state.id))
        if before is not None and not item.new:
            if (before.state.scope, before.hash) == (state.scope, item.hash):
                continue
            changes.take(before.state.scope, state.kind, state.id, before.hash)
        changes.add(state.scope, state.kind, state.id, item.hash)
    if changes:
        apply(connection, changes)


def apply(connection: Connection, changes: Differences) -> None:
    """Write what changes in the digests."""
    groups = changes.groups
    before: dict[Group, bytes] = {}
    for scope in sorted({scope for scope, _ in groups}):
        kinds = [kind for each, kind in groups if each == scope]
        for row in rows.among(connection, digest, ("kind", "buckets"), "kind", kinds, {"scope_id": scope}):
            before[scope, row.kind] = row.buckets
    new, there = [], []
    for group in groups:
        buckets = changes.applied(group, before.get(group))
        if group not in before:
            new.append({"scope_id": group[0], "kind": group[1], "buckets": buckets})
            continue
        there.append((buckets, *group))
    rows.change_many(connection, digest, ("buckets",), ("scope_id", "kind"), there)
    if new:
        connection.execute(digest.insert(), new)


def rebuild(connection: Connection) -> None:
    """Work all digests out afresh from the hashes of the records."""
    columns = (record.c.scope_id, record.c.kind, record.c.id, record.c.hash)
    rows = connection.execute(select(*columns).execution_options(yield_per=5000))
    right = tally((row[0], row[1], row[2], row[3]) for row in rows)
    connection.execute(delete(digest))
    new = [{"scope_id": scope, "kind": kind, "buckets": data} for (scope, kind), data in right.items()]
    if new:
        connection.execute(digest.insert(), new)


def answer(centre: Centre, speaker: Speaker, request: DigestRequest) -> DigestAnswer:
    """Return the digests of a scope, or the records of one bucket, as they stand at the end of the scope's feed.

    Raises:
        WireError: scope-denied; the device is not active.
    """
    with centre.database.reading() as connection:
        caller = caller_of(connection, speaker)
        reach = reach_of(connection, caller.ceiling, speaker.user, proven=speaker.proven)
        if not reach.can_read(request.scope):
            raise WireError("scope-denied")
        head = connection.execute(select(func.max(feed.c.seq)).where(feed.c.scope_id == request.scope)).scalar()
        found = DigestAnswer(
            scope=request.scope, scope_head=head or 0, **centre.envelope(connection, request.nonce)
        )  # fmt: skip
        if request.kind is None or request.bucket is None:
            found.buckets = _buckets(connection, request.scope)
        else:
            found.items = _items(connection, request.scope, request.kind, request.bucket)
        return found


def _buckets(connection: Connection, scope_id: str) -> dict[str, list[tuple[int, str, int]]]:
    query = select(digest.c.kind, digest.c.buckets).where(digest.c.scope_id == scope_id)
    found = {row.kind: list(filled(row.buckets)) for row in connection.execute(query)}
    return {kind: buckets for kind, buckets in found.items() if buckets}


def _items(connection: Connection, scope_id: str, kind: str, bucket: int) -> list[tuple[str, int, str]]:
    """Return the records of a bucket in order of their ids; read from ``record`` itself, not from a digest."""
    mine: tuple[Any, ...] = (record.c.kind == kind, record.c.scope_id == scope_id)
    ends = func.substr(record.c.id, func.length(record.c.id) - 1) == f"{bucket:02x}"
    query = select(record.c.id, record.c.ver, record.c.hash).where(*mine, ends).order_by(record.c.id).limit(MAX_ITEMS)
    return [(row.id, row.ver, row.hash) for row in connection.execute(query)]
