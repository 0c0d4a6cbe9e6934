"""What an operation does to a record's body and stamps: pure, and the same on the desk and at the centre."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import Any, Final

import msgspec
from msgspec import Raw

from zzdesk.errors import BugError

Body = dict[str, Any]
Stamps = dict[str, str]
Op = dict[str, Any]

DEFAULT: Final = "*"
"""The stamp of every field that has none of its own: the creating operation."""

SCOPE: Final = "scope"
"""Under this name the stamp of a record's last move is kept."""

BENEATH: Final = ":beneath"
"""After a field's name in what the author of a void saw: the confirmed operation that his own pending edits lie upon."""

_encoder = msgspec.json.Encoder(order="sorted")
_NOT_INTENT: Final = ("replica", "op_no", "suite", "sig")


def canonical(value: Any) -> bytes:
    """Return the canonical JSON bytes of a value without floats (RFC 8785 for the values we allow)."""
    return _encoder.encode(value)


def op_hash(op: Op) -> str:
    """Return the SHA-256 of what an operation means: not of who sends it, so that it may be renumbered."""
    intent = {key: value for key, value in op.items() if key not in _NOT_INTENT}
    return hashlib.sha256(canonical(intent)).hexdigest()


def record_hash(kind: str, record_id: str, scope: str, body: Body) -> str:
    """Return the SHA-256 of a record's confirmed state."""
    whole = {"kind": kind, "id": record_id, "scope": scope, "body": body}
    return hashlib.sha256(canonical(whole)).hexdigest()


def text_hash(kind: str, record_id: str, scope: str, body: bytes | Raw) -> str:
    """Return ``record_hash`` of a body that is canonical JSON already."""
    return hashes_of(kind, scope, (record_id,), (body,))[0]


def hashes_of(kind: str, scope: str, ids: Iterable[str], bodies: Iterable[bytes | Raw]) -> list[str]:
    """Return ``record_hash`` of records of one kind and scope whose bodies are canonical JSON."""
    tail = f'","kind":"{kind}","scope":"{scope}"}}'.encode()
    return [
        hashlib.sha256(b"".join((b'{"body":', body, b',"id":"', record_id.encode(), tail))).hexdigest()
        for record_id, body in zip(ids, bodies, strict=True)
    ]


def sum_of(hashes: Sequence[str]) -> str:
    """Return the SHA-256 over record hashes in order: one comparison instead of many."""
    return hashlib.sha256("".join(hashes).encode()).hexdigest()


def intent_of(text: bytes) -> bytes:
    """Return the canonical JSON of what an operation means, without what an earlier program kept beside it."""
    if b',"suite":' not in text and b',"replica":' not in text:
        return text
    whole: Op = msgspec.json.decode(text)
    return canonical({key: value for key, value in whole.items() if key not in _NOT_INTENT})


def new_value(current: Any, change: dict[str, Any]) -> Any:
    """Return a field's value after one entry of an operation's ``set``; None means absent."""
    if "to" in change:
        return change["to"]
    if "by" in change:
        return (current or 0) + change["by"]
    if "add" in change or "del" in change:
        kept = (set(current or ()) - set(change.get("del", ()))) | set(change.get("add", ()))
        return sorted(kept) or None
    raise BugError(f"an entry of set without a verb: {sorted(change)}")


def put(body: Body, field: str, value: Any) -> None:
    """Set a field, or take it away when the value is None: an absent field and null are the same."""
    if value is None:
        body.pop(field, None)
    else:
        body[field] = value


def apply_op(body: Body | None, op: Op) -> Body:
    """Return the body after an operation, as if nobody else had changed the record.

    ``body`` is None before the creating operation. Raises BugError where the two do not fit.
    """
    verb = op["verb"]
    if verb == "create":
        return dict(op["init"])
    if body is None:
        raise BugError(f"{verb} on a record without a beginning")
    after = dict(body)
    if verb in ("patch", "resolve"):
        for field, change in op["set"].items():
            put(after, field, new_value(after.get(field), change))
        if verb == "resolve" and after.get("voided") != body.get("voided"):
            put(after, "void_reason", op.get("reason") if after.get("voided") else None)
    elif verb == "void":
        after.update(voided=True, void_reason=op["reason"])
    elif verb == "unvoid":
        after.pop("voided", None)
        after.pop("void_reason", None)
    elif verb != "move":
        raise BugError(f"unknown verb {verb}")
    return after


def scope_after(scope: str, op: Op) -> str:
    """Return where a record is after an operation, as if nobody else had moved it."""
    found: str = op["scope"] if op["verb"] == "create" else op["to_scope"] if op["verb"] == "move" else scope
    return found


def touched(op: Op) -> tuple[str, ...]:
    """Return the fields that an operation other than create writes."""
    if op["verb"] in ("void", "unvoid"):
        return ("voided", "void_reason")
    if op["verb"] == "move":
        return (SCOPE,)
    fields = tuple(op.get("set", ()))
    return (*fields, "void_reason") if op["verb"] == "resolve" and "voided" in fields else fields


def apply_stamps(stamps: Stamps, op: Op) -> Stamps:
    """Return compact stamps after an operation was applied whole."""
    if op["verb"] == "create":
        return {DEFAULT: op["op_id"]}
    op_id: str = op["op_id"]
    return stamps | dict.fromkeys(touched(op), op_id)


def stamp_of(stamps: Stamps, field: str) -> str | None:
    """Return the stamp of one field."""
    return stamps.get(field) or stamps.get(DEFAULT)
