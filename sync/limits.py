"""What a message may be at most, and how it is unpacked without trusting it (hazard 28)."""

from __future__ import annotations

import zlib
from typing import Any, Final

from sync.problems import WireError

MAX_WIRE: Final = 8 * 1024 * 1024
MAX_INFLATED: Final = 32 * 1024 * 1024
MAX_RATIO: Final = 100
MAX_DEPTH: Final = 32
MAX_OPS: Final = 2000
"""Operations of one push. Each costs the centre about 4 KiB while it is judged, so a push stays below 10 MiB."""
MAX_OP_BYTES: Final = 256 * 1024
MAX_FETCH: Final = 200
MAX_ASKS: Final = 200
MAX_PAGE_ROWS: Final = 2000
MAX_PAGE_BYTES: Final = 4 * 1024 * 1024
MAX_INT: Final = 2**53 - 1
_RATIO_FLOOR: Final = 1024 * 1024
"""Below this much a body may compress as well as it likes: somebody held a key down."""
_STEP: Final = 256 * 1024


class Inflater:
    """Takes the body of a request piece by piece, plain or gzip, and stops at the first broken limit."""

    def __init__(self, gzipped: bool) -> None:
        self._unzip = zlib.decompressobj(16 + zlib.MAX_WBITS) if gzipped else None
        self._wire = 0
        self._size = 0
        self._parts: list[bytes] = []

    def feed(self, piece: bytes) -> None:
        """Take the next piece.

        Raises:
            WireError: too-large or malformed.
        """
        self._wire += len(piece)
        if self._wire > MAX_WIRE:
            raise WireError("too-large", limit=MAX_WIRE)
        if self._unzip is None:
            self._keep(piece)
            return
        while piece:
            self._keep(self._inflate(piece))
            piece = self._unzip.unconsumed_tail
            if self._unzip.unused_data:
                raise WireError("malformed", reason="data after the gzip stream")

    def _inflate(self, piece: bytes) -> bytes:
        assert self._unzip is not None
        try:
            return self._unzip.decompress(piece, _STEP)
        except zlib.error:
            raise WireError("malformed", reason="not gzip") from None

    def _keep(self, part: bytes) -> None:
        self._size += len(part)
        if self._size > MAX_INFLATED or self._size > max(_RATIO_FLOOR, MAX_RATIO * self._wire):
            raise WireError("too-large", limit=MAX_INFLATED)
        self._parts.append(part)

    def finish(self) -> bytes:
        """Return the whole body.

        Raises:
            WireError: the gzip stream is cut short.
        """
        if self._unzip is not None:
            self._keep(self._unzip.flush())
            if not self._unzip.eof:
                raise WireError("malformed", reason="gzip cut short")
        return b"".join(self._parts)


_DIGITS: Final = bytes(48 if 48 <= code <= 57 else 32 for code in range(256))
_LONG_NUMBER: Final = b"0" * 16


def is_suspect(text: bytes) -> bool:
    """Say whether JSON may hold a value to refuse: a NUL, a number of sixteen digits, or one nested deeply."""
    return may_be_deep(text) or may_be_odd(text)


def may_be_deep(text: bytes, more: int = 0) -> bool:
    """Say whether JSON may hold a value nested too deeply; ``more`` brackets are known to stand beside each other."""
    return text.count(b"{") + text.count(b"[") > MAX_DEPTH + more


def may_be_odd(text: bytes) -> bool:
    """Say whether JSON may hold a NUL or a number of sixteen digits."""
    return b"\\u0000" in text or _LONG_NUMBER in text.translate(_DIGITS)


class UnfitValueError(ValueError):
    """A JSON value that never travels: a float, a huge number, a NUL character, or too deep."""


def check_values(value: Any, depth: int = 1) -> None:
    """Refuse values that do not have one canonical form, or that a database cannot hold.

    Raises:
        UnfitValueError: says which rule; never the value.
    """
    if isinstance(value, str):
        if "\x00" in value:
            raise UnfitValueError("NUL character")
    elif isinstance(value, dict | list):
        if depth > MAX_DEPTH:
            raise UnfitValueError("too deep")
        if isinstance(value, dict):
            if any("\x00" in key for key in value):
                raise UnfitValueError("NUL character")
            value = value.values()
        for item in value:
            check_values(item, depth + 1)
    elif isinstance(value, float):
        raise UnfitValueError("float")
    elif isinstance(value, int) and not -MAX_INT <= value <= MAX_INT:
        raise UnfitValueError("number out of range")
