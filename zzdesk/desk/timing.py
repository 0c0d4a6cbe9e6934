"""The clock of a desk: the machine's, or in a test home the one that the environment names."""

from __future__ import annotations

import os
import time
from datetime import UTC, datetime, timedelta
from typing import Final

from zzdesk.clock import Clock, SystemClock, from_iso
from zzdesk.errors import InvalidError
from zzdesk.i18n import N_

NOW_VARIABLE: Final = "ZZDESK_NOW"


class TestHomeClock(SystemClock):
    """The clock of a test home: starts at ZZDESK_NOW and goes on from there, monotonic time with it."""

    __test__ = False
    boot_id = "test"

    def __init__(self, start: datetime) -> None:
        self._start = start.astimezone(UTC)
        self._since = time.monotonic()

    def now(self) -> datetime:
        """Return the wall time in UTC, cut to milliseconds."""
        moment = self._start + timedelta(seconds=time.monotonic() - self._since)
        return moment.replace(microsecond=moment.microsecond // 1000 * 1000)

    def monotonic_ms(self) -> int:
        """Return milliseconds that follow the wall time, so that a later ZZDESK_NOW is later here too."""
        return int(self.now().timestamp() * 1000)


def clock_for(test: bool) -> Clock:
    """The machine's clock; in a test home ZZDESK_NOW (ISO 8601 with an offset) sets it."""
    named = os.environ.get(NOW_VARIABLE)
    if not named or not test:
        return SystemClock()
    try:
        return TestHomeClock(from_iso(named))
    except ValueError:
        raise InvalidError.one(NOW_VARIABLE, N_("应为带时区的时间，例如2026-11-23T09:14:03+08:00")) from None
