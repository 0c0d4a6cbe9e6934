"""Blocks of numbers that the centre leased to this desk: what is asked for, what came, and the next one (hazard 14)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from zzdesk.clock import from_iso, local_day
from zzdesk.documents.models import NumberBlock
from zzdesk.documents.series import AHEAD, Number, series_of
from zzdesk.ops.state import get_state
from zzdesk.store.base import kinds


def wanted(session: Session, station: str, now: datetime) -> list[tuple[str, str, int]]:
    """Return series, scope and first unused number of everything that this desk numbers; 0 where it never had any."""
    today = local_day(now)
    prefixes = {kind.model.__numbers__ for kind in kinds().values()} - {None}
    years = {today.year, (today + AHEAD).year}
    asked = sorted(series_of(prefix, year) for prefix in prefixes for year in years)
    return [(series, station, _first_unused(session, series, station, now)) for series in asked]


def _mine(session: Session, series: str, scope: str) -> Select[NumberBlock]:
    mine = (NumberBlock.scope == scope, NumberBlock.replica_id == get_state(session).replica_id)
    return select(NumberBlock).where(NumberBlock.series == series, *mine).order_by(NumberBlock.lo)


def _good(session: Session, series: str, scope: str, now: datetime) -> Select[NumberBlock]:
    usable = (NumberBlock.next <= NumberBlock.hi, NumberBlock.expires > now)
    return _mine(session, series, scope).where(*usable)


def _first_unused(session: Session, series: str, scope: str, now: datetime) -> int:
    first = session.scalars(_good(session, series, scope, now).limit(1)).first()
    every = [block.next for block in session.scalars(_mine(session, series, scope))] if first is None else [first.next]
    return max(every, default=0)


def keep(session: Session, series: str, scope: str, lo: int, hi: int, expires: str) -> None:
    """Keep a block that the centre leased. One that is known already stays as far as it was used up."""
    mine = get_state(session).replica_id
    there = session.get(NumberBlock, (series, scope, lo))
    if there is not None and there.replica_id == mine:
        there.expires = from_iso(expires)
        return
    if there is not None:
        session.delete(there)
        session.flush()
    block = NumberBlock(
        series=series, scope=scope, lo=lo, hi=hi, next=lo, expires=from_iso(expires), replica_id=mine
    )  # fmt: skip
    session.add(block)


def take(session: Session, series: str, scope: str, now: datetime) -> str | None:
    """Use up the next number of a series, None where this desk has none that is still good."""
    block = session.scalars(_good(session, series, scope, now).limit(1)).first()
    if block is None:
        return None
    n = block.next
    block.next += 1
    session.flush()
    return str(Number(series, scope, n))
