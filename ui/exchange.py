"""The exchange with the centre as the windows see it: in reach or not, what waits, when it last went through."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from PySide6.QtCore import QObject, QTimer, Signal

from ui import sync_bridge
from ui.changes import Changes
from ui.runner import Runner, Task
from zzdesk.errors import KnownError, OfflineError

LOOK_AGAIN_MS: Final = 30_000
WATCH_MS: Final = 1_000
MOST_AT_ONCE: Final = 100
"""Operations that one answer about what was put aside has at most."""
PATIENCE_S: Final = 30.0
"""So long without a byte or a row is no progress: it is said, and never called sending (hazard 35)."""


@dataclass(frozen=True)
class Found:
    """One page of what the centre told: rows, and the key to go on after."""

    rows: tuple[Any, ...]
    after: str | None


class Exchange(QObject):
    """Knows the desk's standing towards its centre and runs the exchange.

    ``changed()`` whenever what it says has changed; ``progress(done, total)`` while it runs; ``ended(report or error)``.
    ``stuck_since`` is since when a running exchange has not moved; None while it moves.
    """

    changed = Signal()
    progress = Signal(int, int)
    ended = Signal(object)

    def __init__(self, runner: Runner, changes: Changes, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner, self._changes = runner, changes
        self.status: Any = None
        self.online = self.stopping = False
        self.running: Task | None = None
        self.stuck_since: datetime | None = None
        self.step, self.done, self.total = "", 0, 0
        self.last_report: Any = None
        self.last_error: KnownError | None = None
        self.patience_s = PATIENCE_S
        self._line = sync_bridge.Line()
        changes.changed.connect(lambda *_: self.refresh())
        self._look, self._regular, self._watch = QTimer(self), QTimer(self), QTimer(self)
        self._minutes = 1
        self._pace: Any = None
        self._look.setInterval(LOOK_AGAIN_MS)
        self._look.timeout.connect(self.refresh)
        self._regular.setSingleShot(True)
        self._regular.timeout.connect(self._regular_sync)
        self._watch.setInterval(WATCH_MS)
        self._watch.timeout.connect(self._look_for_progress)

    @property
    def standing(self) -> str:
        """Return ``stuck``, ``running``, ``online`` or ``offline``."""
        if self.running is None:
            return "online" if self.online else "offline"
        return "stuck" if self.stuck_since is not None else "running"

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
        self._run(self._line.sync)

    def put_aside(self, after: Any, limit: int, on_page: Callable[[Any], None],
                  on_error: Callable[[KnownError], None], owner: QObject) -> None:
        """Ask the centre what waits for a decision of who is logged in; ``on_page`` gets a page of them."""
        self._runner.network(
            self._line.waiting, self._runner.desk, after, min(limit, MOST_AT_ONCE), owner=owner, on_error=on_error,
            on_done=lambda found: self._reached(on_page, Found(tuple(found.items), found.after)))

    def _reached(self, then: Callable[[Any], None], found: Any) -> None:
        """Hand over what the centre answered: it is in reach."""
        then(found)
        if not self.online:
            self.online = True
            self.changed.emit()

    def decide(self, op_id: str, reason: str, let_through: bool, on_done: Callable[[Any], None],
               on_error: Callable[[KnownError], None], owner: QObject) -> None:
        """Say the word about work that the centre has put aside."""
        self._runner.network(self._line.decide, self._runner.desk, op_id, reason, let_through, on_done=on_done,
                             on_error=on_error, owner=owner)

    def withdraw(self, op_id: str, reason: str, on_done: Callable[[Any], None],
                 on_error: Callable[[KnownError], None], owner: QObject) -> None:
        """Take one's own work back that the centre has put aside."""
        self._runner.network(self._line.withdraw, self._runner.desk, op_id, reason, on_done=on_done, on_error=on_error,
                             owner=owner)

    def hurry(self) -> None:
        """Send what cannot wait (a claim) at once and alone, where there is a centre and nothing else is under way."""
        self._run(self._line.sync_claims)

    def stop_now(self) -> None:
        """End the exchange under way at its next piece of data; nothing is lost, and the next one goes on from there."""
        if self.running is not None and not self.stopping:
            self.stopping = True
            self._line.stop()
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

    def _run(self, work: Callable[..., Any]) -> None:
        if self.running is not None or self.status is None or not self.status.enrolled:
            return
        self.step, self.done, self.total = "", 0, 0
        self.running = self._runner.network(
            work, self._runner.desk, on_done=self._done, on_error=self._failed, on_progress=self._progressed)
        self._watch.start()
        self.changed.emit()

    def _progressed(self, done: int, total: int) -> None:
        self.step, self.done, self.total = self._line.step, done, total
        self.progress.emit(done, total)
        self.changed.emit()

    def _look_for_progress(self) -> None:
        """Say since when nothing has moved; say nothing any more once it moves again."""
        if self.running is None:
            return
        silent = self.running.silent_for()
        stuck = silent > self.patience_s
        if stuck and self.stuck_since is None and self._runner.desk is not None:
            self.stuck_since = self._runner.desk.clock.now() - timedelta(seconds=silent)
            self.changed.emit()
        elif not stuck and self.stuck_since is not None:
            self.stuck_since = None
            self.changed.emit()

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

    def _settled(self) -> None:
        self.running, self.stuck_since, self.stopping = None, None, False
        self._watch.stop()

    def _done(self, report: Any) -> None:
        self._settled()
        self.online = True
        self.last_report, self.last_error = report, None
        self._time_next(report)
        self._changes.changed.emit(report.changes, None)
        self.refresh()
        self.changed.emit()
        self.ended.emit(report)

    def _failed(self, error: KnownError) -> None:
        self._settled()
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
