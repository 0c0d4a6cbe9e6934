"""Applications (申请): one person asks that a deadline be put off, or a report suspended or abolished; another decides.

Asking changes nothing but that it was asked. What was asked for takes effect in the transaction of the approval, and is
final when the centre has taken it (B2.4).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import select

from zzdesk.clock import RecordId, to_iso
from zzdesk.errors import InvalidError, RefusedError
from zzdesk.i18n import N_
from zzdesk.ops.capture import wire_body
from zzdesk.reports import request_rules
from zzdesk.reports.models import Report, Request
from zzdesk.reports.steps import write
from zzdesk.reports.workflow import APPROVED, DELAY, SUSPEND, VOID
from zzdesk.store.base import kind_of
from zzdesk.store.unit import ChangeSet, UnitOfWork

_MOVES: Final = {SUSPEND: "suspend", VOID: "abolish"}
"""The step that an approved application takes."""


def request(work: UnitOfWork, fields: Mapping[str, Any]) -> ChangeSet:
    """Ask for something about a report: ``request_kind``, ``reason``, and ``amount`` with ``unit``, or ``until``.

    Raises:
        RefusedError: no right, it is closed, was asked for already, or too late.
        InvalidError: a field is missing or cannot be taken.
    """
    add(work, fields)
    return work.commit()


def add(work: UnitOfWork, fields: Mapping[str, Any]) -> Request:
    """Ask inside a transaction that goes on."""
    work.require("report.ask")
    report = work.get(Report, str(fields.get("report_id") or ""))
    made = work.create(Request, fields, scope=report.scope)
    made.report_number = report.number
    _check_whole(work, made)
    if report.voided:
        raise RefusedError(N_("这条记录已经作废，要先恢复才能更改"))
    with work.session.no_autoflush:
        query = select(Request).where(Request.report_id == report.id, Request.id != made.id)
        there = [wire_body(kind_of(Request), each) for each in work.session.scalars(query)]
    body, now = wire_body(kind_of(Report), report), to_iso(work.clock.now())
    code = request_rules.may_ask(made.request_kind, body, list(there), now)
    if code is not None:
        raise RefusedError(request_rules.WORDS[code], code=code)
    write(work, report, f"ask-{made.request_kind}", {}, reason=made.reason, about=made.id)
    return made


def _check_whole(work: UnitOfWork, made: Request) -> None:
    if made.request_kind == DELAY:
        if (made.amount or 0) < 1:
            raise InvalidError.one("amount", N_("延期要写明延多少，至少是 1"))
        if made.unit is None:
            raise InvalidError.one("unit", N_("必填"))
    if made.request_kind == SUSPEND:
        if made.until is None:
            raise InvalidError.one("until", N_("必填"))
        if made.until <= work.clock.now():
            raise InvalidError.one("until", N_("挂起要到以后的某个时间"))


def act(
    work: UnitOfWork, request_id: RecordId, action: str, fields: Mapping[str, Any], reason: str | None = None
) -> ChangeSet:
    """Approve, refuse or withdraw an application; ``opinion`` goes along, a refusal takes a reason.

    Raises:
        RefusedError: no right, one's own application, decided already, or the report has moved on.
    """
    unknown = sorted(set(fields) - {"opinion"})
    if unknown:
        raise InvalidError.one(unknown[0], N_("没有这个字段"))
    return decide(work, request_id, action, reason or fields.get("opinion"))


def decide(work: UnitOfWork, request_id: RecordId, action: str, opinion: str | None = None) -> ChangeSet:
    """Approve, refuse or withdraw an application; see :func:`act`."""
    asked = work.get(Request, request_id)
    own = asked.created_by == work.actor.account_id
    if action == "withdraw" and not own:
        raise RefusedError(request_rules.WORDS["not-your-request"])
    if action in ("approve", "refuse") and own:
        raise RefusedError(request_rules.WORDS["self-approval"])
    report = work.get(Report, asked.report_id)
    _, target = work.step(asked, action, reason=opinion)
    asked.decided_by, asked.decided_at = work.actor.account_id, work.clock.now()
    asked.opinion = opinion or None
    if target != APPROVED:
        write(work, report, f"{action}-{asked.request_kind}", {}, reason=opinion, about=asked.id)
    else:
        _take_effect(work, report, asked, opinion)
    return work.commit()


def _take_effect(work: UnitOfWork, report: Report, asked: Request, opinion: str | None) -> None:
    given = {"note": opinion} if opinion else {}
    move = _MOVES.get(asked.request_kind)
    if move is None:
        write(work, report, "approve-delay", given, reason=asked.reason, about=asked.id)
        return
    if asked.request_kind == SUSPEND:
        report.suspended_from, report.suspended_until = report.state, asked.until
    moved = work.step(report, move, reason=asked.reason)
    write(work, report, move, given, moved, asked.reason, about=asked.id)
