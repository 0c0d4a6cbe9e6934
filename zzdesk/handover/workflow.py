"""A hand-over order (转办件): its states, and what stands against one (domain rules B2.3 to B2.5, A04, F22). Pure.

Outbound: 待发 → 已送达 → 对方办理中 → 对方已办结, or 退回, or 撤回. Inbound orders are made by the centre out of what a partner
sent; they follow the state of the report that they became. What a partner says is a line of the order (``ECHO``); nothing of
it is ever taken for what a citizen thinks of the outcome.

Desk and centre ask the same rules: ``GUARD`` about an order itself, :func:`stands_against` about the report that it is of and
about everything linked with that.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any, Final

from zzdesk.clock import from_iso
from zzdesk.handover.partners import POLICE, Partner, partner, shipped
from zzdesk.i18n import N_
from zzdesk.workflow import Deed, Guard, Needs, TransitionTable, Values

OUT: Final = "out"
IN: Final = "in"
DIRECTIONS: Final = (OUT, IN)

WAITING: Final = "waiting"
DELIVERED: Final = "delivered"
WORKING: Final = "working"
DONE: Final = "done"
RETURNED: Final = "returned"
WITHDRAWN: Final = "withdrawn"
STATES: Final = (WAITING, DELIVERED, WORKING, DONE, RETURNED, WITHDRAWN)
OPEN: Final = frozenset({WAITING, DELIVERED, WORKING})
"""States in which the other side still has to do something; of one report and partner there is one such order."""
ENDED: Final = frozenset({DONE, RETURNED})
"""States in which the other side is done: the next one to do something is this office."""

NO_LINE: Final = "no-line"
PAUSED: Final = "paused"
FAILING: Final = "failing"
STOPPED: Final = "stopped"
UNSENT: Final = (NO_LINE, PAUSED, FAILING, STOPPED)
"""Why the centre could not send an order that waits: nobody connected the partner, the operator paused it, it keeps
failing, or the partner does not take it."""

SEND: Final = "handover.send"
NOTE: Final = "handover.note"

DELIVER: Final = "deliver"
BEGIN: Final = "begin"
FINISH: Final = "finish"
RETURN: Final = "return"
WITHDRAW: Final = "withdraw"
REOPEN: Final = "reopen"
ANSWER: Final = "answer"
"""What is answered to who handed over to us; it moves no state."""
ADD_FILES: Final = "add-files"
"""Files that were added to the report later follow the order; it moves no state."""
SETTLE: Final = "settle"
"""Our own end of an order with which the other side is done: the resident was told, or the matter is ours again. It moves
no state."""

TRANSITIONS: Final = TransitionTable(
    (DELIVER, WAITING, DELIVERED, Needs(NOTE, fields=("receipt_number",))),
    *((BEGIN, state, WORKING, Needs(NOTE)) for state in (WAITING, DELIVERED)),
    *((FINISH, state, DONE, Needs(NOTE)) for state in (WAITING, DELIVERED, WORKING)),
    *((RETURN, state, RETURNED, Needs(NOTE, reason=True)) for state in (WAITING, DELIVERED, WORKING)),
    *((WITHDRAW, state, WITHDRAWN, Needs(SEND, reason=True)) for state in (WAITING, DELIVERED, WORKING)),
    (REOPEN, DONE, WORKING, Needs(NOTE)),
    (REOPEN, RETURNED, WORKING, Needs(NOTE)),
)  # fmt: skip

STATUSES: Final = ("accepted", "working", "done", "returned", "out-of-duty", "withdrawn", "urged", "changed", "note")
"""What one side tells the other about an order: 受理, 办理中, 办结, 退回, 超职责, 撤回, 催办, 内容更正, 留言."""
MOVES: Final[dict[str, tuple[str, str]]] = {
    "accepted": (BEGIN, WORKING), "working": (BEGIN, WORKING), "done": (FINISH, DONE), "returned": (RETURN, RETURNED),
    "out-of-duty": (RETURN, RETURNED),
}  # fmt: skip
"""What a partner's word makes of an outbound order: by which action, to which state."""

CALL_FIELDS: Final = ("called_at", "called_by", "call_taker", "call_outcome")
"""Who called, when, who took the call, and what was said: all of it before an order for 110 is saved."""
SOON: Final = timedelta(minutes=5)
ANSWER_FIELDS: Final = ("public_answer", "out_of_duty", "request_type")

WORDS: Final[dict[str, str]] = {
    "call-first": N_("先拨110：先打电话报警，记下谁、什么时候打的，谁接的警，怎么说的，再转。110 的转办件不能不声不响地排队"),
    "call-later": N_("打电话的时间不能晚于现在"),
    "handover-loop": N_("这件事就是从对方来的，或者与从对方来的事件是同一件，不能再转回去"),
    "handover-chain": N_("这件事是从对方辗转转来的（来源编号里有对方），不能再转回去"),
    "handover-open": N_("已经转给过这个对方，还没有办结；要重转，先撤回"),
    "handover-partner": N_("没有这个转办对方，请从名单里选一个"),
    "handover-fields": N_("转办件只能交出名单里写的字段；姓名保密、匿名的反映人一律不交"),
    "handover-reason": N_("转办要写明理由"),
    "handover-in": N_("来件由中心登记，工作站不能自己造"),
    "handover-follows": N_("来件的状态跟着事件走，不能单独改"),
    "handover-receipt": N_("记送达要有对方的回执编号"),
    "handover-answer": N_("“超职责诉求”要写明申请类型和公开答复内容"),
    "handover-void": N_("转办件不能作废，请撤回"),
    "handover-author": N_("转办和留言只能以自己的名义"),
    "handover-unsent": N_("送没送到对方、从哪里辗转来的、文件怎样了，由中心来写"),
}
"""Every code with its sentence; the centre sends the code, the desk says the sentence."""


