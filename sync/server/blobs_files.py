"""Bytes of attachments on the centre's disk: encrypted, appended chunk by chunk, readable from any place.

A file is a magic word and frames. A frame is one chunk as it arrived (at most 4 MiB): its length, a random salt, and the
chunk sealed with ChaCha20-Poly1305 (RFC 8439) under a key that HKDF makes of the centre's blob key and that salt. The
seal covers the SHA-256 that the whole file shall have and the place of the chunk in it, so that no frame can be moved
within a file or into another one. The key follows from the secret that lies outside the database (decision 16).

Nothing in a file is ever rewritten: a chunk that was torn by a crash is cut off, and the next one has a salt of its own.
How much of a file counts is said by the database and by whole frames, whichever is less.
"""

from __future__ import annotations

import hashlib
import os
import struct
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from zzdesk.store.files import OWNER_ONLY, private_folder, sync_folder
from zzdesk.store.locks import exclusive

CHUNK: Final = 4 * 1024 * 1024
"""Bytes of a chunk at most; what one request carries (sync protocol, section 8.5)."""
COMING: Final = ".part"
"""Ends the name of what is not whole yet."""
_MAGIC: Final = b"zzblob1\n"
_HEAD: Final = struct.Struct(">I16s")
_TAG: Final = 16
_NONCE: Final = bytes(12)  # a key is used once
_LOCK_SECONDS: Final = 10.0


class BrokenBlobError(Exception):
    """A stored file cannot be read any more: changed, cut off, or sealed with another key."""


@dataclass(frozen=True, slots=True)
class Frame:
    """One chunk in a file: where its plain bytes belong, how many they are, and where it lies."""

    start: int
    length: int
    place: int
    salt: bytes

    @property
    def stop(self) -> int:
        """Return where the next chunk's plain bytes begin."""
        return self.start + self.length

    @property
    def end(self) -> int:
        """Return where the next frame lies."""
        return self.place + _HEAD.size + self.length + _TAG


class BlobFiles:
    """The folder of blobs. Several programs may use it at once: who writes holds :meth:`lock`."""

    def __init__(self, folder: Path, key: bytes) -> None:
        self.folder = folder
        self._key = key

    def path(self, sha256: str, device: str | None = None) -> Path:
        """Return where a file lies, or will; with ``device``, what that one is sending of it."""
        return self.folder / sha256[:2] / (sha256 if device is None else f"{sha256}.{device}{COMING}")

    def lock(self, sha256: str) -> AbstractContextManager[None]:
        """Hold a file against every other thread and program that writes it.

        Raises:
            BusyError: somebody held it for ten seconds.
        """
        locks = private_folder(self.folder / "locks")
        return exclusive(locks / sha256[:2], _LOCK_SECONDS)

    def settle(self, sha256: str, claimed: int, device: str | None = None) -> int:
        """Cut off what a crash left behind ``claimed`` bytes, and return how many there really are.

        It may be fewer than were claimed: after a restored database, or a lost file.
        """
        path = self.path(sha256, device)
        if not path.exists():
            return 0
        with path.open("r+b") as file:
            kept = [frame for frame in _frames(file) if frame.stop <= claimed]
            end = kept[-1].end if kept else 0
            if file.seek(0, os.SEEK_END) > end:
                file.truncate(end)
                os.fsync(file.fileno())
        return kept[-1].stop if kept else 0

    def append(self, sha256: str, start: int, chunk: bytes, device: str | None = None) -> None:
        """Write one chunk behind what is there and bring it to the disk; a failure leaves nothing of it.

        Raises:
            OSError: no room, or the disk failed.
        """
        path = self.path(sha256, device)
        private_folder(path.parent)
        salt = os.urandom(16)
        sealed = self._cipher(salt).encrypt(_NONCE, chunk, _about(sha256, start, len(chunk)))
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, OWNER_ONLY)
        with open(descriptor, "r+b", buffering=0) as file:
            end = file.seek(0, os.SEEK_END)
            try:
                _write_all(file, (b"" if end else _MAGIC) + _HEAD.pack(len(chunk), salt) + sealed)
                os.fsync(file.fileno())
            except BaseException:
                file.truncate(end)
                raise
        if not end:
            sync_folder(path.parent)

    def keep(self, sha256: str, device: str) -> None:
        """Make what a device has sent the file, once it was found to be it."""
        os.replace(self.path(sha256, device), self.path(sha256))
        sync_folder(self.path(sha256).parent)

    def read(self, sha256: str, start: int, stop: int, device: str | None = None) -> Iterator[bytes]:
        """Yield the plain bytes from ``start`` up to ``stop``, at most 4 MiB at a time.

        Raises:
            BrokenBlobError: some of them cannot be read.
        """
        if start >= stop:
            return
        try:
            file = self.path(sha256, device).open("rb")
        except FileNotFoundError:
            raise BrokenBlobError(sha256) from None
        with file:
            for frame in _frames(file):
                if frame.start >= stop:
                    break
                if frame.stop > start:
                    plain = self._open(sha256, file, frame)
                    yield plain[max(0, start - frame.start) : stop - frame.start]
                start = max(start, frame.stop)
        if start < stop:
            raise BrokenBlobError(sha256)

    def digest(self, sha256: str, size: int, device: str | None = None) -> str:
        """Return the SHA-256 of the first ``size`` plain bytes.

        Raises:
            BrokenBlobError: they cannot be read.
        """
        digest = hashlib.sha256()
        for piece in self.read(sha256, 0, size, device):
            digest.update(piece)
        return digest.hexdigest()

    def drop(self, sha256: str, device: str) -> None:
        """Take away an upload that was given up, that has other bytes than it said, or that came twice."""
        self.path(sha256, device).unlink(missing_ok=True)

    def put_aside(self, sha256: str) -> None:
        """Keep a file that cannot be read any more out of the way of its next upload, for a person to look at."""
        path = self.path(sha256)
        if path.exists():
            os.replace(path, path.with_name(f"{sha256}.broken"))

    def names(self) -> Iterator[str]:
        """Yield the SHA-256 of every file in the folder."""
        for path in self.folder.glob("[0-9a-f][0-9a-f]/*"):
            if len(path.name) == 64:
                yield path.name

    def _open(self, sha256: str, file: IO[bytes], frame: Frame) -> bytes:
        file.seek(frame.place + _HEAD.size)
        sealed = file.read(frame.length + _TAG)
        try:
            return self._cipher(frame.salt).decrypt(_NONCE, sealed, _about(sha256, frame.start, frame.length))
        except InvalidTag:
            raise BrokenBlobError(sha256) from None

    def _cipher(self, salt: bytes) -> ChaCha20Poly1305:
        return ChaCha20Poly1305(HKDF(SHA256(), 32, salt, b"zzdesk blob frame").derive(self._key))


def _about(sha256: str, start: int, length: int) -> bytes:
    return _MAGIC + bytes.fromhex(sha256) + struct.pack(">QI", start, length)


def _frames(file: IO[bytes]) -> Iterator[Frame]:
    """Yield the whole frames of a file; what follows them is torn."""
    size = file.seek(0, os.SEEK_END)
    file.seek(0)
    if file.read(len(_MAGIC)) != _MAGIC:
        return
    start, place = 0, len(_MAGIC)
    while place + _HEAD.size <= size:
        file.seek(place)
        length, salt = _HEAD.unpack(file.read(_HEAD.size))
        frame = Frame(start, length, place, salt)
        if frame.end > size:
            return
        yield frame
        start, place = frame.stop, frame.end


def _write_all(file: IO[bytes], data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[file.write(view) :]
