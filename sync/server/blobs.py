"""Bytes of attachments at the centre: offered, taken in chunk by chunk, believed only when hashed again as a whole.

A blob is named by its SHA-256. ``pending`` becomes ``verified`` after the centre has read back the whole file from its
disk and found that hash; until then nobody gets a byte of it. Who may write a record in whose scope it is named may send
it; who may read one gets it, except the original of a photo, which is for its author and for who holds the right
(decision 16). A blob that no record names for 30 days is ``quarantined``: kept, and not given out. None is ever deleted.

Locks are taken in one order: the file's, then a transaction; inside that, ``blob_ref`` before ``blob``.
"""

from __future__ import annotations

import errno
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final, TypeVar

from sqlalchemy import Connection, Row, exists, select, update
from sqlalchemy.exc import DBAPIError

from sync.files import BlobAnswer, BlobRequest, MissingAnswer, MissingBlob, MissingRequest
from sync.problems import WireError
from sync.server.accounts import Speaker, caller_of
from sync.server.blobs_files import BlobFiles, BrokenBlobError
from sync.server.blobs_index import LARGEST, ORIGINAL, PENDING, QUARANTINED, VERIFIED
from sync.server.centre import Centre
from sync.server.database import is_passing
from sync.server.faults import report
from sync.server.scopes import Reach, case_of, reach_of, roles_of
from sync.server.tables import blob, blob_ref
from zzdesk.accounts.rights import allowed
from zzdesk.clock import to_iso
from zzdesk.errors import BusyError
from zzdesk.store.files import private_folder, write_private
from zzdesk.store.locks import exclusive

FOLDER: Final = "blobs"
KEPT_UNREFERENCED: Final = timedelta(days=30)
SWEPT_EVERY: Final = timedelta(days=1)
READ_ORIGINAL: Final = "attachment.original"
_ATTEMPTS: Final = 4
_FULL: Final = (errno.ENOSPC, errno.EDQUOT)
T = TypeVar("T")


def files_of(centre: Centre) -> BlobFiles:
    """Return the centre's folder of blobs, with the key that follows from its secret."""
    return BlobFiles(private_folder(centre.database.folder / FOLDER), centre.key("blobs 1"))


# ---- who may --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Named:
    """A blob that the speaker may send or get: its hash and its size as the record says it."""

    sha256: str
    size: int


def _reach(connection: Connection, speaker: Speaker) -> Reach:
    caller = caller_of(connection, speaker)
    return reach_of(connection, caller.ceiling, speaker.user, proven=speaker.proven)


def _refs(connection: Connection, sha256: str) -> list[Row[Any]]:
    return list(connection.execute(select(blob_ref).where(blob_ref.c.sha256 == sha256)))


def writable(centre: Centre, speaker: Speaker, sha256: str) -> Named:
    """Return a blob that the speaker may send: a record that may be written names it, or one that the speaker made.

    Who took a photo still sends it after its record was handed over to where the sender has no rights.

    Raises:
        WireError: blob-unknown, for what does not exist and for what is not the speaker's alike.
    """
    with centre.database.reading() as connection:
        reach = _reach(connection, speaker)
        for ref in _refs(connection, sha256):
            if reach.rights.get(ref.scope_id) == "rw" or (speaker.proven and ref.owner == speaker.user):
                return Named(sha256, ref.size)
    raise WireError("blob-unknown")


def readable(centre: Centre, speaker: Speaker, sha256: str) -> Row[Any]:
    """Return the row of a verified blob that the speaker may get.

    Raises:
        WireError: blob-unknown, for what does not exist and for what is not the speaker's alike; blob-pending: the
            bytes are not here.
    """
    with centre.database.reading() as connection:
        reach = _reach(connection, speaker)
        named = _refs(connection, sha256)
        originals = [ref for ref in named if ref.part == ORIGINAL]  # naming it as a plain file lifts no restriction
        refs = [ref for ref in originals or named if reach.can_read(ref.scope_id)]
        if not any(ref.part != ORIGINAL or _may_see_original(connection, speaker, ref) for ref in refs):
            raise WireError("blob-unknown")
        row = connection.execute(select(blob).where(blob.c.sha256 == sha256)).first()
    if row is None or row.state != VERIFIED:
        raise WireError("blob-pending")
    return row


