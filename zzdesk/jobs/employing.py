"""What people do with employers: record, vet, sanction with two people, and take back (domain rules B3.1, B3.2; F46, F54)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import select

from zzdesk.clock import RecordId
from zzdesk.errors import InvalidError, RefusedError
from zzdesk.evidence.models import Attachment
from zzdesk.evidence.queries import bytes_of
from zzdesk.evidence.views import seen_by
from zzdesk.i18n import N_, translate
from zzdesk.jobs import guards, vetting
from zzdesk.jobs import workflow as flow
from zzdesk.jobs.models import Employer
from zzdesk.store.unit import ChangeSet, UnitOfWork

_SET_BY_STEPS: Final = frozenset({"valid_until", "sanction_until", *flow.SHOWN})
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
        _refuse_second_record(work, employer)
    return employer


def _refuse_second_record(work: UnitOfWork, employer: Employer) -> None:
    """One firm is one record: whoever is sanctioned does not begin anew under the same number (domain rules B3.4)."""
    for name in ("credit_code", "identity_number"):
        value = getattr(employer, name)
        if not value:
            continue
        same = select(Employer.state).where(
            getattr(Employer, name) == value, Employer.id != employer.id, Employer.voided.is_not(True)
        )
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
        RefusedError: a vetted particular of an employer in good standing.
    """
    work.require("job.employer.edit")
    employer = work.get(Employer, employer_id)
    if employer.state != flow.PENDING and flow.VETTED_FIELDS & set(changes):
        raise RefusedError(N_("已核验的主体信息不能直接改，请先转回待核验"))
    work.change(employer, changes)
    _check_papers(employer)
    if (flow.VETTED_FIELDS - _SET_BY_STEPS) & set(changes):
        note_editor(work, employer)
    return work.commit()


def note_editor(work: UnitOfWork, record: Any) -> None:
    """Remember who changed what somebody else has to review."""
    record.editors = frozenset(record.editors or ()) | {work.actor.account_id}


def act_employer(
    work: UnitOfWork, employer_id: RecordId, action: str, fields: Mapping[str, Any], reason: str | None = None
) -> ChangeSet:
    """Vet, suspend, blacklist an employer, or take it back. ``fields`` may set valid_until,
    sanction_until, and which papers were shown.

    Who first asks to suspend or blacklist only proposes it; it is done when another account asks for the same, and not
    when it says ``decline``.

    Raises:
        RefusedError: by the state, the rights, a missing paper or reason, or the reviewer typed the entry.
    """
    employer = work.get(Employer, employer_id)
    for name in sorted(set(fields) - _SET_BY_STEPS):
        raise InvalidError.one(name, N_("这一步不能改这一项，请先修改登记内容"))
    if action == "appeal":  # its arrow is what easing does (``complaining``)
        raise RefusedError(guards.WORDS["appeal-needed"], code="appeal-needed")
    approver, over = employer.sanction_by, employer.sanction_until is not None and employer.sanction_until < work.today
    if action == "decline" or (action in flow.SANCTIONS and not _is_seconded(work, employer, action)):
        _propose(work, employer, action, fields, reason)
    else:
        work.step(employer, action, values=fields, reason=reason)
        if action == "vet":
            _vet(work, employer)
        if action in flow.SANCTIONS:
            employer.sanction_by = work.actor.account_id
        if action == "lift":
            if not over and approver == work.actor.account_id:
                raise RefusedError(guards.WORDS["sanction-lifted-alone"], code="sanction-lifted-alone")
            clear_sanction(employer)
    work.audit(f"employer.{action}", "employer", employer_id)
    return work.commit()


def _is_seconded(work: UnitOfWork, employer: Employer, action: str) -> bool:
    """Say whether somebody else has proposed this very sanction: it takes two people (domain rules B3.2; F54)."""
    proposer = employer.sanction_proposed_by
    return employer.sanction_proposed == action and proposer not in (None, work.actor.account_id)


def _propose(
    work: UnitOfWork, employer: Employer, action: str, fields: Mapping[str, Any], reason: str | None
) -> None:
    """Write down a proposed sanction with reason and period, or that a proposed one was declined: nothing changes yet."""
    work.require("job.employer.vet")
    if not (reason or "").strip():
        raise RefusedError(N_("还不能{action}，缺少：{missing}"), action=action, missing="reason")
    if action == "decline":
        if employer.sanction_proposed is None:
            raise RefusedError(N_("没有待批准的处理"))
        employer.sanction_proposed = employer.sanction_proposed_by = None
        if employer.state == flow.NORMAL:
            employer.sanction_reason = employer.sanction_until = None
        return
    flow.EMPLOYER.by_action(action, employer.state)
    work.change(employer, fields)
    code = guards.sanction_limit(action, employer.sanction_until, work.today)
    if code is not None:
        raise RefusedError(guards.WORDS[code], code=code)
    employer.sanction_proposed, employer.sanction_proposed_by = action, work.actor.account_id
    employer.sanction_reason = reason


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
    employer.sanction_proposed = employer.sanction_proposed_by = None
