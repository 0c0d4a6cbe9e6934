"""What people do with odd jobs: postings here, employers in ``employing``, workers and applications in ``placing``."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from statistics import median
from typing import Any, Final

from sqlalchemy import select

from zzdesk.clock import RecordId
from zzdesk.documents import numbers
from zzdesk.errors import InvalidError, RefusedError
from zzdesk.i18n import N_
from zzdesk.jobs import guards, tables
from zzdesk.jobs import workflow as flow
from zzdesk.jobs.attendance import act_application, replace, waiting_for
from zzdesk.jobs.call_commands import act_call, add_call, call_off, call_staff, forget_old, leave_number
from zzdesk.jobs.complaining import (
    act_appeal,
    act_complaint,
    add_appeal,
    add_complaint,
    complain,
    file_appeal,
)
from zzdesk.jobs.contact_commands import (
    act_day,
    act_item,
    act_need,
    act_visit,
    add_day,
    add_item,
    add_need,
    add_visit,
    edit_day,
    edit_item,
    edit_need,
    edit_visit,
    note_item,
    note_need,
    plan_visit,
    post_need,
    prepare_day,
    skip_month,
)  # fmt: skip
from zzdesk.jobs.employing import (
    act_employer,
    add_employer,
    edit_employer,
    note_editor,
    refuse_second_record,
    register_employer,
)
from zzdesk.jobs.giveback_commands import act_entry as act_giveback
from zzdesk.jobs.giveback_commands import add_entry as add_giveback
from zzdesk.jobs.giveback_commands import enter as enter_giveback
from zzdesk.jobs.models import Application, Employer, Posting, Worker
from zzdesk.jobs.models_calls import KioskCall
from zzdesk.jobs.models_complaints import Complaint
from zzdesk.jobs.models_contact import ContactDay, EmployerNeed, EmployerVisit, VisitItem
from zzdesk.jobs.models_queue import QueueEntry
from zzdesk.jobs.papers import add_paper, print_order, print_slip
from zzdesk.jobs.placing import (
    act_worker,
    add_application,
    add_worker,
    apply,
    edit_application,
    edit_worker,
    register_worker,
)  # fmt: skip
from zzdesk.jobs.queue_commands import act_entry, add_draw, add_entry, draw_lots, join_queue
from zzdesk.jobs.releasing import refuse_at_work, release
from zzdesk.jobs.wage_commands import act_line, add_line, book, book_all, owed, unbooked
from zzdesk.ops.capture import wire_body
from zzdesk.store.base import kind_of
from zzdesk.store.unit import ChangeSet, UnitOfWork

POSTING_PREFIX: Final = "LG"
_LOOK_BACK: Final = 50
"""How many of the latest postings of a trade say what it is usually paid."""
ODD_WAGE: Final = N_("报酬与同工种相差太大")
"""The mark of a wage that is many times the usual one: a figure too many (domain rules B3.4)."""


def register_posting(work: UnitOfWork, fields: Mapping[str, Any]) -> ChangeSet:
    """Draft a posting for an employer of this desk.

    Raises:
        InvalidError, NotFoundError: a field cannot be taken; the employer is not here.
    """
    add_posting(work, fields)
    return work.commit()


def add_posting(work: UnitOfWork, fields: Mapping[str, Any]) -> Posting:
    """Make a posting inside a transaction that goes on."""
    work.require("job.posting.edit")
    posting = work.create(Posting, fields)
    work.get(Employer, posting.employer_id)
    _check_times(posting)
    posting.number = numbers.give(work, POSTING_PREFIX)
    return posting


def _check_times(posting: Posting) -> None:
    if posting.starts_at and posting.ends_at and posting.ends_at <= posting.starts_at:
        raise InvalidError.one("ends_at", N_("结束时间应晚于开始时间"))
    if posting.insured_from and posting.insured_until and posting.insured_until < posting.insured_from:
        raise InvalidError.one("insured_until", N_("结束时间应晚于开始时间"))
    if posting.insurer and not posting.policy_number:
        raise InvalidError.one("policy_number", N_("写了承保公司，也要写保单号"))


def edit_posting(work: UnitOfWork, posting_id: RecordId, changes: Mapping[str, Any]) -> ChangeSet:
    """Correct or complete a draft. What was reviewed is what is published: later it goes back to draft first.

    Raises:
        RefusedError: it is not a draft.
    """
    work.require("job.posting.edit")
    posting = work.get(Posting, posting_id)
    if posting.state != flow.DRAFT and changes:
        raise RefusedError(N_("只有草稿可以改；送审或发布后请先退回或下架"))
    work.change(posting, changes)
    _check_times(posting)
    if changes:
        note_editor(work, posting)
    return work.commit()


def act_posting(
    work: UnitOfWork, posting_id: RecordId, action: str, fields: Mapping[str, Any], reason: str | None = None
) -> ChangeSet:
    """Take a posting's next step: submit, release, publish, start, settle, complete, take down, cancel.

    A posting with words of fees, fraud or discrimination is held when it is submitted; a person decides. Who had applied for
    or was promised what is called off or taken down is withdrawn with the same reason.

    Raises:
        RefusedError: by the state, the rights, a missing item of article 24, or the reviewer is the author; somebody is at
            work that is to be called off.
    """
    posting = work.get(Posting, posting_id)
    if action in ("hold", "fill", "reopen"):
        raise RefusedError(N_("这一步由程序自动进行"))
    if action in ("settle", "complete"):
        _refuse_unsettled(work, posting, action)
    if action in flow.CALLS_OFF:
        refuse_at_work(work, posting)
    if action == "submit":
        action = _submitted(work, posting, fields)
    work.step(posting, action, values=fields, reason=reason)
    _check_times(posting)
    if action in ("submit", "hold", "publish"):
        _refuse_below_floor(posting, work.today)
    if fields:
        note_editor(work, posting)
    _decide(work, posting, action, reason)
    if action == "settle":
        book_all(work, posting.id)
    work.audit(f"posting.{action}", "posting", posting_id)
    changed = ChangeSet()
    while action in flow.CALLS_OFF and release(work, posting, reason):
        changed |= work.commit()
    return changed | work.commit()


def _refuse_unsettled(work: UnitOfWork, posting: Posting, action: str) -> None:
    """Only who was there counts: a day is settled when that is known of all, and ended when all are paid (F55, B3.2).

    Raises:
        RefusedError: somebody's attendance is open, a wage is not in the ledger, or not paid.
    """
    waiting = waiting_for(work, posting.id)
    if waiting:
        raise RefusedError(N_("还有{count}人没有记到岗、完工或未到岗，记完再结算"), count=waiting)
    missing = len(unbooked(work, posting.id)) if action == "complete" else 0
    if missing:
        raise RefusedError(N_("还有{count}人的工资没有记入台账"), count=missing)
    unpaid = owed(work, posting.id) if action == "complete" else 0
    if unpaid:
        raise RefusedError(N_("还有{count}笔工资没有发放，发完再结束"), count=unpaid)


def _submitted(work: UnitOfWork, posting: Posting, fields: Mapping[str, Any]) -> str:
    texts = {name: fields.get(name, getattr(posting, name)) for name in flow.TEXTS}
    words = tables.words_to_hold(texts)
    if _is_odd(work, posting):
        words |= {ODD_WAGE}
    posting.hold_words = words or None
    return "hold" if words else "submit"


def _is_odd(work: UnitOfWork, posting: Posting) -> bool:
    """Say whether the pay is many times the median of what this trade is paid here, for one unit of pay (B3.4)."""
    known = select(Posting.wage).where(
        Posting.trade == posting.trade, Posting.pay_unit == posting.pay_unit, Posting.id != posting.id,
        Posting.published_at.is_not(None), Posting.wage.is_not(None), Posting.voided.is_not(True),
    ).order_by(Posting.created_at.desc()).limit(_LOOK_BACK)  # fmt: skip
    wages = [wage for wage in work.session.scalars(known) if wage is not None]
    if posting.wage is None or len(wages) < tables.figure("wage", "odd_least_known"):
        return False
    return posting.wage >= median(wages) * tables.figure("wage", "odd_times")


def _refuse_below_floor(posting: Posting, today: date) -> None:
    least = guards.floor_of(wire_body(kind_of(Posting), posting) | {"scope": posting.scope}, today)
    if least is not None and posting.wage is not None and posting.wage < least:
        raise RefusedError(
            N_("报酬{wage}元低于当地最低工资标准折算的{least}元（最低工资规定第三条），不能送审和发布"),
            wage=posting.wage, least=least, code="posting-below-floor",
        )  # fmt: skip


def _decide(work: UnitOfWork, posting: Posting, action: str, reason: str | None) -> None:
    """人力资源市场暂行条例 article 29: what is published was reviewed, by somebody else than its author."""
    if action in ("publish", "release"):
        flow.refuse_same_person(posting.created_by, work.actor.account_id)
        flow.refuse_editor(posting.editors, work.actor.account_id)
        posting.reviewed_by = work.actor.account_id
    if action == "publish":
        _check_employer(work, work.get(Employer, posting.employer_id))
        posting.published_at = work.clock.now()
    if reason:
        posting.decision = reason


def _check_employer(work: UnitOfWork, employer: Employer) -> None:
    if employer.state != flow.NORMAL or employer.voided:
        raise RefusedError(N_("用工方还没有通过核验，或已被暂停"))
    if employer.valid_until is not None and employer.valid_until < work.today:
        raise RefusedError(N_("用工方的核验已过有效期，请重新核验"))


def void(work: UnitOfWork, kind: str, record_id: RecordId, reason: str) -> ChangeSet:
    """Declare an employer, posting, worker, application or complaint void; it stays readable and can be taken back."""
    model = _MODELS[kind]
    work.require(model.__void_right__ or model.__right__)
    work.void(work.get(model, record_id), reason)
    return work.commit()


def unvoid(work: UnitOfWork, kind: str, record_id: RecordId, reason: str) -> ChangeSet:
    """Take a record back that was declared void."""
    model = _MODELS[kind]
    work.require(model.__void_right__ or model.__right__)
    record = work.get(model, record_id)
    if isinstance(record, Employer):  # meanwhile somebody may have recorded it again
        refuse_second_record(work, record)
    work.unvoid(record, reason)
    return work.commit()


_MODELS: Final[dict[str, type[Any]]] = {
    m.__kind__: m for m in (
        Employer, Posting, Worker, Application, QueueEntry, KioskCall, Complaint, ContactDay, EmployerVisit, EmployerNeed,
        VisitItem,
    )
}  # fmt: skip

__all__ = [
    "act_appeal", "act_application", "act_call", "act_complaint", "act_day", "act_employer", "act_entry", "act_giveback",
    "act_item", "act_line", "act_need", "act_posting", "act_visit", "act_worker", "add_appeal", "add_application",
    "add_call", "add_complaint", "add_day", "add_draw", "add_employer", "add_entry", "add_giveback", "add_item",
    "add_line", "add_need", "add_paper", "add_posting", "add_visit", "add_worker", "apply", "book", "call_off",
    "call_staff", "complain", "draw_lots", "edit_application", "edit_day", "edit_employer", "edit_item", "edit_need",
    "edit_posting", "edit_visit", "edit_worker", "enter_giveback", "file_appeal", "forget_old", "join_queue", "leave_number",
    "note_item", "note_need", "plan_visit", "post_need", "prepare_day", "print_order", "print_slip", "register_employer",
    "register_posting", "register_worker", "replace", "skip_month", "unvoid", "void",
]  # fmt: skip
