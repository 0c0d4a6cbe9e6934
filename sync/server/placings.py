"""Nobody is promised two places at one time, whichever desks promised them (domain rules B3.3).

Each desk asks that of what it knows. Here the worker's other places are looked up under the one turn: the promise that
reaches the centre second is put before a person, who lets it through or sends it back.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sync.merge import Outcome, RecordState
from sync.protocol import Problem
from sync.server.arbiter import APPLICATION, POSTING, lock_turn, locked
from sync.server.stage import Draft, Item, Settled
from zzdesk.clock import from_iso
from zzdesk.jobs import workflow as flow

TWICE: Final = "worker-twice"
WORKER_FIELD: Final = "worker_id"
_HELD: Final = (flow.CONFIRMED, flow.CHECKED_IN)
Window = tuple[datetime, datetime]


def stood_against(draft: Draft, group: Sequence[Item]) -> Settled | None:
    """Return the first confirmation of a group that gives somebody a second place at one time, None where none does."""
    for item in group:
        state = draft.changed(item.key) if item.key and item.key[0] == APPLICATION else None
        if state is None or item.op is None or item.released or item.accepted or item.kept or not _confirms(draft, state):
            continue
        lock_turn(draft.stage.connection)
        if _is_taken(draft, state):
            if draft.stage.recovering:
                return Settled(item, Outcome.DEFERRED, Problem.of("recovering"))  # that it was given up may be on its way
            return Settled(item, Outcome.QUARANTINED, Problem.of(TWICE))
    return None


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
    """Return from when to when the work of an application lasts; None where its posting is not here or says no time."""
    key = (POSTING, str(state.body.get("posting_id")))
    posting = locked(draft, [key]).get(key)
    try:
        return (from_iso(str(posting.body["starts_at"])), from_iso(str(posting.body["ends_at"]))) if posting else None
    except (KeyError, ValueError):
        return None
