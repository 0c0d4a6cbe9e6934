"""Two records of one resident, made at two desks that knew nothing of each other: a person decides (decision 10).

Both rows live. The question is a conflict about ``duplicate_of`` of the record that came second: it has an owner and a
day, is decided with a reason, and the decision can be taken back like any other.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sync import conflicts
from sync.claims import Term
from sync.conflicts import Terms
from sync.merge import RecordState
from sync.policies import Policies
from sync.protocol import CONFLICT_KIND
from sync.server import naturals, rows
from sync.server.numbering import NUMBER
from sync.server.rows import Key
from sync.server.stage import Draft, Item

MERGED: Final = "duplicate_of"
"""The field that says which record of the same thing counts."""


def propose(policies: Policies, draft: Draft, group: Sequence[Item], term: Term) -> None:
    """Ask about every record of this group that came out the same as another one."""
    for item in group:
        rules = policies[item.key[0]] if item.key else None
        state = draft.changed(item.key) if item.key else None
        if rules is None or state is None or MERGED not in rules.merges or not rules.natural:
            continue
        for same in sorted(naturals.of_state(policies, state)):
            if same[1] != NUMBER and item.op is not None and (same[1] in item.op.init or same[1] in item.op.set):
                _ask(policies, draft, state, same, term)


def _ask(policies: Policies, draft: Draft, state: RecordState, same: naturals.Same, term: Term) -> None:
    if state.voided or state.body.get(MERGED) or MERGED in draft.open_conflicts((state.kind, state.id)):
        return
    for other_id in sorted(draft.same(same) - {state.id}):
        other = _read(draft, (state.kind, other_id))
        if other is None or other.voided or other.body.get(MERGED) or same not in naturals.of_state(policies, other):
            continue
        question = conflicts.question(state, MERGED, other.id, other.stamp(same[1]), draft.stage.author_of, _terms(term))
        if _read(draft, (CONFLICT_KIND, question.id)) is None:  # asked once: what was decided stays so
            draft.put(question, None)
        return


def _terms(term: Term) -> Terms:
    return Terms(term.iso, term.due)


def _read(draft: Draft, key: Key) -> RecordState | None:
    """Return a record as the batch left it, or as it lies there: to look at, not to change."""
    here = draft.get(key)
    found = {} if here else rows.load(draft.stage.connection, [key], lock=False)
    return here or (found[key].state if key in found else None)
