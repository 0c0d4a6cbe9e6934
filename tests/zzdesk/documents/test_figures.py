"""Months, rates and checks: what every monthly figure is made of."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zzdesk.documents.figures import (
    Check,
    Figure,
    Month,
    Statement,
    growth,
    lines,
    percent,
    plain,
    write_workbook,
)
from zzdesk.documents.sheets import parse_workbook
from zzdesk.errors import InvalidError


def _said(*figures: Figure, checks: tuple[Check, ...] = ()) -> Statement:
    return Statement("reports", "统计", Month(2026, 3), figures, checks)


def test_a_month_begins_and_ends_by_the_offices_clock() -> None:
    march = Month.read("2026-03")
    assert march.begins == datetime(2026, 2, 28, 16, tzinfo=UTC)
    assert march.ends == datetime(2026, 3, 31, 16, tzinfo=UTC)
    assert Month.of(datetime(2026, 3, 31, 15, 59, tzinfo=UTC)) == march
    assert Month.of(datetime(2026, 3, 31, 16, tzinfo=UTC)) == march.plus(1) == Month(2026, 4)
    assert (str(march.plus(-3)), str(march.plus(-12)), str(march.plus(10))) == ("2025-12", "2025-03", "2027-01")


@pytest.mark.parametrize("text", ["2026-13", "2026-00", "26-03", "2026-3", "2026/03", "", "1999-12", "2026-03-01"])
def test_what_is_no_month_is_refused(text: str) -> None:
    with pytest.raises(InvalidError) as refused:
        Month.read(text)
    assert refused.value.problems[0].field == "month"


@pytest.mark.parametrize(
    ("part", "whole", "rate"),
    [(1, 2, "50.0"), (1, 3, "33.3"), (2, 3, "66.7"), (1, 800, "0.1"), (5, 80, "6.3"), (209, 2000, "10.5"), (0, 7, "0.0")],
)
def test_rates_are_rounded_half_up_at_one_decimal(part: int, whole: int, rate: str) -> None:
    assert percent(part, whole) == Decimal(rate)
    assert str(percent(part, whole)) == rate


@given(st.integers(0, 10**9), st.integers(1, 10**9))
def test_a_rate_is_never_further_off_than_half_a_tenth(part: int, whole: int) -> None:
    rate = percent(part, whole)
    assert rate is not None
    tenths = int(rate * 10)  # half-up: tenths ≤ exact + 1/2 < tenths + 1, in whole numbers
    assert 2 * whole * tenths <= 2000 * part + whole < 2 * whole * (tenths + 1)


def test_of_nothing_there_is_no_rate() -> None:
    assert percent(0, 0) is None
    assert growth(5, 0) is None
    assert (growth(9, 8), growth(7, 8), growth(351, 400)) == (Decimal("12.5"), Decimal("-12.5"), Decimal("-12.3"))
    assert Figure("rate", "满意率", 0, of=0).rate is None
    assert next(lines(_said(Figure("rate", "满意率", 0, of=0))))[2:] == ("0/0", "—")


def test_a_difference_is_shown_and_nothing_is_forced() -> None:
    off, most = Check("sum", "各类之和等于总数", 7, 9), Check("success", "成功不多于受理", 3, 5, most=True)
    assert (off.holds, off.difference, most.holds) == (False, -2, True)
    assert not Check("success", "成功不多于受理", 6, 5, most=True).holds
    said = _said(Figure("all", "总数", 9), checks=(off, most))
    assert list(lines(said))[1:] == [("各类之和等于总数", "7 / 9", "", "相差 -2"), ("成功不多于受理", "3 / 5", "", "相符")]
    assert plain(said)["checks"][0] == {"name": "sum", "left": 7, "right": 9, "difference": -2, "holds": False}


def test_excel_gets_true_numbers_and_the_counts_beside_each_rate(tmp_path: Path) -> None:
    said = _said(Figure("satisfied", "满意", 2, of=3, records=1), Figure("amount", "涉及金额", Decimal("3200.50")))
    assert write_workbook(tmp_path / "月.xlsx", said) == 2
    rows = parse_workbook((tmp_path / "月.xlsx").read_bytes()).rows
    assert [row.cells["比率（%）"] for row in rows] == ["66.7", ""]
    assert [row.cells["数量"] for row in rows] == ["2", "3200.5"]
    assert (rows[0].cells["基数"], rows[0].cells["涉及记录"]) == ("3", "1")
    assert plain(said)["figures"][0] | {"label": ""} == {
        "name": "satisfied", "label": "", "count": 2, "of": 3, "rate": "66.7", "records": 1, "opens": None,
    }  # fmt: skip
