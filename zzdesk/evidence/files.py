"""Files of a home, each encrypted with a key of its own under its SHA-256 (decision 16).

A file is cut into pieces of 1 MiB, each sealed with ChaCha20-Poly1305 (RFC 8439) under a key that HKDF makes of the
home's file key and a random salt. The nonce counts the pieces and marks the last one, so that no piece can be
left out, moved, or cut off at the end (the STREAM construction of Hoang, Reyhanitabar, Rogaway and Vizár, 2015).
"""

from __future__ import annotations

import hashlib
import io
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final, Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from zzdesk.errors import BrokenDatabaseError, InvalidError, NotFoundError
from zzdesk.i18n import N_
from zzdesk.store.engine import translated
from zzdesk.store.files import OWNER_ONLY, private_folder, sync_folder
from zzdesk.store.keys import subkey
from zzdesk.store.space import need_room

PIECE: Final = 1024 * 1024
LARGEST: Final = 200 * 1024 * 1024
"""Bytes of one file (decision: a photo or a long recording fits, a film does not)."""
MAGIC: Final = b"zzfile1\n"
SALT: Final = 32
TAG: Final = 16

BROKEN: Final = N_("附件已损坏，无法读取。请从备份恢复。")


@dataclass(frozen=True)
class Stored:
    """What was stored: the SHA-256 of the plain bytes, how many there are, and whether they are new here."""

    sha256: str
    size: int
    new: bool


class Readable(Protocol):
    """Bytes that come one piece after another, as from an open file: fewer than asked for only at the end."""

    def read(self, size: int, /) -> bytes: ...


