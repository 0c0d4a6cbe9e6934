"""Measures how long the main thread is kept from drawing: the time between two waits of the event loop."""

from __future__ import annotations

import time
from collections import deque
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QAbstractEventDispatcher, QObject

BUDGET_MS: Final = 50.0


@dataclass(frozen=True)
class Block:
    """One stretch in which the main thread did not wait: wall and processor time in milliseconds."""

    wall_ms: float
    cpu_ms: float


class Watchdog(QObject):
    """Watches the event loop of the thread that makes it; ``longest`` is the worst stretch since ``reset``.

    ``cpu_ms`` is what the thread itself used; ``wall_ms`` also counts locks, input and output, and other programs.
    """

    def __init__(self, parent: QObject | None = None, keep: int = 200) -> None:
        super().__init__(parent)
        self._awake_at: tuple[float, float] | None = None
        self.blocks: deque[Block] = deque(maxlen=keep)
        dispatcher = QAbstractEventDispatcher.instance()
        if dispatcher is None:
            raise RuntimeError("no event loop in this thread yet")
        dispatcher.awake.connect(self._awake)
        dispatcher.aboutToBlock.connect(self._about_to_wait)

    def reset(self) -> None:
        """Forget what was measured."""
        self.blocks.clear()
        self._awake_at = None

    @property
    def longest(self) -> Block:
        """The stretch that used most of the main thread; zero when none was seen."""
        return max(self.blocks, key=lambda block: block.cpu_ms, default=Block(0.0, 0.0))

    def over_budget(self, budget_ms: float = BUDGET_MS) -> list[Block]:
        """Return the stretches above the budget, by processor time so that a busy machine is not blamed on us."""
        return [block for block in self.blocks if block.cpu_ms > budget_ms]

    def _awake(self) -> None:
        if self._awake_at is None:
            self._awake_at = (time.perf_counter(), time.thread_time())

    def _about_to_wait(self) -> None:
        if self._awake_at is None:
            return
        wall, cpu = self._awake_at
        self._awake_at = None
        self.blocks.append(Block((time.perf_counter() - wall) * 1000, (time.thread_time() - cpu) * 1000))
