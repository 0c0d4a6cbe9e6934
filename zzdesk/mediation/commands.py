"""What people do with a mediation case as a whole; what is in its file is written by ``zzdesk.mediation.papers``."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final

from sqlalchemy import select

from zzdesk.clock import RecordId, local_day
from zzdesk.documents import numbers
from zzdesk.errors import InvalidError, Problem, RefusedError
from zzdesk.i18n import N_, translate
from zzdesk.mediation import committees, reasons, tables
from zzdesk.mediation import workflow as flow
from zzdesk.mediation.committees import committee_for
from zzdesk.mediation.completeness import ARCHIVING, CLOSING, dossier_of, missing
from zzdesk.mediation.models import Agreement, Case, Dispute, MediationSession
from zzdesk.mediation.papers import (
    act_paper,
    add_paper,
    amend_agreement,
    edit_paper,
    make_paper,
    void_paper,
)
from zzdesk.mediation.parties import parties_of
from zzdesk.mediation.team import account_ids, get_case, require_team
from zzdesk.store.base import kind_of
from zzdesk.store.fields import clean_one
from zzdesk.store.types import TextSet, UnfitError
from zzdesk.store.unit import ChangeSet, UnitOfWork


def accept(work: UnitOfWork, fields: Mapping[str, Any]) -> ChangeSet:
    """Accept a case (受理). ``team`` takes logins or account ids; whoever accepts it is always of the team.

    Its number comes out of this desk's block; without one it has an alias for ever, and a number later (decision 8).

    Raises:
        InvalidError: every field that cannot be taken.
    """
    add_case(work, fields)
    return work.commit()


def accept_whole(
    work: UnitOfWork, fields: Mapping[str, Any], dispute: Mapping[str, Any], parties: Sequence[Mapping[str, Any]],
    case_id: RecordId | None = None,
) -> ChangeSet:  # fmt: skip
    """Accept a case with what it is about and its parties: all of it, or nothing.

    ``case_id``: where it follows from what the case came of; then those of the others follow from it (``part_id``).

    Raises:
        InvalidError: every field that cannot be taken; a party's field is named ``party0.phone``.
    """
    case = add_case(work, fields, case_id)
    work.session.flush()
    make_paper(work, "dispute", {**dispute, "case_id": case.id}, part_id(case_id, "dispute"))
    problems: list[Problem] = []
    for number, party in enumerate(parties):
        try:
            make_paper(work, "party", {**party, "case_id": case.id}, part_id(case_id, f"party{number}"))
        except InvalidError as error:
            problems += [Problem(f"party{number}.{p.field}", p.message, p.params) for p in error.problems]
    if problems:
        raise InvalidError(problems)
    return work.commit()


def part_id(case_id: RecordId | None, part: str) -> RecordId | None:
    """Return the id of what belongs to a case whose id follows from something: at two desks it is the same record."""
    return str(uuid.uuid5(uuid.UUID(case_id), part)) if case_id else None


def add_case(work: UnitOfWork, fields: Mapping[str, Any], case_id: RecordId | None = None) -> Case:
    """Make a case inside a transaction that goes on."""
    work.require("case.accept")
    case = work.create(Case, _with_ids(work, fields, creator=True))
    case.id = case_id or case.id
    case.accepted_on = case.accepted_on or work.today
    case.due_on = case.accepted_on + timedelta(days=tables.figure("period", "mediation_days"))
    case.committee_id = committee_for(work, case.committee_id)
    numbers.number(work, case)
    return case


def add_committee(work: UnitOfWork, kind: str, fields: Mapping[str, Any]) -> ChangeSet:
    """Register a committee or one of its members, by ``kind``.

    Raises:
        InvalidError: every field that cannot be taken; a mediator is an adult (PML article 14).
    """
    committees.add(work, kind, fields)
    return work.commit()


def _with_ids(work: UnitOfWork, fields: Mapping[str, Any], *, creator: bool) -> dict[str, Any]:
    """Return the fields with logins turned into account ids."""
    mine = frozenset({work.actor.account_id})
    given = dict(fields)
    if creator:
        given["team"] = _members(work, "team", given.get("team") or ()) | mine
        given.setdefault("mediators", mine)
    for name in ("team", "mediators"):
        if given.get(name) is not None:
            given[name] = _members(work, name, given[name])
    return given


def _members(work: UnitOfWork, name: str, raw: Any) -> frozenset[str]:
    try:
        return account_ids(work.actor.station, TextSet().from_wire(raw))
    except UnfitError as unfit:
        raise InvalidError.one(name, unfit.args[0], **unfit.params) from None


def edit_case(work: UnitOfWork, case_id: RecordId, changes: Mapping[str, Any]) -> ChangeSet:
    """Correct or complete a stub: by its team, or the team itself by the head of the committee, who assigns.

    Raises:
        RefusedError: the actor is neither, or the case has ended.
        InvalidError: nobody would be left in the team.
    """
    work.require("case.accept")
    case = get_case(work.session, case_id)
    if not ("committee-head" in work.actor.roles and set(changes) <= {"team", "mediators", "chosen_by"}):
        require_team(work, case)
    flow.refuse_locked(case.state)
    given = _with_ids(work, changes, creator=False)
    if "team" in given and not given["team"]:
        raise InvalidError.one("team", N_("至少要有一名承办人员"))
    work.change(case, given)
    if "accepted_on" in given and case.accepted_on is not None:
        case.due_on = case.accepted_on + timedelta(days=tables.figure("period", "mediation_days"))
    return work.commit()


def act_case(
    work: UnitOfWork, case_id: RecordId, action: str, fields: Mapping[str, Any], reason: str | None = None
) -> ChangeSet:
    """Take a case's next step; what the law asks for first is in ``workflow``.

    Raises:
        RefusedError: by the state, the rights, the team, or a guard that names its article.
    """
    case = get_case(work.session, case_id)
    require_team(work, case)
    if action == "extend":
        return _extend(work, case, fields, reason)
    if action in _GUARDS:
        flow.CASE.by_action(action, case.state)  # that it is too early says more than what is missing for it
        _GUARDS[action](work, case)
    work.step(case, action, values=fields, reason=reasons.on_stub(reason))
    if action in ("reach", "fail", "refuse", "withdraw"):
        case.closed_on = _ended_on(work, case, action)
        case.outcome = _outcome(work, case, action)
    if action in ("close", "fail", "refuse", "withdraw"):
        case.finished_on = work.today
    if action == "archive":
        case.archived_on = work.today
    if (reason or "").strip():
        reasons.note_ending(work, case, str(reason))
    work.audit(f"case.{action}", "case", case.id)
    return work.commit()


def _extend(work: UnitOfWork, case: Case, fields: Mapping[str, Any], reason: str | None) -> ChangeSet:
    """Go on beyond thirty days: only where every party agrees (domain rules B1.1, one-month rule)."""
    work.require("case.mediate")
    work.change(case, {})
    agreed = sorted(p.id for p in parties_of(work, case.id) if p.agrees_to_extension)
    flow.refuse_extension(case.state, agreed, [p.id for p in parties_of(work, case.id)])
    until = clean_one(kind_of(Case).fields["extended_to"], fields.get("extended_to"), work.today)
    if until is None or case.due_on is None or until <= (case.extended_to or case.due_on):
        raise InvalidError.one("extended_to", N_("应晚于原来的期限"))
    why = (reason or "").strip() or translate(N_("各方当事人同意延长"))
    make_paper(work, "extension", {"case_id": case.id, "until": until, "agreed_by": agreed, "reason": why})
    work.audit("case.extend", "case", case.id)
    return work.commit()


def _may_reach(work: UnitOfWork, case: Case) -> None:
    """Two parties, a session on record (PML article 27), and an agreement in effect (PML articles 28 to 30)."""
    flow.refuse_fewer_than_two(len(parties_of(work, case.id)))
    _refuse_open_sessions(work, case)
    if not _closed_sessions(work, case):
        raise RefusedError(N_("还没有结束的调解记录（人民调解法第二十七条）"))
    if not _effective(work, case):
        raise RefusedError(N_("还没有生效的协议：书面协议要签名盖章，口头协议要登记（人民调解法第二十八至三十条）"))


def _may_fail(work: UnitOfWork, case: Case) -> None:
    """Where mediation fails, the parties are told of the other ways: arbitration, administration, court (PML 26)."""
    flow.refuse_fewer_than_two(len(parties_of(work, case.id)))
    _refuse_open_sessions(work, case)
    told = _of(work, Dispute, case, Dispute.other_ways_told_at.is_not(None))
    if not told:
        raise RefusedError(N_("终止调解前要告知当事人仲裁、行政、司法等途径（人民调解法第二十六条）"))


def _may_close(work: UnitOfWork, case: Case) -> None:
    """A case is closed when what was agreed was performed and looked after (PML article 31; 结案报告表)."""
    _refuse_incomplete(work, case, CLOSING)


def _may_archive(work: UnitOfWork, case: Case) -> None:
    """A file is complete before it is archived (PML article 27)."""
    _refuse_incomplete(work, case, ARCHIVING)


def _refuse_incomplete(work: UnitOfWork, case: Case, stage: str) -> None:
    if case.retention is None:
        case.retention = tables.retention_of(case.category)
    lacking = missing(dossier_of(work.session, case), stage)
    if lacking:
        said = "、".join(dict.fromkeys(each.said() for each in lacking))
        raise RefusedError(N_("卷宗还缺少：{missing}（人民调解法第二十七条）"), missing=said)


def _closed_sessions(work: UnitOfWork, case: Case) -> list[Any]:
    return _of(work, MediationSession, case, MediationSession.state == flow.SESSION_CLOSED)


def _refuse_open_sessions(work: UnitOfWork, case: Case) -> None:
    if _of(work, MediationSession, case, MediationSession.state == flow.SESSION_OPEN):
        raise RefusedError(N_("还有没结束的调解，请先结束它"))


_GUARDS: Final = {"reach": _may_reach, "fail": _may_fail, "close": _may_close, "archive": _may_archive}


def _of(work: UnitOfWork, model: Any, case: Case, *conditions: Any) -> list[Any]:
    """Return a case's records of one kind that are not void."""
    work.session.flush()
    query = select(model).where(model.case_id == case.id, model.voided.is_not(True), *conditions)
    return list(work.session.scalars(query.order_by(model.id)))


