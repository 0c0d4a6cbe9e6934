"""The messages of zzsync/1: what travels between a desk and the centre, typed and validated.

Bodies and stamps of records are ``msgspec.Raw``: they are stored and sent without being parsed where nobody needs to
look inside.  Canonical JSON, operation hash and record hash are those of ``zzdesk.ops.apply``.
"""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal, TypeVar

import msgspec
from msgspec import UNSET, Meta, Raw, Struct, UnsetType

from sync.blocks import MAX_SERIES, Counting, NumberBlock
from sync.bulk import Births, Born, Columns, Kept, Proof
from sync.fields import Counter, Name, Nonce, OpActor, OpTime, ReplicaId, Scope, Short, Uuid
from sync.limits import MAX_ASKS, MAX_FETCH, MAX_OPS
from sync.orders import Order
from sync.problems import OP_PROBLEMS, PREFIX, WireError
from zzdesk.ops.apply import canonical
from zzdesk.typed import read

PROTO: Final = "zzsync/1"
MEDIA_TYPE: Final = "application/vnd.zzsync+json;v=1"
PROBLEM_TYPE: Final = "application/problem+json"
SCHEMA: Final = 2

CONFLICT_KIND: Final = "conflict"
CLAIM_KIND: Final = "claim"
SERVER_KINDS: Final = frozenset({CONFLICT_KIND, CLAIM_KIND})
"""Kinds of which only the centre writes records."""
ED25519: Final = "ed25519:"  # stands before the 32 bytes (base64) of the centre's signing key where its keys are named


class Edit(Struct, rename={"del_": "del"}, omit_defaults=True):
    """One entry of an operation's ``set``: a value, a step of a counter, or elements of a set."""

    to: Any = UNSET
    was: Any = None
    saw: Uuid | None = None
    by: int | UnsetType = UNSET
    add: list[str] | UnsetType = UNSET
    del_: list[str] | UnsetType = UNSET

    def __post_init__(self) -> None:
        forms = (self.to is not UNSET, self.by is not UNSET, self.add is not UNSET or self.del_ is not UNSET)
        if sum(forms) != 1:
            raise ValueError("an edit has exactly one of to, by, add/del")


class Op(Struct):
    """One immutable intent. ``replica`` and ``op_no`` are given when it is sealed and are not part of its hash."""

    op_id: Uuid
    group: Uuid
    kind: Name
    id: Uuid
    verb: str
    actor: OpActor
    at: OpTime
    schema: Annotated[int, Meta(ge=1, le=1_000_000)] = SCHEMA
    replica: ReplicaId | None = None
    op_no: Counter | None = None
    scope: Scope | None = None
    to_scope: Scope | None = None
    init: dict[Name, Any] = {}
    set: dict[Name, Edit] = {}
    saw: dict[str, Uuid] = {}
    conflicts: list[Uuid] = []
    reason: Annotated[str, Meta(max_length=10_000)] | None = None
    suite: Short | None = None
    sig: Annotated[str, Meta(max_length=1000)] | None = None


class Problem(Struct):
    """What is the matter with one operation; ``title`` is a Chinese message id without places."""

    type: str
    title: str
    field: str | None = None
    params: dict[str, Any] = {}

    @classmethod
    def of(cls, code: str, field: str | None = None, **params: Any) -> Problem:
        """Return the problem ``/p/<code>`` of the catalogue."""
        return cls(PREFIX + code, OP_PROBLEMS[code], field, params)


class Rec(Struct):
    """One record as the centre holds it."""

    kind: str
    id: str
    ver: int
    seq: int
    scope: str
    body: Raw
    stamps: Raw
    hash: str


# ---- requests -------------------------------------------------------------------------------------------------------


