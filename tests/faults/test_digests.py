"""Desk and centre compared: what is flipped, lost or too much is found and mended; what cannot be is said (hazard 30)."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from random import Random
from typing import Any

import pytest
from sqlalchemy import delete, func, select, text, update

from sync.client import digest as comparing
from sync.client.engine import SyncReport
from sync.server import digests, tables
from tests.faults import rest
from tests.faults.happenings import ORDINARY, Happenings
from tests.faults.test_forks import synced
from tests.faults.world import STATION, Seat, World
from tests.working import register
from zzdesk.desk.queries import status
from zzdesk.ops import digest, incoming
from zzdesk.ops.models import Cursor, SyncRecord
from zzdesk.reports import commands as reports
from zzdesk.reports.models import Report

Make = Callable[[int], World]


def verified(seat: Seat) -> comparing.Verified:
    report = seat.client.sync(verify=True)
    assert isinstance(report, SyncReport)
    assert report.verified is not None
    return report.verified


def flip(seat: Seat, statement: str, **values: object) -> None:
    """Change something behind everybody's back, as a failing disk or a stray tool would."""
    with seat.desk.store.writer() as session:
        session.execute(text(statement), values)
        session.commit()


def clean(seat: Seat) -> None:
    with seat.desk.store.reader() as session:
        kept = {(row.scope, row.kind): row.buckets for row in session.scalars(select(digest.Digest))}
        right = digest.recomputed(session)
        assert {g: b for g, b in kept.items() if any(b)} == {g: b for g, b in right.items() if any(b)}


def centre_is_clean(world: World) -> None:
    kept = {(row.scope_id, row.kind): row.buckets for row in world.rows(tables.digest) if any(row.buckets)}
    with world.server.centre.database.writing() as connection:
        digests.rebuild(connection)
    right = {(row.scope_id, row.kind): row.buckets for row in world.rows(tables.digest)}
    assert kept == right


@pytest.mark.parametrize("column", ["title", "address", "state", "scope", "voided"])
def test_a_value_flipped_in_a_row_is_found_and_fetched_again(make_world: Make, column: str) -> None:
    world = make_world(2)
    one = world.seats[0]
    report = one.ids("report")[0]
    before = one.records()
    value = 1 if column == "voided" else "350602002999" if column == "scope" else "坏了"
    flip(one, f"UPDATE report SET {column} = :value WHERE id = :id", value=value, id=report)
    assert one.records() != before
    found = verified(one)
    assert (found.damaged, found.ok) == (1, True)
    assert found.records == len(before)
    assert one.records() == before
    world.settle()
    rest.check(world)
    assert verified(one).damaged == 0


def test_a_lost_row_and_a_lost_note_of_it_come_back(make_world: Make) -> None:
    world = make_world(2)
    one = world.seats[0]
    first, second, _ = one.ids("report")
    before = one.records()
    flip(one, "DELETE FROM report WHERE id = :id", id=first)
    flip(one, "DELETE FROM report WHERE id = :id", id=second)
    flip(one, "DELETE FROM sync_record WHERE id = :id", id=second)
    found = verified(one)
    assert found.ok
    assert one.records() == before
    world.settle()
    rest.check(world)


def test_a_record_that_the_centre_does_not_have_in_the_scope_goes_unless_work_on_it_waits(make_world: Make) -> None:
    world = make_world(2)
    one, other = world.seats
    register(one.desk, "多余")
    synced(one)
    synced(other)
    report = one.ids("report", title="多余")[0]
    with world.server.centre.database.writing() as connection:
        for table in (tables.record, tables.feed):
            connection.execute(delete(table).where(table.c.id == report))
        digests.rebuild(connection)
        mine = select(func.max(tables.feed.c.seq)).where(tables.feed.c.scope_id == STATION)
        head = connection.execute(mine).scalar_one()
    for seat in (one, other):
        with seat.desk.store.writer() as session:
            session.execute(update(Cursor).where(Cursor.scope == STATION).values(seq=head))
            session.commit()
    found = verified(one)
    assert (found.removed, found.repaired, found.ok) == (1, 0, True)
    assert one.ids("report", title="多余") == []
    clean(one)


