"""The open desk: logging in and out, locking, what is refused, and what the audit says about it afterwards."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from zzdesk.accounts.queries import list_accounts
from zzdesk.clock import FixedClock, SystemClock
from zzdesk.desk import accounts
from zzdesk.desk.session import (
    Desk,
    create_home,
    open_desk,
    open_desk_by_recovery,
    open_desk_with_key,
)
from zzdesk.desk.timing import clock_for
from zzdesk.desk.warnings import WARNINGS
from zzdesk.errors import (
    BrokenDatabaseError,
    BusyError,
    InvalidError,
    LockedOutError,
    NewerDatabaseError,
    NotFoundError,
    RefusedError,
    WrongPasswordError,
)
from zzdesk.store import audit
from zzdesk.store.audit import Audit
from zzdesk.store.keys import GUARD_FILE, TEST_COST, open_copy
from zzdesk.store.locks import exclusive
from zzdesk.store.unit import ChangeSet, Reader, UnitOfWork

STATION = "350602002004"
PASSWORD = "Desk-4711-blue"


@pytest.fixture
def desk(home: Path, clock: FixedClock):
    desk, desk_recovery = create_home(home, STATION, "李梅", PASSWORD, clock, cost=TEST_COST)
    desk.recovery = desk_recovery  # type: ignore[attr-defined]
    with desk:
        yield desk


def _open(desk: Desk, login: str | None = None, password: str = PASSWORD) -> Desk:
    return open_desk(desk.home, login, password, desk.clock, cost=TEST_COST)


def _events(desk: Desk) -> list[tuple[str, dict[str, object]]]:
    with desk.store.reader() as session:
        return [(line.event, json.loads(line.facts)) for line in reversed(audit.recent(session))]


def _names(desk: Desk) -> list[str]:
    return [name for name, _ in _events(desk)]


def _whole(desk: Desk) -> bool:
    with desk.store.reader() as session:
        return audit.check(session, desk.paths.anchor, desk.store.key).ok


def test_a_new_home_has_its_first_account_and_nothing_readable(desk: Desk, home: Path) -> None:
    assert desk.actor.roles == {"administrator", "supervisor", "clerk", "mediator"}
    assert desk.station == STATION
    assert [row.login for row in desk.read(list_accounts).rows] == ["李梅"]
    assert _names(desk)[0] == "account.first"
    assert not any(
        "李梅".encode() in p.read_bytes() for p in home.iterdir() if p.name.startswith("zzdesk.db")
    )
    assert _whole(desk)


def test_log_in_is_unlocking(desk: Desk) -> None:
    desk.close()
    with _open(desk) as again:
        assert again.actor.login == "李梅"
        assert again.warnings == []
        assert _names(again)[-2:] == ["logout", "login"]


def test_failures_enter_the_audit_after_the_next_unlock(desk: Desk, clock: FixedClock) -> None:
    desk.close()
    for _ in range(5):
        with pytest.raises(WrongPasswordError):
            _open(desk, password="wrong")
    with pytest.raises(LockedOutError):
        _open(desk)
    with pytest.raises(WrongPasswordError):
        _open(desk, "nobody")
    clock.advance(601)
    with _open(desk) as again:
        found = [(name, facts["known"]) for name, facts in _events(again) if name.startswith("login.")]
        assert found == [("login.failed", True)] * 5 + [("login.locked", True), ("login.failed", False)]
        assert again.keys.guard().events() == []
    with _open(desk) as once_more:
        assert len([name for name in _names(once_more) if name.startswith("login.")]) == 7


def test_an_older_sidecar_put_back_is_noticed_and_not_counted_twice(desk: Desk, home: Path) -> None:
    desk.close()
    for _ in range(2):
        with pytest.raises(WrongPasswordError):
            _open(desk, password="wrong")
    shutil.copy(home / GUARD_FILE, home / "kept")
    _open(desk).close()
    shutil.copy(home / "kept", home / GUARD_FILE)
    with open_desk_with_key(desk.home, None, _key_without_counting(desk), desk.clock) as again:
        names = _names(again)
        assert names.count("login.failed") == 2
        assert names.count("login.counters-rolled-back") == 1


def _key_without_counting(desk: Desk) -> bytes:
    return open_copy(desk.home / "keys.json", desk.login, PASSWORD, None)


def test_a_cut_audit_warns_at_log_in(desk: Desk) -> None:
    desk.note("one")
    desk.note("two")
    desk.close()
    key = _key(desk)
    with open_desk_with_key(desk.home, None, key, desk.clock) as again:
        with again.store.writer() as session:
            session.execute(text("DROP TRIGGER audit_no_delete"))
            session.execute(text("DELETE FROM audit WHERE seq > 3"))
            session.commit()
        again._held.close()
        again._store = None
    with open_desk_with_key(desk.home, None, key, desk.clock) as warned:
        assert warned.warnings == ["audit.anchor-differs"]
        for _ in range(9):
            warned.note("work goes on")
    with open_desk_with_key(desk.home, None, key, desk.clock) as later:
        assert later.warnings == ["audit.anchor-differs"]
        assert set(later.warnings) <= set(WARNINGS)
        assert not _whole(later)


def _key(desk: Desk) -> bytes:
    return desk.keys.unlock(desk.login, PASSWORD)


def test_a_missing_anchor_warns(desk: Desk) -> None:
    desk.close()
    desk.paths.anchor.unlink()
    with _open(desk) as again:
        assert again.warnings == ["audit.anchor-missing"]


def test_a_locked_screen_refuses_everything_until_the_password_comes(desk: Desk) -> None:
    desk.lock()
    desk.lock()
    assert desk.locked
    for refused in (
        lambda: desk.read(list_accounts),
        lambda: desk.write(_nothing),
        lambda: desk.store,
        lambda: desk.actor,
    ):
        with pytest.raises(RefusedError):
            refused()
    with pytest.raises(WrongPasswordError):
        desk.unlock("wrong")
    assert desk.locked
    desk.unlock(PASSWORD)
    assert desk.read(list_accounts).rows
    assert [name for name in _names(desk) if name.startswith(("desk.", "login."))] == [
        "desk.lock", "login.failed", "desk.unlock",
    ]  # fmt: skip


def _nothing(work: UnitOfWork) -> ChangeSet:
    return work.commit()


def test_the_key_is_put_away_while_locked(desk: Desk) -> None:
    store = desk.store
    desk.lock()
    assert store.key == b""


def test_a_password_can_be_asked_again(desk: Desk) -> None:
    assert desk.verify_password(PASSWORD)
    assert not desk.verify_password("wrong")
    for _ in range(4):
        desk.verify_password("wrong")
    with pytest.raises(LockedOutError):
        desk.verify_password(PASSWORD)


def _forbidden(read: Reader) -> None:
    read.require("audit.read")


def _forbidden_write(work: UnitOfWork) -> ChangeSet:
    work.require("audit.read")
    return work.commit()


def test_refusals_are_written_down(desk: Desk) -> None:
    with pytest.raises(RefusedError):
        desk.read(_forbidden)
    with pytest.raises(RefusedError):
        desk.write(_forbidden_write)
    found = [facts for name, facts in _events(desk) if name == "refused"]
    assert [facts["right"] for facts in found] == ["audit.read", "audit.read"]
    assert [str(facts["what"]).rsplit(".", 1)[-1] for facts in found] == ["_forbidden", "_forbidden_write"]


def test_a_failed_command_changes_nothing(desk: Desk) -> None:
    def half(work: UnitOfWork) -> ChangeSet:
        work.audit("never")
        work.session.add(Audit(seq=9999, at="", event="never", facts="", prev_hash="", hash=""))
        work.session.flush()
        raise RuntimeError

    with pytest.raises(RuntimeError):
        desk.write(half)
    assert "never" not in _names(desk)
    assert _whole(desk)


def test_the_recovery_key_lets_one_set_a_new_password(desk: Desk) -> None:
    desk.close()
    recovery = desk.recovery  # type: ignore[attr-defined]
    with open_desk_by_recovery(desk.home, None, recovery, desk.clock, cost=TEST_COST) as rescued:
        renewed = accounts.set_password_after_recovery(rescued, "New-pass-9000x")
        with pytest.raises(RefusedError):
            accounts.set_password_after_recovery(rescued, "New-pass-9001x")
        assert ("password.set", {"how": "recovery"}) in _events(rescued)
    with pytest.raises(WrongPasswordError):
        _open(desk)
    with pytest.raises(WrongPasswordError):
        open_desk_by_recovery(desk.home, None, recovery, desk.clock, cost=TEST_COST)
    _open(desk, password="New-pass-9000x").close()
    open_desk_by_recovery(desk.home, None, renewed, desk.clock, cost=TEST_COST).close()


def test_two_desks_may_stand_open_beside_each_other(desk: Desk) -> None:
    with _open(desk) as beside:
        beside.note("from the command line")
        desk.note("from the window")
        assert _names(desk)[-2:] == ["from the command line", "from the window"]
        assert _whole(beside)


def test_nobody_replaces_the_database_under_an_open_desk(desk: Desk) -> None:
    with pytest.raises(BusyError), exclusive(desk.paths.in_use):
        pass
    desk.close()
    with exclusive(desk.paths.in_use):
        pass


def test_database_and_network_threads_share_a_desk(desk: Desk) -> None:
    threads = [threading.Thread(target=lambda n=n: [desk.note(f"t{n}") for _ in range(20)]) for n in range(3)]
    for thread in threads:
        thread.start()
    for _ in range(20):
        assert desk.read(list_accounts).rows
    for thread in threads:
        thread.join()
    assert _whole(desk)
    with desk.store.reader() as session:
        assert sum(line.event.startswith("t") for line in audit.recent(session)) == 60


WRITER = """
import sys
from pathlib import Path
from zzdesk.desk.session import open_desk
with open_desk(Path(sys.argv[1]), None, "Desk-4711-blue") as desk:
    for n in range(25):
        desk.note("beside", n=n)
