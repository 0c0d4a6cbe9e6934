"""Random work on two or three desks over a failing network, on the real client and server: nothing is ever lost.

A run that met no clash and no fault proves nothing, so what was reached is counted and must exceed floors.
"""

from __future__ import annotations

import itertools
import os
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)

from sync.client.engine import SyncReport
from tests.faults.adapter import FATES
from tests.faults.world import Seat, World
from zzdesk.desk import commands as desk_commands
from zzdesk.errors import KnownError
from zzdesk.mediation import commands as mediation
from zzdesk.mediation.papers import add_paper, edit_paper
from zzdesk.ops.models import Conflict
from zzdesk.reports import commands as reports
from zzdesk.reports.workflow import TRANSITIONS

SEATS = st.integers(0, 2)
WHICH = st.integers(0, 7)
WORDS = st.sampled_from(["路灯", "石板", "噪音", "积水", "围墙", "井盖"])
FATE = st.lists(st.sampled_from(FATES), min_size=1, max_size=5)
_numbers = itertools.count()


class SyncMachine(RuleBasedStateMachine):
    """Two or three desks of one station; users are members of some mediation teams and not of others."""

    database_url: ClassVar[Callable[[], str] | None] = None
    reached: ClassVar[Counter[str]] = Counter()

    @initialize(third=st.booleans())
    def open(self, third: bool) -> None:
        self._folder = tempfile.TemporaryDirectory()
        logins = ("zhuang", "huang", "lin") if third else ("zhuang", "huang")
        make = type(self).database_url
        self.world = World(Path(self._folder.name), logins, make() if make else None)

    def _seat(self, n: int) -> Seat:
        return self.world.seats[n % len(self.world.seats)]

    def _pick(self, seat: Seat, kind: str, n: int) -> str | None:
        found = sorted(key for name, key in seat.records() if name == kind)
        return found[n % len(found)] if found else None

    def _do(self, seat: Seat, name: str, command: Callable[..., Any], *args: Any) -> None:
        """Run a command; what the rules refuse is counted apart."""
        try:
            seat.desk.write(command, *args)
            self.reached[name] += 1
        except KnownError:
            self.reached[f"refused:{name}"] += 1
        seat.remember()

    @rule(n=SEATS, word=WORDS)
    def register(self, n: int, word: str) -> None:
        fields = {"title": word, "category": "road", "description": f"{word}。第一句。", "tags": [word]}
        self._do(self._seat(n), "register", reports.register, fields)

    @rule(n=SEATS, i=WHICH, field=st.sampled_from(["title", "address", "handler_unit"]), word=WORDS)
    def edit(self, n: int, i: int, field: str, word: str) -> None:
        seat = self._seat(n)
        report = self._pick(seat, "report", i)
        if report:
            self._do(seat, "edit", reports.edit, report, {field: f"{word}{next(_numbers)}"})

    @rule(n=SEATS, i=WHICH, word=WORDS, up=st.integers(1, 3))
    def edit_texts(self, n: int, i: int, word: str, up: int) -> None:
        seat = self._seat(n)
        report = self._pick(seat, "report", i)
        if report:
            text = seat.records()["report", report].get("description", "")
            changes = {"description": f"{text}{word}{up}。", "tags": [word], "support_count": up}
            self._do(seat, "texts", reports.edit, report, changes)

    @rule(n=SEATS, i=WHICH, pick=WHICH)
    def act(self, n: int, i: int, pick: int) -> None:
        seat = self._seat(n)
        report = self._pick(seat, "report", i)
        if report:
            arrows = TRANSITIONS.leaving(seat.records()["report", report]["state"])
            if arrows:
                step = {"note": "已看", "handler_unit": "城管", "contact_result": "notice-posted"}
                self._do(seat, "act", reports.act, report, arrows[pick % len(arrows)].action, step, "理由")

    @rule(n=SEATS, i=WHICH)
    def void(self, n: int, i: int) -> None:
        seat = self._seat(n)
        report = self._pick(seat, "report", i)
        if report:
            gone = seat.records()["report", report].get("voided")
            self._do(seat, "void", reports.unvoid if gone else reports.void, report, "重复")

    @rule(n=SEATS, alone=st.booleans())
    def accept_case(self, n: int, alone: bool) -> None:
        seat = self._seat(n)
        team = [seat.login] if alone else ["zhuang", "huang"]
        self._do(seat, "case", mediation.accept, {"category": "neighbours", "team": team})

    @rule(n=SEATS, i=WHICH, word=WORDS)
    def add_party(self, n: int, i: int, word: str) -> None:
        seat = self._seat(n)
        case = self._pick(seat, "case", i)
        if case:
            self._do(seat, "party", add_paper, "party", {"case_id": case, "name": word, "role": "applicant"})

    @rule(n=SEATS, i=WHICH, word=WORDS)
    def edit_party(self, n: int, i: int, word: str) -> None:
        seat = self._seat(n)
        party = self._pick(seat, "party", i)
        if party:
            self._do(seat, "edit-party", edit_paper, "party", party, {"address": f"{word}{next(_numbers)}"})

    @rule(n=SEATS, fates=FATE)
    def sync_badly(self, n: int, fates: list[str]) -> None:
        outcome = self._seat(n).sync(*fates)
        self.reached["round failed" if isinstance(outcome, KnownError) else "round done"] += 1

    @rule(n=SEATS)
    def sync_well(self, n: int) -> None:
        outcome = self._seat(n).sync()
        assert isinstance(outcome, SyncReport), outcome
        self.reached["round done"] += 1

    @rule(n=SEATS)
    def crash(self, n: int) -> None:
        self._seat(n).crash()
        self.reached["crash"] += 1

    @rule(n=SEATS)
    def late_requests_arrive(self, n: int) -> None:
        self.reached["late"] += self._seat(n).adapter.deliver()

    @rule(n=SEATS, seconds=st.sampled_from([1, 40, -90, 4000]))
    def time_passes(self, n: int, seconds: int) -> None:
        self._seat(n).clock.advance(seconds)

    @precondition(lambda self: any(name == "conflict" for seat in self.world.seats for name, _ in seat.records()))
    @rule(n=SEATS, i=WHICH, side=st.sampled_from(["mine", "theirs"]))
    def resolve(self, n: int, i: int, side: str) -> None:
        seat = self._seat(n)
        with seat.desk.store.reader() as session:
            states = {c.id: c.state for c in session.query(Conflict)}
        open_ones = sorted(c for c, state in states.items() if state != "resolved")
        if open_ones:
            chosen = open_ones[i % len(open_ones)]
            self._do(seat, "resolve", desk_commands.resolve, chosen, side, None, "核对过")

    def teardown(self) -> None:
        if hasattr(self, "world"):
            try:
                self.world.settle()
                self.world.check()
            finally:
                self.world.close()
                self.reached.update(self.world.reached)
                self._folder.cleanup()


FLOORS = {
    "register": 40, "edit": 30, "act": 10, "round done": 60, "round failed": 15, "conflicts": 8, "crash": 10,
    "net:lose-answer": 5, "net:twice": 5, "net:late": 5, "net:portal": 3, "net:cut": 3, "case": 5, "resolve": 1,
}  # fmt: skip


def _run(machine: type[SyncMachine], examples: int, steps: int, scale: float) -> None:
    machine.reached = Counter()
    quiet = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples, stateful_step_count=steps, deadline=None, suppress_health_check=quiet,
            print_blob=True, database=None,
        ),
    )  # fmt: skip
    short = {name: machine.reached[name] for name, floor in FLOORS.items() if machine.reached[name] < floor * scale}
    assert not short, f"the run reached too little: {short} of {dict(machine.reached)}"


@pytest.mark.timeout(600)
def test_nothing_is_lost_on_sqlite() -> None:
    examples = int(os.environ.get("ZZDESK_MACHINE_EXAMPLES", "25"))
    _run(SyncMachine, examples, 40, examples / 25)
