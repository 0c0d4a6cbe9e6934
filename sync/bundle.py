"""USB bundles, ``*.zzb``: the messages of zzsync/1 in a file, encrypted to who may read them, signed by who wrote them.

Layout (sync protocol, section 8.11; numbers are 4 bytes, big-endian)::

    magic | length, header (JSON, in the clear, nothing personal) | length, frame | … | 0 | length, trailer | signature

A frame is one message of the protocol, exactly what would be one HTTP body: ``[hash of the header, number of the frame,
kind, message]`` as JSON, gzipped, encrypted with age to the recipient that the header names.  The trailer counts the
frames and holds the hash over the header's and every frame's hash; the Ed25519 signature is over the trailer.  So whoever
carries the file can tell that it is whole, and nobody can cut, repeat, reorder, exchange or re-address a part of it.

Reading never trusts a length and never holds more than one frame; everything is verified before anything is applied.
"""

from __future__ import annotations

import errno
import gzip
import hashlib
import os
import secrets
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Annotated, Any, BinaryIO, ClassVar, Final, Literal

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from msgspec import Meta, Raw, Struct
from pyrage.x25519 import Identity

from sync.age import UnreadableError, decrypt, encrypt
from sync.fields import Counter, Scope, Short, Uuid
from sync.limits import MAX_INFLATED, MAX_RATIO, MAX_WIRE, Inflater
from sync.problems import REQUEST_PROBLEMS, WireError
from sync.protocol import PROTO
from zzdesk.errors import DiskFullError, KnownError
from zzdesk.i18n import N_
from zzdesk.store.files import OWNER_ONLY, sync_folder
from zzdesk.typed import read

SUFFIX: Final = ".zzb"
BUNDLE_TYPE: Final = "application/vnd.zzsync.bundle"
MAGIC: Final = b"zzsync bundle\n"
SUITE: Final = "age-x25519+gzip+ed25519"
SIGNATURE: Final = 64
MAX_HEAD: Final = 64 * 1024
MAX_FRAME: Final = MAX_WIRE
MAX_FRAMES: Final = 200_000
_ZIP_LEVEL: Final = 5
_LEFT_FREE: Final = 32 * 1024 * 1024
_LARGEST: Final = 4 * 1024**3 - 64 * 1024 * 1024
"""Most sticks are FAT32: a file there has less than 4 GiB."""
_NEW_FILE: Final = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
_NO_ROOM: Final = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)

Progress = Callable[[str, int, int], None]
"""Called with the step, how much is done and how much there is (0 where unknown); what it raises ends the work."""

NO_ROOM: Final = N_("“{path}”所在的磁盘空间不够，没有写下任何文件，本机内容没有改变；请换一个U盘或腾出空间")
TROUBLE: Final = N_("读写“{path}”时出错（{why}），U盘可能已拔出；请插好后再做一次，重复做不会出错")
TAKEN: Final = N_("“{path}”已经存在，不是同一去向的数据包，没有覆盖；请换一个文件名")
UNSOUND: Final = N_("写到“{path}”的内容读回来不一样，已删除；U盘可能已损坏，请换一个")


class BundleError(KnownError):
    """A bundle that is refused as a whole, before anything was changed; ``problem`` is the code of the catalogue."""

    code = "bundle-refused"

    def __init__(self, problem: str, **details: Any) -> None:
        super().__init__(REQUEST_PROBLEMS[problem][1])
        self.problem = problem
        self.details = details


class FileTroubleError(KnownError):
    """The medium could not be read or written."""

    code = "file-trouble"


class Party(Struct, omit_defaults=True):
    """Who wrote a bundle or whom it is for: a centre, or a device with its station and replica."""

    centre: Short | None = None
    device: Short | None = None
    station: Short | None = None
    replica: Short | None = None


