"""The confidential records of a case: dispute, parties, sessions, statements, agreement. Written by its team only."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import func, select

from zzdesk.clock import RecordId, local, local_day
from zzdesk.errors import InvalidError, RefusedError
from zzdesk.i18n import N_, translate
from zzdesk.mediation import after, course, effect, signing, tables
from zzdesk.mediation import workflow as flow
from zzdesk.mediation.guards import WORDS
from zzdesk.mediation.lacking import is_informed
from zzdesk.mediation.models import Agreement, Case, Dispute, MediationSession, Party, Statement
from zzdesk.mediation.models_after import Confirmation, PerformanceLine, Revisit
from zzdesk.mediation.models_course import Extension, Investigation, Participant
from zzdesk.mediation.parties import parties_of, refuse_bound, refuse_strangers
from zzdesk.mediation.team import get_case, require_team, scope_of
from zzdesk.ops.capture import wire_body
from zzdesk.people.commands import derive
from zzdesk.store.base import kind_of
from zzdesk.store.fields import clean_one
from zzdesk.store.unit import FROZEN_WORDS, ChangeSet, UnitOfWork

PAPERS: Final[dict[str, type[Any]]] = {
    m.__kind__: m
    for m in (
        Dispute, Party, MediationSession, Statement, Agreement, Participant, Investigation, Extension, PerformanceLine,
        Revisit, Confirmation,
    )
}  # fmt: skip
"""The confidential kinds by name."""
OTHERS: Final = ("participant", "investigation", "extension", "performance_line", "revisit", "confirmation")
"""Those of them that stand around sessions and agreement."""

_SAID: Final = ("facts", "issues", "responsibility", "content", "performance", "perform_by", "amount")
"""What the text of an agreement says."""
SIGNING: Final = frozenset({"signed_by", "mediator_signed", "sealed"})


def add_paper(work: UnitOfWork, kind: str, fields: Mapping[str, Any]) -> ChangeSet:
    """Add a record of a confidential kind to a case.

    Raises:
        RefusedError: the actor is not of the team, the case is locked, or the law stands against it.
        InvalidError: every field that cannot be taken.
    """
    make_paper(work, kind, fields)
    return work.commit()


def make_paper(work: UnitOfWork, kind: str, fields: Mapping[str, Any], record_id: str | None = None) -> Any:
    """Make a confidential record inside a transaction that goes on; ``record_id`` where it follows from something else."""
    work.require("case.mediate")
    session = _session_of(work, fields) if kind == "statement" else None
    case = get_case(work.session, session.case_id if session else fields.get("case_id"))
    require_team(work, case)
    flow.refuse_locked(case.state)
    paper = work.create(PAPERS[kind], fields, scope=scope_of(case.id))
    paper.id = record_id or paper.id
    _ADDED[kind](work, case, paper)
    return paper


def _session_of(work: UnitOfWork, fields: Mapping[str, Any]) -> MediationSession:
    return work.get(MediationSession, str(fields.get("session_id") or ""))


def _dispute_added(work: UnitOfWork, case: Case, dispute: Dispute) -> None:
    """Mediation is not public unless the parties ask for it (PML article 23): absent means not public."""
    others = select(Dispute.id).where(
        Dispute.case_id == case.id, Dispute.id != dispute.id, Dispute.voided.is_not(True)
    )
    work.session.flush()
    if work.session.scalar(others.limit(1)):
        raise RefusedError(N_("这件纠纷已经登记了情况，请直接修改"))
    _dispute_changed(work, case, dispute)


def _dispute_changed(work: UnitOfWork, case: Case, dispute: Dispute) -> None:
    """The signs stay in the file; how high they come to stands on the stub, without a word of why (PML article 25).

    What was reported to the police stays at the highest level.
    """
    known = {sign.code for sign in tables.signs()}
    if not (dispute.signs or frozenset()) <= known:
        raise InvalidError.one("signs", N_("只能是：{choices}"), choices="、".join(sorted(known)))
    level = tables.escalation(dispute.signs or (), dispute.intensity)
    if case.police_called_at is None and (level or case.escalation) and level != case.escalation:
        case.escalation = level
    if (case.prevented, case.prevented_people) != (dispute.prevented, dispute.prevented_people):
        case.prevented, case.prevented_people = dispute.prevented, dispute.prevented_people  # a code and a number, for B1.6


def level_of(work: UnitOfWork, case: Case) -> int | None:
    """Return how far a dispute has escalated by the signs that stand in its file; None where none is ticked."""
    query = select(Dispute).where(Dispute.case_id == case.id, Dispute.voided.is_not(True)).order_by(Dispute.id)
    dispute = work.session.scalars(query.limit(1)).first()
    return tables.escalation(dispute.signs or (), dispute.intensity) or None if dispute is not None else None


def _party_added(work: UnitOfWork, case: Case, party: Party) -> None:
    flow.refuse_ended(case.state)
    case.party_count = (case.party_count or 0) + 1
    _party_changed(work, case, party)


def _party_changed(work: UnitOfWork, case: Case, party: Party) -> None:
    """A party's clear refusal ends the case at once (PML article 17)."""
    derive(work, party, {})
    if party.consents is False and case.state in flow.RUNNING:
        work.step(case, "refuse", reason=N_("当事人一方明确拒绝调解"))
        case.closed_on, case.finished_on, case.outcome = work.today, work.today, "refused"


