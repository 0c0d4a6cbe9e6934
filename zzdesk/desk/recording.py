"""Recording what is said in a session of mediation: with everybody's consent, written down first (PIPL articles 13, 15, 29).

Mediation and evidence meet here. A recording lies on the disk, sealed, from its first second (``zzdesk.evidence.tapes``);
stopped, it becomes an attachment of the session with its SHA-256, for the case's team alone (PML article 15). What a
program that was killed left behind is found by the next one: it is kept or deleted by a person, never by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sqlalchemy import select

from zzdesk.clock import RecordId, local
from zzdesk.desk import room
from zzdesk.desk.session import Desk
from zzdesk.errors import RefusedError
from zzdesk.evidence import commands as evidence
from zzdesk.evidence import tapes
from zzdesk.evidence.commands import TakenIn
from zzdesk.evidence.files import FileStore, Stored
from zzdesk.evidence.models import Attachment
from zzdesk.evidence.tapes import Sound, Tape
from zzdesk.i18n import N_, translate
from zzdesk.mediation import workflow as flow
from zzdesk.mediation.models import MediationSession
from zzdesk.mediation.papers import make_paper
from zzdesk.mediation.team import get_case, require_scope, require_team
from zzdesk.store.engine import translated
from zzdesk.store.unit import ChangeSet, UnitOfWork

MIME: Final = "audio/wav"
PURPOSE: Final = "recording"
_BEGUN: Final = N_("已告知并征得在场当事人同意，开始录音")
_AGAIN: Final = N_("在场当事人都同意，继续录音")
_WITHDRAWN: Final = N_("有当事人不再同意录音，录音暂停")


@dataclass(frozen=True)
class Begun:
    """A tape to write on, and what was written down when it began."""

    tape: Tape
    change: ChangeSet


@dataclass(frozen=True)
class Left:
    """What was recorded in a session and neither kept nor deleted: its length in seconds."""

    seconds: float


def begin(desk: Desk, session_id: RecordId, sound: Sound) -> Begun:
    """Begin a recording: the consent of all who are there stands in the record before the first word is heard.

    Raises:
        RefusedError: somebody has not agreed, not of the team, or the session is over.
        DiskFullError: no room left.
    """
    change = desk.write(_note_begun, session_id, _BEGUN)
    return Begun(Tape(desk.paths.tapes, desk.store.key, session_id, desk.clock.now(), sound), change)


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
    """Return what lies on tapes of a session; None where there is nothing.

    Raises:
        BrokenDatabaseError: a tape cannot be read.
    """
    found = [tapes.look(path, desk.store.key) for path in tapes.of_record(desk.paths.tapes, session_id)]
    seconds = sum(kept.seconds for kept in found)
    return Left(seconds) if seconds else None


def keep(desk: Desk, session_id: RecordId) -> ChangeSet:
    """Take what was recorded in a session in as its attachments, each with its SHA-256, and let go of the tapes.

    What was recorded was recorded with consent: one that was withdrawn later does not touch it (PIPL article 15).

    Raises:
        RefusedError: not of the team. BrokenDatabaseError: a tape cannot be read. DiskFullError: the tapes stay.
    """
    paths, key = tapes.of_record(desk.paths.tapes, session_id), desk.store.key
    files, change = FileStore(desk.paths.files, key), ChangeSet()
    with translated():
        found = [_Taken(kept, _store(files, path, key, kept)) for path in paths if (kept := tapes.look(path, key)).size]
        try:
            change = desk.write(_keep, session_id, found) if found else change
        except BaseException:
            for each in found:
                if each.stored.new:
                    files.drop(each.stored.sha256)
            raise
        for path in paths:
            path.unlink()
    return change


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
        name = translate(N_("录音-{time}.wav"), "zh").format(time=f"{local(about.begun_at):%Y%m%d-%H%M%S}")
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
            path.unlink()
    return change


def _note_deleted(work: UnitOfWork, session_id: RecordId, reason: str) -> ChangeSet:
    if not reason.strip():
        raise RefusedError(N_("请写明为什么删除录音"))
    session = work.get(MediationSession, session_id)
    case = get_case(work.session, session.case_id)
    require_team(work, case)
    if case.state not in flow.LOCKED:
        text = translate(N_("录音已删除，没有保存：{reason}"), "zh").format(reason=reason.strip())
        make_paper(work, "statement", {"session_id": session_id, "statement_kind": flow.NOTE, "text": text})
    work.audit("session.recording-deleted", "session", session_id)
    return work.commit()


def length(seconds: float) -> str:
    """Return a length as people read it: hours, minutes and seconds."""
    whole = int(seconds)
    return f"{whole // 3600:02d}:{whole // 60 % 60:02d}:{whole % 60:02d}"
