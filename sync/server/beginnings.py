"""What a new record begins with is kept once: in the record, as long as it stands as it was born.

The log's row of its creation holds only the *frame* meanwhile: what neither the row's own columns nor the record tell.
Whoever changes the record first puts the whole text into the log, in the same transaction.  So at any time the text of
every operation can be read, byte by byte the one whose hash is beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final

from sqlalchemy import Connection, Row, bindparam, select, update

from sync.births import Template
from sync.bulk import BirthGroup, Births
from sync.fields import OpActor
from sync.server.rows import Stored, chunks
from sync.server.stage import Sender
from sync.server.tables import op_log
from zzdesk.ops.apply import DEFAULT, canonical
from zzdesk.typed import read

WALL: Final = 40
"""Characters of an operation's own wall time that the log has room for."""
_FRAME: Final = "["


def framed(sender: Sender, run: Births, part: BirthGroup) -> Callable[[int], str] | None:
    """Return what makes the frame of an operation of this group out of its milliseconds since boot.

    None where a column would not hold what is to be left out: then the whole text is kept.
    """
    actor = run.actor
    if actor.device != sender.device_id or actor.grant is not None or len(part.wall) > WALL:
        return None
    head = f"{_FRAME}{canonical(run.boot).decode()},"
    return lambda mono: f"{head}{mono}]"


def text_of(row: Row[Any], scope: str, init: bytes) -> bytes:
    """Return the canonical text of an operation in the log; ``scope`` and ``init`` are its record's, still as it was born."""
    body: str = row.body
    if not body.startswith(_FRAME):
        return body.encode()
    boot, mono = read(body, tuple[str, int])
    actor = OpActor(row.user_id, row.device_id)
    template = Template(actor, boot, row.kind, scope, row.schema)
    template.turn_to(row.group_id, row.at_client)
    return template.text(mono, row.entity_id, init, row.op_id)


_COLUMNS: Final = ("op_id", "device_id", "user_id", "group_id", "kind", "entity_id", "schema", "body", "at_client")
_KEEP: Final = update(op_log).where(op_log.c.op_id == bindparam("b_op_id")).values(body=bindparam("text"))


def keep(connection: Connection, changing: Iterable[Stored]) -> None:
    """Put into the log what records began with that are about to be changed for the first time."""
    born = {each.state.stamps[DEFAULT]: each.state for each in changing if each.state.ver == 1}
    columns = [op_log.c[name] for name in _COLUMNS]
    for part in chunks(born):
        query = select(*columns).where(op_log.c.op_id.in_(part), op_log.c.body.startswith(_FRAME))
        texts = [
            {"b_op_id": row.op_id, "text": text_of(row, born[row.op_id].scope, canonical(born[row.op_id].body)).decode()}
            for row in connection.execute(query)
        ]
        if texts:
            connection.execute(_KEEP, texts)
