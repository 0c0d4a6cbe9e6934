"""Records of a page in columns, as the centre sends them: checked by one sum, written in bulk."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate
from typing import Any

import msgspec
from msgspec import Raw, Struct

from zzdesk.ops.apply import DEFAULT, sum_of, text_hash


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

    def records(self, scope: str) -> list[dict[str, Any]] | None:
        """Return the records as they come by themselves; None where they are not what the centre has summed up."""
        if not len(self.ids) == len(self.seqs) == len(self.stamps) == len(self.bodies):
            return None
        found = list(self._records(scope))
        return found if sum_of([record["hash"] for record in found]) == self.sum else None

    def _records(self, scope: str) -> Iterator[dict[str, Any]]:
        rows = zip(self.ids, accumulate(self.seqs), self.stamps, self.bodies, strict=True)
        for place, (record_id, seq, born, raw) in enumerate(rows):
            body = bytes(raw)
            stamps = self.more.get(place) or {DEFAULT: born}
            yield {
                "kind": self.kind, "id": record_id, "scope": scope, "ver": self.vers.get(place, 1), "seq": seq,
                "body": _decode(body), "stamps": stamps, "hash": text_hash(self.kind, record_id, scope, body),
            }  # fmt: skip


_decode = msgspec.json.Decoder(dict[str, Any]).decode
