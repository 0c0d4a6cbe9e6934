"""Adding files to records."""

from __future__ import annotations

import mimetypes
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from zzdesk.accounts import sealed
from zzdesk.clock import RecordId
from zzdesk.errors import InvalidError, RefusedError
from zzdesk.evidence import local, photos
from zzdesk.evidence.files import FileStore, Stored
from zzdesk.evidence.models import Attachment
from zzdesk.i18n import N_
from zzdesk.store.base import kinds
from zzdesk.store.unit import ChangeSet, UnitOfWork

Guard = Callable[[UnitOfWork, str], None]
"""Refuses a scope that the actor may not write to (a mediation case of another team)."""
Heard = Callable[[UnitOfWork, str, Mapping[str, Any]], None]
"""Refuses, by scope and fields, an attachment that is a recording which not everybody agreed to."""


def attach(
    work: UnitOfWork, files: FileStore, guard: Guard, heard: Heard, record_kind: str, record_id: RecordId, path: Path,
    fields: Mapping[str, Any] | None = None,
) -> ChangeSet:  # fmt: skip
    """Take a file in for a record: hashed, encrypted, and noted, or nothing of it.

    ``fields`` may hold name, purpose, note, taken_at.

    Raises:
        NotFoundError: the record or the file is not here.
        RefusedError: no right, the record is another team's, or it is a recording that not everybody agreed to.
        InvalidError: too large, or a field cannot be taken.
        DiskFullError: no room left; nothing was kept.
    """
    make(work, files, guard, heard, record_kind, record_id, path, fields)
    return work.commit()


def make(
    work: UnitOfWork, files: FileStore, guard: Guard, heard: Heard, record_kind: str, record_id: RecordId, path: Path,
    fields: Mapping[str, Any] | None = None,
) -> Attachment:  # fmt: skip
    """Take a file in inside a transaction that goes on."""
    work.require("attachment.add")
    known = kinds().get(record_kind)
    if known is None or record_kind in ("attachment", "conflict", "account"):
        raise InvalidError.one("record_kind", N_("没有这类记录"))
    record: Any = work.get(known.model, record_id)
    guard(work, record.scope)
    if record_kind == sealed.KIND:  # the centre takes nothing else under seal, and a file beside it would be open to all
        raise RefusedError(N_("线索不能附文件，附件不在封存范围内。请在内容里写明，证据直接交给民警"))
    about = {"record_kind": record_kind, "record_id": record_id, "name": path.name[-200:]} | dict(fields or {})
    heard(work, record.scope, about)
    attachment = work.create(Attachment, about, scope=record.scope)
    taken = put(files, path)
    try:
        _fill(work, attachment, taken)
        if taken.shared is not None and "purpose" not in about:
            attachment.purpose = "photo"
        work.session.flush()
    except BaseException:
        take_back(files, taken)
        raise
    return attachment


@dataclass(frozen=True)
class TakenIn:
    """A file that lies in the store: its bytes as they were, and of a photo the copy that others see (decision 16)."""

    name: str
    mime: str
    original: Stored
    shared: Stored | None = None
    taken_at: datetime | None = None
    location: str | None = None
    """Where the camera says it was: ``latitude,longitude`` in degrees (WGS 84)."""


def put(files: FileStore, path: Path) -> TakenIn:
    """Put a file, and the shared copy of a photo, into the store; nothing of it is noted anywhere yet.

    Raises:
        NotFoundError, InvalidError, DiskFullError: nothing was kept.
    """
    original = files.put(path)
    mime = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    taken = TakenIn(path.name[-200:], mime, original)
    try:
        photo = photos.read(path)
        if photo is None:
            return taken
        copy = files.put_bytes(photo.shared)
    except BaseException:
        take_back(files, taken)
        raise
    return TakenIn(taken.name, photo.mime, original, copy, photo.taken_at, photo.location)


def take_back(files: FileStore, taken: TakenIn) -> None:
    """Take out of the store what :func:`put` put there, unless it had been there before."""
    for each in (taken.original, taken.shared):
        if each is not None and each.new:
            files.drop(each.sha256)


def note_taken(
    work: UnitOfWork, guard: Guard, record_kind: str, record: Any, taken: TakenIn, fields: Mapping[str, Any] | None = None
) -> Attachment:
    """Make the attachment of a file that lies in the store already, for a record of the same transaction.

    ``fields`` may hold purpose and note.

    Raises:
        RefusedError: no right, or the record is another team's.
    """
    work.require("attachment.add")
    guard(work, record.scope)
    purpose = "photo" if taken.shared is not None else "other"
    about = {"record_kind": record_kind, "record_id": record.id, "name": taken.name, "purpose": purpose}
    attachment = work.create(Attachment, about | dict(fields or {}), scope=record.scope)
    _fill(work, attachment, taken)
    return attachment


def _fill(work: UnitOfWork, attachment: Attachment, taken: TakenIn) -> None:
    """Note what is known of a file; what only a photo's original says stays in ``location`` and ``taken_at``."""
    attachment.sha256, attachment.size = taken.original.sha256, taken.original.size
    attachment.mime, attachment.device = taken.mime, work.actor.device_id
    attachment.location, attachment.taken_at = taken.location, attachment.taken_at or taken.taken_at
    if taken.shared is not None:
        attachment.shared_sha256, attachment.shared_size = taken.shared.sha256, taken.shared.size
    for each in (taken.original, taken.shared):
        if each is not None:
            local.taken_in(work.session, each.sha256, each.size)


def edit(
    work: UnitOfWork, guard: Guard, heard: Heard, attachment_id: RecordId, changes: Mapping[str, Any]
) -> ChangeSet:
    """Correct purpose or note; the file itself never changes.

    Raises:
        RefusedError: no right, another team's, or it would become a recording that not everybody agreed to.
    """
    work.require("attachment.add")
    work.require("record.read")
    attachment = work.get(Attachment, attachment_id)
    guard(work, attachment.scope)
    if changes.get("purpose") not in (None, attachment.purpose):
        about = {"record_kind": attachment.record_kind, "record_id": attachment.record_id, "purpose": changes["purpose"]}
        heard(work, attachment.scope, about)
    work.change(attachment, changes)
    return work.commit()


def _to_void(work: UnitOfWork, guard: Guard, attachment_id: RecordId) -> Attachment:
    """Return an attachment if the actor took it in, or may void what others did."""
    attachment = work.get(Attachment, attachment_id)
    work.require("attachment.add" if attachment.created_by == work.actor.account_id else "record.void")
    guard(work, attachment.scope)
    return attachment


def void(work: UnitOfWork, guard: Guard, attachment_id: RecordId, reason: str) -> ChangeSet:
    """Declare an attachment void, one's own or with the right to void; record and file stay."""
    attachment = _to_void(work, guard, attachment_id)
    work.void(attachment, reason)
    return work.commit()


def unvoid(work: UnitOfWork, guard: Guard, attachment_id: RecordId, reason: str) -> ChangeSet:
    """Take an attachment back that was declared void."""
    attachment = _to_void(work, guard, attachment_id)
    work.unvoid(attachment, reason)
    return work.commit()
