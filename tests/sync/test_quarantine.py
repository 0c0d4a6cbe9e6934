"""What was allowed when it was done and is not any more: it waits at the centre for a supervisor, and nothing is lost."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import select

import zzdesk.catalogue  # noqa: F401 - every kind must be known
from sync.client import deciding
from sync.client.engine import SyncClient, sync_once
from sync.client.transport import ProblemError
from sync.server import admin
from sync.server.run import ServerThread
from sync.server.tables import decision, op_log, record
from tests.sync.stations import (
    SECOND,
    STATION,
    NewDesk,
    data,
    device_of,
    held,
    parked,
)
from zzdesk.accounts.commands import set_roles
from zzdesk.actor import account_id
from zzdesk.cli.context import Invocation
from zzdesk.cli.outbox import outbox
from zzdesk.clock import FixedClock
from zzdesk.desk.accounts import add_account
from zzdesk.desk.outbox import amend, discard
from zzdesk.desk.session import Desk, open_desk
from zzdesk.errors import NotFoundError, RefusedError
from zzdesk.ops.models import PARKED, Outbox
from zzdesk.reports import commands as reports
from zzdesk.reports.models import Report
from zzdesk.store.keys import TEST_COST


@pytest.fixture
def waiting(team: tuple[Desk, Desk, str], clock: FixedClock) -> tuple[Desk, Desk, str]:
    """Chen's edit of a report, made while he was a clerk, that arrives when he is one no more; returns the report."""
    first, second, _ = team
    report = first.write(reports.register, {"title": "路灯", "category": "lighting"}).created[0]
    sync_once(first)
    sync_once(second)
    clock.advance(60)
    second.write(reports.edit, report, {"title": "路灯坏了"})
    clock.advance(60)
    first.write(set_roles, account_id(STATION, "chen"), ["mediator"])
    sync_once(first)
    assert sync_once(second).rejected == 1
    assert parked(second) == {"report": "permission-ended"}
    return first, second, report


def typed_at(desk: Desk) -> Callable[..., Result]:
    """Return a command line of ``zzdesk outbox`` that is typed at a desk which is open already."""

    class There(Invocation):
        @contextmanager
        def desk(self) -> Iterator[Desk]:
            yield desk

    return lambda *words: CliRunner().invoke(outbox, list(words), obj=There())


def title(desk: Desk, report: str) -> str:
    with desk.store.reader() as session:
        return str(session.get_one(Report, report).title)


def test_a_supervisor_lets_it_through_and_the_author_learns_of_it(
    waiting: tuple[Desk, Desk, str], server: ServerThread, tmp_path: Path, clock: FixedClock
) -> None:
    first, second, report = waiting
    assert title(second, report) == "路灯"
    folder = data(server, tmp_path)
    (row,) = admin.quarantined(folder, None)
    assert (row.kind, row.record_id, row.user, row.why) == (
        "report", report, account_id(STATION, "chen"), "permission-ended")  # fmt: skip
    with pytest.raises(RefusedError, match="站长"):
        admin.decide(folder, None, row.op_id, f"chen@{STATION}", "他自己", let_through=True)
    with pytest.raises(RefusedError, match="理由"):
        admin.decide(folder, None, row.op_id, f"lin@{STATION}", " ", let_through=True)
    assert admin.decide(folder, None, row.op_id, f"lin@{STATION}", "核实过", let_through=True, clock=clock) == {
        row.op_id: "applied"}  # fmt: skip
    assert admin.quarantined(folder, None) == []
    sync_once(second)
    sync_once(first)
    assert parked(second) == {}
    assert title(first, report) == title(second, report) == "路灯坏了"
    with server.centre.database.reading() as connection:
        logged = connection.execute(select(op_log).where(op_log.c.op_id == row.op_id)).one()
        decided = connection.execute(select(decision)).one()
    assert logged.user_id == account_id(STATION, "chen")
    assert (decided.decided_by, decided.what, decided.reason) == (account_id(STATION, "lin"), "release", "核实过")
    with pytest.raises(NotFoundError):
        admin.decide(folder, None, row.op_id, f"lin@{STATION}", "再来", let_through=False)


def test_a_supervisor_refuses_it_and_what_was_written_is_kept(
    waiting: tuple[Desk, Desk, str], server: ServerThread, tmp_path: Path
) -> None:
    _, second, report = waiting
    folder = data(server, tmp_path)
    (row,) = admin.quarantined(folder, None)
    admin.decide(folder, None, row.op_id, f"lin@{STATION}", "写错了地方", let_through=False)
    sync_once(second)
    assert parked(second) == {"report": "quarantine-rejected"}
    with second.store.reader() as session:
        (kept,) = session.scalars(select(Outbox).where(Outbox.state == PARKED))
    assert kept.body["set"]["title"]["to"] == "路灯坏了"
    assert kept.problem["params"]["reason"] == "写错了地方"
    assert title(second, report) == "路灯"
    assert sync_once(second).requests == 2


