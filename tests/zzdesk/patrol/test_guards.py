"""The guards of tasks, each rule by itself: desk and centre ask the same ones (B4)."""

from __future__ import annotations

from typing import Any

import pytest

from zzdesk.patrol.guards import TASK_GUARD
from zzdesk.workflow import Deed

RUNNING = {"state": "running", "points": 10, "starts_at": "2026-11-22T11:00:00.000Z"}
SUBMITTED = RUNNING | {"state": "submitted", "submitted_by": "lin"}


def asked(before: dict[str, Any] | None, after: dict[str, Any], actor: str = "lin", **more: Any) -> str | None:
    """Return what stands against leading a task from one state to another."""
    edits = {name: ((before or {}).get(name), value) for name, value in after.items() if value != (before or {}).get(name)}
    return TASK_GUARD.ask(Deed(actor, "2026-11-22T13:00:00.000Z", 2, before, (before or {}) | after, edits, **more))


@pytest.mark.parametrize(("before", "after", "actor", "said"), [
    (None, {"state": "published"}, "lin", None),
    (None, {"state": "running"}, "lin", "task-born-onward"),
    (None, {"state": "running", "self_started": True}, "lin", None),
    (None, {"state": "published", "submitted_by": "chen"}, "lin", "task-born-onward"),
    (RUNNING, {"state": "submitted", "submitted_by": "lin"}, "lin", None),
    (RUNNING, {"state": "submitted", "submitted_by": "chen"}, "lin", "not-the-submitter"),
    (RUNNING, {"state": "submitted"}, "lin", "not-the-submitter"),
    (RUNNING, {"points": 500}, "lin", "task-begun"),
    (SUBMITTED, {"submitted_by": "chen"}, "lin", "not-the-submitter"),
    (SUBMITTED, {"state": "verified"}, "lin", "own-work"),
    (SUBMITTED, {"state": "rejected"}, "lin", "own-work"),
    (SUBMITTED, {"state": "verified"}, "chen", None),
])  # fmt: skip
def test_a_task_goes_its_way_in_the_names_of_those_who_take_it(
    before: dict[str, Any] | None, after: dict[str, Any], actor: str, said: str | None
) -> None:
    assert asked(before, after, actor) == said


def test_who_submitted_is_decided_where_two_did_and_still_verifies_nothing_of_their_own() -> None:
    assert asked(SUBMITTED, {"submitted_by": "chen"}, "wang", decided=True) is None
    assert asked(SUBMITTED, {"state": "verified"}, "lin", decided=True) == "own-work"
