"""A desk, a centre and a kiosk: who is registered at the counter signs in at the kiosk, and the application travels back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from sync.client.engine import SyncClient
from sync.client.enrol import enrol
from sync.server.run import ServerThread
from tests.ui.kiosk.test_kiosk_hour import OTHERS, register
from ui import shots_kiosk
from zzdesk.clock import FixedClock
from zzdesk.desk import kiosk_door, records
from zzdesk.desk.accounts import reset_password
from zzdesk.desk.kiosk import Proof
from zzdesk.desk.session import Desk, create_home, open_desk
from zzdesk.jobs import commands, queries
from zzdesk.store.keys import TEST_COST


@pytest.fixture
def centre(tmp_path: Path) -> Iterator[ServerThread]:
    with ServerThread(tmp_path / "centre", clock=FixedClock(shots_kiosk.NOW)) as running:
        yield running


def bring(desk: Desk, centre: ServerThread) -> None:
    enrol(desk, centre.url, centre.enrol_code(shots_kiosk.STATION))
    SyncClient(desk).sync()


def make_kiosk(home: Path, centre: ServerThread) -> shots_kiosk.Place:
    """A second machine of the station with the kiosk's account, enrolled, and its operator's PIN."""
    clock = FixedClock(shots_kiosk.NOW, salt=2)
    head, _ = create_home(home, shots_kiosk.STATION, "zhuang", shots_kiosk.PASSWORD, clock, cost=TEST_COST)
    with head:
        bring(head, centre)
        reset_password(head, "kiosk", shots_kiosk.PASSWORD.replace("river", "bridge"))
        kiosk_door.set_pin(head, shots_kiosk.PIN, cost=TEST_COST)
        SyncClient(head).sync()
    return shots_kiosk.Place(home, "", clock)


def test_the_counter_and_the_kiosk_meet_at_the_centre(
    tmp_path: Path, centre: ServerThread, qtbot: QtBot, qapp: QApplication
) -> None:
    place = shots_kiosk.furnish(tmp_path / "desk", FixedClock(shots_kiosk.NOW), TEST_COST)
    with open_desk(place.home, "zhuang", shots_kiosk.PASSWORD, place.clock, cost=TEST_COST) as head:
        bring(head, centre)
    second = make_kiosk(tmp_path / "kiosk", centre)
    sheet, font, palette = qapp.styleSheet(), qapp.font(), qapp.palette()
    with shots_kiosk.open_kiosk(second) as (window, flow):
        with open_desk(place.home, "lin", shots_kiosk.PASSWORD, place.clock, cost=TEST_COST) as clerk:
            card = register(clerk, OTHERS[0])
            SyncClient(clerk).sync()
        exchange(window, qtbot)
        desk: Any = window.runner.desk
        assert kiosk_door.sign_in(desk, "visit", Proof(card=card, answer="1234")).name == "黄*明"
        flow.scanned(card)
        shots_kiosk.settle(window)
        for key in "1234":
            window.screen_now.press(key)
        shots_kiosk.settle(window)
        window.screen_now.choices[0].click()
        shots_kiosk.settle(window)
        with qtbot.waitSignal(window.exchange.ended, timeout=30_000) as ended:
            window.screen_now.choices[0].click()
        assert not isinstance(ended.args[0], Exception), ended.args
        shots_kiosk.settle(window)
        a_call_is_heard_and_answered(window, flow, place, qtbot)
    qapp.setStyleSheet(sheet)
    qapp.setFont(font)
    qapp.setPalette(palette)
    with open_desk(place.home, "lin", shots_kiosk.PASSWORD, place.clock, cost=TEST_COST) as clerk:
        SyncClient(clerk).sync()
        (row,) = clerk.read(records.list_records, "application", {}, limit=9).rows
        assert (row["way"], row["state"]) == ("kiosk", "applied")


def a_call_is_heard_and_answered(window: Any, flow: Any, place: shots_kiosk.Place, qtbot: QtBot) -> None:
    """叫工作人员 reaches the desk through the centre; that somebody comes reaches the kiosk."""
    with qtbot.waitSignal(window.exchange.ended, timeout=30_000):
        flow.help.call()
    qtbot.waitUntil(lambda: "柜台的电脑上看得到" in window.screen_now.hint.text(), timeout=10_000)
    with open_desk(place.home, "lin", shots_kiosk.PASSWORD, place.clock, cost=TEST_COST) as clerk:
        SyncClient(clerk).sync()
        (call,) = clerk.read(queries.open_calls).rows
        assert (call.machine, call.lively) == ("自助机", True)
        clerk.write(commands.act_call, call.id, "answer", {})
        SyncClient(clerk).sync()
    window.exchange.sync_now()
    qtbot.waitUntil(lambda: "马上过来" in window.screen_now.hint.text(), timeout=30_000)


def exchange(window: Any, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: window.exchange.status is not None, timeout=10_000)
    with qtbot.waitSignal(window.exchange.ended, timeout=30_000) as ended:
        window.exchange.sync_now()
    assert not isinstance(ended.args[0], Exception), ended.args
    shots_kiosk.settle(window)
