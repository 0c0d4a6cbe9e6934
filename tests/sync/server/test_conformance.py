"""What every centre promises, whatever its database: push, pull, hello, fetch, conflicts, groups, holds, scopes."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from sync.server.run import ServerThread
from sync.server.tables import op_log, record, record_history
from tests.sync.server.wire import (
    OTHER_STATION,
    STATION,
    WireDesk,
    edit,
    expected_hash,
    new_id,
    problem,
    rows,
)
from zzdesk.ops.apply import record_hash

NewDesk = Callable[..., WireDesk]


# ---- the main road --------------------------------------------------------------------------------------------------


def test_a_record_travels_from_one_desk_to_another(anna: WireDesk, bo: WireDesk) -> None:
    born = anna.create(title="路灯不亮", story="昨晚起。")
    (result,) = anna.push(born, hashes={born["op_id"]: expected_hash(born)})
    assert (result["outcome"], result["ver"], result["problem"], result["record"]) == ("applied", 1, None, None)
    assert result["stamps"] == {"*": born["op_id"]}
    assert len(result["sig"]) == 64
    (own,) = anna.pull_all()
    assert (own["what"], own["hash"]) == ("stub", result["hash"])
    (row,) = bo.pull_all()
    rec = row["rec"]
    assert (row["what"], rec["body"], rec["stamps"]) == ("put", born["init"], {"*": born["op_id"]})
    assert rec["hash"] == record_hash("thing", born["id"], STATION, rec["body"])
    assert bo.fetch(("thing", born["id"])) == [rec]


def test_hello_says_where_every_feed_ends_and_an_idle_round_needs_no_more(anna: WireDesk, bo: WireDesk) -> None:
    before = bo.hello()
    assert before["scopes"] == [
        {"id": STATION, "head": 0, "rights": "rw"}, {"id": "350602002", "head": 0, "rights": "r"},
        {"id": "350602", "head": 0, "rights": "r"}, {"id": "3506", "head": 0, "rights": "r"},
    ]  # fmt: skip
    anna.push(anna.create(title="a"))
    after = bo.hello()
    assert after["scopes"][0]["head"] == bo.pull()["to"] == after["head"]
    assert bo.pull(after["head"])["rows"] == []


def test_an_edit_reaches_the_author_too_when_another_made_it(anna: WireDesk, bo: WireDesk) -> None:
    born = anna.create(title="a")
    anna.push(born)
    seen = anna.pull()["to"]
    assert bo.push_one(bo.patch("thing", born["id"], **edit(born, "b")))["outcome"] == "applied"
    (row,) = anna.pull(seen)["rows"]
    assert (row["what"], row["rec"]["body"]["title"], row["rec"]["ver"]) == ("put", "b", 2)


def test_the_feed_shows_a_record_once_at_its_newest_place(anna: WireDesk, bo: WireDesk) -> None:
    born, other = anna.create(title="a"), anna.create(title="x")
    anna.push(born, other)
    anna.push(anna.patch("thing", born["id"], **edit(born, "b")))
    found = bo.pull_all()
    assert [row["rec"]["id"] for row in found] == [other["id"], born["id"]]
    assert found[0]["seq"] < found[1]["seq"]


def test_pages_are_bounded_and_join_without_gap_or_overlap(anna: WireDesk, bo: WireDesk) -> None:
    born = [anna.create(title=str(n)) for n in range(25)]
    anna.push(*born)
    page = bo.pull(limit=10)
    assert (len(page["rows"]), page["more"]) == (10, True)
    assert [row["rec"]["id"] for row in bo.pull_all(limit=7)] == [op["id"] for op in born]
    whole = bo.pull(limit=25)
    assert (len(whole["rows"]), whole["more"]) == (25, False)


def test_a_page_is_bounded_by_bytes(anna: WireDesk, bo: WireDesk) -> None:
    born = [anna.create(story="事" * 80_000) for _ in range(30)]
    for op in born:
        assert anna.push_one(op)["outcome"] == "applied"
    page = bo.pull()
    assert page["more"]
    assert 10 < len(page["rows"]) < 30
    assert [row["rec"]["id"] for row in bo.pull_all()] == [op["id"] for op in born]


def test_several_edits_of_one_record_in_a_batch(anna: WireDesk) -> None:
    born = anna.create(title="a", phone="1")
    first = anna.patch("thing", born["id"], **edit(born, "b"))
    second = anna.patch("thing", born["id"], title={"to": "c", "was": "b", "saw": first["op_id"]})
    final = expected_hash(second, {**born["init"], "title": "b"})
    results = anna.push(born, first, second, hashes={second["op_id"]: final})
    assert [r["outcome"] for r in results] == ["applied"] * 3
    assert [r["record"] for r in results] == [None] * 3
    assert {r["hash"] for r in results} == {final}
    assert {r["ver"] for r in results} == {3}


def test_the_whole_record_comes_back_where_the_desk_expected_another(anna: WireDesk, bo: WireDesk) -> None:
    born = anna.create(title="a", phone="1")
    anna.push(born)
    bo.push(bo.patch("thing", born["id"], **edit(born, "2", "phone")))
    mine = anna.patch("thing", born["id"], **edit(born, "b"))
    (result,) = anna.push(mine, hashes={mine["op_id"]: expected_hash(mine, born["init"])})
    assert result["outcome"] == "applied"
    assert result["record"]["body"] == born["init"] | {"title": "b", "phone": "2"}


def test_unknown_kinds_and_fields_are_kept_as_they_came(anna: WireDesk, bo: WireDesk) -> None:
    body = {"later": {"deep": [1, {"x": True}]}, "words": ["b", "a"], "空": "值", "big": 2**53 - 1}
    born = anna.create(kind="gadget", **{k: v for k, v in body.items() if k != "空"})
    assert anna.push_one(born)["outcome"] == "applied"
    (row,) = bo.pull_all()
    assert row["rec"]["body"] == born["init"]
    assert row["rec"]["hash"] == expected_hash(born)


# ---- receipts -------------------------------------------------------------------------------------------------------


def test_a_retry_gets_the_stored_receipt_and_the_record_and_doubles_nothing(server: ServerThread, anna: WireDesk) -> None:
    born = anna.create(title="a", hours=1)
    step = anna.patch("thing", born["id"], hours={"by": 2})
    first = anna.push(born, step)
    head = anna.hello()["head"]
    again = anna.push(born, step)
    for one, two in zip(first, again, strict=True):
        assert {k: one[k] for k in ("outcome", "seq", "ver", "hash", "sig")} == {
            k: two[k] for k in ("outcome", "seq", "ver", "hash", "sig")
        }
    assert again[1]["record"]["body"]["hours"] == 3
    assert again[0]["record"] is None
    assert anna.hello()["head"] == head
    assert len(rows(server, op_log)) == 2


def test_a_refused_operation_is_consumed_and_its_content_kept(server: ServerThread, anna: WireDesk) -> None:
    bad = anna.create(scope=OTHER_STATION, title="不该在这里")
    result = anna.push_one(bad)
    assert (result["outcome"], problem(result), result["record"]) == ("rejected", "/p/scope-denied", None)
    (row,) = rows(server, op_log)
    assert json.loads(row.body)["init"]["title"] == "不该在这里"
    assert anna.push_one(bad) == result
    assert rows(server, record) == []


def test_one_id_with_two_contents_is_refused(anna: WireDesk) -> None:
    born, same = anna.create(title="a"), anna.create(title="a")
    anna.push(born, same)
    forged = born | {"init": born["init"] | {"title": "b"}}
    answer = anna.ask("push", replica=anna.replica, epoch=anna.epoch, ops=[forged, same], hashes={})
    assert (answer.status_code, answer.json()["type"]) == (422, "/p/op-id-reused")
    assert answer.json()["params"]["op_ids"] == [forged["op_id"]], "the desk is told which"
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_cloned_disk_is_told_that_its_number_is_taken(anna: WireDesk, server: ServerThread) -> None:
    anna.push(anna.create(title="a"))
    anna.next_no = 1
    twin = anna.create(title="b")
    answer = anna.ask("push", replica=anna.replica, epoch=anna.epoch, ops=[twin], hashes={})
    assert (answer.status_code, answer.json()["type"]) == (409, "/p/replica-forked")
    assert len(rows(server, record)) == 1
    anna.replica = "r-new"
    assert anna.push_one(twin | {"replica": "r-new"})["outcome"] == "applied"


def test_a_renumbered_operation_is_the_same_operation(anna: WireDesk, server: ServerThread) -> None:
    born = anna.create(title="a")
    anna.push(born)
    anna.replica = "r-new"
    assert anna.push_one(born | {"replica": "r-new", "op_no": 77})["outcome"] == "applied"
    assert len(rows(server, record)) == 1


def test_another_devices_replica_may_not_be_used(anna: WireDesk, bo: WireDesk) -> None:
    anna.push(anna.create(title="a"))
    bo.replica = anna.replica
    for name, more in (("push", {"ops": [bo.create(title="b")], "hashes": {}}), ("hello", {"app": "1", "schema": 1})):
        answer = bo.ask(name, replica=bo.replica, epoch=bo.epoch, **more)
        assert (answer.status_code, answer.json()["type"]) == (409, "/p/replica-forked")


def test_another_epoch_is_refused_before_anything_happens(anna: WireDesk, server: ServerThread) -> None:
    for name, more in (("push", {"ops": [anna.create(title="a")], "hashes": {}}), ("pull", {"want": []})):
        answer = anna.ask(name, replica=anna.replica, epoch="e-other", **more)
        assert (answer.status_code, answer.json()["type"]) == (409, "/p/epoch-changed")
    assert rows(server, op_log) == []


# ---- conflicts ------------------------------------------------------------------------------------------------------


def _clash(anna: WireDesk, bo: WireDesk, field: str = "title", one: Any = "甲", two: Any = "乙") -> tuple[Any, Any]:
    """Make a record and change one field on both desks; return the birth and the second desk's result."""
    born = anna.create(**{field: "原"})
    anna.push(born)
    assert anna.push_one(anna.patch("thing", born["id"], **edit(born, one, field)))["outcome"] == "applied"
    return born, bo.push_one(bo.patch("thing", born["id"], **edit(born, two, field)))


