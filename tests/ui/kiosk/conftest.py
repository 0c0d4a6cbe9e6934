"""A kiosk over a real home with people, jobs and other people's data; touched by fingers, closed at the end."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint
from PySide6.QtGui import QPointingDevice
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from ui import shots_kiosk
from ui.kiosk.flow import Flow
from ui.kiosk.pages import NumberScreen
from ui.kiosk.window import KioskWindow
from ui.shots_kiosk import Place
from zzdesk.clock import FixedClock
from zzdesk.desk.session import Desk, open_desk
from zzdesk.paths import HomePaths
from zzdesk.settings import change_settings
from zzdesk.store.keys import TEST_COST


class Kiosk:
    """The window with a finger before it."""

    def __init__(self, window: KioskWindow, flow: Flow, place: Place, device: QPointingDevice, qtbot: QtBot) -> None:
        self.window, self.flow, self.place, self._device, self._qtbot = window, flow, place, device, qtbot
        self.clock: Any = place.clock

    @property
    def screen(self) -> Any:
        return self.window.screen_now

    def settle(self) -> None:
        self._qtbot.waitUntil(lambda: self.window.runner.idle, timeout=10_000)

    def wait(self, until: Callable[[], bool]) -> None:
        self._qtbot.waitUntil(until, timeout=10_000)

    def tap(self, widget: QWidget) -> None:
        """Touch the middle of a widget, as a finger does, and wait for what comes of it."""
        at = widget.mapTo(self.window, widget.rect().center())
        assert self.window.childAt(at) is widget or widget.isAncestorOf(self.window.childAt(at) or widget), "covered"
        self._touch(at)
        self.settle()

    def _touch(self, at: QPoint) -> None:
        QTest.touchEvent(self.window, self._device).press(0, at, self.window).commit()
        QTest.touchEvent(self.window, self._device).release(0, at, self.window).commit()

    def choose(self, words: str) -> None:
        """Touch the choice of the screen that says these words."""
        found = [choice for choice in self.screen.choices if words in choice.accessibleName()]
        assert len(found) == 1, [choice.accessibleName() for choice in self.screen.choices]
        self.tap(found[0])

    def type(self, digits: str) -> None:
        """Touch the keys of the pad."""
        for digit in digits:
            assert isinstance(self.screen, NumberScreen), self.screen.spoken
            self.tap(self.screen.pad.keys[digit])

    def scan(self, card: str) -> None:
        """Type like a card reader."""
        for char in f"{card}\r":
            QTest.keyClick(self.window, char)
        self.settle()

    def texts(self) -> str:
        """Everything that any widget of the program says or could say, and the clipboard."""
        said: list[str] = [QApplication.clipboard().text()]
        for widget in QApplication.allWidgets():
            said += [widget.toolTip(), widget.accessibleName(), widget.accessibleDescription(), widget.windowTitle(),
                     widget.statusTip(), widget.whatsThis()]
            if isinstance(widget, (QLabel, QPushButton, QLineEdit)):
                said.append(widget.text())
        return "\n".join(said)


@pytest.fixture
def place(home: Path) -> Place:
    """A station on Saturday 2026-11-21, 09:00."""
    return shots_kiosk.furnish(home, FixedClock(shots_kiosk.NOW), TEST_COST)


@pytest.fixture
def clerk(place: Place) -> Iterator[Desk]:
    """The operator's desk of the same home."""
    with open_desk(place.home, "lin", shots_kiosk.PASSWORD, place.clock, cost=TEST_COST) as desk:
        yield desk


@pytest.fixture(scope="session")
def finger() -> QPointingDevice:
    """A touch screen; one for the whole run, as Qt keeps it."""
    return QTest.createTouchDevice()


@pytest.fixture
def choices() -> dict[str, Any]:
    """What the settings of the machine say of its kiosk; a test may say otherwise."""
    return {}


@pytest.fixture
def kiosk(place: Place, choices: dict[str, Any], qapp: QApplication, qtbot: QtBot, finger: QPointingDevice) -> Iterator[Kiosk]:
    """The kiosk on its first screen, with its guard over the whole program; the program is undressed afterwards."""
    sheet, font, palette, interval = qapp.styleSheet(), qapp.font(), qapp.palette(), qapp.doubleClickInterval()
    qapp.setDoubleClickInterval(0)  # a test has no time between two touches, a person has
    change_settings(HomePaths(place.home).settings, **choices)
    with shots_kiosk.open_kiosk(place) as (window, flow):
        window.keep_in(full_screen=False)
        window.resize(shots_kiosk.SIZES["lies"])
        yield Kiosk(window, flow, place, finger, qtbot)
        guard: QObject = window.guard
        qapp.removeEventFilter(guard)
        window.hide()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    qapp.setDoubleClickInterval(interval)
    qapp.setStyleSheet(sheet)
    qapp.setFont(font)
    qapp.setPalette(palette)
