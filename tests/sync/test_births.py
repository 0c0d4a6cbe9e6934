"""Runs of creating operations: however they travel, what arrives is what was minted, byte by byte."""

from __future__ import annotations

import base64
import gzip
import json
from datetime import UTC, datetime
from itertools import accumulate
from pathlib import Path
from typing import Any

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from sync.births import proof_message, read_births
from sync.bulk import SIG_SIZE, Births, Proof
from sync.client.parcels import Parcel, _pack_rows
from sync.limits import is_suspect
from sync.merge import RecordState
from sync.problems import WireError
from sync.protocol import PushRequest, decode, encode
from sync.reading import read_op
from sync.server.inbox import arrived
from sync.server.ledger import Receipt
from sync.server.receipts import runs_of
from sync.server.run import ServerThread
from sync.server.scopes import Ceiling
from sync.server.stage import Item, Sender, is_proven
from sync.upcast import UPCASTERS
from tests.sync.server.wire import STATION, WireDesk, expected_hash, new_id
from zzdesk.clock import FixedClock
from zzdesk.ops.apply import canonical, sum_of
from zzdesk.ops.columns import Columns
from zzdesk.ops.sealing import Batch, Sealed

REPLICA = "r-1"
USER = "0192aaaa-0000-7000-8000-000000000001"


def born(no: int, group: str, **init: Any) -> dict[str, Any]:
    return {
        "op_id": new_id(), "group": group, "schema": 1, "kind": "thing", "id": new_id(), "verb": "create",
        "actor": {"user": USER, "device": "d-1", "grant": None}, "scope": STATION,
        "at": {"wall": "2026-11-23T01:14:03.123Z", "mono": 1000 + no, "boot": "b2"}, "init": init,
    }  # fmt: skip


def packed(*ops: dict[str, Any], first_no: int = 1) -> Parcel:
    rows = tuple(
        Sealed(n, op["op_id"], first_no + n, op["group"], op["kind"], op["id"], op["verb"], op["actor"]["user"],
               canonical(op))
        for n, op in enumerate(ops)
    )  # fmt: skip
    parcel = Parcel(Batch(REPLICA, rows, {}))
    _pack_rows(parcel)
    return parcel


def request(parcel: Parcel) -> PushRequest:
    return decode(encode(parcel.message("e", "12345678")), PushRequest)


SENDER = Sender("d-1", STATION, REPLICA, None, Ceiling(STATION, frozenset([STATION])))
NOW = datetime(2026, 11, 24, tzinfo=UTC)


def unpacked(pushed: PushRequest) -> list[Item]:
    return arrived(UPCASTERS, pushed, SENDER, "", NOW)


def test_what_travels_in_a_run_arrives_as_it_was_minted() -> None:
    one, two = new_id(), new_id()
    ops = [born(1, one, title="甲"), born(2, one, title='"乙"', hours=3), born(9, two, title="丙", tags=["a", "b"])]
    parcel = packed(*ops)
    assert (len(parcel.births), parcel.singles) == (1, [])
    items = unpacked(request(parcel))
    assert [item.text for item in items] == [canonical(op) for op in ops]
    for item, op in zip(items, ops, strict=True):
        alone = read_op(canonical(op | {"replica": REPLICA, "op_no": item.op_no}), REPLICA)
        assert (item.op, item.hash, item.op_no, item.group) == (alone.op, alone.hash, alone.op_no, op["group"])


def test_operations_keep_their_order_among_runs() -> None:
    group = new_id()
    first, second, third = born(1, group, title="a"), born(2, group, title="b"), born(3, group, title="c")
    edit = {name: part for name, part in first.items() if name not in ("init", "scope")}
    edit |= {"op_id": new_id(), "verb": "patch", "set": {"title": {"to": "z", "was": "a", "saw": first["op_id"]}}}
    parcel = packed(first, edit, second, third)
    assert ([run.at for run in parcel.births], len(parcel.singles)) == ([0, 2], 1)
    items = unpacked(request(parcel))
    assert [item.op_id for item in items] == [op["op_id"] for op in (first, edit, second, third)]
    assert [item.op_no for item in items] == [1, 2, 3, 4]


