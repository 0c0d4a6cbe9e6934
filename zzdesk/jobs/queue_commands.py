"""The morning queue: take somebody in, draw once, note that somebody got work or went home (F49)."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from sqlalchemy import select

from zzdesk.clock import RecordId
from zzdesk.errors import InvalidError, RefusedError
from zzdesk.i18n import N_
from zzdesk.jobs import kiosk_rules, queueing
from zzdesk.jobs import workflow as flow
from zzdesk.jobs.models import Worker
from zzdesk.jobs.models_queue import QueueDraw, QueueEntry
from zzdesk.store.unit import ChangeSet, UnitOfWork

MOST: Final = 200
"""Cards in one draw."""


def join_queue(work: UnitOfWork, worker_id: RecordId) -> ChangeSet:
    """Take a worker into this morning's queue; who is in it already keeps the place.

    Raises:
        RefusedError: the worker's registration is paused, or they have been in this queue today.
    """
    add_entry(work, {"worker_id": worker_id})
    return work.commit()


def add_entry(work: UnitOfWork, fields: Mapping[str, Any]) -> QueueEntry:
    """Take a worker in inside a transaction that goes on."""
    worker_id = str(fields.get("worker_id") or "")
    kiosk_rules.require_to_queue(work, worker_id)
    worker = work.get(Worker, worker_id)
    if worker.state != flow.ACTIVE or worker.voided:
        raise RefusedError(N_("这位求职者的登记已暂停"))
    station, day = work.actor.station, work.today
    wanted = queueing.entry_id(station, day.isoformat(), worker.id)
    if work.session.get(QueueEntry, wanted) is not None:
        raise RefusedError(N_("今天已经排过队了，位置还在"))
    with work.session.no_autoflush:
        entry = work.create(QueueEntry, {**fields, "worker_id": worker.id})
        entry.id, entry.station, entry.day, entry.card = wanted, station, day, worker.card
        entry.missed = _missed(work, worker.id, entry)
    return entry


def _missed(work: UnitOfWork, worker_id: RecordId, entry: QueueEntry) -> int:
    """Return how many mornings in a row brought nothing: who went home early neither gains nor loses."""
    query = select(QueueEntry).where(QueueEntry.worker_id == worker_id, QueueEntry.day < entry.day)
    last = work.session.scalar(query.order_by(QueueEntry.day.desc()).limit(1))
    if last is None or last.state == queueing.PLACED:
        return 0
    return (last.missed or 0) + (last.state == queueing.WAITING)


def draw_lots(work: UnitOfWork, mode: str = queueing.LOTTERY) -> ChangeSet:
    """Fix how this morning's queue is ordered, once: by lot with a seed that is shown to everybody, or by arrival.

    Raises:
        RefusedError: it is fixed already, or nobody is there.
    """
    add_draw(work, {"mode": mode})
    return work.commit()


def add_draw(work: UnitOfWork, fields: Mapping[str, Any]) -> QueueDraw:
    """Fix the order inside a transaction that goes on."""
    work.require("job.place")
    station, day = work.actor.station, work.today
    wanted = queueing.draw_id(station, day.isoformat())
    if work.session.get(QueueDraw, wanted) is not None:
        raise RefusedError(N_("今天的排队方式已经定了，不能重抽"))
    with work.session.no_autoflush:
        draw = work.create(QueueDraw, fields)
        draw.id, draw.station, draw.day = wanted, station, day
        if draw.mode == queueing.LOTTERY:
            draw.cards = frozenset(_cards(work, station, day))
            draw.seed = secrets.token_hex(queueing.SEED // 2)
    return draw


def _cards(work: UnitOfWork, station: str, day: date) -> list[str]:
    query = select(QueueEntry.card).where(
        QueueEntry.station == station, QueueEntry.day == day, QueueEntry.state == queueing.WAITING,
        QueueEntry.voided.is_not(True),
    )  # fmt: skip
    found = [str(each) for each in work.session.scalars(query.limit(MOST + 1))]
    if not found:
        raise RefusedError(N_("还没有人排队，没有签可抽"))
    if len(found) > MOST:
        raise InvalidError.one("cards", N_("一次抽签最多{most}人"), most=MOST)
    return found


def act_entry(
    work: UnitOfWork, entry_id: RecordId, action: str, fields: Mapping[str, Any], reason: str | None = None
) -> ChangeSet:
    """Note that somebody got work (``place``), went home (``leave``) or is back (``return``).

    Raises:
        RefusedError: by the state, the rights, or a missing reason.
    """
    for name in fields:
        raise InvalidError.one(name, N_("这一步不能改这一项，请先修改登记内容"))
    work.step(work.get(QueueEntry, entry_id), action, reason=reason)
    return work.commit()


def note_placed(work: UnitOfWork, worker_id: RecordId) -> None:
    """Note in this morning's queue, where the worker stands in it, that they got work: the next morning counts anew."""
    wanted = queueing.entry_id(work.actor.station, work.today.isoformat(), worker_id)
    entry = work.session.get(QueueEntry, wanted)
    if entry is not None and entry.state == queueing.WAITING and not entry.voided:
        work.step(entry, "place")
