"""The morning sheet: what is over, what is due today, what is new, who waits, who is on duty; one page, people masked."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.zzdesk.conftest import Station
from tests.zzdesk.reports.loops import go
from zzdesk.clock import OFFICE_TIME, to_iso
from zzdesk.desk import morning as sheet
from zzdesk.desk.morning import DueNow, Morning, morning
from zzdesk.errors import RefusedError
from zzdesk.reports.queries import ReportFilter, list_reports


def at(station: Station, text: str) -> None:
    station.clock.set(datetime.fromisoformat(text).replace(tzinfo=OFFICE_TIME))


def add(station: Station, title: str, limit: str = "10", **more: Any) -> str:
    fields = {"title": title, "category": "road", "due_rule": limit, "reporter_phone": "13805961234"}
    return station.add("lin", "report", fields | more)


def titles(found: Morning) -> dict[str, list[str]]:
    return {part.key: [row.title for row in part.rows] for part in found.parts}


def test_the_day_in_five_parts(station: Station) -> None:
    at(station, "2026-03-02T09:00")
    add(station, "已过期", "2")
    today = add(station, "今天到期", "5")
    add(station, "明天到期", "6")
    waiting = add(station, "等答复")
    go(station, today, "dispatch")
    at(station, "2026-03-08T10:00")
    add(station, "昨天来的，打13805961234")
    go(station, waiting, "inform")
    at(station, "2026-03-09T08:15")
    found = station["lin"].read(morning)
    assert titles(found) == {
        "overdue": ["已过期"], "today": ["今天到期"], "new": ["昨天来的，打138****1234"], "waiting": ["等答复"], "feedback": [],
    }  # fmt: skip
    assert (found.day.isoformat(), found.station) == ("2026-03-09", "西桥社区")
    assert found.units[today] == "城管中队"
    assert [part.total for part in found.parts] == [1, 1, 1, 1, 0]


def test_more_than_there_is_room_for_is_counted(station: Station) -> None:
    at(station, "2026-03-02T09:00")
    for n in range(11):
        add(station, f"第{n}件", "2")
    at(station, "2026-03-09T08:15")
    overdue = station["lin"].read(morning).parts[0]
    assert (len(overdue.rows), overdue.total) == (7, 11)


def test_who_is_on_duty_today_also_who_begins_later(station: Station) -> None:
    at(station, "2026-03-09T08:15")
    for name, start, end in (("林小明", 9, 17), ("陈大文", 0, 8), ("黄小川", 7, 12)):
        begins, ends = (datetime(2026, 3, 9, hour, tzinfo=OFFICE_TIME) for hour in (start, end))
        duty = {"grid": "一网格", "slot": "grid-worker-a", "name": name, "starts_at": to_iso(begins), "ends_at": to_iso(ends)}
        station.add("zhuang", "duty", duty)
    duty = station["zhuang"].read(morning).duty
    assert duty is not None
    assert sorted(each.who for each in duty) == ["林*明", "黄*川"]
    assert station["wu"].read(morning).duty is None


def test_the_first_page_says_how_much_is_over_and_due(station: Station) -> None:
    at(station, "2026-03-02T09:00")
    for title, limit in (("甲", "2"), ("乙", "5"), ("丙", "5"), ("丁", "6")):
        add(station, title, limit)
    at(station, "2026-03-09T08:15")
    assert station["lin"].read(sheet.due_now) == DueNow(1, 2)


def test_the_last_hour_is_told_once(station: Station) -> None:
    at(station, "2026-03-02T09:00")
    for title, limit in (("两小时", "2小时"), ("三小时", "3小时"), ("五天", "5")):
        add(station, title, limit)
    ended = add(station, "转走了", "2小时")
    station.act("lin", "report", ended, "refer", "不归本站管", referred_to="other", referred_target="区城管局")

    def told(since: str, now: str) -> list[str]:
        at(station, now)
        moment = datetime.fromisoformat(since).replace(tzinfo=OFFICE_TIME)
        return [row.title for row in station["lin"].read(sheet.last_hour, moment)]

    due = {row.title: row.due_at for row in station["lin"].read(list_reports, ReportFilter(by_due=True)).rows}
    assert due["两小时"] is not None
    first = due["两小时"].astimezone(OFFICE_TIME)
    assert told("2026-03-02T09:00", f"{first - timedelta(minutes=61):%Y-%m-%dT%H:%M}") == []
    begun = f"{first - timedelta(minutes=59):%Y-%m-%dT%H:%M}"
    assert told("2026-03-02T09:00", begun) == ["两小时"]
    assert told(begun, f"{first - timedelta(minutes=30):%Y-%m-%dT%H:%M}") == []


def test_a_list_is_printed_as_it_was_picked_or_filtered(station: Station, monkeypatch: pytest.MonkeyPatch) -> None:
    at(station, "2026-03-02T09:00")
    made = [add(station, title, limit) for title, limit in (("甲", "5"), ("乙", "2"), ("丙", "9"))]
    lin = station["lin"]
    assert [row.title for row in lin.read(sheet.listed, ReportFilter(by_due=True))] == ["乙", "甲", "丙"]
    assert [row.title for row in lin.read(sheet.listed, ReportFilter(), made[:2])] == ["甲", "乙"]
    monkeypatch.setattr(sheet, "MOST", 2)
    assert len(lin.read(sheet.listed, ReportFilter())) == 2


def test_what_left_the_desk_is_in_the_audit(station: Station) -> None:
    station["lin"].write(sheet.note_printed, "morning", 12, "paper")
    assert station.audit("report.list") == [{"sheet": "morning", "count": 12, "how": "paper"}]
    for query in (morning, lambda read: sheet.listed(read, ReportFilter())):
        with pytest.raises(RefusedError):
            station["guo"].read(query)


def test_a_place_that_cannot_be_written_to_is_told(tmp_path: Path) -> None:
    said = {"title": "早间清单", "subtitle": "", "foot": "", "fonts": ["Noto Sans CJK SC"], "lang": "zh", "size": 12}
    said |= {"parts": [], "one_page": True, "watermark": ""}
    with pytest.raises(RefusedError, match="换一个文件夹"):
        sheet.write_pdf(tmp_path / "none" / "a.pdf", "sheet", said)
    sheet.write_pdf(tmp_path / "a.pdf", "sheet", said)
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF")
