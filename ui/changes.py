"""One signal for everything that changed: who shows it asks again, who caused it already knows."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal


class Changes(QObject):
    """Carries ``changed(change_set, initiator)`` on the main thread.

    ``initiator`` is the page that made the change, or None when it arrived from the centre.
    """

    changed = Signal(object, object)
