"""When a report is due: by its limit, by what was approved, and how it stands (B2.4, B2.5; the dates of D02)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.zzdesk.conftest import Station
from zzdesk.calendar.commands import import_table
from zzdesk.calendar.limits import Limit
from zzdesk.calendar.tables import parse, shipped, write
from zzdesk.clock import OFFICE_TIME, to_iso
from zzdesk.desk.session import Desk
from zzdesk.errors import InvalidError, RefusedError
from zzdesk.ops.models import Outbox
from zzdesk.reports import commands, queries, renewing
from zzdesk.reports.deadlines import Remaining, Standing, approved_delays, reckon, remaining, work_out
from zzdesk.reports.due_rules import DueRules, default_for, in_force
from zzdesk.reports.due_rules import shipped as rules

ORDER: dict[str, Any] = {
    "title": "夜间施工噪声", "category": "noise", "source": "12345", "demand": "complaint", "due_rule": "5 个工作日",
}
NEW_YEAR = "year 2027\nversion 1\nsource 通知\n2027-01-01..2027-01-03 holiday 元旦\n"


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=OFFICE_TIME)


def _iso(text: str) -> str:
    return to_iso(_at(text))


def _body(limit: str, start: str = "2026-02-13T16:40", **more: Any) -> dict[str, Any]:
    return {"due_rule": limit, "created_at": _iso(start)} | more


def _suspended(since: str, until: str | None = None) -> list[tuple[str, dict[str, Any]]]:
    steps = [("step", {"created_at": _iso(since), "from_state": "handling", "to_state": "suspended"})]
    end = [("step", {"created_at": _iso(until), "from_state": "suspended", "to_state": "handling"})] if until else []
    return [*steps, *end]


def _delay(amount: Any, unit: str = "working-days", state: str = "approved") -> tuple[str, dict[str, Any]]:
    body = {"request_kind": "delay", "state": state, "amount": amount, "unit": unit, "decided_at": _iso("2026-02-26T09:00")}
    return "request", body


def _due(body: dict[str, Any], *children: tuple[str, dict[str, Any]]) -> str:
    return str(work_out(body, children, shipped()).get("due_at"))


END = "T15:59:59.999Z"


# ---- what the deadline is -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("limit", "due"), [
    ("working-days:2", "2026-02-24" + END), ("working-days:5", "2026-02-27" + END),
    ("working-days:10", "2026-03-05" + END), ("working-days:5;12345-complaint@0", "2026-02-27" + END),
    ("natural-days:7", "2026-02-24" + END), ("working-hours:8", "2026-02-24T01:10:00.000Z"),
    ("minutes:10", "2026-02-13T08:50:00.000Z"),
])  # fmt: skip
def test_limits(limit: str, due: str) -> None:
    assert _due(_body(limit)) == due


@pytest.mark.parametrize("limit", [None, "", "soon", "working-days:0", "working-days:9999", "years:1", 5, ["working-days:5"]])
def test_what_is_no_limit_gives_no_deadline(limit: Any) -> None:
    assert work_out(_body(limit), (), shipped()) == {}


@pytest.mark.parametrize("start", [None, "yesterday", "1990-01-01T00:00:00Z", "2199-12-31T00:00:00Z", 7])
def test_a_moment_that_cannot_be_counted_gives_no_deadline(start: Any) -> None:
    assert work_out({"due_rule": "working-days:5", "created_at": start}, (), shipped()) == {}


@pytest.mark.parametrize("limit", ["working-days:5", "natural-days:30", "working-hours:8", "minutes:10"])
def test_what_nothing_has_delayed_is_worked_out_as_everything_else(limit: str) -> None:
    """Thousands arrive together and are judged by the day: the same as one by one, whatever bears on nothing."""
    body, calendar = _body(limit, suspended_until=_iso("2026-03-20T00:00")), shipped()
    found = reckon(body, [], calendar)
    assert found is not None
    assert work_out(body, [], calendar) == {"due_at": to_iso(found.last.at), "due_provisional": None}
    assert work_out(body, [("step", {"action": "note"})], calendar) == work_out(body, [], calendar)


def test_an_approved_delay_counts_on_from_the_old_due_day() -> None:
    """D02: three working days more are 2026-03-03; what is only asked for changes nothing."""
    assert _due(_body("working-days:5"), _delay(3)) == "2026-03-03" + END
    for state in ("asked", "refused", "withdrawn"):
        assert _due(_body("working-days:5"), _delay(3, state=state)) == "2026-02-27" + END


def test_delays_in_other_units() -> None:
    assert _due(_body("working-days:5"), _delay(3, "days")) == "2026-03-02" + END
    assert _due(_body("working-days:5"), _delay(4, "hours")) == "2026-02-28T07:00:00.000Z"


@pytest.mark.parametrize("amount", [0, -3, "3", None, 1.5])
def test_a_misshapen_delay_counts_as_nothing(amount: Any) -> None:
    assert approved_delays([_delay(amount)[1]]) == []


def test_a_pause_counts_from_its_step_to_the_step_that_ended_it() -> None:
    pause = _suspended("2026-02-25T10:00", "2026-02-26T15:00")
    assert _due(_body("working-days:5"), *pause) == "2026-03-02" + END
    assert _due(_body("working-days:5"), *pause, _delay(1)) == "2026-03-03" + END


def test_a_pause_that_still_runs_ends_when_it_was_meant_to() -> None:
    body = _body("working-days:5", suspended_until=_iso("2026-03-02T00:00"))
    assert _due(body, *_suspended("2026-02-25T10:00")) == "2026-03-04" + END


def test_the_list_of_days_goes_on_through_a_delay() -> None:
    found = reckon(_body("working-days:5"), [_delay(3)], shipped())
    assert found is not None
    days = [line.day.date for line in found.lines]
    assert days == sorted(set(days))
    assert (str(days[0]), str(days[-1])) == ("2026-02-13", "2026-03-03")


# ---- how it stands --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("now", "expected"), [
    ("2026-02-13T17:00", Remaining(Standing.NORMAL, 5)),
    ("2026-02-25T09:00", Remaining(Standing.NORMAL, 2)),
    ("2026-02-26T09:00", Remaining(Standing.SOON, 1)),
    ("2026-02-27T23:00", Remaining(Standing.SOON, 0, 59)),
    ("2026-02-28T00:00", Remaining(Standing.OVERDUE, 1)),
    ("2026-03-01T12:00", Remaining(Standing.OVERDUE, 1)),
    ("2026-03-02T12:00", Remaining(Standing.OVERDUE, 2)),
])  # fmt: skip
def test_standing_is_a_function_of_due_now_and_calendar(now: str, expected: Remaining) -> None:
    due = _at("2026-02-27T23:59:59.999")
    assert remaining(due, _at(now), shipped()) == expected


def test_minutes_late_on_the_same_day() -> None:
    assert remaining(_at("2026-02-27T10:00"), _at("2026-02-27T10:09"), shipped()) == Remaining(Standing.OVERDUE, 0, 9)


# ---- the table of limits --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("values", "limit"), [
    ({"source": "12345", "demand": "consultation"}, "working-days:2;12345-consultation@1"),
    ({"source": "12345", "demand": "suggestion"}, "working-days:10;12345-help@1"),
    ({"source": "12345", "demand": "tip-off"}, "working-days:15;12345-complaint@1"),
    ({"source": "12345"}, "working-days:15;12345-other@1"),
    ({"source": "counter", "demand": "complaint", "urgency": "high"}, "working-days:1;high@1"),
    ({"source": "counter", "urgency": "low"}, "working-days:10;low@1"),
])  # fmt: skip
def test_the_first_rule_that_fits(values: dict[str, str], limit: str) -> None:
    assert default_for(values) == limit


def test_every_figure_says_that_it_stands_in_for_a_rule_not_found() -> None:
    assert all(rule.placeholder and rule.basis for rule in rules().rules)


def test_a_limit_out_of_another_version_of_the_table_stays_what_it_was() -> None:
    old = {"due_rule": "working-days:2;high@0", "urgency": "low", "created_at": _iso("2026-02-13T16:40")}
    assert in_force(old) == Limit("working-days", 2, "high@0")
    assert in_force(old | {"due_rule": "working-days:1;high@1"}) == Limit("working-days", 10, "low@1")
    assert in_force(old | {"due_rule": "working-days:3"}) == Limit("working-days", 3)


def test_a_rule_of_another_version_is_not_this_ones() -> None:
    table: DueRules = rules()
    assert table.named("high@1") is not None
    assert table.named("high@2") is table.named("gone@1") is table.named(None) is None


# ---- on the desk ----------------------------------------------------------------------------------------------------


def _desk(station: Station, at: str) -> Desk:
    station.clock.set(_at(at))
    return station["zhuang"]


def _detail(desk: Any, report_id: str) -> dict[str, Any]:
    return desk.read(queries.detail, report_id).fields


def test_registering_works_the_deadline_out_without_a_network(station: Station) -> None:
    desk = _desk(station, "2026-02-13T16:40")
    made = desk.write(commands.register, ORDER).created[0]
    fields = _detail(desk, made)
    assert (fields["due_rule"], fields["due_at"]) == ("working-days:5", "2026-02-27" + END)
    assert "due_provisional" not in fields
    with desk.store.reader() as session:
        (op,) = [row for row in session.query(Outbox) if row.kind == "report"]
        assert op.body["init"]["due_at"] == fields["due_at"]


def test_a_limit_from_the_table_follows_what_the_table_asks_for(station: Station) -> None:
    desk = _desk(station, "2026-02-13T16:40")
    order = {name: value for name, value in ORDER.items() if name != "due_rule"}
    made = desk.write(commands.register, order | {"demand": "consultation"}).created[0]
    assert _detail(desk, made)["due_at"] == "2026-02-24" + END
    desk.write(commands.edit, made, {"demand": "help"})
    assert _detail(desk, made)["due_at"] == "2026-03-05" + END
    assert _detail(desk, made)["due_rule"] == "working-days:2;12345-consultation@1"
    desk.write(commands.edit, made, {"due_rule": "5"})
    desk.write(commands.edit, made, {"demand": "complaint"})
    assert _detail(desk, made)["due_at"] == "2026-02-27" + END
    desk.write(commands.edit, made, {"due_rule": None})
    assert _detail(desk, made)["due_at"] == "2026-03-12" + END


def test_a_deadline_is_not_typed(station: Station) -> None:
    desk = _desk(station, "2026-02-13T16:40")
    with pytest.raises(InvalidError):
        desk.write(commands.register, ORDER | {"due_at": "2026-03-01T00:00:00.000Z"})
    with pytest.raises(InvalidError, match="时限"):
        desk.write(commands.register, ORDER | {"due_rule": "很快"})


def test_when_the_table_comes_provisional_days_are_put_right(station: Station) -> None:
    desk = _desk(station, "2026-12-29T09:00")
    late = desk.write(commands.register, ORDER).created[0]
    early = desk.write(commands.register, ORDER | {"due_rule": "1"}).created[0]
    assert _detail(desk, late)["due_provisional"] is True
    assert "due_provisional" not in _detail(desk, early)
    desk.write(import_table, parse(NEW_YEAR))
    assert renewing.renew_all(desk, 2027) == 1
    fields = _detail(desk, late)
    assert (fields["due_at"], fields.get("due_provisional")) == ("2027-01-06" + END, None)
    assert renewing.renew_all(desk, 2027) == 0
    assert _detail(desk, desk.write(commands.register, ORDER).created[0])["due_at"] == "2027-01-06" + END


def test_an_older_table_is_refused_and_the_same_one_too(station: Station) -> None:
    desk = _desk(station, "2026-02-13T16:40")
    desk.write(import_table, parse(NEW_YEAR.replace("version 1", "version 2")))
    second = NEW_YEAR.replace("version 1", "version 2")
    for text in (NEW_YEAR, second, second + "2027-02-05 holiday 春节\n"):
        with pytest.raises(RefusedError):
            desk.write(import_table, parse(text))
    desk.write(import_table, parse(NEW_YEAR.replace("version 1", "version 3")))


def test_a_corrected_table_moves_what_has_not_ended(station: Station) -> None:
    """January 2020: a holiday was made longer when it had begun already."""
    desk = _desk(station, "2026-02-13T16:40")
    made = [desk.write(commands.register, ORDER).created[0] for _ in range(2)]
    desk.write(commands.act, made[1], "refer", {"referred_to": "other", "referred_target": "区城管局"}, "不归本站管")
    longer = write(shipped().table(2026)).replace("version 1", "version 2").replace("02-23 holiday", "02-24 holiday")
    desk.write(import_table, parse(longer))
    assert renewing.renew_all(desk, 2026) == 1
    assert [_detail(desk, report)["due_at"] for report in made] == ["2026-02-28" + END, "2026-02-27" + END]


@given(st.lists(st.tuples(st.integers(1, 5), st.sampled_from(["working-days", "days", "hours"]), st.integers(0, 9)), max_size=4),
       st.lists(st.tuples(st.integers(0, 400), st.integers(1, 90)), max_size=3), st.randoms())  # fmt: skip
def test_the_order_in_which_things_arrive_does_not_matter(
    asked: list[tuple[int, str, int]], paused: list[tuple[int, int]], order: Any
) -> None:
    """What counts is when it was decided and when it was paused, not in which order records came to a desk."""
    begin = _at("2026-02-16T09:00")
    delays = [
        ("request", _delay(amount, unit)[1] | {"decided_at": to_iso(begin + timedelta(hours=hour))})
        for amount, unit, hour in asked
    ]
    steps: list[tuple[str, dict[str, Any]]] = []
    at = begin
    for gap, length in paused:
        since, at = at + timedelta(hours=gap), at + timedelta(hours=gap + length)
        steps += _suspended(since.strftime("%Y-%m-%dT%H:%M"), at.strftime("%Y-%m-%dT%H:%M"))
    shuffled = list(delays)
    order.shuffle(shuffled)
    cuts = sorted(order.sample(range(len(steps) + 1), min(len(shuffled), len(steps) + 1)))
    mixed = list(steps)
    for place, delay in zip(reversed(cuts), shuffled, strict=False):
        mixed.insert(place, delay)
    mixed += shuffled[len(cuts) :]
    assert _due(_body("working-days:5"), *delays, *steps) == _due(_body("working-days:5"), *mixed)


@given(st.integers(1, 9), st.integers(1, 9), st.integers(0, 300), st.integers(1, 200))
def test_a_delay_and_a_pause_commute(limit: int, more: int, since: int, length: int) -> None:
    """Working days more, and a pause before or after them: what is counted lies outside the pause, and is as many days."""
    start = _at("2026-02-13T16:40") + timedelta(hours=since)
    pause = _suspended(start.strftime("%Y-%m-%dT%H:%M"), (start + timedelta(hours=length)).strftime("%Y-%m-%dT%H:%M"))
    found = reckon(_body(f"working-days:{limit}"), [*pause, _delay(more)], shipped())
    whole = reckon(_body(f"working-days:{limit + more}"), pause, shipped())
    assert found is not None
    assert whole is not None
    assert found.last.at == whole.last.at
    counted = [line.day.date for line in found.lines if line.counted]
    assert counted == [line.day.date for line in whole.lines if line.counted]
    assert len(counted) == limit + more
