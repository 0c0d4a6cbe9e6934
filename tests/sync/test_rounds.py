"""A round of 厝边阿姨 (D10): its outputs meet reports and cases, and a clue is read by the police alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import select, text

import zzdesk.catalogue  # noqa: F401 - every kind must be known
from sync.client.engine import sync_once
from tests.sync.stations import SECOND, audited, held, parked
from tests.zzdesk.conftest import STATION
from zzdesk.accounts import sealed
from zzdesk.clock import FixedClock
from zzdesk.desk import records
from zzdesk.desk.accounts import add_account
from zzdesk.desk.queries import search
from zzdesk.desk.rounds import accept_dispute, add_output, register_oral
from zzdesk.desk.session import Desk, open_desk_with_key
from zzdesk.errors import InvalidError, RefusedError
from zzdesk.evidence.files import FileStore
from zzdesk.evidence.models import Attachment
from zzdesk.mediation.models import Agreement, Case, Party
from zzdesk.patrol import commands, queries
from zzdesk.patrol.models_rounds import Clue
from zzdesk.reports.models import Report
from zzdesk.store.audit import Audit

NewDesk = Callable[..., Desk]
SECRET = "三楼出租屋夜里聚众赌博"


@pytest.fixture
def clock() -> FixedClock:
    """2026-05-09, a Saturday on which people work, 15:00."""
    return FixedClock(datetime(2026, 5, 9, 7, 0, tzinfo=UTC))


@pytest.fixture
def desks(new_desk: NewDesk) -> tuple[Desk, Desk, Desk]:
    """A clerk's desk, that of the police liaison, and a third one of a colleague."""
    first = new_desk("lin")
    add_account(first, "jing", "警", ["police-liaison"], SECOND)
    add_account(first, "wang", "王", ["grid-worker"], SECOND)
    sync_once(first)
    return first, new_desk("jing", SECOND), new_desk("wang", SECOND)


@pytest.fixture
def round_id(desks: tuple[Desk, Desk, Desk]) -> str:
    first = desks[0]
    team = first.write(commands.register_plain, "team", {"name": "厝边阿姨西桥队", "team_kind": "neighbour"}).created[0]
    fields = {"team_id": team, "started_at": "2026-05-09T15:00:00+08:00", "grid": "西桥第一网格", "weather": "sunny"}
    made: str = first.write(commands.register_round, fields).created[0]
    return made


def meet(*desks: Desk) -> None:
    for desk in (*desks, *desks):
        sync_once(desk)


def test_six_outputs_of_a_round_and_the_teams_card(
    desks: tuple[Desk, Desk, Desk], round_id: str, clock: FixedClock
) -> None:
    first = desks[0]
    outputs = (
        {"output": "patrol-only"}, {"output": "collection", "text": "新来租户两家"},
        {"output": "hazard", "text": "老屋山墙开裂", "place": "香港路12号", "category": "dangerous-building"},
        {"output": "dispute", "text": "楼上漏水，当场说好本周修", "settled": True},
        {"output": "clue", "text": SECRET}, {"output": "good-deed", "text": "送迷路老人回家"},
    )  # fmt: skip
    for fields in outputs:
        first.write(add_output, {"round_id": round_id, **fields})
    clock.set(datetime(2026, 5, 9, 8, 20, tzinfo=UTC))
    people = [first.write(commands.register_volunteer, {"name": n}).created[0] for n in ("陈阿水", "林志强")]
    with pytest.raises(RefusedError, match="members"):
        first.write(commands.act_round, round_id, "close", {"ended_at": "2026-05-09T16:20:00+08:00"})
    first.write(commands.act_round, round_id, "close", {"ended_at": "2026-05-09T16:20:00+08:00", "members": people})
    with pytest.raises(RefusedError, match="已经结束"):
        first.write(add_output, {"round_id": round_id, "output": "good-deed", "text": "后补"})
    (row,) = first.read(queries.list_rounds).rows
    assert (row.team, row.members, row.state) == ("厝边阿姨西桥队", 2, "closed")
    items = {item.output: item for item in first.read(queries.items_of, round_id)}
    assert len(items) == 6
    with first.store.reader() as session:
        report = session.get_one(Report, items["hazard"].report_id)
        assert (report.source, report.category, report.address) == ("patrol", "dangerous-building", "香港路12号")
        team = session.scalar(text("SELECT team_id FROM patrol_round"))
    assert (items["dispute"].settled, items["dispute"].case_id) == (True, None)
    assert (items["clue"].text, items["clue"].place) == ("", "")
    card = first.read(queries.team_card, team)
    assert card == {"rounds": 1} | dict.fromkeys(items, 1)


