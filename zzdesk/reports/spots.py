"""Reports as points of a map: those inside a box, by state and age; many of them as counts of cells.

Both reads go along the index of spots and stop at a limit, however many reports a desk has. Coordinates are given as they
were registered: WGS 84 where a photograph's EXIF said them, otherwise as somebody typed them; nothing is converted.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Integer, cast, func, literal_column, select, type_coerce

from zzdesk.calendar.days import Calendar
from zzdesk.calendar.queries import calendar_here
from zzdesk.clock import RecordId
from zzdesk.people.masks import mask
from zzdesk.places.shapes import Box
from zzdesk.reports.deadlines import remaining
from zzdesk.reports.models import Report
from zzdesk.reports.workflow import CATEGORIES, ENDED, OPEN, SUSPENDED
from zzdesk.store.types import Moment
from zzdesk.store.unit import Reader

POINTS: Final = 2_000
"""Up to so many reports are given one by one; of more, how many lie in each cell."""
COUNTED: Final = 50_000
"""Up to so many are counted."""

FRESH, RECENT, OLD = "fresh", "recent", "old"
AGES: Final = {FRESH: (0, 3), RECENT: (3, 14), OLD: (14, None)}
"""Age → from how many full days on, and until before how many (None: without end)."""
_MICRO: Final = 1_000_000


@dataclass(frozen=True)
class SpotFilter:
    """Which reports the map shows: of these states, open ones where none are named; of one age, or of every age."""

    states: tuple[str, ...] = OPEN
    age: str = ""


@dataclass(frozen=True)
class Spot:
    """One report with a place in degrees; its title is masked."""

    id: RecordId
    number: str
    title: str
    category: str
    state: str
    urgency: str
    address: str
    created_at: datetime
    latitude: float
    longitude: float
    age: str
    band: str = ""
    """How it stands to its deadline, one of ``filters.BANDS``; empty where none runs."""


@dataclass(frozen=True)
class Cluster:
    """Reports of one cell: how many, in their middle in degrees, and when the oldest was registered."""

    latitude: float
    longitude: float
    count: int
    oldest: datetime
    age: str

    @property
    def id(self) -> str:
        """Return what tells it from the others: there is no record behind it."""
        return f"{self.latitude:.6f},{self.longitude:.6f}"


@dataclass(frozen=True)
class Spots:
    """What lies in the box: reports, newest first, or clusters, largest first; ``capped`` when there is more than was counted."""

    spots: tuple[Spot, ...] = ()
    clusters: tuple[Cluster, ...] = ()
    capped: bool = False

    @property
    def count(self) -> int:
        """Return how many reports these are."""
        return len(self.spots) + sum(cluster.count for cluster in self.clusters)


def age_of(created: datetime, now: datetime) -> str:
    """Return the age of a report that was registered at a moment."""
    days = (now - created) / timedelta(days=1)
    return next(age for age, (_, until) in AGES.items() if until is None or days < until)


def spots(read: Reader, box: Box, wanted: SpotFilter = SpotFilter(), cell: float = 0.01,
          points: int = POINTS, counted: int = COUNTED) -> Spots:  # fmt: skip
    """Return what lies in a box; where it is more than ``points``, counts by cells of ``cell`` degrees."""
    read.require("record.read")
    now = read.clock.now()
    rows = read.session.execute(_inside(read, box, wanted, *_COLUMNS).limit(points + 1)).all()
    if len(rows) <= points:
        newest = sorted(rows, key=lambda row: (row.created_at, row.id), reverse=True)
        calendar = calendar_here(read)
        return Spots(tuple(_spot(row, now, calendar) for row in newest))
    return _clusters(read, box, wanted, max(cell, 1 / _MICRO), counted)


_TABLE: Final[Any] = Report.__table__.c
_COLUMNS: Final = (
    Report.id, Report.number, Report.title, Report.category, Report.state, Report.urgency, Report.address,
    Report.created_at, Report.due_at, _TABLE.north, _TABLE.east,
)  # fmt: skip
# Where SQLite must go around the spot and not walk through time or states, a plus keeps the other indexes away.
_BORN: Final = type_coerce(literal_column("+report.created_at"), Moment())
_STATE: Final[Any] = literal_column("+report.state")


def _inside(read: Reader, box: Box, wanted: SpotFilter, *columns: Any) -> Any:
    query = select(*columns).where(
        Report.category.in_(CATEGORIES), _TABLE.north.between(_micro(box.south), _micro(box.north)),
        _TABLE.east.between(_micro(box.west), _micro(box.east)), Report.voided.is_not(True),
        _STATE.in_(wanted.states),
    )  # fmt: skip
    if wanted.age:
        since, until = AGES[wanted.age]
        now = read.clock.now()
        query = query.where(now - timedelta(days=since) >= _BORN)
        query = query.where(now - timedelta(days=until) < _BORN) if until is not None else query
    return query


def _clusters(read: Reader, box: Box, wanted: SpotFilter, cell: float, counted: int) -> Spots:
    some = _inside(read, box, wanted, _TABLE.north, _TABLE.east, Report.created_at).limit(counted + 1).subquery()
    side = max(1, _micro(cell))
    cells = (cast(some.c.north / side, Integer), cast(some.c.east / side, Integer))
    query = select(func.avg(some.c.north), func.avg(some.c.east), func.count(), func.min(some.c.created_at))
    rows = read.session.execute(query.group_by(*cells)).all()
    now = read.clock.now()
    found = [Cluster(n / _MICRO, e / _MICRO, count, oldest, age_of(oldest, now)) for n, e, count, oldest in rows]
    found.sort(key=lambda cluster: (-cluster.count, cluster.id))
    return Spots(clusters=tuple(found), capped=sum(cluster.count for cluster in found) > counted)


def _spot(row: Any, now: datetime, calendar: Calendar) -> Spot:
    runs = row.due_at is not None and row.state not in (*ENDED, SUSPENDED)
    return Spot(
        row.id, row.number or "", mask("text", row.title), row.category, row.state, row.urgency, row.address or "",
        row.created_at, row.north / _MICRO, row.east / _MICRO, age_of(row.created_at, now),
        remaining(row.due_at, now, calendar).standing.value if runs else "",
    )  # fmt: skip


def _micro(degrees: float) -> int:
    return round(degrees * _MICRO)
