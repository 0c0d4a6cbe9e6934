"""不满意 goes back with the next round and another reviewer; 退回, 挂起, 转出, 废止 and what each asks for (B2.4)."""

from __future__ import annotations

from datetime import datetime

import pytest

from tests.zzdesk.conftest import Station
from tests.zzdesk.reports.loops import ANSWERED, REPORT, ask, go, state, steps
from zzdesk.clock import OFFICE_TIME, from_iso, local_day
from zzdesk.errors import InvalidError, RefusedError

UNTIL = "2026-12-10T01:00:00.000Z"


def sent_back(station: Station) -> str:
    """A report in its second round that was handled again."""
    report = station.add("lin", "report", REPORT)
    go(station, report, "inform")
    station.act("lin", "report", report, "redo", answer="unsatisfied", note="又摆出来了")
    assert state(station, report) == "handling"
    station.act("lin", "report", report, "finish", note="再次劝离")
    return report


def test_what_was_sent_back_is_looked_at_by_somebody_else(station: Station) -> None:
    report = sent_back(station)
    assert state(station, report) == "checking"
    assert station.show("lin", "report", report)["round"] == 2
    for action, reason in (("recheck", None), ("return", "没有劝离")):
        with pytest.raises(RefusedError, match="换人"):
            station.act("lin", "report", report, action, reason, note="看过")
    station.act("zhuang", "report", report, "recheck", note="现场已清")
    station.act("lin", "report", report, "inform", **ANSWERED)
    station.act("lin", "report", report, "evaluate", answer="satisfied")
    shown = station.show("lin", "report", report)
    assert (shown["state"], shown["evaluation"], shown["round"]) == ("closed", "satisfied", 2)
    assert [step["round"] for step in steps(station, report)] == [1, 1, 1, 1, 1, 1, 2, 2, 2, 2]


def test_what_was_found_to_be_nothing_is_looked_at_again_by_somebody_else(station: Station) -> None:
    report = station.add("lin", "report", REPORT)
    station.act("lin", "report", report, "accept")
    station.act("lin", "report", report, "unfounded", "现场没有摊位")
    station.act("lin", "report", report, "inform", **ANSWERED)
    station.act("lin", "report", report, "redo", answer="unsatisfied", note="晚上才出来")
    assert state(station, report) == "verifying"
    for action in ("confirm", "unfounded"):
        with pytest.raises(RefusedError, match="换人"):
            station.act("lin", "report", report, action, "还是没有", note="看过")
    station.act("zhuang", "report", report, "confirm", note="晚上去看，有")
    assert "closing" not in station.show("lin", "report", report)


def test_every_step_says_who_when_where_and_upon_what(station: Station, tmp_path_factory: pytest.TempPathFactory) -> None:
    from zzdesk.desk import records

    report = station.add("lin", "report", REPORT)
    station.act("lin", "report", report, "accept")
    photo = tmp_path_factory.mktemp("photos") / "现场.bin"
    photo.write_bytes(b"a stall on the pavement")
    file = station["lin"].write(records.attach, station.files, "report", report, photo, {}).created[0]
    station.act("lin", "report", report, "confirm", note="属实")
    station.act("lin", "report", report, "dispatch", handler_unit="城管中队")
    station.act("lin", "report", report, "finish", note="已劝离", place="新浦东路与丹霞路口")
    _, confirmed, _, finished = steps(station, report)
    assert (confirmed["place"], confirmed["evidence"]) == ("新浦东路", [file])
    assert (finished["place"], finished.get("evidence")) == ("新浦东路与丹霞路口", None)
    assert all(step["created_by"] and step["created_at"] for step in steps(station, report))


@pytest.mark.parametrize(
    ("last", "to"),
    [("accept", "registered"), ("confirm", "verifying"), ("dispatch", "dispatching"), ("finish", "handling"),
     ("inform", "feedback")],
)  # fmt: skip
def test_each_stage_goes_back_to_the_one_before_with_a_reason(station: Station, last: str, to: str) -> None:
    report = station.add("lin", "report", REPORT)
    before = go(station, report, last)
    with pytest.raises(RefusedError, match="reason"):
        station.act("lin", "report", report, "return")
    station.act("lin", "report", report, "return", "派错了")
    assert state(station, report) == to
    step = steps(station, report)[-1]
    assert (step["action"], step["from_state"], step["to_state"]) == ("return", before, to)
    assert "closing" not in station.show("lin", "report", report) or to == "feedback"


