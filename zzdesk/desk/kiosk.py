"""The touch kiosk's whole way to the data (domain rules B3.5): who stands there, what is open, what they applied for.

Its account has the right ``kiosk.serve`` and ``job.posting.browse`` and no other that reads; signing in looks up a keyed
digest. Everything here is about the person of the visit: nobody else's name or phone is in any answer.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, Final

from sqlalchemy import Select, select, tuple_
from sqlalchemy.orm import Session

from zzdesk.clock import RecordId, from_iso, local_day, to_iso
from zzdesk.errors import NotFoundError, RefusedError
from zzdesk.i18n import N_
from zzdesk.jobs import cover, guards, placing, queueing
from zzdesk.jobs import workflow as flow
from zzdesk.jobs.audience import is_for, shown_at
from zzdesk.jobs.kiosk_rules import SERVE, WAY, token_digest, visitor
from zzdesk.jobs.models import Application, Employer, Posting, Worker
from zzdesk.jobs.models_kiosk import IDENTITY, PHONE, KioskPass, KioskVisit
from zzdesk.jobs.models_queue import QueueEntry
from zzdesk.ops.capture import wire_body
from zzdesk.people.identity import parse_identity
from zzdesk.people.masks import mask_holder, mask_name, mask_phone, mask_text
from zzdesk.store.audit import LocalValue
from zzdesk.store.base import kind_of
from zzdesk.store.unit import ChangeSet, Page, Reader, UnitOfWork

TAIL: Final = 4
"""Characters of a phone's or an identity number's end."""
LONGEST: Final = timedelta(minutes=15)
"""A visit ends by itself at the latest then, whatever the window does."""
AT_ONCE: Final = 250
"""Passes that are made in one transaction."""
_KEY: Final = "kiosk.key"
_LOOK: Final = 50
_OF_256: Final = 64
"""So many of 256 cards that nobody has are asked for the identity number."""
UNKNOWN: Final = N_("没有对上。请再看一看号码，或者叫工作人员帮您。")


@dataclass(frozen=True)
class Proof:
    """What somebody showed: the number of a card with one answer, or both tails. Tails are four characters."""

    card: str = ""
    answer: str = ""
    phone_tail: str = ""
    identity_tail: str = ""


@dataclass(frozen=True)
class Visitor:
    """Who has signed in, masked, and how many applications there are."""

    name: str
    phone: str
    applications: int
    queued: bool = False
    """Whether they have been in this morning's queue."""


@dataclass(frozen=True)
class Offer:
    """An open posting as the kiosk shows it: texts without numbers of anybody, no contact, no person's name."""

    id: RecordId
    number: str
    title: str
    trade: str
    employer: str
    """The name of an organisation; empty where a household hires."""
    place: str
    tasks: str
    conditions: str
    starts_at: datetime | None
    ends_at: datetime | None
    wage: Decimal | None
    pay_unit: str | None
    settlement: str | None
    insured: bool
    left: int
    """Places that are left."""
    key: str
    """Where it stands in the list: the page after it begins there."""
    risky: bool = False
    """Work at which people get hurt, and no insurance on all its days."""


@dataclass(frozen=True)
class Mine:
    """One of the visitor's own applications."""

    id: RecordId
    number: str
    title: str
    place: str
    starts_at: datetime | None
    ends_at: datetime | None
    wage: Decimal | None
    pay_unit: str | None
    state: str
    applied_at: datetime
    name: str
    """The visitor's own, masked: the slip carries it."""
    key: str


# ---- signing in ----------------------------------------------------------------------------------------------------


def _key_of(session: Session) -> bytes:
    kept = session.get(LocalValue, _KEY)
    return bytes.fromhex(kept.value) if kept is not None else b""


def _digest(key: bytes, *parts: str) -> str:
    return hmac.new(key, "\n".join(parts).encode(), "sha256").hexdigest()


@dataclass(frozen=True)
class _Digests:
    """What a pass holds beside its worker."""

    card: str
    asks: str
    by_card: str
    by_phone: str | None


