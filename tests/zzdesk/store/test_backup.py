"""Backups: verified when written, rotated, refused when changed, and restored without losing what stood there."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text

from zzdesk.accounts import queries
from zzdesk.clock import FixedClock
from zzdesk.desk import accounts
from zzdesk.desk import backup as desk_backup
from zzdesk.desk.backup import backup_due, restore_backup, run_backup
from zzdesk.desk.session import Desk, create_home, open_desk
from zzdesk.errors import (
    BrokenDatabaseError,
    BusyError,
    DiskFullError,
    InvalidError,
    NotFoundError,
    RefusedError,
    WrongPasswordError,
)
from zzdesk.ops.models import Outbox, SyncState
from zzdesk.paths import HomePaths
from zzdesk.places import buildings, grids
from zzdesk.places.shapes import Shape
from zzdesk.settings import save_settings
from zzdesk.store import audit, backup
from zzdesk.store.backup import MANIFEST, check_backup, list_backups
from zzdesk.store.engine import raw
from zzdesk.store.keys import TEST_COST, seal, subkey
from zzdesk.store.locks import shared

STATION = "350602002004"
PASSWORD = "Desk-4711-blue"
NAME = "欧阳建国之母"


class Made:
    """A desk, its recovery key, and what it held."""

    def __init__(self, home: Path, clock: FixedClock) -> None:
        self.desk, self.recovery = create_home(home, STATION, "li", PASSWORD, clock, cost=TEST_COST)
        self.clock = clock
        accounts.add_account(self.desk, "wang", NAME, ["clerk"], "Regen-1234-grau")
        blob = self.desk.paths.files / "ab" / "abcdef"
        blob.parent.mkdir(parents=True)
        blob.write_bytes(b"already encrypted")


@pytest.fixture
def made(home: Path, clock: FixedClock):
    made = Made(home, clock)
    yield made
    made.desk.close()


def _backup(made: Made, target: Path | None = None) -> Path:
    made.clock.advance(1)
    return run_backup(made.desk, target).path


def _logins(desk: Desk) -> list[str]:
    return [row.login for row in desk.read(queries.list_accounts).rows]


def test_a_backup_holds_everything_and_nothing_in_the_clear(made: Made) -> None:
    parts: list[float] = []
    done = run_backup(made.desk, progress=parts.append)
    files = sorted(p.relative_to(done.path).as_posix() for p in done.path.rglob("*") if p.is_file())
    assert files == ["files/ab/abcdef", "home.json", "keys.json", MANIFEST, "zzdesk.db"]
    assert done.records > 5
    assert done.bytes == sum(path.stat().st_size for path in done.path.rglob("*") if path.is_file())
    assert parts[-1] == 1.0
    for path in done.path.rglob("*"):
        if path.is_file():
            assert NAME.encode() not in path.read_bytes()
            if os.name != "nt":
                assert path.stat().st_mode & 0o777 == 0o600
    assert check_backup(done.path, made.desk.store.key).station == STATION


def test_work_goes_on_while_a_backup_is_made(made: Made) -> None:
    """The copy is of one moment: what is written in between is in neither its rows nor its digests."""
    written: list[float] = []

    def write(part: float) -> None:
        if not written:
            made.desk.note("while the backup runs")
        written.append(part)

    done = run_backup(made.desk, progress=write)
    assert written
    check_backup(done.path, made.desk.store.key)
    with raw(done.path / "zzdesk.db", made.desk.store.key, frozen=True) as connection:
        events = {row[0] for row in connection.execute("SELECT event FROM audit")}
    assert "while the backup runs" not in events


def test_only_the_newest_stay(made: Made) -> None:
    made.desk.settings.backup_keep = 3
    paths = [_backup(made) for _ in range(5)]
    assert list_backups(made.desk.paths.backups) == paths[:1:-1]


def test_a_backup_to_a_named_place_is_not_rotated(made: Made, tmp_path: Path) -> None:
    made.desk.settings.backup_keep = 1
    for _ in range(3):
        _backup(made, tmp_path / "stick")
    assert len(list_backups(tmp_path / "stick")) == 3


def test_a_backup_falls_due(made: Made) -> None:
    assert backup_due(made.desk)
    run_backup(made.desk)
    assert not backup_due(made.desk)
    made.clock.advance(24 * 3600)
    assert backup_due(made.desk)


def test_it_is_in_the_audit_and_needs_the_right(made: Made) -> None:
    run_backup(made.desk)
    with made.desk.store.reader() as session:
        assert "backup.run" in [line.event for line in audit.recent(session)]
    accounts.add_account(made.desk, "zhao", "赵", ["auditor"], "Sonne-5678-rot")
    with (
        open_desk(made.desk.home, "zhao", "Sonne-5678-rot", made.clock) as auditor,
        pytest.raises(RefusedError),
    ):
        run_backup(auditor)


@pytest.mark.parametrize("way", ["password", "recovery", "second account"])
def test_round_trip(made: Made, tmp_path: Path, way: str) -> None:
    source = _backup(made)
    open_by = {
        "password": {"password": PASSWORD},
        "recovery": {"recovery": made.recovery},
        "second account": {"login": "WANG", "password": "Regen-1234-grau"},
    }[way]
    there = tmp_path / "elsewhere"
    done = restore_backup(source, there, clock=made.clock, **open_by)
    assert done.moved_aside is None
    with open_desk(there, "wang", "Regen-1234-grau", made.clock) as desk:
        assert _logins(desk) == ["li", "wang"]
        assert desk.warnings == []
        assert (desk.paths.files / "ab" / "abcdef").read_bytes() == b"already encrypted"
        with desk.store.reader() as session:
            assert audit.check(session, desk.paths.anchor, desk.store.key).ok
            assert "backup.restore" in [line.event for line in audit.recent(session)]


def test_the_stations_own_outlines_and_addresses_come_back(made: Made, home: Path, tmp_path: Path) -> None:
    earlier, shape = _backup(made), Shape("1", "一网格", ((((117.6, 24.5), (117.7, 24.5), (117.7, 24.6), (117.6, 24.5)),),))
    grids.save(made.desk.paths.grids, grids.Grids((shape,), "grids.geojson", grids.WGS84))
    buildings.save(made.desk.paths.addresses, buildings.Buildings((), "addresses.csv"))
    source = _backup(made)
    assert {"grids.json", "addresses.json"} <= set(check_backup(source, made.desk.store.key).files)
    elsewhere = restore_backup(source, tmp_path / "elsewhere", clock=made.clock, password=PASSWORD).home
    found = grids.load(HomePaths(elsewhere).grids)
    assert ([each.name for each in found.shapes], found.datum) == (["一网格"], "wgs84")
    assert buildings.load(HomePaths(elsewhere).addresses).source == "addresses.csv"
    made.desk.close()
    restore_backup(earlier, home, clock=made.clock, password=PASSWORD, replace=True)  # of a day, or a program, without them
    assert grids.load(HomePaths(home).grids) == found


def test_a_home_that_stands_there_is_moved_aside_never_removed(made: Made, home: Path) -> None:
    source = _backup(made)
    accounts.add_account(made.desk, "later", "后来", ["clerk"], "Sonne-5678-rot")
    made.desk.close()
    with pytest.raises(RefusedError):
        restore_backup(source, home, password=PASSWORD, clock=made.clock)
    done = restore_backup(source, home, password=PASSWORD, replace=True, clock=made.clock)
    assert done.moved_aside is not None
    with open_desk(home, None, PASSWORD, made.clock) as desk:
        assert _logins(desk) == ["later", "li", "wang"], "the journal beside the old database brought it back"
        assert source.exists()
    with open_desk(done.moved_aside, None, PASSWORD, made.clock) as old:
        assert _logins(old) == ["later", "li", "wang"]


def test_nobody_restores_over_a_desk_at_work(made: Made, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = _backup(made)
    monkeypatch.setattr(backup, "_WAIT", 0.05)
    with pytest.raises(BusyError):
        restore_backup(source, home, password=PASSWORD, replace=True, clock=made.clock)
    assert _logins(made.desk) == ["li", "wang"]
    assert [path.name for path in home.parent.iterdir() if "before" in path.name] == []


@pytest.mark.parametrize(
    ("open_by", "error"),
    [
        ({"password": "wrong"}, WrongPasswordError),
        ({"login": "nobody", "password": PASSWORD}, WrongPasswordError),
        ({"recovery": "XXXX"}, InvalidError),
        ({}, WrongPasswordError),
    ],
)
def test_without_its_key_nothing_is_restored(
    made: Made, tmp_path: Path, open_by: dict[str, str], error: type[Exception]
) -> None:
    source = _backup(made)
    with pytest.raises(error):
        restore_backup(source, tmp_path / "elsewhere", clock=made.clock, **open_by)
    assert not (tmp_path / "elsewhere").exists()


@pytest.mark.parametrize("name", ["zzdesk.db", "home.json", "files/ab/abcdef", MANIFEST])
@pytest.mark.parametrize("harm", ["flip", "cut", "remove"])
def test_a_broken_backup_is_refused_and_named(made: Made, tmp_path: Path, name: str, harm: str) -> None:
    source = _backup(made)
    path = source / name
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    if harm == "remove":
        path.unlink()
    else:
        path.write_bytes(data if harm == "flip" else data[:-1])
    key = made.desk.store.key
    with pytest.raises((BrokenDatabaseError, NotFoundError)) as caught:
        check_backup(source, key)
    assert source.name in caught.value.text("zh")
    with pytest.raises((BrokenDatabaseError, NotFoundError)):
        restore_backup(source, tmp_path / "elsewhere", password=PASSWORD, clock=made.clock)
    assert not (tmp_path / "elsewhere").exists()


def test_a_key_file_of_another_home_does_not_open_a_backup(made: Made, tmp_path: Path) -> None:
    source = _backup(made)
    other, _ = create_home(tmp_path / "other", STATION, "li", PASSWORD, made.clock, cost=TEST_COST)
    other.close()
    shutil.copy(tmp_path / "other" / "keys.json", source / "keys.json")
    with pytest.raises(BrokenDatabaseError):
        restore_backup(source, tmp_path / "elsewhere", password=PASSWORD, clock=made.clock)


def test_a_row_changed_by_somebody_with_the_key_is_still_found(made: Made) -> None:
    """The database opens, is sound, and is the very file that was written; only the digests of its tables tell."""
    source, key = _backup(made), made.desk.store.key
    with raw(source / "zzdesk.db", key) as connection:
        connection.execute("UPDATE account SET display_name = 'x'")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    with pytest.raises(BrokenDatabaseError, match=r"zzdesk\.db"):
        check_backup(source, key)
    manifest = backup.read_manifest(source, key)
    files = manifest.files | {"zzdesk.db": hashlib.sha256((source / "zzdesk.db").read_bytes()).hexdigest()}
    plain = msgspec.json.encode(msgspec.structs.replace(manifest, files=files))
    (source / MANIFEST).write_bytes(seal(subkey(key, "backup"), plain, MANIFEST))
    with pytest.raises(BrokenDatabaseError, match="account"):
        check_backup(source, key)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.integers(0, 10**9), bit=st.integers(0, 7))
def test_no_single_bit_of_a_database_copy_can_change(made: Made, place: int, bit: int) -> None:
    existing = list_backups(made.desk.paths.backups)
    source = existing[0] if existing else _backup(made)
    path = source / "zzdesk.db"
    whole = path.read_bytes()
    data = bytearray(whole)
    data[place % len(data)] ^= 1 << bit
    path.write_bytes(data)
    with pytest.raises(BrokenDatabaseError):
        check_backup(source, made.desk.store.key)
    path.write_bytes(whole)


def test_a_folder_of_something_else_says_so(tmp_path: Path, clock: FixedClock) -> None:
    with pytest.raises(NotFoundError):
        restore_backup(tmp_path, tmp_path / "elsewhere", password=PASSWORD, clock=clock)


def test_a_full_disk_leaves_older_backups_and_no_half_one(
    made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = _backup(made)
    usage = shutil.disk_usage(made.desk.home)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=100))
    with pytest.raises(DiskFullError):
        _backup(made)
    assert [path.name for path in made.desk.paths.backups.iterdir()] == [kept.name]


def test_a_disk_that_fills_up_on_the_way_leaves_no_half_one(
    made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import errno

    def full(source: Path, target: Path) -> None:
        raise OSError(errno.ENOSPC, "no space left")

    monkeypatch.setattr(shutil, "copyfile", full)
    with pytest.raises(DiskFullError):
        _backup(made, tmp_path / "stick")
    assert list((tmp_path / "stick").iterdir()) == []


KILLED = """
import os, signal, sys
from pathlib import Path
from zzdesk.desk.backup import run_backup
from zzdesk.desk.session import open_desk
desk = open_desk(Path(sys.argv[1]), None, "Desk-4711-blue")
run_backup(desk, progress=lambda part: os.kill(os.getpid(), signal.SIGKILL))
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
def test_a_killed_backup_is_no_backup_and_is_cleared_away(made: Made) -> None:
    made.desk.close()
    done = subprocess.run([sys.executable, "-c", KILLED, str(made.desk.home)], check=False)
    assert done.returncode == -9
    folder = made.desk.paths.backups
    assert len(list(folder.iterdir())) == 1
    assert list_backups(folder) == []
    with open_desk(made.desk.home, None, PASSWORD, made.clock) as desk:
        whole = run_backup(desk).path
        assert list(folder.iterdir()) == [whole]


