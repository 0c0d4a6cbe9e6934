"""What the windows ask about attachments. Records of a mediation case are asked for through ``zzdesk.desk.records``,
which knows the teams; here a scope that was not cleared shows nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from zzdesk.clock import RecordId
from zzdesk.errors import NotFoundError
from zzdesk.evidence import local
from zzdesk.evidence.files import FileStore
from zzdesk.evidence.models import Attachment, BlobLocal
from zzdesk.evidence.views import seen_by
from zzdesk.i18n import N_
from zzdesk.people.masks import mask
from zzdesk.store.unit import Reader, UnitOfWork


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
    bytes_here: bool
    bytes_at_centre: bool
    bytes_state: str
    """``waiting`` to be sent, ``verified`` by the centre, ``missing`` on both sides, ``unknown`` until the centre is asked."""
    seen: bool = False
    """Whether the reader has had it on the screen of this computer."""


@dataclass(frozen=True)
class Verified:
    """Whether a file is still what was taken in: ``present`` here, and ``same`` bytes."""

    sha256: str
    present: bool
    same: bool


def _row(a: Attachment, where: local.Bytes, seen: frozenset[RecordId]) -> AttachmentRow:
    name = mask("file", a.name)
    return AttachmentRow(
        a.id, name, a.purpose, a.mime, a.size, a.sha256, a.created_at, a.created_by, bool(a.voided),
        where.here, where.at_centre, where.state, a.id in seen,
    )  # fmt: skip


def bytes_of(session: Session, attachments: Sequence[Attachment]) -> dict[RecordId, local.Bytes]:
    """Return where the bytes of attachments are, by the attachment's id."""
    named = {sha256 for a in attachments for sha256 in (a.sha256, a.shared_sha256) if sha256}
    found: dict[str, local.Bytes] = {}
    for part in batched(sorted(named)):
        rows = session.scalars(select(BlobLocal).where(BlobLocal.sha256.in_(part)))
        found |= {row.sha256: local.where(row) for row in rows}
    return {
        a.id: local.together([found.get(s, local.NOWHERE) for s in (a.sha256, a.shared_sha256) if s])
        for a in attachments
    }


def batched(items: Sequence[str], size: int = 400) -> Iterator[Sequence[str]]:
    """Yield parts that are short enough for one IN."""
    for start in range(0, len(items), size):
        yield items[start : start + size]


def are_at_hand(session: Session, record_id: RecordId) -> bool:
    """Say whether the bytes of every file of a record can be looked at, here or at the centre."""
    query = select(Attachment).where(Attachment.record_id == record_id, Attachment.voided.is_not(True))
    return local.all_at_hand(bytes_of(session, session.scalars(query).all()).values())


def may_see_original(who: Reader | UnitOfWork, attachment: Attachment) -> bool:
    """Say whether the actor took a photo, or holds the right to see originals (decision 16)."""
    return attachment.created_by == who.actor.account_id or who.may("attachment.original")


def list_attachments(read: Reader, record_id: RecordId, scope: str) -> tuple[AttachmentRow, ...]:
    """Return the files of a record, oldest first; ``scope`` is the record's, which the caller has cleared."""
    read.require("record.read")
    query = select(Attachment).where(Attachment.record_id == record_id, Attachment.scope == scope)
    found = read.session.scalars(query.order_by(Attachment.created_at, Attachment.id)).all()
    where = bytes_of(read.session, found)
    seen = seen_by(read, [a.id for a in found])
    return tuple(_row(a, where[a.id], seen) for a in found)


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
