"""What a program that was killed left of a recording, seen by who opens the desk and reads the session."""

from __future__ import annotations

from pathlib import Path

from tests.ui.microphones import RATE, spoken
from tests.ui.pages.driver import Driver
from tests.ui.pages.test_recording import in_the_room
from tests.ui.pages.test_room import found
from ui.desk_session import Opened
from zzdesk.desk.recording import Sound
from zzdesk.evidence import tapes
from zzdesk.evidence.tapes import Tape


def test_what_was_left_is_told_at_the_start_and_kept_where_the_session_is_read(window: Driver, tmp_path: Path) -> None:
    """Also of a session that is closed by now, whose room shows nothing any more."""
    spoken(tmp_path / "spoken.wav", 1)
    session, here = in_the_room(window, tmp_path)
    here.leave()
    window.settle()
    folder, case = window.desk.paths.tapes, found(window, session).case.row
    for at in range(2):
        tape = Tape(folder, window.desk.store.key, session, window.desk.clock.now(), Sound(RATE, 1))
        tape.add(bytes([at, 1]) * RATE * (at + 1))
        tape.close()
    window.window.enter(Opened(window.desk, window.window.context.facts))
    window.settle()
    assert window.toast() == f"调解案件 {case.number} 有录音没有保存完：请在案卷的“调解记录”里保存或删除。"
    page = window.page("mediation")
    page.records.open_record(case.id)
    window.settle()
    page.records.detail.show_tab("sessions")
    window.settle()
    unkept = page.records.detail.sessions.unkept
    assert unkept.isVisible()
    assert "（00:00:03）没有保存完" in unkept.banner.accessibleName()
    unkept.keep.click()
    window.settle()
    assert window.toast() == "录音已加密保存在本机，尚未送达中心"
    assert unkept.isHidden()
    assert len([each for each in found(window, session).files if each.purpose == "recording"]) == 2
    broken = Tape(folder, window.desk.store.key, session, window.desk.clock.now(), Sound(RATE, 1))
    broken.close()
    broken.path.write_bytes(b"x" * 99)
    unkept.show_of(session)
    window.settle()
    assert (unkept.isVisible(), unkept.keep.isHidden()) == (True, True), "what cannot be read can only be deleted"
    window.answer_sheet("读不出来")
    unkept.delete.click()
    window.settle()
    assert unkept.isHidden()
    assert tapes.of_record(folder, session) == []
