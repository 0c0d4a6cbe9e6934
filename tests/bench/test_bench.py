"""The measurements run, name what they measured, and set every figure beside the bare machine of the same run."""

from __future__ import annotations

import json
import subprocess
from typing import Any

import pytest

from tests.e2e.programs import PROGRAM, environment
from zzdesk.cli.bench.figures import Figure


def measured(*words: str) -> dict[str, dict[str, Any]]:
    done = subprocess.run([*PROGRAM, "bench", *words, "--json"], capture_output=True, text=True, env=environment())
    assert done.returncode in (0, 1), done.stderr
    return {found["name"]: found for found in map(json.loads, done.stdout.splitlines())}


@pytest.mark.bench
@pytest.mark.timeout(900)
def test_the_desk_at_fifty_thousand_records() -> None:
    found = measured("desk", "--n", "50000")
    assert all(figure["baseline"] > 0 and figure["ratio"] > 0 for figure in found.values())
    assert {"bulk add of 10000", "commit of one report, median", "list, first page", "filter, one page"} <= set(found)
    reads = [f for name, f in found.items() if name.startswith(("list", "filter", "search"))]
    assert len(reads) >= 18
    looks = [figure for figure in reads if figure["limit"] is not None]
    assert all(figure["value"] <= figure["limit"] for figure in looks), reads
    assert found["hint about duplicates"]["value"] <= 100
    assert found["address while typing"]["value"] <= 100
    assert found["match list among 50000, database work"]["value"] <= 100
    assert found["bulk add of 10000"]["value"] <= 5
    assert found["commit of one report, median"]["value"] <= 5


def test_a_figure_knows_what_was_promised() -> None:
    assert Figure("a", 6.0, "ms", 2.0, "raw", 5.0).ratio == 3.0
    assert not Figure("a", 6.0, "ms", 2.0, "raw", 5.0).within
    assert Figure("a", 4.0, "ms", 2.0, "raw", 5.0).within
    assert not Figure("start", 4.0, "s", 1.0, "bare", None, 3.0).within
    assert Figure("start", 3.0, "s", 1.0, "bare", None, 3.0).within
    assert Figure("a", 6.0, "ms").ratio is None
