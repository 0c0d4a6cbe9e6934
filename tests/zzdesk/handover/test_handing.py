"""Handing reports over at a desk: what goes along, 110 only after the call, never back to where it came from (A04, F22)."""

from __future__ import annotations

from typing import Any, Final

import pytest

from tests.zzdesk.conftest import Station
from tests.zzdesk.reports.loops import REPORT
from zzdesk.desk import handing
from zzdesk.desk.workbench import overview
from zzdesk.errors import InvalidError, RefusedError
from zzdesk.handover import queries, workflow
from zzdesk.handover.partners import OF_REPORTER, shipped
from zzdesk.workflow import Deed

CALL: Final = {
    "called_at": "2026-11-23T00:58:00.000Z", "called_by": "林小梅", "call_taker": "警号 060512", "call_outcome": "已出警",
}  # fmt: skip


def report(station: Station, **more: Any) -> str:
    return station.add("lin", "report", REPORT | more)


def send(station: Station, report_id: str, partner: str, **more: Any) -> str:
    fields = {"report_id": report_id, "partner": partner, "reason": "不属本站职责"} | more
    return station["lin"].write(handing.hand_over, fields).created[0]


def orders(station: Station, report_id: str) -> tuple[queries.OrderRow, ...]:
    return station["lin"].read(queries.of_report, report_id)


def test_an_order_names_who_gets_it_and_which_fields_go(station: Station) -> None:
    found = report(station)
    order = send(station, found, "12345")
    (row,) = orders(station, found)
    assert (row.id, row.partner, row.state, row.direction) == (order, "12345", "waiting", "out")
    assert row.recipient == shipped()["12345"].recipient
    assert set(row.handed) >= {"title", "address", "reporter_name", "reporter_phone"}
    assert row.number.startswith("ZB")
    assert station.audit("handover.send") == [{"partner": "12345", "fields": sorted(row.handed)}]
    assert station.show("lin", "report", found)["state"] == "registered"


def test_this_office_may_end_its_own_part_with_it(station: Station) -> None:
    found = report(station)
    send(station, found, "city", refer=True)
    shown = station.show("lin", "report", found)
    assert (shown["state"], shown["referred_to"]) == ("referred", "other")


@pytest.mark.parametrize("secret", [{"name_hidden": True}, {"anonymous": True}, {"demand": "tip-off"}])
@pytest.mark.parametrize("partner", ["12345", "110", "city"])
def test_who_asked_for_secrecy_goes_nowhere(station: Station, secret: dict[str, Any], partner: str) -> None:
    named = {"reporter_name": None, "reporter_phone": None} if "anonymous" in secret else {}
    found = report(station, **secret, **named)
    send(station, found, partner, **(CALL if partner == "110" else {}))
    assert OF_REPORTER.isdisjoint(orders(station, found)[0].handed)


def test_the_form_shows_masked_what_goes(station: Station) -> None:
    found = report(station, source="110")
    shown = {choice.code: choice for choice in station["lin"].read(handing.choices, found)}
    assert dict(shown["12345"].handed)["reporter_phone"] == "138****1234"
    assert "reporter_phone" not in dict(shown["city"].handed)
    assert shown["12345"].why_not is None
    assert shown["110"].why_not == workflow.WORDS["handover-loop"]
    assert shown["110"].call_first


def test_who_refers_a_report_to_110_by_name_says_who_called_and_makes_the_order(station: Station) -> None:
    found = report(station)
    with pytest.raises(RefusedError, match="called_by、call_taker、call_outcome"):
        station.act("lin", "report", found, "refer", "有人持刀", referred_to="110", contact_at=CALL["called_at"])
    assert (orders(station, found), station.show("lin", "report", found)["state"]) == ((), "registered")
    station.act("lin", "report", found, "refer", "有人持刀", referred_to="110", **CALL)
    (row,) = orders(station, found)
    assert (row.partner, row.call_taker, row.reason) == ("110", "警号 060512", "有人持刀")
    assert station.show("lin", "report", found)["state"] == "referred"
    assert station.rows("lin", "step", report_id=found)[-1]["contact_at"] == CALL["called_at"]


def test_where_the_order_is_on_its_way_only_our_own_part_ends(station: Station) -> None:
    found = report(station)
    send(station, found, "110", **CALL)
    station.act("lin", "report", found, "refer", "归公安", referred_to="110")
    assert len(orders(station, found)) == 1
    assert station.rows("lin", "step", report_id=found)[-1]["contact_at"] == CALL["called_at"]


