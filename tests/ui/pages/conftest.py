"""The real window on a real desk in a temporary folder, driven by keys."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from sync.client.engine import sync_once
from sync.client.enrol import enrol
from sync.server.run import ServerThread
from tests.homes import new_home
from tests.ui.pages.driver import NOISE, PASSWORD, STATION, Driver
from zzdesk.clock import FixedClock
from zzdesk.desk.session import Desk, create_home
from zzdesk.store.keys import TEST_COST


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The offscreen platform says what it has no use for; everything else that Qt warns of fails a test."""
    for item in items:
        item.add_marker(pytest.mark.qt_log_ignore(*NOISE))


@pytest.fixture
def desk(home: Path, clock: FixedClock) -> Desk:
    """A new home with 林美珍 logged in, who is supervisor, clerk and mediator."""
    return new_home(home, STATION, "linmei", PASSWORD, clock, True, display_name="林美珍")


@pytest.fixture
def open_window(qtbot: QtBot, qapp: QApplication) -> Iterator[Callable[[Desk], Driver]]:
    """Open the window of a desk; windows are closed, and their threads joined, at the end."""
    opened: list[Driver] = []

    def open_one(desk: Desk) -> Driver:
        opened.append(Driver(qtbot, qapp, desk))
        return opened[-1]

    yield open_one
    for driver in opened:
        driver.close()


@pytest.fixture
def window(desk: Desk, open_window: Callable[[Desk], Driver]) -> Driver:
    """The window of the new home."""
    return open_window(desk)


@pytest.fixture
def centre(tmp_path: Path, clock: FixedClock) -> Iterator[ServerThread]:
    """A centre on loopback."""
    with ServerThread(tmp_path / "centre", clock=clock) as running:
        yield running


@pytest.fixture
def other(tmp_path: Path, clock: FixedClock, centre: ServerThread) -> Iterator[Desk]:
    """The desk of a colleague at the same station."""
    made, _ = create_home(tmp_path / "other", STATION, "chen", PASSWORD, clock, True, display_name="陈志明", cost=TEST_COST)
    enrol(made, centre.url, centre.enrol_code(STATION))
    sync_once(made)
    yield made
    made.close()
