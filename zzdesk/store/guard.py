"""Counts failed log-ins while the database is closed, and locks a name for ten minutes after five of them.

The counters live in a sealed sidecar file, so that they survive a restart and a change to them shows.  The key of
the seal lies beside it (nothing can be opened yet when it is needed): the seal stops edits by hand and finds broken
bytes; that an *older copy* was put back is found after the next unlock, when the number of the last event is
compared with the one that the database remembers (``zzdesk.store.audit``).

A name is kept as a keyed hash, because people type their password into the wrong field.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from zzdesk.clock import Clock, from_iso, to_iso
from zzdesk.errors import LockedOutError
from zzdesk.i18n import N_
from zzdesk.store.files import write_private
from zzdesk.store.locks import exclusive
from zzdesk.typed import read

FAILURES: Final = 5
LOCK_FOR: Final = timedelta(minutes=10)
_KEPT_EVENTS: Final = 1000
_KEPT_NAMES: Final = 200
_NONCE: Final = 12
_LABEL: Final = b"zzdesk guard 1"
_EVERYBODY: Final = "*"
_WAIT: Final = 10.0

LOCKED: Final = N_("密码错误次数过多，请在 {minutes} 分钟后再试。")


class Tally(msgspec.Struct):
    """Failures of one name since its last success, and the lock that follows from them.

    ``kept``: other names push it out never. ``since``: when the failures of an :class:`Overall` began to be counted.
    """

    failures: int = 0
    until: str | None = None
    until_ms: int = 0
    boot: str = ""
    kept: bool = False
    since: str | None = None


@dataclass(frozen=True)
class Overall:
    """Failures of all names together: so many ``within`` a time lock them all, and from then on each further one does.

    A success takes its own attempt back and no other: who has one right answer tries no others by it.
    """

    name: str
    most: int
    within: timedelta


class GuardEvent(msgspec.Struct, frozen=True):
    """Something that happened while the database was closed: ``failed``, ``locked`` or ``tampered``."""

    number: int
    at: str
    name: str
    what: str


class _State(msgspec.Struct):
    number: int = 0
    tallies: dict[str, Tally] = msgspec.field(default_factory=dict)
    events: list[GuardEvent] = msgspec.field(default_factory=list)


class Guard:
    """The failure counters of one home."""

    def __init__(self, path: Path, key: bytes, clock: Clock) -> None:
        self._path = path
        self._key = key
        self._clock = clock

    def name_of(self, login: str) -> str:
        """The keyed hash under which a login is counted."""
        return hmac.new(self._key, login.encode(), hashlib.sha256).hexdigest()[:24]

    def create(self) -> None:
        """Write the first, empty sidecar; from then on a missing one means that somebody removed it."""
        self._write(_State())

    def check(self, login: str) -> None:
        """Refuse while the name is locked.

        Raises:
            LockedOutError: how many minutes are left.
        """
        with self._changing() as state:
            self._refuse_locked(state, self.name_of(login))

    def attempt(self, login: str, *, kept: bool = False, overall: Overall | None = None) -> None:
        """Count one attempt as failed *before* the password is tried, so that killing the program undoes nothing.

        Args:
            login: the name.
            kept: however many other names fail, this one's failures are not forgotten.
            overall: counts it among those of all names, too.

        Raises:
            LockedOutError: the name is locked, or all are; the attempt is not tried.
        """
        name = self.name_of(login)
        with self._changing() as state:
            self._refuse_locked(state, name, *([self.name_of(overall.name)] if overall else []))
            if overall is not None:
                self._attempt_overall(state, overall)
            tally = state.tallies.pop(name, Tally(kept=kept))
            tally.failures += 1
            state.tallies[name] = tally
            self._record(state, name, "failed")
            if tally.failures >= FAILURES:
                self._lock(tally)
                self._record(state, name, "locked")
            self._bound(state)

    def _attempt_overall(self, state: _State, overall: Overall) -> None:
        name, now = self.name_of(overall.name), self._clock.now()
        tally = state.tallies.get(name)
        if tally is None or not timedelta(0) <= now - from_iso(tally.since or "") < overall.within:
            tally = state.tallies[name] = Tally(kept=True, since=to_iso(now))
        tally.failures += 1
        if tally.failures >= overall.most:
            self._lock(tally)
            self._record(state, name, "locked")

    def succeed(self, login: str, *, overall: Overall | None = None) -> None:
        """Take the last attempt back: the password was right."""
        name = self.name_of(login)
        with self._changing() as state:
            state.tallies.pop(name, None)
            self._forget_attempt(state, name)
            tally = state.tallies.get(self.name_of(overall.name)) if overall else None
            if overall is not None and tally is not None:
                tally.failures, tally.until = max(0, tally.failures - 1), None
                if state.events and state.events[-1].name == self.name_of(overall.name):
                    state.events.pop()

    def names(self) -> int:
        """Return how many names are counted at this moment."""
        with self._changing() as state:
            return len(state.tallies)

    def events(self) -> list[GuardEvent]:
        """What happened since the events were last taken, oldest first."""
        with self._changing() as state:
            return list(state.events)

    def number(self) -> int:
        """The number of the last event ever recorded; it never goes down."""
        with self._changing() as state:
            return state.number

    def forget(self, up_to: int) -> None:
        """Drop the events that are now in the audit table."""
        with self._changing() as state:
            state.events = [event for event in state.events if event.number > up_to]

    @contextmanager
    def _changing(self) -> Iterator[_State]:
        with exclusive(self._path.with_suffix(".lock"), _WAIT):
            state = self._read()
            before = msgspec.json.encode(state)
            try:
                yield state
            finally:
                if msgspec.json.encode(state) != before:
                    self._write(state)

    def _read(self) -> _State:
        try:
            sealed = self._path.read_bytes()
            plain = ChaCha20Poly1305(self._key).decrypt(sealed[:_NONCE], sealed[_NONCE:], _LABEL)
            return read(plain, _State)
        except (FileNotFoundError, InvalidTag, ValueError):
            return self._tampered()

    def _tampered(self) -> _State:
        """Start again with everybody locked: removing the counters must not be a way to more attempts."""
        state = _State(number=int(self._clock.now().timestamp()))
        tally = Tally()
        self._lock(tally)
        state.tallies[_EVERYBODY] = tally
        self._record(state, _EVERYBODY, "tampered")
        self._write(state)
        return state

    def _write(self, state: _State) -> None:
        nonce = os.urandom(_NONCE)
        write_private(
            self._path, nonce + ChaCha20Poly1305(self._key).encrypt(nonce, msgspec.json.encode(state), _LABEL)
        )

    def _record(self, state: _State, name: str, what: str) -> None:
        state.number += 1
        state.events.append(GuardEvent(state.number, to_iso(self._clock.now()), name, what))

    @staticmethod
    def _forget_attempt(state: _State, name: str) -> None:
        """Remove the latest attempt's events; its number stays used."""
        while state.events and state.events[-1].name == name and state.events[-1].what == "locked":
            state.events.pop()
        if state.events and state.events[-1].name == name:
            state.events.pop()

    def _bound(self, state: _State) -> None:
        state.events = state.events[-_KEPT_EVENTS:]
        for name in list(state.tallies)[:-_KEPT_NAMES]:
            tally = state.tallies[name]
            if not tally.kept and (tally.until is None or self._left(tally) <= timedelta(0)):
                del state.tallies[name]

    def _lock(self, tally: Tally) -> None:
        tally.until = to_iso(self._clock.now() + LOCK_FOR)
        tally.until_ms = self._clock.monotonic_ms() + int(LOCK_FOR.total_seconds() * 1000)
        tally.boot = self._clock.boot_id

    def _refuse_locked(self, state: _State, *names: str) -> None:
        for which in (_EVERYBODY, *names):
            tally = state.tallies.get(which)
            if tally is None or tally.until is None:
                continue
            left = self._left(tally)
            if left > timedelta(0):
                raise LockedOutError(LOCKED, minutes=-(-int(left.total_seconds()) // 60) or 1)
            if tally.since is None:
                del state.tallies[which]
            else:  # of all names together: it is only forgotten with its time
                tally.until = None

    def _left(self, tally: Tally) -> timedelta:
        """How long a lock still holds: by the wall clock, and in the same boot by the one that nobody can set.

        A lock never holds longer than ten minutes: one set while the clock was years ahead would otherwise.
        """
        until: datetime = from_iso(tally.until or "")
        by_wall = until - self._clock.now()
        if by_wall > LOCK_FOR:
            self._lock(tally)
            return LOCK_FOR
        if tally.boot == self._clock.boot_id:
            by_ticks = timedelta(milliseconds=tally.until_ms - self._clock.monotonic_ms())
            return max(by_wall, min(by_ticks, LOCK_FOR))
        return by_wall
