"""What came back because a record was final meanwhile becomes something new that is added to it, whatever its kind."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from sync.client.engine import sync_once
from tests.sync.stations import SECOND, NewDesk, add, held
from tests.zzdesk.jobs.test_jobs import FIRM, PAPERS, POSTING, WORKER
from tests.zzdesk.scans import look_through, scan
from zzdesk.clock import FixedClock
from zzdesk.desk import records
from zzdesk.desk.accounts import add_account
from zzdesk.desk.outbox import operation, propose_amendment
from zzdesk.desk.session import Desk
from zzdesk.errors import InvalidError
from zzdesk.jobs import commands as jobs
from zzdesk.jobs.models import Application
from zzdesk.mediation import papers
from zzdesk.mediation.models import Agreement, MediationSession, Statement
from zzdesk.ops.models import PARKED, Outbox

TEXT = {
    "facts": "三楼漏水", "issues": "维修费", "content": "赔偿6800元", "performance": "2026年12月1日前转账",
}  # fmt: skip


def meet(*desks: Desk) -> None:
    for desk in (*desks, *desks):
        sync_once(desk)


def act(desk: Desk, kind: str, record_id: str, action: str, **fields: Any) -> None:
    desk.write(records.act, kind, record_id, action, fields)


def row(desk: Desk, model: Any, record_id: str) -> Any:
    with desk.store.reader() as session:
        return session.get_one(model, record_id)


def refused(desk: Desk, code: str = "frozen") -> str:
    """Return the operation that the centre did not take, since the record was final by then."""
    assert sync_once(desk).rejected == 1
    with desk.store.reader() as session:
        (op_id,) = session.scalars(select(Outbox.op_id).where(Outbox.state == PARKED)).all()
    found = desk.read(operation, op_id)
    assert (found.row.problem, found.next_steps) == (code, ("amendment", "discard", "export"))
    return op_id


def amended(desk: Desk, op_id: str, text: str) -> str:
    with pytest.raises(InvalidError):
        desk.write(propose_amendment, op_id, "  ")
    desk.write(propose_amendment, op_id, text)
    after = desk.read(operation, op_id)
    assert after.row.state == "replaced"
    assert after.amended_by is not None
    return after.amended_by


@pytest.fixture
def case(team: tuple[Desk, Desk, str]) -> tuple[Desk, Desk, str, list[str]]:
    """Lin and Chen at a case whose parties were told their rights."""
    first, second, case_id = team
    first.write(add, "party", {"case_id": case_id, "role": "respondent", "name": "黄阿明"})
    with first.store.reader() as session:
        parties = sorted(session.scalars(select(papers.Party.id)))
    for party in parties:
        act(first, "party", party, "notify", notice_signed=True)
    return first, second, case_id, parties


def test_a_closed_session_takes_a_note_with_its_own_author(case: tuple[Desk, Desk, str, list[str]]) -> None:
    first, second, case_id, _ = case
    first.write(add, "session", {"case_id": case_id, "place": "调解室", "started_at": "2026-11-23T00:30:00Z"})
    meet(first, second)
    (session,) = held(second, MediationSession)
    second.write(papers.edit_paper, "session", session, {"record": "补记：双方当场和解"})
    act(first, "session", session, "close", record="双方陈述", result="agreed", read_back=True, unsigned_because="都签在纸上")
    sync_once(first)
    made = amended(second, refused(second), "双方当场和解，已拍照")
    meet(second, first)
    assert row(first, MediationSession, session).record == "双方陈述"
    note = row(first, Statement, made)
    assert (note.statement_kind, note.text, note.created_by) == (
        "note", "双方当场和解，已拍照", second.actor.account_id)  # fmt: skip


def test_an_agreement_in_effect_is_changed_by_another_that_names_it(case: tuple[Desk, Desk, str, list[str]]) -> None:
    first, second, case_id, parties = case
    first.write(add, "agreement", {"case_id": case_id, "amount": "6800.00"} | TEXT)
    meet(first, second)
    (agreement,) = held(second, Agreement)
    second.write(papers.edit_paper, "agreement", agreement, {"amount": "6600.00", "perform_by": "2026-12-15"})
    act(first, "agreement", agreement, "take-effect", signed_by=parties, mediator_signed=True, sealed=True)
    sync_once(first)
    made = amended(second, refused(second, "agreement-in-effect"), "赔偿减为6600元，12月15日前付清")
    meet(second, first)
    stands, new = row(first, Agreement, agreement), row(first, Agreement, made)
    assert (stands.state, f"{stands.amount:.2f}", stands.content) == ("effective", "6800.00", TEXT["content"])
    assert (new.amends, new.state, f"{new.amount:.2f}", str(new.perform_by)) == (
        agreement, "draft", "6600.00", "2026-12-15")  # fmt: skip
    assert (new.content, new.facts, new.signed_by, new.sealed) == (
        "赔偿减为6600元，12月15日前付清", TEXT["facts"], None, None)  # fmt: skip


def applied(first: Desk, second: Desk) -> str:
    """One registers employer and posting, the other looks them through; then a worker applies."""
    employer = second.write(jobs.register_employer, FIRM | PAPERS).created[0]
    posting = second.write(jobs.register_posting, POSTING | {"employer_id": employer}).created[0]
    act(second, "posting", posting, "submit")
    meet(second, first)
    act(first, "employer", look_through(first, scan(first, employer)), "vet", valid_until="2027-11-23")
    act(first, "posting", posting, "publish")
    worker = first.write(jobs.register_worker, WORKER).created[0]
    made: str = first.write(jobs.apply, {"posting_id": posting, "worker_id": worker}).created[0]
    return made


def test_an_application_that_has_ended_takes_remarks(new_desk: NewDesk, clock: FixedClock) -> None:
    first = new_desk()
    add_account(first, "chen", "陈", ["clerk"], SECOND)
    sync_once(first)
    second = new_desk("chen", SECOND)
    application = applied(first, second)
    meet(first, second)
    second.write(jobs.edit_application, application, {"employer_rating": 3})
    act(first, "application", application, "withdraw")
    sync_once(first)
    op_id = refused(second)
    assert amended(second, op_id, "来过半小时") == application
    meet(second, first)
    first.write(jobs.edit_application, application, {"note": "来过半小时\n电话请假"})
    meet(first, second)
    found = row(second, Application, application)
    assert (found.state, found.employer_rating, found.note) == ("withdrawn", None, "来过半小时\n电话请假")
