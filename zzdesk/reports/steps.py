"""Writing down what was done on a report: a step with who, when, where and upon which evidence (B2.4)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any, Final

from sqlalchemy import select

from zzdesk.errors import InvalidError, RefusedError
from zzdesk.evidence.models import Attachment
from zzdesk.i18n import N_
from zzdesk.ops.capture import wire_body
from zzdesk.people.models import Person
from zzdesk.reports import history
from zzdesk.reports.models import Report, Step
from zzdesk.reports.workflow import BY_PHONE, FEEDBACK, JOINT, NOT_REACHED, TRIES
from zzdesk.store.base import kind_of
from zzdesk.store.deeds import in_order
from zzdesk.store.fields import clean_one
from zzdesk.store.unit import UnitOfWork
from zzdesk.workflow import Kin, Values

STEP_FIELDS: Final = (
    "note", "place", "contact_phone", "contact_at", "contact_result", "answer", "handler_unit",
)  # fmt: skip
_OF_REPORT: Final = {
    "refer": ("referred_to", "referred_target"), "dispatch": ("assist_units", "due_rule"), JOINT: ("assist_units",),
}  # fmt: skip
"""What a step says about the report itself, by action."""
_ON_THE_SPOT: Final = ("confirm", "unfounded", "finish", "recheck", "close-self")
"""Steps that somebody takes at the place of the report, upon what is to be seen there."""
_SOON: Final = timedelta(minutes=5)


def facts(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of a step that were filled in.

    Raises:
        InvalidError: a step has no such field.
    """
    unknown = set(given) - set(STEP_FIELDS)
    if unknown:
        raise InvalidError.one(sorted(unknown)[0], N_("没有这个字段"))
    return {name: given[name] for name in STEP_FIELDS if given.get(name)}


def write(
    work: UnitOfWork, report: Report, action: str, given: Mapping[str, Any], moved: tuple[str, str] | None = None,
    reason: str | None = None, *, turn: int | None = None, about: str | None = None, referred_to: str | None = None,
) -> Step:  # fmt: skip
    """Write a step down inside a transaction that goes on; ``moved`` are the states before and after.

    Raises:
        InvalidError: a field cannot be taken.
    """
    fields = facts(given) | {"report_id": report.id, "action": action} | ({"reason": reason} if reason else {})
    if moved is not None:
        fields |= {"from_state": moved[0], "to_state": moved[1]}
    if action in _ON_THE_SPOT and report.address:
        fields.setdefault("place", report.address)
    if report.name_hidden:
        _keep_sealed(fields, _number_of(work, report))
    elif fields.get("contact_result") in BY_PHONE and (number := _number_of(work, report)):
        fields.setdefault("contact_phone", number)
    step = work.create(Step, fields, scope=report.scope)
    step.round = turn or report.round or 1
    step.about, step.referred_to = about, referred_to
    if action in _ON_THE_SPOT:
        step.evidence = _new_files(work, report)
    return step


def _number_of(work: UnitOfWork, report: Report) -> str | None:
    """Return the number under which the citizen can be called: the report's own, or that of the resident it names."""
    if report.reporter_phone or report.reporter_id is None:
        return report.reporter_phone
    resident = work.session.get(Person, report.reporter_id)
    return resident.phone if resident is not None else None


def _keep_sealed(fields: dict[str, Any], number: str | None) -> None:
    """Leave the number of a reporter who asked for secrecy where it is sealed; a step would show it to everybody."""
    typed = "".join(filter(str.isdigit, str(fields.get("contact_phone") or "")))
    if number and typed.endswith("".join(filter(str.isdigit, number))):
        del fields["contact_phone"]


def _new_files(work: UnitOfWork, report: Report) -> frozenset[str] | None:
    """Return the attachments that no step before this one rests upon."""
    query = select(Attachment.id).where(Attachment.record_id == report.id, Attachment.voided.is_not(True))
    used = {each for step in earlier(work, report) for each in step.get("evidence") or ()}
    return frozenset(set(work.session.scalars(query)) - used) or None


def earlier(work: UnitOfWork, report: Report) -> list[Values]:
    """Return the steps that were taken so far as the wire carries them, oldest first."""
    work.session.flush()
    found = work.session.scalars(select(Step).where(Step.report_id == report.id))
    steps = [Kin("step", step.id, wire_body(kind_of(Step), step)) for step in found]
    return [kin.body for kin in in_order(work.session, steps)]


def one_more_try(work: UnitOfWork, report: Report, given: Mapping[str, Any]) -> bool:
    """Say whether this call reached nobody and more are due; two in one minute are one.

    Raises:
        InvalidError: the call was noted already, or lies in the future.
    """
    if report.state != FEEDBACK or given.get("contact_result") != NOT_REACHED or not given.get("contact_at"):
        return False
    moment = clean_one(kind_of(Step).fields["contact_at"], given["contact_at"], work.today)
    if moment > work.clock.now() + _SOON:
        raise InvalidError.one("contact_at", N_("联系时间不能晚于现在"))
    tried = history.tries(history.since_feedback(earlier(work, report)))
    if history.minute(moment) in tried:
        raise InvalidError.one("contact_at", N_("这个时间已经记过一次，三次联系要在不同的时间"))
    return len(tried) + 1 < TRIES


def taken(action: str, given: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the names of what is said about the report itself.

    Raises:
        RefusedError: the police are called, not written to (B2.5): a hand-over to 110 says when that was.
    """
    if action == "refer" and given.get("referred_to") == "110" and not given.get("contact_at"):
        raise RefusedError(N_("转 110 要先打电话报警，不能只在系统里转：请写明打电话的时间"))
    return tuple(name for name in _OF_REPORT.get(action, ()) if given.get(name) is not None)


def put(work: UnitOfWork, report: Report, values: Mapping[str, Any]) -> None:
    """Write fields of a report that only steps write, or that a step needs: what is dispatched has a limit.

    Raises:
        InvalidError: one cannot be taken.
    """
    for name, raw in values.items():
        setattr(report, name, clean_one(kind_of(Report).fields[name], raw, work.today))


def units_of(values: Iterable[str]) -> str:
    """Return units as one line."""
    return "、".join(sorted(values))
