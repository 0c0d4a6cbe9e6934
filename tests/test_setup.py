"""Setting up: what is pinned is what the project asks for, and dev.py says clearly what it does."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from PySide6 import __version_info__ as qt_version

import dev

ROOT = Path(__file__).resolve().parent.parent
PINS = [Requirement(line) for line in (ROOT / "constraints.txt").read_text("utf-8").splitlines()]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
WANTED = [Requirement(line) for line in PROJECT["project"]["dependencies"] + PROJECT["dependency-groups"]["dev"]]


@pytest.mark.parametrize("wanted", WANTED, ids=str)
def test_what_the_project_asks_for_is_pinned_to_a_version_that_it_allows(wanted: Requirement) -> None:
    pins = [pin for pin in PINS if _plain(pin) == _plain(wanted)]
    allowed = [pin for pin in pins if wanted.specifier.contains(str(pin.specifier).removeprefix("=="))]
    assert allowed


@pytest.mark.parametrize("python", ["3.11", "3.12", "3.13", "3.14"])
def test_one_qt_for_each_python_and_never_the_one_that_aborts_on_old_python(python: str) -> None:
    here = {"python_version": python, "python_full_version": f"{python}.1"}
    pins = [pin for pin in PINS if pin.name == "pyside6-essentials" and (not pin.marker or pin.marker.evaluate(here))]
    assert len(pins) == 1
    assert python not in {"3.11"} or not str(pins[0].specifier).startswith("==6.12")


def test_the_running_qt_does_not_drop_references_of_none() -> None:
    assert not (sys.version_info < (3, 12) and qt_version[:2] == (6, 12))


def test_dev_without_a_command_explains_itself_with_status_two() -> None:
    told = subprocess.run([sys.executable, "dev.py"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert told.returncode == 2
    documented = re.findall(r"^python dev\.py (\w+)", told.stdout, re.MULTILINE)
    assert documented == ["run", "test", "slow", "check", "translate", "build", "lock"]


def test_a_compiled_file_is_stale_until_it_is_newer_than_its_source(tmp_path: Path) -> None:
    source, target = tmp_path / "a.po", tmp_path / "a.mo"
    source.write_text("")
    assert dev.is_stale(target, source)
    target.write_text("")
    os.utime(source, (1, 1))
    assert not dev.is_stale(target, source)
    os.utime(source, (2**31, 2**31))
    assert dev.is_stale(target, source)


def test_a_change_of_the_pins_changes_the_stamp(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("constraints.txt", "pyproject.toml"):
        (tmp_path / name).write_bytes((ROOT / name).read_bytes())
    monkeypatch.setattr(dev, "ROOT", tmp_path)
    before = dev.fingerprint()
    (tmp_path / "constraints.txt").write_text("x==1\n")
    assert before.startswith(f"python-{sys.version_info[0]}.{sys.version_info[1]} pyside6")
    assert dev.fingerprint() != before


@pytest.mark.skipif(sys.platform != "linux", reason="shared objects and their Debian names are a matter of Linux")
def test_a_library_that_is_absent_is_noticed() -> None:
    assert dev.loads("libc.so.6")
    assert not dev.loads("libzzdesk-is-no-library.so.9")


def _plain(requirement: Requirement) -> str:
    return re.sub(r"[-_.]+", "-", requirement.name).lower()