def _digests_of(key: bytes, worker: Any) -> _Digests | None:
    """Return the digests of somebody who may sign in, else None. ``worker`` has the columns of ``_ASKED``."""
    if worker.voided or worker.state != flow.ACTIVE or not worker.card or not worker.identity_number:
        return None
    phone, identity = (worker.phone or "")[-TAIL:], worker.identity_number[-TAIL:]
    asks = PHONE if len(phone) == TAIL and phone.isdigit() else IDENTITY
    answer = phone if asks == PHONE else identity
    by_phone = _digest(key, "tails", phone, identity) if asks == PHONE else None
    return _Digests(_digest(key, "card", worker.card), asks, _digest(key, "card", worker.card, answer), by_phone)


_ASKED: Final = (Worker.id, Worker.card, Worker.phone, Worker.identity_number, Worker.state, Worker.voided)


def renew_passes(work: UnitOfWork, after: str, ids: Sequence[RecordId] | None = None) -> ChangeSet:
    """Bring the passes of up to ``AT_ONCE`` workers up to date: of these ``ids``, or of all whose id is above ``after``.

    Returns:
        ``created`` holds the id to go on after; empty when there is nothing more.
    """
    work.require(SERVE)
    if work.session.get(LocalValue, _KEY) is None:
        work.session.add(LocalValue(name=_KEY, value=secrets.token_hex(32)))
        work.session.flush()
    key, query = _key_of(work.session), select(*_ASKED)
    query = query.where(Worker.id.in_(ids)) if ids is not None else query.where(Worker.id > after)
    workers = work.session.execute(query.order_by(Worker.id).limit(AT_ONCE)).all()
    there = select(KioskPass).where(KioskPass.worker_id.in_([worker.id for worker in workers]))
    kept = {each.worker_id: each for each in work.session.scalars(there)}
    for worker in workers:
        _renew(work.session, worker.id, kept.get(worker.id), _digests_of(key, worker))
    last = (workers[-1].id,) if ids is None and len(workers) == AT_ONCE else ()
    return replace(work.commit(), created=last)


def _renew(session: Session, worker_id: RecordId, old: KioskPass | None, wanted: _Digests | None) -> None:
    if wanted is None:
        if old is not None:
            session.delete(old)
        return
    made = old or KioskPass(worker_id=worker_id)
    for name in ("card", "asks", "by_card", "by_phone"):
        if old is None or getattr(old, name) != getattr(wanted, name):
            setattr(made, name, getattr(wanted, name))
    if old is None:
        session.add(made)


def asks_for(read: Reader, card: str) -> str:
    """Return what to ask for beside a card: ``phone`` or ``identity``.

    A card that nobody has is asked for one of the two, always the same, so that no question tells which cards there are.
    """
    read.require(SERVE)
    digest = _digest(_key_of(read.session), "card", card)
    asks = read.session.scalar(select(KioskPass.asks).where(KioskPass.card == digest).limit(1))
    return asks or (IDENTITY if int(digest[:2], 16) < _OF_256 else PHONE)


def begin_visit(work: UnitOfWork, token: str, proof: Proof) -> ChangeSet:
    """Let somebody in; ``token`` is the window's own, new for each visit. Whoever was there before is out.

    Raises:
        RefusedError: nobody, or more than one person, is known by this: it is never said which.
    """
    work.require(SERVE)
    _leave(work)
    key = _key_of(work.session)
    wanted = (
        KioskPass.by_card == _digest(key, "card", proof.card, proof.answer) if proof.card
        else KioskPass.by_phone == _digest(key, "tails", proof.phone_tail, proof.identity_tail)
    )  # fmt: skip
    found = work.session.scalars(select(KioskPass.worker_id).where(wanted).limit(2)).all()
    if len(found) != 1:
        raise RefusedError(UNKNOWN)
    until = work.clock.now() + LONGEST
    work.session.add(KioskVisit(token=token_digest(token), worker_id=found[0], until=until))
    work.audit("kiosk.sign-in", "worker", found[0], by="card" if proof.card else "phone")
    return work.commit()


def end_visit(work: UnitOfWork) -> ChangeSet:
    """Let whoever was signed in go."""
    work.require(SERVE)
    _leave(work)
    return work.commit()


