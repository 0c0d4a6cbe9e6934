"""Work off the main thread: results arrive on it, errors are told, nothing is left running."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QMetaObject, QObject, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.watchdog import Watchdog
from ui.changes import Changes
from ui.runner import SLICE_MS, Runner, Task
from zzdesk.errors import KnownError, OfflineError
from zzdesk.i18n import current_language, set_language


@pytest.fixture
def runner(qtbot: QtBot) -> Iterator[Runner]:
    made = Runner(Changes())
    yield made
    assert made.close()


def test_work_runs_elsewhere_and_answers_here(runner: Runner, qtbot: QtBot) -> None:
    seen: list[tuple[int, int]] = []
    runner.call(threading.get_ident, on_done=lambda worker: seen.append((worker, threading.get_ident())))
    qtbot.waitUntil(lambda: bool(seen))
    worker, here = seen[0]
    assert worker != here == threading.get_ident()


def test_work_keeps_its_order(runner: Runner, qtbot: QtBot) -> None:
    seen: list[int] = []
    for number in range(50):
        runner.call(int, number, on_done=seen.append)
    qtbot.waitUntil(lambda: len(seen) == 50)
    assert seen == list(range(50))


def test_a_known_error_goes_to_whoever_asked(runner: Runner, qtbot: QtBot) -> None:
    def fail() -> None:
        raise OfflineError("没有网络")

    told: list[KnownError] = []
    runner.call(fail, on_error=told.append)
    qtbot.waitUntil(lambda: bool(told))
    assert told[0].code == "offline"


def test_an_error_that_nobody_took_is_told_once(runner: Runner, qtbot: QtBot) -> None:
    def fail() -> None:
        raise OfflineError("没有网络")

    with qtbot.waitSignal(runner.failed) as told:
        runner.call(fail)
    assert told.args[0].code == "offline"


def test_a_fault_of_ours_reaches_the_main_thread(runner: Runner, qtbot: QtBot) -> None:
    with qtbot.captureExceptions() as caught:
        runner.call(lambda: 1 // 0)
        qtbot.waitUntil(lambda: bool(caught))
    assert caught[0][0] is ZeroDivisionError


def test_a_page_that_is_gone_gets_nothing(runner: Runner, qtbot: QtBot) -> None:
    import shiboken6

    page, seen, gate = QObject(), [], threading.Event()
    runner.call(gate.wait, on_done=seen.append, owner=page)
    shiboken6.delete(page)
    gate.set()
    qtbot.waitUntil(lambda: runner.idle)
    assert seen == []


class _Page(QWidget):
    """A class of ours over one of Qt's: the binding destroys it in whichever thread drops it last."""

    def __init__(self, ends: list[int]) -> None:
        super().__init__()
        self.destroyed.connect(lambda: ends.append(threading.get_ident()), Qt.ConnectionType.DirectConnection)

    def work(self, task: Task | None = None) -> None:
        """Be held by what the worker does."""

    def show_it(self, found: object) -> None:
        """Be held by what is told when it is done."""


def test_a_page_never_ends_in_a_worker(runner: Runner, qtbot: QtBot) -> None:
    ends: list[int] = []
    for _ in range(30):
        page = _Page(ends)
        runner.call(page.work, on_done=page.show_it)
        runner.network(_Page(ends).work)
        runner.call(int, on_done=_Page(ends).show_it)
        del page
    qtbot.waitUntil(lambda: runner.idle)
    assert runner.close()
    assert ends == [threading.get_ident()] * 90


def test_cancelled_work_is_not_told(runner: Runner, qtbot: QtBot) -> None:
    seen: list[object] = []
    gate = threading.Event()
    runner.call(gate.wait)
    task = runner.call(int, on_done=seen.append)
    task.cancel()
    gate.set()
    qtbot.waitUntil(lambda: runner.idle)
    assert seen == []


def test_network_work_can_stop_half_way_and_says_how_far_it_is(runner: Runner, qtbot: QtBot) -> None:
    def work(task: Task) -> str:
        for step in range(100_000_000):
            task.report(step, 100_000_000)
            if task.cancelled():
                return "stopped"
        return "all"

    far: list[int] = []
    task = runner.network(work, on_progress=lambda done, total: far.append(done))
    qtbot.waitUntil(lambda: len(far) > 3)
    task.cancel()
    qtbot.waitUntil(lambda: runner.idle)
    assert far[-1] < 99_999_999


def test_the_network_does_not_wait_for_the_database(runner: Runner, qtbot: QtBot) -> None:
    gate, seen = threading.Event(), []
    runner.call(gate.wait)
    runner.network(lambda task: "through", on_done=seen.append)
    qtbot.waitUntil(lambda: seen == ["through"])
    gate.set()


def test_a_flood_of_results_does_not_hold_the_main_thread(runner: Runner, qtbot: QtBot, watchdog: Watchdog) -> None:
    def slow(_: object) -> None:
        end = time.perf_counter() + SLICE_MS / 4000
        while time.perf_counter() < end:
            pass

    done: list[object] = []
    watchdog.start()
    for _ in range(200):
        runner.call(int, on_done=lambda value: (slow(value), done.append(value)))
    qtbot.waitUntil(lambda: len(done) == 200, timeout=10_000)


def test_work_speaks_the_language_of_the_window(runner: Runner, qtbot: QtBot) -> None:
    seen: list[str] = []
    set_language("en")
    runner.call(current_language, on_done=seen.append)
    qtbot.waitUntil(lambda: bool(seen))
    set_language("zh")
    assert seen == ["en"]


def test_nothing_starts_after_closing(qtbot: QtBot) -> None:
    runner = Runner(Changes())
    runner.call(int)
    assert runner.close()
    assert runner.call(int).cancelled()
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("zzdesk-")]


def test_a_fault_does_not_hold_up_what_waits_behind_it(runner: Runner, qtbot: QtBot) -> None:
    gate, seen = threading.Event(), []
    with qtbot.captureExceptions() as caught:
        runner.call(gate.wait)
        runner.call(lambda: 1 // 0)
        runner.call(int, on_done=seen.append)
        gate.set()
        qtbot.waitUntil(lambda: seen == [0])
    assert len(caught) == 1


def test_results_of_many_threads_all_arrive_here_and_ask_for_one_turn_at_a_time(
    runner: Runner, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both workers wake the main thread; neither a result nor a turn gets lost between them."""
    asked: list[int] = []
    real = QMetaObject.invokeMethod
    monkeypatch.setattr(QMetaObject, "invokeMethod", lambda *words: asked.append(threading.get_ident()) or real(*words))
    seen: list[int] = []
    start = threading.Barrier(8)

    def work() -> None:
        start.wait()
        for _ in range(250):
            runner._progress(task, 0, 0)

    task = Task(None, None, None, lambda *_: seen.append(threading.get_ident()))
    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(asked) == 1, "one turn was asked for while the main thread had none"
    qtbot.waitUntil(lambda: len(seen) == 2000)
    assert set(seen) == {threading.get_ident()}
    runner.call(int, on_done=seen.append)
    qtbot.waitUntil(lambda: len(seen) == 2001)
