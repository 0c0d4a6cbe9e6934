"""Files between desks and centre as programs of their own: killed in the middle of an upload, and gone on with."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.programs import Centre, Home, Running, Wire

pytestmark = [pytest.mark.timeout(600), pytest.mark.slow]
"""Half a minute each: ``tests/faults/test_kill.py`` asks the same of the code itself in every run."""
SIZE = 3 * 1024 * 1024
LARGEST_CHUNK = 2 * 1024 * 1024
"""Of a file of this size: chunks double from 256 KiB."""


@pytest.fixture
def enrolled(centre: Centre, wire: Wire, desks: tuple[Home, Home]) -> tuple[Home, Home]:
    for desk in desks:
        desk.run("enrol", wire.url, centre.code())
    return desks


@pytest.fixture
def attached(enrolled: tuple[Home, Home], tmp_path: Path) -> str:
    """A report with a recording, on the first desk alone."""
    desk, _ = enrolled
    source = tmp_path / "recording.wav"
    source.write_bytes(random.Random(1).randbytes(SIZE))
    (report,) = desk.add("report", {"title": "半夜施工", "category": "noise"})
    return desk.run("attach", "report", report, str(source), "--set", "purpose=evidence")[0].strip()


def states(desk: Home, *words: str) -> list[tuple[bool, bool, str]]:
    rows: list[dict[str, Any]] = desk.json("attachments", *words)
    return [(row["bytes_here"], row["bytes_at_centre"], row["state"]) for row in rows]


def is_file(path: str) -> bool:
    return path.startswith("/v1/blobs/") and not path.endswith("/missing")


def it_comes_home(a: Home, b: Home, wire: Wire) -> int:
    """Go on with the upload; the same person's other desk gets the file by itself; return the bytes sent to finish."""
    wire.watch()
    done = a.sync()
    assert (done["files_sent"], done["files_left"], done["files_problem"]) == (1, 0, None)
    sent = wire.up["PATCH"]
    assert states(a) == [(True, True, "verified")]
    assert states(a, "--missing") == []
    assert b.sync()["files_received"] == 1
    assert states(b) == [(True, True, "verified")]
    return sent


def test_a_desk_killed_in_the_middle_of_an_upload_goes_on_with_it(
    enrolled: tuple[Home, Home], attached: str, wire: Wire
) -> None:
    a, b = enrolled
    killed: list[Running] = []

    def kill(path: str, number: int) -> None:
        if number == 3 and is_file(path):
            killed[0].kill()

    wire.watch(during=kill)
    killed.append(a.start("sync", "--json"))
    killed[0].communicate(timeout=120)
    assert killed[0].returncode == -9
    before = wire.up["PATCH"]
    assert 0 < before < SIZE
    assert states(a, "--missing") == [(True, False, "waiting")]
    after = it_comes_home(a, b, wire)
    assert SIZE <= before + after <= SIZE + LARGEST_CHUNK


def test_a_centre_killed_in_the_middle_of_an_upload_goes_on_with_it(
    enrolled: tuple[Home, Home], attached: str, wire: Wire, centre: Centre
) -> None:
    a, b = enrolled

    def kill(path: str, number: int) -> None:
        if number == 3 and is_file(path):
            centre.kill()

    wire.watch(during=kill)
    broken = a.sync()
    assert (broken["pending"], broken["files_left"], broken["files_problem"]) == (0, 1, "offline")
    before = wire.up["PATCH"]
    centre.start()
    after = it_comes_home(a, b, wire)
    assert SIZE <= before + after <= SIZE + LARGEST_CHUNK


def test_a_desk_killed_in_the_middle_of_a_download_goes_on_with_it(
    enrolled: tuple[Home, Home], attached: str, wire: Wire
) -> None:
    a, b = enrolled
    a.sync()
    killed: list[Running] = []

    def kill(path: str, number: int) -> None:
        if is_file(path):
            killed[0].kill()

    wire.watch(after=kill)
    killed.append(b.start("sync", "--json"))
    killed[0].communicate(timeout=120)
    assert states(b) == [(False, True, "verified")]
    wire.watch()
    assert b.sync()["files_received"] == 1
    assert states(b) == [(True, True, "verified")]
    assert [name for name in (b.folder / "files").iterdir() if name.name.startswith(".")] == []
