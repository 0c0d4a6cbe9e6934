"""Backup and restore as a person asks for them: with rights, audit, rotation, and a restored desk that syncs safely."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sqlalchemy.orm import Session

from zzdesk.clock import Clock
from zzdesk.desk.session import Desk
from zzdesk.desk.timing import clock_for
from zzdesk.errors import KnownError, RefusedError
from zzdesk.i18n import N_
from zzdesk.ops.bringing_back import settle
from zzdesk.ops.journal import Journal
from zzdesk.ops.models import SyncState
from zzdesk.ops.outbox import become_new_replica
from zzdesk.paths import HomePaths
from zzdesk.settings import load_info
from zzdesk.store import audit, backup, system_keyring, upgrade
from zzdesk.store.backup import Backup, Progress
from zzdesk.store.engine import Store
from zzdesk.store.files import write_private
from zzdesk.store.keys import KEYS_FILE, open_copy, read_keys
from zzdesk.store.unit import Reader

DEVICE_KEY: Final = "device.key"
"""Where the device's key lies on a machine without a system keyring."""
DEVICE_KEY_COMING: Final = "device.key.new"
"""Where the key of an enrolment under way lies."""
DEVICE_PUBLIC: Final = "device_public"
"""The local value that names the public key of the enrolment in force."""


def device_entry(public: str) -> str:
    """Return the name under which the system keyring holds the key of an enrolment."""
    return f"device:{public}"
"""The sealed key of the device (``sync.client.device`` writes it)."""

STANDS: Final = N_("这个位置已有工作站。恢复会把它移到旁边（不删除），请确认后再试。")


@dataclass(frozen=True)
class Restored:
    """Where a home was restored to, and where the one that stood there was moved."""

    home: Path
    moved_aside: Path | None
    backup: Backup
    brought_back: int = 0
    """Operations newer than the backup that the journal of the home in its place still had."""


def _may_back_up(read: Reader) -> None:
    read.require("backup.run")


def folder_of(desk: Desk) -> Path:
    """Where rotating backups of a desk go."""
    named = desk.settings.backup_folder
    return Path(named) if named else desk.paths.backups


def run_backup(desk: Desk, target: Path | None = None, progress: Progress | None = None) -> Backup:
    """Write and verify a backup; without a target into the desk's own folder, where only the newest few stay.

    Raises:
        RefusedError: no right.
        DiskFullError, BrokenDatabaseError: nothing was kept of it, and older backups stay.
    """
    desk.read(_may_back_up)
    folder = target or folder_of(desk)
    more = {"progress": progress} if progress else {}
    made = backup.make_backup(desk.home, desk.store.key, folder, desk.clock, station=desk.station, **more)
    removed = [] if target else backup.rotate(folder, desk.settings.backup_keep)
    desk.note("backup.run", records=made.records, bytes=made.bytes, removed=len(removed))
    desk.anchor()
    return made


def backup_due(desk: Desk) -> bool:
    """Whether the newest backup is older than the settings allow."""
    newest = next(iter(backup.list_backups(folder_of(desk))), None)
    if newest is None:
        return True
    age = desk.clock.now() - backup.describe(newest, desk.store.key).made_at
    return age.total_seconds() >= desk.settings.backup_hours * 3600


def restore_backup(
    source: Path,
    home: Path,
    *,
    login: str | None = None,
    password: str | None = None,
    recovery: str | None = None,
    replace: bool = False,
    clock: Clock | None = None,
) -> Restored:
    """Make a home out of a backup, opened by a password or recovery key of that day.

    The home that stands there is moved aside, and only when ``replace`` says so.  The restored database becomes a
    replica of its own: the one it was copied from may have gone on numbering.

    Raises:
        RefusedError: a home stands there.
        WrongPasswordError: the backup does not open.
        BrokenDatabaseError: the backup is damaged; nothing was changed.
        BusyError: somebody is working in the home that stands there.
    """
    if home.exists() and any(home.iterdir()) and not replace:
        raise RefusedError(STANDS)
    info = load_info(HomePaths(source).info)
    clock = clock or clock_for(info.test)
    key = open_copy(source / KEYS_FILE, login or info.first_login, password, recovery)
    prepared = home.with_name(f".{home.name}.restoring")
    backup.prepare_home(source, key, prepared, clock)
    same_device = _carry_over(home, prepared)
    brought_back = _settle(HomePaths(prepared), key, clock, source.name, same_device)
    what = backup.describe(source, key)
    return Restored(home, backup.put_in_place(prepared, home, clock), what, brought_back)


def _carry_over(home: Path, prepared: Path) -> bool:
    """Take what belongs to this machine along; return whether it is still the device that the centre knows.

    A backup holds no device key: a home restored on another machine has to be enrolled there.
    """
    if HomePaths(home).settings.exists():
        shutil.copyfile(HomePaths(home).settings, HomePaths(prepared).settings)
    for here, there in zip(HomePaths(home).imported, HomePaths(prepared).imported, strict=True):
        if here.exists() and not there.exists():  # the backup is of a day, or a program, that had none
            write_private(there, here.read_bytes())
    if home_id(home) == home_id(prepared) and HomePaths(home).journal.exists():
        write_private(HomePaths(prepared).journal, HomePaths(home).journal.read_bytes())
    if not (home / DEVICE_KEY).exists() or home_id(home) != home_id(prepared):
        return False
    write_private(prepared / DEVICE_KEY, (home / DEVICE_KEY).read_bytes())
    return True


def home_id(home: Path) -> str | None:
    """Return which home a folder holds, None where that cannot be read."""
    try:
        return read_keys(home / KEYS_FILE).home_id
    except KnownError:
        return None  # what stands there is no home that can be read, so not this one


def _settle(paths: HomePaths, key: bytes, clock: Clock, name: str, same_device: bool) -> int:
    """Make the restored database usable; return how many operations the journal put back into it."""
    upgrade.migrate(paths.database, key, paths.upgrades)
    store = Store.open(paths.database, key)
    try:
        with store.writer() as session:
            _become_new_replica(session, clock, same_device or _is_in_keyring(session))
            audit.set_local_value(session, "guard_number", "0")
            audit.append(session, clock, None, "backup.restore", backup=name)
            session.commit()
        brought_back = settle(store, Journal(paths.journal, key), clock)
        with store.reader() as session:
            paths.anchor.unlink(missing_ok=True)
            audit.write_anchor(paths.anchor, key, audit.head(session))
        return brought_back
    finally:
        store.close()


def _is_in_keyring(session: Session) -> bool:
    """Return whether this machine's keyring holds the key of the device that was backed up."""
    public = audit.local_value(session, DEVICE_PUBLIC)
    try:
        return public is not None and system_keyring.ask(device_entry(public)) is not None
    except RefusedError:
        return False


def _become_new_replica(session: Session, clock: Clock, same_device: bool) -> None:
    state = session.get(SyncState, 1)
    if state is None:
        return
    become_new_replica(session, clock)
    if not same_device:
        state.device_id = None
