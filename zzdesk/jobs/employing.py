"""What people do with employers: record, vet, sanction with two people, and take back (domain rules B3.1, B3.2; F46, F54)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from sqlalchemy import or_, select

from zzdesk.clock import RecordId
from zzdesk.errors import InvalidError, RefusedError
from zzdesk.evidence.models import Attachment
from zzdesk.evidence.queries import bytes_of
from zzdesk.evidence.views import seen_by
from zzdesk.i18n import N_, translate
from zzdesk.jobs import appeals, guards, sanctions, vetting
from zzdesk.jobs import workflow as flow
from zzdesk.jobs.models import Employer
from zzdesk.jobs.models_complaints import SanctionAppeal
from zzdesk.ops.capture import wire_body
from zzdesk.store.base import kind_of
from zzdesk.store.fields import clean_one
from zzdesk.store.unit import ChangeSet, UnitOfWork

_SET_BY_STEPS: Final = frozenset({"valid_until", *flow.SHOWN})
_SAID: Final = {"vet": _SET_BY_STEPS} | dict.fromkeys(flow.SANCTIONS, frozenset({"sanction_until"}))
"""What each step may say."""
_SANCTION: Final = frozenset({"sanction_until", "sanction_reason"})
_NUMBERS: Final = ("credit_code", "identity_number")
SCANS: Final[dict[str, str]] = {
    "brochure": N_("招聘简章"), "licence": N_("营业执照"), "identity": N_("身份证"), "mandate": N_("委托证明"),
}  # fmt: skip


def register_employer(work: UnitOfWork, fields: Mapping[str, Any]) -> ChangeSet:
    """Record an employer; it waits for another account to vet it.

    Raises:
        InvalidError: every field that cannot be taken, a firm without credit code, a person without number.
    """
    add_employer(work, fields)
    return work.commit()


def add_employer(work: UnitOfWork, fields: Mapping[str, Any]) -> Employer:
    """Make an employer inside a transaction that goes on."""
    work.require("job.employer.edit")
    with work.session.no_autoflush:
        employer = work.create(Employer, fields)
        _check_papers(employer)
        refuse_second_record(work, employer)
    return employer


def refuse_second_record(work: UnitOfWork, employer: Employer) -> None:
    """One firm is one record: whoever is sanctioned does not begin anew under the same number (domain rules B3.4).

    Raises:
        RefusedError: there is another one that counts, or that was sanctioned when somebody declared it void.
    """
    for name in _NUMBERS:
        value = getattr(employer, name)
        if not value:
            continue
        same = select(Employer.state).where(
            getattr(Employer, name) == value, Employer.id != employer.id,
            or_(Employer.voided.is_not(True), Employer.state.in_(appeals.SANCTIONED)),
        )  # fmt: skip
        there = work.session.scalar(same.limit(1))
        if there is not None:
            raise RefusedError(
                N_("这个单位已经登记过，现在是“{state}”，请在它的记录上办理"), state=there, field=name
            )


def _check_papers(employer: Employer) -> None:
    needed = "identity_number" if employer.employer_kind == "person" else "credit_code"
    if not getattr(employer, needed):
        raise InvalidError.one(needed, N_("必填"))


def edit_employer(work: UnitOfWork, employer_id: RecordId, changes: Mapping[str, Any]) -> ChangeSet:
    """Correct or complete an employer; what was vetted can be changed only after a new check was asked for.

    Raises:
        RefusedError: a vetted particular of an employer in good standing, the number of another record, or a sanction.
    """
    work.require("job.employer.edit")
    employer = work.get(Employer, employer_id)
    if not _SANCTION.isdisjoint(changes):
        raise RefusedError(guards.WORDS["sanction-fixed"], code="sanction-fixed")
    if employer.state != flow.PENDING and flow.VETTED_FIELDS & set(changes):
        raise RefusedError(N_("已核验的主体信息不能直接改，请先转回待核验"))
    with work.session.no_autoflush:
        work.change(employer, changes)
        _check_papers(employer)
        if set(_NUMBERS) & set(changes):
            refuse_second_record(work, employer)
    if (flow.VETTED_FIELDS - _SET_BY_STEPS) & set(changes):
        note_editor(work, employer)
    return work.commit()


def note_editor(work: UnitOfWork, record: Any) -> None:
    """Remember who changed what somebody else has to review."""
    record.editors = frozenset(record.editors or ()) | {work.actor.account_id}


def act_employer(
    work: UnitOfWork, employer_id: RecordId, action: str, fields: Mapping[str, Any], reason: str | None = None
) -> ChangeSet:
    """Vet, suspend, blacklist an employer, or take it back. ``fields``: until when it is vetted and which papers were shown,
    or until when it is sanctioned.

    Who first asks to suspend or blacklist only proposes it; it is done when another account asks for the same, and not
    when it says ``decline``. What is proposed leaves the sanction in force as it is.

    Raises:
        RefusedError: by the state, the rights, a missing paper or reason, or the reviewer typed the entry.
    """
    employer = work.get(Employer, employer_id)
    for name in sorted(set(fields) - _SAID.get(action, frozenset())):
        raise InvalidError.one(name, N_("这一步不能改这一项，请先修改登记内容"))
    if action == "appeal":  # its arrow is what easing does (``complaining``)
        raise RefusedError(guards.WORDS["appeal-needed"], code="appeal-needed")
    approver, over = employer.sanction_by, employer.sanction_until is not None and employer.sanction_until < work.today
    if action == "decline":
        _decline(work, employer, reason)
    elif action in flow.SANCTIONS:
        until = clean_one(kind_of(Employer).fields["sanction_until"], fields.get("sanction_until"), work.today)
        (_impose if _is_seconded(work, employer, action) else _propose)(work, employer, action, until, reason)
    else:
        work.step(employer, action, values=fields, reason=reason)
        if action == "vet":
            _vet(work, employer)
        if action == "lift":
            if not over and approver == work.actor.account_id:
                raise RefusedError(guards.WORDS["sanction-lifted-alone"], code="sanction-lifted-alone")
            clear_sanction(employer)
            close_appeals(work, employer, reason)
    work.audit(f"employer.{action}", "employer", employer_id)
    return work.commit()


def _is_seconded(work: UnitOfWork, employer: Employer, action: str) -> bool:
    """Say whether somebody else has proposed this very sanction: it takes two people (domain rules B3.2; F54)."""
    proposer = employer.sanction_proposed_by
    return _proposed(employer) == action and proposer not in (None, work.actor.account_id)


def _proposed(employer: Employer) -> str | None:
    return appeals.proposed(wire_body(kind_of(Employer), employer))


def _give_reason(action: str, reason: str | None) -> None:
    if not (reason or "").strip():
        raise RefusedError(N_("还不能{action}，缺少：{missing}"), action=action, missing="reason")


def _propose(work: UnitOfWork, employer: Employer, action: str, until: date | None, reason: str | None) -> None:
    """Write down a proposed sanction with reason and period: nothing that is in force changes yet."""
    work.require("job.employer.vet")
    _give_reason(action, reason)
    flow.EMPLOYER.by_action(action, employer.state)
    code = sanctions.limit(action, until, work.today)
    if code is not None:
        raise RefusedError(guards.WORDS[code], code=code)
    _keep_raiser(employer)
    employer.sanction_proposed, employer.sanction_proposed_by = action, work.actor.account_id
    employer.sanction_proposed_reason, employer.sanction_proposed_until = reason, until


def _decline(work: UnitOfWork, employer: Employer, reason: str | None) -> None:
    """Write down that what was proposed is not done; a sanction that is in force stays as it is."""
    work.require("job.employer.vet")
    _give_reason("decline", reason)
    if _proposed(employer) is None:
        raise RefusedError(N_("没有待批准的处理"))
    _keep_raiser(employer)
    _clear_proposal(employer)
    work.because(employer, reason)


def _keep_raiser(employer: Employer) -> None:
    """An older program left who proposed the sanction in force where the next proposal is written."""
    raiser = appeals.raised_by(wire_body(kind_of(Employer), employer))
    if employer.state in appeals.SANCTIONED and employer.sanction_raised_by != raiser:
        employer.sanction_raised_by = raiser


def _impose(work: UnitOfWork, employer: Employer, action: str, until: date | None, reason: str | None) -> None:
    """What somebody else proposed comes into force, as it was proposed."""
    if until not in (None, employer.sanction_proposed_until):
        raise RefusedError(guards.WORDS["sanction-other"], code="sanction-other")
    named = appeals.sanction_id(employer.id, wire_body(kind_of(Employer), employer))
    work.step(employer, action, values={"sanction_until": employer.sanction_proposed_until}, reason=reason)
    employer.sanction_id, employer.sanction_by = named, work.actor.account_id
    employer.sanction_raised_by, employer.sanction_reason = employer.sanction_proposed_by, employer.sanction_proposed_reason
    _clear_proposal(employer)
    close_appeals(work, employer, reason)


def _clear_proposal(employer: Employer) -> None:
    employer.sanction_proposed = employer.sanction_proposed_by = None
    employer.sanction_proposed_reason = employer.sanction_proposed_until = None


def _vet(work: UnitOfWork, employer: Employer) -> None:
    """人力资源市场暂行条例 article 26: brochure, licence, handler's identity and mandate were shown and checked."""
    flow.refuse_same_person(employer.created_by, work.actor.account_id)
    flow.refuse_editor(employer.editors, work.actor.account_id)
    needed = flow.SHOWN if employer.employer_kind != "person" else ()
    missing = [name for name in needed if not getattr(employer, name)]
    if missing:
        raise RefusedError(
            N_("还有材料没有查验（人力资源市场暂行条例第二十六条）：{missing}"), missing="、".join(missing)
        )
    if employer.valid_until is not None and employer.valid_until < work.today:
        raise InvalidError.one("valid_until", N_("有效期已过"))
    employer.vetted_files = _scans(work, employer)
    employer.vetted_by, employer.vetted_at = work.actor.account_id, work.clock.now()
    employer.editors = None


