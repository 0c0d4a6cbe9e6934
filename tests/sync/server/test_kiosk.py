"""A kiosk whose program was changed gains nothing: the centre takes its applications, and nothing else from it."""

from __future__ import annotations

from typing import Any

import pytest

import zzdesk.catalogue  # noqa: F401 - every kind must be known
from sync.server.run import ServerThread
from tests.sync.server.conftest import on_sqlite
from tests.sync.server.test_authority import set_roles
from tests.sync.server.test_jobs import POSTING, said, step, vetted
from tests.sync.server.test_seats import NewDesk
from tests.sync.server.wire import STATION, WireDesk
from zzdesk.clock import to_iso
from zzdesk.jobs import queueing
from zzdesk.jobs.calling import CONSENT, KEPT


@pytest.fixture
def server(real_server: ServerThread) -> ServerThread:
    """The centre of these tests knows the real kinds."""
    return real_server


@on_sqlite
def test_a_kiosk_applies_and_nothing_else_and_an_older_counter_still_says_it_was_the_kiosk(desk: NewDesk) -> None:
    first, second, kiosk = desk("administrator", "supervisor", "clerk"), desk("clerk"), desk("kiosk")
    set_roles(first, second, ["clerk"], "clerk", "supervisor")
    firm, _ = vetted(first, second)
    posting = first.create("posting", employer_id=firm["id"], **POSTING)
    submit = step(first, posting, "review")
    worker = first.create("worker", card="GK1", name="李秀英", identity_number="350602194903070020", state="active")
    other = first.create("worker", name="黄阿明", identity_number="350625197506153330", state="active")
    first.push(posting, submit, worker, other)
    assert said(second, step(second, posting, "published", submit["op_id"], "review")) is None

    def application(desk: Any, way: str | None, who: dict[str, Any] = worker) -> dict[str, Any]:
        fields = {"posting_id": posting["id"], "worker_id": who["id"], "state": "applied"} | ({"way": way} if way else {})
        made: dict[str, Any] = desk.create("application", **fields)
        return made

    applied = application(kiosk, "kiosk")
    assert said(kiosk, applied) is None
    day = "2026-07-25"
    queued = kiosk.create("queue_entry", record_id=queueing.entry_id(STATION, day, worker["id"]), station=STATION, day=day,
                          worker_id=worker["id"], card="GK1", state="waiting")
    assert said(kiosk, queued) is None
    for forged in (
        step(kiosk, queued, "placed", was="waiting"),
        application(kiosk, "counter"), application(kiosk, "referral"), application(kiosk, None),
        kiosk.create("worker", name="林", identity_number="350602195803070028", state="active"),
        kiosk.create("report", title="灯", category="lighting", state="registered"),
        kiosk.create("posting", employer_id=firm["id"], **POSTING),
        kiosk.patch("worker", worker["id"], phone={"to": "13805961234", "was": None, "saw": worker["op_id"]}),
        step(kiosk, applied, "confirmed"),
    ):  # fmt: skip
        assert said(kiosk, forged) == "no-permission", forged["kind"]
    assert said(second, application(second, "kiosk", other)) is None


@on_sqlite
def test_a_call_is_answered_by_the_counter_and_its_number_does_not_stay(desk: NewDesk) -> None:
    counter, kiosk, another = desk("administrator", "clerk"), desk("kiosk"), desk("kiosk")
    left = kiosk.create("kiosk_call", what="callback", phone="13905960001", consent_version=CONSENT, state="open")
    called = kiosk.create("kiosk_call", what="staff", state="open")
    assert [said(kiosk, each) for each in (left, called)] == [None, None]
    assert said(counter, counter.create("kiosk_call", what="staff", state="open")) == "no-permission"
    assert said(kiosk, kiosk.create("kiosk_call", what="callback", state="open")) == "call-misshapen"
    assert said(kiosk, step(kiosk, called, "answered")) == "no-permission"
    assert said(another, step(another, called, "cancelled")) == "call-not-own"
    assert said(counter, step(counter, left, "answered")) == "call-kept"
    assert said(counter, _gone(counter, left, "expired")) == "call-not-over"
    week_ago = to_iso(counter.clock.now() - KEPT)
    old = kiosk.create("kiosk_call", what="callback", phone="13905960001", consent_version=CONSENT, state="open",
                       created_at=week_ago)
    assert [said(kiosk, old), said(counter, _gone(counter, old, "expired"))] == [None, None]
    assert said(counter, _gone(counter, left, "answered")) is None
    assert said(kiosk, step(kiosk, called, "cancelled")) is None


def _gone(counter: WireDesk, left: dict[str, Any], state: str) -> dict[str, Any]:
    """A call that ends, and its number with it."""
    return counter.patch("kiosk_call", left["id"], state={"to": state, "was": "open", "saw": left["op_id"]},
                         phone={"to": None, "was": "13905960001", "saw": left["op_id"]})
