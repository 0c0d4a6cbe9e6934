"""The main job in the real window: two desks record offline, reconcile with a centre, clash, decide, and are equal."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from sync.client.enrol import enrol
from sync.server.run import ServerThread
from tests.ui.pages.driver import CTRL, NOISE, PASSWORD, STATION, Driver
from tests.ui.pages.real_keys import ASKED
from zzdesk.cli.sameness import contents
from zzdesk.desk import queries as desk_queries
from zzdesk.desk.session import Desk, create_home
from zzdesk.reports import queries
from zzdesk.store.keys import TEST_COST

pytestmark = [pytest.mark.qt_log_ignore(*NOISE), pytest.mark.timeout(300)]


@pytest.fixture
def centre(tmp_path: Path) -> Iterator[ServerThread]:
    with ServerThread(tmp_path / "centre") as running:
        yield running


@pytest.fixture
def open_desk(tmp_path: Path, qtbot: QtBot, qapp: QApplication) -> Iterator[Callable[[str, str], Driver]]:
    """Make a desk of somebody at the same station and open its window."""
    opened: list[Driver] = []

    def open_one(login: str, name: str) -> Driver:
        desk, _ = create_home(
            tmp_path / login, STATION, login, PASSWORD, test=True, display_name=name, cost=TEST_COST)  # fmt: skip
        opened.append(Driver(qtbot, qapp, desk))
        return opened[-1]

    yield open_one
    for driver in opened:
        driver.close()


def activate(window: Driver) -> None:
    with window.qtbot.waitActive(window.window):
        window.window.raise_()
        window.window.activateWindow()


def reconcile(window: Driver) -> None:
    """Press the button that reconciles, on the page of the exchange."""
    activate(window)
    page = window.page("sync")
    with window.qtbot.waitSignal(window.window.exchange.ended, timeout=60_000) as ended:
        page._now.click()
    assert not isinstance(ended.args[0], Exception), ended.args
    window.settle()


def record(window: Driver, title: str, initials: str) -> str:
    """Record a report with the keyboard; return its id."""
    activate(window)
    records = window.records("reports")
    window.press(Qt.Key.Key_N)
    assert records.pane is not None
    window.type(title)
    window.pick(records.pane.form, "category", initials)
    window.press(Qt.Key.Key_Return, CTRL)
    return records.detail.record_id


def edit_address(window: Driver, report: str, address: str) -> None:
    """Correct the address of a report in its form."""
    activate(window)
    records = window.records("reports")
    records.open_record(report)
    window.settle()
    records.detail.start("edit")  # type: ignore[attr-defined]
    window.settle()
    form = records.detail.form  # type: ignore[attr-defined]
    window.field(form, "address")
    form.fields["address"].control.clear()
    window.type(address)
    window.press(Qt.Key.Key_Return, CTRL)
    assert address_of(window.desk, report) == address


def address_of(desk: Desk, report: str) -> str:
    return str(desk.read(queries.detail, report).fields["address"])


def shared(desk: Desk) -> dict[tuple[str, str], str]:
    """Return every synced record of a desk as a digest of its contents."""
    return dict(contents(desk))


def test_two_desks_meet_again_in_the_window(centre: ServerThread, open_desk: Callable[[str, str], Driver]) -> None:
    lin, chen = open_desk("lin", "林美珍"), open_desk("chen", "陈建国")
    first = record(lin, "3幢门口路灯不亮", "ldzm")
    second = record(chen, "井盖松动", "dlss")
    assert [lin.desk.read(desk_queries.status).enrolled, lin.desk.read(desk_queries.status).pending > 0] == [False, True]

    for window in (lin, chen):
        enrol(window.desk, centre.url, centre.enrol_code(STATION))
        window.window.exchange.refresh()
        window.settle()
    reconcile(lin)
    reconcile(chen)
    reconcile(lin)
    for window in (lin, chen):
        activate(window)
        assert sorted(window.titles(window.records("reports"))) == ["3幢门口路灯不亮", "井盖松动"]
    assert shared(lin.desk) == shared(chen.desk)
    assert second in {record_id for _, record_id in shared(lin.desk)}

    edit_address(lin, first, "丽景社区3幢东侧")
    edit_address(chen, first, "丽景社区3幢西侧")
    reconcile(lin)
    reconcile(chen)
    assert chen.desk.read(desk_queries.status).open_conflicts == 1
    decide(chen, "丽景社区3幢西侧", "到现场看过")
    reconcile(chen)
    reconcile(lin)
    for window in (lin, chen):
        assert window.desk.read(desk_queries.status).open_conflicts == 0
        assert address_of(window.desk, first) == "丽景社区3幢西侧"
    assert shared(lin.desk) == shared(chen.desk)
    activate(lin)
    records = lin.records("reports")
    records.open_record(first)
    lin.settle()
    assert "丽景社区3幢西侧" in [line.value.text() for line in records.detail.facts._lines]  # type: ignore[attr-defined]


def decide(window: Driver, value: str, reason: str) -> None:
    """Choose a value on the conflict page, say why, and press the button."""
    activate(window)
    page = window.page("conflicts")
    detail = page.detail
    cards = [one for one in detail._group.buttons() if one.isVisible() and value in one.accessibleName()]
    assert cards, [button.accessibleName() for button in detail._group.buttons()]
    cards[0].setFocus()
    window.press(Qt.Key.Key_Space)
    assert cards[0].isChecked()
    detail._reason.setFocus()
    window.type(reason)
    detail._decide.setFocus()
    window.press(Qt.Key.Key_Space)
    assert "已决定" in window.toast()


def test_offline_is_said_calmly_and_nothing_is_lost(open_desk: Callable[[str, str], Driver], tmp_path: Path) -> None:
    lin = open_desk("lin", "林美珍")
    with ServerThread(tmp_path / "centre") as running:
        enrol(lin.desk, running.url, running.enrol_code(STATION))
    record(lin, "菜市场后门积水", "psjs")
    page = lin.page("sync")
    lin.window.exchange.refresh()
    lin.settle()
    with lin.qtbot.waitSignal(lin.window.exchange.ended, timeout=60_000):
        page._now.click()
    lin.settle()
    assert not lin.window.exchange.online
    assert lin.desk.read(desk_queries.status).pending > 0
    assert lin.titles(lin.records("reports")) == ["菜市场后门积水"]


@pytest.mark.slow
def test_the_same_with_real_keys_on_a_real_display() -> None:
    """Run the main job again in a program of its own, on Xvfb with a window manager; xdotool presses the keys."""
    if missing := [name for name in ("Xvfb", "xdotool", "openbox") if shutil.which(name) is None]:
        pytest.skip(f"NOT INSTALLED: {missing}; no real key was pressed")
    read, write = os.pipe()
    server = subprocess.Popen(["Xvfb", "-displayfd", str(write), "-screen", "0", "1400x900x24", "-nolisten", "tcp"],
                              pass_fds=[write], stderr=subprocess.DEVNULL)  # fmt: skip
    os.close(write)
    with os.fdopen(read) as told:
        display = f":{told.readline().strip()}"
    environment = {**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "ZZDESK_IM_MODULE": "compose", ASKED: "1"}
    manager = subprocess.Popen(["openbox"], env=environment, stderr=subprocess.DEVNULL)
    words = ["-m", "pytest", __file__, "-q", "-p", "no:randomly", "-k", "meet_again", "-p", "no:cacheprovider"]
    try:
        done = subprocess.run([sys.executable, *words], env=environment, capture_output=True, text=True, timeout=280)
    finally:
        for process in (manager, server):
            process.terminate()
            process.wait(10)
    assert done.returncode == 0, done.stdout
    assert "1 passed" in done.stdout
