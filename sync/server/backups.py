"""Backups of the centre, and how far back the oldest of them reaches: what desks may forget (8.12; hazard 23).

``durable_seq`` is the head of the *oldest* backup that is kept, of the same lineage: the one that may have to be fallen
back to when the newer ones turn out bad.  A desk keeps every acknowledged operation above it.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import msgspec
from sqlalchemy import Connection, Row, delete, make_url, select, update

from sync.server import lineage
from sync.server.blobs_files import COMING
from sync.server.database import DATABASE_FILE, KEY_FILE, Database, read_key
from sync.server.tables import backup, meta
from zzdesk.clock import Clock, to_iso
from zzdesk.errors import BrokenDatabaseError, InvalidError, RefusedError
from zzdesk.i18n import N_
from zzdesk.store.engine import raw, translated
from zzdesk.store.files import private_folder, sync_file, sync_folder, write_private
from zzdesk.store.upgrade import copy_database
from zzdesk.typed import read

PREFIX: Final = "centre-"
MANIFEST: Final = "manifest.json"
DUMP_FILE: Final = "server.dump"
_PARTIAL: Final = ".partial-"
FILES: Final = "blobs"
"""The folder of attachments, beside the database and, one for all of them, beside its backups."""


@dataclass(frozen=True)
class Made:
    """A verified backup, and from where on desks may forget what they have sent."""

    path: Path
    seq: int
    durable_seq: int
    removed: tuple[Path, ...]


class Manifest(msgspec.Struct, frozen=True):
    """What lies in a backup's folder."""

    made_at: str
    server_id: str
    epoch: str
    seq: int
    file: str
    sha256: str


def recount(connection: Connection) -> int:
    """Work ``durable_seq`` out from the backups that are kept and of this lineage; return it."""
    now = lineage.state_of(connection)
    ours = [row.seq for row in kept(connection) if lineage.is_ours(now.lineage, row.epoch, row.seq)]
    durable = min(ours, default=0)
    connection.execute(update(meta).values(durable_seq=durable))
    return durable


def kept(connection: Connection) -> list[Row[tuple[str, str, str, int, str | None]]]:
    """Return the backups that are known, oldest first."""
    return list(connection.execute(select(backup).order_by(backup.c.seq, backup.c.made_at)))


def declare(database: Database, clock: Clock, seq: int) -> int:
    """Note that backups made elsewhere reach back to ``seq`` at most; return ``durable_seq``.

    Raises:
        InvalidError: the centre has not come so far.
    """
    with database.writing() as connection:
        now = lineage.state_of(connection)
        if not 0 <= seq <= now.seq:
            raise InvalidError.one("seq", N_("应在0和中心现在的序号（{head}）之间"), head=now.seq)
        connection.execute(delete(backup).where(backup.c.path.is_(None)))
        row = {"id": f"declared-{seq}", "made_at": to_iso(clock.now()), "epoch": now.epoch, "seq": seq, "path": None}
        connection.execute(backup.insert(), row)
        return recount(connection)


def make(database: Database, database_url: str | None, clock: Clock, target: Path, keep: int) -> Made:
    """Write a backup of a running or stopped centre into ``target``, read it back, and let go of the oldest ones.

    Attachments lie once for all backups in ``target``. The keys beside the database are not in it: keep a copy of them
    elsewhere.

    Raises:
        DiskFullError, BrokenDatabaseError: nothing is kept of it, and the older ones stay.
    """
    now = clock.now()
    folder = private_folder(target) / f"{PREFIX}{now:%Y%m%dT%H%M%S}{now.microsecond // 1000:03d}Z"
    partial = target / f"{_PARTIAL}{folder.name}"
    shutil.rmtree(partial, ignore_errors=True)
    private_folder(partial)
    try:
        with translated():
            manifest = _copy(database, database_url, clock, partial)
            _keep_files(database.folder / FILES, target / FILES)  # after the database: what it speaks of is there by now
            write_private(partial / MANIFEST, msgspec.json.encode(manifest))
            _read_back(partial)
            os.rename(partial, folder)
            sync_folder(target)
    except BaseException:
        shutil.rmtree(partial, ignore_errors=True)
        raise
    lineage.live_on(database)  # from now on the copy is the older one
    return _enter(database, manifest, folder, keep)


def _copy(database: Database, database_url: str | None, clock: Clock, partial: Path) -> Manifest:
    if database.is_sqlite:
        name = DATABASE_FILE
        key = read_key(database.folder / KEY_FILE, create=False)
        copy_database(database.folder / DATABASE_FILE, key, partial / name)
        with raw(partial / name, key, frozen=True) as copy:
            query = "SELECT server_id, epoch, seq FROM meta JOIN sync_clock USING (id)"
            server_id, epoch, seq = copy.execute(query).fetchone()
    else:
        name = DUMP_FILE
        with database.reading() as connection:  # before the dump begins: it holds at least this much
            state = lineage.state_of(connection)
        server_id, epoch, seq = state.server_id, state.epoch, state.seq
        _dump(str(database_url), partial / name)
    return Manifest(to_iso(clock.now()), server_id, epoch, seq, name, _digest(partial / name))


