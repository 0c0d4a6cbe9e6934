"""Places in tasks: given by the centre alone, in the order in which sign-ups arrive (8.9, hazard 19; domain rules B4).

A task is not held by one: it has places, and who comes later waits. What is decided is ``zzdesk.patrol.seats``; here it
gets everything that the decision takes, under one lock, and what it says is written into the records by which everybody
is told. Desks' clocks decide nothing; how far the asking desk's was off is written beside, for people to see.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Final

from sync.claims import Term
from sync.merge import RecordState
from sync.server.arbiter import SIGNUP, TASK, locked, put_changes, take_turn
from sync.server.rows import Key
from sync.server.stage import Draft, Item
from zzdesk.clock import from_iso
from zzdesk.patrol import workflow as flow
from zzdesk.patrol.seats import Held, Plan, Ruling, Seat, arrange

TASK_FIELD: Final = "task_id"
PERSON_FIELD: Final = "volunteer_id"


def settle(draft: Draft, group: Sequence[Item], term: Term) -> None:
    """Give the places that a group's sign-ups ask for or make free."""
    touched: dict[str, Item] = {}
    for item in group:
        state = draft.changed(item.key) if item.key and item.key[0] in (TASK, SIGNUP) else None
        if state is not None and item.op is not None:
            task_id = state.id if state.kind == TASK else state.body.get(TASK_FIELD)
            touched[str(task_id)] = item
    if touched:
        take_turn(draft.stage.connection, [item.op for item in touched.values() if item.op])
    for task_id, item in sorted(touched.items()):
        settle_task(draft, group, task_id, item, term)


def settle_task(draft: Draft, group: Sequence[Item], task_id: str, item: Item, term: Term) -> None:
    """Give the places of one task that are asked for or free, as what follows from ``item``."""
    task = locked(draft, [(TASK, task_id)]).get((TASK, task_id))
    plan = _plan(task, term) if task else None
    if draft.stage.recovering:  # the task itself may come back after those who signed up for it
        _note_turns(draft, _signups(draft, TASK_FIELD, task_id).values(), group, term)
        return
    if task is None or plan is None:
        return  # it is on its way; when it comes, all of them are decided
    signups = _signups(draft, TASK_FIELD, task_id)
    arrived = {each.key: n for n, each in enumerate(group)}
    order = sorted(signups.values(), key=lambda s: _order(draft, s, arrived))
    rulings = arrange(plan, [_seat(state) for state in order], lambda who: _held(draft, who, task_id))
    for state in order:
        put_changes(draft, state, _values(state, rulings[state.id], group, term), item)
    put_changes(draft, task, _counts(task, rulings), item)


def _note_turns(draft: Draft, signups: Iterable[RecordState], group: Sequence[Item], term: Term) -> None:
    """Give no place while the desks come back after a restore: whoever had one may be on the way.

    What had come before comes in the order of then, by the centre's own word of it; ``catching_up`` gives the places.
    """
    came = {each.key: each for each in group if each.came is not None and each.op is not None and each.op.verb == "create"}
    for state in list(signups):
        item = came.get((state.kind, state.id))
        if item is not None and state.body.get("turn") is None:
            said = {"turn": item.came, "received_at": term.iso, "skew_ms": item.sender.skew_ms}
            put_changes(draft, state, {name: value for name, value in said.items() if value is not None}, item)


def _order(draft: Draft, state: RecordState, arrived: dict[Key | None, int]) -> tuple[int, int, int]:
    """Return the place in the order of arrival of one that has no turn yet; one of this group comes last."""
    key = (state.kind, state.id)
    stored = draft.stage.stored.get(key)
    known = stored is not None and key not in arrived
    return int(state.body.get("turn") or 0), stored.seq if stored and known else 2**62, arrived.get(key, 0)


def _plan(task: RecordState, term: Term) -> Plan | None:
    """Return what decides about a task's places; None for one that says no time, which no desk of ours writes."""
    body = task.body
    window = _window(task)
    if window is None:
        return None
    starts_at, ends_at = window
    is_open = body.get("state") in flow.OPEN_TO_SIGN_UP and not task.voided and term.now < ends_at
    places, quota = int(body.get("places") or 0), int(body.get("quota") or flow.WEEK_QUOTA)
    return Plan(task.id, places, starts_at, ends_at, quota, is_open)


def _window(task: RecordState) -> tuple[datetime, datetime] | None:
    try:
        return from_iso(str(task.body.get("starts_at"))), from_iso(str(task.body.get("ends_at")))
    except ValueError:
        return None


def _seat(state: RecordState) -> Seat:
    body = state.body
    return Seat(
        state.id, str(body.get(PERSON_FIELD)), _is_live(state), body.get("state") == flow.ALLOWED, body.get("standing"),
        body.get("turn"), body.get("refusal"), body.get("clash_task_id"), body.get("state") in flow.CAME,
    )  # fmt: skip


def _is_live(state: RecordState) -> bool:
    return state.body.get("state") in flow.HOLDS_A_PLACE and not state.voided


def _held(draft: Draft, volunteer: str, but: str) -> list[Held]:
    """Return the places that a volunteer has in other tasks that are not called off."""
    mine = [s for s in _signups(draft, PERSON_FIELD, volunteer).values() if _is_live(s)]
    ids = {str(s.body[TASK_FIELD]) for s in mine if s.body.get("standing") == flow.GRANTED} - {but}
    tasks = locked(draft, [(TASK, each) for each in ids])
    return [
        Held(t.id, *window)
        for t in sorted(tasks.values(), key=lambda t: t.id)
        if not t.voided and t.body.get("state") != flow.CANCELLED and (window := _window(t)) is not None
    ]


def _signups(draft: Draft, field: str, value: str) -> dict[Key, RecordState]:
    return locked(draft, [(SIGNUP, each) for each in draft.same((SIGNUP, field, value))])


def _values(state: RecordState, ruling: Ruling, group: Sequence[Item], term: Term) -> dict[str, Any]:
    """Return what the centre writes into a sign-up, as far as it is new."""
    said: dict[str, Any] = {
        "standing": ruling.standing, "place": ruling.place, "turn": ruling.turn, "refusal": ruling.refusal,
        "clash_task_id": ruling.clash,
    }  # fmt: skip
    if state.body.get("turn") is None:
        first = next((item for item in group if item.key == (state.kind, state.id)), None)
        said |= {"received_at": term.iso, "skew_ms": first.sender.skew_ms if first else None}
    if state.body.get("standing") != ruling.standing:
        said["decided_at"] = term.iso
    return {name: value for name, value in said.items() if state.body.get(name) != value}


def _counts(task: RecordState, rulings: dict[str, Ruling]) -> dict[str, Any]:
    """Return what the centre writes into the task: how many have a place and wait, and whether all places are given."""
    granted = sum(ruling.standing == flow.GRANTED for ruling in rulings.values())
    waiting = sum(ruling.standing == flow.WAITING for ruling in rulings.values())
    said: dict[str, Any] = {"granted": granted, "waiting": waiting}
    if task.body.get("state") in (flow.PUBLISHED, flow.TAKEN):
        said["state"] = flow.TAKEN if granted >= int(task.body.get("places") or 0) else flow.PUBLISHED
    return {name: value for name, value in said.items() if (task.body.get(name) or 0) != value}
