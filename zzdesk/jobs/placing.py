"""Workers and their applications; what becomes of an application is in ``attendance``."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from sqlalchemy import select

from zzdesk.clock import RecordId, local, local_day, to_iso
from zzdesk.documents import numbers
from zzdesk.documents.figures import Month
from zzdesk.errors import InvalidError, RefusedError
from zzdesk.i18n import N_
from zzdesk.jobs import guards, kiosk_rules, tables
from zzdesk.jobs import workflow as flow
from zzdesk.jobs.alike_queries import count_alike
from zzdesk.jobs.audience import is_for
from zzdesk.jobs.matching import holds
from zzdesk.jobs.models import Application, Employer, Posting, Worker
from zzdesk.ops.capture import wire_body
from zzdesk.people.commands import derive
from zzdesk.people.identity import parse_identity
from zzdesk.store.base import kind_of
from zzdesk.store.unit import ChangeSet, UnitOfWork

WITHDRAW: Final = "withdraw-consent"
CARD_PREFIX: Final = "GK"
REFUSALS: Final = "underage-refusals"
"""Series of the counters of children turned away, per year and month; a number and nothing else is kept (CL article 4)."""


class UnderageError(RefusedError):
    """A child would be registered for work: nothing about the child is stored."""

    code = "underage"


def register_worker(work: UnitOfWork, fields: Mapping[str, Any]) -> ChangeSet:
    """Record somebody who looks for work. Below sixteen only the refusal is counted.

    Raises:
        UnderageError: younger than sixteen today; the transaction holds the count and nothing else.
        RefusedError: the identity number is registered already.
        InvalidError: every field that cannot be taken.
    """
    try:
        add_worker(work, fields)
    except UnderageError:
        work.commit()
        raise
    return work.commit()


def add_worker(work: UnitOfWork, fields: Mapping[str, Any]) -> Worker:
    """Make a worker's record inside a transaction that goes on; a refused child leaves the count in it."""
    work.require("job.worker.register")
    if _age(fields.get("identity_number"), work.today) < flow.MIN_AGE:
        raise _counted_refusal(work)
    _refuse_second_card(work, fields.get("identity_number"), None)
    alike = count_alike(work, fields)
    worker = work.create(Worker, fields)
    _complete(work, worker)
    _refuse_unasked(worker)
    worker.card = numbers.give(work, CARD_PREFIX)
    _registered_now(work)[worker.identity_number] = worker.card
    if alike:  # somebody saw them and decided that it is another person
        work.audit("worker.registered-though-alike", "worker", worker.id, count=alike)
    return worker


def _registered_now(work: UnitOfWork) -> dict[str, str]:
    """Return the cards given in this unit of work, by number: they are not in the database yet."""
    cards: dict[str, str] = work.memo.setdefault("cards", {})
    return cards


def _age(number: Any, today: date) -> int:
    """Return the age that an identity number says; what is not one is left to the check of the field."""
    try:
        return parse_identity(str(number or ""), today).age_on(today)
    except InvalidError:
        return flow.ADULT


def count_child(work: UnitOfWork) -> None:
    """Count a child turned away: a number (of the year, of the month) and a line in the audit, nothing about the child."""
    numbers.count(work, f"{REFUSALS}-{local(work.clock.now()).year}")
    numbers.count(work, f"{REFUSALS}-{Month.of(work.clock.now())}")
    work.audit("worker.refused-underage", "worker")


def _counted_refusal(work: UnitOfWork) -> UnderageError:
    count_child(work)
    return UnderageError(N_("未满十六周岁，法律禁止招用和介绍就业，不能登记；没有保存任何个人信息"))


def _complete(work: UnitOfWork, worker: Worker) -> None:
    derive(work, worker, {})
    if worker.legal_basis == "consent" and not worker.consent_version:
        raise InvalidError.one("consent_version", N_("依据为“同意”时，要写明同意书的版本（个人信息保护法第十四条）"))
    if worker.consent_version and worker.consent_at is None:
        worker.consent_at = work.clock.now()


def _refuse_unasked(worker: Worker) -> None:
    """Health is told of one's own will, and kept only while that holds (PIPL article 29)."""
    if worker.health_limits and not guards.agrees(wire_body(kind_of(Worker), worker)):
        raise InvalidError.one("health_limits", guards.WORDS["worker-health-unasked"])


def _refuse_second_card(work: UnitOfWork, number: Any, but: RecordId | None) -> None:
    """One identity number is one worker (domain rules B3.4); what is no number is left to the check of the field."""
    try:
        wanted = parse_identity(str(number or ""), work.today).number
    except InvalidError:
        return
    earlier = _registered_now(work).get(wanted) if but is None else None
    same = select(Worker.card).where(
        Worker.identity_number == wanted, Worker.id != (but or ""), Worker.voided.is_not(True)
    )
    card = earlier or work.session.scalar(same.limit(1))
    if card:
        raise RefusedError(N_("这个身份证号码已经登记过，卡号{card}"), card=card)


