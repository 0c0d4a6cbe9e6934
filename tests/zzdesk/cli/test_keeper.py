"""The outer program of the kiosk: it starts the inner one again, waits longer each time, and gives up in words."""

from __future__ import annotations

import sys
import threading
from pathlib import Path

import pytest

from zzdesk.cli.keeper import AGAIN, DELAYS_S, LIVED_S, READER, Keeper, Restarts


def test_crashes_at_once_are_waited_for_longer_and_longer_and_then_given_up() -> None:
    restarts = Restarts()
    assert [restarts.died(0.5) for _ in DELAYS_S] == list(DELAYS_S)
    assert restarts.died(0.5) is None
    assert max(DELAYS_S) < 10, "always back within ten seconds"


def test_what_lived_for_a_while_begins_anew() -> None:
    restarts = Restarts()
    assert [restarts.died(1), restarts.died(1), restarts.died(LIVED_S), restarts.died(1)] == [0.0, 1.0, 0.0, 1.0]


def script(tmp_path: Path, text: str) -> list[str]:
    path = tmp_path / f"inner{len(list(tmp_path.iterdir()))}.py"
    path.write_text(text, "utf-8")
    return [sys.executable, str(path)]


def test_the_password_goes_by_the_pipe_and_leaving_ends_it(tmp_path: Path) -> None:
    told = tmp_path / "told"
    inner = script(tmp_path, f"import pathlib; pathlib.Path({str(told)!r}).write_text(input()); print('ready')")
    said: list[str] = []
    assert Keeper(inner, ["no such program"], "a lamp in the stairwell", said.append).run() == 0
    assert told.read_text() == "a lamp in the stairwell"
    assert [line for line in said if "已启动" in line] == said
    assert len(said) == 1


def test_where_nobody_has_set_a_pin_yet_what_cannot_start_is_said_to_who_sets_it_up(tmp_path: Path) -> None:
    inner = script(tmp_path, "raise SystemExit(3)")
    said: list[str] = []
    assert Keeper(inner, ["no such program"], "x", said.append, has_door=lambda: False).run() == 1
    assert said == []


@pytest.mark.parametrize("first", [75, 3])
def test_what_cannot_be_opened_shows_that_it_has_stopped_and_no_desktop(tmp_path: Path, first: int) -> None:
    """Its account was stopped, while it ran or before the machine was started again: 再试一次 finds it right again."""
    times, asked = tmp_path / "times", tmp_path / "asked"
    inner = script(tmp_path, f"import os; p = {str(times)!r}; n = len(open(p).read()) if os.path.exists(p) else 0\n"
                             f"open(p, 'a').write('x'); raise SystemExit(({first}, 3, 0)[n])")
    stopped = script(tmp_path, f"open({str(asked)!r}, 'a').write('x'); raise SystemExit({AGAIN})")
    assert Keeper(inner, stopped, "x", lambda line: None).run() == 0
    assert (times.read_text(), asked.read_text()) == ("xxx", "x" if first == 75 else "xx")


@pytest.mark.parametrize(("crashes", "status"), [(2, 0), (99, 1)])
def test_a_stopped_screen_that_breaks_is_shown_again_and_only_an_operator_ends_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, crashes: int, status: int
) -> None:
    """Where no picture can be shown at all, it gives up after as many as the kiosk itself."""
    monkeypatch.setattr("zzdesk.cli.keeper.DELAYS_S", (0.0,) * 5)
    asked = tmp_path / "asked"
    inner = script(tmp_path, "raise SystemExit(3)")
    stopped = script(tmp_path, f"import os; p = {str(asked)!r}; n = len(open(p).read()) if os.path.exists(p) else 0\n"
                               f"open(p, 'a').write('x'); raise SystemExit(9 if n < {crashes} else 0)")
    assert Keeper(inner, stopped, "x", lambda line: None).run() == status
    assert len(asked.read_text()) == min(crashes + 1, 6)


def test_what_a_dead_kiosk_left_running_does_not_keep_it_from_starting_again(tmp_path: Path) -> None:
    """A program that it had started holds its pipe: it is there until the second kiosk has left a sign."""
    sign = tmp_path / "sign"
    child = script(tmp_path, f"import os, time\nwhile not os.path.exists({str(sign)!r}): time.sleep(0.05)")
    inner = script(tmp_path, f"import os, subprocess, sys\nif os.path.exists({str(tmp_path / 'once')!r}):\n"
                             f"    open({str(sign)!r}, 'w').close(); raise SystemExit(0)\n"
                             f"open({str(tmp_path / 'once')!r}, 'w').close(); subprocess.Popen({child!r}); raise SystemExit(70)")
    assert Keeper(inner, ["no such program"], "x", lambda line: None).run() == 0
    assert sign.exists()
    for thread in threading.enumerate():
        if thread.name == READER:
            thread.join(30)  # what was left running ends now, as soon as the machine lets it


@pytest.mark.parametrize(("answer", "starts"), [(0, 6), (AGAIN, 12)])
def test_after_five_crashes_in_vain_it_says_so_on_the_screen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: int, starts: int
) -> None:
    """The second time 再试一次 is pressed once, and the crashes go on until an operator leaves."""
    monkeypatch.setattr("zzdesk.cli.keeper.DELAYS_S", (0.0,) * 5)
    log, asked = tmp_path / "log", tmp_path / "asked"
    inner = script(tmp_path, f"open({str(log)!r}, 'a').write('x'); import os; os.abort()")
    stopped = script(tmp_path, f"import os; p = {str(asked)!r}; first = not os.path.exists(p); open(p, 'a').write('x')\n"
                               f"raise SystemExit({answer} if first else 0)")
    said: list[str] = []
    assert Keeper(inner, stopped, "x", said.append).run() == 0
    assert len(log.read_text()) == starts
    assert "连续出错" in said[-1]


def test_what_does_not_answer_is_killed_and_started_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zzdesk.cli.keeper.SILENT_S", 0.3)
    monkeypatch.setattr("zzdesk.cli.keeper.FIRST_S", 5.0)
    monkeypatch.setattr("zzdesk.cli.keeper._LOOK_S", 0.05)
    once = tmp_path / "once"
    inner = script(tmp_path, "import os, signal\n"
                             f"if os.path.exists({str(once)!r}): raise SystemExit(0)\n"
                             f"open({str(once)!r}, 'w').close(); print('ready', flush=True); signal.pause()")
    said: list[str] = []
    assert Keeper(inner, ["no such program"], "x", said.append).run() == 0
    assert any("没有反应" in line for line in said)
