"""A person decides a conflict: every value stays visible, masked, and the decision is one operation."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

import zzdesk.catalogue
from zzdesk.accounts.commands import create_account
from zzdesk.actor import account_id
from zzdesk.clock import FixedClock, to_iso
from zzdesk.desk import commands, queries
from zzdesk.desk.session import Desk, create_home
from zzdesk.errors import InvalidError, NotFoundError, RefusedError
from zzdesk.ops import incoming, outbox
from zzdesk.ops.apply import record_hash
from zzdesk.ops.models import ACKED, PARKED, Conflict, Outbox, SyncRecord
from zzdesk.reports import commands as reports
from zzdesk.store.keys import TEST_COST

STATION = "350602002004"
OTHERS = "0192aaaa-0000-7000-8000-00000000000"
assert zzdesk.catalogue.__doc__


@pytest.fixture
def desk(tmp_path: Path, clock: FixedClock) -> Iterator[Desk]:
    password = "早晨的圆山不下雨而且很安静"
    made, _ = create_home(tmp_path / "d", STATION, "zhuang", password, clock, test=True, cost=TEST_COST)
    made.write(create_account, "lin", "林志强", ["clerk", "supervisor"])
    yield made
    made.close()


def ops(desk: Desk) -> list[Outbox]:
    with desk.store.reader() as session:
        return list(session.scalars(select(Outbox).order_by(Outbox.n)))


def take(desk: Desk, *records: dict[str, Any]) -> None:
    with desk.store.writer() as session:
        incoming.take_records(session, records)
        session.commit()


def contested(
    desk: Desk, field: str, mine: Any, theirs: Any, *, extra: Any = None, **more: Any
) -> tuple[str, str]:
    """Register a report, contest one field of it, and return the ids of the report and of its conflict."""
    fields = {"title": "路灯不亮", "category": "lighting", "reporter_name": "王伟", field: mine}
    report: str = desk.write(reports.register, fields).created[0]
    op = ops(desk)[-1]
    body = op.body["init"] | {field: theirs}
    stamps = {"*": op.op_id, field: OTHERS + "1"}
    take(desk, _record("report", report, body, stamps, 2))
    with desk.store.writer() as session:
        row = session.scalars(select(Outbox).where(Outbox.op_id == op.op_id)).one()
        row.state = ACKED
        session.commit()
    take(desk, _record("report", report, body, stamps, 3))
    return report, conflict_on(desk, report, field, op.op_id, mine, theirs, extra, **more)


def conflict_on(
    desk: Desk, report: str, field: str, op_id: str, mine: Any, theirs: Any, extra: Any, **more: Any
) -> str:
    lin = account_id(STATION, "lin")
    at = to_iso(desk.clock.now())
    candidates = [
        {"value": theirs, "user": lin, "device": "d-2", "at": at, "op": OTHERS + "1"},
        {"value": mine, "user": desk.actor.account_id, "at": at, "op": op_id},
    ]
    if extra is not None:
        candidates.append({"value": extra, "user": lin, "device": "d-3", "at": at, "op": OTHERS + "2"})
    body = {
        "record_kind": "report", "record_id": report, "field": field, "policy": "value", "state": "open",
        "candidates": candidates, "created_at": at, "created_by": lin,
    }  # fmt: skip
    conflict = str(uuid.uuid5(uuid.NAMESPACE_OID, report))
    take(desk, _record("conflict", conflict, body | more, {"*": OTHERS + "9"}, 1))
    return conflict


def _record(
    kind: str, record_id: str, body: dict[str, Any], stamps: dict[str, str], ver: int
) -> dict[str, Any]:
    return {
        "kind": kind, "id": record_id, "ver": ver, "seq": 100 + ver, "scope": STATION, "body": body, "stamps": stamps,
        "hash": record_hash(kind, record_id, STATION, body),
    }  # fmt: skip


def decision(desk: Desk) -> dict[str, Any]:
    (row,) = [row for row in ops(desk) if row.verb == "resolve"]
    return row.body


def test_every_value_is_shown_with_its_author(desk: Desk) -> None:
    report, conflict = contested(desk, "address", "台湾路12号", "修文西路3号")
    (row,) = desk.read(queries.conflicts).rows
    assert (row.id, row.record_kind, row.record_id, row.field, row.candidates) == (
        conflict, "report", report, "address", 2,
    )  # fmt: skip
    theirs, mine = desk.read(queries.conflict, conflict).candidates
    assert (theirs.value, theirs.user_name, theirs.is_mine, theirs.is_current) == (
        "修文西路3号",
        "林志强",
        False,
        True,
    )
    assert (mine.value, mine.user_name, mine.is_mine, mine.is_current) == (
        "台湾路12号",
        "zhuang",
        True,
        False,
    )
    assert (mine.differs_hidden, theirs.differs_hidden) == (False, False)


def test_values_behind_equal_masks_say_that_they_differ(desk: Desk) -> None:
    _, conflict = contested(desk, "reporter_phone", "13805961234", "13899991234")
    theirs, mine = desk.read(queries.conflict, conflict).candidates
    assert mine.value == theirs.value == "138****1234"
    assert mine.differs_hidden
    assert theirs.differs_hidden


@pytest.mark.parametrize(("choose", "value"), [("mine", "台湾路12号"), ("theirs", "修文西路3号")])
def test_choosing_becomes_one_operation(desk: Desk, choose: Any, value: str) -> None:
    report, conflict = contested(desk, "address", "台湾路12号", "修文西路3号")
    changes = desk.write(commands.resolve, conflict, choose=choose)
    assert changes.touches("conflict")
    op = decision(desk)
    assert op["conflicts"] == [conflict]
    with desk.store.reader() as session:
        shown = [candidate["op"] for candidate in session.get_one(Conflict, conflict).candidates]
    said = {conflict: OTHERS + "9", **dict.fromkeys(shown, conflict)}
    assert op["saw"] == said, "a candidate that comes later, or that was not shown, must keep the conflict open"
    assert op["set"]["address"] == {"to": value, "was": "修文西路3号", "saw": OTHERS + "1"}
    assert op["reason"], "a decision always has a reason"
    with desk.store.reader() as session:
        assert session.get_one(SyncRecord, ("report", report)).ver == 3


def test_a_value_of_ones_own_is_checked_like_any_other(desk: Desk) -> None:
    _, conflict = contested(desk, "reporter_phone", "13805961234", "13899991234")
    with pytest.raises(InvalidError, match="电话应为"):
        desk.write(commands.resolve, conflict, values={"reporter_phone": "1234"})
    with pytest.raises(InvalidError, match="只能填写"):
        desk.write(commands.resolve, conflict, values={"title": "别的"})
    desk.write(commands.resolve, conflict, values={"reporter_phone": " 138 0596 9999 "}, reason="打过电话")
    assert decision(desk)["set"]["reporter_phone"]["to"] == "13805969999"
    assert decision(desk)["reason"] == "打过电话"


def test_a_decided_conflict_is_not_decided_twice(desk: Desk) -> None:
    _, conflict = contested(desk, "address", "台湾路12号", "修文西路3号")
    desk.write(commands.resolve, conflict, choose="theirs")
    assert desk.read(queries.conflict, conflict).row.pending_resolution
    with pytest.raises(RefusedError, match="正等待送达中心"):
        desk.write(commands.resolve, conflict, choose="mine")


def test_a_resolved_conflict_stays_to_be_read(desk: Desk) -> None:
    _, conflict = contested(
        desk, "address", "台湾路12号", "修文西路3号", state="resolved", resolution="台湾路12号"
    )
    assert desk.read(queries.conflicts).rows == ()
    assert [row.id for row in desk.read(queries.conflicts, None).rows] == [conflict]
    assert desk.read(queries.conflict, conflict).resolution == "台湾路12号"
    with pytest.raises(RefusedError, match="已经决定过"):
        desk.write(commands.resolve, conflict, choose="mine")


def test_mine_is_refused_where_this_desk_wrote_nothing(desk: Desk) -> None:
    report, conflict = contested(desk, "address", "台湾路12号", "修文西路3号")
    with desk.store.writer() as session:
        outbox.purge(session, 10_000)
        session.query(Outbox).delete()
        session.commit()
    with pytest.raises(RefusedError, match="不能选用本机的值"):
        desk.write(commands.resolve, conflict, choose="mine")
    with pytest.raises(RefusedError, match="不止一个"):
        desk.write(commands.resolve, conflict, choose="theirs")
    assert report


def test_theirs_must_be_one_value(desk: Desk) -> None:
    _, conflict = contested(desk, "address", "台湾路12号", "修文西路3号", extra="大通北路1号")
    with pytest.raises(RefusedError, match="不止一个"):
        desk.write(commands.resolve, conflict, choose="theirs")
    desk.write(commands.resolve, conflict, candidate=2)
    assert decision(desk)["set"]["address"]["to"] == "大通北路1号"


def test_an_impossible_state_is_refused(desk: Desk) -> None:
    report, conflict = contested(desk, "address", "台湾路12号", "修文西路3号")
    with desk.store.writer() as session:
        found = session.get_one(queries.Conflict, conflict)
        body = {
            "record_kind": "report",
            "record_id": report,
            "field": "state",
            "policy": "transition",
            "state": "open",
        }
        body["candidates"] = [
            dict(c, value=v) for c, v in zip(found.candidates, ("handling", "referred"), strict=True)
        ]
        incoming.take_records(session, [_record("conflict", conflict, body, {"*": OTHERS + "8"}, 2)])
        session.commit()
    with pytest.raises(RefusedError, match="不能从"):
        desk.write(commands.resolve, conflict, values={"state": "archived"})
    desk.write(commands.resolve, conflict, candidate=1)
    assert decision(desk)["set"]["state"]["to"] == "referred"


def test_who_may_not_decide_is_refused(desk: Desk) -> None:
    _, conflict = contested(desk, "address", "台湾路12号", "修文西路3号")
    with pytest.raises(NotFoundError):
        desk.read(queries.conflict, str(uuid.uuid4()))
    desk._actor = desk.actor.__class__(desk.actor.account_id, "zhuang", "庄", frozenset({"auditor"}), STATION)
    with pytest.raises(RefusedError, match=r"conflict\.resolve"):
        desk.write(commands.resolve, conflict, choose="mine")
    with pytest.raises(RefusedError, match=r"record\.read"):
        desk.read(queries.conflict, conflict)


def test_the_state_of_the_desk(desk: Desk) -> None:
    contested(desk, "address", "台湾路12号", "修文西路3号")
    desk.write(reports.register, {"title": "井盖松动", "category": "road"})
    status = desk.read(queries.status)
    assert (status.enrolled, status.open_conflicts, status.parked, status.held) == (False, 1, 0, 0)
    rows = desk.read(queries.outbox).rows
    assert status.pending == len(rows)
    assert rows[0].made_at == status.oldest_pending_at
    assert "井盖松动" in rows[-1].title
    first = desk.read(queries.outbox, limit=1)
    assert desk.read(queries.outbox, after=first.after, limit=50).rows == rows[1:]


def test_what_is_in_quarantine_can_be_offered_again_and_what_was_refused_for_good_cannot(desk: Desk) -> None:
    desk.write(reports.register, {"title": "井盖松动", "category": "road"})
    op = ops(desk)[-1]
    with pytest.raises(RefusedError, match="没有被中心退回"):
        desk.write(commands.retry, op.op_id)
    with desk.store.writer() as session:
        row = session.scalars(select(Outbox).where(Outbox.op_id == op.op_id)).one()
        row.state, row.problem = PARKED, {"type": "/p/frozen", "title": "记录已定稿", "field": "title"}
        row.outcome = "rejected"
        session.commit()
    (parked,) = desk.read(queries.outbox, (PARKED,)).rows
    assert (parked.problem, parked.problem_field) == ("frozen", "title")
    with pytest.raises(RefusedError, match="改好再送"):
        desk.write(commands.retry, op.op_id)
    with desk.store.writer() as session:
        session.scalars(select(Outbox).where(Outbox.op_id == op.op_id)).one().outcome = "quarantined"
        session.commit()
    desk.write(commands.retry, op.op_id)
    assert desk.read(queries.status).parked == 0


def test_search_finds_by_text_and_by_pinyin_and_shows_no_name(desk: Desk) -> None:
    contested(desk, "address", "台湾路12号", "修文西路3号")
    (hit,) = desk.read(queries.search, "路灯")
    assert hit.kind == "report"
    assert "路灯不亮" in hit.title
    assert "王伟" not in hit.title
    assert desk.read(queries.search, "ww") == (hit,)
    assert desk.read(queries.search, "没有这个") == ()
