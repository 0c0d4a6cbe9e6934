"""Showing that one holds the bytes of a file without sending them.

The hash of a file stands in its record and travels with it, so that knowing it proves nothing. What is asked for instead
is a keyed hash over places of the file that nobody could choose beforehand: they follow from the token that the centre
has just given to this very device. A small file is hashed whole.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Iterable
from typing import Final

WHOLE: Final = 1024 * 1024
"""Bytes up to which a file is hashed whole."""
_PIECES: Final = 16
_PIECE: Final = 64 * 1024
_LABEL: Final = b"zzsync possession 1\n"

Read = Callable[[int, int], Iterable[bytes]]
"""Yields the bytes of the file from one place up to another."""


def challenge(token: str, sha256: str) -> bytes:
    """Return what a device with this token has to answer for a file: good for as long as the token is."""
    return hashlib.sha256(_LABEL + f"{sha256}\n{token}".encode()).digest()


def spans(asked: bytes, size: int) -> list[tuple[int, int]]:
    """Return the places of a file of ``size`` bytes that an answer covers, each (start, stop)."""
    if size <= WHOLE:
        return [(0, size)]
    starts = (
        int.from_bytes(hashlib.sha256(asked + bytes([n])).digest()) % (size - _PIECE + 1) for n in range(_PIECES)
    )
    return [(start, start + _PIECE) for start in starts]


def proof(asked: bytes, size: int, read: Read) -> str:
    """Return the answer of whoever holds the bytes, 64 hexadecimal digits."""
    digest = hmac.new(asked, size.to_bytes(8), hashlib.sha256)
    for start, stop in spans(asked, size):
        for piece in read(start, stop):
            digest.update(piece)
    return digest.hexdigest()
