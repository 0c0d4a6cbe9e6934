"""Exchange by stick in the window: out, to the centre by another desk's line, back in, and once more changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QFileDialog

from sync.client.engine import sync_once
from sync.client.enrol import enrol
from sync.server.run import ServerThread
from tests.ui.pages.driver import PASSWORD, STATION, Driver
from zzdesk.clock import FixedClock
from zzdesk.desk.session import Desk, create_home
from zzdesk.reports import commands as reports
from zzdesk.store.keys import TEST_COST


@pytest.fixture
def window(desk: Desk, centre: ServerThread, open_window: Callable[[Desk], Driver]) -> Driver:
    enrol(desk, centre.url, centre.enrol_code(STATION))
    sync_once(desk)
    return open_window(desk)


@pytest.fixture
def other(
    tmp_path: Path, clock: FixedClock, centre: ServerThread, open_window: Callable[[Desk], Driver], window: Driver
) -> Driver:
    """The window of a desk with a line to the centre."""
    made, _ = create_home(tmp_path / "other", STATION, "chen", PASSWORD, clock, True, display_name="陈志明", cost=TEST_COST)
    enrol(made, centre.url, centre.enrol_code(STATION))
    sync_once(made)
    return open_window(made)


def said(window: Driver, act: Callable[[], Any]) -> str:
    """Do something of the menu and return what the page says in the end."""
    page = window.page("sync")
    act()
    window.qtbot.waitUntil(lambda: page.bundles.button.isEnabled(), timeout=20_000)
    window.settle()
    return str(page._banner.accessibleName())


def test_there_and_back_by_another_desk(
    window: Driver, other: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    window.desk.write(reports.register, {"title": "路灯不亮", "category": "lighting"})
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(stick))
    text = said(window, lambda: window.window.shell.open_page("sync").bundles.export())
    (bundle,) = stick.glob("*.zzb")
    assert bundle.name in text
    assert "仍算未送达" in text
    assert window.window.exchange.status.pending > 0
    answer = tmp_path / "back.zzb"
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(bundle), ""))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(answer), ""))
    text = said(other, lambda: other.window.shell.open_page("sync").bundles.relay())
    assert answer.name in text
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(answer), ""))
    text = said(window, lambda: window.window.shell.open_page("sync").bundles.take_in())
    assert "答复已导入" in text
    assert window.window.exchange.status.pending == 0
    text = said(window, lambda: window.window.shell.open_page("sync").bundles.take_in())
    assert "没有新的内容" in text


def test_a_file_that_is_no_bundle_is_refused_with_a_sentence(
    window: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong = tmp_path / "wrong.zzb"
    wrong.write_bytes(b"not a bundle")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(wrong), ""))
    text = said(window, lambda: window.window.shell.open_page("sync").bundles.take_in())
    assert "什么都没有改变" in text


def test_the_menu_is_reached_by_keys_and_named(window: Driver) -> None:
    page = window.page("sync")
    assert page.bundles.button.isVisible()
    assert page.bundles.button.text()
    assert len([a for a in page.bundles.menu().actions() if a.text()]) == 4
