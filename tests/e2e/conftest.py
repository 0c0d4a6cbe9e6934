"""A centre on SQLite and on PostgreSQL, and two desks enrolled with it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.programs import Centre, Home, Running, Wire, running


@pytest.fixture(scope="session", autouse=True)
def first_starts(tmp_path_factory: pytest.TempPathFactory) -> None:
    """All cores know which commands have been started from nothing."""
    base = tmp_path_factory.getbasetemp()
    Running.first_starts = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "started"
    Running.first_starts.mkdir(exist_ok=True)


# Dozens of programs are started for each: those against PostgreSQL belong to the long suites. The server's own suite,
# the random machine and a centre that is killed as a program run on both databases every time.
@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=[pytest.mark.pg, pytest.mark.slow])])
def centre(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Centre]:
    url = request.getfixturevalue("pg_url") if request.param == "postgresql" else None
    (tmp_path / "centre").mkdir()
    with running(tmp_path / "centre", url) as centre:
        yield centre


@pytest.fixture
def wire(centre: Centre) -> Iterator[Wire]:
    """A line to the centre that can be watched."""
    line = Wire(lambda: centre.url)
    yield line
    line.close()


@pytest.fixture
def desks(tmp_path: Path) -> tuple[Home, Home]:
    """Two desks of one station, used by one person, not enrolled yet."""
    return Home(tmp_path / "a").init(), Home(tmp_path / "b").init()
