"""Brings a database to this program's schema: copy → migrate in one transaction → verify → put back on failure.

A database of a newer program is refused.  Killing the program at any point leaves either the old database or the
finished new one: the schema change is one transaction, and a marker file says what was under way.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import msgspec
from sqlalchemy import Connection, inspect

from zzdesk.errors import BrokenDatabaseError, BugError, DiskFullError, KnownError, NewerDatabaseError
from zzdesk.i18n import N_
from zzdesk.store import migrations
from zzdesk.store.dialect import run_all, statements_of
from zzdesk.store.engine import BROKEN, DISK_FULL, KEY_BYTES, Store, connect, raw, translated
from zzdesk.store.files import OWNER_ONLY, private_folder, sync_file, sync_folder, write_private
from zzdesk.store.raw import revision_of as revision_of
from zzdesk.typed import read

SCRIPTS: Final = Path(migrations.__file__).parent
MARKER: Final = "upgrade.json"
KEPT_COPIES: Final = 2
_SPACE: Final = 3
"""Free space that an upgrade needs, in sizes of the database: the copy, the log, and what it grows."""

NEWER: Final = N_("数据库由更新的版本写成（{revision}），本程序只能读到 {head}。请先升级程序；数据没有改动。")
FAILED: Final = N_("数据库升级没有成功，已恢复到升级前的状态。请把崩溃报告交给管理员。")

Label = Callable[[str], None]


@dataclass(frozen=True)
class Plan:
    """Which scripts lead where: the package's own, or those of a test."""

    scripts: Path = SCRIPTS
    revisions: tuple[str, ...] = migrations.REVISIONS

    @property
    def head(self) -> str:
        """The revision that the program works with."""
        return self.revisions[-1]


@dataclass(frozen=True)
class Upgrade:
    """What was done: from which revision (None for a new database) to which, and where the copy lies."""

    before: str | None
    after: str
    copy: Path | None = None


class _Marker(msgspec.Struct, frozen=True):
    before: str
    after: str
    copy: str


def _nothing(label: str) -> None:
    """What happens at a labelled point outside of tests."""


def is_current(path: Path, key: bytes, plan: Plan | None = None) -> bool:
    """Whether the database can be used as it is: one look, no Alembic.

    Raises:
        NewerDatabaseError: a newer program wrote it.
        BrokenDatabaseError: missing, damaged or not ours.
    """
    plan = plan or Plan()
    with raw(path, key) as connection:
        found = revision_of(connection)
    if found is not None and found not in plan.revisions:
        raise NewerDatabaseError(NEWER, revision=found, head=plan.head)
    return found == plan.head


def migrate(
    path: Path, key: bytes, copies: Path, *, plan: Plan | None = None, at: Label = _nothing
) -> Upgrade:
    """Make the database, or bring it up to date. The caller holds the home alone.

    Args:
        path: the database file.
        key: its data key.
        copies: the folder for the copy that is made before anything changes.
        plan: other scripts, for tests.
        at: called at labelled points (``copied``, ``begun``, ``migrated``, ``verified``, ``committed``).

    Raises:
        NewerDatabaseError: a newer program wrote it; nothing was changed.
        DiskFullError: no room for the copy; nothing was changed.
        BrokenDatabaseError: it failed, and the copy was put back.
    """
    plan = plan or Plan()
    _recover(path, key, copies)
    if not path.exists() or _is_empty(path, key):
        _create(path, key, plan)
        return Upgrade(None, plan.head)
    if is_current(path, key, plan):
        return Upgrade(plan.head, plan.head)
    return _upgrade(path, key, copies, plan, at)


def _is_empty(path: Path, key: bytes) -> bool:
    with raw(path, key) as connection:
        return revision_of(connection) is None


def _create(path: Path, key: bytes, plan: Plan) -> None:
    """Make the tables of today's models; that the revisions lead to the very same ones is a test."""
    import zzdesk.catalogue  # noqa: F401
    from zzdesk.store import search
    from zzdesk.store.base import Base

    store = Store.create(path, key)
    try:
        with translated(), store.engine.begin() as connection:
            run_all(connection, (*statements_of(Base.metadata), *search.DDL))
            connection.exec_driver_sql(
                "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)"
            )
            connection.exec_driver_sql("INSERT INTO alembic_version VALUES (?)", (plan.head,))
    finally:
        store.close()


def _upgrade(path: Path, key: bytes, copies: Path, plan: Plan, at: Label) -> Upgrade:
    with raw(path, key) as connection:
        before = str(revision_of(connection))
    _require_room(path)
    copy = _copy_before(path, key, copies, before)
    write_private(copies / MARKER, msgspec.json.encode(_Marker(before, plan.head, copy.name)))
    at("copied")
    try:
        _run(path, key, plan, at)
        at("committed")
        check_file(path, key)
    except Exception as error:
        _undo(path, key, before, copy)
        (copies / MARKER).unlink()
        if isinstance(error, KnownError):
            raise
        raise BrokenDatabaseError(FAILED) from error
    (copies / MARKER).unlink()
    _keep_few(copies)
    return Upgrade(before, plan.head, copy)


def _require_room(path: Path) -> None:
    if shutil.disk_usage(path.parent).free < path.stat().st_size * _SPACE:
        raise DiskFullError(DISK_FULL)


def _copy_before(path: Path, key: bytes, copies: Path, before: str) -> Path:
    private_folder(copies)
    copy = copies / f"before-{before}.db"
    copy_database(path, key, copy)
    return copy


