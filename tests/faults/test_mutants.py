"""Every fault that is put into the real code is noticed by the random walks; the code as it is passes them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults import mutants


def test_every_mutant_still_fits_the_code() -> None:
    for edits in mutants.MUTANTS.values():
        for name, old, _ in edits:
            assert (mutants.ROOT / name).read_text("utf-8").count(old) == 1, f"{name}: {old!r}"


def test_every_mutant_is_a_program(tmp_path: Path) -> None:
    """One that names what is not there fails by itself, and says nothing of the walks that it ends."""
    for number, edits in enumerate(mutants.MUTANTS.values()):
        for name, old, new in edits:
            file = tmp_path / str(number) / name
            file.parent.mkdir(parents=True, exist_ok=True)
            text = (file if file.exists() else mutants.ROOT / name).read_text("utf-8")
            file.write_text(text.replace(old, new), "utf-8")
    found = subprocess.run(
        [sys.executable, "-m", "ruff", "check", "--isolated", "--select", "F821,F822,F823", str(tmp_path)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert found.returncode == 0, found.stdout


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_the_code_as_it_is_passes_the_walks(tmp_path: Path) -> None:
    mutants.plant(tmp_path, ())
    verdict = mutants.walk_through(tmp_path)
    assert verdict.finished, verdict
    assert not verdict.noticed, verdict


@pytest.mark.slow
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("name", mutants.MUTANTS)
def test_a_mutant_is_noticed(name: str) -> None:
    assert mutants.try_mutant(name).noticed
