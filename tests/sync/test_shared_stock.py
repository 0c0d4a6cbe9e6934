"""One reward and one task of a street office, shared by two stations whose people stay their own (D09: two stations)."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

import zzdesk.catalogue  # noqa: F401 - every kind must be known
from sync.client.engine import sync_once
from tests.sync.stations import OTHER, STATION, NewDesk, held, parked
from zzdesk.clock import FixedClock
from zzdesk.desk.session import Desk
from zzdesk.patrol import commands, queries
from zzdesk.patrol.models import SignUp, Volunteer
from zzdesk.patrol.models_points import Redemption

STREET = STATION[:9]


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(datetime(2026, 5, 8, 2, 0, tzinfo=UTC))


@pytest.fixture
def offices(new_desk: NewDesk) -> tuple[Desk, Desk, Desk]:
    """The desk of the street, and one of each of two stations below it."""
    return new_desk("zhuang", station=STREET), new_desk("lin"), new_desk("chen", station=OTHER)


def meet(*desks: Desk) -> None:
    for desk in (*desks, *desks):
        sync_once(desk)


def volunteer(desk: Desk, name: str, points: int = 0) -> str:
    who: str = desk.write(commands.register_volunteer, {"name": name}).created[0]
    if points:
        desk.write(commands.adjust, who, points, "期初积分")
    return who


def test_two_stations_give_the_last_piece_of_the_street_away_offline(offices: tuple[Desk, Desk, Desk]) -> None:
    street, first, second = offices
    umbrella = street.write(commands.register_reward, {"name": "雨伞", "price": 5, "received": 1}).created[0]
    meet(street, first, second)
    people = [volunteer(first, "陈阿水", 10), volunteer(second, "林志强", 10)]
    for desk, who in zip((first, second), people, strict=True):
        desk.write(commands.redeem, {"reward_id": umbrella, "volunteer_id": who})
    meet(second, first, street)
    said = []
    for desk in (first, second):
        with desk.store.reader() as session:
            said.append(session.scalars(select(Redemption.standing)).one())
        assert parked(desk) == {}
        (row,) = desk.read(queries.list_plain, "reward").rows
        assert row.text == "5/0", "what is left is seen at both"
    assert said == ["out-of-stock", "granted"]
    assert [first.read(queries.points_of, people[0]), second.read(queries.points_of, people[1])] == [10, 5]
    assert held(first, Volunteer) == {people[0]}, "the other station's people are not seen"
    assert held(street, Redemption) == set()


def test_two_stations_share_the_places_of_a_task_of_the_street(offices: tuple[Desk, Desk, Desk]) -> None:
    street, first, second = offices
    task = street.write(commands.issue, {
        "title": "古城夜巡", "places": 1, "starts_at": "2026-05-08T19:30:00+08:00", "ends_at": "2026-05-08T21:30:00+08:00",
    }).created[0]  # fmt: skip
    meet(street, first, second)
    for desk, name in ((first, "陈阿水"), (second, "林志强")):
        desk.write(commands.sign_up, {"task_id": task, "volunteer_id": volunteer(desk, name)})
    meet(second, first, street)
    standings = [[(s.standing, s.place) for s in desk.read(queries.seats, task)] for desk in (first, second)]
    assert standings == [[("waiting", 1)], [("granted", 1)]]
    row = street.read(queries.list_tasks).rows[0]
    assert (row.granted, row.waiting, row.state) == (1, 1, "taken")
    (mine,) = held(second, SignUp)
    second.write(commands.act_signup, mine, "withdraw", {})
    meet(second, first, street)
    assert [(s.standing, s.place) for s in first.read(queries.seats, task)] == [("granted", 1)]
    assert street.read(queries.list_tasks).rows[0].waiting == 0
