"""Enrolling again with a code that is refused leaves the enrolment that is in force untouched."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import zzdesk.catalogue  # noqa: F401 - every kind must be known
from sync.client.engine import sync_once
from sync.client.enrol import enrol
from sync.server.run import ServerThread
from zzdesk.clock import FixedClock
from zzdesk.desk.session import Desk, create_home
from zzdesk.errors import KnownError
from zzdesk.store.keys import TEST_COST

STATION = "350602002004"


@pytest.fixture
def desk(home: Path, clock: FixedClock) -> Iterator[Desk]:
    made, _ = create_home(home, STATION, "lin", "Zhangzhou-2026-desk", clock=clock, cost=TEST_COST)
    yield made
    made.close()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[ServerThread]:
    running = ServerThread(tmp_path / "centre").start()
    yield running
    running.stop()


def test_a_used_code_does_not_end_the_enrolment_in_force(desk: Desk, server: ServerThread) -> None:
    code = server.enrol_code(STATION)
    enrol(desk, server.url, code)
    with pytest.raises(KnownError):
        enrol(desk, server.url, code)
    assert sync_once(desk).pending == 0


def test_a_new_code_makes_the_desk_a_new_device(desk: Desk, server: ServerThread) -> None:
    first = enrol(desk, server.url, server.enrol_code(STATION))
    second = enrol(desk, server.url, server.enrol_code(STATION))
    assert first != second
    assert sync_once(desk).pending == 0
