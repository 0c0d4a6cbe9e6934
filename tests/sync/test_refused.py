"""What the centre refused stays, can be corrected and sent again, given up with a reason, or exported."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

import zzdesk.catalogue  # noqa: F401 - every kind must be known
from sync.client.engine import sync_once
from sync.server.run import ServerThread
from sync.server.tables import op_log, record
from tests.refusing import refuse_titles
from tests.sync.offices import trust
from tests.working import register
from zzdesk.desk import queries
from zzdesk.desk.outbox import (
    amend,
    count_operations,
    discard,
    export_operations,
    note_operations_export,
    operation,
    propose_amendment,
    waiting_since,
)
from zzdesk.desk.session import Desk
from zzdesk.errors import InvalidError, NotFoundError, RefusedError
from zzdesk.ops.models import PARKED, Outbox, Shadow
from zzdesk.reports import commands as reports
from zzdesk.reports.models import Report, Step

PASSWORD = "Tea-table 2026 desk"


@pytest.fixture
def lin(new_desk: Callable[[str], Desk]) -> Desk:
    return new_desk("lin")


@pytest.fixture
def refusing(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The titles that the centre refuses from now on."""
    titles: list[str] = []
    refuse_titles(monkeypatch, titles)
    return titles


def parked(desk: Desk) -> list[Outbox]:
    with desk.store.reader() as session:
        return list(session.scalars(select(Outbox).where(Outbox.state == PARKED).order_by(Outbox.n)))


def shown(desk: Desk, report: str) -> Report | None:
    with desk.store.reader() as session:
        return session.get(Report, report)


def at_centre(server: ServerThread, report: str) -> dict[str, Any] | None:
    with server.centre.database.reading() as connection:
        body = connection.execute(select(record.c.body).where(record.c.id == report)).scalar()
    return json.loads(body) if body else None


def test_a_refused_registration_stays_visible_is_corrected_and_arrives(
    lin: Desk, server: ServerThread, refusing: list[str]
) -> None:
    refusing.append("毒")
    report = register(lin, "毒", reporter_phone="13805961234")
    assert sync_once(lin).rejected == 1
    (row,) = parked(lin)
    found = lin.read(operation, row.op_id)
    assert (found.row.problem, found.row.problem_field, found.next_steps) == (
        "out-of-range", "title", ("amend", "discard", "export"))  # fmt: skip
    assert {f.name: f.value for f in found.fields}["reporter_phone"] == "138****1234"
    kept = shown(lin, report)
    assert kept is not None
    assert kept.title == "毒"
    with pytest.raises(InvalidError, match="电话"):
        lin.write(amend, row.op_id, {"reporter_phone": "12"})
    lin.write(amend, row.op_id, {"title": "路灯不亮"})
    kept = shown(lin, report)
    assert kept is not None
    assert kept.title == "路灯不亮"
    assert lin.read(queries.status).parked == 0
    done = sync_once(lin)
    assert (done.pushed, done.rejected, done.pending) == (1, 0, 0)
    body = at_centre(server, report)
    assert body is not None
    assert (body["title"], body["reporter_phone"]) == ("路灯不亮", "13805961234")
    old = lin.read(operation, row.op_id)
    new = lin.read(operation, old.replaced_by or "")
    assert (old.row.state, old.next_steps, new.row.state, new.replaces) == ("replaced", (), "acked", row.op_id)
    with pytest.raises(RefusedError, match="改过重送"):
        lin.write(amend, row.op_id, {})
    assert sync_once(lin).pulled == 0


def test_a_corrected_edit_builds_upon_todays_state_and_its_group_goes_along(
    lin: Desk, new_desk: Callable[[str], Desk], server: ServerThread, refusing: list[str]
) -> None:
    chen = new_desk("chen")
    trust(lin, chen)
    report = register(lin)
    sync_once(lin)
    sync_once(chen)
    lin.write(reports.act, report, "accept", {})
    sync_once(lin)
    refusing.append("城管")
    lin.write(reports.edit, report, {"handler_unit": "城管", "address": "台湾路"})
    lin.write(reports.note, {"report_id": report, "note": "已看"})
    assert sync_once(lin).rejected == 1
    sync_once(chen)
    chen.write(reports.edit, report, {"title": "路灯坏了", "address": "修文路"})
    sync_once(chen)
    sync_once(lin)
    (row,) = parked(lin)
    refusing.clear()
    lin.write(amend, row.op_id, {"address": "修文西路3号"})
    done = sync_once(lin)
    assert (done.rejected, done.conflicts, done.pending) == (0, 0, 0), "it was seen, so it is no conflict"
    body = at_centre(server, report)
    assert body is not None
    assert (body["handler_unit"], body["address"], body["title"]) == ("城管", "修文西路3号", "路灯坏了")
    with lin.store.reader() as session:
        assert session.scalars(select(Shadow.id)).all() == []


