"""What everybody may read of a report, and above all what nobody may."""

from __future__ import annotations

import json

import pytest

from sync.server.open311.offer import Offer
from sync.server.open311.public import facts, is_public, shown, standing
from sync.server.own import own_id
from tests.sync.server.wire import STATION
from zzdesk.reports import workflow as flow
from zzdesk.reports.workflow import TRANSITIONS

BODY = {
    "title": "王建国家门口路灯不亮", "description": "找王建国，13805961234，身份证11010519491231002X", "category": "lighting",
    "state": "handling", "created_at": "2026-11-23T01:00:00.000Z", "created_by": "somebody", "address": "香港路12号3幢302室",
    "grid": f"{STATION}-03", "latitude": "24.513456", "longitude": "117.654321", "reporter_name": "王建国",
    "reporter_phone": "13805961234", "handler_unit": "李四维修队", "external_system": "app", "due_at": None,
    "claimed_by": "somebody", "number": "SJ2026-1",
}  # fmt: skip
OFFER = Offer(partners=("app",), everything=True)
CAME = own_id("report of", "app", "A-1")
SECRETS = ("王建国", "13805961234", "11010519491231002X", "302室", "李四", "117.654321", "24.513456", "somebody", "SJ2026-1")


def _shown(body: dict[str, object], offer: Offer = OFFER, language: str = "zh") -> dict[str, object]:
    return shown("id", facts(body, STATION, "2026-11-23T02:00:00.000Z", offer), language)


def test_no_personal_data_goes_out() -> None:
    text = json.dumps(_shown(BODY), ensure_ascii=False)
    assert [secret for secret in SECRETS if secret in text] == []
    assert _shown(BODY)["description"] is None


def test_a_description_goes_out_only_where_somebody_chose_so_and_masked() -> None:
    text = str(_shown(BODY, Offer(partners=("app",), described=("lighting",)))["description"])
    assert "138****1234" in text
    assert "11010519491231002X" not in text
    assert _shown(BODY, Offer(described=("road",)))["description"] is None


def test_a_request_has_every_field_of_the_standard() -> None:
    assert _shown(BODY) == {
        "service_request_id": "id", "status": "open", "status_notes": "正在处置", "service_name": "路灯照明",
        "service_code": "lighting", "description": None, "agency_responsible": "漳州市芗城区西桥街道西桥社区",
        "service_notice": None, "requested_datetime": "2026-11-23T09:00:00+08:00",
        "updated_datetime": "2026-11-23T10:00:00+08:00", "expected_datetime": None,
        "address": "漳州市芗城区西桥街道西桥社区", "address_id": f"{STATION}-03", "zipcode": None, "lat": 24.5125,
        "long": 117.6525, "media_url": None,
    }  # fmt: skip
    assert _shown(BODY, language="en")["status_notes"] == "Being handled"


def test_two_places_in_one_cell_look_the_same() -> None:
    near = BODY | {"latitude": "24.5101", "longitude": "117.6549"}
    assert [_shown(near)[name] for name in ("lat", "long")] == [_shown(BODY)[name] for name in ("lat", "long")]


@pytest.mark.parametrize("degrees", [None, "", "nan", "inf", "北门"])
def test_a_place_that_is_no_number_is_left_out(degrees: str | None) -> None:
    assert _shown(BODY | {"latitude": degrees})["lat"] is None


def test_what_somebody_typed_in_place_of_a_grid_is_left_out() -> None:
    assert _shown(BODY | {"grid": "王建国家那一片"})["address_id"] is None


def test_a_promised_day_is_said_only_where_it_is_sure() -> None:
    due = {"due_at": "2026-11-30T09:30:00.000Z"}
    assert _shown(BODY | due)["expected_datetime"] == "2026-11-30T17:30:00+08:00"
    assert _shown(BODY | due | {"due_provisional": True})["expected_datetime"] is None


@pytest.mark.parametrize("state", sorted(TRANSITIONS.states))
def test_every_state_is_open_or_closed_with_a_word(state: str) -> None:
    found = standing({"state": state})
    assert found.status == ("open" if state in flow.OPEN else "closed")
    assert found.note


def test_the_ending_is_told() -> None:
    assert standing({"state": "closed", "closing": "unfounded"}).note == "经核实，情况不存在"
    assert standing({"state": "closed", "closing": "done"}).note == "已办结"
    assert standing({"state": "referred", "referred_to": "12345"}).note == "已转12345便民服务平台"
    assert standing({"state": "of-a-newer-program"}).status == "open"


@pytest.mark.parametrize(("changed", "offer", "public"), [
    ({}, OFFER, True),
    ({"voided": True}, OFFER, False),
    ({"category": "dispute"}, OFFER, False),
    ({"name_hidden": True}, OFFER, True),  # whoever posts a name has it sealed; the request itself is no secret
    ({"external_system": None}, OFFER, True),
    ({"external_system": None, "name_hidden": True}, OFFER, False),
    ({"external_system": None, "demand": "tip-off"}, OFFER, False),
    ({"external_system": None}, Offer(partners=("app",)), False),
    ({"external_system": "12345"}, Offer(partners=("app",)), False),
])  # fmt: skip
def test_what_is_published(changed: dict[str, object], offer: Offer, public: bool) -> None:
    assert is_public(CAME, BODY | {"external_ref": "A-1"} | changed, offer) is public


def test_a_desk_that_writes_a_partners_name_publishes_nothing_secret() -> None:
    hidden = BODY | {"external_ref": "A-1", "name_hidden": True}
    assert is_public(CAME, hidden, OFFER)
    assert not is_public("another", hidden, OFFER)
    assert not is_public("another", hidden, Offer(partners=("app",)))


def test_what_was_answered_for_the_public_is_told_once_it_has_ended() -> None:
    kept = [facts(BODY | {"state": state}, STATION, "", OFFER, "修好了，13805961234") for state in ("handling", "closed")]
    told = [shown("id", each | {"updated": "2026-11-23T02:00:00.000Z"}, "zh")["status_notes"] for each in kept]
    assert told == ["正在处置", "已办结：修好了，138****1234"]


def test_another_choice_makes_the_list_anew() -> None:
    assert OFFER.mark() == Offer(partners=("app",), everything=True, contact="谁").mark()
    assert OFFER.mark() != Offer(partners=("app",), everything=True, described=("road",)).mark()
