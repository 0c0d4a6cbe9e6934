"""What the map in the window is drawn from: the outlines of districts and grids, and reports as points."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from zzdesk.errors import KnownError
from zzdesk.paths import HomePaths
from zzdesk.places import grids
from zzdesk.places.grids import GCJ02, UNKNOWN, WGS84, Grids
from zzdesk.places.laid import Laid, grade_of, lay
from zzdesk.places.outlines import YEAR, districts
from zzdesk.places.shapes import Box, Projection, Shape, find
from zzdesk.reports.spots import AGES, Cluster, Spot, SpotFilter, Spots, spots

__all__ = [
    "AGES", "CITY", "GCJ02", "UNKNOWN", "WGS84", "YEAR", "Atlas", "Box", "Cluster", "Grids", "Laid", "Projection", "Shape",
    "Spot", "SpotFilter", "Spots", "grade_of", "open_atlas", "spots",
]  # fmt: skip

CITY: Final = Box(116.85, 23.5, 118.3, 25.25)
"""All of Zhangzhou, with a margin."""
MARGIN: Final = 0.08
"""Of the size of what is looked at."""


@dataclass(frozen=True)
class Atlas:
    """Outlines, and how they are laid flat; ``problem`` says why there are no grids though a file lies there."""

    districts: tuple[Shape, ...] = ()
    grids: Grids = field(default_factory=Grids)
    station: str = ""
    problem: KnownError | None = None

    @cached_property
    def home(self) -> Box:
        """Return what the map shows first: the station's grids, else its district, else the whole city."""
        own = self.grids.shapes or tuple(shape for shape in self.districts if self.station.startswith(shape.code))
        if not own:
            return CITY
        box = own[0].box
        for shape in own[1:]:
            box |= shape.box
        wide, high = (box.east - box.west) * MARGIN, (box.north - box.south) * MARGIN
        return Box(box.west - wide, box.south - high, box.east + wide, box.north + high)

    @cached_property
    def laid_districts(self) -> tuple[Laid, ...]:
        """Return the districts ready to be drawn."""
        return tuple(lay(shape, self.projection) for shape in self.districts)

    @cached_property
    def laid_grids(self) -> tuple[Laid, ...]:
        """Return the grids ready to be drawn."""
        return tuple(lay(shape, self.projection) for shape in self.grids.shapes)

    @cached_property
    def projection(self) -> Projection:
        """Return how degrees are laid flat, true where the station is."""
        return Projection(*self.home.centre)

    def place_of(self, lon: float, lat: float) -> tuple[str, str]:
        """Return the names of the district and of the grid that hold a position, each empty where none does.

        The numbers are compared as they are written: near a border a difference of datum may name the neighbour.
        """
        district, grid = find(self.districts, lon, lat), find(self.grids.shapes, lon, lat)
        return district.name if district else "", grid.name if grid else ""


def open_atlas(paths: HomePaths, station: str) -> Atlas:
    """Return the outlines for the map of a home, laid flat already: it is slow, and asked for off the main thread.

    Grids that cannot be read do not hide the districts.
    """
    try:
        found = Atlas(districts(), grids.load(paths.grids), station)
    except KnownError as error:
        found = Atlas(districts(), Grids(), station, error)
    assert found.laid_districts
    assert len(found.laid_grids) == len(found.grids.shapes)
    return found
