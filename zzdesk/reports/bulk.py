"""One thing done to several reports: what can be done to all of them, each by a command of its own, each taken back.

Deeds: ``dispatch`` takes ``handler_unit`` and ``note``; ``reassign`` these and ``reason``; ``take-over`` ``claimed_by`` and
``reason``; ``card-urge`` ``whom`` and ``opinion``; ``claim`` ``note``; the edits their field; ``tags`` ``add`` and ``del``.

Only steps with an exact way back are offered, and filing (归档), which has none and says so. What a report alone needs,
evidence or the word of a citizen, is not written for many at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from sqlalchemy import select

from zzdesk.clock import RecordId
from zzdesk.errors import BugError, InvalidError, RefusedError
from zzdesk.i18n import N_
from zzdesk.many import LATER, Deed, Offer
from zzdesk.ops.claims import ClaimView, views
from zzdesk.reports import commands
from zzdesk.reports.models import Report
from zzdesk.reports.workflow import (
    CLAIM,
    DISPATCHING,
    FROZEN,
    HANDLING,
    OPEN,
    REASSIGN,
    REGISTERED,
    TAKE_OVER,
    TRANSITIONS,
    VERIFYING,
)  # fmt: skip
from zzdesk.store.unit import ChangeSet, Reader, UnitOfWork

URGE: Final = "card-urge"
EDITS: Final = {"category": "category", "grid": "grid", "tags": "tags"}
"""Edits of one field, by the name of the deed."""
STEPS: Final = ("accept", "dispatch", "archive")
DEEDS: Final = ("accept", "dispatch", REASSIGN, TAKE_OVER, CLAIM, URGE, "category", "tags", "grid", "archive")
"""In the order in which they are offered."""
FINAL: Final = ("archive",)
"""What cannot be taken back."""
_BACK: Final = {"accept": VERIFYING, "dispatch": HANDLING}
"""The state in which a step left the report, from where ``undo`` leads back to where it was."""
_UNIT: Final = ("handler_unit",)
_NEEDED: Final = {
    "dispatch": _UNIT, REASSIGN: (*_UNIT, "reason"), TAKE_OVER: ("claimed_by", "reason"), URGE: ("whom", "opinion"),
    "category": ("category",),
}  # fmt: skip
_BATCH: Final = 500


def offers(read: Reader, ids: Sequence[RecordId]) -> tuple[Offer, ...]:
    """Return what this person may do with at least one of these reports; where ``fits`` is their number, with all."""
    read.require("record.read")
    counts = dict.fromkeys(DEEDS, 0)
    for start in range(0, len(ids), _BATCH):
        part = ids[start : start + _BATCH]
        columns = Report.id, Report.state, Report.voided, Report.claimed_by, Report.lease_until
        rows = read.session.execute(select(*columns).where(Report.id.in_(part))).all()
        claims = views(read.session, [(r.id, r.claimed_by, r.lease_until) for r in rows], "claimed_by", read.actor.account_id)
        for row in rows:
            for action in _lawful(row.state, voided=bool(row.voided), claim=claims[row.id]):
                counts[action] += 1
    return tuple(Offer(a, n, is_final(read, a)) for a, n in counts.items() if n and read.may(_right(a)))


def is_final(read: Reader, action: str) -> bool:
    """Say whether this person cannot take an action back: nobody can, or nobody without the right to it."""
    return action in FINAL or not read.may(_right(action))


def _lawful(state: str, *, voided: bool, claim: ClaimView) -> Iterable[str]:
    if voided:
        return
    yield from (arrow.action for arrow in TRANSITIONS.leaving(state) if arrow.action in STEPS)
    if state in OPEN:
        yield URGE
        if claim.asked is None:
            yield TAKE_OVER
        if claim.asked is None and claim.state == "none":
            yield CLAIM
    if state == HANDLING:
        yield REASSIGN
    if state not in FROZEN:
        yield from EDITS


def _right(action: str) -> str:
    if action in EDITS:
        return "report.edit"
    known = {CLAIM: "report.claim", URGE: "report.supervise", REASSIGN: "report.dispatch", TAKE_OVER: "report.assign"}
    arrows = (arrow for state in (REGISTERED, DISPATCHING, "closed") for arrow in TRANSITIONS.leaving(state))
    return known.get(action) or next(arrow.needs.right for arrow in arrows if arrow.action == action)


def do(work: UnitOfWork, report_id: RecordId, deed: Deed) -> ChangeSet:
    """Do it to one report.

    Raises:
        RefusedError, InvalidError, NotFoundError: as the command for one report does.
    """
    if deed.action in EDITS:
        return _edit(work, report_id, deed)
    if deed.action == URGE:
        return commands.issue_card(work, {**deed.fields, "card": "urge", "report_id": report_id})
    if deed.action not in (*STEPS, CLAIM, REASSIGN, TAKE_OVER):
        raise BugError(f"not for many: {deed.action}")
    fields = dict(deed.fields)
    reason = fields.pop("reason", None)
    return commands.act(work, report_id, deed.action, fields, reason)


def _edit(work: UnitOfWork, report_id: RecordId, deed: Deed) -> ChangeSet:
    if deed.action != "tags":
        return commands.edit(work, report_id, {deed.action: deed.fields[deed.action]})
    tags = set(work.get(Report, report_id).tags or ())
    tags = (tags | set(deed.fields.get("add") or ())) - set(deed.fields.get("del") or ())
    return commands.edit(work, report_id, {"tags": sorted(tags)})


def before(read: Reader, report_id: RecordId, deed: Deed) -> dict[str, Any]:
    """Return what a way back needs to know: the fields that the deed writes, as they are now. Nothing where it is gone."""
    read.require("record.read")
    report = read.session.get(Report, report_id)
    if report is None:
        return {}
    if deed.action == "tags":
        return {"tags": sorted(report.tags or ())}
    edited = (deed.action,) if deed.action in EDITS else ()
    names = {"dispatch": _UNIT, REASSIGN: _UNIT, TAKE_OVER: ("claimed_by",)}.get(deed.action, edited)
    return {name: getattr(report, name) for name in names}


def undo(
    work: UnitOfWork, report_id: RecordId, deed: Deed, was: Mapping[str, Any], made: Sequence[RecordId], reason: str
) -> ChangeSet:
    """Take back what ``do`` did to one report: an operation of its own, and nothing that somebody did since is undone.

    ``was`` is what ``before`` said, ``made`` the records that ``do`` made; ``reason`` stands in the step.

    Raises:
        RefusedError: it has been changed since, or has no way back.
    """
    if deed.action in FINAL:
        raise RefusedError(N_("归档不能撤销"))
    if deed.action == CLAIM:
        return commands.release(work, report_id, reason)
    if deed.action == URGE:
        return commands.withdraw_card(work, made[0], reason)
    if deed.action == TAKE_OVER:
        return commands.take_over_back(work, report_id, deed.fields["claimed_by"], was.get("claimed_by"), reason)
    report = work.get(Report, report_id)
    if deed.action in EDITS:
        return _edit_back(work, report, deed, was)
    unit = deed.fields.get("handler_unit")
    if report.state != _BACK.get(deed.action, HANDLING) or (unit and report.handler_unit != unit):
        raise RefusedError(LATER)
    if deed.action == REASSIGN:
        return commands.act(work, report_id, REASSIGN, {"handler_unit": was.get("handler_unit")}, reason)
    return commands.undo(work, report_id, was, reason)


def _edit_back(work: UnitOfWork, report: Report, deed: Deed, was: Mapping[str, Any]) -> ChangeSet:
    now = getattr(report, deed.action)
    if deed.action == "tags":
        there, then = set(now or ()), set(was.get("tags") or ())
        added, taken = set(deed.fields.get("add") or ()) - then, set(deed.fields.get("del") or ()) & then
        return commands.edit(work, report.id, {"tags": sorted((there - added) | taken)})
    if now != deed.fields[deed.action]:
        raise RefusedError(LATER)
    return commands.edit(work, report.id, {deed.action: was.get(deed.action)})


def checked(deed: Deed) -> Deed:
    """Return a deed whose fields are all there, so that a slip is told once and not for each report.

    Raises:
        InvalidError: a field is missing.
    """
    for name in _NEEDED.get(deed.action, ()):
        if not deed.fields.get(name):
            raise InvalidError.one(name, N_("必填"))
    if deed.action == "tags" and not (deed.fields.get("add") or deed.fields.get("del")):
        raise InvalidError.one("add", N_("请写要加上或去掉的标签"))
    return deed