def test_two_edits_of_one_field_become_one_conflict_on_both_desks(anna: WireDesk, bo: WireDesk) -> None:
    born, result = _clash(anna, bo)
    assert (result["outcome"], problem(result)) == ("conflict", "/p/field-conflict")
    assert result["record"]["body"]["title"] == "甲"
    (conflict_id,) = result["conflict_ids"]
    for desk in (anna, bo):
        found = [r["rec"] for r in desk.pull_all() if r["what"] == "put" and r["rec"]["kind"] == "conflict"]
        assert [rec["id"] for rec in found] == [conflict_id]
        body = found[0]["body"]
        assert (body["record_id"], body["field"], body["state"], body["base"]) == (born["id"], "title", "open", "原")
        assert [(c["value"], c["user"], c["device"]) for c in body["candidates"]] == [
            ("甲", anna.user, anna.device_id), ("乙", bo.user, bo.device_id)]  # fmt: skip
        assert found[0]["hash"] == record_hash("conflict", conflict_id, STATION, body)


def test_a_third_value_joins_the_open_conflict(anna: WireDesk, bo: WireDesk, new_desk: NewDesk) -> None:
    born, result = _clash(anna, bo)
    chen = new_desk()
    third = chen.push_one(chen.patch("thing", born["id"], **edit(born, "丙")))
    assert third["conflict_ids"] == result["conflict_ids"]
    (rec,) = chen.fetch(("conflict", third["conflict_ids"][0]))
    assert [c["value"] for c in rec["body"]["candidates"]] == ["甲", "乙", "丙"]
    assert rec["ver"] == 2