def test_a_dispute_becomes_a_case_for_who_may_accept_one(desks: tuple[Desk, Desk, Desk], round_id: str) -> None:
    first, _, worker = desks
    meet(first, worker)
    worker.write(add_output, {"round_id": round_id, "output": "dispute", "text": "噪音", "settled": False})
    meet(worker, first)
    (item,) = first.read(queries.items_of, round_id)
    assert item.case_id is None, "a grid worker accepts no cases"
    with pytest.raises(InvalidError, match="category"):
        first.write(accept_dispute, item.id, None)
    first.write(accept_dispute, item.id, "property-management")
    with pytest.raises(RefusedError, match="待受理"):
        first.write(accept_dispute, item.id, "property-management")
    waiting = {"round_id": round_id, "output": "dispute", "text": "界墙"}
    for more in ({}, {"case_category": "housing-homestead"}):
        first.write(add_output, waiting | more)
    later, at_once = (row.case_id for row in first.read(queries.items_of, round_id) if row.text == "界墙")
    with first.store.reader() as session:
        assert (later, session.get_one(Case, at_once).category) == (None, "housing-homestead")
    meet(first, worker)
    item = worker.read(queries.items_of, round_id)[0]
    assert item.case_id in held(worker, Case)
    assert parked(worker) == {}


def test_a_dispute_settled_on_the_spot_gets_its_oral_agreement(desks: tuple[Desk, Desk, Desk], round_id: str) -> None:
    """口头协议登记表 (PML articles 28, 30): by who may accept a case, once, for its team alone."""
    first, _, worker = desks
    meet(first, worker)
    said = {"party0": "李秀英", "party1": "郑国辉", "content": "本周修好", "reached_at": "2026-05-09T14:30:00+08:00",
            "category": "property-management"}  # fmt: skip
    worker.write(add_output, {"round_id": round_id, "output": "dispute", "text": "楼上漏水", "settled": True})
    open_one = worker.write(add_output, {"round_id": round_id, "output": "dispute", "text": "噪音"}).created[0]
    meet(worker, first)
    item = next(row.id for row in first.read(queries.items_of, round_id) if row.settled)
    with pytest.raises(RefusedError, match="权限"):
        worker.write(register_oral, item, said)
    with pytest.raises(RefusedError, match="当场说和"):
        first.write(register_oral, open_one, said)
    with pytest.raises(InvalidError) as missing:
        first.write(register_oral, item, {"party0": "李秀英", "content": " "})
    assert {problem.field for problem in missing.value.problems} == {"party1", "content", "category"}
    with pytest.raises(InvalidError, match="晚于"):
        first.write(register_oral, item, said | {"reached_at": "2026-05-10T14:30:00+08:00"})
    assert held(first, Case) == set(), "all of it, or nothing"
    with pytest.raises(InvalidError, match="只能是"):
        first.write(register_oral, item, said | {"category": "no-such-thing"})
    first.write(register_oral, item, said)
    with pytest.raises(RefusedError, match="当场说和"):
        first.write(register_oral, item, said)
    meet(first, worker)
    assert parked(first) == parked(worker) == {}
    with first.store.reader() as session:
        (agreement,) = session.scalars(select(Agreement))
        assert (agreement.form, agreement.state, agreement.copies) == ("oral", "effective", 3)
        assert session.scalars(select(Case.category)).one() == "property-management"
        assert agreement.effective_at == agreement.reached_at == datetime(2026, 5, 9, 6, 30, tzinfo=UTC)
    assert (len(held(worker, Case)), held(worker, Party), held(worker, Agreement)) == (1, set(), set())


