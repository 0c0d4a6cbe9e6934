"""Which history the centre's database belongs to, and whether it is the one that ran last (sync protocol, 8.12).

An *epoch* is the life of the database between two restores.  The *lineage* lists the epochs that led to the present
one, each with the seq at which it was left.  Beside the keys, outside the database and its backups, lies a small file
with a number that grows with every start and every backup, and another one with the highest seq seen: a database that
knows a lower number is an older copy, and the centre refuses to serve it until ``post-restore`` has begun a new epoch.
On PostgreSQL the cluster's identity and timeline are compared as well: a dump put back elsewhere, a replica promoted.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import msgspec
from sqlalchemy import Connection, Row, select, text, update

from sync.server.database import DATABASE_FILE, Database, open_database
from sync.server.tables import meta, sync_clock
from zzdesk.clock import Clock
from zzdesk.errors import RefusedError
from zzdesk.i18n import N_
from zzdesk.store.files import write_private
from zzdesk.typed import read

LIFE_FILE: Final = "life.json"
SEQ_FILE: Final = "life.seq"
_NOTE_EVERY_MS: Final = 5_000

AN_OLDER_COPY: Final = N_(
    "中心的数据库是一份较旧的副本（像是从备份恢复的）。请先运行 zzdesk server post-restore --data {data}，再启动；"
    "这样各工作站会把备份之后的内容重新送来，什么都不会丢"
)
ANOTHER_CLUSTER: Final = N_(
    "PostgreSQL已不是原来的那一个（换了集群，或备机升为主机）。请先运行 zzdesk server post-restore --data {data}，再启动"
)


GONE: Final = N_(
    "中心的数据库文件不见了。请把最近的备份放回 {data}，运行 zzdesk server post-restore --data {data}，再启动"
)
ANOTHER_CENTRE: Final = N_("这个数据库属于另一个中心，和 {data} 里的密钥不是一套，没有改动")


class _Life(msgspec.Struct, frozen=True):
    server_id: str
    epoch: str
    generation: int


@dataclass
class HighWater:
    """Keeps the highest seq seen beside the keys; written now and then, since an older number is only less sharp."""

    folder: Path
    clock: Clock
    _last: int = 0
    _at_ms: int | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def saw(self, seq: int) -> None:
        """Note that the clock has come this far."""
        now = self.clock.monotonic_ms()
        with self._lock:
            if seq <= self._last or (self._at_ms is not None and abs(now - self._at_ms) < _NOTE_EVERY_MS):
                return
            self._last, self._at_ms = seq, now
            note_seq(self.folder, seq)


def note_seq(folder: Path, seq: int) -> None:
    """Keep the highest seq seen; several workers may race, and the loser is a little too low."""
    if seq > _read_seq(folder):
        write_private(folder / SEQ_FILE, str(seq).encode())


def _read_seq(folder: Path) -> int:
    try:
        return int((folder / SEQ_FILE).read_text())
    except (FileNotFoundError, ValueError):
        return 0


def _read_life(folder: Path) -> _Life | None:
    try:
        return read((folder / LIFE_FILE).read_bytes(), _Life)
    except (FileNotFoundError, msgspec.DecodeError):
        return None


def epochs_of(lineage: str) -> list[tuple[str, int | None]]:
    """Return the epochs that led here with the seq at which each was left; None for the present one, the last."""
    found = msgspec.json.decode(lineage)
    return [(each, None) if isinstance(each, str) else (each[0], each[1]) for each in found]


def is_ours(lineage: str, epoch: str, seq: int) -> bool:
    """Say whether a state of the database is part of the history that led to the present one."""
    return any(name == epoch and (end is None or seq <= end) for name, end in epochs_of(lineage))


def state_of(connection: Connection) -> Row[Any]:
    """Return the one row of ``meta`` with the clock's seq."""
    query = select(meta, sync_clock.c.seq).join_from(meta, sync_clock, meta.c.id == sync_clock.c.id)
    return connection.execute(query).one()


_CLUSTER: Final = text(
    "SELECT (SELECT system_identifier::text FROM pg_control_system()) AS system_id, "
    "CASE WHEN pg_is_in_recovery() THEN NULL "
    "ELSE ('x' || substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8))::bit(32)::int END AS timeline"
)


def cluster_of(connection: Connection) -> tuple[str | None, int | None]:
    """Return system identifier and timeline of a PostgreSQL cluster; nothing on SQLite."""
    if connection.dialect.name != "postgresql":
        return None, None
    row = connection.execute(_CLUSTER).one()
    return row.system_id, row.timeline


def open_known(data: Path, database_url: str | None) -> Database:
    """Open the centre's database, provided that it is the one that ran last.

    Raises:
        RefusedError: it is an older copy, another one, or gone. BrokenDatabaseError: it or a key cannot be read.
    """
    refuse_a_gap(data, database_url)
    database = open_database(data, database_url)
    try:
        refuse_an_older_copy(database)
    except BaseException:
        database.close()
        raise
    return database


def refuse_a_gap(data: Path, database_url: str | None) -> None:
    """Refuse to make an empty database where one has lived.

    Raises:
        RefusedError: the database file is gone.
    """
    plain = database_url is None or database_url.startswith("sqlite")
    if plain and (data / LIFE_FILE).exists() and not (data / DATABASE_FILE).exists():
        raise RefusedError(GONE, data=str(data))


def is_another_centre(folder: Path, server_id: str) -> bool:
    """Say whether a database belongs to another centre than the keys in this folder."""
    known = _read_life(folder)
    return known is not None and known.server_id != server_id


def refuse_an_older_copy(database: Database) -> None:
    """Check that the database is the one that ran last.

    Raises:
        RefusedError: it is an older copy, or another cluster; the sentence names the command to run first.
    """
    # The files first: they follow the database, so that what another worker writes meanwhile only makes it newer.
    known, highest = _read_life(database.folder), _read_seq(database.folder)
    with database.reading() as connection:
        now, cluster = state_of(connection), cluster_of(connection)
    data = str(database.folder)
    if now.pg_system_id is not None and (now.pg_system_id, now.pg_timeline) != cluster:
        raise RefusedError(ANOTHER_CLUSTER, data=data)
    if known is None:
        if now.generation == 0:
            return  # a new centre, or one that an earlier release has served
        raise RefusedError(AN_OLDER_COPY, data=data)
    past = {name for name, _ in epochs_of(now.lineage)}
    same = known.server_id == now.server_id and known.epoch in past and known.generation <= now.generation
    if not same or highest > now.seq:
        raise RefusedError(AN_OLDER_COPY, data=data)


def live_on(database: Database) -> None:
    """Begin another stretch of life: any copy of the database that was made before is an older one from now on."""
    with database.writing() as connection:
        system_id, timeline = cluster_of(connection)
        values = {"generation": meta.c.generation + 1, "pg_system_id": system_id, "pg_timeline": timeline}
        connection.execute(update(meta).values(values))
        now = state_of(connection)
    write_life(database.folder, now)


def write_life(folder: Path, now: Row[Any]) -> None:
    """Keep beside the keys which life of the database is the latest."""
    life = _Life(now.server_id, now.epoch, now.generation)
    write_private(folder / LIFE_FILE, msgspec.json.encode(life))
    note_seq(folder, now.seq)


def begin_anew(folder: Path, now: Row[Any]) -> None:
    """After a restore: what was noted of the abandoned life counts no more."""
    write_private(folder / SEQ_FILE, b"0")
    write_life(folder, now)
