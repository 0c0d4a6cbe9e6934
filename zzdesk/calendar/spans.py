"""Pauses of a clock: half-open spans of moments. Only approved ones are handed in; they may overlap and touch."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from zzdesk.clock import OFFICE_TIME
from zzdesk.errors import InvalidError
from zzdesk.i18n import N_

DAY: Final = timedelta(days=1)


def midnight(day: date) -> datetime:
    """Return the moment at which a day begins in the offices."""
    return datetime.combine(day, time(), OFFICE_TIME)


@dataclass(frozen=True, order=True)
class Span:
    """From a moment up to, but without, another; both aware."""

    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise InvalidError.one("suspend", N_("挂起的开始晚于结束，请对调"))

    @classmethod
    def of_days(cls, first: date, until: date) -> Span:
        """Return the span from the start of ``first`` to the start of ``until``, which counts again."""
        return cls(midnight(first), midnight(until))

    @property
    def empty(self) -> bool:
        """Say whether nothing lies in it."""
        return self.start == self.end

    def touches(self, day: date) -> bool:
        """Say whether any part of a day lies in it."""
        return self.start < midnight(day + DAY) and self.end > midnight(day) and not self.empty


def merge(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return the same pauses as spans that neither overlap nor touch, in order; their order and number do not matter."""
    merged: list[Span] = []
    for span in sorted(span for span in spans if not span.empty):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return tuple(merged)


def without(start: datetime, end: datetime, spans: Iterable[Span]) -> list[tuple[datetime, datetime]]:
    """Return what of a stretch of time is not paused; ``spans`` as ``merge`` returns them."""
    pieces, at = [], start
    for span in spans:
        if span.end <= at or span.start >= end:
            continue
        if span.start > at:
            pieces.append((at, span.start))
        at = span.end
    if at < end:
        pieces.append((at, end))
    return pieces
