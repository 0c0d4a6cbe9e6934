"""The outbox journal: every operation made here once more, outside the database (hazard 24; sync protocol, 8.3).

``outbox.journal`` lies beside the database, encrypted and authenticated frame by frame with a key of its own that follows
from the data key.  A command first commits, then appends one frame and brings it to the disk, and only then says *saved*.
So the journal never holds what was not committed, and a database that knows less than the journal is an older copy, or a
broken one's backup: what it lacks is put back by operation id.  A machine that stops between the two steps leaves a
commit without its frame; the next start notices and makes up for it from the database.

Each frame carries the number of its commit, which the database counts in the same transaction.  Two programs may work on
one database: whoever commits holds the journal meanwhile, so that the frames lie in the order of the commits and the last
one tells how far the journal goes.
"""

from __future__ import annotations

import logging
import os
import struct
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from pathlib import Path
from typing import Any, BinaryIO, Final

import msgspec
from cryptography.exceptions import InvalidTag
from sqlalchemy.orm import Session

from zzdesk.clock import to_iso
from zzdesk.errors import KnownError
from zzdesk.ops.models import Outbox
from zzdesk.store.audit import local_value, set_local_value
from zzdesk.store.files import OWNER_ONLY, sync_folder
from zzdesk.store.keys import seal, subkey, unseal
from zzdesk.store.locks import exclusive
from zzdesk.typed import read

JOURNAL_FILE: Final = "outbox.journal"
_MAGIC: Final = b"zzj1"
_HEAD: Final = struct.Struct(">4sIQ")
_TAIL: Final = struct.Struct(">I")
_FRAME_OPS: Final = 500
_LONGEST: Final = 256 * 1024 * 1024
_WAIT: Final = 5.0

Entry = dict[str, Any]
"""One operation as the outbox keeps it, in JSON values."""
COLUMNS: Final = ("op_id", "group_id", "kind", "record_id", "verb", "actor", "body", "urgent", "replaces")
_NOT_MEANT: Final = ("replica", "op_no")
"""What an operation gets when it is sealed: it travels under another number from another database."""
_NUMBER: Final = "journal"
_COUNT: Final = (
    "INSERT INTO local_value (name, value) VALUES (?, '1')"
    " ON CONFLICT (name) DO UPDATE SET value = CAST(CAST(value AS INTEGER) + 1 AS TEXT) RETURNING value"
)
log = logging.getLogger(__name__)


def number_of(session: Session) -> int:
    """Return the number of the last commit here that made or changed operations."""
    return int(local_value(session, _NUMBER) or 0)


def next_number(session: Session) -> int:
    """Give the commit under way its number: one statement, since every commit takes it."""
    return int(session.connection().exec_driver_sql(_COUNT, (_NUMBER,)).scalar_one())


def go_on_after(session: Session, number: int) -> None:
    """Let the next commit be numbered above what a later life of this database had come to.

    Else an image of that life would look newer than what is written from now on, and hide it.
    """
    set_local_value(session, _NUMBER, str(max(number, number_of(session))))


def columns_of(row: Outbox) -> dict[str, Any]:
    """Return what the journal keeps of a row of the outbox, as it lies there."""
    return {name: getattr(row, name) for name in (*COLUMNS, "made_at")}


def entry_of(row: Mapping[str, Any]) -> Entry:
    """Return what the journal keeps of an operation, out of the values of its row in the outbox."""
    body = {name: part for name, part in row["body"].items() if name not in _NOT_MEANT}
    return {name: row.get(name) for name in COLUMNS} | {"body": body, "made_at": to_iso(row["made_at"])}


