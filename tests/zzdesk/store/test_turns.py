"""The writers' lock goes round in the order of asking: nobody who writes again and again keeps others out."""

from __future__ import annotations

import threading
from collections.abc import Callable

from pytestqt.qtbot import QtBot

from zzdesk.store.turns import FairLock

LONG = 30.0


def started(work: Callable[[], None]) -> threading.Thread:
    thread = threading.Thread(target=work)
    thread.start()
    return thread


def test_who_waits_goes_before_who_comes_back(qtbot: QtBot) -> None:
    lock, order = FairLock(), []

    def come(name: str) -> Callable[[], None]:
        def work() -> None:
            assert lock.acquire(LONG)
            order.append(name)
            lock.release()

        return work

    assert lock.acquire(0)
    threads = []
    for n, name in enumerate(("a", "b", "c"), 1):
        threads.append(started(come(name)))
        qtbot.waitUntil(lambda n=n: len(lock._waiting) == n)
    lock.release()
    assert lock.acquire(LONG)  # comes back at once, and is behind all three
    order.append("again")
    lock.release()
    for thread in threads:
        thread.join()
    assert order == ["a", "b", "c", "again"]


def test_who_gives_up_waiting_is_forgotten() -> None:
    lock = FairLock()
    assert lock.acquire(0)
    assert not lock.acquire(0)
    assert not lock.acquire(0.01)
    lock.release()
    assert lock.acquire(0)
    lock.release()


def test_one_at_a_time_whoever_comes_and_gives_up() -> None:
    lock, inside, most, taken = FairLock(), [0], [0], [0]

    def work() -> None:
        for turn in range(200):
            if lock.acquire(0.0005 if turn % 3 else LONG):
                inside[0] += 1
                most[0] = max(most[0], inside[0])
                taken[0] += 1
                inside[0] -= 1
                lock.release()

    threads = [started(work) for _ in range(6)]
    for thread in threads:
        thread.join()
    assert most[0] == 1
    assert taken[0] >= 6 * 67
    assert lock.acquire(0), "whoever held it gave it back"
    lock.release()
