"""For whom a posting is (本站/全市, domain rules B3.2): what another station offers is seen here only when it is for the city."""

from __future__ import annotations

from typing import Final

from sqlalchemy import ColumnElement, or_

from zzdesk.jobs.models import Posting

CITY: Final = "city"
_BEYOND: Final = "~"
"""Sorts after every digit and letter of a code."""


def shown_at(station: str) -> ColumnElement[bool]:
    """Return the condition for postings that a station shows: its own, those below it, and those for the whole city."""
    own = (Posting.scope >= station) & (Posting.scope < station + _BEYOND)
    return or_(own, Posting.audience == CITY)


def is_for(posting: Posting, station: str) -> bool:
    """Say the same of one posting."""
    return posting.audience == CITY or str(posting.scope).startswith(station)
