"""JSON read into types, from any thread.

msgspec works out the shape of a type when it first reads one.  Two threads that do so at the same moment can end the
whole program (seen with 0.22: one of eight starts of 32 threads).  Here one lock guards that moment for all types, since
types share parts, and what was worked out is kept.
"""

from __future__ import annotations

import threading
from typing import Any, Final, TypeVar, cast

import msgspec

T = TypeVar("T")
_lock: Final = threading.Lock()
_readers: Final[dict[Any, msgspec.json.Decoder[Any]]] = {}


def reader(type_: type[T]) -> msgspec.json.Decoder[T]:
    """Return the decoder of a type."""
    found = _readers.get(type_)
    if found is None:
        with _lock:
            found = _readers.setdefault(type_, msgspec.json.Decoder(type_))
    return cast("msgspec.json.Decoder[T]", found)


def read(data: bytes | str, type_: type[T]) -> T:
    """Return what the JSON says, checked.

    Raises:
        msgspec.DecodeError: not JSON, or of another shape (``msgspec.ValidationError``).
    """
    return reader(type_).decode(data)


def convert(found: Any, type_: type[T]) -> T:
    """Return plain values as a type, checked.

    Raises:
        msgspec.ValidationError: of another shape.
    """
    reader(type_)
    return msgspec.convert(found, type_)
