"""The window whose start is measured: paints its first list, says so, and ends. Loads nothing for measuring."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any, Final

PAINTED: Final = "painted"


def child(home: Path | None) -> None:
    """Be one of the two windows: paint the list, say so, and end."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    if home is None:
        from zzdesk.cli.bench import bare_window

        bare_window.run()
    else:
        _desk(home, bytes.fromhex(sys.stdin.readline().strip()))


def _desk(home: Path, key: bytes) -> None:
    from ui.application import make_application, make_window
    from ui.desk_session import open_with_key

    application = make_application()
    window = make_window(home, application)
    opened = open_with_key(home, None, key)
    _watch(application)
    try:
        window.enter(opened)
        window.show()
        application.exec()
    finally:
        window.close()


def _watch(application: Any) -> None:
    """Say when the list has been painted with rows in it, and end the event loop.

    The list is told to say so, as the bare window's table is. A filter on the application would cost much more than
    what is measured: PySide6 would load every class that it has, to give each object that gets an event its own.
    """
    from PySide6.QtCore import QTimer
    from PySide6.QtGui import QPaintEvent

    from ui.widgets.table import LineList

    said: list[bool] = []

    def paint(self: Any, event: QPaintEvent) -> None:
        super(LineList, self).paintEvent(event)
        if not said and self.model().rowCount():
            said.append(True)
            QTimer.singleShot(0, tell)

    def tell() -> None:
        print(PAINTED, flush=True)
        application.quit()

    LineList.paintEvent = paint  # type: ignore[method-assign]
