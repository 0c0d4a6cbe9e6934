"""Forms of the fields that messages are made of, and the two parts that every operation has."""

from __future__ import annotations

from typing import Annotated, Final

from msgspec import Meta, Struct

UUID_FORM: Final = r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"
Uuid = Annotated[str, Meta(pattern=UUID_FORM)]
Name = Annotated[str, Meta(pattern=r"^[a-z][a-z0-9_]{0,59}$")]
Scope = Annotated[str, Meta(pattern=r"^(case:[0-9a-f-]{36}|[0-9A-Za-z][0-9A-Za-z-]{1,39})$")]
Nonce = Annotated[str, Meta(pattern=r"^[0-9A-Za-z_-]{8,64}$")]
ReplicaId = Annotated[str, Meta(pattern=r"^r-[0-9A-Za-z-]{1,60}$")]
Short = Annotated[str, Meta(max_length=200)]
Counter = Annotated[int, Meta(ge=0, le=2**53 - 1)]


class OpActor(Struct):
    """Who did it and at which device; ``grant`` names the grant it relies on."""

    user: Uuid
    device: Short | None = None
    grant: Short | None = None


class OpTime(Struct):
    """When, by the desk's own clocks: wall time, milliseconds since boot, and which boot."""

    wall: Short
    mono: int = 0
    boot: Short = ""
