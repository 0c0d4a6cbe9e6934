"""What people do with reports: one function each, one transaction each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from zzdesk.accounts.models import Account
from zzdesk.clock import RecordId
from zzdesk.documents import numbers
from zzdesk.errors import InvalidError, RefusedError
from zzdesk.evidence.queries import are_at_hand
from zzdesk.i18n import N_
from zzdesk.ops import claims
from zzdesk.ops.capture import wire_body
from zzdesk.reports import calls, due_rules, joint, reassign, refusals, repeats, transfer
from zzdesk.reports.cards import issue_card as issue_card
from zzdesk.reports.cards import lift_card as lift_card
from zzdesk.reports.cards import withdraw_card as withdraw_card
from zzdesk.reports.guards import WORDS
from zzdesk.reports.models import Report, Step
from zzdesk.reports.requests import decide as decide
from zzdesk.reports.requests import request as request
from zzdesk.reports.steps import STEP_FIELDS, one_more_try, put, taken, write
from zzdesk.reports.told import UNDONE
from zzdesk.reports.workflow import (
    ARCHIVED,
    BY_REQUEST,
    CLAIM,
    CLAIM_ACTIONS,
    EVALUATIONS,
    OPEN,
    REASSIGN,
    REGISTERED,
    RELEASE,
    TAKE_OVER,
    TRANSITIONS,
    UNDO,
    UNRATED,
)  # fmt: skip
from zzdesk.store.base import kind_of
from zzdesk.store.unit import ChangeSet, UnitOfWork

PREFIX: Final = "SJ"
NOT_AT_HAND: Final = N_("附件的内容既不在本机也不在中心，不能据此核实。请先同步取得内容，或把这个附件作废")


def register(work: UnitOfWork, fields: Mapping[str, Any]) -> ChangeSet:
    """Record a report (登记). Its number is final at once; a resident may stay anonymous.

    Raises:
        InvalidError: every field that cannot be taken; an anonymous report that names somebody.
    """
    receive(work, fields)
    return work.commit()


def receive(work: UnitOfWork, fields: Mapping[str, Any]) -> Report:
    """Take a report in inside a transaction that goes on: a complaint that comes again after closing is marked (B2.6)."""
    report = add(work, fields)
    repeats.mark(work, report)
    return report


def add(work: UnitOfWork, fields: Mapping[str, Any]) -> Report:
    """Make a report inside a transaction that goes on (an import of many), without looking at earlier ones."""
    work.require("report.register")
    report = work.create(Report, fields)
    named = report.reporter_id or report.reporter_name or report.reporter_phone
    if report.anonymous and named:
        raise InvalidError.one("anonymous", N_("匿名登记时不能填写登记人，请清空姓名、电话，或改为“姓名保密”"))
    if report.due_rule is None:
        report.due_rule = due_rules.default_for(wire_body(kind_of(Report), report))
    report.number = numbers.give(work, PREFIX)
    return report


def edit(work: UnitOfWork, report_id: RecordId, changes: Mapping[str, Any]) -> ChangeSet:
    """Correct or complete a report; its state moves only through ``act``.

    Raises:
        InvalidError, RefusedError: as the fields and the state demand.
    """
    work.require("report.edit")
    report = work.get(Report, report_id)
    work.change(report, changes)
    if "due_rule" in changes and report.due_rule is None:  # without a limit of its own it has the table's
        report.due_rule = due_rules.default_for(wire_body(kind_of(Report), report))
    return work.commit()


def act(
    work: UnitOfWork, report_id: RecordId, action: str, step: Mapping[str, Any], reason: str | None = None
) -> ChangeSet:
    """Take the next step of the closed loop and write it down: who, when, where, what, with which evidence.

    ``step`` holds fields of a step (note, place, contact_phone, contact_at, contact_result, answer, handler_unit);
    ``transfer`` takes ``to``, the code of another place; ``refer`` takes ``referred_to`` and ``referred_target``;
    ``dispatch`` and ``joint`` take ``assist_units``. A call that nobody answered is written down and the report stays
    where it is, until the third at another time (B2.4).

    Raises:
        RefusedError: the state, the rights, or something the step needs (named) stand against it.
        InvalidError: a field of the step cannot be taken.
    """
    if action in CLAIM_ACTIONS:
        return _about_claim(work, report_id, action, step, reason)
    if action in calls.MARKS:
        return calls.mark(work, report_id, action, step)
    if action == transfer.ACTION:
        return transfer.transfer(work, report_id, step, reason)
    if action in joint.ACTIONS:
        return joint.act(work, report_id, action, step)
    if action == REASSIGN:
        return reassign.act(work, report_id, step, reason)
    if action in BY_REQUEST:
        raise RefusedError(BY_REQUEST[action])
    report = work.get(Report, report_id)
    _check_answer(action, step)
    if action == refusals.ACTION:
        return refusals.act(work, report_id, step)
    if action == "inform" and one_more_try(work, report, step):
        work.require("report.feedback")
        write(work, report, "note", step)
        return work.commit()
    _take(work, report, action, step, reason)
    return work.commit()


def undo(work: UnitOfWork, report_id: RecordId, was: Mapping[str, Any], reason: str = UNDONE) -> ChangeSet:
    """Take one's own last step back at once (撤销); ``was`` are the fields that it wrote, as they were before.

    Raises:
        RefusedError: it is not one's own, something was done since, ten minutes are over, or it has no such way back.
    """
    report = work.get(Report, report_id)
    with work.together():
        _take(work, report, UNDO, {}, reason)
        if was:
            work.change(report, was)
    return work.commit()


def _take(work: UnitOfWork, report: Report, action: str, given: Mapping[str, Any], reason: str | None) -> None:
    """Move a report along its table, and write down what was done."""
    said, turn = dict(given), report.round or 1
    unit = said.get("handler_unit")
    values = {"handler_unit": unit} if unit and unit != report.handler_unit else None
    told = {name: said[name] for name in taken(action, said)}
    put(work, report, {name: said.pop(name) for name in told})
    if action == "dispatch" and report.due_rule is None:  # registered by a program that knew no limits
        report.due_rule = due_rules.default_for(wire_body(kind_of(Report), report))
    source, target = work.step(report, action, values=values, evidence=_evidence(said), reason=reason)
    arrow = TRANSITIONS.named(action, source, target)
    if arrow is not None and arrow.needs.bytes and not are_at_hand(work.session, report.id):
        raise RefusedError(NOT_AT_HAND)
    _outcome(report, action, said)
    write(work, report, action, said, (source, target), reason, turn=turn, referred_to=told.get("referred_to"))


def claim(work: UnitOfWork, report_id: RecordId, note: str | None = None) -> ChangeSet:
    """Ask to handle a report (认领): an intent until the centre has confirmed it, first come first served (B3.4).

    A note goes along; where somebody else was first it is kept as supplementary.

    Raises:
        RefusedError: no right, closed or void, held by somebody, or asked for already.
    """
    work.require("report.claim")
    report = work.get(Report, report_id)
    if report.state not in OPEN:
        raise RefusedError(N_("这件事件已经办结，不用再认领"))
    claims.ask(work, report)
    _say(work, report, CLAIM, note, None)
    return work.commit()


def release(work: UnitOfWork, report_id: RecordId, reason: str | None = None) -> ChangeSet:
    """Give a report back that one handles, or take back what one asked for.

    Raises:
        RefusedError: it is not one's own.
    """
    work.require("report.claim")
    report = work.get(Report, report_id)
    claims.give_back(work, report, reason)
    _say(work, report, RELEASE, None, reason)
    return work.commit()


def take_over(
    work: UnitOfWork, report_id: RecordId, reason: str | None, account: RecordId | None = None
) -> ChangeSet:
    """Take a report from who claimed it and give it to somebody, oneself by default; both are told (``claim_news``).

    Raises:
        RefusedError: no right, no reason, or nothing changes.
        NotFoundError: there is no such account.
    """
    report = work.get(Report, report_id)
    if account is not None and work.get(Account, account).disabled:
        raise RefusedError(N_("这个账号已停用"))
    claims.give_to(work, report, "report.assign", account, reason)
    _say(work, report, TAKE_OVER, None, reason)
    return work.commit()


def take_over_back(
    work: UnitOfWork, report_id: RecordId, account: RecordId, was: RecordId | None, reason: str
) -> ChangeSet:
    """Take back that a report was given to ``account``: whoever held it before holds it again, or nobody.

    Raises:
        RefusedError: no right, or it is not, and will not be, that account's any more.
    """
    report = work.get(Report, report_id)
    claims.take_back(work, report, "report.assign", account, was, reason)
    _say(work, report, TAKE_OVER if was else RELEASE, None, reason)
    return work.commit()


def _say(work: UnitOfWork, report: Report, action: str, note: str | None, reason: str | None) -> None:
    words = {"report_id": report.id, "action": action, "note": note or None, "reason": reason or None}
    work.create(Step, {name: said for name, said in words.items() if said}, scope=report.scope)


def _about_claim(
    work: UnitOfWork, report_id: RecordId, action: str, given: Mapping[str, Any], reason: str | None
) -> ChangeSet:
    unknown = sorted(set(given) - ({"note"} if action == CLAIM else {"claimed_by"} if action == TAKE_OVER else set()))
    if unknown:
        raise InvalidError.one(unknown[0], N_("没有这个字段"))
    if action == CLAIM:
        return claim(work, report_id, given.get("note"))
    if action == RELEASE:
        return release(work, report_id, reason)
    return take_over(work, report_id, reason, given.get("claimed_by"))


def _evidence(step: Mapping[str, Any]) -> set[str]:
    given = {name for name in STEP_FIELDS if step.get(name)}
    if step.get("contact_result") and (step.get("contact_at") or step.get("contact_result") == "notice-posted"):
        given.add("contact")
    return given


def _check_answer(action: str, step: Mapping[str, Any]) -> None:
    answer = step.get("answer")
    if action == "evaluate" and answer == "unsatisfied":
        raise RefusedError(N_("居民不满意，要退回重办，不能办结"))
    if action == "redo" and answer and answer != "unsatisfied":
        raise RefusedError(N_("只有居民不满意才退回重办"))
    if answer and action not in ("evaluate", "redo"):
        raise RefusedError(N_("只有评价时才能记录居民的答复"))
    if answer and answer not in EVALUATIONS:
        raise InvalidError.one("answer", N_("只能是：{choices}"), choices="、".join(EVALUATIONS))


def _outcome(report: Report, action: str, step: Mapping[str, Any]) -> None:
    """Write what only an action may write; an evaluation only out of a citizen's answer."""
    if action == "evaluate":
        report.evaluation = step["answer"]
    if action in ("close-unrated", "close-self"):
        report.evaluation = UNRATED
    if action == "redo":
        report.round = (report.round or 1) + 1
        report.evaluation = None
    if action in ("redo", "return"):
        report.closing = None
    if action == "unfounded":
        report.closing = "unfounded"
    if action in ("finish", "close-self"):
        report.closing = "done"
    if action == "resume":
        report.suspended_from = report.suspended_until = None
    if action == "take-back":
        report.referred_to = report.referred_target = None


