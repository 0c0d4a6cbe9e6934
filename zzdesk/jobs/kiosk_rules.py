"""What the touch kiosk's account may do, and for whom: the person who has signed in, for as long as the visit lasts."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from zzdesk.clock import RecordId
from zzdesk.errors import RefusedError
from zzdesk.i18n import N_
from zzdesk.jobs import workflow as flow
from zzdesk.jobs.models import Worker
from zzdesk.jobs.models_kiosk import KioskVisit
from zzdesk.store.unit import UnitOfWork

SERVE: Final = "kiosk.serve"
WAY: Final = "kiosk"


class VisitOverError(RefusedError):
    """Nobody is signed in at the kiosk any more."""

    code = "visit-over"


def token_digest(token: str) -> str:
    """Return what is kept of a visit's token (SHA-256, hex)."""
    return hashlib.sha256(token.encode()).hexdigest()


def visitor(session: Session, token: str, now: datetime) -> Worker:
    """Return who has signed in with a token.

    Raises:
        VisitOverError: nobody; or the visit was ended, or it is too old.
    """
    visit = session.get(KioskVisit, token_digest(token))
    worker = session.get(Worker, visit.worker_id) if visit is not None and visit.until > now else None
    if worker is None or worker.voided or worker.state != flow.ACTIVE:
        raise VisitOverError(N_("请重新刷卡，或重新输入号码。"))
    return worker


def require_to_apply(work: UnitOfWork, fields: Mapping[str, Any]) -> None:
    """Ask for the right to apply on somebody's behalf; at the kiosk, only on behalf of who has signed in there.

    Raises:
        RefusedError: no right. VisitOverError: the worker has not signed in at this kiosk.
    """
    if fields.get("way") != WAY:
        work.require("job.apply")
        return
    _require_there(work, fields.get("worker_id"))


def require_to_queue(work: UnitOfWork, worker_id: RecordId) -> None:
    """Ask for the right to take somebody into the morning queue; at the kiosk, only who has signed in there.

    Raises:
        RefusedError: no right. VisitOverError: the worker has not signed in at this kiosk.
    """
    if work.may(SERVE) and not work.may("job.apply"):
        _require_there(work, worker_id)
    else:
        work.require("job.apply")


def _require_there(work: UnitOfWork, worker_id: Any) -> None:
    work.require(SERVE)
    mine = select(KioskVisit.token).where(
        KioskVisit.worker_id == str(worker_id), KioskVisit.until > work.clock.now()
    )
    if work.session.scalar(mine.limit(1)) is None:
        raise VisitOverError(N_("请重新刷卡，或重新输入号码。"))
