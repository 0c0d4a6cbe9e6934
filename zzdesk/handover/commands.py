"""What people do with hand-over orders: one function each, one transaction each.

Which report an order is of, and what hangs together with that, is put together by ``zzdesk.desk.handing``: work subjects
do not know each other.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from zzdesk.clock import RecordId
from zzdesk.documents import numbers
from zzdesk.errors import InvalidError, RefusedError
from zzdesk.handover import workflow as flow
from zzdesk.handover.models import HandoverEcho, HandoverOrder
from zzdesk.handover.partners import partner
from zzdesk.i18n import N_
from zzdesk.ops.capture import wire_body
from zzdesk.store.base import kind_of
from zzdesk.store.unit import ChangeSet, UnitOfWork
from zzdesk.workflow import Values

PREFIX: Final = "ZB"
GIVEN: Final = frozenset({"report_id", "partner", "reason", *flow.CALL_FIELDS})
"""What a person says who hands a report over."""
_RECEIPT: Final = frozenset({"receipt_number", "receipt_at", "external_ref"})
_STATUS: Final = {
    flow.BEGIN: "working", flow.REOPEN: "working", flow.FINISH: "done", flow.RETURN: "returned", flow.WITHDRAW: "withdrawn",
}  # fmt: skip


@dataclass(frozen=True)
class Matter:
    """The report that is handed over and every report of the same matter, itself among them, as the wire carries them."""

    report_id: RecordId
    scope: str
    report: Values
    family: Mapping[RecordId, Values]


def add(work: UnitOfWork, fields: Mapping[str, Any], matter: Matter) -> HandoverOrder:
    """Hand a report over to a partner inside a transaction that goes on; who gets it and which fields go is written down.

    Raises:
        RefusedError: no right; it came from there; it is there already; or, for 110, nobody has called first.
        InvalidError: no such partner, or a field that cannot be taken.
    """
    work.require(flow.SEND)
    unknown = sorted(set(fields) - GIVEN - {"direction"})
    if unknown or fields.get("direction", flow.OUT) != flow.OUT:
        raise InvalidError.one(unknown[0] if unknown else "direction", flow.WORDS["handover-in"])
    found = partner(fields.get("partner"))
    if found is None:
        raise InvalidError.one("partner", flow.WORDS["handover-partner"])
    if not str(fields.get("reason") or "").strip():
        raise InvalidError.one("reason", flow.WORDS["handover-reason"])
    if found.call_first and any(not str(fields.get(name) or "").strip() for name in flow.CALL_FIELDS):
        raise RefusedError(flow.WORDS["call-first"], code="call-first")
    given = {name: value for name, value in fields.items() if name in GIVEN and value not in (None, "")}
    order = work.create(HandoverOrder, given | {"report_id": matter.report_id}, scope=matter.scope)
    order.recipient, order.handed = found.recipient, frozenset(found.handed(matter.report))
    order.number = numbers.give(work, PREFIX)
    code = flow.stands_against(
        wire_body(kind_of(HandoverOrder), order), matter.report, matter.family.values(),
        orders_of(work.session, matter, order.id),
    )  # fmt: skip
    if code is not None:
        raise RefusedError(flow.WORDS[code], code=code)
    work.audit("handover.send", "handover_order", order.id, partner=found.code, fields=sorted(order.handed))
    return order


def orders_of(session: Session, matter: Matter, but: RecordId | None = None) -> dict[RecordId, Values]:
    """Return the orders of everything that is one matter, as the wire carries them, one left out."""
    query = select(HandoverOrder).where(HandoverOrder.report_id.in_(sorted({matter.report_id, *matter.family})))
    return {o.id: wire_body(kind_of(HandoverOrder), o) for o in session.scalars(query) if o.id != but}


def act(
    work: UnitOfWork, order_id: RecordId, action: str, fields: Mapping[str, Any], reason: str | None = None
) -> ChangeSet:
    """Write down by hand how an order goes: deliver (with the receipt), begin, finish, return, withdraw, reopen; answer.

    What the partner said goes along as ``text`` and becomes a line of the order.

    Raises:
        RefusedError: no right, no such step from here, or something that it needs is missing.
        InvalidError: a field cannot be taken.
    """
    order = work.get(HandoverOrder, order_id)
    if action == flow.ANSWER:
        return answer(work, order, fields)
    if action == flow.SETTLE:
        return settle(work, order, fields)
    if order.direction == flow.IN:
        raise RefusedError(flow.WORDS["handover-follows"])
    said = dict(fields)
    text = said.pop("text", None)
    taken = _RECEIPT if action == flow.DELIVER else frozenset[str]()
    unknown = sorted(set(said) - taken)
    if unknown:
        raise InvalidError.one(unknown[0], N_("没有这个字段"))
    if action == flow.DELIVER:
        said.setdefault("receipt_at", work.clock.now())
    work.step(order, action, values=said or None, reason=reason)
    if action == flow.REOPEN:
        order.settled_at = None
    if text or action != flow.DELIVER:
        direction = flow.OUT if action == flow.WITHDRAW else flow.IN
        _line(work, order, _STATUS.get(action, "note"), text or reason, direction)
    return work.commit()


def settle(work: UnitOfWork, order: HandoverOrder, fields: Mapping[str, Any]) -> ChangeSet:
    """Write down that this office did its own part with which the other side is done: ``text`` says how, and may be left out.

    Raises:
        RefusedError: no right, or the other side is not done, or that is written down already.
        InvalidError: a field cannot be taken.
    """
    work.require(flow.NOTE)
    if order.direction != flow.OUT or order.state not in flow.ENDED or order.settled_at is not None:
        raise RefusedError(N_("对方办结或退回的转办件才收尾，一件只收一次"))
    unknown = sorted(set(fields) - {"text"})
    if unknown:
        raise InvalidError.one(unknown[0], N_("没有这个字段"))
    order.settled_at = work.clock.now()
    if str(fields.get("text") or "").strip():
        _line(work, order, "note", fields["text"], flow.OUT)
    return work.commit()


def answer(work: UnitOfWork, order: HandoverOrder, fields: Mapping[str, Any]) -> ChangeSet:
    """Write what is answered to who handed over to us: public_answer, out_of_duty, request_type (B2.5).

    Raises:
        RefusedError: it is no inbound order, or out of duty without a type of application and an answer.
    """
    work.require(flow.NOTE)
    if order.direction != flow.IN:
        raise RefusedError(N_("只有来件才写答复"))
    unknown = sorted(set(fields) - set(flow.ANSWER_FIELDS))
    if unknown:
        raise InvalidError.one(unknown[0], N_("没有这个字段"))
    work.change(order, fields)
    code = flow.answered(wire_body(kind_of(HandoverOrder), order))
    if code is not None:
        raise RefusedError(flow.WORDS[code], code=code)
    return work.commit()


def note(work: UnitOfWork, fields: Mapping[str, Any]) -> HandoverEcho:
    """Write down what a partner said by telephone or letter, inside a transaction that goes on; nothing moves by it.

    Raises:
        InvalidError: there is no text. RefusedError: no right.
    """
    work.require(flow.NOTE)
    order = work.get(HandoverOrder, str(fields.get("handover_order_id") or ""))
    unknown = sorted(set(fields) - {"handover_order_id", "text", "happened_at", "direction", "status"})
    if unknown or fields.get("status", "note") != "note":
        raise InvalidError.one(unknown[0] if unknown else "status", N_("没有这个字段"))
    if not str(fields.get("text") or "").strip():
        raise InvalidError.one("text", N_("必填"))
    return _line(work, order, "note", fields["text"], fields.get("direction", "in"), fields.get("happened_at"))


def _line(
    work: UnitOfWork, order: HandoverOrder, status: str, text: str | None, direction: str = "in", at: Any = None
) -> HandoverEcho:
    said = {"handover_order_id": order.id, "status": status, "direction": direction, "text": text, "happened_at": at}
    return work.create(HandoverEcho, {n: v for n, v in said.items() if v is not None}, scope=order.scope)
