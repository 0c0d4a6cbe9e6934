"""Points on two real desks against a real centre: earned once, never below nought, and the last piece is given once."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import select

import zzdesk.catalogue  # noqa: F401 - every kind must be known
from sync.client.engine import sync_once
from tests.sync.offices import trust
from zzdesk.clock import FixedClock
from zzdesk.desk.session import Desk
from zzdesk.errors import RefusedError
from zzdesk.patrol import commands, ledger, queries
from zzdesk.patrol.models_points import PointsEntry, Redemption, Reward
from zzdesk.patrol.points import entries_of

NewDesk = Callable[..., Desk]
Pair = tuple[Desk, Desk]


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(datetime(2026, 5, 8, 2, 0, tzinfo=UTC))


@pytest.fixture
def pair(new_desk: NewDesk) -> Pair:
    """Two counters of one station, both trusted by the centre."""
    first, second = new_desk("lin"), new_desk("chen")
    trust(first, second)
    return first, second


def meet(*desks: Desk) -> None:
    for desk in (*desks, *desks):
        sync_once(desk)


def points(desk: Desk, who: str) -> int:
    return desk.read(queries.points_of, who)


def volunteer(desk: Desk, name: str = "陈阿水", given: int = 0) -> str:
    who: str = desk.write(commands.register_volunteer, {"name": name}).created[0]
    if given:
        desk.write(commands.adjust, who, given, "期初积分")
    return who


def reward(desk: Desk, pieces: int = 1, price: int = 5) -> str:
    made: str = desk.write(commands.register_reward, {"name": "雨伞", "price": price, "received": pieces}).created[0]
    return made


def redemption(desk: Desk, redemption_id: str) -> Redemption:
    with desk.store.reader() as session:
        return session.get_one(Redemption, redemption_id)


def left(desk: Desk, reward_id: str) -> int:
    with desk.store.reader() as session:
        found = session.get_one(Reward, reward_id)
        return (found.received or 0) - (found.given or 0)


def finished(desk: Desk, other: Desk, who: str, clock: FixedClock, day: int = 8) -> str:
    """A patrol of an hour that one account submitted and another verified; not scored yet."""
    fields = {"title": "夜巡", "starts_at": f"2026-05-{day:02d}T11:00:00+08:00", "ends_at": f"2026-05-{day:02d}T12:00:00+08:00"}
    clock.set(datetime(2026, 5, day, 2, 0, tzinfo=UTC))
    task: str = desk.write(commands.issue, fields).created[0]
    signup = desk.write(commands.sign_up, {"task_id": task, "volunteer_id": who}).created[0]
    sync_once(desk)
    clock.set(datetime(2026, 5, day, 3, 0, tzinfo=UTC))
    desk.write(commands.act_signup, signup, "check-in", {})
    clock.set(datetime(2026, 5, day, 4, 0, tzinfo=UTC))
    desk.write(commands.act_task, task, "submit", {})
    meet(desk, other)
    other.write(commands.act_task, task, "verify", {})
    meet(other, desk)
    return task


def test_a_finished_patrol_gives_ten_points_once_though_two_desks_score_it(pair: Pair, clock: FixedClock) -> None:
    a, b = pair
    who = volunteer(a)
    task = finished(a, b, who, clock)
    for desk in pair:
        desk.write(commands.act_task, task, "score", {})
        assert points(desk, who) == 10
    meet(a, b)
    for desk in pair:
        assert points(desk, who) == 10
        assert [(row.why, row.points, row.about) for row in desk.read(queries.ledger_of, who).rows] == [("earn", 10, "夜巡")]
    assert (sync_once(a).rejected, sync_once(b).conflicts) == (0, 0)


def test_the_last_piece_goes_to_the_first_who_reaches_the_centre_and_the_other_gets_the_points_back(pair: Pair) -> None:
    """D09: two counters give away the last umbrella offline; the second becomes 缺货退分, and stock stays at nought."""
    a, b = pair
    one, two = volunteer(a, "陈阿水", 20), volunteer(a, "林志强", 20)
    umbrella = reward(a)
    meet(a, b)
    first = a.write(commands.redeem, {"reward_id": umbrella, "volunteer_id": one}).created
    second = b.write(commands.redeem, {"reward_id": umbrella, "volunteer_id": two}).created
    asked = [next(i for i in made if _is_redemption(desk, i)) for desk, made in ((a, first), (b, second))]
    assert [points(a, one), points(b, two)] == [15, 15]
    with pytest.raises(RefusedError, match="没有库存"):
        a.write(commands.redeem, {"reward_id": umbrella, "volunteer_id": two})
    with pytest.raises(RefusedError, match="先不能发"):
        a.write(commands.act_redemption, asked[0], "hand-over", {})
    meet(b, a)
    assert [redemption(desk, i).standing for desk, i in ((a, asked[0]), (b, asked[1]))] == ["out-of-stock", "granted"]
    for desk in pair:
        assert [points(desk, one), points(desk, two)] == [20, 15]
        assert left(desk, umbrella) == 0
    assert [row.why for row in a.read(queries.ledger_of, one).rows] == ["refund", "redeem", "adjust"]
    with pytest.raises(RefusedError, match="先不能发"):
        a.write(commands.act_redemption, asked[0], "hand-over", {})
    b.write(commands.act_redemption, asked[1], "hand-over", {})
    meet(b, a)
    assert redemption(a, asked[1]).state == "handed"


def _is_redemption(desk: Desk, record_id: str) -> bool:
    with desk.store.reader() as session:
        return session.get(Redemption, record_id) is not None


def test_the_same_points_are_not_spent_at_two_counters(pair: Pair) -> None:
    a, b = pair
    who, umbrella = volunteer(a, given=5), reward(a, pieces=9)
    meet(a, b)
    for desk in pair:
        desk.write(commands.redeem, {"reward_id": umbrella, "volunteer_id": who})
    meet(a, b)
    with a.store.reader() as session:
        assert sorted(session.scalars(select(Redemption.standing))) == ["granted", "short"]
    assert [points(desk, who) for desk in pair] == [0, 0]
    assert [left(desk, umbrella) for desk in pair] == [8, 8]


def test_a_months_cap_holds_though_two_desks_were_offline(pair: Pair, clock: FixedClock) -> None:
    a, b = pair
    who = volunteer(a)
    tasks = [finished(a, b, who, clock, day) for day in (8, 9)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ledger, "MONTH_CAP", 15)
        for desk, task in zip(pair, tasks, strict=True):
            desk.write(commands.act_task, task, "score", {})
        meet(a, b)
        for desk in pair:
            assert points(desk, who) == 15
            assert sorted((r.why, r.points) for r in desk.read(queries.ledger_of, who).rows) == [
                ("earn", 10), ("earn", 10), ("reverse", -5),
            ]  # fmt: skip


def test_what_was_wrong_is_reversed_and_stays_readable(pair: Pair) -> None:
    a, b = pair
    who = volunteer(a, given=30)
    (entry,) = a.read(queries.ledger_of, who).rows
    a.write(commands.reverse, entry.id, "录错人")
    with pytest.raises(RefusedError, match="已经冲正"):
        a.write(commands.reverse, entry.id, "再来一次")
    assert points(a, who) == 0
    with pytest.raises(RefusedError, match="负数"):
        a.write(commands.adjust, who, -1, "扣分")
    meet(a, b)
    assert [(row.why, row.points) for row in b.read(queries.ledger_of, who).rows] == [("reverse", -30), ("adjust", 30)]


def test_calling_off_gives_points_and_piece_back(pair: Pair) -> None:
    a, b = pair
    who, umbrella = volunteer(a, given=5), reward(a)
    made = a.write(commands.redeem, {"reward_id": umbrella, "volunteer_id": who}).created
    asked = next(i for i in made if _is_redemption(a, i))
    sync_once(a)
    a.write(commands.act_redemption, asked, "call-off", {}, "不要了")
    meet(a, b)
    assert [(points(desk, who), left(desk, umbrella)) for desk in pair] == [(5, 1), (5, 1)]


@pytest.mark.parametrize("seed", range(3))
def test_in_any_order_of_work_and_exchange_nothing_falls_below_nought(pair: Pair, seed: int) -> None:
    """Two counters act at random, each with what it knows; whenever one has exchanged, its books and stock are sound."""
    chance = random.Random(seed)
    people = [volunteer(pair[0], name, 10) for name in ("陈阿水", "林志强", "黄美玲")]
    goods = [reward(pair[0], 2, price) for price in (3, 5)]
    meet(*pair)
    done = dict.fromkeys(("redeem", "call-off", "adjust", "restock", "sync"), 0)
    for _ in range(40):
        desk = chance.choice(pair)
        what = chance.choice(("redeem", "redeem", "redeem", "call-off", "adjust", "restock", "sync"))
        try:
            _act(desk, what, chance, people, goods)
        except RefusedError:
            continue
        done[what] += 1
        if what == "sync":
            _sound(desk, people, goods)
    meet(*pair)
    assert min(done.values()) > 0, done
    for desk in pair:
        _sound(desk, people, goods)
    assert [points(pair[0], who) for who in people] == [points(pair[1], who) for who in people]
    assert [left(pair[0], each) for each in goods] == [left(pair[1], each) for each in goods]


def _act(desk: Desk, what: str, chance: random.Random, people: list[str], goods: list[str]) -> None:
    who, each = chance.choice(people), chance.choice(goods)
    if what == "redeem":
        desk.write(commands.redeem, {"reward_id": each, "volunteer_id": who})
    elif what == "call-off":
        with desk.store.reader() as session:
            open_ones = sorted(session.scalars(select(Redemption.id).where(Redemption.state == "asked")))
        if not open_ones:
            raise RefusedError("nothing")
        desk.write(commands.act_redemption, chance.choice(open_ones), "call-off", {}, "不要了")
    elif what == "adjust":
        desk.write(commands.adjust, who, chance.choice((-4, -2, 3)), "核对")
    elif what == "restock":
        desk.write(commands.restock, each, 1)
    else:
        sync_once(desk)


def _sound(desk: Desk, people: list[str], goods: list[str]) -> None:
    def books(read: Any) -> list[int]:
        return [ledger.balance(entries_of(read, who)) for who in people]

    assert min(desk.read(books)) >= 0
    assert min(left(desk, each) for each in goods) >= 0
    with desk.store.reader() as session:
        entries = list(session.scalars(select(PointsEntry)))
        granted = list(session.scalars(select(Redemption).where(Redemption.standing == "granted", Redemption.state == "asked")))
    booked = {e.redemption_id for e in entries if e.why == "redeem"}
    back = {e.redemption_id for e in entries if e.why == "refund"}
    assert all(each.id in booked - back for each in granted), "what is granted is paid for, once"
