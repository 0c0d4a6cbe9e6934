"""The values of a conflict without their masks: for a reason, noted first, for thirty seconds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from zzdesk.clock import RecordId
from zzdesk.mediation.team import require_scope
from zzdesk.ops.models import Conflict
from zzdesk.people import reveals
from zzdesk.store.unit import ChangeSet, Reader, UnitOfWork


@dataclass(frozen=True)
class ConflictValues:
    """Wire forms: the value before, and every candidate's in the order of their numbers."""

    base: Any
    candidates: tuple[Any, ...]


def reveal_values(work: UnitOfWork, conflict_id: RecordId, reason: str) -> ChangeSet:
    """Ask to see what the masks of a conflict hide; ``revealed_values`` gives it for thirty seconds from the commit.

    Raises:
        RefusedError: no right, another team's case, no reason, or nothing is hidden there.
    """
    work.require("record.read")
    found = work.get(Conflict, conflict_id)
    require_scope(work, found.scope)
    return reveals.ask(work, found.record_kind, found.record_id, found.field, reason)


def revealed_values(read: Reader, conflict_id: RecordId) -> ConflictValues:
    """Return the whole values, for which the actor gave a reason within the last thirty seconds.

    Raises:
        RefusedError: nobody asked, the time is over, or another team's case.
        NotFoundError: the record is not on this desk.
    """
    read.require("record.read")
    found = read.session.get_one(Conflict, conflict_id)
    require_scope(read, found.scope)
    reveals.value(read, found.record_kind, found.record_id, found.field)
    return ConflictValues(found.base, tuple(candidate.get("value") for candidate in found.candidates))