def test_its_author_takes_it_back_and_has_it_in_hand_again(
    waiting: tuple[Desk, Desk, str], server: ServerThread, tmp_path: Path
) -> None:
    first, second, report = waiting
    (row,) = admin.quarantined(data(server, tmp_path), None)
    with pytest.raises(RefusedError, match="站长"):
        deciding.decide(SyncClient(second), row.op_id, "他自己", let_through=True)
    with pytest.raises(RefusedError, match="不能改过重送"):
        second.write(amend, row.op_id)
    typed = typed_at(second)
    assert typed("withdraw", row.op_id).exit_code == 2, "a reason is asked for"
    done = typed("withdraw", row.op_id, "--reason", "看错了灯")
    assert done.output.splitlines()[0].split("\t") == [row.op_id, "rejected"]
    sync_once(second)
    assert isinstance(typed("withdraw", row.op_id, "--reason", "再来").exception, RefusedError)
    assert parked(second) == {"report": "author-withdrew"}
    assert title(first, report) == "路灯"
    with second.store.reader() as session:
        (kept,) = session.scalars(select(Outbox).where(Outbox.state == PARKED))
    assert kept.body["set"]["title"]["to"] == "路灯坏了", "readable, and the author's to change or drop"
    second.write(discard, row.op_id, "看错了灯")
    assert admin.quarantined(data(server, tmp_path), None) == []


def test_nobody_releases_their_own_work_but_who_is_alone(
    waiting: tuple[Desk, Desk, str], server: ServerThread, tmp_path: Path
) -> None:
    """Chen is made a supervisor meanwhile: what he did as a clerk is Lin's to decide, until Lin may not any more."""
    first, second, _ = waiting
    chen, folder = account_id(STATION, "chen"), data(server, tmp_path)
    first.write(set_roles, chen, ["mediator", "supervisor"])
    sync_once(first)
    sync_once(second)
    (shown,) = deciding.waiting(SyncClient(second)).items
    assert (shown.own, shown.alone) == (True, False)
    with pytest.raises(ProblemError, match="另一位有权限的人"):
        deciding.decide(SyncClient(second), shown.op_id, "我自己看过", let_through=True)
    (shown,) = deciding.waiting(SyncClient(first)).items
    assert (shown.own, shown.alone) == (False, False)
    first.write(set_roles, account_id(STATION, "lin"), ["administrator"])
    sync_once(first)
    (shown,) = deciding.waiting(SyncClient(second)).items
    assert (shown.own, shown.alone) == (True, True)
    assert deciding.decide(SyncClient(second), shown.op_id, "只有我", let_through=True) == {shown.op_id: "applied"}
    with server.centre.database.reading() as connection:
        decided = connection.execute(select(decision)).one()
    assert decided.reason == "（本站只有一人有权决定，由作者本人决定）只有我"
    assert folder.exists()


def test_work_after_the_offline_log_in_expired_waits_and_is_not_refused_on_the_desk(
    new_desk: NewDesk, server: ServerThread, clock: FixedClock
) -> None:
    desk = new_desk()
    clock.advance(29 * 86400)
    early = desk.write(reports.register, {"title": "二十九天", "category": "lighting"}).created[0]
    clock.advance(2 * 86400)
    late = desk.write(reports.register, {"title": "三十一天", "category": "lighting"}).created[0]
    clock.advance(60)
    assert sync_once(desk).rejected == 1
    assert parked(desk) == {"report": "login-expired"}
    with server.centre.database.reading() as connection:
        assert set(connection.execute(select(record.c.id).where(record.c.kind == "report")).scalars()) == {early}
    assert held(desk, Report) == {early, late}
    after = desk.write(reports.register, {"title": "以后", "category": "lighting"}).created[0]
    assert sync_once(desk).rejected == 0
    assert held(desk, Report) == {early, late, after}


def test_two_people_at_one_desk_are_told_apart_at_the_centre(new_desk: NewDesk, server: ServerThread) -> None:
    """A shared machine (hazard 40): each operation says who made it, and where."""
    first = new_desk()
    add_account(first, "chen", "陈", ["clerk"], SECOND)
    first.write(reports.register, {"title": "林记的", "category": "lighting"})
    home, clock = first.home, first.clock
    first.close()
    with open_desk(home, "chen", SECOND, clock, cost=TEST_COST) as second:
        second.write(reports.register, {"title": "陈记的", "category": "lighting"})
        mine = device_of(second)
        sync_once(second)
    with server.centre.database.reading() as connection:
        rows = connection.execute(select(op_log).where(op_log.c.kind == "report").order_by(op_log.c.op_no)).all()
    said = [(row.user_id, row.device_id, json.loads(row.body)["actor"]["device"]) for row in rows]
    assert said == [(account_id(STATION, login), mine, mine) for login in ("lin", "chen")]


def test_what_waits_for_a_supervisor_is_not_sent_a_second_time_in_other_words(waiting: tuple[Desk, Desk, str]) -> None:
    """Both might be taken: the supervisor would let through what its author believes to have replaced."""
    first, second, _ = waiting
    with second.store.reader() as session:
        (row,) = session.scalars(select(Outbox).where(Outbox.state == PARKED))
    first.write(set_roles, account_id(STATION, "chen"), ["mediator", "clerk"])
    sync_once(first)
    sync_once(second)
    with pytest.raises(RefusedError, match="等站长决定"):
        second.write(amend, row.op_id, {"title": "路灯全坏了"})
    with pytest.raises(RefusedError, match="等站长决定"):
        second.write(discard, row.op_id, "不用了")
    assert parked(second) == {"report": "permission-ended"}
