"""A month that is closed: its figures and the cases behind them, as one text that never changes (domain rules B1.6). Pure.

What arrives or is corrected afterwards changes no frozen figure. It is an adjustment (补报、更正), declared in the report of a
later month with the month that it concerns; once that month is closed it counts as declared, so that it is said once.

The text: a sentence for people, the figures, one line for each case and sweep, the adjustments declared, and the SHA-256 of
everything before. Two desks that know the same write the same text.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Final, Literal

from zzdesk.documents.figures import Month, percent
from zzdesk.mediation.categories import BULLETIN, SOURCE, category_set
from zzdesk.mediation.statistics import ACCEPTANCE, BASES, Fact, Sweep, Tallies, Tally, tally

_CLOSES: Final = uuid.UUID("0d7c1f7e-52e5-5b0a-8a39-6f0b4f1f2c11")
_HEAD: Final = "zzdesk-month/1"
_HASH: Final = "sha256 "
MOST_CASES: Final = 2_000
"""Cases of one station and month: more would not fit into one operation."""
How = Literal["added", "gone", "changed"]
_SIGNS: Final[dict[How, str]] = {"added": "+", "gone": "-", "changed": "*"}


def close_id(station: str, basis: str, month: str) -> str:
    """Return the id of a closed month: two desks that close it make one record, and where they differ that is a conflict."""
    return str(uuid.uuid5(_CLOSES, f"{station}/{basis}/{month}"))


@dataclass(frozen=True)
class Adjustment:
    """One case or sweep that makes a closed month other than it was closed: it came later, went away, or was corrected."""

    month: str
    how: How
    fact: Fact | Sweep
    """As it is now; of one that is gone, as it was."""


@dataclass(frozen=True)
class Closed:
    """What a closed month says. ``marks`` are the sets and versions by which it was counted."""

    station: str
    basis: str
    month: str
    marks: tuple[str, ...]
    figures: Mapping[str, int | Decimal]
    facts: tuple[Fact, ...]
    sweeps: tuple[Sweep, ...]
    declared: tuple[Adjustment, ...] = ()
    digest: str = ""

    @property
    def counted(self) -> dict[str, int | Decimal]:
        """Return the figures once more, out of the cases that were frozen with them."""
        return {name: one.value for name, one in tally(self.facts, self.sweeps).items()}


@dataclass(frozen=True)
class Known:
    """A closed month with everything that later months declared about it."""

    month: str
    facts: Mapping[str, Fact | Sweep] = field(default_factory=dict)
    """By id: cases and sweeps."""

    def tallied(self) -> dict[str, Tally]:
        """Return its figures."""
        return _tallied(self.facts.values())


def marks() -> tuple[str, ...]:
    """Return the sets by which months are counted today."""
    return (category_set(BULLETIN).mark, category_set(SOURCE).mark)


def write(
    station: str, basis: str, month: Month, facts: Iterable[Fact], sweeps: Iterable[Sweep], declared: Iterable[Adjustment]
) -> str:
    """Return the text of a month that is being closed."""
    cases, rounds = sorted(facts), sorted(sweeps)
    counted = tally(cases, rounds)
    lines = [
        sentence(basis, str(month), counted),
        " ".join((_HEAD, station, basis, str(month), *marks())),
        *(f"={name} {one.value}" for name, one in counted.items()),
        *map(_line, cases),
        *map(_line, rounds),
        *(f"~{a.month}{_SIGNS[a.how]}{_line(a.fact)}" for a in sorted(declared, key=lambda a: (a.month, a.fact.id))),
    ]
    text = "\n".join(lines)
    return f"{text}\n{_HASH}{_digest(text)}"


def sentence(basis: str, month: str, counted: Tallies) -> str:
    """Return what a closed month says in one Chinese sentence: a person who decides between two has to see what they say."""
    total, success = counted["total"].value, counted["success"].value
    rate = percent(success, total)
    how, word = ("按受理月份", "受理") if basis == ACCEPTANCE else ("按结束月份", "结束调解")
    said = "" if rate is None else f"（{rate}%）"
    return f"{month} {how}：{word}{total}件，调解成功{success}件{said}，协议涉及金额{counted['amount'].value}元"


def _tallied(facts: Iterable[Fact | Sweep]) -> dict[str, Tally]:
    both = list(facts)
    return tally([f for f in both if isinstance(f, Fact)], [f for f in both if isinstance(f, Sweep)])


def _line(fact: Fact | Sweep) -> str:
    if isinstance(fact, Sweep):
        return f"@{fact.id}|{fact.checks}|{fact.found}|{fact.prevented}"
    amount = "" if fact.amount is None else f"{fact.amount:.2f}"
    cells = (fact.id, fact.category, fact.source, fact.outcome, str(int(fact.success)), amount, fact.prevented, str(fact.people))
    return "#" + "|".join(cells)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def digest_of(text: str) -> str:
    """Return the hash that a closed month carries, empty where it carries none."""
    last = text.rpartition("\n")[2]
    return last.removeprefix(_HASH) if last.startswith(_HASH) else ""


def read(text: str) -> Closed | None:
    """Return what a closed month says; None where the text is not whole, or was changed after it was written."""
    body, _, last = text.rpartition("\n")
    if last != f"{_HASH}{_digest(body)}":
        return None
    lines = body.split("\n")[1:]
    head = lines[0].split(" ") if lines else []
    if len(head) < 4 or head[0] != _HEAD or head[2] not in BASES:
        return None
    try:
        return _read(head, lines[1:], last.removeprefix(_HASH))
    except (ValueError, KeyError, IndexError, InvalidOperation):  # whole by its hash, and yet nothing that we ever wrote
        return None


def _read(head: Sequence[str], lines: Sequence[str], digest: str) -> Closed:
    pairs = (line[1:].split(" ") for line in lines if line.startswith("="))
    figures = {name: Decimal(value) if "." in value else int(value) for name, value in pairs}
    both = [_fact(line) for line in lines if line.startswith(("#", "@"))]
    facts = tuple(each for each in both if isinstance(each, Fact))
    sweeps = tuple(each for each in both if isinstance(each, Sweep))
    declared = tuple(_adjustment(line[1:]) for line in lines if line.startswith("~"))
    return Closed(head[1], head[2], head[3], tuple(head[4:]), figures, facts, sweeps, declared, digest)


def _fact(line: str) -> Fact | Sweep:
    mark, text = line[:1], line[1:]
    if mark == "@":
        key, checks, found, kept = text.split("|")
        return Sweep(key, int(checks), int(found), int(kept))
    key, category, source, outcome, success, amount, prevented, people = text.split("|")
    return Fact(key, category, source, outcome, success == "1", Decimal(amount) if amount else None, prevented, int(people))


_HOW: Final[dict[str, How]] = {sign: how for how, sign in _SIGNS.items()}
_MONTH_LENGTH: Final = len("2026-03")


def _adjustment(text: str) -> Adjustment:
    return Adjustment(text[:_MONTH_LENGTH], _HOW[text[_MONTH_LENGTH]], _fact(text[_MONTH_LENGTH + 1 :]))


def known(closed: Closed, later: Iterable[Closed]) -> Known:
    """Return a closed month as later closed months have declared it to be by now."""
    facts: dict[str, Fact | Sweep] = {fact.id: fact for fact in closed.facts}
    facts |= {sweep.id: sweep for sweep in closed.sweeps}
    for each in sorted(later, key=lambda one: one.month):
        if each.month > closed.month and each.basis == closed.basis:
            for adjustment in each.declared:
                if adjustment.month == closed.month:
                    _apply(facts, adjustment)
    return Known(closed.month, facts)


def _apply(facts: dict[str, Fact | Sweep], adjustment: Adjustment) -> None:
    if adjustment.how == "gone":
        facts.pop(adjustment.fact.id, None)
    else:
        facts[adjustment.fact.id] = adjustment.fact


def adjustments(before: Known, now: Iterable[Fact | Sweep]) -> tuple[Adjustment, ...]:
    """Return what makes a closed month other than it is known to be, sorted by case or sweep."""
    return tuple(sorted(_adjustments(before, {fact.id: fact for fact in now}), key=lambda a: a.fact.id))


def _adjustments(before: Known, now: Mapping[str, Fact | Sweep]) -> Iterator[Adjustment]:
    for key, fact in now.items():
        was = before.facts.get(key)
        if was is None:
            yield Adjustment(before.month, "added", fact)
        elif was != fact:
            yield Adjustment(before.month, "changed", fact)
    for key, was in before.facts.items():
        if key not in now:
            yield Adjustment(before.month, "gone", was)


def effect(before: Known, changes: Iterable[Adjustment]) -> dict[str, int | Decimal]:
    """Return by how much each figure of a closed month is other than it is known to be; those that are the same are left out."""
    facts = dict(before.facts)
    for each in changes:
        _apply(facts, each)
    old, new = before.tallied(), _tallied(facts.values())
    return {name: new[name].value - old[name].value for name in new if new[name].value != old[name].value}
