"""Who gets a place (抢单): one pure decision over all sign-ups of a task, in the order in which they reached the centre.

The centre runs it under its lock whenever a sign-up or the task changes; nobody else does. What was given is never taken
away by it. A desk's clock has no part in it: only the order of arrival counts (domain rules B4, sync protocol 8.9).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from zzdesk.clock import local
from zzdesk.patrol import workflow as flow


@dataclass(frozen=True)
class Plan:
    """A task as far as it decides about places. ``open``: it still takes people at the moment of the decision."""

    id: str
    places: int
    starts_at: datetime
    ends_at: datetime
    quota: int
    open: bool


@dataclass(frozen=True)
class Seat:
    """One sign-up. ``live``: it keeps or waits for a place. ``allowed``: a supervisor lets it pass overlap and quota.

    ``came``: somebody was ticked as there; a desk that had no network tells of it when everything is over.
    ``turn`` is its place in the order of arrival; None for one that has just arrived. One with a turn and without a
    standing had come before the centre was restored: it was in time.
    """

    id: str
    volunteer_id: str
    live: bool
    allowed: bool = False
    standing: str | None = None
    turn: int | None = None
    refusal: str | None = None
    clash: str | None = None
    came: bool = False


@dataclass(frozen=True)
class Held:
    """A task that a volunteer holds a place in."""

    task_id: str
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True)
class Ruling:
    """What the centre says of one sign-up. ``place``: the how-manieth of those who have one, or of those who wait."""

    turn: int
    standing: str | None = None
    place: int | None = None
    refusal: str | None = None
    clash: str | None = None


HeldBy = Callable[[str], Sequence[Held]]
"""Gives the places that a volunteer holds in other tasks."""
_NONE: Final = Ruling(0)


def arrange(plan: Plan, seats: Sequence[Seat], held_by: HeldBy) -> dict[str, Ruling]:
    """Return the ruling on every sign-up of a task; ``seats`` stand in the order of arrival."""
    order = _in_turn(seats)
    rulings: dict[str, Ruling] = {}
    free = plan.places - sum(seat.live and seat.standing == flow.GRANTED for seat in order)
    here: set[str] = set()
    last = 0
    for seat in order:
        last = turn = seat.turn or last + 1
        if not seat.live:
            rulings[seat.id] = Ruling(turn)
            continue
        ruling = _rule(plan, seat, turn, free > 0, seat.volunteer_id in here, held_by)
        free -= ruling.standing == flow.GRANTED and seat.standing != flow.GRANTED
        if ruling.standing != flow.REFUSED:
            here.add(seat.volunteer_id)
        rulings[seat.id] = ruling
    return _numbered(rulings)


def _in_turn(seats: Sequence[Seat]) -> list[Seat]:
    known = sorted((seat for seat in seats if seat.turn is not None), key=lambda seat: seat.turn or 0)
    return known + [seat for seat in seats if seat.turn is None]


def _rule(plan: Plan, seat: Seat, turn: int, free: bool, again: bool, held_by: HeldBy) -> Ruling:
    if seat.standing == flow.GRANTED:
        return Ruling(turn, flow.GRANTED)
    came_after_all = seat.came and seat.refusal == flow.CLOSED  # the sign-up arrived alone, and before who was there
    if seat.standing == flow.REFUSED and not seat.allowed and not came_after_all:
        return Ruling(turn, flow.REFUSED, refusal=seat.refusal, clash=seat.clash)
    if again:
        return Ruling(turn, flow.REFUSED, refusal=flow.ALREADY)
    in_time = plan.open or seat.came or (seat.turn is not None and seat.standing is None)
    if not in_time and seat.standing != flow.WAITING:
        return Ruling(turn, flow.REFUSED, refusal=flow.CLOSED)
    fresh = seat.standing != flow.WAITING
    if not seat.allowed and (fresh or free):
        against = _against(plan, held_by(seat.volunteer_id))
        if against is not None:
            return Ruling(turn, flow.REFUSED, refusal=against[0], clash=against[1])
    return Ruling(turn, flow.GRANTED if free and in_time else flow.WAITING)


def _against(plan: Plan, held: Sequence[Held]) -> tuple[str, str | None] | None:
    """Return why somebody with these places may not have this one too, and the task that is in the way."""
    for each in held:
        if each.starts_at < plan.ends_at and plan.starts_at < each.ends_at:
            return flow.OVERLAP, each.task_id
    week = local(plan.starts_at).isocalendar()[:2]
    if sum(local(each.starts_at).isocalendar()[:2] == week for each in held) >= plan.quota:
        return flow.QUOTA, None
    return None


def _numbered(rulings: dict[str, Ruling]) -> dict[str, Ruling]:
    """Count those who have a place and those who wait, each in the order of their turns."""
    counts = {flow.GRANTED: 0, flow.WAITING: 0}
    for key, ruling in sorted(rulings.items(), key=lambda pair: pair[1].turn):
        if ruling.standing in counts:
            counts[ruling.standing] += 1
            rulings[key] = Ruling(ruling.turn, ruling.standing, counts[ruling.standing])
    return rulings
