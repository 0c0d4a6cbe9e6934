"""The card that a worker takes home: number and QR code for the kiosk, masked name, and nothing else of the person."""

from __future__ import annotations

from dataclasses import dataclass

from zzdesk.clock import RecordId
from zzdesk.errors import NotFoundError
from zzdesk.i18n import N_
from zzdesk.jobs.models import Worker
from zzdesk.people.masks import mask_name
from zzdesk.places import queries as places
from zzdesk.store.unit import ChangeSet, Reader, UnitOfWork


@dataclass(frozen=True)
class WorkerCard:
    """What the card says; ``code`` is what its QR code says, which is what a kiosk's reader types."""

    worker_id: RecordId
    number: str
    code: str
    name: str
    station: str
    kind: str = "card"


def card(read: Reader, worker_id: RecordId) -> WorkerCard:
    """Return the card of a worker.

    Raises:
        RefusedError: the actor may not look at workers. NotFoundError: it is not on this desk.
    """
    read.require("job.worker.list")
    worker = read.session.get(Worker, worker_id)
    if worker is None or worker.voided:
        raise NotFoundError(N_("本机没有这条记录：{id}"), id=worker_id)
    return WorkerCard(worker_id, worker.card, worker.card, mask_name(worker.name), _place(read.actor.station))


def note_card(work: UnitOfWork, worker_id: RecordId, how: str) -> ChangeSet:
    """Note in the audit that a card left the desk: ``paper`` or ``pdf``."""
    work.require("job.worker.list")
    work.audit("worker.card", "worker", worker_id, how=how)
    return work.commit()


def _place(code: str) -> str:
    try:
        return places.get(code).name
    except NotFoundError:
        return code
