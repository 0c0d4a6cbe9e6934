"""The measurements of the exchange run with a few records, print every field, and account for what they sent."""

from __future__ import annotations

import json
import subprocess
from typing import Any

from tests.e2e.programs import PROGRAM, environment

FIELDS = {
    "workload", "records", "touched", "seconds", "requests", "bytes", "aim", "bytes_aim", "pipe_seconds", "pipe_bytes",
    "desk_cpu_s", "server_cpu_s", "desk_peak_kib", "server_peak_kib", "conflicts", "ratio", "bytes_ratio",
    "us_per_record", "within",
}  # fmt: skip


def lines(*words: str) -> tuple[list[dict[str, Any]], str]:
    done = subprocess.run([*PROGRAM, "bench", *words, "--json"], capture_output=True, text=True, env=environment())
    assert done.returncode in (0, 1), done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()], done.stderr


def test_five_workloads_stand_beside_the_pipe() -> None:
    found, told = lines("sync", "--n", "200", "--profile")
    assert [line["workload"] for line in found] == ["push", "pull", "carry", "idle", "both"]
    assert all(line.keys() == FIELDS for line in found)
    push, pull, carry, idle, both = found
    assert push["records"] == pull["touched"] == 200
    for line in (push, pull):
        assert line["ratio"] > 0
        assert line["bytes_ratio"] < 3
    assert (idle["requests"], idle["pipe_seconds"]) == (1, None)
    assert carry["conflicts"] == 0
    assert both["conflicts"] == both["touched"] == 2, "what two people wrote is shown to a person, not overwritten"
    assert "tottime" in told


def test_a_herd_loses_nothing_and_nobody_wins_twice() -> None:
    ((found,), _) = lines("load", "--desks", "6")
    assert (found["finished"], found["lost"], found["double_claims"]) == (6, 0, 0)
    assert found["operations"] == 6 + 2 + 6 * 5 + 6
    for what in ("push", "pull", "claim"):
        assert 0 < found[f"{what}_p50_ms"] <= found[f"{what}_p95_ms"]
