"""The encrypted file itself: SQLCipher opened with a raw 32-byte key, and what its errors mean. No SQLAlchemy here.

Loading SQLAlchemy takes longer than everything else that a first look at a home needs (start-up time).
"""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import sqlcipher3.dbapi2 as sqlcipher

from zzdesk.errors import BrokenDatabaseError, BugError, BusyError, DiskFullError, KnownError
from zzdesk.i18n import N_

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

# The driver looks for an adapter of every parameter that is no text, number or bytes, and where it finds none it raises
# and drops an exception: a NULL took fifteen times as long as a text.  Both mean the same as before.
sqlcipher.register_adapter(type(None), {}.get)
sqlcipher.register_adapter(bool, int)


def known_error(error: BaseException) -> KnownError | None:
    """What to tell the person about a database or file error; None when it is not of a known kind (so, a bug)."""
    cause = getattr(error, "orig", None) or error  # SQLAlchemy puts an error of its own around it
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
    except (sqlcipher.Error, OSError) as error:
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


def revision_of(connection: Any) -> str | None:
    """The revision of an open raw connection; None for a database without tables.

    Raises:
        BrokenDatabaseError: there are tables, but none of ours.
    """
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    if not tables:
        return None
    if "alembic_version" not in tables:
        raise BrokenDatabaseError(BROKEN)
    row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    return str(row[0]) if row else None