def _may_see_original(connection: Connection, speaker: Speaker, ref: Row[Any]) -> bool:
    """Say whether somebody who has proved who it is took the photo, or holds the right to see originals."""
    if not speaker.proven:
        return False
    if ref.owner == speaker.user:
        return True
    held = roles_of(connection, speaker.user)
    near = [roles for node, roles in held.items() if case_of(ref.scope_id) or ref.scope_id.startswith(node)]
    return any(allowed(roles, READ_ORIGINAL) for roles in near)


# ---- sending --------------------------------------------------------------------------------------------------------


def offer(centre: Centre, speaker: Speaker, request: BlobRequest) -> BlobAnswer:
    """Begin an upload, or go on with one that anybody began; ``verified`` when the bytes are here already.

    Raises:
        WireError: blob-unknown: no record that may be written names it; blob-size; too-large; no-space; busy.
    """
    if request.size > LARGEST:
        raise WireError("too-large", limit=LARGEST)
    named = writable(centre, speaker, request.sha256)
    if named.size != request.size:
        raise WireError("blob-size", size=named.size)
    sweep_daily(centre)
    files = files_of(centre)
    with _writing(centre, files, named.sha256):
        row = _registered(centre, named, request.mime)
        state, offset = row.state, row.offset
        if state == PENDING:
            offset = _settled(centre, files, row)
            _need_room(centre, row.size - offset)
            if offset == row.size:
                state = _verify(centre, files, named)
        elif named.size and not files.path(named.sha256).exists():
            _lost(centre, files, named.sha256)
            state, offset = PENDING, 0
        else:
            _note_here(centre, named.sha256)
    with centre.database.reading() as connection:
        envelope = centre.envelope(connection, request.nonce)
    return BlobAnswer(sha256=named.sha256, state=state, offset=offset, size=named.size, **envelope)


def offset_of(centre: Centre, speaker: Speaker, sha256: str) -> tuple[int, int]:
    """Return how many bytes of an upload the centre holds, and how many there shall be.

    Raises:
        WireError: blob-unknown: not begun, or not the speaker's.
    """
    writable(centre, speaker, sha256)
    files = files_of(centre)
    with _writing(centre, files, sha256):
        row = _row(centre, sha256)
        if row is None:
            raise WireError("blob-unknown")
        return (row.size if row.state != PENDING else _settled(centre, files, row)), row.size


def append(centre: Centre, speaker: Speaker, sha256: str, start: int, chunk: bytes) -> int:
    """Take the next chunk, and return how many bytes there are now; the last one has the whole file hashed again.

    Raises:
        WireError: blob-unknown; blob-offset: something else comes next; too-large; no-space: nothing of it was taken;
            blob-differs: all has arrived and is another file, so that the upload begins anew; busy.
    """
    named = writable(centre, speaker, sha256)
    files = files_of(centre)
    with _writing(centre, files, sha256):
        row = _row(centre, sha256)
        if row is None:
            raise WireError("blob-unknown")
        offset = row.size if row.state != PENDING else _settled(centre, files, row)
        if start != offset:
            raise WireError("blob-offset", offset=offset)
        if start + len(chunk) > row.size:
            raise WireError("too-large", limit=row.size)
        if chunk:
            _need_room(centre, len(chunk))
            files.append(sha256, start, chunk)
            _set(centre, sha256, offset=start + len(chunk))
        if row.state == PENDING and start + len(chunk) == row.size:
            _verify(centre, files, named)
        return start + len(chunk)


def give_up(centre: Centre, speaker: Speaker, sha256: str) -> None:
    """End an upload that is not complete and let go of its bytes (tus termination); what is verified stays.

    Raises:
        WireError: blob-unknown; blob-kept.
    """
    writable(centre, speaker, sha256)
    files = files_of(centre)
    with _writing(centre, files, sha256):
        row = _row(centre, sha256)
        if row is None:
            raise WireError("blob-unknown")
        if row.state != PENDING:
            raise WireError("blob-kept")
        files.drop(sha256)
        _transact(centre, lambda connection: connection.execute(blob.delete().where(blob.c.sha256 == sha256)))


