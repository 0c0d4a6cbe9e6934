"""The screen of a kiosk that cannot be opened: people are sent to the counter, and only a PIN leads to the desktop."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QPointingDevice
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.kiosk.conftest import Kiosk
from ui.kiosk import stopped
from ui.kiosk.stopped import AGAIN, Stopped
from ui.kiosk.style import dress
from ui.kiosk.window import Choices, KioskWindow
from ui.shots_kiosk import NOW, PIN, SIZES, Place
from ui.theme.tokens import KIOSK_NORMAL
from zzdesk.clock import FixedClock
from zzdesk.desk.kiosk_door import proof_of
from zzdesk.desk.kiosk_exit import keep_door
from zzdesk.paths import HomePaths
from zzdesk.store.keys import TEST_COST


@pytest.fixture
def halted(home: Path, qapp: QApplication, qtbot: QtBot, finger: QPointingDevice) -> Iterator[Kiosk]:
    """The stopped screen over a home whose database is gone; ``flow`` is nobody's."""
    sheet, font, palette, interval = qapp.styleSheet(), qapp.font(), qapp.palette(), qapp.doubleClickInterval()
    qapp.setDoubleClickInterval(0)
    home.mkdir()
    clock = FixedClock(NOW)
    keep_door(HomePaths(home), {"zhuang": proof_of(PIN, TEST_COST)}, clock)
    dress(qapp, KIOSK_NORMAL)
    window = KioskWindow(Choices(idle_seconds=600), clock)
    Stopped(window, home, clock).show()
    window.keep_in(full_screen=False)
    window.resize(SIZES["lies"])
    yield Kiosk(window, None, Place(home, "", clock), finger, qtbot)  # type: ignore[arg-type]
    qapp.removeEventFilter(window.guard)
    window.let_out(0)
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    qapp.setDoubleClickInterval(interval)
    qapp.setStyleSheet(sheet)
    qapp.setFont(font)
    qapp.setPalette(palette)


def test_only_an_operators_pin_leads_from_the_stopped_screen_to_the_desktop(halted: Kiosk) -> None:
    ended: list[int] = []
    halted.window.ended.connect(ended.append)
    assert "暂时不能用" in halted.texts()
    halted.choose("离开自助机")
    halted.tap(halted.window.back)
    assert "暂时不能用" in halted.texts()
    halted.choose("离开自助机")
    for pin, said in (("111222", "PIN不对"),) * 5 + ((PIN, "试的次数太多"),):
        halted.type(pin)
        halted.tap(halted.screen.go)
        assert said in halted.texts()
    assert ended == []
    halted.clock.advance(601)
    halted.type(PIN)
    halted.tap(halted.screen.go)
    assert ended == [0]


def test_it_is_tried_again_by_a_finger_and_by_itself(halted: Kiosk, monkeypatch: pytest.MonkeyPatch) -> None:
    """What had passed, an account that was locked out for ten minutes, needs nobody."""
    ended: list[int] = []
    halted.window.ended.connect(ended.append)
    halted.choose("再试一次")
    monkeypatch.setattr(stopped, "BY_ITSELF_MS", 0)
    halted.window.show_screen(lambda: stopped.stopped_screen(halted.window, lambda: None), can_go_back=False, quiet=True)
    halted.wait(lambda: len(ended) == 2)
    assert ended == [AGAIN, AGAIN]
