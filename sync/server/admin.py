"""What an operator of the centre does from the command line; may run beside a running server (decision 19)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sqlalchemy import inspect, select, update

from sync.policies import Policies
from sync.server import accounts, backups, blobs, lineage, recovery, salvage
from sync.server.backups import Made
from sync.server.centre import Centre
from sync.server.database import DATABASE_FILE, RECEIPT_FILE, open_engines
from sync.server.lineage import open_known
from sync.server.recovery import Restored
from sync.server.salvage import Salvaged
from sync.server.sweep import Swept
from sync.server.tables import device
from zzdesk.clock import Clock, SystemClock
from zzdesk.errors import InvalidError, NotFoundError
from zzdesk.i18n import N_
from zzdesk.store.base import kinds

_STATION: Final = re.compile(r"\d{12}")


@dataclass(frozen=True)
class DeviceRow:
    """One enrolled device."""

    id: str
    name: str
    station: str
    status: str
    enrolled_at: str
    last_seen: str | None


@contextmanager
def _centre(
    data: Path, database_url: str | None, clock: Clock | None, policies: Policies | None = None
) -> Iterator[Centre]:
    _must_be_there(data, database_url)
    centre = Centre(open_known(data, database_url), clock or SystemClock(), policies or Policies({}))
    try:
        yield centre
    finally:
        centre.database.close()


def _must_be_there(data: Path, database_url: str | None) -> None:
    """Refuse a folder without a centre: a mistyped one would become a second centre that nobody serves.

    An empty PostgreSQL database, named expressly, may be begun here.
    """
    posted = database_url is not None and not database_url.startswith("sqlite")
    if (data / RECEIPT_FILE).exists() and (posted or (data / DATABASE_FILE).exists()):
        return
    if posted:
        engine, _ = open_engines(data, database_url)
        try:
            begun = inspect(engine).has_table("meta")
        finally:
            engine.dispose()
        if not begun:
            return
    raise NotFoundError(N_("这里没有中心：{data}。请核对 --data，或先用 serve 启动中心"), data=str(data))


def enrol_code(data: Path, database_url: str | None, station: str, clock: Clock | None = None) -> str:
    """Return a new one-time code with which one device of a station may enrol, for 15 minutes.

    Raises:
        InvalidError: the station is not a code of twelve digits.
        NotFoundError: there is no centre in this folder.
    """
    if not _STATION.fullmatch(station):
        raise InvalidError.one("station", N_("站点代码应为12位数字"))
    with _centre(data, database_url, clock) as centre:
        return accounts.make_code(centre, station)


def sweep(data: Path, database_url: str | None, clock: Clock | None = None) -> Swept:
    """Do what is due by now, as every request does: for a centre that nobody has asked anything for a while.

    Raises:
        NotFoundError: there is no centre in this folder.
    """
    import zzdesk.catalogue  # noqa: F401 - the rules of every kind
    from sync.server.sweep import sweep as run

    with _centre(data, database_url, clock, Policies.of(kinds())) as centre:
        return run(centre)


def devices(data: Path, database_url: str | None) -> list[DeviceRow]:
    """Return all enrolled devices, by station and name."""
    columns = (device.c.id, device.c.name, device.c.station, device.c.status, device.c.enrolled_at, device.c.last_seen)
    query = select(*columns).order_by(device.c.station, device.c.name, device.c.id)
    with _centre(data, database_url, None) as centre, centre.database.reading() as connection:
        return [DeviceRow(*row) for row in connection.execute(query)]


def revoke_device(data: Path, database_url: str | None, device_id: str) -> None:
    """Let a device in no longer, from its next request on.

    Raises:
        NotFoundError: there is no such device.
    """
    with _centre(data, database_url, None) as centre, centre.database.writing() as connection:
        change = update(device).where(device.c.id == device_id).values(status=accounts.DEAD)
        if connection.execute(change).rowcount == 0:
            raise NotFoundError(N_("没有这台设备"))


def blobs_kept(data: Path, database_url: str | None, clock: Clock | None = None) -> blobs.Kept:
    """Set aside what no record has named for 30 days, and return what the centre keeps of attachments."""
    with _centre(data, database_url, clock) as centre:
        blobs.sweep(centre)
        return blobs.kept(centre)


def back_up(data: Path, database_url: str | None, target: Path, keep: int, clock: Clock | None = None) -> Made:
    """Write a verified backup into ``target`` and keep the newest ``keep``; see ``backups.make``."""
    with _centre(data, database_url, clock) as centre:
        return backups.make(centre.database, database_url, centre.clock, target, keep)


def declare_durable(data: Path, database_url: str | None, seq: int, clock: Clock | None = None) -> int:
    """Note how far back the oldest backup reaches that was made elsewhere; return what desks may forget up to.

    Raises:
        InvalidError: the centre has not come so far.
    """
    with _centre(data, database_url, clock) as centre:
        return backups.declare(centre.database, centre.clock, seq)


def post_restore(data: Path, database_url: str | None, clock: Clock | None = None) -> Restored:
    """Begin a new epoch on a restored database; see ``recovery.post_restore``."""
    lineage.refuse_a_gap(data, database_url)
    _must_be_there(data, database_url)
    return recovery.post_restore(data, database_url, clock)


def salvaged(data: Path, database_url: str | None) -> list[Salvaged]:
    """Return the records that wait for a decision since a restore."""
    with _centre(data, database_url, None) as centre, centre.database.reading() as connection:
        return salvage.waiting(connection)


def decide_salvage(
    data: Path, database_url: str | None, key: tuple[str, str], digest: str | None, *, put_back: bool
) -> None:
    """Put a record back or leave it out; see ``salvage.decide``."""
    import zzdesk.catalogue  # noqa: F401 - makes every kind known: what waits is judged
    from zzdesk.store.base import kinds

    with _centre(data, database_url, None, Policies.of(kinds())) as centre:
        salvage.decide(centre, key, digest, put_back=put_back)
