"""Transition tables: the states of a record, who may move it on, and what must be there first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from zzdesk.errors import RefusedError
from zzdesk.i18n import N_


@dataclass(frozen=True)
class Needs:
    """What a transition asks for: a right, fields that must be filled, and a reason.

    ``fields`` are names of the record's own fields; ``evidence`` are names of facts that the command passes along;
    ``bytes`` asks that the content of every file of the record can be looked at, here or at the centre.
    """

    right: str
    fields: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    reason: bool = False
    bytes: bool = False


@dataclass(frozen=True)
class Transition:
    """One arrow: from a state to another by a named action."""

    action: str
    source: str
    target: str
    needs: Needs


class TransitionTable:
    """All arrows of one kind of record; desk and server ask the same one."""

    def __init__(self, *arrows: tuple[str, str, str, Needs]) -> None:
        """Take ``(action, from, to, needs)`` rows; an action leaves a state only once."""
        self._arrows: Final = tuple(Transition(*arrow) for arrow in arrows)
        self._by_pair = {(t.source, t.target): t for t in self._arrows}
        self._by_action = {(t.action, t.source): t for t in self._arrows}
        if len(self._by_action) != len(self._arrows):
            raise ValueError("an action leaves one state twice")

    @property
    def states(self) -> frozenset[str]:
        """Return every state that the table names."""
        return frozenset(s for t in self._arrows for s in (t.source, t.target))

    @property
    def actions(self) -> tuple[str, ...]:
        """Return the names of all actions, each once, in table order."""
        return tuple(dict.fromkeys(t.action for t in self._arrows))

    def allows(self, source: str, target: str) -> bool:
        """Say whether an arrow leads from ``source`` to ``target``."""
        return (source, target) in self._by_pair

    def leaving(self, source: str) -> tuple[Transition, ...]:
        """Return the arrows that leave ``source``, in table order: the first is the usual next step."""
        return tuple(t for t in self._arrows if t.source == source)

    def between(self, source: str, target: str) -> Transition:
        """Return the arrow between two states.

        Raises:
            RefusedError: there is none.
        """
        found = self._by_pair.get((source, target))
        if found is None:
            raise RefusedError(N_("不能从“{source}”改为“{target}”"), source=source, target=target)
        return found

    def by_action(self, action: str, source: str) -> Transition:
        """Return the arrow that ``action`` takes from ``source``.

        Raises:
            RefusedError: the action does not leave this state.
        """
        found = self._by_action.get((action, source))
        if found is None:
            raise RefusedError(N_("状态为“{source}”时不能{action}"), source=source, action=action)
        return found


def missing(needs: Needs, values: Mapping[str, Any], given: Iterable[str], reason: str | None) -> tuple[str, ...]:
    """Return what is still missing for a transition: field names, evidence names, ``reason``.

    ``values`` are the record's fields, ``given`` the names of evidence at hand.
    """
    have = set(given)
    lacking = [name for name in needs.fields if not values.get(name)]
    lacking += [name for name in needs.evidence if name not in have]
    if needs.reason and not (reason or "").strip():
        lacking.append("reason")
    return tuple(lacking)
