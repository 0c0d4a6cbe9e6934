"""The decision table of the merge: policy and situation choose the rule (sync protocol, section 8.8). Total and pure."""

from __future__ import annotations

import enum
from typing import Final

from zzdesk.errors import BugError
from zzdesk.store.base import Merge


class Situation(enum.Enum):
    """How an edit meets the current value."""

    SAME = enum.auto()
    """The value asked for already stands."""
    FRESH = enum.auto()
    """The author saw what stands now."""
    STALE = enum.auto()
    """Somebody changed it since the author looked."""
    ELEMENTS = enum.auto()
    """Elements are added to or taken from a set."""
    COUNT = enum.auto()
    """A counter moves by a step."""
    SWAPPED = enum.auto()
    """An element is taken away or replaced that somebody else has replaced or taken away meanwhile."""
    SECONDED = enum.auto()
    """Two people have decided what stands: the author saw it, and one person alone does not change it."""
    LOCKED = enum.auto()
    """The record has reached a state in which what was written stays as it is."""
    VOID = enum.auto()
    """The record was declared void."""


class Rule(enum.Enum):
    """What to do with one field."""

    PUT = enum.auto()
    KEEP = enum.auto()
    IGNORE = enum.auto()
    CLASH = enum.auto()
    WEAVE = enum.auto()
    STEP = enum.auto()
    LATE_STEP = enum.auto()
    PUT_ELEMENTS = enum.auto()
    ADD = enum.auto()
    RISE = enum.auto()
    LOSE = enum.auto()
    REFUSE_FORM = enum.auto()
    REFUSE_ONCE = enum.auto()
    REFUSE_FROZEN = enum.auto()


LOCKABLE: Final = frozenset(
    {Merge.VALUE, Merge.TEXT, Merge.SET, Merge.DELTA, Merge.HIGHEST, Merge.FOUR_EYES, Merge.FROZEN}
)  # fmt: skip
"""What stays as it is once a record is final: everything that a person writes but its next step and its claim.

Only a ``resolve`` still writes there: a conflict on such a field was opened before the record became final, since
afterwards an edit is refused and opens none.
"""


def _table() -> dict[tuple[Merge, Situation], Rule]:
    same, fresh, stale = Situation.SAME, Situation.FRESH, Situation.STALE
    table: dict[tuple[Merge, Situation], Rule] = {}
    for policy in (Merge.VALUE, Merge.TEXT, Merge.FOUR_EYES, Merge.FROZEN, Merge.TRANSITION, Merge.CLAIM):
        table |= {(policy, same): Rule.KEEP, (policy, fresh): Rule.PUT, (policy, stale): Rule.CLASH}
    for situation in (fresh, stale, Situation.VOID):
        table[Merge.WRITE_ONCE, situation] = Rule.REFUSE_ONCE
    for situation in Situation:
        table[Merge.SERVER, situation] = Rule.IGNORE
        table[Merge.COMPUTED, situation] = Rule.IGNORE
        table[Merge.VOID, situation] = Rule.REFUSE_FORM
    table[Merge.WRITE_ONCE, same] = Rule.KEEP
    table[Merge.FOUR_EYES, Situation.SECONDED] = Rule.CLASH
    table[Merge.TEXT, stale] = Rule.WEAVE
    table[Merge.TRANSITION, fresh] = Rule.STEP
    table[Merge.TRANSITION, stale] = Rule.LATE_STEP
    for policy in LOCKABLE:
        table[policy, Situation.LOCKED] = Rule.REFUSE_FROZEN
    for situation in (stale, Situation.LOCKED, Situation.VOID):
        table[Merge.CLAIM, situation] = Rule.LOSE
    for policy in Merge:
        table.setdefault((policy, Situation.ELEMENTS), Rule.REFUSE_FORM)
        table.setdefault((policy, Situation.SWAPPED), Rule.REFUSE_FORM)
        table.setdefault((policy, Situation.COUNT), Rule.REFUSE_FORM)
        table.setdefault((policy, Situation.VOID), Rule.CLASH)
    table[Merge.SET, Situation.ELEMENTS] = Rule.PUT_ELEMENTS
    table[Merge.SET, Situation.SWAPPED] = Rule.CLASH
    table[Merge.DELTA, Situation.COUNT] = Rule.ADD
    table |= {(Merge.HIGHEST, same): Rule.KEEP, (Merge.HIGHEST, fresh): Rule.RISE, (Merge.HIGHEST, stale): Rule.RISE}
    return table


RULES: Final = _table()


def decide(policy: Merge, situation: Situation) -> Rule:
    """Return the rule for a field.

    Raises:
        BugError: the pair cannot happen.
    """
    rule = RULES.get((policy, situation))
    if rule is None:
        raise BugError(f"{policy} cannot meet {situation.name}")
    return rule
