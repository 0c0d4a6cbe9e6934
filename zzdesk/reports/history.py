"""What the steps of a report tell: who looked in which round, who was called, which units have answered (B2.4). Pure.

Steps are given as the wire carries them, oldest first. The centre has not looked into their fields: what is no moment and
no number counts as nothing, so that one misshapen step never stands in the way of a report.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Final

from zzdesk.clock import from_iso
from zzdesk.reports.workflow import (
    ASSISTED,
    CHECKING,
    CONTACTS,
    EVALUATING,
    FEEDBACK,
    NOT_REACHED,
    NOTICE,
    TRIES,
    UNDO_WITHIN,
    UNRATED_DAYS,
    VERIFIES,
)  # fmt: skip
from zzdesk.workflow import Values

_ANEW: Final = ("dispatch", "redo")
"""After these every unit that helps has its part before it."""


def by_round(steps: Iterable[Values]) -> Iterator[tuple[int, Values]]:
    """Yield each step with the round in which it was taken; the step that sends a report back belongs to the one it ends."""
    now = 1
    for step in steps:
        now = max(now, number(step.get("round")))
        yield now, step
        if step.get("action") == "redo":
            now += 1


def reviewers(steps: Iterable[Values], now: int) -> frozenset[str]:
    """Return who looked for themselves in the last round before ``now`` in which anybody did."""
    found: dict[int, set[str]] = {}
    for turn, step in by_round(steps):
        if turn < now and is_review(step):
            found.setdefault(turn, set()).add(str(step.get("created_by")))
    return frozenset(found[max(found)]) if found else frozenset()


def is_review(step: Values) -> bool:
    """Say whether a step says that somebody has seen for themselves, with whatever result."""
    return step.get("action") in VERIFIES or (step.get("action") == "return" and step.get("from_state") == CHECKING)


def since_feedback(steps: Iterable[Values], *, told: bool = False) -> list[Values]:
    """Return what was done since the report last came to where the citizen is told, that step included.

    ``told``: the report stands behind that stage, at the evaluation. Then no step that led to the feedback was taken
    after the last one that led on, whatever the clocks of the two desks say.
    """
    listed = list(steps)
    onward = [n for n, step in enumerate(listed) if told and step.get("to_state") == EVALUATING]
    found: list[Values] = []
    for n, step in enumerate(listed):
        if step.get("to_state") == FEEDBACK and not (onward and n > onward[-1]):
            found.clear()
        found.append(step)
    return found


def tries(steps: Iterable[Values]) -> set[datetime]:
    """Return the minutes in which the citizen was called without an answer; two in one minute are one."""
    calls = (moment(step.get("contact_at")) for step in steps if step.get("contact_result") == NOT_REACHED)
    return {minute(call) for call in calls if call is not None}


def moment(value: object) -> datetime | None:
    """Return the moment that a field holds, None where it holds none."""
    try:
        return from_iso(value) if isinstance(value, str) else None
    except ValueError:
        return None


def number(value: object) -> int:
    """Return the number that a field holds, 0 where it holds none."""
    return value if isinstance(value, int) else 0


def minute(when: datetime) -> datetime:
    """Return the minute that a moment lies in."""
    return when.replace(second=0, microsecond=0)


def is_contact(step: Values) -> bool:
    """Say whether a step proves that the citizen was told: spoken to, or a notice was put up."""
    result = step.get("contact_result")
    return result in CONTACTS and result != NOT_REACHED and bool(step.get("contact_at") or result == NOTICE)


def is_told(steps: Sequence[Values]) -> bool:
    """Say whether there is proof of contact, or three tries at different times."""
    return any(map(is_contact, steps)) or is_unreachable(steps)


def is_unreachable(steps: Sequence[Values]) -> bool:
    """Say whether nobody was reached in three tries at different times."""
    return len(tries(steps)) >= TRIES


def may_stay_unrated(steps: Sequence[Values], at: datetime) -> bool:
    """Say whether a report may be closed without an answer: nobody could be reached, or the days to answer are over.

    ``steps`` are those since the feedback began.
    """
    if is_unreachable(steps) and not any(map(is_contact, steps)):
        return True
    told = [when for step in steps if step.get("to_state") == EVALUATING and (when := moment(step.get("created_at")))]
    return bool(told) and at - told[-1] >= timedelta(days=UNRATED_DAYS)


def missing_units(values: Values, steps: Iterable[Values]) -> tuple[str, ...]:
    """Return which of the units that help have not yet said that their part is done, since they were last asked."""
    done: set[str] = set()
    for step in steps:
        if step.get("action") in _ANEW:
            done.clear()
        if step.get("action") == ASSISTED and step.get("handler_unit"):
            done.add(str(step["handler_unit"]))
    return tuple(sorted({str(unit) for unit in values.get("assist_units") or ()} - done))


def against_undoing(steps: Sequence[Values], moved: tuple[str, str], who: str, at: datetime) -> str | None:
    """Return the code of what stands against taking the last step back, None where nothing does.

    ``moved`` are the states before and after the step, ``who`` the account that would take it back, ``at`` when, by the
    clock that the step was written by.
    """
    last: Values = steps[-1] if steps else {}
    if (last.get("from_state"), last.get("to_state")) != moved:
        return "undo-followed"
    if last.get("created_by") != who:
        return "undo-not-yours"
    taken = moment(last.get("created_at"))
    return None if taken is not None and at - taken <= UNDO_WITHIN else "undo-late"
