"""Numbers of records: blocks leased to desks, and a number from the centre for what came without one (hazard 14).

A number is given once. A block that ends is never given to another desk, so that a number written on paper stays what
it is; what is left of it is a gap in the series.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any, Final

from sqlalchemy import Connection, Row, bindparam, select, update
from sqlalchemy.dialects import postgresql, sqlite

from sync.blocks import Counting, NumberBlock
from sync.claims import Term
from sync.merge import RecordState, changed
from sync.policies import Policies
from sync.protocol import Op
from sync.server.centre import Centre
from sync.server.rows import Past
from sync.server.stage import Draft, Item
from sync.server.tables import number_block, number_series
from zzdesk.clock import local_day, to_iso
from zzdesk.documents.series import Number, is_of, parse, series_of
from zzdesk.ops.apply import DEFAULT

SKIPPED: Final = 1000
"""Numbers of each series that nobody is given after a restore: they may be on paper already."""
NUMBER, ALIAS = "number", "alias"


# ---- leases ---------------------------------------------------------------------------------------------------------


def lease(
    centre: Centre, device_id: str, replica: str, asked: Sequence[Counting], writable: set[str]
) -> list[NumberBlock]:
    """Return the blocks of a desk that still have a number; where few are left, with another one.

    ``writable`` are the scopes that the desk may write in. The same question gets the same answer.
    """
    today, prefixes = local_day(centre.now()), centre.policies.number_prefixes
    wanted = [each for each in asked if each.scope in writable and is_of(each.series, prefixes, today)]
    if not wanted:
        return []
    with centre.database.reading() as connection:
        have: dict[tuple[str, str], list[Row[Any]]] = {(each.series, each.scope): [] for each in wanted}
        for row in connection.execute(_LEASED, {"replica": replica}):
            have.setdefault((row.series, row.scope_id), []).append(row)
    short = [each for each in wanted if _left(centre, each, have[each.series, each.scope]) < centre.settings.block_low]
    if short:
        with centre.database.writing() as connection:
            for each in short:
                have[each.series, each.scope] = _with_another(centre, connection, device_id, replica, each)
    return [
        NumberBlock(row.series, row.scope_id, row.lo, row.hi, row.expires)
        for each in wanted for row in have[each.series, each.scope] if _is_good(centre, each, row)
    ]  # fmt: skip


_LEASED: Final = select(number_block).where(number_block.c.replica_id == bindparam("replica")).order_by(number_block.c.lo)


def _blocks(connection: Connection, replica: str, asked: Counting) -> list[Row[Any]]:
    mine = (number_block.c.replica_id == replica, number_block.c.series == asked.series)
    query = select(number_block).where(*mine, number_block.c.scope_id == asked.scope).order_by(number_block.c.lo)
    return list(connection.execute(query))


def _is_good(centre: Centre, asked: Counting, row: Row[Any]) -> bool:
    return bool(row.hi >= asked.next and row.expires > centre.now_iso())


def _left(centre: Centre, asked: Counting, blocks: Iterable[Row[Any]]) -> int:
    return sum(row.hi - max(row.lo, asked.next) + 1 for row in blocks if _is_good(centre, asked, row))


def _with_another(centre: Centre, connection: Connection, device_id: str, replica: str, asked: Counting) -> list[Row[Any]]:
    """Lease one more block. The series' row is the lock: a second request at once finds the block of the first."""
    settings = centre.settings
    first = _advance(connection, asked.series, asked.scope, 0)
    blocks = _blocks(connection, replica, asked)
    if _left(centre, asked, blocks) >= settings.block_low:
        return blocks
    _advance(connection, asked.series, asked.scope, settings.block_size)
    new = {
        "series": asked.series, "scope_id": asked.scope, "lo": first, "hi": first + settings.block_size - 1,
        "device_id": device_id, "replica_id": replica,
        "expires": to_iso(centre.now() + timedelta(days=settings.block_days)),
    }  # fmt: skip
    connection.execute(number_block.insert(), new)
    return _blocks(connection, replica, asked)


def _advance(connection: Connection, series: str, scope: str, steps: int) -> int:
    """Move a series on and return the first number that was free."""
    insert = (sqlite if connection.dialect.name == "sqlite" else postgresql).insert(number_series)
    begun = insert.values(series=series, scope_id=scope, next=1 + steps)
    moved = begun.on_conflict_do_update(
        index_elements=["series", "scope_id"], set_={"next": number_series.c.next + steps}
    )
    after: int = connection.execute(moved.returning(number_series.c.next)).scalar_one()
    return after - steps


def skip(connection: Connection) -> None:
    """Leave out what was given after the backup that the centre now goes on from."""
    connection.execute(update(number_series).values(next=number_series.c.next + SKIPPED))


# ---- what arrives ---------------------------------------------------------------------------------------------------


def complete(policies: Policies, draft: Draft, group: Sequence[Item], term: Term) -> None:
    """Give every record that the group left without a number, or with one that is not its own, a number."""
    year = local_day(term.now).year
    for item in group:
        key = item.key
        prefix = policies[key[0]].numbers if key else None
        state = draft.changed(key) if key and prefix else None
        if item.op is None or state is None or prefix is None:
            continue
        values = _values(draft, item, item.op, state, series_of(prefix, year))
        if values:
            after = changed(state, item.op_id, values)
            draft.put(after, None)
            changes = {name: (state.body.get(name), value) for name, value in values.items()}
            draft.note(Past((state.kind, state.id), after.ver, item.op_id, changes))


def _values(draft: Draft, item: Item, op: Op, state: RecordState, series: str) -> dict[str, str]:
    """Return what the centre writes into a record by itself: its number, and what it was called until then."""
    told = state.body.get(NUMBER)
    fresh = op.verb == "create" and state.stamps.get(DEFAULT) == item.op_id
    if told is not None and (not fresh or _is_its_own(draft, item, state, told)):
        return {}
    before = draft.stage.numbers.get((state.kind, state.id))
    if told is None and before is not None and _is_its_own(draft, item, state, before):
        number = before
    else:
        number = str(Number(series, state.scope, _advance(draft.stage.connection, series, state.scope, 1)))
    called = {ALIAS: told} if isinstance(told, str) and ALIAS not in state.body else {}  # it may be on paper already
    return {NUMBER: number} | called


def _is_its_own(draft: Draft, item: Item, state: RecordState, told: object) -> bool:
    """Say whether a number was given for this record: once given to anybody, no other record's, no other desk's."""
    number = parse(told)
    if number is None or number.scope != state.scope:
        return False
    if draft.same((state.kind, NUMBER, str(number))) - {state.id}:
        return False
    connection = draft.stage.connection
    series = (number_series.c.series == number.series, number_series.c.scope_id == number.scope)
    following = connection.execute(select(number_series.c.next).where(*series)).scalar() or 0
    if not 1 <= number.n < following:
        return False
    there = (number_block.c.series == number.series, number_block.c.scope_id == number.scope)
    within = (number_block.c.lo <= number.n, number_block.c.hi >= number.n)
    holder = connection.execute(select(number_block.c.device_id).where(*there, *within)).scalar()
    return holder in (None, item.sender.device_id)
