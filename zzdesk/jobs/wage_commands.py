"""What people do with the wage ledger: book who was there, pay, and correct by taking a line back (WP article 15; F53)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Final

from sqlalchemy import func, select

from zzdesk.clock import RecordId
from zzdesk.errors import InvalidError, RefusedError
from zzdesk.i18n import N_
from zzdesk.jobs import wages
from zzdesk.jobs import workflow as flow
from zzdesk.jobs.models import Application, Employer, Posting, Worker
from zzdesk.jobs.models_wages import WageLine
from zzdesk.store.base import kind_of
from zzdesk.store.fields import clean_one
from zzdesk.store.unit import ChangeSet, UnitOfWork

TYPED: Final = frozenset({"quantity", *wages.EXTRAS, "extra_note", *wages.TAKEN, "deduction_note", "agreed_on"})
"""What a person says of a wage; everything else follows from the other records."""
_PAYS: Final = frozenset({"paid_on", "paid_way", "proof_kind", "proof"})


def book(work: UnitOfWork, application_id: RecordId, fields: Mapping[str, Any] | None = None) -> ChangeSet:
    """Enter the wage of somebody who was there into the ledger.

    ``fields`` may say the items beside the basic pay, what is taken off it and why, and the day that was agreed.

    Raises:
        RefusedError: not finished, or entered already: then it is corrected.
        InvalidError: an amount that cannot be, or how many weeks, months or pieces is missing.
    """
    _book(work, work.get(Application, application_id), fields or {})
    return work.commit()


def add_line(work: UnitOfWork, fields: Mapping[str, Any]) -> WageLine:
    """Enter a wage inside a transaction that goes on; ``application_id`` says whose."""
    given = dict(fields)
    application = work.get(Application, str(given.pop("application_id", None) or ""))
    return _book(work, application, given)


def _book(work: UnitOfWork, application: Application, fields: Mapping[str, Any]) -> WageLine:
    work.require("job.wage")
    if application.state != flow.FINISHED or application.voided or application.checked_out_at is None:
        raise RefusedError(N_("只有到过岗、签过退的人才记工资"), code="wage-unattended")
    if work.session.get(WageLine, wages.line_id(application.id, 0)) is not None:
        raise RefusedError(N_("这个人这份活的工资已经记过；有错请在那一行上“更正”"))
    return _write(work, application, 0, fields, Decimal(0))


def _write(work: UnitOfWork, application: Application, entry: int, fields: Mapping[str, Any], before: Decimal,
           why: str | None = None) -> WageLine:  # fmt: skip
    """Write a line that says what is to be paid: line 0, or the one after a line was taken back."""
    posting, worker = work.get(Posting, application.posting_id), work.get(Worker, application.worker_id)
    if posting.wage is None or posting.pay_unit is None:
        raise RefusedError(N_("用工信息里没有写明报酬，不能记工资"))
    for name in sorted(set(fields) - TYPED):
        raise InvalidError.one(name, N_("这一步不能改这一项，请先修改登记内容"))
    agreed = _value(work, "agreed_on", fields) or agreed_day(posting, application, work.today)
    with work.session.no_autoflush:
        line = work.create(WageLine, {**fields, "application_id": application.id, "agreed_on": agreed}, scope=application.scope)
        line.id, line.entry = wages.line_id(application.id, entry), entry
        _copy(line, application, posting, work.get(Employer, posting.employer_id), worker)
        sums = _sums(line, before)
        for name, value in sums.amounts().items():
            setattr(line, name, value)
        line.why, line.state = why, wages.begins(entry, sums.to_pay)
    return line


def _value(work: UnitOfWork, name: str, fields: Mapping[str, Any]) -> Any:
    raw = fields.get(name)
    return None if raw in (None, "") else clean_one(kind_of(WageLine).fields[name], raw, work.today)


def _copy(line: WageLine, application: Application, posting: Posting, employer: Employer, worker: Worker) -> None:
    """Put down who, for whom, when and at what rate, as it is now."""
    line.posting_id, line.employer_id, line.worker_id = posting.id, employer.id, worker.id
    line.posting_number, line.title = posting.number, posting.title
    line.employer_name, line.employer_code = employer.name, employer.credit_code
    line.worker_name, line.identity_number, line.phone = worker.name, worker.identity_number, worker.phone
    line.pay_unit, line.rate = str(posting.pay_unit), posting.wage or Decimal(0)
    line.work_date = application.work_date
    assert application.checked_in_at is not None
    assert application.checked_out_at is not None
    line.starts_at, line.ends_at = application.checked_in_at, application.checked_out_at
    line.minutes = application.minutes or 0


def _sums(line: WageLine, before: Decimal) -> wages.Sums:
    """Return what a line comes to.

    Raises:
        InvalidError: every amount that cannot be.
    """
    zero = Decimal("0.00")
    for name in (*wages.EXTRAS, *wages.TAKEN):
        if (getattr(line, name) or zero) < 0:
            raise InvalidError.one(name, N_("应大于零"))
    if line.quantity is not None and line.quantity <= 0:
        raise InvalidError.one("quantity", N_("应大于零"))
    if line.pay_unit == "hour":
        line.quantity = None
    elif line.quantity is None and line.pay_unit == "day":
        line.quantity = Decimal("1.00")
    base = wages.base_of(line.pay_unit, line.rate, line.quantity, line.minutes)
    parts = {name: getattr(line, name) or zero for name in (*wages.EXTRAS, *wages.TAKEN)}
    sums = wages.Sums(base=base, paid_before=before, **parts)
    if sums.net < 0:
        raise InvalidError.one("deducted", N_("扣除不能多于应发"))
    if any(parts[name] for name in wages.TAKEN) and not line.deduction_note:
        raise InvalidError.one("deduction_note", N_("有扣款要写明项目和原因"))
    if sums.deducted > wages.half_up(sums.gross * wages.MOST_DEDUCTED):
        raise RefusedError(wages.WORDS["wage-deducted-too-much"], code="wage-deducted-too-much")
    return sums


def act_line(
    work: UnitOfWork, line_id: RecordId, action: str, fields: Mapping[str, Any], reason: str | None = None
) -> ChangeSet:
    """Pay a line (``pay``: when, how, by which voucher or signature), or take it back and write what is right (``correct``).

    Raises:
        RefusedError: by the state, the rights, or something that is missing.
        InvalidError: a day that is still to come, an amount that cannot be.
    """
    line = work.get(WageLine, line_id)
    if action == "correct":
        _correct(work, line, fields, reason)
    else:
        _pay(work, line, action, fields, reason)
    work.audit(f"wage.{action}", "wage_line", line_id)
    return work.commit()


def _pay(work: UnitOfWork, line: WageLine, action: str, fields: Mapping[str, Any], reason: str | None) -> None:
    for name in sorted(set(fields) - _PAYS):
        raise InvalidError.one(name, N_("这一步不能改这一项，请先修改登记内容"))
    given = {"paid_on": work.today, **fields}
    work.step(line, action, values=given, reason=reason)
    if line.paid_on is not None and line.paid_on > work.today:
        raise InvalidError.one("paid_on", N_("不能晚于今天"))
    if line.paid_on is not None and line.work_date is not None and line.paid_on < line.work_date:
        raise InvalidError.one("paid_on", N_("不能早于上工那天"))
    line.paid_by = work.actor.account_id


def _correct(work: UnitOfWork, line: WageLine, fields: Mapping[str, Any], reason: str | None) -> None:
    """Write the line that takes this one back, and the one that says what is right; nothing is rubbed out."""
    if line.reverses:
        raise RefusedError(N_("这一行是冲销，不能再更正；请更正它后面的那一行"))
    why = (reason or "").strip()
    work.step(line, "correct", reason=why)
    known = kind_of(WageLine).fields
    kept = {name: getattr(line, name) for name in TYPED if name in known and getattr(line, name)}
    with work.session.no_autoflush:
        back = work.create(WageLine, {"application_id": line.application_id, "agreed_on": line.agreed_on}, scope=line.scope)
        back.id, back.entry = wages.line_id(line.application_id, line.entry + 1), line.entry + 1
        for name in _COPIED:
            setattr(back, name, getattr(line, name))
        for name in wages.AMOUNTS:
            setattr(back, name, -getattr(line, name))
        back.reverses, back.why, back.state = line.id, why, flow.CLEARED
    paid = _paid_before(work, line, line.entry + 2)
    application = work.get(Application, line.application_id)
    _write(work, application, line.entry + 2, {**kept, **fields}, paid, why)


def _paid_before(work: UnitOfWork, line: WageLine, entry: int) -> Decimal:
    """Return what was handed over of a wage before the line ``entry``, at whichever desk."""
    before = wages.lines_before(line.application_id, entry)
    found = work.session.scalars(select(WageLine).where(WageLine.id.in_(before)))
    return wages.handed_over({"to_pay": each.to_pay, "paid_on": each.paid_on} for each in found)


_COPIED: Final = (
    "posting_id", "employer_id", "worker_id", "posting_number", "title", "employer_name", "employer_code", "worker_name",
    "identity_number", "phone", "pay_unit", "work_date", "starts_at", "ends_at", "minutes", "rate", "quantity", "extra_note",
    "deduction_note",
)  # fmt: skip


def book_all(work: UnitOfWork, posting_id: RecordId) -> int:
    """Enter the wages of everybody who was there and is not in the ledger yet; return of how many.

    Weeks, months and pieces are left for somebody to say how many.
    """
    posting = work.get(Posting, posting_id)
    if posting.pay_unit not in ("hour", "day") or not work.may("job.wage"):
        return 0
    done = 0
    for application in unbooked(work, posting_id):
        _book(work, application, {})
        done += 1
    return done


def unbooked(work: UnitOfWork, posting_id: RecordId) -> list[Application]:
    """Return those who were there and are not in the ledger."""
    work.session.flush()
    query = select(Application).where(
        Application.posting_id == posting_id, Application.state == flow.FINISHED, Application.voided.is_not(True),
    )  # fmt: skip
    found = list(work.session.scalars(query.order_by(Application.id)))
    there = {wages.line_id(each.id, 0): each for each in found}
    booked = set(work.session.scalars(select(WageLine.id).where(WageLine.id.in_(there))))
    return [each for key, each in there.items() if key not in booked]


def owed(work: UnitOfWork, posting_id: RecordId) -> int:
    """Return how many wages of a posting are in the ledger and not paid."""
    work.session.flush()
    query = select(func.count()).select_from(WageLine).where(WageLine.posting_id == posting_id, WageLine.state == flow.OWED)
    return int(work.session.scalar(query) or 0)


def agreed_day(posting: Posting, application: Application, today: date) -> date:
    """Return the day on which a wage was agreed to be paid."""
    return posting.settle_day or application.work_date or today
