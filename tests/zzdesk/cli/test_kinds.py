"""The command line knows every kind that the program knows, and lets each be seen by whom it is for."""

from __future__ import annotations

import pytest

from tests.zzdesk.cli.conftest import Cli
from zzdesk.catalogue import KINDS
from zzdesk.cli import records

CONFIDENTIAL = frozenset({"clue"})
"""Read by the police alone; the first account of a home is not of them."""


def test_no_kind_is_left_out() -> None:
    assert set(records.KINDS) == set(KINDS)


def test_each_kind_says_its_fields_and_is_listed(cli: Cli) -> None:
    for kind in records.KINDS:
        said = cli("schema", kind, "--json")
        assert (said.status, bool(said.lines)) == (0, True), kind
        listed = cli("list", kind, "--json")
        assert listed.status == (1 if kind in CONFIDENTIAL else 0), (kind, listed.err)


@pytest.mark.parametrize("words", ["show clue x --json", "export clue --file -"])
def test_a_clue_is_for_the_police(cli: Cli, words: str) -> None:
    added = cli("add", "clue", "--file", "-", given=[{"text": "半夜有人聚赌", "place": "台湾路"}])
    assert added.status == 0, added.err
    ended = cli(*words.replace(" x", f" {added.out.strip()}").split())
    assert ended.status == 1
    assert "聚赌" not in ended.out + ended.err
