"""Choosing who and what in a world, and the happenings around who handles a report and what was refused."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random
from typing import Any, Final

from sqlalchemy import select

from tests.faults.adapter import FATES
from tests.faults.world import NEXT_DOOR, STATION, Seat, World
from zzdesk.desk import commands as desk_commands
from zzdesk.desk import outbox
from zzdesk.errors import KnownError
from zzdesk.ops.models import PARKED, Outbox
from zzdesk.reports import commands as reports
from zzdesk.reports.transfer import transfer

WORDS: Final = ("路灯", "石板", "噪音", "积水", "围墙", "井盖")
PLAIN: Final = ("title", "address", "handler_unit", "grid")


@dataclass(frozen=True)
class Draw:
    """The numbers that choose who, what and how; any small numbers will do."""

    one: int = 0
    other: int = 0
    which: int = 0
    pick: int = 0
    fates: tuple[str, ...] = ()

    @classmethod
    def of(cls, random: Random) -> Draw:
        """Throw the dice: every second request fares well."""
        fates = tuple(random.choice(FATES) if random.random() < 0.5 else "ok" for _ in range(6))
        return cls(*(random.randrange(12) for _ in range(4)), fates)


class Handing:
    """A world, what was reached in it, and the happenings of one report between several people."""

    def __init__(self, world: World, reached: Counter[str]) -> None:
        self.world = world
        self.reached = reached
        self._numbers = itertools.count()

    # ---- choosing

    def _seat(self, n: int) -> Seat:
        return self.world.seats[n % len(self.world.seats)]

    def _two(self, draw: Draw) -> tuple[Seat, Seat]:
        """Return two different seats."""
        count = len(self.world.seats)
        first = draw.one % count
        return self.world.seats[first], self.world.seats[(first + 1 + draw.other % (count - 1)) % count]

    def _neighbours(self, seat: Seat) -> tuple[Seat, ...]:
        """Return the seats of this one's community, itself first."""
        others = [other for other in self.world.seats if other is not seat and other.station == seat.station]
        return (seat, *others)

    def _word(self, n: int) -> str:
        """Return a word that nothing else says."""
        return f"{WORDS[n % len(WORDS)]}{next(self._numbers)}"

    @staticmethod
    def _one_of(found: list[str], n: int) -> str | None:
        return found[n % len(found)] if found else None

    def _shared(self, kind: str, seats: tuple[Seat, ...], n: int) -> str | None:
        """Return a record that all of these seats have."""
        return self._one_of(sorted(set.intersection(*(set(seat.ids(kind)) for seat in seats))), n)

    def _do(self, name: str, seat: Seat, command: Callable[..., Any], *args: Any) -> bool:
        """Run a command; what the rules refuse is counted apart."""
        try:
            seat.desk.write(command, *args)
        except KnownError:
            self.reached[f"refused:{name}"] += 1
            return False
        self.reached[name] += 1
        seat.remember()
        return True

    # ---- claims

    def _claim_apart(self, draw: Draw) -> None:
        """Everybody asks for one report, each with a note, before anybody has heard of the others."""
        seats = self._neighbours(self._seat(draw.one))
        report = self._shared("report", seats, draw.which)
        for seat in seats if report else ():
            assert report
            self._do("claim", seat, reports.claim, report, self._word(draw.pick))

    def _held_by_one(self, draw: Draw) -> tuple[Seat, str] | None:
        """Return somebody who holds a report, and that; who holds none where nobody does asks for one first."""
        for asked in (False, True):
            for seat in self._from(draw):
                held = self._one_of(seat.ids("report", claimed_by=seat.account), draw.which)
                if held:
                    return seat, held
            if not asked:
                self._claim_apart(draw)
                for seat in (*self.world.seats, self._seat(draw.one)):
                    seat.sync()
        return None

    def _give_back(self, draw: Draw) -> None:
        found = self._held_by_one(draw)
        if found:
            self._do("give back", found[0], reports.release, found[1], "去不了")

    def _take_over(self, draw: Draw) -> None:
        """A supervisor gives a report to somebody else, perhaps while who held it works on it."""
        found = self._held_by_one(draw)
        if found is None:
            return
        holder, report = found
        for one in self._from(draw):
            others = [seat for seat in self._neighbours(one) if seat.account != holder.account]
            if not others or not one.find("report", report):
                continue
            to = others[draw.other % len(others)]
            if self._do("take over", one, reports.take_over, report, "人手不够", to.account):
                self._do("edit", holder, reports.note, {"report_id": report, "note": self._word(draw.pick)})
                return

    # ---- from one community to the next

    def _hand_over(self, seat: Seat, report: str, pick: int) -> None:
        to = NEXT_DOOR if seat.station == STATION else STATION
        self._do("transfer", seat, transfer, report, {"to": to}, self._word(pick))

    def _transfer(self, draw: Draw) -> None:
        seat = self._seat(draw.one)
        report = self._one_of(seat.ids("report", scope=seat.station), draw.which)
        if report:
            self._hand_over(seat, report, draw.pick)

    def _transfer_apart(self, draw: Draw) -> None:
        """One hands a report over while others of the community work on it, or hand it over too."""
        one, *others = self._neighbours(self._seat(draw.one))
        report = self._shared("report", (one, *others), draw.which)
        if report is None:
            return
        self._hand_over(one, report, draw.pick)
        for n, other in enumerate(others):
            if (draw.pick + n) % 3 == 0:
                self._hand_over(other, report, draw.pick)
            else:
                self._do("edit", other, reports.edit, report, {PLAIN[draw.pick % 4]: self._word(draw.pick)})
                self._do("note", other, reports.note, {"report_id": report, "note": self._word(draw.pick)})

    # ---- what was refused

    def _all_parked(self, draw: Draw) -> Iterator[tuple[Seat, str]]:
        """Walk over what was refused and not dealt with, beginning at the seat and the place that the dice chose."""
        for seat in self._from(draw):
            with seat.desk.store.reader() as session:
                parked = list(session.scalars(select(Outbox.op_id).where(Outbox.state == PARKED).order_by(Outbox.n)))
            first = draw.which % len(parked) if parked else 0
            yield from ((seat, op_id) for op_id in (*parked[first:], *parked[:first]))

    def _parked(self, draw: Draw) -> tuple[Seat, str | None]:
        return next(self._all_parked(draw), (self._seat(draw.one), None))

    def _from(self, draw: Draw) -> list[Seat]:
        """Return everybody, whom the dice chose first: what only few could do is done by one who can."""
        seats, first = self.world.seats, draw.one % len(self.world.seats)
        return [*seats[first:], *seats[:first]]

    def _retry(self, draw: Draw) -> None:
        seat, op_id = self._parked(draw)
        if op_id:
            self._do("retry", seat, desk_commands.retry, op_id)

    def _correct(self, draw: Draw) -> None:
        """Write something that was refused anew, over what stands today: the first of a few for which that is a way."""
        any(self._do("correct", seat, outbox.amend, op_id) for seat, op_id in itertools.islice(self._all_parked(draw), 5))

    def _give_up(self, draw: Draw) -> None:
        seat, op_id = self._parked(draw)
        if op_id:
            self._do("give up", seat, outbox.discard, op_id, "不再需要")
