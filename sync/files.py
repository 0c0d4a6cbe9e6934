"""What desk and centre say to each other about the bytes of attachments (sync protocol, section 8.5).

The bytes themselves travel beside these messages: over tus to the centre, by ranges from it.
"""

from __future__ import annotations

from typing import Annotated, Final

from msgspec import Meta, Struct

from sync.fields import Counter, Nonce, Scope, Uuid
from sync.protocol import Answer

CARRIED: Final = 4 * 1024 * 1024
"""Bytes of a file in one frame of a bundle, at most."""
Sha256 = Annotated[str, Meta(pattern="^[0-9a-f]{64}$")]


class BlobRequest(Struct):
    """The bytes of an attachment are offered: their SHA-256, how many there are, and the record that names them.

    ``record`` is None where that has left the desk which offers them. ``proof`` shows that they are held there
    (``sync.possession``); without it the centre answers as if it had none of them.
    """

    sha256: Sha256
    size: Counter
    mime: Annotated[str, Meta(max_length=200, pattern=r"^[\x20-\x7e]*$")]
    record: Uuid | None
    nonce: Nonce
    proof: Sha256 | None = None


class MissingRequest(Struct):
    """Which bytes the centre has not yet, of one scope; ``after`` is the last record of the page before."""

    scope: Scope
    nonce: Nonce
    after: Uuid | None = None
    limit: Annotated[int, Meta(ge=1, le=500)] = 500


class FileChunk(Struct):
    """Some bytes of a file on their way in a bundle, either way."""

    sha256: Sha256
    size: Counter
    mime: Annotated[str, Meta(max_length=200, pattern=r"^[\x20-\x7e]*$")]
    start: Counter
    data: Annotated[bytes, Meta(max_length=CARRIED)]


class WantedFile(Struct):
    """A file that a desk asks for, of which it has the first ``have`` bytes."""

    sha256: Sha256
    size: Counter
    have: Counter = 0


class FilesWanted(Struct):
    """Files that the answer to a bundle shall bring."""

    items: Annotated[list[WantedFile], Meta(max_length=500)]


class StoredFile(Struct):
    """What became of a file that came in a bundle: ``verified``, or how far it has come, or a code of the catalogue."""

    sha256: str
    state: str
    offset: int = 0
    problem: str | None = None


class FilesStored(Struct):
    """What became of files, at the centre's clock ``head``."""

    head: int
    items: list[StoredFile]


class BlobAnswer(Answer, kw_only=True):
    """``verified``: the centre has the bytes, has hashed them itself, and knows that the device holds them, too;
    ``pending``: send from ``offset`` on.
    """

    sha256: str
    state: str
    offset: int
    size: int


class MissingBlob(Struct):
    """One file that a record names; ``part`` is ``file``, or ``original`` and ``shared`` of a photo."""

    record: str
    sha256: str
    size: int
    part: str


class MissingAnswer(Answer, kw_only=True):
    """Files whose bytes the centre does not have."""

    items: list[MissingBlob]
    more: bool
