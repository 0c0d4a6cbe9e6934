"""Messages: one canonical form, strict about what comes in, bounded in every direction."""

from __future__ import annotations

import gzip
import json
import zlib
from typing import Any

import msgspec
import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from sync.limits import (
    MAX_DEPTH,
    MAX_INFLATED,
    MAX_INT,
    MAX_OP_BYTES,
    MAX_OPS,
    MAX_WIRE,
    Inflater,
    UnfitValueError,
    check_values,
)
from sync.problems import OP_PROBLEMS, REQUEST_PROBLEMS, WireError
from sync.protocol import HelloRequest, Op, PullRequest, PushRequest, decode
from sync.reading import read_logged, read_op
from tests.sync.things import KEY, STATION, op_id
from zzdesk.ops.apply import canonical, op_hash, record_hash, text_hash

_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
_KEYS = st.text("abcz_", max_size=5)
_JSON = st.recursive(
    st.booleans() | st.integers(-MAX_INT, MAX_INT) | _TEXT,
    lambda inner: st.lists(inner) | st.dictionaries(_KEYS, inner),
)
_BODIES = st.dictionaries(st.text("abcdefxyz_", min_size=1, max_size=8), _JSON, max_size=8)


@given(_BODIES)
def test_canonical_json_is_rfc_8785(body: dict[str, Any]) -> None:
    assert canonical(body) == rfc8785.dumps(body)


@given(_BODIES)
def test_the_hash_over_stored_bytes_is_the_record_hash(body: dict[str, Any]) -> None:
    assert text_hash("thing", KEY, STATION, canonical(body)) == record_hash("thing", KEY, STATION, body)


# ---- operations -----------------------------------------------------------------------------------------------------


def _raw(**parts: Any) -> dict[str, Any]:
    return {
        "op_id": op_id(), "replica": "r-1", "op_no": 4, "group": op_id(), "schema": 1, "kind": "thing", "id": KEY,
        "verb": "patch", "set": {"title": {"to": "b", "was": "a", "saw": op_id()}},
        "actor": {"user": op_id(), "device": "d-1", "grant": None},
        "at": {"wall": "2026-11-23T01:00:00.000Z", "mono": 5, "boot": "b"}, "suite": None, "sig": None,
    } | parts  # fmt: skip


def _bytes(raw: dict[str, Any]) -> bytes:
    return json.dumps(raw).encode()


def test_an_operation_is_read_with_the_hash_that_the_desk_computes() -> None:
    raw = _raw(later_field={"kept": True})
    got = read_op(_bytes(raw), "r-1")
    assert got.op is not None
    assert (got.op.op_id, got.op.op_no, got.hash) == (raw["op_id"], 4, op_hash(raw))
    assert json.loads(got.text)["later_field"] == {"kept": True}
    assert read_logged(got.text.decode()) == (msgspec.structs.replace(got.op, replica=None, op_no=None), None)


def test_renumbering_and_signing_again_do_not_change_its_hash() -> None:
    raw = _raw()
    again = raw | {"op_no": 9, "replica": "r-2", "sig": "x", "suite": "ed25519"}
    assert read_op(_bytes(raw), "r-1").hash == read_op(_bytes(again), "r-2").hash


DEEP: Any = "x"
for _ in range(MAX_DEPTH):
    DEEP = [DEEP]

UNFIT: list[tuple[dict[str, Any], str]] = [
    ({"set": {"hours": {"to": 1.5}}}, "malformed-op"),
    ({"set": {"hours": {"to": MAX_INT + 1}}}, "malformed-op"),
    ({"set": {"title": {"to": "a\x00b"}}}, "malformed-op"),
    ({"set": {"title": {"to": DEEP}}}, "malformed-op"),
    ({"set": {"title": {"to": "a", "by": 1}}}, "malformed-op"),
    ({"set": {"title": {"was": "a"}}}, "malformed-op"),
    ({"set": {"Title": {"to": "a"}}}, "malformed-op"),
    ({"set": {}}, "malformed-op"),
    ({"id": "not-a-uuid"}, "malformed-op"),
    ({"id": KEY.upper()}, "malformed-op"),
    ({"kind": "Thing"}, "malformed-op"),
    ({"actor": {}}, "malformed-op"),
    ({"replica": "r-2"}, "malformed-op"),
    ({"verb": "create", "init": {"a": 1}}, "malformed-op"),
    ({"verb": "create", "scope": STATION}, "malformed-op"),
    ({"verb": "create", "scope": "x' OR 1", "init": {"a": 1}}, "malformed-op"),
    ({"verb": "void"}, "malformed-op"),
    ({"verb": "resolve"}, "malformed-op"),
    ({"verb": "erase"}, "unknown-verb"),
    ({"kind": "conflict"}, "server-only"),
    ({"set": {"title": {"to": "x" * MAX_OP_BYTES}}}, "too-large"),
]  # fmt: skip