def _age_on(worker: Worker, day: date) -> int:
    return parse_identity(worker.identity_number, day).age_on(day)


def edit_worker(work: UnitOfWork, worker_id: RecordId, changes: Mapping[str, Any]) -> ChangeSet:
    """Correct or complete a worker's record.

    Raises:
        RefusedError: a corrected number says younger than sixteen, or belongs to another worker; consent was withdrawn, and
            the record is to rest on something else without a new one.
    """
    work.require("job.worker.edit")
    worker = work.get(Worker, worker_id)
    if "identity_number" in changes:
        flow.refuse_underage(_age(changes["identity_number"], work.today))
        if not changes["identity_number"]:
            raise InvalidError.one("identity_number", N_("必填"))
        _refuse_second_card(work, changes["identity_number"], worker_id)
    withdrawn = guards.is_withdrawn(wire_body(kind_of(Worker), worker))
    work.change(worker, changes)
    if changes.get("consent_version"):
        worker.consent_at, worker.consent_withdrawn_at = work.clock.now(), None
    if withdrawn and guards.leaves_consent(wire_body(kind_of(Worker), worker)):
        raise RefusedError(guards.WORDS["worker-basis-withdrawn"], code="worker-basis-withdrawn")
    _complete(work, worker)
    if not changes.keys().isdisjoint({"health_limits", "consent_version"}):
        _refuse_unasked(worker)
    return work.commit()


def act_worker(
    work: UnitOfWork, worker_id: RecordId, action: str, fields: Mapping[str, Any], reason: str | None = None
) -> ChangeSet:
    """Pause, resume, sanction a worker, take a sanction back, or note that consent is withdrawn (``withdraw-consent``).

    Raises:
        RefusedError: by the state, the rights, or a missing reason.
    """
    worker = work.get(Worker, worker_id)
    if action == WITHDRAW:
        _withdraw(work, worker)
        return work.commit()
    if action == "resume" and guards.is_withdrawn(wire_body(kind_of(Worker), worker)):
        raise RefusedError(guards.WORDS["worker-consent-withdrawn"], code="worker-consent-withdrawn")
    work.step(worker, action, values=fields, reason=reason)
    worker.state_reason = reason or None
    work.audit(f"worker.{action}", "worker", worker_id)
    return work.commit()


def _withdraw(work: UnitOfWork, worker: Worker) -> None:
    """Take consent back, without a reason (PIPL articles 15 and 16): what rested on it is gone from now on.

    What the person told of their own will is deleted. Where the whole record rests on consent, nobody introduces them to
    work any more, and what they applied for is withdrawn; work that was promised is still done and paid.

    Raises:
        RefusedError: nothing was agreed to, or it is withdrawn already.
    """
    work.require("job.worker.edit")
    if not guards.agrees(wire_body(kind_of(Worker), worker)):
        raise RefusedError(N_("没有签过同意书，或同意已经撤回"))
    work.change(worker, {"health_limits": None})
    worker.consent_withdrawn_at = work.clock.now()
    if worker.legal_basis == flow.CONSENT:
        if worker.state == flow.ACTIVE:
            worker.state_reason = "本人撤回同意"
            work.step(worker, "pause", reason=worker.state_reason)
        waiting = select(Application).where(
            Application.worker_id == worker.id, Application.state == flow.APPLIED, Application.voided.is_not(True)
        )  # fmt: skip
        for each in work.session.scalars(waiting):
            work.step(each, "withdraw")
    work.audit("worker.withdraw-consent", "worker", worker.id)


def apply(work: UnitOfWork, fields: Mapping[str, Any]) -> ChangeSet:
    """Apply for a posting on a worker's behalf. The day of work is the posting's unless another is given.

    Raises:
        RefusedError: not published, the worker is not active, too young on that day, or applied already.
    """
    add_application(work, fields)
    return work.commit()


def add_application(work: UnitOfWork, fields: Mapping[str, Any]) -> Application:
    """Make an application inside a transaction that goes on."""
    kiosk_rules.require_to_apply(work, fields)
    application = work.create(Application, fields)
    posting = work.get(Posting, application.posting_id)
    worker = work.get(Worker, application.worker_id)
    if not _takes(work, posting, application):
        raise RefusedError(N_("这个岗位现在不接受报名"))
    if not is_for(posting, work.actor.station):
        raise RefusedError(guards.WORDS["posting-elsewhere"], code="posting-elsewhere")
    refuse_withdrawn(worker)
    if worker.state != flow.ACTIVE or worker.voided:
        raise RefusedError(N_("这位求职者的登记已暂停"))
    if worker.duplicate_of:
        raise RefusedError(N_("这个人登记了两份，请用另一份登记报名"))
    if application.work_date is None and posting.starts_at is not None:
        application.work_date = local_day(posting.starts_at)
    check_age(work, application, posting, worker)
    refuse_other_day(application, posting)
    refuse_uncertified(work, application, posting, worker)
    _refuse_own(work, posting, worker)
    _refuse_second(work, application)
    return application


