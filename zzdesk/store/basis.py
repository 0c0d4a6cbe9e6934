"""What a form had shown when somebody wrote over it.

An edit is a statement about the value that its author saw. Between the moment a form was filled and the moment it is
saved, a synchronisation may have brought another one: without the basis that value would be overwritten unseen.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any


class Basis:
    """The wire values of one record as they stood when it was shown. Opaque: it may hold what the screen masks."""

    __slots__ = ("_body", "record_id")

    def __init__(self, record_id: str, body: Mapping[str, Any]) -> None:
        self.record_id = record_id
        self._body = dict(body)

    def __repr__(self) -> str:
        return f"Basis({self.record_id})"

    def value(self, name: str) -> Any:
        """Return the wire value of a field as it was shown; None where it was empty."""
        return self._body.get(name)

    def part(self, names: Iterable[str]) -> dict[str, Any]:
        """Return the values of some fields, for an encrypted draft that is to be finished later."""
        return {name: self._body.get(name) for name in names}

    def after(self, changes: Mapping[str, Any]) -> Basis:
        """Return the basis of the next edit, when these changes were saved."""
        return Basis(self.record_id, self._body | dict(changes))