def note(work: UnitOfWork, fields: Mapping[str, Any]) -> ChangeSet:
    """Write a note on a report without moving it on.

    Raises:
        InvalidError: there is nothing in it, or a field cannot be taken.
    """
    add_note(work, fields)
    return work.commit()


def add_note(work: UnitOfWork, fields: Mapping[str, Any]) -> Step:
    """Make a note inside a transaction that goes on."""
    work.require("report.note")
    unknown = set(fields) - set(STEP_FIELDS) - {"report_id", "action"}
    if unknown or fields.get("action", "note") != "note" or fields.get("answer"):
        raise InvalidError.one("action", N_("只能直接添加备注；办理动作请用办理命令"))
    report = work.get(Report, str(fields.get("report_id", "")))
    if report.state == ARCHIVED:
        raise RefusedError(N_("这件事件已经归档，不能再添加"))
    if not any(fields.get(name) for name in STEP_FIELDS):
        raise InvalidError.one("note", N_("必填"))
    return write(work, report, "note", {n: v for n, v in fields.items() if n in STEP_FIELDS})


def void(work: UnitOfWork, report_id: RecordId, reason: str) -> ChangeSet:
    """Declare a report void that was registered by mistake; it stays readable and can be taken back.

    Raises:
        RefusedError: somebody has begun with it: then it takes an application that another person approves.
    """
    work.require("report.close")
    report = work.get(Report, report_id)
    if report.state != REGISTERED:
        raise RefusedError(WORDS["void-by-request"])
    work.void(report, reason)
    return work.commit()


def unvoid(work: UnitOfWork, report_id: RecordId, reason: str) -> ChangeSet:
    """Take a report back that was declared void."""
    work.require("report.close")
    work.unvoid(work.get(Report, report_id), reason)
    return work.commit()