def test_a_refused_step_goes_again_with_its_timeline(lin: Desk, server: ServerThread, refusing: list[str]) -> None:
    report = register(lin)
    sync_once(lin)
    refusing.append("verifying")
    lin.write(reports.act, report, "accept", {"note": "去看"})
    assert sync_once(lin).rejected == 2
    kept = shown(lin, report)
    assert kept is not None
    assert kept.state == "registered"
    group = lin.read(operation, parked(lin)[0].op_id).group
    assert len(group) == 2
    refusing.clear()
    lin.write(amend, group[1], {})
    kept = shown(lin, report)
    assert kept is not None
    assert kept.state == "verifying"
    assert sync_once(lin).rejected == 0
    with server.centre.database.reading() as connection:
        kinds = connection.execute(select(record.c.kind)).scalars().all()
    assert kinds.count("step") == 1


def test_what_is_given_up_is_kept_with_its_reason(lin: Desk, refusing: list[str]) -> None:
    refusing.append("毒")
    report = register(lin, "毒")
    lin.write(reports.note, {"report_id": report, "note": "补一句"})
    sync_once(lin)
    create = parked(lin)[0]
    with pytest.raises(RefusedError, match="理由"):
        lin.write(discard, create.op_id, " ")
    lin.write(reports.edit, report, {"address": "台湾路"})
    with pytest.raises(RefusedError, match="还有改动在等"):
        lin.write(discard, create.op_id, "重复登记")
    lin.write(amend, create.op_id, {"title": "好"})
    kept = shown(lin, report)
    assert kept is not None
    assert (kept.title, kept.address) == ("好", "台湾路"), "what was written meanwhile lies over what is sent again"
    assert sync_once(lin).pending == 0
    assert parked(lin) == []
    kept = shown(lin, report)
    assert kept is not None
    assert (kept.title, kept.address) == ("好", "台湾路")
    other = register(lin, "毒")
    sync_once(lin)
    (row,) = parked(lin)
    lin.write(discard, row.op_id, "重复登记")
    assert shown(lin, other) is None
    assert lin.read(queries.search, "毒") == ()
    found = lin.read(operation, row.op_id)
    assert (found.row.state, found.dropped_because, found.next_steps) == ("dropped", "重复登记", ())
    assert {f.name: f.value for f in found.fields}["title"] == "毒"
    with pytest.raises(RefusedError, match="已经放弃"):
        lin.write(amend, row.op_id)


def test_export_is_masked_noted_and_holds_what_is_not_at_the_centre(lin: Desk, refusing: list[str]) -> None:
    refusing.append("毒")
    register(lin, "毒", reporter_phone="13805961234")
    sync_once(lin)
    report = register(lin, "灯", reporter_phone="13899991234")
    assert lin.read(waiting_since, report) == lin.clock.now()
    rows: list[dict[str, Any]] = []
    with pytest.raises(RefusedError, match="审计"):
        lin.read(export_operations, rows.append)
    lin.write(note_operations_export, lin.read(count_operations))
    assert lin.read(export_operations, rows.append) == len(rows) == lin.read(count_operations)
    assert "13805961234" not in json.dumps(rows)
    assert {row["state"] for row in rows} == {"parked", "new"}
    with pytest.raises(RefusedError, match="审计"):
        lin.read(export_operations, rows.append, revealed=True)
    lin.write(note_operations_export, 2, "带到中心核对，街道要求")
    rows.clear()
    lin.read(export_operations, rows.append, revealed=True)
    assert "13805961234" in json.dumps(rows)


def test_a_stranger_to_the_operation_is_told_that_it_is_not_there(lin: Desk) -> None:
    with pytest.raises(NotFoundError):
        lin.read(operation, "0192aaaa-0000-7000-8000-000000000001")
    with pytest.raises(NotFoundError):
        lin.write(discard, "0192aaaa-0000-7000-8000-000000000001", "x")


def test_an_operation_that_waits_is_not_amended(lin: Desk, server: ServerThread) -> None:
    register(lin)
    with lin.store.reader() as session:
        waiting = session.scalars(select(Outbox.op_id).order_by(Outbox.n.desc())).first()
    with pytest.raises(RefusedError, match="没有被中心退回"):
        lin.write(amend, waiting or "")
    with server.centre.database.reading() as connection:
        assert waiting not in connection.execute(select(op_log.c.op_id)).scalars().all()


def test_what_can_be_corrected_is_not_made_an_amendment(lin: Desk, refusing: list[str]) -> None:
    refusing.append("毒")
    register(lin, "毒")
    sync_once(lin)
    with pytest.raises(RefusedError, match="改过重送"):
        lin.write(propose_amendment, parked(lin)[0].op_id, "x")
    assert Step.__tablename__
