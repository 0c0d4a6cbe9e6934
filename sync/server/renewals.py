"""A calendar table of a county bears on every open report below it: they are worked out anew, a part at a time.

Each part is one short transaction with the place up to which it has got, so that nobody's save waits for more than one
part, and a centre that was killed goes on where it was. Every hello does a part, and so does the push that brought the
table; a thread of the centre's does the rest (``in_background``), with pauses in which others write.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Row, and_, delete, func, or_, select, update

from sync.modes import NORMAL
from sync.policies import Policies
from sync.server import computing, ledger
from sync.server.beside import beside
from sync.server.centre import Centre, identity
from sync.server.faults import report
from sync.server.rows import Key
from sync.server.stage import Draft, Stage
from sync.server.tables import record, renewal

BATCH: Final = 50
"""Records in one transaction."""
EVERY_S: Final = 5.0
"""How often the thread looks whether there is anything to do."""


def carry_on(centre: Centre) -> int:
    """Work the next part out anew; return how many records that were, 0 where nothing is left to do.

    Another worker may be at it: then this one leaves it alone.
    """
    with centre.database.reading() as connection:
        due = connection.execute(select(renewal).order_by(renewal.c.table_id).limit(1)).first()
        if due is None or identity(connection).mode != NORMAL:
            return 0  # what is lost with a restore comes back first
        total = due.total if due.total is not None else _count(connection, centre.policies, due)
    with centre.database.writing() as connection:
        mine = select(renewal).where(renewal.c.table_id == due.table_id).with_for_update(skip_locked=True)
        now = connection.execute(mine).first()
        return 0 if now is None else _part(centre, connection, now, total)


def _part(centre: Centre, connection: Connection, due: Row[Any], total: int) -> int:
    keys = _next(connection, centre.policies, due)
    mine = renewal.c.table_id == due.table_id
    if not keys:
        connection.execute(delete(renewal).where(mine))
        return 0
    stage = Stage.of_records(connection, keys)
    stage.policies = centre.policies
    draft = Draft(stage, [])
    computing.put_right(centre.policies, draft, dict.fromkeys(keys, due.op_id))
    draft.keep()
    place = {"after_kind": keys[-1][0], "after_id": keys[-1][1]}
    connection.execute(update(renewal).where(mine).values(done=due.done + len(keys), total=total, **place))
    ledger.write(centre, connection, stage, [])
    return len(keys)


def _next(connection: Connection, policies: Policies, due: Row[Any]) -> list[Key]:
    """Return the next records on which the table bears and that have not ended, in the order of their keys."""
    beyond = or_(record.c.kind > due.after_kind, and_(record.c.kind == due.after_kind, record.c.id > due.after_id))
    for kind in sorted(each for each in policies.computed if each >= due.after_kind):
        query = select(record.c.id).where(beyond, *_bears(policies, kind, due)).order_by(record.c.id).limit(BATCH)
        found = [(kind, row.id) for row in connection.execute(query)]
        if found:
            return found
    return []


def _count(connection: Connection, policies: Policies, due: Row[Any]) -> int:
    counts = (select(func.count()).where(*_bears(policies, kind, due)) for kind in policies.computed)
    return sum(connection.execute(each).scalar_one() for each in counts)


def _bears(policies: Policies, kind: str, due: Row[Any]) -> tuple[ColumnElement[bool], ...]:
    rule = policies.computed[kind]
    moment, state = record.c.body.op("->>")(rule.until), record.c.body.op("->>")(policies[kind].state_field or "")
    return (
        record.c.kind == kind, record.c.scope_id.startswith(due.scope_id), moment >= due.since,
        state.not_in(sorted(rule.ended)),
    )  # fmt: skip


@contextmanager
def in_background(centre: Centre, every_s: float = EVERY_S) -> Iterator[None]:
    """Carry on in a thread while the block runs."""
    with beside(partial(_rounds, centre, every_s), "renewals"):
        yield


def _rounds(centre: Centre, every_s: float, ended: threading.Event) -> None:
    while not ended.is_set():
        pause, begun = every_s, centre.clock.monotonic_ms()
        try:
            if carry_on(centre):
                pause = (centre.clock.monotonic_ms() - begun) / 1000  # as long again for everybody else
        except Exception as error:  # noqa: BLE001 - the next round tries again; the server goes on whatever happens here
            report("working deadlines out anew", error)
        ended.wait(pause)
