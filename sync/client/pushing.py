"""Sending all that waits, batch after batch, with both sides at work at once."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from typing import Final

from sqlalchemy.orm import Session

from sync.client import recovery
from sync.client.answers import Pushed
from sync.client.identity import sign_ops
from sync.client.line import Line
from sync.client.parcels import Parcel, pack, pack_singly
from zzdesk.ops import outbox

_AHEAD: Final = 2
"""Batches that are under way or stand at the line."""


class _Gate:
    """Sends batches, and lets none through behind one that did not arrive."""

    def __init__(self, send: Callable[[Parcel], Pushed | None]) -> None:
        self._send = send
        self.shut = False

    def pass_(self, parcel: Parcel) -> Pushed | None:
        """Send a batch and return the answer; None where it was too much at once, or came behind such a one."""
        if self.shut:
            return None
        self.shut = True
        answer = self._send(parcel)
        self.shut = answer is None
        return answer


def push_all(
    next_: Callable[[int], Parcel | None], send: Callable[[Parcel], Pushed | None],
    take: Callable[[Parcel, Pushed], None], is_full: Callable[[Parcel], bool],
) -> None:  # fmt: skip
    """Send batch after batch.  ``next_`` seals what comes after a number, ``take`` applies an answer.

    While the centre judges one batch the next is sealed and stands at the line, so that it leaves as soon as the answer
    is there.  Where ``send`` returns None the batch was too much at once: a smaller one starts from the same place.
    """
    after, gate = 0, _Gate(send)
    waiting: deque[tuple[Parcel, Future[Pushed | None]]] = deque()
    with Line() as line:
        while True:
            while len(waiting) < _AHEAD and (not waiting or is_full(waiting[-1][0])):
                parcel = next_(max([after, *(each.last_no for each, _ in waiting)]))
                if parcel is None:
                    break
                waiting.append((parcel, line.send(gate.pass_, parcel, beside=bool(waiting) or is_full(parcel))))
            if not waiting:
                return
            parcel, sending = waiting.popleft()
            answer = sending.result()
            if answer is not None:
                take(parcel, answer)
                after = max(after, parcel.last_no)
                continue
            while waiting:
                waiting.pop()[1].result()
            gate.shut = False


def packed(session: Session, batch: outbox.Batch, returning: bool) -> Parcel:
    """Return a batch for the wire; what goes to a restored centre again goes one by one, with its old receipts."""
    if not returning:
        return pack(session, batch)
    receipts = recovery.old_receipts(session, [row.op_id for row in batch.rows])
    return pack_singly(sign_ops(session, batch.ops), batch, receipts)
