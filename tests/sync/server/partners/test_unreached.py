"""An order whose partner the centre cannot reach says so: on the order, on the first page, and to who looks after the centre."""

from __future__ import annotations

from datetime import timedelta

from sync.server.partners import outgoing, unsent
from sync.server.partners.engine import note_unreached, run_once
from sync.server.partners.messages import Outgoing, PartnerError, Receipt
from tests.sync.server.partners.conftest import Town, order_of, send
from tests.sync.server.partners.test_hostile import Hand, Told, answering, round_of
from zzdesk.desk import handing, records
from zzdesk.desk.session import Desk


def waits(desk: Desk) -> list[tuple[str, str]]:
    """Return what the first page says of orders: of which partner, and what somebody has to do."""
    return [(entry.category or "", entry.state) for entry in desk.read(handing.to_follow)]


def test_110_that_nobody_has_connected_is_said_and_goes_as_soon_as_it_is(town: Town, desk: Desk) -> None:
    report, order = send(desk, "110")
    done = round_of(town, _12345=answering(None))
    (said,) = [why for code, why in done.problems if code == "110"]
    assert "1" in said
    row = order_of(desk, report)
    assert (row.state, row.unsent) == ("waiting", "no-line")
    assert [(line.text, line.theirs) for line in row.lines] == [(unsent.SAID["no-line"], False)]
    assert waits(desk) == [("110", "unsent")]
    assert [(each.key, each.last_error) for each in outgoing.outstanding(town.server.centre)] == [
        (f"order/{order}", unsent.NOT_CONFIGURED)]  # fmt: skip
    round_of(town, _12345=answering(None))
    assert len(order_of(desk, report).lines) == 1, "once, not every minute"
    police = answering(Receipt("H-1"))
    assert round_of(town, _12345=answering(None), _110=police).sent == 1
    row = order_of(desk, report)
    assert (police.sent, row.state, row.unsent) == ([order], "delivered", None)
    assert waits(desk) == []


def test_a_centre_without_any_partner_says_so_too(town: Town, desk: Desk) -> None:
    report, _ = send(desk, "12345")
    town.sync()
    note_unreached(town.server.centre, ())
    town.sync()
    assert order_of(desk, report).unsent == "no-line"


def test_whom_another_program_has_just_served_is_not_out_of_reach(town: Town, desk: Desk) -> None:
    """A server without partners of its own stands beside the operator's timer, which does the rounds."""
    round_of(town, _110=answering(None))
    report, _ = send(desk, "110")
    town.sync()
    note_unreached(town.server.centre, ())
    town.sync()
    assert order_of(desk, report).unsent is None
    town.clock.advance(seconds=int(unsent.LINE_LASTS / timedelta(seconds=1)) + 1)
    note_unreached(town.server.centre, ())
    town.sync()
    assert order_of(desk, report).unsent == "no-line"


def test_a_partner_that_is_paused_or_keeps_failing_is_said(town: Town, desk: Desk) -> None:
    report, _ = send(desk, "12345")
    town.sync()
    run_once(town.server.centre, [Told(code="12345", made=answering(None), pause=True)])
    town.sync()
    assert order_of(desk, report).unsent == "paused"

    def away(_: Outgoing) -> Receipt | None:
        raise PartnerError("连不上对方，稍后再试")

    for turn in range(unsent.TRIES):
        assert order_of(desk, report).unsent == "paused", turn
        outgoing.again(town.server.centre)
        round_of(town, _12345=Hand(away))
        town.clock.advance(seconds=3600)
    row = order_of(desk, report)
    assert (row.unsent, row.lines[-1].text) == ("failing", outgoing.LATER)
    assert waits(desk) == [("12345", "unsent")]
    assert round_of(town, _12345=answering(None)).sent == 1
    assert order_of(desk, report).unsent is None, "a partner that gives no receipt has it, too"


def test_what_somebody_carried_there_is_not_out_of_reach_any_more(town: Town, desk: Desk) -> None:
    report, order = send(desk, "110")
    round_of(town)
    desk.write(records.act, "handover_order", order, "deliver", {"receipt_number": "电话"}, None)
    assert waits(desk) == []
    town.sync()
    outgoing.collect(town.server.centre)
    assert outgoing.outstanding(town.server.centre) == []
    assert order_of(desk, report).state == "delivered"

