"""What lies outside the program goes wrong: one sentence that says what and where, and status 1, never a crash file."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.zzdesk.cli.conftest import STATION, Cli, Ended

REPORT = [{"title": "路灯不亮", "category": "lighting"}]
Edge = Callable[[Cli, Cli, Path], Ended]

EDGES: dict[str, Edge] = {
    "home is a file": lambda run, cli, tmp: run("--home", _file(tmp), "init", "--station", STATION, "--user", "a"),
    "address is broken": lambda run, cli, tmp: cli("enrol", "http://[bad", "C"),
    "address has a space": lambda run, cli, tmp: cli("enrol", "https://exa mple", "C"),
    "port is no port": lambda run, cli, tmp: cli("enrol", "https://example:99999", "C"),
    "export into a folder": lambda run, cli, tmp: cli("export", "report", "--file", tmp),
    "add from a folder": lambda run, cli, tmp: cli("add", "report", "--file", tmp),
    "database of no kind": lambda run, cli, tmp: run("serve", "--data", tmp / "s", "--port", 0, "--database", "no://x"),
    "certificate is missing": lambda run, cli, tmp: run(
        "serve", "--data", tmp / "s", "--port", 0, "--tls-cert", tmp / "no", "--tls-key", tmp / "no"),
}  # fmt: skip


def _file(folder: Path) -> Path:
    path = folder / "file"
    path.write_text("x")
    return path


@pytest.mark.parametrize("name", EDGES)
def test_one_sentence_and_status_one(name: str, run: Cli, cli: Cli, tmp_path: Path) -> None:
    ended = EDGES[name](run, cli, tmp_path)
    assert ended.status == 1
    assert ended.err.startswith("zzdesk: ")
    assert len(ended.err.strip().splitlines()) == 1
    assert "错误报告" not in ended.err


def test_what_was_saved_is_never_called_unsaved(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    with open("/dev/full", "w") as full:
        monkeypatch.setattr(sys, "stdout", full)
        ended = cli("add", "report", "--file", "-", given=REPORT)
        monkeypatch.undo()
        os.set_blocking(full.fileno(), False)
        with pytest.raises(OSError, match="space"):
            full.flush()
        os.dup2(os.open(os.devnull, os.O_WRONLY), full.fileno())
    assert ended.status == 1
    assert "已经保存 1 条" in ended.err


def test_an_anchor_that_cannot_be_written_does_not_undo_a_commit(
    cli: Cli, home: Path, expect_log: Callable[[str], None]
) -> None:
    for anchor in home.glob("*.anchor"):
        anchor.unlink()
        anchor.mkdir()
    expect_log("anchor")
    assert cli("add", "report", "--file", "-", given=REPORT).status == 0
    assert len(cli("list", "report", "--json").lines) == 1
