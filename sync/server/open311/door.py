"""The door that an operator has opened to other programs: what is offered, and whose keys may bring something in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sync.server.open311.offer import Offer


@dataclass(frozen=True)
class Door:
    """One door of a centre."""

    offer: Offer

    def post(self, fields: Mapping[str, str], once: str | None, address: str) -> str:
        """Take a form in and return the id of the request."""
        raise NotImplementedError
