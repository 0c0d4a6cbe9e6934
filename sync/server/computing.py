"""Works computed fields out at the centre: its result is what counts, and arrives as an ordinary field (decision 8).

What a desk worked out travels with what it did. Where the two agree nothing more is written; where they do not, the
centre's stands, as if the same operation had said so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, delete, select

from sync.merge import RecordState, changed
from sync.policies import Policies
from sync.server import rows
from sync.server.rows import Key, Past
from sync.server.stage import Draft, Item, Stage
from sync.server.tables import record, renewal
from zzdesk.calendar.days import Calendar
from zzdesk.calendar.records import KIND as CALENDAR_KIND
from zzdesk.calendar.records import bears_from, calendar_for
from zzdesk.ops.apply import Body
from zzdesk.store.computed import Child, Computed

Imported = list[tuple[str, Body]]


def complete(policies: Policies, draft: Draft, group: Sequence[Item]) -> None:
    """Put right what rests on anything that a group did.

    What rests on a calendar table that it brought may be a whole county's: that is noted, and done a part at a time
    (``sync.server.renewals``).
    """
    keys: dict[Key, str] = {}
    for item in group:
        if item.op is None or item.key is None:
            continue
        state = draft.changed(item.key)
        if state is not None and state.kind == CALENDAR_KIND:
            _owe(draft.stage.connection, state, item.op_id)  # a voided one bears on the same records
        key = _rests_on(policies, item, state)
        if key is not None:
            keys.setdefault(key, item.op_id)
    if keys:
        put_right(policies, draft, keys)


def put_right(policies: Policies, draft: Draft, keys: Mapping[Key, str]) -> None:
    """Put the computed fields of records right, each as if the operation named beside it had said so."""
    imported = _imported(draft)
    for key, op_id in sorted(keys.items()):
        _put_right(policies, draft, key, op_id, imported)


def _owe(connection: Connection, table: RecordState, op_id: str) -> None:
    """Note that what rests on a table is to be worked out anew, from the beginning."""
    connection.execute(delete(renewal).where(renewal.c.table_id == table.id))
    connection.execute(renewal.insert().values(
        table_id=table.id, scope_id=table.scope, since=bears_from(table.body), op_id=op_id, after_kind="", after_id="", done=0,
    ))  # fmt: skip


def agree(policies: Policies, stage: Stage, kind: str, scope: str, bodies: Iterable[Body]) -> bool:
    """Say whether new records were born with what the centre works out for them."""
    rule = policies[kind].computed
    if rule is None:
        return True
    # Anything but the moment of its birth, which every record has.
    bearing = (*rule.fields, *(rule.inputs - {"created_at"}))
    resting = [body for body in bodies if any(name in body for name in bearing)]
    if not resting:
        return True
    calendar = calendar_for(scope, [(state.scope, state.body) for state in _tables(stage).values()])
    return not any(rule.wanted(body, (), calendar) for body in resting)


def _rests_on(policies: Policies, item: Item, state: RecordState | None) -> Key | None:
    """Return the record whose computed fields an operation bears on."""
    op = item.op
    if op is None or state is None:
        return None
    own = policies[op.kind].computed
    if own is not None:
        fields = {*op.set, *op.init}
        touched = op.verb == "move" or not fields.isdisjoint({*own.fields, *own.inputs - {"created_at"}})
        return (state.kind, state.id) if touched else None
    parent = policies.parent_of(state.kind, state.body)
    rule = policies[parent[0]].computed if parent else None
    return parent if rule and state.kind in rule.kin and rule.counts(state.kind, state.body) else None


def _put_right(policies: Policies, draft: Draft, key: Key, op_id: str, imported: Imported) -> None:
    rule, state = policies[key[0]].computed, _locked(draft, key)
    if rule is None or state is None:
        return
    calendar: Calendar = calendar_for(state.scope, imported)
    values: dict[str, Any] = rule.wanted(state.body, _children(draft, state, rule), calendar)
    if not values:
        return
    after = changed(state, op_id, values)
    draft.put(after, None)
    draft.note(Past(key, after.ver, op_id, {name: (state.body.get(name), value) for name, value in values.items()}))


def _locked(draft: Draft, key: Key) -> RecordState | None:
    """Return a record as the batch left it, read and locked now where the batch has not touched it."""
    if draft.get(key) is None:
        found = rows.load(draft.stage.connection, [key], lock=True)
        draft.stage.stored |= found
        draft.stage.states |= {each: stored.state for each, stored in found.items()}
    return draft.get(key)


def _children(draft: Draft, parent: RecordState, rule: Computed) -> list[Child]:
    """Return the children that bear on a record, oldest first: stored ones, and those of this batch."""
    query = select(record.c.kind, record.c.id).where(record.c.parent_id == parent.id, record.c.kind.in_(rule.kin))
    keys = {(row.kind, row.id) for row in draft.stage.connection.execute(query)}
    here = [state for name in rule.kin for state in draft.of_kind(name)]
    mine = {(s.kind, s.id): s for s in here if draft.stage.policies.parent_of(s.kind, s.body) == (parent.kind, parent.id)}
    read = rows.load(draft.stage.connection, keys - mine.keys(), lock=False)
    states = [*mine.values(), *(stored.state for stored in read.values())]
    bearing = [state for state in states if rule.counts(state.kind, state.body)]
    return [(s.kind, s.body) for s in sorted(bearing, key=lambda s: (str(s.body.get("created_at")), s.id))]


def _tables(stage: Stage) -> dict[str, RecordState]:
    """Return the tables as the batch found them: read once, however many of its groups have a deadline."""
    if stage.tables is None:
        query = select(record.c.kind, record.c.id).where(record.c.kind == CALENDAR_KIND)
        keys = [(row.kind, row.id) for row in stage.connection.execute(query)]
        found = rows.load(stage.connection, keys, lock=False) if keys else {}
        stage.tables = {stored.state.id: stored.state for stored in found.values()}
    return stage.tables


def _imported(draft: Draft) -> Imported:
    """Return the tables as this batch has left them."""
    states = _tables(draft.stage) | {state.id: state for state in draft.of_kind(CALENDAR_KIND)}
    return [(state.scope, state.body) for state in states.values()]
