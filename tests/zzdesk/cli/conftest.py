"""The command line inside this process: its status, and what it said where."""

from __future__ import annotations

import io
import json
import logging
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from zzdesk.cli.app import main
from zzdesk.logs import MaskingFormatter

STATION = "350602002004"
PASSPHRASE = "a lamp in the stairwell"


@dataclass(frozen=True)
class Ended:
    """How a command ended."""

    status: int
    out: str
    err: str

    @property
    def lines(self) -> list[Any]:
        """What ``--json`` printed."""
        return [json.loads(line) for line in self.out.splitlines()]


Cli = Callable[..., Ended]


@pytest.fixture(autouse=True)
def close_logs() -> Iterator[None]:
    """A command leaves its log open, since its process ends; here it does not."""
    yield
    root = logging.getLogger()
    for handler in [h for h in root.handlers if isinstance(h.formatter, MaskingFormatter)]:
        root.removeHandler(handler)
        handler.close()


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Cli:
    """Run a command line; ``given`` is text for stdin, or objects that become JSON lines."""
    monkeypatch.setenv("ZZDESK_PASSPHRASE", PASSPHRASE)

    def run(*words: object, given: Any = "") -> Ended:
        if isinstance(given, list):
            given = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in given)
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given.encode()), "utf-8"))
        status = main([str(word) for word in words])
        said = capsys.readouterr()
        return Ended(status, said.out, said.err)

    return run


@pytest.fixture
def cli(run: Cli, home: Path) -> Cli:
    """Run commands on a home that exists."""
    made = run("--home", home, "init", "--station", STATION, "--user", "wang", "--test")
    assert made.status == 0, made.err
    return lambda *words, given="": run("--home", home, *words, given=given)
