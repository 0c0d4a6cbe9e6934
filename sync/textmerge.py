"""Three-way merge of narratives, sentence by sentence: two people's changes in different places both survive.

A Chinese paragraph is one line, so lines would be far too coarse. Where both changed the same place, or places with no
unchanged sentence between them, there is no merge and people decide. Our own diff3 (Khanna, Kunal, Pierce: "A Formal
Investigation of Diff3", 2007) over an alignment that is found in bounded time.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from typing import Final

_SENTENCE_END: Final = re.compile(
    r"(?<=[。！？；…!?;])(?![。！？；…!?;”’」』）》)\]\"'])"  # after the mark and what closes behind it
    r"|(?<=[。！？；…!?;][”’」』）》)\]\"'])(?![”’」』）》)\]\"'])"
    r"|(?<=\.)(?=\s)"
    r"|(?<=\n)|(?=\n)"
)
_CELLS: Final = 40_000
"""Largest table that is filled to align sentences which repeat; beyond it a stretch counts as wholly changed."""
_DEPTH: Final = 24
"""How often a stretch is cut at sentences that occur once in it."""

Span = tuple[int, int, int, int]
"""A stretch of one list and one of the other: first, end, first, end."""


def merge3(base: str, mine: str, theirs: str) -> str | None:
    """Return the text with both sides' changes since ``base``, or None when they clash.

    Symmetric: ``merge3(b, m, t) == merge3(b, t, m)``. Every sentence that one side added is in the answer.
    """
    if mine == theirs or theirs == base:
        return mine
    if mine == base:
        return theirs
    old, left, right = sentences(base), sentences(mine), sentences(theirs)
    merged: list[str] = []
    for was, one, other in _chunks(old, left, right):
        if one != other and one != was and other != was:
            return None
        merged += other if one == was else one
    return "".join(merged)


def sentences(text: str) -> list[str]:
    """Return the text in sentences with their marks; line breaks stand alone. Joined, they are the text again."""
    return [piece for piece in _SENTENCE_END.split(text) if piece]


def _chunks(
    old: list[str], left: list[str], right: list[str]
) -> Iterator[tuple[list[str], list[str], list[str]]]:
    """Yield the three lists cut at every sentence that both sides kept: changed stretches and kept ones by turns."""
    to_left, to_right = alignment(old, left), alignment(old, right)
    at, at_left, at_right = 0, 0, 0
    for kept in sorted(to_left.keys() & to_right.keys()):
        yield old[at:kept], left[at_left : to_left[kept]], right[at_right : to_right[kept]]
        yield old[kept : kept + 1], old[kept : kept + 1], old[kept : kept + 1]
        at, at_left, at_right = kept + 1, to_left[kept] + 1, to_right[kept] + 1
    yield old[at:], left[at_left:], right[at_right:]


def alignment(one: list[str], other: list[str]) -> dict[int, int]:
    """Return which places of ``one`` stand for which of ``other``: equal sentences, in the same order.

    Patience diff: sentences that occur once on both sides are aligned first, the stretches between them likewise; what
    repeats is aligned by its longest common subsequence while that is cheap. At most O(n log n) steps a level.
    """
    found: dict[int, int] = {}
    waiting: list[tuple[Span, int]] = [((0, len(one), 0, len(other)), 0)]
    while waiting:
        span, depth = waiting.pop()
        span = _trim(one, other, span, found)
        if span[0] == span[1] or span[2] == span[3]:
            continue
        anchors = _anchors(one, other, span) if depth < _DEPTH else []
        if not anchors:
            anchors, depth = _longest_common(one, other, span), _DEPTH
            found.update(anchors)
            continue
        found.update(anchors)
        waiting += [(gap, depth + 1) for gap in _gaps(anchors, span)]
    return found


def _trim(one: list[str], other: list[str], span: Span, found: dict[int, int]) -> Span:
    """Align what is equal at both ends of a stretch, and return the rest."""
    start, end, start2, end2 = span
    while start < end and start2 < end2 and one[start] == other[start2]:
        found[start] = start2
        start, start2 = start + 1, start2 + 1
    while start < end and start2 < end2 and one[end - 1] == other[end2 - 1]:
        end, end2 = end - 1, end2 - 1
        found[end] = end2
    return start, end, start2, end2


def _anchors(one: list[str], other: list[str], span: Span) -> list[tuple[int, int]]:
    """Return the longest row of sentences, in order on both sides, that occur once on each side of a stretch."""
    start, end, start2, end2 = span
    here, there = Counter(one[start:end]), Counter(other[start2:end2])
    places = {other[at]: at for at in range(start2, end2)}
    pairs = [(at, places[one[at]]) for at in range(start, end) if here[one[at]] == there[one[at]] == 1]
    return _rising(pairs)


def _rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return a longest subsequence of the pairs whose second numbers rise (the first ones do already)."""
    tops: list[int] = []
    ends: list[int] = []
    before: list[int | None] = []
    for at, (_, value) in enumerate(pairs):
        place = bisect_left(tops, value)
        before.append(ends[place - 1] if place else None)
        tops[place : place + 1] = [value]
        ends[place : place + 1] = [at]
    chosen: list[tuple[int, int]] = []
    last = ends[-1] if ends else None
    while last is not None:
        chosen.append(pairs[last])
        last = before[last]
    return chosen[::-1]


def _gaps(anchors: list[tuple[int, int]], span: Span) -> Iterator[Span]:
    start, end, start2, end2 = span
    for at, at2 in [*anchors, (end, end2)]:
        yield start, at, start2, at2
        start, start2 = at + 1, at2 + 1


def _longest_common(one: list[str], other: list[str], span: Span) -> list[tuple[int, int]]:
    """Return a longest common subsequence of a small stretch; nothing for one too large to try."""
    start, end, start2, end2 = span
    if (end - start) * (end2 - start2) > _CELLS:
        return []
    lengths = [[0] * (end2 - start2 + 1) for _ in range(end - start + 1)]
    for at in range(end - start - 1, -1, -1):
        row, below = lengths[at], lengths[at + 1]
        for at2 in range(end2 - start2 - 1, -1, -1):
            same = one[start + at] == other[start2 + at2]
            row[at2] = below[at2 + 1] + 1 if same else max(below[at2], row[at2 + 1])
    return list(_walk(one, other, span, lengths))


def _walk(
    one: list[str], other: list[str], span: Span, lengths: list[list[int]]
) -> Iterator[tuple[int, int]]:
    start, end, start2, end2 = span
    at, at2 = start, start2
    while at < end and at2 < end2:
        if one[at] == other[at2]:
            yield at, at2
            at, at2 = at + 1, at2 + 1
        elif lengths[at + 1 - start][at2 - start2] >= lengths[at - start][at2 + 1 - start2]:
            at += 1
        else:
            at2 += 1
