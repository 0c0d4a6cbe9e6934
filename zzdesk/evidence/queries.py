"""What the windows ask about attachments. Records of a mediation case are asked for through ``zzdesk.desk.records``,
which knows the teams; here a scope that was not cleared shows nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from zzdesk.clock import RecordId
from zzdesk.errors import NotFoundError
from zzdesk.evidence.files import FileStore
from zzdesk.evidence.models import Attachment
from zzdesk.i18n import N_
from zzdesk.people.masks import mask
from zzdesk.store.unit import Reader


@dataclass(frozen=True)
class AttachmentRow:
    """One file of a record; its name is masked."""

    id: RecordId
    name: str
    purpose: str
    mime: str
    size: int
    sha256: str
    created_at: datetime
    created_by: str
    voided: bool


@dataclass(frozen=True)
class Verified:
    """Whether a file is still what was taken in: ``present`` here, and ``same`` bytes."""

    sha256: str
    present: bool
    same: bool


def _row(a: Attachment) -> AttachmentRow:
    name = mask("file", a.name)
    return AttachmentRow(
        a.id, name, a.purpose, a.mime, a.size, a.sha256, a.created_at, a.created_by, bool(a.voided)
    )


def list_attachments(read: Reader, record_id: RecordId, scope: str) -> tuple[AttachmentRow, ...]:
    """Return the files of a record, oldest first; ``scope`` is the record's, which the caller has cleared."""
    read.require("record.read")
    query = select(Attachment).where(Attachment.record_id == record_id, Attachment.scope == scope)
    return tuple(_row(a) for a in read.session.scalars(query.order_by(Attachment.created_at, Attachment.id)))


def verify(read: Reader, files: FileStore, attachment_id: RecordId) -> Verified:
    """Hash a file again and compare; tells nothing of its content.

    Raises:
        NotFoundError: the record is not on this desk.
    """
    read.require("record.read")
    attachment = read.session.get(Attachment, attachment_id)
    if attachment is None:
        raise NotFoundError(N_("本机没有这条记录：{id}"), id=attachment_id)
    if not files.has(attachment.sha256):
        return Verified(attachment.sha256, present=False, same=False)
    return Verified(attachment.sha256, present=True, same=files.verify(attachment.sha256))
