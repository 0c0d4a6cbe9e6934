"""Where the bytes of attachments are, for the windows and the command line: a record without bytes is seen (hazard 18)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import exists, or_, select

from zzdesk.clock import RecordId
from zzdesk.errors import NotFoundError, RefusedError
from zzdesk.evidence import local
from zzdesk.evidence.files import FileStore
from zzdesk.evidence.models import Attachment, BlobLocal
from zzdesk.evidence.queries import bytes_of, may_see_original
from zzdesk.i18n import N_
from zzdesk.mediation.team import require_scope, visible
from zzdesk.ops.state import get_state
from zzdesk.people.masks import mask
from zzdesk.store.space import keep_ballast
from zzdesk.store.unit import ChangeSet, Page, Reader, UnitOfWork


@dataclass(frozen=True)
class FileRow:
    """One attachment and where its bytes are; ``problem`` is the code of why the centre did not take or give them."""

    id: RecordId
    record_kind: str
    record_id: RecordId
    name: str
    purpose: str
    size: int
    bytes_here: bool
    bytes_at_centre: bool
    state: str
    problem: str | None


@dataclass(frozen=True)
class Freeable:
    """How many files this desk may let go of, and how many bytes they take."""

    count: int
    size: int


def files(read: Reader, after: RecordId | None = None, limit: int = 50, *, only_open: bool = False) -> Page[FileRow]:
    """Return one page of the attachments that the actor may see, in the order of their ids.

    ``only_open`` leaves out those whose bytes the centre has hashed.
    """
    read.require("record.read")
    query = select(Attachment).where(visible(read, Attachment), Attachment.voided.is_not(True))
    if only_open:
        named = or_(BlobLocal.sha256 == Attachment.sha256, BlobLocal.sha256 == Attachment.shared_sha256)
        query = query.where(exists().where(named, BlobLocal.centre != local.VERIFIED))
    if after is not None:
        query = query.where(Attachment.id > after)
    found = read.session.scalars(query.order_by(Attachment.id).limit(limit + 1)).all()
    where = bytes_of(read.session, found[:limit])
    rows = tuple(_row(a, where[a.id]) for a in found[:limit])
    return Page(rows, rows[-1].id if len(found) > limit else None)


def _row(a: Attachment, where: local.Bytes) -> FileRow:
    return FileRow(
        a.id, a.record_kind, a.record_id, mask("file", a.name), a.purpose, a.size, where.here, where.at_centre,
        where.state, where.problem,
    )  # fmt: skip


def fetch(work: UnitOfWork, attachment_id: RecordId) -> ChangeSet:
    """Ask for an attachment's bytes with the next synchronisation: the original for who may see it, else the copy.

    Raises:
        NotFoundError: the record is not on this desk. RefusedError: no right, or another team's case.
    """
    work.require("record.read")
    attachment = work.session.get(Attachment, attachment_id)
    if attachment is None:
        raise NotFoundError(N_("本机没有这条记录：{id}"), id=attachment_id)
    require_scope(work, attachment.scope)
    for sha256, size in _wanted(work, attachment):
        local.want(work.session, sha256, size)
    return work.commit()


def _wanted(work: UnitOfWork, a: Attachment) -> Iterable[tuple[str, int]]:
    if a.shared_sha256 is not None and a.shared_size is not None:
        yield a.shared_sha256, a.shared_size
    if a.shared_sha256 is None or may_see_original(work, a):
        yield a.sha256, a.size


def freeable(read: Reader) -> Freeable:
    """Return what this desk may let go of: hashed by the centre 30 days ago or more, and safe in its backups."""
    read.require("backup.run")
    found = local.deletable(read.session, read.clock.now(), get_state(read.session).durable_seq)
    return Freeable(len(found), sum(each.size for each in found))


def free(work: UnitOfWork, store: FileStore) -> ChangeSet:
    """Let go of the bytes that :func:`freeable` counts; they can be fetched again. The audit says how many.

    Raises:
        RefusedError: no right, or there is nothing that may go.
    """
    work.require("backup.run")
    found = local.deletable(work.session, work.clock.now(), get_state(work.session).durable_seq)
    if not found:
        raise RefusedError(N_("没有可以腾出的附件：只有中心核对过、存进备份并满三十天的才能腾出，协议和录音除外"))
    for each in found:
        local.let_go(work.session, each.sha256)
    work.audit("attachment.freed", count=len(found), bytes=sum(each.size for each in found))
    changes = work.commit()
    for each in found:  # only now: a file without its note would be missed, a note without its file is fetched
        store.drop(each.sha256)
    return changes


__all__ = ["FileRow", "FileStore", "Freeable", "fetch", "files", "free", "freeable", "keep_ballast"]
