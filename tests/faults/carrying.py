"""The happenings of sticks: a bundle carried to the centre and its answer back, lost, cut, late, or twice."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Final

import pytest

from sync.bundle import BundleError
from sync.client import bundle as stick
from sync.client.transport import ProblemError
from sync.modes import NORMAL
from sync.server.bundle import receive
from tests.contents import centre_digest, desk_digest
from tests.faults import rest, restoring
from tests.faults.handing import Draw
from tests.faults.mishaps import Mishaps
from tests.faults.world import Seat, World
from zzdesk.errors import RefusedError
from zzdesk.ops.state import get_state

WORK: Final = ("record", "record_history", "op_log", "feed", "conflict", "digest", "sync_clock")
"""Tables of the centre that a bundle which comes again leaves as they are."""
DRAWER: Final = 4
"""How many sticks lie in a drawer at most."""


class Carrying(Mishaps):
    """A world in which sticks are carried."""

    def __init__(self, world: World, reached: Counter[str]) -> None:
        super().__init__(world, reached)
        self._stick = world.folder / "stick"
        self._stick.mkdir()
        self._drawer: list[tuple[Seat, Path]] = []

    def _carry(self, draw: Draw) -> None:
        """A bundle goes to the centre and its answer comes back, or something happens to either."""
        seat = self._seat(draw.one)
        up = self._export(seat)
        fate = (self._straight, self._relayed, self._answer_lost, self._kept, self._cut, self._twice)[draw.pick % 6]
        fate(seat, up, draw)

    def _export(self, seat: Seat) -> Path:
        up = self._stick / f"{next(self._numbers)}.zzb"
        made = stick.export(seat.desk, up)
        seat.remember()
        self.reached["bundle"] += 1
        self.reached["bundled"] += made.operations
        return up

    def _receive(self, up: Path, line: Seat | None = None) -> Path | None:
        """Return the centre's answer, sent for over the line of another desk if any; none to a bundle of another life.

        What was written in an epoch that the centre has fallen back behind is refused, and changes nothing.
        """
        answer, before = self._stick / f"{next(self._numbers)}.zzb", centre_digest(self.world.server, *WORK)
        try:
            if line is None:
                receive(self.world.server.centre, up, answer)
            else:
                stick.relay(line.desk, up, answer)
        except (BundleError, ProblemError) as error:
            if error.problem != "bundle-epoch":
                raise
            assert centre_digest(self.world.server, *WORK) == before
            self.reached["bundle of another life"] += 1
            return None
        return answer

    def _take_in(self, seat: Seat, answer: Path | None) -> None:
        """Take an answer in; one for an earlier life of the desk or of the centre is refused, and changes nothing."""
        if answer is None:
            return
        before = desk_digest(seat.desk)
        try:
            report = stick.take_in(seat.desk, answer)
        except (BundleError, RefusedError) as error:
            if getattr(error, "problem", None) != "bundle-epoch" and error.message != stick.OTHER_REPLICA:
                raise
            assert desk_digest(seat.desk) == before
            self.reached["answer of another life"] += 1
            return
        self.reached["answer taken"] += 1
        self.reached["acknowledged by stick"] += report.pushed
        rest.check_desk(seat)

    def _straight(self, seat: Seat, up: Path, draw: Draw) -> None:
        self._take_in(seat, self._receive(up))

    def _relayed(self, seat: Seat, up: Path, draw: Draw) -> None:
        """Another desk, which cannot read the bundle, sends it to the centre over its own line."""
        _, other = self._two(draw)
        with other.desk.store.writer() as session:
            get_state(session).server_url = other.url
            session.commit()
        answer = self._receive(up, other)
        self._not_for(other, seat, answer)
        self._take_in(seat, answer)
        self.reached["relayed"] += 1

    def _not_for(self, other: Seat, seat: Seat, answer: Path | None) -> None:
        """Whoever carries an answer for another device cannot take it in, and has not changed."""
        if answer is None or _device(other) == _device(seat):
            return
        before = desk_digest(other.desk)
        with pytest.raises(RefusedError) as refused:
            stick.take_in(other.desk, answer)
        assert refused.value.message == stick.FOR_OTHER
        assert desk_digest(other.desk) == before
        self.reached["bundle of another desk"] += 1

    def _answer_lost(self, seat: Seat, up: Path, draw: Draw) -> None:
        self._receive(up)
        self.reached["bundle lost"] += 1

    def _kept(self, seat: Seat, up: Path, draw: Draw) -> None:
        """The stick lies in a drawer: it comes later, perhaps more than once, perhaps never."""
        self._drawer = [*self._drawer, (seat, up)][-DRAWER:]

    def _old_stick(self, draw: Draw) -> None:
        """A stick that lay about comes to the centre: what it holds may have gone over the network meanwhile."""
        if not self._drawer:
            self._carry(Draw(draw.one, draw.other, draw.which, 3))
            return
        seat, up = self._drawer[draw.which % len(self._drawer)]
        answer = self._receive(up)
        self.reached["old bundle"] += 1
        if draw.pick % 3:
            self._take_in(seat, answer)

    def _cut(self, seat: Seat, up: Path, draw: Draw) -> None:
        """Half a file is refused at the centre and at the desk, and neither has changed; the whole one still works."""
        before = centre_digest(self.world.server)
        with pytest.raises(BundleError):
            receive(self.world.server.centre, _shorter(up, draw), self._stick / "never.zzb")
        assert centre_digest(self.world.server) == before
        answer = self._receive(up)
        if answer is None:
            return
        here = desk_digest(seat.desk)
        with pytest.raises(BundleError):
            stick.take_in(seat.desk, _shorter(answer, draw))
        assert desk_digest(seat.desk) == here
        self.reached["bundle cut"] += 1
        self._take_in(seat, answer)

    def _twice(self, seat: Seat, up: Path, draw: Draw) -> None:
        """The same stick comes twice, and so does its answer: the second time changes nothing on either side."""
        first = self._receive(up)
        settled, there = restoring.mode(self.world) == NORMAL, centre_digest(self.world.server, *WORK)
        again = self._receive(up)
        assert not settled or centre_digest(self.world.server, *WORK) == there, "a bundle that came again did something"
        self._take_in(seat, first)
        here = seat.records()
        self._take_in(seat, again)
        assert not settled or seat.records() == here, "an answer that came again did something"
        self.reached["bundle replayed"] += 1


def _device(seat: Seat) -> str | None:
    with seat.desk.store.reader() as session:
        return get_state(session).device_id


def _shorter(whole: Path, draw: Draw) -> Path:
    """Return a file that ends too early."""
    cut, data = whole.with_suffix(".cut.zzb"), whole.read_bytes()
    cut.write_bytes(data[: len(data) * (1 + draw.which % 12) // 13])
    return cut
