"""One thing done to several records of a list: what a deed is, what is offered, and which steps are for many at all.

Which steps those are stands beside the transition table of each kind (``FOR_MANY`` of its ``workflow``): a step is for many
where the decision is one decision, and not where each record has to be looked at by itself (a check, an answer, a
signature). Each record gets a step of its own, and is refused by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from zzdesk.i18n import N_

LATER: Final = N_("后来又改过，没有撤销")
"""Why something was not taken back."""


@dataclass(frozen=True)
class Deed:
    """What is done to each: an action with its fields; a ``reason`` among them is the step's."""

    action: str
    fields: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Offer:
    """An action, and to how many of those that were asked about it can be done; ``final``: this person cannot take it back."""

    action: str
    fits: int
    final: bool


@dataclass(frozen=True)
class ForMany:
    """A step that is offered for many; ``back`` is the action that leads exactly back, None where there is none."""

    action: str
    back: str | None = None


VOID: Final = ForMany("void", "unvoid")
"""For records without steps of their own: what was entered wrongly is declared void, and can be taken back."""


def named(listed: Iterable[ForMany], action: str) -> ForMany | None:
    """Return the entry of an action, None where it is not for many."""
    return next((each for each in listed if each.action == action), None)
