"""Who is served next: a few requests are worked on at a time, and what a person waits for goes in front (8.9, hazard 36).

Many at once would only share one interpreter and one clock row: each would take as long as all of them together.
Urgency is said as RFC 9218 has it, and believed of small requests only.  Who has been passed over often enough is next,
whatever it is: no stream of readers keeps a push waiting for ever.
"""

from __future__ import annotations

import asyncio
import heapq
import itertools
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

PLACES: Final = 4
"""Requests that are worked on at a time, in each worker."""
RESERVED: Final = 2
"""Places beside them for what is urgent: it does not even wait for one that has begun."""
PATIENCE: Final = 24
"""How many others may pass in front of one that waits."""
SMALL: Final = 16 * 1024
"""Bytes of an urgent request at most: a claim has less than two thousand."""
WORK: Final = 3
"""A push without another word; what only reads is shorter and goes before it."""
READING: Final = 2
_Waiting = tuple[int, int, "asyncio.Future[None]"]
"""A number that grows with the level and with the time of arrival, the level, and what calls it in."""
_SAID: Final = re.compile(r"(?:^|,)\s*u=([0-7])\s*(?:,|$)")


def urgency(priority: str | None, size: int, ordinary: int = WORK) -> int:
    """Return 0 (first) to 7 out of a ``Priority`` header; what is large is no more urgent than anything else."""
    said = _SAID.search(priority or "")
    level = int(said[1]) if said else ordinary
    return level if size <= SMALL else max(level, ordinary)


class Turns:
    """Gives out places, the urgent first and then by level and the order of asking. Used on one event loop."""

    def __init__(self, places: int = PLACES, reserved: int = RESERVED) -> None:
        self._places, self._reserved = places, reserved
        self._taken = 0
        self._arrived = itertools.count()
        self._urgent: list[_Waiting] = []
        self._waiting: list[_Waiting] = []

    @asynccontextmanager
    async def turn(self, level: int) -> AsyncIterator[None]:
        """Wait for a place, hold it for the block, give it to whoever is next."""
        if self._is_free(level):
            self._taken += 1
        else:
            await self._wait(level)
        try:
            yield
        finally:
            self._taken -= 1
            self._call_in()

    def _is_free(self, level: int) -> bool:
        return self._taken < self._places + (self._reserved if level < READING else 0)

    async def _wait(self, level: int) -> None:
        called = asyncio.get_running_loop().create_future()
        # Each level weighs as much as so many arrivals: whoever comes later than that is behind.
        place = next(self._arrived) + level * PATIENCE
        heapq.heappush(self._urgent if level < READING else self._waiting, (place, level, called))
        try:
            await called
        except asyncio.CancelledError:
            if called.done() and not called.cancelled():  # it was its turn already: somebody else gets the place
                self._taken -= 1
                self._call_in()
            raise

    def _call_in(self) -> None:
        for line in (self._urgent, self._waiting):
            while line and self._is_free(line[0][1]):
                _, _, called = heapq.heappop(line)
                if not called.done():
                    self._taken += 1
                    called.set_result(None)
