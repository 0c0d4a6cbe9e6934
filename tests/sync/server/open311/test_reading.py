"""GET of GeoReport v2 against a real centre: what it leads to, what is wrong, and how often one may ask."""

from __future__ import annotations

from sync.server.run import ServerThread
from tests.sync.server.open311.conftest import OFFER, Stranger
from zzdesk.clock import FixedClock


def test_discovery_leads_to_the_services(stranger: Stranger) -> None:
    found = stranger.get("discovery.json")
    assert set(found) == {"changeset", "contact", "key_service", "endpoints"}
    (endpoint,) = found["endpoints"]
    assert endpoint["specification"] == "http://wiki.open311.org/GeoReport_v2"
    assert endpoint["formats"] == ["text/xml", "application/json"]
    assert endpoint["url"] == f"{stranger.url}/open311/v2"
    services = stranger.get("v2/services.json", jurisdiction_id="zhangzhou.example")
    assert [each["service_code"] for each in services] == list(OFFER.services)
    wanted = stranger.get(f"v2/services/{services[0]['service_code']}.json")
    assert [each["code"] for each in wanted["attributes"]] == ["external_id", "happened_at"]
    assert stranger.xml("discovery.xml").findtext("endpoints/endpoint/formats/format") == "text/xml"
    assert len(stranger.xml("v2/services.xml")) == len(services)
    answer = stranger.ask("v2/services.json")
    assert (answer.headers["content-encoding"], answer.headers["access-control-allow-origin"]) == ("gzip", "*")
    assert stranger.xml("v2/services/road.xml").findtext("attributes/attribute/code") == "external_id"


WRONG = [
    ("GET", "v2/requests/x.json", 404), ("GET", "v2/services/dispute.json", 404), ("GET", "v2/tokens/7.json", 404),
    ("GET", "v2/nothing.json", 404), ("DELETE", "v2/services.json", 400), ("GET", "v2/requests.json?status=gone", 400),
    ("GET", "v2/services.json?jurisdiction_id=sfgov.org", 404), ("POST", "v2/requests.json", 400),
]  # fmt: skip


def test_what_is_wrong_is_said_in_the_form_asked_for(stranger: Stranger) -> None:
    for method, path, status in WRONG:
        answer = stranger.ask(path, method)
        assert answer.status_code == status, path
        (error,) = answer.json()
        assert (error["code"], bool(error["description"])) == (status, True)
        answer = stranger.ask(path.replace(".json", ".xml"), method)
        assert (answer.status_code, answer.headers["content-type"]) == (status, "text/xml; charset=utf-8")
    assert stranger.ask("v2/services.yaml").status_code == 404


def test_whoever_asks_too_often_waits(server: ServerThread, stranger: Stranger, clock: FixedClock) -> None:
    burst = int(server.centre.settings.public_rate.burst)
    codes = [stranger.ask("v2/services/road.json").status_code for _ in range(burst + 1)]
    assert set(codes[:burst]) == {200}
    last = stranger.ask("v2/services.xml")
    assert (codes[-1], last.status_code, last.headers["retry-after"]) == (429, 429, "1")
    clock.advance(1)
    assert stranger.ask("v2/services.xml").status_code == 200
