"""A station with a real home: one encrypted database, and a desk for everybody who works there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Final

import pytest

import zzdesk.catalogue
from tests.homes import new_home
from tests.zzdesk.scans import look_through, scan
from zzdesk.clock import FixedClock
from zzdesk.desk import records
from zzdesk.desk.session import Desk, open_desk_with_key
from zzdesk.evidence.files import FileStore
from zzdesk.store.unit import ChangeSet, UnitOfWork

STATION: Final = "350602002004"
STAFF: Final = {
    "lin": ["clerk", "supervisor"],
    "chen": ["mediator"],
    "wu": ["mediator"],
    "zheng": ["committee-head"],
    "guo": ["kiosk"],
    "shen": ["auditor"],
    "yan": ["handler"],
    "xu": ["dispatcher"],
    "ke": ["supervisor"],
}
"""Beside ``zhuang``, who made the home: administrator, supervisor, clerk and mediator."""
assert zzdesk.catalogue.__doc__


def add(work: UnitOfWork, kind: str, fields: dict[str, Any]) -> ChangeSet:
    records.add(work, kind, fields)
    return work.commit()


def change(work: UnitOfWork, kind: str, record_id: str, changes: dict[str, Any]) -> ChangeSet:
    records.edit(work, kind, record_id, changes)
    return work.commit()


class Station:
    """Everybody's desks over one home; ``station["lin"]`` is Lin's."""

    def __init__(self, home: Path, clock: FixedClock, stack: ExitStack) -> None:
        first = new_home(home, STATION, "zhuang", "Xiqiao-2026-shequ", clock)
        self.clock, self._stack, self._desks = clock, stack, {"zhuang": stack.enter_context(first)}
        self.files = FileStore(first.paths.files, first.store.key)

    def __getitem__(self, login: str) -> Desk:
        if login not in self._desks:
            first = self._desks["zhuang"]
            first.write(add, "account", {"login": login, "roles": STAFF[login]})
            desk = open_desk_with_key(first.home, login, first.store.key, self.clock)
            self._desks[login] = self._stack.enter_context(desk)
        return self._desks[login]

    def add(self, login: str, kind: str, fields: dict[str, Any]) -> str:
        return self[login].write(add, kind, fields).created[0]

    def edit(self, login: str, kind: str, record_id: str, changes: dict[str, Any]) -> None:
        self[login].write(change, kind, record_id, changes)

    def act(self, login: str, kind: str, record_id: str, action: str, reason: str | None = None, **fields: Any) -> None:
        self[login].write(records.act, kind, record_id, action, fields, reason)

    def vet(self, firm: str, until: str = "2027-11-23") -> str:
        """Scan an employer's papers, and look at them and vet it as somebody else than Lin, who recorded it; return its id."""
        self.act("zhuang", "employer", look_through(self["zhuang"], scan(self["lin"], firm)), "vet", valid_until=until)
        return firm

    def show(self, login: str, kind: str, record_id: str) -> dict[str, Any]:
        return self[login].read(records.show, kind, record_id)

    def rows(self, login: str, kind: str, **where: Any) -> list[dict[str, Any]]:
        return list(self[login].read(records.list_records, kind, where, limit=1000).rows)

    def audit(self, event: str) -> list[dict[str, Any]]:
        """Return the facts of every line of one event."""
        import msgspec
        from sqlalchemy import select

        from zzdesk.store.audit import Audit

        with self["zhuang"].store.reader() as session:
            lines = session.scalars(select(Audit.facts).where(Audit.event == event).order_by(Audit.seq))
            return [msgspec.json.decode(line) for line in lines]

    def everything(self) -> str:
        """Return all that the database holds, as text: to look for what must not be in it."""
        from zzdesk.store.engine import raw

        desk = self["zhuang"]
        with raw(desk.paths.database, desk.store.key) as connection:
            tables = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()
            cells = [
                cell
                for (name,) in tables
                if name != "search_text"  # a view of its own tables, which are read
                for row in connection.execute(f'SELECT * FROM "{name}"')
                for cell in row
            ]
        return "\n".join(c.decode("utf-8", "ignore") if isinstance(c, bytes) else str(c) for c in cells)


@pytest.fixture
def station(home: Path, clock: FixedClock) -> Iterator[Station]:
    with ExitStack() as stack:
        yield Station(home, clock, stack)
