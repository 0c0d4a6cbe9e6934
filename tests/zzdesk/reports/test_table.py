"""The transition table as a table: nothing is a dead end, nothing is out of reach, each stage has its way back."""

from __future__ import annotations

import itertools

import pytest

from zzdesk.accounts.rights import RIGHTS
from zzdesk.errors import RefusedError
from zzdesk.reports.models import Report
from zzdesk.reports.workflow import (
    ABOLISHED,
    ARCHIVED,
    BY_REQUEST,
    CLOSED,
    OPEN,
    REFERRED,
    REGISTERED,
    STAGES,
    SUSPENDED,
    TRANSITIONS,
)  # fmt: skip
from zzdesk.store.base import kind_of
from zzdesk.workflow import Needs, TransitionTable

VALUES = [
    {"round": turn, "closing": closing, "suspended_from": stage, "source": source}
    for turn, closing, stage, source in itertools.product((1, 2), (None, "unfounded"), STAGES, ("phone", "patrol"))
]


def test_every_state_is_reached_and_only_the_ends_are_ends() -> None:
    reached, fresh = {REGISTERED}, {REGISTERED}
    while fresh:
        fresh = {arrow.target for state in fresh for arrow in TRANSITIONS.leaving(state)} - reached
        reached |= fresh
    assert reached == TRANSITIONS.states
    assert {state for state in reached if not TRANSITIONS.leaving(state)} == {ARCHIVED, ABOLISHED}


@pytest.mark.parametrize("values", VALUES)
def test_an_action_leaves_a_state_by_one_arrow_whatever_the_record_says(values: dict[str, object]) -> None:
    for state in TRANSITIONS.states:
        actions = [arrow.action for arrow in TRANSITIONS.leaving(state, values)]
        assert len(actions) == len(set(actions)), (state, values)
        assert actions or state in (ARCHIVED, ABOLISHED)


def test_each_stage_but_the_first_goes_back_with_a_reason() -> None:
    for state in STAGES:
        back = [arrow for arrow in TRANSITIONS.leaving(state) if arrow.action == "return"]
        assert bool(back) == (state != REGISTERED)
        assert all(arrow.needs.reason and STAGES.index(arrow.target) < STAGES.index(state) for arrow in back)


def test_each_stage_can_rest_and_go_on_where_it_had_stopped_and_can_be_abolished() -> None:
    for state in STAGES:
        assert TRANSITIONS.allows(state, SUSPENDED)
        assert TRANSITIONS.by_action("resume", SUSPENDED, {"suspended_from": state}).target == state
    assert all(TRANSITIONS.allows(state, ABOLISHED) for state in OPEN)
    with pytest.raises(RefusedError):
        TRANSITIONS.by_action("resume", SUSPENDED, {"suspended_from": None})


def test_only_feedback_and_what_one_found_oneself_lead_to_the_end() -> None:
    ends = {(arrow.action, arrow.source) for arrow in itertools.chain(*map(TRANSITIONS.leaving, TRANSITIONS.states))
            if arrow.target == CLOSED}  # fmt: skip
    assert ends == {
        ("evaluate", "evaluating"), ("close-unrated", "evaluating"), ("close-self", "registered"), ("close-self", "handling"),
    }  # fmt: skip
    assert TRANSITIONS.leaving(REFERRED)[0].action == "take-back"


def test_every_right_and_field_of_the_table_is_there() -> None:
    arrows = list(itertools.chain(*map(TRANSITIONS.leaving, TRANSITIONS.states)))
    assert {arrow.needs.right for arrow in arrows} <= set(RIGHTS)
    assert {name for arrow in arrows for name in arrow.needs.fields} <= set(kind_of(Report).fields)
    assert set(BY_REQUEST) <= set(TRANSITIONS.actions)


def test_one_action_cannot_leave_a_state_twice_without_a_condition() -> None:
    with pytest.raises(ValueError, match="twice"):
        TransitionTable(("go", "a", "b", Needs("x")), ("go", "a", "c", Needs("x", when=bool)))
