"""Room on the disk: files leave some to the records, and a file of ballast is let go when even that is gone (hazard 26).

A desk on a full disk must still be able to send what waits in its outbox, which takes a little room in the database.
"""

from __future__ import annotations

import errno
import logging
import os
import shutil
from pathlib import Path
from typing import Final

from zzdesk.errors import DiskFullError
from zzdesk.i18n import N_
from zzdesk.store.files import OWNER_ONLY

MIB: Final = 1024 * 1024
BALLAST: Final = 64 * MIB
LOW: Final = 32 * MIB
"""Free bytes below which files are neither taken in nor fetched, and a synchronisation only sends records; of a small
disk a sixteenth."""

_NAME: Final = "ballast"

NO_ROOM: Final = N_("磁盘空间不足，附件没有保存。请先腾出空间，再添加一次；已经保存的内容没有丢失。")


def free_bytes(folder: Path) -> int:
    """Return how much room the file system of a folder has for this account."""
    return shutil.disk_usage(folder).free


def low_bytes(folder: Path) -> int:
    """Return how much room of the disk under a folder is for records alone."""
    return min(LOW, shutil.disk_usage(folder).total // 16)


def need_room(folder: Path, size: int, words: str = NO_ROOM) -> None:
    """Refuse bytes that would take the last room from the records; ``words`` say what was not done.

    Raises:
        DiskFullError: nothing was written.
    """
    if free_bytes(folder) < size + low_bytes(folder):
        raise DiskFullError(words)


def ballast_of(home: Path) -> Path:
    """Return where a home's ballast lies."""
    return home / _NAME


def keep_ballast(home: Path, size: int = BALLAST) -> bool:
    """Make the ballast where there is none and room is plenty; say whether it is there.

    Real blocks are taken: a file with holes would give nothing back when it is needed.
    """
    path = ballast_of(home)
    if path.exists():
        return True
    if free_bytes(home) < 4 * size:
        return False
    try:
        _fill(path, size)
    except OSError as error:
        path.unlink(missing_ok=True)
        if error.errno not in (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES):
            raise
        logging.getLogger(__name__).info("no ballast: %s", errno.errorcode[error.errno])
        return False
    return True


def _fill(path: Path, size: int) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY)
    with os.fdopen(descriptor, "wb") as file:
        if hasattr(os, "posix_fallocate"):
            os.posix_fallocate(file.fileno(), 0, size)
        else:
            for _ in range(size // MIB):
                file.write(os.urandom(MIB))  # zeros could be stored as nothing
        file.flush()
        os.fsync(file.fileno())


def is_low(home: Path) -> bool:
    """Say whether only records should move now; lets the ballast go first, so that they can."""
    if free_bytes(home) >= low_bytes(home):
        return False
    try:
        ballast_of(home).unlink(missing_ok=True)
    except OSError as error:  # a disk that is read-only too: what is written next says so
        logging.getLogger(__name__).info("the ballast stays: %s", type(error).__name__)
    return True
