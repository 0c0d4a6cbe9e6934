"""Patrol tasks on real desks against a real centre (D09): intents, one arbiter, a waitlist that moves, a leader's list."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

import zzdesk.catalogue  # noqa: F401 - every kind must be known
from sync.client.engine import sync_once
from sync.client.enrol import enrol
from sync.server.run import ServerThread
from tests.sync.offices import trust
from tests.sync.stations import PASSWORD, STATION
from zzdesk.clock import FixedClock
from zzdesk.desk.accounts import add_account
from zzdesk.desk.session import Desk, create_home, open_desk_with_key
from zzdesk.errors import RefusedError
from zzdesk.patrol import commands, queries
from zzdesk.patrol.queries import SeatRow
from zzdesk.patrol.workflow import STANDING_WORDS
from zzdesk.store.keys import TEST_COST

NewDesk = Callable[..., Desk]
MINUTE = 60
AHEAD = timedelta(minutes=7)
START = datetime(2026, 5, 8, 2, 0, tzinfo=UTC)
"""10:00 in the offices, on the day of the patrol."""
NIGHT = {
    "title": "古城夜巡", "places": 2, "issuer_kind": "police", "issuer": "西桥派出所", "task_kind": "patrol",
    "starts_at": "2026-05-08T19:30:00+08:00", "ends_at": "2026-05-08T21:30:00+08:00", "cancel_hours": 2,
}  # fmt: skip
TELLS_OF_WINNING = re.compile("抢单成功|抢到|成功|已抢|获得名额|中签")


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(START)


@pytest.fixture
def fast() -> FixedClock:
    """The clock of the third desk: seven minutes ahead."""
    return FixedClock(START + AHEAD, salt=7)


@pytest.fixture
def desks(
    new_desk: NewDesk, fast: FixedClock, server: ServerThread, tmp_path: Path
) -> Iterator[tuple[Desk, Desk, Desk]]:
    """Three desks of one station that the centre trusts; the first one's account is a supervisor."""
    first, second = new_desk("lin"), new_desk("chen")
    third, _ = create_home(tmp_path / "third", STATION, "wu", PASSWORD, clock=fast, cost=TEST_COST)
    enrol(third, server.url, server.enrol_code(STATION))
    trust(first, second)
    trust(first, third)
    yield first, second, third
    third.close()


def volunteer(desk: Desk, name: str, **more: Any) -> str:
    return desk.write(commands.register_volunteer, {"name": name, **more}).created[0]


def everywhere(*desks: Desk) -> None:
    for desk in (*desks, *desks):
        sync_once(desk)


def seats(desk: Desk, task: str) -> dict[str, SeatRow]:
    return {row.volunteer_id: row for row in desk.read(queries.seats, task)}


def standing(desk: Desk, task: str, *people: str) -> list[tuple[str | None, int | None]]:
    found = seats(desk, task)
    return [(found[who].standing, found[who].place) for who in people]


@pytest.fixture
def night(desks: tuple[Desk, Desk, Desk]) -> tuple[str, list[str]]:
    """The night patrol and three volunteers, known to all three desks."""
    first = desks[0]
    people = [volunteer(first, name) for name in ("陈阿水", "林志强", "黄美玲")]
    task = first.write(commands.issue, NIGHT).created[0]
    everywhere(*desks)
    return task, people


