"""What the author of an edit had seen of the field that he writes: pure.

An edit names the value that it found (``was``) and who had written that (``saw``).  For most fields the second says the
first, for nobody but its writer decides what an edit of them leads to.
"""

from __future__ import annotations

from typing import Any, Final

from sync.protocol import Edit
from zzdesk.store.base import Merge

COMPOSED: Final = (Merge.TEXT, Merge.SET, Merge.DELTA)
"""Policies of fields in which several people's work stands together.

Their stamp names only who wrote last.  Whoever goes on from an edit of his own that the centre has not confirmed names that
one, and has not seen what it met there; nor has who comes back to a restored centre, where the same edit may have met
something else.  What he saw is told by the value that he found.
"""


def is_fresh(policy: Merge | None, current: Any, stamp: str, edit: Edit) -> bool:
    """Return whether the author saw the value that stands now: an equal one, or the same stamp where that says as much."""
    if policy in COMPOSED:
        return bool(_as_shown(edit.was) == _as_shown(current))
    return edit.was == current or edit.saw == stamp


def _as_shown(value: Any) -> Any:
    """Return a value as people see it: without surrounding space, elements in no order, nothing for what is empty."""
    if isinstance(value, str):
        return value.replace("\r\n", "\n").strip() or None
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return frozenset(each.strip() for each in value) - {""} or None
    return value or None
