"""Who of the office goes or does something: fields whose choices are looked up when the form is made.

What a form begins with, or a draft held, stays chosen while the choices are still on their way.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ui.context import Context
from ui.widgets.base import Words
from ui.widgets.fields import ChoiceField
from ui.widgets.many import ManyOf
from zzdesk.accounts.queries import list_accounts

MOST = 200
"""Accounts of a station that are offered."""


def colleagues(read: Any) -> dict[str, str]:
    """Return the accounts of this station that are in use: id and name."""
    return {row.id: row.display_name for row in list_accounts(read, limit=MOST).rows if not row.disabled}


class Colleagues(ManyOf):
    """Several colleagues, as chips."""

    def __init__(self, context: Context) -> None:
        self._people: dict[str, str] | None = None
        self._wanted: list[str] = []
        super().__init__((), lambda code: (self._people or {}).get(code, code))
        context.runner.read(colleagues, on_done=self.offer, on_error=lambda error: None, owner=self)

    def offer(self, people: dict[str, str]) -> None:
        """Offer them; who is chosen and not among them stays."""
        chosen = self.value()
        self._people = people
        self.set_codes((*people, *(each for each in chosen or () if each not in people)))
        super().set_value(chosen)

    def value(self) -> list[str] | None:
        """Return the accounts that are pressed in, or that will be."""
        return super().value() if self._people is not None else sorted(self._wanted) or None

    def set_value(self, value: Any) -> None:
        """Press in what is named, now or as soon as it is offered."""
        self._wanted = list(value or ())
        super().set_value(value)


class LookedUp(ChoiceField):
    """One of what a query answers: ids with what they are called."""

    def __init__(self, context: Context, key: str, label: Words, query: Callable[[Any], dict[str, str]], **more: Any) -> None:
        self._found: dict[str, str] | None = None
        self._wanted: str | None = None
        super().__init__(key, label, (), lambda code: (self._found or {}).get(code, code), **more)
        context.runner.read(query, on_done=self.offer, on_error=lambda error: None, owner=self)

    def offer(self, found: dict[str, str]) -> None:
        """Offer them; what is chosen and not among them stays."""
        chosen = self.value()
        self._found = found
        self.set_choices((*found, *([chosen] if chosen and chosen not in found else [])))
        super().set_value(chosen)

    def value(self) -> str | None:
        """Return what is chosen, or will be."""
        return super().value() if self._found is not None else self._wanted

    def set_value(self, value: Any) -> None:
        """Choose, now or as soon as it is offered; what is not offered is offered as well."""
        self._wanted = value or None
        if self._found is not None and value and value not in self._found:
            self.set_choices((*self._found, value))
        super().set_value(value)