class Journal:
    """Appends frames to the journal of one home and reads them back. Safe to use from several programs at once."""

    def __init__(self, path: Path, key: bytes) -> None:
        self.path = path
        self._key = subkey(key, "outbox journal")
        self._owed: list[tuple[int, Sequence[Entry]]] = []
        self._mine = False
        self._barred: Exception | None = None

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Hold the journal while something is committed and its frame appended.

        Where it cannot be had the commit goes on without: its frame is owed.
        """
        with ExitStack() as stack:
            try:
                stack.enter_context(self._alone())
                self._mine = True
            except (OSError, KnownError) as error:
                self._barred = error
            try:
                yield
            finally:
                self._mine, self._barred = False, None

    def append(self, number: int, entries: Sequence[Entry]) -> None:
        """Append what one commit made, as one frame, and bring it to the disk.

        A full disk, or another program that holds the journal for long, is no failure of what was saved: what could not
        be written goes in front of the next frame, or is made up for at the next start.
        """
        owed = [*self._owed, (number, entries)]
        try:
            if self._barred is not None:
                raise self._barred
            with nullcontext() if self._mine else self._alone(), _opened(self.path) as file:
                self._write(file, self._end(file), owed)
        except (OSError, KnownError) as error:
            log.warning("the journal could not be written: %s", type(error).__name__)
            self._owed = owed
        else:
            self._owed = []

    def rewrite(self, number: int, entries: Iterable[Entry]) -> None:
        """Begin afresh with what is still needed; the old file stays until the new one is complete."""
        fresh = self.path.with_name(f".{self.path.name}.new")
        with self._alone():
            try:
                self._write_all(fresh, number, entries)
                os.replace(fresh, self.path)
            finally:
                fresh.unlink(missing_ok=True)
            sync_folder(self.path.parent)
        self._owed = []

    def _write_all(self, path: Path, number: int, entries: Iterable[Entry]) -> None:
        with open(os.open(path, os.O_RDWR | os.O_CREAT | os.O_TRUNC, OWNER_ONLY), "r+b") as file:
            end = 0
            for part in _parts(entries):
                end = self._put(file, end, number, part)
            file.flush()
            os.fsync(file.fileno())

    def last(self) -> int:
        """Return the number of the last whole frame; 0 where there is none."""
        try:
            with self.path.open("rb") as file:
                found = self._last_frame(file, file.seek(0, os.SEEK_END))
                return found[0] if found else max((number for number, _ in self._frames(file)), default=0)
        except FileNotFoundError:
            return 0

    def after(self, number: int) -> list[Entry]:
        """Return the operations of later commits, each once as it was written last, in the order of their making."""
        found: dict[str, tuple[int, Entry]] = {}
        try:
            with self.path.open("rb") as file:
                for later, entries in self._frames(file):
                    for entry in entries if later > number else ():
                        if later >= found.get(entry["op_id"], (0, entry))[0]:  # what was owed may come after what is newer
                            found[entry["op_id"]] = later, entry
        except FileNotFoundError:
            return []
        return [entry for _, entry in found.values()]

    def size(self) -> int:
        """Return how many bytes it takes on the disk."""
        return self.path.stat().st_size if self.path.exists() else 0

    def _alone(self) -> AbstractContextManager[None]:
        return exclusive(self.path.with_name(f"{self.path.name}.lock"), _WAIT)

    def _end(self, file: BinaryIO) -> int:
        """Return where the next frame goes: behind the last whole one, whatever a killed program left behind it."""
        size = file.seek(0, os.SEEK_END)
        if size == 0 or self._last_frame(file, size, unpack=False) is not None:
            return size
        end = 0
        for _ in self._frames(file):
            end = file.tell()
        file.truncate(end)
        return end

    def _write(self, file: BinaryIO, start: int, frames: Iterable[tuple[int, Sequence[Entry]]]) -> None:
        end = start
        try:
            for number, entries in frames:
                end = self._put(file, end, number, entries)
            file.flush()
            os.fsync(file.fileno())
        except OSError:
            file.truncate(start)
            raise

    def _put(self, file: BinaryIO, end: int, number: int, entries: Sequence[Entry]) -> int:
        sealed = seal(self._key, msgspec.json.encode(entries), _label(number))
        frame = _HEAD.pack(_MAGIC, len(sealed), number) + sealed
        file.seek(end)
        file.write(frame + _TAIL.pack(len(frame)))
        return end + len(frame) + _TAIL.size

    def _last_frame(self, file: BinaryIO, size: int, *, unpack: bool = True) -> tuple[int, list[Entry]] | None:
        """Return the last frame by the length at its end, or None where the end is no whole frame."""
        if size < _HEAD.size + _TAIL.size:
            return None
        file.seek(size - _TAIL.size)
        (length,) = _TAIL.unpack(file.read(_TAIL.size))
        start = size - _TAIL.size - length
        if start < 0:
            return None
        file.seek(start)
        magic, sealed, number = _HEAD.unpack(file.read(_HEAD.size))
        if magic != _MAGIC or _HEAD.size + sealed != length:
            return None
        if not unpack:
            return number, []
        file.seek(start)
        return self._frame(file)

    def _frames(self, file: BinaryIO) -> Iterator[tuple[int, list[Entry]]]:
        """Yield whole frames from the beginning, up to the first that is torn or is not ours."""
        file.seek(0)
        while (frame := self._frame(file)) is not None:
            yield frame

    def _frame(self, file: BinaryIO) -> tuple[int, list[Entry]] | None:
        head = file.read(_HEAD.size)
        if len(head) < _HEAD.size:
            return None
        magic, length, number = _HEAD.unpack(head)
        if magic != _MAGIC or length > _LONGEST:
            return None
        sealed, tail = file.read(length), file.read(_TAIL.size)
        if len(tail) < _TAIL.size:
            return None
        try:
            plain = unseal(self._key, sealed, _label(number))
        except InvalidTag:
            log.warning("the journal holds a frame that is not ours")
            return None
        return number, read(plain, list[Entry])


def _label(number: int) -> str:
    return f"zzdesk outbox journal 1 {number}"


def _opened(path: Path) -> BinaryIO:
    new = not path.exists()
    file = os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, OWNER_ONLY), "r+b")
    if new:
        sync_folder(path.parent)
    return file


def _parts(entries: Iterable[Entry]) -> Iterator[list[Entry]]:
    part: list[Entry] = []
    for entry in entries:
        part.append(entry)
        if len(part) == _FRAME_OPS:
            yield part
            part = []
    yield part