def test_a_report_is_handed_over_to_somebody_named_and_can_be_taken_back(station: Station) -> None:
    report = station.add("lin", "report", REPORT)
    with pytest.raises(RefusedError, match="referred_to"):
        station.act("lin", "report", report, "refer", "不归社区")
    with pytest.raises(InvalidError, match="referred_to"):
        station.act("lin", "report", report, "refer", "不归社区", referred_to="mayor")
    with pytest.raises(RefusedError, match="先打电话"):
        station.act("lin", "report", report, "refer", "有人打架", referred_to="110")
    station.act("lin", "report", report, "refer", "属城管", referred_to="12345", referred_target="2026112300017")
    shown = station.show("lin", "report", report)
    assert (shown["state"], shown["referred_to"], shown["referred_target"]) == ("referred", "12345", "2026112300017")
    station.act("lin", "report", report, "take-back", "12345 退回")
    assert state(station, report) == "dispatching"
    assert "referred_to" not in station.show("lin", "report", report)
    assert [step.get("referred_to") for step in steps(station, report)] == ["12345", None]


def test_a_report_rests_only_after_another_person_approved_and_goes_on_where_it_had_stopped(station: Station) -> None:
    report = station.add("lin", "report", REPORT)
    go(station, report, "dispatch")
    with pytest.raises(RefusedError, match="先申请"):
        station.act("lin", "report", report, "suspend", "等物业")
    asked = ask(station, report, "suspend", until=UNTIL)
    assert state(station, report) == "handling"
    with pytest.raises(RefusedError, match="另一个人"):
        station.act("lin", "request", asked, "approve")
    with pytest.raises(RefusedError, match="权限"):
        station.act("yan", "request", asked, "approve")
    station.act("zhuang", "request", asked, "approve", opinion="同意，等物业开门")
    shown = station.show("lin", "report", report)
    assert (shown["state"], shown["suspended_from"], shown["suspended_until"]) == ("suspended", "handling", UNTIL)
    assert station.show("lin", "request", asked)["decided_by"] == station["zhuang"].actor.account_id
    with pytest.raises(RefusedError):
        station.act("lin", "report", report, "finish", note="好了")
    station.act("lin", "report", report, "resume", "物业来了")
    assert state(station, report) == "handling"
    assert "suspended_until" not in station.show("lin", "report", report)
    assert [step["action"] for step in steps(station, report)[3:]] == ["ask-suspend", "suspend", "resume"]


def test_what_is_asked_is_whole_and_asked_once(station: Station) -> None:
    report = station.add("lin", "report", REPORT)
    go(station, report, "accept")
    for wrong, field in (({}, "until"), ({"until": "2026-01-01T01:00:00.000Z"}, "until")):
        with pytest.raises(InvalidError, match=field):
            ask(station, report, "suspend", **wrong)
    with pytest.raises(InvalidError, match="amount"):
        ask(station, report, "delay", unit="working-days")
    with pytest.raises(InvalidError, match="reason"):
        ask(station, report, "void", reason="")
    asked = ask(station, report, "suspend", until=UNTIL)
    with pytest.raises(RefusedError, match="已经有一份"):
        ask(station, report, "suspend", "zhuang", until=UNTIL)
    with pytest.raises(RefusedError, match="撤回"):
        station.act("zhuang", "request", asked, "withdraw")
    station.act("lin", "request", asked, "withdraw")
    again = ask(station, report, "suspend", until=UNTIL)
    with pytest.raises(RefusedError, match="reason"):
        station.act("zhuang", "request", again, "refuse")
    station.act("zhuang", "request", again, "refuse", "现在就能办")
    assert [row["state"] for row in station.rows("lin", "request")] == ["withdrawn", "refused"]
    assert state(station, report) == "verifying"
    with pytest.raises(RefusedError, match="approve"):
        station.act("zhuang", "request", again, "approve")


def test_once_somebody_has_begun_a_report_is_abolished_only_by_approval(station: Station) -> None:
    fresh = station.add("lin", "report", REPORT)
    station.act("lin", "report", fresh, "void", "登记错了")
    assert station.show("lin", "report", fresh)["voided"]
    report = station.add("lin", "report", REPORT)
    go(station, report, "accept")
    with pytest.raises(RefusedError, match="申请废止"):
        station.act("lin", "report", report, "void", "重复")
    asked = ask(station, report, "void")
    station.act("zhuang", "request", asked, "approve")
    assert state(station, report) == "abolished"
    with pytest.raises(RefusedError, match="定稿"):
        station.edit("lin", "report", report, {"title": "改"})
    with pytest.raises(RefusedError, match="办结"):
        ask(station, report, "suspend", until=UNTIL)


def test_a_lead_unit_is_done_when_every_unit_that_helps_is(station: Station) -> None:
    report = station.add("lin", "report", REPORT)
    go(station, report, "confirm")
    station.act("lin", "report", report, "dispatch", handler_unit="城管中队", assist_units="环卫站、物业")
    with pytest.raises(RefusedError, match="协办"):
        station.act("lin", "report", report, "finish", note="已劝离")
    with pytest.raises(InvalidError, match="不是协办单位"):
        station.act("lin", "report", report, "assisted", handler_unit="派出所", note="到了")
    station.act("lin", "report", report, "assisted", handler_unit="物业", note="清了通道")
    station.act("lin", "report", report, "joint", assist_units="物业、派出所", note="环卫不用来了")
    with pytest.raises(RefusedError, match="协办"):
        station.act("lin", "report", report, "finish", note="已劝离")
    station.act("lin", "report", report, "assisted", handler_unit="派出所", note="到场")
    station.act("lin", "report", report, "finish", note="已劝离")
    assert state(station, report) == "feedback"


