"""What a centre offers to other programs, as its operator has chosen: which stations, which services, how much of each."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass
from typing import Any, Final

from sync.server.open311.services import OPEN_TO_ALL
from sync.server.scopes import BELOW
from zzdesk.ops.apply import canonical

_FORM: Final = 2
"""Goes up when what is kept of a request changes, so that every list is made anew."""


@dataclass(frozen=True)
class Offer:
    """``stations``: whose requests are listed (division codes); ``services``: what may be asked for and is listed.

    ``everything``: list what was registered at the desks too, not only what came in by a partner. ``described``: services
    whose descriptions are published, with identity numbers and phones masked; of the others nobody reads any free text.
    ``pictured``: services of whose requests everybody sees one photo.
    ``partners``: the codes of those who may post here. ``changed``: when the operator last chose, as people sort dates.
    """

    jurisdiction: str = ""
    stations: tuple[str, ...] = ()
    services: tuple[str, ...] = OPEN_TO_ALL
    described: tuple[str, ...] = ()
    pictured: tuple[str, ...] = ()
    everything: bool = False
    partners: tuple[str, ...] = ()
    url: str = ""
    contact: str = ""
    key_service: str = ""
    test: bool = False
    changed: str = ""

    def covers(self, station: str) -> bool:
        """Say whether a station's requests are offered."""
        return any(
            station.startswith(code.removesuffix(BELOW)) if code.endswith(BELOW) else station == code
            for code in self.stations
        )

    def mark(self) -> str:
        """Return what stands for the rules by which a list is made: another one, and the list is made anew."""
        rules = asdict(self)
        return self.mark_of([rules[name] for name in ("services", "described", "pictured", "everything", "partners")])

    @staticmethod
    def mark_of(rules: list[Any]) -> str:
        """Return what stands for some rules."""
        return hashlib.sha256(canonical([_FORM, rules])).hexdigest()[:16]
