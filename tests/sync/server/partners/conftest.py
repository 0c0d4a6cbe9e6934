"""A centre with partners that are reached by folders, and two desks that reconcile with it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import pytest

import zzdesk.catalogue  # noqa: F401 - every kind must be known
from sync.client.engine import sync_once
from sync.client.enrol import enrol
from sync.server.partners.engine import Round, run_once
from sync.server.partners.files import FileDrop
from sync.server.run import ServerThread
from zzdesk.clock import FixedClock
from zzdesk.desk import handing
from zzdesk.desk.accounts import add_account
from zzdesk.desk.session import Desk, create_home
from zzdesk.handover import queries
from zzdesk.reports import commands as reports
from zzdesk.store.keys import TEST_COST

STATION: Final = "350602002004"
PASSWORD: Final = "Tea-table 2026 desk"
CALL: Final = {
    "called_at": "2026-11-23T00:58:00.000Z", "called_by": "林小梅", "call_taker": "060512", "call_outcome": "已出警",
}  # fmt: skip


class Town:
    """The centre, its partners' folders, and desks."""

    def __init__(self, folder: Path, server: ServerThread, clock: FixedClock) -> None:
        self.folder, self.server, self.clock = folder, server, clock
        self.desks: list[Desk] = []
        self.lines = tuple(
            FileDrop(code=code, adapter="files", station=STATION, folder=str(folder / code), format=written)
            for code, written in (("12345", "json"), ("110", "json"), ("city", "csv"))
        )

    def desk(self, login: str = "lin") -> Desk:
        home = self.folder / f"desk{len(self.desks)}"
        desk, _ = create_home(home, STATION, login, PASSWORD, clock=self.clock, cost=TEST_COST)
        self.desks.append(desk)
        enrol(desk, self.server.url, self.server.enrol_code(STATION))
        sync_once(desk)
        return desk

    def second(self) -> Desk:
        """Return another desk at which the same person works; the first is there already."""
        add_account(self.desks[0], "chen", "陈", ["clerk", "supervisor"], PASSWORD)
        sync_once(self.desks[0])
        return self.desk("chen")

    def sync(self) -> None:
        for desk in (*self.desks, *self.desks):
            sync_once(desk)

    def round(self) -> Round:
        """Let everything travel, the partners' files too."""
        self.sync()
        done = run_once(self.server.centre, self.lines)
        self.sync()
        return done

    def out(self, code: str) -> list[Any]:
        found = sorted((self.folder / code / "out").glob("*"))
        return [json.loads(path.read_text("utf-8")) if path.suffix == ".json" else path.read_text("utf-8-sig") for path in found]

    def drop(self, code: str, name: str, content: Any) -> Path:
        into = self.folder / code / "in"
        into.mkdir(parents=True, exist_ok=True)
        path = into / name
        path.write_bytes(content if isinstance(content, bytes) else json.dumps(content, ensure_ascii=False).encode())
        return path

    def names(self, code: str, where: str) -> list[str]:
        return sorted(path.name for path in (self.folder / code / where).glob("*") if path.is_file())


BOTH_DATABASES: Final = pytest.mark.parametrize(
    "town", ["sqlite", pytest.param("postgresql", marks=pytest.mark.pg)], indirect=True
)
"""For the tests that go the whole way; the others would only take their time again."""


@pytest.fixture
def town(request: pytest.FixtureRequest, tmp_path: Path, clock: FixedClock) -> Iterator[Town]:
    url = request.getfixturevalue("pg_centre_url") if getattr(request, "param", "sqlite") == "postgresql" else None
    with ServerThread(tmp_path / "centre", database_url=url, clock=clock) as server:
        made = Town(tmp_path, server, clock)
        yield made
        for desk in made.desks:
            desk.close()


@pytest.fixture
def desk(town: Town) -> Desk:
    return town.desk()


Send = Callable[..., tuple[str, str]]


def send(desk: Desk, partner: str, why: str = "不属本站", **more: Any) -> tuple[str, str]:
    """Register a report and hand it over; return both ids."""
    fields = {
        "title": "夜里施工", "description": "电话13805961234的人说吵", "category": "noise", "address": "新桥路8号",
        "reporter_name": "林志强", "reporter_phone": "13805961234",
    } | more  # fmt: skip
    report = desk.write(reports.register, fields).created[0]
    call = CALL if partner == "110" else {}
    order = desk.write(handing.hand_over, {"report_id": report, "partner": partner, "reason": why} | call).created[0]
    return report, order


def order_of(desk: Desk, report: str) -> queries.OrderRow:
    (row,) = desk.read(queries.of_report, report)
    return row