def test_a_conflict_is_resolved_once_and_for_both(anna: WireDesk, bo: WireDesk) -> None:
    born, result = _clash(anna, bo)
    (conflict_id,) = result["conflict_ids"]
    stamp = result["stamps"]["title"]
    edits = {"title": {"to": "丙", "was": "甲", "saw": stamp}}
    done = bo.push_one(bo.op("thing", born["id"], "resolve", set=edits, conflicts=[conflict_id], reason="核实"))
    assert (done["outcome"], done["conflict_ids"], done["record"]["body"]["title"]) == ("applied", [conflict_id], "丙")
    late = anna.push_one(anna.op("thing", born["id"], "resolve", set=edits, conflicts=[conflict_id], reason="晚了"))
    assert late["outcome"] == "merged"
    (rec,) = anna.fetch(("conflict", conflict_id))
    assert (rec["body"]["state"], rec["body"]["resolution"], rec["body"]["resolved_by"]) == ("resolved", "丙", bo.user)
    again = anna.push_one(anna.patch("thing", born["id"], **edit(born, "丁")))
    assert again["outcome"] == "conflict"
    assert again["conflict_ids"] != [conflict_id]


def test_money_is_decided_by_two_people(anna: WireDesk, bo: WireDesk) -> None:
    born, result = _clash(anna, bo, "amount", "1.00", "2.00")
    edits = {"amount": {"to": "2.00", "was": "1.00", "saw": result["stamps"]["amount"]}}
    parts = {"set": edits, "conflicts": result["conflict_ids"], "reason": "看了收据"}
    first = anna.push_one(anna.op("thing", born["id"], "resolve", **parts))
    assert (first["outcome"], problem(first), first["record"]["body"]["amount"]) == (
        "applied", "/p/needs-second", "1.00")  # fmt: skip
    alone = anna.push_one(anna.op("thing", born["id"], "resolve", **parts))
    assert (alone["outcome"], problem(alone)) == ("rejected", "/p/same-person")
    second = bo.push_one(bo.op("thing", born["id"], "resolve", **parts))
    assert second["record"]["body"]["amount"] == "2.00"
    (rec,) = anna.fetch(("conflict", result["conflict_ids"][0]))
    assert rec["body"]["state"] == "resolved"