def _leave(work: UnitOfWork) -> None:
    for visit in work.session.scalars(select(KioskVisit)):
        work.session.delete(visit)
    work.session.flush()


def forget_passes(session: Session) -> None:
    """Take every pass and visit off this machine, with the key of their digests."""
    for model in (KioskPass, KioskVisit):
        for row in session.scalars(select(model)):
            session.delete(row)
    if (key := session.get(LocalValue, _KEY)) is not None:
        session.delete(key)


def turn_away(work: UnitOfWork, number: str) -> ChangeSet:
    """Look at the age that an identity number says, before anybody walks to the counter; the number is not kept.

    Raises:
        UnderageError: below sixteen; one more is counted, and nothing else is stored (禁止使用童工规定 article 4).
        InvalidError: it is not an identity number.
    """
    work.require(SERVE)
    if parse_identity(number, work.today).age_on(work.today) >= flow.MIN_AGE:
        return ChangeSet()
    placing.count_child(work)
    work.commit()
    raise placing.UnderageError(
        N_("法律规定满十六周岁才可以找活做。请好好读书，有难处可以找工作人员。没有保存您的任何信息。")
    )


# ---- what the visitor sees -----------------------------------------------------------------------------------------


def who(read: Reader, token: str) -> Visitor:
    """Return who has signed in.

    Raises:
        VisitOverError: nobody.
    """
    worker = _visitor(read, token)
    own = select(Application.id).where(Application.worker_id == worker.id, Application.voided.is_not(True)).limit(100)
    place = queueing.entry_id(read.actor.station, local_day(read.clock.now()).isoformat(), worker.id)
    return Visitor(mask_name(worker.name), mask_phone(worker.phone or ""), len(read.session.scalars(own).all()),
                   read.session.get(QueueEntry, place) is not None)


def _visitor(read: Reader, token: str) -> Worker:
    read.require(SERVE)
    return visitor(read.session, token, read.clock.now())


def offers(read: Reader, token: str, after: str | None = None, limit: int = 3) -> Page[Offer]:
    """Return open postings that the visitor can still apply for, newest first.

    Left out: what has begun or expired, what the law keeps from somebody of this age on that day (未成年人保护法
    article 61), and what the visitor applied for already.
    """
    worker = _visitor(read, token)
    gone = select(Application.posting_id).where(
        Application.worker_id == worker.id, Application.voided.is_not(True), Application.state.not_in(flow.ENDED)
    )
    query = select(Posting).where(
        Posting.state == flow.PUBLISHED, Posting.voided.is_not(True), Posting.id.not_in(gone), shown_at(read.actor.station)
    )
    found: list[Posting] = []
    while True:
        page = _older(read, Posting, query, after, _LOOK)
        fit = [posting for posting in page if _is_open_to(read, posting, worker)]
        found += fit
        after = _place(page[-1]) if page else None
        if len(found) > limit or len(page) < _LOOK:
            break
    rows = found[:limit]
    return Page(tuple(_offer(read, posting) for posting in rows), _place(rows[-1]) if len(found) > limit else None)


def _older(read: Reader, model: Any, query: Select[Any], after: str | None, limit: int) -> Sequence[Any]:
    if after is not None:
        moment, _, last = after.partition("/")
        query = query.where(tuple_(model.created_at, model.id) < (from_iso(moment), last))
    return read.session.scalars(query.order_by(model.created_at.desc(), model.id.desc()).limit(limit)).all()


def _place(record: Posting | Application) -> str:
    return f"{to_iso(record.created_at)}/{record.id}"


def _is_shown(read: Reader, posting: Posting, worker: Worker) -> bool:
    return is_for(posting, read.actor.station) and _is_open_to(read, posting, worker)


def _is_open_to(read: Reader, posting: Posting, worker: Worker) -> bool:
    now = read.clock.now()
    day = local_day(posting.starts_at) if posting.starts_at else local_day(now)
    if (posting.starts_at and posting.starts_at <= now) or (posting.valid_until and posting.valid_until < local_day(now)):
        return False
    age = guards.age_on(worker.identity_number, day)
    if age is None or age < flow.MIN_AGE:
        return False
    hours = (to_iso(each) if each else None for each in (posting.starts_at, posting.ends_at))
    barred = any(getattr(posting, name) for name in flow.HAZARDS) or guards.at_night(*hours)
    return age >= flow.ADULT or not barred


