"""What the centre gives when it has recovered from a restore: places and rewards, decided once everybody is back (8.12).

While the desks come back nothing scarce is given: who had got it may be the last to return. Places go in the order of
the old life, which the centre's own receipts tell; a reward that was handed over was given, the others follow by when they
were asked for. Accounts are kept within their bounds only when every entry that was lost is here again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from functools import partial
from typing import Any

import msgspec
from sqlalchemy import Connection, select

from sync.claims import Term
from sync.merge import Outcome, RecordState
from sync.server import ledger as log
from sync.server import points, rows, seats
from sync.server.arbiter import ENTRY, REDEMPTION, REWARD, SIGNUP, TASK, lock_turn
from sync.server.centre import Centre, identity
from sync.server.own import minted, own_id
from sync.server.rows import Key
from sync.server.stage import Draft, Item, Settled, Stage
from sync.server.tables import record
from zzdesk.ops.apply import Body
from zzdesk.patrol import ledger
from zzdesk.patrol import workflow as flow

Deed = Callable[[Draft, RecordState, Item, Term], None]


def catch_up(centre: Centre) -> None:
    """Decide what waited for the desks to come back. Looks through the kinds that it is about, once after a restore."""
    with centre.database.reading() as connection:
        epoch = identity(connection).epoch
        asked, entries = _bodies(connection, SIGNUP), _bodies(connection, ENTRY)
        wanted, rewards = _bodies(connection, REDEMPTION), sorted(_bodies(connection, REWARD))
    for task_id in sorted({str(body[seats.TASK_FIELD]) for body in asked.values() if body.get("standing") is None}):
        _anew(centre, (TASK, task_id), epoch, _places)
    for redemption_id in _in_order(wanted):
        handed = wanted[redemption_id].get("state") == flow.HANDED
        _anew(centre, (REDEMPTION, redemption_id), epoch, partial(points.answer, handed=handed))
    for reward_id in rewards:
        _anew(centre, (REWARD, reward_id), epoch, lambda draft, reward, item, _: points.count(draft, reward, item))
    for entry_id in _out_of_bounds(entries):
        _anew(centre, (ENTRY, entry_id), epoch, points.keep_within)


def _bodies(connection: Connection, kind: str) -> dict[str, Body]:
    """Return all records of a kind that are not void, by id."""
    query = select(record.c.id, record.c.body).where(record.c.kind == kind)
    found: dict[str, Any] = {row.id: msgspec.json.decode(row.body) for row in connection.execute(query)}
    return {record_id: body for record_id, body in found.items() if not body.get("voided")}


def _in_order(redemptions: dict[str, Body]) -> list[str]:
    """Return the redemptions that have no answer: what is out of the house was given, then by when it was asked for."""
    left = [(body, record_id) for record_id, body in redemptions.items() if body.get("standing") is None]
    return [record_id for body, record_id in sorted(left, key=lambda each: _age(*each))]


def _age(body: Body, record_id: str) -> tuple[bool, str, str]:
    return body.get("state") != flow.HANDED, str(body.get("created_at")), record_id


def _out_of_bounds(entries: dict[str, Body]) -> list[str]:
    """Return the entries, the newest first, of accounts that are below nought or beyond a month's cap."""
    accounts: dict[str, list[str]] = defaultdict(list)
    for entry_id, body in entries.items():
        accounts[str(body.get(points.PERSON_FIELD))].append(entry_id)
    found: list[str] = []
    for mine in accounts.values():
        listed = [points.entry_of(each, entries[each]) for each in mine]
        if ledger.balance(listed) < 0 or ledger.beyond_the_cap(listed):
            found += mine
    return sorted(found, key=lambda each: (str(entries[each].get("created_at")), each), reverse=True)


def _places(draft: Draft, task: RecordState, item: Item, term: Term) -> None:
    seats.settle_task(draft, (), task.id, item, term)


def _anew(centre: Centre, key: Key, epoch: str, do: Deed) -> None:
    """Do one thing as an operation of the centre's own, once for each life of it; nothing is left where nothing changes."""
    term, op_id = centre.term(), own_id("anew", *key, epoch)
    with centre.database.writing() as connection:
        lock_turn(connection)
        stage = Stage.of_records(connection, [key])
        state, stage.policies = stage.states.get(key), centre.policies
        if state is None or rows.settled(connection, [op_id]):
            return  # it is not back, or another worker did it
        item = minted(connection, op_id, term.iso, state.scope, kind=key[0], id=key[1], verb="patch", set={})
        draft = Draft(stage, [item])
        do(draft, state, item, term)
        draft.keep()
        if stage.writers:
            log.write(centre, connection, stage, [Settled(item, Outcome.APPLIED)])
