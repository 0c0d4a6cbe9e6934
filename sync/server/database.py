"""Where the centre keeps its tables: SQLite through SQLCipher with a key file, or PostgreSQL by URL.

A writing transaction is BEGIN IMMEDIATE on SQLite and READ COMMITTED with row locks on PostgreSQL; a reading one sees
one consistent state on both (a WAL snapshot; REPEATABLE READ READ ONLY).
"""

from __future__ import annotations

import os
import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.exc import DBAPIError

from zzdesk.errors import BrokenDatabaseError
from zzdesk.i18n import N_
from zzdesk.store.dialect import new_engine
from zzdesk.store.engine import connect, raw
from zzdesk.store.files import private_folder, write_private
from zzdesk.store.locks import exclusive

DATABASE_FILE: Final = "server.db"
KEY_FILE: Final = "server.key"
RECEIPT_FILE: Final = "receipt.key"
LOCK_FILE: Final = "server.lock"
KEY_BYTES: Final = 32
LOCK_TIMEOUT_MS: Final = 3000
BUSY_TIMEOUT_MS: Final = 15_000
CHECKPOINT_PAGES: Final = 8000
"""Pages (32 MiB) in the write-ahead log before they go into the file: a busy page goes once for many batches."""


def read_key(path: Path, *, create: bool) -> bytes:
    """Return the 32 bytes of a key file that only its owner may read; make it when asked and missing.

    Raises:
        BrokenDatabaseError: missing, of another length, or readable by others.
    """
    if create and not path.exists():
        write_private(path, secrets.token_bytes(KEY_BYTES).hex().encode())
    try:
        if os.name == "posix" and path.stat().st_mode & 0o077:
            raise BrokenDatabaseError(N_("密钥文件“{name}”能被别人读取，请先改为仅本人可读"), name=path.name)
        key = bytes.fromhex(path.read_text().strip())
    except (OSError, ValueError):
        raise BrokenDatabaseError(N_("密钥文件“{name}”不存在或无法读取"), name=path.name) from None
    if len(key) != KEY_BYTES:
        raise BrokenDatabaseError(N_("密钥文件“{name}”已损坏"), name=path.name)
    return key


class Database:
    """The centre's database: ``writing()`` and ``reading()`` give connections inside a transaction.

    Safe to use from several threads. ``secret`` signs receipts and tokens and lies outside the database; ``folder`` is
    where the centre keeps what is no table.
    """

    def __init__(self, engine: Engine, reader: Engine, secret: bytes, folder: Path) -> None:
        self.engine = engine
        self.folder = folder
        self.secret = secret
        self._writer = engine if self.is_sqlite else engine.execution_options(isolation_level="READ COMMITTED")
        self._reader = reader
        self._turn = threading.Lock() if self.is_sqlite else None

    @property
    def is_sqlite(self) -> bool:
        """Return whether this is SQLite, which has one writer at a time."""
        return self.engine.dialect.name == "sqlite"

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that commits at the end of the block and rolls back on an exception."""
        # Threads queue here in order; SQLite's own busy handler would let them poll.
        if self._turn is None:
            with self._writer.begin() as connection:
                connection.execute(text(f"SET LOCAL lock_timeout = {LOCK_TIMEOUT_MS}"))
                yield connection
        else:
            with self._turn, self._writer.begin() as connection:
                yield connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that sees one state and writes nothing."""
        with self._reader.connect() as connection:
            yield connection

    def close(self) -> None:
        """Close every connection."""
        self._reader.dispose()
        self.engine.dispose()


def open_engines(data: Path, database_url: str | None) -> tuple[Engine, Engine]:
    """Return a writing and a reading engine on the SQLite file in ``data``, or on the PostgreSQL that the URL names."""
    if database_url is None or database_url.startswith("sqlite"):
        return _sqlite(data)
    engine = _postgresql(database_url)
    return engine, engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)


def open_database(data: Path, database_url: str | None = None) -> Database:
    """Open the centre's database and bring its tables up to date; make what is missing.

    Raises:
        BrokenDatabaseError: the database or a key cannot be read.
    """
    from sync.server.upgrade import upgrade

    private_folder(data)
    # Two programs that start on an empty folder must not make two keys.
    with exclusive(data / LOCK_FILE, timeout=30):
        secret = read_key(data / RECEIPT_FILE, create=not (data / DATABASE_FILE).exists())
        database = Database(*open_engines(data, database_url), secret, data)
        try:
            upgrade(database)
        except BaseException:
            database.close()
            raise
    return database


def _sqlite(data: Path) -> tuple[Engine, Engine]:
    path = data / DATABASE_FILE
    new = not path.exists()
    key = read_key(data / KEY_FILE, create=new)
    if new:
        with raw(path, key, create=True) as connection:
            connection.execute("PRAGMA journal_mode = WAL").fetchall()
        path.chmod(0o600)
    return _sqlite_engine(path, key, writes=True), _sqlite_engine(path, key, writes=False)


def _sqlite_engine(path: Path, key: bytes, *, writes: bool) -> Engine:
    def keyed() -> Any:
        connection = connect(path, key)
        connection.execute(f"PRAGMA wal_autocheckpoint = {CHECKPOINT_PAGES}").fetchall()
        connection.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")  # "server …" commands may write beside us
        connection.execute(f"PRAGMA query_only = {'OFF' if writes else 'ON'}")
        return connection

    engine = new_engine(keyed, pool_size=1 if writes else 8, max_overflow=32)

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _postgresql(url: str) -> Engine:
    engine = create_engine(url, pool_size=8, max_overflow=32, pool_pre_ping=True, hide_parameters=True)

    @event.listens_for(engine, "connect")
    def _text_documents(connection: Any, _: Any) -> None:
        from psycopg.types.string import TextLoader

        connection.adapters.register_loader("jsonb", TextLoader)

    return engine


_PASSING: Final = ("40001", "40P01", "55P03", "23505", "57014", "57P01", "08006", "08003")
"""Serialisation failure, deadlock, lock time-out, a race on a unique key, cancelled, shut down, connection lost."""


def is_passing(error: DBAPIError) -> bool:
    """Return whether trying the same transaction again may succeed."""
    cause: Any = error.orig
    name = str(getattr(cause, "sqlite_errorname", ""))
    return name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")) or getattr(cause, "sqlstate", None) in _PASSING
