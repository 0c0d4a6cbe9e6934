"""Time and new ids come from here only, so that tests can say what time it is."""

from __future__ import annotations

import os
import secrets
import threading
import time
import uuid
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Final, Protocol
from zoneinfo import ZoneInfo

RecordId = str
"""A lower-case UUID string, version 7 for records and operations."""


class Clock(Protocol):
    """Where time and new ids come from."""

    def now(self) -> datetime:
        """Return the wall time: aware, UTC, cut to milliseconds."""

    def monotonic_ms(self) -> int:
        """Return milliseconds that never go back while the machine is up."""

    @property
    def boot_id(self) -> str:
        """Return an id of this start of the machine, to which monotonic times belong."""

    def new_id(self) -> RecordId:
        """Return a new UUIDv7; later ids sort after earlier ones on one desk."""


def to_iso(moment: datetime) -> str:
    """Return an aware datetime as ``2026-11-23T01:14:03.123Z``."""
    if moment.tzinfo is None:
        raise ValueError("naive datetime")
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def from_iso(text: str) -> datetime:
    """Return the aware datetime of an ISO 8601 text with an offset.

    Raises:
        ValueError: not ISO 8601, or without an offset.
    """
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(text)
    return moment.astimezone(UTC)


OFFICE_TIME: Final = ZoneInfo("Asia/Shanghai")
"""The offices' own time: papers, numbers and deadlines carry its dates."""


def local(moment: datetime) -> datetime:
    """Return a moment in the offices' time."""
    return moment.astimezone(OFFICE_TIME)


def local_day(moment: datetime) -> date:
    """Return the offices' date of a moment."""
    return local(moment).date()


def _cut(moment: datetime) -> datetime:
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


@lru_cache(maxsize=1)
def _boot_id() -> str:
    source = Path("/proc/sys/kernel/random/boot_id")
    if source.exists():
        return source.read_text().strip()[:8]
    started = int(time.time() - time.monotonic())
    return f"{started // 60:x}"


class SystemClock:
    """The machine's own clock."""

    boot_id = property(lambda self: _boot_id())

    def now(self) -> datetime:
        """Return the wall time in UTC."""
        return _cut(datetime.now(UTC))

    def monotonic_ms(self) -> int:
        """Return milliseconds since the machine started."""
        return time.monotonic_ns() // 1_000_000

    def new_id(self) -> RecordId:
        """Return a new UUIDv7; those of one millisecond count up from a random number (RFC 9562, section 6.2)."""
        return _ids.next()


class _Ids:
    """Counts within a millisecond, so that ids made together differ little: they sort, and they travel in few bytes."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._ms = 0
        self._rest = 0
        self._process = 0

    def next(self) -> RecordId:
        """Return an id greater than all before it in this process, whichever way the clock goes."""
        ms, process = time.time_ns() // 1_000_000, os.getpid()
        with self._lock:
            if ms > self._ms or process != self._process:
                self._ms, self._rest, self._process = max(ms, self._ms), secrets.randbits(73), process
            else:
                self._rest += 1
            high, low = self._rest >> 62, self._rest & _LOW
            text = f"{self._ms << 80 | 7 << 76 | high << 64 | 2 << 62 | low:032x}"
        return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


_LOW: Final = 2**62 - 1
_ids = _Ids()


class FixedClock:
    """A clock that stands still until it is moved: for tests, demonstrations and test homes.

    Ids carry the clock's own time and count up, so that a run repeats exactly when ``salt`` is the same.
    """

    def __init__(self, start: datetime, salt: int = 0) -> None:
        self._now = _cut(start.astimezone(UTC))
        self._start = self._now
        self._count = 0
        self._salt = salt
        self.boot_id = f"fixed{salt}"

    def now(self) -> datetime:
        """Return the time it was set to."""
        return self._now

    def monotonic_ms(self) -> int:
        """Return milliseconds since the clock was made."""
        return int((self._now - self._start).total_seconds() * 1000)

    def advance(self, seconds: float) -> None:
        """Move on by ``seconds``."""
        self._now = _cut(self._now + timedelta(seconds=seconds))

    def set(self, moment: datetime) -> None:
        """Jump to ``moment``, forwards or back (a clock set wrongly does that)."""
        self._now = _cut(moment.astimezone(UTC))

    def new_id(self) -> RecordId:
        """Return a UUIDv7 made of the time, the salt and a counter."""
        self._count += 1
        value = (int(self._now.timestamp() * 1000) & (2**48 - 1)) << 80
        value |= 0x7 << 76 | ((self._count >> 12) & 0xFFF) << 64
        value |= 0x2 << 62 | (self._count & 0xFFF) << 50 | (self._salt & 0xFFFFFFFF)
        return str(uuid.UUID(int=value))
