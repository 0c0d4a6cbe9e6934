"""The first start, from the wizard to the workbench, by typing."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.conftest import close, open_window, settle
from ui.main_window import MainWindow
from ui.pages.first_run import FirstRunPage
from zzdesk.desk.session import open_desk, open_desk_by_recovery
from zzdesk.settings import load_info

PASSWORD = "Xiqiao-2026-shequ"


def wizard(window: MainWindow) -> FirstRunPage:
    page = window.root.currentWidget()
    assert isinstance(page, FirstRunPage)
    return page


def choose_place(window: MainWindow, qtbot: QtBot, typed: str) -> None:
    page = wizard(window)
    page.show_step("place")
    picker = page.place.fields["station"].control
    qtbot.keyClicks(picker, typed)
    qtbot.waitUntil(lambda: bool(picker._model.options))
    qtbot.keyClick(picker, Qt.Key.Key_Tab) if len(picker._model.options) == 1 else None
    picker._accept(picker._model.options[0])
    page.place.finish()


def make_account(window: MainWindow, qtbot: QtBot) -> str:
    page = wizard(window)
    page.account.set_values({"name": "庄晓燕", "login": "zhuang", "password": PASSWORD, "again": PASSWORD})
    page.account.finish()
    qtbot.waitUntil(lambda: page.recovery.isVisible(), timeout=20_000)
    return page.recovery._key


@pytest.mark.parametrize("typed", ["xqsq", "xiqiao", "350602002004"])
def test_a_community_is_found_by_typing(empty_window: MainWindow, qtbot: QtBot, typed: str) -> None:
    choose_place(empty_window, qtbot, typed)
    assert wizard(empty_window)._station == "350602002004"
    assert wizard(empty_window).account.isVisible()


def test_without_a_community_it_does_not_go_on(empty_window: MainWindow) -> None:
    page = wizard(empty_window)
    page.show_step("place")
    page.place.finish()
    assert page.place.isVisible()
    assert page.place.fields["station"].problem.text()


def test_from_nothing_to_the_workbench(empty_window: MainWindow, qtbot: QtBot, home: Path) -> None:
    choose_place(empty_window, qtbot, "xqsq")
    key = make_account(empty_window, qtbot)
    page = wizard(empty_window)
    page.recovery.form.fields["last"].set_value("WRONG")
    page.recovery.form.finish()
    assert page.recovery.isVisible()
    assert page.recovery.form.fields["last"].problem.text()
    page.recovery.form.fields["last"].set_value(key.split("-")[-1].lower())
    page.recovery.form.finish()
    assert page.enrol.isVisible()
    assert page.recovery._shown.text() == ""
    page.enrol.leave()
    qtbot.waitUntil(lambda: empty_window.shell is not None)
    settle(empty_window, qtbot)
    assert load_info(home / "home.json").station == "350602002004"
    close(empty_window)
    open_desk(home, "zhuang", PASSWORD).close()
    open_desk_by_recovery(home, "zhuang", key).close()


def test_a_weak_password_is_refused_at_its_field(empty_window: MainWindow, qtbot: QtBot, home: Path) -> None:
    choose_place(empty_window, qtbot, "xqsq")
    page = wizard(empty_window)
    page.account.set_values({"name": "庄晓燕", "login": "zhuang", "password": "abc", "again": "abc"})
    page.account.finish()
    qtbot.waitUntil(lambda: bool(page.account.fields["password"].problem.text()))
    assert not (home / "home.json").exists()
    assert page.account.button.isEnabled()


def test_the_password_is_typed_twice(empty_window: MainWindow, qtbot: QtBot) -> None:
    page = wizard(empty_window)
    page.show_step("account")
    page.account.set_values({"name": "庄", "login": "zhuang", "password": PASSWORD, "again": PASSWORD + "x"})
    with qtbot.assertNotEmitted(page.create_wanted):
        page.account.finish()
    assert page.account.fields["again"].problem.text()


def test_language_and_theme_can_be_chosen_before_anything_else(empty_window: MainWindow, qtbot: QtBot) -> None:
    page = wizard(empty_window)
    page.language.click()
    qtbot.waitUntil(lambda: page.title.text() == "Welcome to zzdesk")
    page.theme.click()
    page.language.click()
    qtbot.waitUntil(lambda: page.title.text() == "欢迎使用 zzdesk")
    page.theme.click()


def test_the_demonstration_is_another_program(empty_window: MainWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(empty_window.demo_wanted):
        wizard(empty_window)._demo.click()


def test_a_forgotten_password(home: Path, qtbot: QtBot, qapp: QApplication) -> None:
    from zzdesk.desk.session import create_home
    from zzdesk.store.keys import TEST_COST

    made, key = create_home(home, "350602002004", "zhuang", PASSWORD, cost=TEST_COST)
    made.close()
    window = open_window(home, qapp, qtbot)
    window.start()
    login = window.root.currentWidget()
    qtbot.waitUntil(lambda: login.form.fields["login"].value() == "zhuang")
    login._other.click()
    new = "Zhangzhou-2026-gucheng"
    login.recovery.set_values({"login": "zhuang", "recovery": key, "password": new, "again": new})
    login.recovery.finish()
    qtbot.waitUntil(lambda: isinstance(window.root.currentWidget(), FirstRunPage), timeout=20_000)
    step = wizard(window).recovery
    assert step._key
    assert step._key != key
    step.form.fields["last"].set_value(step._key.split("-")[-1])
    step.form.finish()
    qtbot.waitUntil(lambda: window.shell is not None)
    settle(window, qtbot)
    close(window)
    open_desk(home, "zhuang", new).close()
