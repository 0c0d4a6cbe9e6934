"""Locks between processes: held by the operating system, so that a killed program never leaves one behind."""

from __future__ import annotations

import errno
import os
import secrets
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import IO, Final

from zzdesk.errors import BusyError, ReadOnlyError
from zzdesk.i18n import N_
from zzdesk.store.files import OWNER_ONLY

_POLL_SECONDS: Final = 0.02


_BYTES: Final = 1024
"""Windows has no shared lock on a region: a sharer holds one byte of these, an exclusive holder all of them."""


def _try_lock(file: IO[bytes], alone: bool) -> bool:
    """Take the lock of an open file, or say at once that somebody has it."""
    try:
        if os.name == "nt":
            import msvcrt

            file.seek(0 if alone else secrets.randbelow(_BYTES))
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, _BYTES if alone else 1)  # type: ignore[attr-defined,unused-ignore]
        else:
            import fcntl

            fcntl.flock(file.fileno(), (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


READ_ONLY: Final = N_("数据文件夹是只读的，不能写入（{name}）。请检查磁盘是否写保护、是否有写入权限；内容没有改变。")


def _opened(path: Path) -> IO[bytes]:
    try:
        return open(os.open(path, os.O_RDWR | os.O_CREAT, OWNER_ONLY), "r+b", buffering=0)
    except OSError as error:
        if error.errno in (errno.EROFS, errno.EACCES, errno.EPERM):
            raise ReadOnlyError(READ_ONLY, name=path.name) from error
        raise


@contextmanager
def _held(path: Path, timeout: float, busy: str | None, alone: bool) -> Iterator[None]:
    """Hold the lock while the block runs; closing the file lets it go."""
    with _opened(path) as file:
        deadline = time.monotonic() + timeout
        while not _try_lock(file, alone):
            if time.monotonic() >= deadline:
                raise BusyError(busy or N_("另一个程序正在使用，请稍候再试。"))
            time.sleep(_POLL_SECONDS)
        yield


def shared(path: Path, timeout: float = 0.0, busy: str | None = None) -> AbstractContextManager[None]:
    """Hold ``path`` together with other sharers, and against anybody who wants it alone; see :func:`exclusive`."""
    return _held(path, timeout, busy, alone=False)


def exclusive(path: Path, timeout: float = 0.0, busy: str | None = None) -> AbstractContextManager[None]:
    """Hold the lock file ``path`` alone while the block runs.

    Two holders in one process exclude each other as well.  The file stays: removing it would let a third program
    lock a file that a second one is already waiting for.

    Args:
        path: the lock file, made when missing.
        timeout: seconds to wait for another holder.
        busy: the Chinese message id to refuse with.

    Raises:
        BusyError: somebody else held it for the whole time-out.
    """
    return _held(path, timeout, busy, alone=True)
