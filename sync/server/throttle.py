"""Token buckets: how much one device, or one address that has not shown who it is, may ask for (hazard 36).

They lie in the memory of one worker: with several workers the limit is that much more generous, which costs less than a
row that every request would write.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass
from math import ceil
from typing import Final

from zzdesk.clock import Clock

_KEPT: Final = 20_000
"""Buckets kept at most; one that is forgotten is full again, so the longest unused goes first."""


@dataclass(frozen=True)
class Rate:
    """``burst`` requests at once, then ``per_s`` a second."""

    burst: float
    per_s: float


class Throttle:
    """Buckets by name, filled by the injected clock; safe to use from several threads."""

    def __init__(self, clock: Clock, rate: Rate) -> None:
        self._clock = clock
        self._rate = rate
        self._lock = threading.Lock()
        self._buckets: OrderedDict[str, tuple[float, int]] = OrderedDict()

    def take(self, name: str) -> int:
        """Take one token; return 0, or the whole seconds to wait where the bucket is empty (nothing is taken then)."""
        with self._lock:
            left = self._left(name)
            wait = 0 if left >= 1 else ceil((1 - left) / self._rate.per_s)
            self._keep(name, left if wait else left - 1)
            return wait

    def _left(self, name: str) -> float:
        left, at = self._buckets.get(name, (self._rate.burst, self._clock.monotonic_ms()))
        gained = max(0, self._clock.monotonic_ms() - at) / 1000 * self._rate.per_s
        return min(self._rate.burst, left + gained)

    def _keep(self, name: str, left: float) -> None:
        self._buckets[name] = (left, self._clock.monotonic_ms())
        self._buckets.move_to_end(name)
        if len(self._buckets) > _KEPT:
            self._buckets.popitem(last=False)
