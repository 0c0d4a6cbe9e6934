"""Logging in by the system keyring in the window: off by default, two consents, one clear button, by keys alone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.keyrings import InMemory
from tests.ui.conftest import LOGIN, PASSWORD, close, open_window, settle
from tests.watchdog import Watchdog
from ui.main_window import MainWindow
from ui.pages.settings.keyring import KeyringLines, ProofSheet
from zzdesk.desk.keyring import allow_system_keyring, remember_me
from zzdesk.desk.session import Desk


def _lines(window: MainWindow, qtbot: QtBot) -> KeyringLines:
    page = window.shell.open_page("settings", "safety")
    settle(window, qtbot)
    lines: KeyringLines = page.sections["safety"].keyring
    return lines


def _answer(qtbot: QtBot, act: Callable[[ProofSheet], None]) -> QTimer:
    """Do something in the sheet that asks for the password, once it is open."""
    timer = QTimer()

    def look() -> None:
        sheet: Any = QApplication.activeModalWidget()
        if isinstance(sheet, ProofSheet):
            timer.stop()
            act(sheet)

    timer.timeout.connect(look)
    timer.start(20)
    return timer


def _click(box: Any, qtbot: QtBot, window: MainWindow) -> None:
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Space)
    settle(window, qtbot)


def test_it_is_off_and_says_why_it_cannot_be_switched_on_here(window: MainWindow, qtbot: QtBot) -> None:
    lines = _lines(window, qtbot)
    boxes = (lines.allow, lines.unlocks, lines.mine)
    assert not any(box.isChecked() or box.isEnabled() for box in boxes)
    assert lines.reason.isVisible()
    assert lines.reason.accessibleName() == "这台电脑没有可用的系统密钥库，请用密码登录。"
    assert all(box.accessibleName() for box in boxes)


def test_the_policy_then_the_own_choice_with_the_password(
    window: MainWindow, qtbot: QtBot, desk: Desk, system_keyring: InMemory
) -> None:
    lines = _lines(window, qtbot)
    assert lines.allow.isEnabled()
    assert not lines.mine.isEnabled()
    _click(lines.allow, qtbot, window)
    assert (lines.allow.isChecked(), lines.unlocks.isChecked(), lines.mine.isChecked()) == (True, False, False)

    def refuse_then_prove(sheet: ProofSheet) -> None:
        QTest.keyClicks(sheet.form.fields["password"].control, "not it")
        QTest.keyClick(sheet.form.fields["password"].control, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: sheet.form.banner.isVisible())
        assert system_keyring.kept == {}
        sheet.form.fields["password"].set_value(PASSWORD)
        QTest.keyClick(sheet.form.fields["password"].control, Qt.Key.Key_Return)

    timer = _answer(qtbot, refuse_then_prove)
    _click(lines.mine, qtbot, window)
    timer.stop()
    assert lines.mine.isChecked()
    assert desk.keys.remembered() == [LOGIN]
    _click(lines.mine, qtbot, window)
    assert not lines.mine.isChecked()
    assert system_keyring.kept == {}


def test_going_back_from_the_question_changes_nothing(
    window: MainWindow, qtbot: QtBot, desk: Desk, system_keyring: InMemory
) -> None:
    allow_system_keyring(desk, True)
    lines = _lines(window, qtbot)
    timer = _answer(qtbot, lambda sheet: sheet.form.leave())
    _click(lines.mine, qtbot, window)
    timer.stop()
    assert not lines.mine.isChecked()
    assert desk.keys.remembered() == []


def test_other_settings_do_not_overwrite_the_policy(
    window: MainWindow, qtbot: QtBot, desk: Desk, system_keyring: InMemory
) -> None:
    lines = _lines(window, qtbot)
    _click(lines.allow, qtbot, window)
    window.context.set_theme("dark")
    window.settings.keep()
    from zzdesk.settings import load_settings

    kept = load_settings(desk.paths.settings)
    assert (kept.system_keyring, kept.theme) == (True, "dark")


@pytest.fixture
def remembered(desk: Desk, system_keyring: InMemory) -> InMemory:
    allow_system_keyring(desk, True)
    remember_me(desk, PASSWORD)
    return system_keyring


def test_the_log_in_offers_one_button_and_enter_goes_in(
    desk: Desk, home: Path, qtbot: QtBot, qapp: QApplication, remembered: InMemory, watchdog: Watchdog
) -> None:
    desk.close()
    window = open_window(home, qapp, qtbot)
    window.context.set_language("zh")
    window.start()
    login: Any = window.root.currentWidget()
    qtbot.waitUntil(lambda: LOGIN in login.system.buttons)
    button = login.system.buttons[LOGIN]
    assert button.text() == f"以 {LOGIN} 登录"
    assert button.property("kind") == "primary"
    assert not login.form.isVisible()
    qtbot.waitUntil(button.hasFocus)
    settle(window, qtbot)
    watchdog.start()
    QTest.keyClick(button, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.shell is not None, timeout=10_000)
    settle(window, qtbot)
    watchdog.stop()
    assert window.context.facts.login == LOGIN
    close(window)


def test_a_keyring_that_does_not_open_leads_to_the_password(
    desk: Desk, home: Path, qtbot: QtBot, qapp: QApplication, remembered: InMemory
) -> None:
    desk.close()
    remembered.shut = True
    window = open_window(home, qapp, qtbot)
    window.start()
    login: Any = window.root.currentWidget()
    qtbot.waitUntil(lambda: LOGIN in login.system.buttons)
    QTest.keyClick(login.system.buttons[LOGIN], Qt.Key.Key_Return)
    qtbot.waitUntil(login.form.isVisible)
    assert login.form.banner.isVisible()
    QTest.keyClicks(login.form.fields["password"].control, PASSWORD)
    QTest.keyClick(login.form.fields["password"].control, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.shell is not None, timeout=10_000)
    settle(window, qtbot)
    close(window)


def test_the_password_stays_possible_and_is_a_tab_away(
    desk: Desk, home: Path, qtbot: QtBot, qapp: QApplication, remembered: InMemory
) -> None:
    desk.close()
    window = open_window(home, qapp, qtbot)
    window.start()
    login: Any = window.root.currentWidget()
    qtbot.waitUntil(lambda: LOGIN in login.system.buttons and login.system.buttons[LOGIN].hasFocus())
    QTest.keyClick(login.system.buttons[LOGIN], Qt.Key.Key_Tab)
    assert login._again.hasFocus()
    QTest.keyClick(login._again, Qt.Key.Key_Space)
    assert login.form.isVisible()
    assert login.form.fields["password"].control.hasFocus()
    QTest.keyClick(login._again, Qt.Key.Key_Space)
    assert login.system.isVisible()
    settle(window, qtbot)
    close(window)


def test_the_locked_screen_asks_for_the_password_unless_the_policy_says_otherwise(
    window: MainWindow, qtbot: QtBot, desk: Desk, remembered: InMemory
) -> None:
    window.lock()
    qtbot.waitUntil(lambda: desk.locked)
    settle(window, qtbot)
    login: Any = window.root.currentWidget()
    assert login.form.isVisible()
    assert not login.system.isVisible()
    assert not login._again.isVisible()
    login.login_wanted.emit(LOGIN, PASSWORD)
    qtbot.waitUntil(lambda: window.root.currentWidget() is window.shell)
    allow_system_keyring(desk, True, unlocks=True)
    window.lock()
    qtbot.waitUntil(lambda: desk.locked)
    qtbot.waitUntil(login.system.isVisible)
    QTest.keyClick(login.system.buttons[LOGIN], Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.root.currentWidget() is window.shell)
    assert not desk.locked
    settle(window, qtbot)


def test_after_a_log_in_through_the_page_the_locked_screen_can_be_left(
    desk: Desk, home: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    desk.close()
    window = open_window(home, qapp, qtbot)
    window.start()
    login: Any = window.root.currentWidget()
    qtbot.waitUntil(lambda: login.form.fields["login"].value() == LOGIN)
    for word in ("not it", PASSWORD):
        login.form.fields["password"].set_value(word)
        login.form.finish()
        settle(window, qtbot)
    qtbot.waitUntil(lambda: window.shell is not None, timeout=10_000)
    settle(window, qtbot)
    window.lock()
    settle(window, qtbot)
    window.context.set_language("en")
    window.context.set_language("zh")
    assert not login.form.banner.isVisible(), "what was wrong at the log-in is not said again"
    login.form.fields["password"].set_value(PASSWORD)
    login.form.finish()
    qtbot.waitUntil(lambda: window.root.currentWidget() is window.shell, timeout=10_000)
    settle(window, qtbot)
    close(window)
