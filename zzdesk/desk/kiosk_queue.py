"""The morning queue at the touch kiosk (F49): take a place, see one's own number and how many are before; nobody else.

The order is worked out by the one function that the operator's desk asks, from the same records: where both have them, both
show the same. What a kiosk without a line does not know yet, the counter does: the window says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from zzdesk.clock import local_day
from zzdesk.jobs import queueing
from zzdesk.jobs.kiosk_rules import SERVE, visitor
from zzdesk.jobs.models_queue import QueueEntry
from zzdesk.jobs.queue_commands import add_entry
from zzdesk.jobs.queue_queries import order_of
from zzdesk.people.masks import mask_name
from zzdesk.store.unit import ChangeSet, Reader, UnitOfWork


@dataclass(frozen=True)
class MyPlace:
    """The visitor's own place this morning.

    ``place`` from 1, ``before`` how many are called first; both None for who has work or went home. ``seed`` is published
    once lots were drawn among ``drawn`` cards, with the checksum ``digest`` of their order; ``late``: came after the draw.
    """

    card: str
    name: str
    """The visitor's own, masked: the slip carries it."""
    state: str
    came_at: datetime
    place: int | None
    before: int | None
    mode: str | None
    seed: str | None
    drawn: int
    digest: str
    late: bool


def join(work: UnitOfWork, token: str) -> ChangeSet:
    """Take the visitor into this morning's queue; who stands in it already keeps the place.

    Raises:
        VisitOverError: nobody is signed in. RefusedError: the registration is paused.
    """
    work.require(SERVE)
    worker = visitor(work.session, token, work.clock.now())
    wanted = queueing.entry_id(work.actor.station, work.today.isoformat(), worker.id)
    if work.session.get(QueueEntry, wanted) is None:
        add_entry(work, {"worker_id": worker.id})
        work.audit("kiosk.queue", "queue_entry", wanted)
    return work.commit()


def my_place(read: Reader, token: str) -> MyPlace | None:
    """Return the visitor's own place this morning; None for who has not taken one.

    Raises:
        VisitOverError: nobody is signed in.
    """
    read.require(SERVE)
    now = read.clock.now()
    worker, day = visitor(read.session, token, now), local_day(now)
    order = order_of(read.session, read.actor.station, day)
    own = next((entry for entry in order.entries if entry.worker_id == worker.id), None)
    if own is None:
        return None
    waiting = [entry.id for entry in order.entries if entry.state == queueing.WAITING]
    before = waiting.index(own.id) if own.id in waiting else None
    return MyPlace(
        own.card, mask_name(worker.name), own.state, own.created_at, None if before is None else before + 1, before,
        order.mode, order.seed, len(order.cards), order.digest if order.seed else "",
        bool(order.seed) and own.card not in order.cards,
    )  # fmt: skip
