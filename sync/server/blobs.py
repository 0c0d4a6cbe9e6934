"""Bytes of attachments at the centre: offered, taken in chunk by chunk, believed only when hashed again as a whole.

A blob is named by its SHA-256. What a device sends is that device's own upload until the centre has read back the whole
file from its disk and found that hash; then it is a blob, kept once however many send it. Who may write a record in whose
scope it is named may send it; who may read one gets it, if the record is vouched for (``sync.server.blobs_index``), except
the original of a photo, which is for its author and for who holds the right (decision 16). Whoever has not shown that it
holds the bytes is answered as if the centre had never heard of them.

Locks are taken in one order: the file's, then a transaction; inside that, ``blob_ref`` before ``blob``.
"""

from __future__ import annotations

import errno
import hmac
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from sqlalchemy import Connection, Row, select, update
from sqlalchemy.exc import DBAPIError

from sync import possession
from sync.files import BlobAnswer, BlobRequest, MissingAnswer, MissingBlob, MissingRequest
from sync.problems import WireError
from sync.server import blobs_index
from sync.server.accounts import Speaker, caller_of
from sync.server.blobs_files import BlobFiles, BrokenBlobError
from sync.server.blobs_index import LARGEST, ORIGINAL, PENDING, QUARANTINED, VERIFIED, WITH
from sync.server.centre import Centre
from sync.server.database import is_passing
from sync.server.faults import report
from sync.server.held import release
from sync.server.scopes import Reach, case_of, reach_of, roles_of
from sync.server.tables import blob, blob_ref, blob_upload
from zzdesk.accounts.rights import allowed
from zzdesk.errors import BusyError
from zzdesk.store.files import private_folder

FOLDER: Final = "blobs"
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
    """A blob that the speaker may send: its hash and its size as the record says it.

    ``orphans`` are records that name it and may be written by the speaker, of which nobody knows who made them.
    """

    sha256: str
    size: int
    orphans: tuple[str, ...] = ()


def _reach(connection: Connection, speaker: Speaker, *, escrow: bool = False) -> Reach:
    caller = caller_of(connection, speaker, escrow=escrow)
    return reach_of(connection, caller.ceiling, speaker.user, proven=speaker.proven)


def _refs(connection: Connection, sha256: str) -> list[Row[Any]]:
    return list(connection.execute(select(blob_ref).where(blob_ref.c.sha256 == sha256)))


def writable(centre: Centre, speaker: Speaker, sha256: str) -> Named:
    """Return a blob that the speaker may send: a record that may be written names it, or one that the speaker made.

    Who took a photo still sends it after its record was handed over to where the sender has no rights; a device in
    escrow, what lies in quarantine with its operations too.

    Raises:
        WireError: blob-unknown, for what does not exist and for what is not the speaker's alike.
    """
    with centre.database.reading() as connection:
        reach = _reach(connection, speaker, escrow=True)
        named = _refs(connection, sha256)
    aside = WITH + speaker.device_id
    open_ = [ref for ref in named if reach.rights.get(ref.scope_id) == "rw" or ref.scope_id == aside]
    mine = open_ or [ref for ref in named if speaker.proven and ref.owner == speaker.user]
    if not mine:
        raise WireError("blob-unknown")
    return Named(sha256, mine[0].size, tuple(ref.record_id for ref in open_ if ref.device_id is None))


def readable(centre: Centre, speaker: Speaker, sha256: str) -> Row[Any]:
    """Return the row of a verified blob that the speaker may get.

    Raises:
        WireError: blob-unknown, for what does not exist and for what is not the speaker's alike; blob-pending: the
            bytes are not here, or nobody has vouched for the record that names them.
    """
    with centre.database.reading() as connection:
        reach = _reach(connection, speaker)
        named = _refs(connection, sha256)
        if not any(reach.can_read(ref.scope_id) for ref in named):
            raise WireError("blob-unknown")
        row = connection.execute(select(blob).where(blob.c.sha256 == sha256)).first()
        vouched = [ref for ref in named if ref.vouched]
        originals = [ref for ref in vouched if ref.part == ORIGINAL]  # naming it as a plain file lifts no restriction
        refs = [ref for ref in originals or vouched if reach.can_read(ref.scope_id)]
        if row is None or row.state != VERIFIED or not refs:
            raise WireError("blob-pending")
        if not any(ref.part != ORIGINAL or _may_see_original(connection, speaker, ref) for ref in refs):
            raise WireError("blob-unknown")
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


