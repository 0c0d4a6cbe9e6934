"""Encrypted backups: made with SQLite's backup API, verified before they get their name, and rotated.

A backup is a folder: ``zzdesk.db`` (encrypted with the same data key), ``keys.json`` (so that the password or the
recovery key of that day opens it), ``home.json``, the station's own outlines and addresses where there are any,
``files/`` (already encrypted) and ``manifest.json``, which is sealed with a key derived from the data key: the counts and
digests in it cannot be changed without that key.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import msgspec
from cryptography.exceptions import InvalidTag

from zzdesk.clock import Clock, from_iso, to_iso
from zzdesk.errors import BrokenDatabaseError, DiskFullError, NotFoundError, RefusedError
from zzdesk.i18n import N_
from zzdesk.paths import HomePaths
from zzdesk.store.engine import DISK_FULL, raw, translated
from zzdesk.store.files import OWNER_ONLY, private_folder, sync_file, sync_folder, write_private
from zzdesk.store.keys import KEYS_FILE, KeyRing, seal, subkey, unseal
from zzdesk.store.locks import exclusive
from zzdesk.store.upgrade import check_file, row_counts
from zzdesk.typed import read

MANIFEST: Final = "manifest.json"
PREFIX: Final = "zzdesk-"
_PARTIAL: Final = ".partial-"
_CHUNK: Final = 1 << 20
_PAGES: Final = 2000
_WAIT: Final = 5.0

DAMAGED: Final = N_("备份“{name}”不完整或已被改动（{what}），没有使用它。")
NOT_A_BACKUP: Final = N_("“{name}”不是备份文件夹。")
IN_USE: Final = N_("工作站正在使用，请先关闭其他窗口。")

Progress = Callable[[float], None]


class Manifest(msgspec.Struct, frozen=True):
    """What a backup holds: counts and digests of every table, and the digest of every other file."""

    made_at: str
    station: str
    tables: dict[str, tuple[int, str]]
    files: dict[str, str]


@dataclass(frozen=True)
class Backup:
    """A finished backup and what it holds; ``records`` counts the rows of all tables."""

    path: Path
    made_at: datetime
    records: int
    bytes: int


def _no_progress(part: float) -> None:
    """Nobody watches."""


def table_digests(connection: Any) -> dict[str, tuple[int, str]]:
    """Row count and SHA-256 of the contents of every table, on a raw connection inside one transaction.

    Tables of the search index are counted only: they hold no text of their own.
    """
    return {
        name: (count, "" if name.startswith("search_text") else _digest(connection, name))
        for name, count in row_counts(connection).items()
    }


def _key(connection: Any, table: str) -> str:
    """Return by what the rows of a table are put into order: their number, or the primary key of a table without numbers."""
    named = sorted((at, name) for _, name, _, _, _, at in connection.execute(f'PRAGMA table_info("{table}")') if at)
    without = connection.execute("SELECT wr FROM pragma_table_list(?) WHERE schema = 'main'", (table,)).fetchone()
    return ", ".join(f'"{name}"' for _, name in named) if without and without[0] else "rowid"


def _digest(connection: Any, table: str) -> str:
    digest = hashlib.sha256()
    for row in connection.execute(f'SELECT * FROM "{table}" ORDER BY {_key(connection, table)}'):  # noqa: S608
        digest.update(repr(row).encode())
    return digest.hexdigest()


def _file_digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def make_backup(
    home: Path, key: bytes, folder: Path, clock: Clock, *, station: str, progress: Progress = _no_progress
) -> Backup:
    """Write one backup of an open or closed home into ``folder`` and verify it.

    Args:
        home: the folder of the home.
        key: its data key.
        folder: where backups lie; the new one gets a name with the time.
        clock: gives that time.
        station: goes into the manifest.
        progress: is told the part that is done, 0 to 1.

    Raises:
        DiskFullError: no room; nothing is left behind.
        BrokenDatabaseError: what was written does not read back; it was thrown away.
    """
    now = clock.now()
    private_folder(folder)
    target = folder / f"{PREFIX}{now:%Y%m%dT%H%M%S}{now.microsecond // 1000:03d}Z"
    partial = folder / f"{_PARTIAL}{target.name}"
    if target.exists():
        raise RefusedError(N_("同一时刻的备份已经存在，请稍后再试。"))
    try:
        with translated():
            _require_room(HomePaths(home), folder)
            private_folder(partial)
            _fill(HomePaths(home), key, partial, station, to_iso(now), progress)
            check_backup(partial, key)
            os.rename(partial, target)
            sync_folder(folder)
    except BaseException:
        shutil.rmtree(partial, ignore_errors=True)
        raise
    return describe(target, key)


def _require_room(paths: HomePaths, folder: Path) -> None:
    need = sum(path.stat().st_size for path in [paths.database, *_attached(paths.files)])
    if shutil.disk_usage(folder).free < need * 1.1:
        raise DiskFullError(DISK_FULL)


def _attached(files: Path) -> list[Path]:
    return sorted(path for path in files.rglob("*") if path.is_file() and not path.name.startswith(".")) if files.exists() else []


def _fill(paths: HomePaths, key: bytes, target: Path, station: str, made_at: str, progress: Progress) -> None:
    tables = _copy_database(paths.database, key, target / paths.database.name, progress)
    for path in (paths.root / KEYS_FILE, paths.info, *(path for path in paths.imported if path.exists())):
        _copy_file(path, target / path.name)
    for path in _attached(paths.files):
        _copy_file(path, target / path.relative_to(paths.root))
    files = {
        str(p.relative_to(target).as_posix()): _file_digest(p)
        for p in sorted(target.rglob("*"))
        if p.is_file()
    }
    manifest = Manifest(made_at, station, tables, files)
    write_private(target / MANIFEST, seal(subkey(key, "backup"), msgspec.json.encode(manifest), MANIFEST))


def _copy_file(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)
    target.chmod(OWNER_ONLY)
    sync_file(target)


def _copy_database(source: Path, key: bytes, target: Path, progress: Progress) -> dict[str, tuple[int, str]]:
    """Copy one consistent state and return the digests of that very state, read from the source."""
    with raw(source, key) as live, raw(target, key, create=True) as copy, translated():
        live.execute("BEGIN")
        tables = table_digests(live)
        live.backup(
            copy, pages=_PAGES, progress=lambda _, left, all_: progress(1 - left / all_ if all_ else 1.0)
        )
        live.execute("ROLLBACK")
    target.chmod(OWNER_ONLY)
    sync_file(target)
    return tables


def read_manifest(backup: Path, key: bytes) -> Manifest:
    """The sealed manifest of a backup.

    Raises:
        NotFoundError: this is not a backup.
        BrokenDatabaseError: changed, or of another home.
    """
    try:
        plain = unseal(subkey(key, "backup"), (backup / MANIFEST).read_bytes(), MANIFEST)
        return read(plain, Manifest)
    except FileNotFoundError:
        raise NotFoundError(NOT_A_BACKUP, name=backup.name) from None
    except (InvalidTag, msgspec.DecodeError) as error:
        raise BrokenDatabaseError(DAMAGED, name=backup.name, what=MANIFEST) from error


def check_backup(backup: Path, key: bytes) -> Manifest:
    """Read a backup completely and compare it with its manifest: files, pages, references, counts, contents.

    Raises:
        BrokenDatabaseError: names the first thing that does not agree.
    """
    manifest = read_manifest(backup, key)
    for name, digest in manifest.files.items():
        path = backup / name
        if not path.is_file() or _file_digest(path) != digest:
            raise BrokenDatabaseError(DAMAGED, name=backup.name, what=name)
    database = HomePaths(backup).database
    check_file(database, key, frozen=True)
    with raw(database, key, frozen=True) as connection:
        found = table_digests(connection)
    names = manifest.tables.keys() | found.keys()
    wrong = sorted(name for name in names if manifest.tables.get(name) != found.get(name))
    if wrong:
        raise BrokenDatabaseError(DAMAGED, name=backup.name, what=wrong[0])
    return manifest


def describe(backup: Path, key: bytes) -> Backup:
    """What a backup holds, by its manifest."""
    manifest = read_manifest(backup, key)
    size = sum(path.stat().st_size for path in backup.rglob("*") if path.is_file())
    records = sum(count for name, (count, _) in manifest.tables.items() if not name.startswith("search_"))
    return Backup(backup, from_iso(manifest.made_at), records, size)


def list_backups(folder: Path) -> list[Path]:
    """The finished backups in a folder, newest first."""
    found = folder.glob(f"{PREFIX}*Z") if folder.exists() else []
    return sorted(
        (path for path in found if (path / MANIFEST).is_file()), key=lambda path: path.name, reverse=True
    )


def all_of(folder: Path) -> list[Path]:
    """Every backup in a folder, finished or not."""
    return [path for name in (f"{PREFIX}*", f"{_PARTIAL}*") for path in sorted(folder.glob(name)) if path.is_dir()]


def rotate(folder: Path, keep: int) -> list[Path]:
    """Remove all but the newest ``keep`` backups, and what a killed backup left; returns what was removed."""
    old = list_backups(folder)[max(keep, 1) :]
    left = list(folder.glob(f"{_PARTIAL}*"))
    for path in old + left:
        shutil.rmtree(path)
    return old


def prepare_home(backup: Path, key: bytes, target: Path, clock: Clock) -> Manifest:
    """Make a home out of a backup that was checked, beside the place where it will stand, and check it again."""
    manifest = check_backup(backup, key)
    shutil.rmtree(target, ignore_errors=True)
    private_folder(target)
    with translated():
        for name in manifest.files:
            _copy_file(backup / name, target / name)
    for name, digest in manifest.files.items():
        if _file_digest(target / name) != digest:
            raise BrokenDatabaseError(DAMAGED, name=target.name, what=name)
    KeyRing(target, clock).renew_guard()
    return manifest


def put_in_place(prepared: Path, home: Path, clock: Clock) -> Path | None:
    """Let a prepared home stand where ``home`` is; what stood there is moved aside, never removed.

    Raises:
        BusyError: somebody is working in it.
    """
    with ExitStack() as stack:
        aside = None
        if home.exists():
            aside = home.with_name(f"{home.name}.before-{clock.now():%Y%m%dT%H%M%S}")
            stack.enter_context(exclusive(HomePaths(home).in_use, _WAIT, IN_USE))
            if os.name == "nt":
                stack.close()  # Windows renames no folder with an open file in it, which protects as well
            home.rename(aside)
        prepared.rename(home)
        if aside and HomePaths(aside).backups.exists():
            HomePaths(aside).backups.rename(HomePaths(home).backups)
    sync_folder(home.parent)
    return aside
