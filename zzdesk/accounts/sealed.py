"""The sealed scope of a station: what is told to the police (线索) and to nobody else (domain rules B4).

Secrecy is per kind of record, with a scope of its own (sync protocol 8.13): ``sealed-<station>``. Everybody at the station
may put something in; only who may read clues there gets it from the centre, and a desk where no such person has been keeps
nothing of it once it has arrived.
"""

from __future__ import annotations

from typing import Final

PREFIX: Final = "sealed-"
READ: Final = "clue.read"
"""The right that reading takes."""
KIND: Final = "clue"
"""The only kind of record that lies there."""


def scope_of(station: str) -> str:
    """Return the sealed scope of a station."""
    return f"{PREFIX}{station}"


def station_of(scope: str) -> str | None:
    """Return the station whose sealed scope this is, else None."""
    return scope.removeprefix(PREFIX) if scope.startswith(PREFIX) else None
