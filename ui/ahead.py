"""Importing the pages ahead of their first visit: on the main thread, one module at a turn of the event loop.

Never in a worker. Below Python 3.12 PySide6 keeps what it knows of each class in one table of the process, without a
lock, with the last entry remembered per thread; and it makes its own classes only when they are first needed. A class
statement in a worker while the main thread paints or meets a new class can lose its entry, and its first object then
crashes the program.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator

from PySide6.QtCore import QObject, QTimer

import ui.pages
import ui.widgets

_PAUSE_MS = 5


def module_names() -> Iterator[str]:
    """Yield the parts first, then the modules of every page, so that no single import brings many with it."""
    for room in (ui.widgets, ui.pages):
        for module in pkgutil.iter_modules(room.__path__, f"{room.__name__}."):
            if module.ispkg:
                yield from _parts(module.name)
            else:
                yield module.name


def _parts(package: str) -> Iterator[str]:
    path = [f"{folder}/{package.rpartition('.')[2]}" for folder in ui.pages.__path__]
    yield from (module.name for module in pkgutil.iter_modules(path, f"{package}."))


class Ahead(QObject):
    """Imports one module after another, with a pause for the event loop between them; stops when it has them all."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._names = module_names()
        self._turn = QTimer(self)
        self._turn.setInterval(_PAUSE_MS)
        self._turn.timeout.connect(self._next)

    def start(self) -> None:
        """Begin, or go on."""
        self._turn.start()

    @property
    def busy(self) -> bool:
        """Whether there is more to import."""
        return self._turn.isActive()

    def _next(self) -> None:
        name = next(self._names, None)
        if name is None:
            self._turn.stop()
        else:
            importlib.import_module(name)
