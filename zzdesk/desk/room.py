"""The session room of mediation: what is said is noted with its time, read back, signed, and closed (F34, F35).

Mediation, evidence and drafts meet here. Everything is for the case's team alone (PML article 15).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from sqlalchemy import select

from zzdesk.clock import RecordId, local, local_day
from zzdesk.desk.models import Draft
from zzdesk.desk.session import Desk
from zzdesk.errors import InvalidError, RefusedError
from zzdesk.evidence import commands as evidence
from zzdesk.evidence import queries as files_of
from zzdesk.evidence.commands import TakenIn
from zzdesk.evidence.files import FileStore
from zzdesk.i18n import N_, translate
from zzdesk.mediation import commands, queries, signing, voices
from zzdesk.mediation import workflow as flow
from zzdesk.mediation.models import MediationSession, Party, Statement
from zzdesk.mediation.models_course import Participant
from zzdesk.mediation.papers import make_paper
from zzdesk.mediation.parties import parties_of
from zzdesk.mediation.queries import CaseDetail, Paper
from zzdesk.mediation.team import get_case, require_scope, require_team
from zzdesk.mediation.voices import AGENT as AGENT
from zzdesk.mediation.voices import has_agent as has_agent
from zzdesk.mediation.voices import refuse_unasked as refuse_unasked
from zzdesk.mediation.voices import refuse_unheard, refuse_unknown
from zzdesk.ops.capture import wire_body
from zzdesk.store.base import kind_of
from zzdesk.store.engine import translated
from zzdesk.store.unit import ChangeSet, Reader, UnitOfWork

MEDIATOR: Final = "mediator"
RECORDER: Final = "recorder"
OFFERS: Final = ("proposal", "counter-proposal")
"""Kinds of statements that may name an amount."""
NOTICE, RECORD, READING, SIGNING = "notice", "record", "reading", "signing"
_ROLES: Final = {"applicant": N_("申请人"), "respondent": N_("被申请人"), "third": N_("第三人")}
_ORDER: Final = tuple(_ROLES)
_KINDS: Final = {
    "statement": "", "proposal": N_("提出方案"), "counter-proposal": N_("还价"), "evidence": N_("举证"),
    "notice": N_("告知"), flow.NOTE: N_("记事"),
}  # fmt: skip
_MEDIATOR_WORD: Final = N_("调解员")
_RECORDER_WORD: Final = N_("记录人")
_SIGNERS: Final = {MEDIATOR: "mediator_signed", RECORDER: "recorder_signed"}


@dataclass(frozen=True)
class Room:
    """One session as its room shows it: masked records, and the narrative texts as they were written.

    ``number`` counts the sessions of the case from 1; ``guests`` are those invited to the case, ``welcome`` the ids of
    those among them whom every party has agreed to; ``files`` belong to the session. ``as_signed``: every signature stands
    under what was signed.
    """

    case: CaseDetail
    title: str
    dispute: Paper | None
    session: Paper
    number: int
    stored: dict[str, Any]
    as_signed: bool
    parties: tuple[Paper, ...]
    guests: tuple[Paper, ...]
    welcome: frozenset[str]
    statements: tuple[Paper, ...]
    files: tuple[files_of.AttachmentRow, ...]
    today: date

    @property
    def open(self) -> bool:
        """Whether anything may still be written."""
        locked = self.case.row.state in flow.LOCKED or self.case.row.voided
        return self.session.fields["state"] == flow.SESSION_OPEN and not locked

    @property
    def present(self) -> tuple[Paper, ...]:
        """The parties who are there; everybody, where nobody was ticked (as the guard of closing reads it)."""
        ticked = self.session.fields.get("present") or ()
        return tuple(p for p in self.parties if p.id in ticked) or self.parties


@dataclass(frozen=True)
class Lack:
    """What a session still lacks before it can be closed, where in the room that is done, and whose it is.

    ``soft`` may be gone over with a reason, which is written down.
    """

    where: str
    text: str
    whose: tuple[RecordId, ...] = ()
    soft: bool = False


def room(read: Reader, session_id: RecordId) -> Room:
    """Return a session for its room.

    Raises:
        RefusedError: the actor is not of the team.
        NotFoundError: it is not on this desk.
    """
    session = read.session.get(MediationSession, session_id)
    case = get_case(read.session, session.case_id if session is not None else None)
    require_team(read, case)
    as_signed = session is not None and signing.is_as_signed(wire_body(kind_of(MediationSession), session))
    file = queries.case_file(read, case.id)
    sessions = [p.id for p in file.sessions if not p.voided]
    parties = tuple(sorted((p for p in file.parties if not p.voided), key=lambda p: _ORDER.index(p.fields["role"])))
    guests = _guests(read, case.id)
    everybody = {p.id for p in parties}
    welcome = {g.id for g in guests if everybody <= set(g.fields.get("agreed_by") or ())}
    return Room(
        file.case, str(file.dispute.fields["title"]) if file.dispute else "", file.dispute,
        next(p for p in file.sessions if p.id == session_id),
        sessions.index(session_id) + 1 if session_id in sessions else len(sessions),
        queries.as_written(read, "session", session_id), as_signed, parties, guests, frozenset(welcome),
        tuple(p for p in file.statements if p.fields["session_id"] == session_id and not p.voided),
        files_of.list_attachments(read, session_id, _scope_of(read, session_id)), local_day(read.clock.now()),
    )  # fmt: skip


def _scope_of(read: Reader, session_id: RecordId) -> str:
    found = read.session.get(MediationSession, session_id)
    return found.scope if found is not None else ""


def _guests(read: Reader, case_id: RecordId) -> tuple[Paper, ...]:
    query = select(Participant).where(Participant.case_id == case_id, Participant.voided.is_not(True))
    return tuple(queries.paper(guest) for guest in read.session.scalars(query.order_by(Participant.id)))


def is_informed(party: Mapping[str, Any]) -> bool:
    """Say whether a party was told its rights and signed that, or would not sign and that is written down."""
    refused = party.get("notice_signed") is False and bool(party.get("note"))
    return bool(party.get("notice_at")) and (bool(party.get("notice_signed")) or refused)


def lacks(found: Room) -> tuple[Lack, ...]:
    """Return what a session lacks before it can be closed, in the order in which it is done (domain rules B1.2, row 9)."""
    said, lacking = found.session.fields, []
    if len(found.parties) < 2:
        lacking.append(Lack(NOTICE, N_("当事人至少两人")))
    untold = tuple(p.id for p in found.present if not p.fields.get("notice_at"))
    if untold:
        lacking.append(Lack(NOTICE, N_("还没有告知权利义务"), untold))
    unsigned = tuple(p.id for p in found.present if p.fields.get("notice_at") and not is_informed(p.fields))
    if unsigned:
        lacking.append(Lack(NOTICE, N_("还没有在权利义务告知书上签字"), unsigned))
    if not found.statements and not said.get("record"):
        lacking.append(Lack(RECORD, N_("还没有记下任何陈述")))
    if not said.get("record"):
        lacking.append(Lack(READING, N_("还没有整理出调解记录")))
    if not said.get("result"):
        lacking.append(Lack(READING, N_("还没有选本次结果")))
    if not said.get("read_back"):
        lacking.append(Lack(READING, N_("还没有向当事人宣读并核对")))
    if not found.as_signed:
        lacking.append(Lack(READING, N_("签名以后记录或者时间、地点又改过，请重新宣读、重新签名")))
    missing = tuple(p.id for p in found.present if p.id not in (said.get("signed_by") or ()))
    if missing:
        lacking.append(Lack(SIGNING, N_("还没有签名"), missing, soft=True))
    ours = tuple(who for who, field in _SIGNERS.items() if not said.get(field))
    return (*lacking, Lack(SIGNING, N_("调解员、记录人还没有签名"), ours, soft=True)) if ours else tuple(lacking)


def say(
    work: UnitOfWork, session_id: RecordId, speaker: str, kind: str, text: str, amount: Any = None, draft: str = ""
) -> ChangeSet:
    """Note what somebody said; what was typed so far (``draft``) is forgotten in the same transaction.

    ``speaker`` is the id of a party or of somebody invited, ``agent:`` with the party's id, ``mediator``, or empty.

    Raises:
        InvalidError: no text, an amount without a proposal, or who speaks is not of this case.
        RefusedError: not of the team, or the session is closed.
    """
    fields: dict[str, Any] = {"session_id": session_id, "statement_kind": kind, "text": text}
    if amount is not None:
        if kind not in OFFERS:
            raise InvalidError.one("amount", N_("只有方案可以写金额"))
        fields["amount"] = amount
    with work.together():
        make_paper(work, "statement", fields | _speaker(work, session_id, speaker))
    if draft and (kept := work.session.get(Draft, (work.actor.account_id, draft))) is not None:
        work.session.delete(kept)
    return work.commit()


def _speaker(work: UnitOfWork, session_id: RecordId, speaker: str) -> dict[str, Any]:
    case_id = work.get(MediationSession, session_id).case_id
    if not speaker:
        return {}
    if speaker == MEDIATOR:
        return {"speaker": work.actor.display_name}
    guest = work.session.get(Participant, speaker)
    if guest is not None and guest.case_id == case_id:
        return {"speaker": guest.name}
    party = work.session.get(Party, speaker.removeprefix(AGENT))
    if party is None or party.case_id != case_id or party.voided:
        raise InvalidError.one("party_id", N_("不是这件纠纷的当事人"))
    return {"party_id": party.id} | ({"speaker": party.agent_name} if speaker.startswith(AGENT) else {})


def invite(work: UnitOfWork, session_id: RecordId, fields: Mapping[str, Any]) -> ChangeSet:
    """Invite somebody while a session runs; who has every party's consent is there at once (PML article 20).

    Raises:
        InvalidError: every field that cannot be taken. RefusedError: not of the team, or the session is closed.
    """
    session = work.get(MediationSession, session_id)
    with work.together():
        guest: Participant = make_paper(work, "participant", {**fields, "case_id": session.case_id})
        _let_in(work, session, guest)
    return work.commit()


def note_consent(work: UnitOfWork, session_id: RecordId, guest_id: RecordId, said: Mapping[str, Any]) -> ChangeSet:
    """Note what each party says to somebody invited (``agreed_by``, ``refused_by``); whom all want is there at once.

    Raises:
        InvalidError: somebody named is no party, or says both.
    """
    session, guest = work.get(MediationSession, session_id), work.get(Participant, guest_id)
    with work.together():
        commands.edit_paper(work, "participant", guest_id, {name: said.get(name) for name in ("agreed_by", "refused_by")})
        _let_in(work, session, guest)
    return work.commit()


def _let_in(work: UnitOfWork, session: MediationSession, guest: Participant) -> None:
    everybody = {p.id for p in parties_of(work, session.case_id)}
    if everybody and everybody <= (guest.agreed_by or frozenset()):
        there = sorted((session.invited or frozenset()) | {guest.id})
        commands.edit_paper(work, "session", session.id, {"invited": there})


def draft_record(read: Reader, session_id: RecordId) -> str:
    """Return a record put together from what was noted, for a person to put into order and read out.

    People stand in it by their role, as such a record names them; it is Chinese whatever the window speaks.

    Raises:
        RefusedError: the actor is not of the team.
    """
    session = read.session.get(MediationSession, session_id)
    case = get_case(read.session, session.case_id if session is not None else None)
    require_team(read, case)
    roles = _role_words(read, case.id)
    query = select(Statement).where(Statement.session_id == session_id, Statement.voided.is_not(True))
    lines = [_line(each, roles) for each in read.session.scalars(query.order_by(Statement.created_at, Statement.id))]
    return "\n".join(lines)


def _role_words(read: Reader, case_id: RecordId) -> dict[str, str]:
    query = select(Party).where(Party.case_id == case_id, Party.voided.is_not(True)).order_by(Party.created_at, Party.id)
    parties = list(read.session.scalars(query))
    counts = {role: sum(p.role == role for p in parties) for role in _ROLES}
    seen: dict[str, int] = {}
    words = {}
    for party in parties:
        seen[party.role] = seen.get(party.role, 0) + 1
        number = str(seen[party.role]) if counts[party.role] > 1 else ""
        words[party.id] = translate(_ROLES[party.role], "zh") + number
    return words


def _line(said: Statement, roles: Mapping[str, str]) -> str:
    who = roles.get(said.party_id or "", "")
    if said.speaker:
        who = translate(N_("{who}的代理人"), "zh").format(who=who) if who else said.speaker
    kind = translate(_KINDS.get(said.statement_kind, ""), "zh") if _KINDS.get(said.statement_kind) else ""
    money = f"{said.amount.normalize():f} 元" if said.amount is not None else ""
    head = "，".join(part for part in (who, kind, money) if part)
    return f"{local(said.created_at):%H:%M} {head}：{said.text}" if head else f"{local(said.created_at):%H:%M} {said.text}"


def sign(desk: Desk, session_id: RecordId, who: str, drawing: bytes) -> ChangeSet:
    """Keep a signature that was drawn (SVG) as evidence of the session, with its hash, and note who signed.

    Raises:
        RefusedError: not of the team, the session is closed, or the record was not read back yet.
        InvalidError: ``who`` is no party of the case. DiskFullError: nothing was kept.
    """
    with translated():
        return desk.write(add_signature, FileStore(desk.paths.files, desk.store.key), session_id, who, drawing)


def add_signature(work: UnitOfWork, files: FileStore, session_id: RecordId, who: str, drawing: bytes) -> ChangeSet:
    """Keep a drawn signature and note who signed, in one transaction; see :func:`sign`."""
    stored = files.put_bytes(drawing)
    try:
        session = work.get(MediationSession, session_id)
        stamp = f"{local(work.clock.now()):%Y%m%d-%H%M%S}"
        name = translate(N_("签名-{who}-{time}.svg"), "zh").format(who=_signer_word(work, session, who), time=stamp)
        with work.together():
            _note_signed(work, session, (who,))
        taken = TakenIn(name, "image/svg+xml", stored)
        about = {"purpose": "signature", "note": who, "taken_at": work.clock.now()}
        evidence.note_taken(work, require_scope, "session", session, taken, about)
        return work.commit()
    except BaseException:
        if stored.new:
            files.drop(stored.sha256)
        raise


def sign_on_paper(desk: Desk, session_id: RecordId, who: Sequence[str], path: Path) -> ChangeSet:
    """Take in the scan of the paper that was signed, and note whose signatures are on it.

    Raises:
        As :func:`sign`; NotFoundError: the file is not there.
    """
    with translated():
        return desk.write(add_signed_paper, FileStore(desk.paths.files, desk.store.key), session_id, tuple(who), path)


def add_signed_paper(
    work: UnitOfWork, files: FileStore, session_id: RecordId, who: Sequence[str], path: Path
) -> ChangeSet:
    """Take in a signed paper and note who signed, in one transaction; see :func:`sign_on_paper`."""
    if not who:
        raise InvalidError.one("signed_by", N_("请选出在纸上签了名的人"))
    with work.together():
        _note_signed(work, work.get(MediationSession, session_id), who)
    return evidence.attach(work, files, require_scope, refuse_unheard, "session", session_id, path, {"purpose": "scan"})


def _signer_word(work: UnitOfWork, session: MediationSession, who: str) -> str:
    """Return as what somebody signs; a name would stand in the file's name."""
    if who in _SIGNERS:
        return translate(_MEDIATOR_WORD if who == MEDIATOR else _RECORDER_WORD, "zh")
    party = work.session.get(Party, who)
    if party is None or party.case_id != session.case_id:
        raise InvalidError.one("signed_by", N_("不是这件纠纷的当事人"))
    return translate(_ROLES[party.role], "zh")