def _session_added(work: UnitOfWork, case: Case, session: MediationSession) -> None:
    """The first session takes the case from acceptance to mediation."""
    flow.refuse_ended(case.state)
    if case.state == flow.ACCEPTED:
        work.step(case, "mediate")
    _note_signed(session, wire_body(kind_of(MediationSession), session), ())
    _session_changed(work, case, session)


def _session_changed(work: UnitOfWork, case: Case, session: MediationSession) -> None:
    """Who is there is a party, or somebody invited whom each party has agreed to (PML article 20)."""
    refuse_strangers(work, case.id, "present", session.present or ())
    refuse_strangers(work, case.id, "signed_by", session.signed_by or ())
    unknown = (session.points or frozenset()) - set(flow.POINTS)
    if unknown:
        raise InvalidError.one("points", N_("只能是：{choices}"), choices="、".join(flow.POINTS))
    course.refuse_unwelcome(work, case, session.invited or ())


def _change_session(work: UnitOfWork, session: MediationSession, changes: Mapping[str, Any]) -> None:
    """What somebody signed stays as it is; who signs now signs the text as it stands then (domain rules B1.2, row 9)."""
    kind = kind_of(MediationSession)
    before = wire_body(kind, session)
    work.change(session, changes)
    after_it = wire_body(kind, session)
    if signing.signers(before) and signing.text_hash(before) != signing.text_hash(after_it):
        raise RefusedError(N_("已有人签名，记录、要点和结果不能再改；要改先重新宣读，签名重新来"))
    if signing.signers(before) and signing.are_other_terms(before, after_it):
        raise RefusedError(WORDS["session-terms-signed"], code="session-terms-signed")
    _note_signed(session, after_it, signing.signers(before))


def _note_signed(session: MediationSession, body: Mapping[str, Any], before: Iterable[str]) -> None:
    """Note under the signatures that are new which text was signed, and over which time and place."""
    session.signed_texts = signing.noted(body, before) or None
    session.signed_terms = signing.noted_terms(body, before) or None


def _statement_added(work: UnitOfWork, case: Case, statement: Statement) -> None:
    """What is said belongs to the meeting; a note may come later, by whom and when is with it (补正)."""
    session = work.get(MediationSession, statement.session_id)
    if session.state != flow.SESSION_OPEN and statement.statement_kind != flow.NOTE:
        raise RefusedError(N_("这次调解已经结束，记录已定稿"))
    refuse_strangers(work, case.id, "party_id", (statement.party_id,))
    statement.case_id = case.id


def _agreement_added(work: UnitOfWork, case: Case, agreement: Agreement) -> None:
    """After an agreement is in effect only an amendment that names it may follow (domain rules B1.2)."""
    amended = work.get(Agreement, agreement.amends) if agreement.amends else None
    if agreement.amendment is None and amended is not None:
        agreement.amendment = "change"
    if amended is None:
        flow.refuse_ended(case.state)
    elif amended.case_id != case.id or amended.state != flow.AGREEMENT_EFFECTIVE:
        raise InvalidError.one("amends", N_("只能变更本案已经生效的协议"))
    effect.agreement_changed(work, case, agreement)


