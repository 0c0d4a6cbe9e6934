"""The working row is the confirmed record with the pending operations over it, whatever arrives in between."""

from __future__ import annotations

from functools import partial
from typing import Any

from sqlalchemy import select

from tests.zzdesk.ops.conftest import STATION, Bench
from zzdesk.desk import commands as desk_commands
from zzdesk.ops import incoming, outbox
from zzdesk.ops.apply import record_hash
from zzdesk.ops.models import ForeignRecord, Outbox, Shadow, SyncRecord
from zzdesk.reports import commands, queries
from zzdesk.store.basis import Basis

FIELDS = {"title": "路灯不亮", "category": "lighting", "tags": ["夜间"]}


def born(bench: Bench) -> str:
    """Register a report and let the centre confirm it."""
    report: str = bench.write(commands.register, FIELDS).created[0]
    bench.answer(bench.seal())
    bench.clock.advance(60)
    return report


def theirs(bench: Bench, report: str, **changes: Any) -> dict[str, Any]:
    """Return the record as the centre has it after somebody else's change."""
    with bench.store.reader() as session:
        known = session.get_one(SyncRecord, ("report", report))
        ops = session.scalars(select(Outbox).where(Outbox.record_id == report, Outbox.verb == "create")).one()
    body = ops.body["init"] | changes
    stamps = dict(known.stamps) | dict.fromkeys(changes, "0192aaaa-0000-7000-8000-000000000001")
    return {
        "kind": "report", "id": report, "ver": known.ver + 1, "seq": 900, "scope": STATION, "body": body,
        "stamps": stamps, "hash": record_hash("report", report, STATION, body),
    }  # fmt: skip


def rows(bench: Bench, model: Any) -> list[Any]:
    with bench.store.reader() as session:
        return list(session.scalars(select(model)))


def test_after_an_answer_as_expected_nothing_is_kept_aside(bench: Bench) -> None:
    report = born(bench)
    assert rows(bench, Shadow) == []
    (known,) = [r for r in rows(bench, SyncRecord) if r.id == report]
    assert known.ver == 1
    assert bench.seal().ops == ()


def test_an_edit_waits_over_the_confirmed_record(bench: Bench) -> None:
    report = born(bench)
    bench.write(commands.edit, report, {"address": "台湾路"})
    (shadow,) = rows(bench, Shadow)
    assert "address" not in shadow.body
    record = theirs(bench, report, title="路灯不亮，行人摔倒", address="修文西路")
    bench.sync(incoming.take_records, [record])
    fields = bench.read(queries.detail, report).fields
    assert (fields["title"], fields["address"]) == ("路灯不亮，行人摔倒", "台湾路")
    (shadow,) = rows(bench, Shadow)
    assert shadow.body["address"] == "修文西路"


def test_a_conflict_shows_the_centres_value_and_keeps_the_operation(bench: Bench) -> None:
    report = born(bench)
    bench.write(commands.edit, report, {"address": "台湾路"})
    batch = bench.seal()
    record = theirs(bench, report, address="修文西路")
    result = {
        "op_id": batch.ops[0]["op_id"], "outcome": "conflict", "seq": 901, "ver": record["ver"],
        "hash": record["hash"], "stamps": record["stamps"], "record": record, "problem": None, "sig": "s",
    }  # fmt: skip
    answered = bench.sync(outbox.take_answers, [result])
    assert answered.conflicts == 1
    assert bench.read(queries.detail, report).fields["address"] == "修文西路"
    assert rows(bench, Shadow) == []
    kept = next(op for op in rows(bench, Outbox) if op.op_id == result["op_id"])
    assert kept.body["set"]["address"]["to"] == "台湾路"


