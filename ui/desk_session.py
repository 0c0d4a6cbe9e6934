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
    """Log in with the data key at hand: at once what the first window shows, the rest at the desk's first use.

    Raises:
        RefusedError: the account may not log in.
        BrokenDatabaseError, NewerDatabaseError: the database cannot be used.
    """
    from zzdesk.desk.glance import glance

    found = glance(home, login, key)
    if found is not None:
        return Opened(found.desk, found.facts, overview=found.overview)
    from zzdesk.desk.session import open_desk_with_key

    desk = open_desk_with_key(home, login, key)
    return Opened(desk, facts_of(desk))


def open_now(desk: Any) -> Opened:
    """Open a desk of the first glance: log in, and look again who that is."""
    opened = desk.opened
    return Opened(opened, facts_of(opened))


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
    "open_home",
    "open_now",
    "open_with_key",
    "unlock",
]
