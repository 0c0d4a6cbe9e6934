"""The window over a real desk: pages, keyboard, language, theme, lock, and what stays behind."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtGui import QAccessible, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)  # fmt: skip
from pytestqt.qtbot import QtBot

from tests.ui.conftest import LOGIN, PASSWORD, close, open_window, settle
from tests.watchdog import Watchdog
from ui.main_window import MainWindow
from ui.models.paging import PagingModel, Role
from ui.pages import PAGES
from ui.shell import PLACES
from ui.theme import tokens_now
from zzdesk.desk.session import Desk

_HAN = re.compile(r"[\u4e00-\u9fff]")
# Names of languages are written in themselves; the rest is data of the test.
_DATA = ("漳州市芗城区西桥街道西桥社区", "西桥社区", "庄晓燕", "晓燕", "台湾路路灯不亮", "中文")


def every_page(window: MainWindow, qtbot: QtBot) -> Iterator[tuple[str, QWidget]]:
    """Visit every page, with what it shows loaded."""
    for key in PAGES:
        page = window.shell.open_page(key)
        settle(window, qtbot)
        yield key, page


def texts_of(root: QWidget) -> Iterator[str]:
    """Yield every text that a person can see or hear in a widget and below."""
    shown = [widget for widget in root.findChildren(QWidget) if widget.isVisibleTo(root)]
    for widget in [root, *shown]:
        if isinstance(widget, (QLabel, QAbstractButton)):
            yield widget.text()
        if isinstance(widget, (QLineEdit, QPlainTextEdit)):
            yield widget.placeholderText()
        if isinstance(widget, QComboBox):
            yield from (widget.itemText(at) for at in range(widget.count()))
        if isinstance(widget, QAbstractItemView) and isinstance(widget.model(), PagingModel):
            yield from _painted(widget.model())
        yield widget.toolTip()
        yield widget.accessibleName()


def _painted(model: QAbstractItemModel) -> Iterator[str]:
    """Yield what a list or a table draws: heads, tags and lines."""
    for at in range(model.columnCount()):
        yield model.headerData(at, Qt.Orientation.Horizontal) or ""
    for row in range(model.rowCount()):
        for at in range(model.columnCount()):
            tag = model.index(row, at).data(Role.TAG)
            yield tag.text if tag is not None else model.index(row, at).data() or ""
        line = model.index(row, 0).data(Role.LINE)
        if line is not None:
            yield from (line.title, line.detail, line.when, line.tag.text if line.tag else "")


def speak(window: MainWindow, qtbot: QtBot, language: str) -> None:
    """Switch the language and wait until the window has followed."""
    window.context.set_language(language)
    word = {"zh": "工作台", "en": "Today"}[language]
    qtbot.waitUntil(lambda: window.shell.rail.buttons["workbench"].text() == word)
    settle(window, qtbot)


def test_it_opens_on_the_workbench(window: MainWindow) -> None:
    assert window.shell.current == "workbench"
    assert "庄晓燕" in window.shell.pages["workbench"].header.title.text()
    assert "西桥社区" in window.windowTitle()


def test_pages_are_made_on_the_first_visit(window: MainWindow) -> None:
    assert list(window.shell.pages) == ["workbench"]
    first = window.shell.open_page("sync")
    assert window.shell.open_page("workbench") is not first
    assert window.shell.open_page("sync") is first


@pytest.mark.parametrize("key", list(PAGES))
def test_every_page_opens(window: MainWindow, qtbot: QtBot, key: str) -> None:
    page = window.shell.open_page(key)
    settle(window, qtbot)
    assert window.shell.stack.currentWidget() is page
    assert page.header.title.text()


def test_numbers_jump_to_places(window: MainWindow, qtbot: QtBot) -> None:
    with qtbot.waitActive(window):
        window.activateWindow()
    for number, key in enumerate(PLACES, 1):
        qtbot.keyClick(window, getattr(Qt.Key, f"Key_{number}"), Qt.KeyboardModifier.ControlModifier)
        assert window.shell.current == key
    settle(window, qtbot)


def test_arrows_walk_along_the_navigation(window: MainWindow, qtbot: QtBot) -> None:
    with qtbot.waitActive(window):
        window.activateWindow()
    first, second = list(window.shell.rail.buttons.values())[:2]
    first.setFocus()
    qtbot.keyClick(first, Qt.Key.Key_Down)
    assert second.hasFocus()
    qtbot.keyClick(second, Qt.Key.Key_Return)
    assert window.shell.current == "reports"
    settle(window, qtbot)


def test_every_place_that_takes_the_keyboard_has_a_name(window: MainWindow, qtbot: QtBot) -> None:
    nameless = []
    for key, page in every_page(window, qtbot):
        for widget in [*window.shell.findChildren(QWidget), *page.findChildren(QWidget)]:
            tabbed = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
            if not tabbed or not widget.isVisibleTo(window) or widget.objectName().startswith("qt_"):
                continue
            face = QAccessible.queryAccessibleInterface(widget)
            if face is None or not face.text(QAccessible.Text.Name):
                nameless.append(f"{key}: {type(widget).__name__} {widget.objectName()}")
    assert sorted(set(nameless)) == []


def test_english_leaves_no_chinese_behind(
    window: MainWindow, qtbot: QtBot, add_report: Callable[..., str]
) -> None:
    add_report()
    for _ in every_page(window, qtbot):
        pass
    speak(window, qtbot, "en")
    left = []
    for key, page in every_page(window, qtbot):
        for text in {*texts_of(page), *texts_of(window.shell)}:
            said = text
            for data in _DATA:
                said = said.replace(data, "")
            if _HAN.search(said):
                left.append(f"{key}: {text}")
    assert not left, "\n".join(sorted(set(left)))


def test_back_to_chinese_everything_is_chinese_again(window: MainWindow, qtbot: QtBot) -> None:
    before = {key: sorted(filter(None, texts_of(page))) for key, page in every_page(window, qtbot)}
    speak(window, qtbot, "en")
    speak(window, qtbot, "zh")
    after = {key: sorted(filter(None, texts_of(page))) for key, page in every_page(window, qtbot)}
    changed = {key: set(before[key]) ^ set(after[key]) for key in before}
    assert {key: texts for key, texts in changed.items() if texts} == {}


def test_the_theme_changes_live_and_is_kept(window: MainWindow, qtbot: QtBot) -> None:
    light = window.grab().toImage().pixelColor(600, 400).lightness()
    window.context.set_theme("dark")
    assert tokens_now().name == "dark"
    assert window.grab().toImage().pixelColor(600, 400).lightness() < light
    assert '"dark"' in (window.home / "settings.json").read_text("utf-8")
    window.context.set_theme("light")
    settle(window, qtbot)


def test_at_the_smallest_size_nothing_scrolls_sideways(window: MainWindow, qtbot: QtBot) -> None:
    window.resize(1280, 720)
    for language in ("zh", "en"):
        speak(window, qtbot, language)
        for key, page in every_page(window, qtbot):
            assert page.minimumSizeHint().width() <= page.width(), (language, key)


def test_the_status_bar_tells_the_truth(window: MainWindow, qtbot: QtBot, add_report: Callable[..., str]) -> None:
    add_report()
    window.exchange.refresh()
    settle(window, qtbot)
    texts = [text for text in texts_of(window.shell.status) if text]
    assert any("离线" in text for text in texts)
    assert any(re.search(r"\d+ 项待送达", text) for text in texts)


def test_a_change_elsewhere_is_shown_without_being_asked(
    window: MainWindow, qtbot: QtBot, desk: Desk, add_report: Callable[..., str]
) -> None:
    page = window.shell.pages["workbench"]
    before = page._model.rowCount()
    from zzdesk.store.unit import ChangeSet

    record = add_report()
    window.changes.changed.emit(ChangeSet(frozenset({("report", record)})), None)
    qtbot.waitUntil(lambda: page._model.rowCount() == before + 1)


def test_locking_puts_the_key_away_and_the_password_brings_it_back(
    window: MainWindow, qtbot: QtBot, desk: Desk
) -> None:
    window.lock()
    qtbot.waitUntil(lambda: desk.locked)
    login = window.root.currentWidget()
    assert login is not window.shell
    login.login_wanted.emit(LOGIN, "wrong")
    qtbot.waitUntil(lambda: login.form.banner.isVisible())
    assert desk.locked
    login.login_wanted.emit(LOGIN, PASSWORD)
    qtbot.waitUntil(lambda: window.root.currentWidget() is window.shell)
    assert not desk.locked
    settle(window, qtbot)


def test_nobody_there_for_a_while_locks(window: MainWindow, qtbot: QtBot, desk: Desk) -> None:
    assert window._idle.isActive()
    assert window._idle.interval() == 10 * 60_000
    window._idle.setInterval(1)
    window._idle.start()
    qtbot.waitUntil(lambda: desk.locked)


def test_a_key_in_any_window_of_the_program_puts_off_the_idle_lock(window: MainWindow, qtbot: QtBot) -> None:
    sheet = QDialog(window)
    window._idle.setTimerType(Qt.TimerType.PreciseTimer)
    for widget in (window, sheet):
        widget.show()
        with qtbot.waitActive(widget):
            widget.activateWindow()
        window._idle.start(60_000)
        qtbot.waitUntil(lambda: window._idle.remainingTime() < 59_900)
        QTest.keyClick(widget.windowHandle(), Qt.Key.Key_Shift)
        assert window._idle.remainingTime() > 59_900
    window._idle.stop()
    QTest.keyClick(sheet.windowHandle(), Qt.Key.Key_Shift)
    assert not window._idle.isActive()
    sheet.close()


def test_log_in_from_the_first_page(desk: Desk, home: Path, qtbot: QtBot, qapp: QApplication) -> None:
    desk.close()
    window = open_window(home, qapp, qtbot)
    window.start()
    login = window.root.currentWidget()
    qtbot.waitUntil(lambda: login.form.fields["login"].value() == LOGIN)
    login.form.fields["password"].set_value(PASSWORD)
    login.form.finish()
    qtbot.waitUntil(lambda: window.shell is not None, timeout=10_000)
    settle(window, qtbot)
    close(window)


def test_opening_the_window_does_not_block(window: MainWindow, qtbot: QtBot, watchdog: Watchdog) -> None:
    for _ in every_page(window, qtbot):
        pass
    watchdog.start()
    for _ in every_page(window, qtbot):
        pass


def test_closing_leaves_no_thread(desk: Desk, home: Path, qtbot: QtBot, qapp: QApplication) -> None:
    window = open_window(home, qapp, qtbot)
    window.start()
    settle(window, qtbot)
    close(window)
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("zzdesk-")]


def test_the_first_window_imports_only_what_it_needs(tmp_path: Path) -> None:
    import subprocess
    import sys

    code = (
        "import sys; from pathlib import Path; from ui import application as a\n"
        "app = a.make_application(); w = a.make_window(Path(sys.argv[1]), app); w.start(); w.show(); w.grab()\n"
        "late = {'requests', 'alembic', 'sqlalchemy', 'sqlcipher3', 'pypinyin', 'fastapi', 'uvicorn', 'zxcvbn'}\n"
        "print(sorted(late & set(sys.modules))); w.close()"
    )
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path / "none")], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_help_opens_at_the_page_one_is_on(window: MainWindow, qtbot: QtBot) -> None:
    window.navigate("sync")
    window.show_help()
    assert window._help.text.toPlainText().startswith("同步\n")
    window.context.set_language("en")
    qtbot.waitUntil(lambda: window._help.text.toPlainText().startswith("Sync\n"))
    window._help.close()
    settle(window, qtbot)


def test_shortcuts_that_are_documented_exist(window: MainWindow) -> None:
    from PySide6.QtGui import QShortcut

    from ui.help_viewer import help_text

    window.toast("x")
    window.navigate("reports")  # a page brings its own keys, once it has been opened
    real = {cut.key() for cut in window.findChildren(QShortcut)}
    named = re.findall(r"\| ((?:Ctrl\+)?[A-Z0-9?]\d?) ", help_text("shortcuts", "zh"))
    assert {"Ctrl+K", "Ctrl+L", "Ctrl+Z", "F1", "F5", "?"} <= set(named)
    assert [name for name in named if QKeySequence(name) not in real] == []


def test_the_regular_backup_is_made_when_it_is_due(window: MainWindow, qtbot: QtBot, desk: Desk) -> None:
    assert not list(desk.paths.backups.glob("*"))
    window._safety.timeout.emit()
    qtbot.waitUntil(lambda: bool(list(desk.paths.backups.glob("*"))), timeout=20_000)
    settle(window, qtbot)
    made = len(list(desk.paths.backups.glob("*")))
    window._safety.timeout.emit()
    settle(window, qtbot)
    assert len(list(desk.paths.backups.glob("*"))) == made


def test_times_that_are_changed_count_at_once(window: MainWindow) -> None:
    window.settings.set("idle_lock_minutes", 5)
    assert window._idle.interval() == 5 * 60_000
    window.settings.set("sync_minutes", 1)
    assert window.exchange._regular.interval() == 60_000
