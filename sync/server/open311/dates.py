"""Moments as GeoReport v2 writes them: the W3C profile of ISO 8601, always with Z or an offset."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Final

from sync.server.open311.errors import WRONG, GeoReportError
from zzdesk.clock import from_iso, local
from zzdesk.i18n import N_

_OFFSET_AS_SPACE: Final = re.compile(r" (\d\d:\d\d)$")
"""What becomes of ``+08:00`` in an address in which nobody wrote the plus sign as ``%2B``."""


def written(moment: datetime | str) -> str:
    """Return a moment (or the wire form of one) in the offices' time, to the second: ``2026-11-23T09:14:03+08:00``."""
    found = from_iso(moment) if isinstance(moment, str) else moment
    return local(found).isoformat(timespec="seconds")


def read_date(name: str, text: str) -> datetime:
    """Return the moment that a parameter names, in UTC.

    Raises:
        GeoReportError: it is none, or says no offset.
    """
    try:
        return from_iso(_OFFSET_AS_SPACE.sub(r"+\1", text.strip()))
    except (ValueError, OverflowError):
        raise GeoReportError.one(
            WRONG, N_("{name}：应写成 2026-01-31T09:00:00+08:00 或 2026-01-31T01:00:00Z，要带时区"), name=name
        ) from None