class EnrolRequest(Struct):
    """A new device: its one-time code and its public Ed25519 key (32 bytes, base64).

    ``station`` is the desk's own; ``server_id`` and ``epoch`` name the centre that it has reconciled with already.
    Where one of them does not fit, the code is not spent.
    """

    code: Annotated[str, Meta(min_length=4, max_length=40)]
    device_pubkey: Annotated[str, Meta(min_length=43, max_length=44)]
    name: Annotated[str, Meta(min_length=1, max_length=80)]
    nonce: Nonce
    station: Short | None = None
    server_id: Short | None = None
    epoch: Short | None = None


class TokenRequest(Struct):
    """A device vouches for the person who is logged in on it.

    ``sig`` is the device's Ed25519 over the canonical JSON of the rest, base64; ``proof`` is the person's own over the same
    bytes, by the key that follows from the password. ``reader`` is the age key to which bundles for this device are.
    """

    device_id: Short
    user: Uuid
    at: Short
    nonce: Nonce
    sig: Annotated[str, Meta(min_length=86, max_length=88)]
    proof: Annotated[str, Meta(max_length=88)] | None = None
    reader: Annotated[str, Meta(max_length=100, pattern="^age1[0-9a-z]+$")] | None = None

    def signed(self) -> bytes:
        """Return the bytes that the signature covers."""
        said = {"device_id": self.device_id, "user": self.user, "at": self.at, "nonce": self.nonce}
        return canonical(said | ({"reader": self.reader} if self.reader else {}))


class HelloRequest(Struct):
    """Start of a round: how the desk is, how far it has pulled each scope, and which operations it waits to hear of."""

    replica: ReplicaId
    app: Short
    schema: Counter
    nonce: Nonce
    epoch: Short | None = None
    free_bytes: Counter | None = None
    outbox_n: Counter = 0
    oldest_unacked: Short | None = None
    cursors: dict[Scope, Counter] = {}
    resend_n: Counter = 0
    """Operations that are still to be sent again since the centre was restored."""
    asks: Annotated[list[Uuid], Meta(max_length=MAX_ASKS)] = []
    """Operations in quarantine, of which it waits to hear what was decided."""
    rows: Counter = 0
    """Rows of the feeds, beyond the cursors, that are wanted with the answer."""
    numbers: Annotated[list[Counting], Meta(max_length=MAX_SERIES)] = []
    """Series that it gives numbers of."""


class OldReceipt(Struct):
    """What the centre said to an operation before it was restored, signed then; ``problem`` is a type of the catalogue.

    ``given_up``: it was refused, and its author does not want it any more, or has said it anew. That needs no proof.
    """

    epoch: Short
    outcome: Short
    sig: Annotated[str, Meta(max_length=2000)]
    seq: Counter | None = None
    problem: Short | None = None
    number: Short | None = None
    """The number that the record had got."""
    given_up: bool = False


class PushRequest(Struct):
    """Sealed operations in op_no order, and the record hash that the desk expects after each.

    The runs in ``births`` say where they stand among ``ops``. ``brief`` asks for ``born`` in the answer, ``terse`` for
    ``kept`` as well.
    ``receipts`` go with operations that the centre had answered before it was restored.
    """

    replica: ReplicaId
    epoch: Short
    nonce: Nonce
    ops: Annotated[list[Raw], Meta(max_length=MAX_OPS)]
    hashes: dict[Uuid, Annotated[str, Meta(max_length=64)]] = {}
    receipts: dict[Uuid, OldReceipt] = {}
    births: Annotated[list[Births], Meta(max_length=MAX_OPS)] = []
    proofs: Annotated[list[Proof], Meta(max_length=MAX_OPS)] = []
    brief: bool = False
    terse: bool = False


class Want(Struct, omit_defaults=True):
    """A scope, and the seq after which rows are wanted.

    ``skip`` are spans of seq (first, last) that the desk has from the answers to what it pushed.
    """

    scope: Scope
    after: Counter
    skip: Annotated[list[tuple[Counter, Counter]], Meta(max_length=200)] = []


