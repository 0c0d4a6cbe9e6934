"""What this database is to the centre: its replica, device, epoch and cursors."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final, NamedTuple

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from zzdesk.clock import Clock, to_iso
from zzdesk.errors import NotOursError
from zzdesk.i18n import N_
from zzdesk.ops.models import Cursor, Outbox, SyncRecord, SyncState
from zzdesk.store.engine import driver

_SKEW_NOTED_MS: Final = 1000
"""Less is how long the answer was on its way."""
CHANGED_KEY: Final = N_(
    "中心的签名密钥和登记时不一样，本机内容没有改变；如果中心确实换了密钥，请向中心要接入码重新登记本机"
)


def begin(session: Session, clock: Clock) -> SyncState:
    """Make the one row of a new database."""
    state = SyncState(id=1, replica_id=f"r-{clock.new_id()}", next_op_no=1, durable_seq=0)
    session.add(state)
    return state


def get_state(session: Session) -> SyncState:
    """Return the one row."""
    return session.get_one(SyncState, 1)


class Named(NamedTuple):
    """Under what name this database speaks, and in which epoch of its centre."""

    replica_id: str
    epoch: str


def named(session: Session) -> Named:
    """Return the two that every message carries, without an object for the row: a round asks several times."""
    replica_id, epoch = driver(session).execute("SELECT replica_id, epoch FROM sync_state WHERE id = 1").fetchone()
    return Named(replica_id, epoch or "")


def enrolled(
    session: Session, *, url: str, server_id: str, epoch: str, device_id: str, keys: Sequence[str] = ()
) -> None:
    """Note the centre that this desk belongs to from now on, and the public keys by which it is known."""
    state = get_state(session)
    state.server_url, state.server_id = url, server_id
    state.epoch, state.device_id = epoch, device_id
    state.server_keys = list(keys) or None


def server_key(session: Session, kind: str) -> str | None:
    """Return the centre's public key of a kind (``ed25519:``, ``age1``) as it was announced, else None."""
    return next((key for key in get_state(session).server_keys or () if key.startswith(kind)), None)


def note_server_keys(session: Session, keys: Sequence[str]) -> None:
    """Keep the centre's public keys of kinds not known yet: a desk of 0.1.0 has none, a newer centre has more.

    Raises:
        NotOursError: a key is another than the one that was announced at enrolment.
    """
    (text,) = driver(session).execute("SELECT server_keys FROM sync_state WHERE id = 1").fetchone()
    kept: list[str] = msgspec.json.decode(text) if text else []
    known = {_key_kind(key): key for key in kept}
    if any(known.setdefault(_key_kind(key), key) != key for key in keys):
        raise NotOursError(CHANGED_KEY)
    if list(known.values()) != kept:
        get_state(session).server_keys = list(known.values())


def _key_kind(key: str) -> str:
    return "age1" if key.startswith("age1") else key.partition(":")[0]


def bound_to(session: Session) -> tuple[str, str] | None:
    """Return (server id, epoch) of the centre that has confirmed anything of this desk, else None.

    From then on versions, cursors and receipts mean that centre and no other.
    """
    mine = get_state(session)
    asked = (
        select(SyncRecord.id),
        select(Cursor.scope).where(Cursor.seq > 0),
        select(Outbox.n).where(Outbox.outcome.is_not(None)),
    )
    if mine.server_id is None or not any(session.execute(query.limit(1)).first() for query in asked):
        return None
    return mine.server_id, mine.epoch or ""


def cursors(session: Session) -> dict[str, int]:
    """Return how far each scope has been pulled."""
    return dict(driver(session).execute("SELECT scope, seq FROM cursor").fetchall())


def move_cursors(session: Session, to: Mapping[str, int]) -> None:
    """Move cursors on, in the transaction that took what lies between."""
    driver(session).executemany("UPDATE cursor SET seq = max(seq, ?) WHERE scope = ?", [(to[s], s) for s in sorted(to)])


def set_scopes(session: Session, scopes: Iterable[tuple[str, str]]) -> None:
    """Note the scopes, with rights, that the centre grants this desk; a new one starts at zero."""
    connection = driver(session)
    have = dict(connection.execute("SELECT scope, rights FROM cursor").fetchall())
    connection.executemany(_GRANT, [each for each in scopes if have.get(each[0]) != each[1]])


_GRANT: Final = (
    "INSERT INTO cursor (scope, rights, seq) VALUES (?, ?, 0) ON CONFLICT (scope) DO UPDATE SET rights = excluded.rights"
)


def note_skew(session: Session, offset: timedelta) -> None:
    """Note by how much the centre's clock is ahead of this one."""
    found = int(offset.total_seconds() * 1000)
    (noted,) = driver(session).execute("SELECT server_offset_ms FROM sync_state WHERE id = 1").fetchone()
    if noted is None or abs(noted - found) >= _SKEW_NOTED_MS:
        get_state(session).server_offset_ms = found


def note_durable(session: Session, seq: int) -> None:
    """Note up to where the centre can no longer lose anything."""
    driver(session).execute("UPDATE sync_state SET durable_seq = ? WHERE durable_seq <> ?", (seq, seq))


def attempted(session: Session, now: datetime, error: str | None) -> None:
    """Note a synchronisation that ended: ``error`` is a code, None for success."""
    done = to_iso(now)
    driver(session).execute(_ATTEMPTED, (done, error, done if error is None else None))


_ATTEMPTED: Final = (
    "UPDATE sync_state SET last_attempt_at = ?, last_error = ?, last_success_at = coalesce(?, last_success_at)"
)
