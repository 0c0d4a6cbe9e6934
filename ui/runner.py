"""Work off the main thread: one worker for the database, one for the network, one for what takes long beside them.

Results come back to the main thread in batches that never hold it longer than ``SLICE_MS``.
"""

from __future__ import annotations

import queue
import threading
import time
from collections import deque
from collections.abc import Callable
from typing import Any, Final

import shiboken6
from PySide6.QtCore import QMetaObject, QObject, Qt, QTimer, Signal, Slot

from ui.changes import Changes
from zzdesk.errors import KnownError, RefusedError
from zzdesk.i18n import N_, current_language, set_language

SLICE_MS: Final = 8
JOIN_SECONDS: Final = 10.0


class Task:
    """One piece of work; ``cancel`` drops its result, and a network function asks ``cancelled`` between steps."""

    def __init__(self, owner: QObject | None, on_done: Callable[[Any], None] | None,
                 on_error: Callable[[KnownError], None] | None,
                 on_progress: Callable[[int, int], None] | None = None) -> None:
        self._stop = threading.Event()
        self._owner = owner
        self.on_done, self.on_error, self.on_progress = on_done, on_error, on_progress
        self.report: Callable[[int, int], None] = lambda done, total: None
        self._moved = time.monotonic()
        self.fault = False
        self.saves = False

    def cancel(self) -> None:
        """Ask the work to stop; neither callback is called any more."""
        self._stop.set()

    def cancelled(self) -> bool:
        """Return whether somebody asked to stop."""
        return self._stop.is_set()

    def moved(self) -> None:
        """Note that the work has made progress, however small; called by the worker."""
        self._moved = time.monotonic()

    def silent_for(self) -> float:
        """Return for how many seconds the work has made no progress."""
        return time.monotonic() - self._moved

    @property
    def wanted(self) -> bool:
        """Whether anybody still waits for the result (a closed page does not)."""
        alive = self._owner is None or shiboken6.isValid(self._owner)
        return alive and not self.cancelled()


class _Worker:
    """A thread with a queue; the language of the windows is carried over to it for each task."""

    def __init__(self, name: str, deliver: Callable[[Task, Callable[[], None]], None]) -> None:
        self._queue: queue.SimpleQueue[tuple[Task, Callable[[], Any]] | None] = queue.SimpleQueue()
        self._deliver = deliver
        self._thread = threading.Thread(target=self._loop, name=name)
        self._held: deque[tuple[Task, Callable[[], Any]]] = deque()
        self._let_go = 0
        self._dropped = 0
        self._thread.start()

    def put(self, task: Task, work: Callable[[], Any]) -> None:
        language = current_language()

        def in_language() -> Any:
            set_language(language)
            return work()

        self._held.append((task, in_language))
        self._queue.put((task, in_language))

    def drop(self) -> None:
        """Drop what the thread has let go of.

        A page or window whose last hold fell in another thread would be destroyed there, which Qt does not allow: until
        the thread has let go, this thread holds on.
        """
        while self._dropped < self._let_go:
            self._held.popleft()
            self._dropped += 1

    def close(self, seconds: float) -> bool:
        self._queue.put(None)
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def _loop(self) -> None:
        while (item := self._queue.get()) is not None:
            task, work = item
            self._deliver(task, self._outcome(task, work))
            del item, task, work
            self._let_go += 1

    @staticmethod
    def _outcome(task: Task, work: Callable[[], Any]) -> Callable[[], None]:
        if task.cancelled() and not task.saves:  # what a person wrote is saved even while the window closes
            return lambda: None
        try:
            result = work()
        except KnownError as error:
            return _call(task.on_error, error)
        except Exception as fault:  # noqa: BLE001 - a fault of ours must reach the crash report on the main thread
            task.fault = True
            return _raising(fault)
        return _call(task.on_done, result)


def _call(callback: Callable[[Any], None] | None, value: Any) -> Callable[[], None]:
    return (lambda: callback(value)) if callback is not None else (lambda: None)


def _raising(fault: Exception) -> Callable[[], None]:
    def raise_here() -> None:
        raise fault

    return raise_here


