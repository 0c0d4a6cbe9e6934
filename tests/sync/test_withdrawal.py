"""What is taken away from a desk: scopes, many records at once, everything; by real desks over real HTTP."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

import zzdesk.catalogue  # noqa: F401 - every kind must be known
from sync.client import orders
from sync.client.answers import Pulled
from sync.client.engine import SyncClient, sync_once
from sync.client.enrol import enrol
from sync.client.transport import ProblemError, Transport
from sync.orders import REVOKED, WIPE, Order
from sync.protocol import HelloAnswer, PullRequest, Want
from sync.server import admin
from sync.server.accounts import ACTIVE, DEAD, ESCROW
from sync.server.run import ServerThread
from sync.server.tables import blob, device, feed, op_log, sync_clock
from tests.sync.stations import (
    SECOND,
    STATION,
    NewDesk,
    add,
    audited,
    data,
    device_of,
    held,
    leave_team,
    parked,
)
from zzdesk.accounts.models import Account
from zzdesk.clock import FixedClock
from zzdesk.desk import commands, recording, records
from zzdesk.desk.accounts import add_account
from zzdesk.desk.session import Desk, open_desk
from zzdesk.errors import KnownError, NotFoundError, NotOursError, RefusedError
from zzdesk.evidence.files import FileStore
from zzdesk.evidence.models import Attachment
from zzdesk.evidence.tapes import Sound, Tape
from zzdesk.mediation import commands as mediation
from zzdesk.mediation.models import Case, Dispute, Party
from zzdesk.mediation.papers import edit_paper
from zzdesk.ops import membership, state
from zzdesk.ops.journal import Journal
from zzdesk.ops.membership import MassEvictionError
from zzdesk.ops.models import PARKED, Outbox, Shadow, SyncRecord
from zzdesk.reports import commands as reports
from zzdesk.reports.models import Report
from zzdesk.store.keys import TEST_COST
from zzdesk.store.unit import ChangeSet, UnitOfWork

# ---- scopes ----


def heard(desk: Desk, session_id: str, seconds: int) -> None:
    """Record on a tape that nobody keeps."""
    tape = Tape(desk.paths.tapes, desk.store.key, session_id, desk.clock.now(), Sound())
    tape.add(bytes(tape.sound.a_second * seconds))
    tape.close()


def test_who_leaves_the_team_hands_over_what_is_pending_and_loses_the_copy(
    team: tuple[Desk, Desk, str], server: ServerThread, clock: FixedClock
) -> None:
    first, second, case = team
    meeting = second.write(add, "session", {"case_id": case, "place": "茶室"}).created[0]
    sync_once(second)
    heard(second, meeting, 3)
    clock.advance(60)
    second.write(add, "party", {"case_id": case, "role": "respondent", "name": "林秀英"})
    clock.advance(60)
    leave_team(first, case)
    sync_once(second)
    assert (held(second, Party), held(second, Dispute)) == (set(), set())
    assert list(second.paths.tapes.iterdir()) == [], "what was recorded and never kept goes with its session"
    assert [facts["voice_seconds"] for facts in audited(second, "scope.revoked")] == [3.0], "and that is written down"
    heard(second, meeting, 2)  # as a program that was killed before its files went leaves it
    assert recording.sweep(second) == ()
    assert list(second.paths.tapes.iterdir()) == []
    assert [facts["voice_seconds"] for facts in audited(second, "session.recording-swept")] == [2.0]
    assert held(second, Case) == {case}  # the stub belongs to the station
    assert parked(second)["party"] == "permission-ended"
    with second.store.reader() as session:
        assert f"case:{case}" not in state.cursors(session)
        left = [*session.scalars(select(SyncRecord)), *session.scalars(select(Shadow))]
        assert [row for row in left if row.kind in ("party", "dispute")] == []
        bodies = [row.body for row in session.scalars(select(Outbox).where(Outbox.kind == "party"))]
    assert [body["init"]["name"] for body in bodies] == ["林秀英"]
    assert [facts["scope"] for facts in audited(second, "scope.revoked")] == [f"case:{case}"]
    assert sync_once(second).requests == 2  # and it is told once
    with server.centre.database.reading() as connection:
        found = connection.execute(select(op_log.c.outcome).where(op_log.c.kind == "party")).scalars().all()
    assert sorted(found) == ["applied", "quarantined"]


def test_what_is_offered_once_more_from_a_file_that_was_closed_shows_nothing_of_it_and_is_kept(
    team: tuple[Desk, Desk, str], server: ServerThread, tmp_path: Path, clock: FixedClock
) -> None:
    first, second, case = team
    (party,) = held(first, Party)
    clock.advance(60)
    second.write(edit_paper, "party", party, {"address": "台湾路"})
    second.write(add, "party", {"case_id": case, "role": "respondent", "name": "林秀英"})
    clock.advance(60)
    leave_team(first, case)
    sync_once(second)
    with second.store.reader() as session:
        aside = list(session.scalars(select(Outbox.op_id).where(Outbox.state == PARKED).order_by(Outbox.n)))
    for op_id in aside:
        second.write(commands.retry, op_id)
    assert held(second, Party) == set()
    report = sync_once(second)
    assert (report.rejected, report.pending) == (len(aside), 0)
    assert held(second, Party) == set()
    assert set(parked(second).values()) == {"permission-ended"}
    folder = data(server, tmp_path)
    while waiting := admin.quarantined(folder, None):  # what was saved together is decided together
        admin.decide(folder, None, waiting[0].op_id, f"lin@{STATION}", "核实过", let_through=True, clock=clock)
    for desk in (first, second):
        sync_once(desk)
    assert len(held(first, Party)) == 2
    assert (held(second, Party), parked(second)) == (set(), {})
    with first.store.reader() as session:
        assert session.get_one(Party, party).address == "台湾路"


def test_files_of_a_withdrawn_scope_go_but_those_taken_in_here_stay_until_the_centre_has_them(
    team: tuple[Desk, Desk, str], server: ServerThread, tmp_path: Path
) -> None:
    """Bytes that are at this desk alone are never thrown away: no record here names them, and they are sent all the same."""
    first, second, case = team
    second.settings.files_sync = False
    (party,) = held(first, Party)
    theirs, own = tmp_path / "theirs.txt", tmp_path / "own.txt"
    theirs.write_text("甲")
    own.write_text("乙")
    shelf, mine = (FileStore(desk.paths.files, desk.store.key) for desk in (first, second))
    first.write(records.attach, shelf, "party", party, theirs)
    sync_once(first)
    sync_once(second)
    fetched = mine.put(theirs).sha256  # as a download would
    second.write(records.attach, mine, "party", party, own)
    kept = mine.put(own).sha256
    sync_once(second)
    leave_team(first, case)
    sync_once(second)
    assert held(second, Attachment) == set()
    assert (mine.has(fetched), mine.has(kept)) == (False, True)
    second.settings.files_sync = True
    sync_once(second)
    with server.centre.database.reading() as connection:
        assert connection.execute(select(blob.c.state).where(blob.c.sha256 == kept)).all() == [("verified",)]


def test_who_leaves_a_team_by_their_own_doing_is_not_told_of_a_fault(team: tuple[Desk, Desk, str]) -> None:
    """The greeting still had the case; what was sent after it ended that, before the case was asked for."""
    first, second, case = team
    first.write(mediation.edit_case, case, {"team": ["chen"]})
    assert sync_once(first).rejected == 0
    sync_once(first)  # the next greeting says it, signed
    assert held(first, Party) == set()
    sync_once(second)
    assert len(held(second, Party)) == 1


def test_who_comes_back_gets_everything_from_the_beginning(team: tuple[Desk, Desk, str]) -> None:
    first, second, case = team
    leave_team(first, case)
    sync_once(second)
    assert held(second, Party) == set()
    first.write(mediation.edit_case, case, {"team": ["lin", "chen"]})
    sync_once(first)
    sync_once(second)
    assert len(held(second, Party)) == 1


def test_a_colleague_at_the_same_desk_takes_nothing_away_from_the_other(
    team: tuple[Desk, Desk, str], clock: FixedClock
) -> None:
    first, _, case = team
    add_account(first, "wu", "吴", ["clerk"], SECOND)
    sync_once(first)
    first.close()
    with open_desk(first.home, "wu", SECOND, clock, cost=TEST_COST) as shared:
        sync_once(shared)
        assert len(held(shared, Party)) == 1
        with shared.store.reader() as session:
            assert f"case:{case}" in state.cursors(session)


class Tampering(Transport):
    """A line on which somebody changes what the centre says at hello."""

    change: Callable[[HelloAnswer], None]

    def call(self, path: str, *args: Any, **more: Any) -> Any:
        answer = super().call(path, *args, **more)
        if path == "/v1/hello":
            self.change(answer)
        return answer


def _invented(answer: HelloAnswer) -> None:
    answer.revoked = [Order(REVOKED, "d-0", "2026-11-23T01:00:00.000Z", STATION, 1)]


def _altered(answer: HelloAnswer) -> None:
    for order in answer.revoked:
        order.scope = STATION


def _wipe(answer: HelloAnswer) -> None:
    answer.wipe = Order(WIPE, "d-0", "2026-11-23T01:00:00.000Z", sig="AAAA")


@pytest.mark.parametrize("change", [_invented, _altered, _wipe])
def test_what_the_centre_did_not_sign_changes_nothing_and_is_said(
    team: tuple[Desk, Desk, str], server: ServerThread, change: Callable[[HelloAnswer], None]
) -> None:
    first, second, case = team
    leave_team(first, case)
    report = second.write(reports.register, {"title": "路灯", "category": "lighting"}).created[0]
    before = held(second, Account), held(second, Case)
    line = Tampering(server.url)
    line.change = staticmethod(change)  # type: ignore[method-assign]
    with pytest.raises(NotOursError, match="有效的签名"):
        SyncClient(second, line).sync()
    assert (held(second, Account), held(second, Case)) == before
    assert held(second, Report) == {report}
    if change is _altered:
        assert len(held(second, Party)) == 1
    sync_once(second)
    assert held(second, Party) == set()


def test_an_order_for_another_device_is_not_obeyed(team: tuple[Desk, Desk, str], server: ServerThread) -> None:
    first, second, case = team
    leave_team(first, case)
    seen: list[Order] = []
    line = Tampering(server.url)
    line.change = staticmethod(lambda answer: seen.extend(answer.revoked))  # type: ignore[method-assign]
    SyncClient(second, line).sync()
    assert [order.scope for order in seen] == [f"case:{case}"]
    with first.store.reader() as session:
        assert not orders.is_genuine(session, seen[0], REVOKED, seen[0].nonce)
    with second.store.reader() as session:
        assert orders.is_genuine(session, seen[0], REVOKED, seen[0].nonce)
        assert not orders.is_genuine(session, seen[0], WIPE, seen[0].nonce)
        assert not orders.is_genuine(session, seen[0], REVOKED, "another-nonce")


# ---- streets ----


def test_a_street_reads_its_communities_where_the_device_and_the_person_may(
    new_desk: NewDesk, server: ServerThread, tmp_path: Path
) -> None:
    community, street = new_desk(), new_desk("huang", station="350602002")
    report = community.write(reports.register, {"title": "路灯", "category": "lighting"}).created[0]
    sync_once(community)
    sync_once(street)
    assert held(street, Report) == set()
    folder = data(server, tmp_path)
    assert admin.open_scopes(folder, None, device_of(street), ["350602002*"], []) == ["350602002", "350602002*"]
    sync_once(street)
    assert held(street, Report) == {report}
    with street.store.reader() as session:
        assert session.get_one(Report, report).title == "路灯"
    street.write(reports.edit, report, {"title": "路灯坏了"})
    assert sync_once(street).rejected == 1  # it reads there, and holds no role there
    assert parked(street) == {"report": "scope-denied"}
    admin.give_role(folder, None, "huang@350602002", "supervisor", STATION)
    second = street.write(reports.edit, report, {"address": "台湾路12号"})
    assert second.records
    assert sync_once(street).rejected == 0
    admin.open_scopes(folder, None, device_of(street), [], ["350602002*"])
    sync_once(street)
    assert held(street, Report) == set()


def test_what_was_done_before_a_devices_ceiling_was_lowered_waits_for_a_supervisor(
    new_desk: NewDesk, server: ServerThread, tmp_path: Path, clock: FixedClock
) -> None:
    community, street = new_desk(), new_desk("huang", station="350602002")
    folder = data(server, tmp_path)
    admin.open_scopes(folder, None, device_of(street), [STATION], [], clock)
    admin.give_role(folder, None, "huang@350602002", "supervisor", STATION, clock=clock)
    report = community.write(reports.register, {"title": "路灯", "category": "lighting"}).created[0]
    sync_once(community)
    sync_once(street)
    clock.advance(60)
    street.write(reports.edit, report, {"title": "路灯坏了"})
    clock.advance(60)
    admin.open_scopes(folder, None, device_of(street), [], [STATION], clock)
    sync_once(street)
    assert parked(street) == {"report": "permission-ended"}
    assert held(street, Report) == set()


# ---- too much at once ----


def full(desk: Desk, count: int) -> list[str]:
    """Register reports, some at a time."""
    made: list[str] = []

    def several(work: UnitOfWork, names: range) -> ChangeSet:
        for n in names:
            reports.add(work, {"title": f"事件{n}", "category": "lighting"})
        return work.commit()

    for start in range(0, count, 100):
        made += desk.write(several, range(start, min(start + 100, count))).created
    return made


def leave(server: ServerThread, ids: list[str]) -> None:
    """Let the centre lose its mind: records leave the station for nowhere."""
    with server.centre.database.writing() as connection:
        head = connection.execute(select(feed.c.seq).order_by(feed.c.seq.desc())).scalar() or 0
        for n, record_id in enumerate(ids):
            gone = feed.c.id == record_id
            connection.execute(update(feed).where(gone).values(what="evict", seq=head + 1 + n))
        connection.execute(update(sync_clock).values(seq=head + len(ids)))


@pytest.mark.parametrize(("count", "gone"), [(60, 50), (300, 60)])
def test_what_may_leave_leaves(new_desk: NewDesk, server: ServerThread, count: int, gone: int) -> None:
    first, second = new_desk(), new_desk()
    ids = full(first, count)
    sync_once(first)
    sync_once(second)
    leave(server, ids[:gone])
    sync_once(second)
    assert held(second, Report) == set(ids[gone:])


@pytest.mark.parametrize(("count", "gone"), [(60, 51), (300, 62)])
def test_more_than_that_stops_the_round_and_asks(
    new_desk: NewDesk, server: ServerThread, tmp_path: Path, count: int, gone: int
) -> None:
    first, second = new_desk(), new_desk()
    ids = full(first, count)
    sync_once(first)
    sync_once(second)
    with second.store.reader() as session:
        before = state.cursors(session)
    leave(server, ids[:gone])
    for _ in range(2):
        with pytest.raises(MassEvictionError) as stopped:
            sync_once(second)
        assert (stopped.value.scope, stopped.value.params["leaving"]) == (STATION, gone)
    assert held(second, Report) == set(ids)
    with second.store.reader() as session:
        assert state.cursors(session) == before
    with pytest.raises(NotFoundError):
        second.write(commands.accept_evictions, "999999")
    second.write(commands.accept_evictions, STATION)
    sync_once(second)
    assert held(second, Report) == set(ids[gone:])
    with second.store.reader() as session:
        assert not membership.accepted(session, STATION)  # it was for this time


def test_what_an_operator_announced_needs_no_question(new_desk: NewDesk, server: ServerThread, tmp_path: Path) -> None:
    first, second = new_desk(), new_desk()
    ids = full(first, 60)
    sync_once(first)
    sync_once(second)
    leave(server, ids)
    admin.announce(data(server, tmp_path), None, STATION, 59, server.centre.clock)
    with pytest.raises(MassEvictionError):
        sync_once(second)
    admin.announce(data(server, tmp_path), None, STATION, 60, server.centre.clock)
    sync_once(second)
    assert held(second, Report) == set()


# ---- devices ----


def status_of(server: ServerThread, device_id: str) -> str:
    with server.centre.database.reading() as connection:
        return str(connection.execute(select(device.c.status).where(device.c.id == device_id)).scalar_one())


def test_a_device_in_escrow_hands_over_its_work_and_is_emptied(
    new_desk: NewDesk, server: ServerThread, tmp_path: Path
) -> None:
    desk = new_desk()
    first = desk.write(reports.register, {"title": "送到了", "category": "lighting"}).created[0]
    sync_once(desk)
    second = desk.write(reports.register, {"title": "没送到", "category": "lighting"}).created[0]
    desk.write(reports.edit, first, {"title": "改过"})
    lines = len(audited(desk, "record.create"))
    folder = data(server, tmp_path)
    mine = device_of(desk)
    admin.set_device(folder, None, mine, ESCROW)
    with pytest.raises(orders.DeviceWithdrawnError, match="已收回"):
        sync_once(desk)
    assert held(desk, Report) == set()
    assert held(desk, Account)
    with desk.store.reader() as session:
        assert list(session.scalars(select(Outbox))) == []
        assert state.cursors(session) == {}
    assert Journal(desk.paths.journal, desk.store.key).after(-1) == []
    assert len(audited(desk, "record.create")) == lines
    assert len(audited(desk, "device.withdrawn")) == 1
    with server.centre.database.reading() as connection:
        rows = connection.execute(select(op_log).where(op_log.c.outcome == "quarantined")).all()
        assert {row.entity_id for row in rows} == {first, second}
        assert "没送到" in "".join(row.body for row in rows)
    with pytest.raises(RefusedError, match="已收回"):
        SyncClient(desk)
    enrol(desk, server.url, server.enrol_code(STATION))
    sync_once(desk)
    assert held(desk, Report) == {first}


def test_a_device_in_escrow_reads_nothing(new_desk: NewDesk, server: ServerThread, tmp_path: Path) -> None:
    desk = new_desk()
    client = SyncClient(desk)
    client.sync()
    admin.set_device(data(server, tmp_path), None, device_of(desk), ESCROW)
    with desk.store.reader() as session:
        mine = state.get_state(session)
        replica, epoch = mine.replica_id, str(mine.epoch)
    with pytest.raises(ProblemError) as refused:
        client.wire.call(
            "/v1/pull", lambda nonce: PullRequest(replica, epoch, nonce, [Want(STATION, 0)]), Pulled, client.token()
        )
    assert refused.value.problem == "device-escrow"


def test_a_dead_device_gets_nothing_and_one_let_in_again_everything(
    new_desk: NewDesk, server: ServerThread, tmp_path: Path
) -> None:
    desk = new_desk()
    desk.write(reports.register, {"title": "路灯", "category": "lighting"})
    folder, mine = data(server, tmp_path), device_of(desk)
    admin.set_device(folder, None, mine, DEAD)
    with pytest.raises(KnownError, match="注销"):
        sync_once(desk)
    assert len(held(desk, Report)) == 1
    admin.set_device(folder, None, mine, ACTIVE)
    assert sync_once(desk).pending == 0
    with pytest.raises(NotFoundError):
        admin.set_device(folder, None, "d-none", ACTIVE)