def _scans(work: UnitOfWork, employer: Employer) -> frozenset[str]:
    """Return the files that a vetting rests on: of each paper that article 26 asks for a scan that the actor has looked at.

    Raises:
        RefusedError: of some paper there is none, its content is neither here nor at the centre, or nobody opened it.
    """
    wanted = vetting.needed(employer.employer_kind)
    query = select(Attachment).where(
        Attachment.record_id == employer.id, Attachment.scope == employer.scope, Attachment.purpose.in_(wanted),
        Attachment.voided.is_not(True),
    )  # fmt: skip
    found = list(work.session.scalars(query.order_by(Attachment.id)))
    there = bytes_of(work.session, found)
    at_hand = [each for each in found if there[each.id].at_hand]
    lacking = vetting.missing(employer.employer_kind, (each.purpose for each in at_hand))
    if lacking:
        named = "、".join(translate(SCANS[each]) for each in lacking)
        raise RefusedError(
            N_("还缺扫描件，不能核验通过（人力资源市场暂行条例第二十六条）：{missing}"), missing=named,
            code="employer-scans-missing",
        )  # fmt: skip
    seen = seen_by(work, [each.id for each in at_hand])
    unseen = vetting.missing(employer.employer_kind, (each.purpose for each in at_hand if each.id in seen))
    if unseen:
        named = "、".join(translate(SCANS[each]) for each in unseen)
        raise RefusedError(N_("还有扫描件您没有打开看过，不能核验通过，请在附件里逐份打开：{missing}"), missing=named)
    return seen


def clear_sanction(employer: Employer) -> None:
    """A sanction is over: nothing of it stands on the employer any more; the operations keep it."""
    employer.sanction_reason = employer.sanction_by = employer.sanction_until = None
    employer.sanction_raised_by = employer.sanction_id = None
    _clear_proposal(employer)


def close_appeals(work: UnitOfWork, employer: Employer, reason: str | None) -> None:
    """End the appeals that wait and have nothing left to decide: of a sanction that is over, or that another one replaced."""
    mine = SanctionAppeal.employer_id == employer.id, SanctionAppeal.state == appeals.OPEN, SanctionAppeal.voided.is_not(True)
    for appeal in work.session.scalars(select(SanctionAppeal).where(*mine).order_by(SanctionAppeal.id)).all():
        if appeal.state == appeals.OPEN:  # the one that is being decided is not written yet
            work.step(appeal, "close", values={"finding": reason}, reason=reason)
