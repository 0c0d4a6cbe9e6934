"""A few desks and a centre in one process, over real HTTP on loopback, with a network that may fail."""

from __future__ import annotations

import os
import shutil
import tempfile
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import requests
from sqlalchemy import create_engine, event, make_url, select, text

import zzdesk.catalogue
from sync.client.engine import SyncClient, SyncReport
from sync.client.enrol import enrol
from sync.client.transport import Transport
from sync.server.run import ServerThread
from tests.faults.adapter import Faults, FaultyAdapter, PowerCutError
from tests.faults.losses import Losses
from zzdesk.accounts.commands import set_roles
from zzdesk.accounts.rights import FIRST_ROLES
from zzdesk.actor import account_id
from zzdesk.clock import FixedClock
from zzdesk.desk.session import Desk, create_home, open_desk_with_key
from zzdesk.errors import KnownError
from zzdesk.mediation import commands as mediation
from zzdesk.mediation.papers import add_paper
from zzdesk.ops.capture import wire_body
from zzdesk.ops.models import Outbox
from zzdesk.ops.state import get_state
from zzdesk.reports import commands as reports
from zzdesk.store.base import kinds
from zzdesk.store.keys import TEST_COST

STATION: Final = "350602002004"
NEXT_DOOR: Final = "350602002005"
"""A community that a report may be handed over to."""
PASSWORD: Final = "Tea-table 2026 desk"
START: Final = datetime(2026, 3, 2, 0, 30, tzinfo=UTC)
LOGINS: Final = ("zhuang", "huang", "lin", "chen", "wu")
assert zzdesk.catalogue.__doc__


def memory_folder() -> str | None:
    """Return a folder that never waits for a disk, None where the machine has none."""
    return "/dev/shm" if os.access("/dev/shm", os.W_OK) else None


class Seat:
    """One desk, the person at it, and its line to the centre."""

    def __init__(self, desk: Desk, salt: int) -> None:
        self.desk, self.salt = desk, salt
        self.home, self.login, self.key = desk.home, desk.login, desk.store.key
        self.account = account_id(desk.station, desk.login)
        self.faults = Faults()
        self.adapter = FaultyAdapter(self.faults)
        self.made: set[str] = set()
        self.catching_up = False
        """Whether an older database was put back and no round has ended since."""
        self.forgot = False
        """Whether an older database was ever put back: what others made meanwhile may not be here."""

    @property
    def station(self) -> str:
        """The community that this desk belongs to."""
        return self.desk.station

    @property
    def clock(self) -> Any:
        """The clock on the wall of this desk; a test may move it."""
        return self.desk.clock

    def connect(self, url: str) -> None:
        """Take a line to the centre, with an empty token."""
        with self.desk.store.reader() as session:
            server_id = get_state(session).server_id
        line = requests.Session()
        line.mount("http://", self.adapter)
        self.url = url
        self.client = SyncClient(self.desk, Transport(url, server_id, session=line))

    def sync(self, *fates: str, die_at_commit: int = 0) -> SyncReport | KnownError | PowerCutError:
        """Run one round whose requests meet these fates; a failure is returned, not raised.

        ``die_at_commit`` cuts the power just before the n-th transaction of the round commits.
        """
        self.remember()
        self.faults.plan.extend(fates)
        try:
            with self._dying(die_at_commit):
                report = self.client.sync()
                self.catching_up = False
                return report
        except KnownError as error:
            return error
        except PowerCutError as end:
            self.crash()
            return end
        finally:
            self.faults.plan.clear()

    @contextmanager
    def _dying(self, commits: int) -> Iterator[None]:
        left, mine = [commits], threading.get_ident()

        def count(_: Any) -> None:
            if threading.get_ident() != mine:  # the search index catching up is no part of the round
                return
            left[0] -= 1
            if left[0] == 0:
                raise PowerCutError

        engine = self.desk.store.engine
        if commits:
            event.listen(engine, "commit", count)
        try:
            yield
        finally:
            if commits:
                event.remove(engine, "commit", count)

    def outbox(self) -> set[str]:
        """Return the operations that this desk keeps."""
        with self.desk.store.reader() as session:
            return set(session.scalars(select(Outbox.op_id)))

    def remember(self) -> None:
        """Note every operation made here so far."""
        self.made |= self.outbox()

    def crash(self) -> None:
        """Drop everything in memory without a word and start again from the files, as after a power cut."""
        clock = self.clock
        if self.desk._indexer is not None:
            self.desk._indexer.close()
        self.desk.store.close()
        self.desk._held.close()
        self.desk = open_desk_with_key(self.home, self.login, self.key, clock)
        self.connect(self.url)

    def close(self) -> None:
        """End, with every request that still travelled arrived."""
        self.adapter.deliver()
        self.desk.close()
        self.adapter.close()

    def ids(self, kind: str, **wanted: Any) -> list[str]:
        """Return the ids of a kind's records here whose fields have these values, in order."""
        model = kinds()[kind].model
        query = select(model.id).where(*(getattr(model, name) == value for name, value in wanted.items()))
        with self.desk.store.reader() as session:
            return list(session.scalars(query.order_by(model.id)))

    def body(self, kind: str, record_id: str) -> dict[str, Any]:
        """Return the working body of one record."""
        found = self.find(kind, record_id)
        assert found is not None, f"{self.login} does not show {kind} {record_id}"
        return found

    def find(self, kind: str, record_id: str) -> dict[str, Any] | None:
        """Return the working body of one record, None where it is not here."""
        with self.desk.store.reader() as session:
            record = session.get(kinds()[kind].model, record_id)
            return wire_body(kinds()[kind], record) if record is not None else None

    def records(self) -> dict[tuple[str, str], dict[str, Any]]:
        """Return the working body, with its scope, of every synced record on this desk."""
        found: dict[tuple[str, str], dict[str, Any]] = {}
        with self.desk.store.reader() as session:
            for kind in kinds().values():
                for record in session.scalars(select(kind.model)):
                    found[kind.name, record.id] = wire_body(kind, record) | {"scope": record.scope}
        return found


