"""Upgrading a database: copied before, migrated in one go, looked at after, put back when it fails or is killed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from zzdesk.clock import FixedClock
from zzdesk.errors import BrokenDatabaseError, BusyError, DiskFullError, NewerDatabaseError
from zzdesk.store import upgrade
from zzdesk.store.engine import Store, raw
from zzdesk.store.locks import shared
from zzdesk.store.migrations import REVISIONS
from zzdesk.store.upgrade import MARKER, SCRIPTS, Plan, is_current, migrate, revision_of

KEY = bytes(range(32))
TODAY, NEXT_ONE = REVISIONS[-1], "next"
NEXT = '''"""A later release: a table rebuilt in batch mode, a column filled from another, a table added."""
import sqlalchemy as sa
from alembic import op

revision = "{after}"
down_revision = "{before}"


def upgrade() -> None:
    op.create_table("holiday", sa.Column("day", sa.String(10), primary_key=True))
    with op.batch_alter_table("local_value") as batch:
        batch.add_column(sa.Column("length", sa.Integer(), nullable=True))
        batch.alter_column("value", existing_type=sa.Text(), nullable=True)
    op.execute("UPDATE local_value SET length = length(value)")
    {more}


def downgrade() -> None:
    with op.batch_alter_table("local_value") as batch:
        batch.drop_column("length")
        batch.alter_column("value", existing_type=sa.Text(), nullable=False)
    op.drop_table("holiday")
'''
WANTED = [("greeting", "你好，漳州", 5), ("number", "42", 2)]


def _plan(folder: Path, more: str = "pass") -> Plan:
    """The package's scripts and one more revision, as the next release would bring."""
    scripts = folder / "scripts"
    shutil.copytree(SCRIPTS, scripts, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__"))
    (scripts / "versions" / "r9999_next.py").write_text(NEXT.format(more=more, before=TODAY, after=NEXT_ONE), "utf-8")
    return Plan(scripts, (*REVISIONS, NEXT_ONE))


@pytest.fixture
def copies(tmp_path: Path) -> Path:
    return tmp_path / "upgrades"


@pytest.fixture
def database(tmp_path: Path, copies: Path) -> Path:
    """A database of today's release with two rows in it."""
    path = tmp_path / "zzdesk.db"
    assert migrate(path, KEY, copies).before is None
    with raw(path, KEY) as connection:
        for name, value, _ in WANTED:
            connection.execute("INSERT INTO local_value VALUES (?, ?)", (name, value))
    return path


def _revision(path: Path) -> str | None:
    with raw(path, KEY) as connection:
        return revision_of(connection)


def _values(path: Path) -> list[tuple[object, ...]]:
    with raw(path, KEY) as connection:
        return sorted(connection.execute("SELECT * FROM local_value").fetchall())


def test_a_database_of_today_is_left_alone(database: Path, copies: Path) -> None:
    before = database.read_bytes()
    assert is_current(database, KEY)
    done = migrate(database, KEY, copies)
    assert (done.before, done.after, done.copy) == (TODAY, TODAY, None)
    assert database.read_bytes() == before
    assert not copies.exists()


def test_opening_a_database_of_today_loads_no_alembic(database: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from zzdesk.store.upgrade import is_current;"
        "print(is_current(Path(sys.argv[1]), bytes(range(32))), 'alembic' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(database)], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["True", "False"]


def test_data_before_is_data_after(database: Path, copies: Path, tmp_path: Path) -> None:
    plan = _plan(tmp_path)
    assert not is_current(database, KEY, plan)
    done = migrate(database, KEY, copies, plan=plan)
    assert (done.before, done.after) == (TODAY, NEXT_ONE)
    assert _values(database) == WANTED
    assert is_current(database, KEY, plan)
    assert not (copies / MARKER).exists()
    assert done.copy is not None
    assert _revision(done.copy) == TODAY
    assert _values(done.copy) == [row[:2] for row in WANTED]
    upgrade.check_file(database, KEY)


def test_the_copy_is_encrypted_too(database: Path, copies: Path, tmp_path: Path) -> None:
    migrate(database, KEY, copies, plan=_plan(tmp_path))
    for path in copies.iterdir():
        assert "你好".encode() not in path.read_bytes()
        assert not path.read_bytes().startswith(b"SQLite format 3")
        if os.name != "nt":
            assert path.stat().st_mode & 0o777 == 0o600


def test_a_newer_database_is_refused_and_untouched(database: Path, copies: Path, tmp_path: Path) -> None:
    migrate(database, KEY, copies, plan=_plan(tmp_path))
    before = database.read_bytes()
    for refuse in (lambda: is_current(database, KEY), lambda: migrate(database, KEY, copies)):
        with pytest.raises(NewerDatabaseError) as caught:
            refuse()
        assert NEXT_ONE in caught.value.text("zh")
    assert database.read_bytes() == before


@pytest.mark.parametrize(
    "more",
    [
        'raise RuntimeError("a fault of ours")',
        'op.execute("INSERT INTO no_such_table VALUES (1)")',
        'op.execute("DELETE FROM local_value")',
        "op.execute(\"UPDATE alembic_version SET version_num = '0009'\")",
        'op.execute("CREATE TABLE a (x REFERENCES holiday (day))"); op.execute("INSERT INTO a VALUES (1)")',
    ],
    ids=["raises", "bad SQL", "loses rows", "stops elsewhere", "breaks a reference"],
)
def test_what_fails_leaves_the_old_database(database: Path, copies: Path, tmp_path: Path, more: str) -> None:
    with pytest.raises(BrokenDatabaseError):
        migrate(database, KEY, copies, plan=_plan(tmp_path, more))
    assert _revision(database) == TODAY
    assert _values(database) == [row[:2] for row in WANTED]
    assert is_current(database, KEY)
    assert not (copies / MARKER).exists()
    assert migrate(database, KEY, copies, plan=_plan(tmp_path)).after == NEXT_ONE
    assert _values(database) == WANTED


def test_damage_that_shows_after_the_commit_brings_the_copy_back(
    database: Path, copies: Path, tmp_path: Path
) -> None:
    def harm(label: str) -> None:
        if label == "committed":
            data = bytearray(database.read_bytes())
            data[-100] ^= 1
            database.write_bytes(data)

    with pytest.raises(BrokenDatabaseError):
        migrate(database, KEY, copies, plan=_plan(tmp_path), at=harm)
    assert _values(database) == [row[:2] for row in WANTED]
    assert is_current(database, KEY)


def test_no_room_for_the_copy_changes_nothing(
    database: Path, copies: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(tmp_path)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=1000))
    with pytest.raises(DiskFullError):
        migrate(database, KEY, copies, plan=_plan(tmp_path))
    assert _revision(database) == TODAY


KILLED = """
import os, signal, sys
from pathlib import Path
from zzdesk.store.engine import connect
from zzdesk.store.migrations import REVISIONS
from zzdesk.store.upgrade import Plan, migrate
path, copies, scripts, where = sys.argv[1:]
held = []
def at(label):
    if label == "copied":  # a second connection, so that the log is still there after the commit
        held.append(connect(Path(path), bytes(range(32))))
        held[0].execute("SELECT count(*) FROM sqlite_schema").fetchall()
    if label == where:
        os.kill(os.getpid(), signal.SIGKILL)
migrate(Path(path), bytes(range(32)), Path(copies), plan=Plan(Path(scripts), (*REVISIONS, "next")), at=at)
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
@pytest.mark.parametrize("where", ["copied", "begun", "migrated", "verified", "committed"])
def test_a_kill_in_the_middle_leaves_the_old_or_the_new(
    database: Path, copies: Path, tmp_path: Path, where: str
) -> None:
    plan = _plan(tmp_path)
    command = [sys.executable, "-c", KILLED, str(database), str(copies), str(plan.scripts), where]
    assert subprocess.run(command, check=False).returncode == -9
    assert (copies / MARKER).exists()
    assert _revision(database) == (NEXT_ONE if where == "committed" else TODAY)
    assert migrate(database, KEY, copies, plan=plan).after == NEXT_ONE
    assert _values(database) == WANTED
    assert not (copies / MARKER).exists()
    upgrade.check_file(database, KEY)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
@pytest.mark.parametrize("damaged", [("",), ("", "-wal")], ids=["file", "file and log"])
def test_a_kill_and_damage_together_bring_the_copy_back(
    database: Path, copies: Path, tmp_path: Path, damaged: tuple[str, ...]
) -> None:
    """The log of the failed upgrade is intact: it must not be applied to the copy that is put back."""
    plan = _plan(tmp_path)
    command = [sys.executable, "-c", KILLED, str(database), str(copies), str(plan.scripts), "committed"]
    subprocess.run(command, check=False)
    for suffix in damaged:
        path = database.with_name(database.name + suffix)
        path.write_bytes(os.urandom(len(path.read_bytes())))
    assert migrate(database, KEY, copies, plan=plan).before == TODAY
    assert _values(database) == WANTED


def test_an_older_program_still_reads_what_a_killed_upgrade_left(
    database: Path, copies: Path, tmp_path: Path
) -> None:
    plan = _plan(tmp_path)
    command = [sys.executable, "-c", KILLED, str(database), str(copies), str(plan.scripts), "migrated"]
    subprocess.run(command, check=False)
    assert is_current(database, KEY)
    assert migrate(database, KEY, copies).after == TODAY
    assert _values(database) == [row[:2] for row in WANTED]


def test_a_database_that_was_never_finished_is_made_again(tmp_path: Path, copies: Path) -> None:
    path = tmp_path / "zzdesk.db"
    Store.create(path, KEY).close()
    assert migrate(path, KEY, copies).before is None
    assert is_current(path, KEY)


def test_somebody_elses_database_is_refused(tmp_path: Path, copies: Path) -> None:
    path = tmp_path / "zzdesk.db"
    with raw(path, KEY, create=True) as connection:
        connection.execute("CREATE TABLE theirs (x)")
    with pytest.raises(BrokenDatabaseError):
        migrate(path, KEY, copies)
    with raw(path, KEY) as connection:
        assert connection.execute("SELECT name FROM sqlite_schema").fetchall() == [("theirs",)]


def test_only_the_latest_copies_stay(database: Path, copies: Path, tmp_path: Path) -> None:
    copies.mkdir()
    for n in range(5):
        old = copies / f"before-000{n}x.db"
        old.write_bytes(b"")
        os.utime(old, (n, n))
    migrate(database, KEY, copies, plan=_plan(tmp_path))
    assert sorted(path.name for path in copies.glob("*.db")) == sorted([f"before-{TODAY}.db", "before-0004x.db"])


def test_a_desk_upgrades_when_it_opens_and_only_alone(
    home: Path, clock: FixedClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from zzdesk.desk import session
    from zzdesk.store.keys import TEST_COST

    password = "Desk-4711-blue"
    session.create_home(home, "350602002004", "li", password, clock, cost=TEST_COST)[0].close()
    plan = _plan(tmp_path)
    monkeypatch.setattr(upgrade, "Plan", lambda: plan)
    monkeypatch.setattr(session, "_WAIT", 0.05)
    with shared(home / "home.lock"), pytest.raises(BusyError):
        session.open_desk(home, None, password, clock)
    with session.open_desk(home, None, password, clock) as desk:
        assert _names(desk.store.path, desk.store.key) == NEXT_ONE
        assert (desk.paths.upgrades / f"before-{TODAY}.db").exists()


def _names(path: Path, key: bytes) -> str | None:
    with raw(path, key) as connection:
        return revision_of(connection)
