"""Several records of a list at once, for every kind whose steps go by a plain table: jobs, mass prevention, mediation.

What may be done to many is named beside the table of the kind; each record takes its own step by the kind's own command,
so that what is refused for one is refused here for that one, by its own reason.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import select

from zzdesk.clock import RecordId
from zzdesk.desk import records
from zzdesk.errors import BugError, InvalidError, RefusedError
from zzdesk.i18n import N_
from zzdesk.jobs import workflow as jobs
from zzdesk.many import LATER, VOID, Deed, ForMany, Offer, named
from zzdesk.mediation import workflow as mediation
from zzdesk.patrol import workflow as patrol
from zzdesk.store.base import kinds
from zzdesk.store.unit import ChangeSet, Reader, UnitOfWork
from zzdesk.workflow import Transition

FOR_MANY: Final[dict[str, tuple[ForMany, ...]]] = {
    "posting": jobs.POSTINGS_FOR_MANY, "employer": jobs.EMPLOYERS_FOR_MANY, "worker": jobs.WORKERS_FOR_MANY,
    "task": patrol.TASKS_FOR_MANY, "volunteer": patrol.VOLUNTEERS_FOR_MANY, "team": (VOID,), "segment": (VOID,),
    "duty": (VOID,), "case": mediation.CASES_FOR_MANY,
}  # fmt: skip
"""Kind → what may be done to many. Rounds, calls, clues, certificates and rewards have nothing: each is one event."""
_BATCH: Final = 500


@dataclass(frozen=True)
class Steps:
    """The deeds of one kind."""

    kind: str

    @property
    def actions(self) -> tuple[ForMany, ...]:
        """Return what may be done to many, in the order in which it is offered."""
        return FOR_MANY.get(self.kind, ())

    def offers(self, read: Reader, ids: Sequence[RecordId]) -> tuple[Offer, ...]:
        """Return what this person may do with at least one of these records; where ``fits`` is their number, with all."""
        counts = dict.fromkeys((each.action for each in self.actions), 0)
        for state, voided in self._standing(read, ids):
            for action in counts:
                arrow = self._arrow(action, state)
                if not voided and (action == VOID.action or (arrow is not None and read.may(arrow.needs.right))):
                    counts[action] += 1
        return tuple(Offer(a, n, self.is_final(read, a)) for a, n in counts.items() if n and self._may(read, a))

    def is_final(self, read: Reader, action: str) -> bool:
        """Say whether this person cannot take an action back: nobody can, or the way back is another role's."""
        back = self._entry(action).back
        return back is None or not self._may(read, back)

    def checked(self, deed: Deed) -> Deed:
        """Return a deed that has the reason that its step asks for.

        Raises:
            InvalidError: it is missing.
        """
        if self.needs_reason(deed.action) and not str(deed.fields.get("reason") or "").strip():
            raise InvalidError.one("reason", N_("必填"))
        return deed

    def needs_reason(self, action: str) -> bool:
        """Say whether a step is not taken without a word why."""
        return action == VOID.action or any(arrow.needs.reason for arrow in self._arrows(action))

    def before(self, read: Reader, record_id: RecordId, deed: Deed) -> dict[str, Any]:
        """Return the state from which the deed leads. Nothing where the record is gone."""
        found = self._standing(read, [record_id])
        return {"state": found[0][0]} if found else {}

    def do(self, work: UnitOfWork, record_id: RecordId, deed: Deed) -> ChangeSet:
        """Take the step with one record.

        Raises:
            RefusedError, InvalidError, NotFoundError: as the command for one record does.
        """
        self._entry(deed.action)
        fields = dict(deed.fields)
        reason = fields.pop("reason", None)
        return records.act(work, self.kind, record_id, deed.action, fields, reason)

    def undo(
        self, work: UnitOfWork, record_id: RecordId, deed: Deed, was: Mapping[str, Any], made: Sequence[RecordId], reason: str
    ) -> ChangeSet:
        """Lead one record back to where it was: a step of its own, and nothing that somebody did since is undone.

        Raises:
            RefusedError: it stands elsewhere by now, or there is no way back.
        """
        back = self._entry(deed.action).back
        if back is None:
            raise RefusedError(N_("这一步不能撤销"))
        if deed.action != VOID.action:
            found = next(iter(self._standing(work, [record_id])), (None, False))
            arrow = self._arrow(back, found[0])
            if found[1] or arrow is None or arrow.target != was.get("state"):
                raise RefusedError(LATER)
        return records.act(work, self.kind, record_id, back, {}, reason)

    def _entry(self, action: str) -> ForMany:
        found = named(self.actions, action)
        if found is None:
            raise BugError(f"not for many: {self.kind} {action}")
        return found

    def _arrows(self, action: str) -> list[Transition]:
        table = kinds()[self.kind].model.__transitions__
        every = [arrow for state in table.states for arrow in table.leaving(state)] if table is not None else []
        return [arrow for arrow in every if arrow.action == action]

    def _arrow(self, action: str, state: str | None) -> Transition | None:
        return next((arrow for arrow in self._arrows(action) if arrow.source == state), None)

    def _may(self, read: Reader, action: str) -> bool:
        if action in (VOID.action, VOID.back):
            model: Any = kinds()[self.kind].model
            return read.may(model.__void_right__ or model.__right__)
        return any(read.may(arrow.needs.right) for arrow in self._arrows(action))

    def _standing(self, who: Reader | UnitOfWork, ids: Sequence[RecordId]) -> list[tuple[str | None, bool]]:
        """Return state and voidness of each record that is here."""
        model: Any = kinds()[self.kind].model
        state = model.state if kinds()[self.kind].state_field else model.id
        found: list[tuple[str | None, bool]] = []
        for start in range(0, len(ids), _BATCH):
            query = select(state, model.voided).where(model.id.in_(ids[start : start + _BATCH]))
            found += [(row[0], bool(row[1])) for row in who.session.execute(query)]
        return found


__all__ = ["FOR_MANY", "Steps"]
