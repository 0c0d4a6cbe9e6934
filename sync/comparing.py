"""Messages of zzsync/1 by which desk and centre find out whether they hold the same: digests, and what a restore lost."""

from __future__ import annotations

from typing import Annotated, Any

from msgspec import Meta, Struct

from sync.fields import Name, Nonce, ReplicaId, Scope, Short, Uuid
from sync.limits import MAX_FETCH
from sync.protocol import Answer


class SalvageRecord(Struct):
    """A record that the centre had confirmed before it was restored, and lacks."""

    kind: Name
    id: Uuid
    scope: Scope
    body: dict[Name, Any]
    stamps: dict[str, Uuid]
    hash: Annotated[str, Meta(max_length=64)]


class SalvageRequest(Struct):
    """Records for people at the centre to look at."""

    replica: ReplicaId
    epoch: Short
    nonce: Nonce
    records: Annotated[list[SalvageRecord], Meta(max_length=MAX_FETCH)]


class DigestRequest(Struct):
    """The digests of a scope; with ``kind`` and ``bucket`` the records of one bucket."""

    scope: Scope
    nonce: Nonce
    kind: Name | None = None
    bucket: Annotated[int, Meta(ge=0, le=255)] | None = None


class SalvageAnswer(Answer, kw_only=True):
    """The records are kept for people; ``elsewhere`` names those that the centre has after all."""

    elsewhere: list[tuple[str, str]]


class DigestAnswer(Answer, kw_only=True):
    """Digests of a scope as of the end of its feed: for each kind the buckets that hold anything (number, sum, count).

    ``items`` are id, version and hash of the records of the bucket that was asked for.
    """

    scope: str
    scope_head: int
    buckets: dict[str, list[tuple[int, str, int]]] = {}
    items: list[tuple[str, int, str]] = []
