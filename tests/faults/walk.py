"""A long random walk by seeds, and the shortest way to a failure: for nights, and for what Hypothesis is too slow at.

    python -m tests.faults.walk FIRST COUNT [STEPS] [postgresql | URL] [--as-it-is]

prints what was reached; a walk that fails is cut down to the steps that matter, which a plain test can repeat, unless
it is wanted as it is.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import traceback
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from random import Random

from tests.faults import rest
from tests.faults.happenings import Draw, Happenings
from tests.faults.world import Template, World, memory_folder
from tests.pg import empty_database, find_binaries, private_server

Step = tuple[str, Draw]


@contextmanager
def templates(database_url: str | None = None) -> Iterator[tuple[Template, ...]]:
    """Templates of two desks, of three, and of three in two communities, removed afterwards.

    Each is on a PostgreSQL database of its own if asked.
    """
    folder = Path(tempfile.mkdtemp(prefix="zzwalk", dir=memory_folder()))
    with ExitStack() as stack:
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        if database_url == "postgresql":
            database_url = stack.enter_context(private_server(find_binaries() or Path()))
        urls = [stack.enter_context(empty_database(database_url)) if database_url else None for _ in range(3)]
        yield make_templates(folder, urls)


def make_templates(folder: Path, urls: Sequence[str | None] = (None, None, None)) -> tuple[Template, ...]:
    """Make templates of two desks, of three, and of three in two communities, on these databases."""
    two, three, apart = urls
    return (
        Template.make(folder / "two", 2, two), Template.make(folder / "three", 3, three),
        Template.make(folder / "apart", 3, apart, apart=True),
    )  # fmt: skip


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
        world.settle()
        reached.update(rest.check(world))
        reached.update({f"net:{fate}": n for fate, n in world.met().items()})
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


def main(arguments: list[str]) -> int:
    """Walk; return 1 after a failure, which is printed with its shortest way."""
    brief_only = "--as-it-is" in arguments
    arguments = [word for word in arguments if word != "--as-it-is"]
    first, count, steps = int(arguments[0]), int(arguments[1]), int(arguments[2] if len(arguments) > 2 else 80)
    total: Counter[str] = Counter()
    with templates(arguments[3] if len(arguments) > 3 else None) as all_of_them:
        for seed in range(first, first + count):
            template, way = all_of_them[seed % len(all_of_them)], steps_of(seed, steps)
            try:
                total += walk(template, way)
            except Exception:  # noqa: BLE001 - shown and cut down
                print(f"seed {seed} fails")
                traceback.print_exc()
                if brief_only:
                    return 1
                brief = shortest(template, way)
                error = _fails(template, brief)
                print(f"shortest, {len(template.keys)} desks: {error!r:.2000}")
                for step in brief:
                    print("   ", step, ",")
                return 1
    print(dict(sorted(total.items())))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
