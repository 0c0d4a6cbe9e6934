"""A wage that is not paid becomes a mediation case with one click: the facts are copied, the two records name each other (B3.2).

Odd jobs and mediation are subjects of their own and meet here by ids (architecture, section 2). What is copied lies in the
case, for its team alone, and so does the link: the stub says nothing of the work, nor the work of the stub (decision 12).
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from itertools import count
from typing import Any, Final

from sqlalchemy import select

from zzdesk.clock import RecordId, local
from zzdesk.errors import BugError, RefusedError
from zzdesk.i18n import N_
from zzdesk.jobs import complaints
from zzdesk.jobs import queries as jobs
from zzdesk.jobs import workflow as flow
from zzdesk.jobs.complaining import add_complaint
from zzdesk.jobs.models import Application, Employer, Posting, Worker
from zzdesk.jobs.models_complaints import Complaint
from zzdesk.jobs.models_wages import WageLine
from zzdesk.jobs.queries import ApplicationRow, JobFilter
from zzdesk.mediation import commands as mediation
from zzdesk.mediation.models import Case, Dispute
from zzdesk.mediation.team import in_team
from zzdesk.people.masks import mask
from zzdesk.store.unit import ChangeSet, Page, Reader, UnitOfWork

DISPUTABLE: Final = (flow.CONFIRMED, flow.CHECKED_IN, flow.FINISHED, flow.NO_SHOW)
"""States of an application about which there can be a dispute: somebody had been promised the work."""
READS: Final = ("job.wage", "job.worker.list")
"""What the file of such a case is copied from may be read by who has these rights, and by nobody through the copy."""
_CASES: Final = uuid.UUID("5d0a4c3f-92b7-5e18-a6d4-1c7f30b8e925")
_UNITS: Final = {"hour": "小时", "day": "天", "week": "周", "month": "月", "piece": "件"}


@dataclass(frozen=True)
class CaseLink:
    """The mediation case that came of an application."""

    id: RecordId
    number: str
    state: str


@dataclass(frozen=True)
class Placed:
    """An application with the case that came of it."""

    row: ApplicationRow
    case: CaseLink | None

    @property
    def id(self) -> RecordId:
        """The id of the application, by which a list knows its rows."""
        return self.row.id


def dispute_work(work: UnitOfWork, application_id: RecordId) -> ChangeSet:
    """Accept a labour dispute about an application: who, for whom, where, from when to when, what was agreed and is owed.

    The employer gets a complaint mark where the person may write it; a sanction is another matter (two people, a period).

    Raises:
        RefusedError: no right to accept cases, nobody had been promised this work, or there is a case already.
    """
    for right in ("case.accept", *READS):
        work.require(right)
    application = work.get(Application, application_id)
    if application.state not in DISPUTABLE or application.voided:
        raise RefusedError(N_("确认录用以后的活才能转为劳动争议调解"))
    case_id = _free_id(work, application_id)
    posting, worker = work.get(Posting, application.posting_id), work.get(Worker, application.worker_id)
    employer, line = work.get(Employer, posting.employer_id), _line(work, application_id)
    owed = line.to_pay if line is not None and line.state == flow.OWED else None
    with work.together():
        mediation.accept_whole(
            work, {"category": "labour", "source": "application", "amount": owed},
            {"title": f"{worker.name}与{employer.name}劳动报酬纠纷",
             "facts": _facts(application, posting, worker, employer, line),
             "demands": f"要求支付劳动报酬{owed:.2f}元。" if owed is not None else None, "place": posting.place,
             "happened_on": application.work_date, "application_id": application_id},
            (_applicant(worker), _respondent(employer)), case_id,
        )  # fmt: skip
    if work.may("job.employer.edit"):
        _complain(work, employer.id, case_id)
    work.audit("application.dispute", "application", application_id)
    return work.commit()


def _complain(work: UnitOfWork, employer_id: RecordId, case_id: RecordId) -> None:
    """Mark the employer with a complaint, once for a case; about which work, and whose, stays with its team (decision 12)."""
    complaint_id = complaints.of_case(case_id)
    if work.session.get(Complaint, complaint_id) is None:
        said = {"category": "wages", "way": "dispute", "text": "工资有争议，已转劳动争议调解。"}
        add_complaint(work, said | {"employer_id": employer_id}, complaint_id)


def case_id_of(application_id: RecordId, times: int = 0) -> RecordId:
    """Return the id of the case that comes of an application: two desks without a network make one.

    ``times``: how many were declared void before.
    """
    return str(uuid.uuid5(_CASES, f"{application_id}/{times}"))


def _free_id(work: UnitOfWork, application_id: RecordId) -> RecordId:
    there = _cases(work, [application_id]).get(application_id)
    if there is not None:
        raise RefusedError(N_("这份活已经转为调解案{number}"), number=there.number)
    before = select(Case.id).where(Case.application_id == application_id, Case.voided.is_not(True))  # of older programs
    if work.session.scalar(before.limit(1)):
        raise RefusedError(N_("这份活已经转为调解案，由承办人员办理"))
    for times in count():
        found = work.session.get(Case, case_id_of(application_id, times))
        if found is None:
            return case_id_of(application_id, times)
        if not found.voided:  # of what others mediate nobody else is told the number
            raise RefusedError(N_("这份活已经转为调解案，由承办人员办理"))
    raise BugError("every id of a case is taken")


def _line(work: UnitOfWork, application_id: RecordId) -> WageLine | None:
    """Return the line of the ledger that counts now."""
    query = select(WageLine).where(WageLine.application_id == application_id, WageLine.state != flow.REVERSED)
    found = [line for line in work.session.scalars(query.order_by(WageLine.entry)) if line.entry % 2 == 0]
    return found[-1] if found else None


def _facts(
    application: Application, posting: Posting, worker: Worker, employer: Employer, line: WageLine | None
) -> str:
    """Return what the records say, in sentences; nothing is left to be typed again."""
    pay = f"约定报酬{posting.wage:.2f}元/{_UNITS.get(posting.pay_unit or '', '')}" if posting.wage is not None else ""
    agreed = f"，约定{posting.settle_day:%Y年%m月%d日}支付" if posting.settle_day else ""
    parts = [
        f"{worker.name}（卡号{worker.card}）经本站介绍，到{employer.name}做“{posting.title}”（用工编号{posting.number}），"
        f"地点{posting.place or '未写明'}。{pay}{agreed}。",
        _attendance(application), _owed(line),
    ]  # fmt: skip
    return "\n".join(part for part in parts if part)


def _attendance(application: Application) -> str:
    if application.state == flow.NO_SHOW:
        return f"{application.work_date or ''}驿站记为未到岗，原因：{application.reason or '未写明'}。"
    if application.checked_in_at is None:
        return ""
    said = f"考勤：{_moment(application.checked_in_at)}到岗"
    if application.checked_out_at is not None and application.minutes is not None:
        said += f"，{_moment(application.checked_out_at)}完工，计{application.minutes // 60}小时{application.minutes % 60}分"
    return said + "。"


def _owed(line: WageLine | None) -> str:
    if line is None:
        return "工资台账里还没有这笔工资。"
    said = f"工资台账：应发{line.gross:.2f}元，扣除{line.gross - line.net:.2f}元，实发{line.net:.2f}元"
    said += f"，最晚应在{line.due_on:%Y年%m月%d日}支付" if line.due_on else ""
    if line.state == flow.PAID and line.paid_on is not None:
        return f"{said}；台账记为{line.paid_on:%Y年%m月%d日}已支付，凭据：{line.proof or ''}。"
    return f"{said}，尚未支付{line.to_pay:.2f}元。" if line.to_pay > Decimal(0) else f"{said}，已无应付余额。"


def _moment(moment: datetime) -> str:
    return f"{local(moment):%Y年%m月%d日%H:%M}"


def _applicant(worker: Worker) -> dict[str, Any]:
    return {
        "role": "applicant", "party_kind": "natural", "name": worker.name, "identity_number": worker.identity_number,
        "phone": worker.phone, "address": worker.address, "person_id": worker.person_id,
    }  # fmt: skip


def _respondent(employer: Employer) -> dict[str, Any]:
    who = {"role": "respondent", "name": employer.name, "phone": employer.handler_phone, "address": employer.address}
    if employer.employer_kind == "person":
        return who | {"party_kind": "natural", "identity_number": employer.identity_number}
    return who | {"party_kind": "legal", "credit_code": employer.credit_code, "representative": employer.legal_person}


def _cases(who: UnitOfWork | Reader, applications: list[RecordId]) -> dict[RecordId, CaseLink]:
    """Return the cases that came of applications, as far as the actor is of their team (PML article 15; decision 12)."""
    query = select(Dispute.application_id, Case).join(Case, Case.id == Dispute.case_id).where(
        Dispute.application_id.in_(applications), Dispute.voided.is_not(True), Case.voided.is_not(True),
    )  # fmt: skip
    found = who.session.execute(query.order_by(Case.id.desc())).all() if applications else ()
    return {str(of): CaseLink(c.id, c.number or c.alias or "", c.state) for of, c in found if in_team(who, c)}


def placings(read: Reader, wanted: JobFilter, after: str | None = None, limit: int = 50) -> Page[Placed]:
    """Return one page of applications, newest first, each with the case that came of it where the reader is of its team.

    Raises:
        RefusedError: no right to read records.
    """
    page = jobs.list_applications(read, wanted, after, limit)
    cases = _cases(read, [row.id for row in page.rows])
    return Page(tuple(Placed(row, cases.get(row.id)) for row in page.rows), page.after)


def disputed(read: Reader, applications: list[RecordId]) -> tuple[RecordId, ...]:
    """Return those of some applications from which a case came whose team the reader is of.

    Raises:
        RefusedError: no right to read records.
    """
    read.require("record.read")
    return tuple(sorted(_cases(read, applications)))


def work_of(read: Reader, application_id: RecordId | None) -> str:
    """Return the number and title of the posting that a case came from; empty where it came from none, or is not here.

    Raises:
        RefusedError: no right to read records.
    """
    read.require("record.read")
    application = read.session.get(Application, application_id) if application_id else None
    posting = read.session.get(Posting, application.posting_id) if application is not None else None
    return f"{posting.number} {mask('text', posting.title)}" if posting is not None else ""


__all__ = ["DISPUTABLE", "READS", "CaseLink", "Placed", "case_id_of", "dispute_work", "disputed", "placings", "work_of"]
