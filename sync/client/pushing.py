"""Sending all that waits, batch after batch, with both sides at work at once."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy.orm import Session

from sync.client import recovery
from sync.client.answers import Pushed
from sync.client.identity import sign_ops
from sync.client.line import Line
from sync.client.parcels import Parcel, pack, pack_singly
from zzdesk.ops import outbox


def push_all(
    next_: Callable[[int], Parcel | None], send: Callable[[Parcel], Pushed | None],
    take: Callable[[Parcel, Pushed], None], is_full: Callable[[Parcel], bool],
) -> None:  # fmt: skip
    """Send batch after batch.  ``next_`` seals what comes after a number, ``take`` applies an answer.

    The next batch is sealed while the centre judges this one, and on its way while its answer is taken.  Where ``send``
    returns None the batch was too much at once: a smaller one starts from the same place.
    """
    after = 0
    with Line() as line:
        parcel = next_(after)
        sending = line.send(send, parcel, beside=is_full(parcel)) if parcel else None
        while parcel and sending:
            ahead = next_(max(after, parcel.last_no)) if is_full(parcel) else None
            answer = sending.result()
            if answer is None:
                ahead = next_(after)
            else:
                sending = line.send(send, ahead, beside=True) if ahead else None
                take(parcel, answer)
                after = max(after, parcel.last_no)
                if ahead:
                    parcel = ahead
                    continue
                ahead = next_(after)
            parcel = ahead
            sending = line.send(send, parcel, beside=is_full(parcel)) if parcel else None


def packed(session: Session, batch: outbox.Batch, returning: bool) -> Parcel:
    """Return a batch for the wire; what goes to a restored centre again goes one by one, with its old receipts."""
    if not returning:
        return pack(session, batch)
    receipts = recovery.old_receipts(session, [row.op_id for row in batch.rows])
    return pack_singly(sign_ops(session, batch.ops), batch, receipts)
