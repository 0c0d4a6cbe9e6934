"""The encrypted database: who may write, what damage looks like, and that nothing readable reaches the disk."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from zzdesk.errors import BrokenDatabaseError, BugError, BusyError, DiskFullError
from zzdesk.store import engine
from zzdesk.store.engine import Store

KEY = bytes(range(32))
NAME = "欧阳建国之母"


@pytest.fixture
def store(tmp_path: Path):
    store = Store.create(tmp_path / "zzdesk.db", KEY)
    with store.writer() as session:
        session.execute(text("CREATE TABLE t (id INTEGER PRIMARY KEY, words TEXT)"))
        session.commit()
    yield store
    store.close()


def _add(store: Store, words: str = "x") -> None:
    with store.writer() as session:
        session.execute(text("INSERT INTO t (words) VALUES (:words)"), {"words": words})
        session.commit()


def _count(store: Store) -> int:
    with store.reader() as session:
        return session.execute(text("SELECT count(*) FROM t")).scalar_one()


def test_the_promised_settings_are_in_force(store: Store) -> None:
    pragmas = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "temp_store": 2}
    for scope in (store.writer, store.reader):
        with scope() as session:
            found = {name: session.execute(text(f"PRAGMA {name}")).scalar_one() for name in pragmas}
            assert found == pragmas
    with store.reader() as session:
        assert session.execute(text("PRAGMA query_only")).scalar_one() == 1
    if os.name != "nt":
        assert store.path.stat().st_mode & 0o777 == 0o600


def test_what_is_sent_again_may_wait_for_the_next_lasting_commit(store: Store) -> None:
    """Only while it is asked for: what a person saves is on the disk when it is said to be saved."""
    found = []
    for words in ({"repeatable": True, "bulk": True}, {"bulk": True}, {}):
        with store.writer(**words) as session:
            found.append(tuple(session.execute(text(f"PRAGMA {p}")).scalar_one() for p in ("synchronous", "wal_autocheckpoint")))
    assert found == [(1, engine.BULK_CHECKPOINT_PAGES), (2, engine.BULK_CHECKPOINT_PAGES), (2, engine.CHECKPOINT_PAGES)]
    with pytest.raises(RuntimeError), store.writer(repeatable=True):
        raise RuntimeError
    with store.writer() as session:
        assert session.execute(text("PRAGMA synchronous")).scalar_one() == 2


def test_a_quiet_checkpoint_takes_a_long_log_and_leaves_to_readers_what_they_read(store: Store) -> None:
    before = store.path.stat().st_size
    _add(store)
    store.checkpoint(quietly=True)
    assert store.path.stat().st_size == before, "nobody would wait for so short a log"
    with store.reader() as session:
        assert session.execute(text("SELECT count(*) FROM t")).scalar_one() == 1
        with store.writer(bulk=True) as writing:
            writing.execute(text("INSERT INTO t (words) VALUES (hex(zeroblob(:size)))"), {"size": 3 * 1024 * 1024})
            writing.commit()
        store.checkpoint(quietly=True)
        assert session.execute(text("SELECT count(*) FROM t")).scalar_one() == 1
    store.checkpoint(quietly=True)
    assert store.path.stat().st_size > before + 6 * 1024 * 1024
    assert _count(store) == 2


def test_nothing_and_yes_and_no_are_stored_as_sqlite_has_them(store: Store) -> None:
    with store.writer() as session:
        row = session.connection().exec_driver_sql("SELECT typeof(?), typeof(?), ?, ?", (None, True, True, False)).one()
    assert tuple(row) == ("null", "integer", 1, 0)


def test_an_exception_rolls_everything_back(store: Store) -> None:
    def fail() -> None:
        with store.writer() as session:
            session.execute(text("INSERT INTO t (words) VALUES ('lost')"))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert _count(store) == 0


def test_a_writer_that_does_not_commit_saves_nothing(store: Store) -> None:
    with store.writer() as session:
        session.execute(text("INSERT INTO t (words) VALUES ('lost')"))
    assert _count(store) == 0


def test_a_commit_that_is_refused_leaves_nothing_open(store: Store) -> None:
    with store.writer() as session:
        session.execute(
            text("CREATE TABLE child (parent INTEGER REFERENCES t (id) DEFERRABLE INITIALLY DEFERRED, words TEXT)")
        )
        session.commit()
    with store.writer() as session:
        session.execute(text("INSERT INTO child (parent) VALUES (77)"))
        with pytest.raises(IntegrityError):
            session.commit()
    _add(store)
    assert _count(store) == 1
    with store.reader() as session:
        assert session.execute(text("SELECT count(*) FROM child")).scalar_one() == 0


def test_a_query_cannot_write(store: Store) -> None:
    with pytest.raises(BugError), store.reader() as session:
        session.execute(text("INSERT INTO t (words) VALUES ('x')"))


def test_a_reader_sees_one_state_while_others_write(store: Store) -> None:
    with store.reader() as session:
        assert session.execute(text("SELECT count(*) FROM t")).scalar_one() == 0
        _add(store)
        assert session.execute(text("SELECT count(*) FROM t")).scalar_one() == 0
    assert _count(store) == 1


def test_a_writer_inside_a_writer_is_our_fault(store: Store) -> None:
    with store.writer(), pytest.raises(BugError), store.writer():
        pass
    _add(store)


def test_four_threads_write_in_turn(store: Store) -> None:
    threads = [threading.Thread(target=lambda: [_add(store) for _ in range(25)]) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert _count(store) == 100


def test_a_second_writer_is_told_to_wait(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "BUSY_SECONDS", 0.05)
    caught: list[BaseException] = []

    def intrude() -> None:
        try:
            _add(store)
        except BusyError as error:
            caught.append(error)

    with store.writer():
        thread = threading.Thread(target=intrude)
        thread.start()
        thread.join()
    assert len(caught) == 1


HOLDER = """
import sys
from pathlib import Path
from zzdesk.store.engine import connect
connection = connect(Path(sys.argv[1]), bytes(range(32)))
connection.execute("BEGIN IMMEDIATE")
print("held", flush=True)
sys.stdin.readline()
"""


def test_another_process_that_writes_makes_us_wait_but_we_can_read(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "BUSY_SECONDS", 0.05)
    command = [sys.executable, "-c", HOLDER, str(store.path)]
    other = Store.open(store.path, KEY)
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(BusyError):
            _add(other)
        assert _count(other) == 0
        holder.communicate("go\n")
    _add(other)
    assert _count(store) == 1
    other.close()


def test_the_wrong_key_opens_nothing(store: Store) -> None:
    with pytest.raises(BrokenDatabaseError):
        Store.open(store.path, bytes(32))


def test_a_missing_file_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(BrokenDatabaseError):
        Store.open(tmp_path / "none.db", KEY)
    assert not (tmp_path / "none.db").exists()


def test_a_home_may_lie_under_any_name(tmp_path: Path) -> None:
    folder = tmp_path / "芗城 区#1%20&mode=ro"
    folder.mkdir()
    store = Store.create(folder / "zzdesk.db", KEY)
    with store.writer() as session:
        session.execute(text("CREATE TABLE t (id INTEGER PRIMARY KEY)"))
        session.commit()
    store.close()
    assert [path.name for path in folder.iterdir()] == ["zzdesk.db"]


def test_a_file_of_something_else_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "zzdesk.db"
    path.write_bytes(b"SQLite format 3\0" + bytes(4080))
    with pytest.raises(BrokenDatabaseError):
        Store.open(path, KEY)


def test_a_flipped_byte_is_noticed_not_read(store: Store) -> None:
    for _ in range(200):
        _add(store, "y" * 500)
    store.close()
    damaged = bytearray(store.path.read_bytes())
    for place in range(4096 * 2 + 100, len(damaged), 4096):
        damaged[place] ^= 1
    store.path.write_bytes(damaged)
    again = Store.open(store.path, KEY)
    with pytest.raises(BrokenDatabaseError), again.reader() as session:
        session.execute(text("SELECT sum(length(words)) FROM t")).scalar_one()
    again.close()


def test_a_full_disk_says_so_and_keeps_what_was_saved(store: Store) -> None:
    _add(store, "kept")
    with store.writer() as session:
        session.execute(text("PRAGMA max_page_count = 6"))
    with pytest.raises(DiskFullError) as caught:
        _add(store, "z" * 100_000)
    assert "磁盘已满" in caught.value.text("zh")
    assert _count(store) == 1
    with store.writer() as session:
        session.execute(text("PRAGMA max_page_count = 100000"))
    _add(store, "after room was made")
    assert _count(store) == 2


FILLER = """
import resource, signal, sys
from pathlib import Path
from sqlalchemy import text
from zzdesk.errors import KnownError
from zzdesk.store.engine import Store
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
store = Store.open(Path(sys.argv[1]), bytes(range(32)))
resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
saved = 0
try:
    while True:
        with store.writer() as session:
            session.execute(text("INSERT INTO t (words) VALUES (:w)"), {"w": "q" * 20_000})
            session.commit()
        saved += 1