def test_conflicts_opened_and_answered_within_one_batch(anna: WireDesk, bo: WireDesk) -> None:
    born, result = _clash(anna, bo)
    other = bo.patch("thing", born["id"], **edit(born, "丁"))
    edits = {"title": {"to": "甲", "was": "甲", "saw": result["stamps"]["title"]}}
    answer = bo.op("thing", born["id"], "resolve", set=edits, conflicts=result["conflict_ids"], reason="x")
    after = bo.patch("thing", born["id"], **edit(born, "戊"))
    outcomes = bo.push(other, answer, after)
    assert [r["outcome"] for r in outcomes] == ["conflict", "applied", "conflict"]
    assert outcomes[0]["conflict_ids"] == outcomes[1]["conflict_ids"] != outcomes[2]["conflict_ids"]


def test_texts_merge_by_sentences(anna: WireDesk, bo: WireDesk) -> None:
    born = anna.create(story="甲说。乙说。丙说。")
    anna.push(born)
    anna.push(anna.patch("thing", born["id"], **edit(born, "甲改。乙说。丙说。", "story")))
    result = bo.push_one(bo.patch("thing", born["id"], **edit(born, "甲说。乙说。丙改。", "story")))
    assert (result["outcome"], result["record"]["body"]["story"]) == ("merged", "甲改。乙说。丙改。")


def test_history_keeps_what_was_replaced(server: ServerThread, anna: WireDesk) -> None:
    born = anna.create(title="a")
    change = anna.patch("thing", born["id"], **edit(born, "b"))
    anna.push(born, change)
    (row,) = rows(server, record_history)
    assert (row.op_id, row.ver, json.loads(row.old), json.loads(row.new)) == (
        change["op_id"], 2, {"title": "a"}, {"title": "b"})  # fmt: skip


def test_a_void_behind_an_edit_asks_and_an_edit_behind_a_void_too(anna: WireDesk, bo: WireDesk) -> None:
    born = anna.create(title="a")
    anna.push(born)
    seen = bo.push_one(bo.patch("thing", born["id"], **edit(born, "b")))
    blind = anna.push_one(anna.op("thing", born["id"], "void", saw={"*": born["op_id"]}, reason="重复"))
    assert (blind["outcome"], problem(blind)) == ("conflict", "/p/void-proposal")
    seeing = anna.push_one(anna.op("thing", born["id"], "void", saw=seen["stamps"], reason="重复"))
    assert seeing["outcome"] == "applied"
    assert seeing["record"]["body"]["voided"] is True
    late = bo.push_one(bo.patch("thing", born["id"], **edit(born, "c")))
    assert (late["outcome"], problem(late)) == ("conflict", "/p/restore")


# ---- groups, holds, faults ------------------------------------------------------------------------------------------


def test_a_group_is_applied_whole_or_not_at_all(anna: WireDesk, server: ServerThread) -> None:
    group = new_id()
    good, bad = anna.create(title="a") | {"group": group}, anna.create(scope=OTHER_STATION) | {"group": group}
    alone = anna.create(title="b")
    results = anna.push(good, bad, alone)
    assert [(r["outcome"], problem(r)) for r in results] == [
        ("rejected", "/p/group-rejected"), ("rejected", "/p/scope-denied"), ("applied", None)]  # fmt: skip
    assert [row.id for row in rows(server, record)] == [alone["id"]]


