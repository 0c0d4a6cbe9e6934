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
    watcher = _watch(application)
    try:
        window.enter(open_with_key(home, None, key))
        window.show()
        application.exec()
    finally:
        application.removeEventFilter(watcher)
        window.close()


def _watch(application: Any) -> Any:
    """Say when a list with rows in it has been painted, and end the event loop."""
    from PySide6.QtCore import QEvent, QObject, QTimer
    from PySide6.QtWidgets import QAbstractItemView

    class Watcher(QObject):
        said = False

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
            view = watched.parent() if event.type() == QEvent.Type.Paint and not self.said else None
            if isinstance(view, QAbstractItemView) and view.isVisible() and _rows(view):
                self.said = True
                QTimer.singleShot(0, self.tell)
            return False

        def tell(self) -> None:
            print(PAINTED, flush=True)
            application.quit()

    watcher = Watcher(application)
    application.installEventFilter(watcher)
    return watcher


def _rows(view: Any) -> int:
    model = view.model()
    return 0 if model is None else int(model.rowCount())
