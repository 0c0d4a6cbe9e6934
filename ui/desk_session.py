"""Opening, making, locking and closing a desk; each runs in the database worker and imports what it needs there."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from zzdesk.desk.facts import Facts, facts_of, home_state
from zzdesk.paths import HomePaths


@dataclass(frozen=True)
class Opened:
    """An open desk, who is logged in, and the recovery key where the home is new."""

    desk: Any
    facts: Facts
    recovery: str = ""


def home_exists(home: Path) -> bool:
    """Return whether a finished home lies here; looks at one file only."""
    return HomePaths(home).info.exists()


def open_home(home: Path, login: str, password: str) -> Opened:
    """Log in.

    Raises:
        WrongPasswordError, LockedOutError: the password does not open the home.
    """
    from zzdesk.desk.session import open_desk

    desk = open_desk(home, login, password)
    return Opened(desk, facts_of(desk))


def open_by_system(home: Path, login: str) -> Opened:
    """Log in by the system keyring.

    Raises:
        RefusedError, LockedOutError: not allowed, not known there, or locked after wrong passwords.
    """
    from zzdesk.desk.session import open_desk_by_system

    desk = open_desk_by_system(home, login)
    return Opened(desk, facts_of(desk))


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
    "lock",
    "open_by_recovery",
    "open_by_system",
    "open_home",
    "unlock",
    "unlock_by_system",
]
