"""New records by the thousand: what is written column by column is what would have been written one by one."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Callable
from typing import Any

import msgspec
import pytest
from sqlalchemy import select

from sync.protocol import encode
from sync.server import beginnings
from sync.server.run import ServerThread
from sync.server.tables import digest, feed, op_log, record
from tests.sync.server.wire import OTHER_STATION, WireDesk, edit, new_id, rows
from tests.sync.test_births import packed
from zzdesk.ops.apply import canonical, op_hash


def intent(op: dict[str, Any]) -> dict[str, Any]:
    return {name: part for name, part in op.items() if name not in ("replica", "op_no", "suite", "sig")}


def push_run(desk: WireDesk, *ops: dict[str, Any]) -> dict[str, Any]:
    parcel = packed(*map(intent, ops), first_no=ops[0]["op_no"])
    message = msgspec.structs.replace(parcel.message(desk.epoch, new_id()), replica=desk.replica)
    answer = desk.post("push", gzip.compress(encode(message)))
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def texts(server: ServerThread) -> dict[str, bytes]:
    """Return the text of every operation in the log, put together where the record holds what it began with."""
    held = {(row.kind, row.id): row for row in rows(server, record)}
    found = {}
    for row in rows(server, op_log):
        there = held[row.kind, row.entity_id]
        init = canonical(msgspec.json.decode(there.body))
        found[row.op_id] = beginnings.text_of(row, there.scope_id, init)
    return found


def test_many_at_once_are_written_as_each_by_itself(
    server: ServerThread, new_desk: Callable[..., WireDesk]
) -> None:
    group = new_id()
    one, other = new_desk(), new_desk()
    ops = [one.create(title="甲"), one.create(title="乙", hours=3) | {"group": group}, one.create(title="丙") | {"group": group}]
    (said,) = push_run(one, *ops)["born"]
    twins = [
        intent(op) | {"op_id": new_id(), "id": new_id(), "op_no": op["op_no"], "replica": other.replica} for op in ops
    ]
    assert [result["outcome"] for result in other.push(*twins)] == ["applied"] * 3
    same = {op["id"]: twin["id"] for op, twin in zip(ops, twins, strict=True)}
    both = {row.id: row for row in rows(server, record)}
    for mine, his in same.items():
        a, b = both[mine], both[his]
        assert (a.kind, a.scope_id, a.ver, a.voided, a.body, a.parent_id) == (b.kind, b.scope_id, 1, False, b.body, b.parent_id)
        assert (a.last_replica, b.last_replica) == (one.replica, other.replica)
    log = {row.entity_id: row for row in rows(server, op_log)}
    alike = ("user_id", "kind", "verb", "schema", "sig", "at_client", "outcome", "problem", "waits_on", "received_at")
    for mine, his in same.items():
        assert [getattr(log[mine], name) for name in alike] == [getattr(log[his], name) for name in alike]
        assert (log[mine].device_id, log[mine].replica_id) == (one.device_id, one.replica)
    places = {row.id: (row.scope_id, row.what, row.seq) for row in rows(server, feed)}
    assert [places[op["id"]][2] for op in ops] == [said["seq"] + n for n in range(3)]
    assert {both[i].seq == places[i][2] for i in both} == {True}
    assert len(rows(server, digest)) == 1


def test_what_a_record_began_with_is_kept_once_and_stays_when_it_changes(server: ServerThread, anna: WireDesk) -> None:
    ops = [anna.create(title="甲", note="原文"), anna.create(title="乙")]
    push_run(anna, *ops)
    assert all("原文" not in row.body for row in rows(server, op_log))
    assert {op_id: hashlib.sha256(text).hexdigest() for op_id, text in texts(server).items()} == {
        op["op_id"]: op_hash(op) for op in ops
    }
    assert anna.push_one(anna.patch("thing", ops[0]["id"], **edit(ops[0], "改")))["outcome"] == "applied"
    with server.centre.database.reading() as connection:
        kept = connection.execute(select(op_log.c.body).where(op_log.c.op_id == ops[0]["op_id"])).scalar_one()
    assert kept.encode() == canonical(intent(ops[0]))
    assert anna.push_one(anna.patch("thing", ops[0]["id"], **edit(ops[0], "再改")))["outcome"] == "conflict"
    with server.centre.database.reading() as connection:
        query = select(op_log.c.body).where(op_log.c.op_id == ops[0]["op_id"])
        assert connection.execute(query).scalar_one() == kept


@pytest.mark.parametrize("what", ["another device", "a record that is there", "a field of the centre's", "null"])
def test_what_is_not_ordinary_goes_the_ordinary_way(server: ServerThread, anna: WireDesk, what: str) -> None:
    first = anna.create(title="甲")
    op = anna.create(title="乙")
    if what == "another device":
        op["actor"] = op["actor"] | {"device": "d-else"}
    elif what == "a record that is there":
        assert anna.push_one(first)["outcome"] == "applied"
        op["id"] = first["id"]
    elif what == "a field of the centre's":
        op["init"] = op["init"] | {"claimed_by": anna.user}
    else:
        op["init"] = op["init"] | {"note": None}
    push_run(anna, op)
    log = {row.op_id: row for row in rows(server, op_log)}
    assert log[op["op_id"]].body.encode() == canonical(intent(op))


def test_who_may_not_write_there_is_refused_with_what_was_written(server: ServerThread, anna: WireDesk) -> None:
    bad, good = anna.create(scope=OTHER_STATION, title="不该在这里"), anna.create(title="该在这里")
    answer = push_run(anna, bad, good)
    assert [result["outcome"] for result in answer["results"]] == ["rejected"]
    assert [row.id for row in rows(server, record)] == [good["id"]]
    kept = {row.op_id: row.body for row in rows(server, op_log)}
    assert "不该在这里" in kept[bad["op_id"]]


def test_many_of_which_one_is_there_already_are_told_apart(server: ServerThread, anna: WireDesk) -> None:
    first = anna.create(title="先来")
    assert anna.push_one(first)["outcome"] == "applied"
    ops = [anna.create(title=f"第{n}件") for n in range(40)]
    ops[30]["id"] = first["id"]
    answer = push_run(anna, *ops)
    told = {result["op_id"]: result["outcome"] for result in answer["results"]}
    assert told.keys() == {ops[30]["op_id"]}
    assert sum(run["n"] for run in answer["born"]) == 39
    assert len([row for row in rows(server, record) if row.kind == "thing"]) == 40
    again = push_run(anna, *ops)
    assert [result["outcome"] for result in again["results"]].count("applied") == 39
    assert len(rows(server, op_log)) == 41
