"""The first look at a home whose key is at hand: log in, and read what the first window shows, without SQLAlchemy.

:func:`glance` logs in as always (:mod:`zzdesk.desk.arrival`) and reads with plain SQL the lines that
:func:`zzdesk.desk.workbench.overview` would answer; a test holds the two together. The counts come with the ordinary
answer: they read every record, which is too long to wait for. :class:`EarlyDesk` stands for the desk until its first
use, which loads SQLAlchemy and the models, in a worker.
"""

from __future__ import annotations

import threading
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from zzdesk.accounts.rights import allowed
from zzdesk.actor import Actor
from zzdesk.clock import Clock, from_iso
from zzdesk.desk.arrival import Arrival, Door, arrive
from zzdesk.desk.facts import Facts, facts_for
from zzdesk.desk.overview import (
    CATEGORIES,
    DETAILS,
    LINES,
    OPEN_STATES,
    TITLES,
    TO_DECIDE,
    Entry,
    Overview,
    arranged,
    entry_of,
)
from zzdesk.desk.timing import clock_for
from zzdesk.errors import KnownError
from zzdesk.paths import HomePaths
from zzdesk.settings import HomeInfo, load_info
from zzdesk.store.keys import KeyRing, login_name
from zzdesk.store.locks import shared
from zzdesk.store.migrations import REVISIONS
from zzdesk.store.raw import raw, revision_of

if TYPE_CHECKING:
    from zzdesk.desk.session import Desk

_TABLES: Final = {"request": "report_request", "report": "report", "posting": "posting", "case": "mediation_case"}
_URGENT: Final = frozenset({"report"})
"""Kinds whose records have an urgency."""

_WAIT: Final = 5.0
_OPEN_WORK: Final = (
    "SELECT {columns} FROM {table} WHERE state IN ({states}) AND (voided IS NULL OR voided IS 0){mine}"
    " ORDER BY created_at DESC, id DESC LIMIT {limit}"
)


class EarlyDesk:
    """Somebody is logged in; the desk opens at its first use, in the thread that uses it.

    A failure to open is raised at every use, and lets the home go. Where it lies, its clock and its warnings can be
    asked before that.
    """

    def __init__(self, door: Door, info: HomeInfo, key: bytes, arrival: Arrival, held: ExitStack) -> None:
        self.home, self.login, self.clock, self.info = door.paths.root, door.login, door.clock, info
        self.warnings: list[str] = list(arrival.warnings)
        self._door, self._key, self._arrival, self._held = door, key, arrival, held
        self._opening = threading.Lock()
        self._desk: Desk | None = None
        self._failure: KnownError | None = None

    @property
    def opened(self) -> Desk:
        """The open desk; the first who asks loads what it needs, whoever asks meanwhile waits.

        Raises:
            KnownError: what opening it failed with.
        """
        with self._opening:
            if self._failure is not None:
                raise self._failure
            if self._desk is None:
                self._desk = self._open()
            return self._desk

    @property
    def locked(self) -> bool:
        """Whether the key has been put away."""
        return self._desk is not None and self._desk.locked

    def close(self) -> None:
        """Log out, which goes into the audit; a desk that could not be opened has let the home go already."""
        if self._failure is None:
            self.opened.close()

    def __getattr__(self, name: str) -> Any:
        return getattr(self.opened, name)

    def _open(self) -> Desk:
        import zzdesk.catalogue  # noqa: F401 - from now on every kind of record is known
        from zzdesk.desk.session import Desk

        door = self._door
        desk = Desk(door.paths, self.info, door.keys, door.clock, door.login)
        try:
            with self._held:
                desk.go_on(self._key, self._arrival, self._held)
            desk.refresh_actor()  # somebody else may have stopped the account since
        except KnownError as error:
            self._failure = error
            raise
        finally:
            self._key = b""
        return desk


@dataclass(frozen=True)
class Glance:
    """A desk that opens at its first use, who is logged in, and the lines of the first page (no counts)."""

    desk: EarlyDesk
    facts: Facts
    overview: Overview


def door_of(home: Path, login: str | None, clock: Clock | None = None) -> tuple[Door, HomeInfo]:
    """Find where somebody comes in; None as login means the account that ``init`` made.

    Raises:
        NotFoundError: there is no home here.
    """
    paths = HomePaths(home)
    info = load_info(paths.info)
    clock = clock or clock_for(info.test)
    name = login_name(login) if login else info.first_login
    return Door(paths, info.station, name, KeyRing(home, clock), clock), info


def glance(door: Door, info: HomeInfo, key: bytes, event: str, **facts: Any) -> Glance | None:
    """Log in and read what the first window shows; None, and nobody logged in, where the database is of another time.

    Raises:
        RefusedError: the account may not log in.
        BrokenDatabaseError: the database cannot be read with this key.
        BusyError: the database is being replaced.
    """
    with ExitStack() as held:
        held.enter_context(shared(door.paths.in_use, _WAIT))
        with raw(door.paths.database, key) as connection:
            if revision_of(connection) != REVISIONS[-1]:
                return None
            arrival = arrive(connection, door, key, event, **facts)
            may = allowed(arrival.actor.roles, "record.read")
            found = _lines(connection, arrival.actor) if may else Overview()
        desk = EarlyDesk(door, info, key, arrival, held.pop_all())
    return Glance(desk, facts_for(arrival.actor, info), found)


def _lines(connection: Any, actor: Actor) -> Overview:
    connection.execute("BEGIN")  # one consistent state for all three
    shown = [kind for kind in _TABLES if kind not in TO_DECIDE or allowed(actor.roles, TO_DECIDE[kind])]
    entries = [entry for kind in shown for entry in _entries(connection, kind, actor)]
    connection.execute("COMMIT")
    return arranged({}, entries, LINES)


def _entries(connection: Any, kind: str, actor: Actor) -> list[Entry]:
    urgency = ("urgency",) if kind in _URGENT else ()
    columns = ("id", "created_at", "state", *TITLES[kind], *DETAILS[kind], CATEGORIES[kind], *urgency)
    states, others = OPEN_STATES[kind], (actor.account_id,) if kind in TO_DECIDE else ()
    mine = " AND created_by <> ?" if others else ""
    query = _OPEN_WORK.format(
        columns=", ".join(columns), table=_TABLES[kind], states=", ".join("?" * len(states)), limit=LINES, mine=mine
    )
    rows = [dict(zip(columns, row, strict=True)) for row in connection.execute(query, (*states, *others))]
    return [entry_of(kind, {**row, "created_at": from_iso(row["created_at"])}) for row in rows]