def test_a_restored_desk_numbers_its_operations_anew(made: Made, tmp_path: Path) -> None:
    """The desk it was copied from may have gone on: the same number must not stand for two operations."""
    from zzdesk.ops.outbox import seal

    with made.desk.store.writer() as session:
        sealed = seal(session).ops
        session.commit()
    assert [op["op_no"] for op in sealed] == [1, 2]
    source = _backup(made)
    restore_backup(source, tmp_path / "elsewhere", password=PASSWORD, clock=made.clock)
    with (
        open_desk(tmp_path / "elsewhere", None, PASSWORD, made.clock) as desk,
        desk.store.writer() as session,
    ):
        states = {row.state for row in session.scalars(select(Outbox))}
        again = seal(session).ops
        replica = session.get_one(SyncState, 1).replica_id
    assert states == {"sealed"}, "what may have been sent takes no further edits"
    assert replica != sealed[0]["replica"]
    assert [op["replica"] for op in again] == [replica] * 2
    identity = [{k: v for k, v in op.items() if k not in ("replica", "op_no")} for op in sealed]
    assert [{k: v for k, v in op.items() if k not in ("replica", "op_no")} for op in again] == identity


def test_this_machine_stays_the_device_that_the_centre_knows(made: Made, home: Path, tmp_path: Path) -> None:
    with made.desk.store.writer() as session:
        session.get_one(SyncState, 1).device_id = "d-1"
        session.commit()
    (home / desk_backup.DEVICE_KEY).write_bytes(b"sealed with the data key")
    made.desk.settings.theme = "dark"
    save_settings(made.desk.paths.settings, made.desk.settings)
    source = _backup(made)
    assert not (source / desk_backup.DEVICE_KEY).exists()
    made.desk.close()
    restore_backup(source, tmp_path / "other", password=PASSWORD, clock=made.clock)
    restore_backup(source, home, password=PASSWORD, replace=True, clock=made.clock)
    with open_desk(tmp_path / "other", None, PASSWORD, made.clock) as other:
        assert other.actor.device_id is None
    with open_desk(home, None, PASSWORD, made.clock) as same:
        assert same.actor.device_id == "d-1"
        assert same.settings.theme == "dark"
        assert (home / desk_backup.DEVICE_KEY).read_bytes() == b"sealed with the data key"