def _takes(work: UnitOfWork, posting: Posting, application: Application) -> bool:
    """Say whether a posting takes an application: while it is published, and later in place of who did not come."""
    if posting.voided:
        return False
    if not application.replaces:
        return posting.state == flow.PUBLISHED
    gone = work.get(Application, application.replaces)
    return gone.posting_id == posting.id and gone.state in flow.GAVE_UP and posting.state in flow.TAKES_A_REPLACEMENT


def check_age(work: UnitOfWork, application: Application, posting: Posting, worker: Worker) -> None:
    """Age counts on the day of work, not today (禁止使用童工规定 article 2; 未成年人保护法 article 61)."""
    age = _age_on(worker, application.work_date or work.today)
    flow.refuse_underage(age)
    hazards = {name: getattr(posting, name) for name in flow.HAZARDS}
    hazards["hours"] = guards.at_night(*(to_iso(each) if each else None for each in (posting.starts_at, posting.ends_at)))
    flow.refuse_unfit_for_minor(age, hazards)


def refuse_withdrawn(worker: Worker) -> None:
    """Nobody is introduced to work who has taken back the consent on which the record rests (PIPL articles 15 and 16)."""
    if guards.is_withdrawn(wire_body(kind_of(Worker), worker)):
        raise RefusedError(guards.WORDS["worker-consent-withdrawn"], code="worker-consent-withdrawn")


def refuse_other_day(application: Application, posting: Posting) -> None:
    """The day of work is one of the posting's."""
    if not guards.is_within(wire_body(kind_of(Posting), posting), application.work_date):
        raise InvalidError.one("work_date", guards.WORDS["application-other-day"])


def refuse_uncertified(work: UnitOfWork, application: Application, posting: Posting, worker: Worker) -> None:
    """Nobody is introduced to a trade without the certificate that the law asks for, valid on the day of work (B3.3)."""
    wanted = tables.certificate(posting.trade)
    day = application.work_date or work.today
    if wanted is not None and not holds(frozenset(worker.certificates or ()), wanted, day):
        raise RefusedError(N_("这个工种要有“{name}”，上工那天还有效；零工登记的“证书”里没有，不能介绍"), name=wanted)


def refuse_overlap(work: UnitOfWork, application: Application, posting: Posting) -> None:
    """Nobody is promised to two places at one time (domain rules B3.3); work that meets end to start is two jobs."""
    if posting.starts_at is None or posting.ends_at is None:
        return
    other = select(Posting.title).join(Application, Application.posting_id == Posting.id).where(
        Application.worker_id == application.worker_id, Application.id != application.id,
        Application.state.in_((flow.CONFIRMED, flow.CHECKED_IN)), Application.voided.is_not(True),
        Posting.starts_at < posting.ends_at, Posting.ends_at > posting.starts_at,
        Posting.state.not_in(flow.CALLED_OFF), Posting.voided.is_not(True),
    )  # fmt: skip
    title = work.session.scalar(other.limit(1))
    if title is not None:
        raise RefusedError(N_("这位求职者同一时间已确认去做“{title}”，时间重叠，不能再确认"), title=title)


def _refuse_own(work: UnitOfWork, posting: Posting, worker: Worker) -> None:
    """Nobody is introduced to themselves (domain rules B3.4)."""
    employer = work.get(Employer, posting.employer_id)
    if worker.identity_number in (employer.identity_number, employer.handler_identity):
        raise RefusedError(N_("用工方和求职者是同一个人，不能报名"))


def _refuse_second(work: UnitOfWork, application: Application) -> None:
    same = select(Application.id).where(
        Application.posting_id == application.posting_id, Application.worker_id == application.worker_id,
        Application.id != application.id, Application.voided.is_not(True),
        Application.state.in_((flow.APPLIED, *flow.HOLDS_A_PLACE)),
    )  # fmt: skip
    work.session.flush()
    if work.session.scalar(same.limit(1)):
        raise RefusedError(N_("这位求职者已经报名这个岗位"))


def edit_application(work: UnitOfWork, application_id: RecordId, changes: Mapping[str, Any]) -> ChangeSet:
    """Correct or complete an application; who works on another day is asked for age and certificate on that day.

    Raises:
        RefusedError: too young, or without the certificate that the trade takes, on that day; the work is done.
        InvalidError: a field cannot be taken, or the posting's work is not on that day.
    """
    work.require("job.place")
    application = work.get(Application, application_id)
    if application.state == flow.FINISHED and set(changes) - flow.RATED_LATER:
        raise RefusedError(N_("做完的活只能再评分和补充备注"))
    day = application.work_date
    work.change(application, changes)
    posting, worker = work.get(Posting, application.posting_id), work.get(Worker, application.worker_id)
    check_age(work, application, posting, worker)
    if application.work_date != day:
        refuse_other_day(application, posting)
        refuse_uncertified(work, application, posting, worker)
    return work.commit()