def make_amendment(work: UnitOfWork, agreement_id: RecordId, values: Mapping[str, Any], content: str) -> Agreement:
    """Draft the agreement that changes one in effect: it says what the other says, but for ``values`` and the content.

    The parties sign it like any other (domain rules B1.2). Inside a transaction that goes on.
    """
    amended = work.get(Agreement, agreement_id)
    body = wire_body(kind_of(Agreement), amended)
    said = {name: body[name] for name in _SAID if name in body} | {n: v for n, v in values.items() if n in _SAID}
    fields = said | {"content": content, "case_id": amended.case_id, "form": amended.form, "amends": amended.id}
    made: Agreement = make_paper(work, "agreement", fields)
    return made


def amend_agreement(work: UnitOfWork, agreement_id: RecordId, amendment: str) -> ChangeSet:
    """Begin a document that corrects (补正) or changes (变更) an agreement in effect: it begins with what that one says.

    Raises:
        RefusedError: not of the team, or the file is closed for good.
        InvalidError: the agreement is not in effect.
    """
    body = wire_body(kind_of(Agreement), work.get(Agreement, agreement_id))
    said = {name: body[name] for name in _SAID if name in body}
    fields = {"case_id": body["case_id"], "form": body["form"], "amends": agreement_id, "amendment": amendment}
    make_paper(work, "agreement", said | fields)
    return work.commit()


def _nothing(work: UnitOfWork, case: Case, paper: Any) -> None:
    """Some kinds ask for nothing more."""


_Hook = Callable[[UnitOfWork, Case, Any], None]
_ADDED: Final[dict[str, _Hook]] = {
    "dispute": _dispute_added, "party": _party_added, "session": _session_added, "statement": _statement_added,
    "agreement": _agreement_added, "participant": course.participant_added, "investigation": _nothing,
    "extension": course.extension_added, "performance_line": after.line_added, "revisit": after.revisit_added,
    "confirmation": after.confirmation_added,
}  # fmt: skip
_CHANGED: Final[dict[str, _Hook]] = {
    "dispute": _dispute_changed, "party": _party_changed, "session": _session_changed, "agreement": effect.agreement_changed,
    "participant": course.participant_changed,
    "confirmation": after.confirmation_changed,
}  # fmt: skip


def edit_paper(work: UnitOfWork, kind: str, paper_id: RecordId, changes: Mapping[str, Any]) -> ChangeSet:
    """Correct or complete a confidential record; a closed session and an agreement in effect stay as they are.

    Raises:
        RefusedError: not of the team, locked, frozen, or written once.
    """
    work.require("case.mediate")
    paper, case = _open_paper(work, kind, paper_id)
    if kind == "performance_line":
        after.refuse_terms(work, case, paper, changes)
    if kind == "session":
        _change_session(work, paper, changes)
    else:
        work.change(paper, changes)
    _CHANGED.get(kind, _nothing)(work, case, paper)
    return work.commit()


def _open_paper(work: UnitOfWork, kind: str, paper_id: RecordId) -> tuple[Any, Case]:
    paper = work.get(PAPERS[kind], paper_id)
    case = get_case(work.session, paper.case_id)
    require_team(work, case)
    flow.refuse_locked(case.state)
    return paper, case


def act_paper(
    work: UnitOfWork, kind: str, paper_id: RecordId, action: str, fields: Mapping[str, Any], reason: str | None = None
) -> ChangeSet:
    """Close a session, put an agreement into effect, tell a party its rights, or note its refusal.

    Raises:
        RefusedError: a guard stands against it and names its article.
    """
    paper, case = _open_paper(work, kind, paper_id)
    step = _STEPS.get((kind, action))
    if step is None:
        raise RefusedError(N_("这类记录没有“{action}”这一步"), action=action)
    step(work, case, paper, fields, reason)
    work.audit(f"{kind}.{action}", kind, paper_id)
    return work.commit()


def _refuse_uninformed(parties: Sequence[Party]) -> None:
    everybody = {p.id for p in parties}
    flow.refuse_without_notice({p.id for p in parties if p.notice_at}, everybody)
    flow.refuse_without_signature({p.id for p in parties if is_informed(p)}, everybody)


