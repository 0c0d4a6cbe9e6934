"""A month that is closed: its figures and the records behind them, as one text that never changes. Pure; for every subject.

What arrives or is corrected afterwards changes no frozen figure. It is an adjustment (补报、更正), declared in the report of a
later month with the month that it concerns; once that month is closed it counts as declared, so that it is said once.

The text: a sentence for people, the figures, one line for each thing that was counted, the adjustments declared, and the
SHA-256 of everything before. Two desks that know the same write the same text. How a subject counts and writes is its
:class:`Shape`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any, Final, Generic, Literal, Protocol, TypeVar

from zzdesk.clock import from_iso, local_day, to_iso
from zzdesk.documents.figures import Month
from zzdesk.errors import InvalidError
from zzdesk.i18n import N_
from zzdesk.workflow import Deed, Guard

_HASH: Final = "sha256 "
_MONTH_LENGTH: Final = len("2026-03")
How = Literal["added", "gone", "changed"]
_SIGNS: Final[dict[How, str]] = {"added": "+", "gone": "-", "changed": "*"}
_HOW: Final[dict[str, How]] = {sign: how for how, sign in _SIGNS.items()}


class Counted(Protocol):
    """What the figures need of one record, and nothing about anybody."""

    @property
    def id(self) -> str:
        """The record's id."""


F = TypeVar("F", bound=Counted)


@dataclass(frozen=True)
class Tally:
    """One counted thing and the records behind it, sorted by id."""

    name: str
    value: int | Decimal
    records: tuple[str, ...]


Tallies = Mapping[str, Tally]


@dataclass(frozen=True)
class Verdict:
    """A cross-check: ``left`` against ``right``, and the records that keep it from holding."""

    name: str
    left: int | Decimal
    right: int | Decimal
    most: bool
    """Whether ``left`` may be less."""
    offenders: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        """Say whether it is as it should be."""
        return not self.offenders and (self.left <= self.right if self.most else self.left == self.right)


@dataclass(frozen=True)
class Base:
    """A month that another one is compared with; ``closed`` says whether its figures are frozen ones."""

    month: str
    values: Mapping[str, int | Decimal]
    closed: bool


@dataclass(frozen=True)
class Closing:
    """That a month is closed: by whom, when, with which hash; ``whole`` says that the text is as it was written."""

    id: str
    at: datetime
    by: str
    digest: str
    whole: bool

    def plain(self) -> dict[str, Any]:
        """Return it as a program reads it."""
        return {"id": self.id, "at": to_iso(self.at), "by": self.by, "digest": self.digest, "whole": self.whole}


@dataclass(frozen=True)
class Adjustment(Generic[F]):
    """One record that makes a closed month other than it was closed: it came later, went away, or was corrected."""

    month: str
    how: How
    fact: F
    """As it is now; of one that is gone, as it was."""


@dataclass(frozen=True)
class Closed(Generic[F]):
    """What a closed month says. ``marks`` are the sets and versions by which it was counted."""

    station: str
    basis: str
    month: str
    marks: tuple[str, ...]
    figures: Mapping[str, int | Decimal]
    facts: tuple[F, ...]
    declared: tuple[Adjustment[F], ...] = ()
    digest: str = ""


@dataclass(frozen=True)
class Known(Generic[F]):
    """A closed month with everything that later months declared about it; ``facts`` by id."""

    month: str
    facts: Mapping[str, F] = field(default_factory=dict)


def _whole(fact: Any) -> Any:
    return fact


