"""Numbers that only grow and say where their author had got to (``Merge.HIGHEST``): the round that a report is in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import UnsetType

from sync.policies import KindPolicy
from sync.protocol import Edit
from zzdesk.ops.apply import Body
from zzdesk.store.base import Merge


def is_same(one: Any, other: Any) -> bool:
    """Return whether two wire values are the same: Python's true and 1 are equal, on the wire they are not."""
    return bool(one == other) and type(one) is type(other)


def reached(rules: KindPolicy, body: Body, edits: Mapping[str, Edit]) -> Mapping[str, Edit]:
    """Return the edits with where the steps of such numbers lead to.

    Older programs wrote such a step as a counter's: it counts where the step of the record counts that they wrote it
    with. Where that one was taken already by somebody else, so was this.
    """
    steps = {n: e.by for n, e in edits.items() if rules.merges.get(n) is Merge.HIGHEST and not isinstance(e.by, UnsetType)}
    if not steps:
        return edits
    state = rules.state_field or ""
    taken = state in edits and is_same(edits[state].to, body.get(state))
    return {**edits, **{name: _to(body.get(name), 0 if taken else by) for name, by in steps.items()}}


def _to(current: Any, by: int) -> Edit:
    return Edit(to=(current if isinstance(current, int) else 0) + by, was=current)
