"""Runs of creating operations as they travel: what they share once, what differs in columns.

A desk that comes home after a week sends thousands of new records.  Their operations differ in two ids, a few
milliseconds and the record itself; everything else is the same for a whole group.  Both sides put the text of each
operation together from its run, byte by byte the one that was minted: its hash, its signature and what lies in the log
do not depend on how it travelled.  An operation whose text cannot be put together like this travels by itself.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import accumulate, islice
from typing import Any, Final

import msgspec

from sync.bulk import Births
from sync.fields import Name, OpActor, OpTime, ReplicaId
from sync.limits import MAX_OP_BYTES, is_suspect, may_be_deep, may_be_odd
from sync.problems import WireError
from sync.protocol import CONFLICT_KIND, Op
from sync.reading import Received, no_float, read_op
from zzdesk.ops.apply import canonical
from zzdesk.typed import convert

_DIGITS: Final = 20
"""Characters of the longest number of milliseconds."""
_decode_inits = msgspec.json.Decoder(list[dict[str, Any]], float_hook=no_float)
_decode_init = msgspec.json.Decoder(dict[str, Any], float_hook=no_float)


@lru_cache(maxsize=1024)
def _are_names(fields: tuple[str, ...]) -> bool:
    """Say whether all are names of fields: the records of a run have the same few sets of them."""
    try:
        convert(fields, list[Name])
    except msgspec.ValidationError:
        return False
    return True


class Template:
    """Puts the text of each operation of a run together."""

    def __init__(self, actor: OpActor, boot: str, kind: str, scope: str, schema: int) -> None:
        self._head = b'{"actor":%b,"at":{"boot":%b,"mono":' % (canonical(actor), canonical(boot))
        self._kind = b',"kind":"%b","op_id":"' % kind.encode()
        self._tail = b'","schema":%d,"scope":"%b","verb":"create"}' % (schema, scope.encode())
        self._when = b""

    def turn_to(self, group: str, wall: str) -> None:
        """Go on with the operations of a group."""
        self._when = b',"wall":%b},"group":"%b","id":"' % (canonical(wall), group.encode())

    def text(self, mono: int, record_id: str, init: bytes, op_id: str) -> bytes:
        """Return the canonical JSON of one operation's intent."""
        return b'%b%d%b%b","init":%b%b%b%b' % (
            self._head, mono, self._when, record_id.encode(), init, self._kind, op_id.encode(), self._tail,
        )  # fmt: skip

    def parts_of(self, text: bytes, record_id: str, op_id: str) -> tuple[int, bytes] | None:
        """Return the milliseconds and the record of an operation, where this is how its text was put together."""
        begin, end = self._head, b"%b%b%b" % (self._kind, op_id.encode(), self._tail)
        middle = b'%b%b","init":' % (self._when, record_id.encode())
        at = text.find(middle, len(begin), len(begin) + len(middle) + _DIGITS)
        if at < 0 or not (text.startswith(begin) and text.endswith(end)):
            return None
        mono, init = text[len(begin) : at], text[at + len(middle) : -len(end)]
        return (int(mono), init) if mono.isdigit() and init[:1] == b"{" and init[-1:] == b"}" else None


def _is_even(run: Births) -> bool:
    count = len(run.ids)
    return count == len(run.op_ids) == len(run.mono) == len(run.inits) == sum(part.n for part in run.groups)


Fields = tuple[str, ...]


def plain_bodies(run: Births) -> tuple[list[dict[str, Any]], set[Fields]] | None:
    """Return what the records of a run begin with, read at once, and the sets of fields that they have.

    None where anything wants a closer look.
    """
    if not run.ids or not _is_even(run):
        return None
    text = b"[%b]" % b",".join(run.inits)
    # Fields that are null are absent: who writes one should not. In a text it is looked at more closely, too.
    if b":null" in text or may_be_odd(text) or (may_be_deep(text, len(run.ids)) and any(map(may_be_deep, map(bytes, run.inits)))):
        return None
    try:
        bodies = _decode_inits.decode(text)
    except (msgspec.DecodeError, ValueError, RecursionError):
        return None
    shapes = {tuple(body) for body in bodies}
    plain = all(shape and _are_names(shape) for shape in shapes) and canonical(bodies) == text
    return (bodies, shapes) if plain else None


def read_births(run: Births, replica: ReplicaId) -> Iterator[Received]:
    """Yield the operations of a run, validated like those that travel by themselves.

    Raises:
        WireError: malformed, when the columns are not of one length or an operation cannot be named.
    """
    count = len(run.ids)
    if not _is_even(run):
        raise WireError("malformed", reason="births: columns of different lengths")
    template = Template(run.actor, run.boot, run.kind, run.scope, run.schema)
    rows = zip(range(run.no, run.no + count), accumulate(run.mono), run.op_ids, run.ids, run.inits, strict=True)
    for part in run.groups:
        template.turn_to(part.group, part.wall)
        for no, mono, op_id, record_id, raw in islice(rows, part.n):
            init = bytes(raw)
            text = template.text(mono, record_id, init, op_id)
            body = _plain(run.kind, text, init)
            if body is None:
                yield read_op(b'{"op_no":%d,"replica":"%b",%b' % (no, replica.encode(), text[1:]), replica)
                continue
            op = Op(op_id, part.group, run.kind, record_id, "create", run.actor, OpTime(part.wall, mono, run.boot),
                    run.schema, replica, no, run.scope, init=body)  # fmt: skip
            digest = hashlib.sha256(text).hexdigest()
            yield Received(op_id, no, part.group, text, digest, op, None, None, init)


def _plain(kind: str, text: bytes, init: bytes) -> dict[str, Any] | None:
    """Return what the record begins with, or None where anything about the operation wants a closer look."""
    if len(text) > MAX_OP_BYTES or kind == CONFLICT_KIND or is_suspect(init):
        return None
    try:
        body = _decode_init.decode(init)
    except (msgspec.DecodeError, ValueError, RecursionError):
        return None
    return body if body and _are_names(tuple(body)) and canonical(body) == init else None


PROOF_LABEL: Final = "zzsync batch 1\n"


def proof_message(hashes: Sequence[str]) -> bytes:
    """Return what an author signs for all of their operations in a push: it covers the operation hashes in order."""
    return (PROOF_LABEL + hashlib.sha256("".join(hashes).encode()).hexdigest()).encode()
