"""Backups of the centre: verified before they count, the oldest one of this history says what desks may forget (23)."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Connection, select

from sync.server import admin, backups, lineage, tables
from sync.server.blobs import files_of
from sync.server.blobs_files import BlobFiles
from sync.server.database import Database
from sync.server.run import ServerThread
from tests.sync.server.conftest import ServerStore
from tests.sync.server.wire import WireDesk
from zzdesk.clock import FixedClock
from zzdesk.errors import BrokenDatabaseError, InvalidError, RefusedError


@pytest.fixture(autouse=True)
def tools(monkeypatch: pytest.MonkeyPatch) -> None:
    """PostgreSQL's tools lie beside its server."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    if found:
        monkeypatch.setenv("PATH", f"{found[-1]}{os.pathsep}{os.environ['PATH']}")


def durable(server: ServerThread) -> int:
    with server.centre.database.reading() as connection:
        return int(lineage.state_of(connection).durable_seq)


def head(server: ServerThread) -> int:
    with server.centre.database.reading() as connection:
        return int(lineage.state_of(connection).seq)


def back_up(server_store: ServerStore, to: Path, clock: FixedClock, keep: int = 3) -> backups.Made:
    clock.advance(60)
    return admin.back_up(server_store.data, server_store.database_url, to, keep, clock)


def test_durable_is_the_head_of_the_oldest_backup_that_is_kept(
    server: ServerThread, server_store: ServerStore, anna: WireDesk, tmp_path: Path, clock: FixedClock
) -> None:
    heads, made = [], []
    for n in range(4):
        anna.push_one(anna.create(title=f"{n}"))
        heads.append(head(server))
        made.append(back_up(server_store, tmp_path / "backups", clock))
        assert made[-1].seq == heads[-1]
        assert durable(server) == made[-1].durable_seq == heads[max(0, n - 2)]
    assert [path.name for path in made[-1].removed] == [made[0].path.name]
    assert not made[0].path.exists()
    assert anna.call("push", replica=anna.replica, epoch=anna.epoch, ops=[], hashes={})["durable_seq"] == heads[1]
    shutil.rmtree(made[1].path)
    assert back_up(server_store, tmp_path / "backups", clock).durable_seq == heads[2], "one that is gone counts no more"


def test_attachments_lie_beside_the_backups_before_those_count(
    server: ServerThread, server_store: ServerStore, tmp_path: Path, clock: FixedClock
) -> None:
    """A desk lets go of bytes that the oldest backup holds: a backup of the database alone would lose them."""
    content = os.urandom(70_000)
    name = hashlib.sha256(content).hexdigest()
    stored = files_of(server.centre)
    stored.append(name, 0, content[:40_000])
    back_up(server_store, tmp_path / "backups", clock)
    stored.append(name, 40_000, content[40_000:])
    back_up(server_store, tmp_path / "backups", clock)
    kept = BlobFiles(tmp_path / "backups" / backups.FILES, server.centre.key("blobs 1"))
    assert list(kept.names()) == [name]
    assert kept.digest(name, len(content)) == name
    assert content[:64] not in kept.path(name).read_bytes()
    before = kept.path(name).stat().st_mtime_ns
    back_up(server_store, tmp_path / "backups", clock)
    assert kept.path(name).stat().st_mtime_ns == before, "what is there is not copied again"
    assert not list(kept.folder.glob("*/.partial*"))


def lose_the_second_of_two(server_store: ServerStore, tmp_path: Path, clock: FixedClock) -> list[backups.Made]:
    """Make two backups and put the centre back to the older one; return both."""
    if server_store.database_url is not None:
        pytest.skip("putting a dump back is the operator's; the walks do it")
    made = []
    with ServerThread(server_store.data, clock=clock) as server:
        desk = WireDesk(server.url, clock, server.enrol_code("350602002004"))
        for title in ("一", "二"):
            desk.push_one(desk.create(title=title))
            made.append(back_up(server_store, tmp_path / "backups", clock))
        desk.close()
    for path in server_store.data.glob("server.db*"):
        path.unlink()
    shutil.copy(made[0].path / "server.db", server_store.data)
    return made


