"""Bytes of files in bundles at the desk: what the centre lacks goes out, what was asked for comes in.

A file that does not fit goes as far as there is room; it stays pending, and the next bundle goes on where the centre says
that it has come.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sqlalchemy.orm import Session

from sync.bundle import Writer
from sync.client.blobs import LATER, FilesReport
from sync.files import CARRIED, FileChunk, FilesStored, FilesWanted, WantedFile
from zzdesk.desk.session import Desk
from zzdesk.errors import BrokenDatabaseError, DiskFullError, InvalidError, NotFoundError
from zzdesk.evidence import local
from zzdesk.evidence.files import FileStore
from zzdesk.evidence.models import BlobLocal
from zzdesk.evidence.receiving import Receiving, part_of
from zzdesk.store import space

_AT_ONCE: Final = 500
_MARGIN: Final = 64 * 1024
"""What a frame takes beside the bytes in it, at most."""


@dataclass
class Packed:
    """Files in a bundle: how many are whole in it, and how many and how many bytes of them stay for the next one."""

    files: int = 0
    bytes: int = 0
    left: int = 0
    left_bytes: int = 0


def store_of(desk: Desk) -> FileStore:
    """Return the files of a desk."""
    return FileStore(desk.paths.files, desk.store.key)


def pack(desk: Desk, out: Writer, room: int) -> Packed:
    """Write what this desk asks for and what the centre lacks, small files first, into at most ``room`` bytes."""
    _ask(desk, out)
    store, packed, until = store_of(desk), Packed(), out.written + room
    with desk.store.reader() as session:
        waiting = local.uploads(session, confirmed_only=False)
    for each in waiting:
        try:
            reached, whole = _pack_one(store, each, out, until)
        except (NotFoundError, BrokenDatabaseError):
            with desk.store.writer() as session:
                local.not_here(session, each.sha256)
                session.commit()
            continue
        packed.bytes += reached - each.offset
        packed.files += whole
        packed.left += not whole
        packed.left_bytes += each.size - reached
    return packed


def _ask(desk: Desk, out: Writer) -> None:
    store = store_of(desk)
    with desk.store.reader() as session:
        wanted = [WantedFile(each.sha256, each.size, _have(store, each)) for each in local.wanted(session)]
    for start in range(0, len(wanted), _AT_ONCE):
        out.add("wanted", FilesWanted(wanted[start : start + _AT_ONCE]))


def _have(store: FileStore, each: local.Wanted) -> int:
    """Return how many bytes came before, over the network or on another stick."""
    if not part_of(store, each.sha256).exists():
        return 0
    with Receiving(store, each.sha256, each.size) as coming:
        return coming.have


def _pack_one(store: FileStore, each: local.Upload, out: Writer, until: int) -> tuple[int, bool]:
    """Write one file from where the centre has it; return how far it went, and whether that is all of it."""
    if not store.has(each.sha256):
        raise NotFoundError(each.sha256)
    starts, mime = range(each.offset, each.size, CARRIED), local.plain_mime(each.mime)
    for start in starts or (each.offset,):  # with nothing left to send the centre is still to hash it
        stop = min(each.size, start + CARRIED)
        if out.written + stop - start + _MARGIN > until:
            return start, False
        data = store.read_part(each.sha256, start, stop)
        out.add("bytes", FileChunk(each.sha256, each.size, mime, start, data), bytes=len(data))
    return each.size, True


class Unpacking:
    """The files of one answer: what the centre says of those that were sent, and the bytes of those that come."""

    def __init__(self, desk: Desk, report: FilesReport) -> None:
        self._desk, self._report = desk, report
        self._store = store_of(desk)
        self._coming: Receiving | None = None
        self._sha256 = ""

    def stored(self, said: FilesStored) -> None:
        """Note what became of files that went out."""
        with self._desk.store.writer() as session:
            for each in said.items:
                row = session.get(BlobLocal, each.sha256)
                if row is None or row.centre == local.VERIFIED:
                    continue
                if each.state == local.VERIFIED:
                    local.verified(session, each.sha256, said.head, self._desk.clock.now())
                    self._report.sent += 1
                elif each.problem is None or each.problem in LATER:
                    local.reached(session, each.sha256, each.offset)
                else:
                    local.refused(session, each.sha256, each.problem)
            session.commit()

    def take(self, chunk: FileChunk) -> None:
        """Take some bytes of a file that this desk asked for; others, and what does not follow, change nothing."""
        if chunk.sha256 != self._sha256:
            self.close()
            if not self._is_wanted(chunk):
                return
            self._coming = Receiving(self._store, chunk.sha256, chunk.size).__enter__()
            self._sha256 = chunk.sha256
        if self._coming is None or chunk.start > self._coming.have:
            return
        data = chunk.data[self._coming.have - chunk.start :]
        self._coming.write(data)
        self._report.bytes_received += len(data)
        if self._coming.have == chunk.size:
            self._finish(self._coming)

    def _finish(self, coming: Receiving) -> None:
        try:
            coming.finish()
        except InvalidError:
            self._note("blob-differs")
        else:
            self._note(None)
            self._report.received += 1
        self.close()

    def _note(self, problem: str | None) -> None:
        with self._desk.store.writer() as session:
            local.refused(session, self._sha256, problem) if problem else local.arrived(session, self._sha256)
            session.commit()

    def _is_wanted(self, chunk: FileChunk) -> bool:
        if space.free_bytes(self._desk.home) < chunk.size + space.low_bytes(self._desk.home):
            self._report.problem = DiskFullError.code
            return False
        with self._desk.store.reader() as session:
            return _wants(session, chunk)

    def close(self) -> None:
        """Keep what has come so far for the next time."""
        if self._coming is not None:
            self._coming.__exit__(None, None, None)
        self._coming, self._sha256 = None, ""


def _wants(session: Session, chunk: FileChunk) -> bool:
    row = session.get(BlobLocal, chunk.sha256)
    return row is not None and row.wanted and not row.here and row.size == chunk.size


__all__ = ["Packed", "Unpacking", "pack"]
