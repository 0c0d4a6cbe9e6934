"""The encrypted database of one desk: SQLCipher opened with a raw 32-byte key, through SQLAlchemy.

One writer at a time in a process (a lock) and between processes (``BEGIN IMMEDIATE`` with a busy time-out); readers
have connections of their own that cannot write.  What SQLite says about a full disk, a locked file or broken bytes
becomes a :class:`~zzdesk.errors.KnownError` here and nowhere else.
"""

from __future__ import annotations

import errno
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.pool import QueuePool

from zzdesk.errors import BrokenDatabaseError, BugError, BusyError, DiskFullError, KnownError
from zzdesk.i18n import N_
from zzdesk.store.files import OWNER_ONLY

KEY_BYTES: Final = 32
BUSY_SECONDS: Final = 5.0
"""How long a writer waits for another process, or another thread, before it says that the desk is busy."""

CACHE_KIB: Final = 16_384

_FULL: Final = frozenset({"SQLITE_FULL"})
_BUSY: Final = ("SQLITE_BUSY", "SQLITE_LOCKED")
_BROKEN: Final = ("SQLITE_CORRUPT", "SQLITE_NOTADB")
_UNREACHABLE: Final = ("SQLITE_CANTOPEN", "SQLITE_READONLY", "SQLITE_PERM", "SQLITE_AUTH", "SQLITE_IOERR")
_NO_SPACE: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})

DISK_FULL: Final = N_("磁盘已满，这次没有保存。请先腾出空间，再保存一次；已经保存的内容没有丢失。")
BUSY: Final = N_("数据库正被另一个程序使用，请稍候再试。")
BROKEN: Final = N_("数据库文件损坏或不是本站的数据库，无法读取。请用最近的备份恢复。")
UNREACHABLE: Final = N_("无法读写数据库文件，请检查磁盘和文件权限。")


def known_error(error: BaseException) -> KnownError | None:
    """What to tell the person about a database or file error; None when it is not of a known kind (so, a bug)."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(cause, OSError):
        return DiskFullError(DISK_FULL) if cause.errno in _NO_SPACE else None
    name = str(getattr(cause, "sqlite_errorname", ""))
    if name in _FULL:
        return DiskFullError(DISK_FULL)
    if name.startswith(_BUSY):
        return BusyError(BUSY)
    if name.startswith(_BROKEN):
        return BrokenDatabaseError(BROKEN)
    return BrokenDatabaseError(UNREACHABLE) if name.startswith(_UNREACHABLE) else None


@contextmanager
def translated() -> Iterator[None]:
    """Turn what SQLite or the file system says into known errors; let everything else pass unchanged."""
    try:
        yield
    except (DBAPIError, sqlcipher.Error, OSError) as error:
        known = known_error(error)
        if known is None:
            raise
        raise known from error


def connect(path: Path, key: bytes, *, create: bool = False, frozen: bool = False) -> Any:
    """A raw SQLCipher connection in autocommit mode, keyed and with foreign keys on.

    Args:
        path: the database file.
        key: 32 random bytes, used as they are (no derivation: 3 ms instead of 90 ms for each connection).
        create: whether the file may be made.
        frozen: nobody writes this file any more (a backup): read it without locks and without side files.
    """
    if len(key) != KEY_BYTES:
        raise BugError(f"a data key has {KEY_BYTES} bytes, not {len(key)}")
    mode = "ro&immutable=1" if frozen else "rwc" if create else "rw"
    uri = f"{path.absolute().as_uri()}?mode={mode}"
    connection = sqlcipher.connect(
        uri,
        uri=True,
        timeout=BUSY_SECONDS,
        isolation_level=None,
        check_same_thread=False,
        cached_statements=256,
    )
    try:
        _prepare(connection, key)
    except BaseException:
        connection.close()
        raise
    return connection


def _prepare(connection: Any, key: bytes) -> None:
    connection.execute("PRAGMA cipher_log_level = NONE")  # else a wrong key prints lines on stderr
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA temp_store = MEMORY")  # a temporary file would hold plain text
    connection.execute(f"PRAGMA cache_size = -{CACHE_KIB}")


@contextmanager
def raw(path: Path, key: bytes, *, create: bool = False, frozen: bool = False) -> Iterator[Any]:
    """A raw connection that is closed at the end, with known errors translated."""
    with translated():
        connection = connect(path, key, create=create, frozen=frozen)
        try:
            yield connection
        finally:
            connection.close()


def _engine(creator: Callable[[], Any], *, size: int, begin: str) -> Engine:
    """An engine over ``creator`` whose every transaction starts with ``begin``.

    The dialect's own pysqlcipher URL is not used: it runs ``PRAGMA key=''`` itself.  Parameters never appear in
    error texts, since they are personal data.
    """
    engine = create_engine(
        "sqlite://",
        module=sqlcipher,
        creator=creator,
        poolclass=QueuePool,
        pool_size=size,
        max_overflow=0 if size == 1 else size,
        pool_timeout=BUSY_SECONDS,
        hide_parameters=True,
    )

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine


class Store:
    """An open database: ``writer()`` and ``reader()`` give sessions, ``close()`` lets the file go.

    Safe to use from several threads; a session belongs to the thread that asked for it.
    """

    def __init__(self, path: Path, key: bytes) -> None:
        self.path = path
        self._key = key
        self._write_lock = threading.Lock()
        self._write_owner: int | None = None
        self._writing = _engine(self._connect_writer, size=1, begin="BEGIN IMMEDIATE")
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

    @contextmanager
    def writer(self) -> Iterator[Session]:
        """A session inside BEGIN IMMEDIATE: commit is the caller's, an exception rolls back.

        Raises:
            BusyError: another writer did not finish within the time-out.
            DiskFullError, BrokenDatabaseError: see :func:`known_error`.
        """
        self._acquire()
        try:
            with translated(), self._write_session() as session:
                session.connection()  # BEGIN IMMEDIATE now: what is read next must still hold at commit
                yield session
        finally:
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

    def checkpoint(self) -> None:
        """Bring the write-ahead log into the database file, so that a file copy is complete."""
        with raw(self.path, self._key) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def close(self) -> None:
        """Close every connection; the store cannot be used afterwards."""
        self._writing.dispose()
        self._reading.dispose()
        self._key = b""
