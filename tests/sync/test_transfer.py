"""A report handed from one community to another, by real desks over real HTTP: it leaves, it arrives, nothing is lost."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

import zzdesk.catalogue  # noqa: F401 - every kind must be known
from sync.client.engine import SyncClient, sync_once
from sync.client.transport import Transport
from sync.server.run import ServerThread
from sync.server.tables import blob, record
from tests.sync.desks import content
from tests.sync.stations import NewDesk, settle
from zzdesk.clock import FixedClock
from zzdesk.desk import records
from zzdesk.desk.files import fetch
from zzdesk.desk.outbox import amend
from zzdesk.desk.queries import search
from zzdesk.desk.session import Desk
from zzdesk.errors import InvalidError, RefusedError
from zzdesk.evidence import local
from zzdesk.evidence.files import FileStore
from zzdesk.evidence.models import Attachment
from zzdesk.ops import digest
from zzdesk.ops.models import ACKED, PARKED, Outbox, Shadow, SyncRecord
from zzdesk.reports import commands as reports
from zzdesk.reports.models import Report, Step
from zzdesk.store.base import Synced

HERE, THERE = "350602002004", "350602002005"
WHY = "地点在那边"


def add(desk: Desk, title: str = "路灯不亮") -> str:
    report = desk.write(reports.register, {"title": title, "category": "lighting"}).created[0]
    desk.write(reports.note, {"report_id": report, "note": "已电话联系"})
    return report


def transfer(desk: Desk, report: str, to: str = THERE, reason: str | None = WHY) -> None:
    desk.write(records.act, "report", report, "transfer", {"to": to}, reason)


def held(desk: Desk, model: type[Synced]) -> dict[str, Any]:
    with desk.store.reader() as session:
        return {row.id: row.scope for row in session.scalars(select(model))}


def left_over(desk: Desk, report: str) -> int:
    """Return how many rows about a report and its steps this desk still keeps beside its operations."""
    with desk.store.reader() as session:
        rows = [*session.scalars(select(SyncRecord)), *session.scalars(select(Shadow))]
    return sum(row.id == report or row.kind == "step" for row in rows)


def test_a_report_goes_to_another_community_with_its_file(new_desk: NewDesk) -> None:
    first, second, other = new_desk(), new_desk(), new_desk("huang", station=THERE)
    report = add(first)
    settle(first, second, other)
    assert report in held(second, Report)
    transfer(first, report)
    assert held(first, Report) == {report: THERE}  # on its way
    with first.store.reader() as session:
        assert digest.damaged(session, ("", ""))[0] == []
    settle(first, second, other)
    for desk in (first, second):
        assert (held(desk, Report), held(desk, Step), left_over(desk, report)) == ({}, {}, 0)
        assert desk.read(search, "路灯") == ()
    assert held(other, Report) == {report: THERE}
    assert set(held(other, Step).values()) == {THERE}
    with other.store.reader() as session:
        assert {step.action for step in session.scalars(select(Step))} == {"note", "transfer"}
        assert {step.reason for step in session.scalars(select(Step))} == {None, WHY}
    other.write(reports.act, report, "accept", {})
    assert {r.requests for r in settle(first, second, other)} == {2}  # a token and one hello each


def test_work_done_without_knowing_of_the_move_goes_after_the_report(
    new_desk: NewDesk, server: ServerThread, clock: FixedClock
) -> None:
    first, second, other = new_desk(), new_desk(), new_desk("huang", station=THERE)
    report = add(first)
    settle(first, second, other)
    clock.advance(60)
    second.write(reports.edit, report, {"address": "台湾路12号"})
    second.write(reports.note, {"report_id": report, "note": "看过现场"})
    clock.advance(60)
    transfer(first, report)
    sync_once(first)
    done = sync_once(second)
    assert (done.rejected, done.pending) == (0, 0)
    assert (held(second, Report), held(second, Step)) == ({}, {})
    settle(first, second, other)
    with other.store.reader() as session:
        assert session.get_one(Report, report).address == "台湾路12号"
    assert len(held(other, Step)) == 3


def test_an_evict_that_comes_while_work_is_pending_waits_for_it(
    new_desk: NewDesk, server: ServerThread, clock: FixedClock
) -> None:
    """The edit is made while the round that brings the evict is under way."""
    first, second, other = new_desk(), new_desk(), new_desk("huang", station=THERE)
    report = add(first)
    settle(first, second, other)
    clock.advance(60)
    transfer(first, report)
    sync_once(first)

    class Meanwhile(Transport):
        """A line on which somebody types while the first page is on its way: it does not come with the greeting."""

        typed = 0

        def call(self, path: str, *args: Any, **more: Any) -> Any:
            answer = super().call(path, *args, **more)
            if path == "/v1/hello":
                answer.pages = []
            if path == "/v1/pull" and not self.typed:
                self.typed = len(second.write(reports.edit, report, {"address": "台湾路12号"}).records)
            return answer

    line = Meanwhile(server.url)
    SyncClient(second, line).sync()
    assert line.typed == 1
    assert report in held(second, Report)  # its edit is not at the centre yet
    assert sync_once(second).rejected == 1  # made after the move: refused, and kept
    assert held(second, Report) == {}
    with second.store.reader() as session:
        (row,) = session.scalars(select(Outbox).where(Outbox.state == PARKED))
        assert row.body["set"]["address"]["to"] == "台湾路12号"


def test_a_place_that_the_centre_does_not_know_is_refused_and_the_report_is_back(new_desk: NewDesk) -> None:
    desk = new_desk()
    report = add(desk)
    sync_once(desk)
    transfer(desk, report, "350602002006")
    assert sync_once(desk).rejected > 0
    assert held(desk, Report) == {report: HERE}
    with desk.store.reader() as session:
        parked = list(session.scalars(select(Outbox).where(Outbox.state == PARKED)))
        assert {row.problem["type"] for row in parked} <= {"/p/unknown-place", "/p/group-rejected"}


def test_a_report_that_arrives_together_with_a_transfer_that_is_refused_leaves_nothing_aside(new_desk: NewDesk) -> None:
    desk = new_desk()
    report = desk.write(reports.register, {"title": "路灯不亮", "category": "lighting"}).created[0]
    transfer(desk, report, to="350602001001")
    sync_once(desk)
    with desk.store.reader() as session:
        assert session.scalars(select(Outbox.state).where(Outbox.record_id == report).order_by(Outbox.n)).all() == [ACKED, PARKED]
        assert session.scalars(select(Shadow)).all() == []
    assert held(desk, Report) == {report: HERE}


def test_a_refused_transfer_is_sent_again_over_what_stands_today(new_desk: NewDesk) -> None:
    """It names no fields, only a place, and what its author saw of the old one."""
    desk = new_desk()
    report = add(desk)
    sync_once(desk)
    transfer(desk, report, "350602002006")
    sync_once(desk)
    desk.write(reports.edit, report, {"address": "台湾路12号"})
    sync_once(desk)
    with desk.store.reader() as session:
        move = session.scalars(select(Outbox).where(Outbox.state == PARKED, Outbox.verb == "move")).one()
    desk.write(amend, move.op_id)
    with desk.store.reader() as session:
        again = session.scalars(select(Outbox).where(Outbox.replaces == move.op_id)).one()
    assert (again.verb, again.body["to_scope"]) == ("move", "350602002006")
    assert set(again.body["saw"]) == {"scope"}
    assert sync_once(desk).rejected > 0  # the place is as unknown as before
    assert held(desk, Report) == {report: HERE}


def test_a_transfer_before_the_first_round_is_a_move_all_the_same(new_desk: NewDesk, server: ServerThread) -> None:
    desk, other = new_desk(), new_desk("huang", station=THERE)
    report = add(desk)
    transfer(desk, report)
    settle(desk, other)
    assert (held(desk, Report), list(held(other, Report))) == ({}, [report])
    with desk.store.reader() as session:
        assert {row.state for row in session.scalars(select(Outbox).where(Outbox.record_id == report))} <= {ACKED}
    with server.centre.database.reading() as connection:
        found = connection.execute(select(record.c.scope_id).where(record.c.kind.in_(("report", "step")))).scalars()
        assert set(found) == {THERE}


@pytest.mark.parametrize(
    ("to", "reason", "field"),
    [("999", WHY, "to"), ("", WHY, "to"), (HERE, WHY, "to"), (THERE, " ", None), (THERE, None, None)],
)
def test_where_to_and_why_must_be_said(new_desk: NewDesk, to: str, reason: str | None, field: str | None) -> None:
    desk = new_desk()
    report = add(desk)
    with pytest.raises(InvalidError if field else RefusedError, match=field or "理由"):
        transfer(desk, report, to, reason)
    assert held(desk, Report) == {report: HERE}


def test_a_grid_of_a_community_is_a_place_too_and_a_closed_report_stays(new_desk: NewDesk) -> None:
    from zzdesk.reports.transfer import place_code

    assert place_code("350602002005-03") == "350602002005-03"
    assert place_code("350602002000") == "350602002"
    desk = new_desk()
    report = add(desk)
    desk.write(reports.act, report, "refer", {"referred_to": "12345"}, "不归我们管")
    with pytest.raises(RefusedError, match="办结"):
        transfer(desk, report)


def test_a_photo_that_waited_goes_to_the_centre_though_its_report_was_handed_over(
    new_desk: NewDesk, server: ServerThread, tmp_path: Path
) -> None:
    first, other = new_desk(), new_desk("huang", station=THERE)
    report = add(first)
    photo = tmp_path / "现场.bin"
    photo.write_bytes(content(5000))
    files = FileStore(first.paths.files, first.store.key)
    first.write(records.attach, files, "report", report, photo, {})
    transfer(first, report)
    settle(first, other)
    assert held(first, Attachment) == {}
    with server.centre.database.reading() as connection:
        assert connection.execute(select(blob.c.size, blob.c.state)).all() == [(5000, "verified")]
    [attachment] = held(other, Attachment)
    other.write(fetch, attachment)
    sync_once(other)
    with other.store.reader() as session:
        sha256 = session.get_one(Attachment, attachment).sha256
    assert FileStore(other.paths.files, other.store.key).has(sha256)
    with first.store.reader() as session:
        assert local.waiting(session).count == 0
