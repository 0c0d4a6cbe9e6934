"""Lines that swallow, trickle, crawl, hang up or lie: every round ends by itself, loses nothing, and the next one works.

The suite that takes minutes uses the time-outs of the program as they are; here they are scaled down.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Final

import pytest

from sync.client.engine import SyncReport
from sync.client.transport import Patience
from tests.faults import rest
from tests.faults.line import Kind, Line
from tests.faults.world import Seat, World
from zzdesk.errors import KnownError, NotOursError, OfflineError
from zzdesk.reports import commands as reports

Make = Callable[[int], World]
SHORT: Final = Patience(connect_s=1, piece_s=1, whole_s=2)
BROKEN: Final = [kind for kind in Kind if kind not in (Kind.GOOD, Kind.SLOW)]
RECORDS: Final = 30
TWO_MINUTES: Final = 120


@pytest.fixture
def world(make_world: Make) -> World:
    return make_world(2)


@pytest.fixture
def line(world: World) -> Iterator[Line]:
    """The line of the first desk."""
    made = Line(world.server.url.removeprefix("http://"))
    yield made
    made.close()


def _busy(seat: Seat, line: Line, patience: Patience) -> None:
    """Put the seat on the line, with work to send and a round behind it, so that a token and a kept line are there."""
    seat.connect(line.url)
    seat.client.wire.patience = patience
    assert isinstance(seat.sync(), SyncReport)
    for n in range(RECORDS):
        seat.desk.write(reports.register, {"title": f"井盖{n}", "category": "road", "description": f"第{n}处。" * 20})
    seat.clock.advance(40)


def _ends_in(kind: Kind) -> type[KnownError]:
    return NotOursError if kind is Kind.PORTAL else OfflineError


@pytest.mark.parametrize("kind", BROKEN, ids=lambda kind: kind.name.lower())
def test_a_round_on_a_broken_line_ends_and_the_next_one_sends_everything(world: World, line: Line, kind: Kind) -> None:
    one = world.seats[0]
    _busy(one, line, SHORT)
    line.become(kind)
    found = one.sync()
    assert isinstance(found, _ends_in(kind)), found
    line.become(Kind.GOOD)
    assert isinstance(one.sync(), SyncReport)
    world.settle()
    rest.check(world)
    assert len(world.seats[1].ids("report")) == RECORDS + 3


def test_on_a_slow_line_it_takes_its_time_and_arrives(world: World, line: Line) -> None:
    one = world.seats[0]
    _busy(one, line, Patience(connect_s=2, piece_s=4, whole_s=60))
    line.become(Kind.SLOW)
    report = one.sync()
    assert isinstance(report, SyncReport)
    assert report.pushed == RECORDS
    world.settle()
    rest.check(world)


def test_a_line_that_changes_all_the_time_loses_and_doubles_nothing(world: World, line: Line) -> None:
    one, other = world.seats
    _busy(one, line, Patience(connect_s=0.5, piece_s=0.5, whole_s=1))
    failed = 0
    for n, kind in enumerate([kind for kind in BROKEN for _ in range(2)]):
        report = one.ids("report")[n % 3]
        one.desk.write(reports.edit, report, {"description": f"甲又说{n}。"})
        other.desk.write(reports.edit, report, {"title": f"乙{n}"})
        other.sync()
        line.become(kind)
        failed += isinstance(one.sync(), KnownError)
        line.become(Kind.GOOD)
        one.clock.advance(40)
    assert failed >= len(BROKEN)
    world.settle()
    rest.check(world)


@pytest.mark.slow
@pytest.mark.parametrize("kind", BROKEN, ids=lambda kind: kind.name.lower())
def test_with_the_time_outs_as_they_are_it_recovers_within_two_minutes(world: World, line: Line, kind: Kind) -> None:
    """From the moment the line is good again to the moment everything has arrived (sync protocol, section 8.16)."""
    one = world.seats[0]
    _busy(one, line, Patience())
    line.become(kind)
    started = time.monotonic()
    assert isinstance(one.sync(), KnownError)
    line.become(Kind.GOOD)
    assert isinstance(one.sync(), SyncReport)
    assert time.monotonic() - started < TWO_MINUTES
    world.settle()
    rest.check(world)