def test_a_conflict_does_not_reject_its_group(anna: WireDesk, bo: WireDesk) -> None:
    born, _ = _clash(anna, bo)
    group = new_id()
    clash, fine = bo.patch("thing", born["id"], **edit(born, "x")), bo.create(title="b")
    results = bo.push(clash | {"group": group}, fine | {"group": group})
    assert [r["outcome"] for r in results] == ["conflict", "applied"]


def test_an_operation_that_came_too_early_waits_for_its_record(anna: WireDesk, bo: WireDesk) -> None:
    born = anna.create(title="a")
    early = bo.patch("thing", born["id"], **edit(born, "b"))
    waiting = bo.push_one(early)
    assert (waiting["outcome"], problem(waiting), waiting["seq"]) == ("held", "/p/waiting", None)
    anna.push(born)
    now = bo.push_one(early)
    assert (now["outcome"], now["record"]["body"]["title"]) == ("applied", "b")
    assert anna.pull_all()[-1]["rec"]["body"]["title"] == "b"


def test_an_operation_waits_for_what_its_author_saw(anna: WireDesk, bo: WireDesk) -> None:
    born = anna.create(title="a")
    anna.push(born)
    unseen = anna.patch("thing", born["id"], **edit(born, "b"))
    upon = bo.patch("thing", born["id"], title={"to": "c", "was": "b", "saw": unseen["op_id"]})
    assert bo.push_one(upon)["outcome"] == "held"
    assert anna.push_one(unseen)["outcome"] == "applied"
    assert bo.push_one(upon)["record"]["body"]["title"] == "c"


def test_a_shuffled_batch_comes_out_in_order(anna: WireDesk) -> None:
    born = anna.create(title="a")
    first = anna.patch("thing", born["id"], **edit(born, "b"))
    second = anna.patch("thing", born["id"], title={"to": "c", "was": "b", "saw": first["op_id"]})
    results = anna.push(second, first, born)
    assert [r["outcome"] for r in results] == ["applied"] * 3
    assert results[-1]["record"]["body"]["title"] == "c"


def test_a_chain_of_waits_unwinds(anna: WireDesk, bo: WireDesk) -> None:
    born = anna.create(title="0")
    chain, saw = [], born["op_id"]
    for n in range(1, 6):
        chain.append(bo.patch("thing", born["id"], title={"to": str(n), "was": str(n - 1), "saw": saw}))
        saw = chain[-1]["op_id"]
    for op in reversed(chain):
        assert bo.push_one(op)["outcome"] == "held"
    anna.push(born)
    assert {r["outcome"] for r in bo.push(*chain)} == {"applied"}
    assert bo.fetch(("thing", born["id"]))[0]["body"]["title"] == "5"


def test_a_group_waits_together(anna: WireDesk, bo: WireDesk, server: ServerThread) -> None:
    born = anna.create(title="a")
    group = new_id()
    early, child = bo.patch("thing", born["id"], **edit(born, "b")), bo.create(title="child")
    assert [r["outcome"] for r in bo.push(child | {"group": group}, early | {"group": group})] == ["held", "held"]
    assert rows(server, record) == []
    anna.push(born)
    assert len(rows(server, record)) == 2


def test_a_malformed_operation_is_put_aside_and_the_rest_goes_on(anna: WireDesk, server: ServerThread) -> None:
    good = [anna.create(title=str(n)) for n in range(3)]
    bad = anna.create(title="x")
    bad["init"]["cost"] = 1.5
    results = anna.push(good[0], bad, *good[1:])
    assert [r["outcome"] for r in results] == ["applied", "rejected", "applied", "applied"]
    assert problem(results[1]) == "/p/malformed-op"
    (row,) = [row for row in rows(server, op_log) if row.outcome == "rejected"]
    assert "1.5" in row.body


