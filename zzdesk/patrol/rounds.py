"""Rounds: logged, with their six outputs, and closed. A clue goes under seal at once and is opened by the police alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from zzdesk.accounts import sealed
from zzdesk.clock import RecordId
from zzdesk.documents import numbers
from zzdesk.errors import InvalidError, RefusedError
from zzdesk.i18n import N_
from zzdesk.patrol import workflow as flow
from zzdesk.patrol.models import Team
from zzdesk.patrol.models_rounds import Clue, Round, RoundItem
from zzdesk.store.unit import ChangeSet, UnitOfWork

ROUND_PREFIX: Final = "XF"
OPENED: Final = "clue.open"
"""The line in the audit by which a clue was opened."""


def register_round(work: UnitOfWork, fields: Mapping[str, Any]) -> ChangeSet:
    """Begin the log of a round.

    Raises:
        InvalidError: every field that cannot be taken; it would end before it begins.
    """
    add_round(work, fields)
    return work.commit()


def add_round(work: UnitOfWork, fields: Mapping[str, Any]) -> Round:
    """Make a round inside a transaction that goes on."""
    work.require("patrol.round")
    made = work.create(Round, fields)
    work.get(Team, made.team_id)
    _check(made)
    made.number = numbers.give(work, ROUND_PREFIX)
    return made


def _check(found: Round) -> None:
    if found.ended_at is not None and found.ended_at <= found.started_at:
        raise InvalidError.one("ended_at", N_("结束时间应晚于开始时间"))


def edit_round(work: UnitOfWork, round_id: RecordId, changes: Mapping[str, Any]) -> ChangeSet:
    """Correct or complete a round that is not closed."""
    work.require("patrol.round")
    found = work.get(Round, round_id)
    work.change(found, changes)
    _check(found)
    return work.commit()


def act_round(
    work: UnitOfWork, round_id: RecordId, action: str, fields: Mapping[str, Any], reason: str | None = None
) -> ChangeSet:
    """Close a round: from then on it stays as it is."""
    found = work.get(Round, round_id)
    work.step(found, action, values=fields, reason=reason)
    _check(found)
    return work.commit()


def add_item(work: UnitOfWork, fields: Mapping[str, Any]) -> RoundItem:
    """Make an output of a round inside a transaction that goes on. What it says of a clue goes under seal.

    Raises:
        RefusedError: the round is closed.
        InvalidError: nothing is said of what was found.
    """
    work.require("patrol.round")
    found = work.get(Round, str(fields.get("round_id") or ""))
    if found.voided or found.state != flow.ROUND_OPEN:
        raise RefusedError(N_("这次巡防已经结束，不能再添加"))
    given = dict(fields)
    if given.get("output") == flow.CLUE_OUTPUT:
        seal(work, {"round_id": found.id, "text": given.pop("text", None), "place": given.pop("place", None)})
    elif given.get("output") != flow.PATROL_ONLY and not given.get("text"):
        raise InvalidError.one("text", N_("必填"))
    item = work.create(RoundItem, given, scope=found.scope)
    item.team_id = found.team_id
    return item


def edit_item(work: UnitOfWork, item_id: RecordId, changes: Mapping[str, Any]) -> ChangeSet:
    """Correct an output of a round that is not closed."""
    work.require("patrol.round")
    item = work.get(RoundItem, item_id)
    if work.get(Round, item.round_id).state != flow.ROUND_OPEN:
        raise RefusedError(N_("这次巡防已经结束，不能再添加"))
    work.change(item, changes)
    return work.commit()


def seal(work: UnitOfWork, fields: Mapping[str, Any]) -> Clue:
    """Put a clue under seal inside a transaction that goes on."""
    work.require("clue.write")
    clue = work.create(Clue, fields, scope=sealed.scope_of(work.actor.station))
    if clue.noticed_at is None:
        clue.noticed_at = work.clock.now()
    work.audit("clue.seal", "clue", clue.id)
    return clue


def seal_clue(work: UnitOfWork, fields: Mapping[str, Any]) -> ChangeSet:
    """Put a clue under seal that came without a round."""
    seal(work, fields)
    return work.commit()


def open_clue(work: UnitOfWork, clue_id: RecordId) -> ChangeSet:
    """Open a clue to read it: who and when stands in the audit. ``queries.clue_text`` gives it for ten minutes.

    Raises:
        RefusedError: the actor is not of the police.
    """
    work.require(sealed.READ)
    work.get(Clue, clue_id)
    work.audit(OPENED, "clue", clue_id)
    return work.commit()


def act_clue(
    work: UnitOfWork, clue_id: RecordId, action: str, fields: Mapping[str, Any], reason: str | None = None
) -> ChangeSet:
    """Hand a clue over to an authority (110) with the number of its receipt."""
    clue = work.get(Clue, clue_id)
    work.step(clue, action, values=fields, reason=reason)
    clue.handed_at, clue.handed_by = work.clock.now(), work.actor.account_id
    work.audit(f"clue.{action}", "clue", clue_id)
    return work.commit()
