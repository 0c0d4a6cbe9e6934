"""What people do to keep in contact with enterprises: prepare, hold and close the contact day, visit, and see to needs (F56)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import func, select

from zzdesk.clock import RecordId
from zzdesk.documents import numbers
from zzdesk.errors import InvalidError, RefusedError
from zzdesk.i18n import N_
from zzdesk.jobs import contact
from zzdesk.jobs import contact_calendar as days
from zzdesk.jobs.models import Employer, Posting
from zzdesk.jobs.models_contact import ContactDay, EmployerNeed, EmployerVisit, VisitItem
from zzdesk.store.base import kind_of
from zzdesk.store.fields import clean_one
from zzdesk.store.unit import ChangeSet, UnitOfWork

NEED_PREFIX: Final = "XQ"
POSTING_PREFIX: Final = "LG"
_NOT_NOW: Final = N_("这一步不能改这一项，请先修改登记内容")

# ---- the day -------------------------------------------------------------------------------------------------------------


def prepare_day(work: UnitOfWork, fields: Mapping[str, Any]) -> ChangeSet:
    """Begin to prepare the contact day of a month (``month``, such as ``2026-11``); ``plan`` says what is planned.

    Raises:
        InvalidError: no month.
        RefusedError: that day has been prepared already.
    """
    add_day(work, fields)
    return work.commit()


def add_day(work: UnitOfWork, fields: Mapping[str, Any]) -> ContactDay:
    """Make the record of a contact day inside a transaction that goes on."""
    work.require(contact.RIGHT)
    month = clean_one(kind_of(ContactDay).fields["month"], fields.get("month"), work.today)
    if month is None:
        raise InvalidError.one("month", N_("必填"))
    station = work.actor.station
    if work.session.get(ContactDay, days.day_id(station, month)) is not None:
        raise RefusedError(N_("这个月的联企日已经准备过，请打开它接着办"))
    with work.session.no_autoflush:
        made = work.create(ContactDay, fields)
        made.id, made.station, made.day = days.day_id(station, month), station, days.contact_day(month)
    return made


def edit_day(work: UnitOfWork, day_id: RecordId, changes: Mapping[str, Any]) -> ChangeSet:
    """Change what is planned or what came of it, until it is closed."""
    work.require(contact.RIGHT)
    work.change(work.get(ContactDay, day_id), changes)
    return work.commit()


def act_day(
    work: UnitOfWork, day_id: RecordId, action: str, fields: Mapping[str, Any], reason: str | None = None
) -> ChangeSet:
    """Say that a day was held (``hold``) or not (``skip``, with the reason), or close it with its results (``close``).

    Raises:
        RefusedError: by the state, before its day, or while a visit of it is not recorded.
    """
    day = work.get(ContactDay, day_id)
    for name in sorted(set(fields) - {"plan", "results"}):
        raise InvalidError.one(name, _NOT_NOW)
    if action == "hold" and work.today < day.day:
        raise RefusedError(contact.WORDS["contact-day-early"], code="contact-day-early")
    if action == "close":
        _refuse_unrecorded(work, day)
    work.step(day, action, values=fields, reason=reason)
    if action in ("skip", "reopen"):
        day.reason = reason if action == "skip" else None
    work.audit(f"contact_day.{action}", "contact_day", day_id)
    return work.commit()


def skip_month(work: UnitOfWork, month: str, reason: str) -> ChangeSet:
    """Say why the day of a month was not held, also where nobody had prepared it."""
    found = work.session.get(ContactDay, days.day_id(work.actor.station, month))
    if found is None:
        found = add_day(work, {"month": month})
        work.session.flush()
    return act_day(work, found.id, "skip", {}, reason)


def _refuse_unrecorded(work: UnitOfWork, day: ContactDay) -> None:
    query = select(func.count()).select_from(EmployerVisit).where(
        EmployerVisit.contact_day_id == day.id, EmployerVisit.state == contact.PLANNED, EmployerVisit.voided.is_not(True)
    )  # fmt: skip
    left = int(work.session.scalar(query) or 0)
    if left:
        raise RefusedError(N_("还有{count}家没有记走访结果：记下来，或写明为什么没去，再结束"), count=left)


# ---- visits --------------------------------------------------------------------------------------------------------------


def plan_visit(work: UnitOfWork, fields: Mapping[str, Any]) -> ChangeSet:
    """Plan a visit to an enterprise; of a contact day where ``contact_day_id`` names one, then on that day unless said.

    Raises:
        NotFoundError, InvalidError: the enterprise or the day is not here; no day is given.
        RefusedError: that contact day is over, or the enterprise is to be visited then already.
    """
    add_visit(work, fields)
    return work.commit()


def add_visit(work: UnitOfWork, fields: Mapping[str, Any]) -> EmployerVisit:
    """Plan a visit inside a transaction that goes on."""
    work.require(contact.RIGHT)
    given = dict(fields)
    day = work.get(ContactDay, str(given["contact_day_id"])) if given.get("contact_day_id") else None
    if day is not None and not given.get("visit_on"):
        given["visit_on"] = day.day
    with work.session.no_autoflush:
        visit = work.create(EmployerVisit, given)
        work.get(Employer, visit.employer_id)
    if day is not None:
        _refuse_into(work, visit, day)
    return visit


def _refuse_into(work: UnitOfWork, visit: EmployerVisit, day: ContactDay) -> None:
    if day.state in (days.CLOSED, days.SKIPPED):
        raise RefusedError(contact.WORDS["contact-day-over"], code="contact-day-over")
    _refuse_second(work, visit)


def _refuse_second(work: UnitOfWork, visit: EmployerVisit) -> None:
    work.session.flush()
    same = select(EmployerVisit.id).where(
        EmployerVisit.contact_day_id == visit.contact_day_id, EmployerVisit.employer_id == visit.employer_id,
        EmployerVisit.id != visit.id, EmployerVisit.voided.is_not(True), EmployerVisit.state != contact.CALLED_OFF,
    )  # fmt: skip
    if work.session.scalar(same.limit(1)) is not None:
        raise RefusedError(N_("这家单位已经在这个联企日的走访里"))


def edit_visit(work: UnitOfWork, visit_id: RecordId, changes: Mapping[str, Any]) -> ChangeSet:
    """Correct or complete a visit."""
    work.require(contact.RIGHT)
    visit = work.get(EmployerVisit, visit_id)
    work.change(visit, changes)
    if visit.state == contact.MADE:
        _refuse_ahead(work, visit)
    return work.commit()


def act_visit(
    work: UnitOfWork, visit_id: RecordId, action: str, fields: Mapping[str, Any], reason: str | None = None
) -> ChangeSet:
    """Record a visit that was made (who went, who was met, what was said), call it off with the reason, or plan it again.

    Raises:
        RefusedError: by the state, or something is missing; its contact day is over, or the enterprise is visited then already.
        InvalidError: the day is still to come.
    """
    visit = work.get(EmployerVisit, visit_id)
    for name in sorted(set(fields) - set(contact.MAKES)):
        raise InvalidError.one(name, _NOT_NOW)
    work.step(visit, action, values=fields, reason=reason)
    if action == "make":
        _refuse_ahead(work, visit)
    if action == "plan-again" and visit.contact_day_id:
        _refuse_into(work, visit, work.get(ContactDay, visit.contact_day_id))
    visit.reason = reason if action == "call-off" else None
    work.audit(f"employer_visit.{action}", "employer_visit", visit_id)
    return work.commit()


def _refuse_ahead(work: UnitOfWork, visit: EmployerVisit) -> None:
    if visit.visit_on > work.today:
        raise InvalidError.one("visit_on", N_("不能晚于今天"))


def add_item(work: UnitOfWork, fields: Mapping[str, Any]) -> VisitItem:
    """Note something to be done after a visit, by whom and until when, inside a transaction that goes on."""
    work.require(contact.RIGHT)
    visit = work.get(EmployerVisit, str(fields.get("employer_visit_id") or ""))
    return work.create(VisitItem, fields, scope=visit.scope)


def note_item(work: UnitOfWork, fields: Mapping[str, Any]) -> ChangeSet:
    """Note something to be done after a visit.

    Raises:
        NotFoundError, InvalidError: the visit is not here; what, who or until when is missing.
    """
    add_item(work, fields)
    return work.commit()


def edit_item(work: UnitOfWork, item_id: RecordId, changes: Mapping[str, Any]) -> ChangeSet:
    """Correct what is to be done, by whom or until when."""
    work.require(contact.RIGHT)
    work.change(work.get(VisitItem, item_id), changes)
    return work.commit()


def act_item(
    work: UnitOfWork, item_id: RecordId, action: str, fields: Mapping[str, Any], reason: str | None = None
) -> ChangeSet:
    """Say that it was done (``finish``; what came of it may be said), dropped with the reason, or is open again."""
    for name in fields:
        raise InvalidError.one(name, _NOT_NOW)
    item = work.get(VisitItem, item_id)
    work.step(item, action, reason=reason)
    item.outcome = None if action == "reopen" else reason or None
    return work.commit()


# ---- needs ---------------------------------------------------------------------------------------------------------------


def note_need(work: UnitOfWork, fields: Mapping[str, Any]) -> ChangeSet:
    """Note what an enterprise needs; from a visit where ``employer_visit_id`` names one.

    Raises:
        NotFoundError, InvalidError: the enterprise or the visit is not here; a field cannot be taken.
        RefusedError: the visit was to another enterprise.
    """
    add_need(work, fields)
    return work.commit()


def add_need(work: UnitOfWork, fields: Mapping[str, Any]) -> EmployerNeed:
    """Note a need inside a transaction that goes on."""
    work.require(contact.RIGHT)
    given = dict(fields)
    visit = work.get(EmployerVisit, str(given["employer_visit_id"])) if given.get("employer_visit_id") else None
    if visit is not None:
        given = {"source": "visit", "employer_id": visit.employer_id} | given
    with work.session.no_autoflush:
        need = work.create(EmployerNeed, given)
        work.get(Employer, need.employer_id)
        if visit is not None and visit.employer_id != need.employer_id:
            raise RefusedError(contact.WORDS["visit-other-firm"], code="visit-other-firm")
        need.number = numbers.give(work, NEED_PREFIX)
    return need


def edit_need(work: UnitOfWork, need_id: RecordId, changes: Mapping[str, Any]) -> ChangeSet:
    """Correct or complete a need."""
    work.require(contact.RIGHT)
    work.change(work.get(EmployerNeed, need_id), changes)
    return work.commit()


def act_need(
    work: UnitOfWork, need_id: RecordId, action: str, fields: Mapping[str, Any], reason: str | None = None
) -> ChangeSet:
    """Take a need in hand, say that it is met, or that it could not be met and why; ``post`` makes a draft posting of it.

    Raises:
        RefusedError: by the state, the rights, or a missing reason.
    """
    if action == contact.POST:
        return post_need(work, need_id)
    for name in fields:
        raise InvalidError.one(name, _NOT_NOW)
    need = work.get(EmployerNeed, need_id)
    work.step(need, action, reason=reason)
    if action in ("take", "reopen"):
        need.handled_by = work.actor.account_id
    need.reason = None if action == "reopen" else reason or need.reason
    work.audit(f"employer_need.{action}", "employer_need", need_id)
    return work.commit()


def post_need(work: UnitOfWork, need_id: RecordId) -> ChangeSet:
    """Make a draft posting of a need for people: of the same enterprise, once, and the need is in hand. After that posting was
    declared void, another one may be made.

    Its id and number follow from the need: two desks that do it without a network have made one posting.

    Raises:
        RefusedError: no need for people, over already, or it is a posting already.
    """
    work.require("job.posting.edit")
    need = work.get(EmployerNeed, need_id)
    if need.need_kind != contact.LABOUR:
        raise RefusedError(N_("只有用工需求能转成用工信息"))
    if need.voided or need.state not in contact.WAITING:
        raise RefusedError(N_("这项需求已经办结；要再招人，请先“继续办理”"))
    times = _free_time(work, need)
    made_of = contact.posting_id(need.id, times)
    with work.session.no_autoflush:
        posting = work.create(Posting, _offer(need), scope=need.scope)
        posting.id, posting.number = made_of, POSTING_PREFIX + need.number.removeprefix(NEED_PREFIX) + "X"
        posting.number += str(times + 1) if times else ""
    need.posting_id = made_of
    if need.state == contact.OPEN:
        work.step(need, "take")
        need.handled_by = work.actor.account_id
    work.audit("employer_need.post", "employer_need", need_id)
    return work.commit()


def _free_time(work: UnitOfWork, need: EmployerNeed) -> int:
    """Return how many postings of a need were declared void: the number by which the next one is known.

    Raises:
        RefusedError: one of them stands, or the one that it became is not on this desk.
    """
    for times in range(contact.MOST_POSTINGS):
        wanted = contact.posting_id(need.id, times)
        found = work.session.get(Posting, wanted)
        if found is None and need.posting_id != wanted:
            return times
        if found is None or not found.voided:
            break
    raise RefusedError(N_("这项需求已经转成用工信息，不用再转"))


def _offer(need: EmployerNeed) -> dict[str, Any]:
    """Return what a posting takes over from a need; everything that the law asks for besides is still to be written."""
    return {
        "employer_id": need.employer_id, "title": need.title, "headcount": need.people, "tasks": need.details,
        "valid_until": need.until,
    }  # fmt: skip