def _keep_files(source: Path, target: Path) -> None:
    """Copy the attachments that the backups do not hold yet: named by content, written once, encrypted as they lie.

    What was put aside at the centre stays in the backups; what is not whole yet lies at a desk, too.
    """
    for path in sorted(source.glob("[0-9a-f][0-9a-f]/*")):
        kept = target / path.parent.name / path.name
        if path.suffix == COMING:
            continue
        if kept.exists() and kept.stat().st_size == path.stat().st_size:
            continue
        private_folder(target)
        partial = private_folder(kept.parent) / f"{_PARTIAL}{path.name}"
        shutil.copyfile(path, partial)
        partial.chmod(0o600)
        sync_file(partial)
        os.replace(partial, kept)
        sync_folder(kept.parent)


def _dump(url: str, target: Path) -> None:
    """Let PostgreSQL's own tool write and list the dump; the password travels in the environment."""
    parts = make_url(url)
    host = parts.query.get("host", parts.host)
    named = {"PGHOST": host, "PGPORT": parts.port, "PGUSER": parts.username, "PGPASSWORD": parts.password}
    env = os.environ | {name: str(value) for name, value in named.items() if value}
    tool, lister = shutil.which("pg_dump"), shutil.which("pg_restore")
    if tool is None or lister is None:
        raise RefusedError(N_("找不到pg_dump：请用PostgreSQL自己的工具备份，再用 zzdesk server durable 告诉中心备份到哪里"))
    for words in ([tool, "--format=custom", f"--file={target}", str(parts.database)], [lister, "--list", str(target)]):
        done = subprocess.run(words, env=env, capture_output=True, check=False)
        if done.returncode:
            raise BrokenDatabaseError(N_("pg_dump没有成功，这次没有备份"))
    target.chmod(0o600)
    sync_file(target)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _read_back(folder: Path) -> None:
    """Compare what lies on the disk with the manifest.

    Raises:
        BrokenDatabaseError: it is not what was written.
    """
    manifest = _manifest(folder)
    try:
        sound = manifest is not None and _digest(folder / manifest.file) == manifest.sha256
    except OSError:
        sound = False
    if not sound:
        raise BrokenDatabaseError(N_("备份“{name}”不完整或已被改动，不能算数"), name=folder.name)


def _enter(database: Database, manifest: Manifest, folder: Path, keep: int) -> Made:
    with database.writing() as connection:
        row = {"id": folder.name, "made_at": manifest.made_at, "epoch": manifest.epoch, "seq": manifest.seq}
        connection.execute(backup.insert(), row | {"path": str(folder.absolute())})
        _adopt(connection, folder.parent)
        now = lineage.state_of(connection)
        gone, old = _to_drop(connection, now.lineage, keep)
        if gone:
            connection.execute(delete(backup).where(backup.c.id.in_(gone)))
        durable = recount(connection)
    for path in old:  # only now that nothing counts on them
        shutil.rmtree(path, ignore_errors=True)
    return Made(folder, manifest.seq, durable, tuple(old))


def _adopt(connection: Connection, target: Path) -> None:
    """Enter the backups that lie in ``target`` and that this database does not know.

    One that was restored does not know itself, since it was entered after the copy: it may be needed again.
    """
    known, now = {row.id for row in kept(connection)}, lineage.state_of(connection)
    for path in sorted(target.glob(f"{PREFIX}*")):
        found = _manifest(path)
        if found is None or path.name in known or found.server_id != now.server_id:
            continue
        if lineage.is_ours(now.lineage, found.epoch, found.seq):
            row = {"id": path.name, "made_at": found.made_at, "epoch": found.epoch, "seq": found.seq}
            connection.execute(backup.insert(), row | {"path": str(path.absolute())})


def _manifest(folder: Path) -> Manifest | None:
    try:
        return read((folder / MANIFEST).read_bytes(), Manifest)
    except (OSError, msgspec.DecodeError):
        return None


def _to_drop(connection: Connection, history: str, keep: int) -> tuple[list[str], list[Path]]:
    """Return the ids that count no more, and the folders of this lineage that are one too many.

    Backups of an abandoned lineage stay on the disk: they may hold what nobody else has.
    """
    gone: list[str] = []
    ours: list[tuple[str, Path]] = []
    for row in kept(connection):
        if row.path is None:
            continue
        path = Path(row.path)
        if not path.is_dir() or not lineage.is_ours(history, row.epoch, row.seq):
            gone.append(row.id)
        else:
            ours.append((row.id, path))
    old = ours[: max(0, len(ours) - max(keep, 1))]
    return gone + [name for name, _ in old], [path for _, path in old]
