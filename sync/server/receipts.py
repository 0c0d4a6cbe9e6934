"""Receipts: what the centre signs of each operation, and the runs in which it speaks of many at once."""

from __future__ import annotations

import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row

from sync.bulk import SIG_SIZE, Kept
from sync.merge import Outcome
from sync.server.centre import Centre, identity
from sync.server.ledger import Receipt
from sync.server.rows import Key
from sync.server.stage import Item
from zzdesk.ops.apply import Stamps, canonical
from zzdesk.typed import reader


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

    def of_run(self, op_ids: Sequence[str], hashes: Sequence[str], seq: int) -> str:
        """Return the receipts of applied operations with successive ``seq``, as long as they travel in a run, joined."""
        head, outcome = canonical([self.server_id, self.epoch])[:-1].decode(), str(Outcome.APPLIED)
        said = zip(op_ids, hashes, range(seq, seq + len(op_ids)), strict=True)
        begun, sigs = hmac.new(self.key, f"{head},".encode(), "sha256"), []  # the key is worked in once, for all of them
        for op_id, digest, at in said:
            mine = begun.copy()
            mine.update(f'"{op_id}","{digest}","{outcome}",{at}]'.encode())
            sigs.append(mine.hexdigest()[:SIG_SIZE])
        return "".join(sigs)

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


def as_expected(
    items: Sequence[Item], receipts: Mapping[str, Receipt], rows: Mapping[Key, Row[Any]], hashes: Mapping[str, str]
) -> set[Key]:
    """Return those of the records of which every operation here is an edit that was applied, and that are what their
    sender expects, down to who wrote which field: what somebody else had put to the same value first stays his.
    """
    last = {receipts[item.op_id].key: item.op_id for item in items}
    odd = {receipts[item.op_id].key for item in items if not _is_plain_edit(item, receipts[item.op_id])}
    fit = {
        key for key, op_id in last.items()
        if key is not None and key in rows and key not in odd and hashes.get(op_id) == rows[key].hash
    }  # fmt: skip
    writers: dict[Key, dict[str, str]] = {}
    for item in items:
        key = receipts[item.op_id].key
        if key in fit and item.op is not None:
            writers.setdefault(key, {}).update(dict.fromkeys(item.op.set, item.op_id))
    return {key for key in fit if writers[key].items() <= _stamps(rows[key].stamps).items()}


_stamps = reader(Stamps).decode


def _is_plain_edit(item: Item, receipt: Receipt) -> bool:
    edit = item.op is not None and item.op.verb == "patch" and receipt.outcome == Outcome.APPLIED
    return edit and receipt.seq is not None and receipt.problem is None and not receipt.conflict_ids


def kept_of(
    items: Sequence[Item], places: Mapping[str, int], receipts: Mapping[str, Receipt], rows: Mapping[Key, Row[Any]],
    seal: Seal,
) -> list[Kept]:  # fmt: skip
    """Return what is said of edits that came out as expected, in runs of those that were sent one after the other."""
    runs: list[Kept] = []
    last = 0
    for item in items:
        receipt, place = receipts[item.op_id], places[item.op_id]
        assert receipt.key is not None
        assert receipt.seq is not None
        if not runs or place != runs[-1].at + len(runs[-1].seqs):
            runs.append(Kept(place, [], [], ""))
            last = 0
        run = runs[-1]
        run.seqs.append(receipt.seq - last)
        run.vers.append(rows[receipt.key].ver)
        run.sigs += seal.signed(item.op_id, receipt)[:SIG_SIZE]
        last = receipt.seq
    return runs
