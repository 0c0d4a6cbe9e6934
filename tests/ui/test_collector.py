"""Garbage that a window is part of ends in the window's thread, whoever makes objects meanwhile."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ui.collector import Collector


class _Page(QWidget):
    """Holds itself, as a page does that gives one of its methods away."""

    def __init__(self, ends: list[int]) -> None:
        super().__init__()
        self.destroyed.connect(lambda: ends.append(threading.get_ident()), Qt.ConnectionType.DirectConnection)
        self.own = self


@pytest.fixture
def collector(qtbot: QtBot) -> Iterator[Collector]:
    usual = gc.get_threshold()
    gc.set_threshold(700, 10, 10)  # the fewer objects make a generation, the sooner it is full
    made = Collector()
    yield made
    made.close()
    gc.set_threshold(*usual)
    assert gc.isenabled()


def _make_garbage() -> None:
    for _ in range(3 * gc.get_threshold()[0]):
        round_: list[object] = []
        round_.append(round_)


def test_a_page_that_became_garbage_ends_in_its_own_thread(collector: Collector, qtbot: QtBot) -> None:
    ends: list[int] = []
    _Page(ends)
    worker = threading.Thread(target=_make_garbage)
    worker.start()
    worker.join()
    assert ends == []
    qtbot.waitUntil(lambda: ends == [threading.get_ident()])


def test_what_is_older_is_looked_at_more_rarely(collector: Collector) -> None:
    looked: list[int] = []

    def told(phase: str, said: dict[str, int]) -> None:
        if phase == "start":
            looked.append(said["generation"])

    gc.callbacks.append(told)
    try:
        collector.look()
        looked.clear()
        most = gc.get_threshold()[1]
        for _ in range(2 * most):
            _make_garbage()
            collector.look()
    finally:
        gc.callbacks.remove(told)
    assert looked.count(0) > most
    assert 1 <= len(looked) - looked.count(0) <= 3
