"""Recording in the session room: with everybody's consent only, seen while it runs, kept with its hash, found after a kill."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import threading
import wave
from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar

import pytest
from PySide6.QtCore import QObject, Qt

from tests.ui.microphones import RATE, FileMicrophone, FileMicrophones, spoken
from tests.ui.pages.driver import PASSWORD, Driver
from tests.ui.pages.test_room import ALT, begun, entered, found
from ui.pages.mediation import deck
from ui.pages.mediation.deck import Standing
from ui.pages.mediation.room import SessionRoom
from ui.sound import NO_MICROPHONE, Microphone, Microphones
from zzdesk.desk import recording, room
from zzdesk.desk.recording import Sound
from zzdesk.desk.session import open_desk
from zzdesk.desk.taking import take_in
from zzdesk.errors import RefusedError
from zzdesk.evidence import tapes
from zzdesk.evidence.files import FileStore
from zzdesk.evidence.queries import AttachmentRow
from zzdesk.evidence.tapes import Tape
from zzdesk.mediation import commands
from zzdesk.store.keys import TEST_COST

SECONDS = 30
BEGIN = recording.begin


@pytest.fixture
def sound(tmp_path: Path) -> bytes:
    """What the microphone hears, as long as nobody stops it."""
    return spoken(tmp_path / "spoken.wav", SECONDS)


def in_the_room(window: Driver, tmp_path: Path) -> tuple[str, SessionRoom]:
    """Everybody agrees, by pressing the chips."""
    window.window.context.microphones = FileMicrophones(tmp_path / "spoken.wav")
    _, session = begun(window)
    here = entered(window, session)
    assert not here.recording.start.isEnabled(), "nobody has agreed yet"
    for chip in list(here.recording.agreed.buttons.values()):
        chip.click()
        window.settle()
    assert here.recording.start.isEnabled()
    return session, here


def heard(window: Driver, here: SessionRoom, seconds: float) -> None:
    window.qtbot.waitUntil(lambda: here.recording.deck.seconds >= seconds, timeout=10_000)


def kept(window: Driver, session: str) -> tuple[AttachmentRow, bytes]:
    """Return the one recording of a session and its sound; its bytes have the hash that stands there."""
    (file,) = [each for each in found(window, session).files if each.purpose == "recording"]
    store = FileStore(window.desk.paths.files, window.desk.store.key)
    assert store.verify(file.sha256)
    with wave.open(io.BytesIO(b"".join(store.read(file.sha256)))) as wav:
        assert (wav.getframerate(), wav.getnchannels(), wav.getsampwidth()) == (RATE, 1, 2)
        return file, wav.readframes(wav.getnframes())


def said(window: Driver, session: str) -> list[str]:
    return [each.fields["text"] for each in found(window, session).statements]


def test_everybody_agrees_and_one_withdraws_and_comes_back(window: Driver, sound: bytes, tmp_path: Path) -> None:
    session, here = in_the_room(window, tmp_path)
    awake: list[bool] = []
    window.window.context.awake = lambda: awake.append(True)
    deck, second = here.recording.deck, list(here.recording.agreed.buttons.values())[1]
    window.press(Qt.Key.Key_R, ALT)
    window.qtbot.waitUntil(lambda: deck.standing is Standing.RECORDING)
    heard(window, here, 3)
    assert here.sounding.isVisible()
    window.qtbot.waitUntil(lambda: here.sounding.accessibleName() >= "● 正在录音 00:00:03")
    assert awake, "nobody has to press a key so that the screen is not locked while people talk"
    second.click()
    assert deck.standing is Standing.PAUSED, "at once, before anything is saved"
    window.settle()
    at = deck.seconds
    assert deck._recorder is not None
    deck._recorder.microphone.heard.emit(bytes(RATE))
    assert deck.seconds == at, "what a device brings after the withdrawal is not kept"
    assert "有人不同意" in here.recording.trouble.accessibleName()
    assert not here.recording.go_on.isEnabled()
    second.click()
    window.settle()
    assert deck.seconds == at, "nothing goes on by itself"
    here.recording.go_on.click()
    window.qtbot.waitUntil(lambda: deck.standing is Standing.RECORDING)
    heard(window, here, at + 1)
    here.recording.stop.click()
    window.settle()
    file, words = kept(window, session)
    assert words == sound[: len(words)], "one stream, without what was said in between"
    assert len(words) >= (at + 1) * RATE * 2
    assert file.mime == "audio/wav"
    assert tapes.of_record(window.desk.paths.tapes, session) == []
    assert here.sounding.isHidden()
    assert said(window, session) == [
        "已告知并征得在场当事人同意，开始录音", "有当事人不再同意录音，录音暂停", "在场当事人都同意，继续录音",
    ]  # fmt: skip
    deleted(window, session, here)


def deleted(window: Driver, session: str, here: SessionRoom) -> None:
    """Nobody is recorded in a room that is not looked at; what was recorded goes at somebody's wish, for a reason."""
    here.recording.start.click()
    heard(window, here, 1)
    window.window.navigate("workbench")
    assert here.recording.deck.standing is Standing.PAUSED
    window.window.navigate("mediation")
    window.answer_sheet("当事人要求不留录音")
    here.recording.delete.click()
    window.settle()
    assert len([each for each in found(window, session).files if each.purpose == "recording"]) == 1
    assert tapes.of_record(window.desk.paths.tapes, session) == []
    assert said(window, session)[-1] == "录音已删除，没有保存：当事人要求不留录音"


