"""Adding files to records."""

from __future__ import annotations

import mimetypes
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from zzdesk.clock import RecordId
from zzdesk.errors import InvalidError
from zzdesk.evidence.files import FileStore
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
    stored = files.put(path)
    attachment.sha256, attachment.size = stored.sha256, stored.size
    attachment.mime = mimetypes.guess_type(attachment.name)[0] or "application/octet-stream"
    attachment.device = work.actor.device_id
    try:
        work.session.flush()
    except BaseException:
        if stored.new:
            files.drop(stored.sha256)
        raise
    return attachment


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
