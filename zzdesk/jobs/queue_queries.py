"""This morning's queue as the window and the wall show it: in order, by card; names masked and only for who may see them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from zzdesk.clock import RecordId, local_day, to_iso
from zzdesk.jobs import queueing, tables
from zzdesk.jobs.models import Worker
from zzdesk.jobs.models_queue import QueueDraw, QueueEntry
from zzdesk.people.masks import mask
from zzdesk.store.unit import Reader


@dataclass(frozen=True)
class QueueRow:
    """One who waits, or waited: ``place`` from 1 among those who still do, None for who has work or went home."""

    id: RecordId
    worker_id: RecordId
    card: str
    name: str
    state: str
    missed: int
    stepped: bool
    came_at: datetime
    place: int | None
    voided: bool = False


@dataclass(frozen=True)
class Morning:
    """The queue of a station's day. ``mode`` is None while nobody has fixed it: then it is by arrival for now.

    ``seed``, the ``cards`` that were there and ``digest`` (of the order of those cards) are all that a replay takes.
    """

    day: date
    mode: str | None
    seed: str | None
    cards: tuple[str, ...]
    digest: str
    rows: tuple[QueueRow, ...]


@dataclass(frozen=True)
class Order:
    """Everybody in the queue of a station's day, in the order in which they are called, and how it was made."""

    mode: str | None
    seed: str | None
    cards: tuple[str, ...]
    entries: tuple[QueueEntry, ...]

    @property
    def digest(self) -> str:
        """Return the checksum of the order of the cards that were drawn; before a draw, of everybody."""
        there = set(self.cards)
        return queueing.digest([each.card for each in self.entries if not self.seed or each.card in there])


def order_of(session: Session, station: str, day: date) -> Order:
    """Return the queue of a day; the counter, the wall and the kiosk ask this one question."""
    query = select(QueueEntry).where(
        QueueEntry.station == station, QueueEntry.day == day, QueueEntry.voided.is_not(True)
    )  # fmt: skip
    entries = {entry.card: entry for entry in session.scalars(query)}
    draw = session.get(QueueDraw, queueing.draw_id(station, day.isoformat()))
    seed = draw.seed if draw is not None else None
    cards = tuple(sorted(draw.cards or ())) if draw is not None else ()
    waiting = [queueing.Waiting(e.card, to_iso(e.created_at), e.missed or 0) for e in entries.values()]
    order = queueing.in_order(waiting, tables.figure("queue", "mornings"), seed, cards)
    return Order(draw.mode if draw is not None else None, seed, cards, tuple(entries[each.card] for each in order))


def morning_queue(read: Reader, day: date | None = None) -> Morning:
    """Return the queue of a day (today without one) in the order in which people are called.

    Raises:
        RefusedError: no right to see workers.
    """
    read.require("job.worker.list")
    when = day or local_day(read.clock.now())
    order = order_of(read.session, read.actor.station, when)
    names = _names(read, [entry.worker_id for entry in order.entries])
    rows = _rows(order.entries, names, tables.figure("queue", "mornings"))
    return Morning(when, order.mode, order.seed, order.cards, order.digest, rows)


def _names(read: Reader, ids: list[RecordId]) -> dict[RecordId, str]:
    query = select(Worker.id, Worker.name).where(Worker.id.in_(ids))
    return {row[0]: row[1] for row in read.session.execute(query)} if ids else {}


def _rows(entries: Sequence[QueueEntry], names: dict[str, str], mornings: int) -> tuple[QueueRow, ...]:
    rows: list[QueueRow] = []
    place = 0
    for entry in entries:
        waits = entry.state == queueing.WAITING
        place += waits
        missed = entry.missed or 0
        rows.append(QueueRow(
            entry.id, entry.worker_id, entry.card, mask("name", names.get(entry.worker_id)), entry.state, missed,
            missed >= mornings, entry.created_at, place if waits else None,
        ))  # fmt: skip
    return tuple(rows)
