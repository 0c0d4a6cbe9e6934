"""A desk or the centre is killed in the middle of a synchronisation: nothing is lost, nothing is there twice."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable

import pytest

from tests.e2e.programs import Centre, Home, Running, Wire

pytestmark = [pytest.mark.timeout(900), pytest.mark.slow]
"""Half a minute each: ``tests/faults/test_kill.py`` asks the same of the code itself in every run."""
RECORDS = 560
"""More than one batch of a push (500), so that there is a middle."""

LONG = "这段话让每条记录有些分量，好让同步分成几批。" * 4


@pytest.fixture
def enrolled(centre: Centre, wire: Wire, desks: tuple[Home, Home]) -> tuple[Home, Home]:
    """Two desks on the watched line; the first has records that no one else has."""
    for desk in desks:
        desk.run("enrol", wire.url, centre.code())
    a, _ = desks
    a.add("report", *({"title": f"第{n}件", "category": "noise", "description": LONG} for n in range(RECORDS)))
    return desks


def all_there_once(a: Home, b: Home) -> None:
    for desk in (a, b, a):
        assert desk.sync()["pending"] == 0
    ours, theirs = a.export("report"), b.export("report")
    titles = Counter(json.loads(line)["title"] for line in ours.splitlines())
    assert titles == Counter({f"第{n}件": 1 for n in range(RECORDS)})
    assert ours == theirs
    assert b.conflicts() == []
    quiet = a.sync()
    assert (quiet["pushed"], quiet["pulled"]) == (0, 0)
    for desk in (a, b):
        assert desk.json("audit", "verify")[0]["ok"]


def killed_during_sync(desk: Home, wire: Wire, path: str, number: int, when: str) -> None:
    """Synchronise, and kill the desk ``when`` (before or after the centre saw) the request comes by."""
    reached: list[str] = []
    process: Running

    def cut(at: str, nth: int) -> None:
        if (at, nth) == (path, number):
            reached.append(at)
            process.kill()
            process.wait()

    wire.watch(**{when: cut})
    process = desk.start("sync", "--json")
    process.communicate()
    wire.watch()
    assert reached == [path], "the sync never came to the place where it should be killed"
    assert process.returncode == -9


@pytest.mark.parametrize(
    ("path", "number", "when"),
    [
        pytest.param("/v1/push", 2, "before", id="half-pushed"),
        pytest.param("/v1/push", 1, "after", id="answer-lost", marks=pytest.mark.slow),
    ],
)
def test_killed_while_it_sends(
    enrolled: tuple[Home, Home], wire: Wire, path: str, number: int, when: str
) -> None:
    a, b = enrolled
    killed_during_sync(a, wire, path, number, when)
    all_there_once(a, b)


def test_killed_while_it_receives(enrolled: tuple[Home, Home], wire: Wire) -> None:
    a, b = enrolled
    a.sync()
    killed_during_sync(b, wire, "/v1/pull", 2, "after")
    all_there_once(a, b)


@pytest.mark.parametrize(
    "when", [pytest.param("before", marks=pytest.mark.slow), "during", pytest.param("after", marks=pytest.mark.slow)]
)
def test_the_centre_is_killed_in_the_middle(
    enrolled: tuple[Home, Home], centre: Centre, wire: Wire, when: str
) -> None:
    a, b = enrolled
    killed: list[int] = []

    def cut(path: str, number: int) -> None:
        if (path, number) == ("/v1/push", 2) and not killed:
            killed.append(number)
            centre.kill()

    hooks: dict[str, Callable[[str, int], None]] = {when: cut}
    wire.watch(**hooks)
    a.run("sync", "--json", status=1)
    wire.watch()
    assert killed == [2]
    assert a.json("status")[0]["last_error"] == "offline"
    centre.start()
    all_there_once(a, b)