class Header(Struct, kw_only=True):
    """What a bundle says of itself in the clear.

    ``recipient`` is the age key that its frames are encrypted to; ``reply_to`` the one for the answer.  ``sequence``
    counts the bundles of one desk, and an answer bears that of the bundle it ``answers``; ``down`` is for a desk that has
    not asked.  ``scopes`` names stations and
    what stands above them, never a mediation case.
    """

    bundle_id: Uuid
    kind: Literal["up", "answer", "down"]
    sender: Party
    to: Party
    server_id: Short
    epoch: Short
    made_at: Short
    sequence: Counter
    recipient: Annotated[str, Meta(max_length=100)]
    reply_to: Annotated[str, Meta(max_length=100)] | None = None
    answers: Uuid | None = None
    scopes: Annotated[list[Scope], Meta(max_length=500)] = []
    app: Short = ""
    suite: Short = SUITE
    proto: Short = PROTO


class Trailer(Struct, kw_only=True):
    """The end of a bundle: how much it holds (``counts``: operations, results, records), and the hash over all of it."""

    frames: Counter
    counts: dict[str, int]
    sum: str


class Stopped(Struct):
    """Why the centre ended its answer before the end: a code of the catalogue that the desk can do something about.

    ``ops`` are the operations that it is about, where it is about some.
    """

    CODES: ClassVar[frozenset[str]] = frozenset(
        {"replica-forked", "epoch-changed", "upgrade", "device-escrow", "op-id-reused"}
    )

    code: str
    ops: list[str] = []


Sign = Callable[[bytes], bytes]
"""Returns the 64 bytes of the Ed25519 signature of a message."""


@contextmanager
def file_trouble(path: Path) -> Iterator[None]:
    """Turn what the operating system says of a medium into a sentence for the person.

    Raises:
        DiskFullError: no room. FileTroubleError: pulled out, read-only, not there.
    """
    try:
        yield
    except OSError as error:
        if error.errno in _NO_ROOM:
            raise DiskFullError(NO_ROOM, path=str(path)) from error
        raise FileTroubleError(TROUBLE, path=str(path), why=error.strerror or type(error).__name__) from error


def room_for_files(path: Path, written: int) -> int:
    """Return how many bytes of files a bundle at ``path`` may still take: what is free, and what every medium's files hold.

    Raises:
        FileTroubleError: the medium cannot be asked.
    """
    with file_trouble(path):
        free = shutil.disk_usage(path.parent).free
    return max(0, min(free - _LEFT_FREE, _LARGEST - written))


# ---- writing --------------------------------------------------------------------------------------------------------


class Writer:
    """Writes one bundle into an open file, frame by frame. ``path`` names it in errors, ``written`` is its size so far."""

    def __init__(self, file: BinaryIO, path: Path, header: Header) -> None:
        self._file = file
        self._path = path
        self._recipient = header.recipient
        head = msgspec.json.encode(header)
        self._header_hash = hashlib.sha256(head).digest()
        self._sum = hashlib.sha256(self._header_hash)
        self._frames = 0
        self.written = 0
        self._counts: dict[str, int] = {}
        self._write(MAGIC + _length(head) + head)

    def add(self, kind: str, message: Struct, **counts: int) -> None:
        """Append one message of the protocol; ``counts`` says what it holds.

        Raises:
            BundleError: too-large. DiskFullError, FileTroubleError: the medium.
        """
        text = msgspec.json.encode([self._header_hash.hex(), self._frames, kind, message])
        frame = encrypt(_zipped(text), self._recipient)
        if len(text) > MAX_INFLATED or len(frame) > MAX_FRAME:
            raise BundleError("too-large")
        self._write(_length(frame) + frame)
        self._sum.update(hashlib.sha256(frame).digest())
        self._frames += 1
        for name, count in counts.items():
            self._counts[name] = self._counts.get(name, 0) + count

    def finish(self, sign: Sign) -> Trailer:
        """Write the signed end."""
        trailer = Trailer(frames=self._frames, counts=self._counts, sum=self._sum.hexdigest())
        tail = msgspec.json.encode(trailer)
        self._write(_length(b"") + _length(tail) + tail + sign(MAGIC + tail))
        return trailer

    def _write(self, data: bytes) -> None:
        with file_trouble(self._path):
            self._file.write(data)
        self.written += len(data)


