"""Worlds for tests: copied from templates that are made once."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.faults.world import Template, World, memory_folder


@pytest.fixture(scope="session")
def template() -> Iterator[Callable[[int], Template]]:
    """Gives the template of a centre on SQLite with so many desks."""
    folder = Path(tempfile.mkdtemp(prefix="zzfaults", dir=memory_folder()))
    made: dict[int, Template] = {}

    def give(seats: int) -> Template:
        if seats not in made:
            made[seats] = Template.make(folder / f"template{seats}", seats)
        return made[seats]

    yield give
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def make_world(template: Callable[[int], Template]) -> Iterator[Callable[[int], World]]:
    """Makes worlds with so many desks, each with some records that everybody has; ended with the test."""
    worlds: list[World] = []

    def make(seats: int = 2) -> World:
        copied = template(seats)
        worlds.append(World(copied, Path(tempfile.mkdtemp(prefix="run", dir=copied.folder.parent))))
        return worlds[-1]

    yield make
    for world in worlds:
        world.close()