def test_what_repair_does_not_mend_stays_visible_and_leaves_a_file_without_values(make_world: Make) -> None:
    world = make_world(2)
    one = world.seats[0]
    with world.server.centre.database.writing() as connection:  # the centre's own sum is wrong: nothing here can help
        query = select(tables.digest).where(tables.digest.c.scope_id == STATION, tables.digest.c.kind == "report")
        row = connection.execute(query).one()
        wrong = bytes([row.buckets[0] ^ 1]) + row.buckets[1:]
        mine = (tables.digest.c.scope_id == STATION) & (tables.digest.c.kind == "report")
        connection.execute(update(tables.digest).where(mine).values(buckets=wrong))
    report = one.client.sync(verify=True)
    assert report.verified is not None
    assert [where[:2] for where in report.verified.different] == [(STATION, "report")]
    assert report.notices == [comparing.DIFFERENT]
    since = one.desk.read(status).digest_alert
    assert since
    [file] = one.desk.paths.logs.glob("digest-*.json")
    said = json.loads(file.read_text())
    assert said["buckets"][0]["kind"] == "report"
    titles = [one.body("report", each)["title"] for each in one.ids("report")]
    assert not any(title in file.read_text() for title in titles)
    with world.server.centre.database.writing() as connection:
        digests.rebuild(connection)
    assert verified(one).ok
    assert one.desk.read(status).digest_alert is None


def test_it_is_compared_once_a_day_and_never_while_a_scope_is_half_read(make_world: Make) -> None:
    world = make_world(2)
    one, other = world.seats
    synced(one)
    assert synced(one).verified is None
    one.clock.advance(25 * 3600)
    found = synced(one).verified
    assert found is not None
    assert found.scopes >= 1
    assert found.skipped == []
    register(other.desk, "新的")
    synced(other)

    def call(path: str, message: Any, answer: Any) -> Any:
        return one.client.wire.call(path, message, answer, one.client.token())

    skipping = comparing.Verifier(one.desk, call, lambda: None).run([STATION], rows=False)
    assert (skipping.skipped, skipping.different) == ([STATION], [])


def test_records_in_doubt_are_asked_for_after_a_power_cut(make_world: Make) -> None:
    """What a page found doubtful is noted with the page: the machine stops before it could ask."""
    world = make_world(2)
    one = world.seats[0]
    report = one.ids("report")[0]
    flip(one, "UPDATE report SET title = '坏了' WHERE id = :id", id=report)
    with one.desk.store.writer() as session:
        incoming.want(session, [("report", report)])
        session.commit()
    one.crash()
    synced(one)
    assert one.body("report", report)["title"] != "坏了"
    with one.desk.store.reader() as session:
        assert incoming.wanted(session, 10) == []


@pytest.mark.parametrize("seed", range(3))
def test_kept_digests_are_the_recomputed_ones_after_any_history(make_world: Make, seed: int) -> None:
    world = make_world(2)
    random, reached = Random(seed), Counter[str]()
    happenings = Happenings(world, reached)
    for _ in range(60):
        happenings.let(*Happenings.choose(random, ORDINARY))
    world.settle()
    for seat in world.seats:
        clean(seat)
        assert verified(seat).ok
    centre_is_clean(world)
    assert reached


def test_a_record_with_pending_work_is_judged_by_what_was_confirmed(make_world: Make) -> None:
    world = make_world(2)
    one = world.seats[0]
    report = one.ids("report")[0]
    one.desk.write(reports.edit, report, {"title": "还没送出"})
    with one.desk.store.reader() as session:
        after: tuple[str, str] | None = ("", "")
        bad = []
        while after is not None:
            found, after, _ = digest.damaged(session, after, 7)
            bad += found
    assert bad == []
    with one.desk.store.reader() as session:
        assert session.get_one(Report, report).title == "还没送出"
        assert session.get_one(SyncRecord, ("report", report)).ver >= 1
