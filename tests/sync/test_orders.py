"""Whatever order the operations of several desks reach the centre in: no value is lost, and what is asked is the same."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sync.claims import Term, settle
from sync.conflicts import Author, Terms, aftermath
from sync.merge import Outcome, RecordState, merge
from sync.protocol import Op
from tests.sync.things import ANNA, BO, CHEN, FIRST, POLICIES, patch, state

BORN = Author(CHEN, "2026-11-22T00:00:00.000Z")
TERM = Term(datetime(2026, 11, 23, 1, tzinfo=UTC))
BASE = {"title": "base", "amount": "1", "story": "甲说。乙说。丙说。", "tags": ["夜间", "灯"], "hours": 3}
PEOPLE = (ANNA, BO, CHEN)


@dataclass
class Arbiter:
    """The centre without its database: one record, its open conflicts, everything that ever stood, and who claimed."""

    now: RecordState = field(default_factory=lambda: state(**BASE))
    opened: dict[str, RecordState] = field(default_factory=dict)
    stood: dict[str, list[Any]] = field(default_factory=dict)
    replaced: dict[str, dict[str, frozenset[str]]] = field(default_factory=dict)
    refused: list[Op] = field(default_factory=list)
    claims: list[RecordState] = field(default_factory=list)

    def take(self, op: Op) -> Outcome:
        result = merge(POLICIES, self.now, op, (), self.replaced)
        result, claimed = settle(POLICIES["thing"], self.now, result, op, TERM, lambda _: None)
        self.claims += claimed
        if result.outcome is Outcome.REJECTED:
            self.refused.append(op)
        author = Author(op.actor.user, op.at.wall)
        for conflict in aftermath(self.now, result, op, author, self.opened, lambda _: BORN, Terms(TERM.iso)):
            self.opened[conflict.body["field"]] = conflict
        for name, (old, new) in result.changes.items():
            self.stood.setdefault(name, []).append(new)
            self._note_swap(name, old, new)
        assert result.state is not None
        self.now = result.state
        return result.outcome

    def _note_swap(self, name: str, old: Any, new: Any) -> None:
        if name == "tags":
            taken, added = set(old or ()) - set(new or ()), set(new or ()) - set(old or ())
            if taken and len(taken) == len(added):
                self.replaced.setdefault(name, {}).update(dict.fromkeys(taken, frozenset(added)))

    def asked(self, name: str) -> set[Any]:
        """Return the values between which a person decides, the one that stands included."""
        conflict = self.opened.get(name)
        found = [c.get("value") for c in conflict.body["candidates"]] if conflict else [self.now.body.get(name)]
        return {tuple(each) if isinstance(each, list) else each for each in found}


def written(name: str, to: Any) -> dict[str, Any]:
    return {name: {"to": to, "was": BASE[name], "saw": FIRST}}


VALUE_EDITS = st.sampled_from(["a", "b", "c"])
OPS = st.builds(lambda title, amount: (title, amount), VALUE_EDITS, st.sampled_from(["2", "3"]))


@settings(max_examples=60, deadline=None)
@given(edits=st.lists(OPS, min_size=2, max_size=4))
def test_every_order_keeps_every_value_and_asks_the_same(edits: list[tuple[str, str]]) -> None:
    asked = set()
    for order in itertools.permutations(range(len(edits))):
        arbiter = Arbiter()
        for n in order:
            title, amount = edits[n]
            arbiter.take(patch(PEOPLE[n % 3], **written("title", title), **written("amount", amount)))
        asked.add((frozenset(arbiter.asked("title")), frozenset(arbiter.asked("amount"))))
        for name, values in (("title", {t for t, _ in edits}), ("amount", {a for _, a in edits})):
            assert values <= arbiter.asked(name), "a value that somebody wrote is nowhere to be chosen"
    assert len(asked) == 1, "what a person is asked depends on who synchronised first"


@settings(max_examples=60, deadline=None)
@given(order=st.permutations(range(4)), steps=st.lists(st.integers(-2, 5), min_size=4, max_size=4))
def test_counters_come_to_the_same_whatever_the_order(order: list[int], steps: list[int]) -> None:
    arbiter = Arbiter()
    for n in order:
        arbiter.take(patch(PEOPLE[n % 3], hours={"by": steps[n]}))
    assert arbiter.now.body["hours"] == BASE["hours"] + sum(steps)


SENTENCES = ("甲说。乙说。丙说。", "甲改。乙说。丙说。", "甲说。乙改。丙说。", "甲说。乙说。丙改。", "甲换。乙说。丙说。")


@given(order=st.permutations(range(1, 5)))
def test_every_sentence_that_somebody_changed_is_in_the_text_or_asked_about(order: list[int]) -> None:
    arbiter = Arbiter()
    for n in order:
        arbiter.take(patch(PEOPLE[n % 3], **written("story", SENTENCES[n])))
    texts = "".join(str(each) for each in arbiter.asked("story"))
    assert all(changed in texts for changed in ("甲改", "乙改", "丙改", "甲换"))


SWAPS: tuple[dict[str, Any], ...] = (
    {"add": [], "del": ["灯"]}, {"add": ["灯杆"], "del": ["灯"]}, {"add": ["全黑"], "del": []}, {"add": [], "del": []},
)  # fmt: skip


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_elements_added_removed_and_edited_ask_the_same_in_every_order(order: Sequence[int]) -> None:
    arbiter = Arbiter()
    for n in order:
        arbiter.take(patch(PEOPLE[n], tags=SWAPS[n]))
    elements = {item for each in arbiter.asked("tags") for item in each}
    assert elements == {"夜间", "灯杆", "全黑"}
    assert "tags" in arbiter.opened, "one removed what the other edited"


@given(order=st.permutations(range(8)))
def test_one_of_eight_claims_wins_and_seven_are_told_who(order: list[int]) -> None:
    arbiter = Arbiter()
    people = [f"00000000-0000-0000-0000-0000000000{n:02}" for n in range(8)]
    outcomes = {
        n: arbiter.take(patch(people[n], claimed_by={"to": people[n], "was": None, "saw": FIRST})) for n in order
    }
    won = [n for n, outcome in outcomes.items() if outcome is Outcome.APPLIED]
    assert won == [order[0]]
    assert arbiter.now.body["claimed_by"] == people[order[0]]
    told = [claim.body for claim in arbiter.claims if claim.body["state"] == "lost"]
    assert len(told) == 7
    assert {claim["winner"] for claim in told} == {people[order[0]]}


@pytest.mark.parametrize("closes", [0, 1, 2])
def test_what_comes_after_the_closing_is_refused_whole_and_what_came_before_stands(closes: int) -> None:
    arbiter = Arbiter(state(**BASE, state="checked"))
    edits = [patch(ANNA, **written("title", "a")), patch(BO, **written("amount", "2"))]
    closing = patch(CHEN, state={"to": "closed", "was": "checked", "saw": FIRST})
    for op in [*edits[:closes], closing, *edits[closes:]]:
        arbiter.take(op)
    assert arbiter.refused == edits[closes:]
    kept = {"title": "a" if closes > 0 else "base", "amount": "2" if closes > 1 else "1"}
    assert {name: arbiter.now.body[name] for name in kept} == kept
