"""A form of POST requests: what it becomes, and everything that is wrong with it at once."""

from __future__ import annotations

from datetime import UTC, datetime
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.server.open311.errors import GeoReportError
from sync.server.open311.form import read_fields, read_submission
from sync.server.open311.offer import Offer
from zzdesk.clock import local_day
from zzdesk.reports.models import Report
from zzdesk.store.base import kind_of
from zzdesk.store.fields import clean_new

NOW = datetime(2026, 11, 23, 1, tzinfo=UTC)
FULL = {
    "api_key": "k", "jurisdiction_id": "zz", "service_code": "lighting", "lat": "24.51234567", "long": "117.65",
    "address_string": "香港路  北段", "address_id": "350602002004-03", "email": "w@example.cn", "device_id": "tt",
    "account_id": "9", "first_name": "建国", "last_name": "王", "phone": "138 0596 1234", "description": "路灯不亮\r\n三天了",
    "media_url": "https://example.cn/1.jpg", "attribute[external_id]": "A-1",
    "attribute[happened_at]": "2026-11-22T20:00:00+08:00",
}  # fmt: skip


def _read(fields: dict[str, str]) -> object:
    return read_submission(read_fields(urlencode(fields).encode()), Offer(), NOW)


def _reasons(fields: dict[str, str]) -> tuple[int, list[str]]:
    with pytest.raises(GeoReportError) as caught:
        _read(fields)
    return caught.value.status, [each["description"] for each in caught.value.body("zh")]


def test_a_whole_form_becomes_the_fields_of_a_report() -> None:
    found = read_submission(read_fields(urlencode(FULL).encode()), Offer(), NOW)
    assert found.reference == "A-1"
    assert found.position == (117.65, 24.512346)
    assert found.fields() == {
        "category": "lighting", "title": "路灯不亮", "description": "路灯不亮\n三天了\n图片：https://example.cn/1.jpg",
        "address": "香港路 北段", "grid": "350602002004-03", "latitude": "24.512346", "longitude": "117.650000",
        "reporter_name": "王建国 w@example.cn", "reporter_phone": "13805961234", "happened_at": "2026-11-22T12:00:00.000Z",
        "name_hidden": True,
    }  # fmt: skip
    assert clean_new(kind_of(Report), found.fields(), local_day(NOW))


def test_the_least_that_is_taken() -> None:
    found = read_submission({"service_code": "road", "address_string": "北门"}, Offer(), NOW)
    assert found.fields() == {"category": "road", "title": "道路设施：北门", "address": "北门", "anonymous": True}


def test_a_long_first_line_is_cut_for_the_title() -> None:
    found = read_submission({"service_code": "road", "address_id": "3", "description": "坑" * 50}, Offer(), NOW)
    assert found.title == "坑" * 39 + "…"


def test_names_are_put_together_as_they_are_written() -> None:
    named = {"service_code": "road", "address_string": "x", "first_name": "John", "last_name": "Smith"}
    assert read_submission(named, Offer(), NOW).reporter_name == "John Smith"


WRONG = [
    ({"service_code": "road"}, 400, ["lat、long、address_string、address_id"]),
    ({"address_string": "x"}, 400, ["service_code"]),
    ({"service_code": "dispute", "address_string": "x"}, 404, ["service_code"]),
    ({"service_code": "road", "lat": "24.5"}, 400, ["lat、long：坐标要成对"]),
    ({"service_code": "road", "lat": "x", "long": "181"}, 400, ["lat：应是度数", "long：应是度数"]),
    ({"service_code": "road", "lat": "nan", "long": "117.6"}, 400, ["lat：应是度数"]),
    ({"service_code": "road", "lat": "117.65", "long": "24.51"}, 400, ["lat：应是度数"]),
    ({"service_code": "road", "lat": "39.9", "long": "116.4"}, 400, ["lat、long：坐标不在漳州"]),
    ({"service_code": "road", "address_string": "x", "phone": "12"}, 400, ["phone"]),
    ({"service_code": "road", "address_string": "x", "email": "a@b"}, 400, ["email"]),
    ({"service_code": "road", "address_string": "x", "media_url": "javascript:alert(1)"}, 400, ["media_url"]),
    ({"service_code": "road", "address_string": "x", "description": "x" * 4001}, 400, ["description：太长，最多4000个字"]),
    ({"service_code": "road", "address_string": "x", "description": "a\x00"}, 400, ["description：里面有看不见的"]),
    ({"service_code": "road", "address_string": "x", "attribute[happened_at]": "2027-01-01T00:00:00Z"}, 400,
     ["attribute[happened_at]：不能在以后"]),
    ({"service_code": "x", "phone": "12", "email": "x", "attribute[happened_at]": "gestern"}, 400,
     ["service_code", "email", "phone", "attribute[happened_at]：应写成"]),
]  # fmt: skip


@pytest.mark.parametrize(("fields", "status", "words"), WRONG)
def test_everything_that_is_wrong_is_said_at_once(fields: dict[str, str], status: int, words: list[str]) -> None:
    got, reasons = _reasons(fields)
    assert got == status
    assert len(reasons) == len(words)
    assert all(any(word in reason for reason in reasons) for word in words), reasons


@pytest.mark.parametrize("body", [b"service_code=%ff", b"\xff", b"&".join(b"a%d=1" % n for n in range(200))])
def test_a_body_that_is_no_form_is_refused(body: bytes) -> None:
    with pytest.raises(GeoReportError) as caught:
        read_fields(body)
    assert caught.value.status == 400


_TEXT = st.text(max_size=30)


@given(st.dictionaries(st.sampled_from([*FULL, "attribute[x][]"]), _TEXT | st.sampled_from(list(FULL.values()))))
def test_whatever_is_taken_is_a_sound_report(fields: dict[str, str]) -> None:
    try:
        found = read_submission(read_fields(urlencode(fields).encode("utf-8", "surrogatepass")), Offer(), NOW)
    except (GeoReportError, UnicodeEncodeError):
        return
    assert clean_new(kind_of(Report), found.fields(), local_day(NOW))["category"] in Offer().services
