"""The plain JSON adapter against a real server: signed, the same however often, acknowledged with what was refused."""

from __future__ import annotations

import hashlib
import hmac
import json
from pathlib import Path
from typing import Any

import pytest

from sync.server.partners.messages import (
    OrderIn,
    Outgoing,
    PartnerError,
    Receipt,
    ReceiptIn,
    Refused,
    StatusIn,
)
from sync.server.partners.rest import Parcel, Rest, RestAdapter, Signer
from sync.server.partners.web import Line, secret_of, url_problem
from tests.sync.server.partners.conftest import STATION, Town, order_of, send
from tests.sync.server.partners.foreign import Foreign, Heard, Reply
from zzdesk.clock import FixedClock
from zzdesk.desk.session import Desk
from zzdesk.reports import queries

ORDER = Outgoing(
    "order/1", "order", "city", "1", "ZB2026-1", "2026-11-23T01:00:00.000Z", None,
    {"title": "灯不亮", "category": "lighting"}, {"reason": "归你们管"},
)  # fmt: skip


def adapter(foreign: Foreign, signer: Signer | None = None) -> RestAdapter:
    return RestAdapter(Line(foreign.url), signer or Signer(lambda: "geheim"))


def test_a_message_is_posted_whole_and_its_receipt_comes_back() -> None:
    receipt = {"number": "R-7", "at": "2026-11-23T01:00:05Z", "external_ref": "X-7"}
    with Foreign(lambda _: (201, {"receipt": receipt})) as foreign:
        assert adapter(foreign).send(ORDER) == Receipt("R-7", "2026-11-23T01:00:05Z", "X-7")
    (heard,) = foreign.heard
    assert (heard.method, heard.path) == ("POST", "/api/v2/messages")
    assert (heard.headers["idempotency-key"], heard.headers["authorization"]) == ("order/1", "Bearer geheim")
    assert json.loads(heard.body) == {
        "key": "order/1", "what": "order", "partner": "city", "order": "1", "number": "ZB2026-1",
        "at": "2026-11-23T01:00:00.000Z", "external_ref": None, "fields": {"title": "灯不亮", "category": "lighting"},
        "said": {"reason": "归你们管"}, "origins": [],
    }  # fmt: skip


def test_a_signature_is_over_everything_that_matters(clock: FixedClock) -> None:
    with Foreign(lambda _: (202, None)) as foreign:
        assert adapter(foreign, Signer(lambda: "geheim", "hmac", clock)).send(ORDER) is None
    (heard,) = foreign.heard
    said = f"1763859600\nPOST\n/api/v2/messages\n{hashlib.sha256(heard.body).hexdigest()}".replace(
        "1763859600", str(int(clock.now().timestamp()))
    )
    assert heard.headers["x-signature"] == "v1=" + hmac.new(b"geheim", said.encode(), "sha256").hexdigest()
    assert "authorization" not in heard.headers


def test_what_comes_is_acknowledged_with_what_was_refused() -> None:
    order, receipt = {"external_ref": "X-1", "title": "占道"}, {"number": "R-1"}
    items: list[Any] = [
        {"type": "order", **order, "new": 1}, {"type": "junk"}, {"type": "order", "title": 7}, "x",
        {"type": "receipt", "order": "1", "receipt": receipt}, {"type": "status", "order": "X-1", "status": "urged"},
    ]  # fmt: skip
    waiting = {"a/1": items, "b": [{"type": "status", "order": "1", "status": "done"}]}
    settled: dict[str, Any] = {}

    def answer(heard: Heard) -> Reply:
        if heard.method == "GET":
            return 200, {"parcels": [{"name": name, "items": rows} for name, rows in list(waiting.items())[:1]]}
        name = {"/api/v2/outbox/a%2F1/settled": "a/1", "/api/v2/outbox/b/settled": "b"}[heard.path]
        settled[name] = json.loads(heard.body)["refused"]
        del waiting[name]
        return 204, None

    with Foreign(answer) as foreign:
        found: list[Parcel] = []
        for parcel in adapter(foreign).receive():
            found.append(parcel)
            parcel.settle([Refused(1, "没有这个编号")] if parcel.name == "a/1" else [])
    assert found[0].items == [
        OrderIn("X-1", "占道"), ReceiptIn("1", Receipt("R-1")), StatusIn("X-1", "urged"),
    ]  # fmt: skip
    assert [each["place"] for each in settled["a/1"]] == [1, 2, 3, 4]
    assert settled["a/1"][3]["why"] == "没有这个编号"
    assert (settled["b"], waiting) == ([], {})