@dataclass(frozen=True)
class Template:
    """A centre with enrolled desks as files, to be copied: making one takes longer than a run.

    ``keys`` are the data keys of the homes; ``database`` the URL of the PostgreSQL database to copy, if any.
    """

    folder: Path
    keys: tuple[bytes, ...]
    logins: tuple[str, ...]
    database: str | None

    @classmethod
    def make(
        cls, folder: Path, seats: int, database_url: str | None = None, logins: tuple[str, ...] = LOGINS,
        *, apart: int = 0,
    ) -> Template:  # fmt: skip
        """Make a centre and enrol desks; ``database_url`` is an empty PostgreSQL database.

        ``apart`` puts so many of them, the last ones, into the community next door.
        """
        with ServerThread(folder / "centre", database_url=database_url) as server:
            desks = []
            for n in range(seats):
                clock, home = FixedClock(START, salt=n), folder / f"desk{n}"
                station = NEXT_DOOR if n >= seats - apart else STATION
                desk, _ = create_home(home, station, logins[n], PASSWORD, clock, test=True, cost=TEST_COST)
                enrol(desk, server.url, server.enrol_code(station))
                desks.append(desk)
            _fill(desks)
            keys = tuple(desk.store.key for desk in desks)
            for desk in desks:
                desk.close()
        return cls(folder, keys, logins[:seats], database_url)