def test_who_takes_a_report_back_settles_the_order_that_came_back(station: Station) -> None:
    found = report(station)
    order = send(station, found, "12345", refer=True)
    station.act("lin", "handover_order", order, "return", reason="不属本部门")
    with pytest.raises(RefusedError, match="缺少：reason"):
        station.act("lin", "report", found, "take-back")
    assert orders(station, found)[0].settled_at is None
    station.act("lin", "report", found, "take-back", "12345 退回")
    (row,) = orders(station, found)
    assert (row.settled_at is not None, row.lines[-1].text) == (True, "12345 退回")
    assert (station.show("lin", "report", found)["state"], to_do(station)) == ("dispatching", [])


@pytest.mark.parametrize("missing", workflow.CALL_FIELDS)
def test_110_is_never_queued_silently(station: Station, missing: str) -> None:
    found = report(station)
    for left in ({}, {**CALL, missing: " "}, {name: CALL[name] for name in CALL if name != missing}):
        with pytest.raises(RefusedError, match="先拨110"):
            send(station, found, "110", **left)
    assert orders(station, found) == ()
    send(station, found, "110", **CALL)
    (row,) = orders(station, found)
    assert (row.call_taker, row.called_by) == ("警号 060512", "林*梅")


def test_nobody_has_called_yet_who_says_they_will(station: Station) -> None:
    with pytest.raises(RefusedError, match="不能晚于现在"):
        send(station, report(station), "110", **CALL | {"called_at": "2026-11-24T00:58:00.000Z"})


@pytest.mark.parametrize("came", [{"source": "12345"}, {"external_system": "漳州12345"}, {"external_system": "12345"}])
def test_what_came_from_a_partner_never_returns_there(station: Station, came: dict[str, str]) -> None:
    found = report(station, **came)
    with pytest.raises(RefusedError, match="不能再转回去"):
        send(station, found, "12345")
    send(station, found, "city")


def test_nor_does_what_is_the_same_matter(station: Station) -> None:
    first, second = report(station, source="12345"), report(station)
    station.add("lin", "link", {"report_id": second, "lead_id": first})
    with pytest.raises(RefusedError, match="不能再转回去"):
        send(station, second, "12345")


def test_there_is_one_open_order_of_a_report_and_partner(station: Station) -> None:
    found = report(station)
    order = send(station, found, "12345")
    with pytest.raises(RefusedError, match="已经转给过"):
        send(station, found, "12345")
    station.act("lin", "handover_order", order, "withdraw", reason="转错了")
    again = send(station, found, "12345")
    assert [row.state for row in orders(station, found)] == ["withdrawn", "waiting"]
    assert again != order


def test_how_it_goes_is_written_down_by_hand_where_no_line_leads_there(station: Station) -> None:
    found = report(station)
    order = send(station, found, "urban")
    with pytest.raises(RefusedError):
        station.act("lin", "handover_order", order, "deliver")
    station.act("lin", "handover_order", order, "deliver", receipt_number="CG-7")
    station.act("lin", "handover_order", order, "begin", text="已派城管中队")
    station.act("lin", "handover_order", order, "finish", text="清理完毕")
    station.add("lin", "handover_echo", {"handover_order_id": order, "text": "电话里再次确认"})
    (row,) = orders(station, found)
    assert (row.state, row.receipt_number, row.finished) == ("done", "CG-7", True)
    assert [line.status for line in row.lines] == ["working", "done", "note"]
    assert station.show("lin", "report", found).get("evaluation") is None
    with pytest.raises(RefusedError):
        station.act("lin", "handover_order", order, "withdraw", reason="晚了")


def to_do(station: Station, who: str = "lin") -> list[tuple[str, str]]:
    return [(entry.id, entry.state) for entry in station[who].read(handing.to_follow)]


def test_what_the_other_side_is_done_with_waits_on_the_first_page_until_somebody_did_their_part(station: Station) -> None:
    done, back = report(station), report(station)
    fed, ours = send(station, done, "city"), send(station, back, "12345", refer=True)
    assert to_do(station) == []
    station.act("lin", "handover_order", fed, "finish", text="清理完毕")
    station.act("lin", "handover_order", ours, "return", reason="不属本部门")
    assert to_do(station) == [(ours, "returned"), (fed, "done")]
    shown = station["lin"].read(overview)
    assert [(each.kind, each.state) for each in shown.entries[:2]] == [("handover_order", "returned"), ("handover_order", "done")]
    assert orders(station, done)[0].actions[0] == "settle"
    station.act("lin", "handover_order", fed, "settle", text="已电话告诉居民")
    station.act("lin", "handover_order", ours, "settle")
    assert to_do(station) == []
    (row,) = orders(station, done)
    assert (row.finished, row.lines[-1].text, row.lines[-1].theirs) == (False, "已电话告诉居民", False)
    assert station.show("lin", "report", back)["state"] == "dispatching", "taken back with the same step"
    assert station.show("lin", "report", done)["state"] == "registered"
    with pytest.raises(RefusedError, match="一件只收一次"):
        station.act("lin", "handover_order", fed, "settle")
    station.act("lin", "handover_order", fed, "reopen")
    station.act("lin", "handover_order", fed, "finish")
    assert to_do(station) == [(fed, "done")], "done once more, told once more"