"""


def test_programs_beside_each_other_never_fork_the_audit(desk: Desk) -> None:
    command = [sys.executable, "-c", WRITER, str(desk.home)]
    programs = [subprocess.Popen(command) for _ in range(3)]
    for _ in range(25):
        desk.note("window")
    assert [program.wait() for program in programs] == [0, 0, 0]
    with desk.store.reader() as session:
        events = [line.event for line in audit.recent(session, limit=500)]
    assert (events.count("beside"), events.count("window")) == (75, 25)
    assert _whole(desk)


def test_a_home_is_made_once(desk: Desk, home: Path, clock: FixedClock) -> None:
    with pytest.raises(RefusedError):
        create_home(home, STATION, "wang", PASSWORD, clock, cost=TEST_COST)


@pytest.mark.parametrize(
    ("station", "login", "password", "field"),
    [
        ("abc", "li", PASSWORD, "station"),
        (STATION, "  ", PASSWORD, "login"),
        (STATION, "li", "short", "password"),
        (STATION, "desk-4711", "Desk-4711-blue", "password"),
    ],
)
def test_what_a_home_cannot_be_made_of(
    home: Path, clock: FixedClock, station: str, login: str, password: str, field: str
) -> None:
    with pytest.raises(InvalidError) as caught:
        create_home(home, station, login, password, clock, cost=TEST_COST)
    assert [problem.field for problem in caught.value.problems] == [field]
    assert not home.exists()


def test_no_home_says_so(home: Path) -> None:
    with pytest.raises(NotFoundError):
        open_desk(home, None, PASSWORD)


def test_a_damaged_database_says_so_and_lets_the_home_go(desk: Desk) -> None:
    desk.close()
    database = desk.paths.database
    database.write_bytes(bytes(len(database.read_bytes())))
    with pytest.raises(BrokenDatabaseError):
        _open(desk)
    with exclusive(desk.paths.in_use):
        pass


def test_a_database_of_a_newer_program_is_refused_untouched(desk: Desk) -> None:
    with desk.store.writer() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        session.commit()
    desk.close()
    before = desk.paths.database.read_bytes()
    with pytest.raises(NewerDatabaseError) as caught:
        _open(desk)
    assert "9999" in caught.value.text("zh")
    assert desk.paths.database.read_bytes() == before
    with exclusive(desk.paths.in_use):
        pass


def test_a_removed_database_is_not_replaced_by_an_empty_one(desk: Desk) -> None:
    desk.close()
    desk.paths.database.unlink()
    with pytest.raises(BrokenDatabaseError):
        _open(desk)
    assert not desk.paths.database.exists()


KILLED = """
import os, signal, sys
from pathlib import Path
from zzdesk.desk import session
from zzdesk.store.keys import TEST_COST
name = sys.argv[2]
def die(*args, **kwargs):
    os.kill(os.getpid(), signal.SIGKILL)