def test_a_backup_restores_and_its_abandoned_followers_count_no_more(
    server_store: ServerStore, tmp_path: Path, clock: FixedClock
) -> None:
    first, second = lose_the_second_of_two(server_store, tmp_path, clock)
    with pytest.raises(RefusedError, match="post-restore"):
        ServerThread(server_store.data, clock=clock)
    done = admin.post_restore(server_store.data, None, clock)
    assert done.seq == first.seq
    assert done.durable_seq <= first.seq
    with ServerThread(server_store.data, clock=clock) as server:
        assert head(server) >= first.seq + 1_000_000
        made = back_up(server_store, tmp_path / "backups", clock, keep=1)
        assert made.durable_seq == made.seq
        assert second.path.exists(), "what may hold what nobody else has is not removed"
        with server.centre.database.reading() as connection:
            assert [row.seq for row in backups.kept(connection)] == [made.seq]


def test_the_backup_that_was_put_back_counts_on_though_its_own_database_does_not_know_it(
    server_store: ServerStore, tmp_path: Path, clock: FixedClock
) -> None:
    """It may be fallen back to once more: desks keep what it lacks, and it is driven out when its turn comes."""
    first, _ = lose_the_second_of_two(server_store, tmp_path, clock)
    admin.post_restore(server_store.data, None, clock)
    with ServerThread(server_store.data, clock=clock):
        assert back_up(server_store, tmp_path / "backups", clock, keep=2).durable_seq == first.seq
        assert first.path.exists()
        later = back_up(server_store, tmp_path / "backups", clock, keep=2)
        assert [path.name for path in later.removed] == [first.path.name]
        assert later.durable_seq > first.seq


@pytest.mark.parametrize("file", ["server.db", "server.dump"])
def test_what_does_not_read_back_is_no_backup(
    server: ServerThread, server_store: ServerStore, anna: WireDesk, tmp_path: Path, clock: FixedClock,
    monkeypatch: pytest.MonkeyPatch, file: str,
) -> None:  # fmt: skip
    if (server_store.database_url is None) != (file == "server.db"):
        pytest.skip("the other database's file")
    anna.push_one(anna.create(title="一"))
    whole = back_up(server_store, tmp_path / "backups", clock)

    def damaged(folder: Path) -> None:
        data = bytearray((folder / file).read_bytes())
        data[len(data) // 2] ^= 1
        (folder / file).write_bytes(bytes(data))
        read_back(folder)

    read_back = backups._read_back
    monkeypatch.setattr(backups, "_read_back", damaged)
    with pytest.raises(BrokenDatabaseError):
        back_up(server_store, tmp_path / "backups", clock)
    assert [path.name for path in (tmp_path / "backups").iterdir()] == [whole.path.name]
    assert durable(server) == whole.seq


def test_backups_made_elsewhere_are_declared(
    server: ServerThread, server_store: ServerStore, anna: WireDesk, clock: FixedClock
) -> None:
    data, url = server_store.data, server_store.database_url
    for n in range(3):
        anna.push_one(anna.create(title=f"{n}"))
    assert admin.declare_durable(data, url, 2, clock) == durable(server) == 2
    assert admin.declare_durable(data, url, 3, clock) == durable(server) == 3
    with pytest.raises(InvalidError):
        admin.declare_durable(data, url, head(server) + 1, clock)
    assert durable(server) == 3


def test_a_copy_made_before_a_backup_is_older_than_the_centre(
    server_store: ServerStore, tmp_path: Path, clock: FixedClock
) -> None:
    if server_store.database_url is not None:
        pytest.skip("files are SQLite's")
    with ServerThread(server_store.data, clock=clock) as server:
        with server.centre.database.reading() as connection:
            generation = connection.execute(select(tables.meta.c.generation)).scalar_one()
        back_up(server_store, tmp_path / "backups", clock)
        with server.centre.database.reading() as connection:
            assert connection.execute(select(tables.meta.c.generation)).scalar_one() == generation + 1


class _Overtaken:
    """A database on which another worker begins as soon as this one has looked at it."""

    def __init__(self, database: Database) -> None:
        self._database, self.folder = database, database.folder

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        with self._database.reading() as connection:
            yield connection
        lineage.live_on(self._database)


def test_workers_that_start_together_do_not_take_each_other_for_an_older_copy(server: ServerThread) -> None:
    def generation() -> int:
        with server.centre.database.reading() as connection:
            return int(lineage.state_of(connection).generation)

    before = generation()
    lineage.refuse_an_older_copy(_Overtaken(server.centre.database))  # type: ignore[arg-type]
    assert generation() == before + 1, "another worker did begin in between"
    lineage.refuse_an_older_copy(server.centre.database)
