"""The one turn in which the centre decides what there is not enough of: one transaction at a time."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Connection, text

from sync.merge import RecordState, changed
from sync.protocol import Op
from sync.server import rows
from sync.server.rows import Key, Past

if TYPE_CHECKING:
    from sync.server.stage import Draft, Item

TASK: Final = "task"
SIGNUP: Final = "signup"
REWARD: Final = "reward"
REDEMPTION: Final = "redemption"
ENTRY: Final = "points_entry"
APPLICATION: Final = "application"
POSTING: Final = "posting"
WATCHED: Final = frozenset({TASK, SIGNUP, REWARD, REDEMPTION, ENTRY, APPLICATION})
"""Kinds of which a change may give or free something that others want too."""


def take_turn(connection: Connection, ops: Iterable[Op]) -> None:
    """Wait for the turn where one of the operations is about such a kind, and keep it until the transaction ends.

    It is taken before any row is locked, so that no two wait for each other. On SQLite there is only one writer.
    """
    if any(op.kind in WATCHED for op in ops):
        lock_turn(connection)


def lock_turn(connection: Connection) -> None:
    """Wait for the turn, and keep it until the transaction ends."""
    if connection.dialect.name != "sqlite":
        connection.execute(text("SELECT pg_advisory_xact_lock(hashtextextended('arbiter', 0))"))


def locked(draft: Draft, keys: Iterable[Key]) -> dict[Key, RecordState]:
    """Return records as the batch left them; those that it has not read yet are locked and read now."""
    wanted, stage = list(keys), draft.stage
    found = rows.load(stage.connection, [key for key in wanted if draft.get(key) is None], lock=True)
    stage.stored |= found
    stage.states |= {key: each.state for key, each in found.items()}
    there = {key: draft.get(key) for key in wanted}
    return {key: state for key, state in there.items() if state is not None}


def put_changes(draft: Draft, state: RecordState, values: dict[str, Any], item: Item) -> None:
    """Write what the centre says into a record, as what follows from an operation."""
    if values:
        after = changed(state, item.op_id, values)
        draft.put(after, None)
        changes = {name: (state.body.get(name), value) for name, value in values.items()}
        draft.note(Past((state.kind, state.id), after.ver, item.op_id, changes))
