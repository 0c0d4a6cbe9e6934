"""Who may speak for whom: enrolment that never breaks what works, identity by password, accounts changed by their keepers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

import zzdesk.catalogue  # noqa: F401 - every kind must be known
from sync.client.device import KEY_FILE, NEW_FILE
from sync.client.engine import sync_once
from sync.client.enrol import enrol
from sync.client.transport import ProblemError, Transport
from sync.server.run import ServerThread
from sync.server.tables import enrol_code
from zzdesk.accounts.models import Account
from zzdesk.actor import account_id
from zzdesk.clock import FixedClock
from zzdesk.desk.accounts import add_account
from zzdesk.desk.session import Desk, create_home
from zzdesk.errors import OfflineError, RefusedError
from zzdesk.ops import state
from zzdesk.reports.commands import register
from zzdesk.store.keys import TEST_COST

STATION = "350602002004"
PASSWORD = "Tea-table 2026 desk"
OTHER = "Lamp-post 2026 quay"
NewDesk = Callable[..., Desk]


@pytest.fixture
def new_desk(tmp_path: Path, clock: FixedClock) -> Iterator[NewDesk]:
    made: list[Desk] = []

    def make(login: str = "lin", password: str = PASSWORD, station: str = STATION) -> Desk:
        home = tmp_path / f"desk{len(made)}"
        made.append(create_home(home, station, login, password, clock=clock, cost=TEST_COST)[0])
        return made[-1]

    yield make
    for desk in made:
        desk.close()


@pytest.fixture
def server(tmp_path: Path, clock: FixedClock) -> Iterator[ServerThread]:
    with ServerThread(tmp_path / "centre", clock=clock) as running:
        yield running


@pytest.fixture
def other_server(tmp_path: Path, clock: FixedClock) -> Iterator[ServerThread]:
    with ServerThread(tmp_path / "other", clock=clock) as running:
        yield running


def join(desk: Desk, server: ServerThread) -> Desk:
    enrol(desk, server.url, server.enrol_code(STATION))
    return desk


def report(desk: Desk, title: str = "路灯不亮") -> str:
    return desk.write(register, {"title": title, "category": "lighting"}).created[0]


def unused_codes(server: ServerThread) -> int:
    with server.centre.database.reading() as connection:
        return len(connection.execute(select(enrol_code).where(enrol_code.c.used_at.is_(None))).all())


class LostAnswer(Transport):
    """A line on which the centre's next answer never arrives."""

    def _exchange(self, *args: Any, **kwargs: Any) -> Any:
        super()._exchange(*args, **kwargs)
        raise OfflineError("lost")


# ---- enrolment ----


def test_an_answer_that_was_lost_is_asked_for_again_with_the_same_key(new_desk: NewDesk, server: ServerThread) -> None:
    desk, code = new_desk(), server.enrol_code(STATION)
    with pytest.raises(OfflineError):
        enrol(desk, server.url, code, LostAnswer(server.url))
    assert unused_codes(server) == 0
    enrol(desk, server.url, code)
    assert sync_once(desk).pending == 0


def test_an_enrolment_in_force_outlives_one_whose_answer_is_lost(new_desk: NewDesk, server: ServerThread) -> None:
    desk, code = join(new_desk(), server), server.enrol_code(STATION)
    with pytest.raises(OfflineError):
        enrol(desk, server.url, code, LostAnswer(server.url))
    assert sync_once(desk).pending == 0
    enrol(desk, server.url, code)
    report(desk)
    assert sync_once(desk).pending == 0


def test_a_machine_that_stopped_before_the_key_was_in_its_place_still_speaks(
    new_desk: NewDesk, server: ServerThread
) -> None:
    desk = join(new_desk(), server)
    (desk.home / KEY_FILE).replace(desk.home / NEW_FILE)
    assert sync_once(desk).pending == 0
    assert (desk.home / KEY_FILE).exists()


def test_a_missing_key_is_said_and_mended_by_enrolling_again(new_desk: NewDesk, server: ServerThread) -> None:
    desk = join(new_desk(), server)
    (desk.home / KEY_FILE).unlink()
    with pytest.raises(RefusedError, match="登记码"):
        sync_once(desk)
    assert sync_once(join(desk, server)).pending == 0


def test_a_desk_that_has_reconciled_is_not_moved_to_another_centre(
    new_desk: NewDesk, server: ServerThread, other_server: ServerThread
) -> None:
    desk = join(new_desk(), server)
    sync_once(desk)
    report(desk)
    with desk.store.reader() as session:
        before = state.bound_to(session), state.get_state(session).device_id
    with pytest.raises(ProblemError) as refused:
        enrol(desk, other_server.url, other_server.enrol_code(STATION))
    assert refused.value.problem == "other-centre"
    assert unused_codes(other_server) == 1
    with desk.store.reader() as session:
        assert (state.bound_to(session), state.get_state(session).device_id) == before
    done = sync_once(desk)
    assert (done.pushed, done.pending) == (1, 0)


def test_a_desk_that_has_reconciled_nothing_may_be_moved(
    new_desk: NewDesk, server: ServerThread, other_server: ServerThread
) -> None:
    desk = join(join(new_desk(), server), other_server)
    assert sync_once(desk).pending == 0


def test_a_code_of_another_station_is_not_spent(new_desk: NewDesk, server: ServerThread) -> None:
    desk = new_desk(station="350602002005")
    with pytest.raises(ProblemError) as refused:
        enrol(desk, server.url, server.enrol_code(STATION))
    assert refused.value.problem == "other-station"
    assert unused_codes(server) == 1


# ---- accounts ----


def roles(desk: Desk, login: str) -> set[str]:
    with desk.store.reader() as session:
        return set(session.get_one(Account, account_id(STATION, login)).roles)


def test_a_second_desk_of_a_clerk_does_not_make_the_clerk_an_administrator(
    new_desk: NewDesk, server: ServerThread
) -> None:
    first = join(new_desk("lin"), server)
    add_account(first, "chen", "陈", ["clerk"], OTHER)
    sync_once(first)
    second = join(new_desk("chen", OTHER), server)
    assert "administrator" in second.actor.roles
    assert sync_once(second).rejected == 0
    sync_once(first)
    assert roles(first, "chen") == roles(second, "chen") == {"clerk"}
    assert second.actor.roles == {"clerk"}
    with second.store.reader() as session:
        assert session.get_one(Account, account_id(STATION, "chen")).display_name == "陈"
