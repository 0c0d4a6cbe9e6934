"""The children of a record as they were before a group, in the order in which they arrived, by the centre's clock.

Desks date what they write by clocks of their own. In what order things were done the arrival says: nobody can act upon
what has not reached them, and each desk sends in order. When they were done the centre knows as far as it knows how far
off a desk's clock was, and never later than they came (decision 14).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Final, NamedTuple

from sqlalchemy import select

from sync.merge import RecordState
from sync.policies import Policies
from sync.server import rows
from sync.server.rows import Key
from sync.server.stage import Draft
from sync.server.tables import op_log
from zzdesk.clock import from_iso, to_iso
from zzdesk.ops.apply import DEFAULT, Body
from zzdesk.workflow import Guard, Kin

_NOT_YET: Final = 2**62
_EXACT: Final = timedelta(minutes=1)
"""How far off a clock may be and still be believed to the minute."""


class _Birth(NamedTuple):
    seq: int
    made_at: str


def children_before(policies: Policies, draft: Draft, key: Key, touched: Sequence[Kin]) -> tuple[Kin, ...]:
    """Return the children of a record as they were before the group: those of the database, and of the batch so far."""
    guard, stage = policies[key[0]].guard, draft.stage
    if guard is None:
        return ()
    states = {(state.kind, state.id): state for state in rows.children(stage.connection, key[1], guard.kin)}
    states |= {
        each: state for each, state in stage.states.items()
        if each[0] in guard.kin and policies.parent_of(each[0], state.body) == key
    }  # fmt: skip
    fresh = {(kin.kind, kin.id) for kin in touched if kin.was is None}
    before = [state for each, state in states.items() if each not in fresh]
    births = _births(draft, before)
    before.sort(key=lambda state: births[state.stamps[DEFAULT]].seq)  # those of the batch stand in its order
    return tuple(
        Kin(state.kind, state.id, by_our_clock(guard, state.body, births[state.stamps[DEFAULT]].made_at)) for state in before
    )


def _births(draft: Draft, states: Sequence[RecordState]) -> dict[str, _Birth]:
    """Return when each record arrived and was made, by the operation that made it; salvaged ones have none in the log."""
    found = {state.stamps[DEFAULT]: _Birth(_NOT_YET, "") for state in states}
    for part in rows.chunks(sorted(found)):
        query = select(op_log.c.op_id, op_log.c.seq, op_log.c.made_at).where(op_log.c.op_id.in_(part))
        for row in draft.stage.connection.execute(query):
            found[row.op_id] = _Birth(row.seq if row.seq is not None else _NOT_YET, row.made_at or "")
    mine = {op_id: _Birth(_NOT_YET, made_at) for op_id, made_at in draft.stage.made_at.items() if op_id in found}
    return found | {op_id: birth for op_id, birth in mine.items() if found[op_id].seq == _NOT_YET}


def by_our_clock(guard: Guard, body: Body, made_at: str) -> Body:
    """Return a child's fields with the moments that its author's clock told as far off as that clock was.

    None of them is later than the moment at which it was noted.
    """
    told = [name for name in guard.clocked if body.get(name)]
    if not told or not made_at:
        return body
    try:
        noted, off = from_iso(made_at), from_iso(made_at) - from_iso(str(body.get("created_at")))
        return {**body, **{name: _moved(body[name], off if abs(off) > _EXACT else timedelta(0), noted) for name in told}}
    except (ValueError, OverflowError):
        return body  # what is no moment counts as nothing (``zzdesk.reports.history``)


def _moved(value: Any, by: timedelta, latest: Any) -> str:
    moment = from_iso(str(value)) + by
    return to_iso(latest if moment > latest + _EXACT else moment)
