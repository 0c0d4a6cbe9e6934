"""The ten minutes of 社区110: three moments, written down without a network (B4, D10)."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from tests.zzdesk.conftest import Station
from zzdesk.clock import OFFICE_TIME, to_iso
from zzdesk.errors import InvalidError, RefusedError
from zzdesk.reports import commands, queries
from zzdesk.reports.calls import ACCEPT, ARRIVE, DISPATCH, NO_CALL, Call, said, verdict

CALL = {"title": "楼道有人晕倒", "category": "public-safety", "source": "110"}


def _at(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-05-09T{text}").replace(tzinfo=OFFICE_TIME)


@pytest.fixture
def call(station: Station) -> str:
    station.clock.set(_at("15:32:10"))
    return station["zhuang"].write(commands.register, CALL).created[0]


def _mark(station: Station, report_id: str, action: str, at: str, **fields: str) -> Call:
    station.clock.set(_at(at))
    station["zhuang"].write(commands.act, report_id, action, fields)
    return station["zhuang"].read(queries.detail, report_id).call


def test_nine_minutes_forty(station: Station, call: str) -> None:
    """D10: accepted 15:32:10, people sent, there at 15:41:50."""
    _mark(station, call, ACCEPT, "15:32:10")
    sent = _mark(station, call, DISPATCH, "15:34:00", handler_unit="网格员、治安巡防队")
    assert (sent.next, sent.runs) == (ARRIVE, True)
    assert verdict(sent, _at("15:40:00")) == "7′50″，≤10分钟"
    there = _mark(station, call, ARRIVE, "15:41:50")
    assert there == Call(_at("15:32:10"), _at("15:34:00"), _at("15:41:50"))
    assert (there.next, there.runs, there.in_time(_at("23:00:00"))) == (None, False, True)
    assert verdict(there, _at("23:00:00")) == "9′40″，≤10分钟"
    assert [s.action for s in station["zhuang"].read(queries.detail, call).steps] == [ACCEPT, DISPATCH, ARRIVE]


def test_who_runs_first_writes_later(station: Station, call: str) -> None:
    _mark(station, call, ACCEPT, "15:50:00", happened_at=to_iso(_at("15:32:10")))
    _mark(station, call, DISPATCH, "15:51:00", happened_at=to_iso(_at("15:33:00")))
    late = _mark(station, call, ARRIVE, "15:52:00", happened_at=to_iso(_at("15:42:11")))
    assert verdict(late, _at("16:00:00")) == "10′01″，超过10分钟"


@pytest.mark.parametrize(("seconds", "in_time"), [(0, True), (599, True), (600, True), (601, False)])
def test_ten_minutes_are_ten_minutes(seconds: int, in_time: bool) -> None:
    start = _at("15:00:00")
    assert Call(start, start, start + timedelta(seconds=seconds)).in_time(start) is in_time


@pytest.mark.parametrize(("seconds", "text"), [(0, "0′00″"), (580, "9′40″"), (3725, "1:02′05″")])
def test_durations_are_read_from_a_stop_watch(seconds: int, text: str) -> None:
    assert said(timedelta(seconds=seconds)) == text


def test_what_has_not_begun_has_no_verdict() -> None:
    now = _at("15:00:00")
    assert (NO_CALL.taken(now), NO_CALL.in_time(now), verdict(NO_CALL, now)) == (None, None, "")


def test_the_order_is_kept(station: Station, call: str) -> None:
    for action in (DISPATCH, ARRIVE):
        with pytest.raises(RefusedError, match="要先接警"):
            _mark(station, call, action, "15:32:10")
    _mark(station, call, ACCEPT, "15:32:10")
    with pytest.raises(RefusedError, match="已经记过"):
        _mark(station, call, ACCEPT, "15:33:00")
    with pytest.raises(InvalidError, match="早于前一步"):
        _mark(station, call, DISPATCH, "15:33:00", happened_at=to_iso(_at("15:32:09")))
    with pytest.raises(InvalidError, match="晚于现在"):
        _mark(station, call, DISPATCH, "15:33:00", happened_at=to_iso(_at("15:34:01")))
    with pytest.raises(InvalidError, match="没有这个字段"):
        _mark(station, call, DISPATCH, "15:33:00", contact_phone="13800000000")


def test_what_has_ended_is_not_timed(station: Station, call: str) -> None:
    station["zhuang"].write(commands.void, call, "重复")
    with pytest.raises(RefusedError, match="已经结束"):
        _mark(station, call, ACCEPT, "15:33:00")