def copy_database(source: Path, key: bytes, target: Path) -> None:
    """Copy a database with SQLite's backup API, under the same key, and prove that the copy can be read.

    A half-written copy never stands under the target's name.
    """
    partial = target.with_name(f".{target.name}.partial")
    partial.unlink(missing_ok=True)
    with raw(source, key) as live, raw(partial, key, create=True) as copy, translated():
        live.backup(copy)
    partial.chmod(OWNER_ONLY)
    check_file(partial, key, frozen=True)
    sync_file(partial)
    os.replace(partial, target)
    sync_folder(target.parent)


def check_file(path: Path, key: bytes, *, frozen: bool = False) -> None:
    """Read every page: its HMAC, the b-trees, and the foreign keys. ``frozen``: nobody writes the file any more.

    Raises:
        BrokenDatabaseError: something is wrong.
    """
    with raw(path, key, frozen=frozen) as connection:
        faults = connection.execute("PRAGMA cipher_integrity_check").fetchall()
        faults += [row for row in connection.execute("PRAGMA integrity_check") if row[0] != "ok"]
        faults += connection.execute("PRAGMA foreign_key_check").fetchall()
    if faults:
        raise BrokenDatabaseError(BROKEN)


def row_counts(connection: Any) -> dict[str, int]:
    """How many rows each table has, on a raw connection."""
    query = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    names = [name for (name,) in connection.execute(query).fetchall()]
    counted = 'SELECT count(*) FROM "{}"'
    return {name: connection.execute(counted.format(name)).fetchone()[0] for name in sorted(names)}


def _run(path: Path, key: bytes, plan: Plan, at: Label) -> None:
    """Run the missing revisions in one transaction and look at the outcome before it is committed."""
    with _migrating(path, key) as connection:
        before = row_counts(connection.connection.driver_connection)
        at("begun")
        run_revisions(connection, plan, plan.head)
        at("migrated")
        _verify(connection, before, plan)
        at("verified")


@contextmanager
def _migrating(path: Path, key: bytes) -> Iterator[Connection]:
    """A connection inside BEGIN IMMEDIATE with foreign keys off, as rebuilding tables needs; they are checked after."""
    import sqlcipher3.dbapi2 as sqlcipher
    from sqlalchemy import create_engine, event
    from sqlalchemy.pool import StaticPool

    def creator() -> Any:
        connection = connect(path, key)
        connection.execute("PRAGMA foreign_keys = OFF")
        return connection

    engine = create_engine(
        "sqlite://", module=sqlcipher, creator=creator, poolclass=StaticPool, hide_parameters=True
    )
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    try:
        with translated(), engine.begin() as connection:
            yield connection
    finally:
        engine.dispose()


def run_revisions(connection: Connection, plan: Plan, to: str) -> None:
    """Let Alembic lead an open connection up or down to a revision, in the caller's transaction."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(plan.scripts).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    present = (
        connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
        if inspect(connection).has_table("alembic_version")
        else None
    )
    known = plan.revisions
    down = present in known and (to == "base" or known.index(to) < known.index(present))
    (command.downgrade if down else command.upgrade)(config, to)


def prove_revisions(folder: Path) -> None:
    """Make a database by the revisions beside one by the models, in a throw-away folder: for the self-test.

    Raises:
        BugError: they do not have the same tables, indexes and triggers.
    """
    key, plan = os.urandom(KEY_BYTES), Plan()
    by_models, by_revisions = folder / "models.db", folder / "revisions.db"
    _create(by_models, key, plan)
    Store.create(by_revisions, key).close()
    with _migrating(by_revisions, key) as connection:
        run_revisions(connection, plan, plan.head)
    if _names(by_models, key) != _names(by_revisions, key):
        raise BugError("the revisions do not lead to the tables of the models")


def _names(path: Path, key: bytes) -> list[tuple[str, str]]:
    with raw(path, key) as connection:
        rows = connection.execute("SELECT type, name FROM sqlite_schema ORDER BY type, name").fetchall()
    return [(kind, name) for kind, name in rows if not name.startswith("sqlite_")]


def _verify(connection: Connection, before: dict[str, int], plan: Plan) -> None:
    """Refuse to commit a schema change that broke a reference, lost rows or stopped half way."""
    bare: Any = connection.connection.driver_connection
    after = row_counts(bare)
    lost = [name for name in before if name in after and after[name] < before[name]]
    if bare.execute("PRAGMA foreign_key_check").fetchall() or lost or revision_of(bare) != plan.head:
        raise BrokenDatabaseError(FAILED)


def _undo(path: Path, key: bytes, before: str, copy: Path) -> None:
    """Leave a database that was rolled back as it is (a full disk has no room for more); else put the copy back."""
    try:
        check_file(path, key)
        with raw(path, key) as connection:
            untouched = revision_of(connection) == before
    except KnownError:
        untouched = False
    if not untouched:
        with translated():
            _put_back(path, copy)


def _put_back(path: Path, copy: Path) -> None:
    """Make the copy the database again; the write-ahead log of the failed one must not be applied to it."""
    fresh = path.with_name(f".{path.name}.back")
    shutil.copyfile(copy, fresh)
    fresh.chmod(OWNER_ONLY)
    sync_file(fresh)
    for suffix in ("-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    os.replace(fresh, path)
    sync_folder(path.parent)


def _recover(path: Path, key: bytes, copies: Path) -> None:
    """Finish what a killed upgrade left: keep the database if it is sound, else put the copy back."""
    marker = copies / MARKER
    if not marker.exists():
        return
    under_way = read(marker.read_bytes(), _Marker)
    try:
        check_file(path, key)
    except BrokenDatabaseError:
        _put_back(path, copies / under_way.copy)
    marker.unlink()


def _keep_few(copies: Path) -> None:
    old = sorted(copies.glob("before-*.db"), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in old[KEPT_COPIES:]:
        path.unlink()
