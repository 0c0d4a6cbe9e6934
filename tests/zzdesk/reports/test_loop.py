"""The closed loop of a report (domain rules B2.4): when it may go on, and what stays as it is."""

from __future__ import annotations

from typing import Any

import pytest

from tests.zzdesk.conftest import Station
from zzdesk.errors import InvalidError, RefusedError

REPORT = {"title": "路灯不亮", "category": "lighting", "reporter_phone": "13805961234"}
ANSWERED = {"contact_result": "answered", "contact_at": "2026-11-23T00:30:00.000Z"}


def handled(station: Station) -> str:
    """A report that waits for feedback to the citizen."""
    report = station.add("lin", "report", REPORT)
    steps: tuple[tuple[str, dict[str, Any]], ...] = (
        ("accept", {}), ("confirm", {"note": "属实"}), ("dispatch", {"handler_unit": "照明所"}),
        ("finish", {"note": "已修"}),
    )  # fmt: skip
    for action, step in steps:
        station.act("lin", "report", report, action, **step)
    return report


def call(station: Station, report: str, day: int, minute: int = 0) -> str:
    moment = f"2026-11-{day}T01:{minute:02}:00.000Z"
    station.act("lin", "report", report, "inform", contact_result="no-answer", contact_at=moment)
    return str(station.show("lin", "report", report)["state"])


def test_one_call_that_was_answered_is_enough(station: Station) -> None:
    report = handled(station)
    station.act("lin", "report", report, "inform", **ANSWERED)
    assert station.show("lin", "report", report)["state"] == "evaluating"


def test_three_calls_at_different_times_are_needed_where_nobody_answers(station: Station) -> None:
    report = handled(station)
    assert call(station, report, 20) == "feedback"
    with pytest.raises(InvalidError, match="contact_at"):
        call(station, report, 20)
    with pytest.raises(RefusedError):
        station.act("lin", "report", report, "close-unrated", "联系不上")
    assert call(station, report, 21) == "feedback"
    assert call(station, report, 22) == "evaluating"
    tries = [step for step in station.rows("lin", "step") if step.get("contact_result") == "no-answer"]
    assert [step["action"] for step in tries] == ["note", "note", "inform"]


def test_calls_of_an_earlier_round_do_not_count(station: Station) -> None:
    report = handled(station)
    call(station, report, 20)
    call(station, report, 21)
    station.act("lin", "report", report, "inform", **ANSWERED)
    station.act("lin", "report", report, "redo", answer="unsatisfied", note="还是不亮")
    station.act("lin", "report", report, "finish", note="换了灯泡")
    station.act("zhuang", "report", report, "recheck", note="夜里去看过，亮了")
    assert call(station, report, 22) == "feedback"


def test_a_call_does_not_lie_in_the_future(station: Station) -> None:
    with pytest.raises(InvalidError, match="contact_at"):
        call(station, handled(station), 30)


def test_what_is_closed_stays_as_it_is(station: Station) -> None:
    report = handled(station)
    station.act("lin", "report", report, "inform", **ANSWERED)
    station.act("lin", "report", report, "evaluate", answer="satisfied")
    with pytest.raises(RefusedError, match="定稿"):
        station.edit("lin", "report", report, {"title": "改"})
    station.add("lin", "step", {"report_id": report, "note": "居民来电致谢"})
    station.act("lin", "report", report, "archive")
    with pytest.raises(RefusedError, match="定稿"):
        station.edit("lin", "report", report, {"tags": ["改"]})
    with pytest.raises(RefusedError, match="归档"):
        station.add("lin", "step", {"report_id": report, "note": "改"})


def test_an_application_that_came_to_nothing_stays_as_it_is(station: Station) -> None:
    employer = {"employer_kind": "person", "name": "陈阿水", "identity_number": "350602194903070020"}
    employer_id = station.add("lin", "employer", employer)
    station.vet(employer_id)
    posting = station.add("lin", "posting", {
        "employer_id": employer_id, "title": "搬运工", "headcount": 2, "conditions": "能搬重物", "tasks": "搬家具",
        "place": "西桥市场", "wage": "200.00", "pay_unit": "day",
    })  # fmt: skip
    station.act("lin", "posting", posting, "submit")
    station.act("zhuang", "posting", posting, "publish")
    made = []
    for number in ("350625197506153330", "35060319900115331X"):
        worker = station.add("lin", "worker", {"name": "黄阿明", "identity_number": number})
        made.append(station.add("lin", "application", {"posting_id": posting, "worker_id": worker}))
    station.act("lin", "application", made[0], "withdraw")
    with pytest.raises(RefusedError, match="定稿"):
        station.edit("lin", "application", made[0], {"work_date": "2026-12-01"})
    station.edit("lin", "application", made[0], {"note": "来电说身体不适"})  # a remark may still be made
    for action in ("confirm", "check-in", "check-out"):
        station.act("lin", "application", made[1], action)
        station.clock.advance(3600)
    with pytest.raises(RefusedError, match="做完"):
        station.edit("lin", "application", made[1], {"minutes": 600})
    station.edit("lin", "application", made[1], {"worker_rating": 5})
