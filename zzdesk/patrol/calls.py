"""Calls: taken, somebody sent, somebody there within ten minutes, and who solved it (2+N; domain rules B4, F24)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from zzdesk.clock import RecordId
from zzdesk.documents import numbers
from zzdesk.errors import InvalidError
from zzdesk.i18n import N_
from zzdesk.patrol.models_desk import Callout
from zzdesk.store.unit import ChangeSet, UnitOfWork

CALL_PREFIX: Final = "HJ"
_ORDER: Final = ("called_at", "dispatched_at", "arrived_at")
_MOMENT_OF: Final = {"dispatch": "dispatched_at", "arrive": "arrived_at"}


def take_call(work: UnitOfWork, fields: Mapping[str, Any]) -> ChangeSet:
    """Take a call: the clock runs from now, or from the moment that is given.

    Raises:
        InvalidError: every field that cannot be taken, a moment in the future.
    """
    add_callout(work, fields)
    return work.commit()


def add_callout(work: UnitOfWork, fields: Mapping[str, Any]) -> Callout:
    """Make a call inside a transaction that goes on."""
    work.require("patrol.dispatch")
    call = work.create(Callout, fields)
    call.called_at = call.called_at or work.clock.now()
    call.number = numbers.give(work, CALL_PREFIX)
    _check(work, call)
    return call


def edit_callout(work: UnitOfWork, call_id: RecordId, changes: Mapping[str, Any]) -> ChangeSet:
    """Correct or complete a call that is not closed."""
    work.require("patrol.dispatch")
    call = work.get(Callout, call_id)
    work.change(call, changes)
    _check(work, call)
    return work.commit()


def act_callout(
    work: UnitOfWork, call_id: RecordId, action: str, fields: Mapping[str, Any], reason: str | None = None
) -> ChangeSet:
    """Send somebody, note that somebody is there, or close the call; the moment is now unless it is given.

    Raises:
        RefusedError: by the state, the rights, or something that the step needs is missing.
        InvalidError: a moment in the future, or before the one before it.
    """
    call = work.get(Callout, call_id)
    given = dict(fields)
    if action in _MOMENT_OF:
        given.setdefault(_MOMENT_OF[action], work.clock.now())
    work.step(call, action, values=given, reason=reason)
    if action == "dispatch":
        call.dispatched_by = work.actor.account_id
    _check(work, call)
    return work.commit()


def _check(work: UnitOfWork, call: Callout) -> None:
    """Each of the three moments comes after the one before, and none lies ahead."""
    before = None
    for name in _ORDER:
        moment = getattr(call, name)
        if moment is None:
            continue
        if moment > work.clock.now():
            raise InvalidError.one(name, N_("不能是将来的时间"))
        if before is not None and moment < before:
            raise InvalidError.one(name, N_("接报、派出、到场的时间要依次往后"))
        before = moment