@pytest.mark.parametrize("spoil", [
    lambda op: op | {"group": "no uuid at all, and far too long for the column that keeps it"},
    lambda op: op | {"group": ["x"]},
    lambda op: op | {"init": {"title": "a\x00b"}},
    lambda op: op | {"kind": "k" * 500},
    lambda op: op | {"verb": "v" * 500},
    lambda op: op | {"actor": {"user": "x" * 500}},
    lambda op: op | {"at": {"wall": "w" * 500}},
    lambda op: op | {"sig": "\x00"},
    lambda op: op | {"reason": "\x00", "verb": "void", "saw": {"*": op["op_id"]}},
])  # fmt: skip
def test_whatever_is_wrong_with_it_an_operation_is_consumed_once(
    anna: WireDesk, server: ServerThread, spoil: Callable[[dict[str, Any]], dict[str, Any]]
) -> None:
    bad, good = spoil(anna.create(title="x")), anna.create(title="好")
    results = anna.push(bad, good)
    assert [r["outcome"] for r in results] == ["rejected", "applied"]
    assert anna.push_one(bad)["outcome"] == "rejected"
    assert {row.op_id for row in rows(server, op_log)} == {bad["op_id"], good["op_id"]}


@pytest.mark.parametrize("spoil", [b'"\x00"', b'"\xff\xfe"', b'"a\nb"', b'"\\ud800"'])
def test_bytes_that_are_no_json_are_consumed_too(anna: WireDesk, server: ServerThread, spoil: bytes) -> None:
    op = json.dumps(anna.create(title="SPOIL")).encode().replace(b'"SPOIL"', spoil)
    head = {"replica": anna.replica, "epoch": anna.epoch, "nonce": new_id(), "hashes": {}}
    answer = anna.post("push", json.dumps(head).encode()[:-1] + b', "ops": [' + op + b"]}", content_encoding=None)
    if answer.status_code == 200:
        assert answer.json()["results"][0]["outcome"] == "rejected"
        assert len(rows(server, op_log)) == 1
    else:
        assert (answer.status_code, answer.json()["type"]) == (400, "/p/malformed")


def test_a_poison_operation_is_quarantined_after_three_tries(
    anna: WireDesk, server: ServerThread, expect_log: Callable[[str], None], monkeypatch: Any
) -> None:
    from sync.server import judge

    real = judge.merge

    def exploding(policies: Any, state: Any, op: Any, own: Any, *more: Any) -> Any:
        if op.init.get("title") == "毒":
            raise ZeroDivisionError("personal 35060219900101001X")
        return real(policies, state, op, own, *more)

    monkeypatch.setattr(judge, "merge", exploding)
    expect_log(r"operation [0-9a-f-]+ failed: ZeroDivisionError at test_conformance.py:\d+$")
    expect_log("put into quarantine")
    poison, fine = anna.create(title="毒"), anna.create(title="好")
    assert [r["outcome"] for r in anna.push(poison, fine)] == ["deferred", "applied"]
    assert anna.push_one(poison)["outcome"] == "deferred"
    last = anna.push_one(poison)
    assert (last["outcome"], problem(last)) == ("quarantined", "/p/quarantined")
    monkeypatch.undo()
    assert anna.push_one(poison)["outcome"] == "quarantined"
    (row,) = [row for row in rows(server, op_log) if row.outcome == "quarantined"]
    assert json.loads(row.body)["init"]["title"] == "毒"


def test_a_fault_while_writing_costs_only_its_own_group(
    anna: WireDesk, server: ServerThread, expect_log: Callable[[str], None], monkeypatch: Any
) -> None:
    from sync.server import rows as writer

    real = writer.write

    def exploding(connection: Any, written: Any) -> None:
        if any(item.state.body.get("title") == "毒" for item in written):
            raise ZeroDivisionError
        real(connection, written)

    monkeypatch.setattr(writer, "write", exploding)
    expect_log(r"group [0-9a-f-]+ failed: ZeroDivisionError")
    ops = [anna.create(title=t) for t in ("好", "毒", "也好")]
    assert [r["outcome"] for r in anna.push(*ops)] == ["applied", "deferred", "applied"]
    assert len(rows(server, record)) == 2


def test_after_everything_the_next_round_has_nothing(anna: WireDesk, bo: WireDesk) -> None:
    born, _ = _clash(anna, bo)
    for desk in (anna, bo):
        to = desk.pull()["to"]
        hello = desk.hello()
        assert {s["head"] for s in hello["scopes"]} == {to, 0}
        assert desk.pull(to)["rows"] == []
    assert born
