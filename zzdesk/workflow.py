"""Transition tables and guards: the states of a record, who may move it on, and what must be there first.

An arrow of a table says what one record alone can answer for; a guard looks at everything that was done at once, with
what had been done before: the desk asks it before it commits, the centre before it takes a group of operations.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from zzdesk.errors import RefusedError
from zzdesk.i18n import N_

Values = Mapping[str, Any]
"""Fields of a record by name; absent ones are left out or None."""
Condition = Callable[[Values], bool]
"""Says of a record's own fields whether an arrow is there for it."""


@dataclass(frozen=True)
class Needs:
    """What a transition asks for: a right, fields that must be filled, and a reason.

    ``fields`` are names of the record's own fields; ``evidence`` are names of facts that the command passes along;
    ``bytes`` asks that the content of every file of the record can be looked at, here or at the centre. ``when`` tells
    the arrows apart by which one action leaves one state.
    """

    right: str
    fields: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    reason: bool = False
    bytes: bool = False
    when: Condition | None = None

    def fits(self, values: Values | None) -> bool:
        """Say whether the arrow is there for a record with these fields; None: for any."""
        return self.when is None or values is None or self.when(values)


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
        """Take ``(action, from, to, needs)`` rows; an action leaves a state only once, or under conditions."""
        self._arrows: Final = tuple(Transition(*arrow) for arrow in arrows)
        self._by_pair = {(t.source, t.target): t for t in self._arrows}
        self._by_action: dict[tuple[str, str], tuple[Transition, ...]] = {}
        for arrow in self._arrows:
            there = self._by_action.get((arrow.action, arrow.source), ())
            if there and any(each.needs.when is None for each in (*there, arrow)):
                raise ValueError("an action leaves one state twice")
            self._by_action[arrow.action, arrow.source] = (*there, arrow)

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

    def leaving(self, source: str, values: Values | None = None) -> tuple[Transition, ...]:
        """Return the arrows that leave ``source``, in table order: the first is the usual next step.

        ``values`` are the record's fields: arrows whose condition they do not meet are left out.
        """
        return tuple(t for t in self._arrows if t.source == source and t.needs.fits(values))

    def between(self, source: str, target: str) -> Transition:
        """Return the arrow between two states.

        Raises:
            RefusedError: there is none.
        """
        found = self._by_pair.get((source, target))
        if found is None:
            raise RefusedError(N_("不能从“{source}”改为“{target}”"), source=source, target=target)
        return found

    def named(self, action: str, source: str, target: str) -> Transition | None:
        """Return the arrow that an action takes between two states, None where there is none."""
        return next((t for t in self._by_action.get((action, source), ()) if t.target == target), None)

    def by_action(self, action: str, source: str, values: Values | None = None) -> Transition:
        """Return the arrow that ``action`` takes from ``source``, for a record with these fields.

        Raises:
            RefusedError: the action does not leave this state.
        """
        arrows = self._by_action.get((action, source), ())
        found = next((arrow for arrow in arrows if arrow.needs.fits(values)), None)
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


AWAITS: Final = "awaits:"


def awaits(kind: str, record_id: str) -> str:
    """Return the code that says: the record by which this is judged is not here.

    At the centre the deed waits for it; on a desk it is for the centre to judge.
    """
    return f"{AWAITS}{kind}/{record_id}"


def awaited(code: str) -> str | None:
    """Return what a deed waits for, as ``kind/id``; None for the code of a rule."""
    return code.removeprefix(AWAITS) if code.startswith(AWAITS) else None


def _none(kind: str, record_id: str) -> Values | None:
    return None


def _nothing(kind: str, record_id: object) -> Sequence[Kin]:
    return ()


def _none_of(kind: str, record_ids: tuple[str, ...]) -> Mapping[str, Values]:
    return {}


@dataclass(frozen=True)
class Kin:
    """A child of a record: its kind, its id, and its fields as the wire carries them."""

    kind: str
    id: str
    body: Values
    was: Values | None = None
    """What it was before, where the deed changed it."""


