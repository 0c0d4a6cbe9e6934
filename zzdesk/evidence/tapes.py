"""Sound that is being recorded: a tape is written to the disk in pieces as it is heard, each piece sealed (decision 16).

Nothing of a voice ever lies on a disk in the clear, and a program that is killed loses what it had not written yet: at most
:data:`PIECE_SECONDS` of sound. A finished tape is read as a WAV stream and taken into the store of files like any other.

The file is a magic word, a salt, and frames: the length of a sealed piece (4 bytes, big-endian) and the piece
(ChaCha20-Poly1305, RFC 8439, under a key of this tape alone; the nonce counts the pieces, so that none can be left out or
moved). The first piece says what the tape is of, the others are sound: signed 16-bit PCM, little-endian.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Final

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from zzdesk.clock import RecordId, from_iso, to_iso
from zzdesk.errors import BrokenDatabaseError
from zzdesk.evidence.files import LARGEST, SALT, nonce
from zzdesk.i18n import N_
from zzdesk.store.engine import translated
from zzdesk.store.files import OWNER_ONLY, private_folder
from zzdesk.store.keys import subkey
from zzdesk.store.space import need_room
from zzdesk.typed import read

MAGIC: Final = b"zztape1\n"
ENDING: Final = ".tape"
WIDTH: Final = 2
"""Bytes of one sample."""
PIECE_SECONDS: Final = 1
HEADER: Final = 44
"""Bytes before the sound of a WAV file."""
FULL: Final = LARGEST - 1024 * 1024
"""Bytes of sound after which the next tape begins: a file has at most 200 MiB, and a piece is always kept whole."""
NEEDED: Final = 64 * 1024 * 1024
"""Bytes that must be free to begin: half an hour at the usual rate."""
_LENGTH: Final = struct.Struct(">I")
_LONGEST: Final = 16 * 1024 * 1024
BROKEN: Final = N_("录音已损坏，无法读取。")


@dataclass(frozen=True)
class Sound:
    """How sound is measured: samples a second, and channels; each sample has 16 bits."""

    rate: int = 16_000
    channels: int = 1

    @property
    def a_second(self) -> int:
        """Return the bytes of a second."""
        return self.rate * self.channels * WIDTH


class About(msgspec.Struct, frozen=True):
    """What a tape is of: the record, when it began (ISO 8601, UTC), and how its sound is measured."""

    record_id: str
    begun: str
    rate: int
    channels: int

    @property
    def sound(self) -> Sound:
        """Return how its sound is measured."""
        return Sound(self.rate, self.channels)

    @property
    def begun_at(self) -> datetime:
        """Return when it began."""
        return from_iso(self.begun)


def _cipher(data_key: bytes, salt: bytes) -> ChaCha20Poly1305:
    return ChaCha20Poly1305(HKDF(SHA256(), 32, salt, b"zzdesk tape").derive(subkey(data_key, "tapes")))


class Tape:
    """A tape that is being written. One thread writes to it; each piece is on the disk before the next is taken."""

    def __init__(self, folder: Path, data_key: bytes, record_id: RecordId, at: datetime, sound: Sound) -> None:
        """Begin a tape in ``folder`` with the home's 32-byte data key.

        Raises:
            DiskFullError: no room left.
        """
        self._folder, self._key, self.record_id, self.sound, self._at = folder, data_key, record_id, sound, at
        self._waiting = bytearray()
        self.size = 0
        self._open()

    @property
    def seconds(self) -> float:
        """Return how much sound was heard on all tapes of this recording, in seconds."""
        return (self.size + len(self._waiting)) / self.sound.a_second

    def add(self, heard: bytes) -> None:
        """Take sound; whole seconds of it go to the disk at once.

        Raises:
            DiskFullError: no room left; what was written before stays.
        """
        self._waiting += heard
        piece = self.sound.a_second * PIECE_SECONDS
        while len(self._waiting) >= piece:
            self._put(bytes(self._waiting[:piece]))
            del self._waiting[:piece]

    def close(self) -> None:
        """Write what is left; closing twice does nothing."""
        if self._file.closed:
            return
        try:
            whole = len(self._waiting) - len(self._waiting) % (WIDTH * self.sound.channels)
            if whole:
                self._put(bytes(self._waiting[:whole]))
            self._waiting.clear()
        finally:
            self._file.close()

    def _open(self) -> None:
        with translated():
            private_folder(self._folder)
            need_room(self._folder, NEEDED)
            salt = os.urandom(SALT)
            path = self._folder / f"{self.record_id}-{os.urandom(8).hex()}{ENDING}"
            self._file = os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY), "wb")
            self._seals, self._number, self._here = _cipher(self._key, salt), 0, 0
            self._file.write(MAGIC + salt)
        begun = to_iso(self._at)
        self._seal(msgspec.json.encode(About(self.record_id, begun, self.sound.rate, self.sound.channels)))

    def _put(self, piece: bytes) -> None:
        if self._here + len(piece) > FULL:
            self._file.close()
            self._open()
        self._seal(piece)
        self._here += len(piece)
        self.size += len(piece)

    def _seal(self, plain: bytes) -> None:
        sealed = self._seals.encrypt(nonce(self._number, last=False), plain, MAGIC)
        with translated():
            self._file.write(_LENGTH.pack(len(sealed)) + sealed)
            self._file.flush()
            os.fsync(self._file.fileno())
        self._number += 1


def of_record(folder: Path, record_id: RecordId) -> list[Path]:
    """Return the tapes of a record that were not taken in yet, in the order in which they were begun."""
    found = folder.glob(f"{record_id}-*{ENDING}") if folder.exists() else ()
    return sorted(found, key=lambda path: (path.stat().st_mtime_ns, path.name))


def drop(folder: Path, record_ids: Collection[RecordId]) -> None:
    """Take away what was recorded for records that are not here any more: nobody could keep or delete it."""
    for record_id in record_ids if folder.exists() else ():
        for path in of_record(folder, record_id):
            with suppress(PermissionError):  # a window still writes on it: where that is not allowed it goes with the home
                path.unlink()


def pieces(path: Path, data_key: bytes) -> Iterator[bytes]:
    """Yield what a tape is of (JSON) and then its sound, piece by piece; a piece that was not finished is left out.

    Raises:
        BrokenDatabaseError: it is no tape of this home, or bytes in its middle were changed.
    """
    with translated(), path.open("rb") as file:
        if file.read(len(MAGIC)) != MAGIC:
            raise BrokenDatabaseError(BROKEN)
        cipher, end, number = _cipher(data_key, file.read(SALT)), path.stat().st_size, 0
        while (sealed := _next(file)) is not None:
            try:
                plain = cipher.decrypt(nonce(number, last=False), sealed, MAGIC)
            except InvalidTag:
                if file.tell() < end:
                    raise BrokenDatabaseError(BROKEN) from None
                return  # the power went while the last piece was written
            yield plain
            number += 1


def _next(file: IO[bytes]) -> bytes | None:
    head = file.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    length = _LENGTH.unpack(head)[0]
    sealed = file.read(length) if 0 < length <= _LONGEST else b""
    return sealed if len(sealed) == length and sealed else None


@dataclass(frozen=True)
class Kept:
    """What a tape holds: what it is of, and how many bytes of sound; None of the first where nothing was finished."""

    about: About | None
    size: int

    @property
    def seconds(self) -> float:
        """Return its length."""
        return self.size / self.about.sound.a_second if self.about is not None else 0.0


def look(path: Path, data_key: bytes) -> Kept:
    """Say what a tape holds.

    Raises:
        BrokenDatabaseError: see :func:`pieces`.
    """
    found = pieces(path, data_key)
    first = next(found, None)
    about = read(first, About) if first is not None else None
    return Kept(about, sum(map(len, found)))


class WavStream:
    """A tape read as a WAV file (RIFF, PCM), one piece in memory at a time; ``size`` is that of the whole."""

    def __init__(self, path: Path, data_key: bytes, kept: Kept) -> None:
        assert kept.about is not None
        self.size = HEADER + kept.size
        self._pieces = pieces(path, data_key)
        next(self._pieces)
        self._ready = bytearray(wav_header(kept.about.sound, kept.size))

    def read(self, size: int) -> bytes:
        """Return the next bytes, as a file does: fewer only at the end."""
        while len(self._ready) < size and (piece := next(self._pieces, None)) is not None:
            self._ready += piece
        given = bytes(self._ready[:size])
        del self._ready[:size]
        return given


def wav_header(sound: Sound, size: int) -> bytes:
    """Return what stands before ``size`` bytes of PCM in a WAV file."""
    form = struct.pack("<HHIIHH", 1, sound.channels, sound.rate, sound.a_second, sound.channels * WIDTH, 8 * WIDTH)
    data = struct.pack("<4sI", b"data", size)
    return struct.pack("<4sI4s4sI", b"RIFF", 36 + size, b"WAVE", b"fmt ", len(form)) + form + data
