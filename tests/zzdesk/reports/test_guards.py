"""The guard of the loop where desks' clocks differ: what was lawful at the desk is lawful at the centre (B2.4, D09)."""

from __future__ import annotations

from typing import Any

import pytest

from zzdesk.reports import guards
from zzdesk.workflow import Deed, Kin

DAY = "2026-11-23T"


def step(clock: str, action: str, source: str, target: str, **more: Any) -> Kin:
    """A step that somebody's desk wrote down at a time by its own clock."""
    at = clock if "T" in clock else f"{DAY}{clock}:00.000Z"
    return Kin("step", action, {
        "created_at": at, "created_by": "b", "action": action, "from_state": source, "to_state": target, **more,
    })  # fmt: skip


def closing(last: Kin, at: str, evaluation: str, *earlier: Kin) -> str | None:
    """Return what stands against a closing; ``at`` is when it was done by the centre's clock."""
    past = sorted(earlier, key=lambda kin: str(kin.body["created_at"]))
    edits = {"state": ("evaluating", "closed"), "evaluation": (None, evaluation)}
    before, after = {"state": "evaluating"}, {"state": "closed", "evaluation": evaluation}
    return guards.ask(Deed("b", at, guards.SINCE, before, after, edits, kin=(last,), past=lambda: past))


def finish(clock: str) -> Kin:
    return step(clock, "finish", "handling", "feedback")


def inform(clock: str) -> Kin:
    call = {"contact_result": "answered", "contact_phone": "13805961234", "contact_at": f"{DAY}01:04:00.000Z"}
    return step(clock, "inform", "feedback", "evaluating", **call)


def test_a_fast_clock_where_it_was_finished_does_not_hide_that_the_citizen_was_told() -> None:
    answered = step("01:06", "evaluate", "evaluating", "closed", answer="satisfied")
    assert closing(answered, f"{DAY}01:06:00.000Z", "satisfied", finish("01:10"), inform("01:05")) is None
    again = finish("00:30"), inform("00:40"), step("00:50", "redo", "evaluating", "handling", answer="unsatisfied")
    assert closing(answered, f"{DAY}01:06:00.000Z", "satisfied", *again, finish("01:10"), inform("01:05")) is None
    assert closing(answered, f"{DAY}01:06:00.000Z", "satisfied", finish("01:00")) == "no-contact"


@pytest.mark.parametrize(
    ("mine", "centre", "said"),
    [
        ("2026-11-30T01:10:00.000Z", "2026-11-30T01:03:00.000Z", None),
        ("2026-11-30T01:09:00.000Z", "2026-11-30T01:16:00.000Z", "too-early"),
        ("2026-12-09T01:10:00.000Z", "2026-11-24T01:03:00.000Z", "too-early"),
    ],
)
def test_the_days_to_answer_are_counted_by_one_clock(mine: str, centre: str, said: str | None) -> None:
    """A desk seven minutes fast, one seven minutes slow, and one whose clock was put two weeks ahead."""
    last = step(mine, "close-unrated", "evaluating", "closed", reason="没有回音")
    assert closing(last, centre, "unrated", finish("01:00"), inform("01:10")) == said