def test_a_refused_edit_goes_back_to_the_centres_value_and_is_kept(bench: Bench) -> None:
    report = born(bench)
    bench.write(commands.edit, report, {"address": "台湾路"})
    op = bench.seal().ops[0]
    refusal = {"op_id": op["op_id"], "outcome": "rejected", "problem": {"type": "/p/frozen"}, "record": None}
    answered = bench.sync(outbox.take_answers, [refusal])
    assert answered.rejected == 1
    assert "address" not in bench.read(queries.detail, report).fields
    (parked,) = [row for row in rows(bench, Outbox) if row.state == "parked"]
    assert parked.body["set"]["address"]["to"] == "台湾路"
    bench.sync(outbox.retry, op["op_id"])
    assert [again["op_id"] for again in bench.seal().ops] == [op["op_id"]]


def test_an_answer_that_was_long_on_its_way_does_not_undo_what_came_since(bench: Bench) -> None:
    report = born(bench)
    bench.write(commands.edit, report, {"title": "路灯不亮，行人摔倒"})
    op = bench.seal().ops[0]
    old = theirs(bench, report, address="台湾路")
    bench.sync(incoming.take_records, [theirs(bench, report, address="修文西路") | {"ver": old["ver"] + 1}])
    held = {
        "op_id": op["op_id"], "outcome": "held", "ver": old["ver"], "hash": old["hash"], "stamps": old["stamps"],
        "record": old, "problem": None, "sig": "s",
    }  # fmt: skip
    bench.sync(outbox.take_answers, [held])
    fields = bench.read(queries.detail, report).fields
    assert (fields["address"], rows(bench, Shadow)[0].body["address"]) == ("修文西路", "修文西路")
    assert [row.state for row in rows(bench, Outbox) if row.op_id == op["op_id"]] == ["held"]
    assert bench.sync(incoming.wanted, 10) == [("report", report)], "which of the two is right is asked"


def test_a_record_that_the_centre_never_took_stays_visible(bench: Bench) -> None:
    report = bench.write(commands.register, FIELDS).created[0]
    op = bench.seal().ops[0]
    refusal = {"op_id": op["op_id"], "outcome": "rejected", "problem": {"type": "/p/scope-denied"}, "record": None}
    bench.sync(outbox.take_answers, [refusal])
    assert bench.read(queries.detail, report).row.title == FIELDS["title"]


def test_fields_and_kinds_of_a_newer_program_survive(bench: Bench) -> None:
    report = born(bench)
    bench.sync(incoming.take_records, [theirs(bench, report, mood="平静", urgency="unheard-of")])
    assert bench.read(queries.detail, report).row.urgency == "unheard-of"
    (known,) = [r for r in rows(bench, SyncRecord) if r.id == report]
    assert known.extra == {"mood": "平静"}
    bench.write(commands.edit, report, {"address": "台湾路"})
    batch = bench.seal()
    (shadow,) = rows(bench, Shadow)
    assert shadow.body["mood"] == "平静"
    expected = record_hash("report", report, STATION, shadow.body | {"address": "台湾路"})
    assert batch.hashes[batch.ops[0]["op_id"]] == expected
    strange = {"kind": "drone", "id": "d1", "ver": 1, "seq": 950, "scope": STATION, "body": {"a": 1},
               "stamps": {"*": "x"}, "hash": "0" * 64}  # fmt: skip
    bench.sync(incoming.take_records, [strange])
    assert rows(bench, ForeignRecord)[0].raw == strange


def test_a_stale_or_repeated_page_changes_nothing(bench: Bench) -> None:
    report = born(bench)
    page = {"scope": STATION, "from": 0, "to": 900, "rows": [{"what": "put", "rec": theirs(bench, report, title="新")}]}
    assert bench.sync(incoming.take_page, page).changed
    assert not bench.sync(incoming.take_page, page).changed
    older = page | {"from": 0, "to": 5, "rows": []}
    assert not bench.sync(incoming.take_page, older).changed
    assert bench.read(queries.detail, report).row.title == "新"


