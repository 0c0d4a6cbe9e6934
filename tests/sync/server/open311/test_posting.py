"""POST of GeoReport v2 against a real centre: a key's holder brings a work order, once, and nothing personal comes out again."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from typing import Any

import pytest
import requests

from sync.modes import READ_ONLY
from sync.server.admin import set_mode
from sync.server.centre import Settings
from sync.server.open311.config import Open311
from sync.server.open311.door import Door
from sync.server.open311.form import FORM_TYPE
from sync.server.open311.keys import hash_of
from sync.server.open311.offer import Offer
from sync.server.run import ServerThread
from sync.server.throttle import Rate
from tests.sync.server.conftest import ServerStore
from tests.sync.server.open311.conftest import Stranger
from tests.sync.server.wire import OTHER_STATION, STATION, WireDesk, rows
from zzdesk.clock import FixedClock
from zzdesk.places.shapes import Shape

KEY, OTHERS, AWAY = "k" * 43, "o" * 43, "a" * 43
SQUARE = ((117.6, 24.5), (117.7, 24.5), (117.7, 24.6), (117.6, 24.6), (117.6, 24.5))
PARTNERS = {
    code: Open311(code=code, adapter="open311", station=STATION, key_hash=hash_of(key), pause=key == AWAY)
    for code, key in (("city", KEY), ("app", OTHERS), ("away", AWAY))
}  # fmt: skip
DOOR = Door(Offer("zhangzhou.example", (STATION, OTHER_STATION), partners=("app", "city")), PARTNERS,
            (Shape(f"{OTHER_STATION}07", "第七网格", ((SQUARE,),)),))  # fmt: skip
FORM = {"service_code": "lighting", "address_string": "香港路北段12号", "description": "路灯不亮", "first_name": "建国",
        "last_name": "王", "phone": "13805961234", "email": "w@example.cn"}  # fmt: skip


@pytest.fixture
def server(server_store: ServerStore, clock: FixedClock) -> Iterator[ServerThread]:
    settings = Settings(partner_rate=Rate(burst=12, per_s=1), stranger_rate=Rate(burst=3, per_s=1))
    url = server_store.database_url
    with ServerThread(server_store.data, database_url=url, clock=clock, settings=settings, door=DOOR) as running:
        yield running


def post(stranger: Stranger, fields: dict[str, str], key: str = KEY, once: str | None = None) -> requests.Response:
    headers = {"idempotency-key": once} if once else None
    return stranger.ask("v2/requests.json", "POST", data={"api_key": key} | fields, headers=headers)


def made(answer: requests.Response) -> str:
    assert answer.status_code == 200, answer.text
    return str(answer.json()[0]["service_request_id"])


def reports(desk: WireDesk, scope: str = STATION) -> dict[str, dict[str, Any]]:
    found = [row["rec"] for row in desk.pull_all(scope) if row["what"] == "put"]
    return {each["id"]: each["body"] for each in found if each["kind"] == "report"}


def test_a_form_becomes_a_report_of_the_station_and_comes_out_without_anybody(clerk: WireDesk, stranger: Stranger) -> None:
    request_id = made(post(stranger, FORM | {"attribute[external_id]": "A-1"}))
    body = reports(clerk)[request_id]
    told = {name: body.get(name) for name in ("title", "category", "address", "state", "external_system", "external_ref")}
    assert told == {
        "title": "路灯不亮", "category": "lighting", "address": "香港路北段12号", "state": "registered",
        "external_system": "city", "external_ref": "A-1",
    }  # fmt: skip
    assert (body["reporter_name"], body["reporter_phone"], body["name_hidden"]) == ("王建国 w@example.cn", "13805961234", True)
    answer = stranger.ask(f"v2/requests/{request_id}.json")
    (found,) = answer.json()
    assert (found["status"], found["status_notes"], found["description"]) == ("open", "已登记，等待核实", None)
    assert not any(secret in answer.text for secret in ("建国", "13805961234", "example.cn", "12号", "A-1"))

    # The same number is the same request, however often it comes, and whatever became of the line; another's is another.
    assert made(post(stranger, FORM | {"attribute[external_id]": "A-1"})) == request_id
    assert made(post(stranger, FORM | {"attribute[external_id]": "A-1"}, OTHERS)) != request_id
    by_header = [made(post(stranger, FORM, once="7d1f")) for _ in range(2)]
    assert by_header[0] == by_header[1] != request_id
    assert len(reports(clerk)) == 3
    assert made(post(stranger, FORM)) != made(post(stranger, FORM))  # without a number nobody knows


def test_many_at_once_with_one_number_are_one(clerk: WireDesk, stranger: Stranger) -> None:
    answers: list[requests.Response] = []

    def again() -> None:
        url = f"{stranger.url}/open311/v2/requests.json"
        data = {"api_key": KEY, "attribute[external_id]": "A-9"} | FORM
        answers.append(requests.post(url, data=data, timeout=30))

    threads = [threading.Thread(target=again) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    taken = {made(answer) for answer in answers if answer.status_code != 503}
    assert len(taken) == 1
    assert set(reports(clerk)) == taken


@pytest.mark.parametrize("server_store", ["sqlite"], indirect=True)
def test_where_it_goes_is_said_by_its_place(clerk: WireDesk, stranger: Stranger, server: ServerThread) -> None:
    server.enrol_code(OTHER_STATION)
    other = WireDesk(server.url, clerk.clock, server.enrol_code(OTHER_STATION))
    inside = made(post(stranger, {"service_code": "road", "lat": "24.55", "long": "117.65"}))
    outside = made(post(stranger, {"service_code": "road", "lat": "24.45", "long": "117.65"}))
    named = made(post(stranger, {"service_code": "road", "address_id": f"{OTHER_STATION}03"}))
    assert {inside, named} == set(reports(other, OTHER_STATION))
    assert reports(other, OTHER_STATION)[inside]["grid"] == f"{OTHER_STATION}07"
    elsewhere = made(post(stranger, {"service_code": "road", "address_id": "350602999001"}))
    assert set(reports(clerk)) == {outside, elsewhere}
    other.close()


@pytest.mark.parametrize("server_store", ["sqlite"], indirect=True)
def test_who_has_no_key_is_refused_and_soon_has_to_wait(stranger: Stranger, clerk: WireDesk, clock: FixedClock) -> None:
    codes = [post(stranger, FORM, key).status_code for key in ("", "nonsense", hash_of(KEY), "x")]
    assert codes == [403, 403, 403, 429]
    assert stranger.ask("v2/requests.xml", "POST", data=FORM).status_code == 429
    assert post(stranger, FORM).status_code == 200  # a good key is no stranger's
    codes = [post(stranger, FORM | {"attribute[external_id]": "1"}).status_code for _ in range(12)]
    assert (codes[0], codes[-1]) == (200, 429)
    clock.advance(1)
    assert post(stranger, FORM).status_code == 200


@pytest.mark.parametrize("server_store", ["sqlite"], indirect=True)
def test_what_cannot_be_taken_is_said_and_leaves_nothing(stranger: Stranger, clerk: WireDesk, server: ServerThread) -> None:
    answer = stranger.ask("v2/requests.xml", "POST", data={"api_key": KEY, "service_code": "nothing", "phone": "1"})
    assert answer.status_code == 400
    assert answer.text.count("<error>") == 2
    wrong: tuple[tuple[Any, dict[str, str] | None], ...] = (
        (json.dumps(FORM), {"content-type": "application/json"}), (b"\xff=1", {"content-type": FORM_TYPE}),
        ({"api_key": KEY, "description": "x" * 70_000}, None), ({"api_key": KEY} | FORM, {"idempotency-key": "a" * 121}),
        ({"api_key": KEY, "jurisdiction_id": "sfgov.org"} | FORM, None),
    )  # fmt: skip
    for data, headers in wrong:
        answer = stranger.ask("v2/requests.json", "POST", data=data, headers=headers)
        assert (answer.status_code, [each["code"] for each in answer.json()]) in ((400, [400]), (404, [404]))
    long = {"first_name": "王" * 150, "last_name": "李" * 150}
    answer = post(stranger, FORM | long)
    assert answer.status_code == 400
    assert answer.json()[0]["description"].startswith("first_name、last_name、email：")
    answer = post(stranger, FORM, AWAY)
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "600")
    set_mode(server.centre.database.folder, None, READ_ONLY)
    assert stranger.get("v2/requests.json") == []
    answer = post(stranger, FORM)
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "60")
    assert reports(clerk) == {}


def test_secrets_lie_in_no_log(stranger: Stranger, clerk: WireDesk, server: ServerThread) -> None:
    made(post(stranger, FORM))
    from sync.server.tables import open311_request, partner_in

    for table in (open311_request, partner_in):
        text = repr(rows(server, table))
        assert not any(secret in text for secret in ("建国", "13805961234", "example.cn", "12号"))
