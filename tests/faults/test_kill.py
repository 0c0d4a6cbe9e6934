"""Desk and centre killed in the middle of everything, and started again on what is on the disk: nothing lost or doubled."""

from __future__ import annotations

import random
import shutil
import tempfile
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sync.client.engine import SyncReport
from tests.faults import rest
from tests.faults.child import Point, free_port, kill_in_round, start_centre
from tests.faults.world import Seat, Template, World, memory_folder
from zzdesk.mediation.papers import add_paper
from zzdesk.reports import commands as reports

Make = Callable[[int], World]


def _work(seat: Seat, n: int) -> None:
    """Give a round something to push: new records, a text, a count, and what may clash with the other desk's."""
    report = seat.ids("report")[0]
    seat.desk.write(reports.register, {"title": f"井盖{n}", "category": "road"})
    text = seat.body("report", report)["description"]
    count = seat.body("report", report).get("support_count", 0)
    changes = {"description": f"{text}{seat.login}又说{n}。", "support_count": count + 1, "title": f"{seat.login}{n}"}
    seat.desk.write(reports.edit, report, changes)
    case = seat.ids("case")[0]
    seat.desk.write(add_paper, "party", {"case_id": case, "name": f"{seat.login}{n}", "role": "third"})
    seat.clock.advance(40)


def _kill_through(world: World, points: list[Point]) -> int:
    """Kill one desk's round at each of the points, with work on both desks between; return how often it died."""
    one, other = world.seats
    died = 0
    for n, point in enumerate(points):
        _work(one, n)
        _work(other, n)
        assert isinstance(other.sync(), SyncReport)
        died += kill_in_round(one, point)
        one.crash()
    world.settle()
    rest.check(world)
    return died


def test_a_desk_killed_around_its_requests_loses_and_doubles_nothing(make_world: Make) -> None:
    points = [(what, n) for n in (2, 3, 4, 5, 6) for what in ("request", "answer")]
    assert _kill_through(make_world(2), points) == len(points)


def test_a_desk_killed_before_each_commit_loses_and_doubles_nothing(make_world: Make) -> None:
    points = [("commit", n) for n in range(1, 9)]
    assert _kill_through(make_world(2), points) == len(points)


def test_a_desk_killed_inside_its_transactions_loses_and_doubles_nothing(make_world: Make) -> None:
    """In the middle of sealing, of taking answers, of a page."""
    points = [("statement", n) for n in range(2, 62, 6)]
    assert _kill_through(make_world(2), points) == len(points)


@pytest.mark.slow
def test_a_desk_killed_at_every_statement_of_a_round(make_world: Make) -> None:
    world = make_world(2)
    assert _kill_through(world, [("statement", n) for n in range(1, 121)]) > 100


def _busy(seat: Seat, stop: threading.Event, met: Counter[str], faults: list[BaseException]) -> None:
    """Work and synchronise until told to stop, whatever the line is like."""
    n = 0
    try:
        while not stop.is_set():
            n += 1
            _work(seat, n)
            met["done" if isinstance(seat.sync(), SyncReport) else "failed"] += 1
    except BaseException as fault:  # noqa: BLE001 - handed to the test's own thread
        faults.append(fault)


def _kill_the_centre(world: World, database_url: str | None, times: int) -> Counter[str]:
    """Let both desks push without a pause while the centre is killed and started again; return how rounds ended."""
    world.server.stop()
    port, met, faults = free_port(), Counter[str](), list[BaseException]()
    moments = random.Random(7)
    for seat in world.seats:
        seat.connect(f"http://127.0.0.1:{port}")
    stop = threading.Event()
    threads = [threading.Thread(target=_busy, args=(seat, stop, met, faults)) for seat in world.seats]
    for n in range(times):
        centre = start_centre(world.folder / "centre", port, database_url)
        for thread in threads if n == 0 else ():
            thread.start()
        before = met["done"]
        centre.join(moments.uniform(0.05, 0.9))  # any moment will do
        while n % 2 and met["done"] == before and not faults:
            centre.join(0.05)
        centre.kill()
        centre.join()
    stop.set()
    for thread in threads:
        thread.join()
    assert not faults, faults
    world.restart()
    world.settle()
    rest.check(world)
    return met


def _die_through(world: World, points: list[Point]) -> int:
    """Let the centre die at each of the points of a push; return how often it did."""
    world.server.stop()
    port, died = free_port(), 0
    one, other = world.seats
    for seat in world.seats:
        seat.connect(f"http://127.0.0.1:{port}")
    for n, point in enumerate(points):
        _work(one, n)
        _work(other, n)
        centre = start_centre(world.folder / "centre", port, world.database_url, point)
        one.sync()
        centre.join(0.5)
        died += centre.exitcode is not None
        centre.kill()
        centre.join()
        again = start_centre(world.folder / "centre", port, world.database_url)
        assert isinstance(one.sync(), SyncReport)
        assert isinstance(other.sync(), SyncReport)
        again.kill()
        again.join()
    world.restart()
    world.settle()
    rest.check(world)
    return died


def test_a_centre_that_dies_inside_its_push_loses_and_doubles_nothing(make_world: Make) -> None:
    points = [("statement", n) for n in (2, 5, 9, 14)] + [("commit", 1)]
    assert _die_through(make_world(2), points) == len(points)


@pytest.mark.pg
def test_a_centre_on_postgresql_that_dies_inside_its_push(pg_world: World) -> None:
    points = [("statement", n) for n in (3, 8, 14)] + [("commit", 1)]
    assert _die_through(pg_world, points) == len(points)


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_a_centre_that_dies_at_every_statement_of_its_push(make_world: Make) -> None:
    points = [("statement", n) for n in range(1, 25)] + [("commit", n) for n in (1, 2)]
    assert _die_through(make_world(2), points) > 15


def test_a_centre_killed_while_two_desks_push_loses_and_doubles_nothing(make_world: Make) -> None:
    met = _kill_the_centre(make_world(2), None, 6)
    assert met["done"] >= 3, met
    assert met["failed"] >= 3, met


@pytest.fixture
def pg_world(pg_url: str) -> Iterator[World]:
    """A world on PostgreSQL."""
    folder = Path(tempfile.mkdtemp(prefix="zzkill", dir=memory_folder()))
    try:
        world = World(Template.make(folder / "template", 2, pg_url), folder / f"run{folder.name[-6:]}")
        try:
            yield world
        finally:
            world.close()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.mark.pg
def test_a_centre_on_postgresql_killed_while_two_desks_push(pg_world: World) -> None:
    met = _kill_the_centre(pg_world, pg_world.database_url, 6)
    assert met["done"] >= 3, met
    assert met["failed"] >= 3, met
