"""Supervision cards that show by themselves: why, since when, never twice, and gone only by a supervisor's word (F20)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from tests.zzdesk.conftest import Station
from tests.zzdesk.reports.loops import ANSWERED, REPORT, go
from zzdesk.errors import RefusedError
from zzdesk.reports import commands, pressing, queries
from zzdesk.reports.workflow import ENDED

NOW = datetime(2026, 3, 2, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)


def _report(**more: Any) -> Any:
    fields = {"state": "handling", "voided": None, "created_at": NOW - 9 * HOUR, "due_at": None, "repeat_of": None, "round": 1}
    return SimpleNamespace(**fields | more)


def _shows(report: Any, lifted: dict[str, datetime] | None = None, now: datetime = NOW) -> dict[str, tuple[str, datetime]]:
    found = pressing.pressed(report, NOW - 2 * HOUR, lifted or {}, now)
    return {each.reason: (each.card, each.since) for each in found}


def test_each_reason_shows_its_card_since_it_began() -> None:
    due = NOW - HOUR
    found = _shows(_report(due_at=due, repeat_of="x", round=3))
    assert found == {
        "repeat": ("black", NOW - 9 * HOUR), "overdue": ("yellow", due), "unsatisfied": ("red", NOW - 2 * HOUR),
    }  # fmt: skip
    assert _shows(_report(round=2)) == {}
    assert _shows(_report(due_at=NOW)) == {}, "the due moment itself is in time"
    assert list(_shows(_report(due_at=NOW), now=NOW + HOUR)) == ["overdue"]


def test_what_has_ended_or_rests_is_not_pressed_for() -> None:
    late = {"due_at": NOW - HOUR, "round": 3, "repeat_of": "x"}
    for state in ENDED:
        assert _shows(_report(state=state, **late)) == {}
    assert _shows(_report(voided=True, **late)) == {}
    assert "overdue" not in _shows(_report(state="suspended", **late))


def test_what_was_lifted_comes_again_only_for_something_new() -> None:
    late = _report(due_at=NOW - HOUR, round=4)
    assert _shows(late, {"overdue": NOW, "unsatisfied": NOW}) == {}
    assert list(_shows(late, {"overdue": NOW - 3 * HOUR, "unsatisfied": NOW - 3 * HOUR})) == ["overdue", "unsatisfied"]


def _pressed(station: Station, report: str) -> list[tuple[str, str]]:
    shown = station["lin"].read(queries.detail, report).standing.pressed
    return [(each.reason, each.card) for each in shown]


def _card_in_list(station: Station, report: str) -> str | None:
    return station["lin"].read(queries.by_ids, (report,))[0].card


def test_a_limit_that_is_over_shows_by_the_clock_alone_and_a_supervisor_lifts_it(station: Station) -> None:
    report = station.add("zhuang", "report", REPORT | {"due_rule": "2"})
    assert (_pressed(station, report), _card_in_list(station, report)) == ([], None)
    station.clock.advance(10 * 86_400)
    assert (_pressed(station, report), _card_in_list(station, report)) == ([("overdue", "yellow")], "yellow")
    assert station.rows("zhuang", "card") == [], "nothing was written down by anybody, so nothing can be written twice"
    with pytest.raises(RefusedError):
        station["yan"].write(commands.lift_card, report, "overdue", "快了")
    with pytest.raises(RefusedError, match="理由"):
        station["lin"].write(commands.lift_card, report, "overdue", " ")
    station["lin"].write(commands.lift_card, report, "overdue", "已约定今天到场")
    assert (_pressed(station, report), _card_in_list(station, report)) == ([], None)
    with pytest.raises(RefusedError, match="没有亮"):
        station["lin"].write(commands.lift_card, report, "overdue", "再撤一次")
    step = station["lin"].read(queries.detail, report).steps[-1]
    assert (step.action, step.reason) == ("withdraw-card", "已约定今天到场")
    assert station["lin"].read(queries.detail, report).standing.cards == (), "a lift is no card"


def test_a_second_unsatisfied_answer_shows_red_and_a_third_shows_it_anew(station: Station) -> None:
    report = station.add("zhuang", "report", REPORT)
    go(station, report, "inform")
    seen = []
    for turn in range(3):
        station.act("lin", "report", report, "redo", answer="unsatisfied", note="没弄好")
        seen.append([reason for reason, _ in _pressed(station, report)])
        if turn == 1:
            station.clock.advance(60)
            station["lin"].write(commands.lift_card, report, "unsatisfied", "站长已到场")
            assert _pressed(station, report) == []
        station.clock.advance(60)
        station.act("lin", "report", report, "finish", note="又弄了一次")
        station.act("zhuang" if turn % 2 == 0 else "lin", "report", report, "recheck", note="看过")
        station.act("lin", "report", report, "inform", **ANSWERED)
    assert seen == [[], ["unsatisfied"], ["unsatisfied"]]


def test_every_reason_of_the_table_has_a_lift() -> None:
    assert {pressing.reason_of(pressing.lift_of(reason)) for reason in pressing.levels()} == set(pressing.REASONS)
    assert pressing.reason_of("red") == ""
