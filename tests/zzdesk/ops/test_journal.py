"""The outbox journal: what was committed is in it, what is in it was committed, and an older database gets it back."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import event, select

from tests.working import register
from zzdesk.clock import FixedClock
from zzdesk.desk.backup import restore_backup, run_backup
from zzdesk.desk.session import Desk, create_home, open_desk, open_desk_with_key
from zzdesk.errors import BrokenDatabaseError, BusyError, DiskFullError, KnownError, ReadOnlyError
from zzdesk.ops.journal import Journal, number_of
from zzdesk.ops.models import NEW, SEALED, Outbox, OutboxBody
from zzdesk.reports import commands as reports
from zzdesk.reports.models import Report
from zzdesk.store import audit
from zzdesk.store.keys import TEST_COST
from zzdesk.store.locks import exclusive

PASSWORD = "Tea-table 2026 desk"


@pytest.fixture
def desk(home: Path, clock: FixedClock) -> Iterator[Desk]:
    made, _ = create_home(home, "350602002004", "zhuang", PASSWORD, clock, cost=TEST_COST)
    yield made
    made.close()


def journal(desk: Desk) -> Journal:
    return Journal(desk.paths.journal, desk.store.key)


def ops(desk: Desk) -> dict[str, dict[str, object]]:
    with desk.store.reader() as session:
        return {row.op_id: row.body for row in session.scalars(select(Outbox))}


def titles(desk: Desk) -> list[str]:
    with desk.store.reader() as session:
        return sorted(session.scalars(select(Report.title)))


def agree(desk: Desk) -> None:
    kept = {entry["op_id"]: entry["body"] for entry in journal(desk).after(-1)}
    assert kept == ops(desk)
    with desk.store.reader() as session:
        assert journal(desk).last() == number_of(session)


def closed_copy(desk: Desk, to: Path) -> None:
    """Copy the database of an open desk as a backup program would, and nothing beside it."""
    desk.store.checkpoint()
    shutil.copy(desk.paths.database, to)
    shutil.copy(desk.paths.anchor, to.with_suffix(".anchor"))


def put_back(desk: Desk, copy: Path) -> Desk:
    """Let the copy take the place of the database, as after a restore that nobody told the program of."""
    home, key, clock = desk.home, desk.store.key, desk.clock
    desk.close()
    for name in ("zzdesk.db", "zzdesk.db-wal", "zzdesk.db-shm"):
        (home / name).unlink(missing_ok=True)
    shutil.copy(copy, home / "zzdesk.db")
    shutil.copy(copy.with_suffix(".anchor"), home / "audit.anchor")
    return open_desk_with_key(home, None, key, clock)


def test_every_operation_is_in_the_journal_as_it_was_written_last(desk: Desk) -> None:
    report = register(desk, "路灯")
    desk.write(reports.edit, report, {"title": "路灯不亮"})  # melts into the operation that made it
    desk.clock.advance(60)  # type: ignore[attr-defined]
    desk.write(reports.edit, report, {"address": "台湾路"})
    agree(desk)
    assert "路灯".encode() not in desk.paths.journal.read_bytes()
    assert desk.paths.journal.stat().st_mode & 0o077 == 0


def test_an_older_database_gets_back_what_the_journal_has(desk: Desk, tmp_path: Path) -> None:
    first = register(desk, "备份之前")
    desk.clock.advance(60)  # type: ignore[attr-defined]
    closed_copy(desk, tmp_path / "older.db")
    later = register(desk, "备份之后")
    desk.write(reports.edit, first, {"address": "台湾路"})
    desk.clock.advance(60)  # type: ignore[attr-defined]
    desk.write(reports.edit, later, {"description": "井盖松动。"})
    before = ops(desk)
    again = put_back(desk, tmp_path / "older.db")
    assert again.brought_back == 3
    assert again.warnings == ["journal.brought-back"]
    assert ops(again) == before
    assert titles(again) == ["备份之前", "备份之后"]
    with again.store.reader() as session:
        assert session.get_one(Report, first).address == "台湾路"
        assert session.get_one(Report, later).description == "井盖松动。"
        states = {row.op_id: row.state for row in session.scalars(select(Outbox))}
        assert [line.event for line in audit.recent(session)].count("record.recovered") == 1
    assert sorted(states.values()).count(SEALED) == 3, "what may have been sent takes no further edits"
    agree(again)
    again.close()
    with open_desk_with_key(desk.home, None, again_key(desk), desk.clock) as third:
        assert third.brought_back == 0
        assert ops(third) == before


def test_a_newer_image_of_a_life_that_was_left_does_not_hide_what_came_after(desk: Desk, tmp_path: Path) -> None:
    """Of two images the older one is put back and worked on, and then the newer one."""
    register(desk, "一")
    closed_copy(desk, tmp_path / "older.db")
    for title in ("二", "三"):
        register(desk, title)
    closed_copy(desk, tmp_path / "newer.db")
    again = put_back(desk, tmp_path / "older.db")
    register(again, "换回之后")
    once_more = put_back(again, tmp_path / "newer.db")
    assert titles(once_more) == sorted(["一", "二", "三", "换回之后"])
    once_more.close()


def again_key(desk: Desk) -> bytes:
    return desk.keys.unlock(desk.login, PASSWORD)


def test_an_edit_that_melted_in_after_the_backup_comes_back_too(desk: Desk, tmp_path: Path) -> None:
    report = register(desk, "路灯")
    closed_copy(desk, tmp_path / "older.db")
    desk.write(reports.edit, report, {"address": "台湾路"})
    again = put_back(desk, tmp_path / "older.db")
    with again.store.reader() as session:
        assert session.get_one(Report, report).address == "台湾路"
        assert session.scalars(select(Outbox.state).where(Outbox.record_id == report)).all() == [NEW]
    agree(again)
    again.close()


@pytest.mark.parametrize("cut", [1, 5, 20, 200])
def test_a_torn_end_is_left_out_and_made_up_for(desk: Desk, cut: int) -> None:
    register(desk, "甲")
    register(desk, "乙")
    key, clock, home = desk.store.key, desk.clock, desk.home
    desk.close()
    path = home / "outbox.journal"
    path.write_bytes(path.read_bytes()[:-cut])
    with open_desk_with_key(home, None, key, clock) as again:
        assert again.brought_back == 0
        agree(again)
        register(again, "丙")
        agree(again)


def test_what_is_not_ours_ends_the_reading(desk: Desk, expect_log: Callable[[str], None]) -> None:
    expect_log("a frame that is not ours")
    register(desk, "甲")
    size = desk.paths.journal.stat().st_size
    register(desk, "乙")
    data = bytearray(desk.paths.journal.read_bytes())
    data[size + 40] ^= 1
    desk.paths.journal.write_bytes(bytes(data))
    kept = journal(desk).after(-1)
    assert {entry["op_id"] for entry in kept} < set(ops(desk))
    assert Journal(desk.paths.journal, bytes(32)).after(-1) == []


def test_a_database_of_an_earlier_release_begins_a_journal(desk: Desk) -> None:
    register(desk, "甲")
    key, clock, home = desk.store.key, desk.clock, desk.home
    desk.close()
    (home / "outbox.journal").unlink()
    with open_desk_with_key(home, None, key, clock) as again:
        agree(again)


def test_a_full_disk_takes_nothing_back_and_the_next_frame_carries_what_is_owed(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, expect_log: Callable[[str], None]
) -> None:
    expect_log("could not be written: OSError")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(Journal, "_put", full)
        register(desk, "甲")
    assert titles(desk) == ["甲"]
    register(desk, "乙")
    agree(desk)


KILLED = """
import os, signal, sys
from pathlib import Path
import zzdesk.catalogue
from zzdesk.desk.session import open_desk
from zzdesk.ops import journal
from zzdesk.reports import commands as reports
from zzdesk.store.keys import TEST_COST
home, where = Path(sys.argv[1]), sys.argv[2]
desk = open_desk(home, None, sys.argv[3], cost=TEST_COST)
put = journal.Journal._put
def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)
def torn(self, file, end, number, entries):
    put(self, file, end, number, entries)
    file.flush()
    file.truncate(end + 30)
    die()
