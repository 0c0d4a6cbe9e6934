"""Checking in at a point of a route: by the code that hangs there, by where one is; what is too far is said and kept."""

from __future__ import annotations

from typing import Any

import pytest

from tests.zzdesk.conftest import Station
from zzdesk.errors import InvalidError, RefusedError
from zzdesk.patrol import checkins
from zzdesk.patrol.tasks import start_patrol

ROUTE = {"name": "古城线", "check_points": ["文庙@24.51190/117.65540", "东桥亭"]}
TASK = {"title": "古城夜巡", "places": 3, "starts_at": "2026-11-23T08:00:00+08:00", "ends_at": "2026-11-23T12:00:00+08:00"}


@pytest.fixture
def asked(station: Station) -> dict[str, str]:
    """A task on a route with two points, begun an hour ago, and two sign-ups."""
    made = {"segment": station.add("lin", "segment", ROUTE)}
    made["task"] = station.add("lin", "task", TASK | {"segment_id": made["segment"]})
    for who, phone in (("one", "13912340001"), ("two", "13912340002")):
        volunteer = station.add("lin", "volunteer", {"name": "林志强" if who == "one" else "陈小燕", "phone": phone})
        made[who] = station.add("lin", "signup", {"task_id": made["task"], "volunteer_id": volunteer})
    return made


def come(station: Station, signup: str, reason: str = "现场补录", **fields: Any) -> dict[str, Any]:
    station.act("lin", "signup", signup, "check-in", reason, **fields)
    return station.show("lin", "signup", signup)


def test_the_code_that_hangs_there_is_known_without_a_network_however_it_is_typed(
    station: Station, asked: dict[str, str]
) -> None:
    code = checkins.code_of(asked["segment"], "文庙")
    assert len(checkins.plain(code)) == 8
    spoilt = checkins.code_of("another route", "文庙")
    with pytest.raises(RefusedError, match="不是这条路线的签到码"):
        come(station, asked["one"], code=spoilt)
    full_width = "".join(chr(ord(sign) + 0xFEE0) for sign in code.lower())
    kept = come(station, asked["one"], code=f" {full_width} ")
    assert (kept["check_way"], kept["check_point"], kept["state"]) == ("qr", "文庙", "present")
    assert kept.get("check_distance") is None


def test_signs_that_are_read_for_others_do_no_harm() -> None:
    codes = [checkins.code_of("route", f"点{n}") for n in range(200)]
    assert len(set(codes)) == 200
    points = [checkins.Point(f"点{n}") for n in range(200)]
    for n, code in enumerate(codes):
        misread = code.replace("O", "0").replace("I", "1").replace("B", "8").replace("G", "9")
        found = checkins.by_code("route", points, misread)
        assert found is not None
        assert found.name == f"点{n}"


def test_where_one_is_is_measured_and_kept(station: Station, asked: dict[str, str]) -> None:
    kept = come(station, asked["one"], latitude="24.5123", longitude="117.6554", check_source="photo")
    assert (kept["check_way"], kept["check_point"], kept["check_distance"], kept["check_source"]) == ("gps", "文庙", 44, "photo")
    assert "24.5123" not in str(kept)  # where a person was is covered like everything about them


def test_too_far_is_no_silent_pass_and_is_kept_with_its_reason(station: Station, asked: dict[str, str]) -> None:
    far = {"latitude": "24.5160", "longitude": "117.6554", "point": "文庙"}
    seen = checkins.look(asked["segment"], ROUTE["check_points"], far)
    assert seen.doubt is not None
    assert seen.doubt.text() == "离“文庙”约 456 米，超过 100 米；确在现场的，写明理由"
    kept = come(station, asked["one"], "路口封了，从后门进", **far)
    assert (kept["check_distance"], kept["reason"], kept["state"]) == (456, "路口封了，从后门进", "present")


def test_whoever_has_a_place_is_stopped_by_the_distance_alone(station: Station, asked: dict[str, str]) -> None:
    volunteer = station.add("lin", "volunteer", {"name": "黄明", "phone": "13912340003"})
    until = {"title": "自发巡逻", "ends_at": "2026-11-23T12:00:00+08:00", "segment_id": asked["segment"]}
    here = {"latitude": "24.5160", "longitude": "117.6554"}
    with pytest.raises(RefusedError, match="约 456 米"):
        station["lin"].write(start_patrol, until, [volunteer], here)
    station["lin"].write(start_patrol, until, [volunteer], here | {"latitude": "24.5119"})
    assert station.rows("lin", "signup", volunteer_id=volunteer)[0]["check_distance"] == 0


def test_a_point_without_a_place_and_a_place_that_is_none(station: Station, asked: dict[str, str]) -> None:
    here = {"latitude": "24.5119", "longitude": "117.6554"}
    kept = come(station, asked["one"], "还没有量", point="东桥亭", **here)
    assert (kept["check_way"], kept["check_point"], kept["reason"]) == ("gps", "东桥亭", "还没有量")
    assert kept.get("check_distance") is None
    for wrong in ({"latitude": "北纬", "longitude": "1"}, {"latitude": "91", "longitude": "1"}, here | {"point": "没有的点"}):
        with pytest.raises(InvalidError):
            come(station, asked["two"], **wrong)
    assert come(station, asked["two"])["check_way"] == "list"


def test_distances_on_the_earth() -> None:
    assert checkins.metres((24.5119, 117.6554), (24.5119, 117.6554)) == 0
    assert 111_100 < checkins.metres((24.0, 117.0), (25.0, 117.0)) < 111_300
    assert checkins.points_of(["文庙@24.5/117.6", "坏@这里", "东桥亭"]) == (
        checkins.Point("东桥亭"), checkins.Point("坏"), checkins.Point("文庙", 24.5, 117.6))
