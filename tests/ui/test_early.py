"""The window that paints before the desk is open."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.conftest import LOGIN, PASSWORD, close, open_window, settle
from ui import desk_session, main_window
from zzdesk.accounts import commands as accounts
from zzdesk.desk.glance import EarlyDesk
from zzdesk.desk.session import Desk
from zzdesk.reports import commands as reports


def test_the_first_list_is_there_before_the_desk_is_open(
    desk: Desk, home: Path, qtbot: QtBot, qapp: QApplication, add_report: Callable[..., str]
) -> None:
    add_report("台湾路路灯不亮")
    window = open_window(home, qapp, qtbot)
    window.enter(desk_session.open_with_key(home, None, desk.store.key))
    page = window.shell.pages["workbench"]
    assert isinstance(window.runner.desk, EarlyDesk)
    assert page._model.rowCount() == 1
    assert page._stack.currentWidget() is page._list
    first = page._overview
    assert page._tiles["report"]._figure.text() == "…"
    add_report("排水沟堵了")
    qtbot.waitUntil(lambda: isinstance(window.runner.desk, Desk), timeout=10_000)
    settle(window, qtbot)
    assert page._model.rowCount() == 2
    assert page._tiles["report"]._figure.text() == "2"
    assert first.entries[0] in page._overview.entries
    assert window.exchange.status is not None
    close(window)


def test_what_is_pressed_before_the_desk_is_open_is_done_after_it(
    desk: Desk, home: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    window = open_window(home, qapp, qtbot)
    window.enter(desk_session.open_with_key(home, None, desk.store.key))
    saved: list[object] = []
    values = {"title": "井盖松动", "category": "road", "source": "counter"}
    window.runner.write(reports.register, values, on_done=saved.append)
    qtbot.waitUntil(lambda: len(saved) == 1 and isinstance(window.runner.desk, Desk), timeout=10_000)
    settle(window, qtbot)
    assert [entry.title for entry in window.shell.pages["workbench"]._overview.entries] == ["井盖松动"]
    close(window)


def test_closing_at_once_logs_out(desk: Desk, home: Path, qtbot: QtBot, qapp: QApplication) -> None:
    window = open_window(home, qapp, qtbot)
    window.enter(desk_session.open_with_key(home, None, desk.store.key))
    early = window.runner.desk
    close(window)
    assert early.locked


def test_a_page_that_is_asked_for_too_early_comes_as_soon_as_it_can(
    desk: Desk, home: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    window = open_window(home, qapp, qtbot)
    window.enter(desk_session.open_with_key(home, None, desk.store.key))
    window.navigate("reports", "new")
    assert list(window.shell.pages) == ["workbench"]
    qtbot.waitUntil(lambda: window.shell.current == "reports", timeout=10_000)
    settle(window, qtbot)
    close(window)


def test_the_password_leads_to_the_early_list_too(
    desk: Desk, home: Path, qtbot: QtBot, qapp: QApplication, add_report: Callable[..., str]
) -> None:
    add_report("台湾路路灯不亮")
    window = open_window(home, qapp, qtbot)
    window.start()
    settle(window, qtbot)
    seen: list[object] = []
    window.root.currentChanged.connect(lambda _: seen.append(type(window.runner.desk)))
    window.root.currentWidget().login_wanted.emit(LOGIN, PASSWORD)
    qtbot.waitUntil(lambda: bool(seen), timeout=10_000)
    assert seen == [EarlyDesk]
    assert window.shell.pages["workbench"]._model.rowCount() == 1
    qtbot.waitUntil(lambda: isinstance(window.runner.desk, Desk), timeout=10_000)
    settle(window, qtbot)
    close(window)


@pytest.mark.parametrize("open_at_last", [0, main_window.OPEN_AT_LAST_MS])
def test_locking_at_once_locks(
    desk: Desk, home: Path, qtbot: QtBot, qapp: QApplication, monkeypatch: pytest.MonkeyPatch, open_at_last: int
) -> None:
    """Whether the desk was to open before the lock is through, or after it: nobody is put out for having locked."""
    monkeypatch.setattr(main_window, "OPEN_AT_LAST_MS", open_at_last)
    window = open_window(home, qapp, qtbot)
    window.enter(desk_session.open_with_key(home, None, desk.store.key))
    window.lock()
    settle(window, qtbot)
    assert window.runner.desk.locked
    assert window.root.currentWidget() is not window.shell
    assert window.shell is not None
    assert window.context.facts.login == LOGIN
    close(window)


def test_who_was_stopped_meanwhile_is_put_out(desk: Desk, home: Path, qtbot: QtBot, qapp: QApplication) -> None:
    desk.write(accounts.create_account, "lin", "林", ["clerk"])
    opened = desk_session.open_with_key(home, "lin", desk.store.key)
    desk.write(accounts.disable_account, opened.facts.account)
    window = open_window(home, qapp, qtbot)
    window.enter(opened)
    qtbot.waitUntil(lambda: window.runner.desk is None, timeout=10_000)
    settle(window, qtbot)
    assert window.shell is None
    close(window)