def test_who_asks_offline_is_told_that_the_centre_decides(
    desks: tuple[Desk, Desk, Desk], night: tuple[str, list[str]], clock: FixedClock, fast: FixedClock
) -> None:
    """D09, first part: three intents; A and B reach the centre first, C's clock says that it was before both."""
    a, b, c = desks
    task, people = night
    clock.advance(MINUTE)
    a.write(commands.sign_up, {"task_id": task, "volunteer_id": people[0]})
    clock.advance(MINUTE)
    b.write(commands.sign_up, {"task_id": task, "volunteer_id": people[1]})
    fast.set(datetime(2026, 5, 8, 1, 59, tzinfo=UTC))
    c.write(commands.sign_up, {"task_id": task, "volunteer_id": people[2]})
    for desk, who in zip(desks, people, strict=True):
        (row,) = [row for row in desk.read(queries.seats, task) if row.volunteer_id == who]
        assert (row.standing, row.place) == (None, None)
        assert STANDING_WORDS[row.standing] == "已申请，联网后确认"
    clock.set(datetime(2026, 5, 8, 2, 5, tzinfo=UTC))
    fast.set(datetime(2026, 5, 8, 2, 5, tzinfo=UTC) + AHEAD)
    everywhere(a, b, c)
    for desk in desks:
        assert standing(desk, task, *people) == [("granted", 1), ("granted", 2), ("waiting", 1)]
        row = desk.read(queries.list_tasks).rows[0]
        assert (row.granted, row.waiting, row.state) == (2, 1, "taken")
    found = seats(a, task)[people[2]]
    assert found.asked_at < seats(a, task)[people[0]].asked_at, "its clock says that it was first"
    assert found.received_at == datetime(2026, 5, 8, 2, 5, tzinfo=UTC)
    assert found.skew_ms == 420_000, "and people see how far it was off"
    assert seats(a, task)[people[0]].skew_ms == 0
    assert [sync_once(desk).pushed for desk in desks] == [0, 0, 0]


def test_no_word_of_the_desk_tells_of_winning() -> None:
    assert STANDING_WORDS[None] == "已申请，联网后确认"
    for folder in ("zzdesk/patrol", "ui/pages/patrol"):
        for path in Path(folder).rglob("*.py"):
            assert not TELLS_OF_WINNING.search(path.read_text("utf-8")), path


def test_overlap_override_withdrawal_and_the_waitlist(
    desks: tuple[Desk, Desk, Desk], night: tuple[str, list[str]], clock: FixedClock
) -> None:
    a, b, c = desks
    task, people = night
    for desk, who in zip(desks, people, strict=True):
        desk.write(commands.sign_up, {"task_id": task, "volunteer_id": who})
        sync_once(desk)
    other = a.write(commands.issue, NIGHT | {"title": "文庙守护", "starts_at": "2026-05-08T21:00:00+08:00",
                                             "ends_at": "2026-05-08T22:00:00+08:00"}).created[0]
    second = a.write(commands.sign_up, {"task_id": other, "volunteer_id": people[0]}).created[0]
    sync_once(a)
    row = seats(a, other)[people[0]]
    assert (row.standing, row.refusal, row.clash) == ("refused", "overlap", "古城夜巡")
    with pytest.raises(RefusedError, match="缺少"):
        a.write(commands.act_signup, second, "allow", {}, None)
    a.write(commands.act_signup, second, "allow", {}, "人手不够，两处相邻")
    sync_once(a)
    assert standing(a, other, people[0]) == [("granted", 1)]
    clock.set(datetime(2026, 5, 8, 8, 30, tzinfo=UTC))  # three hours before
    mine = seats(a, task)[people[0]].id
    a.write(commands.act_signup, mine, "withdraw", {})
    everywhere(a, c, b)
    assert standing(c, task, *people[1:]) == [("granted", 1), ("granted", 2)]
    (told,) = c.read(queries.news)
    assert (told.standing, told.place, told.task) == ("granted", 2, "古城夜巡")
    c.write(commands.note_seen, told.decided_at)
    assert c.read(queries.news) == ()


def test_nobody_leaves_at_the_last_minute_but_with_the_supervisor(
    desks: tuple[Desk, Desk, Desk], night: tuple[str, list[str]], clock: FixedClock
) -> None:
    first = desks[0]
    task, people = night
    add_account(first, "wang", "王", ["grid-worker"], "Tea-table 2026 desk")
    made = first.write(commands.sign_up, {"task_id": task, "volunteer_id": people[0]}).created[0]
    clock.set(datetime(2026, 5, 8, 9, 31, tzinfo=UTC))
    worker = open_desk_with_key(first.home, "wang", first.store.key, clock)
    with worker, pytest.raises(RefusedError, match="不到2小时"):
        worker.write(commands.act_signup, made, "withdraw", {}, "临时有事")
    first.write(commands.act_signup, made, "withdraw", {}, "临时住院")
    assert seats(first, task)[people[0]].state == "withdrawn"


