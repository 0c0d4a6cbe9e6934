"""Few at a time, the urgent in front: by the order in which places are given, not by a clock."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.client.transport import URGENT
from sync.server.turns import PATIENCE, READING, SMALL, WORK, Turns, urgency


@pytest.mark.parametrize(
    ("said", "size", "level"),
    [
        (None, 100, 3), (URGENT, 100, 1), ("u=1, i", 100, 1), ("i, u=5", 100, 5), ("u=9", 100, 3), ("nonsense", 1, 3),
        (URGENT, SMALL, 1), (URGENT, SMALL + 1, 3), ("u=7", SMALL + 1, 7),
    ],
)  # fmt: skip
def test_urgency_is_said_by_a_header_and_believed_of_small_requests(said: str | None, size: int, level: int) -> None:
    assert urgency(said, size) == level


class Office:
    """Visitors who come one after another; each stays until it is let go."""

    def __init__(self, turns: Turns) -> None:
        self.turns = turns
        self.served: list[int] = []
        self.gates: dict[int, asyncio.Event] = {}
        self.visits: dict[int, asyncio.Task[None]] = {}

    async def come(self, who: int, level: int) -> None:
        self.gates[who] = asyncio.Event()
        self.visits[who] = asyncio.create_task(self._visit(who, level))
        await settle()

    async def _visit(self, who: int, level: int) -> None:
        async with self.turns.turn(level):
            self.served.append(who)
            await self.gates[who].wait()

    async def leave(self, who: int) -> None:
        self.gates[who].set()
        await settle()

    async def give_up(self, who: int) -> None:
        self.visits[who].cancel()
        await asyncio.gather(self.visits[who], return_exceptions=True)
        await settle()

    def inside(self) -> list[int]:
        return [who for who in self.served if not self.visits[who].done()]


async def settle(rounds: int = 5) -> None:
    """Let everything that is ready run."""
    loop = asyncio.get_running_loop()
    for _ in range(rounds):
        ready = loop.create_future()
        loop.call_soon(ready.set_result, None)
        await ready


def run(story: Callable[[Office], Awaitable[None]], places: int = 2, reserved: int = 1) -> Office:
    async def tell() -> Office:
        office = Office(Turns(places, reserved))
        await story(office)
        for who, visit in list(office.visits.items()):
            if not visit.done():
                await office.leave(who)
        await asyncio.gather(*office.visits.values(), return_exceptions=True)
        return office

    return asyncio.run(tell())


def test_the_urgent_one_has_a_place_of_its_own_and_goes_before_who_waits() -> None:
    async def story(office: Office) -> None:
        for who in range(4):
            await office.come(who, 3)
        assert office.served == [0, 1]
        await office.come(10, 1)
        assert office.served == [0, 1, 10]
        await office.come(11, 1)
        assert office.served == [0, 1, 10]
        await office.leave(0)
        assert office.served == [0, 1, 10, 11]

    assert run(story).served == [0, 1, 10, 11, 2, 3]


def test_readers_do_not_keep_a_push_waiting_for_ever() -> None:
    async def story(office: Office) -> None:
        await office.come(0, WORK)
        await office.come(1, WORK)
        for who in range(2, 2 + 3 * PATIENCE):
            await office.come(who, READING)
            if 1 in office.served:
                break
            await office.leave(office.inside()[0])

    served = run(story, places=1, reserved=0).served
    assert served.index(1) <= PATIENCE + 1


def test_who_goes_away_while_it_waits_or_when_it_is_called_takes_no_place_along() -> None:
    async def story(office: Office) -> None:
        for who in range(4):
            await office.come(who, 3)
        await office.give_up(2)
        office.gates[0].set()
        await settle(1)
        await office.give_up(3)
        await office.come(4, 3)
        assert 4 in office.served

    run(story)


@given(st.lists(st.tuples(st.sampled_from(["come", "leave", "give up"]), st.integers(0, 7)), max_size=40))
def test_never_more_than_there_are_places_and_nobody_waits_beside_a_free_one(steps: list[tuple[str, int]]) -> None:
    async def story(office: Office) -> None:
        for n, (what, level) in enumerate(steps):
            there = [who for who, visit in office.visits.items() if not visit.done()]
            if what == "come":
                await office.come(n, level)
            elif there and what == "leave":
                inside = office.inside()
                await office.leave(inside[level % len(inside)])
            elif there:
                await office.give_up(there[level % len(there)])
            inside = office.inside()
            waiting = [who for who, visit in office.visits.items() if not visit.done() and who not in inside]
            assert len(inside) <= 3
            assert not waiting or len(inside) >= 2

    office = run(story)
    assert all(visit.done() for visit in office.visits.values())
