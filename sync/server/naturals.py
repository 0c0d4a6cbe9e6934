"""What names a thing in the world: identity numbers, case numbers. Finds who else has the same (hazard 14).

Nothing is forbidden: both rows live. The same number twice is given anew by ``sync.server.numbering``; the same person
twice is brought before a person by ``sync.server.duplicates``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any, Final

from sqlalchemy import Connection, delete, select, text

from sync.merge import RecordState
from sync.policies import Policies
from sync.protocol import Op
from sync.server import rows
from sync.server.rows import Key, Stored
from sync.server.tables import natural_key
from zzdesk.ops.apply import canonical

Same = tuple[str, str, str]
"""Kind, field and value."""
_COLUMNS: Final = ("kind", "field", "fingerprint", "id")


def fingerprint(same: Same) -> str:
    """Return what stands for the value in the index."""
    return hashlib.sha256(canonical(list(same))).hexdigest()


def of_state(policies: Policies, state: RecordState | None) -> set[Same]:
    """Return what a record says it is."""
    values = {name: state.body.get(name) for name in policies[state.kind].natural} if state else {}
    return {(state.kind, name, value) for name, value in values.items() if state and isinstance(value, str) and value}


def _of_op(policies: Policies, op: Op) -> set[Same]:
    named = policies[op.kind].natural
    found = {name: op.init.get(name) for name in named} | {n: op.set[n].to for n in named if n in op.set}
    return {(op.kind, name, value) for name, value in found.items() if isinstance(value, str) and value}


def known(connection: Connection, policies: Policies, ops: Iterable[Op]) -> dict[Same, set[str]]:
    """Return the records that have what these operations write."""
    return alike(connection, [same for op in ops if policies[op.kind].natural for same in _of_op(policies, op)])


def alike(connection: Connection, wanted: Iterable[Same]) -> dict[Same, set[str]]:
    """Return the records that have these values; another worker that asks for one of them waits until this ends."""
    asked = {fingerprint(same): same for same in wanted}
    if connection.dialect.name != "sqlite":
        for each in sorted(asked):
            connection.execute(text("SELECT pg_advisory_xact_lock(hashtextextended(:name, 0))"), {"name": each})
    found: dict[Same, set[str]] = {same: set() for same in asked.values()}
    for part in rows.chunks(sorted(asked)):
        query = select(natural_key.c.fingerprint, natural_key.c.id).where(natural_key.c.fingerprint.in_(part))
        for row in connection.execute(query):
            found[asked[row.fingerprint]].add(row.id)
    return found


def follow(
    connection: Connection, policies: Policies, stored: Mapping[Key, Stored], changed: Iterable[RecordState]
) -> None:
    """Keep the index in step with the records."""
    new: list[tuple[Any, ...]] = []
    for state in changed:
        if not policies[state.kind].natural:
            continue
        before = stored.get((state.kind, state.id))
        old, now = of_state(policies, before.state if before else None), of_state(policies, state)
        for kind, field, value in sorted(old - now):
            mine = (natural_key.c.kind == kind, natural_key.c.field == field, natural_key.c.id == state.id)
            gone = natural_key.c.fingerprint == fingerprint((kind, field, value))
            connection.execute(delete(natural_key).where(*mine, gone))
        new += [(same[0], same[1], fingerprint(same), state.id) for same in sorted(now - old)]
    rows.insert_many(connection, natural_key, _COLUMNS, new)
