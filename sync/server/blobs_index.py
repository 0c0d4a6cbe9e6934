"""Which records name which blobs: kept in step with the attachments, in the transaction that writes them.

So rights follow the record's scope wherever it moves, and the list of what is missing costs no look into any record.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from sqlalchemy import Connection, delete, select, update

from sync.merge import RecordState
from sync.server.rows import chunks
from sync.server.tables import blob, blob_ref

KIND: Final = "attachment"
LARGEST: Final = 200 * 1024 * 1024
"""Bytes of one file (sync protocol, section 8.10)."""

PENDING: Final = "pending"
VERIFIED: Final = "verified"
QUARANTINED: Final = "quarantined"

FILE: Final = "file"
ORIGINAL: Final = "original"
SHARED: Final = "shared"
_HEX: Final = frozenset("0123456789abcdef")


def is_sha256(text: Any) -> bool:
    """Say whether something is a SHA-256 in lower-case hexadecimal."""
    return isinstance(text, str) and len(text) == 64 and _HEX.issuperset(text)


def refs_of(state: RecordState) -> list[dict[str, Any]]:
    """Return the rows of the blobs that an attachment names; a photo names its original and its shared copy.

    What is no hash or no size of a file is no blob: the record stays as it is.
    """
    body = state.body
    shared = _named(body, "shared_sha256", "shared_size")
    whole = _named(body, "sha256", "size")
    parts = [(whole, ORIGINAL if shared and shared != whole else FILE), (shared if shared != whole else None, SHARED)]
    owner = body.get("created_by")
    return [
        {
            "record_id": state.id, "sha256": named[0], "scope_id": state.scope, "size": named[1], "part": part,
            "owner": owner[:36] if isinstance(owner, str) else None, "voided": state.voided, "here": False,
        }
        for named, part in parts
        if named
    ]  # fmt: skip


def _named(body: dict[str, Any], hash_field: str, size_field: str) -> tuple[str, int] | None:
    sha256, size = body.get(hash_field), body.get(size_field)
    if is_sha256(sha256) and isinstance(size, int) and 0 <= size <= LARGEST:
        return str(sha256), size
    return None


def note(connection: Connection, states: Iterable[RecordState]) -> None:
    """Write the rows of these attachments anew; a blob that was set aside comes back when it is named again."""
    for part in chunks(states):
        rows = [row for state in part for row in refs_of(state)]
        connection.execute(delete(blob_ref).where(blob_ref.c.record_id.in_([state.id for state in part])))
        if not rows:
            continue
        named = sorted({row["sha256"] for row in rows if not row["voided"]})
        _bring_back(connection, named)
        here = _verified(connection, {row["sha256"] for row in rows})
        connection.execute(blob_ref.insert(), [row | {"here": row["sha256"] in here} for row in rows])


def _bring_back(connection: Connection, named: list[str]) -> None:
    change = update(blob).where(blob.c.sha256.in_(named), blob.c.state == QUARANTINED)
    connection.execute(change.values(state=VERIFIED, unreferenced_since=None))


def _verified(connection: Connection, named: Iterable[str]) -> set[str]:
    found: set[str] = set()
    for part in chunks(sorted(named)):
        query = select(blob.c.sha256).where(blob.c.sha256.in_(part), blob.c.state == VERIFIED)
        found |= set(connection.execute(query).scalars())
    return found