def test_leaving_the_room_or_locking_the_screen_keeps_it(window: Driver, sound: bytes, tmp_path: Path) -> None:
    session, here = in_the_room(window, tmp_path)
    here.recording.start.click()
    heard(window, here, 2)
    here.leave()
    window.settle()
    assert len(kept(window, session)[1]) >= 2 * RATE * 2
    here = entered(window, session)
    here.recording.start.click()
    heard(window, here, 1)
    somebody_comes_in(window, session, here)
    window.window.lock()
    window.settle()
    window.desk.unlock(PASSWORD)
    assert len([each for each in found(window, session).files if each.purpose == "recording"]) == 2
    killed(window, session, here, sound)


def somebody_comes_in(window: Driver, session: str, here: SessionRoom) -> None:
    """Who was let in, and who speaks for a party, is heard: it pauses until they have agreed as well."""
    parties = [party.id for party in found(window, session).parties]
    window.desk.write(room.invite, session, {"name": "陈老", "capacity": "relative", "agreed_by": parties})
    window.desk.write(commands.edit_paper, "party", parties[1], {"agent_name": "赵律师"})
    window.page("mediation").refresh()
    window.settle()
    deck, chips = here.recording.deck, here.recording.agreed.buttons
    assert deck.standing is Standing.PAUSED
    assert "有人还没有同意" in here.recording.trouble.accessibleName()
    assert list(chips) == [parties[0], parties[1], f"agent:{parties[1]}", found(window, session).guests[0].id]
    assert [chip.text() for chip in chips.values()][2:] == ["代理人 赵*师", "陈*"]
    for chip in list(chips.values())[2:]:
        assert not here.recording.go_on.isEnabled()
        chip.click()
        window.settle()
    here.recording.go_on.click()
    window.qtbot.waitUntil(lambda: deck.standing is Standing.RECORDING)


KILLED = """
import sys, wave; from pathlib import Path; from datetime import datetime, UTC
from zzdesk.evidence.tapes import Sound, Tape
def tape(): return Tape(Path(sys.argv[1]), bytes.fromhex(sys.stdin.readline()), sys.argv[2], datetime.now(UTC), Sound(8000, 1))
begun = tape()
heard = tape()
with wave.open(sys.argv[3]) as spoken: heard.add(spoken.readframes(8000 * 3 + 250))
print(flush=True); sys.stdin.read()
"""


