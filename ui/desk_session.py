"""Opening, making, locking and closing a desk; each runs in the database worker and imports what it needs there."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from zzdesk.desk.facts import Facts, facts_of, home_state
from zzdesk.desk.overview import Overview
from zzdesk.paths import HomePaths


@dataclass(frozen=True)
class Opened:
    """An open desk, who is logged in, and the recovery key where the home is new."""

    desk: Any
    facts: Facts
    recovery: str = ""
    overview: Overview | None = None
    """What the first page shows, where it was read before the desk is really open."""


def open_with_key(home: Path, login: str | None, key: bytes) -> Opened:
    """Log in with the data key at hand.

    Raises:
        RefusedError: the account may not log in.
        BrokenDatabaseError, NewerDatabaseError: the database cannot be used.
    """
    from zzdesk.desk.glance import door_of

    door, info = door_of(home, login)
    return _enter(door, info, key, by="key")


def _enter(door: Any, info: Any, key: bytes, **facts: Any) -> Opened:
    """Log in: at once what the first window shows, the rest at the desk's first use; all at once after an upgrade."""
    from zzdesk.desk.glance import glance

    found = glance(door, info, key, "login", **facts)
    if found is not None:
        return Opened(found.desk, found.facts, overview=found.overview)
    from zzdesk.desk.session import Desk

    desk = Desk(door.paths, info, door.keys, door.clock, door.login)
    desk.enter(key, "login", **facts)
    return Opened(desk, facts_of(desk))


def open_now(desk: Any, known: Facts) -> Opened:
    """Open the desk of somebody who has logged in already; who has locked it meanwhile is who was ``known`` at the log-in."""
    load_ahead()
    opened = desk.opened
    return Opened(opened, known if opened.locked else facts_of(opened))


def load_ahead() -> None:
    """Load in the database worker what an open desk and its pages need."""
    import zzdesk.desk.loading  # noqa: F401


def home_exists(home: Path) -> bool:
    """Return whether a finished home lies here; looks at one file only."""
    return HomePaths(home).info.exists()


def open_home(home: Path, login: str, password: str) -> Opened:
    """Log in.

    Raises:
        WrongPasswordError, LockedOutError: the password does not open the home.
    """
    from zzdesk.desk.glance import door_of

    door, info = door_of(home, login)
    return _enter(door, info, door.keys.unlock(door.login, password))


def open_by_system(home: Path, login: str) -> Opened:
    """Log in by the system keyring.

    Raises:
        RefusedError, LockedOutError: not allowed, not known there, or locked after wrong passwords.
    """
    from zzdesk.desk.arrival import key_by_system
    from zzdesk.desk.glance import door_of

    door, info = door_of(home, login)
    return _enter(door, info, key_by_system(door), by="system")


def open_by_recovery(home: Path, login: str, recovery: str, password: str) -> Opened:
    """Log in with the recovery key, set a new password, and get a new recovery key, since the old one was used."""
    from zzdesk.desk.accounts import set_password_after_recovery
    from zzdesk.desk.session import open_desk_by_recovery

    desk = open_desk_by_recovery(home, login, recovery)
    try:
        renewed = set_password_after_recovery(desk, password)
    except BaseException:
        desk.close()
        raise
    return Opened(desk, facts_of(desk), renewed)


def create(home: Path, station: str, login: str, password: str, name: str) -> Opened:
    """Make a home and log its first account in; the recovery key is in the answer and nowhere else."""
    from zzdesk.desk.session import create_home

    desk, recovery = create_home(home, station, login, password, display_name=name)
    return Opened(desk, facts_of(desk), recovery)


def unlock(desk: Any, password: str) -> Facts:
    """Come back from the locked screen."""
    desk.unlock(password)
    return facts_of(desk)


def unlock_by_system(desk: Any) -> Facts:
    """Come back from the locked screen by the system keyring."""
    desk.unlock_by_system()
    return facts_of(desk)


def lock(desk: Any) -> None:
    """Put the key away."""
    desk.lock()


def close(desk: Any) -> None:
    """Log out."""
    desk.close()


def sweep_tapes(desk: Any) -> tuple[str, ...]:
    """Take away tapes that belong to nothing here; return the numbers of one's cases with a recording that was not kept."""
    if not desk.paths.tapes.exists():
        return ()
    from zzdesk.desk.recording import sweep

    return sweep(desk)


def back_up_if_due(desk: Any) -> bool:
    """Make the rotating backup if the newest is too old; True when one was made.

    Raises:
        DiskFullError, BrokenDatabaseError: nothing was kept of it, and older backups stay.
    """
    from zzdesk.desk.backup import backup_due, run_backup

    due = backup_due(desk)
    if due:
        run_backup(desk)
    return due


__all__ = [
    "Opened",
    "back_up_if_due",
    "close",
    "create",
    "facts_of",
    "home_exists",
    "home_state",
    "load_ahead",
    "lock",
    "open_by_recovery",
    "open_by_system",
    "open_home",
    "open_now",
    "open_with_key",
    "sweep_tapes",
    "unlock",
    "unlock_by_system",
]
