"""Numbers of records: blocks leased to desks, and a number from the centre for what came without one (hazard 14).

A number is given once. A block that ends is never given to another desk, so that a number written on paper stays what
it is; what is left of it is a gap in the series.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Row, String, bindparam, literal, select, update
from sqlalchemy.dialects import postgresql, sqlite

from sync.blocks import Counting, NumberBlock
from sync.claims import Term
from sync.merge import RecordState, changed
from sync.modes import READ_ONLY
from sync.policies import Policies
from sync.protocol import Op
from sync.server import rows
from sync.server.centre import Centre, identity
from sync.server.lineage import epochs_of
from sync.server.rows import Past
from sync.server.stage import Draft, Item
from sync.server.tables import meta, number_block, number_series, record
from zzdesk.clock import from_iso, local_day, to_iso
from zzdesk.documents.series import AHEAD, Number, is_of, parse, series_of
from zzdesk.ops.apply import DEFAULT

SKIPPED: Final = 1000
"""Numbers of each series that nobody is given after a restore: they may be on paper already."""
BLOCKS_A_DAY: Final = 10
"""How many blocks of a series a desk is leased in a day, whatever it says of the ones it has."""
NUMBER, ALIAS = "number", "alias"


# ---- leases ---------------------------------------------------------------------------------------------------------


def lease(
    centre: Centre, device_id: str, replica: str, asked: Sequence[Counting], writable: set[str]
) -> list[NumberBlock]:
    """Return the blocks of a desk that still have a number; where few are left, with another one.

    ``writable`` are the scopes that the desk may write in. The same question gets the same answer. A centre that is
    only read leases nothing new.
    """
    today, prefixes = local_day(centre.now()), centre.policies.number_prefixes
    mine = [each for each in asked if each.scope in writable]
    if not mine:
        return []
    with centre.database.reading() as connection:
        others = {each.scope for each in mine if not is_of(each.series, prefixes, today)}
        marked = {scope: prefixes | _marked(centre.policies, connection, scope) for scope in others}
        wanted = [each for each in mine if is_of(each.series, marked.get(each.scope, prefixes), today)]
        have: dict[tuple[str, str], list[Row[Any]]] = {(each.series, each.scope): [] for each in wanted}
        for row in connection.execute(_LEASED, {"replica": replica}):
            have.setdefault((row.series, row.scope_id), []).append(row)
        wanted = [_believed(connection, each, have[each.series, each.scope]) for each in wanted]
        short = [each for each in wanted if _is_short(centre, each, have[each.series, each.scope])]
        if short and identity(connection).mode == READ_ONLY:
            short = []
    if short:
        with centre.database.writing() as connection:
            for each in short:
                have[each.series, each.scope] = _with_another(centre, connection, device_id, replica, each)
    return [
        NumberBlock(row.series, row.scope_id, row.lo, row.hi, row.expires)
        for each in wanted for row in have[each.series, each.scope] if _is_good(centre, each, row)
    ]  # fmt: skip


def _marked(policies: Policies, connection: Connection, scope: str) -> set[str]:
    """Return what series begin with at a station whose records are numbered by something there: its committees."""
    found: set[str] = set()
    for prefix, (_, kind, name) in policies.numbered_by.items():
        mark = record.c.body.op("->>", return_type=String())(literal(name, String()))
        here = (record.c.kind == kind, record.c.scope_id == scope, record.c.voided.is_(False), mark.is_not(None))
        found |= {each + prefix for each in connection.execute(select(mark).where(*here)).scalars()}
    return found


_LEASED: Final = select(number_block).where(number_block.c.replica_id == bindparam("replica")).order_by(number_block.c.lo)


def _blocks(connection: Connection, replica: str, asked: Counting) -> list[Row[Any]]:
    mine = (number_block.c.replica_id == replica, number_block.c.series == asked.series)
    query = select(number_block).where(*mine, number_block.c.scope_id == asked.scope).order_by(number_block.c.lo)
    return list(connection.execute(query))


def _is_good(centre: Centre, asked: Counting, row: Row[Any]) -> bool:
    return bool(row.hi >= asked.next and row.expires > centre.now_iso())


def _left(centre: Centre, asked: Counting, blocks: Iterable[Row[Any]]) -> int:
    return sum(row.hi - max(row.lo, asked.next) + 1 for row in blocks if _is_good(centre, asked, row))


def _is_short(centre: Centre, asked: Counting, blocks: Sequence[Row[Any]]) -> bool:
    settings = centre.settings
    lately = to_iso(centre.now() + timedelta(days=settings.block_days - 1))
    return _left(centre, asked, blocks) < settings.block_low and sum(row.expires > lately for row in blocks) < BLOCKS_A_DAY


def _believed(connection: Connection, asked: Counting, blocks: Iterable[Row[Any]]) -> Counting:
    """Return what a desk says it has left; where it names a number that nobody was given, it has all of its blocks."""
    behind = max((row.hi + 1 for row in blocks), default=0)
    if asked.next <= behind or asked.next <= _following(connection, asked.series, asked.scope):
        return asked
    return Counting(asked.series, asked.scope)


def _with_another(centre: Centre, connection: Connection, device_id: str, replica: str, asked: Counting) -> list[Row[Any]]:
    """Lease one more block. The series' row is the lock: a second request at once finds the block of the first."""
    settings = centre.settings
    first = _advance(connection, asked.series, asked.scope, 0)
    blocks = _blocks(connection, replica, asked)
    if not _is_short(centre, asked, blocks):
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
    moved = {"next": number_series.c.next + steps}
    there = update(number_series).where(*_of(series, scope)).values(moved).returning(number_series.c.next)
    after: int | None = connection.execute(there).scalar()
    if after is None:
        insert = (sqlite if connection.dialect.name == "sqlite" else postgresql).insert(number_series)
        begun = insert.values(series=series, scope_id=scope, next=_first(connection, series) + steps)
        begun = begun.on_conflict_do_update(index_elements=["series", "scope_id"], set_=moved)
        after = connection.execute(begun.returning(number_series.c.next)).scalar_one()
    return after - steps


