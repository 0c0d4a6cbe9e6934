"""What changed of reports and hand-over orders since somebody looked, and orders by the numbers that partners know.

Both are read by the clock of the centre along an index of their own, a bounded stretch at a time: no question grows with
what lies there.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from sqlalchemy import Connection, select, text, update

from sync.merge import RecordState
from sync.server import rows
from sync.server.centre import identity
from sync.server.handovers import ORDER, REPORT
from sync.server.tables import partner_cursor, partner_name, record

STEP: Final = 500
"""Changes of one kind that are looked at in one go."""
_NAMES: Final = "names"
_FOLLOWED: Final = text("kind IN ('handover_order', 'report')")
"""In the words of the index: without them neither database would use it."""
_NAMED_BY: Final = ("number", "external_ref")


def cursor(connection: Connection, name: str) -> int:
    """Return how far somebody has looked."""
    found = connection.execute(select(partner_cursor.c.seq).where(partner_cursor.c.name == name)).scalar()
    return int(found or 0)


def set_cursor(connection: Connection, name: str, seq: int) -> None:
    """Note how far somebody has looked."""
    moved = update(partner_cursor).where(partner_cursor.c.name == name).values(seq=seq)
    if connection.execute(moved).rowcount == 0:
        connection.execute(partner_cursor.insert(), {"name": name, "seq": seq})


def orders_since(connection: Connection, since: int) -> tuple[list[RecordState], int]:
    """Return the orders that changed, and those whose report did, by id, and up to where that is.

    It is up to the head where no more than a stretch has changed; else the next question goes on from there.
    """
    head = identity(connection).seq
    upto = min(head, _reach(connection, ORDER, since, head), _reach(connection, REPORT, since, head))
    ids = _changed(connection, ORDER, since, upto)
    for part in rows.chunks(_changed(connection, REPORT, since, upto)):
        # Of what kind is asked here: asked of SQLite it takes the key instead, and reads every order there is.
        query = select(record.c.id, record.c.kind).where(record.c.parent_id.in_(part))
        ids += [row.id for row in connection.execute(query) if row.kind == ORDER]
    return _load(connection, ids), upto


def _reach(connection: Connection, kind: str, since: int, head: int) -> int:
    """Return the place of the last change of a stretch, the head where it is not full."""
    query = select(record.c.seq).where(record.c.kind == kind, record.c.seq > since, _FOLLOWED).order_by(record.c.seq)
    last = connection.execute(query.offset(STEP - 1).limit(1)).scalar()
    return head if last is None else int(last)


def _changed(connection: Connection, kind: str, since: int, upto: int) -> list[str]:
    span = (record.c.seq > since, record.c.seq <= upto)
    return list(connection.execute(select(record.c.id).where(record.c.kind == kind, *span, _FOLLOWED)).scalars())


def _load(connection: Connection, ids: Iterable[str]) -> list[RecordState]:
    keys = [(ORDER, each) for each in sorted(set(ids))]
    return [found.state for _, found in sorted(rows.load(connection, keys, lock=False).items())]


# ---- orders by name -------------------------------------------------------------------------------------------------


def named(connection: Connection, partner: str, name: str) -> list[str]:
    """Return the ids of the orders that were ever called so at a partner; call it in a turn of your own."""
    _follow_names(connection)
    query = select(partner_name.c.order_id).where(partner_name.c.partner == partner, partner_name.c.name == name)
    return sorted(connection.execute(query).scalars())


def _follow_names(connection: Connection) -> None:
    """Write down what orders are called that changed; twice the same is once."""
    since, head = cursor(connection, _NAMES), identity(connection).seq
    if head <= since:
        return
    while since < head:
        upto = _reach(connection, ORDER, since, head)
        _write_names(connection, _load(connection, _changed(connection, ORDER, since, upto)))
        since = upto
    set_cursor(connection, _NAMES, head)


def _write_names(connection: Connection, orders: Iterable[RecordState]) -> None:
    new: set[tuple[str, str, str]] = set()
    for order in orders:
        said = (order.body.get(name) for name in _NAMED_BY)
        new |= {(str(order.body.get("partner"))[:40], str(each)[:200], order.id) for each in said if each}
    columns = ("partner", "name", "order_id")
    rows.insert_many(connection, partner_name, columns, sorted(new), "ON CONFLICT DO NOTHING")
