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
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO, Final

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from zzdesk.clock import RecordId, from_iso, to_iso
from zzdesk.errors import BrokenDatabaseError
from zzdesk.evidence.files import LARGEST, SALT, TAG, nonce
from zzdesk.i18n import N_
from zzdesk.store.engine import translated
from zzdesk.store.files import OWNER_ONLY, private_folder, sync_folder
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
NEEDED_NEXT: Final = 4 * 1024 * 1024
"""Bytes that must be free to go on on the next tape: who is speaking is not cut off while there is room for two minutes."""
_LENGTH: Final = struct.Struct(">I")
_FIRST: Final = 512
"""Bytes that the first sealed piece never has: what a tape is of is said in fewer."""
BROKEN: Final = N_("录音已损坏，无法读取。")
NO_ROOM: Final = N_("磁盘空间不足，没有开始录音。请先腾出空间，再开始；已经保存的内容没有丢失。")
NO_ROOM_NEXT: Final = N_("磁盘空间不足，录音停在这里；此前录下的没有丢失。请先腾出空间，再继续。")


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
    """What a tape is of: the record, when its sound began (ISO 8601, UTC), how that is measured, and which tape of it this is."""

    record_id: str
    begun: str
    rate: int
    channels: int
    part: int = 1

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
        self.size, self._part = 0, 0
        self._open(NEEDED, NO_ROOM)

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

    @property
    def gone(self) -> bool:
        """Whether somebody has taken the tape away under it: its record is not here any more (:func:`drop`)."""
        return not self.path.exists()

    def discard(self) -> None:
        """Take away what was written on the tape that runs; nobody asked for it, or it may not be kept."""
        self._waiting.clear()
        with translated():
            self._file.close()
            self.path.unlink(missing_ok=True)

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

    def _open(self, needed: int, words: str) -> None:
        begun = to_iso(self._at + timedelta(seconds=self.size / self.sound.a_second))
        about = About(self.record_id, begun, self.sound.rate, self.sound.channels, self._part + 1)
        with translated():
            private_folder(self._folder)
            need_room(self._folder, needed, words)
            path = self._folder / f"{self.record_id}-{os.urandom(8).hex()}{ENDING}"
            self._file = os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY), "wb")
            try:
                self._begin(about)
            except BaseException:  # a tape without a beginning would be of nobody
                with suppress(OSError):
                    self._file.close()
                path.unlink(missing_ok=True)
                raise
        self.path, self._part = path, about.part

    def _begin(self, about: About) -> None:
        salt = os.urandom(SALT)
        self._seals, self._number, self._here = _cipher(self._key, salt), 0, 0
        self._file.write(MAGIC + salt)
        self._seal(msgspec.json.encode(about))
        sync_folder(self._folder)

    def _put(self, piece: bytes) -> None:
        if self._here + len(piece) > FULL:
            self._file.close()
            self._open(NEEDED_NEXT, NO_ROOM_NEXT)
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
    return _of(folder, (record_id,)).get(record_id, [])


def records(folder: Path) -> list[RecordId]:
    """Return the records of which tapes lie here."""
    return sorted(_of(folder, None))


def _of(folder: Path, record_ids: Collection[RecordId] | None) -> dict[RecordId, list[Path]]:
    """Return the tapes of these records, or of all; one that goes while they are looked for is left out."""
    found: list[tuple[int, str, Path]] = []
    for path in folder.glob(f"*{ENDING}") if folder.exists() else ():
        if record_ids is None or _record(path) in record_ids:
            with suppress(FileNotFoundError):
                found.append((path.stat().st_mtime_ns, path.name, path))
    tapes: dict[RecordId, list[Path]] = {}
    for *_, path in sorted(found):
        tapes.setdefault(_record(path), []).append(path)
    return tapes


def _record(path: Path) -> RecordId:
    return path.name.rpartition("-")[0]


def drop(folder: Path, record_ids: Collection[RecordId]) -> None:
    """Take away what was recorded for records that are not here any more: nobody could keep or delete it."""
    for path in (path for paths in _of(folder, record_ids).values() for path in paths):
        with suppress(PermissionError):  # a window still writes on it: where that is not allowed it goes at the next start
            path.unlink(missing_ok=True)


def seconds_of(folder: Path, data_key: bytes, record_ids: Collection[RecordId]) -> float | None:
    """Return how much sound lies on tapes of these records, without those that cannot be read; None where there are none."""
    found = [path for paths in _of(folder, record_ids).values() for path in paths]
    lengths = [0.0]
    for path in found:
        with suppress(BrokenDatabaseError, FileNotFoundError):
            lengths.append(look(path, data_key).seconds)
    return sum(lengths) if found else None


def pieces(path: Path, data_key: bytes) -> Iterator[bytes]:
    """Yield what a tape is of (JSON) and then its sound, piece by piece; a piece that was not finished is left out.

    Not finished can only be the last one: where more is left than the largest piece takes, bytes were changed.

    Raises:
        BrokenDatabaseError: it is no tape of this home, or bytes in its middle were changed.
    """
    with translated(), path.open("rb") as file:
        head, end = file.read(len(MAGIC) + SALT), path.stat().st_size
        if len(head) < len(MAGIC) + SALT:
            return  # killed, or no room, in the first instant
        if not head.startswith(MAGIC):
            raise BrokenDatabaseError(BROKEN)
        cipher, number, largest = _cipher(data_key, head[len(MAGIC) :]), 0, _FIRST
        while (sealed := _next(file, end - file.tell(), largest)) is not None:
            try:
                plain = cipher.decrypt(nonce(number, last=False), sealed, MAGIC)
            except InvalidTag:
                if file.tell() < end:
                    raise BrokenDatabaseError(BROKEN) from None
                return  # the power went while the last piece was written
            if number == 0:
                largest = read(plain, About).sound.a_second * PIECE_SECONDS + TAG
            yield plain
            number += 1


def _next(file: IO[bytes], left: int, largest: int) -> bytes | None:
    """Return the next sealed piece of at most ``largest`` bytes, of a file with ``left`` more; None for one not finished.

    Raises:
        BrokenDatabaseError: it has a length that none has, and too much is left for the power to have gone in it.
    """
    head = file.read(_LENGTH.size)
    length = _LENGTH.unpack(head)[0] if len(head) == _LENGTH.size else 0
    rest = left - len(head)
    if TAG <= length <= largest:
        return file.read(length) if length <= rest else None
    if rest > largest or (rest == largest and length):  # noughts are what a power cut leaves of a whole piece
        raise BrokenDatabaseError(BROKEN)
    return None


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