def _zipped(text: bytes) -> bytes:
    """Return the gzip of a message, stored as it is where it would shrink to what a reader takes for a trap."""
    small = gzip.compress(text, _ZIP_LEVEL, mtime=0)
    return small if len(text) <= MAX_RATIO * len(small) else gzip.compress(text, 0, mtime=0)


def _length(data: bytes) -> bytes:
    return len(data).to_bytes(4)


@contextmanager
def writing(path: Path, header: Header, sign: Sign) -> Iterator[Writer]:
    """Write a bundle: into a temporary file beside ``path``, to the disk, read back, renamed, read back again.

    Whatever goes wrong, also in the block, no half file is left behind, and a bundle that stood there still stands.

    Raises:
        DiskFullError, FileTroubleError: the medium, or something else stands there.
    """
    made: list[Trailer] = []
    with placing(path, header, lambda where: _read_back(where, path, header, made[0])) as file:
        writer = Writer(file, path, header)
        yield writer
        made.append(writer.finish(sign))


@contextmanager
def placing(path: Path, header: Header | None, sound: Callable[[Path], None]) -> Iterator[BinaryIO]:
    """Give a temporary file that takes the place of ``path`` when ``sound`` has found nothing wrong with it.

    ``header`` says what bundle may be replaced; without one nothing is.

    Raises:
        DiskFullError, FileTroubleError: the medium, or something else stands there; what ``sound`` raises.
    """
    with file_trouble(path):
        _may_replace(path, header)
        temporary = path.with_name(f".zzb-{secrets.token_hex(6)}.new")
        file = open(os.open(temporary, _NEW_FILE, OWNER_ONLY), "wb")  # noqa: SIM115 - closed below, whatever happens
    try:
        yield file
        with file_trouble(path):
            file.flush()
            os.fsync(file.fileno())
            file.close()
            sound(temporary)
            os.replace(temporary, path)
            with suppress(OSError):  # some file systems of sticks know no such call; what counts is read back next
                sync_folder(path.parent)
            sound(path)
    finally:
        with suppress(OSError):  # what closing would still write is thrown away with the file
            file.close()
        with suppress(OSError):  # in its place already, or the whole medium is gone
            temporary.unlink()


def _may_replace(path: Path, header: Header | None) -> None:
    """Let a newer bundle of the same way replace an older one, and nothing else."""
    if not path.exists():
        return
    try:
        with opened(path) as there:
            before = there.header
    except BundleError:
        raise FileTroubleError(TAKEN, path=str(path)) from None
    if header is None or _way(before) != _way(header):
        raise FileTroubleError(TAKEN, path=str(path))


def _way(header: Header) -> tuple[str, str | None, str | None]:
    """Return what two bundles have in common of which the newer stands for the older one too."""
    return header.kind, header.server_id, (header.sender if header.kind == "up" else header.to).device


def _read_back(where: Path, named: Path, header: Header, trailer: Trailer) -> None:
    """Compare what is on the medium with what was meant to be.

    Raises:
        FileTroubleError: it differs; it is removed, since nobody should carry it.
    """
    try:
        with opened(where, past_cache=True) as bundle:
            sound = bundle.header == header and bundle.check() == trailer
    except BundleError:
        sound = False
    if not sound:
        where.unlink(missing_ok=True)
        raise FileTroubleError(UNSOUND, path=str(named))


# ---- reading --------------------------------------------------------------------------------------------------------