@pytest.mark.parametrize(("parts", "problem"), UNFIT)
def test_an_unfit_operation_is_described_and_kept(parts: dict[str, Any], problem: str) -> None:
    raw = _raw(**parts)
    got = read_op(_bytes(raw), "r-1")
    assert (got.op, got.problem) == (None, problem)
    assert got.hash == op_hash(raw)
    assert got.op_id == raw["op_id"]


@pytest.mark.parametrize("raw", [b"{}", b"[]", b"1", b'{"op_id":"x","op_no":1}', b'{"op_no":1}', b"[" * 5000 + b"]" * 5000])
def test_what_cannot_even_be_named_fails_the_request(raw: bytes) -> None:
    with pytest.raises(WireError) as error:
        read_op(raw, "r-1")
    assert error.value.code == "malformed"


@given(st.binary(max_size=200))
def test_any_bytes_are_refused_politely(data: bytes) -> None:
    for type_ in (PushRequest, PullRequest, HelloRequest):
        with pytest.raises(WireError):
            decode(data, type_)


def test_a_push_holds_so_many_operations_and_no_more() -> None:
    message: dict[str, Any] = {"replica": "r-1", "epoch": "e", "nonce": "12345678", "ops": [1] * MAX_OPS, "hashes": {}}
    assert len(decode(_bytes(message), PushRequest).ops) == MAX_OPS
    with pytest.raises(WireError):
        decode(_bytes(message | {"ops": [1] * (MAX_OPS + 1)}), PushRequest)


def test_a_refused_message_is_named_without_its_values() -> None:
    message = {"replica": "r-1", "epoch": "e", "nonce": "身份证350602", "ops": []}
    with pytest.raises(WireError) as error:
        decode(_bytes(message), PushRequest)
    assert "350602" not in str(error.value.params)


@given(_JSON)
def test_ordinary_values_pass(value: Any) -> None:
    text = json.dumps(value)
    if "\\u0000" in text:
        with pytest.raises(UnfitValueError):
            check_values(value)
    else:
        check_values(value)


def test_every_problem_has_a_title_without_places() -> None:
    titles = list(OP_PROBLEMS.values()) + [title for _, title in REQUEST_PROBLEMS.values()]
    assert all(title and "{" not in title for title in titles)


def test_an_edit_keeps_null_and_absent_apart() -> None:
    cleared = msgspec.convert(_raw(set={"title": {"to": None, "was": "a", "saw": None}}), Op)
    assert cleared.set["title"].to is None


# ---- unpacking ------------------------------------------------------------------------------------------------------


def _unpack(data: bytes, step: int = 65536, gzipped: bool = True) -> bytes:
    inflater = Inflater(gzipped)
    for start in range(0, len(data), step):
        inflater.feed(data[start : start + step])
    return inflater.finish()


@given(st.binary(max_size=5000), st.integers(1, 700), st.booleans())
def test_a_body_in_any_pieces_comes_out_whole(data: bytes, step: int, gzipped: bool) -> None:
    assert _unpack(gzip.compress(data) if gzipped else data, step, gzipped) == data


@pytest.mark.parametrize("size", [10 * 1024 * 1024, 100 * 1024 * 1024])
def test_a_bomb_is_stopped_by_its_ratio_long_before_it_is_big(size: int) -> None:
    packer = zlib.compressobj(9, wbits=31)
    bomb = b"".join(packer.compress(bytes(1024 * 1024)) for _ in range(size // 1024 // 1024)) + packer.flush()
    inflater = Inflater(True)
    with pytest.raises(WireError) as error:
        inflater.feed(bomb)
    assert error.value.code == "too-large"
    assert sum(map(len, inflater._parts)) <= MAX_INFLATED


def test_a_body_too_long_on_the_wire_is_stopped() -> None:
    inflater = Inflater(False)
    inflater.feed(bytes(MAX_WIRE))
    with pytest.raises(WireError):
        inflater.feed(b"x")


@pytest.mark.parametrize("data", [
    b"plain", gzip.compress(b"a" * 1000)[:-9], gzip.compress(b"a") + b"more", gzip.compress(b"a") * 2, b"",
    gzip.compress(b"abc" * 100)[:-5] + b"xxxxx",
], ids=["plain", "cut", "trailing", "twice", "empty", "wrong sum"])  # fmt: skip
def test_a_broken_stream_is_refused(data: bytes) -> None:
    with pytest.raises(WireError) as error:
        _unpack(data)
    assert error.value.code == "malformed"
