"""Orders to an Open311 server of another make: forms, tokens, wrapped answers, numbers for ids, and what it forgets."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from sync.server.open311.client import Manner, Open311Client
from sync.server.partners.messages import Followed, Outgoing, PartnerError, Receipt, ReceiptIn, StatusIn
from sync.server.partners.web import Line
from tests.sync.server.partners.foreign import Foreign

FIELDS = {
    "title": "香港路路灯不亮", "description": "香港路路灯不亮，三天了", "category": "lighting", "address": "香港路北段",
    "latitude": "24.513456", "longitude": "117.65", "happened_at": "2026-11-22T12:00:00.000Z", "reporter_name": "王建国",
    "reporter_phone": "13805961234",
}  # fmt: skip


@pytest.fixture
def key_file(tmp_path: Path) -> str:
    file = tmp_path / "city.key"
    file.write_text("geheim\n")
    file.chmod(0o600)
    return str(file)


@pytest.fixture
def manner(key_file: str) -> Manner:
    return Manner(key_file, "city.example", {"lighting": "001"})


def order(fields: dict[str, Any] = FIELDS, **more: Any) -> Outgoing:
    return Outgoing("order/1", "order", "city", "1", "ZB2026-1", "2026-11-23T01:00:00.000Z", None, fields, **more)


def client(foreign: Foreign, manner: Manner) -> Open311Client:
    return Open311Client(Line(foreign.url), manner)


def items(foreign: Foreign, manner: Manner, orders: Sequence[Followed]) -> list[Any]:
    found = []
    for parcel in client(foreign, manner).follow(orders):
        found += parcel.items
        parcel.settle([])
    return found


def test_an_order_is_a_form_of_the_standard(manner: Manner) -> None:
    with Foreign(lambda _: (200, [{"service_request_id": 293944, "service_notice": "x"}])) as foreign:
        assert client(foreign, manner).send(order()) == Receipt("293944", None, "293944")
    (heard,) = foreign.heard
    assert (heard.method, heard.path) == ("POST", "/api/v2/requests.json")
    assert heard.headers["content-type"] == "application/x-www-form-urlencoded; charset=utf-8"
    assert heard.headers["idempotency-key"] == "order/1"
    assert heard.form == {
        "api_key": "geheim", "jurisdiction_id": "city.example", "service_code": "001", "lat": "24.513456", "long": "117.65",
        "address_string": "香港路北段", "first_name": "王建国", "phone": "13805961234",
        "description": "香港路路灯不亮，三天了\n发生时间：2026-11-22T20:00:00+08:00", "attribute[external_id]": "ZB2026-1",
    }  # fmt: skip


def test_a_token_is_exchanged_before_anybody_asks_how_it_stands(manner: Manner) -> None:
    replies: list[Any] = [(200, [{"token": 12345}]), (200, [{"token": 12345}]), (200, [{"service_request_id": "7"}])]
    with Foreign(lambda _: replies.pop(0)) as foreign:
        receipt = client(foreign, manner).send(order())
        assert receipt == Receipt("12345", None, None)
        waiting = [Followed("1", "delivered", receipt.number, None)]
        assert items(foreign, manner, waiting) == []  # not numbered yet
        assert items(foreign, manner, waiting) == [ReceiptIn("1", Receipt("12345", None, "7"))]
    assert [heard.path for heard in foreign.heard[1:]] == ["/api/v2/tokens/12345.json"] * 2


@pytest.mark.parametrize("wrap", [lambda rows: rows, lambda rows: {"service_requests": rows}])
def test_how_orders_stand_is_asked_for_many_at_once(manner: Manner, wrap: Any) -> None:
    rows = [
        {"service_request_id": 7, "status": "closed", "status_notes": "修好了", "updated_datetime": "2026-11-24T09:00:00+08:00"},
        {"service_request_id": "8", "status": "OPEN", "status_notes": None, "updated_datetime": "never"},
        {"service_request_id": "9", "status": "lost"}, {"service_request_id": "77", "status": "closed"}, "junk",
    ]  # fmt: skip
    known = [Followed(number, "delivered", "r", ref) for number, ref in (("1", "7"), ("2", "8"), ("3", "9"))]
    with Foreign(lambda _: (200, wrap(rows))) as foreign:
        found = items(foreign, manner, known)
    assert foreign.heard[0].form == {"jurisdiction_id": "city.example", "service_request_id": "7,8,9"}
    assert [(each.order, each.status, each.text, each.at) for each in found if isinstance(each, StatusIn)] == [
        ("1", "done", "修好了", "2026-11-24T01:00:00.000Z"), ("2", "accepted", None, None),
    ]  # fmt: skip
    assert len({each.line for each in found}) == 2


def test_what_the_standard_cannot_say_waits_for_a_person(manner: Manner) -> None:
    with Foreign(lambda _: (200, [{"account_id": None}])) as foreign:
        asked = client(foreign, manner)
        for message in (order({"title": "没有地点", "category": "road"}), order(), Outgoing("w", "withdraw", "c", "1", "", "")):
            with pytest.raises(PartnerError) as caught:
                asked.send(message)
            assert not caught.value.passing
        assert asked.send(Outgoing("s", "status", "c", "1", "", "")) == Receipt("s")  # it asks us, as anybody may
        assert list(asked.receive()) == []
    with Foreign(lambda _: (404, [{"code": 404, "description": "没有这项服务"}])) as refusing:
        with pytest.raises(PartnerError) as caught:
            client(refusing, manner).send(order())
        assert (caught.value.passing, caught.value.why) == (False, "对方不收（404）：没有这项服务")
    assert len(foreign.heard) == 1
    with pytest.raises(PartnerError) as caught:  # who only posts to us gets nothing
        Open311Client(Line(""), Manner("")).send(order())
    assert not caught.value.passing


@pytest.mark.parametrize("reply", [(500, None), (200, b"<services/>"), (200, {"requests": "x"}), None])
def test_a_server_that_fails_is_asked_again_later(manner: Manner, reply: Any) -> None:
    asked = [Followed("1", "delivered", "r", "7")]
    with Foreign(lambda _: reply) as foreign:
        for call in (lambda: client(foreign, manner).send(order()), lambda: items(foreign, manner, asked)):
            with pytest.raises(PartnerError) as caught:
                call()
            assert caught.value.passing
