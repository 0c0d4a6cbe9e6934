"""Taking everything of a desk off this machine but its audit and its accounts, after the centre took it back (hazard 10).

The database is emptied in one transaction of its own; here go the copies: backups, what upgrades and restores kept, the
files. Keys go first, so that what a killed program leaves behind opens to nobody. It is noted until it is done, and done at
the latest before the next log-in lets anybody work: nothing that is made later is ever touched.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from zzdesk.desk.backup import DEVICE_KEY, DEVICE_KEY_COMING, DEVICE_PUBLIC, device_entry, folder_of, home_id
from zzdesk.desk.kiosk import forget_passes
from zzdesk.errors import RefusedError
from zzdesk.store import audit, backup, system_keyring
from zzdesk.store.engine import translated
from zzdesk.store.keys import KEYS_FILE

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from zzdesk.desk.session import Desk

DUE: Final = "emptying"
"""The local value that says that copies may still be there."""


def is_due(session: Session) -> bool:
    """Say whether an earlier run was killed before everything was gone."""
    return bool(audit.local_value(session, DUE))


def clear_away(desk: Desk) -> None:
    """Remove every key that is not a password's, and every copy of what this desk held; the audit says how many.

    Raises:
        KnownError: something cannot be removed; its keys are gone, and the next log-in tries again.
    """
    with translated():
        desk.empty_journal()
        _forget_keys(desk)
        copies = list(_copies(desk))
        for copy in copies:
            _destroy(copy / KEYS_FILE)
        for copy in [*copies, desk.paths.upgrades, desk.paths.files, desk.paths.tapes]:
            if copy.exists():
                shutil.rmtree(copy)
    with desk.store.writer() as session:
        forget_passes(session)
        audit.set_local_value(session, DUE, "")
        audit.append(session, desk.clock, None, "device.emptied", copies=len(copies))
        session.commit()


def _copies(desk: Desk) -> Iterator[Path]:
    """Yield the folders that hold this home once more: backups, unfinished ones, and homes that a restore moved aside.

    One whose keys are gone is of no use to anybody: an earlier run was killed at it.
    """
    mine, home = home_id(desk.home), desk.home
    found = [path for folder in sorted({desk.paths.backups, folder_of(desk)}) for path in backup.all_of(folder)]
    found += [path for name in (f"{home.name}.before-*", f".{home.name}.restoring") for path in home.parent.glob(name)]
    yield from (path for path in found if home_id(path) in (mine, None))
    yield from home.glob("unfinished-*")


def _forget_keys(desk: Desk) -> None:
    """Let go of the device's key, and of every account's slot in the keyring of the system."""
    for login in desk.keys.remembered():
        with suppress(RefusedError):  # no keyring to be asked: the slot has gone all the same
            desk.keys.forget_in_system(login)
    with desk.store.writer() as session:
        public = audit.local_value(session, DEVICE_PUBLIC)
        audit.set_local_value(session, DEVICE_PUBLIC, "")
        session.commit()
    if public:
        with suppress(RefusedError):  # likewise: sealed with the data key, it opens nothing by itself
            system_keyring.drop(device_entry(public))
    for name in (DEVICE_KEY, DEVICE_KEY_COMING):
        _destroy(desk.home / name)


def _destroy(path: Path) -> None:
    """Write over a small secret before it is removed, as far as the medium does what it is told."""
    if path.exists():
        with path.open("r+b") as file:
            file.write(os.urandom(path.stat().st_size))
            file.flush()
            os.fsync(file.fileno())
        path.unlink()