def offer(centre: Centre, speaker: Speaker, request: BlobRequest, token: str) -> BlobAnswer:
    """Begin an upload, or go on with one of this device; ``verified`` when it has shown that it holds what is here.

    ``token`` is the one that the speaker came with: what is to be shown follows from it.

    Raises:
        WireError: blob-unknown: no record that may be written names it; blob-size; too-large; no-space; busy.
    """
    if request.size > LARGEST:
        raise WireError("too-large", limit=LARGEST)
    named = writable(centre, speaker, request.sha256)
    if named.size != request.size:
        raise WireError("blob-size", size=named.size)
    files = files_of(centre)
    with _writing(centre, files, named.sha256):
        state, offset = VERIFIED, named.size
        if not _holds(centre, files, speaker, request, token):
            row = _registered(centre, speaker, named, request.mime)
            state, offset = PENDING, _settled(centre, files, row)
            _need_room(centre, row.size - offset)
            if offset == row.size:
                state = _verify(centre, files, speaker, row, named)
        else:
            _believe(centre, files, speaker, named)
    with centre.database.reading() as connection:
        envelope = centre.envelope(connection, request.nonce)
    return BlobAnswer(sha256=named.sha256, state=state, offset=offset, size=named.size, **envelope)


def _holds(centre: Centre, files: BlobFiles, speaker: Speaker, request: BlobRequest, token: str) -> bool:
    """Say whether the blob is here and the device holds it, too: it has shown so before, or does now."""
    row = _there(centre, files, request.sha256)
    if row is None or row.size != request.size:
        return False
    if _shown(centre, files, speaker, row.sha256) is not None:
        return True
    if request.proof is None:
        return False
    asked = possession.challenge(token, row.sha256)
    try:
        expected = possession.proof(asked, row.size, lambda start, stop: files.read(row.sha256, start, stop))
    except BrokenBlobError:
        _lost(centre, files, row.sha256)
        return False
    return hmac.compare_digest(expected, request.proof)


def offset_of(centre: Centre, speaker: Speaker, sha256: str) -> tuple[int, int]:
    """Return how many bytes of its upload the centre holds, and how many there shall be.

    Raises:
        WireError: blob-unknown: not begun, or not the speaker's.
    """
    with _uploading(centre, speaker, sha256) as upload:
        return (upload.offset, upload.size)


def append(centre: Centre, speaker: Speaker, sha256: str, start: int, chunk: bytes) -> int:
    """Take the next chunk, and return how many bytes there are now; the last one has the whole file hashed again.

    Raises:
        WireError: blob-unknown; blob-offset: something else comes next; too-large; no-space: nothing of it was taken;
            blob-differs: all has arrived and is another file, so that the upload begins anew; busy.
    """
    with _uploading(centre, speaker, sha256) as upload:
        if start != upload.offset:
            raise WireError("blob-offset", offset=upload.offset)
        stop = start + len(chunk)
        if stop > upload.size:
            raise WireError("too-large", limit=upload.size)
        if chunk and upload.row is not None:
            _need_room(centre, len(chunk))
            upload.files.append(sha256, start, chunk, speaker.device_id)
            _set(centre, upload.row, offset=stop)
        if upload.row is not None and stop == upload.size:
            _verify(centre, upload.files, speaker, upload.row, upload.named)
        return stop