def killed(window: Driver, session: str, here: SessionRoom, sound: bytes) -> None:
    """What a program that was killed left on its tapes is kept or deleted by a person, also beside one that is broken."""
    folder, key = window.desk.paths.tapes, window.desk.store.key
    spoken_in = str(here.page.context.microphones._path)  # type: ignore[attr-defined]
    command = [sys.executable, "-c", KILLED, str(folder), session, spoken_in]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=dict(os.environ)) as child:
        assert child.stdin is not None
        assert child.stdout is not None
        child.stdin.write(f"{key.hex()}\n" * 2)
        child.stdin.flush()
        assert child.stdout.readline() == "\n"
        child.kill()  # one tape was only begun; of the other nothing of the fourth second was written
        child.wait()
    (folder / f"{session}-0000.tape").touch()
    broken = Tape(folder, key, session, window.desk.clock.now(), Sound(RATE, 1))
    broken.add(sound[: RATE * 2 * 2])
    broken.close()
    changed = bytearray(broken.path.read_bytes())
    changed[len(changed) // 2] ^= 1
    broken.path.write_bytes(changed)
    here.recording.deck.open(session)
    window.settle()
    assert "（00:00:03）没有保存完" in here.recording.trouble.accessibleName()
    assert "有 1 段录音已损坏" in here.recording.trouble.accessibleName()
    assert here.recording.start.isHidden()
    here.recording.stop.click()
    window.settle()
    assert window.toast() == "有录音已损坏，读不出来，没有保存；能读的都保存了。"
    assert tapes.of_record(folder, session) == [broken.path]
    assert here.recording.stop.isHidden()
    window.answer_sheet("读不出来")
    here.recording.delete.click()
    window.settle()
    assert tapes.of_record(folder, session) == []
    files = [each.sha256 for each in found(window, session).files if each.purpose == "recording"]
    store = FileStore(window.desk.paths.files, window.desk.store.key)
    assert len(files) == 3
    assert sound[: RATE * 2 * 3] in [b"".join(store.read(sha256))[tapes.HEADER :] for sha256 in files]
    assert here.recording.trouble.isHidden()
    assert not here.recording.start.isHidden()


class Watched(FileMicrophone):
    """Says when it begins to hear, and can be a device that gives nothing."""

    begun: ClassVar[list[str]] = []
    gives, there = True, True

    def start(self) -> None:
        self.begun.append("start")
        if not self.there:
            raise RefusedError(NO_MICROPHONE)
        if self.gives:
            super().start()

    def go_on(self) -> None:
        self.begun.append("go on")
        super().go_on()


class Watching(FileMicrophones):
    """Opens microphones that are watched."""

    def open(self, parent: QObject) -> Microphone:
        return Watched(self._path, parent)


@pytest.fixture
def watched(window: Driver, sound: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[str, SessionRoom]:
    """A room in which all agree, with a watched microphone; a recording that has begun was begun in its worker already."""
    session, here = in_the_room(window, tmp_path)
    window.window.context.microphones = Watching(tmp_path / "spoken.wav")
    monkeypatch.setattr(recording, "begin", lambda desk, session_id, sound, wanted: BEGIN(desk, session_id, sound))
    monkeypatch.setattr(Watched, "begun", [])
    return session, here


def writing() -> list[str]:
    return [thread.name for thread in threading.enumerate() if thread.name == "zzdesk-tape"]


def test_who_goes_in_the_moment_after_the_click_is_not_heard(window: Driver, watched: tuple[str, SessionRoom]) -> None:
    session, here = watched
    deck, second = here.recording.deck, list(here.recording.agreed.buttons.values())[1]
    folder = window.desk.paths.tapes

    def unheard(act: Callable[[], Any]) -> None:
        here.recording.start.click()
        assert deck.standing is Standing.BEGINNING
        act()
        window.settle()
        assert (deck.standing, Watched.begun, writing()) == (Standing.IDLE, [], [])
        assert tapes.of_record(folder, session) == []

    unheard(second.click)
    assert said(window, session) == [
        "已告知并征得在场当事人同意，开始录音", "有当事人不再同意录音，录音暂停", "录音没有开始，没有录下声音",
    ]  # fmt: skip
    second.click()
    window.settle()
    unheard(lambda: window.window.navigate("workbench"))
    window.page("mediation")
    unheard(here.leave)
    entered(window, session)
    unheard(window.window.lock)
    assert window.desk.locked


def test_who_goes_in_the_moment_after_going_on_is_not_heard(window: Driver, watched: tuple[str, SessionRoom]) -> None:
    _, here = watched
    deck, second = here.recording.deck, list(here.recording.agreed.buttons.values())[1]
    here.recording.start.click()
    heard(window, here, 1)
    here.recording.pause.click()
    for act in (second.click, lambda: window.window.navigate("workbench")):
        here.recording.go_on.click()
        act()
        window.settle()
        assert (deck.standing, Watched.begun) == (Standing.PAUSED, ["start"])
        if act == second.click:
            second.click()
            window.settle()
    window.page("mediation")
    here.recording.go_on.click()
    window.window.lock()
    window.settle()
    assert (deck.standing, Watched.begun, writing()) == (Standing.IDLE, ["start"], [])


def test_another_session_entered_after_the_click_can_be_recorded(window: Driver, watched: tuple[str, SessionRoom]) -> None:
    first, here = watched
    _, other = begun(window)
    here.recording.start.click()
    window.window.shell.pages["mediation"].enter_room(other)
    window.settle()
    deck = here.recording.deck
    assert (deck.session_id, deck.standing, Watched.begun) == (other, Standing.IDLE, [])
    for chip in list(here.recording.agreed.buttons.values()):
        chip.click()
        window.settle()
    here.recording.start.click()
    heard(window, here, 1)
    window.window.shell.pages["mediation"].enter_room(first)
    window.settle()
    assert (deck.session_id, deck.standing, writing()) == (first, Standing.IDLE, [])
    assert len(kept(window, other)[1]) >= RATE * 2, "what runs is kept with the session in which it was said"
    here.recording.start.click()
    heard(window, here, 1)
    home, clock = window.desk.home, window.desk.clock
    window.close()
    with open_desk(home, None, PASSWORD, clock, cost=TEST_COST) as again:
        assert [each.purpose for each in again.read(room.room, first).files] == ["recording"], "also while the window closes"
        assert recording.left(again, first) is None


def test_what_cannot_begin_or_go_on_leaves_nothing_behind_and_is_told(
    window: Driver, watched: tuple[str, SessionRoom], monkeypatch: pytest.MonkeyPatch
) -> None:
    session, here = watched
    with monkeypatch.context() as full:
        full.setattr(tapes, "NEEDED", 1 << 60)
        here.recording.start.click()
        window.settle()
        assert "没有开始录音" in here.recording.trouble.accessibleName()
    assert BEGIN(window.desk, session, Sound(), lambda: False) is None
    assert said(window, session) == [], "nothing is noted where there is no tape, or nobody wants it any more"
    assert tapes.of_record(window.desk.paths.tapes, session) == []
    gives_nothing(window, session, here, monkeypatch)
    taken_back(window, session, here)
    locked_by_another(window, here)


def gives_nothing(window: Driver, session: str, here: SessionRoom, monkeypatch: pytest.MonkeyPatch) -> None:
    """A microphone that cannot be started, or is silent for ever."""
    monkeypatch.setattr(Watched, "there", False)
    here.recording.start.click()
    window.settle()
    assert "没有找到能用的麦克风" in here.recording.trouble.accessibleName()
    assert (here.recording.deck.standing, writing()) == (Standing.IDLE, [])
    assert tapes.of_record(window.desk.paths.tapes, session) == []
    monkeypatch.setattr(Watched, "there", True)
    with monkeypatch.context() as silent:
        silent.setattr(Watched, "gives", False)
        here.recording.start.click()
        window.settle()
        here.recording.stop.click()
        window.settle()
    assert window.toast() == "没有录到声音，没有保存任何录音。"
    assert [each for each in found(window, session).files if each.purpose == "recording"] == []


def test_a_window_that_is_closed_stops_what_runs_whatever_it_shows(
    window: Driver, watched: tuple[str, SessionRoom]
) -> None:
    session, here = watched
    deck = here.recording.deck
    here.recording.start.click()
    heard(window, here, 2)
    deck._timer.stop()
    window.desk.lock()  # not by the window: by the centre, say
    assert deck.standing is Standing.RECORDING
    assert writing() == ["zzdesk-tape"]
    folder = window.desk.paths.tapes
    window.close()
    assert writing() == []
    assert len(tapes.of_record(folder, session)) == 1, "what was heard waits for the next time"


def taken_back(window: Driver, session: str, here: SessionRoom) -> None:
    """The centre takes the case back while it is recorded."""
    here.recording.start.click()
    heard(window, here, 1)
    tapes.drop(window.desk.paths.tapes, {session})
    window.qtbot.waitUntil(lambda: here.recording.deck.standing is Standing.IDLE)
    assert "已从本机收回" in window.toast()
    assert writing() == []
    assert [each for each in found(window, session).files if each.purpose == "recording"] == []


def locked_by_another(window: Driver, here: SessionRoom) -> None:
    """The desk is locked, but not by its window."""
    here.recording.start.click()
    heard(window, here, 1)
    window.desk.lock()
    window.qtbot.waitUntil(lambda: here.recording.deck.standing is Standing.IDLE)
    assert writing() == []


def test_who_cannot_record_is_told_and_may_add_a_file(
    window: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Deaf(Microphones):
        def can_record(self) -> bool:
            return True

        def open(self, parent: QObject) -> Microphone:
            raise RefusedError(NO_MICROPHONE)

    class Without(Microphones):
        def can_record(self) -> bool:
            return False

    spoken(tmp_path / "spoken.wav", 1)
    session, here = in_the_room(window, tmp_path)
    monkeypatch.setattr(deck, "STUCK_LOOKS", 1)
    here.recording.start.click()
    window.qtbot.waitUntil(lambda: "麦克风没有声音" in here.recording.trouble.accessibleName(), timeout=5_000)
    window.answer_sheet("没录到")
    here.recording.delete.click()
    window.settle()
    window.window.context.microphones = Deaf()
    here.recording.start.click()
    assert "没有找到能用的麦克风" in here.recording.trouble.accessibleName()
    window.window.context.microphones = Without()
    here.recording.retranslate()
    assert here.recording.start.isHidden()
    assert "本程序没有录音部件" in here.recording.note.text()
    assert here.recording.add.isEnabled()
    with pytest.raises(RefusedError, match="全部同意"):
        take_in(window.desk, "session", begun(window)[1], tmp_path / "spoken.wav", "recording")
    here.recording.take(tmp_path / "spoken.wav")
    window.settle()
    assert len(kept(window, session)[1]) == RATE * 2


    nothing_without_consent(window)


def nothing_without_consent(window: Driver) -> None:
    """The command refuses what the window does not offer."""
    _, session = begun(window)
    with pytest.raises(RefusedError, match="全部同意"):
        recording.begin(window.desk, session, Sound())
    window.desk.write(room.agree_to_recording, session, [found(window, session).parties[0].id])
    with pytest.raises(RefusedError, match="全部同意"):
        window.desk.write(recording.go_on, session)
    assert tapes.of_record(window.desk.paths.tapes, session) == []
    assert said(window, session) == []
    assert recording.left(window.desk, session) is None