def test_a_clue_is_read_by_the_police_alone_and_every_reading_is_in_the_audit(
    desks: tuple[Desk, Desk, Desk], round_id: str, clock: FixedClock
) -> None:
    """D10: sealed at once, gone from the desk that wrote it, at no other desk, opened by the police, seen by the auditor."""
    first, police, worker = desks
    first.write(add_output, {"round_id": round_id, "output": "clue", "text": SECRET, "place": "新华西路9号"})
    (clue,) = held(first, Clue)
    for ask in (lambda d: d.read(records.show, "clue", clue), lambda d: d.read(records.list_records, "clue"),
                lambda d: d.write(commands.open_clue, clue), lambda d: d.read(queries.list_clues)):  # fmt: skip
        with pytest.raises(RefusedError):
            ask(first)
    meet(first, worker, police, first)
    assert (held(first, Clue), held(worker, Clue), held(police, Clue)) == (set(), set(), {clue})
    assert parked(first) == {}
    for desk in desks:
        assert desk.read(search, "赌博") == ()
        with desk.store.reader() as session:
            assert session.scalar(text("SELECT count(*) FROM search_doc WHERE kind = 'clue'")) == 0
    assert sealed.scope_of(STATION) not in _scopes(worker)
    (row,) = police.read(queries.list_clues).rows
    assert (row.written_by, row.state) == ("lin", "sealed")
    assert SECRET not in repr(police.read(records.show, "clue", clue))
    with pytest.raises(RefusedError, match="审计"):
        police.read(queries.clue_text, clue)
    police.write(commands.open_clue, clue)
    assert police.read(queries.clue_text, clue) == (SECRET, "新华西路9号")
    clock.advance(601)
    with pytest.raises(RefusedError, match="审计"):
        police.read(queries.clue_text, clue)
    assert len(audited(police, "clue.open")) == 1
    with police.store.reader() as session:
        facts = session.scalars(select(Audit.facts)).all()
    assert all(SECRET not in line for line in facts)
    with pytest.raises(RefusedError, match="receipt_number"):
        police.write(commands.act_clue, clue, "hand-over", {"handed_to": "110"})
    police.write(commands.act_clue, clue, "hand-over", {"handed_to": "110", "receipt_number": "110-20260509-0031"})
    meet(police, first, worker)
    assert police.read(queries.list_clues).rows[0].receipt_number == "110-20260509-0031"
    assert (held(first, Clue), held(worker, Clue)) == (set(), set())
    assert sync_once(police).pulled == sync_once(first).pulled == 0


def test_a_clue_takes_no_file_that_everybody_could_open(
    desks: tuple[Desk, Desk, Desk], round_id: str, tmp_path: Path
) -> None:
    first, police, _ = desks
    first.write(add_output, {"round_id": round_id, "output": "clue", "text": SECRET})
    (clue,) = held(first, Clue)
    meet(first, police)
    file = tmp_path / "name.txt"
    file.write_text(SECRET)
    with pytest.raises(RefusedError, match="附文件"):
        police.write(records.attach, FileStore(police.paths.files, police.store.key), "clue", clue, file)
    meet(police, first)
    assert (held(police, Attachment), parked(police)) == (set(), {})


def _scopes(desk: Desk) -> set[str]:
    with desk.store.reader() as session:
        return set(session.scalars(text("SELECT scope FROM sync_record")))


def test_a_police_log_in_at_another_desk_brings_the_clues_and_takes_nothing_from_others(
    desks: tuple[Desk, Desk, Desk], clock: FixedClock
) -> None:
    first, police, worker = desks
    made = worker.write(commands.seal_clue, {"text": SECRET}).created[0]
    meet(worker, police, first)
    assert (held(police, Clue), held(worker, Clue)) == ({made}, set())
    there = open_desk_with_key(worker.home, "wang", worker.store.key, clock)
    with there, pytest.raises(RefusedError):
        there.read(queries.list_clues)
    assert msgspec.json.encode(sorted(_scopes(first))).count(b"sealed") == 0
