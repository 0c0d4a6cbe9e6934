"""How a device comes in, and what the door does with everything else: codes, tokens, limits, problems."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import requests
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from sync.limits import MAX_WIRE
from sync.protocol import MEDIA_TYPE
from sync.server import admin
from sync.server.run import ServerThread
from sync.server.tables import device, enrol_code
from tests.sync.server.conftest import ServerStore
from tests.sync.server.wire import STATION, WireDesk, new_id
from zzdesk.clock import FixedClock
from zzdesk.errors import InvalidError, NotFoundError

NewDesk = Callable[..., WireDesk]


def _refusal(answer: requests.Response) -> tuple[int, str]:
    assert answer.headers["content-type"] == "application/problem+json", answer.text
    body = answer.json()
    assert body["status"] == answer.status_code
    return answer.status_code, body["type"]


def _enrol(desk: WireDesk, code: str) -> requests.Response:
    return desk.ask("enrol", code=code, device_pubkey=desk.pubkey, name="x")


# ---- codes ----------------------------------------------------------------------------------------------------------


def test_a_code_lets_one_device_in_and_a_retry_gets_the_same_device(server: ServerThread, clock: FixedClock) -> None:
    code = server.enrol_code(STATION)
    desk = WireDesk(server.url, clock, code.lower().replace("-", " "))
    again = _enrol(desk, code).json()
    assert (again["device_id"], again["station"], again["scope_ceiling"]) == (desk.device_id, STATION, [STATION])
    desk.key = Ed25519PrivateKey.generate()
    assert _refusal(_enrol(desk, code)) == (403, "/p/enrol-refused")
    desk.close()


def test_a_code_ends_after_fifteen_minutes_and_is_stored_as_a_keyed_hash(
    server: ServerThread, anna: WireDesk, clock: FixedClock
) -> None:
    code = server.enrol_code(STATION)
    with server.centre.database.reading() as connection:
        stored = connection.execute(select(enrol_code.c.code_hash)).scalars().all()
    assert all(len(each) == 64 and code.replace("-", "") not in each for each in stored)
    clock.advance(15 * 60)
    assert _refusal(_enrol(anna, code)) == (403, "/p/enrol-refused")


def test_guessing_codes_is_slowed_down(server: ServerThread, anna: WireDesk, clock: FixedClock) -> None:
    for n in range(10):
        assert _refusal(_enrol(anna, f"AAAAA-AAAA{n}")) == (403, "/p/enrol-refused")
    refused = _enrol(anna, server.enrol_code(STATION))
    assert _refusal(refused) == (429, "/p/rate-limited")
    assert 0 < int(refused.headers["retry-after"]) <= 900
    clock.advance(15 * 60)
    assert _enrol(anna, server.enrol_code(STATION)).status_code == 200
    assert _refusal(_enrol(anna, "AAAAA-AAAAA")) == (403, "/p/enrol-refused")


@pytest.mark.parametrize("key", ["A" * 44, "AAAA", "é" * 44, "x" * 43 + "="])
def test_a_key_that_is_none_is_malformed(anna: WireDesk, key: str) -> None:
    answer = anna.ask("enrol", code="AAAAAAAAAA", device_pubkey=key, name="x")
    assert _refusal(answer)[0] in (400, 403)


# ---- tokens ---------------------------------------------------------------------------------------------------------


def test_a_token_needs_the_devices_own_key(anna: WireDesk, bo: WireDesk) -> None:
    with pytest.raises(AssertionError, match="401"):
        anna.log_in(bo.key)
    mine = anna.device_id
    anna.device_id = "d-unknown"
    with pytest.raises(AssertionError, match="401"):
        anna.log_in()
    anna.device_id = mine
    assert anna.log_in()


def test_a_token_ends_after_fifteen_minutes(anna: WireDesk, clock: FixedClock) -> None:
    clock.advance(15 * 60 - 1)
    anna.hello()
    clock.advance(1)
    answer = anna.ask("hello", replica=anna.replica, app="1", schema=1)
    assert _refusal(answer) == (401, "/p/unauthorised")
    assert answer.headers["www-authenticate"] == "Bearer"


@pytest.mark.parametrize("header", [
    None, "", "Bearer", "Bearer x", "Bearer .", "Bearer a.b.c", "Basic abc", "Bearer é.é".encode().decode("latin1"),
])  # fmt: skip
def test_no_or_a_forged_token_is_refused(anna: WireDesk, header: str | None) -> None:
    for name in ("hello", "push", "pull", "fetch"):
        answer = anna.post(name, gzip.compress(b"{}"), authorization=header)
        assert _refusal(answer) == (401, "/p/unauthorised")


def test_a_token_cannot_be_altered(anna: WireDesk, bo: WireDesk) -> None:
    claims, seal = anna.token.split(".")
    for forged in (f"{bo.token.split('.')[0]}.{seal}", f"{claims}.{seal[:-2]}AA", f"{claims[:-3]}AAA.{seal}"):
        answer = anna.post("hello", gzip.compress(b"{}"), authorization=f"Bearer {forged}")
        assert _refusal(answer) == (401, "/p/unauthorised")


def test_a_revoked_device_is_out_at_once(server_store: ServerStore, anna: WireDesk, bo: WireDesk) -> None:
    admin.set_device(server_store.data, server_store.database_url, anna.device_id, "dead")
    answer = anna.ask("hello", replica=anna.replica, app="1", schema=1)
    assert _refusal(answer) == (403, "/p/device-dead")
    with pytest.raises(AssertionError, match="device-dead"):
        anna.log_in()
    bo.hello()
    listed = {row.id: row.status for row in admin.devices(server_store.data, server_store.database_url)}
    assert listed == {anna.device_id: "dead", bo.device_id: "active"}
    with pytest.raises(NotFoundError):
        admin.set_device(server_store.data, server_store.database_url, "d-none", "dead")


def test_a_wrong_clock_is_noted_and_never_refused(server: ServerThread, new_desk: NewDesk, clock: FixedClock) -> None:
    desk = new_desk()
    behind = FixedClock(clock.now())
    behind.advance(-3600 * 24 * 365 * 10)
    desk.clock = behind
    desk.log_in()
    with server.centre.database.reading() as connection:
        skew = connection.execute(select(device.c.skew_ms).where(device.c.id == desk.device_id)).scalar_one()
    assert skew == -3600 * 24 * 365 * 10 * 1000
    born = desk.create(title="旧钟")
    desk.push(born)
    edit = {"title": {"to": "a", "was": "旧钟", "saw": born["op_id"]}}
    assert desk.push_one(desk.patch("thing", born["id"], **edit))["outcome"] == "applied"
    late = desk.push_one(desk.patch("thing", born["id"], title={"to": "b", "was": "x", "saw": born["op_id"]}))
    (rec,) = desk.fetch(("conflict", late["conflict_ids"][0]))
    assert {c["skew_ms"] for c in rec["body"]["candidates"]} == {skew}


# ---- the door -------------------------------------------------------------------------------------------------------


def test_health_speaks_for_the_centre(server: ServerThread, anna: WireDesk) -> None:
    answer = requests.get(f"{server.url}/v1/health", timeout=10)
    assert answer.headers["content-type"] == MEDIA_TYPE
    body = answer.json()
    assert (body["status"], body["proto"], body["epoch"]) == ("ok", "zzsync/1", anna.epoch)


def test_unknown_addresses_and_methods_are_problems(server: ServerThread) -> None:
    assert _refusal(requests.get(f"{server.url}/v1/none", timeout=10)) == (404, "/p/not-found")
    assert _refusal(requests.get(f"{server.url}/v1/push", timeout=10)) == (405, "/p/method-not-allowed")


@pytest.mark.parametrize("kind", [None, "application/json", "text/html", "application/vnd.zzsync+json;v=2", ""])
def test_another_media_type_is_refused_before_it_is_read(anna: WireDesk, kind: str | None) -> None:
    assert _refusal(anna.post("hello", b"{}", content_type=kind)) == (415, "/p/media-type")


def test_another_coding_is_refused(anna: WireDesk) -> None:
    assert _refusal(anna.post("hello", b"{}", content_encoding="br")) == (415, "/p/media-type")


def test_plain_and_zipped_bodies_are_the_same(anna: WireDesk) -> None:
    message = json.dumps({"replica": anna.replica, "app": "1", "schema": 1, "nonce": new_id()}).encode()
    plain = anna.post("hello", message, content_encoding=None, accept_encoding="identity")
    zipped = anna.post("hello", gzip.compress(message))
    assert plain.status_code == zipped.status_code == 200
    assert {k: v for k, v in plain.json().items() if k != "next_poll_s"} == {
        k: v for k, v in zipped.json().items() if k != "next_poll_s"
    }


def test_large_answers_are_zipped_where_the_desk_asks(anna: WireDesk, bo: WireDesk) -> None:
    anna.push(*[anna.create(title="路灯不亮") for _ in range(50)])
    message = {"replica": bo.replica, "epoch": bo.epoch, "nonce": new_id(), "want": [{"scope": STATION, "after": 0}]}
    body = json.dumps(message).encode()
    zipped = bo.post("pull", body, content_encoding=None)
    plain = bo.post("pull", body, content_encoding=None, accept_encoding="identity")
    assert zipped.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert int(zipped.headers["content-length"]) * 3 < int(plain.headers["content-length"])
    assert zipped.json()["pages"] == plain.json()["pages"]


def _bomb() -> bytes:
    packer = zlib.compressobj(9, wbits=31)
    return b"".join(packer.compress(bytes(1024 * 1024)) for _ in range(64)) + packer.flush()


@pytest.mark.parametrize(("body", "coding", "refusal"), [
    (_bomb(), "gzip", (413, "/p/too-large")),
    (b'{"x":"' + b"a" * MAX_WIRE + b'"}', None, (413, "/p/too-large")),
    (b"not gzip", "gzip", (400, "/p/malformed")),
    (b"{", None, (400, "/p/malformed")),
    (b"[" * 100_000, None, (400, "/p/malformed")),
    (b'{"a":' * 50_000, None, (400, "/p/malformed")),
    (b"\xff\xfe", None, (400, "/p/malformed")),
    (b"null", None, (400, "/p/malformed")),
])  # fmt: skip
def test_what_breaks_a_limit_is_refused_and_harms_nothing(
    anna: WireDesk, body: bytes, coding: str | None, refusal: tuple[int, str]
) -> None:
    for name in ("push", "enrol"):
        assert _refusal(anna.post(name, body, content_encoding=coding)) == refusal
    anna.hello()


_PARTS = st.dictionaries(st.sampled_from(["replica", "epoch", "nonce", "ops", "hashes", "want", "ids", "code"]), st.one_of(
    st.none(), st.integers(), st.text(max_size=20), st.lists(st.integers() | st.text(max_size=5), max_size=3),
    st.dictionaries(st.text(max_size=5), st.integers(), max_size=2)))  # fmt: skip


@given(name=st.sampled_from(["push", "pull", "hello", "fetch", "enrol", "token"]), message=_PARTS)
def test_no_message_makes_the_centre_fail(anna: WireDesk, name: str, message: dict[str, Any]) -> None:
    answer = anna.post(name, gzip.compress(json.dumps(message).encode()))
    assert answer.status_code in (200, 400, 403, 409, 422, 429), answer.text


def test_a_fault_of_ours_is_a_problem_and_its_values_stay_out_of_the_log(
    anna: WireDesk, expect_log: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(*_: object) -> None:
        raise RuntimeError("35060219900101001X")

    monkeypatch.setattr("sync.server.pull.heads", failing)
    expect_log(r"^ERROR sync.server: POST /v1/hello failed: RuntimeError at test_entrance.py:\d+$")
    answer = anna.ask("hello", replica=anna.replica, app="1", schema=1)
    assert _refusal(answer) == (500, "/p/internal")
    assert "350602" not in answer.text


@pytest.mark.parametrize("station", ["", "3506", "abc", "35060200200x"])
def test_a_code_needs_a_real_station(server_store: ServerStore, station: str) -> None:
    with pytest.raises(InvalidError):
        admin.enrol_code(server_store.data, server_store.database_url, station)


def test_a_code_made_beside_a_running_server_works(
    server_store: ServerStore, server: ServerThread, clock: FixedClock
) -> None:
    code = admin.enrol_code(server_store.data, server_store.database_url, STATION, clock)
    WireDesk(server.url, clock, code).close()


def test_a_mistyped_folder_does_not_become_a_centre(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="--data"):
        admin.enrol_code(tmp_path / "typo", None, STATION)
    with pytest.raises(NotFoundError):
        admin.devices(tmp_path / "typo", None)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.pg
def test_an_empty_database_is_begun_but_no_second_folder_for_one_in_use(tmp_path: Path, pg_url: str) -> None:
    assert admin.enrol_code(tmp_path / "centre", pg_url, STATION)
    with pytest.raises(NotFoundError):
        admin.enrol_code(tmp_path / "typo", pg_url, STATION)
    assert admin.enrol_code(tmp_path / "centre", pg_url, STATION)
