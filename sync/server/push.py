"""Push: operations come in, receipts go out; effect and receipt are one transaction (hazards 4, 5, 16, 17)."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from itertools import repeat
from typing import Any, Final

import msgspec
from sqlalchemy import Connection, Row, select, text, update
from sqlalchemy.exc import DBAPIError, IntegrityError

from sync.bulk import SIG_SIZE, Born
from sync.calm import undisturbed
from sync.claims import Term
from sync.limits import MAX_PAGE_BYTES
from sync.merge import Outcome
from sync.modes import READ_ONLY
from sync.problems import WireError
from sync.protocol import OpResult, Problem, PushAnswer, PushRequest, Rec
from sync.server import ledger, rows
from sync.server.accounts import ACTIVE, ESCROW, Caller, Speaker, accounts, caller_of, note_users
from sync.server.centre import Centre, identity
from sync.server.database import is_passing
from sync.server.faults import report
from sync.server.held import release
from sync.server.inbox import arrived
from sync.server.judge import FaultError, judge_group
from sync.server.ledger import Receipt, receipt_of
from sync.server.newborn import Newborns, bear, gathered
from sync.server.receipts import Seal, as_expected, kept_of, runs_of
from sync.server.returning import WAITING, Judge, Returning
from sync.server.rows import Key
from sync.server.scopes import Reach, device_reach, reach_of
from sync.server.stage import Item, Sender, Settled, Stage, is_proven
from sync.server.sweep import sweep
from sync.server.tables import record, replica
from zzdesk.ops.apply import sum_of

_ATTEMPTS: Final = 4
_AT_ONCE: Final = 32
"""Records read together for an answer."""


@undisturbed()
def push(centre: Centre, speaker: Speaker, request: PushRequest) -> PushAnswer:
    """Judge a batch and return a result for every operation, in the order sent.

    Raises:
        WireError: epoch-changed, replica-forked, op-id-reused, malformed, or the device may not speak.
    """
    with centre.database.reading() as connection:
        caller = caller_of(connection, speaker, escrow=True)
        if identity(connection).mode == READ_ONLY:
            raise WireError("read-only", retry_after_s=centre.settings.poll_s)
    sender = Sender.of(caller, request.replica)
    done = _bear(centre, request, sender, caller) or _settle(centre, request, sender, caller)
    centre.measures.settled(done.outcomes)
    release(centre, done.decided)
    if done.receipts:
        sweep(centre)
    with centre.database.reading() as connection:
        proven = _proven(connection, done.items)
    note_users(centre, caller.device_id, proven)
    with centre.database.reading() as connection:
        seen = proven | ({speaker.user} if speaker.proven else set())
        sight = _sight(connection, caller, seen) if done.rest else _Sight(Reach(), Reach())
        answer = _answer(centre, connection, request, done.rest, done.receipts, sight, done.places)
        answer.born = done.born(Seal.of_centre(centre, connection))
    return answer


@dataclass(frozen=True)
class _Done:
    """What became of a push: ``items`` name its authors, ``rest`` is what gets an answer one by one."""

    items: Sequence[Item]
    rest: Sequence[Item]
    receipts: dict[str, Receipt]
    outcomes: Iterable[str]
    born: Callable[[Seal], list[Born]]
    places: dict[str, int] = field(default_factory=dict)
    decided: set[str] = field(default_factory=set)


def _bear(centre: Centre, request: PushRequest, sender: Sender, caller: Caller) -> _Done | None:
    """Take a push of nothing but ordinary new records; None where it has to go the ordinary way."""
    new = gathered(centre, request, sender, caller.open_since) if caller.status == ACTIVE else None
    if new is None:
        return None
    told = _Batch(centre, sender, request.epoch, Returning(centre.policies)).bear(new)
    if told is None:
        return None
    return _Done(new.firsts, [], {}, repeat(str(Outcome.APPLIED), len(new.ids)), lambda _: [told])


def _settle(centre: Centre, request: PushRequest, sender: Sender, caller: Caller) -> _Done:
    received = arrived(centre.upcasters, request, sender, caller.open_since, centre.now())
    items = _unique(received)
    groups: dict[str, list[Item]] = {}
    for item in items:
        groups.setdefault(item.group, []).append(item)
    returning = _returning(centre, request, items)
    batch = _Batch(centre, sender, request.epoch, returning, withdrawn=caller.status == ESCROW)
    receipts = batch.settle(list(groups.values()))
    whole = len(items) == len(received)
    born = runs_of(items, receipts) if request.brief and whole else []
    told = {n for run in born for n in range(run.start, run.stop)}
    rest = {item.op_id: n for n, item in enumerate(items) if n not in told}
    return _Done(
        items, [items[n] for n in rest.values()], receipts, [receipt.outcome for receipt in receipts.values()],
        lambda seal: [_born(items, receipts, run, seal) for run in born], rest if whole else {}, batch.decided,
    )  # fmt: skip


@dataclass(frozen=True)
class _Sight:
    """What an answer may show, and what the device may keep of what it has: the others at it have their own."""

    shown: Reach
    kept: Reach


def _sight(connection: Connection, caller: Caller, proven: Iterable[str]) -> _Sight:
    if caller.status != ACTIVE:
        return _Sight(Reach(), Reach())
    shown = reach_of(connection, caller.ceiling, "", proven=False)
    for user in sorted(proven):
        shown |= reach_of(connection, caller.ceiling, user, proven=True)
    return _Sight(shown, device_reach(connection, caller.device_id, caller.ceiling))


def _returning(centre: Centre, request: PushRequest, items: Sequence[Item]) -> Returning:
    """Return what the batch brings along from before a restore."""
    with centre.database.reading() as connection:
        now = identity(connection)
    key = centre.key("receipt")
    return Returning.of(
        centre.policies, now.mode, items, request.receipts, lambda epoch: Seal(key, now.server_id, epoch)
    )  # fmt: skip


def _proven(connection: Connection, items: Iterable[Item]) -> set[str]:
    """Return the authors of whom an operation in this batch proves that they made it."""
    first = {item.op.actor.user: item for item in items if item.op}
    known = accounts(connection, first)
    return {user for user, item in first.items() if is_proven(known.get(user), item)}


def _unique(items: Iterable[Item]) -> list[Item]:
    """Drop repetitions within one batch.

    Raises:
        WireError: op-id-reused.
    """
    first: dict[str, Item] = {}
    for item in items:
        if first.setdefault(item.op_id, item).hash != item.hash:
            raise WireError("op-id-reused", op_id=item.op_id)
    return list(first.values())


class _Batch:
    """One pushed batch on its way into the database."""

    def __init__(
        self, centre: Centre, sender: Sender, epoch: str, returning: Returning, *, withdrawn: bool = False
    ) -> None:
        self._centre = centre
        self._returning = returning
        self._withdrawn = withdrawn
        self._sender = sender
        self._epoch = epoch
        self.decided: set[str] = set()
        """Groups that wait here although the centre had come to an end with them before it was restored."""

    def bear(self, new: Newborns) -> Born | None:
        """Write new records in one transaction and return what to say of them; None where they go the ordinary way."""
        try:
            with ThreadPoolExecutor(1) as beside:
                with self._centre.database.writing() as connection:
                    last_no = self._lock(connection)
                    seq = bear(self._centre, connection, new) if new.numbers[0] > last_no else None
                    if seq is None:
                        return None
                    self._note_number(connection, new.numbers[-1])
                    told = beside.submit(new.told, seq, Seal.of_centre(self._centre, connection))
                return told.result()  # it was signed while the database committed
        except WireError:
            raise
        except IntegrityError:
            return None  # something of it is here already
        except Exception as error:  # noqa: BLE001 - the ordinary way finds out which operation it is, and goes on
            if not (isinstance(error, DBAPIError) and is_passing(error)):
                report("a push of new records", error)
            return None

    def settle(self, groups: Sequence[Sequence[Item]]) -> dict[str, Receipt]:
        """Settle the whole batch in one transaction; where that fails, each group in one of its own."""
        try:
            return self._retried(groups)
        except WireError:
            raise
        except Exception as error:  # noqa: BLE001 - a batch never fails because of one operation
            if len(groups) > 1:
                return {op_id: receipt for group in groups for op_id, receipt in self.settle([group]).items()}
            report(f"group {groups[0][0].group}", error)
            return self._set_aside(groups[0], error)

    def _retried(self, groups: Sequence[Sequence[Item]]) -> dict[str, Receipt]:
        for attempt in range(_ATTEMPTS):
            try:
                return self._transact(groups)
            except DBAPIError as error:
                if not is_passing(error):
                    raise
                # Two workers met at one row: ordinary, unless it goes on.
                report("a push", error, logging.INFO if attempt < _ATTEMPTS - 1 else logging.WARNING)
        deferred = Problem.of("deferred")
        return {
            item.op_id: Receipt(item.hash, Outcome.DEFERRED, None, deferred, [], item.key)
            for group in groups for item in group
        }  # fmt: skip

    def _transact(self, groups: Sequence[Sequence[Item]]) -> dict[str, Receipt]:
        items = [item for group in groups for item in group]
        with self._centre.database.writing() as connection:
            last_no = self._lock(connection)
            known = rows.logged(connection, [item.op_id for item in items])
            _refuse_reuse(items, known)
            fresh = [item for item in items if item.op_id not in known]
            self._refuse_fork(connection, fresh, last_no)
            settled = self._judge(connection, groups, known, fresh)
            receipts = {op_id: receipt_of(row) for op_id, row in known.items()} | settled
            highest = max([last_no, *(item.op_no for item in fresh)])
            self._keep_what_was_said(connection, known, receipts)
            if highest > last_no:
                self._note_number(connection, highest)
        return receipts

    def _keep_what_was_said(
        self, connection: Connection, known: dict[str, Row[Any]], receipts: dict[str, Receipt]
    ) -> None:
        returning = self._returning
        if returning.proofs:
            waiting = [op_id for op_id, receipt in receipts.items() if receipt.outcome in WAITING]
            returning.keep(connection, waiting)
            self.decided |= {known[i].group_id for i in waiting if i in known and returning.is_decided(i)}

    def _note_number(self, connection: Connection, highest: int) -> None:
        mine = replica.c.id == self._sender.replica
        connection.execute(update(replica).where(mine).values(last_op_no=highest))

    def _judge(
        self, connection: Connection, groups: Sequence[Sequence[Item]], known: dict[str, Row[Any]], fresh: list[Item]
    ) -> dict[str, Receipt]:
        if not fresh:
            return {}
        if self._withdrawn:
            problem = Problem.of("device-withdrawn")
            aside = [Settled(item, Outcome.QUARANTINED, problem) for item in fresh]
            return ledger.write(self._centre, connection, Stage.empty(connection), aside)
        stage = Stage.load(connection, fresh, self._centre.policies)
        waiting = [rest for group in groups if (rest := [item for item in group if item.op_id not in known])]
        settled: list[Settled] = []
        ordinary = partial(self._judge_ordinary, stage, self._centre.term())
        while waiting:
            judged = [(group, self._judge_one(connection, stage, group, ordinary)) for group in waiting]
            settled += [each for _, verdicts in judged for each in verdicts if each.outcome != Outcome.HELD]
            held = [(group, verdicts) for group, verdicts in judged if verdicts[0].outcome == Outcome.HELD]
            if len(held) == len(waiting):
                settled += [each for _, verdicts in held for each in verdicts]
                break
            waiting = [group for group, _ in held]  # something arrived in this round: they may go now
        return ledger.write(self._centre, connection, stage, settled)

    def _judge_one(
        self, connection: Connection, stage: Stage, group: Sequence[Item], ordinary: Judge
    ) -> list[Settled]:
        try:
            return self._returning.judge(stage, group, ordinary)
        except FaultError as fault:
            report(f"operation {fault.item.op_id}", fault.cause)
            return ledger.step_aside(self._centre, connection, group, fault)

    def _judge_ordinary(self, stage: Stage, term: Term, group: Sequence[Item]) -> list[Settled]:
        return judge_group(self._centre.policies, stage, group, term)

    def _lock(self, connection: Connection) -> int:
        """Take the replica's turn and return its highest operation number.

        Raises:
            WireError: epoch-changed; replica-forked: it belongs to another device; the device is not active.
        """
        caller_of(connection, Speaker(self._sender.device_id, "", proven=False), escrow=self._withdrawn)
        if identity(connection).epoch != self._epoch:
            raise WireError("epoch-changed")
        return replica_turn(connection, self._sender.replica, self._sender.device_id)

    def _refuse_fork(self, connection: Connection, fresh: Sequence[Item], last_no: int) -> None:
        low = [item.op_no for item in fresh if item.op_no <= last_no]
        if low and rows.taken_numbers(connection, self._sender.replica, low):
            raise WireError("replica-forked")
        if len({item.op_no for item in fresh}) != len(fresh):
            raise WireError("replica-forked")

    def _set_aside(self, group: Sequence[Item], error: Exception) -> dict[str, Receipt]:
        with self._centre.database.writing() as connection:
            stage = Stage.empty(connection)
            settled = ledger.step_aside(self._centre, connection, group, FaultError(group[0], error))
            return ledger.write(self._centre, connection, stage, settled)


def replica_turn(connection: Connection, replica_id: str, device_id: str) -> int:
    """Lock a replica, registering it when it is new, and return its highest operation number.

    Raises:
        WireError: replica-forked: it belongs to another device.
    """
    if connection.dialect.name != "sqlite":
        connection.execute(text("SELECT pg_advisory_xact_lock(hashtextextended(:name, 0))"), {"name": replica_id})
    row = connection.execute(select(replica).where(replica.c.id == replica_id)).first()
    if row is None:
        new = {"id": replica_id, "device_id": device_id, "last_op_no": 0, "status": "active"}
        connection.execute(replica.insert(), new)
        return 0
    if row.device_id != device_id:
        raise WireError("replica-forked")
    last: int = row.last_op_no
    return last


def _refuse_reuse(items: Iterable[Item], known: dict[str, Row[Any]]) -> None:
    reused = [item.op_id for item in items if item.op_id in known and known[item.op_id].op_hash != item.hash]
    if reused:
        raise WireError("op-id-reused", op_id=reused[0], op_ids=reused)


# ---- the answer -----------------------------------------------------------------------------------------------------


def _answer(
    centre: Centre,
    connection: Connection,
    request: PushRequest,
    items: Sequence[Item],
    receipts: dict[str, Receipt],
    sight: _Sight,
    places: dict[str, int],
) -> PushAnswer:
    waiting = [op_id for op_id, receipt in receipts.items() if receipt.outcome in WAITING]
    receipts |= {op_id: receipt_of(row) for op_id, row in rows.logged(connection, waiting).items()}
    now = identity(connection)
    last = {receipts[item.op_id].key: item.op_id for item in items}
    found = _brief(connection, {key for key in last if key})
    # A refused operation must not become a way to read what its sender may not see.
    shown = {key: row for key, row in found.items() if sight.shown.can_read(row.scope_id)}
    wanted = [key for key, op_id in last.items() if key in shown and request.hashes.get(op_id) != shown[key].hash]
    budget = _Budget(connection, wanted)
    seal = Seal(centre.key("receipt"), now.server_id, now.epoch)
    usual = {key: row for key, row in shown.items() if sight.kept.can_read(row.scope_id)} if request.terse and places else {}
    fit = as_expected(items, receipts, usual, request.hashes)
    results, sent = [], set(wanted)
    for item in items if not fit else [item for item in items if receipts[item.op_id].key not in fit]:
        receipt = receipts[item.op_id]
        row = shown.get(receipt.key) if receipt.key else None
        carries = receipt.key in sent and last[receipt.key] == item.op_id
        rec = budget.rec(receipt.key) if carries and receipt.key else None
        if carries and rec is None:
            receipt, row = _later(receipt), None
        result = _result(item.op_id, receipt, row, rec, seal)
        there = found.get(receipt.key) if receipt.key and receipt.outcome != Outcome.DEFERRED else None
        result.evicted = there is not None and not sight.kept.can_read(there.scope_id)
        results.append(result)
    envelope = centre.envelope(connection, request.nonce)
    centre.high_water.saw(now.seq)
    kept = kept_of([item for item in items if receipts[item.op_id].key in fit], places, receipts, usual, seal)
    return PushAnswer(results=results, durable_seq=now.durable_seq, kept=kept, **envelope)


def later_results(centre: Centre, connection: Connection, caller: Caller, op_ids: Sequence[str]) -> list[OpResult]:
    """Return what became of operations of which a desk heard last that they wait; those that still do are left out."""
    if not op_ids:
        return []
    logged = rows.logged(connection, op_ids)
    receipts = {op_id: receipt_of(row) for op_id, row in logged.items()}
    final = {op_id: r for op_id, r in receipts.items() if r.outcome not in (Outcome.HELD, Outcome.QUARANTINED)}
    found = _brief(connection, {receipt.key for receipt in final.values() if receipt.key})
    kept = device_reach(connection, caller.device_id, caller.ceiling)
    now = identity(connection)
    seal = Seal(centre.key("receipt"), now.server_id, now.epoch)
    results = []
    for op_id, receipt in sorted(final.items()):
        result = _result(op_id, receipt, None, None, seal)
        there = found.get(receipt.key) if receipt.key else None
        result.evicted = there is not None and not kept.can_read(there.scope_id)
        results.append(result)
    return results


def _later(receipt: Receipt) -> Receipt:
    """The answer is full: the desk asks again and gets the stored receipt with its record."""
    return Receipt(receipt.op_hash, Outcome.DEFERRED, None, Problem.of("deferred"), [], receipt.key)


def _brief(connection: Connection, keys: set[Key]) -> dict[Key, Row[Any]]:
    by_kind: dict[str, list[str]] = {}
    for kind, record_id in sorted(keys):
        by_kind.setdefault(kind, []).append(record_id)
    found: dict[Key, Row[Any]] = {}
    for kind, ids in by_kind.items():
        found |= {(kind, row.id): row for row in rows.among(connection, record, _BRIEF, "id", ids, {"kind": kind})}
    return found


_BRIEF: Final = ("id", "scope_id", "ver", "stamps", "hash")


class _Budget:
    """Gives whole records until the answer is full; reads a few at a time, since each may be large."""

    def __init__(self, connection: Connection, wanted: Sequence[Key]) -> None:
        self._connection = connection
        self._wanted = list(wanted)
        self._read: dict[Key, rows.Stored] = {}
        self._left = MAX_PAGE_BYTES

    def rec(self, key: Key) -> Rec | None:
        """Return the record, or None when there is no room for it."""
        if self._left <= 0:
            return None
        if key not in self._read:
            start = self._wanted.index(key)
            self._read = rows.load(self._connection, self._wanted[start : start + _AT_ONCE], lock=False)
        found = self._read[key]
        self._left -= len(found.body.encode()) + len(found.stamps)
        return rec_of(found) if self._left > 0 else None


def rec_of(found: rows.Stored) -> Rec:
    """Return a stored record as it travels."""
    state = found.state
    body, stamps = msgspec.Raw(found.body.encode()), msgspec.Raw(found.stamps.encode())
    return Rec(state.kind, state.id, state.ver, found.seq, state.scope, body, stamps, found.hash)


def _born(items: Sequence[Item], receipts: dict[str, Receipt], run: range, seal: Seal) -> Born:
    of_run = [(items[n].op_id, receipts[items[n].op_id]) for n in run]
    sigs = "".join([seal.signed(op_id, receipt)[:SIG_SIZE] for op_id, receipt in of_run])
    first = of_run[0][1].seq
    assert first is not None
    return Born(run.start, len(run), first, sum_of([receipt.born or "" for _, receipt in of_run]), sigs)


def _result(op_id: str, receipt: Receipt, row: Row[Any] | None, rec: Rec | None, seal: Seal) -> OpResult:
    result = OpResult(
        op_id, receipt.outcome, receipt.seq, problem=receipt.problem, conflict_ids=receipt.conflict_ids,
        record=rec, sig=seal.of(op_id, receipt),
    )  # fmt: skip
    if row is not None:
        result.ver, result.hash, result.stamps = row.ver, row.hash, msgspec.Raw(row.stamps.encode())
    return result
