"""The centre fuzzed from its own description: whatever comes in, no fault of ours and no answer of another shape."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sync.bundle import BUNDLE_TYPE, MAGIC
from sync.protocol import MEDIA_TYPE, PROBLEM_TYPE, SCHEMA
from sync.server.centre import Settings
from sync.server.open311.config import Open311
from sync.server.open311.door import Door
from sync.server.open311.keys import hash_of
from sync.server.open311.offer import Offer
from sync.server.run import ServerThread
from sync.server.throttle import Rate
from tests.sync.server.wire import STATION, WireDesk
from tests.sync.things import POLICIES
from zzdesk.clock import SystemClock


@schemathesis.serializer("application/offset+octet-stream")
def chunk(_: schemathesis.SerializationContext, value: object) -> bytes:
    return value if isinstance(value, bytes) else json.dumps(value).encode()


KEY = "k" * 43


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WireDesk]:
    folder: Path = tmp_path_factory.mktemp("centre")
    partner = Open311(code="app", adapter="open311", station=STATION, key_hash=hash_of(KEY))
    door = Door(Offer(stations=(STATION,), partners=("app",)), {"app": partner})
    free = Settings(public_rate=Rate(10_000, 1000), partner_rate=Rate(10_000, 1000), stranger_rate=Rate(10_000, 1000))
    with ServerThread(folder, policies=POLICIES, door=door, settings=free) as server:
        made = WireDesk(server.url, SystemClock(), server.enrol_code(STATION))
        yield made
        made.close()


MESSAGES = (
    "enrol", "token", "hello", "push", "pull", "fetch", "blobs", "blobs/missing", "digest", "salvage", "quarantine",
    "quarantine/decide",
)  # fmt: skip
OPERATIONS = ["GET /v1/health", *(f"POST /v1/{name}" for name in MESSAGES)]
BLOBS = [f"{method} /v1/blobs/{{sha256}}" for method in ("HEAD", "PATCH", "GET", "DELETE")]

V2 = "/open311/v2"
PUBLIC = [
    "GET /open311/discovery.{form}", f"GET {V2}/discovery.{{form}}", f"GET {V2}/services.{{form}}",
    f"GET {V2}/services/{{code}}.{{form}}",
    f"GET {V2}/requests.{{form}}", f"GET {V2}/requests/{{request_id}}.{{form}}", f"GET {V2}/tokens/{{token}}.{{form}}",
    f"GET {V2}/media/{{request_id}}", f"POST {V2}/requests.{{form}}",
]  # fmt: skip


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
        if "schema" in body:
            body["schema"] = SCHEMA  # of an older one the centre would remember that this desk may not pull
        if "scope" in body:
            body["scope"] = STATION  # any other is not for this desk
        data = json.dumps(body).encode()
        headers = {"authorization": f"Bearer {desk.token}", "content-type": MEDIA_TYPE}
        headers["connection"] = "close"  # after a refusal the centre hangs up: a kept line could be reset in mid-air
        answer = desk.http.request(method, desk.url + path, data=data, headers=headers, timeout=20)
        reached.add(answer.status_code)
        assert answer.status_code in (200, 400, 401, 403, 404, 409, 413, 422, 426, 429), answer.text
        assert answer.headers["content-type"] == (MEDIA_TYPE if answer.ok else PROBLEM_TYPE)

    reached: set[int] = set()
    fuzz()
    assert reached & {200, 400, 403, 404}
    hard = ("enrol", "token", "blobs", "missing", "decide")  # nobody guesses a code, a signature, a record, an operation
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


@given(junk=st.binary(max_size=400), kind=st.sampled_from((b"", MAGIC, MAGIC + b"\0\0\0\x02{}", MAGIC + b"\0\0\1\0")))
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_no_junk_breaks_the_address_of_bundles(desk: WireDesk, kind: bytes, junk: bytes) -> None:
    answer = desk.post("bundle", kind + junk, content_type=BUNDLE_TYPE, content_encoding=None, connection="close")
    assert answer.status_code == 400, answer.text
    assert answer.json()["type"] in ("/p/bundle-foreign", "/p/bundle-broken", "/p/bundle-newer")


def test_a_bundle_is_taken_from_an_active_device_only(desk: WireDesk) -> None:
    for header in (None, "Bearer made.up"):
        answer = desk.post("bundle", MAGIC, content_type=BUNDLE_TYPE, authorization=header, connection="close")
        assert (answer.status_code, answer.json()["type"]) == (401, "/p/unauthorised")
    answer = desk.post("bundle", MAGIC, connection="close")
    assert (answer.status_code, answer.json()["type"]) == (415, "/p/media-type")


@pytest.mark.parametrize("name", PUBLIC)
def test_no_stranger_breaks_open311(desk: WireDesk, name: str) -> None:
    described = schemathesis.openapi.from_url(f"{desk.url}/openapi.json")
    method, path = name.split()

    @given(case=described[path][method].as_strategy())
    @settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
    def fuzz(case: schemathesis.Case) -> None:
        if isinstance(case.body, dict):
            case.body["api_key"] = KEY  # else nothing would get past the first question
        answer = case.call(session=desk.http, headers={"connection": "close"}, timeout=20)
        reached.add(answer.status_code)
        assert answer.status_code in (200, 400, 403, 404), answer.text
        assert answer.headers["content-type"][0] in ("application/json; charset=utf-8", "text/xml; charset=utf-8")

    reached: set[int] = set()
    fuzz()
    assert reached & ({200, 400, 403, 404} if "{" in path.replace(".{form}", "") else {200, 400})


def test_the_description_names_every_address(desk: WireDesk) -> None:
    described = desk.http.get(f"{desk.url}/openapi.json", timeout=10).json()
    found = {f"{method.upper()} {path}" for path, methods in described["paths"].items() for method in methods}
    assert found == {*OPERATIONS, *BLOBS, *PUBLIC, "OPTIONS /v1/blobs", "POST /v1/bundle"}
