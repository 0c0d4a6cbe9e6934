"""After a restore: a new epoch, and what the desks still have comes back with receipts (sync protocol, 8.12; hazard 22).

While the centre recovers, everything that arrives is judged as ever, with three differences.  An operation with a
receipt that says *lost* or *refused* is that again, whatever stands now: what was decided once is re-imposed.  One that
had been accepted is never refused, since what it stands on may be still on its way: it is deferred.  New claims wait
until nearly every desk has come back, for somebody else may hold the receipt of having won.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any, Final, Protocol

import msgspec
from msgspec import structs
from sqlalchemy import Connection, func, select, update

from sync.merge import Outcome
from sync.policies import Policies
from sync.problems import OP_PROBLEMS, PREFIX
from sync.protocol import NORMAL, RECOVERY, OldReceipt, Problem
from sync.server import backups, digests, lineage
from sync.server.accounts import ACTIVE
from sync.server.centre import Centre
from sync.server.database import open_database
from sync.server.ledger import Receipt
from sync.server.stage import Item, Settled, Stage
from sync.server.tables import device, meta, sync_clock
from zzdesk.clock import Clock, SystemClock, from_iso, to_iso
from zzdesk.errors import RefusedError

GAP: Final = 1_000_000
"""Steps of the clock between what was restored and what comes next: no seq of the abandoned life is used again."""
ENOUGH: Final = 0.95
LONGEST: Final = timedelta(hours=72)
_RECENT: Final = timedelta(days=30)
"""Devices silent for longer than this before the backup are not waited for."""
CLAIM: Final = "claim"
"""The merge policy of fields that only one may hold."""

LOST: Final = "lost"
_ACCEPTED: Final = (Outcome.APPLIED, Outcome.MERGED, Outcome.CONFLICT)
_DONE: Final = (*_ACCEPTED, LOST)


# ---- a new epoch ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Restored:
    """What ``post-restore`` did: the new epoch, where the restored state ended, and how many devices are waited for."""

    epoch: str
    seq: int
    devices: int
    durable_seq: int


def post_restore(data: Path, database_url: str | None, clock: Clock | None = None) -> Restored:
    """Begin a new epoch on a database that was restored from a backup, promoted, or moved; the centre may start then.

    Raises:
        RefusedError: the database is not there, or is another centre's.
    """
    lineage.refuse_a_gap(data, database_url)
    database = open_database(data, database_url)
    try:
        with database.writing() as connection:
            now = lineage.state_of(connection)
            if lineage.is_another_centre(data, now.server_id):
                raise RefusedError(lineage.ANOTHER_CENTRE, data=str(data))
            _new_epoch(connection, clock or SystemClock(), now.lineage, now.seq)
            backups.recount(connection)
            digests.rebuild(connection)
            after = lineage.state_of(connection)
            expected = len(_expected(connection))
        lineage.begin_anew(data, after)
    finally:
        database.close()
    return Restored(after.epoch, now.seq, expected, after.durable_seq)


def _new_epoch(connection: Connection, clock: Clock, before: str, seq: int) -> None:
    epoch = f"e-{secrets.token_hex(8)}"
    past = [(name, seq if end is None else end) for name, end in lineage.epochs_of(before)]
    system_id, timeline = lineage.cluster_of(connection)
    connection.execute(update(meta).values(
        epoch=epoch, lineage=msgspec.json.encode([*past, (epoch, None)]).decode(), mode=RECOVERY,
        recovery_since=to_iso(clock.now()), generation=meta.c.generation + 1,
        pg_system_id=system_id, pg_timeline=timeline,
    ))  # fmt: skip
    connection.execute(update(sync_clock).values(seq=sync_clock.c.seq + GAP))


def _expected(connection: Connection) -> list[str | None]:
    """Return for each device that is waited for the epoch in which it was complete last."""
    living = select(device.c.epoch).where(device.c.status == ACTIVE, device.c.last_seen.is_not(None))
    newest = connection.execute(select(func.max(device.c.last_seen))).scalar()
    if newest is None:
        return []
    return list(connection.execute(living.where(device.c.last_seen >= to_iso(from_iso(newest) - _RECENT))).scalars())


def handshake(centre: Centre, device_id: str, again: int) -> str:
    """Note that a device is back with all it had (``again`` operations are left to be sent); return the mode from now on.

    Recovery ends when 95 % of the devices seen before the backup are back, or after 72 hours.
    """
    with centre.database.writing() as connection:
        now = lineage.state_of(connection)
        if again == 0:
            connection.execute(update(device).where(device.c.id == device_id).values(epoch=now.epoch))
        if now.mode != RECOVERY:
            return str(now.mode)
        epochs = _expected(connection)
        back = sum(epoch == now.epoch for epoch in epochs)
        over = back >= ENOUGH * len(epochs) or centre.now() - from_iso(now.recovery_since) >= LONGEST
        if over:
            connection.execute(update(meta).values(mode=NORMAL))
        return NORMAL if over else RECOVERY


# ---- receipts -------------------------------------------------------------------------------------------------------


class Seal(Protocol):
    """Knows the receipts that the centre signed in one epoch."""

    def is_mine(self, sig: str, op_id: str, receipt: Receipt) -> bool:
        """Say whether it signed this."""


@dataclass
class Returning:
    """What a batch brings along from before the restore, and whether the centre still waits for more."""

    policies: Policies
    recovering: bool = False
    proofs: dict[str, OldReceipt] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        policies: Policies,
        mode: str,
        items: Iterable[Item],
        receipts: Mapping[str, OldReceipt],
        seal: Callable[[str], Seal],
    ) -> Returning:
        """Keep the receipts that the centre itself has signed, in any epoch, for these very operations."""
        proofs = {}
        for item in items if receipts else ():
            said = receipts.get(item.op_id)
            if said is None:
                continue
            shown = Receipt(item.hash, said.outcome, said.seq, None, [], item.key)
            if seal(said.epoch).is_mine(said.sig, item.op_id, shown):
                proofs[item.op_id] = said
        return cls(policies, mode == RECOVERY, proofs)

    def judge(
        self, stage: Stage, group: Sequence[Item], ordinary: Callable[[Sequence[Item]], list[Settled]]
    ) -> list[Settled]:
        """Settle one group; ``ordinary`` judges what no receipt decides."""
        if not self.recovering and not self.proofs:
            return ordinary(group)
        whole = {item.op_id: item for item in group}
        lost = {item.op_id for item in group if self._said(item) == LOST and not _is_held(self.policies, stage, item)}
        refused = {item.op_id for item in group if self._said(item) in (Outcome.REJECTED, Outcome.QUARANTINED)}
        imposed = {item.op_id: self._imposed(item) for item in group if item.op_id in lost | refused}
        rest = [each for item in group if item.op_id not in refused and (each := self._rest(item, lost)) is not None]
        if self.recovering and any(self._is_new_claim(item) for item in rest):
            return [_wait(item) for item in group]
        found = {each.item.op_id: each for each in ordinary(rest)} if rest else {}
        if self.recovering and any(self._was_accepted(each) for each in found.values()):
            stage.known.difference_update(whole)
            return [_wait(item) for item in group]
        stage.known.update(imposed)
        if any(each.outcome not in _DONE for each in found.values()):
            imposed = {op_id: each for op_id, each in imposed.items() if op_id not in found}
        return [replace(imposed.get(op_id) or found[op_id], item=item) for op_id, item in whole.items()]

    def _rest(self, item: Item, lost: set[str]) -> Item | None:
        """Return what is left to judge of an operation: of a claim that was lost, all but the claim."""
        if item.op_id not in lost or item.op is None:
            return item
        merges: Mapping[str, Any] = self.policies[item.op.kind].merges
        left = {name: edit for name, edit in item.op.set.items() if merges.get(name) != CLAIM}
        return structs.replace(item, op=structs.replace(item.op, set=left)) if left else None

    def _said(self, item: Item) -> str | None:
        proof = self.proofs.get(item.op_id)
        return proof.outcome if proof else None

    def _imposed(self, item: Item) -> Settled:
        proof = self.proofs[item.op_id]
        code = (proof.problem or "").removeprefix(PREFIX)
        return Settled(item, proof.outcome, Problem.of(code if code in OP_PROBLEMS else "refused-before"))

    def _was_accepted(self, verdict: Settled) -> bool:
        return verdict.outcome == Outcome.REJECTED and self._said(verdict.item) in _ACCEPTED

    def _is_new_claim(self, item: Item) -> bool:
        if item.op is None or self._said(item) is not None:
            return False
        merges: Mapping[str, Any] = self.policies[item.op.kind].merges
        return any(merges.get(name) == CLAIM and edit.to for name, edit in item.op.set.items())


def _is_held(policies: Policies, stage: Stage, item: Item) -> bool:
    """Say whether somebody holds what an operation claims: then it loses in the ordinary way, and is told to whom."""
    state = stage.states.get(item.key) if item.key else None
    field = policies[item.op.kind].claim_field if item.op else None
    return state is not None and field is not None and state.body.get(field) is not None


def _wait(item: Item) -> Settled:
    return Settled(item, Outcome.DEFERRED, Problem.of("recovering"))
