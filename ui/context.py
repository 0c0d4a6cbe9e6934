"""What every page is given: the way to the data, to other pages, and to the person."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from PySide6.QtCore import QSettings

from ui.changes import Changes
from ui.runner import Runner


class UiSettings:
    """How this home's windows look: language, theme, size. Kept beside the desk's data, never in it."""

    DEFAULTS = {"language": "zh", "theme": "light", "scale": "100", "input_method": "auto", "idle_minutes": "10"}

    def __init__(self, store: QSettings) -> None:
        self._store = store

    def get(self, name: str) -> str:
        """Return a setting, or its default."""
        return str(self._store.value(name, self.DEFAULTS[name]))

    def set(self, name: str, value: str) -> None:
        """Keep a setting."""
        if name not in self.DEFAULTS:
            raise KeyError(name)
        self._store.setValue(name, value)

    @property
    def store(self) -> QSettings:
        """The settings file itself, for window geometry and column choices."""
        return self._store


@dataclass
class Context:
    """Handed to every page.

    ``navigate(page, target)`` opens a page, with the id of a record or a command such as ``"new"``;
    ``toast(text, undo)`` says what was done; ``set_theme`` and ``set_language`` switch live.
    """

    runner: Runner
    changes: Changes
    settings: UiSettings
    navigate: Callable[[str, str], None]
    toast: Callable[..., None]
    set_theme: Callable[[str], None]
    set_language: Callable[[str], None]
    lock: Callable[[], None]

    @property
    def desk(self) -> Any:
        """The open desk; None before log-in. Pages read it through ``runner`` only."""
        return self.runner.desk

    def now(self) -> datetime:
        """Return the desk's time, which a demonstration may have set."""
        moment: datetime = self.desk.clock.now()
        return moment

    def may(self, action: str) -> bool:
        """Say whether the person logged in has a right; commands check it again."""
        return bool(self.desk.may(action))
