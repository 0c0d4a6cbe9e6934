"""Attendance and the wage ledger: only who was there is in it, with every item of the regulation, and nothing is rubbed out."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.zzdesk.conftest import Station
from tests.zzdesk.jobs.test_jobs import published
from zzdesk.calendar.tables import shipped
from zzdesk.desk.queries import search
from zzdesk.errors import InvalidError, RefusedError
from zzdesk.jobs import commands, queries, wages

PEOPLE = (
    ("林志强", "35060319900115331X"), ("陈建国", "350681196611114444"), ("黄阿明", "350625197506153330"),
    ("李秀英", "350602194903070020"), ("王美玉", "35060219880808019X"),
)  # fmt: skip
DAY = {
    "starts_at": "2026-11-24T08:00:00+08:00", "ends_at": "2026-11-24T17:00:00+08:00", "wage": "220.00",
    "settle_day": "2026-11-28", "headcount": 4, "title": "装卸",
}  # fmt: skip


def at(station: Station, hour: int, minute: int = 0, day: int = 24) -> None:
    station.clock.set(datetime(2026, 11, day, hour - 8, minute, tzinfo=UTC))


def placed(station: Station, posting: str, who: tuple[str, str]) -> str:
    person = station.add("lin", "worker", {"name": who[0], "identity_number": who[1], "phone": "13705961111"})
    application = station.add("lin", "application", {"posting_id": posting, "worker_id": person})
    station.act("lin", "application", application, "confirm")
    return application


def worked(station: Station, application: str, came: str = "08:02", left: str = "17:11", **more: Any) -> None:
    station.act("lin", "application", application, "check-in", checked_in_at=f"2026-11-24T{came}:00+08:00")
    station.act("lin", "application", application, "check-out", checked_out_at=f"2026-11-24T{left}:00+08:00", **more)


def of(station: Station, **where: Any) -> list[dict[str, Any]]:
    return sorted(station.rows("lin", "wage_line", **where), key=lambda row: row["entry"])


def test_the_day_is_settled_when_it_is_known_of_everybody_and_only_who_was_there_is_paid(station: Station) -> None:
    """Domain rules B3.2, F53, F55: four places, one no-show replaced after the work began."""
    posting = published(station, **DAY)
    first, second, third, gone = (placed(station, posting, who) for who in PEOPLE[:4])
    with pytest.raises(RefusedError, match="还没到上工"):
        station.act("lin", "application", gone, "no-show", "没来")
    at(station, 8, 5)
    station.act("lin", "posting", posting, "start")
    came_instead = station.add("lin", "worker", {"name": PEOPLE[4][0], "identity_number": PEOPLE[4][1]})
    with pytest.raises(RefusedError, match="不接受报名"):
        station.add("lin", "application", {"posting_id": posting, "worker_id": came_instead})
    station["lin"].write(commands.replace, gone, came_instead, "no-show", "电话打不通")
    (fourth,) = station.rows("lin", "application", replaces=gone)
    shown = station.show("lin", "application", gone)
    assert (shown["state"], shown["reason"], shown["replaced_by"]) == ("no-show", "电话打不通", fourth["id"])
    assert station.show("lin", "posting", posting)["filled"] == 4
    at(station, 17, 30)
    for each in (first, second, third):
        worked(station, each)
    with pytest.raises(RefusedError, match="还有1人没有记"):
        station.act("lin", "posting", posting, "settle", settlement="transfer")
    worked(station, fourth["id"], "08:40", "17:00", break_minutes=60)
    assert station.show("lin", "application", fourth["id"])["minutes"] == 440
    station.act("lin", "posting", posting, "settle", settlement="transfer")
    lines = of(station, posting_id=posting)
    assert {line["application_id"] for line in lines} == {first, second, third, fourth["id"]}
    assert {(line["net"], line["state"], line["due_on"]) for line in lines} == {("220.00", "owed", "2026-11-27")}
    with pytest.raises(RefusedError, match="还有4笔工资没有发放"):
        station.act("lin", "posting", posting, "complete")
    for line in lines:
        station.act("lin", "wage_line", line["id"], "pay", paid_way="transfer", proof_kind="voucher", proof="2026112800017")
    station.act("lin", "posting", posting, "complete")
    with pytest.raises(RefusedError, match="不能作废"):
        station.act("lin", "application", first, "void", "登错了")


def test_a_line_has_every_item_of_the_regulation_and_shows_no_number_openly(station: Station) -> None:
    """保障农民工工资支付条例 article 15."""
    posting = published(station, **DAY)
    application = placed(station, posting, PEOPLE[0])
    with pytest.raises(RefusedError, match="到过岗"):
        station.add("lin", "wage_line", {"application_id": application})
    at(station, 18)
    worked(station, application)
    with pytest.raises(InvalidError, match="deduction_note"):
        station.add("lin", "wage_line", {"application_id": application, "withheld": "10"})
    with pytest.raises(RefusedError, match="百分之二十"):
        station.add("lin", "wage_line", {"application_id": application, "deducted": "60", "deduction_note": "损坏推车"})
    line = station.add("lin", "wage_line", {
        "application_id": application, "overtime": "30", "allowance": "15.50", "withheld": "10", "paid_over": "5",
        "deducted": "20", "deduction_note": "代扣保险10、代缴5、损坏推车20",
    })  # fmt: skip
    shown = station.show("lin", "wage_line", line)
    assert {name: shown[name] for name in ("base", "gross", "net", "to_pay")} == {
        "base": "220.00", "gross": "265.50", "net": "230.50", "to_pay": "230.50",
    }  # fmt: skip
    assert (shown["worker_name"], shown["identity_number"], shown["phone"]) == ("林*强", "350603********331X", "137****1111")
    assert (shown["starts_at"], shown["ends_at"], shown["minutes"]) == (
        "2026-11-24T00:02:00.000Z", "2026-11-24T09:11:00.000Z", 549)
    assert shown["posting_number"].startswith("LG")
    found = {login: {hit.kind for hit in station[login].read(search, "林志强")} for login in ("lin", "chen")}
    assert ("wage_line" in found["lin"], "wage_line" in found["chen"]) == (True, False)  # a mediator has no ``job.wage``
    with pytest.raises(RefusedError, match="已经记过"):
        station.add("lin", "wage_line", {"application_id": application})
    with pytest.raises(RefusedError, match="第十五条"):
        station.edit("lin", "wage_line", line, {"allowance": "0"})
    with pytest.raises(RefusedError, match="第十五条"):
        station.act("lin", "wage_line", line, "void", "不要了")


def test_a_correction_takes_the_line_back_and_says_what_is_right(station: Station) -> None:
    posting = published(station, **DAY)
    application = placed(station, posting, PEOPLE[0])
    at(station, 18)
    worked(station, application)
    line = station.add("lin", "wage_line", {"application_id": application})
    with pytest.raises(RefusedError, match="缺少"):
        station.act("lin", "wage_line", line, "pay", paid_way="cash")
    with pytest.raises(InvalidError, match="今天"):
        station.act("lin", "wage_line", line, "pay", paid_way="cash", proof_kind="signature", proof="签收", paid_on="2026-11-25")
    station.act("lin", "wage_line", line, "pay", paid_way="cash", proof_kind="signature", proof="工资单已签")
    with pytest.raises(RefusedError):
        station.act("lin", "wage_line", line, "correct", overtime="40")
    station.act("lin", "wage_line", line, "correct", "加班两小时没有算", overtime="40")
    wrong, back, right = of(station, application_id=application)
    assert [each["state"] for each in (wrong, back, right)] == ["reversed", "cleared", "owed"]
    assert [each["net"] for each in (wrong, back, right)] == ["220.00", "-220.00", "260.00"]
    assert (back["reverses"], right["paid_before"], right["to_pay"]) == (line, "220.00", "40.00")
    assert [each["id"] for each in (wrong, back, right)] == [wages.line_id(application, n) for n in range(3)]
    with pytest.raises(RefusedError, match="冲销"):
        station.act("lin", "wage_line", back["id"], "correct", "再改")
    station.act("lin", "wage_line", right["id"], "correct", "原来没有加班", overtime="")
    again = of(station, application_id=application)[-1]
    assert (again["entry"], again["net"], again["to_pay"], again["state"]) == (4, "220.00", "0.00", "cleared")


def test_unpaid_wages_stand_in_the_order_of_their_last_day(station: Station) -> None:
    posting = published(station, **DAY)
    applications = [placed(station, posting, who) for who in PEOPLE[:3]]
    at(station, 18)
    for each, agreed in zip(applications, ("2026-12-06", "2026-11-24", "2026-11-30"), strict=True):
        worked(station, each)
        station.add("lin", "wage_line", {"application_id": each, "agreed_on": agreed})
    at(station, 9, day=26)
    page = station["lin"].read(queries.unpaid_wages, None, 2)
    assert [(row.due_on, row.days_left) for row in page.rows] == [(date(2026, 11, 24), -2), (date(2026, 11, 30), 4)]
    (last,) = station["lin"].read(queries.unpaid_wages, page.after, 2).rows
    assert (last.due_on, last.worker, last.kept_until) == (date(2026, 12, 4), "林*强", date(2029, 12, 4))
    with pytest.raises(RefusedError):
        station["chen"].read(queries.unpaid_wages)


@pytest.mark.parametrize(
    ("agreed", "due"), [("2026-10-02", "2026-09-30"), ("2026-10-10", "2026-10-10"), ("2026-02-23", "2026-02-14")]
)
def test_a_wage_that_falls_on_a_day_off_is_due_before_it(agreed: str, due: str) -> None:
    """保障农民工工资支付条例 article 14: the opposite of every other deadline; swapped working days count (B6.5)."""
    assert wages.due(date.fromisoformat(agreed), shipped()) == (date.fromisoformat(due), False)


@given(st.integers(1, 10**7), st.integers(1, 1440))
def test_pay_by_the_hour_is_rounded_half_up_to_the_fen(fen: int, minutes: int) -> None:
    rate = Decimal(fen) / 100
    exact = rate * minutes / 60
    off = wages.base_of("hour", rate, None, minutes) - exact
    assert -Decimal("0.005") < off <= Decimal("0.005")
    assert wages.base_of("hour", Decimal("20.10"), None, 9) == Decimal("3.02")  # 3.015


def test_what_is_left_after_a_loss_was_made_good_is_not_below_the_least_wage(station: Station) -> None:
    """工资支付暂行规定 article 16: a fifth at most, and never below the local least wage (nine hours and nine minutes here)."""
    posting = published(station, **DAY)
    application = placed(station, posting, PEOPLE[0])
    at(station, 18)
    worked(station, application)
    least = wages.least_for("350602002004", date(2026, 11, 24), "day", Decimal(1), 549)
    assert least is not None
    assert Decimal("176.00") < least < Decimal("220.00")  # within a fifth, and still too much
    fields = {"application_id": application, "deduction_note": "损坏推车"}
    with pytest.raises(RefusedError, match="最低工资"):
        station.add("lin", "wage_line", fields | {"deducted": str(Decimal("220.01") - least)})
    line = station.add("lin", "wage_line", fields | {"deducted": str(Decimal("220.00") - least)})
    assert station.show("lin", "wage_line", line)["net"] == str(least)
