"""When to try the next round: regularly while it works, further and further apart while it does not (hazard 36).

The waits are drawn at random, so that desks that lost the centre together do not come back together.
"""

from __future__ import annotations

from random import Random
from typing import Final

from sync.client.engine import SyncReport
from sync.client.transport import ProblemError
from zzdesk.errors import KnownError

FIRST_S: Final = 5.0
LAST_S: Final = 15 * 60.0
_LEAST_S: Final = 1.0


class Pace:
    """Remembers how often in a row it failed; ``every_s`` is how often the person wants it while all is well."""

    def __init__(self, every_s: float, random: Random | None = None) -> None:
        self.every_s = every_s
        self._random = random or Random()  # noqa: S311 - spreads the desks, protects nothing
        self._failures = 0

    def after(self, outcome: SyncReport | KnownError) -> float:
        """Return the seconds to wait after a round that ended like this.

        Success: what the person chose, or what the centre asks for where that is longer.  Failure: full jitter, from
        5 seconds doubling to 15 minutes, never less than the centre asked for (``Retry-After``).
        """
        if isinstance(outcome, SyncReport):
            self._failures = 0
            return max(self.every_s, outcome.next_poll_s)
        bound = min(LAST_S, FIRST_S * 2.0 ** min(self._failures, 16))
        self._failures += 1
        asked = outcome.retry_after_s if isinstance(outcome, ProblemError) else None
        return max(_LEAST_S, asked or 0.0, self._random.uniform(0, bound))
