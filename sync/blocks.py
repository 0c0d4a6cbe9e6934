"""Parts of a greeting about numbers that the centre leases: what a desk counts, and the blocks that it may give."""

from __future__ import annotations

from typing import Annotated, Final

from msgspec import Meta, Struct

from sync.fields import Counter, Scope, Short

MAX_SERIES: Final = 50
"""How many series a desk may ask for at once."""
Series = Annotated[str, Meta(pattern=r"^[^0-9-]{1,20}[0-9]{4}$", max_length=24)]


class Counting(Struct):
    """A series that a desk gives numbers of: ``next`` is the first that it still has, 0 where it has none."""

    series: Series
    scope: Scope
    next: Counter = 0


class NumberBlock(Struct):
    """Numbers from ``lo`` to ``hi`` that nobody else gives; no new record takes one after ``expires``."""

    series: str
    scope: str
    lo: int
    hi: int
    expires: Short
