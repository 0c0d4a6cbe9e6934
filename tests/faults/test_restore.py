"""The centre put back from a backup while its desks live on: everything comes back, nothing is decided twice (22, 23, 38)."""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import make_url, select, update

from sync.client import recovery as desk_recovery
from sync.client.transport import ProblemError
from sync.server import admin, tables
from sync.server.database import open_database
from sync.server.run import ServerThread
from tests.faults import rest
from tests.faults.restoring import come_to_rest, mode, post_restore, put_back, restore, start, stop
from tests.faults.test_forks import synced
from tests.faults.world import NEXT_DOOR, Seat, Template, World, _administer, memory_folder
from tests.refusing import refuse_titles
from tests.working import register
from zzdesk.desk import outbox
from zzdesk.documents.models import NumberBlock
from zzdesk.errors import RefusedError
from zzdesk.mediation import commands as mediation
from zzdesk.ops import epochs
from zzdesk.ops.models import ACKED, DROPPED, PARKED, REPLACED, Outbox, SyncRecord
from zzdesk.ops.state import get_state
from zzdesk.reports import commands as reports
from zzdesk.reports.transfer import transfer

Make = Callable[[], World]
KINDS = [pytest.param("sqlite"), pytest.param("postgresql", marks=pytest.mark.pg)]


@pytest.fixture(params=KINDS)
def make_any(request: pytest.FixtureRequest) -> Iterator[Make]:
    """Makes a world of two desks, on SQLite and on PostgreSQL."""
    url = request.getfixturevalue("pg_url") if request.param == "postgresql" else None
    folder = Path(tempfile.mkdtemp(prefix="zzrestore", dir=memory_folder()))
    worlds: list[World] = []

    def make() -> World:
        worlds.append(World(Template.make(folder / "template", 2, url), folder / f"run{folder.name[-6:]}"))
        return worlds[-1]

    yield make
    for world in worlds:
        world.close()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def world_apart(tmp_path: Path) -> Iterator[World]:
    """A world of two desks and a third one next door."""
    world = World(Template.make(tmp_path / "template", 3, apart=1), tmp_path / "run")
    yield world
    world.close()


def back_up(world: World) -> Any:
    """Copy the centre's database while it stands still, with a tool that knows nothing of us."""
    stop(world)
    if world.database_url:
        name = make_url(world.database_url).database
        copy = f"{name}_copy"
        _administer(world.database_url, f"DROP DATABASE IF EXISTS {copy}")
        _administer(world.database_url, f"CREATE DATABASE {copy} TEMPLATE {name}")
    else:
        copy = world.folder / "copy.db"
        shutil.copy(world.folder / "centre" / "server.db", copy)
    start(world)
    return copy


def refused_here(seat: Seat) -> list[str]:
    with seat.desk.store.reader() as session:
        return list(session.scalars(select(Outbox.op_id).where(Outbox.state == PARKED).order_by(Outbox.n)))


def drop_copy(world: World, copy: Any) -> None:
    if world.database_url:
        _administer(world.database_url, f"DROP DATABASE {copy}")


def test_what_the_centre_lost_comes_back_from_the_desks_with_its_receipts(make_any: Make) -> None:
    world = make_any()
    one, other = world.seats
    copy = back_up(world)
    report = one.ids("report")[0]
    for seat, word in ((one, "甲"), (other, "乙")):
        register(seat.desk, f"{word}在备份之后登记")
        seat.desk.write(reports.edit, report, {"title" if seat is one else "address": f"{word}改"})
        seat.clock.advance(60)
        synced(seat)
    world.settle()
    register(one.desk, "还没有送出的")
    put_back(world, copy)
    with pytest.raises(RefusedError, match="post-restore"):
        ServerThread(world.folder / "centre", database_url=world.database_url)
    done = post_restore(world)
    assert done.devices == 2
    start(world)
    first = synced(one)
    assert first.notices == [desk_recovery.CENTRE_RESTORED]
    assert mode(world) == "recovery"
    synced(other)
    world.settle()
    assert mode(world) == "normal", "both desks are back"
    reached = rest.check(world)
    assert reached["op:conflict"] == 0, "what was applied once is applied again"
    body = one.body("report", report)
    assert (body["title"], body["address"]) == ("甲改", "乙改")
    assert len(one.ids("report")) == len(other.ids("report")) == 3 + 3
    assert synced(one).notices == []
    drop_copy(world, copy)


def test_an_operation_waits_until_what_it_stands_on_has_come_back_from_another_desk(make_any: Make) -> None:
    """One desk edits what the other made after the backup; the editor comes back first."""
    world = make_any()
    one, other = world.seats
    copy = back_up(world)
    register(one.desk, "新登记")
    synced(one)
    synced(other)
    report = one.ids("report", title="新登记")[0]
    other.desk.write(reports.edit, report, {"address": "台湾路"})
    synced(other)
    restore(world, copy)
    early = synced(other)
    assert early.held == 1
    assert other.body("report", report)["address"] == "台湾路", "it stays on the desk as it was"
    world.settle()
    rest.check(world)
    assert one.body("report", report)["address"] == "台湾路"
    drop_copy(world, copy)


