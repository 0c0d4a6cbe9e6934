"""What takes other records of the odd-job station than a deed names: places at one time, and wages that are not paid.

Nobody is promised two places at one time, whichever desks promised them (domain rules B3.3): the promise that reaches the
centre second is put before a person, who lets it through or sends it back. And no posting is completed while a wage of it is
owed (B3.2; 保障农民工工资支付条例 article 15): each desk asks that of the lines that it has, here all of them are looked up.
What a station offers for itself alone is applied for there. A firm that is sanctioned at one station does not begin anew at
another one unseen (B3.4): each desk asks that of the records that it has.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sync.merge import Outcome, RecordState
from sync.protocol import Problem
from sync.server import rows
from sync.server.arbiter import APPLICATION, POSTING, lock_turn, locked
from sync.server.stage import Draft, Item, Settled
from zzdesk.clock import from_iso
from zzdesk.jobs import appeals, guards
from zzdesk.jobs import workflow as flow

TWICE: Final = "worker-twice"
UNPAID: Final = "posting-unpaid"
ELSEWHERE: Final = "posting-elsewhere"
SANCTIONED: Final = "employer-sanctioned"
EMPLOYER: Final = "employer"
NUMBERS: Final = ("credit_code", "identity_number")
WORKER_FIELD: Final = "worker_id"
WAGE_LINE: Final = "wage_line"
POSTING_FIELD: Final = "posting_id"
_HELD: Final = (flow.CONFIRMED, flow.CHECKED_IN)
Window = tuple[datetime, datetime]


def stood_against(draft: Draft, group: Sequence[Item]) -> Settled | None:
    """Return the first deed of a group that gives somebody a second place at one time, or completes a posting of which a wage
    is owed, or records a firm anew that is sanctioned; None where none does.
    """
    for item in group:
        state = draft.changed(item.key) if item.key and item.key[0] in _RULES else None
        if state is None or item.op is None or item.released or item.accepted or item.kept:
            continue
        if item.op.verb == "create" and state.kind == APPLICATION and _is_elsewhere(draft, state):
            return Settled(item, Outcome.QUARANTINED, Problem.of(ELSEWHERE))
        code = _RULES[state.kind](draft, state)
        if code is not None:
            if draft.stage.recovering:
                return Settled(item, Outcome.DEFERRED, Problem.of("recovering"))  # what answers for it may be on its way
            return Settled(item, Outcome.QUARANTINED, Problem.of(code))
    return None


def _twice(draft: Draft, state: RecordState) -> str | None:
    if not _confirms(draft, state):
        return None
    lock_turn(draft.stage.connection)
    return TWICE if _is_taken(draft, state) else None


def _unpaid(draft: Draft, state: RecordState) -> str | None:
    """Say whether a posting ends with a wage that is owed; who books one for it meanwhile waits for the same key."""
    before = draft.stage.states.get((state.kind, state.id))
    if state.body.get("state") != flow.DONE or (before is not None and before.body.get("state") == flow.DONE):
        return None
    lines = sorted(draft.same((WAGE_LINE, POSTING_FIELD, state.id)))
    found = locked(draft, [(WAGE_LINE, key) for key in lines]).values()
    return UNPAID if any(line.body.get("state") == flow.OWED and not line.voided for line in found) else None


def _is_elsewhere(draft: Draft, state: RecordState) -> bool:
    """Say whether somebody is registered for what another station offers for itself alone; a street serves its communities."""
    key = (POSTING, str(state.body.get("posting_id")))
    here = draft.get(key)
    found = {} if here else rows.load(draft.stage.connection, [key], lock=False)
    posting = here or (found[key].state if key in found else None)
    return posting is not None and posting.body.get("audience") == "station" and not posting.scope.startswith(state.scope)


def _confirms(draft: Draft, state: RecordState) -> bool:
    before = draft.stage.states.get((state.kind, state.id))
    return _holds(state) and not (before is not None and _holds(before))


def _holds(state: RecordState) -> bool:
    return state.body.get("state") in _HELD and not state.voided


def _is_taken(draft: Draft, state: RecordState) -> bool:
    """Say whether the worker has another place while this work lasts; work that meets end to start is two jobs."""
    mine = _window(draft, state)
    if mine is None:
        return False
    same = draft.same((APPLICATION, WORKER_FIELD, str(state.body.get(WORKER_FIELD)))) - {state.id}
    others = [each for each in locked(draft, [(APPLICATION, key) for key in sorted(same)]).values() if _holds(each)]
    windows = [window for each in others if (window := _window(draft, each)) is not None]
    return any(window[0] < mine[1] and mine[0] < window[1] for window in windows)


def _window(draft: Draft, state: RecordState) -> Window | None:
    """Return from when to when the work of an application lasts; None where its posting is not here, says no time, or was
    called off: nobody is kept from other work by it.
    """
    key = (POSTING, str(state.body.get("posting_id")))
    posting = locked(draft, [key]).get(key)
    if posting is None or guards.is_called_off(posting.body) or posting.voided:
        return None
    try:
        return from_iso(str(posting.body["starts_at"])), from_iso(str(posting.body["ends_at"]))
    except (KeyError, ValueError):
        return None


def _anew(draft: Draft, state: RecordState) -> str | None:
    """Say whether a record gets the number of another one that is sanctioned, also if somebody declared that one void."""
    before = draft.stage.states.get((EMPLOYER, state.id))
    for name in NUMBERS:
        value = state.body.get(name)
        known = before is not None and not before.voided and before.body.get(name) == value
        if state.voided or known or not isinstance(value, str) or not value:
            continue
        others = sorted(draft.same((EMPLOYER, name, value)) - {state.id})
        found = locked(draft, [(EMPLOYER, each) for each in others]).values()
        if any(each.body.get("state") in appeals.SANCTIONED and each.body.get(name) == value for each in found):
            return SANCTIONED
    return None


_RULES: Final = {APPLICATION: _twice, POSTING: _unpaid, EMPLOYER: _anew}