def _offer(read: Reader, posting: Posting) -> Offer:
    body, today = wire_body(kind_of(Posting), posting), local_day(read.clock.now())
    employer = read.session.get(Employer, posting.employer_id)
    firm = employer.name if employer is not None and employer.employer_kind != "person" else ""
    needs = "；".join(text for text in (posting.conditions, posting.lawful_needs) if text)
    return Offer(
        posting.id, posting.number or "", mask_text(posting.title), posting.trade, mask_holder(firm) if firm else "",
        mask_text(posting.place or ""), mask_text(posting.tasks or ""), mask_text(needs), posting.starts_at, posting.ends_at,
        posting.wage, posting.pay_unit, posting.settlement, cover.cover_of(body, today) == cover.INSURED,
        max(0, (posting.headcount or 0) - (posting.filled or 0)), _place(posting), cover.is_warned(body, today),
    )  # fmt: skip


def offer(read: Reader, token: str, posting_id: RecordId) -> Offer:
    """Return one open posting.

    Raises:
        NotFoundError: it is not open any more, or not for the visitor. VisitOverError: nobody is signed in.
    """
    worker = _visitor(read, token)
    posting = read.session.get(Posting, posting_id)
    if posting is None or posting.voided or posting.state != flow.PUBLISHED or not _is_shown(read, posting, worker):
        raise NotFoundError(N_("这个活已经不招人了，请看看别的。"))
    return _offer(read, posting)


def apply(work: UnitOfWork, token: str, posting_id: RecordId) -> ChangeSet:
    """Apply for a posting on behalf of the visitor: it waits for a person to confirm it, nothing is promised.

    Raises:
        VisitOverError: nobody is signed in. RefusedError: see :func:`zzdesk.jobs.placing.add_application`.
    """
    work.require(SERVE)
    worker = visitor(work.session, token, work.clock.now())
    placing.add_application(work, {"posting_id": posting_id, "worker_id": worker.id, "way": WAY})
    work.audit("kiosk.apply", "posting", posting_id)
    return work.commit()


def mine(read: Reader, token: str, after: str | None = None, limit: int = 3) -> Page[Mine]:
    """Return the visitor's own applications, newest first."""
    worker = _visitor(read, token)
    query = select(Application).where(Application.worker_id == worker.id, Application.voided.is_not(True))
    found = _older(read, Application, query, after, limit + 1)
    rows = tuple(_mine(read, each, worker) for each in found[:limit])
    return Page(rows, _place(found[limit - 1]) if len(found) > limit else None)


def application(read: Reader, token: str, application_id: RecordId) -> Mine:
    """Return one of the visitor's own applications, for the slip.

    Raises:
        NotFoundError: it is not theirs. VisitOverError: nobody is signed in.
    """
    worker = _visitor(read, token)
    found = read.session.get(Application, application_id)
    if found is None or found.worker_id != worker.id:
        raise NotFoundError(N_("本机没有这条记录：{id}"), id=application_id)
    return _mine(read, found, worker)


def _mine(read: Reader, found: Application, worker: Worker) -> Mine:
    posting = read.session.get(Posting, found.posting_id)
    title, place = (mask_text(posting.title), mask_text(posting.place or "")) if posting is not None else ("", "")
    return Mine(
        found.id, posting.number if posting else "", title, place, posting.starts_at if posting else None,
        posting.ends_at if posting else None, posting.wage if posting else None, posting.pay_unit if posting else None,
        found.state, found.created_at, mask_name(worker.name), _place(found),
    )  # fmt: skip


def workers_of(changes: Iterable[tuple[str, RecordId]]) -> tuple[RecordId, ...]:
    """Return the workers among records that changed: their passes are to be renewed."""
    return tuple(sorted({record_id for kind, record_id in changes if kind == "worker"}))