def test_a_text_that_a_run_would_change_travels_by_itself() -> None:
    odd = born(1, new_id(), title="a") | {"reason": "because"}
    parcel = packed(odd)
    assert (parcel.births, len(parcel.singles)) == ([], 1)
    (item,) = unpacked(request(parcel))
    assert item.text == canonical(odd)


@pytest.mark.parametrize("init", [b'{"b":1,"a":2}', b'{"a": 1}', b'{"a":1.5}', b'{"a":9007199254740993}', b"{}", b"[]"])
def test_a_body_without_the_one_form_gets_a_closer_look(init: bytes) -> None:
    (run,) = packed(born(1, new_id(), a=1)).births
    run.inits = [msgspec.Raw(init)]
    (got,) = read_births(decode(encode(run), Births), REPLICA)
    assert got.init is None
    if got.op is not None:
        assert json.loads(got.text)["init"] == json.loads(init)
    else:
        assert got.problem == "malformed-op"


def test_columns_of_different_lengths_are_no_run() -> None:
    (run,) = packed(born(1, new_id(), a=1), born(2, new_id(), a=1)).births
    run.mono.pop()
    with pytest.raises(WireError):
        list(read_births(run, REPLICA))


@pytest.mark.parametrize(
    ("text", "suspect"),
    [(b'{"a":"350602199001011234"}', True), (b'{"a":123456789012345}', False), (b'{"a":"\\u0000"}', True),
     (b'{"a":"2026-11-23T01:14:03.123Z"}', False), (b"[" * 33, True)],
)  # fmt: skip
def test_only_what_may_hide_a_bad_value_is_looked_at(text: bytes, suspect: bool) -> None:
    assert is_suspect(text) is suspect


def test_one_signature_vouches_for_all_operations_of_an_author_and_for_no_others() -> None:
    key = Ed25519PrivateKey.generate()
    public = base64.b64encode(key.public_key().public_bytes_raw()).decode()
    account = RecordState("account", USER, STATION, 1, {"proof_key": public}, {"*": new_id()})
    parcel = packed(born(1, new_id(), a=1), born(2, new_id(), a=2))
    hashes = [item.hash for item in unpacked(request(parcel))]
    parcel.proofs = [Proof(USER, 0, base64.b64encode(key.sign(proof_message(hashes))).decode())]
    assert all(is_proven(account, item) for item in unpacked(request(parcel)))
    fewer = packed(*(row.op() for row in parcel.batch.rows[:1]))
    fewer.proofs = parcel.proofs
    assert not any(is_proven(account, item) for item in unpacked(request(fewer)))
    parcel.proofs = [Proof(USER, 1, parcel.proofs[0].sig)]
    assert not any(is_proven(account, item) for item in unpacked(request(parcel)))


@pytest.fixture
def anna(tmp_path: Path, clock: FixedClock) -> Any:
    with ServerThread(tmp_path / "centre", clock=clock) as server:
        desk = WireDesk(server.url, clock, server.enrol_code(STATION))
        desk.replica = REPLICA
        yield desk
        desk.close()


def push(anna: WireDesk, parcel: Parcel) -> dict[str, Any]:
    answer = anna.post("push", gzip.compress(encode(parcel.message(anna.epoch, new_id()))))
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def test_the_centre_speaks_once_of_a_run_and_says_the_same_when_it_is_asked_again(anna: WireDesk) -> None:
    ops = [born(n, new_id(), title=f"t{n}") for n in range(5)]
    parcel = packed(*ops)
    answer = push(anna, parcel)
    (said,) = answer["born"]
    assert (answer["results"], said["at"], said["n"]) == ([], 0, 5)
    assert said["sum"] == sum_of([expected_hash(op) for op in ops])
    again = push(anna, parcel)
    assert [(r["outcome"], r["seq"], r["hash"]) for r in again["results"]] == [
        ("applied", said["seq"] + n, expected_hash(op)) for n, op in enumerate(ops)
    ]
    assert "".join(r["sig"][:SIG_SIZE] for r in again["results"]) == said["sigs"]


