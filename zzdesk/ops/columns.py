"""Records of a page in columns, as the centre sends them: checked by one sum, written in bulk."""

from __future__ import annotations

from itertools import accumulate
from typing import Any

from msgspec import Raw, Struct

from zzdesk.ops.apply import DEFAULT, hashes_of, sum_of
from zzdesk.ops.rows import INDEXED_AT_ONCE, known, split_bodies
from zzdesk.typed import reader


class Columns(Struct):
    """Records of one kind in one scope; see ``sync.protocol.Columns``."""

    kind: str
    seqs: list[int]
    ids: list[str]
    stamps: list[str]
    vers: dict[int, int]
    more: dict[int, dict[str, str]]
    bodies: list[Raw]
    sum: str

    def hashes(self, scope: str) -> list[str] | None:
        """Return the hashes of the records; None where they are not what the centre has summed up."""
        if not len(self.ids) == len(self.seqs) == len(self.stamps) == len(self.bodies):
            return None
        found = hashes_of(self.kind, scope, self.ids, self.bodies)
        return found if sum_of(found) == self.sum else None

    def places(self) -> list[int]:
        """Return the seq of each record."""
        return list(accumulate(self.seqs))

    def stamps_of(self, place: int) -> dict[str, str]:
        """Return the compact stamps of a record."""
        return self.more.get(place) or {DEFAULT: self.stamps[place]}

    def record(self, place: int, seq: int, scope: str, digest: str) -> dict[str, Any]:
        """Return a record as one that came by itself."""
        return {
            "kind": self.kind, "id": self.ids[place], "scope": scope, "ver": self.vers.get(place, 1), "seq": seq,
            "body": self.body(place), "stamps": self.stamps_of(place), "hash": digest,
        }  # fmt: skip

    def body(self, place: int) -> dict[str, Any]:
        """Return the body of a record."""
        return _decode(self.bodies[place])


_decode = reader(dict[str, Any]).decode


class Checked:
    """Records in columns, held against the centre's sum and taken apart: all that needs no database.

    ``hashes`` is None where they are not what was summed up, ``parts`` where they are few.
    """

    def __init__(self, columns: Columns, scope: str) -> None:
        self.columns, self.scope = columns, scope
        self.hashes = columns.hashes(scope)
        kind = known(columns.kind) if self.hashes is not None and len(columns.ids) > INDEXED_AT_ONCE else None
        self.parts = split_bodies(kind, columns.bodies) if kind else None
