"""The centre's answers as a desk reads them: like ``sync.protocol``, with bodies and stamps unpacked and checked."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from msgspec import Struct, field, to_builtins

from sync.bulk import Born, Kept
from sync.protocol import Answer, HelloAnswer
from zzdesk.ops.columns import Checked, Columns


class Confirmed(Struct):
    """One record as the centre holds it."""

    kind: str
    id: str
    ver: int
    seq: int
    scope: str
    body: dict[str, Any]
    stamps: dict[str, str]
    hash: str


class Receipt(Struct):
    """What became of one operation."""

    op_id: str
    outcome: str
    seq: int | None = None
    ver: int | None = None
    hash: str | None = None
    stamps: dict[str, str] | None = None
    problem: dict[str, Any] | None = None
    record: Confirmed | None = None
    evicted: bool = False
    sig: str | None = None


class Pushed(Answer, kw_only=True):
    """One receipt for each operation, in the order sent, but for those that ``born`` and ``kept`` speak of."""

    results: list[Receipt]
    durable_seq: int
    born: list[Born] = []
    kept: list[Kept] = []


class Row(Struct):
    """One row of a feed."""

    seq: int
    what: str
    rec: Confirmed | None = None
    kind: str | None = None
    id: str | None = None
    ver: int | None = None
    hash: str | None = None


class Page(Struct, dict=True):
    """Consecutive rows of one scope."""

    scope: str
    start: int = field(name="from")
    to: int
    more: bool
    rows: list[Row]
    columns: list[Columns] = []

    @cached_property
    def unpacked(self) -> dict[str, Any]:
        """Return it as ``zzdesk.ops.incoming.take_page`` takes it: its columns checked and taken apart."""
        rows = to_builtins(self.rows)
        place = {"scope": self.scope, "from": self.start, "to": self.to, "more": self.more}
        return place | {"rows": rows, "columns": [Checked(columns, self.scope) for columns in self.columns]}


class Pulled(Answer, kw_only=True):
    """One page for each scope wanted."""

    pages: list[Page]

    def unpack(self) -> None:
        """Take the pages apart now, on the thread that asked for them, while another one writes those before."""
        for page in self.pages:
            page.unpacked  # noqa: B018 - it is kept


class Greeted(HelloAnswer, kw_only=True):
    """Where every feed stands, with the first page of those that have news where the desk asked for it."""

    pages: list[Page] = []


def further(pages: Sequence[Page], wanted: dict[str, int]) -> dict[str, int]:
    """Return what to ask for after these pages: each scope that has more, also where there was no room for it."""
    if not any(page.to > page.start for page in pages):
        return {}
    rest = dict(wanted)
    for page in pages:
        rest.pop(page.scope, None)
        if page.more:
            rest[page.scope] = page.to
    return rest


class Offered(Answer, kw_only=True):
    """What the centre has of a file: ``verified`` it, or where to go on."""

    state: str
    offset: int
    size: int


class Lacking(Struct):
    """One file that the centre lacks."""

    record: str
    sha256: str
    size: int


class Missing(Answer, kw_only=True):
    """Files that the centre lacks, of one scope."""

    items: list[Lacking]
    more: bool


class Fetched(Answer, kw_only=True):
    """Records that were asked for by id."""

    records: list[Confirmed]
