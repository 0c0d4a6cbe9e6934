"""Sends and gets the bytes of attachments with nothing but requests, so that the tests do not trust our client."""

from __future__ import annotations

import base64
import hashlib
from typing import Any

import requests

from sync import possession
from sync.protocol import PROBLEM_TYPE
from tests.sync.server.wire import STATION, WireDesk


def sha(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


class Sender:
    """One desk."""

    def __init__(self, desk: WireDesk, station: str = STATION) -> None:
        if not desk.introduced:
            desk.introduce(scope=station)
        self.desk = desk
        self.sent = 0

    def attach(self, content: bytes, scope: str = STATION, **more: Any) -> str:
        parent = self.desk.create("report", scope, title="楼道漏水")
        born = self.desk.push_one(parent)
        assert born["outcome"] == "applied", born
        about = {"sha256": sha(content), "size": len(content), "record_kind": "report", "record_id": parent["id"]}
        made = self.desk.create("attachment", scope, **(about | more))
        result = self.desk.push_one(made)
        assert result["outcome"] == "applied", result
        self.made = made
        return str(made["id"])

    def offer(self, content: bytes, record: str, **more: Any) -> requests.Response:
        about = {"sha256": sha(content), "size": len(content), "mime": "image/jpeg", "record": record}
        return self.desk.ask("blobs", **(about | more))

    def offer_shown(self, content: bytes, record: str, of: bytes | None = None) -> requests.Response:
        """Offer a file and show that it is held; ``of``: what is really there to answer with."""
        held, size = content if of is None else of, len(content)
        asked = possession.challenge(self.desk.token, sha(content))
        shown = possession.proof(asked, size, lambda start, stop: [held[start:stop]])
        return self.offer(content, record, proof=shown)

    def ask(
        self, method: str, content: bytes, body: bytes | None = None, http: requests.Session | None = None,
        **headers: str | None,
    ) -> requests.Response:  # fmt: skip
        known: dict[str, str | None] = {"authorization": f"Bearer {self.desk.token}", "tus-resumable": "1.0.0"}
        known |= {name.replace("_", "-"): value for name, value in headers.items()}
        sent = {name: value for name, value in known.items() if value is not None}
        url = f"{self.desk.url}/v1/blobs/{sha(content)}"
        return (http or self.desk.http).request(method, url, data=body, headers=sent, timeout=60)

    def offset(self, content: bytes, http: requests.Session | None = None) -> int:
        return int(self.ask("HEAD", content, http=http).headers["upload-offset"])

    def send(
        self, content: bytes, start: int, chunk: bytes, http: requests.Session | None = None, **headers: str | None
    ) -> requests.Response:
        digest = base64.b64encode(hashlib.sha256(chunk).digest()).decode()
        known: dict[str, str | None] = {
            "content_type": "application/offset+octet-stream", "upload_offset": str(start),
            "upload_checksum": f"sha256 {digest}",
        }  # fmt: skip
        self.sent += len(chunk)
        return self.ask("PATCH", content, chunk, http, **(known | headers))

    def upload(self, content: bytes, piece: int = 4000, **more: Any) -> str:
        record = self.attach(content, **more)
        assert self.offer(content, record).status_code == 201
        for start in range(0, len(content), piece):
            assert self.send(content, start, content[start : start + piece]).status_code == 204
        return record

    def get(self, content: bytes, **headers: str | None) -> requests.Response:
        return self.ask("GET", content, **headers)

    def missing(self, scope: str = STATION, **more: Any) -> list[str]:
        return [item["sha256"] for item in self.desk.call("blobs/missing", scope=scope, **more)["items"]]


def is_problem(answer: requests.Response, status: int, code: str) -> bool:
    assert answer.headers["content-type"] == PROBLEM_TYPE
    assert answer.headers["tus-resumable"] == "1.0.0"
    assert (answer.status_code, answer.json()["type"]) == (status, f"/p/{code}")
    return True