@contextmanager
def _writing(centre: Centre, files: BlobFiles, sha256: str) -> Iterator[None]:
    """Hold one blob; a full disk is said as such, and a blob that somebody else holds too."""
    try:
        with files.lock(sha256):
            yield
    except BusyError:
        raise WireError("busy", retry_after_s=2) from None
    except OSError as error:
        if error.errno not in _FULL:
            raise
        raise WireError("no-space", retry_after_s=600) from None
    except DBAPIError as error:
        if getattr(error.orig, "sqlite_errorname", "") != "SQLITE_FULL":
            raise
        raise WireError("no-space", retry_after_s=600) from None


def _need_room(centre: Centre, size: int) -> None:
    """Refuse bytes that would take the last room from the records, which go first.

    Raises:
        WireError: no-space.
    """
    if shutil.disk_usage(centre.database.folder).free < size + centre.settings.blob_reserve:
        raise WireError("no-space", retry_after_s=600)


def _transact(centre: Centre, change: Callable[[Connection], T]) -> T:
    """Run a small change; again where another worker was at the same rows."""
    for attempt in range(_ATTEMPTS):
        try:
            with centre.database.writing() as connection:
                return change(connection)
        except DBAPIError as error:
            if attempt == _ATTEMPTS - 1 or not is_passing(error):
                raise
    raise AssertionError("unreachable")


def _row(centre: Centre, sha256: str) -> Row[Any] | None:
    with centre.database.reading() as connection:
        return connection.execute(select(blob).where(blob.c.sha256 == sha256)).first()


def _set(centre: Centre, sha256: str, **values: Any) -> None:
    _transact(centre, lambda c: c.execute(update(blob).where(blob.c.sha256 == sha256).values(values)))


def _registered(centre: Centre, named: Named, mime: str) -> Row[Any]:
    row = _row(centre, named.sha256)
    if row is not None:
        return row
    new = {
        "sha256": named.sha256, "size": named.size, "mime": mime, "state": PENDING, "offset": 0,
        "created_at": centre.now_iso(),
    }  # fmt: skip
    with centre.database.writing() as connection:
        connection.execute(blob.insert(), new)
        return connection.execute(select(blob).where(blob.c.sha256 == named.sha256)).one()


def _settled(centre: Centre, files: BlobFiles, row: Row[Any]) -> int:
    """Return how many bytes of an upload are really there, after a crash or a restored database too."""
    offset = files.settle(row.sha256, row.offset)
    if offset != row.offset:
        _set(centre, row.sha256, offset=offset)
    return offset


def _verify(centre: Centre, files: BlobFiles, named: Named) -> str:
    """Hash the whole file as it lies on the disk; only then is it believed.

    Raises:
        WireError: blob-differs: the upload begins anew.
    """
    try:
        same = files.digest(named.sha256, named.size) == named.sha256
    except BrokenBlobError:
        same = False
    if not same:
        files.drop(named.sha256)
        _set(centre, named.sha256, offset=0)
        raise WireError("blob-differs")
    now = centre.now_iso()

    def note(connection: Connection) -> None:
        connection.execute(update(blob_ref).where(blob_ref.c.sha256 == named.sha256).values(here=True))
        change = update(blob).where(blob.c.sha256 == named.sha256)
        connection.execute(change.values(state=VERIFIED, verified_at=now, unreferenced_since=None))

    _transact(centre, note)
    return VERIFIED


def _note_here(centre: Centre, sha256: str) -> None:
    """Mend rows of records that came in while the blob was being verified."""

    def note(connection: Connection) -> None:
        stale = update(blob_ref).where(blob_ref.c.sha256 == sha256, blob_ref.c.here.is_(False))
        connection.execute(stale.values(here=True))
        aside = update(blob).where(blob.c.sha256 == sha256, blob.c.state == QUARANTINED)
        connection.execute(aside.values(state=VERIFIED, unreferenced_since=None))

    _transact(centre, note)


def _lost(centre: Centre, files: BlobFiles, sha256: str) -> None:
    """Ask for a blob again whose bytes are gone or spoilt: desks keep theirs (section 8.10)."""
    files.put_aside(sha256)

    def note(connection: Connection) -> None:
        connection.execute(update(blob_ref).where(blob_ref.c.sha256 == sha256).values(here=False))
        connection.execute(
            update(blob).where(blob.c.sha256 == sha256).values(state=PENDING, offset=0, verified_at=None)
        )

    _transact(centre, note)


