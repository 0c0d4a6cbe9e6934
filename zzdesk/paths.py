"""Where things of a home lie. A home is one folder: the desk of one station on one machine."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Final

HOME_VARIABLE: Final = "ZZDESK_HOME"


def default_home() -> Path:
    """The per-user home folder, unless ZZDESK_HOME names another."""
    named = os.environ.get(HOME_VARIABLE)
    if named:
        return Path(named)
    from platformdirs import user_data_path

    return user_data_path("zzdesk", appauthor=False, roaming=False)


@dataclass(frozen=True)
class HomePaths:
    """The files and folders inside a home."""

    root: Path

    @property
    def database(self) -> Path:
        """The encrypted database."""
        return self.root / "zzdesk.db"

    @property
    def info(self) -> Path:
        """What home this is; written last, so that a home without it was never finished."""
        return self.root / "home.json"

    @property
    def settings(self) -> Path:
        """Choices of this machine that are not secret."""
        return self.root / "settings.json"

    @property
    def grids(self) -> Path:
        """The outlines of the station's grids, once imported; nobody's personal data."""
        return self.root / "grids.json"

    @property
    def addresses(self) -> Path:
        """The station's addresses with grid and place, once imported; nobody's personal data."""
        return self.root / "addresses.json"

    @property
    def imported(self) -> tuple[Path, ...]:
        """What was imported for this station and lies beside the database: it goes into backups."""
        return self.grids, self.addresses

    @property
    def anchor(self) -> Path:
        """The sealed end of the audit chain."""
        return self.root / "audit.anchor"

    @property
    def journal(self) -> Path:
        """Every operation made here once more, encrypted, until the centre holds it for good."""
        return self.root / "outbox.journal"

    @property
    def in_use(self) -> Path:
        """Held shared by every program that has the database open, alone by what replaces the database."""
        return self.root / "home.lock"

    @property
    def kiosk_guard(self) -> Path:
        """The sealed counters of wrong PINs and wrong answers at a touch kiosk."""
        return self.root / "kiosk.bin"

    @property
    def kiosk_door(self) -> Path:
        """What leads out of a touch kiosk whose database cannot be opened (``zzdesk.desk.kiosk_exit``)."""
        return self.root / "kiosk-door.json"

    @property
    def kiosk_door_guard(self) -> Path:
        """The sealed counters of wrong PINs there."""
        return self.root / "kiosk-door.bin"

    @property
    def files(self) -> Path:
        """Attachments, each encrypted with a key derived from the data key."""
        return self.root / "files"

    @property
    def tapes(self) -> Path:
        """Sound that is being recorded, sealed piece by piece until it is taken in as an attachment."""
        return self.root / "tapes"

    @property
    def papers(self) -> Path:
        """Templates of official papers that the office made its own; nobody's personal data."""
        return self.root / "papers"

    @property
    def backups(self) -> Path:
        """Where rotating backups go unless the settings name another folder."""
        return self.root / "backups"

    @property
    def upgrades(self) -> Path:
        """Copies of the database made before it was upgraded."""
        return self.root / "upgrades"

    @property
    def logs(self) -> Path:
        """Logs without personal data."""
        return self.root / "logs"
