"""Several workers behind one port: one centre, whichever of them answers; replaced when one dies, ended together."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest
import requests

from sync.server import admin
from sync.server.run import serve
from tests.e2e.programs import ROOT
from tests.sync.server.test_metrics import figures
from tests.sync.server.wire import STATION, WireDesk
from zzdesk.clock import SystemClock
from zzdesk.errors import InvalidError

WORKERS = 2
END_S = 60


class Team:
    """A centre with several workers, as a program."""

    def __init__(self, data: Path, url: str) -> None:
        words = [sys.executable, "-m", "zzdesk", "serve", "--data", str(data), "--port", "0", "--database", url]
        file = data.with_name("partners.toml")
        file.write_text(f'[open311]\nstations = ["{STATION}"]\n')
        words += ["--partners", str(file)]
        self.process = subprocess.Popen(
            [*words, "--workers", str(WORKERS)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )  # fmt: skip
        assert self.process.stdout is not None
        line = self.process.stdout.readline().strip()
        assert line.startswith("listening on "), line
        self.url = line.removeprefix("listening on ")

    def workers(self) -> list[psutil.Process]:
        """The workers that live: the supervisor's children but for the resource tracker of multiprocessing."""
        children = psutil.Process(self.process.pid).children()
        return [child for child in children if "spawn_main" in " ".join(child.cmdline())]

    def end(self, how: signal.Signals = signal.SIGTERM) -> tuple[int, str, str]:
        self.process.send_signal(how)
        out, err = self.process.communicate(timeout=END_S)
        return self.process.returncode, out, err


@pytest.fixture
def team(tmp_path: Path, pg_url: str):
    running = Team(tmp_path / "centre", pg_url)
    yield running
    if running.process.returncode is None:
        running.end(signal.SIGKILL)


@pytest.mark.pg
def test_any_worker_answers_for_all(team: Team, tmp_path: Path, pg_url: str) -> None:
    data = tmp_path / "centre"
    assert len(team.workers()) == WORKERS
    # A connection of its own for each: whichever worker takes it, the door is open.
    assert {requests.get(f"{team.url}/open311/v2/requests.json", timeout=30).status_code for _ in range(6)} == {200}
    desks = [WireDesk(team.url, SystemClock(), admin.enrol_code(data, pg_url, STATION)) for _ in range(4)]
    with ThreadPoolExecutor(len(desks)) as pool:
        ids = list(pool.map(_push_some, desks))
    seen = {row["rec"]["id"] for row in _fresh(team, data, pg_url).pull_all()}
    assert seen == {each for pushed in ids for each in pushed}
    counted = figures(team.url)
    assert counted["zzsync_operations_total{outcome=applied}"] == len(seen)  # whoever counted them
    for desk in desks:
        desk.close()
    assert team.end() == (0, "", "")


def _push_some(desk: WireDesk) -> list[str]:
    made = [desk.create(title=f"{n}") for n in range(20)]
    for op in made:
        desk.http.close()  # another line each time, so that another worker may take it
        assert desk.push_one(op)["outcome"] == "applied"
    return [op["id"] for op in made]


def _fresh(team: Team, data: Path, url: str) -> WireDesk:
    return WireDesk(team.url, SystemClock(), admin.enrol_code(data, url, STATION))


@pytest.mark.pg
def test_a_worker_that_died_is_replaced(team: Team) -> None:
    victim, *_ = team.workers()
    victim.kill()
    psutil.wait_procs([victim], timeout=END_S)
    _until(lambda: len(team.workers()) == WORKERS and victim.pid not in {each.pid for each in team.workers()})
    for _ in range(10):
        assert requests.get(f"{team.url}/v1/health", timeout=30).json()["status"] == "ok"


@pytest.mark.pg
def test_workers_end_when_their_supervisor_is_killed(team: Team) -> None:
    left = team.workers()
    team.process.kill()
    _, alive = psutil.wait_procs(left, timeout=END_S)
    assert alive == []


def _until(is_so) -> None:
    """Wait for it by waiting for processes: each turn is one bounded look."""
    for _ in range(600):
        if is_so():
            return
        psutil.wait_procs([psutil.Process()], timeout=0.1)
    raise AssertionError("it never came to be so")


def test_sqlite_has_one_writer(tmp_path: Path) -> None:
    with pytest.raises(InvalidError):
        serve(tmp_path / "centre", workers=2)
