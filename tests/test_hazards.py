"""Each hazard of the catalogue has tests, and they are there."""

from __future__ import annotations

import pytest

from tests.hazards import HAZARDS, ROOT, names_of_tests

CATALOGUE = range(1, 43)


def test_no_hazard_is_left_out() -> None:
    assert sorted(HAZARDS) == list(CATALOGUE)


@pytest.mark.parametrize("number", sorted(HAZARDS))
def test_what_shows_it_is_there(number: int) -> None:
    named = HAZARDS[number].tests
    assert named
    for test in named:
        file, _, name = test.partition("::")
        assert name in names_of_tests(ROOT / file), test
