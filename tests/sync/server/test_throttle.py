"""How much one device may ask for: buckets that fill with the clock, and the answer that says how long to wait."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from sync.server.centre import Settings
from sync.server.run import ServerThread
from sync.server.throttle import Rate, Throttle
from tests.sync.server.wire import STATION, WireDesk
from tests.sync.things import POLICIES
from zzdesk.clock import FixedClock


def test_a_bucket_is_empty_after_its_burst_and_fills_again(clock: FixedClock) -> None:
    bucket = Throttle(clock, Rate(burst=3, per_s=0.5))
    assert [bucket.take("a") for _ in range(5)] == [0, 0, 0, 2, 2]
    assert bucket.take("b") == 0  # another one's
    clock.advance(2)
    assert [bucket.take("a"), bucket.take("a")] == [0, 2]


def test_a_clock_that_is_set_back_takes_nothing_away(clock: FixedClock) -> None:
    bucket = Throttle(clock, Rate(burst=2, per_s=1))
    bucket.take("a")
    clock.set(clock.now() - timedelta(days=1))
    assert bucket.take("a") == 0


@given(st.lists(st.floats(0, 30), min_size=1, max_size=60), st.integers(1, 5), st.sampled_from([0.1, 1.0, 3.0]))
def test_nobody_gets_more_than_burst_and_rate_allow_and_who_waits_gets_one(
    pauses: list[float], burst: int, per_s: float
) -> None:
    clock = FixedClock(datetime(2026, 11, 23, 1, 0, tzinfo=UTC))
    bucket = Throttle(clock, Rate(burst, per_s))
    given_out = 0
    for pause in pauses:
        clock.advance(pause)
        wait = bucket.take("a")
        given_out += wait == 0
        assert given_out <= burst + clock.monotonic_ms() / 1000 * per_s + 1e-6
        if wait:
            clock.advance(wait)
            assert bucket.take("a") == 0
            given_out += 1


def test_a_device_that_asks_without_end_is_told_to_wait_and_others_are_not(tmp_path: Path, clock: FixedClock) -> None:
    settings = Settings(device_rate=Rate(burst=5, per_s=0.1))
    with ServerThread(tmp_path / "centre", clock=clock, policies=POLICIES, settings=settings) as server:
        desks = [WireDesk(server.url, clock, server.enrol_code(STATION)) for _ in range(2)]
        greedy, modest = desks
        answers = [_hello(greedy) for _ in range(7)]
        assert [status for status, _ in answers] == [200] * 5 + [429] * 2
        assert answers[-1][1] == "10"
        assert _hello(modest)[0] == 200
        clock.advance(10)
        assert _hello(greedy)[0] == 200
        for desk in desks:
            desk.close()


def _hello(desk: WireDesk) -> tuple[int, str | None]:
    answer = desk.ask("hello", replica=desk.replica, epoch=desk.epoch, app="1", schema=1)
    return answer.status_code, answer.headers.get("retry-after")


def test_a_desk_of_an_older_schema_may_still_push(tmp_path: Path, clock: FixedClock) -> None:
    with ServerThread(tmp_path / "centre", clock=clock, policies=POLICIES, settings=Settings(min_schema=2)) as server:
        desk = WireDesk(server.url, clock, server.enrol_code(STATION))
        desk.hello()
        assert desk.push_one(desk.create(title="灯"))["outcome"] == "applied"
        refused = desk.ask("pull", replica=desk.replica, epoch=desk.epoch, want=[{"scope": STATION, "after": 0}])
        assert (refused.status_code, refused.json()["type"]) == (426, "/p/upgrade")
        desk.close()
