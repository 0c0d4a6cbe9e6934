"""A centre, desks that enrol with it, and a case team at two of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import zzdesk.catalogue  # noqa: F401 - every kind must be known
from sync.client.engine import sync_once
from sync.client.enrol import enrol
from sync.server.run import ServerThread
from tests.sync.desks import Office
from tests.sync.stations import PASSWORD, SECOND, STATION, NewDesk, add, held
from zzdesk.clock import FixedClock
from zzdesk.desk.accounts import add_account
from zzdesk.desk.session import Desk, create_home
from zzdesk.mediation import commands as mediation
from zzdesk.mediation.models import Party
from zzdesk.store.keys import TEST_COST

NewOffice = Callable[..., Office]


@pytest.fixture
def server(tmp_path: Path, clock: FixedClock) -> Iterator[ServerThread]:
    with ServerThread(tmp_path / "centre", clock=clock) as running:
        yield running


@pytest.fixture
def new_desk(tmp_path: Path, clock: FixedClock, server: ServerThread) -> Iterator[NewDesk]:
    made: list[Desk] = []

    def make(login: str = "lin", password: str = PASSWORD, station: str = STATION) -> Desk:
        home = tmp_path / f"desk{len(made)}"
        desk, _ = create_home(home, station, login, password, clock=clock, cost=TEST_COST)
        made.append(desk)
        enrol(desk, server.url, server.enrol_code(station))
        sync_once(desk)
        return desk

    yield make
    for desk in made:
        desk.close()


@pytest.fixture
def team(new_desk: NewDesk) -> tuple[Desk, Desk, str]:
    """Lin and Chen, each at a desk, and a case of them both with a party."""
    first = new_desk()
    add_account(first, "chen", "陈", ["clerk", "mediator"], SECOND)
    sync_once(first)
    second = new_desk("chen", SECOND)
    case = first.write(mediation.accept, {"category": "neighbours", "team": ["lin", "chen"]}).created[0]
    first.write(add, "party", {"case_id": case, "role": "applicant", "name": "王建国"})
    for desk in (first, second, first):
        sync_once(desk)
    assert len(held(second, Party)) == 1
    return first, second, case


@pytest.fixture
def new_office(tmp_path: Path, clock: FixedClock, server: ServerThread) -> Iterator[NewOffice]:
    made: list[Office] = []

    def make(login: str = "lin") -> Office:
        made.append(Office(tmp_path / f"desk{len(made)}", server, clock, login))
        return made[-1]

    yield make
    for office in made:
        office.close()


@pytest.fixture
def a(new_office: NewOffice) -> Office:
    return new_office()


@pytest.fixture
def b(new_office: NewOffice) -> Office:
    return new_office("wang")
