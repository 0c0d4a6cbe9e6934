"""The watchdog of the tests sees a blocked main thread, and stays quiet about an idle one."""

from __future__ import annotations

import threading
import time
from functools import partial

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from tests.watchdog import Watchdog


def _hold_the_main_thread(seconds: float) -> None:
    until = time.thread_time() + seconds
    while time.thread_time() < until:
        pass


def test_a_blocked_main_thread_is_seen_with_its_stack(qtbot: QtBot, qapp: object) -> None:
    dog, done = Watchdog(budget_ms=50), []
    dog.start()
    QTimer.singleShot(20, lambda: (_hold_the_main_thread(0.15), done.append(True)))
    qtbot.waitUntil(lambda: bool(done))
    dog.stop()
    [seen] = [block for block in dog.blocks if block.milliseconds > 100]  # a machine at its limit may add shorter ones
    assert "_hold_the_main_thread" in seen.stack


@pytest.mark.parametrize("work", [True, False])
def test_own_work_is_told_from_waiting(qtbot: QtBot, qapp: object, work: bool) -> None:
    dog, done = Watchdog(budget_ms=50, own_work=True), []
    never = threading.Event()
    hold = partial(_hold_the_main_thread, 0.15) if work else partial(never.wait, 0.15)
    dog.start()
    QTimer.singleShot(20, lambda: (hold(), done.append(True)))
    qtbot.waitUntil(lambda: bool(done))
    dog.stop()
    assert [block.milliseconds > 100 for block in dog.blocks] == [True] * work


def test_an_idle_loop_is_not_a_block(qtbot: QtBot, watchdog: Watchdog) -> None:
    watchdog.start()
    qtbot.waitUntil(lambda: watchdog.ticks > 20)