if where == "before commit":
    from sqlalchemy import event
    event.listen(desk.store.engine, "commit", die)
elif where == "before frame":
    journal.Journal.append = die
else:
    journal.Journal._put = torn
desk.write(reports.register, {"title": "那一刻", "category": "road"})
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
@pytest.mark.parametrize("where", ["before commit", "before frame", "inside frame"])
def test_a_kill_leaves_database_and_journal_in_agreement(desk: Desk, where: str) -> None:
    """Nothing becomes real that was not committed, and nothing that was committed is missing from the journal."""
    register(desk, "从前")
    home, clock = desk.home, desk.clock
    desk.close()
    done = subprocess.run([sys.executable, "-c", KILLED, str(home), where, PASSWORD], check=False, capture_output=True)
    assert done.returncode == -9, done.stderr
    with open_desk(home, None, PASSWORD, clock, cost=TEST_COST) as again:
        assert again.brought_back == 0
        assert titles(again) == (["从前"] if where == "before commit" else ["从前", "那一刻"])
        agree(again)


def test_a_restore_brings_back_what_is_newer_than_the_backup(
    desk: Desk, tmp_path: Path, clock: FixedClock
) -> None:
    register(desk, "备份之前")
    made = run_backup(desk, tmp_path / "backups")
    register(desk, "备份之后")
    home = desk.home
    desk.close()
    (home / "zzdesk.db").write_bytes(b"broken")
    done = restore_backup(made.path, home, password=PASSWORD, replace=True, clock=clock)
    assert done.brought_back == 1
    with open_desk(home, None, PASSWORD, clock, cost=TEST_COST) as again:
        assert titles(again) == ["备份之前", "备份之后"]
        assert again.brought_back == 0
        agree(again)