def _close(work: UnitOfWork, case: Case, paper: Any, fields: Mapping[str, Any], reason: str | None) -> None:
    """Notice to all who are there first (PML articles 23, 24), invited persons with consent (20), two parties, a record.

    Where nobody was ticked as present, everybody counts as such. ``reason`` says why a signature is missing and who saw that;
    it stands among the notes. That the record was read back and signed the case's guard asks, here and at the centre.
    """
    session: MediationSession = paper
    if fields:
        _change_session(work, session, fields)
    _session_changed(work, case, session)
    parties = parties_of(work, case.id)
    flow.refuse_fewer_than_two(len(parties))
    _refuse_uninformed([p for p in parties if p.id in (session.present or ())] or parties)
    if session.attendees and not session.attendees_agreed:
        raise RefusedError(N_("邀请他人参加调解，要先征得当事人同意（人民调解法第二十条）"))
    if (reason or "").strip():
        session.unsigned_because = str(reason).strip()
        make_paper(work, "statement", {"session_id": session.id, "statement_kind": flow.NOTE, "text": session.unsigned_because})
    work.step(session, "close", reason=reason)
    session.closed_at = work.clock.now()
    session.ended_at = session.ended_at or session.closed_at


def _correct(work: UnitOfWork, case: Case, paper: Any, fields: Mapping[str, Any], reason: str | None) -> None:
    """When or where a session was is put right: in the record while nobody has signed it, else by a note beside it (补正)."""
    session: MediationSession = paper
    work.require("case.mediate")
    specs = kind_of(MediationSession).fields
    given = {name: clean_one(specs[name], fields[name], work.today) for name in signing.TERMS if fields.get(name)}
    said = {name: (_term(name, getattr(session, name)), _term(name, value)) for name, value in given.items()}
    changes = {name: given[name] for name, (was, now) in said.items() if was != now}
    if not changes:
        raise InvalidError.one("place", N_("时间和地点都没有改"))
    if "started_at" in changes:
        _refuse_impossible(work, case, session, changes["started_at"])
    if session.state == flow.SESSION_OPEN and not signing.signers(wire_body(kind_of(MediationSession), session)):
        _change_session(work, session, changes)
        return
    why = (reason or "").strip()
    if not why:
        raise RefusedError(N_("记录已有人签名：请写明补正的理由"))
    parts = [
        translate(_TERM_WORDS[name], "zh").format(was=said[name][0] or translate(N_("没有写"), "zh"), now=said[name][1])
        for name in changes
    ]
    text = translate(N_("补正：{changes}。理由：{reason}"), "zh").format(changes="；".join(parts), reason=why)
    make_paper(work, "statement", {"session_id": session.id, "statement_kind": flow.NOTE, "text": text})


def _refuse_impossible(work: UnitOfWork, case: Case, session: MediationSession, started_at: datetime) -> None:
    """Refuse a time at which the session cannot have begun; each refusal names the bound.

    Raises:
        InvalidError: after now, before the day on which the case was accepted, or after the session had ended.
    """
    if started_at > work.clock.now():
        raise InvalidError.one("started_at", N_("不能晚于现在（{bound}）"), bound=_term("started_at", work.clock.now()))
    if case.accepted_on is not None and local_day(started_at) < case.accepted_on:
        raise InvalidError.one("started_at", N_("不能早于受理的日子（{bound}）"), bound=str(case.accepted_on))
    if session.ended_at is not None and started_at > session.ended_at:
        raise InvalidError.one("started_at", N_("不能晚于调解结束的时间（{bound}）"), bound=_term("started_at", session.ended_at))


_TERM_WORDS: Final = {"started_at": N_("时间原写{was}，应为{now}"), "place": N_("地点原写{was}，应为{now}")}


def _term(name: str, value: Any) -> str:
    """Return a time to the minute, as a form shows it, or a place."""
    return f"{local(value):%Y-%m-%d %H:%M}" if name == "started_at" and value is not None else str(value or "")


def _notify(work: UnitOfWork, case: Case, paper: Any, fields: Mapping[str, Any], reason: str | None) -> None:
    """Rights and duties were told to a party (PML articles 23 and 24); ``reason`` says why it did not sign, and who saw."""
    work.require("case.mediate")
    given = {"notice_at": paper.notice_at or work.clock.now()} | dict(fields)
    if reason and reason.strip():
        given["note"] = "\n".join(t for t in (paper.note, reason.strip()) if t)
    work.change(paper, given)


