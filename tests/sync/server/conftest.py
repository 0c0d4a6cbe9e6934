"""A centre for each test, on SQLite and on a real PostgreSQL: one suite, both must pass it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from sync.server.run import ServerThread
from tests.sync.server.wire import STATION, WireDesk
from tests.sync.things import POLICIES
from zzdesk.clock import FixedClock


@dataclass(frozen=True)
class ServerStore:
    """Where a centre keeps its data: a folder, and the URL of a PostgreSQL database or None for SQLite."""

    data: Path
    database_url: str | None


on_sqlite = pytest.mark.parametrize("server_store", ["sqlite"], indirect=True)
"""For a test of a rule that is pure: the database has no part in it."""


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.pg)])
def server_store(request: pytest.FixtureRequest, tmp_path: Path) -> ServerStore:
    url = request.getfixturevalue("pg_centre_url") if request.param == "postgresql" else None
    return ServerStore(tmp_path / "centre", url)


@pytest.fixture
def server(server_store: ServerStore, clock: FixedClock) -> Iterator[ServerThread]:
    with ServerThread(server_store.data, database_url=server_store.database_url, clock=clock, policies=POLICIES) as running:
        yield running


@pytest.fixture
def new_desk(server: ServerThread, clock: FixedClock) -> Iterator[Callable[..., WireDesk]]:
    made: list[WireDesk] = []

    def make(user: str | None = None, station: str = STATION) -> WireDesk:
        made.append(WireDesk(server.url, clock, server.enrol_code(station), user))
        return made[-1]

    yield make
    for desk in made:
        desk.close()


@pytest.fixture
def anna(new_desk: Callable[..., WireDesk]) -> WireDesk:
    return new_desk()


@pytest.fixture
def bo(new_desk: Callable[..., WireDesk]) -> WireDesk:
    return new_desk()


@pytest.fixture
def desk(new_desk: Callable[..., WireDesk]) -> Callable[..., WireDesk]:
    """Make a desk whose user the centre knows, with these roles."""

    def make(*roles: str) -> WireDesk:
        made = new_desk()
        made.introduce(*(roles or ("clerk",)))
        return made

    return make


@pytest.fixture
def real_server(server_store: ServerStore, clock: FixedClock) -> Iterator[ServerThread]:
    """A centre with the real kinds."""
    with ServerThread(server_store.data, database_url=server_store.database_url, clock=clock) as running:
        yield running
