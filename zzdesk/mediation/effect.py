"""How an agreement takes effect, and what follows from the day on which it does (PML articles 28 to 33)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from zzdesk.calendar import deadlines
from zzdesk.calendar.records import calendar_for
from zzdesk.clock import OFFICE_TIME, local_day
from zzdesk.errors import InvalidError, RefusedError
from zzdesk.i18n import N_
from zzdesk.mediation import after, signed_days, signing
from zzdesk.mediation import workflow as flow
from zzdesk.mediation.models import Agreement, Case, Party
from zzdesk.mediation.parties import parties_of, refuse_strangers
from zzdesk.ops.capture import wire_body
from zzdesk.ops.computing import imported_tables
from zzdesk.store.base import kind_of
from zzdesk.store.unit import UnitOfWork


def agreement_changed(work: UnitOfWork, case: Case, agreement: Agreement) -> None:
    """Who signs is a party, on a day that can be; a signature of which no day is said was given today.

    Raises:
        InvalidError: names the field.
    """
    refuse_strangers(work, case.id, "signed_by", agreement.signed_by or ())
    if agreement.reached_at is not None and agreement.reached_at > work.clock.now():
        raise InvalidError.one("reached_at", N_("达成协议的时间不能晚于现在"))
    noted = signed_days.noted(_body(agreement), work.today)
    if noted != (agreement.signed_days or frozenset()):
        agreement.signed_days = noted or None
    _refuse_too_early(work, case, agreement)


def _refuse_too_early(work: UnitOfWork, case: Case, agreement: Agreement) -> None:
    """Nobody signs before the case was accepted, nor a change before what it changes was in effect."""
    first = signed_days.first(_body(agreement))
    if first is None:
        return
    if case.accepted_on is not None and first < case.accepted_on:
        raise InvalidError.one("signed_days", N_("签名的日子不能早于受理的日子 {day}"), day=case.accepted_on.isoformat())
    amended = work.session.get(Agreement, agreement.amends) if agreement.amends else None
    if amended is not None and amended.effective_at is not None and first < local_day(amended.effective_at):
        day = local_day(amended.effective_at).isoformat()
        raise InvalidError.one("signed_days", N_("签名的日子不能早于原协议生效的日子 {day}"), day=day)


def _body(agreement: Agreement) -> dict[str, Any]:
    return wire_body(kind_of(Agreement), agreement)


def take_effect(work: UnitOfWork, case: Case, paper: Any, fields: Mapping[str, Any], reason: str | None) -> None:
    """Written: with all signatures and the seal (PML article 29). Oral: when it was reached (PML article 30)."""
    agreement: Agreement = paper
    if agreement.amends is None:
        flow.refuse_ended(case.state)
    if fields:
        work.change(agreement, fields)
    agreement_changed(work, case, agreement)
    parties = {p.id for p in parties_of(work, case.id)}
    flow.refuse_fewer_than_two(len(parties))
    if agreement.form == "written":
        _check_written(agreement, parties)
    work.step(agreement, "take-effect", reason=reason)
    _date(work, agreement)
    agreement.copies = len(parties) + 1
    day = _effective_day(agreement)
    last = deadlines.confirmation(calendar_for(work.actor.station, imported_tables(work.session)), day)
    agreement.confirm_by, agreement.confirm_until = last.raw, last.due
    mended = work.get(Agreement, agreement.amends) if agreement.amends and agreement.amendment == "correction" else None
    if mended is not None and mended.effective_at is not None:  # a slip mended gives no court more time (PML article 33)
        agreement.effective_at = mended.effective_at
        agreement.confirm_by, agreement.confirm_until = mended.confirm_by, mended.confirm_until
    agreement.content_hash = content_hash(work, agreement)
    agreement.signed_text = signing.said_hash(_body(agreement))
    case.agreed_amount = agreement.amount if agreement.amount is not None else Decimal(0)  # a change replaces it
    after.plan_revisits(work, case, agreement)


def _date(work: UnitOfWork, agreement: Agreement) -> None:
    """Say when it took effect: now, or, where the last of all had signed on an earlier day, on that day."""
    now, last = work.clock.now(), signed_days.last(_body(agreement))
    if agreement.form != "written":
        agreement.reached_at = agreement.effective_at = agreement.reached_at or now
        return
    agreement.effective_at = now if last is None or last == work.today else _begins(last)
    if agreement.reached_at is None:
        agreement.reached_at = agreement.effective_at
    elif last is not None and local_day(agreement.reached_at) > last:
        raise InvalidError.one("reached_at", N_("达成协议的时间不能晚于签名的日子 {day}"), day=last.isoformat())


def _begins(day: date) -> datetime:
    """Return the beginning of a day: at what time of it somebody signed a paper nobody wrote down."""
    return datetime.combine(day, time(), OFFICE_TIME)


def _effective_day(agreement: Agreement) -> date:
    assert agreement.effective_at is not None
    return local_day(agreement.effective_at)


def put_into_effect(work: UnitOfWork, case: Case, agreement: Agreement) -> None:
    """Put an agreement into effect inside a transaction that goes on.

    Raises:
        RefusedError: fewer than two parties, or a written one without its signatures.
    """
    take_effect(work, case, agreement, {}, None)
    work.audit("agreement.take-effect", "agreement", agreement.id)


def _check_written(agreement: Agreement, parties: set[str]) -> None:
    missing = [name for name in flow.ARTICLE_29 if not getattr(agreement, name)]
    if missing:
        raise RefusedError(
            N_("协议书还缺少必要内容（人民调解法第二十九条）：{missing}"), missing="、".join(missing)
        )
    signed, mediator = agreement.signed_by or frozenset(), bool(agreement.mediator_signed)
    flow.refuse_unsigned(signed, parties, mediator=mediator, sealed=bool(agreement.sealed))


def content_hash(work: UnitOfWork, agreement: Agreement) -> str:
    """Return the SHA-256 of what was signed: the text, by whom, when, and who the parties are."""
    parties = {p.id: wire_body(kind_of(Party), p) for p in parties_of(work, agreement.case_id)}
    return signing.content_hash(_body(agreement), parties)
