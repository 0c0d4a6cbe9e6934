"""A long random walk by seeds, and the shortest way to a failure: for nights, and for what Hypothesis is too slow at.

    python -m tests.faults.walk [--long] [FIRST] [COUNT] [STEPS] [postgresql | URL] [--as-it-is]

prints what was reached; a walk that fails is cut down to the steps that matter, which a plain test can repeat, unless
it is wanted as it is.  ``--long`` takes 2,000 walks where no count is given, tells how far it has got, and with which
seed to go on after it was stopped.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Final

from tests.faults.happenings import Draw, Happenings
from tests.faults.world import Template, World, memory_folder
from tests.pg import empty_database, find_binaries, private_server

Step = tuple[str, Draw]
LONG: Final = 2000
"""Walks of a long run."""
EVERY: Final = 10
"""After so many walks a long run tells how far it is."""
TELLING: Final = ("op:applied", "op:conflict", "held", "evicted", "op:lost", "centre put back", "home put back", "clone",
                  "bundle")  # fmt: skip


@contextmanager
def templates(database_url: str | None = None) -> Iterator[tuple[Template, ...]]:
    """Templates of three, four and five desks, in one community and in two, removed afterwards.

    Each is on a PostgreSQL database of its own if asked.
    """
    folder = Path(tempfile.mkdtemp(prefix="zzwalk", dir=memory_folder()))
    with ExitStack() as stack:
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        if database_url == "postgresql":
            database_url = stack.enter_context(private_server(find_binaries() or Path()))
        urls = [stack.enter_context(empty_database(database_url)) if database_url else None for _ in SHAPES]
        yield make_templates(folder, urls)


SHAPES: Final = ((3, 0), (4, 1), (5, 2))
"""How many desks a template has, and how many of them are in the community next door."""


def make_templates(folder: Path, urls: Sequence[str | None] = (None,) * len(SHAPES)) -> tuple[Template, ...]:
    """Make templates of three, four and five desks, in one community and in two, on these databases."""
    return tuple(
        Template.make(folder / f"desks{desks}-{apart}", desks, url, apart=apart)
        for (desks, apart), url in zip(SHAPES, urls, strict=True)
    )


def steps_of(seed: int, count: int) -> list[Step]:
    """Return the steps of a walk."""
    random = Random(seed)
    return [Happenings.choose(random) for _ in range(count)]


def walk(template: Template, steps: Sequence[Step]) -> Counter[str]:
    """Take the steps in a fresh world, let it come to rest and check it; return what was reached."""
    reached: Counter[str] = Counter()
    world = World(template, Path(tempfile.mkdtemp(prefix="run", dir=template.folder.parent)))
    try:
        happenings = Happenings(world, reached)
        for what, draw in steps:
            happenings.let(what, draw)
        happenings.finish()
    finally:
        world.close()
    return reached


def _fails(template: Template, steps: Sequence[Step]) -> BaseException | None:
    try:
        walk(template, steps)
    except Exception as error:  # noqa: BLE001 - any failure is what we look for
        return error
    return None


def shortest(template: Template, steps: list[Step]) -> list[Step]:
    """Return a failing walk from which no step can be left out (delta debugging)."""
    size = len(steps) // 2
    while size:
        at = 0
        while at < len(steps):
            fewer = steps[:at] + steps[at + size :]
            if fewer and _fails(template, fewer):
                steps = fewer
            else:
                at += size
        size //= 2
    return steps


@dataclass(frozen=True)
class Wish:
    """Which walks are wanted: from which seed, how many, how long, on which database, and how a failure is shown."""

    first: int
    count: int
    steps: int
    database: str | None
    as_it_is: bool
    long: bool

    @classmethod
    def of(cls, arguments: list[str]) -> Wish:
        """Read the words of the command line; ``--long`` has a count of its own."""
        words = [word for word in arguments if not word.startswith("--")]
        long = "--long" in arguments
        first, count, steps = (int(words[n]) if len(words) > n else usual for n, usual in enumerate((0, LONG if long else 1, 80)))
        return cls(first, count, steps, words[3] if len(words) > 3 else None, "--as-it-is" in arguments, long)


def main(arguments: list[str]) -> int:
    """Walk; return 1 after a failure, which is printed with its shortest way."""
    wish, total, started = Wish.of(arguments), Counter[str](), time.monotonic()
    with templates(wish.database) as all_of_them:
        for seed in range(wish.first, wish.first + wish.count):
            template, way = all_of_them[seed % len(all_of_them)], steps_of(seed, wish.steps)
            try:
                total += walk(template, way)
            except Exception:  # noqa: BLE001 - shown and cut down
                print(f"seed {seed} fails")
                traceback.print_exc()
                if not wish.as_it_is:
                    _show_shortest(template, way)
                return 1
            done = seed + 1 - wish.first
            if wish.long and (done % EVERY == 0 or done == wish.count):
                minutes = (time.monotonic() - started) / 60
                print(f"{done} of {wish.count} in {minutes:.0f} min: {_brief(total)}; go on with --long {seed + 1}", flush=True)
    print(dict(sorted(total.items())))
    return 0


def _show_shortest(template: Template, way: list[Step]) -> None:
    brief = shortest(template, way)
    print(f"shortest, {len(template.keys)} desks: {_fails(template, brief)!r:.2000}")
    for step in brief:
        print("   ", step, ",")


def _brief(total: Counter[str]) -> str:
    return ", ".join(f"{total[name]} {name}" for name in TELLING)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