def _note_signed(work: UnitOfWork, session: MediationSession, who: Sequence[str]) -> None:
    """What is signed has been read out first (domain rules B1.2, row 9)."""
    if not session.read_back:
        raise RefusedError(N_("请先宣读记录并核对，再签名"))
    changes: dict[str, Any] = {_SIGNERS[each]: True for each in who if each in _SIGNERS}
    parties = {each for each in who if each not in _SIGNERS}
    for each in parties:
        _signer_word(work, session, each)
    if parties:
        changes["signed_by"] = sorted((session.signed_by or frozenset()) | parties)
    commands.edit_paper(work, "session", session.id, changes)


def close(work: UnitOfWork, session_id: RecordId, reason: str = "") -> ChangeSet:
    """Close a session; ``reason`` says why a signature is missing and stays with the record as a note.

    Raises:
        RefusedError: by a guard, which names its article.
    """
    with work.together():
        commands.act_paper(work, "session", session_id, "close", {}, reason.strip() or None)
    return work.commit()


def read_again(work: UnitOfWork, session_id: RecordId, reason: str) -> ChangeSet:
    """Take the signatures back because the record has to be put right; what was drawn stays as evidence, and why is noted.

    Raises:
        RefusedError: no reason, or the session is closed.
    """
    if not reason.strip():
        raise RefusedError(N_("请写明为什么要重新宣读"))
    with work.together():
        make_paper(work, "statement", {"session_id": session_id, "statement_kind": flow.NOTE, "text": reason.strip()})
        nobody = dict.fromkeys(("signed_by", "mediator_signed", "recorder_signed", "read_back"))
        commands.edit_paper(work, "session", session_id, nobody)
    return work.commit()