def test_a_parcel_that_stays_is_not_fetched_for_ever() -> None:
    with Foreign(lambda _: (200, {"parcels": [{"name": "a", "items": []}]})) as foreign:
        assert len(list(adapter(foreign).receive())) == 1
    assert len(foreign.heard) == 2


FAULTS: list[tuple[Reply | None, bool]] = [
    (None, True), ((503, None), True), ((429, None), True), ((401, None), False), ((422, b"<h1>nein</h1>"), False),
    ((302, None), False), ((200, b"<html>log in</html>"), True), ((200, b"x" * (5 << 20)), True),
]  # fmt: skip


def test_a_fault_passes_or_waits_for_a_person() -> None:
    replies = [reply for reply, _ in FAULTS]
    with Foreign(lambda _: replies.pop(0)) as foreign:
        for reply, passing in FAULTS:
            with pytest.raises(PartnerError) as caught:
                RestAdapter(Line(foreign.url), Signer(lambda: "geheim")).send(ORDER)
            assert caught.value.passing is passing, reply
            assert "geheim" not in caught.value.why
    with pytest.raises(PartnerError) as caught:
        adapter(foreign).send(ORDER)
    assert caught.value.passing


@pytest.mark.parametrize(("url", "good"), [
    ("https://city.example/api", True), ("http://127.0.0.1:8000/api", True), ("http://city.example", False),
    ("https://me:secret@city.example", False), ("https://city.example/?x=1", False), ("ftp://city.example", False),
    ("city.example", False), ("https://", False),
])  # fmt: skip
def test_personal_data_go_over_tls_only(url: str, good: bool) -> None:
    assert (url_problem(url) is None) is good


def test_a_secret_that_others_can_read_is_none(tmp_path: Any) -> None:
    file = tmp_path / "key"
    file.write_text(" geheim\n")
    file.chmod(0o600)
    assert secret_of(str(file)) == "geheim"
    for spoil in (lambda: file.chmod(0o644), lambda: (file.chmod(0o600), file.write_text("")), file.unlink):
        spoil()
        with pytest.raises(PartnerError) as caught:
            secret_of(str(file))
        assert not caught.value.passing


class City:
    """A partner's server that keeps orders by their key, and has something to tell about each."""

    def __init__(self) -> None:
        self.orders: dict[str, dict[str, Any]] = {}
        self.waiting: dict[str, list[Any]] = {"p1": [
            {"type": "order", "external_ref": "GD-7", "title": "占道经营", "category": "street-order", "address": "新华西路"},
            {"type": "status", "order": "GD-404", "status": "done"},
        ]}  # fmt: skip
        self.refused: list[Any] = []

    def __call__(self, heard: Heard) -> Reply | None:
        if heard.path.endswith("/messages"):
            new = heard.headers["idempotency-key"] not in self.orders
            said = self.orders.setdefault(heard.headers["idempotency-key"], json.loads(heard.body))
            if new and said["what"] == "order":
                self.waiting[said["order"]] = [
                    {"type": "status", "order": said["order"], "status": "done", "text": "修好了", "at": "2026-11-23T01:30:00Z"}
                ]
                return None  # it has it, and the line breaks before it can say so
            return 200, {"receipt": {"number": "HZ-1", "external_ref": "GD-1"}}
        if heard.path.endswith("/outbox"):
            return 200, {"parcels": [{"name": name, "items": items} for name, items in self.waiting.items()]}
        self.waiting.pop(heard.path.split("/")[-2])
        self.refused += json.loads(heard.body)["refused"]
        return 204, None


def test_orders_go_and_come_through_the_engine(town: Town, desk: Desk, tmp_path: Path) -> None:
    secret, city = tmp_path / "secret", City()
    secret.write_text("geheim")
    secret.chmod(0o600)
    report, _ = send(desk, "city")
    with Foreign(city) as foreign:
        town.lines = (Rest(code="city", adapter="rest", station=STATION, url=foreign.url, secret_file=str(secret), auth="hmac"),)
        first = town.round()
        assert (first.failed, first.sent, first.refused, first.taken) == (1, 0, 1, 1)
        town.clock.advance(120)
        second = town.round()
        assert (second.failed, second.sent, second.taken) == (0, 1, 1)
        town.round()
    assert [each["what"] for each in city.orders.values()] == ["order"]
    assert (city.waiting, [each["place"] for each in city.refused]) == ({}, [1])
    row = order_of(desk, report)
    assert (row.state, row.receipt_number, row.external_ref) == ("done", "HZ-1", "GD-1")
    came = [each for each in desk.read(queries.list_reports).rows if each.id != report]
    assert [(each.title, each.category) for each in came] == [("占道经营", "street-order")]
