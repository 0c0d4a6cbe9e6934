"""D04 at the kitchen table: the laptop dies in the middle of a session, offline; nothing that was typed is lost."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from sync.client.engine import sync_once
from sync.client.enrol import enrol
from sync.server.run import ServerThread
from tests.e2e.session_away import FIRST
from tests.e2e.test_counter import ROOT
from tests.ui.pages.driver import NOISE, PASSWORD, STATION, Driver
from ui.pages.mediation.saying import KEEP_MS
from zzdesk.desk import drafts, room
from zzdesk.desk.session import create_home, open_desk
from zzdesk.errors import NotFoundError, RefusedError
from zzdesk.mediation import commands
from zzdesk.mediation.queries import list_cases
from zzdesk.store.keys import TEST_COST

pytestmark = [pytest.mark.qt_log_ignore(*NOISE), pytest.mark.timeout(120)]
PARTIES = [{"role": "applicant", "name": "李秀英"}, {"role": "respondent", "name": "郑国辉"}]


def begun(home: Path) -> str:
    """Accept the case of D04 on a laptop that was never online, and begin a session; return the session."""
    desk, _ = create_home(home, STATION, "huang", PASSWORD, test=True, display_name="黄建华", cost=TEST_COST)
    with desk:
        about = {"title": "卫生间漏水", "facts": "楼上漏水，楼下天花板发霉"}
        change = desk.write(commands.accept_whole, {"category": "neighbours", "amount": "6800"}, about, PARTIES)
        case = next(record for kind, record in change.records if kind == "case")
        return str(desk.write(commands.add_paper, "session", {"case_id": case, "place": "金品社区茶室"}).created[0])


def typed_until_killed(home: Path, session: str) -> tuple[str, str]:
    """Let a program sit in the room, and kill it in the middle of a word; return what was kept last, and what was typed."""
    command = [sys.executable, "-m", "tests.e2e.session_away", str(home), PASSWORD, session]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    kept, typed = "", ""
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as typing:
        try:
            for line in typing.stdout or ():
                word, _, text = line.rstrip("\n").partition(" ")
                kept, typed = (text, typed) if word == "kept" else (kept, text)
                if kept and len(typed) > len(kept) + 2:
                    break
        finally:
            typing.send_signal(signal.SIGKILL)
    assert typing.returncode == -signal.SIGKILL
    return kept, typed


def test_the_laptop_dies_in_the_middle_of_a_session(tmp_path: Path, qtbot: QtBot, qapp: QApplication) -> None:
    assert KEEP_MS <= 2_000
    home = tmp_path / "laptop"
    session = begun(home)
    kept, typed = typed_until_killed(home, session)
    assert len(kept) > 2
    window = Driver(qtbot, qapp, open_desk(home, None, PASSWORD, cost=TEST_COST))
    try:
        there = window.desk.read(room.room, session)
        assert [said.fields["text"] for said in there.statements] == [FIRST], "noted once, neither lost nor doubled"
        page = window.page("mediation")
        page.enter_room(session)
        window.settle()
        text = page.room.notes.saying.text
        assert text.toPlainText().startswith(kept), "the unfinished sentence stands in the line again"
        assert typed.startswith(kept)
        page.room.notes.saying.note()
        window.settle()
        assert window.desk.read(drafts.find, f"session/{session}/saying") is None
        arrives_for_the_team_alone(window, tmp_path, session, kept)
    finally:
        window.close()


def arrives_for_the_team_alone(window: Driver, folder: Path, session: str, kept: str) -> None:
    """Three days later there is a network: the team's other desk has every word, a colleague's the stub."""
    with ServerThread(folder / "centre") as centre:
        enrol(window.desk, centre.url, centre.enrol_code(STATION))
        assert sync_once(window.desk).rejected == 0
        for login, words in (("huang", 2), ("chen", None)):
            desk, _ = create_home(folder / f"other-{login}", STATION, login, PASSWORD, test=True, cost=TEST_COST)
            with desk:
                enrol(desk, centre.url, centre.enrol_code(STATION))
                sync_once(desk)
                sync_once(desk)
                assert len(desk.read(list_cases).rows) == 1
                if words is None:
                    with pytest.raises((NotFoundError, RefusedError)):
                        desk.read(room.room, session)
                else:
                    said = [each.fields["text"] for each in desk.read(room.room, session).statements]
                    assert (len(said), said[0], said[1][: len(kept)]) == (words, FIRST, kept)