def agree_to_recording(work: UnitOfWork, session_id: RecordId, voices_: Sequence[str]) -> ChangeSet:
    """Note who agreed that their voice is recorded, as they say it now: parties, ``agent:`` with a party's id, who is invited.

    Raises:
        InvalidError: somebody is none of these.
    """
    session = work.get(MediationSession, session_id)
    refuse_unknown(work, session.case_id, voices_)
    return commands.edit_paper(work, "session", session_id, {"recording_agreed_by": sorted(voices_) or None})


def heard(found: Room) -> tuple[str, ...]:
    """Return whose voice a recording would hold, as :func:`agree_to_recording` takes them: each of them is asked."""
    parties = [(party.id, party.fields) for party in found.parties]
    return voices.heard(found.session.fields, parties, [guest.id for guest in found.guests], found.today)


def may_record(found: Room) -> bool:
    """Say whether voices may be recorded: everybody who is heard has agreed (PIPL articles 13 and 29)."""
    asked = heard(found)
    return bool(asked) and frozenset(asked) <= frozenset(found.session.fields.get("recording_agreed_by") or ())


def add_recording(desk: Desk, session_id: RecordId, path: Path) -> ChangeSet:
    """Take in a recording of a session, where all who are heard have agreed.

    Raises:
        RefusedError: somebody has not agreed, or not of the team. NotFoundError, DiskFullError: nothing was kept.
    """
    with translated():
        return desk.write(_add_recording, FileStore(desk.paths.files, desk.store.key), session_id, path)


def _add_recording(work: UnitOfWork, files: FileStore, session_id: RecordId, path: Path) -> ChangeSet:
    return evidence.attach(work, files, require_scope, refuse_unheard, "session", session_id, path, {"purpose": "recording"})
