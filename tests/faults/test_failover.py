"""The primary of a PostgreSQL pair dies and its standby is promoted: the centre notices, desks fill what was missing (38)."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from sqlalchemy import create_engine, make_url, text

from sync.server.run import ServerThread
from tests import pg
from tests.faults import rest
from tests.faults.test_forks import synced
from tests.faults.test_restore import post_restore, start, stop
from tests.faults.world import Template, World, memory_folder
from tests.working import register
from zzdesk.errors import RefusedError

pytestmark = [pytest.mark.pg, pytest.mark.slow]


@pytest.fixture
def primary() -> Iterator[str]:
    """A primary of this test's own, to be given up for its standby."""
    binaries = pg.find_binaries()
    if binaries is None:
        pytest.skip("a pair of PostgreSQL servers needs its programs on this machine")
    with pg.private_server(binaries) as url:
        yield url


@pytest.fixture
def world(primary: str) -> Iterator[World]:
    folder = Path(tempfile.mkdtemp(prefix="zzfailover", dir=memory_folder()))
    with pg.empty_database(primary) as url:
        made = World(Template.make(folder / "template", 2, url), folder / f"run{os.urandom(4).hex()}")
        try:
            yield made
        finally:
            made.close()
            shutil.rmtree(folder, ignore_errors=True)


def _location(url: str, query: str) -> str:
    engine = create_engine(url)
    try:
        with engine.connect() as connection:
            return str(connection.execute(text(query)).scalar_one())
    finally:
        engine.dispose()


def _caught_up(url: str, position: str) -> Callable[[], bool]:
    query = f"SELECT pg_last_wal_replay_lsn() >= '{position}'::pg_lsn"
    return lambda: _location(url, query) == "True"


def test_a_standby_that_was_promoted_lacks_the_last_pushes_and_gets_them_back(
    world: World, primary: str, qtbot: QtBot
) -> None:
    one, other = world.seats
    with pg.standby_of(pg.find_binaries() or Path(), primary) as (standby, promote):
        register(one.desk, "两边都有")
        synced(one)
        position = _location(primary, "SELECT pg_switch_wal()")  # writes out what a fast test server keeps back
        qtbot.waitUntil(_caught_up(standby, position), timeout=20_000)
        promote()
        register(one.desk, "只有旧主机有")
        synced(one)
        stop(world)
        former = world.database_url
        world.database_url = (
            make_url(standby).set(database=make_url(former).database).render_as_string(hide_password=False)
        )
        with pytest.raises(RefusedError, match="post-restore"):
            ServerThread(world.folder / "centre", database_url=world.database_url)
        post_restore(world)
        start(world)
        world.settle()
        rest.check(world)
        titles = {other.body("report", each)["title"] for each in other.ids("report")}
        assert titles >= {"两边都有", "只有旧主机有"}
        world.server.stop()
        world.database_url = former
