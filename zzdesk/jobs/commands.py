"""What people do with odd jobs: employers and postings here, workers and applications in ``placing``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from zzdesk.clock import RecordId
from zzdesk.documents import numbers
from zzdesk.errors import InvalidError, RefusedError
from zzdesk.i18n import N_
from zzdesk.jobs import workflow as flow
from zzdesk.jobs.models import Application, Employer, Posting, Worker
from zzdesk.jobs.placing import (
    act_application,
    act_worker,
    add_application,
    add_worker,
    apply,
    edit_application,
    edit_worker,
    register_worker,
)  # fmt: skip
from zzdesk.store.unit import ChangeSet, UnitOfWork

POSTING_PREFIX: Final = "LG"
_SET_BY_STEPS: Final = frozenset({"valid_until", "sanction_until", *flow.SHOWN})
_TEXTS: Final = ("title", "conditions", "tasks", "lawful_needs", "overtime", "tools", "safety", "hours")


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
    employer = work.create(Employer, fields)
    _check_papers(employer)
    return employer


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
        _note_editor(work, employer)
    return work.commit()


def _note_editor(work: UnitOfWork, record: Employer | Posting) -> None:
    """Remember who changed what somebody else has to review."""
    record.editors = frozenset(record.editors or ()) | {work.actor.account_id}


def act_employer(
    work: UnitOfWork, employer_id: RecordId, action: str, fields: Mapping[str, Any], reason: str | None = None
) -> ChangeSet:
    """Vet, suspend, blacklist an employer, or take it back. ``fields`` may set valid_until,
    sanction_until, and which papers were shown.

    Raises:
        RefusedError: by the state, the rights, a missing paper or reason, or the reviewer typed the entry.
    """
    employer = work.get(Employer, employer_id)
    for name in sorted(set(fields) - _SET_BY_STEPS):
        raise InvalidError.one(name, N_("这一步不能改这一项，请先修改登记内容"))
    work.step(employer, action, values=fields, reason=reason)
    if action == "vet":
        _vet(work, employer)
    if action in flow.SANCTIONS:
        flow.refuse_same_person(employer.created_by, work.actor.account_id)
        employer.sanction_reason, employer.sanction_by = reason, work.actor.account_id
    if action == "lift":
        _lift(work, employer)
    work.audit(f"employer.{action}", "employer", employer_id)
    return work.commit()


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
    employer.vetted_by, employer.vetted_at = work.actor.account_id, work.clock.now()
    employer.editors = None


def _lift(work: UnitOfWork, employer: Employer) -> None:
    """A sanction is lifted by somebody else than the account that imposed it."""
    flow.refuse_same_person(employer.sanction_by or "", work.actor.account_id)
    employer.sanction_reason = employer.sanction_by = employer.sanction_until = None


def register_posting(work: UnitOfWork, fields: Mapping[str, Any]) -> ChangeSet:
    """Draft a posting for an employer of this desk.

    Raises:
        InvalidError, NotFoundError: a field cannot be taken; the employer is not here.
    """
    add_posting(work, fields)
    return work.commit()


def add_posting(work: UnitOfWork, fields: Mapping[str, Any]) -> Posting:
    """Make a posting inside a transaction that goes on."""
    work.require("job.posting.edit")
    posting = work.create(Posting, fields)
    work.get(Employer, posting.employer_id)
    _check_times(posting)
    posting.number = numbers.give(work, POSTING_PREFIX)
    return posting


def _check_times(posting: Posting) -> None:
    if posting.starts_at and posting.ends_at and posting.ends_at <= posting.starts_at:
        raise InvalidError.one("ends_at", N_("结束时间应晚于开始时间"))


def edit_posting(work: UnitOfWork, posting_id: RecordId, changes: Mapping[str, Any]) -> ChangeSet:
    """Correct or complete a draft. What was reviewed is what is published: later it goes back to draft first.

    Raises:
        RefusedError: it is not a draft.
    """
    work.require("job.posting.edit")
    posting = work.get(Posting, posting_id)
    if posting.state != flow.DRAFT and set(changes) - {"complaints"}:
        raise RefusedError(N_("只有草稿可以改；送审或发布后请先退回或下架"))
    work.change(posting, changes)
    _check_times(posting)
    if set(changes) - {"complaints"}:
        _note_editor(work, posting)
    return work.commit()


def act_posting(
    work: UnitOfWork, posting_id: RecordId, action: str, fields: Mapping[str, Any], reason: str | None = None
) -> ChangeSet:
    """Take a posting's next step: submit, release, publish, start, settle, complete, take down, cancel.

    A posting with words of fees, fraud or discrimination is held when it is submitted; a person decides.

    Raises:
        RefusedError: by the state, the rights, a missing item of article 24, or the reviewer is the author.
    """
    posting = work.get(Posting, posting_id)
    if action in ("hold", "fill", "reopen"):
        raise RefusedError(N_("这一步由程序自动进行"))
    if action == "submit":
        action = _submitted(posting, fields)
    work.step(posting, action, values=fields, reason=reason)
    _check_times(posting)
    if fields:
        _note_editor(work, posting)
    _decide(work, posting, action, reason)
    work.audit(f"posting.{action}", "posting", posting_id)
    return work.commit()


def _submitted(posting: Posting, fields: Mapping[str, Any]) -> str:
    texts = {name: fields.get(name, getattr(posting, name)) for name in _TEXTS}
    words = flow.words_to_hold(texts)
    posting.hold_words = words or None
    return "hold" if words else "submit"


def _decide(work: UnitOfWork, posting: Posting, action: str, reason: str | None) -> None:
    """人力资源市场暂行条例 article 29: what is published was reviewed, by somebody else than its author."""
    if action in ("publish", "release"):
        flow.refuse_same_person(posting.created_by, work.actor.account_id)
        flow.refuse_editor(posting.editors, work.actor.account_id)
        posting.reviewed_by = work.actor.account_id
    if action == "publish":
        _check_employer(work, work.get(Employer, posting.employer_id))
        posting.published_at = work.clock.now()
    if reason:
        posting.decision = reason


def _check_employer(work: UnitOfWork, employer: Employer) -> None:
    if employer.state != flow.NORMAL or employer.voided:
        raise RefusedError(N_("用工方还没有通过核验，或已被暂停"))
    if employer.valid_until is not None and employer.valid_until < work.today:
        raise RefusedError(N_("用工方的核验已过有效期，请重新核验"))


def void(work: UnitOfWork, kind: str, record_id: RecordId, reason: str) -> ChangeSet:
    """Declare an employer, posting, worker or application void; it stays readable and can be taken back."""
    model = _MODELS[kind]
    work.require(model.__right__)
    work.void(work.get(model, record_id), reason)
    return work.commit()


def unvoid(work: UnitOfWork, kind: str, record_id: RecordId, reason: str) -> ChangeSet:
    """Take a record back that was declared void."""
    model = _MODELS[kind]
    work.require(model.__right__)
    work.unvoid(work.get(model, record_id), reason)
    return work.commit()


_MODELS: Final[dict[str, type[Any]]] = {m.__kind__: m for m in (Employer, Posting, Worker, Application)}

__all__ = [
    "act_application", "act_employer", "act_posting", "act_worker", "add_application", "add_employer", "add_posting",
    "add_worker", "apply", "edit_application", "edit_employer", "edit_posting", "edit_worker", "register_employer",
    "register_posting", "register_worker", "unvoid", "void",
]  # fmt: skip
