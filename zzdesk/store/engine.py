"""The encrypted database of one desk: SQLCipher opened with a raw 32-byte key, through SQLAlchemy.

One writer at a time in a process (a lock) and between processes (``BEGIN IMMEDIATE`` with a busy time-out); readers
have connections of their own that cannot write.  What SQLite says about a full disk, a locked file or broken bytes
becomes a :class:`~zzdesk.errors.KnownError` here and nowhere else.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session, sessionmaker

from zzdesk.errors import BugError, BusyError
from zzdesk.store.dialect import new_engine
from zzdesk.store.files import OWNER_ONLY
from zzdesk.store.raw import BROKEN as BROKEN
from zzdesk.store.raw import BUSY as BUSY
from zzdesk.store.raw import BUSY_SECONDS as BUSY_SECONDS
from zzdesk.store.raw import DISK_FULL as DISK_FULL
from zzdesk.store.raw import KEY_BYTES as KEY_BYTES
from zzdesk.store.raw import connect as connect
from zzdesk.store.raw import known_error as known_error
from zzdesk.store.raw import raw as raw
from zzdesk.store.turns import FairLock

_PAGE_BYTES: Final = 4096
CHECKPOINT_PAGES: Final = 1000
"""Pages (4 MiB) in the write-ahead log before they go into the file, as SQLite has it."""
BULK_CHECKPOINT_PAGES: Final = 8000
"""Where thousands of records arrive: a page that each of their transactions touches goes once for many of them."""
_USUAL: Final = (False, CHECKPOINT_PAGES)
_CARE: Final = "zzdesk care"


@contextmanager
def translated() -> Iterator[None]:
    """Turn what SQLAlchemy, SQLite or the file system says into known errors; let everything else pass unchanged."""
    try:
        yield
    except (DBAPIError, sqlcipher.Error, OSError) as error:
        known = known_error(error)
        if known is None:
            raise
        raise known from error


def driver(session: Session) -> Any:
    """Return the driver's own connection under a session's transaction.

    For the fixed statements of every round: put together as objects, each takes longer than SQLite needs for all of them.
    """
    return session.connection().connection.driver_connection


def _engine(
    creator: Callable[[], Any], *, size: int, begin: str, prepare: Callable[[Connection], None] = lambda connection: None
) -> Engine:
    """An engine over ``creator`` whose every transaction starts with ``begin``, once ``prepare`` has made it ready."""
    overflow = 0 if size == 1 else size
    engine = new_engine(creator, pool_size=size, max_overflow=overflow, timeout=BUSY_SECONDS)

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        prepare(connection)
        connection.exec_driver_sql(begin)

    return engine


_SYNCHRONOUS: Final = {False: "FULL", True: "NORMAL"}
"""By whether a commit is repeatable. The write-ahead log holds commits in their order: what was not brought to the disk is
lost from its end, so that none outlives one before it, and the next lasting one brings all before it to the disk, too.
"""
_Care = tuple[bool, int]
"""How the writer commits: repeatable, and after how many pages the log goes into the file."""


class Store:
    """An open database: ``writer()`` and ``reader()`` give sessions, ``close()`` lets the file go.

    Safe to use from several threads; a session belongs to the thread that asked for it.
    """

    def __init__(self, path: Path, key: bytes) -> None:
        self.path = path
        self._key = key
        self._write_lock = FairLock()
        self._write_owner: int | None = None
        self._care: _Care = _USUAL
        self._writing = _engine(self._connect_writer, size=1, begin="BEGIN IMMEDIATE", prepare=self._take_care)
        self._reading = _engine(self._connect_reader, size=4, begin="BEGIN")
        self._write_session = sessionmaker(self._writing, expire_on_commit=False, autoflush=False)
        self._read_session = sessionmaker(self._reading, expire_on_commit=False, autoflush=False)

    @classmethod
    def create(cls, path: Path, key: bytes) -> Store:
        """Make an empty encrypted database in WAL mode (no tables yet) and open it."""
        with raw(path, key, create=True) as connection:
            connection.execute("PRAGMA journal_mode = WAL").fetchall()
        path.chmod(OWNER_ONLY)
        return cls.open(path, key)

    @classmethod
    def open(cls, path: Path, key: bytes) -> Store:
        """Open an existing database with its 32-byte key and prove that it can be read.

        Raises:
            BrokenDatabaseError: missing, damaged, or not encrypted with this key.
        """
        store = cls(path, key)
        try:
            with translated(), store._reading.connect() as connection:
                connection.exec_driver_sql("SELECT count(*) FROM sqlite_schema").scalar_one()
        except BaseException:
            store.close()
            raise
        return store

    @property
    def engine(self) -> Engine:
        """The writing engine, for what makes tables; everything else asks for a session."""
        return self._writing

    @property
    def key(self) -> bytes:
        """The data key, for what derives its own keys from it (backups, attachments, the sealed sidecar)."""
        return self._key

    def _connect_writer(self) -> Any:
        return connect(self.path, self._key)

    def _connect_reader(self) -> Any:
        connection = connect(self.path, self._key)
        connection.execute("PRAGMA query_only = ON")
        return connection

    def _take_care(self, connection: Connection) -> None:
        """Let the next commit of the writer be as lasting as was asked for; outside of any transaction."""
        info, driver_connection = connection.connection.info, connection.connection.driver_connection
        if info.get(_CARE, _USUAL) != self._care and driver_connection is not None:
            repeatable, pages = self._care
            driver_connection.execute(f"PRAGMA synchronous = {_SYNCHRONOUS[repeatable]}")
            driver_connection.execute(f"PRAGMA wal_autocheckpoint = {pages}").fetchall()
            info[_CARE] = self._care

    @contextmanager
    def writer(self, *, repeatable: bool = False, bulk: bool = False) -> Iterator[Session]:
        """A session inside BEGIN IMMEDIATE: commit is the caller's, an exception rolls back.

        ``repeatable`` is for what somebody else has and sends again: a power cut may take it back, as a whole, until the
        next commit without this word. ``bulk`` lets the log grow longer before it goes into the file.

        Raises:
            BusyError: another writer did not finish within the time-out.
            DiskFullError, BrokenDatabaseError: see :func:`known_error`.
        """
        self._acquire()
        self._care = (repeatable, BULK_CHECKPOINT_PAGES if bulk else CHECKPOINT_PAGES)
        try:
            with translated(), self._write_session() as session:
                session.connection()  # BEGIN IMMEDIATE now: what is read next must still hold at commit
                yield session
        finally:
            self._care = _USUAL
            self._write_owner = None
            self._write_lock.release()

    def _acquire(self) -> None:
        me = threading.get_ident()
        if self._write_owner == me:
            raise BugError("a writer was opened inside another writer of the same thread")
        if not self._write_lock.acquire(timeout=BUSY_SECONDS):
            raise BusyError(BUSY)
        self._write_owner = me

    @contextmanager
    def reader(self) -> Iterator[Session]:
        """A session that sees one consistent state and cannot write."""
        with translated(), self._read_session() as session:
            try:
                yield session
            except DBAPIError as error:
                if getattr(error.orig, "sqlite_errorname", "") == "SQLITE_READONLY":
                    raise BugError("a query tried to write") from error
                raise

    def checkpoint(self, *, quietly: bool = False) -> None:
        """Bring the write-ahead log into the database file, so that a file copy is complete.

        ``quietly`` waits for nobody and keeps nobody waiting: what others still read stays in the log for now, and so does
        all of a log that no command would wait for either.
        """
        if quietly and not self._is_log_long():
            return
        with raw(self.path, self._key) as connection:
            connection.execute(f"PRAGMA wal_checkpoint({'PASSIVE' if quietly else 'TRUNCATE'})").fetchall()

    def _is_log_long(self) -> bool:
        try:
            return self.path.with_name(f"{self.path.name}-wal").stat().st_size > CHECKPOINT_PAGES * _PAGE_BYTES
        except FileNotFoundError:
            return False

    def close(self) -> None:
        """Close every connection; the store cannot be used afterwards."""
        self._writing.dispose()
        self._reading.dispose()
        self._key = b""
