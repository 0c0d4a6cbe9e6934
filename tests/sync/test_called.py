"""110 was called for a case: the police read its file at their desk, its team sees that, and a call can be taken back (D06)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import zzdesk.catalogue  # noqa: F401 - every kind must be known
from sync.client.engine import sync_once
from tests.sync.stations import SECOND, NewDesk, add, audited, held, leave_team, parked
from zzdesk.clock import FixedClock, to_iso
from zzdesk.desk import dossiers, handing, opening, readings, records, room
from zzdesk.desk.accounts import add_account
from zzdesk.desk.files import fetch
from zzdesk.desk.session import Desk
from zzdesk.errors import NotFoundError, RefusedError
from zzdesk.evidence.files import FileStore
from zzdesk.handover import queries as orders
from zzdesk.mediation import commands as mediation
from zzdesk.mediation import queries
from zzdesk.mediation.models import Case, Dispute, MediationSession, Party, Statement
from zzdesk.mediation.models_reading import CaseReading
from zzdesk.mediation.papers import act_paper, edit_paper
from zzdesk.store.unit import ChangeSet, UnitOfWork

CALL = {"reason": "扬言动手", "called_by": "林", "call_taker": "060512", "call_outcome": "已派警"}


class Called:
    """Lin and Chen work on a case with a session in which something was said; Jing is of the police, at her own desk."""

    def __init__(self, team: tuple[Desk, Desk, str], police: Desk, clock: FixedClock) -> None:
        self.lin, self.chen, self.case = team
        self.police, self.clock = police, clock
        self.lin.write(add, "dispute", {"case_id": self.case, "title": "围墙纠纷", "facts": "林家墙外移"})
        self.session = self.lin.write(add, "session", {"case_id": self.case, "place": "村部"}).created[0]
        self.lin.write(room.say, self.session, "", "note", "一方不让步")
        self.sync()

    def sync(self) -> None:
        """Let everybody reconcile, the police last."""
        for desk in (self.lin, self.chen, self.police):
            sync_once(desk)

    def call(self) -> None:
        """Lin calls 110 and writes it down."""
        self.lin.write(handing.escalate, self.case, CALL | {"called_at": to_iso(self.clock.now())})
        self.sync()

    def log(self, desk: Desk) -> list[tuple[str, str, bool]]:
        """Return who read the file, oldest first, as somebody of the team sees it."""
        lines = desk.read(readings.of_case, self.case)
        return [(line.who, line.what, line.by_call) for line in reversed(lines)]


@pytest.fixture
def called(team: tuple[Desk, Desk, str], new_desk: NewDesk, clock: FixedClock) -> Called:
    add_account(team[0], "jing", "警", ["police-liaison"], SECOND)
    sync_once(team[0])
    return Called(team, new_desk("jing", SECOND), clock)


def papers(desk: Desk) -> list[int]:
    return [len(held(desk, model)) for model in (Dispute, Party, MediationSession, Statement)]


def test_the_police_read_after_the_call_and_each_reading_is_seen_by_the_team(called: Called, new_desk: NewDesk) -> None:
    police, case = called.police, called.case
    add_account(called.lin, "wu", "吴", ["clerk"], SECOND)
    sync_once(called.lin)
    clerk = new_desk("wu", SECOND)
    assert papers(police) == [0, 0, 0, 0]
    with pytest.raises(RefusedError):
        police.write(opening.note_read, case)
    called.call()
    sync_once(clerk)
    assert (papers(police), papers(clerk)) == ([1, 1, 1, 1], [0, 0, 0, 0])
    assert (police.read(queries.detail, case).row.by_call, clerk.read(queries.detail, case).row.by_call) == (True, False)
    with pytest.raises(RefusedError, match="先记下"):
        police.read(queries.case_file, case)
    for desk in (clerk, police):
        with pytest.raises(RefusedError):
            desk.read(readings.of_case, case)
    with pytest.raises(RefusedError):
        clerk.write(opening.note_read, case)
    police.write(opening.note_read, case)
    file = police.read(queries.case_file, case)
    assert [said.fields["text"] for said in file.statements] == ["一方不让步"]
    assert file.parties[0].fields["name"] == "王*国", "what is covered stays covered"
    assert {action for paper in (*file.parties, *file.sessions) for action in paper.actions} == set()
    assert file.case.actions == ()
    called.chen.write(opening.note_opened, case)
    called.sync()
    called.sync()
    assert called.log(called.lin) == [("警", "opened", True), ("陈", "opened", False)]
    assert len(audited(police, "case.open")) == 1
    called.clock.advance(11 * 60)
    with pytest.raises(RefusedError, match="先记下"):
        police.read(queries.case_file, case)


def test_a_covered_field_is_uncovered_for_a_reason_that_the_team_sees(called: Called) -> None:
    (party,) = held(called.lin, Party)
    called.lin.write(edit_paper, "party", party, {"phone": "13800596001"})
    called.call()
    with pytest.raises(RefusedError, match="先记下"):
        called.police.write(records.reveal, "party", party, "phone", "找当事人")
    called.police.write(opening.note_read, called.case)
    called.police.write(records.reveal, "party", party, "phone", "找当事人")
    assert called.police.read(records.revealed, "party", party, "phone") == "13800596001"
    sync_once(called.police)
    sync_once(called.chen)
    (line, _) = called.chen.read(readings.of_case, called.case)
    assert (line.who, line.what, line.field, line.by_call) == ("警", "revealed", "phone", True)


def _archive(called: Called, tmp_path: Path) -> None:
    """Lin puts what belongs into the file of a case that was withdrawn, and archives it."""
    lin, case, card = called.lin, called.case, tmp_path / "证.txt"
    (party,) = held(lin, Party)
    card.write_text("证")
    lin.write(edit_paper, "party", party, {"notice_signed": True})
    lin.write(records.attach, FileStore(lin.paths.files, lin.store.key), "party", party, card, {"purpose": "identity"})
    lin.write(records.act, "session", called.session, "void", {}, "没有开成")
    lin.write(mediation.act_case, case, "withdraw", {}, "不办了")
    lin.write(mediation.act_case, case, "archive", {}, None)
    sync_once(lin)


def _attempts(called: Called, tmp_path: Path) -> dict[str, Callable[[], Any]]:
    """What writes into a file, prints it or takes it away, each with everything that it needs."""
    police, case, session = called.police, called.case, called.session
    (party,), photo = held(police, Party), tmp_path / "伤.txt"
    photo.write_text("伤")
    files = FileStore(police.paths.files, police.store.key)
    return {
        "edit": lambda: police.write(edit_paper, "party", party, {"phone": "13800596001"}),
        "add": lambda: police.write(add, "party", {"case_id": case, "role": "respondent", "name": "林某"}),
        "refuse": lambda: police.write(act_paper, "party", party, "refuse", {}, "代为拒绝"),
        "say": lambda: police.write(room.say, session, "", "note", "警方到场"),
        "room": lambda: police.read(room.room, session),
        "step": lambda: police.write(mediation.act_case, case, "withdraw", {}, "不办了"),
        "attach": lambda: police.write(records.attach, files, "party", party, photo),
        "void": lambda: police.write(records.act, "party", party, "void", {}, "删"),
        "take back": lambda: police.write(handing.take_back_call, case, "误报"),
        "export": lambda: police.read(records.list_records, "party"),
        "paper": lambda: police.write(dossiers.note_opening, case, "打印"),
        "line": lambda: police.write(add, "case_reading", {"case_id": case, "what": "opened"}),
    }


def test_the_police_write_print_and_export_nothing_of_it(called: Called, tmp_path: Path) -> None:
    called.call()
    called.police.write(opening.note_read, called.case)
    for what, attempt in _attempts(called, tmp_path).items():
        with pytest.raises(RefusedError):
            pytest.fail(f"{what}: {attempt()}")
    sync_once(called.police)
    assert parked(called.police) == {}


def test_whoever_changes_the_program_of_that_desk_gains_nothing(called: Called) -> None:
    """The centre refuses what the desk should have refused; the record is what it was."""
    called.call()
    (party,) = held(called.police, Party)

    def forced(work: UnitOfWork) -> ChangeSet:
        work.change(work.get(Party, party), {"address": "别处"})
        return work.commit()

    called.police.write(forced)
    assert sync_once(called.police).rejected == 1
    assert parked(called.police) == {"party": "scope-denied"}
    called.sync()
    for desk in (called.lin, called.police):
        with desk.store.reader() as session:
            assert session.get_one(Party, party).address is None


def test_a_call_that_was_noted_in_error_is_taken_back_and_the_copy_goes(called: Called) -> None:
    called.call()
    called.clock.advance(60)
    called.police.write(opening.note_read, called.case)  # read offline, told later
    called.clock.advance(60)
    with pytest.raises(RefusedError, match="为什么"):
        called.lin.write(handing.take_back_call, called.case, " ")
    called.lin.write(handing.take_back_call, called.case, "听错了，没有人扬言动手")
    with pytest.raises(RefusedError, match="没有登记过"):
        called.lin.write(handing.take_back_call, called.case, "再撤一次")
    sync_once(called.lin)
    called.sync()
    assert papers(called.police) == [0, 0, 0, 0]
    assert (held(called.police, CaseReading), parked(called.police)) == (set(), {})
    assert held(called.police, Case) == {called.case}, "the stub stays, as for the whole station"
    assert [facts["scope"] for facts in audited(called.police, "scope.revoked")] == [f"case:{called.case}"]
    with pytest.raises((RefusedError, NotFoundError)):
        called.police.read(queries.case_file, called.case)
    called.sync()
    assert called.log(called.chen) == [("警", "opened", True)], "what was read stays written down"
    stub = called.police.read(queries.detail, called.case).fields
    (order,) = called.police.read(orders.of_report, stub["report_id"])
    assert (order.state, "听错了" in repr(order)) == ("withdrawn", False)
    assert "听错了" in called.chen.read(queries.case_file, called.case).dispute.fields["dossier_note"]  # type: ignore[union-attr]
    called.call()
    assert papers(called.police) == [1, 1, 1, 1], "who threatens after all is reported once more"


def test_the_reading_by_the_police_ends_with_the_archive(called: Called, tmp_path: Path) -> None:
    """The file is closed (People's Mediation Law article 15): the copy goes; what was read stays written down."""
    called.call()
    called.police.write(opening.note_read, called.case)
    sync_once(called.police)
    _archive(called, tmp_path)
    called.clock.advance(60)
    called.police.write(opening.note_read, called.case)  # it has not heard of it yet
    called.sync()
    assert papers(called.police) == [0, 0, 0, 0]
    assert called.police.read(queries.detail, called.case).row.by_call is False
    with pytest.raises(RefusedError):
        called.police.write(opening.note_read, called.case)
    called.sync()
    assert parked(called.police) == {}
    assert [line for line in called.log(called.chen) if line[0] == "警"] == [("警", "opened", True)] * 2


def test_the_police_see_no_name_of_a_file_that_they_may_not_open(called: Called, tmp_path: Path) -> None:
    """What belongs to the file in pictures is handed over by its team."""
    (party,), photo = held(called.lin, Party), tmp_path / "王建国的伤.txt"
    photo.write_text("伤")
    files = FileStore(called.lin.paths.files, called.lin.store.key)
    made = called.lin.write(records.attach, files, "party", party, photo).created[0]
    called.call()
    called.police.write(opening.note_read, called.case)
    assert len(called.lin.read(records.attachments, "party", party)) == 1
    assert called.police.read(records.attachments, "party", party) == ()
    with pytest.raises(RefusedError):
        called.police.write(fetch, made)


def test_somebody_who_leaves_the_team_does_not_take_the_reading_of_the_police_along(called: Called) -> None:
    called.call()
    leave_team(called.lin, called.case)
    called.sync()
    assert (papers(called.chen), papers(called.police)) == ([0, 0, 0, 0], [1, 1, 1, 1])
