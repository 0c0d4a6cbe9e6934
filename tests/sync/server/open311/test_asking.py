"""Which requests are asked for: ids over everything, ninety days at most, nothing guessed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.server.open311.asking import MOST_IDS, SPAN, read_asking
from sync.server.open311.errors import GeoReportError
from sync.server.open311.offer import Offer
from zzdesk.clock import from_iso, to_iso

NOW = datetime(2026, 11, 23, 1, tzinfo=UTC)
ID = "0197b9b0-0000-7000-8000-000000000001"


def _ask(**params: str) -> object:
    return read_asking(params, Offer(), NOW)


def test_nothing_said_is_everything_of_ninety_days() -> None:
    found = read_asking({"status": "", "service_code": " "}, Offer(), NOW)
    assert (found.ids, found.services, found.statuses, found.limit) == (None, (), ("open", "closed"), 1000)
    assert (found.since, found.until) == (to_iso(NOW - SPAN), to_iso(NOW))


def test_ids_stand_over_everything_else() -> None:
    found = read_asking({"service_request_id": f"{ID.upper()}, x,{ID}", "status": "nonsense"}, Offer(), NOW)
    assert found.ids == (ID,)
    assert read_asking({"service_request_id": "x"}, Offer(), NOW).ids == ()


@pytest.mark.parametrize(("params", "since", "until"), [
    ({"start_date": "2026-01-01T00:00:00Z"}, "2026-01-01T00:00:00.000Z", "2026-04-01T00:00:00.000Z"),
    ({"start_date": "2026-11-01T00:00:00+08:00"}, "2026-10-31T16:00:00.000Z", to_iso(NOW)),
    ({"start_date": "2026-11-01T00:00:00 08:00"}, "2026-10-31T16:00:00.000Z", to_iso(NOW)),
    ({"end_date": "2026-04-01T00:00:00Z"}, "2026-01-01T00:00:00.000Z", "2026-04-01T00:00:00.000Z"),
])  # fmt: skip
def test_half_a_span_is_completed(params: dict[str, str], since: str, until: str) -> None:
    found = read_asking(params, Offer(), NOW)
    assert (found.since, found.until) == (since, until)


WRONG = [
    ({"start_date": "2026-01-01T00:00:00Z", "end_date": "2026-06-01T00:00:00Z"}, "90天"),
    ({"start_date": "2026-06-01T00:00:00Z", "end_date": "2026-05-01T00:00:00Z"}, "开始"),
    ({"start_date": "2026-01-01T00:00:00"}, "时区"),
    ({"start_date": "昨天"}, "start_date"),
    ({"end_date": "0001-01-02T00:00:00Z"}, "年份"),
    ({"status": "open,gone"}, "status"),
    ({"page_size": "0"}, "page_size"),
    ({"page_size": "1001"}, "page_size"),
    ({"page_size": "²"}, "page_size"),
    ({"after": "x"}, "after"),
    ({"after": f"gestern/{ID}"}, "after"),
    ({"service_request_id": ",".join(f"{n}" for n in range(MOST_IDS + 1))}, "200"),
]  # fmt: skip


@pytest.mark.parametrize(("params", "word"), WRONG)
def test_what_cannot_be_understood_is_said(params: dict[str, str], word: str) -> None:
    with pytest.raises(GeoReportError) as caught:
        read_asking(params, Offer(), NOW)
    assert caught.value.status == 400
    assert word in caught.value.body("zh")[0]["description"]
    assert caught.value.body("en")[0]["description"].isascii()


def test_a_service_that_is_not_offered_is_not_found() -> None:
    with pytest.raises(GeoReportError) as caught:
        _ask(service_code="road,dispute")
    assert caught.value.status == 404


def test_several_services_and_states() -> None:
    found = read_asking({"service_code": "road, lighting,road", "status": "Closed", "page_size": "7"}, Offer(), NOW)
    assert (found.services, found.statuses, found.limit) == (("road", "lighting"), ("closed",), 7)
    assert found.said["page_size"] == "7"


def test_the_next_page_begins_after_a_request() -> None:
    found = read_asking({"after": f"2026-11-20T01:00:00Z/{ID}"}, Offer(), NOW)
    assert found.after == ("2026-11-20T01:00:00.000Z", ID)


@given(st.dictionaries(st.sampled_from(("start_date", "end_date", "status", "page_size", "after", "service_code")),
                       st.text(max_size=40) | st.datetimes().map(lambda each: f"{each.isoformat()}Z")))  # fmt: skip
def test_whatever_is_asked_the_span_is_bounded_or_refused(params: dict[str, str]) -> None:
    try:
        found = read_asking(params, Offer(), NOW)
    except GeoReportError:
        return
    assert from_iso(found.until) - from_iso(found.since) <= SPAN + timedelta(milliseconds=1)