def test_the_leaders_list_and_a_forgotten_check_out(
    desks: tuple[Desk, Desk, Desk], night: tuple[str, list[str]], clock: FixedClock
) -> None:
    """D09: B forgets to check out, and goes home: closed at 21:30, flagged, two hours count and not thirteen."""
    a, b, _ = desks
    task, people = night
    one = a.write(commands.sign_up, {"task_id": task, "volunteer_id": people[0]}).created[0]
    two = a.write(commands.sign_up, {"task_id": task, "volunteer_id": people[1]}).created[0]
    third = a.write(commands.sign_up, {"task_id": task, "volunteer_id": people[2]}).created[0]
    sync_once(a)
    clock.set(datetime(2026, 5, 8, 9, 0, tzinfo=UTC))
    with pytest.raises(RefusedError, match="签到时间"):
        a.write(commands.act_signup, one, "check-in", {})
    clock.set(datetime(2026, 5, 8, 11, 25, tzinfo=UTC))
    for signup in (one, two):
        a.write(commands.act_signup, signup, "check-in", {})
    with pytest.raises(RefusedError, match="现场补录"):
        a.write(commands.act_signup, third, "check-in", {})
    a.write(commands.act_signup, third, "check-in", {}, "到场帮忙")
    assert a.read(queries.list_tasks).rows[0].state == "running"
    clock.set(datetime(2026, 5, 8, 13, 0, tzinfo=UTC))
    a.write(commands.act_signup, one, "check-out", {})
    with pytest.raises(RefusedError, match="没有签退"):
        a.write(commands.act_task, task, "submit", {})
    clock.set(datetime(2026, 5, 9, 0, 30, tzinfo=UTC))
    assert {row.volunteer_id for row in a.read(queries.exceptions)} == set(people[1:])
    a.write(commands.act_signup, third, "check-out", {"checked_out_at": "2026-05-08T21:00:00+08:00"})
    a.write(commands.act_task, task, "submit", {})
    found = seats(a, task)
    assert [found[who].minutes for who in people] == [90, 120, 90]
    assert [found[who].forgotten for who in people] == [False, True, False]
    assert found[people[1]].checked_out_at == datetime(2026, 5, 8, 13, 30, tzinfo=UTC)
    assert (found[people[2]].on_site, found[people[2]].standing) == (True, "waiting")
    assert {row.volunteer_id for row in a.read(queries.exceptions)} == {people[1]}
    assert a.read(queries.minutes_of, people[1]) == 0, "what nobody verified does not count"
    with pytest.raises(RefusedError, match="核验人不能是提交人"):
        a.write(commands.act_task, task, "verify", {})
    everywhere(a, b)
    b.write(commands.act_signup, two, "repair", {"checked_out_at": "2026-05-08T21:45:00+08:00"}, "队长证明")
    b.write(commands.act_task, task, "verify", {})
    everywhere(b, a)
    assert a.read(queries.minutes_of, people[1]) == 120, "never beyond the plan, whatever was repaired"
    a.write(commands.edit_volunteer, people[1], {"identity_number": "350602197506153336"})
    a.write(commands.certify, {
        "volunteer_id": people[1], "from_day": "2026-05-01", "until_day": "2026-05-31", "content": "古城夜巡",
        "issuer": "西桥社区", "responsible": "庄", "handler": "林", "contact": "0596-2020123",
    })  # fmt: skip
    (paper,) = a.read(queries.list_certificates).rows
    assert (paper.number, paper.minutes) == (f"志证2026-{STATION}-0001", 120), "out of the block that the centre leased"
    assert a.read(queries.exceptions) == ()


def test_a_patrol_that_was_over_before_the_centre_heard_of_it_took_place(
    desks: tuple[Desk, Desk, Desk], clock: FixedClock
) -> None:
    """Started, gone and ended without a network: the centre does not answer that it takes nobody any more."""
    a, b, _ = desks
    people = [volunteer(a, name) for name in ("陈阿水", "林志强")]
    sync_once(a)
    night = {"title": "我要巡逻", "ends_at": "2026-05-08T12:00:00+08:00"}
    made = a.write(commands.start_patrol, night, people).created
    clock.set(datetime(2026, 5, 8, 5, 0, tzinfo=UTC))
    everywhere(a, b)
    task = next(each for each in made if a.read(queries.where_is, each) == ("task", each))
    for desk in (a, b):
        assert sorted(standing(desk, task, *people)) == [("granted", 1), ("granted", 2)]
