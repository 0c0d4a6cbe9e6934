"""How what comes back after a restore is judged: receipts are re-imposed, not decided anew (sync protocol, 8.9 and 8.12).

An operation with a receipt that says *lost* or *refused* is that again, whatever stands now.  One that had been taken is
taken again, though a rule of today would keep it back: a record that is final by now, a right that has ended, a conflict
that blocks its step.  Where it cannot be taken it is never refused: while the centre recovers it waits, since what it
stands on may be still on its way, and afterwards a person decides: between the values, where it is about values, else in
quarantine.  New claims wait until nearly every desk has come back, for somebody else may hold the receipt of having won.

What waits at the centre meanwhile keeps the word that came with it, beside the log.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, Final, NamedTuple, Protocol

from msgspec import structs
from sqlalchemy import Connection, delete, select

from sync.merge import Outcome
from sync.modes import RECOVERY
from sync.policies import Policies
from sync.problems import OP_PROBLEMS, PREFIX
from sync.protocol import OldReceipt, Problem
from sync.server import rows
from sync.server.ledger import Receipt
from sync.server.stage import Item, Settled, Stage
from sync.server.tables import old_receipt

CLAIM: Final = "claim"
"""The merge policy of fields that only one may hold."""
LOST: Final = "lost"
ACCEPTED: Final = (Outcome.APPLIED, Outcome.MERGED, Outcome.CONFLICT)
WAITING: Final = (Outcome.HELD, Outcome.QUARANTINED)
_DONE: Final = (*ACCEPTED, LOST)
_REFUSED: Final = (Outcome.REJECTED, Outcome.QUARANTINED)
_DECIDED: Final = (*_DONE, Outcome.REJECTED)

_KEPT: Final = ("op_id", "outcome", "problem", "number", "seq")

_LATER: Final = 2**62

Judge = Callable[[Sequence[Item]], list[Settled]]


class Seal(Protocol):
    """Knows the receipts that the centre signed in one epoch."""

    def is_mine(self, sig: str, op_id: str, receipt: Receipt) -> bool:
        """Say whether it signed this."""


class Said(NamedTuple):
    """What the centre had said to an operation: its outcome, the type of the problem, the number it gave, if any."""

    outcome: str
    problem: str | None
    number: str | None = None
    seq: int | None = None


@dataclass
class Returning:
    """What operations bring along from before a restore, and whether the centre still waits for more."""

    policies: Policies
    recovering: bool = False
    proofs: dict[str, Said] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        policies: Policies,
        mode: str,
        items: Iterable[Item],
        receipts: Mapping[str, OldReceipt],
        seal: Callable[[str], Seal],
    ) -> Returning:
        """Keep the receipts that the centre itself has signed, in any epoch, for these very operations.

        What its own desk has given up is refused on the desk's word: nobody wants it to be taken.
        """
        proofs = {}
        for item in items if receipts else ():
            said = receipts.get(item.op_id)
            if said is None:
                continue
            if said.given_up:
                proofs[item.op_id] = Said(Outcome.REJECTED, said.problem)
                continue
            shown = Receipt(item.hash, said.outcome, said.seq, None, [], item.key)
            if seal(said.epoch).is_mine(said.sig, item.op_id, shown):
                proofs[item.op_id] = Said(said.outcome, said.problem, said.number, said.seq)
        return cls(policies, mode == RECOVERY, proofs)

    @classmethod
    def kept(cls, connection: Connection, policies: Policies, mode: str, items: Iterable[Item]) -> Returning:
        """Return what is kept of operations that wait at the centre."""
        proofs: dict[str, Said] = {}
        for part in rows.chunks(sorted(item.op_id for item in items)):
            for row in connection.execute(select(old_receipt).where(old_receipt.c.op_id.in_(part))):
                proofs[row.op_id] = Said(row.outcome, row.problem, row.number, row.seq)
        return cls(policies, mode == RECOVERY, proofs)

    def keep(self, connection: Connection, op_ids: Iterable[str]) -> None:
        """Keep what was said to those of the operations that wait now: whoever judges them later has to know."""
        told = {op_id: self.proofs[op_id] for op_id in op_ids if op_id in self.proofs}
        if told:
            connection.execute(delete(old_receipt).where(old_receipt.c.op_id.in_(told)))
            found = [(op_id, said.outcome, said.problem, said.number, said.seq) for op_id, said in told.items()]
            rows.insert_many(connection, old_receipt, _KEPT, found)

    def marked(self, items: Iterable[Item]) -> list[Item]:
        """Return the operations, those that the centre had taken before marked so."""
        mark = partial(structs.replace, accepted=True, kept=not self.recovering)
        return [mark(each, came=self.proofs[each.op_id].seq) if self._said(each) in ACCEPTED else each for each in items]

    def in_order(self, groups: Iterable[Sequence[Item]]) -> list[Sequence[Item]]:
        """Return groups in the order in which they had arrived before a restore; the others follow as they came now."""
        return sorted(groups, key=lambda group: min(map(self._came, group)))

    def _came(self, item: Item) -> int:
        proof = self.proofs.get(item.op_id)
        return proof.seq if proof is not None and proof.seq is not None else _LATER

    def is_decided(self, op_id: str) -> bool:
        """Say whether the centre had come to an end with an operation that may wait here as if it had not."""
        return op_id in self.proofs and self.proofs[op_id].outcome in _DECIDED

    def judge(self, stage: Stage, group: Sequence[Item], ordinary: Judge) -> list[Settled]:
        """Settle one group; ``ordinary`` judges what no receipt decides."""
        stage.recovering = self.recovering
        if not self.recovering and not self.proofs:
            return ordinary(group)
        whole = {item.op_id: item for item in group}
        stage.numbers |= {item.key: number for item in group if item.key and (number := self._number(item))}
        lost = {item.op_id for item in group if self._said(item) == LOST and not _is_held(self.policies, stage, item)}
        refused = {item.op_id for item in group if self._said(item) in _REFUSED}
        imposed = {item.op_id: self._imposed(item) for item in group if item.op_id in lost | refused}
        rest = [each for item in group if item.op_id not in refused and (each := self._rest(item, lost)) is not None]
        if self.recovering and any(self._is_new_claim(item) for item in rest):
            return [_wait(item) for item in group]
        found = {each.item.op_id: each for each in ordinary(self.marked(rest))} if rest else {}
        if any(self._was_accepted(each) for each in found.values()):
            stage.known.difference_update(whole)
            return [_wait(item) if self.recovering else _before_a_person(item) for item in group]
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

    def _number(self, item: Item) -> str | None:
        proof = self.proofs.get(item.op_id)
        return proof.number if proof else None

    def _imposed(self, item: Item) -> Settled:
        proof = self.proofs[item.op_id]
        code = (proof.problem or "").removeprefix(PREFIX)
        return Settled(item, proof.outcome, Problem.of(code if code in OP_PROBLEMS else "refused-before"))

    def _was_accepted(self, verdict: Settled) -> bool:
        return verdict.outcome == Outcome.REJECTED and self._said(verdict.item) in ACCEPTED

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


def _before_a_person(item: Item) -> Settled:
    return Settled(item, Outcome.QUARANTINED, Problem.of("accepted-before"))