def test_a_restore_beside_another_home_takes_nothing_from_it(desk: Desk, tmp_path: Path, clock: FixedClock) -> None:
    made = run_backup(desk, tmp_path / "backups")
    other, _ = create_home(tmp_path / "other", "350602002004", "huang", PASSWORD, clock, cost=TEST_COST)
    register(other, "别人的")
    other.close()
    done = restore_backup(made.path, tmp_path / "other", password=PASSWORD, replace=True, clock=clock)
    assert done.brought_back == 0


def test_what_the_outbox_forgot_leaves_the_journal(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    from sqlalchemy import delete

    from zzdesk.ops import bringing_back

    monkeypatch.setattr(bringing_back, "_WORTH_ROTATING", 100)
    for n in range(20):
        register(desk, f"第{n}件")
    size = desk.paths.journal.stat().st_size
    with desk.store.writer() as session:
        keep = session.scalars(select(Outbox.n).order_by(Outbox.n.desc()).limit(2)).all()
        session.execute(delete(Outbox).where(Outbox.n.not_in(keep)))
        session.execute(delete(OutboxBody).where(OutboxBody.n.not_in(keep)))
        desk.tidy_journal(session)
        session.commit()
    assert desk.paths.journal.stat().st_size < size / 4
    agree(desk)
    register(desk, "之后")
    agree(desk)


def test_what_is_saved_is_said_to_be_saved_though_another_program_holds_the_journal(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, expect_log: Callable[[str], None]
) -> None:
    expect_log("journal could not be written: BusyError")
    monkeypatch.setattr("zzdesk.ops.journal._WAIT", 0.0)
    with exclusive(desk.paths.journal.with_name(f"{desk.paths.journal.name}.lock")):
        register(desk, "路灯")
    assert titles(desk) == ["路灯"]
    register(desk, "井盖")
    agree(desk)


def lock_of(desk: Desk) -> Path:
    return desk.paths.journal.with_name(f"{desk.paths.journal.name}.lock")


def test_whoever_commits_holds_the_journal_so_that_frames_lie_in_the_order_of_commits(desk: Desk) -> None:
    """Else another program's later frame might come first, and an older database would not be told from this one."""
    held: list[bool] = []

    def look(_: object) -> None:
        try:
            with exclusive(lock_of(desk)):
                held.append(False)
        except BusyError:
            held.append(True)

    event.listen(desk.store.engine, "commit", look)
    register(desk, "路灯")
    event.remove(desk.store.engine, "commit", look)
    assert held == [True]
    with exclusive(lock_of(desk)):
        pass  # and lets it go again
    agree(desk)


def test_what_was_owed_does_not_take_the_place_of_what_another_program_wrote_since(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, expect_log: Callable[[str], None]
) -> None:
    expect_log("journal could not be written: BusyError")
    monkeypatch.setattr("zzdesk.ops.journal._WAIT", 0.0)
    one, other = journal(desk), journal(desk)
    with exclusive(lock_of(desk)), one.turn():
        one.append(5, [{"op_id": "x", "body": "older"}])
    other.append(6, [{"op_id": "x", "body": "newer"}])
    one.append(7, [{"op_id": "y", "body": "own"}])
    assert [entry["body"] for entry in one.after(4)] == ["newer", "own"]
    assert one.last() == 7


@pytest.mark.parametrize(
    ("number", "error", "words"),
    [(28, DiskFullError, "请先腾出空间"), (30, ReadOnlyError, "只读"), (5, BrokenDatabaseError, "检查磁盘")],
)
def test_a_disk_that_lets_no_journal_begin_is_told_at_the_log_in_and_nothing_is_lost(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, number: int, error: type[KnownError], words: str
) -> None:
    register(desk, "路灯")
    home, key = desk.home, again_key(desk)
    desk.close()
    (home / "outbox.journal").unlink()

    def refuse(*_: object) -> None:
        raise OSError(number, "not now")

    with monkeypatch.context() as patch:
        patch.setattr(Journal, "_put", refuse)
        with pytest.raises(error, match=words):
            open_desk_with_key(home, None, key, desk.clock)
    assert list(home.glob(".outbox.journal.new")) == []
    with open_desk_with_key(home, None, key, desk.clock) as again:
        assert titles(again) == ["路灯"]
        agree(again)
