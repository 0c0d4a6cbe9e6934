"""Who may speak for whom: enrolment that never breaks what works, identity by password, accounts changed by their keepers."""

from __future__ import annotations

import json
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
from sync.server.tables import enrol_code, record
from zzdesk.accounts.commands import set_roles
from zzdesk.accounts.models import Account
from zzdesk.actor import account_id
from zzdesk.clock import FixedClock
from zzdesk.desk import records
from zzdesk.desk.accounts import add_account, change_own_password, disable_account
from zzdesk.desk.queries import status
from zzdesk.desk.session import Desk, create_home, open_desk
from zzdesk.errors import OfflineError, RefusedError
from zzdesk.mediation import commands as mediation
from zzdesk.mediation.models import Party
from zzdesk.ops import state
from zzdesk.reports.commands import register
from zzdesk.reports.models import Report
from zzdesk.store.keys import TEST_COST
from zzdesk.store.unit import ChangeSet, UnitOfWork

STATION = "350602002004"
PASSWORD = "Tea-table 2026 desk"
ALL = ["administrator", "clerk"]
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
    with pytest.raises(RefusedError, match="接入码"):
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


# ---- identity ----


def accept_case(desk: Desk, **fields: Any) -> str:
    """Take a mediation case in, with a confidential party; return its id."""
    case = desk.write(mediation.accept, {"category": "neighbours", "team": [desk.actor.account_id]} | fields).created[0]
    desk.write(add_record, "party", {"case_id": case, "role": "applicant", "name": "王建国"})
    return case


def add_record(work: UnitOfWork, kind: str, fields: dict[str, Any]) -> ChangeSet:
    records.add(work, kind, fields)
    return work.commit()


def parties(desk: Desk) -> list[str]:
    with desk.store.reader() as session:
        return list(session.scalars(select(Party.name)))


def is_unproven(desk: Desk) -> bool:
    return desk.read(status).unproven


def test_one_round_brings_the_cases_of_a_new_desk_to_the_centre_and_to_the_persons_other_desk(
    new_desk: NewDesk, server: ServerThread
) -> None:
    first = join(new_desk(), server)
    accept_case(first)
    assert sync_once(first).pending == 0
    assert not is_unproven(first)
    second = join(new_desk(), server)
    assert sync_once(second).rejected == 0
    assert parties(second) == ["王建国"]
    assert not is_unproven(second)


def test_a_login_made_up_with_another_password_gets_no_cases_and_writes_none(
    new_desk: NewDesk, server: ServerThread
) -> None:
    first = join(new_desk(), server)
    accept_case(first)
    title = report(first)
    sync_once(first)
    second = join(new_desk(password=OTHER), server)
    mine = accept_case(second)
    for _ in range(2):
        done = sync_once(second)
        assert done.rejected == 0
        assert done.pending > 0
    assert parties(second) == ["王建国"]  # its own
    assert is_unproven(second)
    with second.store.reader() as session:
        assert session.get(Report, title) is not None
        assert f"case:{mine}" not in state.cursors(session)
    sync_once(first)
    assert parties(first) == ["王建国"]
    with server.centre.database.reading() as connection:
        found = connection.execute(select(record.c.scope_id).where(record.c.kind == "party")).scalars().all()
    assert len(found) == 1


def test_the_same_password_later_proves_the_desk_and_sends_what_waited(new_desk: NewDesk, server: ServerThread) -> None:
    first = join(new_desk(), server)
    accept_case(first)
    sync_once(first)
    second = join(new_desk(password=OTHER), server)
    accept_case(second)
    sync_once(second)
    change_own_password(second, OTHER, PASSWORD)
    sync_once(second)
    assert sync_once(second).pending == 0
    assert len(parties(second)) == 2
    assert not is_unproven(second)


def test_a_changed_password_stays_proven_here_and_unproves_the_desk_with_the_old_one(
    new_desk: NewDesk, server: ServerThread
) -> None:
    first, second = join(new_desk(), server), join(new_desk(), server)
    sync_once(first)
    sync_once(second)
    change_own_password(first, PASSWORD, OTHER)
    accept_case(first)
    for _ in range(2):
        done = sync_once(first)
        assert (done.rejected, done.pending, is_unproven(first)) == (0, 0, False)
    second_client_is_new = sync_once(second)
    assert second_client_is_new.rejected == 0
    sync_once(second)
    assert is_unproven(second)
    assert parties(second) == []


def test_one_persons_work_travels_in_anothers_round(new_desk: NewDesk, server: ServerThread, clock: FixedClock) -> None:
    desk = join(new_desk(), server)
    add_account(desk, "chen", "陈", ["clerk"], OTHER)
    accept_case(desk)
    desk.close()
    with open_desk(desk.home, "chen", OTHER, clock, cost=TEST_COST) as clerk:
        done = sync_once(clerk)
        assert (done.rejected, done.pending) == (0, 0)
    with server.centre.database.reading() as connection:
        assert connection.execute(select(record.c.id).where(record.c.kind == "party")).scalars().all()


# ---- who may change accounts ----


def centre_roles(server: ServerThread, login: str) -> list[str]:
    with server.centre.database.reading() as connection:
        query = select(record.c.body).where(record.c.kind == "account", record.c.id == account_id(STATION, login))
        return json.loads(connection.execute(query).scalar_one())["roles"]


def test_an_administrator_changes_roles_and_stops_accounts(new_desk: NewDesk, server: ServerThread) -> None:
    desk = join(new_desk(), server)
    add_account(desk, "chen", "陈", ["clerk"], OTHER)
    sync_once(desk)
    desk.write(set_roles, account_id(STATION, "chen"), ["clerk", "mediator"])
    assert sync_once(desk).rejected == 0
    assert centre_roles(server, "chen") == ["clerk", "mediator"]


def test_a_desk_that_calls_itself_the_administrator_changes_no_account(new_desk: NewDesk, server: ServerThread) -> None:
    first = join(new_desk(), server)
    add_account(first, "chen", "陈", ["clerk"], OTHER)
    sync_once(first)
    second = join(new_desk(password=OTHER), server)
    sync_once(second)
    second.write(set_roles, account_id(STATION, "chen"), ["administrator"])
    done = sync_once(second)
    assert done.rejected == 1
    assert centre_roles(server, "chen") == ["clerk"]
    assert roles(second, "chen") == {"clerk"}


def test_a_clerk_gives_no_roles_but_changes_the_own_password(new_desk: NewDesk, server: ServerThread) -> None:
    first = join(new_desk(), server)
    add_account(first, "chen", "陈", ["clerk"], OTHER)
    sync_once(first)
    second = join(new_desk("chen", OTHER), server)
    sync_once(second)
    with second.store.writer() as session:  # as a program would that asks nobody for rights
        set_roles(UnitOfWork(session, second.actor, second.clock, lambda *_: True), second.actor.account_id, ALL)
    change_own_password(second, OTHER, PASSWORD)
    assert sync_once(second).rejected == 1
    assert centre_roles(server, "chen") == ["clerk"]
    assert second.actor.roles == {"clerk"}
    sync_once(second)
    assert not is_unproven(second)


def test_a_stopped_account_gets_no_token(new_desk: NewDesk, server: ServerThread) -> None:
    first = join(new_desk(), server)
    add_account(first, "chen", "陈", ["clerk"], OTHER)
    sync_once(first)
    second = join(new_desk("chen", OTHER), server)
    sync_once(second)
    disable_account(first, "chen")
    sync_once(first)
    with pytest.raises(ProblemError) as refused:
        sync_once(second)
    assert refused.value.problem == "account-disabled"