def test_another_homes_device_key_is_not_taken_over(made: Made, tmp_path: Path) -> None:
    source = _backup(made)
    other, _ = create_home(tmp_path / "other", STATION, "li", PASSWORD, made.clock, cost=TEST_COST)
    other.close()
    (tmp_path / "other" / desk_backup.DEVICE_KEY).write_bytes(b"of the other home")
    restore_backup(source, tmp_path / "other", password=PASSWORD, replace=True, clock=made.clock)
    assert not (tmp_path / "other" / desk_backup.DEVICE_KEY).exists()


def test_the_digest_sees_every_table(made: Made) -> None:
    with raw(made.desk.paths.database, made.desk.store.key) as connection:
        found = backup.table_digests(connection)
        names = {row[0] for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    assert set(found) == names
    assert all(digest for name, (_, digest) in found.items() if not name.startswith("search_text"))
    with made.desk.store.writer() as session:
        session.execute(text("UPDATE account SET display_name = 'x' WHERE login = 'wang'"))
        session.commit()
    with raw(made.desk.paths.database, made.desk.store.key) as connection:
        later = backup.table_digests(connection)
    assert {name for name in names if later[name] != found[name]} == {"account"}


def test_shared_holders_do_not_block_a_backup(made: Made) -> None:
    with shared(made.desk.paths.in_use):
        assert desk_backup.run_backup(made.desk).records
