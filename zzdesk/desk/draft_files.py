"""Files that are added to a form before its record is born: encrypted at once, the photo's place read, nothing sent yet."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import or_, select

from zzdesk.clock import RecordId
from zzdesk.desk.models import DraftFile
from zzdesk.desk.session import Desk
from zzdesk.errors import NotFoundError
from zzdesk.evidence import commands as evidence
from zzdesk.evidence.commands import TakenIn
from zzdesk.evidence.files import FileStore, Stored
from zzdesk.evidence.models import Attachment
from zzdesk.i18n import N_
from zzdesk.store.engine import translated
from zzdesk.store.unit import ChangeSet, Reader, UnitOfWork


@dataclass(frozen=True)
class DraftFileRow:
    """A file that waits with a form; ``location`` is ``latitude,longitude``; ``picture`` the hash of what can be shown."""

    id: RecordId
    name: str
    size: int
    sha256: str
    picture: str | None
    location: str | None


def store_of(desk: Desk) -> FileStore:
    """Return the files of an open desk."""
    return FileStore(desk.paths.files, desk.store.key)


def add(desk: Desk, form: str, path: Path) -> RecordId:
    """Take a file in for a form and return its id there; the original on the disk or stick stays where it is.

    Raises:
        RefusedError: no right. NotFoundError, InvalidError, DiskFullError: nothing was kept.
    """
    store = store_of(desk)
    with translated():
        taken = evidence.put(store, path)
        try:
            return desk.write(_note, form, taken).created[0]
        except BaseException:
            evidence.take_back(store, taken)
            raise


def _note(work: UnitOfWork, form: str, taken: TakenIn) -> ChangeSet:
    work.require("attachment.add")
    shared, file_id = taken.shared, work.clock.new_id()
    work.session.add(DraftFile(
        id=file_id, account=work.actor.account_id, form=form, name=taken.name, mime=taken.mime,
        sha256=taken.original.sha256, size=taken.original.size, shared_sha256=shared.sha256 if shared else None,
        shared_size=shared.size if shared else None, location=taken.location, taken_at=taken.taken_at,
        added_at=work.clock.now(),
    ))  # fmt: skip
    work.session.commit()
    return ChangeSet(created=(file_id,))


def of_form(read: Reader, form: str) -> tuple[DraftFileRow, ...]:
    """Return the files of one's own form, in the order in which they were added."""
    return tuple(map(_row, _files(read, form)))


def _row(file: DraftFile) -> DraftFileRow:
    return DraftFileRow(file.id, file.name, file.size, file.sha256, file.shared_sha256, file.location)


def _files(who: Reader | UnitOfWork, form: str) -> list[DraftFile]:
    mine = DraftFile.account == who.actor.account_id, DraftFile.form == form
    return list(who.session.scalars(select(DraftFile).where(*mine).order_by(DraftFile.added_at, DraftFile.id)))


def remove(desk: Desk, file_id: RecordId) -> None:
    """Take one file away from a form, and its bytes unless something else names them.

    Raises:
        NotFoundError: it is not there, or is somebody else's.
    """
    desk.write(_remove, store_of(desk), file_id)


def _remove(work: UnitOfWork, store: FileStore, file_id: RecordId) -> ChangeSet:
    file = work.session.get(DraftFile, file_id)
    if file is None or file.account != work.actor.account_id:
        raise NotFoundError(N_("本机没有这条记录：{id}"), id=file_id)
    forget(work, store, [file])
    return ChangeSet()


def discard(work: UnitOfWork, store: FileStore, form: str) -> ChangeSet:
    """Forget the files of a form that is given up."""
    forget(work, store, _files(work, form))
    return ChangeSet()


def forget(work: UnitOfWork, store: FileStore, files: Iterable[DraftFile]) -> None:
    """Delete the notes, and after the commit the bytes: a note without its bytes would be missed, not the other way."""
    gone: list[str] = []
    for file in files:
        gone += [sha256 for sha256 in (file.sha256, file.shared_sha256) if sha256]
        work.session.delete(file)
    work.session.flush()
    unnamed = [sha256 for sha256 in gone if not _is_named(work, sha256)]
    work.session.commit()
    for sha256 in unnamed:
        store.drop(sha256)


def _is_named(work: UnitOfWork, sha256: str) -> bool:
    tables: tuple[Any, ...] = (Attachment, DraftFile)
    return any(
        work.session.scalar(select(t.id).where(or_(t.sha256 == sha256, t.shared_sha256 == sha256)).limit(1)) is not None
        for t in tables
    )


def hand_over(work: UnitOfWork, form: str) -> dict[RecordId, TakenIn]:
    """Return the files of a form, by their ids there, for the record that is being born, and forget them here with it."""
    files = _files(work, form)
    for file in files:
        work.session.delete(file)
    return {file.id: _taken(file) for file in files}


def _taken(file: DraftFile) -> TakenIn:
    shared = None
    if file.shared_sha256 is not None and file.shared_size is not None:
        shared = Stored(file.shared_sha256, file.shared_size, new=False)
    original = Stored(file.sha256, file.size, new=False)
    return TakenIn(file.name, file.mime, original, shared, file.taken_at, file.location)
