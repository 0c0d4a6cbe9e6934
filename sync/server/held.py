"""Held operations: those whose predecessors had not arrived are judged again as soon as they have (hazard 15)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any, Final

from sqlalchemy import Connection, Row, and_, bindparam, or_, select, update

from sync.conflicts import RESOLVED
from sync.merge import ACCOUNT_KIND, Outcome
from sync.protocol import Problem
from sync.reading import read_logged
from sync.server import blobs_needed, ledger, rows
from sync.server.accounts import Caller, caller_for
from sync.server.centre import Centre, identity
from sync.server.faults import report, warn
from sync.server.judge import FaultError, judge_group
from sync.server.returning import Returning
from sync.server.stage import Item, Sender, Settled, Stage
from sync.server.tables import conflict, decision, old_receipt, op_log, record
from zzdesk.clock import to_iso

_PER_ROUND: Final = 1000


def release(centre: Centre, decided: Iterable[str] = ()) -> None:
    """Judge every held group whose wait is over, until none is left. Cheap when nothing is held.

    ``decided`` are groups that a receipt of before a restore has come for, though they waited here: it counts.
    """
    also = frozenset(decided)
    while True:
        with centre.database.reading() as connection:
            if not also and not _ready(connection):
                return
        with centre.database.writing() as connection:
            items = _held_items(centre, connection, _ready(connection) | also)
            if not items or not _judge(centre, connection, items):
                return
        also = frozenset()


def _ready(connection: Connection) -> set[str]:
    """Return the groups whose awaited operation, record or files are here now."""
    waiting = select(op_log.c.group_id, op_log.c.waits_on).where(op_log.c.waits_on.is_not(None))
    groups: dict[str, set[str]] = {}
    for row in connection.execute(waiting.distinct()):
        groups.setdefault(row.waits_on, set()).add(row.group_id)
    if not groups:
        return set()
    came = {f"op:{op_id}" for op_id in rows.settled(connection, _names(groups, "op:"))}
    came |= _records(connection, _names(groups, "rec:"))
    came |= _decided(connection, _names(groups, "conf:"))
    came |= _changed_keys(connection, _names(groups, KEY))
    came |= blobs_needed.come(connection, groups, groups)
    ready = sorted({group for wait in came for group in groups[wait]})
    return set(ready[:_PER_ROUND])


def _names(waits: Iterable[str], prefix: str) -> set[str]:
    return {wait.removeprefix(prefix) for wait in waits if wait.startswith(prefix)}


def _records(connection: Connection, names: Iterable[str]) -> set[str]:
    by_kind: dict[str, list[str]] = {}
    for name in names:
        kind, _, record_id = name.partition("/")
        by_kind.setdefault(kind, []).append(record_id)
    found: set[str] = set()
    for kind, ids in by_kind.items():
        for part in rows.chunks(ids):
            query = select(record.c.id).where(record.c.kind == kind, record.c.id.in_(part))
            found |= {f"rec:{kind}/{record_id}" for record_id in connection.execute(query).scalars()}
    return found


def _decided(connection: Connection, names: Iterable[str]) -> set[str]:
    found: set[str] = set()
    for part in rows.chunks(sorted(names)):
        query = select(conflict.c.id).where(conflict.c.id.in_(part), conflict.c.state == RESOLVED)
        found |= {f"conf:{conflict_id}" for conflict_id in connection.execute(query).scalars()}
    return found


KEY: Final = "key:"
"""Before who an operation waits for, and the version of their account that does not vouch for it."""
LATE: Final = select(op_log.c.group_id).where(
    op_log.c.waits_on.is_not(None), op_log.c.waits_on.not_like("conf:%"), op_log.c.waits_on.not_like(f"{KEY}%"),
    op_log.c.received_at <= bindparam("before"),
)  # fmt: skip
"""The groups that have waited since ``before``, and not for a conflict or for their author's password."""


def too_long_ago(centre: Centre) -> str:
    """Return the moment before which nothing may have begun to wait."""
    return to_iso(centre.now() - timedelta(seconds=centre.settings.held_s))


def force(centre: Centre) -> int:
    """Bring before a person what has waited too long (8.6: seven days); return how many operations that were.

    What has its record becomes a conflict with every value in it; what has none is put aside. A step that waits for
    an open conflict about money goes on waiting: that conflict has an owner itself.
    """
    with centre.database.reading() as connection:
        late = LATE.distinct().limit(_PER_ROUND)
        groups = set(connection.execute(late, {"before": too_long_ago(centre)}).scalars())
    if not groups:
        return 0
    with centre.database.writing() as connection:
        items = _held_items(centre, connection, groups)
        moved = _judge(centre, connection, items, overdue=True)
    if moved:
        warn("held for too long, handed to a person", len(items))
    return len(items) if moved else 0