except KnownError as error:
    print(saved, type(error).__name__)
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no limit on file sizes")
def test_a_file_that_may_not_grow_loses_nothing_that_was_committed(store: Store) -> None:
    command = [sys.executable, "-c", FILLER, str(store.path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    saved, error = done.stdout.split()
    assert error in {"DiskFullError", "BrokenDatabaseError"}
    assert _count(store) == int(saved) > 0


def test_no_personal_data_reaches_the_disk_in_the_clear(store: Store, tmp_path: Path) -> None:
    for n in range(300):
        _add(store, f"{NAME}{n}")
    with store.reader() as session:
        ordered = session.execute(
            text("SELECT a.words || b.words AS w FROM t a, t b ORDER BY w DESC LIMIT 5")
        )
        assert len(ordered.all()) == 5
    seen = {path.name: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert {"zzdesk.db", "zzdesk.db-wal"} <= set(seen)
    needles = [NAME.encode(encoding) for encoding in ("utf-8", "utf-16-le", "gb18030")]
    assert [name for name, data in seen.items() if any(needle in data for needle in needles)] == []
    assert not seen["zzdesk.db"].startswith(b"SQLite format 3")


def test_errors_carry_no_values(store: Store) -> None:
    two = "INSERT INTO t (id, words) VALUES (1, :w), (1, :w)"
    with pytest.raises(IntegrityError, match="UNIQUE") as caught, store.writer() as session:
        session.execute(text(two), {"w": NAME})
    assert NAME not in str(caught.value)


def test_a_key_has_thirty_two_bytes(tmp_path: Path) -> None:
    with pytest.raises(BugError):
        Store.create(tmp_path / "zzdesk.db", b"short")