def test_records_that_no_desk_can_explain_are_handed_to_people_and_put_back(make_any: Make) -> None:
    """The desk that made a record is lost with its disk; another one still shows it."""
    world = make_any()
    one, other = world.seats
    copy = back_up(world)
    register(one.desk, "只剩副本")
    synced(one)
    synced(other)
    report = other.ids("report", title="只剩副本")[0]
    other.desk.write(reports.edit, report, {"address": "补记"})
    synced(other)
    world.seats = [other]
    one.close()
    put_back(world, copy)
    post_restore(world)
    start(world)
    with world.server.centre.database.writing() as connection:  # nobody waits for the lost one any more
        connection.execute(update(tables.device).where(tables.device.c.id == one.client.device_id).values(status="dead"))
    synced(other)
    told = [notice for _ in range(3) for notice in synced(other).notices]
    assert told == [desk_recovery.LOST_AT_CENTRE]
    with world.server.centre.database.reading() as connection:
        kept = [(row.kind, row.id) for row in connection.execute(select(tables.salvage))]
    assert kept == [("report", report)]
    with other.desk.store.reader() as session:
        assert session.get_one(SyncRecord, ("report", report)).ver == epochs.HANDED_OVER
    stop(world)
    [waiting] = admin.salvaged(world.folder / "centre", world.database_url)
    admin.decide_salvage(
        world.folder / "centre", world.database_url, (waiting.kind, waiting.id), None, put_back=True
    )
    assert admin.salvaged(world.folder / "centre", world.database_url) == []
    start(world)
    world.settle()
    assert other.body("report", report)["address"] == "补记"
    with other.desk.store.reader() as session:
        assert not [row for row in session.scalars(select(Outbox)) if row.state != ACKED], "the edit that waited is in"
    drop_copy(world, copy)


def test_a_child_that_comes_back_after_its_parent_has_moved_leaves_the_desks_that_had_it(world_apart: World) -> None:
    """No scope of theirs ever held it in the centre's new life, so none tells that it left."""
    world = world_apart
    one, other, _ = world.seats
    report = one.ids("report")[0]
    copy = back_up(world)
    one.desk.write(reports.note, {"report_id": report, "note": "备份之后"})
    synced(one)
    synced(other)
    [step] = other.ids("step")
    restore(world, copy)
    other.desk.write(transfer, report, {"to": NEXT_DOOR}, "归那边管")
    synced(other)
    come_to_rest(world, Counter())
    rest.check(world)
    assert (one.ids("step", id=step), other.ids("step", id=step)) == ([], [])


def test_recovery_ends_after_three_days_though_a_desk_stays_away(make_any: Make) -> None:
    world = make_any()
    one, _ = world.seats
    copy = back_up(world)
    restore(world, copy)
    synced(one)
    synced(one)
    assert mode(world) == "recovery", "the other desk is waited for"
    now = world.server.centre.clock.now()
    since = (now - timedelta(hours=72)).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    with world.server.centre.database.writing() as connection:
        connection.execute(update(tables.meta).values(recovery_since=since))
    synced(one)
    assert mode(world) == "normal"
    drop_copy(world, copy)


def test_two_restores_in_a_row_and_a_desk_that_slept_through_both(make_any: Make) -> None:
    world = make_any()
    one, other = world.seats
    copy = back_up(world)
    register(other.desk, "睡前")
    synced(other)
    restore(world, copy)
    register(one.desk, "第一次恢复之后")
    synced(one)
    restore(world, copy)
    synced(one)
    world.settle()
    rest.check(world)
    assert len(other.ids("report")) == 3 + 2
    drop_copy(world, copy)


def test_a_copy_of_the_whole_folder_that_nobody_declared_shows_at_the_desks(make_any: Make) -> None:
    """Keys and all put back as they were: nothing beside the database knows better, but the desks do."""
    world = make_any()
    one, other = world.seats
    stop(world)
    shutil.copytree(world.folder / "centre", world.folder / "whole")
    start(world)
    copy = back_up(world)
    for n in range(3):
        register(one.desk, f"之后{n}")
        one.clock.advance(60)
    synced(one)
    put_back(world, copy)
    for name in ("life.json", "life.seq"):
        shutil.copy(world.folder / "whole" / name, world.folder / "centre" / name)
    start(world)
    before = one.records()
    refused = one.sync()
    assert isinstance(refused, ProblemError)
    assert refused.problem == "rolled-back"
    assert one.records() == before
    stop(world)
    post_restore(world)
    start(world)
    world.settle()
    rest.check(world)
    assert len(other.ids("report")) == 3 + 3
    drop_copy(world, copy)


def test_a_desk_does_not_go_back_into_an_epoch_that_it_has_left(make_any: Make) -> None:
    world = make_any()
    one, _ = world.seats
    copy = back_up(world)
    with one.desk.store.reader() as session:
        first = get_state(session).epoch
    restore(world, copy)
    world.settle()
    with world.server.centre.database.writing() as connection:
        connection.execute(update(tables.meta).values(epoch=first))
    error = one.sync()
    assert isinstance(error, RefusedError)
    assert error.text("zh") == RefusedError(epochs.WENT_BACK).text("zh")
    drop_copy(world, copy)


