"""A file on its way into the store: sealed as it comes, taken up again where it stopped, kept only with its own hash.

What has come lies in the store's own form under a hidden name, so that nothing is ever on the disk in the clear. After a
crash whole pieces count; the piece that was torn is fetched again.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from types import TracebackType
from typing import IO, Final

from cryptography.exceptions import InvalidTag

from zzdesk.errors import BugError, InvalidError
from zzdesk.evidence.files import MAGIC, PIECE, SALT, TAG, FileStore, nonce
from zzdesk.i18n import N_
from zzdesk.store.engine import translated
from zzdesk.store.files import OWNER_ONLY, private_folder

DIFFERS: Final = N_("收到的附件内容与登记的不符，没有保存；下次同步时重新接收")


class Receiving:
    """One file that is coming in. ``have`` says how many bytes are there: what is written next begins there.

    Use as a context manager; leaving it keeps what has come for the next time.
    """

    def __init__(self, store: FileStore, sha256: str, size: int) -> None:
        self._store, self._sha256, self._size = store, sha256, size
        self._path: Final = part_of(store, sha256)
        self._digest = hashlib.sha256()
        self._buffer = bytearray()
        self._sealed = 0
        self._file: IO[bytes]

    @property
    def have(self) -> int:
        """Return how many bytes have come."""
        return self._sealed + len(self._buffer)

    def __enter__(self) -> Receiving:
        with translated():
            private_folder(self._path.parent)
            self._file = open(os.open(self._path, os.O_RDWR | os.O_CREAT, OWNER_ONLY), "r+b")
            self._resume()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._file.close()

    def _resume(self) -> None:
        """Read the whole pieces that are there, and cut off what follows them."""
        head = self._file.read(len(MAGIC) + SALT)
        if len(head) < len(MAGIC) + SALT or not head.startswith(MAGIC):
            self._begin()
            return
        self._cipher = self._store.cipher(head[len(MAGIC) :])
        while self._sealed + PIECE < self._size:  # the last piece is never kept without the file
            try:
                sealed = self._file.read(PIECE + TAG)
                piece = self._cipher.decrypt(nonce(self._sealed // PIECE, last=False), sealed, MAGIC)
            except InvalidTag:
                break
            self._digest.update(piece)
            self._sealed += len(piece)
        self._file.seek(len(MAGIC) + SALT + self._sealed // PIECE * (PIECE + TAG))
        self._file.truncate()

    def _begin(self) -> None:
        salt = os.urandom(SALT)
        self._cipher = self._store.cipher(salt)
        self._file.seek(0)
        self._file.truncate()
        self._file.write(MAGIC + salt)

    def write(self, data: bytes) -> None:
        """Take the next bytes.

        Raises:
            DiskFullError: no room; what had come before stays.
        """
        self._buffer += data
        with translated():
            while len(self._buffer) >= PIECE and self._sealed + PIECE < self._size:
                self._seal(bytes(self._buffer[:PIECE]), last=False)
                del self._buffer[:PIECE]

    def _seal(self, piece: bytes, *, last: bool) -> None:
        self._file.write(self._cipher.encrypt(nonce(self._sealed // PIECE, last=last), piece, MAGIC))
        self._digest.update(piece)
        self._sealed += len(piece)

    def finish(self) -> None:
        """Put the file into the store, brought to the disk first, or none of it.

        Raises:
            InvalidError: it is another file than the one that was asked for; all of it is let go.
            DiskFullError: no room.
        """
        if self.have != self._size:
            raise BugError(f"{self.have} of {self._size} bytes")
        with translated():
            self._seal(bytes(self._buffer), last=True)
            self._file.flush()
            os.fsync(self._file.fileno())
            if self._digest.hexdigest() != self._sha256:
                self._path.unlink()
                raise InvalidError.one("sha256", DIFFERS)
            self._store.keep(self._path, self._sha256, self._size)


def part_of(store: FileStore, sha256: str) -> Path:
    """Return where a file lies while it is coming in."""
    return store.path(sha256).with_name(f".{sha256}.part")
