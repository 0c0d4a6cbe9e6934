"""Office hours that a station sets: from a day on, nearest office first, and what is due before that day stays."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from tests.zzdesk.conftest import Station
from zzdesk.calendar.deadlines import working_minutes
from zzdesk.calendar.hours import DEFAULT_HOURS, OfficeHours, read_hours, write_hours
from zzdesk.calendar.records import calendar_for
from zzdesk.calendar.tables import TableError, parse
from zzdesk.clock import OFFICE_TIME, from_iso, local
from zzdesk.desk import office
from zzdesk.errors import InvalidError, NotFoundError, RefusedError

SUMMER = OfficeHours.read("08:00-12:00,15:00-18:00")
STREET, COMMUNITY = "350602002", "350602002004"
JULY = date(2026, 7, 1)


def _record(place: str, start: date, version: int, hours: OfficeHours) -> tuple[str, dict[str, str]]:
    return place, {"days": write_hours(start, version, hours)}


def test_hours_are_read_as_they_were_written_and_are_no_table_to_older_programs() -> None:
    text = write_hours(JULY, 3, SUMMER)
    kept = read_hours(text, 12)
    assert kept is not None
    assert (kept.start, kept.version, kept.hours) == (JULY, 3, SUMMER)
    with pytest.raises(TableError):
        parse(text)
    assert read_hours(text.strip(), 12) == kept, "a record keeps its text without the last line's end"
    for broken in ("", text + "x", text.replace("07-01", "13-01"), text.replace("12:00", "07:00")):
        assert read_hours(broken, 12) is None


def test_the_later_day_then_the_nearer_office_then_the_later_version_counts() -> None:
    other = OfficeHours.read("09:00-17:00")
    street, own = _record(STREET, JULY, 9, other), _record(COMMUNITY, JULY, 1, SUMMER)
    assert calendar_for(COMMUNITY, [street, own]).hours_on(JULY) == SUMMER
    assert calendar_for("350602002005", [street, own]).hours_on(JULY) == other
    assert calendar_for(COMMUNITY, [street, own]).hours_on(JULY - timedelta(days=1)) == DEFAULT_HOURS
    later = _record(COMMUNITY, JULY, 2, DEFAULT_HOURS)
    assert calendar_for(COMMUNITY, [own, later]).hours_on(JULY) == DEFAULT_HOURS
    back = _record(STREET, date(2026, 10, 1), 1, DEFAULT_HOURS)
    assert calendar_for(COMMUNITY, [own, back]).hours_on(date(2026, 10, 9)) == DEFAULT_HOURS


def test_each_day_is_counted_by_its_own_hours() -> None:
    calendar = calendar_for(COMMUNITY, [_record(COMMUNITY, JULY, 1, SUMMER)])
    start = datetime(2026, 6, 30, 16, 30, tzinfo=OFFICE_TIME)
    assert working_minutes(calendar, start, 120).at == datetime(2026, 7, 1, 9, 0, tzinfo=OFFICE_TIME)
    assert working_minutes(calendar, start, 120, hours=DEFAULT_HOURS).at == datetime(2026, 7, 1, 9, 30, tzinfo=OFFICE_TIME)


def test_a_station_changes_its_hours_from_a_day_on_and_what_was_due_before_stays(station: Station) -> None:
    station.clock.set(datetime(2026, 6, 29, 16, 30, tzinfo=OFFICE_TIME))
    soon, late = (station.add("zhuang", "report", {"title": "漏水", "category": "drainage", "due_rule": f"working-hours:{n}"})
                  for n in (2, 9))  # fmt: skip
    before = [station.show("zhuang", "report", each)["due_at"] for each in (soon, late)]
    desk = station["zhuang"]
    with pytest.raises(RefusedError, match="明天"):
        office.change_hours(desk, "2026-06-29", str(SUMMER))
    with pytest.raises(InvalidError):
        office.change_hours(desk, "7月1日", str(SUMMER))
    with pytest.raises(RefusedError):
        office.change_hours(station["yan"], "2026-07-01", str(SUMMER))
    assert office.change_hours(desk, "2026-07-01", str(SUMMER)) == 1
    after = [station.show("zhuang", "report", each)["due_at"] for each in (soon, late)]
    assert after[0] == before[0], "due on 30 June: the old hours' day"
    assert [local(from_iso(at)).strftime("%m-%d %H:%M") for at in (before[1], after[1])] == ["07-01 10:00", "07-01 09:30"]
    with pytest.raises(RefusedError, match="本来"):
        office.change_hours(desk, "2026-07-02", str(SUMMER))
    shown = desk.read(office.office)
    assert [(each.start, each.text) for each in shown.hours] == [(None, str(DEFAULT_HOURS)), (JULY, str(SUMMER))]
    assert shown.today.start is None


TABLE = """year 2027
version 1
source 国务院办公厅关于2027年部分节假日安排的通知（演练）
2027-01-01..2027-01-03 holiday 元旦
2026-12-26 workday 元旦
"""


def test_an_import_is_looked_at_before_anything_changes(station: Station, tmp_path: Path) -> None:
    source = tmp_path / "2027.txt"
    source.write_text(TABLE, "utf-8")
    desk = station["zhuang"]
    look = desk.read(office.look_at, source)
    assert (look.held, [(c.day.isoformat(), c.before, c.after, c.name) for c in look.changes]) == (None, [
        ("2026-12-26", False, True, "元旦"), ("2027-01-01", True, False, "元旦"),
    ])  # fmt: skip
    assert max(year.year for year in desk.read(office.office).years) == 2026, "nothing was taken in"
    assert office.take(desk, look.table) == 0
    assert (desk.read(office.office).years[-1].year, desk.read(office.office).years[-1].origin) == (2027, "import")
    again = desk.read(office.look_at, source)
    assert (again.held, again.changes) == (1, ())
    source.write_text("year 2027\n2027-13-01 holiday 元旦\n", "utf-8")
    with pytest.raises(TableError, match="第 2 行"):
        desk.read(office.look_at, source)
    with pytest.raises(NotFoundError):
        desk.read(office.look_at, tmp_path / "没有.txt")
