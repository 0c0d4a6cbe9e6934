"""How far one of our reports is, in the words of a partner that gave it to us (B2.5: 受理, 办理中, 办结, 超职责). Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from zzdesk.handover import workflow as flow
from zzdesk.i18n import N_
from zzdesk.reports import workflow as reports
from zzdesk.reports.refusal_list import reasons

ACCEPTED, WORKING, DONE, RETURNED, OUT_OF_DUTY = "accepted", "working", "done", "returned", "out-of-duty"
NO_ANSWER: Final = N_("还没有公开答复内容：在这件事件的来件上写答复，写了就发出")
NO_TYPE: Final = N_("“超职责诉求”要写明申请类型和公开答复内容")

_STATUS: Final[dict[str, str]] = {
    reports.VERIFYING: ACCEPTED, reports.DISPATCHING: ACCEPTED, reports.HANDLING: WORKING, reports.CHECKING: WORKING,
    reports.FEEDBACK: WORKING, reports.EVALUATING: WORKING, reports.SUSPENDED: WORKING, reports.CLOSED: DONE,
    reports.ARCHIVED: DONE, reports.REFUSED: OUT_OF_DUTY, reports.REFERRED: RETURNED, reports.ABOLISHED: RETURNED,
}  # fmt: skip
STATE_OF: Final[dict[str, str]] = {
    ACCEPTED: flow.WORKING, WORKING: flow.WORKING, DONE: flow.DONE, RETURNED: flow.RETURNED, OUT_OF_DUTY: flow.RETURNED,
}
"""What an inbound order becomes once its partner was told."""


@dataclass(frozen=True)
class Progress:
    """What a partner is told. ``lacks``: what a person has to write first, as a message id."""

    status: str
    round: int
    said: Mapping[str, Any]
    lacks: str | None = None


def progress(order: Mapping[str, Any], report: Mapping[str, Any], steps: Iterable[Mapping[str, Any]]) -> Progress | None:
    """Return how far a report is; None while nobody has begun with it. What a citizen thinks of it is never told as ours.

    ``steps`` are those of the report, oldest first; each as the wire carries it.
    """
    status = _STATUS.get(str(report.get("state")))
    if status is None:
        return None
    turn = int(report.get("round") or 1)
    if order.get("out_of_duty") and status in (DONE, RETURNED):
        status = OUT_OF_DUTY
    said: dict[str, Any] = {"text": _last(steps, status)}
    if status == DONE:
        said["public_answer"] = order.get("public_answer")
        return Progress(status, turn, _filled(said), None if said["public_answer"] else NO_ANSWER)
    if status == OUT_OF_DUTY:
        said |= _outside(order, report)
        lacks = NO_TYPE if not (said["request_type"] and said["public_answer"]) else None
        return Progress(status, turn, _filled(said), lacks)
    return Progress(status, turn, _filled(said))


def _outside(order: Mapping[str, Any], report: Mapping[str, Any]) -> dict[str, Any]:
    """Return why it is outside our duty: as was answered, or else by the reason for not taking the report on."""
    code = report.get("refusal_reason")
    named = next((each.text for each in reasons(str(report.get("refusal_list"))) if each.code == code), None)
    return {
        "out_of_duty": True, "request_type": order.get("request_type") or named,
        "public_answer": order.get("public_answer") or report.get("refusal_ways"),
    }  # fmt: skip


_TOLD: Final = {DONE: ("finish", "close-self", "unfounded"), RETURNED: ("refer", "abolish"), OUT_OF_DUTY: ("refuse", "refer")}


def _last(steps: Iterable[Mapping[str, Any]], status: str) -> str | None:
    """Return what was written down of the step that brought a report there (办理情况)."""
    found = [step for step in steps if step.get("action") in _TOLD.get(status, ())]
    return (found[-1].get("note") or found[-1].get("reason")) if found else None


def _filled(said: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in said.items() if value is not None}
