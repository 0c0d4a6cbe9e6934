"""How far this desk knows the centre's feeds without reading them: what it pushed itself, told in the answers to that.

Where every step of the centre's clock since the hello is one of this desk's own records, nobody else has written anything:
the cursors may move with the receipts, and there is nothing to ask for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

MAX_SKIPS: Final = 200
Span = tuple[int, int]
Place = tuple[int, str]
"""The seq of a record, and its scope."""


class Feed:
    """What is known of the feeds in one round."""

    def __init__(self) -> None:
        self._spans: list[Span] = []
        self._head: int | None = None
        self._level: frozenset[str] = frozenset()

    @property
    def is_whole(self) -> bool:
        """Say whether everything up to the centre's last word is here, but for what the hello told of."""
        return self._head is not None

    def greeted(self, head: int, heads: Mapping[str, int], cursors: Mapping[str, int]) -> None:
        """Take the hello's word for where the clock and each feed stand."""
        self._head = head
        self._level = frozenset(scope for scope, last in heads.items() if last <= cursors.get(scope, 0))

    def pushed(self, head: int, places: Sequence[Place]) -> dict[str, int]:
        """Take the places of own records, told with the clock at ``head``; return the cursors that may move with them."""
        seqs = sorted({seq for seq, _ in places})
        self._spans += _spans(seqs)
        if self._head is None or seqs != list(range(self._head + 1, head + 1)):
            self._head = None
            return {}
        self._head = head
        tops: dict[str, int] = {}
        for seq, scope in places:
            if scope in self._level:
                tops[scope] = max(seq, tops.get(scope, 0))
        return tops

    def known_beyond(self, cursor: int) -> list[Span]:
        """Return the spans of seq beyond a cursor that need not be sent again."""
        spans: list[Span] = []
        for first, last in sorted(self._spans):
            if spans and spans[-1][1] == first - 1:
                spans[-1] = (spans[-1][0], last)
            elif last > cursor:
                spans.append((first, last))
        return spans[-MAX_SKIPS:]


def _spans(seqs: Iterable[int]) -> list[Span]:
    spans: list[Span] = []
    for seq in seqs:
        if spans and spans[-1][1] == seq - 1:
            spans[-1] = (spans[-1][0], seq)
        else:
            spans.append((seq, seq))
    return spans
