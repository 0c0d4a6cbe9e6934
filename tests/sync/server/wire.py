"""A bare client that speaks the wire: what travels is built here by hand, so that the tests do not trust our client."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import uuid
from typing import Any

import requests
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import select

from sync.protocol import MEDIA_TYPE
from sync.server.run import ServerThread
from zzdesk.clock import Clock, to_iso
from zzdesk.ops.apply import apply_op, canonical, op_hash, record_hash

STATION = "350602002004"
OTHER_STATION = "350602002005"


def new_id() -> str:
    return str(uuid.uuid4())


class WireDesk:
    """One enrolled device with one replica; ``user`` is logged in on it."""

    def __init__(self, url: str, clock: Clock, code: str, user: str | None = None) -> None:
        self.url = url
        self.clock = clock
        self.user = user or new_id()
        self.replica = f"r-{uuid.uuid4().hex}"
        self.next_no = 1
        self.http = requests.Session()
        self.http.trust_env = False  # the centre is on this machine; looking for proxies took longer than sending
        self.key = Ed25519PrivateKey.generate()
        self.proof = Ed25519PrivateKey.from_private_bytes(hashlib.sha256(self.user.encode()).digest())
        self.introduced = False
        answer = self.call("enrol", code=code, device_pubkey=self.pubkey, name="测试台")
        self.device_id, self.epoch = answer["device_id"], answer["epoch"]
        self.token = self.log_in()

    @property
    def pubkey(self) -> str:
        return base64.b64encode(self.key.public_key().public_bytes_raw()).decode()

    def close(self) -> None:
        self.http.close()

    def log_in(self, key: Ed25519PrivateKey | None = None) -> str:
        said = {"device_id": self.device_id, "user": self.user, "at": to_iso(self.clock.now()), "nonce": new_id()}
        sig = base64.b64encode((key or self.key).sign(canonical(said))).decode()
        proof = base64.b64encode(self.proof.sign(canonical(said))).decode()
        self.token = self.call("token", **said, sig=sig, proof=proof)["token"]
        return self.token

    def introduce(self, *roles: str, scope: str = STATION) -> None:
        """Tell the centre who is logged in, by what key, and come back as somebody proven who signs."""
        key = base64.b64encode(self.proof.public_key().public_bytes_raw()).decode()
        me = self.create("account", scope, self.user, login=self.user[:8], roles=[*roles] or ["clerk", "mediator"], proof_key=key)
        assert self.push_one(me)["outcome"] in ("applied", "merged")
        self.introduced = True
        self.log_in()

    def signed(self, op: dict[str, Any]) -> dict[str, Any]:
        return op | {"sig": base64.b64encode(self.proof.sign(op_hash(op).encode())).decode()}

    def post(self, name: str, body: bytes, **headers: str | None) -> requests.Response:
        known = {"content-type": MEDIA_TYPE, "content-encoding": "gzip", "accept-encoding": "gzip"}
        if getattr(self, "token", None):
            known["authorization"] = f"Bearer {self.token}"
        known |= {k.replace("_", "-"): v for k, v in headers.items()}
        sent = {k: v for k, v in known.items() if v is not None}
        return self.http.post(f"{self.url}/v1/{name}", data=body, headers=sent, timeout=60, allow_redirects=False)

    def ask(self, name: str, /, **message: Any) -> requests.Response:
        message.setdefault("nonce", new_id())
        return self.post(name, gzip.compress(json.dumps(message).encode(), 1))

    def call(self, name: str, /, **message: Any) -> dict[str, Any]:
        message.setdefault("nonce", new_id())
        answer = self.ask(name, **message)
        assert answer.status_code == 200, (answer.status_code, answer.text)
        assert answer.headers["content-type"] == MEDIA_TYPE
        got = answer.json()
        assert (got["proto"], got["nonce"]) == ("zzsync/1", message["nonce"])
        return got

    # ---- the protocol ----

    def hello(self) -> dict[str, Any]:
        return self.call(
            "hello", replica=self.replica, epoch=self.epoch, app="1.0", schema=1, free_bytes=10**9, outbox_n=0,
            oldest_unacked=None, cursors={},
        )  # fmt: skip

    def op(self, kind: str, record_id: str, verb: str, **parts: Any) -> dict[str, Any]:
        op = {
            "op_id": new_id(), "replica": self.replica, "op_no": self.next_no, "group": new_id(), "schema": 1,
            "kind": kind, "id": record_id, "verb": verb,
            "actor": {"user": self.user, "device": self.device_id, "grant": None},
            "at": {"wall": to_iso(self.clock.now()), "mono": self.next_no, "boot": "b"}, "suite": None, "sig": None,
        } | parts  # fmt: skip
        self.next_no += 1
        return op

    def create(self, kind: str = "thing", scope: str = STATION, record_id: str | None = None, **init: Any) -> dict[str, Any]:
        init = {"created_at": to_iso(self.clock.now()), "created_by": self.user} | init
        return self.op(kind, record_id or new_id(), "create", scope=scope, init=init)

    def patch(self, kind: str, record_id: str, **edits: dict[str, Any]) -> dict[str, Any]:
        return self.op(kind, record_id, "patch", set=edits)

    def push(self, *ops: dict[str, Any], hashes: dict[str, str] | None = None) -> list[dict[str, Any]]:
        sent = [self.signed(op) for op in ops] if self.introduced else list(ops)
        return self.call("push", replica=self.replica, epoch=self.epoch, ops=sent, hashes=hashes or {})["results"]

    def push_one(self, op: dict[str, Any]) -> dict[str, Any]:
        (result,) = self.push(op)
        return result

    def pull(self, after: int = 0, scope: str = STATION, limit: int = 500) -> dict[str, Any]:
        want = [{"scope": scope, "after": after}]
        (page,) = self.call("pull", replica=self.replica, epoch=self.epoch, want=want, limit=limit)["pages"]
        return page

    def pull_all(self, scope: str = STATION, limit: int = 500) -> list[dict[str, Any]]:
        rows, after, more = [], 0, True
        while more:
            page = self.pull(after, scope, limit)
            assert page["from"] == after
            rows, after, more = rows + page["rows"], page["to"], page["more"]
        return rows

    def fetch(self, *keys: tuple[str, str]) -> list[dict[str, Any]]:
        return self.call("fetch", ids=[list(key) for key in keys])["records"]


def expected_hash(op: dict[str, Any], before: dict[str, Any] | None = None, scope: str = STATION) -> str:
    """Return the record hash that a desk works out for itself."""
    return record_hash(op["kind"], op["id"], scope, apply_op(before, op))


def rows(server: ServerThread, table: Any) -> list[Any]:
    with server.centre.database.reading() as connection:
        return list(connection.execute(select(table)))


def problem(result: dict[str, Any]) -> str | None:
    return result["problem"]["type"] if result["problem"] else None


def edit(born: dict[str, Any], to: Any, field: str = "title", saw: str | None = None) -> dict[str, Any]:
    return {field: {"to": to, "was": born["init"].get(field), "saw": saw or born["op_id"]}}
