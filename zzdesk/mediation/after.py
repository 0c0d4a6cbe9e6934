"""What is asked of performance lines, revisits and confirmations, when one is written (PML articles 31 to 33)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import select

from zzdesk.clock import local_day
from zzdesk.errors import InvalidError, RefusedError
from zzdesk.i18n import N_
from zzdesk.mediation import tables
from zzdesk.mediation import workflow as flow
from zzdesk.mediation.models import Agreement, Case
from zzdesk.mediation.models_after import Confirmation, PerformanceLine, Revisit
from zzdesk.mediation.parties import parties_of, refuse_strangers
from zzdesk.mediation.team import scope_of
from zzdesk.store.unit import UnitOfWork

TERMS: Final = frozenset({"what", "amount", "due_on", "by_party", "to_party"})
"""What a line says was agreed; the rest says what became of it."""


def _agreement(work: UnitOfWork, case: Case, agreement_id: str) -> Agreement:
    agreement = work.get(Agreement, agreement_id)
    if agreement.case_id != case.id:
        raise InvalidError.one("agreement_id", N_("不是这件纠纷的协议"))
    return agreement


def line_added(work: UnitOfWork, case: Case, line: PerformanceLine) -> None:
    """A line belongs to an agreement of its own case, and is between its parties."""
    _agreement(work, case, line.agreement_id)
    refuse_strangers(work, case.id, "by_party", (line.by_party,))
    refuse_strangers(work, case.id, "to_party", (line.to_party,))


def refuse_terms(work: UnitOfWork, case: Case, line: PerformanceLine, changes: Mapping[str, Any]) -> None:
    """Refuse other terms for a line of an agreement in effect: that is agreed anew (domain rules B1.2).

    Raises:
        RefusedError: the agreement is in effect.
    """
    settled = _agreement(work, case, line.agreement_id).state == flow.AGREEMENT_EFFECTIVE
    if settled and not TERMS.isdisjoint(changes):
        raise RefusedError(flow.FROZEN_WORDS)


def act_line(work: UnitOfWork, case: Case, record: Any, action: str, fields: Mapping[str, Any], reason: str | None) -> None:
    """Say that a line was performed, was not in time, is void through an amendment, or was not performed after all."""
    line: PerformanceLine = record
    given = dict(fields)
    if action == "done":
        given.setdefault("done_on", line.done_on or work.today)
        if line.amount is not None and line.done_amount is None:
            given.setdefault("done_amount", line.amount)
    if action == "reopen":
        given |= dict.fromkeys(("done_on", "done_how", "done_amount"))
    _with_reason(work, line, given, reason)
    if line.done_on is not None and line.done_on > work.today:
        raise InvalidError.one("done_on", N_("不能晚于今天"))
    work.step(line, action, reason=reason)


def _with_reason(work: UnitOfWork, record: Any, given: dict[str, Any], reason: str | None) -> None:
    if reason and reason.strip():
        given["note"] = "\n".join(part for part in (record.note, reason.strip()) if part)
    if given:
        work.change(record, given)


def plan_revisits(work: UnitOfWork, case: Case, agreement: Agreement) -> None:
    """Plan the visits that a category asks for, once an agreement is in effect (PML article 31).

    A correction mends a slip of the pen and plans nothing; a change replaces the visits that have not been made.
    """
    if agreement.amendment == "correction":
        return
    work.session.flush()
    _cancel_lines(work, agreement.amends)
    open_ones = select(Revisit).where(
        Revisit.case_id == case.id, Revisit.state == flow.REVISIT_DUE, Revisit.voided.is_not(True)
    )
    for visit in work.session.scalars(open_ones).all():
        work.step(visit, "skip", reason=N_("协议已变更"))
    assert agreement.effective_at is not None
    for day in tables.revisit_days(case.category, local_day(agreement.effective_at)):
        fields = {"case_id": case.id, "agreement_id": agreement.id, "due_on": day}
        work.create(Revisit, fields, scope=scope_of(case.id))


def _cancel_lines(work: UnitOfWork, amended: str | None) -> None:
    """What a changed agreement asked for and nobody has done is not asked for any more: the new one says what is.

    So is what that one had corrected: a correction leaves the plan of the first where it was.
    """
    changed: list[str] = []
    while amended is not None and amended not in changed:
        changed.append(amended)
        found = work.session.get(Agreement, amended)
        amended = found.amends if found else None
    open_ones = select(PerformanceLine).where(
        PerformanceLine.agreement_id.in_(changed), PerformanceLine.state == flow.LINE_DUE, PerformanceLine.voided.is_not(True)
    )
    for line in work.session.scalars(open_ones).all():
        work.step(line, "cancel", reason=N_("协议已变更"))


def revisit_added(work: UnitOfWork, case: Case, revisit: Revisit) -> None:
    """A revisit follows an agreement in effect (PML article 31)."""
    if _agreement(work, case, revisit.agreement_id).state != flow.AGREEMENT_EFFECTIVE:
        raise InvalidError.one("agreement_id", N_("协议还没有生效"))
    refuse_strangers(work, case.id, "visited", revisit.visited or ())


def act_revisit(work: UnitOfWork, case: Case, record: Any, action: str, fields: Mapping[str, Any], reason: str | None) -> None:
    """Write down a revisit, or why there is none."""
    revisit: Revisit = record
    _with_reason(work, revisit, dict(fields), reason)
    if action == "done" and revisit.visited_at is None:
        revisit.visited_at = work.clock.now()
    refuse_strangers(work, case.id, "visited", revisit.visited or ())
    if revisit.visited_at is not None and revisit.visited_at > work.clock.now():
        raise InvalidError.one("visited_at", N_("不能晚于现在"))
    work.step(revisit, action, reason=reason)


def confirmation_added(work: UnitOfWork, case: Case, confirmation: Confirmation) -> None:
    """An application is about an agreement in effect, once; its last days are the agreement's (PML article 33)."""
    agreement = _agreement(work, case, confirmation.agreement_id)
    if agreement.state != flow.AGREEMENT_EFFECTIVE or agreement.effective_at is None:
        raise InvalidError.one("agreement_id", N_("协议还没有生效"))
    confirmation.raw_last_day = agreement.confirm_by
    confirmation.extended_last_day = agreement.confirm_until or agreement.confirm_by
    confirmation_changed(work, case, confirmation)


