"""No command can change a synced column without an operation, and no operation says more than was done."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from tests.zzdesk.ops.conftest import Bench
from zzdesk.errors import BugError, RefusedError
from zzdesk.ops.apply import apply_op
from zzdesk.ops.models import Outbox
from zzdesk.reports import commands, queries
from zzdesk.reports.models import Report, Step
from zzdesk.store.unit import UnitOfWork

FIELDS = {"title": "文庙门口石板松动", "category": "road", "description": "老人绊倒", "tags": ["石板"]}


def ops(bench: Bench) -> list[Outbox]:
    with bench.store.reader() as session:
        return list(session.scalars(select(Outbox).order_by(Outbox.n)))


def test_a_record_is_born_with_one_operation_that_holds_all_of_it(bench: Bench) -> None:
    created = bench.write(commands.register, FIELDS).created
    (op,) = ops(bench)
    assert (op.verb, op.record_id, op.state) == ("create", created[0], "new")
    assert op.body["init"]["title"] == FIELDS["title"]
    assert op.body["init"]["state"] == "registered"
    assert op.body["scope"] == bench.actor.station
    assert apply_op(None, op.body) == op.body["init"]


def test_edits_within_thirty_seconds_join_the_unsealed_operation(bench: Bench) -> None:
    report = bench.write(commands.register, FIELDS).created[0]
    bench.clock.advance(10)
    bench.write(commands.edit, report, {"address": "香港路北段"})
    (op,) = ops(bench)
    assert op.body["init"]["address"] == "香港路北段"
    bench.clock.advance(31)
    bench.write(commands.edit, report, {"title": "石板松动", "tags": ["老人"]})
    bench.clock.advance(5)
    bench.write(commands.edit, report, {"title": "石板翘起", "tags": ["老人", "石板"]})
    patch = ops(bench)[-1]
    assert len(ops(bench)) == 2
    assert patch.body["set"]["title"] == {"to": "石板翘起", "was": FIELDS["title"], "saw": op.op_id}
    # taken away and put back: the author wants it there, whoever else takes it away meanwhile
    assert patch.body["set"]["tags"] == {"add": ["石板", "老人"], "del": []}


def test_a_sealed_operation_never_changes(bench: Bench) -> None:
    report = bench.write(commands.register, FIELDS).created[0]
    before = dict(bench.seal().ops[0])
    assert before.pop("replica").startswith("r-")
    assert before.pop("op_no") == 1
    bench.write(commands.edit, report, {"address": "香港路"})
    first, second = ops(bench)
    assert first.body == before
    assert second.body["set"]["address"]["saw"] == first.op_id


def test_a_transition_is_never_joined_to_another(bench: Bench) -> None:
    report = bench.write(commands.register, FIELDS).created[0]
    bench.write(commands.act, report, "accept", {})
    bench.write(commands.act, report, "confirm", {"note": "属实"})
    moves = [op.body["set"]["state"] for op in ops(bench) if op.verb == "patch"]
    assert [(m["was"], m["to"]) for m in moves] == [("registered", "verifying"), ("verifying", "dispatching")]


def test_a_field_changed_and_changed_back_makes_no_operation(bench: Bench) -> None:
    report = bench.write(commands.register, FIELDS).created[0]
    bench.clock.advance(60)

    def there_and_back(work: UnitOfWork) -> object:
        record = work.get(Report, report)
        record.title = "别的"
        work.session.flush()
        record.title = FIELDS["title"]
        return work.commit()

    bench.write(there_and_back)
    assert len(ops(bench)) == 1


def test_several_flushes_of_one_unit_make_one_group(bench: Bench) -> None:
    def both(work: UnitOfWork) -> object:
        report = commands.add(work, FIELDS)
        work.session.flush()
        report.address = "香港路"
        work.create(Step, {"report_id": report.id, "note": "电话核对"})
        return work.commit()

    bench.write(both)
    rows = ops(bench)
    assert {op.kind for op in rows} == {"report", "step"}
    assert len({op.group_id for op in rows}) == 1
    assert next(op for op in rows if op.kind == "report").body["init"]["address"] == "香港路"


def test_nothing_synced_can_be_deleted_or_rewritten(bench: Bench) -> None:
    report = bench.write(commands.register, FIELDS).created[0]

    def erase(work: UnitOfWork) -> object:
        work.session.delete(work.get(Report, report))
        return work.commit()

    def rename(work: UnitOfWork) -> object:
        work.get(Report, report).number = "别的号"
        return work.commit()

    with pytest.raises(BugError, match="void"):
        bench.write(erase)
    with pytest.raises(BugError, match="written once"):
        bench.write(rename)


def test_void_says_what_its_author_had_seen(bench: Bench) -> None:
    report = bench.write(commands.register, FIELDS).created[0]
    bench.clock.advance(60)
    bench.write(commands.edit, report, {"title": "新标题"})
    bench.write(commands.void, report, "重复登记")
    born, patched, voided = ops(bench)
    assert voided.verb == "void"
    assert voided.body["saw"] == {"*": born.op_id, "title": patched.op_id}
    assert voided.body["reason"] == "重复登记"
    with pytest.raises(RefusedError):
        bench.write(commands.edit, report, {"title": "再改"})
    bench.write(commands.unvoid, report, "弄错了")
    assert bench.read(queries.detail, report).row.voided is False


def test_row_operation_and_audit_are_one_transaction(bench: Bench) -> None:
    def fails_late(work: UnitOfWork) -> object:
        commands.add(work, FIELDS)
        work.session.flush()
        raise RefusedError("停")

    with pytest.raises(RefusedError):
        bench.write(fails_late)
    assert ops(bench) == []
    assert bench.read(queries.list_reports).rows == ()
