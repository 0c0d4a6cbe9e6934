"""Which records name which blobs: kept in step with the attachments, in the transaction that writes them.

So rights follow the record's scope wherever it moves, and the list of what is missing costs no look into any record.

A hash is no secret: it travels with its record. So a record gives nobody the bytes just because it names them: only one
whose own device, or whose proven author, has shown that it holds them (``vouched``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, delete, or_, select, text, update

from sync.merge import RecordState
from sync.server.rows import chunks
from sync.server.tables import blob, blob_proof, blob_ref

KIND: Final = "attachment"
LARGEST: Final = 200 * 1024 * 1024
"""Bytes of one file (sync protocol, section 8.10)."""

VERIFIED: Final = "verified"
QUARANTINED: Final = "quarantined"
PENDING: Final = "pending"
"""What the centre says of a blob that it has not, or whose bytes the asking device has not shown to hold."""

FILE: Final = "file"
ORIGINAL: Final = "original"
SHARED: Final = "shared"
WITH: Final = "device:"
"""Before a device's id: the scope of what lies in quarantine with that device's operations. Nobody reads there."""
NOBODY: Final = ""
IS_MISSING: Final = text("NOT blob_ref.here")
"""The words of the partial index: SQLite uses it for no others."""
_HEX: Final = frozenset("0123456789abcdef")


@dataclass(frozen=True)
class Maker:
    """Where a record came from: the device, and its author where that is proven."""

    device_id: str | None
    author: str | None = None


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
            "owner": owner[:36] if isinstance(owner, str) else None, "voided": state.voided,
        }
        for named, part in parts
        if named
    ]  # fmt: skip


def _named(body: dict[str, Any], hash_field: str, size_field: str) -> tuple[str, int] | None:
    sha256, size = body.get(hash_field), body.get(size_field)
    if is_sha256(sha256) and isinstance(size, int) and 0 <= size <= LARGEST:
        return str(sha256), size
    return None


def note(connection: Connection, states: Iterable[RecordState], makers: Mapping[str, Maker], now: str) -> None:
    """Write the rows of these attachments anew; a blob that was set aside comes back when it is named again.

    ``makers`` are those of the records that are born now, by the record's id.
    """
    for part in chunks(states):
        rows = [row for state in part for row in refs_of(state)]
        before = _before(connection, [state.id for state in part])
        connection.execute(delete(blob_ref).where(blob_ref.c.record_id.in_([state.id for state in part])))
        if not rows:
            continue
        proofs = proofs_of(connection, {row["sha256"] for row in rows})
        for row in rows:
            row |= _about(row, before.get(row["record_id"], {}), makers.get(row["record_id"]), proofs, now)
        _bring_back(connection, sorted({row["sha256"] for row in rows if row["vouched"] and not row["voided"]}))
        here = _verified(connection, {row["sha256"] for row in rows})
        connection.execute(blob_ref.insert(), [row | {"here": row["vouched"] and row["sha256"] in here} for row in rows])


def _before(connection: Connection, record_ids: list[str]) -> dict[str, dict[str, Any]]:
    """Return the rows that records have already, by record and hash."""
    found: dict[str, dict[str, Any]] = {}
    for row in connection.execute(select(blob_ref).where(blob_ref.c.record_id.in_(record_ids))):
        found.setdefault(row.record_id, {})[row.sha256] = row
    return found


def proofs_of(connection: Connection, named: set[str]) -> dict[str, set[tuple[str, str]]]:
    """Return who has shown that it holds these files: device and user, by hash."""
    found: dict[str, set[tuple[str, str]]] = {}
    for part in chunks(sorted(named)):
        for row in connection.execute(select(blob_proof).where(blob_proof.c.sha256.in_(part))):
            found.setdefault(row.sha256, set()).add((row.device_id, row.user_id))
    return found


def _about(
    row: dict[str, Any], before: dict[str, Any], maker: Maker | None, proofs: dict[str, set[tuple[str, str]]], now: str
) -> dict[str, Any]:
    """Return who made the record that names a file, and whether that one is known to hold it.

    Where an edit made a record name another file than before, nobody vouches for that.
    """
    known = before.get(row["sha256"])
    if maker is None:
        maker = Maker(known.device_id, known.author) if known else Maker(NOBODY if before else None)
    vouched = is_shown(maker, proofs.get(row["sha256"], ())) or bool(known and known.vouched)
    since = known.since if known else now
    return {"device_id": maker.device_id, "author": maker.author, "vouched": vouched, "since": since}


def is_shown(maker: Maker, proofs: Iterable[tuple[str, str]]) -> bool:
    """Say whether who made a record is among those who have shown that they hold its file."""
    return any(device == maker.device_id or (maker.author and user == maker.author) for device, user in proofs)


def hold(connection: Connection, states: Iterable[RecordState], device_id: str, now: str) -> None:
    """Let a device send the files of attachments that lie in quarantine: the bytes wait with their operations."""
    rows = [row for state in states for row in refs_of(state)]
    known = select(blob_ref.c.record_id).where(blob_ref.c.record_id.in_({row["record_id"] for row in rows}))
    there = set(connection.execute(known).scalars())
    about = {
        "scope_id": WITH + device_id, "device_id": device_id, "author": None, "vouched": False, "here": False, "since": now,
    }  # fmt: skip
    new = [row | about for row in rows if row["record_id"] not in there]
    if new:
        connection.execute(blob_ref.insert(), new)


def let_go(connection: Connection, record_ids: Iterable[str]) -> None:
    """Name the files no more of attachments that a person refused: they stay set aside."""
    for part in chunks(record_ids):
        held = delete(blob_ref).where(blob_ref.c.record_id.in_(part), blob_ref.c.scope_id.startswith(WITH))
        connection.execute(held)


def has_shown(connection: Connection, sha256: str, device_id: str) -> bool:
    """Say whether a device has shown that it holds a file."""
    mine = blob_proof.c.sha256 == sha256, blob_proof.c.device_id == device_id
    return connection.execute(select(blob_proof.c.at).where(*mine)).first() is not None


def vouch(
    connection: Connection, sha256: str, device_id: str, user: str, orphans: Iterable[str], now: str
) -> None:
    """Note that a device holds a file, and the proven ``user`` on it ("" for none): their records give it out now.

    ``orphans`` are records that the speaker may write and of which nobody knows any more who made them.
    """
    mine = {"sha256": sha256, "device_id": device_id, "user_id": user}
    there = select(blob_proof.c.at).where(*(blob_proof.c[name] == value for name, value in mine.items()))
    if connection.execute(there).first() is None:
        connection.execute(blob_proof.insert(), mine | {"at": now})
    theirs = [blob_ref.c.device_id == device_id, blob_ref.c.record_id.in_(sorted(orphans))]
    if user:
        theirs.append(blob_ref.c.author == user)
    connection.execute(update(blob_ref).where(blob_ref.c.sha256 == sha256, or_(*theirs)).values(vouched=True))
    named = blob_ref.c.sha256 == sha256, blob_ref.c.vouched
    connection.execute(update(blob_ref).where(*named).values(here=True))
    open_to_some = select(blob_ref.c.record_id).where(
        *named, blob_ref.c.voided.is_(False), ~blob_ref.c.scope_id.startswith(WITH)
    )
    if connection.execute(open_to_some).first() is not None:
        _bring_back(connection, [sha256])


def come(connection: Connection, row: Mapping[str, Any]) -> None:
    """Note that a file is here, unless that is known."""
    if connection.execute(select(blob.c.sha256).where(blob.c.sha256 == row["sha256"])).first() is None:
        connection.execute(blob.insert(), dict(row))


def lost(connection: Connection, sha256: str) -> None:
    """Note that the bytes of a file are not here any more: whoever names it misses them again."""
    connection.execute(update(blob_ref).where(blob_ref.c.sha256 == sha256).values(here=False))
    connection.execute(blob.delete().where(blob.c.sha256 == sha256))


def _bring_back(connection: Connection, named: list[str]) -> None:
    change = update(blob).where(blob.c.sha256.in_(named), blob.c.state == QUARANTINED)
    connection.execute(change.values(state=VERIFIED, unreferenced_since=None))


def _verified(connection: Connection, named: Iterable[str]) -> set[str]:
    found: set[str] = set()
    for part in chunks(sorted(named)):
        query = select(blob.c.sha256).where(blob.c.sha256.in_(part), blob.c.state == VERIFIED)
        found |= set(connection.execute(query).scalars())
    return found
