"""Operations of the centre's own: what it does by itself is in the log and in the feed like anybody's work."""

from __future__ import annotations

import hashlib
import uuid
from typing import Any, Final

import msgspec
from sqlalchemy import Connection, func, select

from sync.fields import OpActor, OpTime
from sync.protocol import Op
from sync.server.scopes import Ceiling
from sync.server.stage import Item, Sender
from sync.server.tables import op_log
from zzdesk.ops.apply import canonical

REPLICA: Final = "r-centre"
DEVICE: Final = "centre"
NOBODY: Final = "00000000-0000-0000-0000-000000000000"
"""The account in whose name the centre acts."""
_OWN: Final = uuid.UUID("b8a2f5d4-3c61-5e0b-8d27-94f1c0a6e3b9")


def own_id(*parts: str) -> str:
    """Return the id of an operation that follows from these facts: two workers that do it at once do it once."""
    return str(uuid.uuid5(_OWN, "/".join(parts)))


def minted(
    connection: Connection, op_id: str, now: str, scope: str, *, group: str | None = None, place: int = 0, **parts: Any
) -> Item:
    """Return an operation of the centre; ``parts`` are kind, id, verb, init, set, reason. Call it in a writing transaction.

    ``group`` names the operations that are done together, ``place`` which of them it is, from 0. What is made lies in
    ``scope``. Two workers that number at once meet at the unique index, and one of them tries again later.
    """
    last = connection.execute(select(func.max(op_log.c.op_no)).where(op_log.c.replica_id == REPLICA)).scalar() or 0
    op = Op(op_id=op_id, group=group or op_id, actor=OpActor(NOBODY, DEVICE), at=OpTime(now), **parts)
    op.scope = scope if op.verb == "create" else None
    text = canonical({name: part for name, part in msgspec.to_builtins(op).items() if part is not None})
    digest = hashlib.sha256(text).hexdigest()
    sender = Sender(DEVICE, scope, REPLICA, None, Ceiling(scope, frozenset([scope])))
    return Item(op_id, last + 1 + place, op.group, text, digest, None, sender, op)
