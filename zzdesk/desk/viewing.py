"""Looking at a file of a record inside the program: first a line in the audit, then its bytes, and nothing on the disk.

Who may see the record may open its files; a scan of an identity card is personal data as its number is, so it takes the right
and the reason of uncovering, and thirty seconds (rules B5.1). Asking and reading are two transactions, as with ``reveals``.
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from zzdesk.clock import RecordId, to_iso
from zzdesk.desk import records
from zzdesk.desk.opening import note_revealed
from zzdesk.errors import BrokenDatabaseError, NotFoundError, RefusedError
from zzdesk.evidence.files import FileStore
from zzdesk.evidence.models import Attachment
from zzdesk.evidence.queries import may_see_original
from zzdesk.evidence.views import LARGEST, OPENED, SEEN, View, seen_by, view
from zzdesk.i18n import N_
from zzdesk.mediation.team import require_scope
from zzdesk.people.reveals import SHOWN_FOR, checked_reason
from zzdesk.store.audit import Audit
from zzdesk.store.unit import ChangeSet, Reader, UnitOfWork

if TYPE_CHECKING:
    from zzdesk.desk.session import Desk

COVERED: Final = ("identity",)
"""Purposes of files that are opened for a reason, for thirty seconds."""
OPEN_FOR: Final = timedelta(hours=1)
"""How long the pages of other files may be turned after the line in the audit."""


def is_covered(purpose: str) -> bool:
    """Say whether a file is opened only for a reason."""
    return purpose in COVERED


def open_file(work: UnitOfWork, attachment_id: RecordId, reason: str | None = None) -> ChangeSet:
    """Write into the audit that the actor opens a file; ``look`` gives it from the commit on.

    Raises:
        RefusedError: no right to see it, another team's case, or no reason where one is needed. NotFoundError: no such file.
    """
    file = _file(work, attachment_id)
    if is_covered(file.purpose):
        work.require("person.reveal")
        work.audit(OPENED, "attachment", attachment_id, purpose=file.purpose, reason=checked_reason(reason or ""))
    else:
        work.audit(OPENED, "attachment", attachment_id, purpose=file.purpose)
    note_revealed(work, file.scope, attachment_id, "sha256")
    return work.commit()


def look(desk: Desk, attachment_id: RecordId, page: int = 1) -> View:
    """Return what a file looks like that the actor has opened; drawn outside of any transaction, for it may take seconds.

    Raises:
        RefusedError: it was not opened, or the time is over. NotFoundError: no such file.
    """
    files = FileStore(desk.paths.files, desk.store.key)
    found = desk.read(content, files, attachment_id)
    return found if isinstance(found, View) else view(found[0], found[1], page)


def content(read: Reader, files: FileStore, attachment_id: RecordId) -> tuple[bytes, str] | View:
    """Return the plain bytes and the kind of a file that the actor has opened, or why there are none to look at.

    Of a photo the copy without what the camera wrote into it, where it is on this desk (decision 16).

    Raises:
        RefusedError: it was not opened, or the time is over. NotFoundError: no such file.
    """
    file = _file(read, attachment_id)
    _require_opened(read, file)
    wanted = [file.shared_sha256] if file.shared_sha256 else []
    if not wanted or may_see_original(read, file):
        wanted.append(file.sha256)
    there = next((sha256 for sha256 in wanted if files.has(sha256)), None)
    if there is None:
        return View(why="absent")
    if file.size > LARGEST and there == file.sha256:
        return View(why="too-large")
    try:
        return b"".join(files.read(there)), file.mime
    except NotFoundError:
        return View(why="absent")
    except BrokenDatabaseError:
        return View(why="broken")


def note_seen(work: UnitOfWork, attachment_id: RecordId) -> ChangeSet:
    """Write that what a file says was on the screen: a vetting may rest on it (人力资源市场暂行条例 article 26).

    Raises:
        RefusedError: it was not opened, or the time is over.
    """
    file = _file(work, attachment_id)
    _require_opened(work, file)
    if attachment_id not in seen_by(work, [attachment_id]):
        work.audit(SEEN, "attachment", attachment_id, purpose=file.purpose)
        work.touch(file.record_kind, file.record_id)
    return work.commit()


def take_out(desk: Desk, attachment_id: RecordId, target: Path, reason: str) -> None:
    """Write a file's plain bytes to where the actor said, with the reason in the audit first.

    Raises:
        RefusedError: no right to export, or to see what is hidden. NotFoundError, DiskFullError, and others of the file system.
    """
    desk.write(_note_taken_out, attachment_id, reason)
    desk.read(records.export_attachment, FileStore(desk.paths.files, desk.store.key), attachment_id, target)


def _note_taken_out(work: UnitOfWork, attachment_id: RecordId, reason: str) -> ChangeSet:
    file = _file(work, attachment_id)
    with work.together():
        records.note_export(work, "attachment", 1, reason)
    work.audit(OPENED, "attachment", attachment_id, purpose=file.purpose, taken_out=True)
    note_revealed(work, file.scope, attachment_id, "sha256")
    return work.commit()


def _file(who: UnitOfWork | Reader, attachment_id: RecordId) -> Attachment:
    """Return a file whose record the actor may look at; who reads a case because 110 was called opens none of its files."""
    file = who.session.get(Attachment, attachment_id)
    if file is None:
        raise NotFoundError(N_("本机没有这条记录：{id}"), id=attachment_id)
    records.readable_scope(who, file.record_kind, file.record_id)
    require_scope(who, file.scope)
    return file


def _require_opened(who: UnitOfWork | Reader, file: Attachment) -> None:
    now = who.clock.now()
    since = now - (SHOWN_FOR if is_covered(file.purpose) else OPEN_FOR)
    lines = select(Audit.seq).where(
        Audit.record_id == file.id, Audit.event == OPENED, Audit.actor == who.actor.account_id,
        Audit.at >= to_iso(since), Audit.at <= to_iso(now),
    )  # fmt: skip
    if who.session.scalar(lines.limit(1)) is None:
        raise RefusedError(N_("请先打开这个附件，再看内容"))


__all__ = ["View", "content", "is_covered", "look", "note_seen", "open_file", "take_out"]
