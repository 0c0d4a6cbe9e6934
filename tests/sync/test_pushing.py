"""Batches follow each other without a pause, and none overtakes one that did not arrive."""

from __future__ import annotations

import threading

import pytest

from sync.client.answers import Pushed
from sync.client.parcels import Parcel
from sync.client.pushing import push_all
from zzdesk.errors import OfflineError
from zzdesk.ops.sealing import Batch, Sealed

ANSWER = Pushed(server_id="s", epoch="e", head=0, server_time="", next_poll_s=1, results=[], durable_seq=0)


class Sending:
    """A desk with ``count`` operations, and a line that takes at most ``most`` at once."""

    def __init__(self, count: int, limit: int, most: int = 100) -> None:
        self.count, self.limit, self.most = count, limit, most
        self.sent: list[range] = []
        self.taken: list[range] = []
        self.breaks_at: int | None = None

    def next_(self, after: int) -> Parcel | None:
        numbers = range(after + 1, min(after + self.limit, self.count) + 1)
        rows = tuple(Sealed(no, f"op{no}", no, "g", "thing", f"t{no}", "create", "u", b"{}") for no in numbers)
        return Parcel(Batch("r-1", rows, {})) if rows else None

    def send(self, parcel: Parcel) -> Pushed | None:
        numbers = span(parcel)
        if len(numbers) > self.most:
            self.limit //= 2
            return None
        if self.breaks_at in numbers:
            raise OfflineError("断了")
        self.sent.append(numbers)
        return ANSWER

    def take(self, parcel: Parcel, _: Pushed) -> None:
        self.taken.append(span(parcel))

    def is_full(self, parcel: Parcel) -> bool:
        return len(parcel.batch.rows) >= self.limit

    def run(self) -> None:
        push_all(self.next_, self.send, self.take, self.is_full)


def span(parcel: Parcel) -> range:
    return range(parcel.batch.rows[0].op_no, parcel.last_no + 1)


@pytest.mark.parametrize("count", [0, 1, 9, 10, 11, 57])
def test_everything_goes_once_and_in_order(count: int) -> None:
    sending = Sending(count, 10)
    sending.run()
    assert [no for numbers in sending.sent for no in numbers] == list(range(1, count + 1))
    assert sending.taken == sending.sent


def test_behind_a_batch_that_was_too_much_nothing_goes_before_a_smaller_one() -> None:
    sending = Sending(100, 40, most=10)
    sending.run()
    assert [no for numbers in sending.sent for no in numbers] == list(range(1, 101))
    assert max(map(len, sending.sent)) == 10


def test_behind_a_batch_that_broke_off_nothing_goes() -> None:
    sending = Sending(100, 10)
    sending.breaks_at = 25
    with pytest.raises(OfflineError):
        sending.run()
    assert sending.sent == sending.taken == [range(1, 11), range(11, 21)]


def test_the_next_batch_stands_ready_while_one_is_judged() -> None:
    sending, ready, real = Sending(30, 10), threading.Event(), Sending.next_

    def next_(after: int) -> Parcel | None:
        parcel = real(sending, after)
        if after >= 10:
            ready.set()
        return parcel

    def send(parcel: Parcel) -> Pushed | None:
        assert ready.wait(10)  # the second was sealed before the first had its answer
        return sending.send(parcel)

    push_all(next_, send, sending.take, sending.is_full)
    assert len(sending.taken) == 3
