"""Several records at once: one command and one transaction for each, so that a stop in the middle leaves nothing half-written.

What was refused is told with its reason and stays; the rest is done, and can be taken back as a whole.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Protocol

from zzdesk.clock import RecordId
from zzdesk.errors import InvalidError, KnownError, NotFoundError, RefusedError
from zzdesk.many import Deed, Offer
from zzdesk.reports import bulk as reports
from zzdesk.reports.bulk import DEEDS, FINAL, URGE, checked, offers
from zzdesk.reports.told import UNDOING
from zzdesk.store.unit import ChangeSet, Reader, UnitOfWork

if TYPE_CHECKING:
    from zzdesk.desk.session import Desk

Progress = Callable[[int, int], None]
Stopped = Callable[[], bool]


class Many(Protocol):
    """What can be done to many records of a kind: the module ``zzdesk.reports.bulk``, or a ``Steps`` of ``bulk_steps``."""

    def offers(self, read: Reader, ids: Sequence[RecordId]) -> tuple[Offer, ...]:
        """Return what this person may do with at least one of these records."""

    def is_final(self, read: Reader, action: str) -> bool:
        """Say whether this person cannot take an action back."""

    def checked(self, deed: Deed) -> Deed:
        """Return a deed whose fields are all there."""

    def before(self, read: Reader, record_id: RecordId, deed: Deed) -> dict[str, Any]:
        """Return what a way back needs to know."""

    def do(self, work: UnitOfWork, record_id: RecordId, deed: Deed) -> ChangeSet:
        """Do it to one record."""

    def undo(
        self, work: UnitOfWork, record_id: RecordId, deed: Deed, was: Mapping[str, Any], made: Sequence[RecordId], reason: str
    ) -> ChangeSet:
        """Take back what ``do`` did to one record."""


REPORTS: Many = reports
"""What can be done to many reports."""


@dataclass(frozen=True)
class Outcome:
    """What came of one record: ``why`` says why not, empty where it was done; the rest is for taking it back."""

    id: RecordId
    why: str = ""
    was: dict[str, Any] = field(default_factory=dict)
    made: tuple[RecordId, ...] = ()


@dataclass(frozen=True)
class Result:
    """What came of all; ``left`` were not reached, because somebody stopped it or ``halt`` says what went wrong.

    ``final``: whoever did it cannot take it back.
    """

    deed: Deed
    outcomes: tuple[Outcome, ...]
    left: tuple[RecordId, ...]
    changes: ChangeSet
    halt: str = ""
    final: bool = False

    @property
    def done(self) -> tuple[Outcome, ...]:
        """Return those that were done."""
        return tuple(each for each in self.outcomes if not each.why)

    @property
    def refused(self) -> tuple[Outcome, ...]:
        """Return those that were not."""
        return tuple(each for each in self.outcomes if each.why)

    @property
    def can_undo(self) -> bool:
        """Say whether there is anything to take back."""
        return bool(self.done) and not self.final


def run(
    desk: Desk, ids: Sequence[RecordId], deed: Deed, progress: Progress, stopped: Stopped, many: Many = REPORTS
) -> Result:
    """Do something to each of these records, in their order.

    Args:
        desk: the open desk.
        ids: the records.
        deed: what is done to each.
        progress: told how many of how many have been seen to.
        stopped: asked before each; what is under way is finished.
        many: the kind that they are of.

    Raises:
        InvalidError: the deed lacks something, before anything was done.
    """
    many.checked(deed)

    def one(record_id: RecordId) -> tuple[ChangeSet, Outcome]:
        was = desk.read(many.before, record_id, deed)
        change = desk.write(many.do, record_id, deed)
        return change, Outcome(record_id, "", was, change.created)

    return replace(_each(ids, deed, one, progress, stopped), final=desk.read(many.is_final, deed.action))


def take_back(desk: Desk, result: Result, progress: Progress, stopped: Stopped, many: Many = REPORTS) -> Result:
    """Take back what was done, the last first; what somebody has changed since is left and told."""
    done = {each.id: each for each in reversed(result.done)}

    def one(record_id: RecordId) -> tuple[ChangeSet, Outcome]:
        each = done[record_id]
        return desk.write(many.undo, record_id, result.deed, each.was, each.made, UNDOING), Outcome(record_id)

    return _each(tuple(done), result.deed, one, progress, stopped)


def _each(
    ids: Sequence[RecordId], deed: Deed, one: Callable[[RecordId], tuple[ChangeSet, Outcome]], progress: Progress,
    stopped: Stopped,
) -> Result:  # fmt: skip
    outcomes: list[Outcome] = []
    changes, halt = ChangeSet(), ""
    for at, record_id in enumerate(ids):
        if stopped():
            break
        try:
            change, outcome = one(record_id)
            changes |= change
        except (RefusedError, InvalidError, NotFoundError) as error:
            outcome = Outcome(record_id, _why(error))
        except KnownError as error:  # a full disk, a busy database: the next one would fare no better
            halt = error.text()
            break
        outcomes.append(outcome)
        progress(at + 1, len(ids))
    return Result(deed, tuple(outcomes), tuple(ids[len(outcomes) :]), changes, halt)


def _why(error: KnownError) -> str:
    if isinstance(error, InvalidError):
        return "；".join(problem.text() for problem in error.problems)
    return error.text()


__all__ = [
    "DEEDS", "FINAL", "REPORTS", "URGE", "Deed", "Many", "Offer", "Outcome", "Result", "checked", "offers", "run", "take_back",
]  # fmt: skip