def test_cards_are_given_with_an_opinion_and_taken_back_with_a_reason(station: Station) -> None:
    report = station.add("lin", "report", REPORT)
    card = {"report_id": report, "card": "yellow", "whom": "城管中队", "opinion": "三天没有动静"}
    with pytest.raises(RefusedError, match="权限"):
        station.add("yan", "card", card)
    with pytest.raises(InvalidError, match="opinion"):
        station.add("lin", "card", card | {"opinion": ""})
    station.add("lin", "card", card)
    (made,) = station.rows("lin", "card")
    with pytest.raises(RefusedError, match="理由"):
        station.act("lin", "card", made["id"], "withdraw")
    station.act("lin", "card", made["id"], "withdraw", "已到场")
    assert station.rows("lin", "card") == []
    assert station.show("lin", "card", made["id"])["void_reason"] == "已到场"
    with pytest.raises(RefusedError):
        station.act("lin", "card", made["id"], "unvoid", "再发")
    assert [step["action"] for step in steps(station, report)] == ["card-yellow", "withdraw-card"]


# ---- D02: deadlines that change only when another person has approved -------------------------------------------------

ORDER = {"title": "夜间施工噪声", "category": "noise", "source": "12345", "demand": "complaint", "due_rule": "5 个工作日"}


def at(station: Station, moment: str) -> None:
    now = datetime.fromisoformat(moment).replace(tzinfo=OFFICE_TIME)
    station.clock.advance((now - station.clock.now()).total_seconds())


def due(station: Station, report: str) -> str:
    return str(local_day(from_iso(station.show("lin", "report", report)["due_at"])))


def test_an_order_across_the_spring_festival_is_put_off_by_approval(station: Station) -> None:
    at(station, "2026-02-13T16:40")
    report = station.add("lin", "report", ORDER)
    assert due(station, report) == "2026-02-27"
    at(station, "2026-02-25T10:00")
    asked = ask(station, report, "delay", amount=3, unit="working-days")
    assert due(station, report) == "2026-02-27"
    at(station, "2026-02-26T09:00")
    station.act("zhuang", "request", asked, "approve", opinion="同意")
    assert due(station, report) == "2026-03-03"
    with pytest.raises(RefusedError, match="已经延期过"):
        ask(station, report, "delay", amount=1, unit="days")
    assert [step["action"] for step in steps(station, report)] == ["ask-delay", "approve-delay"]


def test_a_refused_delay_changes_nothing_and_may_be_asked_again(station: Station) -> None:
    at(station, "2026-02-13T16:40")
    report = station.add("lin", "report", ORDER)
    asked = ask(station, report, "delay", amount=3, unit="working-days")
    station.act("zhuang", "request", asked, "refuse", "理由不够")
    assert due(station, report) == "2026-02-27"
    ask(station, report, "delay", amount=1, unit="working-days")


def test_after_the_due_time_nothing_is_put_off(station: Station) -> None:
    at(station, "2026-02-13T16:40")
    report = station.add("lin", "report", ORDER)
    at(station, "2026-02-27T23:59")
    early = ask(station, report, "delay", amount=3, unit="working-days")
    station.act("lin", "request", early, "withdraw")
    at(station, "2026-02-28T00:01")
    with pytest.raises(RefusedError, match="期限已过"):
        ask(station, report, "delay", amount=3, unit="working-days")


def test_a_suspension_stops_the_clock_only_from_its_approval(station: Station) -> None:
    at(station, "2026-03-02T09:00")  # a Monday
    report = station.add("lin", "report", ORDER)
    go(station, report, "dispatch")
    assert due(station, report) == "2026-03-09"
    asked = ask(station, report, "suspend", until="2026-03-20T01:00:00.000Z")
    at(station, "2026-03-04T09:00")
    assert due(station, report) == "2026-03-09"
    station.act("zhuang", "request", asked, "approve")
    assert due(station, report) > "2026-03-20"
    at(station, "2026-03-06T09:00")
    station.act("lin", "report", report, "resume", "物业来了")
    assert due(station, report) == "2026-03-12"  # Wednesday to Friday are not counted, begun days neither


def test_what_is_dispatched_has_a_limit(station: Station) -> None:
    report = station.add("lin", "report", REPORT)
    go(station, report, "confirm")
    with pytest.raises(InvalidError, match="due_rule"):
        station.act("lin", "report", report, "dispatch", handler_unit="城管中队", due_rule="soon")
    station.act("lin", "report", report, "dispatch", handler_unit="城管中队", due_rule="2 个工作日")
    assert station.show("lin", "report", report)["due_rule"] == "working-days:2"