def test_a_stub_that_does_not_match_is_asked_for(bench: Bench) -> None:
    report = born(bench)
    (known,) = [r for r in rows(bench, SyncRecord) if r.id == report]
    same = {"what": "stub", "kind": "report", "id": report, "ver": known.ver, "hash": known.hash}
    page = {"scope": STATION, "from": 0, "to": 101, "rows": [same]}
    assert bench.sync(incoming.take_page, page).fetch == ()
    other = page | {"from": 101, "to": 102, "rows": [same | {"ver": known.ver + 1, "hash": "0" * 64}]}
    assert bench.sync(incoming.take_page, other).fetch == (("report", report),)


def test_a_group_is_never_cut_by_a_batch(bench: Bench) -> None:
    report = born(bench)
    bench.write(commands.act, report, "accept", {})
    bench.write(commands.act, report, "confirm", {"note": "属实"})
    batch = bench.seal(limit=3)
    assert len(batch.ops) == 2
    assert len({op["group"] for op in batch.ops}) == 1


def sealed_edit(bench: Bench, report: str, basis: Basis, changes: dict[str, Any]) -> dict[str, Any]:
    """Edit a report as somebody who had ``basis`` on the screen; return the operation's ``set``."""
    bench.write(desk_commands.seeing, basis, commands.edit, report, changes)
    return dict(bench.seal().ops[-1]["set"])


def test_an_edit_over_a_value_that_its_author_never_saw_is_not_an_overwrite(bench: Bench) -> None:
    report = born(bench)
    basis = bench.read(queries.detail, report).basis
    record = theirs(bench, report, address="修文西路", title="路灯不亮，行人摔倒")
    bench.sync(incoming.take_records, [record])
    edit = sealed_edit(bench, report, basis, {"address": "台湾路", "tags": ["夜间", "紧急"], "urgency": "high"})
    assert edit["address"] == {"to": "台湾路", "was": None, "saw": None}
    assert edit["tags"] == {"add": ["紧急"], "del": []}
    assert edit["urgency"]["saw"] == record["stamps"]["*"]
    fields = bench.read(queries.detail, report).fields
    assert (fields["address"], fields["title"]) == ("台湾路", "路灯不亮，行人摔倒")


def test_an_edit_over_what_was_seen_is_an_ordinary_one(bench: Bench) -> None:
    report = born(bench)
    bench.write(commands.edit, report, {"address": "台湾路"})
    bench.answer(bench.seal())
    bench.clock.advance(60)
    basis = bench.read(queries.detail, report).basis
    edit = sealed_edit(bench, report, basis, {"address": "修文西路"})
    assert edit["address"]["was"] == "台湾路"
    assert edit["address"]["saw"] is not None
    again = sealed_edit(bench, report, basis.after({"address": "修文西路"}), {"address": "香港路"})
    assert again["address"]["saw"] is not None


def test_an_unseen_value_is_not_joined_into_the_operation_that_wrote_it(bench: Bench) -> None:
    report = bench.write(commands.register, FIELDS).created[0]
    basis = bench.read(queries.detail, report).basis
    bench.write(commands.edit, report, {"address": "台湾路"})
    edit = sealed_edit(bench, report, basis, {"address": "香港路"})
    assert edit["address"] == {"to": "香港路", "was": None, "saw": None}


def test_a_record_in_doubt_leaves_no_confirmed_body_aside_when_nothing_lies_over_it(bench: Bench) -> None:
    report = born(bench)
    bench.write(commands.edit, report, {"address": "台湾路"})
    op = bench.seal().ops[0]
    record = theirs(bench, report, address="修文西路")
    doubtful = {
        "op_id": op["op_id"], "outcome": "conflict", "seq": 901, "ver": record["ver"], "hash": record["hash"],
        "stamps": record["stamps"], "record": None, "problem": None, "sig": "s",
    }  # fmt: skip
    answered = bench.sync(outbox.take_answers, [doubtful])
    assert answered.fetch == (("report", report),)
    assert rows(bench, Shadow) == []
    bench.sync(partial(incoming.take_records, again=True), [record])
    assert bench.read(queries.detail, report).fields["address"] == "修文西路"
    assert rows(bench, Shadow) == []
