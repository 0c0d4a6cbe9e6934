"""The exchange with the centre as the windows see it: in reach or not, what waits, when it last went through."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from PySide6.QtCore import QObject, QTimer, Signal

from ui import sync_bridge
from ui.changes import Changes
from ui.runner import Runner, Task
from zzdesk.errors import KnownError, OfflineError

LOOK_AGAIN_MS: Final = 30_000


class Exchange(QObject):
    """Knows the desk's standing towards its centre and runs the exchange.

    ``changed()`` whenever what it says has changed; ``progress(done, total)`` while it runs; ``ended(report or error)``.
    """

    changed = Signal()
    progress = Signal(int, int)
    ended = Signal(object)

    def __init__(self, runner: Runner, changes: Changes, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner, self._changes = runner, changes
        self.status: Any = None
        self.online = False
        self.running: Task | None = None
        self.last_report: Any = None
        self.last_error: KnownError | None = None
        self._line = sync_bridge.Line()
        self._minutes = 1
        changes.changed.connect(lambda *_: self.refresh())
        self._look = QTimer(self)
        self._look.setInterval(LOOK_AGAIN_MS)
        self._look.timeout.connect(self.refresh)
        self._regular = QTimer(self)
        self._regular.setSingleShot(True)
        self._pace: Any = None
        self._regular.timeout.connect(self._regular_sync)

    def start(self, minutes: int) -> None:
        """Begin to look after the exchange once somebody has logged in."""
        self._look.start()
        self._minutes, self._pace = minutes, None
        self._regular.start(minutes * 60_000)
        self.refresh()

    def stop(self) -> None:
        """Stop while the screen is locked or the desk is closed."""
        self._look.stop()
        self._regular.stop()

    def refresh(self) -> None:
        """Ask the database where the desk stands."""
        if self._runner.desk is None:
            return
        self._runner.read(_status, on_done=self._show, on_error=lambda error: None, owner=self)

    def sync_now(self) -> None:
        """Reconcile now, unless that is under way already or the desk has no centre."""
        if self.running is not None or self.status is None or not self.status.enrolled:
            return
        self.running = self._runner.network(
            self._line.sync, self._runner.desk, on_done=self._done, on_error=self._failed,
            on_progress=self.progress.emit)
        self.changed.emit()

    def enrol(self, url: str, code: str, on_done: Callable[[Any], None],
              on_error: Callable[[KnownError], None]) -> None:
        """Register this desk at a centre, then reconcile for the first time."""

        def registered(result: Any) -> None:
            self.online = True
            on_done(result)
            self.refresh()
            self.status_once(self.sync_now)

        self._runner.network(sync_bridge.enrol, self._runner.desk, url, code, on_done=registered, on_error=on_error)

    def status_once(self, then: Callable[[], None]) -> None:
        """Call ``then`` after the next answer of the database."""

        def once() -> None:
            self.changed.disconnect(once)
            then()

        self.changed.connect(once)

    def waiting_sentence(self, pending: int) -> str:
        """Say how much waits here; ``self.tr`` is the one form whose plurals lupdate finds."""
        if not pending:
            return self.tr("本机的改动都已送达中心。")
        return self.tr("%n 项改动已保存在本机，尚未送达中心。", "", pending)

    def _regular_sync(self) -> None:
        self._regular.start(self._minutes * 60_000)  # a round says when the next one is due; without one, like this
        if self._runner.desk is not None and not self._runner.desk.locked:
            self.sync_now()

    def _time_next(self, outcome: Any) -> None:
        """Try again when it is due: soon after a first failure, later and later while it goes on failing."""
        if self._look.isActive():
            self._pace = self._pace or sync_bridge.pace(self._minutes)
            self._regular.start(round(self._pace.after(outcome) * 1000))

    def _show(self, status: Any) -> None:
        self.status = status
        self.changed.emit()

    def _done(self, report: Any) -> None:
        self.running, self.online = None, True
        self.last_report, self.last_error = report, None
        self._time_next(report)
        self._changes.changed.emit(report.changes, None)
        self.refresh()
        self.changed.emit()
        self.ended.emit(report)

    def _failed(self, error: KnownError) -> None:
        self.running = None
        self.online = self.online and not isinstance(error, OfflineError)
        self.last_error = error
        self._time_next(error)
        if error.partial is not None:
            self._changes.changed.emit(error.partial.changes, None)
        self.refresh()
        self.changed.emit()
        self.ended.emit(error)


def _status(read: Any) -> Any:
    """Ask where the desk stands; what that needs is loaded in the worker, not before the first window."""
    from zzdesk.desk.queries import status

    return status(read)