def _effective(work: UnitOfWork, case: Case) -> Agreement | None:
    found = _of(work, Agreement, case, Agreement.state == flow.AGREEMENT_EFFECTIVE)
    return found[-1] if found else None


def _ended_on(work: UnitOfWork, case: Case, action: str) -> date:
    """Return the day on which mediation ended: that of the first agreement, which may have been signed before today."""
    found = _of(work, Agreement, case, Agreement.state == flow.AGREEMENT_EFFECTIVE) if action == "reach" else []
    days = [local_day(each.effective_at) for each in found if each.effective_at is not None]
    return max(min(days), case.accepted_on or min(days)) if days else work.today


def _outcome(work: UnitOfWork, case: Case, action: str) -> str:
    agreement = _effective(work, case) if action == "reach" else None
    return agreement.form if agreement else {"fail": "failed", "refuse": "refused"}.get(action, "withdrawn")


def void(work: UnitOfWork, case_id: RecordId, reason: str) -> ChangeSet:
    """Declare a case void (entered by mistake); it stays readable and can be taken back. Why stands in its file."""
    work.require("case.accept")
    case = get_case(work.session, case_id)
    require_team(work, case)
    work.void(case, reasons.on_stub(reason) or "")
    reasons.note_void(work, case, reason)
    return work.commit()


def unvoid(work: UnitOfWork, case_id: RecordId, reason: str) -> ChangeSet:
    """Take a case back that was declared void."""
    work.require("case.accept")
    case = get_case(work.session, case_id)
    require_team(work, case)
    work.unvoid(case, reasons.on_stub(reason) or "")
    reasons.note_void(work, case, reason, again=True)
    return work.commit()


edit_committee = committees.edit

__all__ = [
    "accept", "accept_whole", "act_case", "act_paper", "add_case", "add_committee", "add_paper", "amend_agreement", "edit_case",
    "edit_committee", "edit_paper", "unvoid", "void", "void_paper",
]  # fmt: skip