@dataclass(frozen=True)
class Deed:
    """What somebody did to one record and its children at once: one commit on a desk, one group at the centre."""

    actor: str
    """The account."""
    at: str
    """When, ISO 8601 in UTC; at the centre corrected for the desk's clock."""
    schema: int
    """That of the program that wrote it: what it did not know is not asked of it."""
    before: Values | None
    """The record as it stood, None where it is made here."""
    after: Values
    edits: Mapping[str, tuple[Any, Any]] = field(default_factory=dict)
    """What the author wrote into it, by field: from what, to what. Sets and counters are left out."""
    void: bool = False
    """Whether it was declared void."""
    decided: bool = False
    """Whether a conflict about it was decided: a person chose between what others had done."""
    kin: tuple[Kin, ...] = ()
    """The children that it made or changed."""
    past: Callable[[], Sequence[Kin]] = tuple
    """Asks for the children that were there before, as they were, oldest first: only what a rule needs is read."""
    id: str = ""
    """Of the record."""
    other: Callable[[str, str], Values | None] = _none
    """Asks for another record by kind and id, as the deed leaves it; None where it is not here."""
    others: Callable[[str, tuple[str, ...]], Mapping[str, Values]] = _none_of
    """Asks for those of many records of a kind that are here, by id, as the deed leaves them: one question for all."""
    kin_of: Callable[[str, str], Sequence[Kin]] = _nothing
    """Asks for the children of another record of this kind, oldest first."""
    files: Callable[[str, tuple[str, ...]], Sequence[Kin]] = _nothing
    """Asks for the attachments, none of them void, that records of a scope have: a record counts whose bytes have not come."""

    def made(self, kind: str) -> tuple[Kin, ...]:
        """Return the children of a kind that this deed made."""
        return tuple(kin for kin in self.kin if kin.kind == kind and kin.was is None)

    def changed(self, kind: str) -> tuple[Kin, ...]:
        """Return the children of a kind that this deed changed."""
        return tuple(kin for kin in self.kin if kin.kind == kind and kin.was is not None)

    def there(self, kind: str) -> tuple[Kin, ...]:
        """Return the children of a kind that were there before, as they were."""
        return tuple(kin for kin in self.past() if kin.kind == kind)


@dataclass(frozen=True)
class Guard:
    """The rules about one kind of record that take more than its own fields; desk and centre ask the same one.

    ``ask`` returns the code of what stands against a deed, or None; ``words`` say each code in Chinese. It is asked about
    a record that is made or declared void, about edits of ``fields``, and about children of the kinds ``kin``. ``first``
    is the state in which a record is made, and ``unborn`` are fields that none is made with.

    Some codes are met by work that was lawful where it was done, because of what others had done meanwhile
    (``circumstances``); others by programs older than the rule (``since``). Such work is put before a person.
    """

    ask: Callable[[Deed], str | None]
    words: Mapping[str, str]
    kin: tuple[str, ...]
    fields: frozenset[str]
    first: str
    unborn: frozenset[str] = frozenset()
    circumstances: frozenset[str] = frozenset()
    since: int = 1
    """The first schema whose programs know all of these rules."""
    always: bool = False
    """Whether a desk, too, asks about each record that is made: of most kinds an import makes many at once."""
    younger: Mapping[str, int] = field(default_factory=dict)
    """Codes of rules that came later than ``since``, with the first schema whose programs know them."""
    hurries: Condition | None = None
    """Says of a new record whether it goes to the centre in front of everything else, with what it builds upon."""

    clocked: tuple[str, ...] = ()
    """Fields of children that hold moments by their author's clock: the centre reads them by its own."""

    def is_final(self, code: str, schema: int) -> bool:
        """Say whether what a program of some schema wrote is refused for good with this code, and not put before a person."""
        return code not in self.circumstances and schema >= self.younger.get(code, self.since)

    def begins(self, values: Values) -> bool:
        """Say whether a record may be made with these fields."""
        return values.get("state") in (None, self.first) and not any(values.get(name) for name in self.unborn)
