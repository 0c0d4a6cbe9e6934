"""Random work on three to five desks over a failing network, on the real client and server: nothing is ever lost.

A run that met no clash and no fault proves nothing, so what was reached is counted and must exceed floors.
"""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from random import Random
from typing import ClassVar, Final

import pytest
from hypothesis import HealthCheck, Phase, note, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from tests import pg
from tests.faults.happenings import Happenings
from tests.faults.walk import SHAPES, make_templates
from tests.faults.world import Template, World, memory_folder


class SyncMachine(RuleBasedStateMachine):
    """Three to five desks of one station or of two, and a clone; users are members of some mediation teams and not others."""

    templates: ClassVar[tuple[Template, ...]] = ()
    folder: ClassVar[Path]
    reached: ClassVar[Counter[str]] = Counter()

    @initialize(which=st.integers(0, len(SHAPES) - 1), seed=st.binary(min_size=8, max_size=8))
    def open(self, which: int, seed: bytes) -> None:
        template = self.templates[which]
        self.world = World(template, Path(tempfile.mkdtemp(prefix="run", dir=self.folder)))
        self.happenings = Happenings(self.world, self.reached)
        self.seed, self.steps = seed, 0

    # One rule: swarm testing would switch off whole rules, and a run that cannot edit or synchronise shows little.
    # Dice of bytes and the step's number: Hypothesis prefers small numbers, early choices and repetitions.
    @rule(dice=st.binary(min_size=4, max_size=4))
    def happen(self, dice: bytes) -> None:
        self.steps += 1
        what, draw = Happenings.choose(Random(self.seed + dice + bytes([self.steps % 256])))
        note(f"{what} {draw}")
        self.happenings.let(what, draw)

    def teardown(self) -> None:
        if hasattr(self, "world"):
            try:
                self.happenings.finish()
            finally:
                self.world.close()


FLOORS: Final = {
    "edit": 100, "clash": 20, "clash_texts": 15, "act_apart": 20, "case": 4, "op:applied": 300, "op:conflict": 50,
    "op:rejected": 4, "conflict of three": 4, "conflict resolved": 3, "conflict:four-eyes": 8, "conflict:value": 8,
    "conflict:transition": 1, "decided by two": 3, "woven": 2, "wrote:delta": 15, "wrote:set": 20, "wrote:text": 10,
    "wrote:transition": 20, "resolve": 6, "resolve_apart": 2, "round done": 100, "round failed": 15,
    "transfer": 5, "moved": 3, "moved along": 3, "evicted": 4, "join team": 4, "leave team": 2, "let in": 4, "shut out": 1,
    "claim": 15, "op:lost": 8, "claim lost": 8, "claim held": 4, "give back": 2, "take over": 1, "correct": 1,
    "died in a round": 8, "crash": 3, "overtake": 6, "in flight": 30, "answer lost": 4,
    "held": 8, "released": 8, "child before parent": 4,
    "home put back": 4, "home put back without its journal": 4, "brought back": 4, "lost with a disk": 4, "gone": 4,
    "clone": 4, "backup": 8, "centre put back": 6, "put back to the older one": 1, "salvaged": 0.2,
    "bundle": 20, "bundled": 20, "answer taken": 12, "acknowledged by stick": 3, "relayed": 4, "old bundle": 2,
    "bundle of another desk": 3, "bundle cut": 3, "bundle lost": 4, "bundle replayed": 4,
    "bundle of another life": 1, "answer of another life": 0.2,
}  # fmt: skip
"""What 20 examples of 50 steps must have met at least; they meet two or three times as much.

A run that is shorter meets as much less, and what it may well not meet at all is asked of long ones only: below one, a
floor is none.  Each kind of restore, fork and stick has one above: a run in which none of them happened shows nothing of
them, whatever else it found in order.
"""
EXAMPLES, STEPS = 20, 50
TOO_LONG: Final = "held for too long, handed to a person"
"""What the centre writes into its log when a week has passed in a run and something still waits."""


@contextmanager
def _machine(*databases: str) -> Iterator[type[SyncMachine]]:
    """A machine with its templates, on these empty PostgreSQL databases if there are any."""
    folder = Path(tempfile.mkdtemp(prefix="zzmachine", dir=memory_folder()))
    try:
        SyncMachine.folder, SyncMachine.reached = folder, Counter()
        SyncMachine.templates = make_templates(folder, databases or (None,) * len(SHAPES))
        yield SyncMachine
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _on_postgresql(stack: ExitStack, pg_server: str) -> type[SyncMachine]:
    urls = [stack.enter_context(pg.empty_database(pg_server)) for _ in SHAPES]
    return stack.enter_context(_machine(*urls))


def _run(machine: type[SyncMachine], examples: int, steps: int, *, same: bool = False) -> None:
    """Run, and compare what was met with the floors. A failure is cut down by ``tests.faults.walk``, not here.

    ``same`` repeats one run, so that nobody's change is blamed for what luck found; long runs look for new ways.
    """
    quiet = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples, stateful_step_count=steps, deadline=None, suppress_health_check=quiet,
            print_blob=not same, database=None, phases=[Phase.explicit, Phase.generate],
            derandomize=same,
        ),
    )  # fmt: skip
    met, scale = machine.reached, examples * steps / (EXAMPLES * STEPS)
    short = {name: met[name] for name, floor in FLOORS.items() if met[name] < int(floor * scale)}
    assert not short, f"the run reached too little: {short} of {dict(sorted(met.items()))}"


@pytest.mark.timeout(600)
def test_nothing_is_lost_on_sqlite() -> None:
    with _machine() as machine:
        _run(machine, 8, STEPS, same=True)


@pytest.mark.pg
@pytest.mark.timeout(600)
def test_nothing_is_lost_on_postgresql(pg_server: str) -> None:
    with ExitStack() as stack:
        machine = _on_postgresql(stack, pg_server)
        _run(machine, 8, STEPS, same=True)


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_nothing_is_lost_in_a_long_run_on_sqlite(allow_log: Callable[[str], None]) -> None:
    allow_log(TOO_LONG)
    with _machine() as machine:
        _run(machine, 300, 60)


@pytest.mark.slow
@pytest.mark.pg
@pytest.mark.timeout(3600)
def test_nothing_is_lost_in_a_long_run_on_postgresql(pg_server: str, allow_log: Callable[[str], None]) -> None:
    allow_log(TOO_LONG)
    with ExitStack() as stack:
        machine = _on_postgresql(stack, pg_server)
        _run(machine, 150, 60)
