"""What a partner sends or answers that is broken or meant badly: it is named, and keeps nothing back of the others."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final

from sync.server.partners import outgoing
from sync.server.partners.config import Connection
from sync.server.partners.engine import Round, run_once, something_hurries
from sync.server.partners.messages import (
    Adapter,
    OrderIn,
    Outgoing,
    Parcel,
    PartnerError,
    Receipt,
    ReceiptIn,
    Refused,
    StatusIn,
)
from tests.sync.server.partners.conftest import STATION, Town, order_of, send
from zzdesk.desk.session import Desk
from zzdesk.handover import queries
from zzdesk.handover.workflow import WORDS
from zzdesk.reports import commands as reports
from zzdesk.reports import links

BROKEN: Final = {
    "long.csv": "工单编号,标题\n1,".encode() + b"x" * 200_000,
    "deep.json": b"[" * 100_000,
    "days.json": '{{"工单编号":"1","标题":"a","办理时限":"{}"}}'.format("9" * 5000).encode(),
    "first-year.json": '{"工单编号":"1","标题":"a","派单时间":"0001-01-01 00:00"}'.encode(),
    "items.json": b'{"items": 3}',
    "surrogate.json": b'{"external_ref":"1","title":"\\ud800"}',
}  # fmt: skip


class Told(Connection, frozen=True, kw_only=True):
    """A partner whose adapter a test has in its hands."""

    adapter: str = "told"
    station: str = STATION
    made: Any = None

    def open(self) -> Adapter:
        return self.made


class Hand:
    """An adapter: what it answers, what it brings, and what it was given."""

    def __init__(
        self, answer: Callable[[Outgoing], Receipt | None], brings: Callable[[], Iterator[Parcel]] | None = None
    ) -> None:
        self.sent: list[str] = []
        self._answer, self._brings = answer, brings

    def send(self, message: Outgoing) -> Receipt | None:
        self.sent.append(message.order)
        return self._answer(message)

    def receive(self) -> Iterator[Parcel]:
        return self._brings() if self._brings else iter(())


class Page:
    def __init__(self, *items: Any) -> None:
        self.name, self.items = "page", items
        self.refused: list[Refused] = []

    def settle(self, refused: Any) -> None:
        self.refused += refused


def answering(receipt: Receipt | None) -> Hand:
    return Hand(lambda _: receipt)


def round_of(town: Town, **hands: Hand) -> Round:
    town.sync()
    done = run_once(town.server.centre, [Told(code=code.strip("_"), made=hand) for code, hand in hands.items()])
    town.sync()
    return done


def test_a_file_that_cannot_be_read_is_named_and_stops_nobody(town: Town, desk: Desk) -> None:
    send(desk, "city")
    for name, content in BROKEN.items():
        town.drop("12345", name, content)
    assert town.round().sent == 1
    assert town.names("12345", "in") == town.names("12345", "done") == []
    assert town.names("12345", "failed") == sorted([*BROKEN, *(f"{name}.error.txt" for name in BROKEN)])
    for _ in range(2):
        town.drop("12345", f"{'工单' * 41}.json", b"{")
        town.round()
    assert town.names("12345", "in") == []
    assert len(town.names("12345", "failed")) == 2 * len(BROKEN) + 4


def test_a_receipt_that_cannot_be_kept_is_not_a_message_that_did_not_get_there(town: Town, desk: Desk) -> None:
    report, order = send(desk, "12345")
    other, _ = send(desk, "city")
    bad, good = answering(Receipt("H\x00\x1f", "yesterday")), answering(Receipt("H-2", "yesterday", "C-1"))
    assert round_of(town, _12345=bad, city=good).sent == 2
    round_of(town, _12345=bad, city=good)
    assert (bad.sent, len(good.sent)) == ([order], 1)
    assert order_of(desk, report).receipt_number == ""
    row = order_of(desk, other)
    assert (row.state, row.receipt_number, row.external_ref) == ("delivered", "H-2", "C-1")
    assert row.receipt_at == town.clock.now()


def test_a_fault_with_one_message_leaves_the_others_their_way(town: Town, desk: Desk, expect_log: Any) -> None:
    expect_log("a message to a partner failed: KeyError")
    _, first = send(desk, "12345")
    _, second = send(desk, "12345")

    def answer(message: Outgoing) -> Receipt | None:
        raise KeyError(message.order) if message.order == first else PartnerError("到此为止", passing=False)

    hand, other = Hand(answer), answering(None)
    send(desk, "city")
    done = round_of(town, _12345=hand, city=other)
    assert (done.sent, done.failed) == (1, 2)
    assert sorted(hand.sent) == sorted([first, second])
    assert {row.state for row in outgoing.outstanding(town.server.centre)} == {"failed"}


def test_values_of_a_line_without_a_form_are_looked_at_too(town: Town, desk: Desk) -> None:
    page = Page(
        OrderIn("R-1", "路灯", given_at="yesterday"), OrderIn("R-2", "路灯", limit_days=-3), OrderIn("R-3", "路灯", limit_days=0),
        OrderIn("R-4", "路灯"), ReceiptIn("R-4", Receipt("H")),
    )  # fmt: skip
    done = round_of(town, city=Hand(lambda _: None, lambda: iter([page])))
    assert done.taken == 1
    assert [(each.place, each.why.split("：")[0]) for each in page.refused] == [
        (0, "given_at"), (1, "limit_days"), (2, "limit_days"), (4, "order")]  # fmt: skip


def test_two_words_that_begin_alike_are_two(town: Town, desk: Desk) -> None:
    long = "closed/2026-11-23/" + "已经处理" * 100
    words = [StatusIn("R-1", "note", f"第{n}次", line=f"{long}{n}") for n in (1, 2, 2)]
    done = round_of(town, city=Hand(lambda _: None, lambda: iter([Page(OrderIn("R-1", "路灯"), *words)])))
    assert (done.taken, done.again) == (3, 1)


def test_what_turns_out_to_have_come_from_there_while_it_waited_does_not_go(town: Town, desk: Desk) -> None:
    report, _ = send(desk, "12345")

    def away(_: Outgoing) -> Receipt | None:
        raise PartnerError("连不上对方，稍后再试")

    assert round_of(town, _12345=Hand(away)).failed == 1
    (theirs,) = desk.write(reports.register, {"title": "夜里施工", "category": "noise", "source": "12345"}).created
    desk.write(links.link, report, theirs)
    town.sync()
    outgoing.again(town.server.centre)
    back = answering(Receipt("H"))
    assert round_of(town, _12345=back).sent == 0
    assert back.sent == []
    (row,) = outgoing.outstanding(town.server.centre)
    assert (row.state, row.last_error) == ("failed", WORDS["handover-loop"])
    assert order_of(desk, report).lines[-1].text == outgoing.STOPPED


# ---- 110 ------------------------------------------------------------------------------------------------------------


def test_110_does_not_wait_for_a_partner_that_is_slow(town: Town, desk: Desk) -> None:
    """It goes before anybody is listened to; what comes meanwhile goes before the next page of a long list is taken in."""
    _, first = send(desk, "110")
    police, seen = answering(None), []

    def long() -> Iterator[Parcel]:
        seen.append(list(police.sent))
        send(desk, "110")
        town.sync()
        town.clock.advance(seconds=6)
        yield Page()
        seen.append(list(police.sent))

    slow = Hand(lambda _: None, long)
    round_of(town, _12345=slow, _110=police)
    assert seen[0] == [first]
    assert len(seen[1]) == 2


def test_110_is_tried_every_minute_however_long_the_line_was_down(town: Town, desk: Desk) -> None:
    report, _ = send(desk, "110")

    def away(_: Outgoing) -> Receipt | None:
        raise PartnerError("连不上对方，稍后再试")

    down = Hand(away)
    town.sync()
    for _ in range(12):
        run_once(town.server.centre, [Told(code="110", made=down)])
        town.clock.advance(seconds=61)
    assert len(down.sent) == 12
    back = answering(None)
    assert round_of(town, _110=back).sent == 1
    (row,) = desk.read(queries.of_report, report)
    assert [(line.text, line.theirs) for line in row.lines] == [(outgoing.LATER, False)]  # once, not twelve times


def test_the_station_reads_on_its_order_that_a_partner_does_not_take_it(town: Town, desk: Desk) -> None:
    report, _ = send(desk, "12345")

    def refuse(_: Outgoing) -> Receipt | None:
        raise PartnerError("对方不收（400）：/srv/secret 13900005678", passing=False)

    for _ in range(2):
        round_of(town, _12345=Hand(refuse))
        outgoing.again(town.server.centre)
    (row,) = desk.read(queries.of_report, report)
    assert (row.state, [line.text for line in row.lines]) == ("waiting", [outgoing.STOPPED])
    (waiting,) = outgoing.outstanding(town.server.centre)
    assert "13900005678" not in waiting.last_error


def test_who_does_the_rounds_hears_of_110_between_two_of_them(town: Town, desk: Desk) -> None:
    centre = town.server.centre
    lines = [Told(code="110", made=answering(None)), Told(code="12345", made=answering(None))]
    send(desk, "12345")
    town.sync()
    assert not something_hurries(centre, lines)
    send(desk, "110")
    town.sync()
    assert something_hurries(centre, lines)
    assert not something_hurries(centre, lines[1:])
    run_once(centre, lines)
    assert not something_hurries(centre, lines)