def test_an_empty_database_never_takes_the_place_of_a_lost_one(make_world: Callable[[int], World]) -> None:
    world = make_world(2)
    folder = world.folder / "centre"
    stop(world)
    for path in folder.glob("server.db*"):
        path.unlink()
    with pytest.raises(RefusedError, match="post-restore"):
        ServerThread(folder)
    with pytest.raises(RefusedError, match="备份"):
        admin.post_restore(folder, None)
    assert not (folder / "server.db").exists()
    database = open_database(world.folder / "another")
    database.close()
    shutil.copy(world.folder / "another" / "server.db", folder)
    shutil.copy(world.folder / "another" / "server.key", folder)
    with pytest.raises(RefusedError, match="另一个中心"):
        admin.post_restore(folder, None)
    world.server = ServerThread(world.folder / "another").start()



def forget_numbers(world: World) -> None:
    """Leave in the centre's database what a backup has that was made before anybody was given a number."""
    with closing(open_database(world.folder / "centre", world.database_url)) as database, database.writing() as connection:
        connection.execute(tables.number_block.delete())
        connection.execute(tables.number_series.delete())


@pytest.mark.parametrize("known", [True, False], ids=["known", "unknown"])
def test_a_case_keeps_the_number_that_the_centre_gave_it_before_it_was_restored(make_any: Make, known: bool) -> None:
    """It may be on paper, and whoever comes first after the restore must not get it (hazards 14 and 22).

    The backup knows the series, or was made before its first number.
    """
    world = make_any()
    one, other = world.seats
    copy = back_up(world)
    with one.desk.store.writer() as session:
        session.execute(update(NumberBlock).values(next=NumberBlock.hi + 1))
        session.commit()
    case = one.desk.write(mediation.accept, {"category": "neighbours"}).created[0]
    leased = other.desk.write(mediation.accept, {"category": "neighbours"}).created[0]
    world.settle()
    before = {each: one.body("case", each)["number"] for each in (case, leased)}
    assert all(before.values())
    put_back(world, copy)
    if not known:
        forget_numbers(world)
    post_restore(world)
    start(world)
    world.settle()
    later = other.desk.write(mediation.accept, {"category": "neighbours"}).created[0]
    world.settle()
    rest.check(world)
    assert {each: one.body("case", each)["number"] for each in (case, leased)} == before
    assert one.body("case", later)["number"] not in (None, *before.values())
    drop_copy(world, copy)


def test_dead_letters_come_back_to_the_centre_and_what_was_written_upon_one_does_not_wait_for_ever(
    make_any: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One refused edit was given up, one was corrected and sent again; the restored centre has heard of neither."""
    world = make_any()
    one, other = world.seats
    titles: list[str] = []
    refuse_titles(monkeypatch, titles)
    copy = back_up(world)
    first, second = one.ids("report")[:2]
    titles += ["不收一", "不收二"]
    one.desk.write(reports.edit, first, {"title": "不收一"})
    one.desk.write(reports.edit, second, {"title": "不收二"})
    assert synced(one).rejected == 2
    dropped, corrected = refused_here(one)
    one.desk.write(outbox.discard, dropped, "写错了")
    one.desk.write(outbox.amend, corrected, {"title": "改好的"})
    synced(one)
    titles.clear()
    restore(world, copy)
    world.settle()
    assert mode(world) == "normal"
    rest.check(world)
    log = {row.op_id: row.outcome for row in world.rows(tables.op_log)}
    assert (log[dropped], log[corrected]) == ("rejected", "rejected"), "what was given up is not taken after all"
    assert one.body("report", first)["title"] != "不收一"
    assert other.body("report", second)["title"] == "改好的"
    with one.desk.store.reader() as session:
        found = {row.op_id: row.state for row in session.scalars(select(Outbox).where(Outbox.op_id.in_(log)))}
    assert (found[dropped], found[corrected]) == (DROPPED, REPLACED), "nobody is asked a second time"
    drop_copy(world, copy)


def test_what_was_given_up_is_refused_though_its_receipt_is_not_believed(
    make_world: Callable[[int], World], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The centre's key was lost with it: on the word of its own desk nothing is taken that nobody wants any more."""
    world = make_world(2)
    one = world.seats[0]
    titles = ["不收"]
    refuse_titles(monkeypatch, titles)
    copy = back_up(world)
    report = one.ids("report")[0]
    one.desk.write(reports.edit, report, {"title": "不收"})
    synced(one)
    [dropped] = refused_here(one)
    one.desk.write(outbox.discard, dropped, "写错了")
    titles.clear()
    with one.desk.store.writer() as session:
        session.execute(update(Outbox).where(Outbox.op_id == dropped).values(receipt="0" * 64))
        session.commit()
    restore(world, copy)
    world.settle()
    assert {row.op_id: row.outcome for row in world.rows(tables.op_log)}[dropped] == "rejected"
    assert one.body("report", report)["title"] != "不收"
