"""The closed months of mediation as text (domain rules B1.6): what a case or a sweep is in it. Pure; see ``documents.months``."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from decimal import Decimal
from typing import Final

from zzdesk.documents import months
from zzdesk.documents.figures import Month, percent
from zzdesk.documents.months import Known, Tallies, Tally, digest_of, known
from zzdesk.mediation.categories import BULLETIN, SOURCE, category_set
from zzdesk.mediation.statistics import ACCEPTANCE, BASES, Fact, Sweep, tally

_CLOSES: Final = uuid.UUID("0d7c1f7e-52e5-5b0a-8a39-6f0b4f1f2c11")
MOST_CASES: Final = 2_000
"""Cases of one station and month: more would not fit into one operation."""
Adjustment = months.Adjustment[Fact | Sweep]
Closed = months.Closed[Fact | Sweep]


def close_id(station: str, basis: str, month: str) -> str:
    """Return the id of a closed month: two desks that close it make one record, and where they differ that is a conflict."""
    return str(uuid.uuid5(_CLOSES, f"{station}/{basis}/{month}"))


def cases(facts: Iterable[Fact | Sweep]) -> tuple[Fact, ...]:
    """Return the cases among what was counted."""
    return tuple(fact for fact in facts if isinstance(fact, Fact))


def sweeps(facts: Iterable[Fact | Sweep]) -> tuple[Sweep, ...]:
    """Return the sweeps among what was counted."""
    return tuple(fact for fact in facts if isinstance(fact, Sweep))


def marks() -> tuple[str, ...]:
    """Return the sets by which months are counted today."""
    return (category_set(BULLETIN).mark, category_set(SOURCE).mark)


def sentence(basis: str, month: str, counted: Tallies) -> str:
    """Return what a closed month says in one Chinese sentence: a person who decides between two has to see what they say."""
    total, success = counted["total"].value, counted["success"].value
    rate = percent(success, total)
    how, word = ("按受理月份", "受理") if basis == ACCEPTANCE else ("按结束月份", "结束调解")
    said = "" if rate is None else f"（{rate}%）"
    return f"{month} {how}：{word}{total}件，调解成功{success}件{said}，协议涉及金额{counted['amount'].value}元"


def _tallied(facts: Iterable[Fact | Sweep]) -> dict[str, Tally]:
    both = tuple(facts)
    return tally(cases(both), sweeps(both))


def _line(fact: Fact | Sweep) -> str:
    if isinstance(fact, Sweep):
        return f"@{fact.id}|{fact.checks}|{fact.found}|{fact.prevented}"
    amount = "" if fact.amount is None else f"{fact.amount:.2f}"
    cells = (fact.id, fact.category, fact.source, fact.outcome, str(int(fact.success)), amount, fact.prevented, str(fact.people))
    return "#" + "|".join(cells)


def _fact(line: str) -> Fact | Sweep:
    mark, text = line[:1], line[1:]
    if mark == "@":
        key, checks, found, kept = text.split("|")
        return Sweep(key, int(checks), int(found), int(kept))
    key, category, source, outcome, success, amount, prevented, people = text.split("|")
    return Fact(key, category, source, outcome, success == "1", Decimal(amount) if amount else None, prevented, int(people))


SHAPE: Final[months.Shape[Fact | Sweep]] = months.Shape(
    "zzdesk-month/1", BASES, marks, _line, _fact, _tallied, sentence, ("#", "@")
)


def write(
    station: str, basis: str, month: Month, facts: Iterable[Fact], rounds: Iterable[Sweep], declared: Iterable[Adjustment]
) -> str:
    """Return the text of a month that is being closed."""
    counted: tuple[Fact | Sweep, ...] = (*sorted(facts), *sorted(rounds))
    return months.write(SHAPE, station, basis, month, counted, declared)


def read(text: str) -> Closed | None:
    """Return what a closed month says; None where the text is not whole, or was changed after it was written."""
    return months.read(SHAPE, text)


def adjustments(before: Known[Fact | Sweep], now: Iterable[Fact | Sweep]) -> tuple[Adjustment, ...]:
    """Return what makes a closed month other than it is known to be, sorted by case or sweep."""
    return months.adjustments(SHAPE, before, now)


__all__ = [
    "MOST_CASES", "SHAPE", "Adjustment", "Closed", "adjustments", "cases", "close_id", "digest_of", "known", "marks", "read",
    "sentence", "sweeps", "write",
]  # fmt: skip
