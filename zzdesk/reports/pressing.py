"""Supervision cards that show by themselves (F20, B2.3): a repeated complaint, a limit that is over, a second 不满意.

No desk issues them, so no two desks can issue one twice: which show follows from fields that the centre owns (its due moment,
which report is complained about again, the round), the same way everywhere. What a desk has not sent yet it shows as its own
reckoning. A card stays until who supervises lifts it, by a record of their own with a reason; what then comes anew (the round
after, another due moment) shows anew. Pure but for the table, which is data.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from zzdesk.errors import BugError
from zzdesk.reports.workflow import CARDS, LIFTS, OPEN, SUSPENDED

TABLE: Final = Path(__file__).resolve().parents[2] / "resources" / "data" / "supervision.toml"
REASONS: Final = ("repeat", "overdue", "unsatisfied")
AGAIN: Final = 3
"""The round that a second 不满意 leads to."""


@dataclass(frozen=True)
class Pressed:
    """A card that shows by itself: why, which one, and since when."""

    reason: str
    card: str
    since: datetime


def pressed(
    report: Any, sent_back: datetime | None, lifted: Mapping[str, datetime], now: datetime
) -> tuple[Pressed, ...]:
    """Return the cards that show on a report, in the order of their reasons.

    Args:
        report: its fields (``state``, ``voided``, ``created_at``, ``due_at``, ``repeat_of``, ``round``).
        sent_back: when a citizen last sent it back.
        lifted: by reason, when who supervises last lifted such a card.
        now: the time; a limit is over from its moment on.
    """
    if report.voided or report.state not in OPEN:
        return ()
    over = report.due_at is not None and report.due_at < now and report.state != SUSPENDED
    begun = {
        "repeat": report.created_at if report.repeat_of else None, "overdue": report.due_at if over else None,
        "unsatisfied": sent_back if (report.round or 1) >= AGAIN else None,
    }  # fmt: skip
    return tuple(
        Pressed(reason, levels()[reason], since) for reason in REASONS
        if (since := begun[reason]) is not None and not lifted.get(reason, since) > since
    )  # fmt: skip


def reason_of(card: str) -> str:
    """Return the reason of the cards that a lifting record lifts; empty for any other card."""
    return next((reason for reason, lift in zip(REASONS, LIFTS, strict=True) if lift == card), "")


def lift_of(reason: str) -> str:
    """Return the code by which cards of a reason are lifted."""
    return LIFTS[REASONS.index(reason)]


@lru_cache(maxsize=1)
def levels() -> dict[str, str]:
    """Return the card of each reason, out of the table that comes with the program.

    Raises:
        BugError: the table cannot be understood.
    """
    found = {row["reason"]: row["card"] for row in tomllib.loads(TABLE.read_text("utf-8"))["rule"]}
    if set(found) != set(REASONS) or not set(found.values()) <= set(CARDS):
        raise BugError("supervision.toml")
    return found
