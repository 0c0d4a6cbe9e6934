"""The list of what is published, on SQLite and on PostgreSQL: it follows the feed, by key, without a person in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from sync.protocol import SCHEMA
from sync.server.open311 import listing
from sync.server.open311.door import Door
from sync.server.open311.offer import Offer
from sync.server.run import ServerThread
from tests.plans import explained
from tests.sync.server.conftest import ServerStore
from tests.sync.server.open311.conftest import OFFER, Stranger
from tests.sync.server.wire import OTHER_STATION, STATION, WireDesk, edit
from zzdesk.clock import FixedClock, to_iso

SECRET = {"reporter_name": "王建国", "reporter_phone": "13805961234", "description": "王建国说灯不亮"}
DAY = 86400


@pytest.fixture
def server(server_store: ServerStore, clock: FixedClock) -> Iterator[ServerThread]:
    url = server_store.database_url
    with ServerThread(server_store.data, database_url=url, clock=clock, door=Door(OFFER)) as running:
        yield running


def register(desk: WireDesk, category: str = "lighting", **more: Any) -> dict[str, Any]:
    born = desk.create("report", title="王建国家门口", category=category, state="registered", **more)
    assert desk.push_one(born)["outcome"] == "applied"
    return born


def move(desk: WireDesk, born: dict[str, Any], action: str, to: str, **told: Any) -> None:
    """Take the first step of a report, as a desk does, in one group."""
    saw = {"was": None, "saw": born["op_id"]}
    edits = {name: {"to": value, **saw} for name, value in told.items()} | edit(born, to, "state")
    moved = desk.patch("report", born["id"], **edits) | {"schema": SCHEMA}
    step = desk.create("step", report_id=born["id"], action=action, from_state=born["init"]["state"], to_state=to)
    results = desk.push(moved, step | {"group": moved["group"], "schema": SCHEMA})
    assert {result["outcome"] for result in results} == {"applied"}, results


def test_a_report_is_followed_without_anything_about_a_person(
    clerk: WireDesk, stranger: Stranger, clock: FixedClock
) -> None:
    born = register(clerk, latitude="24.5134", longitude="117.6543", **SECRET)
    answer = stranger.ask("v2/requests.json")
    (found,) = answer.json()
    assert (found["service_request_id"], found["status"], found["service_code"]) == (born["id"], "open", "lighting")
    assert (found["lat"], found["long"], found["description"]) == (24.5125, 117.6525, None)
    assert found["requested_datetime"] == "2026-11-23T09:00:00+08:00"
    assert not any(word in answer.text for word in ("王建国", "13805961234", clerk.user))
    assert stranger.get(f"v2/requests/{born['id']}.json") == [found]
    assert stranger.get(f"v2/tokens/{born['id']}.json") == [{"service_request_id": born["id"], "token": born["id"]}]
    assert stranger.xml(f"v2/requests/{born['id']}.xml").findtext("request/service_request_id") == born["id"]

    clock.advance(300)
    move(clerk, born, "refuse", "refused", refusal_reason="no-facts", refusal_list="1")
    (found,) = stranger.get("v2/requests.json", service_request_id=born["id"])
    assert (found["status"], found["status_notes"]) == ("closed", "不予受理")
    assert found["updated_datetime"] == "2026-11-23T09:05:00+08:00"
    assert stranger.get("v2/requests.json", status="open") == []
    (spoken,) = stranger.ask("v2/requests.json", headers={"accept-language": "en-GB,zh"}).json()
    assert spoken["status_notes"] == "Not taken on"


def test_what_is_secret_is_not_there_and_nobody_learns_that_it_is(clerk: WireDesk, stranger: Stranger) -> None:
    for hidden in ({"name_hidden": True}, {"demand": "tip-off"}, {"category": "dispute"}):
        born = register(clerk, **({"category": "lighting"} | hidden))
        answer = stranger.ask(f"v2/requests/{born['id']}.json")
        unknown = stranger.ask(f"v2/requests/{born['op_id']}.json")
        assert (answer.status_code, unknown.status_code) == (404, 404)
        assert answer.text.replace(born["id"], "") == unknown.text.replace(born["op_id"], "")
    born = register(clerk)
    assert [each["service_request_id"] for each in stranger.get("v2/requests.json")] == [born["id"]]
    clerk.push(clerk.patch("report", born["id"], **edit(born, "dispute", "category")))
    assert stranger.get("v2/requests.json") == []


def test_pages_follow_a_key_and_meet_every_request_once(clerk: WireDesk, stranger: Stranger, clock: FixedClock) -> None:
    born = []
    for number in range(7):
        born.append(register(clerk, ("road", "noise")[number % 2])["id"])
        clock.advance(60 * (number % 3))  # some at the same moment
    answer = stranger.ask("v2/requests.json", page_size="3", service_code="road,noise")
    seen = [each["service_request_id"] for each in answer.json()]
    register(clerk, "road")  # what comes meanwhile pushes nothing along
    while "next" in answer.links:
        answer = stranger.http.get(stranger.url + answer.links["next"]["url"], timeout=30)
        assert len(answer.json()) <= 3
        seen += [each["service_request_id"] for each in answer.json()]
    assert sorted(seen) == sorted(born)
    assert len(stranger.get("v2/requests.json", service_code="noise")) == 3

    clock.advance(91 * DAY)
    assert stranger.get("v2/requests.json") == []
    assert len(stranger.get("v2/requests.json", start_date="2026-11-23T00:00:00Z")) == 8
    assert stranger.get("v2/requests.json", end_date="2026-11-23T00:00:00Z") == []


def test_another_choice_of_the_operator_makes_the_list_anew(
    clerk: WireDesk, server: ServerThread, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(5):
        register(clerk, **SECRET)

    def listed() -> list[Any]:
        with server.centre.database.reading() as connection:
            asking = listing.Asking(since="", until=to_iso(server.centre.now()))
            return [facts["description"] for _, facts in listing.asked(connection, asking)[0]]

    for offer, found in (
        (OFFER, [None] * 5),
        (Offer(stations=(STATION,), described=("lighting",), everything=True), [SECRET["description"]] * 5),
        (Offer(stations=(OTHER_STATION,), everything=True), []),
        (Offer(stations=(f"{STATION[:9]}*",), everything=True), [None] * 5),
        (Offer(stations=(STATION,)), []),
    ):
        assert listing.catch_up(server.centre, offer)
        assert listed() == found
    monkeypatch.setattr(listing, "STEP", 2)  # a long way is gone in bounded steps
    rounds = [listing.catch_up(server.centre, OFFER, steps=1) for _ in range(6)]
    assert (rounds[0], rounds[-1], listed()) == (False, True, [None] * 5)


@pytest.mark.parametrize("server_store", ["sqlite"], indirect=True)  # PostgreSQL plans small tables by other lights
def test_no_question_reads_more_than_its_stretch(clerk: WireDesk, stranger: Stranger, server: ServerThread) -> None:
    register(clerk)
    assert stranger.get("v2/requests.json")
    asked: list[tuple[str, str]] = []
    with (
        server.centre.database.reading() as connection,
        explained(connection.engine, lambda *each: asked.append(each)),
    ):
        span = {"since": "2026-01-01", "until": "2027-01-01"}
        for asking in (
            listing.Asking(**span), listing.Asking(**span, services=("road",), after=("2026-12-01", "x")),
            listing.Asking(ids=("x", "y")),
        ):  # fmt: skip
            listing.asked(connection, asking)
    steps = [step for step, question in asked if "open311_request" in question]
    assert len(steps) == 5
    assert all(step.startswith("SEARCH open311_request USING INDEX") for step in steps), steps
