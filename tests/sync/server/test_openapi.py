"""The centre fuzzed from its own description: whatever comes in, no fault of ours and no answer of another shape."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings

from sync.protocol import MEDIA_TYPE, PROBLEM_TYPE
from sync.server.run import ServerThread
from tests.sync.server.wire import STATION, WireDesk
from tests.sync.things import POLICIES
from zzdesk.clock import SystemClock


@schemathesis.serializer("application/offset+octet-stream")
def chunk(_: schemathesis.SerializationContext, value: object) -> bytes:
    return value if isinstance(value, bytes) else json.dumps(value).encode()


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WireDesk]:
    folder: Path = tmp_path_factory.mktemp("centre")
    with ServerThread(folder, policies=POLICIES) as server:
        made = WireDesk(server.url, SystemClock(), server.enrol_code(STATION))
        yield made
        made.close()


MESSAGES = ("enrol", "token", "hello", "push", "pull", "fetch", "blobs", "blobs/missing", "digest", "salvage")
OPERATIONS = ["GET /v1/health", *(f"POST /v1/{name}" for name in MESSAGES)]
BLOBS = [f"{method} /v1/blobs/{{sha256}}" for method in ("HEAD", "PATCH", "GET", "DELETE")]


@pytest.mark.parametrize("name", OPERATIONS)
def test_no_request_of_its_own_description_breaks_it(desk: WireDesk, name: str) -> None:
    described = schemathesis.openapi.from_url(f"{desk.url}/openapi.json")
    method, path = name.split()
    operation = described[path][method]

    @given(case=operation.as_strategy())
    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
    def fuzz(case: schemathesis.Case) -> None:
        body = {} if isinstance(case.body, schemathesis.core.NotSet) else case.body
        if "epoch" in body:
            body["epoch"] = desk.epoch  # else nothing would get past the first question
        if "scope" in body:
            body["scope"] = STATION  # any other is not for this desk
        data = json.dumps(body).encode()
        headers = {"authorization": f"Bearer {desk.token}", "content-type": MEDIA_TYPE}
        headers["connection"] = "close"  # after a refusal the centre hangs up: a kept line could be reset in mid-air
        answer = desk.http.request(method, desk.url + path, data=data, headers=headers, timeout=20)
        reached.add(answer.status_code)
        assert answer.status_code in (200, 400, 401, 403, 404, 409, 413, 422, 429), answer.text
        assert answer.headers["content-type"] == (MEDIA_TYPE if answer.ok else PROBLEM_TYPE)

    reached: set[int] = set()
    fuzz()
    assert reached & {200, 400, 403, 404}
    hard = ("enrol", "token", "blobs", "missing")  # nobody guesses a code, a signature or a record
    assert name.endswith(hard) or 200 in reached, f"only {reached}: the description is not what is taken"


@pytest.mark.parametrize("name", BLOBS)
def test_no_request_breaks_the_addresses_of_blobs(desk: WireDesk, name: str) -> None:
    described = schemathesis.openapi.from_url(f"{desk.url}/openapi.json")
    method, path = name.split()

    @given(case=described[path][method].as_strategy())
    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
    def fuzz(case: schemathesis.Case) -> None:
        headers = {name: value for name, value in (case.headers or {}).items() if name.lower() != "authorization"}
        headers |= {"authorization": f"Bearer {desk.token}", "connection": "close"}
        url = desk.url + path.format(**case.path_parameters)
        data = case.body if isinstance(case.body, bytes) else None
        answer = desk.http.request(method, url, data=data, headers=headers, timeout=20)
        reached.add(answer.status_code)
        assert answer.status_code in (400, 404, 412, 413, 415, 460), answer.text
        assert answer.headers["content-type"] == PROBLEM_TYPE

    reached: set[int] = set()
    fuzz()
    assert reached


def test_the_description_names_every_address(desk: WireDesk) -> None:
    described = desk.http.get(f"{desk.url}/openapi.json", timeout=10).json()
    found = {f"{method.upper()} {path}" for path, methods in described["paths"].items() for method in methods}
    assert found == {*OPERATIONS, *BLOBS, "OPTIONS /v1/blobs"}