def _fill(desks: list[Desk]) -> None:
    """Give everybody some records to work on: three reports, a case of them all, its parties."""
    first = desks[0]
    for desk in (*desks, *desks):
        SyncClient(desk).sync()
    heads = {desk.station: desk for desk in reversed(desks)}
    for desk in desks:  # who came later has only the plain roles until the first administrator gives the others
        if desk.login != heads[desk.station].login:
            heads[desk.station].write(set_roles, desk.actor.account_id, FIRST_ROLES)
    for word in ("路灯", "井盖", "围墙"):
        fields = {"title": word, "category": "road", "description": f"{word}。第二句。第三句。", "tags": [word]}
        first.write(reports.register, fields)
    team = [desk.login for desk in desks if desk.station == first.station]
    first.write(mediation.accept, {"category": "neighbours", "team": team, "amount": "100.00"})
    [case] = Seat(first, 0).ids("case")
    for name, role in (("林某", "applicant"), ("黄某", "respondent")):
        first.write(add_paper, "party", {"case_id": case, "name": name, "role": role, "note": "甲。乙。"})
    for desk in (*desks, *desks, *desks):
        SyncClient(desk).sync()


class World:
    """A centre and its desks, copied from a template into ``folder``."""

    def __init__(self, template: Template, folder: Path) -> None:
        self.folder = folder
        shutil.copytree(template.folder, folder, dirs_exist_ok=True)
        self.database_url = _copy_database(template.database, folder.name) if template.database else None
        self.server = ServerThread(folder / "centre", database_url=self.database_url).start()
        self.generations: list[Any] = []
        self.losses = Losses()
        self.seats: list[Seat] = []
        for n, (key, login) in enumerate(zip(template.keys, template.logins, strict=True)):
            clock = FixedClock(START + timedelta(minutes=5), salt=n)
            desk = open_desk_with_key(folder / f"desk{n}", login, key, clock)
            self.seats.append(Seat(desk, n))
            self.seats[-1].connect(self.server.url)

    def restart(self) -> None:
        """End the centre and start it again on the same data, at another port."""
        self.server.stop()
        self.server = ServerThread(self.folder / "centre", database_url=self.database_url).start()
        for seat in self.seats:
            seat.faults.late.clear()
            seat.connect(self.server.url)

    def settle(self) -> None:
        """Synchronise without faults until nothing moves any more, and check that it comes to rest."""
        for seat in self.seats:
            seat.adapter.deliver()
        for _ in range(8):
            reports = [seat.sync() for seat in self.seats]
            errors = [r for r in reports if not isinstance(r, SyncReport)]
            assert not errors, errors
            if all(r.pushed == r.pulled == 0 for r in reports if isinstance(r, SyncReport)):
                return
        raise AssertionError("the desks never come to rest")

    def rows(self, table: Any) -> list[Any]:
        """Return every row of a table of the centre."""
        with self.server.centre.database.reading() as connection:
            return list(connection.execute(select(table)))

    def met(self) -> Counter[str]:
        """Return what the requests met."""
        return sum((seat.faults.met for seat in self.seats), Counter[str]())

    def close(self) -> None:
        """End desks and centre, and remove them."""
        try:
            for seat in self.seats:
                seat.close()
        finally:
            self.server.stop()
            if self.database_url:
                _administer(self.database_url, f"DROP DATABASE {make_url(self.database_url).database} WITH (FORCE)")
            shutil.rmtree(self.folder, ignore_errors=True)


def _administer(url: str, statement: str) -> None:
    engine = create_engine(make_url(url).set(database="postgres"), isolation_level="AUTOCOMMIT")
    try:
        with engine.connect() as connection:
            connection.execute(text(statement))
    finally:
        engine.dispose()


def _copy_database(url: str, name: str) -> str:
    """Copy a PostgreSQL database that nobody is connected to; return the copy's URL."""
    safe = "w_" + "".join(sign for sign in name.lower() if sign.isalnum())
    _administer(url, f"CREATE DATABASE {safe} TEMPLATE {make_url(url).database}")
    return make_url(url).set(database=safe).render_as_string(hide_password=False)


@contextmanager
def world(seats: int = 2, database_url: str | None = None) -> Iterator[World]:
    """A fresh world, ended and removed afterwards."""
    base = Path(tempfile.mkdtemp(prefix="zzworld", dir=memory_folder()))
    try:
        made = World(Template.make(base / "template", seats, database_url), base / f"run{os.urandom(4).hex()}")
        try:
            yield made
        finally:
            made.close()
    finally:
        shutil.rmtree(base, ignore_errors=True)