def _refuse(work: UnitOfWork, case: Case, paper: Any, fields: Mapping[str, Any], reason: str | None) -> None:
    """A party clearly refuses mediation: there shall be none (PML article 17)."""
    work.require("case.mediate")
    if not (reason or "").strip():
        raise RefusedError(N_("请写明当事人拒绝调解的情况"))
    work.change(paper, {"consents": False, "note": "\n".join(t for t in (paper.note, reason) if t)})
    _party_changed(work, case, paper)


_Step = Callable[[UnitOfWork, Case, Any, Mapping[str, Any], "str | None"], None]


def _stepping(act: Callable[..., None], action: str) -> _Step:
    return lambda work, case, paper, fields, reason: act(work, case, paper, action, fields, reason)


_STEPS: Final[dict[tuple[str, str], _Step]] = {
    ("session", "close"): _close,
    ("session", "correct"): _correct,
    ("agreement", "take-effect"): effect.take_effect,
    ("party", "notify"): _notify,
    ("party", "refuse"): _refuse,
    ("investigation", "close"): course.close_investigation,
} | {
    (kind, action): _stepping(act, action)
    for kind, table, act in (
        ("performance_line", flow.LINE, after.act_line),
        ("revisit", flow.REVISIT, after.act_revisit),
        ("confirmation", flow.CONFIRMATION, after.act_confirmation),
    )
    for action in table.actions
}


def actions_of(kind: str) -> tuple[str, ...]:
    """Return what can be done with a confidential kind."""
    return tuple(action for known, action in _STEPS if known == kind)


def void_paper(work: UnitOfWork, kind: str, paper_id: RecordId, reason: str) -> ChangeSet:
    """Declare a confidential record void (entered by mistake); it stays readable for the team.

    Raises:
        RefusedError: not of the team, locked, or it is final.
    """
    work.require("case.mediate")
    paper, case = _open_paper(work, kind, paper_id)
    model = PAPERS[kind]
    if getattr(paper, "state", None) in model.__frozen_states__:
        raise RefusedError(FROZEN_WORDS[model.__frozen_code__])
    if kind == "statement":
        _refuse_settled(work, paper)
    if kind == "party":
        refuse_bound(work, paper)
    if kind == "performance_line" and paper.state == flow.LINE_DONE:
        raise RefusedError(WORDS["line-performed"], code="line-performed")
    work.void(paper, reason)
    if kind == "party":
        case.party_count = max(0, (case.party_count or 0) - 1)
    _stub_follows(work, case, kind)
    return work.commit()


def unvoid_paper(work: UnitOfWork, kind: str, paper_id: RecordId, reason: str) -> ChangeSet:
    """Take a confidential record back that was declared void."""
    work.require("case.mediate")
    paper, case = _open_paper(work, kind, paper_id)
    if kind == "statement":
        _refuse_settled(work, paper)
    if kind == "party":
        refuse_bound(work, paper)
    work.unvoid(paper, reason)
    if kind == "party":
        case.party_count = (case.party_count or 0) + 1
    if kind == "dispute":
        _dispute_added(work, case, paper)
    _stub_follows(work, case, kind)
    return work.commit()


def _refuse_settled(work: UnitOfWork, statement: Statement) -> None:
    """What was said in a closed session was read back and signed; only a note made later is not part of that (补正)."""
    closed_at = work.get(MediationSession, statement.session_id).closed_at
    later = statement.statement_kind == flow.NOTE and closed_at is not None and statement.created_at >= closed_at
    if closed_at is not None and not later:
        raise RefusedError(N_("这次调解已经结束，记录已定稿"))


def _stub_follows(work: UnitOfWork, case: Case, kind: str) -> None:
    """Take from the stub what a void record had put there: what the records that are left say stands."""
    if kind == "extension":
        work.session.flush()
        left = select(func.max(Extension.until)).where(Extension.case_id == case.id, Extension.voided.is_not(True))
        case.extended_to = work.session.scalar(left)
    if kind == "dispute":
        work.session.flush()
        said = select(Dispute).where(Dispute.case_id == case.id, Dispute.voided.is_not(True)).order_by(Dispute.id)
        _dispute_changed(work, case, work.session.scalars(said.limit(1)).first() or Dispute())
