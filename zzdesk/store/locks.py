"""Locks between processes: held by the operating system, so that a killed program never leaves one behind."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

from zzdesk.errors import BusyError
from zzdesk.i18n import N_

_POLL_SECONDS: Final = 0.02


def _try_lock(file: IO[bytes]) -> bool:
    """Take the lock on the first byte of an open file, or say at once that somebody has it."""
    try:
        if os.name == "nt":
            import msvcrt

            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
        else:
            import fcntl

            fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _unlock(file: IO[bytes]) -> None:
    if os.name == "nt":
        import msvcrt

        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)  # type: ignore[attr-defined,unused-ignore]


@contextmanager
def exclusive(path: Path, timeout: float = 0.0, busy: str | None = None) -> Iterator[None]:
    """Hold the lock file ``path`` while the block runs.

    Two holders in one process exclude each other as well.  The file stays: removing it would let a third program
    lock a file that a second one is already waiting for.

    Args:
        path: the lock file, made when missing.
        timeout: seconds to wait for another holder.
        busy: the Chinese message id to refuse with.

    Raises:
        BusyError: somebody else held it for the whole time-out.
    """
    with open(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+b", buffering=0) as file:
        deadline = time.monotonic() + timeout
        while not _try_lock(file):
            if time.monotonic() >= deadline:
                raise BusyError(busy or N_("另一个程序正在使用，请稍候再试。"))
            time.sleep(_POLL_SECONDS)
        try:
            yield
        finally:
            _unlock(file)
