"""Whether work is insured while it is done, and for which trades it says so in red and in words that it is not (B3.1). Pure.

Cover for job injuries in gig work is being extended; whoever goes to risky work is told beforehand whether there is any.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Final

from zzdesk.clock import from_iso, local_day
from zzdesk.jobs import tables
from zzdesk.workflow import Values

FIELDS: Final = ("insurer", "policy_number", "insured_by", "insured_from", "insured_until")
INSURED: Final = "insured"
NONE: Final = "none"
"""Nobody says who insures it, or under which policy."""
GAP: Final = "gap"
"""There is a policy, and it does not hold on every day of the work."""
_DANGEROUS: Final = ("heavy", "hazardous")


def is_risky(posting: Values) -> bool:
    """Say whether a posting, as the wire carries it, is work at which people get hurt: by its trade, or as it says itself."""
    return posting.get("trade") in tables.risky_trades() or any(posting.get(name) for name in _DANGEROUS)


def cover_of(posting: Values, today: date) -> str:
    """Return whether the work is insured on each of its days: ``insured``, ``gap`` or ``none``.

    Work that says no time is judged by today.
    """
    if not posting.get("insurer") or not posting.get("policy_number"):
        return NONE
    first = _day(posting.get("starts_at")) or today
    last = max(first, _day(posting.get("ends_at")) or first)
    begins, ends = posting.get("insured_from"), posting.get("insured_until")
    late = isinstance(begins, str) and begins > first.isoformat()
    early = isinstance(ends, str) and ends < last.isoformat()
    return GAP if late or early else INSURED


def is_warned(posting: Values, today: date) -> bool:
    """Say whether 无保险 has to stand on a posting: risky work that is not insured on all its days."""
    return is_risky(posting) and cover_of(posting, today) != INSURED


def _day(moment: Any) -> date | None:
    if isinstance(moment, datetime):
        return local_day(moment)
    try:
        return local_day(from_iso(moment)) if isinstance(moment, str) else None
    except ValueError:
        return None
