"""Measures how long the main thread goes without answering its event loop, and where it stood meanwhile.

Time during which the machine simply gave the core to another process does not count (Linux tells it in schedstat),
so that a busy CI machine does not fail a test of ours. That holds for every thread of the program: while a worker holds
the interpreter's lock and has no core, the main thread waits for the machine, not for the worker.

A program of its own that starts from nothing reads hundreds of files and waits for the disk, which nothing tells apart
from being held.  ``own_work`` asks less and asks it firmly: how long the main thread itself was at work without a look.
"""

from __future__ import annotations

import contextlib
import gc
import sys
import threading
import time
import traceback
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, QTimer

_TICK_MS = 5


@dataclass(frozen=True)
class Block:
    """One stretch without an answer: its length in milliseconds and the stack seen inside it."""

    milliseconds: float
    stack: str

    def __str__(self) -> str:
        return f"{self.milliseconds:.0f} ms in\n{self.stack}"


class Watchdog:
    """Call ``start()`` when the window is up; use it only around real events, never around waiting of the test."""

    def __init__(self, budget_ms: float, *, own_work: bool = False) -> None:
        self.budget_ms = budget_ms
        self._own_work = own_work
        self.blocks: list[Block] = []
        self.ticks = 0
        self._main = threading.get_ident()
        self._threads = Path("/proc/self/task")
        self._over = threading.Event()
        self._stack = ""
        self._sampler: threading.Thread | None = None
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)

    def start(self) -> None:
        """Begin to watch. What the test run has piled up is no part of the program and is not collected meanwhile."""
        gc.collect()
        gc.freeze()
        self._last = (time.perf_counter(), self._waited_for_core())
        self._worked = time.thread_time()
        self._sampler = threading.Thread(target=self._sample, name="watchdog")
        self._sampler.start()
        self._timer.start(_TICK_MS)

    def stop(self) -> None:
        """Stop watching; harmless when it is not running."""
        if self._sampler is None:
            return
        self._tick()
        gc.unfreeze()
        self._timer.stop()
        self._over.set()
        self._sampler.join()
        self._sampler = None

    def _tick(self) -> None:
        now, waited = time.perf_counter(), self._waited_for_core()
        starved = sum(max(0.0, seconds - self._last[1].get(thread, 0.0)) for thread, seconds in waited.items())
        before, self._worked = self._worked, time.thread_time()
        worked = (self._worked - before) * 1000
        # Several threads may have waited for one core at the same time: what the main thread did is no waiting.
        gap = worked if self._own_work else max(worked, (now - self._last[0] - starved) * 1000)
        if gap > self.budget_ms + _TICK_MS:
            self.blocks.append(Block(gap, self._stack))
        self._last = (now, waited)
        self._stack = ""
        self.ticks += 1

    def _waited_for_core(self) -> dict[str, float]:
        """Return the seconds each thread was ready to run and had no core; nothing where the system does not tell."""
        waited = {}
        for thread in self._threads.glob("*/schedstat"):
            with contextlib.suppress(OSError):  # it has ended meanwhile
                waited[thread.parent.name] = int(thread.read_text().split()[1]) / 1e9
        return waited

    def _sample(self) -> None:
        while not self._over.wait(_TICK_MS / 1000):
            if (time.perf_counter() - self._last[0]) * 1000 > self.budget_ms / 2 and not self._stack:
                self._stack = _stack_of(self._main)


def _stack_of(thread: int) -> str:
    """Return where a thread stands; its frames are let go at once, since they hold what it paints with."""
    frame = sys._current_frames().get(thread)
    return "".join(traceback.format_stack(frame)[-6:]) if frame else ""
