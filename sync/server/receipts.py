"""Receipts: what the centre signs of each operation, and the runs in which it speaks of many at once."""

from __future__ import annotations

import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from sync.bulk import SIG_SIZE
from sync.merge import Outcome
from sync.server.centre import Centre, identity
from sync.server.ledger import Receipt
from sync.server.stage import Item
from zzdesk.ops.apply import canonical


@dataclass(frozen=True)
class Seal:
    """Signs receipts, so that they can be believed after a restore: the key is not in the database."""

    key: bytes
    server_id: str
    epoch: str

    @classmethod
    def of_centre(cls, centre: Centre, connection: Connection) -> Seal:
        """Return the seal of the centre as it is now."""
        now = identity(connection)
        return cls(centre.key("receipt"), now.server_id, now.epoch)

    def of(self, op_id: str, receipt: Receipt) -> str | None:
        """Return the HMAC-SHA-256 over who says what of which operation; None for what is not stored."""
        return None if receipt.outcome == Outcome.DEFERRED else self.signed(op_id, receipt)

    def signed(self, op_id: str, receipt: Receipt) -> str:
        """Return the HMAC-SHA-256, hex."""
        said = [self.server_id, self.epoch, op_id, receipt.op_hash, receipt.outcome, receipt.seq]
        return hmac.digest(self.key, canonical(said), "sha256").hex()

    def is_mine(self, sig: str, op_id: str, receipt: Receipt) -> bool:
        """Return whether a receipt that is shown again is one of ours: whole, or as long as it travels in a run."""
        whole = self.signed(op_id, receipt)
        return len(sig) in (SIG_SIZE, len(whole)) and hmac.compare_digest(sig, whole[: len(sig)])


def runs_of(items: Sequence[Item], receipts: Mapping[str, Receipt]) -> list[range]:
    """Return the places of consecutive operations whose records came out exactly as sent, one seq after the other."""
    runs: list[range] = []
    for n, item in enumerate(items):
        receipt = receipts[item.op_id]
        if receipt.born is None or receipt.seq is None:
            continue
        last = runs[-1] if runs else None
        if last is not None and last.stop == n and receipts[items[n - 1].op_id].seq == receipt.seq - 1:
            runs[-1] = range(last.start, n + 1)
        else:
            runs.append(range(n, n + 1))
    return runs
