"""Which part of the flat world is seen: its middle, and how many metres a pixel shows. Pure."""

from __future__ import annotations

from typing import Final

FINEST: Final = 0.25
COARSEST: Final = 800.0
"""Metres a pixel."""


class Camera:
    """Looks straight down; the world is metres to the east and to the south, the view is pixels right and down."""

    def __init__(self) -> None:
        self.east, self.south, self.scale = 0.0, 0.0, 100.0
        self.width, self.height = 1.0, 1.0

    @property
    def state(self) -> tuple[float, ...]:
        """Return everything that a picture depends on."""
        return self.east, self.south, self.scale, self.width, self.height

    def resize(self, width: float, height: float) -> None:
        """Take a view of another size; its middle stays."""
        self.width, self.height = max(1.0, width), max(1.0, height)

    def to_view(self, east: float, south: float) -> tuple[float, float]:
        """Return where a place of the world is seen."""
        return (east - self.east) / self.scale + self.width / 2, (south - self.south) / self.scale + self.height / 2

    def to_world(self, x: float, y: float) -> tuple[float, float]:
        """Return the place of the world that is seen somewhere."""
        return self.east + (x - self.width / 2) * self.scale, self.south + (y - self.height / 2) * self.scale

    def seen(self) -> tuple[float, float, float, float]:
        """Return the part of the world that is seen: left, top, right, bottom."""
        return (*self.to_world(0, 0), *self.to_world(self.width, self.height))

    def pan(self, right: float, down: float) -> None:
        """Look further to the right and down by so many pixels."""
        self.east += right * self.scale
        self.south += down * self.scale

    def zoom(self, factor: float, x: float, y: float) -> None:
        """Come nearer by a factor; what is seen at ``x, y`` stays there."""
        before = self.to_world(x, y)
        self.scale = min(COARSEST, max(FINEST, self.scale / factor))
        after = self.to_world(x, y)
        self.east += before[0] - after[0]
        self.south += before[1] - after[1]

    def fit(self, left: float, top: float, right: float, bottom: float) -> None:
        """See a part of the world whole, in the middle."""
        self.east, self.south = (left + right) / 2, (top + bottom) / 2
        needed = max((right - left) / self.width, (bottom - top) / self.height)
        self.scale = min(COARSEST, max(FINEST, needed))

    def centre_on(self, east: float, south: float) -> None:
        """See a place in the middle."""
        self.east, self.south = east, south


def round_length(metres: float) -> float:
    """Return the largest of 1, 2, 5, 10, 20 … metres that is not longer, for the bar that shows the scale."""
    power = 1.0
    while power * 10 <= metres:
        power *= 10
    return power * max(step for step in (1, 2, 5) if power * step <= max(metres, power))