# ---- getting --------------------------------------------------------------------------------------------------------


def read(centre: Centre, sha256: str, start: int, stop: int) -> Iterator[bytes]:
    """Yield bytes of a verified blob; where they are spoilt the answer breaks off, and the blob is asked for again.

    Raises:
        BrokenBlobError: after what could be read.
    """
    files = files_of(centre)
    try:
        yield from files.read(sha256, start, stop)
    except BrokenBlobError as error:
        report(f"blob {sha256[:12]}", error)
        with files.lock(sha256):
            _lost(centre, files, sha256)
        raise


def missing(centre: Centre, speaker: Speaker, request: MissingRequest) -> MissingAnswer:
    """Return the blobs that records of one scope name and whose bytes are not here, by record, a page at a time.

    Raises:
        WireError: scope-denied.
    """
    there = exists().where(blob.c.sha256 == blob_ref.c.sha256, blob.c.state == VERIFIED)
    columns = (blob_ref.c.record_id, blob_ref.c.sha256, blob_ref.c.size, blob_ref.c.part)
    query = select(*columns).where(
        blob_ref.c.scope_id == request.scope, blob_ref.c.here.is_(False), blob_ref.c.voided.is_(False), ~there
    )
    if request.after:
        query = query.where(blob_ref.c.record_id > request.after)
    with centre.database.reading() as connection:
        if not _reach(connection, speaker).can_read(request.scope):
            raise WireError("scope-denied")
        found = connection.execute(query.order_by(blob_ref.c.record_id).limit(request.limit + 2)).all()
        envelope = centre.envelope(connection, request.nonce)
    # A photo has two rows, and a page never ends between them.
    page = list(found)
    if len(found) > request.limit:
        last = found[request.limit - 1].record_id
        page = [row for row in found if row.record_id <= last]
    rows = [MissingBlob(row.record_id, row.sha256, row.size, row.part) for row in page]
    return MissingAnswer(items=rows, more=len(found) > len(page), **envelope)


# ---- keeping house --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Kept:
    """What the centre keeps: blobs by state, bytes of the verified ones, and files that no row names."""

    pending: int
    verified: int
    quarantined: int
    bytes: int
    nameless: int


def sweep(centre: Centre) -> None:
    """Note which blobs no record names, and set aside those that none has named for 30 days; nothing is deleted."""
    now, long_ago = centre.now_iso(), to_iso(centre.now() - KEPT_UNREFERENCED)
    named = exists().where(blob_ref.c.sha256 == blob.c.sha256, blob_ref.c.voided.is_(False))

    def note(connection: Connection) -> None:
        connection.execute(
            update(blob).where(blob.c.unreferenced_since.is_not(None), named).values(unreferenced_since=None)
        )
        connection.execute(
            update(blob).where(blob.c.unreferenced_since.is_(None), ~named).values(unreferenced_since=now)
        )
        aside = update(blob).where(blob.c.state == VERIFIED, blob.c.unreferenced_since <= long_ago)
        connection.execute(aside.values(state=QUARANTINED))

    _transact(centre, note)


def sweep_daily(centre: Centre) -> None:
    """Sweep if nobody has since a day; where several workers meet here, one of them does it."""
    note = private_folder(centre.database.folder / FOLDER) / "swept"
    try:
        with exclusive(note.with_name("swept.lock")):
            last = note.read_text() if note.exists() else ""
            if last < to_iso(centre.now() - SWEPT_EVERY):
                sweep(centre)
                write_private(note, centre.now_iso().encode())
    except BusyError:
        return


def kept(centre: Centre) -> Kept:
    """Return what there is, for the operator; reads the names of all files."""
    with centre.database.reading() as connection:
        rows = {row.sha256: row for row in connection.execute(select(blob.c.sha256, blob.c.state, blob.c.size))}
    states = [row.state for row in rows.values()]
    nameless = sum(1 for name in files_of(centre).names() if name not in rows)
    size = sum(row.size for row in rows.values() if row.state == VERIFIED)
    return Kept(states.count(PENDING), states.count(VERIFIED), states.count(QUARANTINED), size, nameless)


__all__ = ["Kept", "append", "give_up", "kept", "missing", "offer", "offset_of", "read", "readable", "sweep"]