class Bundle:
    """An open bundle. ``header`` is what it claims until ``verify`` has returned."""

    def __init__(self, file: BinaryIO, path: Path) -> None:
        self._file = file
        self._path = path
        self.size = os.fstat(file.fileno()).st_size
        if self._read(len(MAGIC)) != MAGIC:
            raise BundleError("bundle-foreign")
        head = self._part(MAX_HEAD)
        self._header_hash = hashlib.sha256(head).digest()
        self.header = _header(head)
        self._start = file.tell()
        self._hashes: list[bytes] = []
        self._tail = b""
        self._signature = b""

    def check(self, progress: Progress = lambda step, done, total: None) -> Trailer:
        """Read the whole file and return its end: it is as it was written, by whomever.

        Raises:
            BundleError: cut, altered, or something follows it.
        """
        whole = hashlib.sha256(self._header_hash)
        self._hashes = []
        self._file.seek(self._start)
        while frame := self._part(MAX_FRAME):
            self._hashes.append(hashlib.sha256(frame).digest())
            whole.update(self._hashes[-1])
            progress("check", self._file.tell(), self.size)
            if len(self._hashes) > MAX_FRAMES:
                raise BundleError("bundle-broken", frame=MAX_FRAMES)
        self._tail = self._part(MAX_HEAD)
        self._signature = self._read(SIGNATURE + 1)
        trailer = _trailer(self._tail)
        if (trailer.frames, trailer.sum) != (len(self._hashes), whole.hexdigest()):
            raise BundleError("bundle-broken", frame=len(self._hashes))
        if len(self._signature) != SIGNATURE:
            raise BundleError("bundle-broken")
        return trailer

    def verify(self, public: bytes, progress: Progress = lambda step, done, total: None) -> Trailer:
        """Check the whole file and that the owner of ``public`` (32 bytes, Ed25519) signed it.

        Raises:
            BundleError: bundle-broken; bundle-forged.
        """
        trailer = self.check(progress)
        try:
            Ed25519PublicKey.from_public_bytes(public).verify(self._signature, MAGIC + self._tail)
        except InvalidSignature:
            raise BundleError("bundle-forged") from None
        return trailer

    def messages(self, key: Identity, kinds: Mapping[str, type[Any]]) -> Iterator[tuple[str, Any]]:
        """Yield kind and message of every frame, in order, each again compared with what ``verify`` saw.

        Raises:
            BundleError: not for this key, altered meanwhile, or a message that is none.
        """
        self._file.seek(self._start)
        for number, seen in enumerate(self._hashes):
            frame = self._part(MAX_FRAME)
            if hashlib.sha256(frame).digest() != seen:
                raise BundleError("bundle-broken", frame=number)
            kind, message = self._opened(frame, number, key)
            if kind not in kinds:
                raise BundleError("bundle-newer", kind=kind)
            try:
                found = read(message, kinds[kind])
            except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
                raise BundleError("bundle-broken", frame=number) from None
            yield kind, found

    def _opened(self, frame: bytes, number: int, key: Identity) -> tuple[str, Raw]:
        inflater = Inflater(gzipped=True)
        try:
            inflater.feed(decrypt(frame, key))
            text = inflater.finish()
            header, place, kind, message = read(text, tuple[str, int, str, Raw])
        except UnreadableError:
            raise BundleError("bundle-not-for-you", frame=number) from None
        except (WireError, msgspec.DecodeError, RecursionError, UnicodeDecodeError):
            raise BundleError("bundle-broken", frame=number) from None
        if (header, place) != (self._header_hash.hex(), number):
            raise BundleError("bundle-forged", frame=number)
        return kind, message

    def _part(self, limit: int) -> bytes:
        """Return the next part; its length comes from the file and is believed only up to ``limit``."""
        length = self._read(4)
        size = int.from_bytes(length)
        if len(length) != 4 or size > limit:
            raise BundleError("bundle-broken")
        part = self._read(size)
        if len(part) != size:
            raise BundleError("bundle-broken")
        return part

    def _read(self, size: int) -> bytes:
        with file_trouble(self._path):
            return self._file.read(size)


def _header(head: bytes) -> Header:
    try:
        found = read(head, Header)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        raise BundleError("bundle-broken") from None
    if (found.proto, found.suite) != (PROTO, SUITE):
        raise BundleError("bundle-newer")
    return found


def _trailer(tail: bytes) -> Trailer:
    try:
        return read(tail, Trailer)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        raise BundleError("bundle-broken") from None


@contextmanager
def opened(path: Path, *, past_cache: bool = False) -> Iterator[Bundle]:
    """Open a bundle for reading; the file is never written to.

    ``past_cache`` asks the system for what is on the medium, not for what it remembers of it.

    Raises:
        BundleError: it is none. FileTroubleError: it cannot be read.
    """
    with file_trouble(path):
        file = path.open("rb")
    with file:
        if past_cache and hasattr(os, "posix_fadvise"):
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        yield Bundle(file, path)
