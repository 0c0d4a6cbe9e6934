"""Recording what is said in a session of mediation: with everybody's consent, written down first (PIPL articles 13, 15, 29).

Mediation and evidence meet here. A recording lies on the disk, sealed, from its first second (``zzdesk.evidence.tapes``);
stopped, it becomes an attachment of the session with its SHA-256, for the case's team alone (PML article 15). What a
program that was killed left behind is found by the next one: it is kept or deleted by a person, never by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sqlalchemy import select

from zzdesk.clock import RecordId, local
from zzdesk.desk import room
from zzdesk.desk.session import Desk
from zzdesk.errors import BrokenDatabaseError, DiskFullError, RefusedError
from zzdesk.evidence import commands as evidence
from zzdesk.evidence import tapes
from zzdesk.evidence.commands import TakenIn
from zzdesk.evidence.files import FileStore, Stored
from zzdesk.evidence.models import Attachment
from zzdesk.evidence.tapes import Sound, Tape
from zzdesk.i18n import N_, translate
from zzdesk.mediation import workflow as flow
from zzdesk.mediation.models import Case, MediationSession
from zzdesk.mediation.papers import make_paper
from zzdesk.mediation.team import get_case, in_team, require_scope, require_team
from zzdesk.store.engine import translated
from zzdesk.store.unit import ChangeSet, Reader, UnitOfWork

MIME: Final = "audio/wav"
PURPOSE: Final = "recording"
_BEGUN: Final = N_("已告知并征得在场当事人同意，开始录音")
_AGAIN: Final = N_("在场当事人都同意，继续录音")
_NOT_BEGUN: Final = N_("录音没有开始，没有录下声音")
_WITHDRAWN: Final = N_("有当事人不再同意录音，录音暂停")
STAYS: Final = N_("磁盘空间不足，录音还在本机的录音带上，没有丢失。请先腾出空间，再点“停止并保存”。")


@dataclass(frozen=True)
class Begun:
    """A tape to write on, and what was written down when it began."""

    tape: Tape
    change: ChangeSet


@dataclass(frozen=True)
class Left:
    """What was recorded in a session and neither kept nor deleted: its length in seconds, and how many tapes are broken.

    Nobody knows how long a broken one is; it can only be deleted.
    """

    seconds: float
    broken: int = 0


@dataclass(frozen=True)
class Saved:
    """What keeping came to: how many tapes became files, and how many are broken and lie there still."""

    change: ChangeSet
    kept: int
    broken: int = 0


def begin(desk: Desk, session_id: RecordId, sound: Sound, wanted: Callable[[], bool] = lambda: True) -> Begun | None:
    """Begin a recording: the consent of all who are there stands in the record before the first word is heard.

    ``wanted`` is asked last: where the room was left or somebody withdrew meanwhile nothing is noted, and None returned.

    Raises:
        RefusedError: somebody has not agreed, not of the team, or the session is over.
        DiskFullError: no room left; nothing was noted.
    """
    tape = Tape(desk.paths.tapes, desk.store.key, session_id, desk.clock.now(), sound)
    try:
        if wanted():
            return Begun(tape, desk.write(_note_begun, session_id, _BEGUN))
    except BaseException:
        tape.discard()
        raise
    tape.discard()
    return None


def not_begun(desk: Desk, session_id: RecordId, tape: Tape) -> ChangeSet:
    """Let go of a tape on which nothing was heard because nobody wanted it any more, and note that, where it can be noted."""
    tape.discard()
    return ChangeSet() if desk.locked else desk.write(_note_not_begun, session_id)


def _note_not_begun(work: UnitOfWork, session_id: RecordId) -> ChangeSet:
    session = work.get(MediationSession, session_id)
    if session.state == flow.SESSION_OPEN and get_case(work.session, session.case_id).state not in flow.LOCKED:
        _note(work, session_id, _NOT_BEGUN)
    return work.commit()


def go_on(work: UnitOfWork, session_id: RecordId) -> ChangeSet:
    """Note that a recording goes on after it was paused.

    Raises:
        RefusedError: as :func:`begin`.
    """
    return _note_begun(work, session_id, _AGAIN)


def _note_begun(work: UnitOfWork, session_id: RecordId, words: str) -> ChangeSet:
    session = work.get(MediationSession, session_id)
    require_team(work, get_case(work.session, session.case_id))
    room.refuse_unasked(work, session)
    _note(work, session_id, words)
    work.audit("session.record", "session", session_id)
    return work.commit()


def _note(work: UnitOfWork, session_id: RecordId, words: str) -> None:
    text = translate(words, "zh")  # the record is Chinese whatever the window speaks
    make_paper(work, "statement", {"session_id": session_id, "statement_kind": "notice", "text": text})


def agree(work: UnitOfWork, session_id: RecordId, parties: Sequence[RecordId]) -> ChangeSet:
    """Note who agrees while a recording runs; that somebody does not any more stands in the record, with its time.

    Raises:
        InvalidError: somebody is no party of the case. RefusedError: not of the team, or the session is closed.
    """
    before = work.get(MediationSession, session_id).recording_agreed_by or frozenset()
    with work.together():
        room.agree_to_recording(work, session_id, parties)
        if before - set(parties):
            _note(work, session_id, _WITHDRAWN)
    return work.commit()


def left(desk: Desk, session_id: RecordId) -> Left | None:
    """Return what lies on tapes of a session; None where there is nothing."""
    found = _look(desk, session_id)
    seconds, broken = sum(each.kept.seconds for each in found if each.kept), sum(each.kept is None for each in found)
    return Left(seconds, broken) if seconds or broken else None


@dataclass(frozen=True)
class _Found:
    """A tape that lies there, and what is on it; None where it is broken."""

    path: Path
    kept: tapes.Kept | None


def _look(desk: Desk, session_id: RecordId) -> list[_Found]:
    found = []
    for path in tapes.of_record(desk.paths.tapes, session_id):
        try:
            found.append(_Found(path, tapes.look(path, desk.store.key)))
        except BrokenDatabaseError:  # one that cannot be read holds up no other
            found.append(_Found(path, None))
    return found


def keep(desk: Desk, session_id: RecordId) -> Saved:
    """Take what was recorded in a session in as its attachments, each with its SHA-256, and let go of those tapes.

    What was recorded was recorded with consent: one that was withdrawn later does not touch it (PIPL article 15). A tape
    that is broken stays, and does not hold up the others.

    Raises:
        RefusedError: not of the team. DiskFullError: the tapes stay.
    """
    key = desk.store.key
    files, change, taken = FileStore(desk.paths.files, key), ChangeSet(), list[_Taken]()
    found = _look(desk, session_id)
    whole = [(each.path, each.kept) for each in found if each.kept is not None]
    with translated():
        try:
            for path, kept in whole:
                if kept.size:
                    taken.append(_Taken(kept, _store(files, path, key, kept)))
            change = desk.write(_keep, session_id, taken) if taken else change
        except BaseException as error:
            for each in taken:
                if each.stored.new:
                    files.drop(each.stored.sha256)
            if isinstance(error, DiskFullError):
                raise DiskFullError(STAYS) from error
            raise
        for path, _ in whole:
            path.unlink(missing_ok=True)
    return Saved(change, len(taken), len(found) - len(whole))


@dataclass(frozen=True)
class _Taken:
    """A tape, and the file that it became."""

    kept: tapes.Kept
    stored: Stored


def _store(files: FileStore, path: Path, key: bytes, kept: tapes.Kept) -> Stored:
    stream = tapes.WavStream(path, key, kept)
    return files.put_stream(stream, stream.size)


def _keep(work: UnitOfWork, session_id: RecordId, found: Sequence[_Taken]) -> ChangeSet:
    session = work.get(MediationSession, session_id)
    for each in found:
        about = each.kept.about
        if about is None or _is_there(work, session_id, each.stored.sha256):
            continue  # killed after it was taken in, before the tape went
        time = f"{local(about.begun_at):%Y%m%d-%H%M%S}" + (f"-{about.part}" if about.part > 1 else "")
        name = translate(N_("录音-{time}.wav"), "zh").format(time=time)
        note = translate(N_("时长 {length}"), "zh").format(length=length(each.kept.seconds))
        said = {"purpose": PURPOSE, "note": note, "taken_at": about.begun_at}
        evidence.note_taken(work, require_scope, "session", session, TakenIn(name, MIME, each.stored), said)
    return work.commit()


def _is_there(work: UnitOfWork, session_id: RecordId, sha256: str) -> bool:
    query = select(Attachment.id).where(Attachment.record_id == session_id, Attachment.sha256 == sha256)
    return work.session.scalar(query.limit(1)) is not None


def delete(desk: Desk, session_id: RecordId, reason: str) -> ChangeSet:
    """Delete what was recorded in a session and not kept, as who spoke may ask (PIPL article 47); why is noted.

    Raises:
        RefusedError: no reason, or not of the team.
    """
    change = desk.write(_note_deleted, session_id, reason)
    with translated():
        for path in tapes.of_record(desk.paths.tapes, session_id):
            path.unlink(missing_ok=True)
    return change


def _note_deleted(work: UnitOfWork, session_id: RecordId, reason: str) -> ChangeSet:
    if not reason.strip():
        raise RefusedError(N_("请写明为什么删除录音"))
    session = work.get(MediationSession, session_id)
    case = get_case(work.session, session.case_id)
    require_team(work, case)
    noted = case.state not in flow.LOCKED  # a file that is closed takes no note: there the reason is in the audit
    if noted:
        text = translate(N_("录音已删除，没有保存：{reason}"), "zh").format(reason=reason.strip())
        make_paper(work, "statement", {"session_id": session_id, "statement_kind": flow.NOTE, "text": text})
    work.audit("session.recording-deleted", "session", session_id, **({} if noted else {"reason": reason.strip()}))
    return work.commit()


def sweep(desk: Desk) -> tuple[str, ...]:
    """Take away, when a desk is entered, tapes of sessions that are not on it any more, and those on which nothing is.

    A session goes with the case that the centre took back; a program that was killed at that moment left its voice behind.

    Returns:
        the numbers of the actor's cases in which a recording was neither kept nor deleted.
    """
    folder = desk.paths.tapes
    lying = tapes.records(folder)
    if not lying or desk.locked:
        return ()
    with translated():
        known = desk.read(_cases_of, lying)
        gone = [each for each in lying if each not in known]
        seconds = tapes.seconds_of(folder, desk.store.key, gone)
        if seconds is not None:
            desk.note("session.recording-swept", voice_seconds=round(seconds, 1))
        empty = [each for each in known if left(desk, each) is None]
        tapes.drop(folder, [*gone, *empty])
    return tuple(sorted({number for each, number in known.items() if number and each not in empty}))


def _cases_of(read: Reader, session_ids: Sequence[RecordId]) -> dict[RecordId, str]:
    """Return the numbers of the cases of those sessions that are here; of a case of another team an empty one."""
    found = {}
    for each in session_ids:
        session = read.session.get(MediationSession, each)
        case = read.session.get(Case, session.case_id) if session is not None else None
        if case is not None:
            found[each] = (case.number or case.alias or "") if in_team(read, case) else ""
    return found


def length(seconds: float) -> str:
    """Return a length as people read it: hours, minutes and seconds."""
    whole = int(seconds)
    return f"{whole // 3600:02d}:{whole // 60 % 60:02d}:{whole % 60:02d}"
