"""Steps that rest on files: held until the bytes of every file of their record have been hashed here (8.6, hazard 18).

A step names its record; the files are those of the attachments that belong to it, which may have come before, in the same
batch, or in the same group and wait with it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from sqlalchemy import Connection, Select, select

from sync.policies import KindPolicy
from sync.protocol import Op
from sync.server import blobs_index
from sync.server.blobs_index import Maker
from sync.server.rows import chunks
from sync.server.stage import Draft, Item, is_proven
from sync.server.tables import blob, blob_ref, op_log, record
from zzdesk.ops.apply import DEFAULT

WAIT: Final = "blob:"
"""Before kind and id of the record whose files are awaited."""


def awaited_by(rules: KindPolicy, draft: Draft, item: Item, op: Op, now: Any) -> str | None:
    """Return what a step has to wait for whose record is in state ``now``, None where it may go on."""
    name, table = rules.state_field, rules.transitions
    if op.verb != "patch" or name is None or table is None or name not in op.set:
        return None
    target = op.set[name].to
    arrows = (arrow for arrow in table.leaving(str(now)) if arrow.target == target)
    if not any(arrow.needs.bytes for arrow in arrows):
        return None
    missing = _is_missing(draft.stage.connection, op.id) or _comes_without(draft, item, op.id)
    return f"{WAIT}{op.kind}/{op.id}" if missing else None


def _missing_of(record_id: str) -> Select[str]:
    of_record = record.c.kind == blobs_index.KIND, record.c.parent_id == record_id
    query = select(blob_ref.c.sha256).join(record, record.c.id == blob_ref.c.record_id)
    return query.where(*of_record, blobs_index.IS_MISSING, blob_ref.c.voided.is_(False)).limit(1)


def _is_missing(connection: Connection, record_id: str) -> bool:
    return connection.execute(_missing_of(record_id)).first() is not None


def _comes_without(draft: Draft, item: Item, record_id: str) -> bool:
    """Say whether an attachment that this batch brings has files of which the centre has no bytes.

    Bytes that it has from others count for nobody who has not shown to hold them, too: a hash alone is no evidence.
    """
    born = [
        state for state in draft.of_kind(blobs_index.KIND)
        if (blobs_index.KIND, state.id) not in draft.stage.stored
        and state.body.get("record_id") == record_id and not state.voided
    ]  # fmt: skip
    named = {(ref["sha256"], state.stamps[DEFAULT]) for state in born for ref in blobs_index.refs_of(state)}
    hashes, connection = {sha256 for sha256, _ in named}, draft.stage.connection
    found: set[str] = set()
    for part in chunks(sorted(hashes)):
        found |= set(connection.execute(select(blob.c.sha256).where(blob.c.sha256.in_(part))).scalars())
    if hashes - found:
        return True
    proofs = blobs_index.proofs_of(connection, hashes)
    return any(not blobs_index.is_shown(_maker(draft, item, op_id), proofs.get(sha256, ())) for sha256, op_id in named)


def _maker(draft: Draft, step: Item, op_id: str) -> Maker:
    """Return who made an attachment of this batch; its author counts where the step is that one's too, and proven."""
    author = draft.stage.author_of(op_id)
    proven = author.user == step.author.user and is_proven(draft.account(author.user), step)
    return Maker(author.device, author.user if proven else None)


def come(connection: Connection, waits: Iterable[str], groups: dict[str, set[str]]) -> set[str]:
    """Return those of the waits whose files are all here, those of attachments in the waiting groups too."""
    return {wait for wait in waits if wait.startswith(WAIT) and _has_come(connection, wait, groups[wait])}


def _has_come(connection: Connection, wait: str, groups: set[str]) -> bool:
    record_id = wait.partition("/")[2]
    if _is_missing(connection, record_id):
        return False
    own = select(op_log.c.entity_id).where(op_log.c.group_id.in_(sorted(groups)), op_log.c.kind == blobs_index.KIND)
    held = select(blob_ref.c.sha256).where(blob_ref.c.record_id.in_(own), blobs_index.IS_MISSING).limit(1)
    return connection.execute(held).first() is None


__all__ = ["WAIT", "awaited_by", "come"]
