"""Small private files that are either the old one or the new one, whatever happens in between."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

OWNER_ONLY: Final = 0o600
FOLDER_OWNER_ONLY: Final = 0o700


def write_private(path: Path, data: bytes) -> None:
    """Replace ``path`` in one step (temporary file, fsync, rename), readable by its owner only."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.new")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, OWNER_ONLY)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def private_folder(path: Path) -> Path:
    """Make ``path`` and its parents; the last one is open to its owner only."""
    path.mkdir(parents=True, exist_ok=True, mode=FOLDER_OWNER_ONLY)
    return path


def sync_file(path: Path) -> None:
    """Bring a finished file to the disk, so that a rename onto it is safe through a power cut."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Make a rename in ``folder`` last through a power cut (Windows neither needs nor offers such a call)."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
