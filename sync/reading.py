"""Operations as they are read: from a push, and again from the log of the centre.

One that is unfit is described, never raised: it is kept as a dead letter, and nothing behind it waits.
"""

from __future__ import annotations

import hashlib
import re
from typing import Any, Final

import msgspec
from msgspec import Struct

from sync.fields import UUID_FORM, Counter, Uuid
from sync.limits import MAX_OP_BYTES, UnfitValueError, check_values, is_suspect
from sync.problems import WireError
from sync.protocol import SERVER_KINDS, Op
from zzdesk.ops.apply import canonical
from zzdesk.typed import convert, reader

VERBS: Final = frozenset({"create", "patch", "void", "unvoid", "move", "resolve"})
_NOT_INTENT: Final = ("replica", "op_no", "suite", "sig")


class _Header(Struct):
    """The least that a bad operation must carry, so that it can be kept as a dead letter and answered."""

    op_id: Uuid
    op_no: Counter
    group: Any = None

    @property
    def group_id(self) -> str:
        """Return its group, or its own id where the group is unfit: then it is alone."""
        fits = isinstance(self.group, str) and re.fullmatch(UUID_FORM, self.group)
        return self.group if fits else self.op_id


class Received(Struct, frozen=True, gc=False):
    """An operation as it arrived: ``op`` is None when it is unfit, and ``problem`` says why.

    ``text`` is the canonical JSON of its intent, ``hash`` the SHA-256 of it; ``init`` is the canonical JSON of what a
    record begins with, where that is at hand.
    """

    op_id: str
    op_no: int
    group: str
    text: bytes
    hash: str
    op: Op | None
    problem: str | None = None
    sig: str | None = None
    init: bytes | None = None


def no_float(_: str) -> float:
    """Refuse a float while JSON is decoded.

    Raises:
        UnfitValueError: always.
    """
    raise UnfitValueError("float")


_decode_any = msgspec.json.Decoder(float_hook=no_float)
_decode_header = reader(_Header)


def read_op(raw: bytes, replica: str) -> Received:
    """Validate one operation of a push; one that is unfit is described, not raised.

    Raises:
        WireError: malformed, when it cannot even be named.
    """
    try:
        whole = _decode_any.decode(raw)
    except (msgspec.DecodeError, UnfitValueError, RecursionError, UnicodeDecodeError):
        return _unfit(_header(raw), _tidied(raw), "malformed-op")
    if not isinstance(whole, dict):
        return _unfit(_header(raw), raw, "malformed-op")
    text = _intent(whole)
    if len(text) > MAX_OP_BYTES:
        return _unfit(_header(raw), text, "too-large")
    op, problem = _checked(whole, raw)
    if op is None or op.op_no is None or op.replica != replica:
        return _unfit(_header(raw), text, problem or "malformed-op")
    digest = hashlib.sha256(text).hexdigest()
    return Received(op.op_id, op.op_no, op.group, text, digest, op, None, op.sig)


def _header(raw: bytes) -> _Header:
    """Return the least that names an operation which is unfit; one that is fit has all of it.

    Raises:
        WireError: malformed.
    """
    try:
        return _decode_header.decode(raw)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        raise WireError("malformed", reason=f"operation: {error}"[:200]) from None


def read_logged(text: str) -> tuple[Op | None, str | None]:
    """Return an operation that lies in the log, or what was the matter with it when it arrived.

    Nothing is taken on trust because it lies there: what is unfit is kept, too, and may have waited with its group.
    """
    if len(text.encode()) > MAX_OP_BYTES:
        return None, "too-large"
    try:
        whole = _decode_any.decode(text)
    except (msgspec.DecodeError, UnfitValueError, RecursionError, UnicodeDecodeError):
        return None, "malformed-op"
    return _checked(whole, text.encode())


def _checked(whole: Any, raw: bytes) -> tuple[Op | None, str | None]:
    try:
        if is_suspect(raw):
            check_values(whole)
        op = convert(whole, Op)
    except (UnfitValueError, msgspec.ValidationError, RecursionError):
        return None, "malformed-op"
    problem = _op_problem(op)
    return (None, problem) if problem else (op, None)


def _tidied(raw: bytes) -> bytes:
    """Return the intent of an operation with floats in canonical form, so that a renumbered retry is the same one."""
    try:
        return _intent(msgspec.json.decode(raw))
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        return raw


def _intent(whole: dict[str, Any]) -> bytes:
    return canonical({key: value for key, value in whole.items() if key not in _NOT_INTENT})


def _unfit(header: _Header, text: bytes, problem: str) -> Received:
    digest = hashlib.sha256(text).hexdigest()
    # What is kept must be text that every database takes, also where it is no JSON.
    kept = text.decode("utf-8", "replace").replace("\x00", "\ufffd").encode()
    return Received(header.op_id, header.op_no, header.group_id, kept, digest, None, problem)


def _op_problem(op: Op) -> str | None:
    if op.verb not in VERBS:
        return "unknown-verb"
    wants = {
        "create": op.scope is not None and bool(op.init),
        "patch": bool(op.set),
        "resolve": bool(op.set) and bool(op.conflicts),
        "void": bool(op.saw),
        "unvoid": bool(op.saw),
        "move": op.to_scope is not None and bool(op.saw),
    }
    if not wants[op.verb]:
        return "malformed-op"
    return "server-only" if op.kind in SERVER_KINDS else None
