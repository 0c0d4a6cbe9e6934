"""The files of a report in the window: where their bytes are, and what to do about a record without its bytes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from sync.client.engine import sync_once
from sync.client.enrol import enrol
from sync.server.run import ServerThread
from tests.ui.pages.driver import PASSWORD, STATION, Driver
from zzdesk.clock import FixedClock
from zzdesk.desk.session import Desk, create_home
from zzdesk.desk.taking import take_in
from zzdesk.reports import commands as reports
from zzdesk.store.keys import TEST_COST


@pytest.fixture
def window(desk: Desk, centre: ServerThread, open_window: Callable[[Desk], Driver]) -> Driver:
    enrol(desk, centre.url, centre.enrol_code(STATION))
    sync_once(desk)
    return open_window(desk)


@pytest.fixture
def note(tmp_path: Path) -> Path:
    made = tmp_path / "现场情况.txt"
    made.write_text("石板翘起", "utf-8")
    return made


def shown(window: Driver, report: str) -> list[str]:
    window.window.navigate("reports", report)
    window.settle()
    files = window.window.shell.pages["reports"].records.detail.files
    files.show_of(report)
    window.settle()
    return [line.accessibleName() for line in files.lines]


def test_a_file_is_added_and_waits_here_until_the_centre_has_its_bytes(
    window: Driver, note: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = window.desk.write(reports.register, {"title": "石板松动", "category": "road"}).created[0]
    assert shown(window, report) == []
    files = window.window.shell.pages["reports"].records.detail.files
    assert files.add.isVisible()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(note), ""))
    window.answer(lambda sheet: QTest.keyClick(sheet, Qt.Key.Key_Return), files.add.click)
    (line,) = shown(window, report)
    assert "只在本机，待送达" in line
    sync_once(window.desk)
    (line,) = shown(window, report)
    assert "本机和中心都有" in line


def test_a_record_without_its_bytes_says_so_and_fetches_them(
    window: Driver, note: Path, tmp_path: Path, clock: FixedClock, centre: ServerThread
) -> None:
    other, _ = create_home(tmp_path / "other", STATION, "chen", PASSWORD, clock, True, display_name="陈志明", cost=TEST_COST)
    with other:
        enrol(other, centre.url, centre.enrol_code(STATION))
        report = other.write(reports.register, {"title": "石板松动", "category": "road"}).created[0]
        take_in(other, "report", report, note)
        sync_once(other)
    sync_once(window.desk)
    (line,) = shown(window, report)
    assert "在中心，本机没有" in line or "内容不在本机" in line
    files = window.window.shell.pages["reports"].records.detail.files
    with window.qtbot.waitSignal(window.window.exchange.ended, timeout=30_000):
        files._fetch(files.rows[0].id)
    window.settle()
    (line,) = shown(window, report)
    assert "本机和中心都有" in line
