"""Adding files to records."""

from __future__ import annotations

import mimetypes
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from zzdesk.clock import RecordId
from zzdesk.errors import InvalidError
from zzdesk.evidence import local, photos
from zzdesk.evidence.files import FileStore, Stored
from zzdesk.evidence.models import Attachment
from zzdesk.i18n import N_
from zzdesk.store.base import kinds
from zzdesk.store.unit import ChangeSet, UnitOfWork

Guard = Callable[[UnitOfWork, str], None]
"""Refuses a scope that the actor may not write to (a mediation case of another team)."""


def attach(
    work: UnitOfWork, files: FileStore, guard: Guard, record_kind: str, record_id: RecordId, path: Path,
    fields: Mapping[str, Any] | None = None,
) -> ChangeSet:  # fmt: skip
    """Take a file in for a record: hashed, encrypted, and noted, or nothing of it.

    ``fields`` may hold name, purpose, note, taken_at.

    Raises:
        NotFoundError: the record or the file is not here.
        RefusedError: no right, or the record is another team's.
        InvalidError: too large, or a field cannot be taken.
        DiskFullError: no room left; nothing was kept.
    """
    make(work, files, guard, record_kind, record_id, path, fields)
    return work.commit()


def make(
    work: UnitOfWork, files: FileStore, guard: Guard, record_kind: str, record_id: RecordId, path: Path,
    fields: Mapping[str, Any] | None = None,
) -> Attachment:  # fmt: skip
    """Take a file in inside a transaction that goes on."""
    work.require("attachment.add")
    known = kinds().get(record_kind)
    if known is None or record_kind in ("attachment", "conflict", "account"):
        raise InvalidError.one("record_kind", N_("没有这类记录"))
    record: Any = work.get(known.model, record_id)
    guard(work, record.scope)
    about = {"record_kind": record_kind, "record_id": record_id, "name": path.name[-200:]} | dict(fields or {})
    attachment = work.create(Attachment, about, scope=record.scope)
    stored = [files.put(path)]
    attachment.sha256, attachment.size = stored[0].sha256, stored[0].size
    attachment.mime = mimetypes.guess_type(attachment.name)[0] or "application/octet-stream"
    attachment.device = work.actor.device_id
    try:
        stored += _shared(attachment, files, path)
        for each in stored:
            local.taken_in(work.session, each.sha256, each.size)
        work.session.flush()
    except BaseException:
        for each in stored:
            if each.new:
                files.drop(each.sha256)
        raise
    return attachment


def _shared(attachment: Attachment, files: FileStore, path: Path) -> list[Stored]:
    """Make the copy of a photo that others see, and note what only its original says (decision 16)."""
    photo = photos.read(path)
    if photo is None:
        return []
    copy = files.put_bytes(photo.shared)
    attachment.shared_sha256, attachment.shared_size = copy.sha256, copy.size
    attachment.mime, attachment.location = photo.mime, photo.location
    attachment.taken_at = attachment.taken_at or photo.taken_at
    return [copy]


def edit(work: UnitOfWork, guard: Guard, attachment_id: RecordId, changes: Mapping[str, Any]) -> ChangeSet:
    """Correct purpose or note; the file itself never changes."""
    work.require("attachment.add")
    work.require("record.read")
    attachment = work.get(Attachment, attachment_id)
    guard(work, attachment.scope)
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
