"""The audit's chain in plain SQL over a raw connection, and the sealed anchor beside the database. No SQLAlchemy here.

Logging in writes its line before anything is shown, and must not wait for SQLAlchemy (start-up time);
:mod:`zzdesk.store.audit` gives the same to sessions.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import msgspec
from cryptography.exceptions import InvalidTag

from zzdesk.actor import Actor
from zzdesk.clock import Clock, to_iso
from zzdesk.errors import BugError
from zzdesk.store.files import write_private
from zzdesk.store.keys import seal, subkey, unseal

FIRST: Final = "0" * 64
"""What the first row names as the hash before it."""

ANCHOR_FILE: Final = "audit.anchor"
_LONGEST_FACT: Final = 200
_HASHED: Final = ("seq", "at", "actor", "device", "event", "kind", "record_id", "facts", "prev_hash")
_COLUMNS: Final = (*_HASHED, "hash")
_INSERT: Final = (
    f"INSERT INTO audit ({', '.join(_COLUMNS)}) VALUES ({', '.join(':' + name for name in _COLUMNS)})"  # noqa: S608
)

Line = tuple[str, str | None, str | None, dict[str, Any]]
"""An event, the kind and id of the record it is about, and its facts."""


@dataclass(frozen=True)
class Anchor:
    """How far the audit had come at some moment: its last number and hash."""

    rows: int
    head: str


def hash_of(row: dict[str, Any]) -> str:
    """SHA-256 over the canonical JSON of every column but the hash itself."""
    named = {name: row[name] for name in _HASHED}
    return hashlib.sha256(msgspec.json.encode(named, order="sorted")).hexdigest()


def _facts(facts: dict[str, Any]) -> str:
    text = msgspec.json.encode(facts, order="sorted").decode()
    if any(isinstance(fact, str) and len(fact) > _LONGEST_FACT for fact in facts.values()):
        raise BugError("an audit fact is a value, not an id or a code")
    return text


def append_all(connection: Any, clock: Clock, actor: Actor | None, lines: Sequence[Line]) -> None:
    """Append lines in the open transaction of a raw connection, which must be a writer's: it holds the chain's end."""
    last = head(connection)
    seq, before, at = last.rows, last.head, to_iso(clock.now())
    rows: list[dict[str, Any]] = []
    for name, kind, record_id, facts in lines:
        seq += 1
        row = {
            "seq": seq, "at": at, "actor": actor.account_id if actor else None,
            "device": actor.device_id if actor else None, "event": name, "kind": kind, "record_id": record_id,
            "facts": _facts(facts), "prev_hash": before,
        }  # fmt: skip
        row["hash"] = before = hash_of(row)
        rows.append(row)
    connection.executemany(_INSERT, rows)


def head(connection: Any) -> Anchor:
    """The present end of the chain."""
    last = connection.execute("SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1").fetchone()
    return Anchor(*last) if last else Anchor(0, FIRST)


def reaches(connection: Any, anchor: Anchor) -> bool:
    """Whether the chain still holds the anchored line: one look, for every log-in."""
    if anchor.rows == 0:
        return True
    found = connection.execute("SELECT hash FROM audit WHERE seq = ?", (anchor.rows,)).fetchone()
    return found is not None and found[0] == anchor.head


def write_anchor(path: Path, key: bytes, anchor: Anchor) -> None:
    """Seal the anchor beside the database; an older one never replaces a newer one."""
    kept = read_anchor(path, key)
    if kept is None or kept.rows < anchor.rows:
        plain = msgspec.json.encode({"rows": anchor.rows, "head": anchor.head})
        write_private(path, seal(subkey(key, "audit anchor"), plain, ANCHOR_FILE))


def read_anchor(path: Path, key: bytes) -> Anchor | None:
    """The sealed anchor; None when it is missing or was changed, which ``audit verify`` reports."""
    try:
        plain = unseal(subkey(key, "audit anchor"), path.read_bytes(), ANCHOR_FILE)
        return Anchor(**msgspec.json.decode(plain))
    except (OSError, InvalidTag):
        return None


def local_value(connection: Any, name: str) -> str | None:
    """A small local fact, or None."""
    row = connection.execute("SELECT value FROM local_value WHERE name = ?", (name,)).fetchone()
    return None if row is None else str(row[0])


def set_local_value(connection: Any, name: str, value: str) -> None:
    """Keep a small local fact in the open transaction."""
    query = (
        "INSERT INTO local_value (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value"
        " WHERE value <> excluded.value"  # what says the same again is no write
    )
    connection.execute(query, (name, value))