def give_up(centre: Centre, speaker: Speaker, sha256: str) -> None:
    """End an upload that is not complete and let go of its bytes (tus termination); what is verified stays.

    Raises:
        WireError: blob-unknown; blob-kept.
    """
    with _uploading(centre, speaker, sha256) as upload:
        if upload.row is None:
            raise WireError("blob-kept")
        upload.files.drop(sha256, speaker.device_id)
        transact(centre, lambda connection: forget_upload(connection, sha256, speaker.device_id))


def take_carried(
    centre: Centre, speaker: Speaker, sha256: str, size: int, mime: str, start: int, data: bytes
) -> tuple[str, int]:
    """Take some bytes of a file that came in a bundle; return its state and how far it has come.

    What has come before, or does not follow what is here, changes nothing.

    Raises:
        WireError: as ``offer`` and ``append``.
    """
    named = writable(centre, speaker, sha256)
    if named.size != size:
        raise WireError("blob-size", size=named.size)
    files = files_of(centre)
    with _writing(centre, files, sha256):
        if _shown(centre, files, speaker, sha256) is not None:
            return VERIFIED, size
        row = _registered(centre, speaker, named, mime)
        offset = _settled(centre, files, row)
        if start == offset and data and start + len(data) <= size:
            _need_room(centre, len(data))
            files.append(sha256, start, data, speaker.device_id)
            offset += len(data)
            _set(centre, row, offset=offset)
        if offset == size:
            return _verify(centre, files, speaker, row, named), size
        return PENDING, offset


@dataclass(frozen=True)
class _Upload:
    """One device's upload, how far it has come; ``row`` is None when the device is known to hold what is here whole."""

    files: BlobFiles
    named: Named
    row: Row[Any] | None
    offset: int
    size: int


@contextmanager
def _uploading(centre: Centre, speaker: Speaker, sha256: str) -> Iterator[_Upload]:
    """Hold the upload of a device while something is done with it.

    Raises:
        WireError: blob-unknown: not begun, or not the speaker's; busy, no-space: see :func:`_writing`.
    """
    named, files = writable(centre, speaker, sha256), files_of(centre)
    with _writing(centre, files, sha256):
        row = _upload_row(centre, speaker, sha256)
        if row is not None:
            yield _Upload(files, named, row, _settled(centre, files, row), row.size)
            return
        whole = _shown(centre, files, speaker, sha256)
        if whole is None:
            raise WireError("blob-unknown")
        yield _Upload(files, named, None, whole.size, whole.size)


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


def transact(centre: Centre, change: Callable[[Connection], T]) -> T:
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


def _there(centre: Centre, files: BlobFiles, sha256: str) -> Row[Any] | None:
    """Return the row of a blob whose file is there; where it is gone, the blob is asked for again."""
    row = _row(centre, sha256)
    if row is None or not row.size or files.path(sha256).exists():
        return row
    _lost(centre, files, sha256)
    return None


def _shown(centre: Centre, files: BlobFiles, speaker: Speaker, sha256: str) -> Row[Any] | None:
    """Return the row of a blob that is there, if the device has shown that it holds it."""
    row = _there(centre, files, sha256)
    with centre.database.reading() as connection:
        return row if blobs_index.has_shown(connection, sha256, speaker.device_id) else None


def _upload_row(centre: Centre, speaker: Speaker, sha256: str) -> Row[Any] | None:
    mine = blob_upload.c.sha256 == sha256, blob_upload.c.device_id == speaker.device_id
    with centre.database.reading() as connection:
        return connection.execute(select(blob_upload).where(*mine)).first()


def _set(centre: Centre, row: Row[Any], **values: Any) -> None:
    mine = blob_upload.c.sha256 == row.sha256, blob_upload.c.device_id == row.device_id
    transact(centre, lambda c: c.execute(update(blob_upload).where(*mine).values(values)))


def forget_upload(connection: Connection, sha256: str, device_id: str) -> None:
    """Know nothing more of what a device was sending."""
    mine = blob_upload.c.sha256 == sha256, blob_upload.c.device_id == device_id
    connection.execute(blob_upload.delete().where(*mine))


