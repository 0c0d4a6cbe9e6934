"""After a restore: a new epoch, and what the desks still have comes back with receipts (sync protocol, 8.12; hazard 22).

How what comes back is judged stands in ``sync.server.returning``.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Final

import msgspec
from sqlalchemy import Connection, func, select, update

from sync.modes import NORMAL, RECOVERY
from sync.server import backups, catching_up, digests, lineage, numbering
from sync.server.accounts import ACTIVE
from sync.server.centre import Centre
from sync.server.database import open_database
from sync.server.held import release
from sync.server.tables import device, meta, sync_clock
from zzdesk.clock import Clock, SystemClock, from_iso, to_iso
from zzdesk.errors import RefusedError

GAP: Final = 1_000_000
"""Steps of the clock between what was restored and what comes next: no seq of the abandoned life is used again."""
ENOUGH: Final = 0.95
LONGEST: Final = timedelta(hours=72)
_RECENT: Final = timedelta(days=30)
"""Devices silent for longer than this before the backup are not waited for."""


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
            numbering.skip(connection)
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
        epoch=epoch, lineage=msgspec.json.encode([*past, (epoch, None)]).decode(), mode=RECOVERY, unsettled=True,
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
    if over:
        settle(centre)
    return NORMAL if over else RECOVERY


def settle(centre: Centre) -> None:
    """Decide what waited for the others to come back. Whoever asks next goes on where a crash ended it.

    One at a time does it; whoever comes meanwhile is not kept waiting.
    """
    if not centre.settling.acquire(blocking=False):
        return
    try:
        release(centre)
        catching_up.catch_up(centre)
        with centre.database.writing() as connection:
            connection.execute(update(meta).where(meta.c.mode != RECOVERY).values(unsettled=False))
    finally:
        centre.settling.release()
