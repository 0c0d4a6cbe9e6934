"""The main job: two desks record with no network, reconcile, and come to the same records.

Processes of their own, driven by the command line only.
"""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.e2e.programs import Centre, Home

pytestmark = pytest.mark.timeout(900)
IDENTITY = "350602195803070028"  # invented: a check digit, and nobody
KINDS = ("report", "employer", "posting", "case", "party", "session", "account")


def record_offline(desk: Home) -> dict[str, str]:
    """Record a report, an odd-job listing and a mediation session; return their ids by kind."""
    me = desk.json("account", "list")[0]["id"]
    report, _ = desk.add(
        "report",
        {"title": "路灯不亮", "category": "lighting", "address": "台湾路12号", "reporter_name": "王伟",
         "reporter_phone": "13805961234"},
        {"title": "井盖松动", "category": "road"},
    )  # fmt: skip
    (employer,) = desk.add("employer", {"employer_kind": "person", "name": "陈美丽", "identity_number": IDENTITY})
    (posting,) = desk.add("posting", {"employer_id": employer, "title": "周六搬家两人", "wage": "180.00", "headcount": 2})
    (case,) = desk.add("case", {"category": "neighbours", "team": [me]})
    desk.add("party", {"case_id": case, "role": "applicant", "name": "林志强"},
             {"case_id": case, "role": "respondent", "name": "黄阿婆"})  # fmt: skip
    desk.add("session", {"case_id": case, "place": "金品社区茶室", "started_at": "2026-11-20T09:00:00+08:00"})
    return {"report": report, "posting": posting, "case": case}


def same(one: Home, other: Home, kinds: tuple[str, ...] = KINDS) -> dict[str, list[Any]]:
    """Compare the exports of two desks byte by byte; return the records."""
    found = {}
    for kind in kinds:
        mine = one.export(kind)
        assert mine == other.export(kind), kind
        found[kind] = [json.loads(line) for line in mine.splitlines()]
    return found


def enrol(centre: Centre, *desks: Home) -> None:
    for desk in desks:
        desk.run("enrol", centre.url, centre.code())


def test_offline_then_reconciled_then_equal(centre: Centre, desks: tuple[Home, Home]) -> None:
    a, b = desks
    ids = record_offline(a)
    (theirs,) = b.add("report", {"title": "下水道堵塞", "category": "drainage", "reporter_phone": "13899991234"})
    assert (a.sync(status=1)["error"], a.json("status")[0]["enrolled"]) == ("refused", False)

    enrol(centre, a, b)
    pushed = a.sync()
    assert pushed["pending"] == 0
    assert pushed["pushed"] >= 8
    b.sync()
    a.sync()
    records = same(a, b)
    assert {row["id"] for row in records["report"]} >= {ids["report"], theirs}
    assert [row["id"] for row in records["posting"]] == [ids["posting"]]
    assert [row["wage"] for row in records["posting"]] == ["180.00"]
    assert sorted(row["name"] for row in records["party"]) == ["林志强", "黄阿婆"]

    conflict_appears_and_is_decided_once(a, b, ids["report"])
    for desk in (a, b):
        quiet = desk.sync()
        assert (quiet["pushed"], quiet["pulled"], quiet["conflicts"], quiet["pending"]) == (0, 0, 0, 0)


def conflict_appears_and_is_decided_once(a: Home, b: Home, report: str) -> None:
    a.edit("report", report, address="台湾路12号2幢")
    b.edit("report", report, address="修文西路3号", description="晚上九点以后全黑")
    a.sync()
    assert b.sync()["conflicts"] == 1
    a.sync()
    (mine,), (theirs,) = a.conflicts(), b.conflicts()
    assert mine["id"] == theirs["id"]
    assert (mine["record_id"], mine["field"], mine["base"]) == (report, "address", "台湾路12号")
    values = {c["value"]: (c["is_mine"], c["user_name"]) for c in mine["candidates"]}
    assert values == {"台湾路12号2幢": (True, "wang"), "修文西路3号": (False, "wang")}
    assert {c["value"]: c["is_mine"] for c in theirs["candidates"]} == {"台湾路12号2幢": False, "修文西路3号": True}

    b.run("resolve", mine["id"], "--choose", "mine", "--reason", "到现场看过")
    b.sync()
    a.sync()
    records = same(a, b, ("report",))
    (contested,) = [row for row in records["report"] if row["id"] == report]
    assert (contested["address"], contested["description"]) == ("修文西路3号", "晚上九点以后全黑")
    assert (a.conflicts(), b.conflicts()) == ([], [])
    (decided,) = a.conflicts("--all")
    assert (decided["state"], decided["resolution"], decided["reason"]) == ("resolved", "修文西路3号", "到现场看过")
    _, said = a.run("resolve", mine["id"], "--choose", "theirs", status=1)
    assert "已经决定过" in said
