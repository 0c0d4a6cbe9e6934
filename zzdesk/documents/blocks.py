"""Blocks of numbers that the centre leased to this desk: what is asked for, what came, and the next one (hazard 14)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from zzdesk.clock import from_iso, local_day, to_iso
from zzdesk.documents.models import NumberBlock
from zzdesk.documents.series import AHEAD, Number, series_of
from zzdesk.ops.state import get_state, named
from zzdesk.store.base import kinds
from zzdesk.store.engine import driver


def wanted(session: Session, station: str, now: datetime) -> list[tuple[str, str, int]]:
    """Return series, scope and first unused number of everything that this desk numbers; 0 where it never had any."""
    today = local_day(now)
    prefixes = {mark + kind.model.__numbers__ for kind in kinds().values() if kind.model.__numbers__
                for mark in ("", *_marks(session, kind.model, station))}  # fmt: skip
    years = {today.year, (today + AHEAD).year}
    asked = sorted(series_of(prefix, year) for prefix in prefixes for year in years)
    mine: dict[str, list[tuple[int, int, str]]] = {}
    for series, *block in driver(session).execute(_BLOCKS, (station, named(session).replica_id)):
        mine.setdefault(series, []).append(tuple(block))
    return [(series, station, _first_unused(mine.get(series, ()), now)) for series in asked]


def _marks(session: Session, model: Any, station: str) -> list[str]:
    """Return the marks with which numbers of a kind begin at a station: the short names of its committees."""
    if model.__numbers_by__ is None:
        return []
    _, kind, name = model.__numbers_by__
    query = (
        f'SELECT DISTINCT "{name}" FROM {kinds()[kind].model.__tablename__}'  # noqa: S608 - our own names
        f' WHERE scope = ? AND voided IS NOT 1 AND "{name}" IS NOT NULL ORDER BY 1'
    )
    return [mark for (mark,) in driver(session).execute(query, (station,))]


def left(session: Session, station: str, now: datetime) -> dict[str, int]:
    """Return how many numbers this desk still has of each series of today's year that it was ever leased."""
    year = str(local_day(now).year)
    found: dict[str, int] = {}
    for series, first, last, expires in driver(session).execute(_BLOCKS, (station, get_state(session).replica_id)):
        if series.endswith(year):
            good = max(0, last - first + 1) if expires > to_iso(now) else 0
            found[series] = found.get(series, 0) + good
    return found


_BLOCKS: Final = (
    "SELECT series, next, hi, expires FROM number_block WHERE scope = ? AND replica_id = ? ORDER BY series, lo"
)


_KNOWN: Final = "SELECT replica_id, expires FROM number_block WHERE series = ? AND scope = ? AND lo = ?"


def _mine(session: Session, series: str, scope: str) -> Select[NumberBlock]:
    mine = (NumberBlock.scope == scope, NumberBlock.replica_id == get_state(session).replica_id)
    return select(NumberBlock).where(NumberBlock.series == series, *mine).order_by(NumberBlock.lo)


def _good(session: Session, series: str, scope: str, now: datetime) -> Select[NumberBlock]:
    usable = (NumberBlock.next <= NumberBlock.hi, NumberBlock.expires > now)
    return _mine(session, series, scope).where(*usable)


def _first_unused(blocks: Sequence[tuple[int, int, str]], now: datetime) -> int:
    """Return the number that comes next: the first of a good block, else what follows on the last of those that are not."""
    good = (first for first, last, expires in blocks if first <= last and expires > to_iso(now))
    return next(good, max((first for first, *_ in blocks), default=0))


def keep(session: Session, series: str, scope: str, lo: int, hi: int, expires: str) -> None:
    """Keep a block that the centre leased. One that is known already stays as far as it was used up."""
    mine = named(session).replica_id
    if driver(session).execute(_KNOWN, (series, scope, lo)).fetchone() == (mine, expires):
        return  # every greeting says the same of it
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
