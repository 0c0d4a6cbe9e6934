"""The first look at a home whose key is at hand: what the first window shows, read before the heavy libraries load.

:func:`glance` reads with plain SQL the lines that :func:`zzdesk.desk.workbench.overview` would answer; a test holds
the two together.  The counts come with the ordinary answer: they read every record, which is too long to wait for.
:class:`EarlyDesk` then stands for the desk until its first use, which logs in as always: with the lock, the audit and
every check.  Nothing is written before that.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import msgspec

from zzdesk.accounts.rights import allowed
from zzdesk.actor import Actor, account_id
from zzdesk.clock import Clock, from_iso
from zzdesk.desk.facts import Facts, facts_for
from zzdesk.desk.overview import (
    CATEGORIES,
    DETAILS,
    LINES,
    OPEN_STATES,
    TITLES,
    Entry,
    Overview,
    arranged,
    entry_of,
)
from zzdesk.desk.timing import clock_for
from zzdesk.errors import BugError, KnownError
from zzdesk.paths import HomePaths
from zzdesk.settings import HomeInfo, load_info
from zzdesk.store.locks import shared
from zzdesk.store.migrations import REVISIONS
from zzdesk.store.raw import raw, revision_of

if TYPE_CHECKING:
    from zzdesk.desk.session import Desk

_TABLES: Final = {"report": "report", "posting": "posting", "case": "mediation_case"}
_URGENT: Final = frozenset({"report"})
"""Kinds whose records have an urgency."""

_WAIT: Final = 5.0
_OPEN_WORK: Final = (
    "SELECT {columns} FROM {table} WHERE state IN ({states}) AND (voided IS NULL OR voided IS 0)"
    " ORDER BY created_at DESC, id DESC LIMIT {limit}"
)


class EarlyDesk:
    """A desk that logs in at its first use, in the thread that uses it; a failure is raised at every use.

    Where it lies, its clock and its warnings can be asked before that.
    """

    def __init__(self, home: Path, login: str, key: bytes, clock: Clock, info: HomeInfo) -> None:
        self.home, self.login, self.clock, self.info = home, login, clock, info
        self._key = key
        self._opening = threading.Lock()
        self._desk: Desk | None = None
        self._failure: KnownError | None = None
        self._closed = False

    @property
    def opened(self) -> Desk:
        """The open desk; the first who asks waits for it.

        Raises:
            KnownError: what opening it was refused with.
        """
        with self._opening:
            if self._failure is not None:
                raise self._failure
            if self._desk is None:
                self._desk = self._open()
            return self._desk

    @property
    def warnings(self) -> list[str]:
        """What was noticed when logging in; nothing yet before that."""
        return [] if self._desk is None else self._desk.warnings

    @property
    def locked(self) -> bool:
        """Whether the key has been put away."""
        return self._desk is not None and self._desk.locked

    def close(self) -> None:
        """Log out, if anybody has logged in."""
        with self._opening:
            self._closed, self._key = True, b""
            if self._desk is not None:
                self._desk.close()

    def __getattr__(self, name: str) -> Any:
        return getattr(self.opened, name)

    def _open(self) -> Desk:
        import zzdesk.catalogue  # noqa: F401 - from now on every kind of record is known
        from zzdesk.desk.session import open_desk_with_key

        if self._closed:
            raise BugError("a desk was used after it had been closed")
        try:
            desk = open_desk_with_key(self.home, self.login, self._key, self.clock)
        except KnownError as error:
            self._failure = error
            raise
        self._key = b""
        return desk


@dataclass(frozen=True)
class Glance:
    """A desk that opens at its first use, who will be logged in, and the lines of the first page (no counts)."""

    desk: EarlyDesk
    facts: Facts
    overview: Overview


def glance(home: Path, login: str | None, key: bytes, clock: Clock | None = None) -> Glance | None:
    """Read what the first window shows; None where opening the home takes more (an upgrade, or a refusal to tell).

    Raises:
        NotFoundError: there is no home here.
        BrokenDatabaseError: the database cannot be read with this key.
        BusyError: the database is being replaced.
    """
    paths = HomePaths(home)
    info = load_info(paths.info)
    name = login or info.first_login
    with shared(paths.in_use, _WAIT), raw(paths.database, key) as connection:
        connection.execute("PRAGMA query_only = ON")
        connection.execute("BEGIN")
        if revision_of(connection) != REVISIONS[-1]:
            return None
        actor = _actor(connection, info.station, name)
        if actor is None:
            return None
        found = _lines(connection) if allowed(actor.roles, "record.read") else Overview()
    return Glance(
        EarlyDesk(home, name, key, clock or clock_for(info.test), info), facts_for(actor, info), found
    )


def _actor(connection: Any, station: str, login: str) -> Actor | None:
    """Return who a login is; None for an account that may not log in, which the ordinary way says and audits."""
    query = (
        "SELECT id, login, display_name, roles FROM account"
        " WHERE id = ? AND disabled IS NOT 1 AND (voided IS NULL OR voided IS 0)"
    )
    row = connection.execute(query, (account_id(station, login),)).fetchone()
    if row is None:
        return None
    roles = msgspec.json.decode(row[3] or "[]", type=frozenset[str])
    return Actor(row[0], row[1], row[2], roles, station)


def _lines(connection: Any) -> Overview:
    return arranged({}, [entry for kind in _TABLES for entry in _entries(connection, kind)], LINES)


def _entries(connection: Any, kind: str) -> list[Entry]:
    urgency = ("urgency",) if kind in _URGENT else ()
    columns = ("id", "created_at", "state", *TITLES[kind], *DETAILS[kind], CATEGORIES[kind], *urgency)
    states = OPEN_STATES[kind]
    query = _OPEN_WORK.format(
        columns=", ".join(columns), table=_TABLES[kind], states=", ".join("?" * len(states)), limit=LINES
    )
    rows = [dict(zip(columns, row, strict=True)) for row in connection.execute(query, states)]
    return [entry_of(kind, {**row, "created_at": from_iso(row["created_at"])}) for row in rows]
