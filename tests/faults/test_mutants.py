"""Every fault that is put into the real code is noticed by the random walks; the code as it is passes them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults import mutants


def test_every_mutant_still_fits_the_code() -> None:
    for edits in mutants.MUTANTS.values():
        for name, old, _ in edits:
            assert (mutants.ROOT / name).read_text("utf-8").count(old) == 1, f"{name}: {old!r}"


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
