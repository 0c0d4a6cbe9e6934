"""Random work on two or three desks over a failing network, on the real client and server: nothing is ever lost.

A run that met no clash and no fault proves nothing, so what was reached is counted and must exceed floors.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import ClassVar, Final

import pytest
from hypothesis import HealthCheck, Phase, note, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from tests.faults import rest
from tests.faults.happenings import Happenings
from tests.faults.world import Template, World, memory_folder

_LONG: Final = int(os.environ.get("ZZDESK_MACHINE_EXAMPLES", "300"))


class SyncMachine(RuleBasedStateMachine):
    """Two or three desks of one station; users are members of some mediation teams and not of others."""

    templates: ClassVar[list[Template]] = []
    folder: ClassVar[Path]
    reached: ClassVar[Counter[str]] = Counter()

    @initialize(three=st.booleans())
    def open(self, three: bool) -> None:
        template = self.templates[1 if three else 0]
        self.world = World(template, Path(tempfile.mkdtemp(prefix="run", dir=self.folder)))
        self.happenings = Happenings(self.world, self.reached)

    # One rule: swarm testing would switch off whole rules, and a run that cannot edit or synchronise shows little.
    # Bytes: Hypothesis draws them evenly, while it prefers small numbers and early choices.
    @rule(dice=st.binary(min_size=4, max_size=4))
    def happen(self, dice: bytes) -> None:
        what, draw = Happenings.choose(Random(dice))
        note(f"{what} {draw}")
        self.happenings.let(what, draw)

    def teardown(self) -> None:
        if hasattr(self, "world"):
            try:
                self.world.settle()
                self.reached.update(rest.check(self.world))
                self.reached.update({f"net:{fate}": n for fate, n in self.world.met().items()})
            finally:
                self.world.close()


FLOORS: Final = {}


@pytest.fixture
def machine() -> Iterator[type[SyncMachine]]:
    """A machine on SQLite, with templates of two and three desks."""
    folder = Path(tempfile.mkdtemp(prefix="zzmachine", dir=memory_folder()))
    SyncMachine.folder, SyncMachine.reached = folder, Counter()
    SyncMachine.templates = [Template.make(folder / f"template{n}", n) for n in (2, 3)]
    yield SyncMachine
    shutil.rmtree(folder, ignore_errors=True)


def _run(machine: type[SyncMachine], examples: int, steps: int, scale: float, shrink: bool = True) -> None:
    quiet = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]
    phases = [Phase.explicit, Phase.generate, *([Phase.shrink] if shrink else [])]
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples, stateful_step_count=steps, deadline=None, suppress_health_check=quiet,
            print_blob=True, database=None, phases=phases, derandomize=False,
        ),
    )  # fmt: skip
    met = machine.reached
    short = {name: met[name] for name, floor in FLOORS.items() if met[name] < floor * scale}
    print(dict(sorted(met.items())))
    assert not short, f"the run reached too little: {short} of {dict(sorted(met.items()))}"


@pytest.mark.timeout(600)
def test_nothing_is_lost_on_sqlite(machine: type[SyncMachine]) -> None:
    _run(machine, 25, 40, 1.0)
