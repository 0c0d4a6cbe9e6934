"""The happenings of disks and operators: a home put back or cloned, the centre backed up and put back."""

from __future__ import annotations

from collections import Counter, defaultdict
from pathlib import Path
from typing import Final

from tests.faults import restoring
from tests.faults.handing import Draw, Handing
from tests.faults.world import Seat, World

CLONES: Final = 1
"""How many copies of disks work on beside the ones that they were copied from."""
IMAGES: Final = 2
"""How many images of each home are kept."""


class Mishaps(Handing):
    """A world in which disks and the centre are put back as they were."""

    def __init__(self, world: World, reached: Counter[str]) -> None:
        super().__init__(world, reached)
        self._images: dict[Path, list[Path]] = defaultdict(list)
        self._most = len(world.seats) + CLONES

    def _joined(self, seat: Seat) -> None:
        """Make ready a seat that came later."""

    def _copy_home(self, draw: Draw) -> None:
        """Somebody makes an image of a disk."""
        self._make_image(self._seat(draw.one))

    def _make_image(self, seat: Seat) -> None:
        images = self._images[seat.home]
        self._images[seat.home] = [*images, restoring.copy_home(self.world, seat)][-IMAGES:]
        self.reached["home copied"] += 1

    def _put_home_back(self, draw: Draw) -> None:
        """A home is put back as it was: beside its journal, which lacks nothing, or with the journal of its day."""
        seats = [seat for seat in self.world.seats if self._images[seat.home]]
        if not seats:
            self._copy_home(draw)
            return
        seat = seats[draw.one % len(seats)]
        images = self._images[seat.home]
        journal = draw.pick % 3 > 0
        number = draw.which % len(images)
        lost = restoring.put_home_back(self.world, seat, images[number], journal=journal)
        if not journal:
            del images[number + 1 :]  # of a life that was left without a trace: beside today's journal they would hide it
        self.reached["home put back" if journal else "home put back without its journal"] += 1
        self.reached["brought back"] += seat.desk.brought_back
        self.reached["lost with a disk"] += lost
        assert not (journal and lost), f"the journal of {seat.login} lacked {lost} operations"

    def _clone(self, draw: Draw) -> None:
        """A disk is copied, and both copies work on under one name."""
        if len(self.world.seats) < self._most:
            seat = self._seat(draw.one)
            self._joined(restoring.clone(self.world, seat))
            self.reached["clone"] += 1

    def _back_up(self, _: Draw) -> None:
        """The centre makes a backup; the third one drives the oldest out, and desks may forget what is older."""
        restoring.back_up(self.world)
        self.reached["backup"] += 1

    def _fall_back(self, draw: Draw) -> None:
        """The centre is put back to one of its generations, the newest or an older one."""
        count = len(self.world.generations)
        if not count:
            self._back_up(draw)
            return
        number = draw.which % count
        restoring.fall_back(self.world, number)
        self.reached["centre put back"] += 1
        self.reached["put back to the older one"] += number < count - 1
