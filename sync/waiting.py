"""Messages about what the centre has put aside: a supervisor looks at it and decides, at a desk."""

from __future__ import annotations

from typing import Annotated, Any, Final

from msgspec import Meta, Struct

from sync.fields import Nonce, Uuid
from sync.protocol import Answer

MOST: Final = 100
"""How many operations one answer has at most."""

Place = Annotated[str, Meta(pattern=r"^[0-9TZ:.-]{10,30}/[0-9a-f-]{36}$", max_length=70)]


class WaitingRequest(Struct):
    """The next operations that wait for a decision of who is logged in; ``after`` is where the answer before ended."""

    nonce: Nonce
    after: Place | None = None
    limit: Annotated[int, Meta(ge=1, le=MOST)] = 50


class SaidField(Struct):
    """What an operation says of one field, personal data masked; ``how`` is to, by, add or del."""

    name: str
    how: str
    value: Any = None
    was: Any = None


class WaitingOp(Struct):
    """One operation in quarantine: who made it, where and when, what it is about, what it says, and why it waits.

    ``together`` counts what was saved with it and is decided with it. ``hidden``: it is of a case whose team the reader
    does not belong to. ``own``: the reader is its author, and only ``alone``, where nobody else may decide, can let it through.
    """

    op_id: str
    together: int
    received_at: str
    why: str
    node: str
    device: str
    device_name: str
    kind: str | None = None
    id: str | None = None
    title: str = ""
    verb: str | None = None
    user: str | None = None
    user_name: str = ""
    made_at: str | None = None
    reason: str | None = None
    fields: list[SaidField] = []
    hidden: bool = False
    own: bool = False
    alone: bool = False


class WaitingAnswer(Answer, kw_only=True):
    """What waits, the oldest first; ``after`` is where to go on, None at the end."""

    items: list[WaitingOp]
    after: str | None = None


class DecideRequest(Struct):
    """A decision about an operation and all that was saved together with it."""

    op_id: Uuid
    release: bool
    reason: Annotated[str, Meta(min_length=1, max_length=2000)]
    nonce: Nonce


class DecideAnswer(Answer, kw_only=True):
    """What became of each operation."""

    outcomes: dict[str, str]
