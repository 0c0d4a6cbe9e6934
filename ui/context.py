"""What every page is given: the way to the data, to other pages, and to the person."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec
from PySide6.QtCore import QObject, QSettings, Signal

from ui.changes import Changes
from ui.drafts import Drafts
from ui.exchange import Exchange
from ui.runner import Runner
from ui.sound import Microphones
from zzdesk.desk.facts import Facts
from zzdesk.paths import HomePaths
from zzdesk.settings import Settings, change_settings, load_settings


class UiSettings(QObject):
    """The home's settings as the windows use them; written once the home exists.

    ``windows`` keeps geometry and column choices, which are nobody else's business.
    """

    changed = Signal(str)

    def __init__(self, home: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._paths = HomePaths(home)
        self.values: Settings = load_settings(self._paths.settings)
        self._unkept: dict[str, Any] = {}
        self.windows = QSettings(str(home / "windows.ini"), QSettings.Format.IniFormat, self)

    def set(self, name: str, value: Any) -> None:
        """Change one setting; pages that depend on it hear of it."""
        self.values = msgspec.structs.replace(self.values, **{name: value})
        self._unkept[name] = value
        self.keep()
        self.changed.emit(name)

    def keep(self) -> None:
        """Write what was changed here, if there is a home to write it into; what others changed there stays."""
        if self._unkept and self._paths.info.exists():
            self.values = change_settings(self._paths.settings, **self._unkept)
            self._unkept.clear()


@dataclass
class Context:
    """Handed to every page.

    ``navigate(page, target)`` opens a page, with the id of a record or a command such as ``"new"``;
    ``toast(text, undo=None, bad=False)`` says what was done; ``set_theme`` and ``set_language`` switch live;
    ``awake`` puts off the idle lock, as a key does; ``microphones`` find what hears (``ui.sound``); ``to_stop`` is what must
    not go on behind a locked screen or a closed window, whatever page is shown.
    """

    runner: Runner
    changes: Changes
    settings: UiSettings
    exchange: Exchange
    drafts: Drafts
    navigate: Callable[[str, str], None]
    toast: Callable[..., None]
    set_theme: Callable[[str], None]
    set_language: Callable[[str], None]
    lock: Callable[[], None]
    help: Callable[[str], None]
    awake: Callable[[], None]
    facts: Facts = field(default_factory=Facts)
    microphones: Microphones = field(default_factory=Microphones)
    to_stop: set[Callable[[], None]] = field(default_factory=set)

    @property
    def desk(self) -> Any:
        """The open desk; None before log-in. Data is asked for through ``runner`` only."""
        return self.runner.desk

    def now(self) -> datetime:
        """Return the desk's time, which a test home may have set."""
        moment: datetime = self.desk.clock.now()
        return moment

    def may(self, action: str) -> bool:
        """Say whether the person logged in has a right; the command checks it again."""
        return action in self.facts.actions
