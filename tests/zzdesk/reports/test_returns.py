"""What came back from a unit: how often, why, and what was only undone does not count; through an index of its own."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.zzdesk.conftest import Station
from tests.zzdesk.reports.loops import go
from tests.zzdesk.reports.test_intake_plans import plans
from zzdesk.desk import bulk
from zzdesk.desk.bulk import Deed
from zzdesk.errors import RefusedError
from zzdesk.reports.returns import returns


def ready(station: Station, title: str) -> str:
    report = station.add("lin", "report", {"title": title, "category": "noise", "reporter_phone": "13805961234"})
    go(station, report, "confirm")
    return report


def send(station: Station, report: str, unit: str) -> None:
    station.clock.advance(60)
    station.act("lin", "report", report, "dispatch", handler_unit=unit)


def back(station: Station, report: str, reason: str) -> None:
    station.clock.advance(60)
    station.act("lin", "report", report, "return", reason)


def test_what_came_back_is_counted_by_unit_with_its_reason(station: Station) -> None:
    first, second, third = (ready(station, title) for title in ("一", "二，打13805961234", "三"))
    for report in (first, second, third):
        send(station, report, "城管")
    back(station, first, "属于环保")
    send(station, first, "环保")
    back(station, second, "属于住建，13805961234")
    found = station["lin"].read(returns)
    assert [(u.unit, u.sent, u.returned, u.percent) for u in found.units] == [("城管", 3, 2, 67), ("环保", 1, 0, 0)]
    assert [(w.title, w.unit, w.reason, w.category) for w in found.wrong] == [
        ("二，打138****1234", "城管", "属于住建，138****1234", "noise"), ("一", "城管", "属于环保", "noise"),
    ]  # fmt: skip


def test_a_stage_that_goes_back_otherwise_is_no_wrong_dispatch(station: Station) -> None:
    report = ready(station, "一")
    back(station, report, "再看看")
    assert station["lin"].read(returns).units == ()


def test_what_was_undone_at_once_was_never_sent(station: Station) -> None:
    reports = [ready(station, title) for title in "一二"]
    deed = Deed("dispatch", {"handler_unit": "城管"})
    result = bulk.run(station["lin"], reports, deed, lambda *_: None, lambda: False)
    station.clock.advance(60)
    bulk.take_back(station["lin"], result, lambda *_: None, lambda: False)
    found = station["lin"].read(returns)
    assert (found.units, found.wrong) == ((), ())


def test_only_the_last_days_count_and_the_index_holds_nothing_else(station: Station) -> None:
    report = ready(station, "一")
    send(station, report, "城管")
    back(station, report, "不归我们")
    station.clock.set(station.clock.now() + timedelta(days=91))
    with plans(station["lin"].store._reading) as steps:
        assert station["lin"].read(returns).units == ()
    assert any("ix_step_sent (action=? AND created_at>?)" in step for step in steps), steps
    with pytest.raises(RefusedError):
        station["guo"].read(returns)