def _registered(centre: Centre, speaker: Speaker, named: Named, mime: str) -> Row[Any]:
    row = _upload_row(centre, speaker, named.sha256)
    if row is not None and row.size == named.size:
        return row
    new = {
        "sha256": named.sha256, "device_id": speaker.device_id, "size": named.size, "mime": mime, "offset": 0,
        "created_at": centre.now_iso(),
    }  # fmt: skip

    def begin(connection: Connection) -> None:
        forget_upload(connection, named.sha256, speaker.device_id)
        connection.execute(blob_upload.insert(), new)

    transact(centre, begin)
    begun = _upload_row(centre, speaker, named.sha256)
    assert begun is not None
    return begun


def _settled(centre: Centre, files: BlobFiles, row: Row[Any]) -> int:
    """Return how many bytes of an upload are really there, after a crash or a restored database too."""
    offset = files.settle(row.sha256, row.offset, row.device_id)
    if offset != row.offset:
        _set(centre, row, offset=offset)
    return offset


def _verify(centre: Centre, files: BlobFiles, speaker: Speaker, upload: Row[Any], named: Named) -> str:
    """Hash the whole file as it lies on the disk; only then is it believed.

    Raises:
        WireError: blob-differs: the upload begins anew.
    """
    try:
        same = files.digest(named.sha256, upload.size, upload.device_id) == named.sha256
    except BrokenBlobError:
        same = False
    if not same:
        files.drop(named.sha256, upload.device_id)
        _set(centre, upload, offset=0)
        raise WireError("blob-differs")
    if upload.size:
        _keep(centre, files, upload)
    now = centre.now_iso()
    # Set aside until a record of the centre's names it: a device in escrow hands over what belongs to its operations.
    new = {
        "sha256": named.sha256, "size": upload.size, "mime": upload.mime, "state": QUARANTINED,
        "created_at": upload.created_at, "verified_at": now,
    }  # fmt: skip
    transact(centre, lambda connection: blobs_index.come(connection, new))
    _believe(centre, files, speaker, named)
    return VERIFIED


def _keep(centre: Centre, files: BlobFiles, upload: Row[Any]) -> None:
    """Make an upload that was found to be the file the one that is kept, unless that one is there and still whole.

    What the database says of it is not enough: it may have been restored without its files.
    """
    row = _there(centre, files, upload.sha256)
    try:
        if row is not None and files.digest(upload.sha256, row.size) == upload.sha256:
            return
    except BrokenBlobError:
        _lost(centre, files, upload.sha256)
    files.keep(upload.sha256, upload.device_id)


def _believe(centre: Centre, files: BlobFiles, speaker: Speaker, named: Named) -> None:
    """Note that a device holds what is here; what it was still sending of it is not needed."""
    user, now = speaker.user if speaker.proven else blobs_index.NOBODY, centre.now_iso()

    def note(connection: Connection) -> None:
        blobs_index.vouch(connection, named.sha256, speaker.device_id, user, named.orphans, now)
        forget_upload(connection, named.sha256, speaker.device_id)

    transact(centre, note)
    files.drop(named.sha256, speaker.device_id)
    release(centre)  # a step may have waited for it


def _lost(centre: Centre, files: BlobFiles, sha256: str) -> None:
    """Ask for a blob again whose bytes are gone or spoilt: desks keep theirs (section 8.10)."""
    files.put_aside(sha256)
    transact(centre, lambda connection: blobs_index.lost(connection, sha256))


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
    columns = (blob_ref.c.record_id, blob_ref.c.sha256, blob_ref.c.size, blob_ref.c.part)
    query = select(*columns).where(
        blob_ref.c.scope_id == request.scope, blobs_index.IS_MISSING, blob_ref.c.voided.is_(False)
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


__all__ = ["append", "files_of", "give_up", "missing", "offer", "offset_of", "read", "readable", "take_carried"]