def _of(series: str, scope: str) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return number_series.c.series == series, number_series.c.scope_id == scope


def _following(connection: Connection, series: str, scope: str) -> int:
    """Return the first number of a series that was never given."""
    found: int | None = connection.execute(select(number_series.c.next).where(*_of(series, scope))).scalar()
    return _first(connection, series) if found is None else found


def _first(connection: Connection, series: str) -> int:
    """Return where a series that is not here begins: after a restore it may have been begun before, unknown to the backup.

    One of a year of which nothing was given out yet at the last restore begins at 1, as always.
    """
    known = connection.execute(select(meta.c.lineage, meta.c.recovery_since)).one()
    restores = len(epochs_of(known.lineage)) - 1
    if restores and known.recovery_since is not None:
        last = local_day(from_iso(known.recovery_since)) + AHEAD
        restores *= int(series[-4:]) <= last.year
    return 1 + restores * SKIPPED


def skip(connection: Connection) -> None:
    """Leave out what was given after the backup that the centre now goes on from; series unknown to it: ``_first``."""
    connection.execute(update(number_series).values(next=number_series.c.next + SKIPPED))


# ---- what arrives ---------------------------------------------------------------------------------------------------


def complete(policies: Policies, draft: Draft, group: Sequence[Item], term: Term) -> None:
    """Give every record that the group left without a number, or with one that is not its own, a number."""
    for item in group:
        key = item.key
        prefix = policies[key[0]].numbers if key else None
        state = draft.changed(key) if key and prefix else None
        if item.op is None or state is None or prefix is None:
            continue
        begins = _mark(policies, draft, state) + prefix
        values = _values(draft, item, item.op, state, series_of(begins, local_day(term.now).year))
        if values:
            after = changed(state, item.op_id, values)
            draft.put(after, None)
            changes = {name: (state.body.get(name), value) for name, value in values.items()}
            draft.note(Past((state.kind, state.id), after.ver, item.op_id, changes))


def _mark(policies: Policies, draft: Draft, state: RecordState) -> str:
    """Return what begins the series of a record: the short name of the committee that a case belongs to, or nothing."""
    by = policies[state.kind].numbers_by
    owner_id = state.body.get(by[0]) if by else None
    if by is None or not isinstance(owner_id, str):
        return ""
    owner = draft.get((by[1], owner_id))
    if owner is None:
        found = rows.load(draft.stage.connection, [(by[1], owner_id)], lock=False).get((by[1], owner_id))
        owner = found.state if found is not None else None
    same = owner is not None and owner.scope == state.scope
    return str(owner.body.get(by[2]) or "") if owner is not None and same else ""


def _values(draft: Draft, item: Item, op: Op, state: RecordState, series: str) -> dict[str, str]:
    """Return what the centre writes into a record by itself: its number, and what it was called until then."""
    told = state.body.get(NUMBER)
    fresh = op.verb == "create" and state.stamps.get(DEFAULT) == item.op_id
    if told is not None and (not fresh or _is_its_own(draft, item, state, told, series)):
        return {}
    before = draft.stage.numbers.get((state.kind, state.id))
    if told is None and before is not None and _is_its_own(draft, item, state, before, series):
        number = before
    else:
        number = str(Number(series, state.scope, _advance(draft.stage.connection, series, state.scope, 1)))
    called = {ALIAS: told} if isinstance(told, str) and ALIAS not in state.body else {}  # it may be on paper already
    return {NUMBER: number} | called


def _is_its_own(draft: Draft, item: Item, state: RecordState, told: object, series: str) -> bool:
    """Say whether a number was given for this record: of its kind, once given, no other record's, no other desk's.

    ``series`` is one of the record's kind: its year may be another.
    """
    number = parse(told)
    if number is None or number.scope != state.scope or number.series[:-4] != series[:-4]:
        return False
    if draft.same((state.kind, NUMBER, str(number))) - {state.id}:
        return False
    connection = draft.stage.connection
    if not 1 <= number.n < _following(connection, number.series, number.scope):
        return False
    there = (number_block.c.series == number.series, number_block.c.scope_id == number.scope)
    within = (number_block.c.lo <= number.n, number_block.c.hi >= number.n)
    holder = connection.execute(select(number_block.c.device_id).where(*there, *within)).scalar()
    return holder in (None, item.sender.device_id)