def test_a_run_begins_where_nothing_is_before_it() -> None:
    receipts = {str(n): Receipt("", "applied", seq, None, [], None, "h") for n, seq in enumerate((5, 3, 4))}
    items = [Item(str(n), n, "g", b"", "", None, SENDER, None) for n in range(3)]
    assert runs_of(items, receipts) == [range(1), range(1, 3)]


def test_what_is_edited_in_the_same_push_is_told_by_itself(anna: WireDesk) -> None:
    group = new_id()
    first, second = born(1, group, title="a"), born(2, group, title="b")
    edit = {name: part for name, part in second.items() if name not in ("init", "scope")}
    edit |= {"op_id": new_id(), "verb": "patch", "set": {"title": {"to": "z", "was": "b", "saw": second["op_id"]}}}
    answer = push(anna, packed(first, second, edit))
    told = {r["op_id"]: (r["outcome"], r["ver"]) for r in answer["results"]}
    assert told.keys() >= {second["op_id"], edit["op_id"]}
    assert told[second["op_id"]] == told[edit["op_id"]] == ("applied", 2)


def test_of_edits_that_came_out_as_expected_the_centre_says_little_and_the_same_again(anna: WireDesk) -> None:
    ops = [born(n, new_id(), title=f"t{n}") for n in range(4)]
    made = push(anna, packed(*ops))["born"][0]
    edits = [
        {name: part for name, part in op.items() if name not in ("init", "scope")}
        | {"op_id": new_id(), "verb": "patch", "set": {"title": {"to": f"z{n}", "was": f"t{n}", "saw": op["op_id"]}}}
        for n, op in enumerate(ops)
    ]  # fmt: skip
    parcel = packed(*edits, first_no=5)
    for n, (op, edit) in enumerate(zip(ops, edits, strict=True)):
        parcel.batch.hashes[edit["op_id"]] = expected_hash(op | {"init": {"title": f"z{n}" if n != 2 else "?"}})
    answer = push(anna, parcel)
    (other,) = answer["results"]
    assert (other["op_id"], other["record"]["body"]) == (edits[2]["op_id"], {"title": "z2"}), "not what was expected"
    first, last = answer["kept"]
    assert (first["at"], first["vers"], last["at"], last["vers"], len(last["sigs"])) == (0, [2, 2], 3, [2], SIG_SIZE)
    seqs = [*accumulate(first["seqs"]), other["seq"], *last["seqs"]]
    assert sorted(seqs) == [made["seq"] + 4 + n for n in range(4)]
    assert [push(anna, parcel)[part] for part in ("results", "kept")] == [answer["results"], answer["kept"]]


def test_a_page_in_columns_says_what_its_rows_would(anna: WireDesk) -> None:
    ops = [born(n, new_id(), title=f"t{n}") for n in range(4)]
    said = push(anna, packed(*ops))["born"][0]
    edit = {name: part for name, part in ops[1].items() if name not in ("init", "scope")}
    edit |= {"op_id": new_id(), "verb": "patch", "set": {"title": {"to": "z", "was": "t1", "saw": ops[1]["op_id"]}}}
    push(anna, packed(edit, first_no=5))
    anna.replica = "r-other"
    rows = {row["rec"]["id"]: row["rec"] for row in anna.pull_all()}
    page = pull_brief(anna)
    (columns,) = msgspec.json.decode(canonical(page["columns"]), type=list[Columns])
    places = enumerate(zip(columns.places(), columns.hashes(STATION) or [], strict=True))
    found = [columns.record(n, seq, STATION, digest) for n, (seq, digest) in places]
    assert page["rows"] == []
    assert {record["id"]: record for record in found} == rows
    columns.bodies[0] = msgspec.Raw(b'{"title":"forged"}')
    assert columns.hashes(STATION) is None
    known = [said["seq"], said["seq"] + 1]
    less = pull_brief(anna, skip=[known])
    assert [len(part["ids"]) for part in less["columns"]] == [3]
    assert less["to"] == page["to"]


def pull_brief(anna: WireDesk, **more: Any) -> dict[str, Any]:
    want = [{"scope": STATION, "after": 0} | more]
    (page,) = anna.call("pull", replica=anna.replica, epoch=anna.epoch, want=want, brief=True)["pages"]
    return dict(page)
