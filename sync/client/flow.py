"""How fast bytes of files may go: a token bucket over the injected clock, and chunks fitted to the line."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

from sync.client.transport import STALLED
from zzdesk.clock import Clock
from zzdesk.errors import OfflineError

SMALLEST: Final = 16 * 1024
LARGEST: Final = 4 * 1024 * 1024
_FIRST: Final = 256 * 1024
_QUICK_MS: Final = 2_000
_SLOW_MS: Final = 8_000


class Pace:
    """Lets ``rate`` bytes a second through, 0 for all that the line takes. ``wait`` sleeps for seconds and may be woken."""

    def __init__(self, rate: int, clock: Clock, wait: Callable[[float], object]) -> None:
        self._rate, self._clock, self._wait = rate, clock, wait
        self._free_at = clock.monotonic_ms()

    @property
    def chunk(self) -> int:
        """Return how many bytes a chunk may have so that it does not take longer than a slow one."""
        return max(SMALLEST, self._rate * _SLOW_MS // 1000) if self._rate else LARGEST

    def take(self, size: int) -> None:
        """Wait until ``size`` bytes may go. A pause earns nothing beyond the moment: no burst follows it."""
        if not self._rate:
            return
        now = self._clock.monotonic_ms()
        start = max(now, self._free_at)
        self._free_at = start + size * 1000 // self._rate
        if start > now:
            self._wait((start - now) / 1000)


class ChunkSize:
    """How large the next chunk is: doubled while the line is quick, halved when it is slow or broke off.

    A chunk that is cut off is lost as a whole, since its checksum cannot be proved; on a bad line it has to be small.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.size = _FIRST
        self._begun = 0

    def begin(self) -> None:
        """A chunk goes out."""
        self._begun = self._clock.monotonic_ms()

    def arrived(self) -> None:
        """The centre has taken it."""
        took = self._clock.monotonic_ms() - self._begun
        if took < _QUICK_MS:
            self.size = min(LARGEST, self.size * 2)
        elif took > _SLOW_MS:
            self.size = max(SMALLEST, self.size // 2)

    def broke(self) -> None:
        """The line broke off under it."""
        self.size = max(SMALLEST, self.size // 4)


class Progress:
    """Ends what only trickles: so little in ``window_s`` seconds that it would never come to an end (hazard 35).

    The machine's own clock is asked, not the desk's: a network is slow in no other time.
    """

    def __init__(self, window_s: float, least: int = SMALLEST) -> None:
        self._window_s, self._least = window_s, least
        self._until, self._came = time.monotonic() + window_s, 0

    def arrived(self, size: int) -> None:
        """Count bytes.

        Raises:
            OfflineError: too few of them in the time that is over.
        """
        self._came += size
        if time.monotonic() > self._until:
            if self._came < self._least:
                raise OfflineError(STALLED)
            self._until, self._came = time.monotonic() + self._window_s, 0
