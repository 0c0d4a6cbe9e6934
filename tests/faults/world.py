"""Two or three desks and a centre in one process, over real HTTP on loopback, with a network that may fail."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import requests
from sqlalchemy import select

import zzdesk.catalogue
from sync.client.engine import SyncClient, SyncReport
from sync.client.enrol import enrol
from sync.client.transport import Transport
from sync.server import tables
from sync.server.run import ServerThread
from tests.faults.adapter import Faults, FaultyAdapter
from zzdesk.clock import FixedClock
from zzdesk.desk.session import create_home, open_desk_with_key
from zzdesk.errors import KnownError
from zzdesk.ops.apply import record_hash
from zzdesk.ops.capture import wire_body
from zzdesk.ops.models import Outbox, SyncRecord
from zzdesk.store.base import kinds
from zzdesk.store.keys import TEST_COST

STATION: Final = "350602002004"
PASSWORD: Final = "Tea-table 2026 desk"
START: Final = datetime(2026, 3, 2, 0, 30, tzinfo=UTC)
assert zzdesk.catalogue.__doc__


class Seat:
    """One desk, the person at it, and its line to the centre."""

    def __init__(self, home: Path, login: str, salt: int) -> None:
        self.home, self.login, self.salt = home, login, salt
        self.clock = FixedClock(START, salt=salt)
        self.faults = Faults()
        self.adapter = FaultyAdapter(self.faults)
        self.desk, _ = create_home(home, STATION, login, PASSWORD, self.clock, test=True, cost=TEST_COST)
        self.key = self.desk.store.key
        self.made: set[str] = set()

    def enrol(self, url: str, code: str) -> None:
        """Enrol over a line without faults."""
        enrol(self.desk, url, code)
        self.client = self._client()

    def _client(self) -> SyncClient:
        client = SyncClient(self.desk)
        session = requests.Session()
        session.mount("http://", self.adapter)
        client.wire = Transport(client.wire.url, client.wire.server_id, session=session)
        return client

    def sync(self, *fates: str) -> SyncReport | KnownError:
        """Run one round whose requests meet these fates; a failure is returned, not raised."""
        self.remember()
        self.faults.plan.extend(fates)
        try:
            return self.client.sync()
        except KnownError as error:
            return error
        finally:
            self.faults.plan.clear()

    def remember(self) -> None:
        """Note every operation made here so far."""
        with self.desk.store.reader() as session:
            self.made |= set(session.scalars(select(Outbox.op_id)))

    def crash(self) -> None:
        """Drop everything in memory without a word and start again from the files, as after a power cut."""
        self.desk.store.close()
        self.desk = open_desk_with_key(self.home, self.login, self.key, self.clock)
        self.client = self._client()

    def close(self) -> None:
        """End, with every request that still travelled arrived."""
        self.adapter.deliver()
        self.desk.close()
        self.adapter.close()

    def records(self, *skip: str) -> dict[tuple[str, str], dict[str, Any]]:
        """Return the working body of every synced record on this desk."""
        found: dict[tuple[str, str], dict[str, Any]] = {}
        with self.desk.store.reader() as session:
            for kind in kinds().values():
                if kind.name not in skip:
                    for record in session.scalars(select(kind.model)):
                        found[kind.name, record.id] = wire_body(kind, record) | {"scope": record.scope}
        return found


class World:
    """A centre and its desks."""

    def __init__(self, folder: Path, logins: tuple[str, ...], database_url: str | None = None) -> None:
        self.server = ServerThread(folder / "centre", database_url=database_url)
        self.server.start()
        self.seats = [Seat(folder / f"desk{n}", login, n) for n, login in enumerate(logins)]
        for seat in self.seats:
            seat.enrol(self.server.url, self.server.enrol_code(STATION))
        self.reached: Counter[str] = Counter()

    def settle(self) -> None:
        """Synchronise without faults until nothing moves any more, and check that it comes to rest."""
        for seat in self.seats:
            seat.adapter.deliver()
        for _ in range(8):
            reports = [seat.sync() for seat in self.seats]
            errors = [r for r in reports if isinstance(r, KnownError)]
            assert not errors, errors
            if all(r.pushed == r.pulled == 0 for r in reports if isinstance(r, SyncReport)):
                return
        raise AssertionError("the desks never come to rest")

    def rows(self, table: Any) -> list[Any]:
        """Return every row of a table of the centre."""
        with self.server.centre.database.reading() as connection:
            return list(connection.execute(select(table)))

    def check(self) -> None:
        """Check every promise at rest: nothing lost, nothing doubled, nothing overwritten unseen, all equal."""
        self._nothing_lost()
        self._desks_equal_centre()
        self._nothing_overwritten_unseen()
        self._every_clash_is_kept()

    def _nothing_lost(self) -> None:
        log = [row.op_id for row in self.rows(tables.op_log)]
        assert len(log) == len(set(log))
        for seat in self.seats:
            seat.remember()
            missing = seat.made - set(log)
            assert not missing, f"operations that the centre never logged: {missing}"

    def _desks_equal_centre(self) -> None:
        centre = {(row.kind, row.id): row for row in self.rows(tables.record)}
        for seat in self.seats:
            mine = seat.records()
            with seat.desk.store.reader() as session:
                known = {(r.kind, r.id): r for r in session.scalars(select(SyncRecord))}
            for key, body in mine.items():
                row = centre[key]
                want = json.loads(row.body) | {"scope": row.scope_id}
                assert body == want, f"{seat.login} differs from the centre in {key}"
                assert known[key].hash == row.hash == record_hash(*key, row.scope_id, json.loads(row.body))
            visible = {k for k, row in centre.items() if row.scope_id in self._scopes(seat)}
            assert set(mine) == visible, f"{seat.login} has other records than the centre grants"

    def _scopes(self, seat: Seat) -> set[str]:
        members = self.rows(tables.scope_member)
        mine = {m.scope_id for m in members if m.user_id == seat.desk.actor.account_id}
        return {STATION} | {scope for scope in mine if scope.startswith("case:")}

    def _nothing_overwritten_unseen(self) -> None:
        """A value may only be replaced by somebody who had seen it: its stamp, or the value itself."""
        log = {row.op_id: json.loads(row.body) for row in self.rows(tables.op_log) if row.body}
        for row in self.rows(tables.record_history):
            op = log.get(row.op_id, {})
            for field, old in json.loads(row.old).items():
                edit = op.get("set", {}).get(field)
                if edit is None or "to" not in edit or field in ("description", "state", "record"):
                    continue
                if old is not None and old != edit.get("was") and old != edit["to"]:
                    self._check_stamp(row, field, edit)

    def _check_stamp(self, row: Any, field: str, edit: dict[str, Any]) -> None:
        same = [h for h in self.rows(tables.record_history) if (h.kind, h.id) == (row.kind, row.id)]
        writers = [h.op_id for h in same if h.ver < row.ver and field in json.loads(h.new)]
        assert edit["saw"] in writers[-1:], f"{row.kind}.{field} was overwritten unseen"

    def _every_clash_is_kept(self) -> None:
        log = [row for row in self.rows(tables.op_log) if row.outcome == "conflict"]
        conflicts = [json.loads(r.body) for r in self.rows(tables.record) if r.kind == "conflict"]
        named = {c["op"] for body in conflicts for c in body["candidates"]}
        named |= {body.get("resolved_op", "") for body in conflicts}
        for row in log:
            kept = row.op_id in named or any(i for i in json.loads(row.conflict_ids or "[]"))
            assert kept, f"operation {row.op_id} clashed and is in no conflict"
        self.reached["conflicts"] += len(conflicts)
        self.reached["clashes"] += len(log)

    def close(self) -> None:
        """End desks and centre."""
        for seat in self.seats:
            self.reached.update({f"net:{k}": n for k, n in seat.faults.met.items()})
            seat.close()
        self.server.stop()


@contextmanager
def world(folder: Path, *logins: str, database_url: str | None = None) -> Iterator[World]:
    """A fresh world in ``folder``, ended and removed afterwards."""
    folder.mkdir(parents=True, exist_ok=True)
    made = World(folder, logins, database_url)
    try:
        yield made
    finally:
        made.close()
        shutil.rmtree(folder, ignore_errors=True)