def _await_key(connection: Connection, stage: Stage, settled: Iterable[Settled]) -> None:
    """Let what nobody vouches for wait until its author's account changes: looking again before that costs a write."""
    for each in settled:
        if each.item.op is not None and each.problem is not None and each.problem.type == _UNPROVEN:
            user = each.item.op.actor.user
            account = stage.accounts.get(user)
            waits_on = f"{KEY}{user}/{account.ver if account else 0}"
            connection.execute(update(op_log).where(op_log.c.op_id == each.item.op_id).values(waits_on=waits_on))


def _changed_keys(connection: Connection, names: Iterable[str]) -> set[str]:
    """Return those accounts, as they are waited for, that are not as they were any more."""
    versions = {name: name.partition("/") for name in names}
    found: dict[str, int] = {}
    for part in rows.chunks(sorted({user for user, _, _ in versions.values()})):
        query = select(record.c.id, record.c.ver).where(record.c.kind == ACCOUNT_KIND, record.c.id.in_(part))
        found |= {row.id: row.ver for row in connection.execute(query)}
    return {f"{KEY}{name}" for name, (user, _, ver) in versions.items() if str(found.get(user, 0)) != ver}


def put_aside(centre: Centre, connection: Connection, waits: Iterable[str]) -> None:
    """Bring before a person what waits for something that people decided to leave out: it will never come."""
    groups = select(op_log.c.group_id).where(op_log.c.waits_on.in_(sorted(waits)))
    items = _held_items(centre, connection, set(connection.execute(groups).scalars()))
    aside = [Settled(item, Outcome.QUARANTINED, Problem.of("left-out")) for item in items]
    ledger.write(centre, connection, Stage.empty(connection), aside)


def _held_items(centre: Centre, connection: Connection, groups: set[str]) -> list[Item]:
    found: list[Row[Any]] = []
    for part in rows.chunks(sorted(groups)):
        # In quarantine, but with a word on how it ended before the centre was restored: that is judged as well.
        told = and_(op_log.c.outcome == Outcome.QUARANTINED, op_log.c.op_id.in_(select(old_receipt.c.op_id)))
        query = select(op_log).where(op_log.c.group_id.in_(part), or_(op_log.c.outcome == Outcome.HELD, told))
        # Another worker may be releasing the same groups: one of the two waits here and then finds nothing held.
        ordered = query.order_by(op_log.c.replica_id, op_log.c.op_no).with_for_update(of=op_log)
        found += connection.execute(ordered)
    callers = {device_id: caller_for(connection, device_id) for device_id in sorted({row.device_id for row in found})}
    found.sort(key=lambda row: row.received_at)  # who came first is judged first, whatever its replica is called
    through = _released(connection, [row.op_id for row in found])
    return [logged_item(centre, row, callers[row.device_id], released=row.op_id in through) for row in found]


def _released(connection: Connection, op_ids: Iterable[str]) -> set[str]:
    """Return which operations a supervisor let out of quarantine: they waited for something else since."""
    found: set[str] = set()
    for part in rows.chunks(sorted(op_ids)):
        query = select(decision.c.op_id).where(decision.c.op_id.in_(part), decision.c.what == "release")
        found |= set(connection.execute(query).scalars())
    return found


def logged_item(centre: Centre, row: Row[Any], caller: Caller, *, released: bool = False) -> Item:
    """Return an operation that lies in the log, as it was when it came; ``caller`` is the device that it came from."""
    sender = replace(Sender.of(caller, row.replica_id), skew_ms=row.skew_ms)
    op, problem = read_logged(row.body)
    lifted = centre.upcasters.lift(op) if op is not None else None
    made_at = row.made_at or row.received_at
    return Item(
        row.op_id, row.op_no, row.group_id, row.body.encode(), row.op_hash, row.sig, sender, lifted, problem, True, made_at,
        released,
    )  # fmt: skip


_UNPROVEN: Final = Problem.of("unproven").type
_FOR_LATER: Final = frozenset((_UNPROVEN, Problem.of("recovering").type))
"""What waits for its author's password, or for the others to come back: trying again at once would change nothing."""


def _goes_on_waiting(each: Settled) -> bool:
    return each.outcome == Outcome.HELD or (each.problem is not None and each.problem.type in _FOR_LATER)


def _judge(centre: Centre, connection: Connection, items: list[Item], *, overdue: bool = False) -> bool:
    """Judge the groups; return whether any of them is held no longer."""
    groups: dict[str, list[Item]] = {}
    for item in items:
        groups.setdefault(item.group, []).append(item)
    stage = Stage.load(connection, items, centre.policies)
    returning = Returning.kept(connection, centre.policies, identity(connection).mode, items)
    ordinary = partial(judge_group, centre.policies, stage, term=centre.term(), overdue=overdue)
    settled: list[Settled] = []
    for group in returning.in_order(groups.values()):
        try:
            settled += returning.judge(stage, group, ordinary)
        except FaultError as fault:
            report(fault.item.op_id, fault.cause)
            settled += ledger.step_aside(centre, connection, group, fault)
    moved = not all(_goes_on_waiting(each) for each in settled)
    ledger.write(centre, connection, stage, [each for each in settled if each.outcome != Outcome.DEFERRED])
    _await_key(connection, stage, settled)
    return moved


