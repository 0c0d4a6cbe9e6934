"""A window over a real home, opened, with its workers; closed and joined at the end of the test."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, qInstallMessageHandler
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.homes import new_home
from tests.translations import TS
from ui import application
from ui.desk_session import Opened
from ui.main_window import MainWindow
from zzdesk.clock import FixedClock
from zzdesk.desk.facts import facts_of
from zzdesk.desk.session import Desk
from zzdesk.reports import commands as reports

STATION: Final = "350602002004"
LOGIN, PASSWORD = "zhuang", "Xiqiao-2026-shequ"
# What the offscreen platform says about things that it has no use for.
_NOISE: Final = ("propagateSizeHints", "does not support raise", "grabbing the keyboard")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Do not fail on the noise of the offscreen platform."""
    for item in items:
        item.add_marker(pytest.mark.qt_log_ignore(*_NOISE))


@pytest.fixture(scope="session", autouse=True)
def english() -> None:
    """The English of the windows, compiled from its source if that is newer."""
    target = TS.with_suffix(".qm")
    if not target.exists() or target.stat().st_mtime < TS.stat().st_mtime:
        program = Path(sys.executable).parent / "pyside6-lrelease"
        subprocess.run([str(program), "-silent", str(TS), "-qm", str(target)], check=True)


@pytest.fixture
def desk(home: Path, clock: FixedClock) -> Iterator[Desk]:
    """An open desk of one station, with the rights of whoever made it."""
    opened = new_home(home, STATION, LOGIN, PASSWORD, clock, display_name="庄晓燕")
    yield opened
    opened.close()


@pytest.fixture
def window(desk: Desk, home: Path, qtbot: QtBot, qapp: QApplication) -> Iterator[MainWindow]:
    """The window of that desk, on the workbench, in Chinese and light."""
    made = open_window(home, qapp, qtbot)
    made.context.set_theme("light")
    made.context.set_language("zh")
    made.enter(Opened(desk, facts_of(desk)))
    settle(made, qtbot)
    yield made
    close(made)


@pytest.fixture
def empty_window(home: Path, qtbot: QtBot, qapp: QApplication) -> Iterator[MainWindow]:
    """The window of a machine without a home: the wizard of the first start."""
    made = open_window(home, qapp, qtbot)
    made.context.set_language("zh")
    made.start()
    yield made
    close(made)


def open_window(home: Path, qapp: QApplication, qtbot: QtBot) -> MainWindow:
    """Make the window of a home and show it."""
    made = application.make_window(home, qapp)
    made.resize(1280, 800)
    made.show()
    qtbot.waitExposed(made)
    return made


def close(window: MainWindow) -> None:
    """Close a window, which joins its workers, and let Qt delete it."""
    if not shiboken6.isValid(window):
        return
    window.close()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(window, QEvent.Type.DeferredDelete.value)


def settle(window: MainWindow, qtbot: QtBot) -> None:
    """Wait until the workers have nothing more to say."""
    qtbot.waitUntil(lambda: window.runner.idle, timeout=10_000)


@pytest.fixture
def add_report(desk: Desk) -> Callable[..., str]:
    """A function that records a report and returns its id."""

    def add(title: str = "台湾路路灯不亮", **fields: Any) -> str:
        values = {"title": title, "category": "lighting", "source": "counter", **fields}
        return desk.write(reports.register, values).created[0]

    return add


@pytest.fixture
def qt_log() -> Iterator[None]:
    """Route Qt's messages into the log for one test."""
    before = qInstallMessageHandler(application.qt_message)
    yield
    qInstallMessageHandler(before)
