"""Handing a report over to 12345, 110 or a platform of the city: reports and hand-over orders meet here (A04, F22).

Subjects do not know each other; this room knows both and does what a person means in one transaction.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from sqlalchemy import select, text
from sqlalchemy.orm import Session, aliased

from zzdesk.clock import RecordId
from zzdesk.desk.overview import HANDED as ORDER
from zzdesk.desk.overview import UNSENT, Entry
from zzdesk.errors import InvalidError, NotFoundError, RefusedError
from zzdesk.evidence.models import Attachment
from zzdesk.handover import commands as handover
from zzdesk.handover import files
from zzdesk.handover import workflow as flow
from zzdesk.handover.commands import Matter
from zzdesk.handover.files import Offered
from zzdesk.handover.models import UNSETTLED, HandoverOrder
from zzdesk.handover.partners import OF_REPORTER, POLICE, Partner, partner, shipped
from zzdesk.handover.queries import OrderRow, of_report
from zzdesk.i18n import N_, translate
from zzdesk.mediation import reasons
from zzdesk.mediation.models import Case, Dispute
from zzdesk.mediation.papers import level_of
from zzdesk.mediation.team import get_case, require_team
from zzdesk.ops.capture import wire_body
from zzdesk.people.detect import hide_personal
from zzdesk.people.masks import mask, mask_body
from zzdesk.people.models import Person
from zzdesk.reports import commands as reports
from zzdesk.reports import links, queries
from zzdesk.reports.models import Report
from zzdesk.reports.workflow import OPEN, REFERRALS, REFERRED
from zzdesk.store.base import kind_of
from zzdesk.store.unit import ChangeSet, Reader, UnitOfWork

REFER: Final = "refer"
"""The switch of a hand-over: whether this office ends its own part with it (转出)."""
TAKE_BACK: Final = "take-back"
WITH_FILES: Final = "with_files"
"""The switch of a hand-over: no photos and files go along where it is off."""
FILES: Final = "files"
"""Which attachments go along: their ids, as a list or a text with commas; left out: the photos of the matter alone."""
CAME_BACK: Final = N_("对方退回了转办件")
NOTED_IN_ERROR: Final = N_("报警登记有误，已撤回（见卷宗）")
FOLLOWED: Final = 8
"""How many orders the first page names that somebody has to follow."""
_LOOKED_AT: Final = 400
"""Orders with which the other side is done, of each state, that are looked at for that: the newest."""
THREAT: Final = "threat"
"""扬言动手 among the signs of escalation."""
RED: Final = 3
"""How far a dispute has escalated when somebody threatens violence: the highest of three."""
URGENT: Final = "high"
_OURS: Final = frozenset({*OPEN, REFERRED})


@dataclass(frozen=True)
class Choice:
    """One partner as the form offers it; ``why_not`` is the reason why this report cannot go there, as a message id."""

    code: str
    name: str
    recipient: str
    placeholder: bool
    call_first: bool
    handed: tuple[tuple[str, str], ...]
    """The fields that it would get, each with its value as the form shows it: masked."""
    why_not: str | None
    files: tuple[Offered, ...] = ()
    """The photos and files of the report that may go along, the oldest first."""
    kept: int = 0
    """How many would not: papers of identity, recordings, evidence and the like."""


def hand_over(work: UnitOfWork, fields: Mapping[str, Any]) -> ChangeSet:
    """Hand a report over; with ``refer`` this office ends its own part with it (已转出).

    Raises:
        InvalidError, RefusedError: as the order and the report's step do; nothing is written then.
    """
    given = dict(fields)
    refer = bool(given.pop(REFER, False))
    order = make(work, given)
    if refer:
        target = order.partner if order.partner in REFERRALS else "other"
        step = {"referred_to": target, "referred_target": order.recipient}
        called = {"contact_at": order.called_at} if order.called_at else {}
        with work.together():
            reports.act(work, order.report_id, REFER, step | called, order.reason)
    return work.commit()


def make(work: UnitOfWork, fields: Mapping[str, Any]) -> HandoverOrder:
    """Make an order inside a transaction that goes on.

    Raises:
        NotFoundError: the report is not on this desk. RefusedError: it is void or has ended; else as ``handover.add``.
    """
    report = work.get(Report, str(fields.get("report_id") or ""))
    work.session.flush()
    if report.voided or report.state not in _OURS:
        raise RefusedError(N_("这件事件已经结束或作废，不能再转办"))
    given = dict(fields)
    with_files, ticked = given.pop(WITH_FILES, True), _ticked(given.pop(FILES, None))
    order = handover.add(work, given, matter_of(work.session, report))
    found = partner(order.partner)
    if found is not None and with_files not in (False, "false", "0", None):
        _enclose(work, order, report, found, ticked)
    if found is not None and found.call_first and report.urgency != URGENT and report.state in OPEN and work.may("report.edit"):
        work.change(report, {"urgency": URGENT})  # it stands on top of the work of everybody who has it
    return order


def act(
    work: UnitOfWork, order_id: RecordId, action: str, fields: Mapping[str, Any], reason: str | None = None
) -> ChangeSet:
    """Do what ``handover.act`` does; who settles an order that came back takes the matter back, too, where it was let go.

    Raises:
        InvalidError, RefusedError: as the order and the report's step do; nothing is written then.
    """
    order = work.get(HandoverOrder, order_id)
    report = work.session.get(Report, order.report_id)
    if action == flow.ADD_FILES:
        return add_files(work, order, fields)
    if action != flow.SETTLE or order.state != flow.RETURNED or report is None or report.state != REFERRED:
        return handover.act(work, order_id, action, fields, reason)
    with work.together():
        handover.act(work, order_id, action, fields, reason)
        reports.act(work, report.id, TAKE_BACK, {}, reason or str(fields.get("text") or "") or translate(CAME_BACK, "zh"))
    return work.commit()


def add_files(work: UnitOfWork, order: HandoverOrder, fields: Mapping[str, Any]) -> ChangeSet:
    """Let files follow an order that were added to its report since: those of ``files``, else the photos of the matter.

    Raises:
        RefusedError: no right, the other side is done, or there are none. InvalidError: a field cannot be taken.
    """
    work.require(flow.SEND)
    if unknown := sorted(set(fields) - {FILES}):
        raise InvalidError.one(unknown[0], N_("没有这个字段"))
    found, report = partner(order.partner), work.get(Report, order.report_id)
    if order.direction != flow.OUT or order.state not in flow.OPEN or found is None:
        raise RefusedError(N_("对方还在办理的转办件才补交文件"))
    if not _enclose(work, order, report, found, _ticked(fields.get(FILES))):
        raise RefusedError(N_("没有可以补交的文件：都交过了、没有勾选，或者不能交给这个对方"))
    return work.commit()


def _ticked(given: Any) -> frozenset[RecordId] | None:
    """Return the files that a person chose; None where nobody was asked."""
    if given is None:
        return None
    return frozenset(each.strip() for each in (given.split(",") if isinstance(given, str) else given) if each.strip())


def _enclose(
    work: UnitOfWork, order: HandoverOrder, report: Report, found: Partner, ticked: frozenset[RecordId] | None
) -> bool:
    """Name the files that go with an order, and say in the audit which; whether there are any that it had not named.

    Raises:
        InvalidError: one that was chosen may not go there.
    """
    named = frozenset(order.files or ())
    offered = files_for(work.session, report, found)[0]
    if ticked is not None and ticked - {each.id for each in offered}:
        raise InvalidError.one(FILES, N_("有一个附件不能交给这个对方，或者不是这件事件的"))
    wanted = {each.id for each in offered if (each.ticked if ticked is None else each.id in ticked)}
    new = sorted(wanted - named)[: files.MOST - len(named)]
    if new:
        order.files = named | set(new)
        work.audit("handover.files", "handover_order", order.id, partner=found.code, files=new)
    return bool(new)


def files_for(session: Session, report: Report, found: Partner) -> tuple[tuple[Offered, ...], int]:
    """Return the attachments of a report that a partner may have, and how many others there are that it may not."""
    mine = select(Attachment).where(Attachment.record_id == report.id, Attachment.voided.is_not(True))
    body, kind, goes, kept = wire_body(kind_of(Report), report), kind_of(Attachment), list[Offered](), 0
    for each in session.scalars(mine.order_by(Attachment.created_at, Attachment.id)):
        wire = wire_body(kind, each)
        if files.against(wire, report.id, body, found, near=each.scope == report.scope) is None:
            name, ticked = mask("file", each.name), files.goes_unasked(wire)
            goes.append(Offered(each.id, name, each.purpose, each.size, each.created_at, ticked))
        else:
            kept += 1
    return tuple(goes), kept


def act_report(
    work: UnitOfWork, report_id: RecordId, action: str, fields: Mapping[str, Any], reason: str | None = None
) -> ChangeSet:
    """Take a step with a report as the window does: what ends at 110, or comes back from a partner, is about an order, too.

    Who refers a report to 110 says of the call what an order for 110 says, and makes that order; where one is on its way,
    only this office's own part ends. Who takes a report back settles the order that its partner sent back.

    Raises:
        RefusedError: nobody has called first, and what of the call is missing; else as the order and the report's step do.
        InvalidError: a field cannot be taken.
    """
    if action == REFER and fields.get("referred_to") == POLICE:
        return _refer_to_police(work, report_id, fields, reason)
    if action == TAKE_BACK and (order := _sent_back(work.session, report_id)) is not None:
        with work.together():
            reports.act(work, report_id, action, fields, reason)
            handover.settle(work, order, {"text": fields.get("note") or reason})
        return work.commit()
    return reports.act(work, report_id, action, fields, reason)


def _refer_to_police(work: UnitOfWork, report_id: RecordId, fields: Mapping[str, Any], reason: str | None) -> ChangeSet:
    call = {name: fields[name] for name in flow.CALL_FIELDS if str(fields.get(name) or "").strip()}
    step = {name: value for name, value in fields.items() if name not in flow.CALL_FIELDS}
    if step.get("contact_at"):  # the step's own word for the same moment
        call.setdefault("called_at", step["contact_at"])
    sent = _open_order(work.session, report_id, POLICE)
    if sent is not None and sent.called_at is not None:
        return reports.act(work, report_id, REFER, {"contact_at": sent.called_at} | step, reason)
    missing = [name for name in flow.CALL_FIELDS if name not in call]
    if missing:
        raise RefusedError(
            N_("转 110 要先打电话报警，不能只在系统里转：请写明 {missing}（谁、什么时候打的，谁接的警，怎么说的）"),
            code="call-first", missing="、".join(missing),
        )  # fmt: skip
    with work.together():
        make(work, call | {"report_id": report_id, "partner": POLICE, "reason": reason or step.get("note")})
        reports.act(work, report_id, REFER, step | {"contact_at": call["called_at"]}, reason)
    return work.commit()


def _open_order(session: Session, report_id: RecordId, code: str) -> HandoverOrder | None:
    """Return the order by which a report is at a partner that is not done with it."""
    mine = (HandoverOrder.report_id == report_id, HandoverOrder.partner == code, HandoverOrder.direction == flow.OUT)
    query = select(HandoverOrder).where(*mine, HandoverOrder.state.in_(flow.OPEN), HandoverOrder.voided.is_not(True))
    return session.scalar(query)


def _sent_back(session: Session, report_id: RecordId) -> HandoverOrder | None:
    """Return the order of a report that its partner sent back and nobody has dealt with, the oldest."""
    mine = (HandoverOrder.report_id == report_id, HandoverOrder.state == flow.RETURNED, HandoverOrder.direction == flow.OUT)
    query = select(HandoverOrder).where(*mine, HandoverOrder.settled_at.is_(None), HandoverOrder.voided.is_not(True))
    return session.scalar(query.order_by(HandoverOrder.created_at, HandoverOrder.id).limit(1))


def escalate(work: UnitOfWork, case_id: RecordId, call: Mapping[str, Any]) -> ChangeSet:
    """Report to the police that somebody in a dispute threatens violence (PML article 25), also where mediation has ended.

    ``call`` holds the call to 110 and the reason. What goes is an urgent report without a word about the parties, and an
    order for the police that travels in front of everything else. 扬言动手 is ticked in the file, which a refusal has locked for
    all else.

    Raises:
        RefusedError: not of the case's team, nobody has called first, or it is with the police already.
    """
    case = get_case(work.session, case_id)
    require_team(work, case)
    report = _report_of(work, case)
    order = make(work, dict(call) | {"report_id": report.id, "partner": POLICE})
    _tick_threat(work, case, on=True)
    work.change(case, {"escalation": RED, "police_called_at": order.called_at, "report_id": report.id})
    work.audit("case.escalate", "case", case.id)
    return work.commit()


def _tick_threat(work: UnitOfWork, case: Case, *, on: bool) -> None:
    """Tick 扬言动手 among the signs of escalation in the file of a case, or take it away."""
    query = select(Dispute).where(Dispute.case_id == case.id, Dispute.voided.is_not(True)).order_by(Dispute.id)
    dispute = work.session.scalars(query.limit(1)).first()
    if dispute is not None and (THREAT in (dispute.signs or ())) != on:
        work.change(dispute, {"signs": sorted((dispute.signs or frozenset()) ^ {THREAT}) or None})


def take_back_call(work: UnitOfWork, case_id: RecordId, reason: str) -> ChangeSet:
    """Take back that 110 was called for a case: it was noted in error. The police may not read its file any more.

    Their copy goes at their next synchronisation; an order to them that is still open is withdrawn. Why stands in the file of
    the case alone. The report stays: what it says is its own matter.

    Raises:
        RefusedError: not of the case's team, no reason, or no call is noted.
    """
    work.require("case.mediate")
    case = get_case(work.session, case_id)
    require_team(work, case)
    if case.police_called_at is None:
        raise RefusedError(N_("这件纠纷没有登记过报警"))
    if not reason.strip():
        raise RefusedError(N_("请写明为什么撤回报警登记"))
    with work.together():
        for order in _with_the_police(work.session, case.report_id):
            handover.act(work, order.id, flow.WITHDRAW, {}, translate(NOTED_IN_ERROR, "zh"))
        reasons.note_call_taken_back(work, case, reason)
        _tick_threat(work, case, on=False)
    work.change(case, {"police_called_at": None, "escalation": level_of(work, case)})
    work.audit("case.call_taken_back", "case", case.id)
    return work.commit()


def _with_the_police(session: Session, report_id: str | None) -> list[HandoverOrder]:
    mine = (HandoverOrder.report_id == report_id, HandoverOrder.partner == POLICE, HandoverOrder.direction == flow.OUT)
    query = select(HandoverOrder).where(*mine, HandoverOrder.state.in_(flow.OPEN), HandoverOrder.voided.is_not(True))
    return list(session.scalars(query.order_by(HandoverOrder.id))) if report_id else []


def _report_of(work: UnitOfWork, case: Case) -> Report:
    """Return the report of a case while it is open, or a new one that names the case by its number alone."""
    known = work.session.get(Report, case.report_id) if case.report_id else None
    if known is not None and not known.voided and known.state in _OURS:
        return known
    title = f"纠纷有动手的危险（{case.number or case.alias}）"
    made = reports.add(work, {"title": title, "category": "dispute", "source": "other", "urgency": URGENT})
    work.session.flush()
    return made


def matter_of(session: Session, report: Report) -> Matter:
    """Return a report with everything that is linked with it, or said to be the same as it."""
    family = links.matter(session, report.id) | {report.id: report}
    for named in {each.duplicate_of for each in family.values() if each.duplicate_of} - set(family):
        family |= links.matter(session, named)
    kind = kind_of(Report)
    return Matter(report.id, report.scope, wire_body(kind, report), {i: wire_body(kind, r) for i, r in family.items()})


def report_of(read: Reader, record_id: RecordId) -> RecordId:
    """Return the report that a hand-over order, a step and the like belongs to; anything else stands for itself."""
    read.require("record.read")
    order = read.session.get(HandoverOrder, record_id)
    return order.report_id if order is not None else queries.report_of(read, record_id)


def to_follow(read: Reader, limit: int = FOLLOWED) -> tuple[Entry, ...]:
    """Return the orders for which somebody here has to do something, the newest of each kind, for who may note that.

    The state of an entry says what: ``unsent`` (the centre could not send it: call, and note that it is there), ``returned``
    (take the matter back), ``done`` (tell the resident). An order leaves the list when that is noted, or its report ends.
    """
    if not (read.may("record.read") and read.may(flow.NOTE)):
        return ()
    waiting = _followed(read, flow.WAITING, limit, HandoverOrder.unsent.is_not(None))
    return (*waiting, *(each for state in (flow.RETURNED, flow.DONE) for each in _followed(read, state, limit)))[:limit]


def _followed(read: Reader, state: str, limit: int, *more: Any) -> list[Entry]:
    unsettled = (HandoverOrder.state == state, HandoverOrder.voided.is_not(True), text(UNSETTLED))
    newest = select(HandoverOrder).where(*unsettled, *more).order_by(HandoverOrder.created_at.desc(), HandoverOrder.id.desc())
    order = aliased(HandoverOrder, newest.limit(_LOOKED_AT).subquery())
    query = (
        select(order.id, order.partner, order.created_at, Report.title, Report.number, Report.urgency)
        .join(Report, Report.id == order.report_id)
        .where(Report.voided.is_not(True), Report.state.in_(_OURS))
        .order_by(order.created_at.desc(), order.id.desc())
    )
    what = UNSENT if state == flow.WAITING else state
    return [
        Entry(row.id, ORDER, hide_personal(row.title or ""), row.number or "", row.partner, what, row.urgency, row.created_at)
        for row in read.session.execute(query.limit(limit))
    ]


def orders(read: Reader, report_id: RecordId) -> tuple[OrderRow, ...]:
    """Return the orders of a report, the oldest first; one whose report has files that did not go yet can be given them."""
    found, report = of_report(read, report_id), read.session.get(Report, report_id)
    if report is None or not read.may(flow.SEND):
        return found
    return tuple(_with_more(read.session, report, each) for each in found)


def _with_more(session: Session, report: Report, row: OrderRow) -> OrderRow:
    to = partner(row.partner) if row.is_open else None
    more = tuple(each for each in files_for(session, report, to)[0] if each.id not in row.named) if to is not None else ()
    return replace(row, more=more, actions=(flow.ADD_FILES, *row.actions)) if more else row


def choices(read: Reader, report_id: RecordId) -> tuple[Choice, ...]:
    """Return whom a report can be handed over to, who receives it there, and what of it would go along, masked.

    Raises:
        NotFoundError: it is not on this desk.
    """
    read.require(flow.SEND)
    report = read.session.get(Report, report_id)
    if report is None:
        raise NotFoundError(N_("本机没有这条记录：{id}"), id=report_id)
    matter = matter_of(read.session, report)
    orders = handover.orders_of(read.session, matter)
    shown = mask_body(kind_of(Report).fields, matter.report) | _resident(read.session, report)
    return tuple(
        _choice(each, matter, orders, shown, *files_for(read.session, report, each)) for each in shipped().values()
    )


def _choice(
    found: Partner, matter: Matter, orders: Mapping[str, Any], shown: Mapping[str, Any],
    goes: tuple[Offered, ...], kept: int,
) -> Choice:  # fmt: skip
    handed = found.handed(matter.report)
    wanted = {"partner": found.code, "report_id": matter.report_id, "handed": handed}
    code = flow.stands_against(wanted, matter.report, matter.family.values(), orders)
    values = tuple((name, str(shown.get(name, ""))) for name in handed)
    return Choice(
        found.code, found.name, found.recipient, found.placeholder, found.call_first, values,
        flow.WORDS[code] if code else None, goes, kept,
    )  # fmt: skip


def _resident(session: Session, report: Report) -> dict[str, Any]:
    """Return name and number of the resident whom a report names, masked, as far as the report has none of its own."""
    person = session.get(Person, report.reporter_id) if report.reporter_id and not report.name_hidden else None
    if person is None:
        return {}
    body = mask_body(kind_of(Person).fields, wire_body(kind_of(Person), person))
    own = {"reporter_name": report.reporter_name, "reporter_phone": report.reporter_phone}
    said = {"reporter_name": body.get("name"), "reporter_phone": body.get("phone")}
    return {name: said[name] for name in OF_REPORTER if not own[name] and said[name]}
