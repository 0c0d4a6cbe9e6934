"""Properties of the figures: half-up against whole numbers, cross-checks against planted faults, closed months as text."""

from __future__ import annotations

import dataclasses
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zzdesk.documents import months
from zzdesk.documents.figures import Month, percent
from zzdesk.mediation import statistics_close as closing
from zzdesk.mediation import workflow as flow
from zzdesk.mediation.categories import BULLETIN, FORM_2010, SETS, ZONGZHI, all_sets, category_set
from zzdesk.mediation.statistics import Fact, Sweep, is_success, mapped, tally, verdicts, wan

MARCH = Month(2026, 3)
IDS = st.integers(0, 2**40).map(lambda n: f"{n:012x}")
AMOUNTS = st.none() | st.integers(0, 10**11).map(lambda fen: Decimal(fen) / 100)


def facts(categories: tuple[str, ...] = flow.CATEGORIES) -> st.SearchStrategy[list[Fact]]:
    one = st.builds(
        Fact, IDS, st.sampled_from(categories), st.sampled_from(flow.SOURCES), st.sampled_from(("", *flow.OUTCOMES)),
        st.just(False), AMOUNTS, st.sampled_from(("", "criminal", "petition")), st.integers(1, 500),
    )  # fmt: skip
    agreed = one.map(lambda fact: dataclasses.replace(
        fact, success=fact.outcome in ("written", "oral"), people=fact.people if fact.prevented else 0))  # fmt: skip
    return st.lists(agreed, max_size=30, unique_by=lambda fact: fact.id)


@given(st.integers(0, 10**9), st.integers(1, 10**9))
def test_a_share_is_rounded_half_up_as_whole_numbers_say(part: int, whole: int) -> None:
    tenths = (2_000 * part + whole) // (2 * whole)
    assert percent(part, whole) == Decimal(tenths) / 10


@given(st.integers(0, 10**15))
def test_ten_thousands_are_rounded_half_up(fen: int) -> None:
    assert wan(Decimal(fen) / 100) == Decimal((fen + 5_000) // 10_000) / 100


@given(facts())
def test_whole_data_pass_every_check_and_every_set_counts_each_case_once(cases: list[Fact]) -> None:
    counted = tally(cases)
    assert all(verdict.holds for verdict in verdicts(cases, counted))
    for code in SETS:
        found = mapped(cases, code)
        ids = [each for _, group in found.rows for each in group] + [each for *_, group in found.undecided for each in group]
        assert sorted(ids) == sorted(fact.id for fact in cases)
    assert mapped(cases, BULLETIN).undecided == ()


@given(facts(), st.data())
def test_a_planted_fault_breaks_its_check_and_is_named(cases: list[Fact], data: st.DataObject) -> None:
    if not cases:
        return
    victim = data.draw(st.sampled_from(cases))
    faults = {
        "category.sum": {"category": "of-tomorrow"}, "source.sum": {"source": "of-tomorrow"},
        "agreed.most": {"outcome": "oral", "success": False}, "amount.least": {"amount": Decimal("-0.01")},
    }  # fmt: skip
    name = data.draw(st.sampled_from(sorted(faults)))
    spoiled = [dataclasses.replace(fact, **faults[name]) if fact is victim else fact for fact in cases]  # type: ignore[arg-type]
    broken = {verdict.name: verdict.offenders for verdict in verdicts(spoiled, tally(spoiled)) if not verdict.holds}
    assert broken == {name: (victim.id,)}


@given(facts(), st.integers(0, 9))
def test_a_closed_month_is_read_as_it_was_written_and_no_letter_can_be_changed(cases: list[Fact], checks: int) -> None:
    sweeps = [Sweep("s", checks, 2, 1)]
    declared = [closing.Adjustment("2026-02", "gone", fact) for fact in cases[:2]]
    text = closing.write("350602002004", "closing", MARCH, cases, sweeps, declared)
    assert text == closing.write("350602002004", "closing", MARCH, reversed(cases), sweeps, declared[::-1])
    said = closing.read(text)
    assert said is not None
    assert said.facts == (*sorted(cases), *sweeps)
    assert dict(said.figures) == closing.SHAPE.counted(said.facts)
    assert {a.fact.id for a in said.declared} == {fact.id for fact in cases[:2]}
    spoiled = text.replace(f"=total {len(cases)}", f"=total {len(cases) + 1}")
    assert closing.read(spoiled) is None
    assert closing.digest_of(text) == said.digest


@given(facts(), facts())
def test_what_is_declared_turns_the_closed_month_into_what_it_is_now(before: list[Fact], now: list[Fact]) -> None:
    closed = closing.read(closing.write("s", "acceptance", MARCH, before, (), ()))
    assert closed is not None
    changes = closing.adjustments(closing.known(closed, ()), now)
    april = closing.read(closing.write("s", "acceptance", MARCH.plus(1), (), (), changes))
    assert april is not None
    assert closing.adjustments(closing.known(closed, (april,)), now) == ()
    effect = months.effect(closing.SHAPE, closing.known(closed, ()), changes)
    old, new = tally(before), tally(now)
    assert effect == {name: new[name].value - old[name].value for name in new if new[name].value != old[name].value}


def test_the_sets_have_fifteen_seventeen_and_nineteen_rows_and_place_every_stored_category() -> None:
    assert [len(category_set(code).rows) for code in (BULLETIN, FORM_2010, ZONGZHI)] == [15, 17, 19]
    for code in SETS:
        found = all_sets()[code]
        unplaced = found.unplaced(flow.CATEGORIES)
        assert unplaced == (("housing-homestead",) if code == ZONGZHI else ())
        assert all(found.candidates(each) for each in unplaced), "said among which rows a person decides"
    assert category_set(BULLETIN).row_of("of-tomorrow") is None


@pytest.mark.parametrize(("state", "outcome", "success"), [
    ("reached", "written", True), ("performing", "oral", True), ("archived", "written", True), ("archived", "failed", False),
    ("closed", "oral", True), ("failed", "written", False), ("mediating", None, False), ("archived", None, False),
])  # fmt: skip
def test_a_success_is_an_agreement_that_stands(state: str, outcome: str | None, success: bool) -> None:
    assert is_success(state, outcome) is success