setattr(session, name, die)
session.create_home(Path(sys.argv[1]), "350602002004", "li", "Desk-4711-blue", cost=TEST_COST)
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
@pytest.mark.parametrize("where", ["_first_records", "save_info"])
def test_an_init_that_was_killed_can_be_repeated(home: Path, clock: FixedClock, where: str) -> None:
    done = subprocess.run([sys.executable, "-c", KILLED, str(home), where], check=False)
    assert done.returncode == -9
    with pytest.raises(NotFoundError):
        open_desk(home, None, PASSWORD)
    desk, _ = create_home(home, STATION, "li", PASSWORD, clock, cost=TEST_COST)
    desk.close()
    assert len(list(home.glob("unfinished-*"))) == 1


def test_only_a_test_home_takes_its_time_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZZDESK_NOW", "2030-01-02T03:04:05+08:00")
    assert type(clock_for(test=False)) is SystemClock
    moved = clock_for(test=True)
    start = datetime(2030, 1, 1, 19, 4, 5, tzinfo=UTC)
    assert start <= moved.now() < start + timedelta(minutes=5)
    assert moved.monotonic_ms() >= int(start.timestamp() * 1000)
    ids = [moved.new_id() for _ in range(3)]
    assert ids == sorted(set(ids))
    monkeypatch.setenv("ZZDESK_NOW", "yesterday")
    with pytest.raises(InvalidError):
        clock_for(test=True)
    monkeypatch.delenv("ZZDESK_NOW")
    assert type(clock_for(test=True)) is SystemClock


def test_a_test_home_says_that_it_is_one(home: Path, clock: FixedClock) -> None:
    desk, _ = create_home(home, STATION, "li", PASSWORD, clock, test=True, cost=TEST_COST)
    with desk:
        assert desk.info.test
    with open_desk(home, None, PASSWORD, clock) as again:
        assert again.info.test
