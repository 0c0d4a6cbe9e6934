"""A word in time: what is over and due today on the first page, and a toast when the last hour of a report begins.

It needs the desk's clock and nothing else: without a network it comes too (F29).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

from PySide6.QtCore import QCoreApplication, QObject, QTimer

from ui.context import Context

translate = QCoreApplication.translate
EVERY_MS: Final = 60_000


class Reminder(QObject):
    """Looks every minute; ``say(DueNow)`` after each look of the page."""

    def __init__(self, context: Context, say: Callable[[Any], None], parent: QObject) -> None:
        super().__init__(parent)
        self._context, self._say = context, say
        self._since: datetime | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def refresh(self) -> None:
        """Ask how much is over and due today."""
        self._context.runner.read(_due_now, on_done=self._say, on_error=lambda error: None, owner=self)
        self.look()

    def look(self) -> None:
        """Ask whether the last hour of anything has begun since the last look; the first look only remembers."""
        if self._context.desk is None:
            return
        now, since = self._context.now(), self._since
        self._since = now
        if since is None or now <= since:
            return
        self._context.runner.read(_last_hour, since, on_done=self._remind, on_error=lambda error: None, owner=self)

    def _remind(self, rows: Any) -> None:
        if not rows:
            return
        first = rows[0]
        said = translate("Reminder", "一小时内到期：{number} {title}").format(number=first.number, title=first.title)
        if len(rows) > 1:
            said += translate("Reminder", "，还有 {count} 件").format(count=len(rows) - 1)
        self._context.toast(said)


def _due_now(read: Any) -> Any:
    """Ask; what that needs is loaded in the worker, not before the first window."""
    from zzdesk.desk.morning import due_now

    return due_now(read)


def _last_hour(read: Any, since: datetime) -> Any:
    from zzdesk.desk.morning import last_hour

    return last_hour(read, since)


def due_words(found: Any) -> list[str]:
    """Return how much is over and due today, as parts of a line; nothing where there is none."""
    parts = []
    if found is not None and found.overdue:
        count = "99+" if found.overdue > 99 else found.overdue
        parts.append(translate("Reminder", "▲ {count} 件已过期").format(count=count))
    if found is not None and found.today:
        parts.append(translate("Reminder", "△ {count} 件今天到期").format(count=found.today))
    return parts
