"""A step that rests on files waits at the centre for their bytes, is seen to wait, and goes on by itself."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from sqlalchemy import select

from sync.server import held
from sync.server.run import ServerThread
from sync.server.tables import op_log
from tests.sync.desks import Office, content
from zzdesk.clock import FixedClock
from zzdesk.ops.models import HELD, Outbox
from zzdesk.reports import commands
from zzdesk.reports.models import Report

NewOffice = Callable[..., Office]


def confirmed_with_a_photo(office: Office, folder: Path) -> str:
    """Register a report with a file, and take the step that rests on it; nothing has gone to the centre yet."""
    made, _ = office.attach(folder, content(3000))
    report = office.attachment(made).record_id
    office.desk.write(commands.act, report, "accept", {})
    office.desk.write(commands.act, report, "confirm", {"note": "到现场看过"})
    return report


def state_of(office: Office, report: str) -> str:
    with office.desk.store.reader() as session:
        return session.get_one(Report, report).state


def waiting(office: Office) -> set[str]:
    with office.desk.store.reader() as session:
        rows = session.scalars(select(Outbox).where(Outbox.state == HELD))
        return {row.problem["type"] for row in rows}


def awaited(server: ServerThread) -> set[str]:
    with server.centre.database.reading() as connection:
        return set(connection.execute(select(op_log.c.waits_on).where(op_log.c.waits_on.is_not(None))).scalars())


def test_a_step_waits_for_the_bytes_it_rests_on_and_goes_on_when_they_are_verified(
    new_office: NewOffice, server: ServerThread, tmp_path: Path
) -> None:
    office, other = new_office(), new_office("wang")
    office.sync()
    report = confirmed_with_a_photo(office, tmp_path)
    office.desk.settings.files_sync = False
    first = office.sync()
    assert (first.held > 0, waiting(office)) == (True, {"/p/bytes-missing"})
    assert awaited(server) == {f"blob:report/{report}"}
    other.sync()
    assert (state_of(office, report), state_of(other, report)) == ("dispatching", "verifying")
    office.desk.settings.files_sync = True
    assert office.sync().files.sent == 1
    assert awaited(server) == set()
    office.sync()
    other.sync()
    assert (waiting(office), state_of(other, report)) == (set(), "dispatching")
    assert office.sync().pending == 0


def test_bytes_that_came_first_keep_nothing_waiting(new_office: NewOffice, server: ServerThread, tmp_path: Path) -> None:
    office = new_office()
    made, _ = office.attach(tmp_path, content(3000))
    office.sync()
    report = office.attachment(made).record_id
    office.desk.write(commands.act, report, "accept", {})
    office.desk.write(commands.act, report, "confirm", {"note": "到现场看过"})
    done = office.sync()
    assert (done.held, done.pending, awaited(server)) == (0, 0, set())


def test_a_hash_that_the_centre_knows_from_others_is_not_enough(
    new_office: NewOffice, server: ServerThread, tmp_path: Path
) -> None:
    """The file is there, but who names it in the same round as the step has not shown that it holds it."""
    other, office = new_office("wang"), new_office()
    other.attach(tmp_path, content(3000))
    assert other.sync().files.sent == 1
    office.desk.settings.files_sync = False
    report = confirmed_with_a_photo(office, tmp_path)
    assert office.sync().held > 0
    assert (waiting(office), awaited(server)) == ({"/p/bytes-missing"}, {f"blob:report/{report}"})
    office.desk.settings.files_sync = True
    office.sync()
    assert awaited(server) == set()


def test_a_file_shown_before_keeps_no_step_in_the_same_round(
    new_office: NewOffice, server: ServerThread, tmp_path: Path
) -> None:
    office = new_office()
    office.attach(tmp_path, content(3000))
    assert office.sync().files.sent == 1
    confirmed_with_a_photo(office, tmp_path)
    done = office.sync()
    assert (done.held, done.pending, awaited(server)) == (0, 0, set())


def test_bytes_that_never_come_bring_the_step_before_a_person(
    new_office: NewOffice, server: ServerThread, tmp_path: Path, clock: FixedClock, expect_log: Callable[[str], None]
) -> None:
    expect_log("held for too long, handed to a person")
    office = new_office()
    confirmed_with_a_photo(office, tmp_path)
    office.desk.settings.files_sync = False
    office.sync()
    clock.advance(8 * 86400)
    assert held.force(server.centre) > 0
    assert awaited(server) == set()
    with server.centre.database.reading() as connection:
        outcomes = connection.execute(select(op_log.c.outcome).where(op_log.c.kind == "report")).scalars().all()
    assert "quarantined" in outcomes
