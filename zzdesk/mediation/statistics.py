"""The monthly report of people's mediation: rows in, figures out (domain rules B1.6). Pure.

Cases counted by the month of acceptance and cases counted by the month in which mediation ended are two reports. No figure
of one is ever put into the other: every name, title and file says which it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from zzdesk.documents.figures import percent
from zzdesk.documents.months import Tallies, Tally, Verdict
from zzdesk.i18n import N_
from zzdesk.mediation import workflow as flow
from zzdesk.mediation.categories import BULLETIN, SOURCE, category_set

ACCEPTANCE: Final = "acceptance"
CLOSING: Final = "closing"
BASES: Final = (ACCEPTANCE, CLOSING)
"""By what a case belongs to a month: the day on which it was accepted, or the day on which mediation ended."""
AGREED: Final = ("written", "oral")
NOT_AGREED: Final = ("failed", "refused", "withdrawn")
NOT_REACHED: Final = frozenset({flow.ACCEPTED, flow.MEDIATING, flow.FAILED, flow.REFUSED, flow.WITHDRAWN})
CRIME: Final = "criminal"
PETITION: Final = "petition"
PREVENTED: Final = {"crime": CRIME, "petition": PETITION}
"""What mediation kept from happening, as the bulletin counts it: by cases (件) and by people (人)."""
SWEEPS: Final = ("checks", "found", "prevented")
"""排查次数, 排查发现, 预防纠纷: of the month's sweeps, whatever the basis."""


@dataclass(frozen=True, order=True)
class Fact:
    """What the figures need of one case, and nothing about anybody."""

    id: str
    category: str
    source: str
    outcome: str
    """``""`` while it is open."""
    success: bool
    amount: Decimal | None
    """Yuan; None where none was named."""
    prevented: str
    """``""`` where it prevented nothing that is counted."""
    people: int
    """How many people that concerned."""


@dataclass(frozen=True, order=True)
class Sweep:
    """One round of looking for disputes (排查): how many checks, disputes found, disputes prevented."""

    id: str
    checks: int
    found: int
    prevented: int


def is_success(state: str, outcome: str | None) -> bool:
    """Say whether a case counts as mediated with success: an agreement was reached and stands."""
    if state in (flow.ARCHIVED, flow.CLOSED):
        return outcome in AGREED
    return state not in NOT_REACHED and outcome not in NOT_AGREED


def tally(facts: Iterable[Fact], sweeps: Iterable[Sweep] = ()) -> dict[str, Tally]:
    """Count a month. Every name is there, also where nothing was counted."""
    cases, rounds = sorted(facts), sorted(sweeps)
    found = [
        _count("total", cases, lambda fact: True),
        _count("success", cases, lambda fact: fact.success),
        *(_count(f"outcome.{each}", cases, lambda fact, each=each: fact.outcome == each) for each in flow.OUTCOMES),  # type: ignore[misc]
        _count("outcome.open", cases, lambda fact: not fact.outcome),
        _amount(cases),
        *_by_set("source", SOURCE, cases, lambda fact: fact.source),
        *_by_set("category", BULLETIN, cases, lambda fact: fact.category),
        *_prevented(cases),
        *(_sweep(name, rounds) for name in SWEEPS),
    ]
    return {each.name: each for each in found}


def _count(name: str, facts: Sequence[Fact], belongs: Callable[[Fact], bool]) -> Tally:
    ids = tuple(fact.id for fact in facts if belongs(fact))
    return Tally(name, len(ids), ids)


def _amount(facts: Sequence[Fact]) -> Tally:
    """协议涉及金额: of what was mediated with success and names an amount, in yuan."""
    counted = [fact for fact in facts if fact.success and fact.amount is not None]
    return Tally("amount", sum((f.amount or Decimal(0) for f in counted), Decimal("0.00")), tuple(f.id for f in counted))


def _by_set(prefix: str, code: str, facts: Sequence[Fact], stored: Callable[[Fact], str]) -> list[Tally]:
    rows = category_set(code)
    return [
        _count(f"{prefix}.{row.code}", facts, lambda fact, row=row: stored(fact) in row.takes)  # type: ignore[misc]
        for row in rows.rows
    ]


def _prevented(facts: Sequence[Fact]) -> list[Tally]:
    made: list[Tally] = []
    for name, code in PREVENTED.items():
        mine = [fact for fact in facts if fact.prevented == code]
        ids = tuple(fact.id for fact in mine)
        made += [Tally(f"{name}.cases", len(mine), ids), Tally(f"{name}.people", sum(fact.people for fact in mine), ids)]
    return made


def _sweep(name: str, rounds: Sequence[Sweep]) -> Tally:
    return Tally(f"sweep.{name}", sum(getattr(each, name) for each in rounds), tuple(each.id for each in rounds))


