"""Parts of messages that carry many operations or records at once, in columns (``sync.births``, ``zzdesk.ops.columns``)."""

from __future__ import annotations

from typing import Annotated, Final

from msgspec import Meta, Raw, Struct

from sync.fields import Counter, Name, OpActor, Scope, Short, Uuid


class BirthGroup(Struct, array_like=True):
    """A group of a run: its id, the wall time at which it was made, and how many operations it has."""

    group: Uuid
    wall: Short
    n: Counter


class Births(Struct):
    """Creating operations of one author, kind and scope, in op_no order (``sync.births``).

    ``at`` is the place of the first among all operations of the push, ``no`` its op_no; the others follow one by one.
    ``mono`` holds milliseconds since boot, each as the difference to the one before.
    """

    at: Counter
    no: Counter
    actor: OpActor
    boot: Short
    kind: Name
    scope: Scope
    schema: Annotated[int, Meta(ge=1, le=1_000_000)]
    groups: list[BirthGroup]
    op_ids: list[Uuid]
    ids: list[Uuid]
    mono: list[int]
    inits: list[Raw]


class Proof(Struct):
    """An author's Ed25519 (base64) over the hashes of their operations from place ``at`` on (``births.proof_message``).

    It reaches up to the author's next proof in the push: the key may have changed there.
    """

    user: Uuid
    at: Counter
    sig: Annotated[str, Meta(min_length=86, max_length=88)]


class Born(Struct):
    """Consecutive creating operations, from place ``at`` of the push on, that came out as the desk expects.

    Each was applied, its record has version 1, the next ``seq`` and the body that was sent. ``sum`` is that of the
    record hashes (``births.sum_of``); ``sigs`` holds ``SIG_SIZE`` characters of each receipt.
    """

    at: int
    n: int
    seq: int
    sum: str
    sigs: str


class Kept(Struct):
    """Consecutive edits, from place ``at`` of the push on, that came out as the desk expects.

    Each was applied, and nobody but the sender had a hand in it: the record has the hash that was sent along. ``seqs``
    are those of the records, each as the difference to the one before; ``vers`` are their versions after the push.
    """

    at: int
    seqs: list[int]
    vers: list[int]
    sigs: str


SIG_SIZE: Final = 16
"""Characters (hex, so 64 bits) of a receipt that travel in a run.

Twice as many would cost 9 bytes a record and take a push of 1,000 from 1.48 to 1.69 times its bare size. Why 64 are
enough: only the centre checks a receipt, when a restored one is shown what it had said to an operation. A forger needs an
enrolled device and the author's key, whose signature stands under the operation, and has one guess for each operation:
it is in the log afterwards, and who sends it again is answered out of the log. Birthdays do not help, since each is an
HMAC over one operation's id, hash, outcome and seq by a key of 256 bits that never leaves the centre. At the 20 requests
a second and 2,000 operations a request that a device is let make, 2^64 guesses take 14 million years; what is won then is
that one operation of one's own, made after the closing of a record say, is taken as if it had been before.
"""


class Columns(Struct):
    """Records of one kind in a page, in columns (``sync.columns``): each stands in the page's scope.

    ``seqs`` are differences to the one before. ``stamps`` names the creating operation, which is a record's default
    stamp; ``vers`` and ``more`` give version and whole stamps of those that were edited since, by place. ``sum`` is
    that of the record hashes.
    """

    kind: str
    seqs: list[int]
    ids: list[str]
    stamps: list[str]
    vers: dict[int, int]
    more: dict[int, Raw]
    bodies: list[Raw]
    sum: str