@dataclass(frozen=True)
class Shape(Generic[F]):
    """How a subject counts a month and writes it down.

    ``line`` writes a fact as one line that begins with one of ``signs``, ``fact`` reads it. ``lasting`` is what of a fact
    does not go on by itself after the month, None where nothing is: only that is compared with a closed month.
    """

    head: str
    bases: tuple[str, ...]
    marks: Callable[[], tuple[str, ...]]
    line: Callable[[F], str]
    fact: Callable[[str], F]
    tally: Callable[[Iterable[F]], dict[str, Tally]]
    sentence: Callable[[str, str, Tallies], str]
    signs: tuple[str, ...] = ("#",)
    lasting: Callable[[F], F | None] = _whole

    def counted(self, facts: Iterable[F]) -> dict[str, int | Decimal]:
        """Return the figures of facts, by name."""
        return {name: one.value for name, one in self.tally(facts).items()}

    def frozen(self, closed: Closed[F]) -> dict[str, Tally]:
        """Return the frozen figures with the records frozen with them; a name that was not counted then counts nothing."""
        tallies = self.tally(closed.facts)
        return {name: Tally(name, closed.figures.get(name, 0), one.records) for name, one in tallies.items()}


def write(
    shape: Shape[F], station: str, basis: str, month: Month, facts: Sequence[F], declared: Iterable[Adjustment[F]]
) -> str:
    """Return the text of a month that is being closed; ``facts`` in an order that follows from themselves."""
    counted = shape.tally(facts)
    lines = [
        shape.sentence(basis, str(month), counted),
        " ".join((shape.head, station, basis, str(month), *shape.marks())),
        *(f"={name} {one.value}" for name, one in counted.items()),
        *map(shape.line, facts),
        *(f"~{a.month}{_SIGNS[a.how]}{shape.line(a.fact)}" for a in sorted(declared, key=lambda a: (a.month, a.fact.id))),
    ]
    text = "\n".join(lines)
    return f"{text}\n{_HASH}{_digest(text)}"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def digest_of(text: str) -> str:
    """Return the hash that a closed month carries, empty where it carries none."""
    last = text.rpartition("\n")[2]
    return last.removeprefix(_HASH) if last.startswith(_HASH) else ""


def read(shape: Shape[F], text: str) -> Closed[F] | None:
    """Return what a closed month says; None where the text is not whole, or was changed after it was written."""
    body, _, last = text.rpartition("\n")
    if last != f"{_HASH}{_digest(body)}":
        return None
    lines = body.split("\n")[1:]
    head = lines[0].split(" ") if lines else []
    if len(head) < 4 or head[0] != shape.head or head[2] not in shape.bases:
        return None
    try:
        return _read(shape, head, lines[1:], last.removeprefix(_HASH))
    except (ValueError, KeyError, IndexError, InvalidOperation):  # whole by its hash, and yet nothing that we ever wrote
        return None


def _read(shape: Shape[F], head: Sequence[str], lines: Sequence[str], digest: str) -> Closed[F]:
    pairs = (line[1:].split(" ") for line in lines if line.startswith("="))
    figures = {name: Decimal(value) if "." in value else int(value) for name, value in pairs}
    facts = tuple(shape.fact(line) for line in lines if line.startswith(shape.signs))
    declared = tuple(_adjustment(shape, line[1:]) for line in lines if line.startswith("~"))
    return Closed(head[1], head[2], head[3], tuple(head[4:]), figures, facts, declared, digest)


def _adjustment(shape: Shape[F], text: str) -> Adjustment[F]:
    return Adjustment(text[:_MONTH_LENGTH], _HOW[text[_MONTH_LENGTH]], shape.fact(text[_MONTH_LENGTH + 1 :]))


def known(closed: Closed[F], later: Iterable[Closed[F]]) -> Known[F]:
    """Return a closed month as later closed months have declared it to be by now."""
    facts = {fact.id: fact for fact in closed.facts}
    for each in sorted(later, key=lambda one: one.month):
        if each.month > closed.month and each.basis == closed.basis:
            for adjustment in each.declared:
                if adjustment.month == closed.month:
                    _apply(facts, adjustment)
    return Known(closed.month, facts)


def _apply(facts: dict[str, F], adjustment: Adjustment[F]) -> None:
    if adjustment.how == "gone":
        facts.pop(adjustment.fact.id, None)
    else:
        facts[adjustment.fact.id] = adjustment.fact