def hurries(order: Values) -> bool:
    """Say whether an order travels in front of everything else: somebody has called the police, and waits."""
    found = partner(order.get("partner"))
    return found.call_first if found is not None else order.get("partner") == POLICE


# ---- an order by itself ---------------------------------------------------------------------------------------------


def ask(deed: Deed) -> str | None:
    """Return the code of what stands against a deed, None where nothing does."""
    if any(line.body.get("created_by") != deed.actor for line in deed.made("handover_echo")):
        return "handover-author"
    if deed.void:
        return "handover-void"
    return _born(deed) if deed.before is None else _changed(deed, deed.before)


def _born(deed: Deed) -> str | None:
    order = deed.after
    found = partner(order.get("partner"))
    if order.get("direction") != OUT or order.get("external_ref") or not GUARD.begins(order):
        return "handover-in"
    if found is None:
        return "handover-partner"
    if order.get("created_by") != deed.actor:
        return "handover-author"
    if not str(order.get("reason") or "").strip():
        return "handover-reason"
    return _called(found, order, deed.at)


def _called(found: Partner, order: Values, at: str) -> str | None:
    """110 (B2.5): nobody writes first. The moment of the call is one before the order was made, by the clock of the desk."""
    if not found.call_first:
        return None
    if any(not str(order.get(name) or "").strip() for name in CALL_FIELDS):
        return "call-first"
    made = str(order.get("created_at") or at)
    return "call-later" if from_iso(str(order["called_at"])) > from_iso(made) + SOON else None


_THEIRS: Final = frozenset({"state", "external_ref", "receipt_number", "receipt_at"})
"""What of an inbound order is the partner's to say: by its number others' words find it."""


_CENTRES: Final = frozenset({"unsent", "origins", "files_state"})
"""What only the centre knows."""


def _changed(deed: Deed, before: Values) -> str | None:
    if before.get("direction") == IN and not _THEIRS.isdisjoint(deed.edits):
        return "handover-follows"
    if not _CENTRES.isdisjoint(deed.edits):
        return "handover-unsent"
    if deed.after.get("state") == DELIVERED != before.get("state") and not deed.after.get("receipt_number"):
        return "handover-receipt"
    return answered(deed.after)


def answered(order: Values) -> str | None:
    """Return what is missing of an answer to who handed over to us (B2.5: 超职责诉求 needs 申请类型)."""
    wants = order.get("out_of_duty") and not (order.get("request_type") and order.get("public_answer"))
    return "handover-answer" if wants else None


GUARD: Final = Guard(
    ask, WORDS, ("handover_echo",), _THEIRS | _CENTRES | frozenset(ANSWER_FIELDS), WAITING,
    frozenset({"external_ref", "receipt_number", "receipt_at", "settled_at", *_CENTRES, *ANSWER_FIELDS}), always=True,
    hurries=hurries,
)  # fmt: skip


# ---- an order and what it is about ----------------------------------------------------------------------------------


def came_from(reports: Iterable[Values], orders: Iterable[Values]) -> frozenset[str]:
    """Return the partners from which any of these reports came, by what they say and by their inbound orders."""
    said = [report.get(name) for report in reports for name in ("source", "external_system")]
    inbound = frozenset(str(order.get("partner")) for order in orders if order.get("direction") == IN)
    return inbound | {each.code for each in shipped().values() if any(each.is_named(text) for text in said if text)}


def origin(code: str, number: str) -> str:
    """Return a place where a matter was, as orders carry it: whose, and its number there."""
    return f"{code}:{number}"


def passed_through(orders: Iterable[Values]) -> frozenset[str]:
    """Return the partners through whose hands the matter of these orders went before, by what came along with them."""
    said = [str(each).partition(":")[0] for order in orders for each in order.get("origins") or ()]
    return frozenset(each.code for each in shipped().values() if any(each.is_named(text) for text in said))


def stands_against(order: Values, report: Values, family: Iterable[Values], orders: Mapping[str, Values]) -> str | None:
    """Return what stands against a new outbound order, None where nothing does.

    ``report`` is the report that it hands over, ``family`` every report of the same matter, that one among them, and
    ``orders`` are the orders of all of these by id, without the new one; each as the wire carries it.
    """
    code = order.get("partner")
    found = partner(code)
    if found is None:
        return "handover-partner"
    if code in came_from(family, orders.values()):
        return "handover-loop"
    if code in passed_through(orders.values()):
        return "handover-chain"
    if set(order.get("handed") or ()) - set(found.handed(report)):
        return "handover-fields"
    same = (o for o in orders.values() if o.get("report_id") == order.get("report_id") and o.get("partner") == code)
    is_open = any(o.get("direction") == OUT and o.get("state") in OPEN and not o.get("voided") for o in same)
    return "handover-open" if is_open else None


def next_actions(order: Mapping[str, Any]) -> tuple[str, ...]:
    """Return what can be done with an order by hand, the usual next step first."""
    if order.get("direction") == IN:
        return (ANSWER,)
    if order.get("state") in ENDED and not order.get("settled_at"):
        return (SETTLE, REOPEN)
    return tuple(dict.fromkeys(arrow.action for arrow in TRANSITIONS.leaving(str(order.get("state")))))