class FileStore:
    """The encrypted files of one home."""

    def __init__(self, folder: Path, data_key: bytes) -> None:
        """Take the folder (made when the first file comes) and the home's 32-byte data key."""
        self._folder = folder
        self._key = subkey(data_key, "files")

    def put(self, source: Path) -> Stored:
        """Encrypt a file into the store, one piece in memory at a time; nothing half is left behind.

        Raises:
            NotFoundError: it cannot be read.
            InvalidError: it has more than 200 MiB.
            DiskFullError: no room left.
        """
        with _opened(source) as file, translated():
            private_folder(self._folder)
            need_room(self._folder, min(os.fstat(file.fileno()).st_size, LARGEST))
            return self._put(file)

    def put_bytes(self, content: bytes) -> Stored:
        """Encrypt what lies in memory into the store: it must not be on a disk in the clear.

        Raises:
            DiskFullError: no room left.
        """
        with translated():
            private_folder(self._folder)
            need_room(self._folder, len(content))
            return self._put(io.BytesIO(content))

    def put_stream(self, source: Readable, size: int) -> Stored:
        """Encrypt ``size`` bytes into the store that lie nowhere in the clear and are too many for the memory.

        Raises:
            InvalidError: more than 200 MiB. DiskFullError: no room left.
        """
        with translated():
            private_folder(self._folder)
            need_room(self._folder, size)
            return self._put(source)

    def _put(self, file: Readable) -> Stored:
        temporary = self._folder / f".{os.urandom(8).hex()}.new"
        try:
            sha256, size = self._seal(file, temporary)
            return self.keep(temporary, sha256, size)
        finally:
            temporary.unlink(missing_ok=True)

    def keep(self, temporary: Path, sha256: str, size: int) -> Stored:
        """Give a finished file its name, unless it is there already."""
        target = self.path(sha256)
        if target.exists():
            return Stored(sha256, size, new=False)
        os.replace(temporary, target)
        sync_folder(self._folder)
        return Stored(sha256, size, new=True)

    def _seal(self, file: Readable, target: Path) -> tuple[str, int]:
        salt, digest, size = os.urandom(SALT), hashlib.sha256(), 0
        cipher = self.cipher(salt)
        descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY)
        with os.fdopen(descriptor, "wb") as sealed:
            sealed.write(MAGIC + salt)
            for number, (piece, last) in enumerate(_pieces(file)):
                size += len(piece)
                if size > LARGEST:
                    raise InvalidError.one("path", N_("附件最大{limit}兆字节"), limit=LARGEST // 1024 // 1024)
                digest.update(piece)
                sealed.write(cipher.encrypt(nonce(number, last=last), piece, MAGIC))
            sealed.flush()
            os.fsync(sealed.fileno())
        return digest.hexdigest(), size

    def read(self, sha256: str) -> Iterator[bytes]:
        """Yield the plain bytes of a file, 1 MiB at a time.

        Raises:
            NotFoundError: it is not on this desk.
            BrokenDatabaseError: its bytes were changed or cut off.
        """
        path = self.path(sha256)
        if not path.exists():
            raise NotFoundError(N_("本机没有这个附件的内容"))
        with translated(), path.open("rb") as sealed:
            if sealed.read(len(MAGIC)) != MAGIC:
                raise BrokenDatabaseError(BROKEN)
            cipher = self.cipher(sealed.read(SALT))
            for number, (piece, last) in enumerate(_pieces(sealed, PIECE + TAG)):
                try:
                    yield cipher.decrypt(nonce(number, last=last), piece, MAGIC)
                except InvalidTag:
                    raise BrokenDatabaseError(BROKEN) from None

    def read_part(self, sha256: str, start: int, stop: int) -> bytes:
        """Return the plain bytes from ``start`` up to ``stop``, reading no more pieces than they lie in.

        Raises:
            NotFoundError: it is not on this desk. BrokenDatabaseError: these bytes were changed or cut off.
        """
        path = self.path(sha256)
        if not path.exists():
            raise NotFoundError(N_("本机没有这个附件的内容"))
        with translated(), path.open("rb") as sealed:
            if sealed.read(len(MAGIC)) != MAGIC:
                raise BrokenDatabaseError(BROKEN)
            cipher, first = self.cipher(sealed.read(SALT)), start // PIECE
            pieces = -(-(path.stat().st_size - sealed.tell()) // (PIECE + TAG))
            sealed.seek(first * (PIECE + TAG), os.SEEK_CUR)
            plain = bytearray()
            for number in range(first, min(pieces, -(-stop // PIECE))):
                try:
                    plain += cipher.decrypt(nonce(number, last=number == pieces - 1), sealed.read(PIECE + TAG), MAGIC)
                except InvalidTag:
                    raise BrokenDatabaseError(BROKEN) from None
        found = bytes(plain[start - first * PIECE : stop - first * PIECE])
        if len(found) != stop - start:
            raise BrokenDatabaseError(BROKEN)
        return found

    def verify(self, sha256: str) -> bool:
        """Say whether a stored file still has the SHA-256 that it had when it was taken in.

        Raises:
            NotFoundError: it is not on this desk.
        """
        digest = hashlib.sha256()
        try:
            for piece in self.read(sha256):
                digest.update(piece)
        except BrokenDatabaseError:
            return False
        return digest.hexdigest() == sha256

    def export(self, sha256: str, target: Path) -> None:
        """Write the plain file to ``target``; a half-written one is taken away.

        Raises:
            NotFoundError, BrokenDatabaseError, DiskFullError: see :meth:`read`.
        """
        temporary = target.with_name(f".{target.name}.part")
        try:
            with translated(), temporary.open("wb") as file:
                for piece in self.read(sha256):
                    file.write(piece)
            os.replace(temporary, target)
        finally:
            temporary.unlink(missing_ok=True)

    def has(self, sha256: str) -> bool:
        """Say whether the content is on this desk."""
        return self.path(sha256).exists()

    def drop(self, sha256: str) -> None:
        """Take a file away that no record names."""
        self.path(sha256).unlink(missing_ok=True)

    def path(self, sha256: str) -> Path:
        """Return where the encrypted bytes of a file lie."""
        return self._folder / sha256

    def cipher(self, salt: bytes) -> ChaCha20Poly1305:
        """Return what seals the pieces of one file."""
        return ChaCha20Poly1305(HKDF(SHA256(), 32, salt, b"zzdesk file").derive(self._key))


@contextmanager
def _opened(source: Path) -> Iterator[IO[bytes]]:
    try:
        file = source.open("rb")
    except OSError as error:
        raise NotFoundError(N_("读不了这个文件：{path}"), path=source.name) from error
    with file:
        yield file


def _pieces(file: Readable, size: int = PIECE) -> Iterator[tuple[bytes, bool]]:
    """Yield pieces, and whether each is the last; an empty file has one empty piece."""
    piece = file.read(size)
    while True:
        following = file.read(size)
        yield piece, not following
        if not following:
            return
        piece = following


def nonce(number: int, *, last: bool) -> bytes:
    """Return the nonce of one piece of a file."""
    return number.to_bytes(11, "big") + bytes([last])
