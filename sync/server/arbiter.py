"""The one turn in which the centre decides what there is not enough of: one transaction at a time."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from sqlalchemy import Connection, text

from sync.protocol import Op

TASK: Final = "task"
SIGNUP: Final = "signup"
WATCHED: Final = frozenset({TASK, SIGNUP})
"""Kinds of which a change may give or free something that others want too."""


def take_turn(connection: Connection, ops: Iterable[Op]) -> None:
    """Wait for the turn where one of the operations is about such a kind, and keep it until the transaction ends.

    It is taken before any row is locked, so that no two wait for each other. On SQLite there is only one writer.
    """
    if connection.dialect.name != "sqlite" and any(op.kind in WATCHED for op in ops):
        connection.execute(text("SELECT pg_advisory_xact_lock(hashtextextended('arbiter', 0))"))