def test_bad_fields_are_named(station: Station) -> None:
    found = report(station)
    for wrong in ({"partner": "119"}, {"reason": " "}, {"direction": "in"}, {"external_ref": "X"}):
        with pytest.raises(InvalidError):
            send(station, found, **{"partner": "12345"} | wrong)
    with pytest.raises(RefusedError):
        station["yan"].write(handing.hand_over, {"report_id": found, "partner": "12345", "reason": "试"})


def deed(after: dict[str, Any], before: dict[str, Any] | None = None, **more: Any) -> Deed:
    return Deed("a", "2026-11-23T01:00:00.000Z", 2, before, after, **more)


def test_the_guard_knows_each_of_its_codes() -> None:
    good = {
        "partner": "110", "direction": "out", "state": "waiting", "reason": "危险", "created_by": "a",
        "created_at": "2026-11-23T01:00:00.000Z", **CALL,
    }  # fmt: skip
    assert workflow.ask(deed(good)) is None
    wrong = {
        "call-first": {"call_taker": None}, "call-later": {"called_at": "2026-11-23T01:06:00.000Z"},
        "handover-in": {"direction": "in"}, "handover-partner": {"partner": "119"}, "handover-reason": {"reason": ""},
        "handover-author": {"created_by": "b"},
    }  # fmt: skip
    assert {code: workflow.ask(deed(good | change)) for code, change in wrong.items()} == {code: code for code in wrong}
    inbound = good | {"direction": "in"}
    follows = deed(inbound | {"state": "done"}, inbound, edits={"state": ("waiting", "done")})
    assert workflow.ask(follows) == "handover-follows"
    assert workflow.ask(deed(good, good, void=True)) == "handover-void"
    assert workflow.ask(deed(good | {"state": "delivered"}, good)) == "handover-receipt"
    assert workflow.ask(deed(inbound | {"out_of_duty": True}, inbound)) == "handover-answer"


def test_what_the_police_are_called_for_becomes_urgent(station: Station) -> None:
    found = report(station)
    send(station, found, "12345")
    assert station.show("lin", "report", found)["urgency"] == "medium"
    send(station, found, "110", **CALL)
    assert station.show("lin", "report", found)["urgency"] == "high"


def test_a_case_that_turns_violent_is_reported_by_its_team_even_after_it_ended(station: Station) -> None:
    """PML article 25: a mediator's own duty; what goes names the case by its number, and nobody in it."""
    case = station.add("chen", "case", {"category": "neighbours"})
    station.add("chen", "dispute", {"case_id": case, "title": "林秀英诉黄阿明"})
    for name, role in (("林秀英", "applicant"), ("黄阿明", "respondent")):
        party = station.add("chen", "party", {"case_id": case, "role": role, "name": name})
    station.act("chen", "party", party, "refuse", reason="当面说不调")
    call = CALL | {"reason": "扬言动手"}
    with pytest.raises(RefusedError, match=r"调解小组|承办"):
        station["wu"].write(handing.escalate, case, call)
    with pytest.raises(RefusedError, match="先拨110"):
        station["chen"].write(handing.escalate, case, call | {"call_taker": ""})
    assert station.rows("chen", "handover_order") == [], "all of it, or nothing"
    station["chen"].write(handing.escalate, case, call)
    stub = station.show("chen", "case", case)
    assert (stub["state"], stub["escalation"], stub["police_called_at"]) == ("refused", handing.RED, CALL["called_at"])
    (order,) = orders(station, stub["report_id"])
    assert (order.partner, order.state) == ("110", "waiting")
    told = station.show("lin", "report", stub["report_id"])
    assert (told["urgency"], told["title"]) == ("high", f"纠纷有动手的危险（{stub.get('number') or stub['alias']}）")
    with pytest.raises(RefusedError, match="已经转给过"):
        station["chen"].write(handing.escalate, case, call)
