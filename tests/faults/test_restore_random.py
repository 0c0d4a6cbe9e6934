"""Whatever happened before, between and after: a centre put back from a backup, a desk cloned, and nothing is lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from random import Random

import pytest

from tests.faults import rest
from tests.faults.happenings import ORDINARY, Happenings
from tests.faults.restoring import clone, mode, restore
from tests.faults.test_restore import back_up
from tests.faults.world import World

Make = Callable[[int], World]
ROUNDS = 25
"""Happenings in each part."""


def _live(happenings: Happenings, random: Random, times: int = ROUNDS) -> None:
    for _ in range(times):
        happenings.let(*Happenings.choose(random, ORDINARY))


def _drill(world: World, seed: int, *, cloned: bool) -> Counter[str]:
    """Live, back up, live on, clone, lose the centre, put the backup back, live on: then everything must be there."""
    random, reached = Random(seed), Counter[str]()
    happenings = Happenings(world, reached)
    _live(happenings, random)
    copy = back_up(world)
    _live(happenings, random)
    if cloned:
        clone(world, world.seats[0])
        _live(happenings, random)
    for seat in world.seats:
        seat.remember()
    restore(world, copy)
    _live(happenings, random)
    world.settle()
    assert mode(world) == "normal"
    return reached + rest.check(world)


@pytest.mark.parametrize("seed", range(3))
def test_a_centre_is_put_back_amid_everything(make_world: Make, seed: int) -> None:
    reached = _drill(make_world(2), seed, cloned=False)
    assert reached["op:applied"] > 10


@pytest.mark.parametrize("seed", range(1, 3))
def test_a_desk_is_cloned_and_the_centre_put_back(make_world: Make, seed: int) -> None:
    reached = _drill(make_world(2), 100 + seed, cloned=True)
    assert reached["op:applied"] > 10


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(200, 240))
def test_many_centres_are_put_back(make_world: Make, seed: int) -> None:
    _drill(make_world(3), seed, cloned=bool(seed % 2))


@pytest.mark.slow
@pytest.mark.parametrize("seed", [0, *range(3, 20)])
def test_many_desks_are_cloned_and_the_centre_put_back(make_world: Make, seed: int) -> None:
    _drill(make_world(2), 100 + seed, cloned=True)
