"""The contact day with enterprises: always the 15th, a word on the working day before; visits, needs and what became of them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.zzdesk.conftest import Station
from tests.zzdesk.jobs.test_jobs import FIRM, PAPERS
from zzdesk.calendar.tables import shipped
from zzdesk.errors import InvalidError, RefusedError
from zzdesk.jobs import commands, contact, queries
from zzdesk.jobs import contact_calendar as days
from zzdesk.jobs.queries import ContactFilter, PlannedDay

VECTORS = {  # domain rules B6.5: 02-14 is a working Saturday, 05-15 a Friday, 08-15 a Saturday, 11-15 a Sunday
    "2026-01": ("2026-01-14", "workday"), "2026-02": ("2026-02-14", "holiday"), "2026-03": ("2026-03-13", "weekend"),
    "2026-05": ("2026-05-14", "workday"), "2026-08": ("2026-08-14", "weekend"), "2026-10": ("2026-10-14", "workday"),
    "2026-11": ("2026-11-13", "weekend"),
}  # fmt: skip
PHONE = "13605961234"


@pytest.mark.parametrize("month", VECTORS)
def test_the_day_stays_and_the_reminder_is_on_the_working_day_before(month: str) -> None:
    called = days.reminder(shipped(), days.contact_day(month))
    assert days.contact_day(month).isoformat() == f"{month}-15"
    assert (called.on.isoformat(), called.kind, called.provisional) == (*VECTORS[month], False)


def test_without_a_table_the_reminder_is_provisional() -> None:
    called = days.reminder(shipped(), days.contact_day("2027-08"))
    assert (called.on, called.kind, called.provisional) == (date(2027, 8, 13), "weekend", True)


@given(st.dates(date(2004, 2, 1), date(2098, 11, 30)))
def test_no_working_day_lies_between_the_reminder_and_the_day(any_day: date) -> None:
    calendar, day = shipped(), days.contact_day(days.month_of(any_day))
    on = days.reminder(calendar, day).on
    assert on < day
    assert calendar.works(on)
    assert not any(calendar.works(on + timedelta(days=n)) for n in range(1, (day - on).days))
    assert days.shifted(days.shifted(days.month_of(any_day), 7), -7) == days.month_of(any_day)


@given(st.sampled_from([*days.STATES, days.NONE]), st.integers(-40, 40), st.integers(0, 3), st.integers(0, 3))
def test_every_day_has_one_next_thing_and_only_what_is_over_has_none(state: str, off: int, made: int, left: int) -> None:
    day = date(2026, 11, 15)
    standing, today = days.Standing(state, day, made + left, left), day + timedelta(days=off)
    following = days.next_of(standing, today)
    assert following in days.NEXT
    assert (following == "nothing") == (state in (days.CLOSED, days.SKIPPED))
    assert (days.shown_state(standing, today) == days.MISSED) == (off > 0 and state in (days.NONE, days.PREPARING))
    if off < 0:
        assert following not in ("hold", "explain")


def at(station: Station, day: int, month: int = 12, hour: int = 9) -> None:
    station.clock.set(datetime(2026, month, day, hour - 8, tzinfo=UTC))


def firm(station: Station, **more: object) -> str:
    return station.add("lin", "employer", FIRM | PAPERS | more)


def planned(station: Station, month: str = "2026-12") -> PlannedDay:
    return next(each for each in station["lin"].read(queries.planned_days) if each.month == month)


def test_a_day_is_prepared_held_and_closed_and_says_what_is_next_all_the_way(station: Station) -> None:
    """The clock stands on 23 November 2026: the November day was before anybody planned, so it was not missed."""
    lin = station["lin"]
    assert [each.month for each in lin.read(queries.planned_days)] == ["2026-12", "2027-01", "2027-02"]
    assert (planned(station).state, planned(station).next) == ("none", "prepare")
    assert lin.read(queries.contact_reminder).day is None
    day = station.add("lin", "contact_day", {"month": "2026-12", "plan": "走访三家用工大户"})
    assert day == planned(station).id
    with pytest.raises(RefusedError, match="已经准备过"):
        station.add("lin", "contact_day", {"month": "2026-12"})
    assert planned(station).next == "plan-visits"
    visit = station.add("lin", "employer_visit", {"employer_id": firm(station), "contact_day_id": day})
    assert station.show("lin", "employer_visit", visit)["visit_on"] == "2026-12-15"
    assert planned(station).next == "wait"
    with pytest.raises(RefusedError, match="还没到联企日"):
        station.act("lin", "contact_day", day, "hold")
    at(station, 14)
    said = lin.read(queries.contact_reminder)
    assert said.day is not None
    assert (said.day.month, said.day.next, said.day.remind_on) == ("2026-12", "wait", date(2026, 12, 14))
    at(station, 15)
    assert planned(station).next == "hold"
    station.act("lin", "contact_day", day, "hold")
    assert planned(station).next == "record-visits"
    with pytest.raises(RefusedError, match="还有1家"):
        station.act("lin", "contact_day", day, "close", results="谈了用工")
    with pytest.raises(RefusedError, match="visitors"):
        station.act("lin", "employer_visit", visit, "make", notes="缺装卸工", met_name="陈志强")
    station.act("lin", "employer_visit", visit, "make", notes=f"缺装卸工，联系{PHONE}", met_name="陈志强", met_phone=PHONE,
                visitors=[lin.actor.account_id])
    station.add("lin", "employer_need", {"employer_visit_id": visit, "title": "装卸工", "people": 4})
    assert (planned(station).next, planned(station).made, planned(station).needs) == ("close", 1, 1)
    with pytest.raises(RefusedError, match="results"):
        station.act("lin", "contact_day", day, "close")
    station.act("lin", "contact_day", day, "close", results="走访一家，收到用工需求一项")
    assert (planned(station).state, planned(station).next) == ("closed", "nothing")
    with pytest.raises(RefusedError, match="定稿"):
        station.edit("lin", "contact_day", day, {"results": "别的"})
    with pytest.raises(RefusedError, match="已经结束"):
        station.add("lin", "employer_visit", {"employer_id": firm(station, credit_code="92350603MA8TQ4567A"),
                                              "contact_day_id": day})
    with pytest.raises(RefusedError, match="不能作废"):
        station.act("lin", "contact_day", day, "void", "不要了")
    (row,) = lin.read(queries.list_visits, ContactFilter(contact_day_id=day)).rows
    assert (row.met, PHONE in repr(row)) == ("陈*强", False)
    assert PHONE not in repr(lin.read(queries.detail, "employer_visit", visit).fields)


def test_a_day_that_nobody_speaks_of_is_missed_until_somebody_says_why(station: Station) -> None:
    lin = station["lin"]
    station.add("lin", "contact_day", {"month": "2026-10"})
    lin.write(commands.skip_month, "2026-10", "台风")
    said = lin.read(queries.contact_reminder)  # nobody prepared November, and by then they did plan
    assert said.day is not None
    assert (said.day.month, said.day.exists, said.day.next) == ("2026-11", False, "explain")
    station.add("lin", "contact_day", {"month": "2026-11"})
    missed = planned(station, "2026-11")
    assert (missed.state, missed.next) == ("missed", "explain")
    said = lin.read(queries.contact_reminder)
    assert (said.missed, said.day and said.day.month) == (1, "2026-11")
    at(station, 20)
    lin.write(commands.skip_month, "2026-12", "台风停工")  # nobody had prepared it
    assert planned(station).state == "skipped"
    assert station.show("lin", "contact_day", planned(station).id)["reason"] == "台风停工"
    with pytest.raises(RefusedError, match="reason"):
        station.act("lin", "contact_day", missed.id, "skip")
    station.act("lin", "contact_day", missed.id, "hold")  # it was held, and nobody had written it down
    assert planned(station, "2026-11").next == "close"
    assert lin.read(queries.contact_reminder).missed == 0


@pytest.mark.parametrize("month", ["2026-13", "2026-1", "十二月", "0000-01", ""])
def test_a_month_is_a_month(station: Station, month: str) -> None:
    with pytest.raises(InvalidError, match="month"):
        station.add("lin", "contact_day", {"month": month})


def test_a_need_for_people_becomes_one_draft_of_that_enterprise(station: Station) -> None:
    lin, employer = station["lin"], firm(station)
    other = station.add("lin", "employer_need", {"employer_id": employer, "need_kind": "training", "title": "消防培训"})
    need = station.add("lin", "employer_need", {
        "employer_id": employer, "source": "phone", "title": "装卸工", "people": 4, "until": "2026-12-20", "details": "卸瓷砖"})
    with pytest.raises(RefusedError, match="只有用工需求"):
        lin.write(commands.post_need, other)
    posting = lin.write(commands.post_need, need).created[0]
    assert posting == contact.posting_id(need)
    draft, shown = station.show("lin", "posting", posting), station.show("lin", "employer_need", need)
    assert {name: draft[name] for name in ("state", "employer_id", "title", "headcount", "tasks", "valid_until")} == {
        "state": "draft", "employer_id": employer, "title": "装卸工", "headcount": 4, "tasks": "卸瓷砖",
        "valid_until": "2026-12-20"}  # fmt: skip
    assert draft["number"] == "LG" + shown["number"][2:] + "X"
    assert (shown["state"], shown["posting_id"], shown["handled_by"]) == ("in-hand", posting, lin.actor.account_id)
    with pytest.raises(RefusedError, match="已经转成"):
        station.act("lin", "employer_need", need, "post")
    with pytest.raises(RefusedError, match="reason"):
        station.act("lin", "employer_need", need, "fail")
    station.act("lin", "employer_need", need, "fail", "工资谈不拢")
    with pytest.raises(RefusedError, match="已经办结"):
        lin.write(commands.post_need, need)
    assert [row.title for row in lin.read(queries.list_needs, ContactFilter(("open", "in-hand"))).rows] == ["消防培训"]


def test_a_need_heard_on_a_visit_is_that_enterprises_and_what_is_to_be_done_has_an_owner_and_a_day(station: Station) -> None:
    lin, employer = station["lin"], firm(station)
    another = firm(station, credit_code="92350603MA8TQ4567A", name="另一家")
    visit = station.add("lin", "employer_visit", {"employer_id": employer, "visit_on": "2026-11-20"})
    with pytest.raises(RefusedError, match="同一家单位"):
        station.add("lin", "employer_need", {"employer_visit_id": visit, "employer_id": another, "title": "x"})
    with pytest.raises(InvalidError, match="owned_by"):
        station.add("lin", "visit_item", {"employer_visit_id": visit, "title": "送政策清单", "due_on": "2026-11-22"})
    item = station.add("lin", "visit_item", {
        "employer_visit_id": visit, "title": "送政策清单", "due_on": "2026-11-22", "owned_by": lin.actor.account_id})
    (row,) = lin.read(queries.items_of, visit)
    assert (row.days_left, lin.read(queries.contact_reminder).due) == (-1, 1)
    (shown,) = lin.read(queries.list_visits).rows
    assert (shown.items, shown.overdue) == (1, 1)
    station.act("lin", "visit_item", item, "finish", "当面送到")
    assert (lin.read(queries.contact_reminder).due, lin.read(queries.items_of, visit)[0].outcome) == (0, "当面送到")
    assert lin.read(queries.where_is, item) == ("employer_visit", visit)


def test_who_may_not_keep_contact_may_not_write(station: Station) -> None:
    employer = firm(station)
    for kind, fields in (
        ("contact_day", {"month": "2026-12"}), ("employer_visit", {"employer_id": employer, "visit_on": "2026-12-15"}),
        ("employer_need", {"employer_id": employer, "title": "x"}),
        ("giveback_entry", {"employer_id": employer, "giveback_kind": "money", "amount": "1", "what": "x", "purpose": "y"}),
    ):  # fmt: skip
        with pytest.raises(RefusedError, match="权限"):
            station.add("chen", kind, fields)
    assert station["chen"].read(queries.contact_reminder).day is None


def test_a_need_whose_posting_was_declared_void_becomes_another_one(station: Station) -> None:
    lin, employer = station["lin"], firm(station)
    need = station.add("lin", "employer_need", {"employer_id": employer, "title": "装卸工", "people": 4})
    numbers = []
    for times in range(3):
        posting = lin.write(commands.post_need, need).created[0]
        assert posting == contact.posting_id(need, times)
        assert station.show("lin", "employer_need", need)["posting_id"] == posting
        numbers.append(station.show("lin", "posting", posting)["number"])
        with pytest.raises(RefusedError, match="已经转成"):
            lin.write(commands.post_need, need)
        station.act("lin", "posting", posting, "void", "写错了单位要的人")
    assert [number[-2:] for number in numbers[1:]] == ["X2", "X3"]
    assert numbers[1][:-1] == numbers[0]


def test_a_visit_that_was_called_off_comes_back_only_where_it_could_be_planned(station: Station) -> None:
    day = station.add("lin", "contact_day", {"month": "2026-12"})
    about = {"employer_id": firm(station), "contact_day_id": day}
    first = station.add("lin", "employer_visit", about)
    station.act("lin", "employer_visit", first, "call-off", "负责人出差")
    second = station.add("lin", "employer_visit", about)
    with pytest.raises(RefusedError, match="已经在这个联企日"):
        station.act("lin", "employer_visit", first, "plan-again")
    station.act("lin", "employer_visit", second, "call-off", "负责人出差")
    station.act("lin", "employer_visit", first, "plan-again")
    station.act("lin", "employer_visit", first, "call-off", "停产")
    at(station, 15)
    station.act("lin", "contact_day", day, "hold")
    station.act("lin", "contact_day", day, "close", results="一家也没去成")
    with pytest.raises(RefusedError, match="已经结束"):
        station.act("lin", "employer_visit", first, "plan-again")