class PullRequest(Struct):
    """The next page of each wanted scope; ``limit`` counts rows over all pages. ``brief`` asks for ``columns``."""

    replica: ReplicaId
    epoch: Short
    nonce: Nonce
    want: Annotated[list[Want], Meta(max_length=200)]
    limit: Annotated[int, Meta(ge=1, le=10_000)] = 500
    brief: bool = False


class FetchRequest(Struct):
    """Records by kind and id."""

    ids: Annotated[list[tuple[Name, Uuid]], Meta(max_length=MAX_FETCH)]
    nonce: Nonce


# ---- answers --------------------------------------------------------------------------------------------------------


class Answer(Struct, kw_only=True):
    """What every answer carries, so that a desk knows who speaks (hazard 27)."""

    server_id: str
    epoch: str
    head: int
    server_time: str
    next_poll_s: int
    nonce: str | None = None
    proto: str = PROTO


class EnrolAnswer(Answer, kw_only=True):
    """The device is enrolled. ``server_keys`` are the centre's public keys, each with its kind before it."""

    device_id: str
    station: str
    scope_ceiling: list[str]
    server_keys: list[str] = []


class TokenAnswer(Answer, kw_only=True):
    """A bearer token and how long it lasts."""

    token: str
    expires_s: int


class ScopeHead(Struct):
    """A scope that the device and its user may read, where its feed ends, and whether they may write."""

    id: str
    head: int
    rights: Literal["r", "rw"]


class HelloAnswer(Answer, kw_only=True):
    """What the desk may read, and where each feed ends: an idle round needs nothing else."""

    scopes: list[ScopeHead]
    durable_seq: int
    server_keys: list[str] = []
    mode: str = "normal"
    name: str = ""
    min_app: str = "0"
    policy: dict[str, Any] = {}
    number_blocks: list[NumberBlock] = []
    revoked: list[Order] = []
    notices: list[Order] = []
    wipe: Order | None = None
    settled: list[OpResult] = []


class OpResult(Struct):
    """The receipt of one operation. ``record`` is given where the desk could not have worked it out itself.

    ``evicted`` says that the record is where the device may not look (any more): it is to be forgotten there.
    """

    op_id: str
    outcome: str
    seq: int | None = None
    ver: int | None = None
    hash: str | None = None
    stamps: Raw | None = None
    problem: Problem | None = None
    conflict_ids: list[str] = []
    record: Rec | None = None
    evicted: bool = False
    sig: str | None = None


class PushAnswer(Answer, kw_only=True):
    """One result for each operation, in the order sent, but for those that ``born`` and ``kept`` speak of."""

    results: list[OpResult]
    durable_seq: int
    born: list[Born] = []
    kept: list[Kept] = []


class Row(Struct, omit_defaults=True):
    """One row of a feed: ``put`` with the record, ``stub`` for what this replica wrote last, or ``evict``."""

    seq: int
    what: str
    rec: Rec | None = None
    kind: str | None = None
    id: str | None = None
    ver: int | None = None
    hash: str | None = None


class Page(Struct, rename={"from_": "from"}):
    """Consecutive rows of one scope; the cursor moves from ``from`` to ``to`` together with them.

    Each row is either in ``rows`` or in ``columns``.
    """

    scope: str
    from_: int
    to: int
    more: bool
    rows: list[Row]
    columns: list[Columns] = []


class PullAnswer(Answer, kw_only=True):
    """One page for each scope wanted."""

    pages: list[Page]
    revoked: list[Any] = []


class FetchAnswer(Answer, kw_only=True):
    """The records that exist and that the device may read."""

    records: list[Rec]


class HealthAnswer(Answer, kw_only=True):
    """The centre is up and its database answers."""

    status: str = "ok"


T = TypeVar("T")


def decode(data: bytes, type_: type[T]) -> T:
    """Return the message.

    Raises:
        WireError: malformed; the reason names the place, never a value.
    """
    try:
        return read(data, type_)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        raise WireError("malformed", reason=str(error)[:200]) from None


def encode(message: Struct) -> bytes:
    """Return the message's JSON bytes."""
    return msgspec.json.encode(message)