def verdicts(facts: Iterable[Fact], counted: Tallies) -> tuple[Verdict, ...]:
    """Run the cross-checks of B1.6 on figures and on the cases behind them.

    What does not hold names its cases: those that no category or source took, a success that ended as none, an agreement in
    no success, an amount below zero.
    """
    cases = sorted(facts)
    placed = {prefix: _members(counted, prefix) for prefix in ("category", "source")}
    total = counted["total"].value
    return (
        *(
            Verdict(f"{prefix}.sum", _sum(counted, prefix), total, False, tuple(f.id for f in cases if f.id not in there))
            for prefix, there in placed.items()
        ),
        Verdict("success.most", counted["success"].value, total, True),
        Verdict(
            "agreed.most", counted["outcome.written"].value + counted["outcome.oral"].value, counted["success"].value, True,
            tuple(f.id for f in cases if f.outcome in AGREED and not f.success),
        ),
        Verdict(
            "amount.least", 0, min((f.amount for f in cases if f.amount is not None), default=Decimal(0)), True,
            tuple(f.id for f in cases if f.amount is not None and f.amount < 0),
        ),
    )  # fmt: skip


def _members(counted: Tallies, prefix: str) -> set[str]:
    return {each for name, one in counted.items() if name.startswith(f"{prefix}.") for each in one.records}


def _sum(counted: Tallies, prefix: str) -> int | Decimal:
    return sum(one.value for name, one in counted.items() if name.startswith(f"{prefix}."))


def shares_sum(counted: Tallies, prefix: str) -> Decimal | None:
    """Return what the printed shares of a group come to; None of nothing. They need not come to 100.0 and are not made to."""
    total = counted["total"].value
    shares = [percent(one.value, total) for name, one in counted.items() if name.startswith(f"{prefix}.")]
    return sum((each for each in shares if each is not None), Decimal("0.0")) if total else None


def wan(yuan: Decimal) -> Decimal:
    """Return an amount in 万元, half-up at two decimals, as the report prints it; the yuan stand beside it."""
    return (yuan / 10_000).quantize(Decimal("0.01"), ROUND_HALF_UP)


@dataclass(frozen=True)
class Mapped:
    """Cases counted into one statutory set: rows with their cases, what no row took by itself, and rows nothing leads to."""

    mark: str
    rows: tuple[tuple[str, tuple[str, ...]], ...]
    undecided: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]
    """Stored category, the rows that may be meant (none: the set has no row for it), and its cases."""
    merged: tuple[str, ...]
    """Rows in which several stored categories come together: they cannot be taken apart again."""
    unfed: tuple[str, ...]
    """Rows that no stored category leads to: what belongs there has to be filled in by hand."""


def mapped(facts: Iterable[Fact], code: str) -> Mapped:
    """Count cases into a statutory set by their one stored category (F44)."""
    wanted, cases = category_set(code), sorted(facts)
    rows = tuple((row.code, tuple(f.id for f in cases if f.category in row.takes)) for row in wanted.rows)
    open_ones = wanted.unplaced(dict.fromkeys(fact.category for fact in cases))
    undecided = tuple(
        (stored, wanted.candidates(stored), tuple(f.id for f in cases if f.category == stored)) for stored in sorted(open_ones)
    )
    merged = tuple(row.code for row in wanted.rows if row.is_merged)
    unfed = tuple(row.code for row in wanted.rows if not row.takes)
    return Mapped(wanted.mark, rows, undecided, merged, unfed)


LABELS: Final[dict[str, str]] = {
    "total": N_("受理"),
    "success": N_("调解成功"),
    "outcome.written": N_("书面协议"),
    "outcome.oral": N_("口头协议"),
    "outcome.failed": N_("调解不成"),
    "outcome.refused": N_("当事人拒绝"),
    "outcome.withdrawn": N_("撤回申请"),
    "outcome.open": N_("尚未结束"),
    "amount": N_("协议涉及金额（元）"),
    "crime.cases": N_("防止转化为刑事案件（件）"),
    "crime.people": N_("防止转化为刑事案件（人）"),
    "petition.cases": N_("防止群体性上访（件）"),
    "petition.people": N_("防止群体性上访（人）"),
    "sweep.checks": N_("排查次数"),
    "sweep.found": N_("排查发现纠纷"),
    "sweep.prevented": N_("预防纠纷"),
}
"""What the figures are called; rows of a set have their own names."""
TOTAL_CLOSED: Final = N_("结束调解")
"""What the total of the report by closing is called."""
CHECK_LABELS: Final[dict[str, str]] = {
    "category.sum": N_("各类别之和＝总数"),
    "source.sum": N_("各来源之和＝总数"),
    "success.most": N_("调解成功不多于总数"),
    "agreed.most": N_("书面协议＋口头协议不多于调解成功"),
    "amount.least": N_("金额不小于零"),
}