def confirmation_changed(work: UnitOfWork, case: Case, confirmation: Confirmation) -> None:
    """Who applies are parties; papers are those of the list; once a court was asked, it was jointly and in time."""
    refuse_strangers(work, case.id, "applicants", confirmation.applicants or ())
    unknown = (confirmation.papers or frozenset()) - set(flow.CONFIRMATION_PAPERS)
    if unknown:
        raise InvalidError.one("papers", N_("只能是：{choices}"), choices="、".join(flow.CONFIRMATION_PAPERS))
    if confirmation.state not in flow.UNASKED:
        _refuse_unlawful(work, case, confirmation)


def _refuse_unlawful(work: UnitOfWork, case: Case, confirmation: Confirmation) -> None:
    parties = {p.id for p in parties_of(work, case.id)}
    flow.refuse_single_application(confirmation.applicants or (), parties)
    flow.refuse_late_application(confirmation.applied_on, confirmation.extended_last_day)
    if confirmation.applied_on is not None and confirmation.applied_on > local_day(work.clock.now()):
        raise InvalidError.one("applied_on", N_("不能晚于今天"))


def act_confirmation(
    work: UnitOfWork, case: Case, record: Any, action: str, fields: Mapping[str, Any], reason: str | None
) -> None:
    """Apply jointly, or write down what the court said.

    Raises:
        RefusedError: not all parties apply, the last day has passed, or a category that no court confirms is not owned up to.
    """
    confirmation: Confirmation = record
    _with_reason(work, confirmation, dict(fields), reason)
    confirmation_changed(work, case, confirmation)
    if action == "apply":
        _refuse_unlawful(work, case, confirmation)
        if case.category in flow.UNCONFIRMABLE and not confirmation.is_warned:
            raise RefusedError(flow.UNCONFIRMABLE_WORDS)
    for name in ("applied_on", "court_accepted_on", "decided_on"):
        day = getattr(confirmation, name)
        if day is not None and day > local_day(work.clock.now()):
            raise InvalidError.one(name, N_("不能晚于今天"))
    work.step(confirmation, action, reason=reason)
