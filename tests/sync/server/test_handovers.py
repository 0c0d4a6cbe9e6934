"""Hand-over orders at the centre: whoever changed the program on a desk gains nothing; what two desks did apart is seen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import pytest

import zzdesk.catalogue  # noqa: F401 - every kind must be known
from sync.server.own import own_id
from sync.server.partners import incoming
from sync.server.partners.files import FileDrop
from sync.server.partners.messages import OrderIn
from sync.server.run import ServerThread
from tests.sync.server.test_seats import body
from tests.sync.server.wire import STATION, WireDesk, new_id, problem

NewDesk = Callable[..., WireDesk]
CALL: Final = {
    "called_at": "2026-11-23T00:00:00.000Z", "called_by": "林小梅", "call_taker": "060512", "call_outcome": "已出警",
}  # fmt: skip


@pytest.fixture
def server(real_server: ServerThread) -> ServerThread:
    """The centre of these tests knows the real kinds."""
    return real_server


def report(desk: WireDesk, **more: Any) -> dict[str, Any]:
    made = desk.create("report", title="噪声", category="noise", state="registered", number="SJ1", created_by=desk.user, **more)
    assert desk.push_one(made)["outcome"] == "applied"
    return made


def order(desk: WireDesk, report_id: str, partner: str = "12345", **more: Any) -> dict[str, Any]:
    fields = {
        "report_id": report_id, "partner": partner, "direction": "out", "state": "waiting", "reason": "不属本站",
        "handed": ["title"], "created_by": desk.user, "created_at": "2026-11-23T01:00:00.000Z",
    }  # fmt: skip
    return desk.create("handover_order", **fields | more)


def said(desk: WireDesk, op: dict[str, Any]) -> str | None:
    result = desk.push_one(op)
    assert result["outcome"] in ("applied", "rejected"), result
    return (problem(result) or "").removeprefix("/p/") or None


def test_a_forged_order_is_refused_with_its_reason(desk: NewDesk) -> None:
    forger = desk("clerk")
    found = report(forger, name_hidden=True, reporter_name="林志强")["id"]
    wrong: list[tuple[str, str, dict[str, Any]]] = [
        ("110", "call-first", {}),
        ("110", "call-first", {**CALL, "call_taker": " "}),
        ("110", "call-later", {**CALL, "called_at": "2026-11-23T09:00:00.000Z"}),
        ("12345", "handover-fields", {"handed": ["title", "reporter_name"]}),
        ("12345", "handover-fields", {"handed": ["description", "reporter_id"]}),
        ("12345", "handover-in", {"direction": "in"}),
        ("12345", "handover-in", {"state": "done"}),
        ("12345", "handover-in", {"receipt_number": "R1"}),
        ("12345", "handover-author", {"created_by": new_id()}),
        ("12345", "handover-reason", {"reason": ""}),
        ("nobody", "handover-partner", {}),
    ]  # fmt: skip
    assert [said(forger, order(forger, found, partner, **more)) for partner, _, more in wrong] == [why for _, why, _ in wrong]
    assert said(forger, order(forger, found, "110", **CALL)) is None


def test_the_loop_is_closed_by_source_and_through_links(desk: NewDesk) -> None:
    one = desk("clerk")
    came, same = report(one, source="12345")["id"], report(one)["id"]
    assert said(one, order(one, came)) == "handover-loop"
    link = one.create("link", report_id=same, lead_id=came, action="link", created_by=one.user)
    assert said(one, link) is None
    assert said(one, order(one, same)) == "handover-loop"
    undo = one.create("link", report_id=same, lead_id=came, action="unlink", undoes=link["id"], created_by=one.user)
    assert said(one, undo) is None
    assert said(one, order(one, same)) is None
    assert said(one, order(one, came, "city")) is None


def test_two_desks_that_each_handed_it_over_have_one_order(desk: NewDesk) -> None:
    one, other = desk("clerk"), desk("clerk")
    found = report(one)["id"]
    first = order(one, found)
    assert said(one, first) is None
    assert said(one, order(one, found)) == "handover-open"
    second = other.push_one(order(other, found))
    assert (second["outcome"], problem(second)) == ("quarantined", "/p/handover-open"), "lawful where it was done"
    back = one.op(
        "handover_order", first["id"], "patch", reason="转错",
        set={"state": {"to": "withdrawn", "was": "waiting", "saw": first["op_id"]}},
    )  # fmt: skip
    assert said(one, back) is None
    assert said(other, order(other, found)) is None


def test_what_only_others_made_unlawful_meanwhile_waits_for_a_person(desk: NewDesk) -> None:
    """A link and a wish for secrecy that came from another desk; what the author wrote themselves is refused for good."""
    one, other = desk("clerk"), desk("clerk")
    came, same, secret = report(other, source="12345")["id"], report(one)["id"], report(one, reporter_name="林志强")
    assert said(other, other.create("link", report_id=same, lead_id=came, action="link", created_by=other.user)) is None
    linked = one.push_one(order(one, same))
    assert (linked["outcome"], problem(linked)) == ("quarantined", "/p/handover-loop")
    hidden = {"name_hidden": {"to": True, "was": None, "saw": secret["op_id"]}}
    assert said(other, other.op("report", secret["id"], "patch", set=hidden)) is None
    named = one.push_one(order(one, secret["id"], handed=["title", "reporter_name"]))
    assert (named["outcome"], problem(named)) == ("quarantined", "/p/handover-fields")
    assert said(other, order(other, secret["id"], "city", handed=["title", "reporter_name"])) == "handover-fields"


def test_an_order_waits_for_its_report(desk: NewDesk) -> None:
    one = desk("clerk")
    made = one.create("report", title="噪声", category="noise", state="registered", source="12345", created_by=one.user)
    early = order(one, made["id"])
    assert one.push_one(early)["outcome"] == "held"
    assert one.push_one(made)["outcome"] == "applied"
    assert one.push_one(early)["outcome"] == "rejected"
    assert one.fetch(("handover_order", early["id"])) == []


def test_the_number_of_what_came_in_is_the_partners_to_say(desk: NewDesk, server: ServerThread) -> None:
    """By it the partner's words find an order: whoever could write it would read what is said of another's."""
    one = desk("clerk")
    lines = FileDrop(code="12345", adapter="files", station=STATION, folder="/nowhere")
    assert incoming.take(server.centre, lines, OrderIn("GD-1", "路灯"))
    found = own_id("order of", "12345", "GD-1")
    (made,) = one.fetch(("handover_order", found))
    born = made["stamps"]["*"]
    for name in ("external_ref", "receipt_number", "receipt_at"):
        to = "2026-11-23T00:00:00.000Z" if name == "receipt_at" else "GD-2"
        forged = one.op("handover_order", found, "patch", set={name: {"to": to, "was": made["body"].get(name), "saw": born}})
        assert said(one, forged) == "handover-follows"


def test_delivery_needs_a_receipt_and_who_may_not_write_does_not(desk: NewDesk) -> None:
    one, kiosk = desk("clerk"), desk("recorder")
    found = order(one, report(one)["id"])
    assert said(one, found) is None
    step = {"state": {"to": "delivered", "was": "waiting", "saw": found["op_id"]}}
    assert said(one, one.op("handover_order", found["id"], "patch", set=step)) == "handover-receipt"
    step |= {"receipt_number": {"to": "HZ-1", "was": None, "saw": found["op_id"]}}
    assert said(one, one.op("handover_order", found["id"], "patch", set=step)) is None
    assert body(one, "handover_order", found["id"])["receipt_number"] == "HZ-1"
    hidden = {"unsent": {"to": "no-line", "was": None, "saw": found["op_id"]}}
    assert said(one, one.op("handover_order", found["id"], "patch", set=hidden)) == "handover-unsent"
    line = kiosk.create("handover_echo", handover_order_id=found["id"], status="note", text="x", created_by=kiosk.user)
    assert said(kiosk, line) == "no-permission"
