"""Deadlines worked out by others: the vectors of domain/2-rules.md B6.5 and the dates of D02, D04, D08 and D10."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from zzdesk.calendar import deadlines
from zzdesk.calendar.days import Calendar, DayKind
from zzdesk.calendar.hours import DEFAULT_HOURS, OfficeHours
from zzdesk.calendar.result import Deadline, Why, end_of
from zzdesk.calendar.spans import Span
from zzdesk.calendar.tables import shipped
from zzdesk.clock import OFFICE_TIME, to_iso
from zzdesk.errors import InvalidError

CALENDAR = shipped()
SWAPPED_2026 = ("01-04", "02-14", "02-28", "05-09", "09-20", "10-10")
HOLIDAYS_2026 = (
    "01-01", "01-02", "02-16", "02-17", "02-18", "02-19", "02-20", "02-23", "04-06", "05-01", "05-04", "05-05",
    "06-19", "09-25", "10-01", "10-02", "10-05", "10-06", "10-07",
)  # fmt: skip


def _day(text: str) -> date:
    return date.fromisoformat(f"2026-{text}")


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=OFFICE_TIME)


def test_the_days_of_2026_are_those_of_the_schedule() -> None:
    days = [date(2026, 1, 1) + timedelta(days=n) for n in range(365)]
    swapped = [f"{day:%m-%d}" for day in days if CALENDAR.day(day).kind is DayKind.SWAPPED]
    off = [f"{day:%m-%d}" for day in days if day.weekday() < 5 and CALENDAR.day(day).kind is DayKind.HOLIDAY]
    assert swapped == list(SWAPPED_2026)
    assert off == list(HOLIDAYS_2026)


@pytest.mark.parametrize(("start", "amount", "due"), [
    ("02-13", 2, "02-24"), ("02-13", 5, "02-27"), ("02-13", 10, "03-05"), ("04-30", 2, "05-07"),
    ("09-24", 5, "10-09"), ("09-30", 5, "10-13"), ("11-23", 15, "12-14"),
])  # fmt: skip
def test_working_days(start: str, amount: int, due: str) -> None:
    found = deadlines.working_days(CALENDAR, _day(start), amount)
    assert (found.due, found.raw, found.provisional) == (_day(due), _day(due), False)
    assert [line.n for line in found.lines if line.counted] == list(range(1, amount + 1))


@pytest.mark.parametrize(("effective", "raw", "extended"), [
    ("01-20", "02-19", "02-24"), ("01-31", "03-02", "03-02"), ("04-01", "05-01", "05-06"), ("08-27", "09-26", "09-28"),
    ("09-01", "10-01", "10-08"), ("11-23", "12-23", "12-23"),
])  # fmt: skip
def test_judicial_confirmation(effective: str, raw: str, extended: str) -> None:
    found = deadlines.confirmation(CALENDAR, _day(effective))
    assert (found.raw, found.due, found.provisional) == (_day(raw), _day(extended), False)


def test_an_extension_counts_from_the_old_last_day() -> None:
    """D02: three working days more from 02-27; the Saturday 02-28 is worked."""
    found = deadlines.working_days(CALENDAR, _day("02-13"), 5, extended=3)
    assert found.due == _day("03-03")
    assert [f"{line.day.date:%m-%d}" for line in found.lines if (line.n or 0) > 5] == ["02-28", "03-02", "03-03"]


def test_why_names_every_day_with_its_kind() -> None:
    """D02: the panel lists every day."""
    lines = deadlines.working_days(CALENDAR, _day("02-13"), 5).lines
    assert [line.day.date for line in lines] == [_day("02-13") + timedelta(days=n) for n in range(15)]
    assert [line.why for line in lines] == [Why.START, Why.COUNTED, *[Why.HOLIDAY] * 9, *[Why.COUNTED] * 4]
    assert lines[1].day.kind is DayKind.SWAPPED
    assert {line.day.name for line in lines[2:11]} == {"春节"}


@pytest.mark.parametrize(("agreed", "due"), [("10-02", "09-30"), ("10-10", "10-10"), ("02-15", "02-14"), ("03-01", "02-28")])
def test_wages_are_paid_before_a_day_off(agreed: str, due: str) -> None:
    """D08, and a Sunday before which the Saturday is worked."""
    found = deadlines.wage(CALENDAR, _day(agreed))
    assert (found.raw, found.due) == (_day(agreed), _day(due))


def test_thirty_days_of_mediation() -> None:
    """D04: accepted on 01-06."""
    assert deadlines.natural_days(CALENDAR, _day("01-06"), 30).due == _day("02-05")


def test_a_year_without_a_table_is_computed_by_its_weekends_and_says_so() -> None:
    found = deadlines.working_days(CALENDAR, _day("12-29"), 5)
    assert (found.due, found.provisional, found.missing_years) == (date(2027, 1, 5), True, (2027,))
    assert [line.day.known for line in found.lines] == [line.day.date.year == 2026 for line in found.lines]


def test_days_between_need_no_table_where_all_days_count() -> None:
    found = deadlines.natural_days(Calendar(), date(2026, 12, 28), 30)
    assert found.missing_years == (2027,)
    assert not deadlines.natural_days(CALENDAR, date(2026, 1, 5), 30).provisional


def test_office_hours_over_a_break_and_a_holiday() -> None:
    found = deadlines.working_minutes(CALENDAR, _at("2026-02-13T16:40"), 8 * 60)
    assert found.at == _at("2026-02-24T09:10")
    assert [line.minutes for line in found.lines if line.counted] == [50, 390, 40]


def test_what_ends_with_the_office_is_not_carried_to_the_next_day() -> None:
    assert deadlines.working_minutes(CALENDAR, _at("2026-03-03T14:30"), 180).at == _at("2026-03-03T17:30")


def test_a_start_after_hours_says_so() -> None:
    found = deadlines.working_minutes(CALENDAR, _at("2026-03-03T18:00"), 30)
    assert (found.at, found.lines[0].why) == (_at("2026-03-04T09:00"), Why.AFTER_HOURS)


def test_a_pause_takes_its_own_office_minutes() -> None:
    pause = Span(_at("2026-03-03T09:00"), _at("2026-03-03T10:30"))
    found = deadlines.working_minutes(CALENDAR, _at("2026-03-03T08:30"), 60, suspended=[pause])
    assert found.at == _at("2026-03-03T11:00")


def test_ten_minutes_need_no_calendar() -> None:
    """D10: accepted at 15:32:10."""
    assert deadlines.minutes(_at("2026-05-09T15:32:10"), 10).at == _at("2026-05-09T15:42:10")


def test_a_day_ends_at_midnight_in_zhangzhou() -> None:
    assert to_iso(end_of(_day("02-27"))) == "2026-02-27T15:59:59.999Z"


def _texts(found: Deadline) -> list[Why]:
    return [line.why for line in found.lines]


def test_a_pause_on_the_day_to_which_it_moves_moves_it_on() -> None:
    pause = Span.of_days(_day("02-24"), _day("02-26"))
    found = deadlines.natural_days(CALENDAR, _day("01-20"), 30, suspended=[pause])
    assert (found.raw, found.due) == (_day("02-19"), _day("02-26"))
    assert _texts(found)[-3:] == [Why.SUSPENDED, Why.SUSPENDED, Why.ROLLED_TO]


@pytest.mark.parametrize("text", ["", "8-9", "12:00-08:30", "08:30-12:00,11:00-13:00", "08:30", "nonsense"])
def test_office_hours_that_make_no_sense(text: str) -> None:
    with pytest.raises(InvalidError):
        OfficeHours.read(text)


def test_office_hours_are_read_as_they_are_written() -> None:
    assert OfficeHours.read(str(DEFAULT_HOURS)) == DEFAULT_HOURS


@pytest.mark.parametrize("amount", [0, -1, 99999])
def test_amounts_out_of_range(amount: int) -> None:
    with pytest.raises(InvalidError):
        deadlines.working_days(CALENDAR, _day("02-13"), amount)


@pytest.mark.parametrize("year", [1999, 2200])
def test_years_out_of_range(year: int) -> None:
    with pytest.raises(InvalidError):
        deadlines.working_days(CALENDAR, date(year, 2, 13), 1)