def adjustments(shape: Shape[F], before: Known[F], now: Iterable[F]) -> tuple[Adjustment[F], ...]:
    """Return what makes a closed month other than it is known to be, sorted by record."""
    return tuple(sorted(_adjustments(shape, before, {fact.id: fact for fact in now}), key=lambda a: a.fact.id))


def _adjustments(shape: Shape[F], before: Known[F], now: Mapping[str, F]) -> Iterator[Adjustment[F]]:
    for key in before.facts.keys() | now.keys():
        old, new = before.facts.get(key), now.get(key)
        was = shape.lasting(old) if old is not None else None
        there = shape.lasting(new) if new is not None else None
        if was == there:
            continue
        if there is None:
            if old is not None:
                yield Adjustment(before.month, "gone", old)
        elif new is not None:
            yield Adjustment(before.month, "added" if was is None else "changed", new)


def effect(shape: Shape[F], before: Known[F], changes: Iterable[Adjustment[F]]) -> dict[str, int | Decimal]:
    """Return by how much each figure of a closed month is other than it is known to be; those that are the same are left out."""
    facts = dict(before.facts)
    for each in changes:
        _apply(facts, each)
    old, new = shape.counted(before.facts.values()), shape.counted(facts.values())
    return {name: new[name] - old[name] for name in new if new[name] != old[name]}


# ---- what stands against closing a month: desk and centre ask ------------------------------------------------------------

WORDS: Final[dict[str, str]] = {
    "month-misshapen": N_("月结的内容不完整，或与它的站点、月份、口径对不上"),
    "month-not-over": N_("这个月还没有过完，不能月结"),
    "month-out-of-order": N_("后面的月份已经月结：月份要按先后月结，否则补报和更正会重复列出或漏列"),
    "month-closed": N_("已经月结的数字不再更改；之后补报、更正的，在后面月份的报表里单列"),
}
"""Every code with its sentence; the centre sends the code, the desk says the sentence."""
MOST_MONTHS: Final = 240
"""For how many later months it is asked: twenty years."""
Ids = Callable[[str, str, str], str]
"""Makes the id of a closed month out of station, basis and month."""


def guard(kind: str, shape: Shape[Any], ids: Ids) -> Guard:
    """Return what stands against a closed month of a kind: it is whole, over, in order, and never written again."""

    def ask(deed: Deed) -> str | None:
        return _refused(kind, shape, ids, deed)

    return Guard(
        ask, WORDS, (), frozenset({"station", "basis", "month", "record"}), "",
        circumstances=frozenset({"month-out-of-order"}), always=True,
    )  # fmt: skip


def _refused(kind: str, shape: Shape[Any], ids: Ids, deed: Deed) -> str | None:
    """Between two closed months that differ, a person decides."""
    if deed.before is not None and not deed.decided:
        return "month-closed" if deed.edits else None
    said = read(shape, str(deed.after.get("record") or ""))
    names = tuple(str(deed.after.get(name) or "") for name in ("station", "basis", "month"))
    if said is None or (said.station, said.basis, said.month) != names or deed.id != ids(*names):
        return "month-misshapen"
    if said.marks == shape.marks() and dict(said.figures) != shape.counted(said.facts):
        return "month-misshapen"  # what an older program counted by older sets is not counted anew
    try:
        last = Month.read(said.month).plus(1).first
    except InvalidError:
        return "month-misshapen"
    if local_day(from_iso(deed.at)) < last:
        return "month-not-over"
    return "month-out-of-order" if deed.before is None and _has_later(kind, ids, deed, said) else None


def _has_later(kind: str, ids: Ids, deed: Deed, said: Closed[Any]) -> bool:
    """Say whether a later month is closed already. A closed month's id follows from its month, so each is looked up."""
    month, today = Month.read(said.month), local_day(from_iso(deed.at))
    later = [month.plus(n) for n in range(1, MOST_MONTHS)]
    wanted = tuple(ids(said.station, said.basis, str(each)) for each in later if each.first <= today)
    return any(not other.get("voided") for other in deed.others(kind, wanted).values())
