"""When the next round is due: regularly while it works, further apart while it does not, and never all desks at once."""

from __future__ import annotations

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from sync.client.engine import SyncReport
from sync.client.pace import FIRST_S, LAST_S, Pace
from sync.client.transport import ProblemError
from zzdesk.errors import OfflineError

LOST = OfflineError("离线")


def test_while_it_works_it_is_as_often_as_the_person_wants_or_the_centre_allows() -> None:
    pace = Pace(300, Random(1))
    assert pace.after(SyncReport(next_poll_s=60)) == 300
    assert pace.after(SyncReport(next_poll_s=700)) == 700


@given(st.integers(), st.integers(1, 40))
def test_waits_grow_to_a_quarter_of_an_hour_and_begin_anew_after_success(seed: int, failures: int) -> None:
    pace = Pace(300, Random(seed))
    for n in range(failures):
        assert 1 <= pace.after(LOST) <= max(1, min(LAST_S, FIRST_S * 2**n))
    pace.after(SyncReport())
    assert pace.after(LOST) <= FIRST_S


def test_desks_that_lost_the_centre_together_do_not_come_back_together() -> None:
    waits = []
    for seed in range(200):
        pace = Pace(300, Random(seed))
        waits.append([pace.after(LOST) for _ in range(8)][-1])
    spread = [sum(start <= wait < start + 60 for wait in waits) for start in range(0, 600, 60)]
    assert max(spread) < len(waits) / 4


def test_it_never_comes_before_the_centre_said() -> None:
    pace = Pace(300, Random(3))
    assert pace.after(ProblemError("rate-limited", 429, {}, 1200.0)) == 1200