class Runner(QObject):
    """Runs commands, queries and network work, and hands results to the main thread.

    ``failed(KnownError)`` fires for errors that no caller took; ``busy(int)`` says how many tasks are under way.
    """

    failed = Signal(object)
    busy = Signal(int)

    def __init__(self, changes: Changes, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.changes = changes
        self.desk: Any = None
        self._results: deque[tuple[Task | None, Callable[[], None]]] = deque()
        self._under_way = 0
        self._woken = False
        self._workers: dict[str, _Worker] = {}
        self._closing = False
        self._tasks: set[Task] = set()
        self._last: tuple[Callable[..., Any], tuple[Any, ...]] | None = None
        self._wakes = threading.Lock()

    def read(self, query: Callable[..., Any], *args: Any, on_done: Callable[[Any], None],
             on_error: Callable[[KnownError], None] | None = None, owner: QObject | None = None,
             **kwargs: Any) -> Task:
        """Run a query of the open desk in the database worker."""
        task = self._task(owner, on_done, on_error)
        desk = self._open_desk()
        return self._start("database", task, lambda: desk.read(query, *args, **kwargs))

    def write(self, command: Callable[..., Any], *args: Any, initiator: QObject | None = None,
              on_done: Callable[[Any], None] | None = None,
              on_error: Callable[[KnownError], None] | None = None, **kwargs: Any) -> Task:
        """Run a command of the open desk; tell everybody what changed, then call ``on_done`` with the ChangeSet."""

        def tell(change: Any) -> None:
            if on_done is not None:
                on_done(change)
            self.changes.changed.emit(change, initiator)

        task = self._task(None, tell, on_error)
        task.saves = True
        desk = self._open_desk()
        return self._start("database", task, lambda: desk.write(command, *args, **kwargs))

    def call(self, function: Callable[..., Any], *args: Any, on_done: Callable[[Any], None] | None = None,
             on_error: Callable[[KnownError], None] | None = None, owner: QObject | None = None,
             **kwargs: Any) -> Task:
        """Run any slow function (opening a desk, making a backup) in the database worker."""
        task = self._task(owner, on_done, on_error)
        return self._start("database", task, lambda: function(*args, **kwargs))

    def network(self, function: Callable[..., Any], *args: Any, on_done: Callable[[Any], None] | None = None,
                on_error: Callable[[KnownError], None] | None = None, owner: QObject | None = None,
                on_progress: Callable[[int, int], None] | None = None) -> Task:
        """Run ``function(task, *args)`` in the network worker; it may ask ``task.cancelled()`` and ``task.report``."""
        return self._long("network", self._task(owner, on_done, on_error), function, args, on_progress)

    def aside(self, function: Callable[..., Any], *args: Any, on_done: Callable[[Any], None] | None = None,
              on_error: Callable[[KnownError], None] | None = None, owner: QObject | None = None,
              on_progress: Callable[[int, int], None] | None = None) -> Task:
        """Run ``function(task, *args)`` in a worker for what takes long (an export), beside which lists are still read."""
        return self._long("aside", self._task(owner, on_done, on_error), function, args, on_progress)

    def _long(self, worker: str, task: Task, function: Callable[..., Any], args: tuple[Any, ...],
              on_progress: Callable[[int, int], None] | None) -> Task:
        task.on_progress = on_progress
        task.report = lambda done, total: self._progress(task, done, total)
        return self._start(worker, task, lambda: function(task, *args))

    def finish(self, function: Callable[..., Any], *args: Any) -> None:
        """Run one last thing in the database worker before :meth:`close`, which waits for it."""
        self._last = (function, args)

    def close(self) -> bool:
        """Cancel what waits, let what runs finish, join both threads; True when both ended."""
        self._closing = True
        for task in tuple(self._tasks):
            task.cancel()
        if self._last is not None:
            function, args = self._last
            self._worker("database").put(Task(None, None, None), lambda: function(*args))
        deadline = time.monotonic() + JOIN_SECONDS
        for name, worker in tuple(self._workers.items()):
            if worker.close(max(0.1, deadline - time.monotonic())):
                worker.drop()
                del self._workers[name]
        self._results.clear()
        return not self._workers

    @property
    def idle(self) -> bool:
        """Whether nothing is under way and nothing waits to be delivered."""
        return self._under_way == 0 and not self._results

    def _open_desk(self) -> Any:
        if self.desk is None:
            raise RefusedError(N_("还没有登录"))
        return self.desk

    def _task(self, owner: QObject | None, on_done: Callable[[Any], None] | None,
              on_error: Callable[[KnownError], None] | None) -> Task:
        return Task(owner, on_done, on_error or self.failed.emit)

    def _start(self, worker: str, task: Task, work: Callable[[], Any]) -> Task:
        if self._closing:
            task.cancel()
            return task
        self._tasks.add(task)
        self._under_way += 1
        self.busy.emit(self._under_way)
        self._worker(worker).put(task, work)
        return task

    def _worker(self, name: str) -> _Worker:
        if name not in self._workers:
            self._workers[name] = _Worker(f"zzdesk-{name}", self._deliver)
        return self._workers[name]

    def _deliver(self, task: Task, outcome: Callable[[], None]) -> None:
        """Called in a worker: leave the outcome for the main thread and wake it."""
        self._results.append((task, outcome))
        self._wake()

    def _wake(self) -> None:
        """Ask for one turn of the main thread, unless one has been asked for already: many would starve its timers.

        Called in a worker: a queued call is what Qt allows from there, and the flag has one owner at a time.
        """
        if self._take_turn():
            QMetaObject.invokeMethod(self, "_drain", Qt.ConnectionType.QueuedConnection)

    def _take_turn(self) -> bool:
        """Say whether a turn has to be asked for; from then on one has been."""
        with self._wakes:
            asked, self._woken = self._woken, True
        return not asked

    def _progress(self, task: Task, done: int, total: int) -> None:
        task.moved()
        callback = task.on_progress
        if callback is not None:
            self._results.append((None, lambda: callback(done, total) if task.wanted else None))
            self._wake()

    @Slot()
    def _drain(self) -> None:
        """Hand over results for at most one slice; the rest waits for the next turn of the event loop."""
        with self._wakes:
            self._woken = False  # first: what arrives from now on asks for a turn of its own
        end = time.monotonic() + SLICE_MS / 1000
        try:
            while self._results and time.monotonic() < end:
                task, outcome = self._results.popleft()
                self._finish(task)
                if task is None or task.wanted or task.fault:
                    outcome()
        finally:  # also after a fault: what waits behind it must not wait for ever
            for worker in self._workers.values():
                worker.drop()
            if self._results and self._take_turn():
                QTimer.singleShot(1, self, self._drain)

    def _finish(self, task: Task | None) -> None:
        if task is None:
            return
        self._tasks.discard(task)
        self._under_way -= 1
        self.busy.emit(self._under_way)
