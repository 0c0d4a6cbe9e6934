"""Cyclic garbage is looked for in the window's thread only.

Python looks for it in whichever thread happens to make objects.  Where that finds a window or a page (a class of ours
over one of Qt's), Qt's object ends in that thread, while the window's thread may be painting or styling it: the program
crashes.  Qt allows it in the window's thread alone.
"""

from __future__ import annotations

import gc
from typing import Final

from PySide6.QtCore import QObject, QTimer

LOOK_MS: Final = 500


class Collector(QObject):
    """Takes the collector's work over from the interpreter; ``close`` gives it back.

    How much has to come together before it looks, and how often it looks at what is older, is as ``gc.get_threshold``
    says.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        self._turn = QTimer(self)
        self._turn.setInterval(LOOK_MS)
        self._turn.timeout.connect(self.look)
        self._turn.start()

    def close(self) -> None:
        """Let the interpreter look for garbage by itself again."""
        self._turn.stop()
        gc.enable()

    def look(self) -> None:
        """Look where enough has come together: at the oldest of the generations that are due."""
        due = [made > most for made, most in zip(gc.get_count(), gc.get_threshold(), strict=True)]
        if due[0]:
            gc.collect(2 if due[1] and due[2] else 1 if due[1] else 0)
