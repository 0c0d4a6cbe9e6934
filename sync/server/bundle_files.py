"""Bytes of files in bundles at the centre: what came is taken as over the network, what is asked for goes into the answer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sync.bundle import Writer
from sync.files import CARRIED, FileChunk, FilesStored, StoredFile, WantedFile
from sync.problems import WireError
from sync.server import blobs
from sync.server.accounts import Speaker
from sync.server.blobs_files import BrokenBlobError
from sync.server.blobs_index import PENDING
from sync.server.centre import Centre, identity

_AT_ONCE: Final = 500
_MARGIN: Final = 64 * 1024
"""What a frame takes beside the bytes in it, at most."""


class Carried:
    """The files of one bundle, chunk by chunk, and what became of each."""

    def __init__(self, centre: Centre, speaker: Speaker) -> None:
        self._centre, self._speaker = centre, speaker
        self._stored: dict[str, StoredFile] = {}

    def take(self, chunk: FileChunk) -> None:
        """Take some bytes; a file that is refused keeps no other one back."""
        try:
            state, offset = blobs.take_carried(
                self._centre, self._speaker, chunk.sha256, chunk.size, chunk.mime, chunk.start, chunk.data
            )
            self._stored[chunk.sha256] = StoredFile(chunk.sha256, state, offset)
        except WireError as error:
            self._stored[chunk.sha256] = StoredFile(chunk.sha256, PENDING, problem=error.code)

    def say(self, out: Writer) -> None:
        """Write down what became of them."""
        with self._centre.database.reading() as connection:
            head = identity(connection).seq
        items = list(self._stored.values())
        for start in range(0, len(items), _AT_ONCE):
            part = items[start : start + _AT_ONCE]
            out.add("stored", FilesStored(head, part), files=len(part))


def give(centre: Centre, speaker: Speaker, wanted: list[WantedFile], out: Writer, room: int) -> None:
    """Write the files that a desk asked for and may have, in its order, as far as there is room.

    What does not fit stays wanted: the next answer goes on where this one ends.
    """
    until = out.written + room
    for each in wanted:
        try:
            row = blobs.readable(centre, speaker, each.sha256)
        except WireError:
            continue  # not for this desk, or not here yet: it asks again
        if row.size != each.size:
            continue
        for chunk in _chunks(centre, each, row.mime or "application/octet-stream"):
            if out.written + len(chunk.data) + _MARGIN > until:
                return
            out.add("bytes", chunk, bytes=len(chunk.data))


def _chunks(centre: Centre, each: WantedFile, mime: str) -> Iterator[FileChunk]:
    start = each.have
    if not each.size:
        yield FileChunk(each.sha256, 0, mime, 0, b"")
    try:
        for piece in blobs.read(centre, each.sha256, start, each.size):
            for at in range(0, len(piece), CARRIED):
                part = piece[at : at + CARRIED]
                yield FileChunk(each.sha256, each.size, mime, start, part)
                start += len(part)
    except BrokenBlobError:
        return  # noted by the reading: it is asked for again from the desks


__all__ = ["Carried", "give"]
