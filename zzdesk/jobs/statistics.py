"""The month of the odd-job station: what its records add to which figure, and what has to agree (domain rules B3.1, F55). Pure.

Everything is counted in the month in which it happened: a posting when it was published, an application when it was made, a
day's work on its day. Only who was there from check-in to check-out is a real attendance; who did not come is none, and who
came instead is one of their own. Wages are whole fen, and stand as they stood at the end of the month.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from zzdesk.documents.months import Tallies, Tally, Verdict
from zzdesk.jobs import workflow as flow

EVENTS: Final = "events"
BASES: Final = (EVENTS,)
"""By what a record belongs to a month: the day on which the thing itself happened."""
STATES: Final = (
    flow.PUBLISHED, flow.FULL, flow.WORKING, flow.SETTLING, flow.DONE, flow.CANCELLED, flow.TAKEN_DOWN,
)  # fmt: skip
"""What can have become of a posting that was published."""
WORKED: Final = (flow.PUBLISHED, flow.FULL, flow.WORKING, flow.SETTLING, flow.DONE)
"""Postings whose places were wanted on their day: neither called off nor taken down."""
REAL: Final = ("day.first", "day.instead")
"""Real attendances: those who had the place, and those who came in somebody's stead."""
DAYS: Final = (*REAL, "day.no-show", "day.withdrawn", "day.unfinished", "day.waiting")
OUTCOMES: Final = ("outcome.matched", "outcome.waiting", "outcome.refused", "outcome.withdrawn")
FEN: Final = Decimal(100)
MONEY: Final = ("wages.due", "wages.paid", "wages.unpaid", "wages.over")
SUMS: Final = ("postings.wanted", "places.wanted", "minutes", *MONEY)
"""Figures that add numbers up; all others count records."""
GROUPS: Final = {"postings.published": "trade.", "placed": "day.", "applied": "way."}
"""Totals: of everything that has any mark of a group, also one that nobody knows; then the check of the group fails."""
COUNTS: Final = (
    "employers.new", "employers.vetted", "employers.active", "workers.new", "workers.served", "workers.came",
    "postings.filled", "replaced", "wages.unbooked", "complaints.new", "complaints.handled",
)  # fmt: skip
_GOES_ON: Final = ("employers.vetted", "postings.filled", "state.", "outcome.", "wages.unbooked", "complaints.handled")
"""What goes on by itself after the month: frozen as it stood, and no correction when it has gone on."""


@dataclass(frozen=True, order=True)
class Fact:
    """What one record adds to the figures of a month: ``marks`` are names with a number, sorted by name."""

    kind: str
    id: str
    marks: tuple[tuple[str, int], ...]

    @classmethod
    def of(cls, kind: str, record_id: str, marks: Mapping[str, int]) -> Fact:
        """Return the fact of a record."""
        return cls(kind, record_id, tuple(sorted(marks.items())))


def lasting(fact: Fact) -> Fact | None:
    """Return what of a fact does not go on by itself after the month."""
    kept = tuple(each for each in fact.marks if not each[0].startswith(_GOES_ON))
    return Fact(fact.kind, fact.id, kept) if kept else None


def tally(facts: Iterable[Fact]) -> dict[str, Tally]:
    """Count a month. Every name is there, also where nothing was counted; money is in yuan with two decimals."""
    marks: dict[str, dict[str, int]] = {}
    for fact in facts:
        for name, number in fact.marks:
            marks.setdefault(name, {})[fact.id] = number
    found = [*(_group(marks, name, prefix) for name, prefix in GROUPS.items()), _count(marks, "attended", *REAL)]
    singles = (*COUNTS, *DAYS, *OUTCOMES, *(f"trade.{each}" for each in flow.TRADES), *(f"state.{each}" for each in STATES),
               *(f"way.{each}" for each in flow.WAYS))  # fmt: skip
    found += [_count(marks, name, name) for name in singles]
    found += [_sum(marks, name) for name in SUMS]
    return {each.name: each for each in found}


Marks = Mapping[str, Mapping[str, int]]


def _count(marks: Marks, name: str, *taken: str) -> Tally:
    ids = sorted({each for mark in taken for each in marks.get(mark, ())})
    return Tally(name, len(ids), tuple(ids))


def _group(marks: Marks, name: str, prefix: str) -> Tally:
    return _count(marks, name, *(mark for mark in marks if mark.startswith(prefix)))


def _sum(marks: Marks, name: str) -> Tally:
    mine = marks.get(name, {})
    total = sum(mine.values())
    return Tally(name, yuan(total) if name in MONEY else total, tuple(sorted(mine)))


def yuan(fen: int) -> Decimal:
    """Return whole fen as yuan with two decimals."""
    return (Decimal(fen) / FEN).quantize(Decimal("0.01"))


def hours(minutes: int | Decimal) -> Decimal:
    """Return minutes as hours, half-up at one decimal."""
    return (Decimal(minutes) / 60).quantize(Decimal("0.1"), ROUND_HALF_UP)


def verdicts(facts: Sequence[Fact], counted: Tallies) -> tuple[Verdict, ...]:
    """Run the cross-checks on figures and on the records behind them; what does not hold names its records."""
    value = {name: one.value for name, one in counted.items()}
    paid = value["wages.paid"] + value["wages.unpaid"] - value["wages.over"]
    gone = value["day.no-show"] + value["day.withdrawn"]
    marks = ("replacement", "over", "odd", "ghost", "day.called-off")
    instead, over, odd, ghosts, called_off = (_having(facts, mark) for mark in marks)
    return (
        *(_parts(counted, check, total, names) for check, total, names in PARTS),
        Verdict("replaced.most", len(instead), gone, True, instead if len(instead) > gone else ()),
        Verdict("places.over", len(over), 0, False, over),
        Verdict("came.called-off", len(called_off), 0, False, called_off),
        Verdict("came.most", value["workers.came"], value["attended"], True),
        Verdict("registered.most", value["workers.new"], value["workers.served"], True),
        Verdict("complaints.most", value["complaints.handled"], value["complaints.new"], True),
        Verdict("wages.balance", value["wages.due"], paid, False, odd),
        Verdict("wages.ghost", len(ghosts), 0, False, ghosts),
    )  # fmt: skip


PARTS: Final = (
    ("trade.sum", "postings.published", tuple(f"trade.{each}" for each in flow.TRADES)),
    ("state.sum", "postings.published", tuple(f"state.{each}" for each in STATES)),
    ("way.sum", "applied", tuple(f"way.{each}" for each in flow.WAYS)),
    ("outcome.sum", "applied", OUTCOMES),
    ("day.sum", "placed", DAYS),
)
"""Checks of parts that have to come to a total."""


def _parts(counted: Tallies, check: str, total: str, names: Sequence[str]) -> Verdict:
    there = {each for name in names for each in counted[name].records}
    lost = tuple(each for each in counted[total].records if each not in there)
    return Verdict(check, sum(counted[name].value for name in names), counted[total].value, False, lost)


def _having(facts: Iterable[Fact], mark: str) -> tuple[str, ...]:
    return tuple(sorted(fact.id for fact in facts if any(name == mark for name, _ in fact.marks)))
